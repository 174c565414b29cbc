/* Lists that were typed: bullets and numbers in the text of paragraphs. */
#ifndef IMPORT_LISTS_H
#define IMPORT_LISTS_H

#include "import/block.h"

/* The bytes of the sign, and the spaces behind it, that begin an item at TEXT;
 * 0 when none does. *SURE: the sign is used for nothing else ("•", not "-").
 * *NUMBER is that of "1-", "2.", "3)", 0 for a bullet. */
size_t list_sign(const char *text, size_t bytes, int *number, bool *sure);

/* Three signs or more of one kind and nothing else: a line across. */
bool list_is_rule(const char *text, size_t bytes);

/* Makes items of the lines of paragraphs that begin so: one is enough of a sure
 * sign, of others two must follow each other, numbers must count;
 * and rules of paragraphs that only hold such a line. */
void lists_find(struct article *article);

#endif
