/* A book's pages to a PDF: drawn into memory by cairo, finished by finish.c
 * into the file that is published; and single pages to PNG. */
#include "pdf/pdf.h"
#include "base/buf.h"
#include "base/diag.h"
#include "pdf/draw.h"
#include "pdf/finish.h"

#include <cairo-pdf.h>
#include <glib.h>

static cairo_status_t append(void *context, const unsigned char *bytes, unsigned count)
{
    buf_append(context, bytes, count);
    return CAIRO_STATUS_SUCCESS;
}

static bool told(cairo_status_t status, const char *doing)
{
    if (status == CAIRO_STATUS_SUCCESS)
        return true;
    diag(DIAG_ERROR, (struct place){0}, "drawing", "cannot draw %s: %s", doing,
         cairo_status_to_string(status));
    return false;
}

static bool draw_placed(struct draw *draw, cairo_t *cr, const struct placed *placed)
{
    bool sound;

    cairo_save(cr);
    cairo_translate(cr, PT_OF_DIM(placed->x), PT_OF_DIM(placed->y));
    cairo_scale(cr, placed->scale, placed->scale);
    if (placed->quarter > 0)
        cairo_translate(cr, PT_OF_DIM(placed->height), 0);
    else if (placed->quarter < 0)
        cairo_translate(cr, 0, PT_OF_DIM(placed->width));
    cairo_rotate(cr, placed->quarter * G_PI / 2);
    if (placed->width > 0) {
        cairo_rectangle(cr, 0, 0, PT_OF_DIM(placed->width), PT_OF_DIM(placed->height));
        cairo_clip(cr);
    }
    sound = draw_page(draw, cr, placed->page);
    cairo_restore(cr);
    return sound;
}

bool sheet_draw(struct draw *draw, cairo_t *cr, const struct sheet *sheet)
{
    bool sound = sheet->page == NULL || draw_page(draw, cr, sheet->page);

    for (uint32_t i = 0; i < sheet->placed_count; i++)
        sound = draw_placed(draw, cr, &sheet->placed[i]) && sound;
    return sound;
}

/* Draws one sheet after the other, each with its bleed. */
static bool draw_sheets(struct draw *draw, cairo_surface_t *surface, cairo_t *cr,
                        const struct sheets *sheets)
{
    bool sound = true;

    for (uint32_t i = 0; i < sheets->count; i++) {
        const struct sheet *sheet = &sheets->sheet[i];
        double bleed = PT_OF_DIM(sheet->bleed);

        cairo_pdf_surface_set_size(surface, PT_OF_DIM(sheet->width) + 2 * bleed,
                                   PT_OF_DIM(sheet->height) + 2 * bleed);
        cairo_save(cr);
        cairo_translate(cr, bleed, bleed);
        sound = sheet_draw(draw, cr, sheet) && sound;
        cairo_restore(cr);
        cairo_show_page(cr);
        progress("drawing", i + 1, sheets->count);
    }
    return sound;
}

static bool draw_file(const struct sheets *sheets, enum pdf_kind kind, struct buf *out)
{
    struct draw_options options = { .grey = kind == PDF_PRINT, .marks = kind == PDF_READING,
                                    .embed = true, .resolution = sheets->resolution };
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(append, out, 100, 100);
    cairo_t *cr = cairo_create(surface);
    struct draw *draw = draw_new(&options);
    bool sound;

    cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_5);
    sound = draw_sheets(draw, surface, cr, sheets)
        && told(cairo_status(cr), "the pages");
    cairo_destroy(cr);
    cairo_surface_finish(surface);
    sound = sound && told(cairo_surface_status(surface), "the file");
    cairo_surface_destroy(surface);
    draw_free(draw);
    return sound;
}

bool sheets_write(struct publish *out, const struct book *book, const struct sheets *sheets,
                  enum pdf_kind kind)
{
    struct buf drawn = {0};
    bool sound = draw_file(sheets, kind, &drawn) && finish(out, book, sheets, kind, &drawn);

    if (!sound)
        publish_fail(out);
    buf_free(&drawn);
    return sound;
}

bool pdf_write(struct publish *out, const struct book *book, const struct pages *pages,
               const struct pages *cover, enum pdf_kind kind)
{
    struct sheets *sheets = sheets_new(book, pages, cover, kind);
    bool sound = sheets_write(out, book, sheets, kind);

    sheets_free(sheets);
    return sound;
}

bool pdf_preview(const struct pages *pages, uint32_t page, int width, struct buf *png)
{
    struct draw_options options = { .resolution = width * 72.0 / PT_OF_DIM(pages->width) };
    double scale = width / PT_OF_DIM(pages->width);
    int height = (int)(PT_OF_DIM(pages->height) * scale + 0.5);
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
    cairo_t *cr = cairo_create(surface);
    struct draw *draw = draw_new(&options);
    bool sound;

    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_paint(cr);
    cairo_scale(cr, scale, scale);
    sound = draw_page(draw, cr, &pages->page[page]) && told(cairo_status(cr), "a page");
    sound = sound && told(cairo_surface_write_to_png_stream(surface, append, png), "a picture");
    cairo_destroy(cr);
    cairo_surface_destroy(surface);
    draw_free(draw);
    return sound;
}
