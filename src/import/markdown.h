/* Markdown of any series: front matter of any habit, questions as headings. */
#ifndef IMPORT_MARKDOWN_H
#define IMPORT_MARKDOWN_H

#include "import/block.h"

/* Appends the blocks, reference links resolved, and takes what the front matter
 * tells. False after an error. */
bool markdown_source_read(struct article *article, const char *text, size_t bytes);

/* What a reader of MARKDOWN (BYTES of it) sees, spaces, pictures and calls of
 * notes left out. Without NOTES, a call is text like any other. */
void markdown_letters(struct buf *out, const char *markdown, size_t bytes, bool notes);

#endif
