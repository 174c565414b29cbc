/* Items to cairo. Words of a line in one face go out in one call, with the
 * text that each glyph stands for; word spaces are drawn as glyphs, so that
 * the text copied from the file has them. Expansion scales the font, not the
 * page. Pictures come from raster.c. */
#include "pdf/draw.h"
#include "base/buf.h"
#include "pdf/font.h"
#include "pdf/raster.h"

#include <glib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct draw {
    struct draw_options options;
    struct font_set *fonts;
    cairo_font_options_t *font_options;
    VEC(cairo_glyph_t) glyphs;          /* of the call being collected */
    VEC(cairo_text_cluster_t) clusters;
    struct buf text;
    double letter;                      /* put after each letter of the item */
};

struct draw *draw_new(const struct draw_options *options)
{
    struct draw *draw = g_new0(struct draw, 1);

    draw->options = *options;
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
    free(draw->clusters.item);
    buf_free(&draw->text);
    g_free(draw);
}

static void set_ink(const struct draw *draw, cairo_t *cr, struct ink ink)
{
    double r = ink.r / 255.0, g = ink.g / 255.0, b = ink.b / 255.0;

    if (draw->options.grey)
        r = g = b = 0.299 * r + 0.587 * g + 0.114 * b;
    cairo_set_source_rgb(cr, r, g, b);
}

/* ---- Words ---------------------------------------------------------------- */

static void add_glyph(struct draw *draw, unsigned long id, double x, double y)
{
    cairo_glyph_t *glyph = VEC_PUSH(&draw->glyphs);

    *glyph = (cairo_glyph_t){ id, x, y };
}

/* The glyphs added last, COUNT of them, stand for the BYTES of text. */
static void add_cluster(struct draw *draw, const char *text, int bytes, int count)
{
    cairo_text_cluster_t *cluster = VEC_PUSH(&draw->clusters);

    *cluster = (cairo_text_cluster_t){ bytes, count };
    buf_append(&draw->text, text, (size_t)bytes);
}

/* Shows what was collected. */
static void show(struct draw *draw, cairo_t *cr)
{
    if (draw->glyphs.count > 0)
        cairo_show_text_glyphs(cr, buf_text(&draw->text), (int)draw->text.len,
                               draw->glyphs.item, (int)draw->glyphs.count,
                               draw->clusters.item, (int)draw->clusters.count, 0);
    draw->glyphs.count = draw->clusters.count = 0;
    buf_cut(&draw->text, 0);
}

/* One glyph at *PEN, which moves on. */
static void step(struct draw *draw, const struct glyph *glyph, double *pen, double y,
                 double stretch)
{
    add_glyph(draw, glyph->id, *pen + PT_OF_DIM(glyph->dx) * stretch, y + PT_OF_DIM(glyph->dy));
    *pen += PT_OF_DIM(glyph->advance) * stretch + (glyph->bytes > 0 ? draw->letter : 0);
}

/* The first COUNT glyphs of a word, which stand for BYTES of its text. Glyphs
 * that begin no text go with those before them; text that no glyph begins goes
 * with the last. Returns the pen after them. */
static double add_glyphs(struct draw *draw, const struct shaped *shaped, uint32_t count, int bytes,
                         double pen, double y, double stretch)
{
    const char *text = shaped->text;
    uint32_t i = 0;

    while (i < count) {
        uint32_t from = i;
        int taken = 0;

        do {
            taken += shaped->glyphs[i].bytes;
            step(draw, &shaped->glyphs[i++], &pen, y, stretch);
        } while (i < count && (shaped->glyphs[i].bytes == 0 || taken == 0));
        if (i == count || taken > bytes)
            taken = bytes;
        add_cluster(draw, text, taken, (int)(i - from));
        text += taken;
        bytes -= taken;
    }
    return pen;
}

/* How many bytes at the end of a fragment's text are its hyphen. */
static int hyphen_bytes(const struct shaped *shaped)
{
    static const char *const hyphens[] = { "-", "\xC2\xAD", "\xE2\x80\x90" };

    for (int i = 0; i < 3; i++) {
        size_t length = strlen(hyphens[i]);

        if (shaped->bytes >= length
            && memcmp(shaped->text + shaped->bytes - length, hyphens[i], length) == 0)
            return (int)length;
    }
    return 0;
}

/* A word, its pen at X. The breaker's hyphen is the plain sign, which readers
 * of the text know how to join. Returns the pen after it. */
static double add_word(struct draw *draw, const struct word *word, double x, double y,
                     double stretch)
{
    const struct shaped *shaped = word->shaped;

    if ((word->flags & WORD_HYPHEN) == 0 || shaped->count == 0)
        return add_glyphs(draw, shaped, shaped->count, shaped->bytes, x, y, stretch);
    x = add_glyphs(draw, shaped, shaped->count - 1U, shaped->bytes - hyphen_bytes(shaped), x, y,
                   stretch);
    step(draw, &shaped->glyphs[shaped->count - 1], &x, y, stretch);
    add_cluster(draw, "-", 1, 1);
    return x;
}

