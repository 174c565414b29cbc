/* The ways into the e-book: the navigation document (table of contents, page
 * list, landmarks) and the NCX of EPUB 2 for old readers. */
#ifndef EPUB_NAVIGATION_H
#define EPUB_NAVIGATION_H

#include "epub/rendition.h"

extern const char navigation_ncx_media_type[];

/* Each appends a document to OUT; false when libxml2 failed. IDENTIFIER is that
 * of the package. */
bool navigation_write(const struct rendition *rendition, struct buf *out);
bool navigation_write_ncx(const struct rendition *rendition, const char *identifier,
                          struct buf *out);

#endif
