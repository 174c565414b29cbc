/* The typography of a language, on text: apostrophes, quotation marks, dots,
 * dashes, and the spaces that do not break before and inside signs. Applied once, on
 * the model, to every node of a tree; quotation marks are followed across
 * nodes. Code, addresses, handles and hashtags are left as they are. Rules:
 * fr-CA, fr-FR (and fr), en, de (and de-CH), es, it, pt, nl; another language changes
 * apostrophes, dots and dashes only. Idempotent. */
#ifndef BOOK_TYPOGRAPHY_H
#define BOOK_TYPOGRAPHY_H

#include "book/book.h"

void typography_apply(struct arena *arena, struct node *root, const char *language);

/* The same for a single string: a name, a title. */
const char *typography_text(struct arena *arena, const char *text, const char *language);

#endif
