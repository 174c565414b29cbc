/* The forms of small things: dates, languages, ISBNs. Pure functions on text. */
#ifndef BOOK_FORMS_H
#define BOOK_FORMS_H

#include "base/arena.h"

#include <stdbool.h>

/* TEXT as YYYY-MM-DD, YYYY-MM or YYYY; a time of day behind a whole date is
 * dropped. NULL when there is no such date. In the arena. */
char *form_date(struct arena *arena, const char *text);

/* Is it YYYY-MM-DD, of the calendar? */
bool date_is_whole(const char *text);

/* The day of SECONDS since 1970 in UTC, from 0 to 9999-12-31. */
char *date_of_seconds(struct arena *arena, long long seconds);

/* The day that $SOURCE_DATE_EPOCH says; NULL where it is not set or, after a
 * warning, no number of seconds. In the arena. */
char *date_of_environment(struct arena *arena);

/* A BCP 47 tag in its usual case: "fr-CA" from "FR-ca". NULL when TEXT is none.
 * In the arena. */
char *form_language(struct arena *arena, const char *text);

/* An ISBN as it is printed: its 13 digits, with one hyphen wherever TEXT parts
 * them by hyphens or spaces. NULL when it has another length, another prefix than
 * 978 or 979, or a wrong check digit. In the arena. */
char *form_isbn(struct arena *arena, const char *text);

/* What is wrong with a TEXT that form_isbn() refuses: "it has 12 figures, not
 * 13". In the arena. */
char *form_isbn_fault(struct arena *arena, const char *text);

/* One to three capital letters for a name: of its first words and its last. */
char *form_monogram(struct arena *arena, const char *name);

/* "Carroll, Melissa" of "Melissa Carroll"; a particle goes with the family's name
 * where it has a capital: "De Luca, Mario", "Berg, Jan van den". What stands
 * in brackets stays behind. A name in East Asian signs stays. */
char *form_sort_name(struct arena *arena, const char *name);

#endif
