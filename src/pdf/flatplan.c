/* Spreads in rows on A4 across. Over the pages runs a bar in one of two tones,
 * which changes from part to part, with the part's title where it begins; under
 * them stand the labels; a page that begins a signature has its letter. Longer
 * books have smaller pages, so that the plan stays on a few sheets. */
#include "pdf/flatplan.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "pdf/draw.h"
#include "pdf/sheet.h"

#include <stdlib.h>

enum { FEW_SHEETS = 6, SHEETS_PER_SIGNATURE = 4, PAGES_PER_SHEET = 4 };

#define SHEET_WIDTH DIM_OF_MM(297)
#define SHEET_HEIGHT DIM_OF_MM(210)
#define MARGIN DIM_OF_MM(10)
#define HEAD DIM_OF_MM(8)       /* room of the line over all */
#define GAP DIM_OF_MM(4)        /* between spreads */
#define OVER DIM_OF_MM(5)       /* room over a page, for bar and title */
#define UNDER DIM_OF_MM(6)      /* and under it, for its label */

static const struct ink frame_ink = { 150, 150, 150 };
static const struct ink bar_inks[2] = { { 45, 75, 65 }, { 215, 140, 65 } };
static const struct ink signature_ink = { 175, 60, 55 };

struct plan {
    struct layout *layout;
    const struct book *book;
    const struct pages *pages;
    struct arena *arena;
    int columns, rows;              /* of spreads on a sheet */
    double scale;
    dim width, height;              /* of a small page */
    uint32_t spreads, count;        /* of sheets */
    struct sheets *sheets;
};

/* Sizes for COLUMNS spreads in a row. */
static void divide(struct plan *plan, int columns)
{
    dim room = (SHEET_WIDTH - 2 * MARGIN - (columns - 1) * GAP) / columns;

    plan->columns = columns;
    plan->scale = (double)room / (2.0 * plan->pages->width);
    plan->width = room / 2;
    plan->height = (dim)(plan->pages->height * plan->scale);
    plan->rows = (SHEET_HEIGHT - 2 * MARGIN - HEAD) / (plan->height + OVER + UNDER);
    if (plan->rows < 1)
        plan->rows = 1;
    plan->count = (plan->spreads + (uint32_t)(plan->rows * columns) - 1)
        / (uint32_t)(plan->rows * columns);
}

static void choose_size(struct plan *plan)
{
    static const int columns[] = { 5, 6, 8, 10, 12 };

    plan->spreads = plan->pages->count / 2 + 1;     /* page 1 is a right one */
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        divide(plan, columns[i]);
        if (plan->count <= FEW_SHEETS)
            return;
    }
}

/* ---- What is drawn around a page ---------------------------------------------------- */

static void add_rule(item_list *items, dim x, dim y, dim width, dim height, struct ink ink)
{
    struct item *item = VEC_PUSH(items);

    *item = (struct item){ .kind = ITEM_RULE, .element = ELEMENT_ARTIFACT, .x = x, .y = y,
                           .ink = ink, .rule = { width, height } };
}

static void add_frame(const struct plan *plan, item_list *items, dim x, dim y)
{
    dim line = DIM_OF_PT(0.25);

    add_rule(items, x, y, plan->width, line, frame_ink);
    add_rule(items, x, y + plan->height - line, plan->width, line, frame_ink);
    add_rule(items, x, y, line, plan->height, frame_ink);
    add_rule(items, x + plan->width - line, y, line, plan->height, frame_ink);
}

static bool begins_part(const struct plan *plan, uint32_t page)
{
    return page == 0 || plan->pages->page[page].part != plan->pages->page[page - 1].part;
}

/* Which of the two tones a part's bar has. */
static int tone_of(const struct plan *plan, uint32_t page)
{
    const struct part *part = plan->pages->page[page].part;

    return part == NULL ? 0 : (int)((part - plan->book->parts) % 2);
}

/* "A" to "Z", then "AA", …; in the plan's arena. */
static const char *signature_name(struct arena *arena, uint32_t number)
{
    if (number < 26)
        return arena_printf(arena, "%c", 'A' + (int)number);
    return arena_printf(arena, "%s%c", signature_name(arena, number / 26 - 1),
                        'A' + (int)(number % 26));
}

static void add_signature(const struct plan *plan, item_list *items, uint32_t page, dim x, dim y)
{
    uint32_t sheets = plan->book->booklet.sheets > 0 ? (uint32_t)plan->book->booklet.sheets
                                                     : SHEETS_PER_SIGNATURE;
    uint32_t pages = sheets * PAGES_PER_SHEET;

    if (page % pages != 0)
        return;
    add_rule(items, x - DIM_OF_PT(0.5), y, DIM_OF_PT(1.5), plan->height + UNDER / 2,
             signature_ink);
    layout_caption(plan->layout, signature_name(plan->arena, page / pages), DIM_OF_PT(7),
                   plan->width, x + DIM_OF_PT(3), y + plan->height + DIM_OF_PT(8), items);
}

static void add_surroundings(const struct plan *plan, item_list *items, uint32_t page, dim x,
                             dim y)
{
    const struct laid_page *laid = &plan->pages->page[page];

    add_rule(items, x, y - DIM_OF_PT(4), plan->width, DIM_OF_PT(2),
             bar_inks[tone_of(plan, page)]);
    if (begins_part(plan, page) && laid->part != NULL && laid->part->title != NULL)
        layout_caption(plan->layout, laid->part->title, DIM_OF_PT(5), plan->width, x,
                       y - DIM_OF_PT(6), items);
    if (laid->label != NULL)
        layout_caption(plan->layout, laid->label, DIM_OF_PT(6), plan->width,
                       x + plan->width / 2 - DIM_OF_PT(3), y + plan->height + DIM_OF_PT(8), items);
    add_signature(plan, items, page, x, y);
    add_frame(plan, items, x, y);
}

