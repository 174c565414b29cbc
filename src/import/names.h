/* What looks like the name of a person, and what speaks for one. */
#ifndef IMPORT_NAMES_H
#define IMPORT_NAMES_H

#include "import/find.h"

#include <stdbool.h>
#include <stddef.h>

/* Two to five words that begin with capitals, particles aside. */
bool name_is_likely(const char *text);

bool name_begins_capital(const char *text);

/* "SOLÈNE DE LA RUE" as people write it: capitals begin words, but particles'. In
 * ARENA. */
const char *name_with_small_letters(struct arena *arena, const char *name);

/* "de", "van", in small letters. */
bool name_is_particle(const char *word, size_t bytes);

/* ---- Text parted into words ---------------------------------------------------- */

enum { TITLE_MOST_WORDS = 80 };

struct word { size_t from, to; };      /* of the text, signs at the ends left out */

struct title {
    const char *text;
    const char *fold;
    struct word word[TITLE_MOST_WORDS];
    size_t count;
};

/* Parts TITLE's text, what is more than the most words left out. */
void title_part(struct arena *arena, struct title *title);

/* The title's words FIRST to LAST (not included) as written. */
const char *title_stretch(struct arena *arena, const struct title *title, size_t first,
                          size_t last);

/* Do signs stand between two words in a row, more than a space? */
bool title_is_parted(const struct title *title, size_t before, size_t after);

/* ---- Evidence ------------------------------------------------------------------- */

struct evidence {
    const char *stem, *contact;     /* folds of the file's name and the contacts' heading */
    const char *body;               /* fold of the first and last blocks */
    const char *labels;             /* folds of speakers' labels, each between line feeds */
};

/* 4 for the shape of a name, 2 or so for each place that says it. */
double name_score(struct found *found, const struct evidence *evidence, const char *name);

/* The name that an answer begins with, "I am NAME, a …"; NULL. */
const char *name_of_oneself(struct found *found);

/* ---- Introduced (introduced.c) ---------------------------------------------------- */

/* The name that the first blocks introduce best, when it is sure and speaks louder
 * than the title's, *BEST, which it replaces; NULL. *BEST is below 0 when there is
 * no title: then a likely name will do. */
const char *name_introduced(struct found *found, const struct evidence *evidence, double *best);

#endif
