/* What goes into a file, page after page: the cover and its blank back, the
 * book's pages, blank ones at the end. */
#ifndef PDF_SHEET_H
#define PDF_SHEET_H

#include "layout/page.h"
#include "pdf/pdf.h"

#include <cairo.h>

/* A page on a composed sheet: brought to another size and turned, its upper left
 * corner then at (X, Y) of the trim. */
struct placed {
    const struct laid_page *page;
    dim x, y;
    dim width, height;              /* of the page; what lies outside is cut; 0:
                                       nothing is */
    double scale;
    int quarter;                    /* 1: turned clockwise, -1: the other way */
};

struct sheet {
    const struct laid_page *page;   /* NULL: nothing on it, but for those placed */
    const struct placed *placed;    /* drawn after it */
    uint32_t placed_count;
    dim width, height, bleed;
    const char *label;              /* NULL: none */
    uint32_t element_base;          /* added to its items' elements */
};

struct sheets {
    struct sheet *sheet;
    uint32_t count;
    const struct pages *book;       /* its page i is sheet first + i */
    uint32_t first;
    struct element *elements;       /* the book's, then the cover's; the cover's
                                       document element is left out: its children
                                       are the book's first */
    uint32_t element_count;
    double resolution;              /* of pictures, per inch of their page */
};

enum { SHEETS_RESOLUTION = 300 };  /* as they are made */

struct sheets *sheets_new(const struct book *book, const struct pages *pages,
                          const struct pages *cover, enum pdf_kind kind);
void sheets_free(struct sheets *sheets);

/* COUNT empty sheets of that size, untagged, described as BOOK's pages are. */
struct sheets *sheets_blank(const struct pages *pages, uint32_t count, dim width, dim height,
                            dim bleed);

/* Writes SHEETS to OUT; pdf.c. */
bool sheets_write(struct publish *out, const struct book *book, const struct sheets *sheets,
                  enum pdf_kind kind, struct pool *pool);

/* From a placed page's trim to its sheet's; both have y downwards. */
cairo_matrix_t placed_matrix(const struct placed *placed);

/* The element of an item or link of SHEET, as an index of sheets.elements. */
uint32_t sheet_element(const struct sheet *sheet, uint32_t element);

#endif
