/* The font files of a display list, opened for drawing; a file once for all
 * sizes. */
#ifndef PDF_FONT_H
#define PDF_FONT_H

#include "layout/page.h"

#include <cairo.h>

struct font {
    cairo_font_face_t *face;
    unsigned long space;        /* its glyph for U+0020, 0 when it has none */
    uint32_t glyphs;            /* how many it has */
};

struct font_set;
struct font_set *font_set_new(void);
void font_set_free(struct font_set *set);

/* The font of FACE, borrowed; NULL after an error, told once by diag(). */
const struct font *font_lookup(struct font_set *set, const struct face *face);

#endif
