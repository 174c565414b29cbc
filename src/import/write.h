/* Markdown that a person likes to edit: one paragraph a line, links inline,
 * only the signs escaped that would mean something. Reading it back gives the
 * same text. */
#ifndef IMPORT_WRITE_H
#define IMPORT_WRITE_H

#include "import/find.h"

/* A whole portrait: front matter and text. LANGUAGE is the book's. The pictures
 * of the blocks must be paths within the content folder, or NULL. */
void write_portrait(struct buf *out, const struct found *found, const char *photo,
                    const char *const *reading, size_t reading_count, const char *language);

/* The blocks of COUNT that have FATE, as Markdown. */
void write_blocks(struct buf *out, const struct block *block, size_t count, enum fate fate);

/* How many of SIGN stand in a row at most. */
size_t text_row(const char *text, size_t bytes, char sign);

/* The text of a block with its marks, on one line for a heading. */
void write_inline(struct buf *out, const struct block *block, bool heading);

#endif