/* ---- Sheets --------------------------------------------------------------------------- */

/* The upper left corner of a page on its sheet. */
static void place_page(const struct plan *plan, uint32_t page, dim *x, dim *y)
{
    uint32_t spread = (page + 1) / 2 % (uint32_t)(plan->rows * plan->columns);
    int row = (int)spread / plan->columns, column = (int)spread % plan->columns;

    *x = MARGIN + column * (2 * plan->width + GAP) + ((page + 1) % 2 == 1 ? plan->width : 0);
    *y = MARGIN + HEAD + OVER + row * (plan->height + OVER + UNDER);
}

static uint32_t sheet_of(const struct plan *plan, uint32_t page)
{
    return (page + 1) / 2 / (uint32_t)(plan->rows * plan->columns);
}

static const struct laid_page *seal_page(struct plan *plan, item_list *items)
{
    struct laid_page *page = ARENA_NEW(plan->arena, struct laid_page);
    struct item *copy = ARENA_ARRAY(plan->arena, items->count + 1, struct item);

    for (size_t i = 0; i < items->count; i++)
        copy[i] = items->item[i];
    *page = (struct laid_page){ .items = copy, .item_count = (uint32_t)items->count };
    free(items->item);
    return page;
}

/* Fills sheet NUMBER with its pages, from FIRST on; returns the page after. */
static uint32_t fill_sheet(struct plan *plan, uint32_t number, uint32_t first)
{
    struct sheet *sheet = &plan->sheets->sheet[number];
    uint32_t most = 2 * (uint32_t)(plan->rows * plan->columns), page = first;
    struct placed *placed = ARENA_ARRAY(plan->arena, most, struct placed);
    item_list items = {0};

    layout_caption(plan->layout,
                   arena_printf(plan->arena, "%s · %u p. · %u/%u", plan->book->title,
                                (unsigned)plan->pages->count, (unsigned)number + 1,
                                (unsigned)plan->count),
                   DIM_OF_PT(10), SHEET_WIDTH - 2 * MARGIN, MARGIN, MARGIN + DIM_OF_PT(10), &items);
    for (; page < plan->pages->count && sheet_of(plan, page) == number; page++) {
        dim x, y;

        place_page(plan, page, &x, &y);
        add_surroundings(plan, &items, page, x, y);
        placed[sheet->placed_count++] = (struct placed){
            .page = &plan->pages->page[page], .x = x, .y = y, .scale = plan->scale,
            .width = plan->pages->width, .height = plan->pages->height };
    }
    sheet->placed = placed;
    sheet->page = seal_page(plan, &items);
    return page;
}

/* ---- The picture ------------------------------------------------------------------------- */

static cairo_status_t append(void *publish, const unsigned char *bytes, unsigned count)
{
    publish_write(publish, bytes, count);
    return CAIRO_STATUS_SUCCESS;
}

/* All sheets below each other, as many pixels as an image may have. */
static bool write_picture(const struct plan *plan, struct publish *png)
{
    double scale = 150 / 72.0, most = 30000 / (plan->count * PT_OF_DIM(SHEET_HEIGHT));
    cairo_surface_t *surface;
    struct draw *draw;
    cairo_t *cr;
    bool sound = true;

    scale = scale < most ? scale : most;
    surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24,
                                         (int)(PT_OF_DIM(SHEET_WIDTH) * scale),
                                         (int)(PT_OF_DIM(SHEET_HEIGHT) * scale * plan->count));
    cr = cairo_create(surface);
    draw = draw_new(72 * scale * plan->scale);
    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_paint(cr);
    cairo_scale(cr, scale, scale);
    for (uint32_t i = 0; i < plan->count; i++) {
        sound = draw_sheet(draw, cr, &plan->sheets->sheet[i]) && sound;
        cairo_translate(cr, 0, PT_OF_DIM(SHEET_HEIGHT));
    }
    if (sound && (cairo_status(cr) != CAIRO_STATUS_SUCCESS
                  || cairo_surface_write_to_png_stream(surface, append, png)
                     != CAIRO_STATUS_SUCCESS)) {
        diag(DIAG_ERROR, (struct place){0}, "drawing", "cannot draw the flat plan");
        sound = false;
    }
    cairo_destroy(cr);
    cairo_surface_destroy(surface);
    draw_free(draw);
    return sound;
}

bool flatplan_write(struct publish *pdf, struct publish *png, const struct book *book,
                    struct layout *layout, struct pool *pool)
{
    struct plan plan = { .layout = layout, .book = book, .pages = layout_pages(layout),
                         .arena = arena_new() };
    uint32_t page = 0;
    bool sound;

    choose_size(&plan);
    plan.sheets = sheets_blank(plan.pages, plan.count, SHEET_WIDTH, SHEET_HEIGHT, 0);
    plan.sheets->resolution = SHEETS_RESOLUTION * plan.scale;
    for (uint32_t i = 0; i < plan.count; i++)
        page = fill_sheet(&plan, i, page);
    sound = sheets_write(pdf, book, plan.sheets, PDF_PLAN, pool)
        && write_picture(&plan, png);
    if (!sound) {
        publish_fail(pdf);
        publish_fail(png);
    }
    sheets_free(plan.sheets);
    arena_free(plan.arena);
    return sound;
}
