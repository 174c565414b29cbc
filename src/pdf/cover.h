/* The cover for a printer: back, spine and front side by side on one sheet with
 * bleed, in colour. */
#ifndef PDF_COVER_H
#define PDF_COVER_H

#include "base/publish.h"
#include "layout/layout.h"

/* What may be cut off around the cover. */
#define COVER_BLEED DIM_OF_MM(3)

/* How thick a book of PAGES pages is: half as many leaves of its paper, whose
 * caliper is that of the content, or 0.1 mm, usual for 80 to 90 g/m². */
dim cover_spine(const struct book *book, uint32_t pages);

/* Writes the cover for the book laid out in LAYOUT to OUT. False after an
 * error, told by diag(); OUT is then marked as failed. */
bool cover_write(struct publish *out, const struct book *book, struct layout *layout,
                 struct pool *pool);

/* The same without a spine, as two pages in the trim of the book: the front, the
 * back. */
bool cover_write_pages(struct publish *out, const struct book *book, struct layout *layout,
                       struct pool *pool);

#endif
