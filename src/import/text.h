/* Raw text, as copied from pages: paragraphs, lists by their signs, lines. */
#ifndef IMPORT_TEXT_H
#define IMPORT_TEXT_H

#include "import/block.h"

/* Appends the blocks of BYTES of valid UTF-8 with LF line ends. False with an
 * error for more than a million lines. */
bool text_read(struct article *article, const char *text, size_t bytes);

#endif
