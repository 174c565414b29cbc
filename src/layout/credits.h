/* What the colophon says of the typefaces: their names, who drew them, their
 * licences, of DATA/fonts/licences.yaml. */
#ifndef LAYOUT_CREDITS_H
#define LAYOUT_CREDITS_H

#include "layout/style.h"

/* Sets book->fonts to the families that STYLE sets this book in: the text's, that
 * of bold where something is strong, that of code where there is code, and those
 * of roles and headings. Before compose(). False after an error in the file. */
bool credits_set(struct book *book, const struct style *style);

#endif
