/* The words the book itself prints, of styles/strings/LANG.yaml: "contents",
 * months, ordinals. A key is looked for in the file of the language as given,
 * then of the language without its region, then in English. The rules of
 * typography of the language are applied. */
#ifndef BOOK_STRINGS_H
#define BOOK_STRINGS_H

#include "base/arena.h"

#include <stdbool.h>

struct strings;

/* NULL, with an error, when DATA/styles/strings has no readable en.yaml or a
 * file there is not a map of texts. */
struct strings *strings_load(struct arena *arena, const char *data, const char *language);

/* The text of KEY; asserts that English has it. */
const char *strings_text(const struct strings *strings, const char *key);

/* The same, NULL when no file has it: for keys that are made from data. */
const char *strings_lookup(const struct strings *strings, const char *key);

/* KEY's text with {0}, {1}, … replaced by the arguments, COUNT of them, all
 * const char *. */
char *strings_format(struct arena *arena, const struct strings *strings,
                     const char *key, int count, ...);

/* "2 portraits": the text of KEY-one, KEY-two, KEY-few or KEY-other (or another
 * of CLDR's plural categories), as the language counts NUMBER; {0} is the
 * number. */
char *strings_count(struct arena *arena, const struct strings *strings,
                    const char *key, int number);

/* The same for ordinals: "2nd printing"; {1} is the number less one. A text of its
 * own, "edition-2", comes before the categories. */
char *strings_ordinal(struct arena *arena, const struct strings *strings,
                      const char *key, int number);

/* "14 May 2012", "May 2012" or "2012" of YYYY-MM-DD, YYYY-MM or YYYY; DATE
 * itself when it is none of these. */
const char *strings_date(struct arena *arena, const struct strings *strings, const char *date);

/* "on 14 May 2012", "in May 2012", "in 2012". A day with a text of its own,
 * "on-day-8", has that: Italian elides before the 8th. */
const char *strings_on_date(struct arena *arena, const struct strings *strings, const char *date);

/* The pieces of KEY's text: calls SAY(context, text, bytes, -1) for text between
 * and SAY(context, NULL, 0, N) for each {N}, in order. */
typedef void strings_say(void *context, const char *text, size_t bytes, int argument);
void strings_pieces(const struct strings *strings, const char *key, strings_say *say,
                    void *context);

#endif
