/* What a table of a page holds: data, a layout, or an interview, its questions in
 * the first column and the answers in the second. */
#ifndef IMPORT_HTML_TABLE_H
#define IMPORT_HTML_TABLE_H

#include "import/block.h"

/* Settles the table whose blocks are those of ARTICLE from FIRST on: cells of data
 * become rows; what an interview asks is set off; all else stays as it is. */
void table_settle(struct article *article, size_t first);

#endif
