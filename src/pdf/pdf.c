/* A book's pages to a PDF: cairo embeds their fonts and pictures, finish.c
 * writes the file; and single pages to PNG. */
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

/* Has cairo embed the fonts and pictures of SHEETS. */
static bool draw_embedded(struct embedded *embedded, bool grey, struct cache *cache,
                          struct pool *pool, int *founts)
{
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(append, &embedded->drawn.bytes,
                                                                   100, 100);
    cairo_t *cr = cairo_create(surface);
    bool sound;

    cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_5);
    *founts = typecase_draw(embedded->typecase, cr);
    sound = plates_draw(embedded->plates, grey, cr, cache, pool)
        && told(cairo_status(cr), "the fonts and pictures");
    cairo_destroy(cr);
    cairo_surface_finish(surface);
    sound = sound && told(cairo_surface_status(surface), "the fonts and pictures");
    cairo_surface_destroy(surface);
    return sound;
}

static bool embed(struct embedded *embedded, const struct sheets *sheets, bool grey,
                  struct cache *cache, struct pool *pool)
{
    int founts;

    embedded->plates = plates_new(sheets);
    embedded->typecase = typecase_new(sheets);
    return embedded->typecase != NULL
        && draw_embedded(embedded, grey, cache, pool, &founts)
        && drawn_open(&embedded->drawn)
        && typecase_read(embedded->typecase, &embedded->drawn)
        && plates_read(embedded->plates, &embedded->drawn, founts);
}

bool sheets_write(struct publish *out, const struct book *book, const struct sheets *sheets,
                  enum pdf_kind kind, struct pool *pool)
{
    struct embedded embedded = {0};
    bool sound = embed(&embedded, sheets, kind == PDF_PRINT, book->cache, pool)
        && finish(out, book, sheets, kind, &embedded, pool);

    if (!sound)
        publish_fail(out);
    typecase_free(embedded.typecase);
    plates_free(embedded.plates);
    drawn_close(&embedded.drawn);
    return sound;
}

bool pdf_write(struct publish *out, const struct book *book, const struct pages *pages,
               const struct pages *cover, enum pdf_kind kind, struct pool *pool)
{
    struct sheets *sheets = sheets_new(book, pages, cover, kind);
    bool sound = sheets_write(out, book, sheets, kind, pool);

    sheets_free(sheets);
    return sound;
}

bool pdf_preview(const struct pages *pages, uint32_t page, int width, struct buf *png)
{
    double scale = width / PT_OF_DIM(pages->width);
    int height = (int)(PT_OF_DIM(pages->height) * scale + 0.5);
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
    cairo_t *cr = cairo_create(surface);
    struct draw *draw = draw_new(width * 72.0 / PT_OF_DIM(pages->width));
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
