/* From the model to pages: a book whose parts are composed, and a style, become
 * a display list. Parts are laid out in parallel, then numbered; tables of
 * contents, lists and the index are set last, when the pages are known. */
#ifndef LAYOUT_LAYOUT_H
#define LAYOUT_LAYOUT_H

#include "base/pool.h"
#include "layout/page.h"
#include "layout/style.h"
#include "layout/text.h"

struct layout;

/* NULL after an error, told by diag(). BOOK and STYLE are borrowed and must
 * outlive the layout. */
struct layout *layout_new(const struct book *book, const struct style *style, struct pool *pool);
void layout_free(struct layout *layout);

/* The pages of the book, without its cover. */
const struct pages *layout_pages(const struct layout *layout);

/* The front of the cover, one page of WIDTH × HEIGHT, set in the style's faces. */
const struct pages *layout_cover(struct layout *layout, dim width, dim height);

/* The cover for a printer, in the trim of the style, three single pages: the
 * front and the back; and the spine lying on its side, as long as the book is
 * high and THICKNESS high, its head at the left, without words when too thin.
 * A front that is a picture is larger than the trim by FRONT_BLEED above, below
 * and at the right. PAPER is the ground's colour, to be drawn under all three
 * and as far as the bleed. */
struct jacket {
    struct pages front, back, spine;
    dim front_bleed;
    struct ink paper;
};
const struct jacket *layout_jacket(struct layout *layout, dim thickness, dim bleed);

/* One line of WORDS in the style's text face at SIZE, its pen at (X, Y): its items
 * are appended to ITEMS. Cut short with “…” where it is wider than ROOM. */
void layout_caption(struct layout *layout, const char *words, dim size, dim room, dim x, dim y,
                    item_list *items);

/* Seconds that each stage took, summed over the threads; for `make bench`. */
struct layout_times { double shape, lines, pages; };
struct layout_times layout_times(const struct layout *layout);

#endif
