/* Items to cairo. Words of a line in one face go out in one call. Expansion
 * scales the font, not the page. Pictures come from raster.c. */
#include "pdf/draw.h"
#include "base/buf.h"
#include "pdf/font.h"
#include "pdf/raster.h"

#include <glib.h>
#include <math.h>
#include <stdlib.h>

struct draw {
    double resolution;
    struct font_set *fonts;
    cairo_font_options_t *font_options;
    VEC(cairo_glyph_t) glyphs;          /* of the call being collected */
    double letter;                      /* put after each letter of the item */
};

struct draw *draw_new(double resolution)
{
    struct draw *draw = g_new0(struct draw, 1);

    draw->resolution = resolution;
    draw->fonts = font_set_new();
    draw->font_options = cairo_font_options_create();
    cairo_font_options_set_hint_style(draw->font_options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(draw->font_options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(draw->font_options, CAIRO_ANTIALIAS_GRAY);
    return draw;
}

void draw_free(struct draw *draw)
{
    if (draw == NULL)
        return;
    font_set_free(draw->fonts);
    cairo_font_options_destroy(draw->font_options);
    free(draw->glyphs.item);
    g_free(draw);
}

/* ---- Words ---------------------------------------------------------------- */

/* Shows what was collected. */
static void show(struct draw *draw, cairo_t *cr)
{
    if (draw->glyphs.count > 0)
        cairo_show_glyphs(cr, draw->glyphs.item, (int)draw->glyphs.count);
    draw->glyphs.count = 0;
}

static void add_word(struct draw *draw, const struct shaped *shaped, double pen, double y,
                     double stretch)
{
    for (uint32_t i = 0; i < shaped->count; i++) {
        const struct glyph *glyph = &shaped->glyphs[i];

        *VEC_PUSH(&draw->glyphs) = (cairo_glyph_t){
            glyph->id, pen + PT_OF_DIM(glyph->dx) * stretch, y + PT_OF_DIM(glyph->dy) };
        pen += PT_OF_DIM(glyph->advance) * stretch + (glyph->bytes > 0 ? draw->letter : 0);
    }
}

static void set_face(struct draw *draw, cairo_t *cr, const struct font *font, dim size,
                     double stretch)
{
    cairo_matrix_t matrix;

    cairo_set_font_face(cr, font->face);
    cairo_matrix_init_scale(&matrix, PT_OF_DIM(size) * stretch, PT_OF_DIM(size));
    cairo_set_font_matrix(cr, &matrix);
    cairo_set_font_options(cr, draw->font_options);
}

/* The stretch in steps of a thousandth: every step costs a scaled font. */
static double round_stretch(int32_t stretch)
{
    return floor(stretch / 65.536 + 0.5) / 1000.0;
}

static bool draw_words(struct draw *draw, cairo_t *cr, const struct item *item)
{
    double stretch = round_stretch(item->words.stretch);
    const struct face *face = NULL;

    draw->letter = PT_OF_DIM(item->words.letter);
    for (uint32_t i = 0; i < item->words.count; i++) {
        const struct word *word = &item->words.word[i];

        if (word->shaped->face != face) {
            const struct font *font;

            show(draw, cr);
            face = word->shaped->face;
            font = font_lookup(draw->fonts, face);
            if (font == NULL)
                return false;
            set_face(draw, cr, font, face->size, stretch);
        }
        add_word(draw, word->shaped, PT_OF_DIM(item->x) + PT_OF_DIM(word->x), PT_OF_DIM(item->y),
                 stretch);
    }
    show(draw, cr);
    return true;
}

/* ---- Rules, shapes, codes, pictures ----------------------------------------- */

static bool draw_rule(struct draw *draw, cairo_t *cr, const struct item *item)
{
    (void)draw;
    cairo_rectangle(cr, PT_OF_DIM(item->x), PT_OF_DIM(item->y),
                    PT_OF_DIM(item->rule.width), PT_OF_DIM(item->rule.height));
    cairo_fill(cr);
    return true;
}

/* Each row's neighbouring dark squares are one rectangle of one path. */
static bool draw_matrix(struct draw *draw, cairo_t *cr, const struct item *item)
{
    int modules = item->matrix.modules;
    double side = PT_OF_DIM(item->matrix.side) / modules;
    double left = PT_OF_DIM(item->x), top = PT_OF_DIM(item->y);

    (void)draw;
    for (int y = 0; y < modules; y++) {
        const uint8_t *row = item->matrix.dark + (size_t)y * (size_t)modules;

        for (int x = 0, end; x < modules; x = end + 1) {
            for (end = x; end < modules && row[end]; end++)
                ;
            if (end > x)
                cairo_rectangle(cr, left + x * side, top + y * side, (end - x) * side, side);
        }
    }
    cairo_fill(cr);
    return true;
}

static bool draw_shape(struct draw *draw, cairo_t *cr, const struct item *item)
{
    double left = PT_OF_DIM(item->x), top = PT_OF_DIM(item->y);

    (void)draw;
    for (uint32_t i = 0; i < item->shape.count; i++) {
        const struct shape_step *step = &item->shape.step[i];
        double x[3], y[3];

        for (int k = 0; k < 3; k++) {
            x[k] = left + PT_OF_DIM(step->x[k]);
            y[k] = top + PT_OF_DIM(step->y[k]);
        }
        switch (step->op) {
        case SHAPE_MOVE: cairo_move_to(cr, x[0], y[0]); break;
        case SHAPE_LINE: cairo_line_to(cr, x[0], y[0]); break;
        case SHAPE_CURVE: cairo_curve_to(cr, x[0], y[0], x[1], y[1], x[2], y[2]); break;
        case SHAPE_CLOSE: cairo_close_path(cr); break;
        }
    }
    cairo_set_fill_rule(cr, item->shape.even_odd ? CAIRO_FILL_RULE_EVEN_ODD
                                                 : CAIRO_FILL_RULE_WINDING);
    cairo_fill(cr);
    cairo_set_fill_rule(cr, CAIRO_FILL_RULE_WINDING);
    return true;
}

/* Puts SURFACE into the frame of WIDTH × HEIGHT at the origin; its edges must not
 * fade. */
static void place_surface(cairo_t *cr, cairo_surface_t *surface, const struct item *item)
{
    double across = cairo_image_surface_get_width(surface);
    double down = cairo_image_surface_get_height(surface);

    cairo_scale(cr, PT_OF_DIM(item->picture.width) / across,
                PT_OF_DIM(item->picture.height) / down);
    cairo_set_source_surface(cr, surface, 0, 0);
    cairo_pattern_set_filter(cairo_get_source(cr), CAIRO_FILTER_GOOD);
    cairo_pattern_set_extend(cairo_get_source(cr), CAIRO_EXTEND_PAD);
    cairo_rectangle(cr, 0, 0, across, down);
    cairo_fill(cr);
}

static bool draw_picture(struct draw *draw, cairo_t *cr, const struct item *item)
{
    struct raster_options options = { .resolution = draw->resolution };
    bool whole;
    cairo_surface_t *surface = raster_new(item, &options, &whole);

    if (surface == NULL)
        return false;
    cairo_save(cr);
    cairo_translate(cr, PT_OF_DIM(item->x), PT_OF_DIM(item->y));
    place_surface(cr, surface, item);
    cairo_restore(cr);
    cairo_surface_destroy(surface);
    return true;
}

/* ---- Pages ------------------------------------------------------------------ */

bool draw_page(struct draw *draw, cairo_t *cr, const struct laid_page *page)
{
    static bool (*const drawers[])(struct draw *draw, cairo_t *, const struct item *) = {
        [ITEM_WORDS] = draw_words, [ITEM_RULE] = draw_rule, [ITEM_PICTURE] = draw_picture,
        [ITEM_MATRIX] = draw_matrix, [ITEM_SHAPE] = draw_shape,
    };
    bool sound = true;

    for (uint32_t i = 0; i < page->item_count; i++) {
        const struct item *item = &page->items[i];

        cairo_set_source_rgb(cr, item->ink.r / 255.0, item->ink.g / 255.0, item->ink.b / 255.0);
        sound = drawers[item->kind](draw, cr, item) && sound;
    }
    return sound;
}

static bool draw_placed(struct draw *draw, cairo_t *cr, const struct placed *placed)
{
    cairo_matrix_t matrix = placed_matrix(placed);
    bool sound;

    cairo_save(cr);
    cairo_transform(cr, &matrix);
    if (placed->width > 0) {
        cairo_rectangle(cr, 0, 0, PT_OF_DIM(placed->width), PT_OF_DIM(placed->height));
        cairo_clip(cr);
    }
    sound = draw_page(draw, cr, placed->page);
    cairo_restore(cr);
    return sound;
}

bool draw_sheet(struct draw *draw, cairo_t *cr, const struct sheet *sheet)
{
    bool sound = sheet->page == NULL || draw_page(draw, cr, sheet->page);

    for (uint32_t i = 0; i < sheet->placed_count; i++)
        sound = draw_placed(draw, cr, &sheet->placed[i]) && sound;
    return sound;
}
