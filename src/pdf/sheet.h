/* What goes into a file, page after page: the cover and its blank back, the
 * book's pages, blank ones at the end. */
#ifndef PDF_SHEET_H
#define PDF_SHEET_H

#include "layout/page.h"
#include "pdf/pdf.h"

struct sheet {
    const struct laid_page *page;   /* NULL: nothing on it */
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
};

struct sheets *sheets_new(const struct book *book, const struct pages *pages,
                          const struct pages *cover, enum pdf_kind kind);
void sheets_free(struct sheets *sheets);

/* The element of an item or link of SHEET, as an index of sheets.elements. */
uint32_t sheet_element(const struct sheet *sheet, uint32_t element);

#endif
