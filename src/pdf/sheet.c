/* The order of a file's pages. A printed file ends with blank pages so that
 * the last leaf is whole, and the last folded sheet too where signatures are
 * asked for. */
#include "pdf/sheet.h"
#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FOLDED_PAGES = 4 };      /* on a sheet folded once */

static void add_pages(struct sheets *sheets, const struct pages *pages, uint32_t element_base)
{
    for (uint32_t i = 0; i < pages->count; i++)
        sheets->sheet[sheets->count++] = (struct sheet){
            .page = &pages->page[i], .width = pages->width, .height = pages->height,
            .bleed = pages->bleed, .label = pages->page[i].label,
            .element_base = element_base };
}

static void add_blank(struct sheets *sheets, const struct pages *like, const char *label)
{
    sheets->sheet[sheets->count++] = (struct sheet){
        .width = like->width, .height = like->height, .bleed = like->bleed, .label = label };
}

/* The cover's elements after the book's: element i of the cover (i > 0) is at
 * element_count of the book + i - 1. */
static void join_elements(struct sheets *sheets, const struct pages *pages,
                          const struct pages *cover)
{
    uint32_t more = cover != NULL && cover->element_count > 0 ? cover->element_count - 1 : 0;
    uint32_t base = pages->element_count;

    sheets->elements = memory_new(base + more + 1, sizeof *sheets->elements);
    if (base > 0)
        memcpy(sheets->elements, pages->elements, base * sizeof *sheets->elements);
    for (uint32_t i = 0; i < more; i++) {
        struct element *element = &sheets->elements[base + i];

        *element = cover->elements[i + 1];
        element->parent = element->parent == 0 ? 0 : base + element->parent - 1;
    }
    sheets->element_count = base + more;
}

struct sheets *sheets_new(const struct book *book, const struct pages *pages,
                          const struct pages *cover, enum pdf_kind kind)
{
    struct sheets *sheets = memory_new(1, sizeof *sheets);
    uint32_t most = pages->count + (cover != NULL ? cover->count + 1 : 0) + FOLDED_PAGES;
    uint32_t multiple = kind == PDF_READING ? 1 : book->booklet.sheets > 0 ? FOLDED_PAGES : 2;

    sheets->sheet = memory_new(most, sizeof *sheets->sheet);
    sheets->book = pages;
    sheets->resolution = SHEETS_RESOLUTION;
    join_elements(sheets, pages, cover);
    if (cover != NULL) {
        add_pages(sheets, cover, pages->element_count - 1);
        add_blank(sheets, cover, "C2");
        sheets->sheet[0].label = "C1";
    }
    sheets->first = sheets->count;
    add_pages(sheets, pages, 0);
    while (sheets->count % multiple != 0)
        add_blank(sheets, pages, NULL);
    return sheets;
}

struct sheets *sheets_blank(const struct pages *pages, uint32_t count, dim width, dim height,
                            dim bleed)
{
    struct sheets *sheets = memory_new(1, sizeof *sheets);
    struct pages like = { .width = width, .height = height, .bleed = bleed };

    sheets->sheet = memory_new(count, sizeof *sheets->sheet);
    sheets->book = pages;
    sheets->resolution = SHEETS_RESOLUTION;
    while (sheets->count < count)
        add_blank(sheets, &like, NULL);
    return sheets;
}

void sheets_free(struct sheets *sheets)
{
    if (sheets == NULL)
        return;
    free(sheets->sheet);
    free(sheets->elements);
    free(sheets);
}

uint32_t sheet_element(const struct sheet *sheet, uint32_t element)
{
    if (element == ELEMENT_ARTIFACT || element == 0)
        return element;
    return element + sheet->element_base;
}

cairo_matrix_t placed_matrix(const struct placed *placed)
{
    cairo_matrix_t matrix;

    cairo_matrix_init_translate(&matrix, PT_OF_DIM(placed->x), PT_OF_DIM(placed->y));
    cairo_matrix_scale(&matrix, placed->scale, placed->scale);
    if (placed->quarter > 0)
        cairo_matrix_translate(&matrix, PT_OF_DIM(placed->height), 0);
    else if (placed->quarter < 0)
        cairo_matrix_translate(&matrix, 0, PT_OF_DIM(placed->width));
    cairo_matrix_rotate(&matrix, placed->quarter * acos(0));
    return matrix;
}
