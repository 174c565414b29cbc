/* The display list drawn as pixels with cairo: previews. */
#ifndef PDF_DRAW_H
#define PDF_DRAW_H

#include "layout/page.h"
#include "pdf/sheet.h"

#include <cairo.h>

struct draw;

/* RESOLUTION is that of pictures, per inch of their page, when they have more. */
struct draw *draw_new(double resolution);
void draw_free(struct draw *draw);

/* Draws PAGE with its trim's corner at the origin of CR, one unit a point.
 * False after an error, told by diag(): a font or picture that cannot be read. */
bool draw_page(struct draw *draw, cairo_t *cr, const struct laid_page *page);

/* The same for a sheet with all that is placed on it. */
bool draw_sheet(struct draw *draw, cairo_t *cr, const struct sheet *sheet);

#endif