static void add_space(struct draw *draw, const struct font *font, double x, double y)
{
    if (font->space == 0)
        return;
    add_glyph(draw, font->space, x, y);
    add_cluster(draw, " ", 1, 1);
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

/* The stretch in steps of a thousandth: every step costs a scaled font, and
 * within one word the difference is not to be seen. */
static double round_stretch(int32_t stretch)
{
    return floor(stretch / 65.536 + 0.5) / 1000.0;
}

static bool draw_words(struct draw *draw, cairo_t *cr, const struct item *item)
{
    double stretch = round_stretch(item->words.stretch);
    double y = PT_OF_DIM(item->y);
    const struct face *face = NULL;
    const struct font *font = NULL;

    draw->letter = PT_OF_DIM(item->words.letter);
    for (uint32_t i = 0; i < item->words.count; i++) {
        const struct word *word = &item->words.word[i];
        double x = PT_OF_DIM(item->x) + PT_OF_DIM(word->x);

        if (word->shaped->face != face) {
            show(draw, cr);
            face = word->shaped->face;
            font = font_lookup(draw->fonts, face);
            if (font == NULL)
                return false;
            set_face(draw, cr, font, face->size, stretch);
        }
        x = add_word(draw, word, x, y, stretch);
        if (word->flags & WORD_SPACE)
            add_space(draw, font, x, y);
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

/* Puts SURFACE into the frame of WIDTH × HEIGHT at the origin; of a whole
 * picture only the crop is seen. In a PDF it is painted without a path, which
 * makes it a plain image there; on pixels its edges must not fade. */
static void place_surface(cairo_t *cr, cairo_surface_t *surface, const struct item *item,
                          bool whole, bool embed)
{
    double width = PT_OF_DIM(item->picture.width), height = PT_OF_DIM(item->picture.height);
    double across = cairo_image_surface_get_width(surface);
    double down = cairo_image_surface_get_height(surface);
    bool cropped = whole && item->picture.crop_width > 0;
    double shown_across = cropped ? item->picture.crop_width / 1024.0 : across;
    double shown_down = cropped ? item->picture.crop_height / 1024.0 : down;

    /* Without a clip cairo 1.16 takes a painted picture for one of the whole page,
     * and its marks for badly nested. */
    if (cropped || embed) {
        cairo_rectangle(cr, 0, 0, width, height);
        cairo_clip(cr);
    }
    cairo_scale(cr, width / shown_across, height / shown_down);
    if (cropped)
        cairo_translate(cr, -item->picture.crop_x / 1024.0, -item->picture.crop_y / 1024.0);
    cairo_set_source_surface(cr, surface, 0, 0);
    cairo_pattern_set_filter(cairo_get_source(cr), CAIRO_FILTER_GOOD);
    if (embed) {
        cairo_paint(cr);
        return;
    }
    cairo_pattern_set_extend(cairo_get_source(cr), CAIRO_EXTEND_PAD);
    cairo_rectangle(cr, 0, 0, across, down);
    cairo_fill(cr);
}

static bool draw_picture(struct draw *draw, cairo_t *cr, const struct item *item)
{
    struct raster_options options = { draw->options.grey, draw->options.embed,
                                      draw->options.resolution };
    bool whole;
    cairo_surface_t *surface = raster_new(item, &options, &whole);

    if (surface == NULL)
        return false;
    cairo_save(cr);
    cairo_translate(cr, PT_OF_DIM(item->x), PT_OF_DIM(item->y));
    place_surface(cr, surface, item, whole, draw->options.embed);
    cairo_restore(cr);
    cairo_surface_destroy(surface);
    return true;
}

/* ---- Pages ------------------------------------------------------------------ */

uint32_t mark_next(const struct laid_page *page, uint32_t first)
{
    uint32_t end = first + 1;

    while (end < page->item_count && page->items[end].element == page->items[first].element)
        end++;
    return end;
}

static bool draw_items(struct draw *draw, cairo_t *cr, const struct item *item, uint32_t count)
{
    static bool (*const drawers[])(struct draw *, cairo_t *, const struct item *) = {
        [ITEM_WORDS] = draw_words, [ITEM_RULE] = draw_rule, [ITEM_PICTURE] = draw_picture,
        [ITEM_MATRIX] = draw_matrix, [ITEM_SHAPE] = draw_shape,
    };
    bool sound = true;

    for (uint32_t i = 0; i < count; i++) {
        set_ink(draw, cr, item[i].ink);
        sound = drawers[item[i].kind](draw, cr, &item[i]) && sound;
    }
    return sound;
}

bool draw_page(struct draw *draw, cairo_t *cr, const struct laid_page *page)
{
    bool sound = true;

    for (uint32_t i = 0, end; i < page->item_count; i = end) {
        end = mark_next(page, i);
        if (draw->options.marks)
            cairo_tag_begin(cr, "Span", NULL);
        sound = draw_items(draw, cr, page->items + i, end - i) && sound;
        if (draw->options.marks)
            cairo_tag_end(cr, "Span");
    }
    return sound;
}
