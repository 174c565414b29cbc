/* What a line says that runs from right to left, in part or all of it. Its glyphs
 * are shown as they are seen, which readers of the pages' contents know how to turn;
 * in the structure it stands as it is read. */
#ifndef PDF_READING_H
#define PDF_READING_H

#include "layout/page.h"

/* Does any word of an item of words run from right to left? */
bool reading_is_turned(const struct item *item);

/* The item's text as it is read; free() it. */
char *reading_new(const struct item *item);

#endif
