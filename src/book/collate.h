/* The alphabetical order of a language, by ICU. */
#ifndef BOOK_COLLATE_H
#define BOOK_COLLATE_H

#include "base/arena.h"

#include <stdbool.h>

struct collator;

/* Never NULL: a language that ICU does not know has the root's order. */
struct collator *collator_new(const char *language);
void collator_free(struct collator *collator);

/* A key in the arena: strcmp() of two keys is the order of their texts. */
const char *collator_key(struct arena *arena, const struct collator *collator, const char *text);

/* Are two letters, in UTF-8, parted in the alphabet, as n and ñ in Spanish, and not
 * one letter with and without an accent? */
bool collator_parts(const struct collator *collator, const char *one, const char *two);

#endif
