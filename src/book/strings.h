/* The words the book itself prints, of styles/strings/LANG.yaml: "contents",
 * "page", ordinals. The language is looked up as given, then without its
 * region, then in English. */
#ifndef BOOK_STRINGS_H
#define BOOK_STRINGS_H

#include "base/arena.h"

#include <stdbool.h>

struct strings;

/* NULL, with an error, when DATA/styles/strings has no readable file. */
struct strings *strings_load(struct arena *arena, const char *data, const char *language);

/* The text of KEY; asserts that English has it. */
const char *strings_text(const struct strings *strings, const char *key);

/* KEY's text with {0}, {1}, … replaced by the arguments, COUNT of them. */
char *strings_format(struct arena *arena, const struct strings *strings,
                     const char *key, int count, ...);

#endif
