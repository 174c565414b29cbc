/* An ONIX 3.0 record of the e-book, for booksellers and libraries: one product
 * in one message, with reference names. */
#ifndef EPUB_ONIX_H
#define EPUB_ONIX_H

#include "base/buf.h"
#include "layout/page.h"

#include <stdbool.h>

extern const char onix_media_type[];

/* Appends the record to OUT: the same bytes lie in the container and, as
 * SLUG-onix.xml, beside the book. PAGES may be NULL. False when libxml2 failed. */
bool onix_write(const struct book *book, const struct pages *pages, struct buf *out);

#endif
