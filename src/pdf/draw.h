/* A page of the display list drawn with cairo, on any surface. For a PDF that
 * is to be tagged, each run of items of one element is drawn within a mark,
 * numbered from 0 in each page; mark_next() gives the same runs to whoever
 * finishes the file. */
#ifndef PDF_DRAW_H
#define PDF_DRAW_H

#include "layout/page.h"

#include <cairo.h>

struct draw_options {
    bool grey;              /* inks and pictures */
    bool marks;             /* put marks around the runs */
    bool embed;             /* a JPEG file may go into the surface as it is */
    double resolution;      /* of pictures, per inch, when they have more */
};

struct draw;
struct draw *draw_new(const struct draw_options *options);
void draw_free(struct draw *draw);

/* Draws PAGE with its trim's corner at the origin of CR, one unit a point.
 * False after an error, told by diag(): a font or picture that cannot be read. */
bool draw_page(struct draw *draw, cairo_t *cr, const struct laid_page *page);

/* The run of items of one element that begins at item FIRST: returns the index
 * after its last. */
uint32_t mark_next(const struct laid_page *page, uint32_t first);

#endif
