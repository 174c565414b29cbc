/* Lengths stay whole numbers of 1/1024 point until they are written; in a line,
 * the pen as the file's widths move it is kept beside the pen as the layout
 * wants it, and where they part, TJ is told. Expansion is Tz. */
#include "pdf/content.h"
#include "pdf/cluster.h"
#include "pdf/reading.h"

#include <glib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* How far, in thousandths of the size, a glyph may stand off: a word's first, and
 * those within. */
#define FIRST_SLACK 0.5
#define SLACK 1.5

#define NO_SUBSET UINT32_MAX

struct writer {
    struct content *content;
    const struct content_source *source;
    struct buf *out;
    long left, base;            /* of the page's corner: x and the y of its top */
    struct ink ink;
    bool in_text, in_array;
    int in_string;              /* bytes of its codes, 0: in none */
    uint32_t subset;            /* set at size; NO_SUBSET: it is to be set */
    dim size;
    int scale;                  /* thousandths */
    dim rise;
    double unit;                /* points in a thousandth of the size */
    double pen;                 /* where the file's widths bring it, from … */
    double letter;              /* points after each letter of the item */
};

/* ---- State ------------------------------------------------------------------------- */

static void end_string(struct writer *w)
{
    if (w->in_string != 0)
        buf_putc(w->out, w->in_string == 1 ? ')' : '>');
    w->in_string = 0;
}

static void end_array(struct writer *w)
{
    end_string(w);
    if (w->in_array)
        buf_puts(w->out, "]TJ\n");
    w->in_array = false;
}

static void begin_text(struct writer *w)
{
    if (!w->in_text)
        buf_puts(w->out, "BT\n");
    w->in_text = true;
}

static void end_text(struct writer *w)
{
    end_array(w);
    if (w->in_text)
        buf_puts(w->out, "ET\n");
    w->in_text = false;
}

static void put_scaled(struct buf *out, double value)
{
    char digits[G_ASCII_DTOSTR_BUF_SIZE];

    buf_putc(out, ' ');
    buf_puts(out, g_ascii_formatd(digits, sizeof digits, "%.6f", value));
}

static struct ink seen_ink(const struct writer *w, struct ink ink)
{
    double grey = 0.299 * ink.r + 0.587 * ink.g + 0.114 * ink.b;

    if (w->source->grey)
        ink.r = ink.g = ink.b = (uint8_t)(grey + 0.5);
    return ink;
}

/* A part of 255 as a part of one. */
static void put_part(struct buf *out, int part)
{
    put_points(out, (part * 1024L + 127) / 255);
}

/* Greys are set as greys, so that a black page is printed in black alone. */
static void set_ink(struct writer *w, struct ink given)
{
    struct ink ink = seen_ink(w, given);
    bool grey = ink.r == ink.g && ink.g == ink.b;

    if (ink.r == w->ink.r && ink.g == w->ink.g && ink.b == w->ink.b)
        return;
    end_array(w);
    w->ink = ink;
    put_part(w->out, ink.r);
    if (!grey) {
        put_part(w->out, ink.g);
        put_part(w->out, ink.b);
    }
    buf_puts(w->out, grey ? " g\n" : " rg\n");
}

static void put_x(struct writer *w, dim x)
{
    put_points(w->out, w->left + x);
}

static void put_y(struct writer *w, dim y)
{
    put_points(w->out, w->base - y);
}

/* ---- Words ------------------------------------------------------------------------- */

static void use(struct writer *w, uint32_t number, bool plate)
{
    uint32_t *list = plate ? w->content->plates.item : w->content->subsets.item;
    size_t count = plate ? w->content->plates.count : w->content->subsets.count;

    for (size_t i = 0; i < count; i++)
        if (list[i] == number)
            return;
    if (plate)
        *VEC_PUSH(&w->content->plates) = number;
    else
        *VEC_PUSH(&w->content->subsets) = number;
}

static void set_subset(struct writer *w, uint32_t subset)
{
    if (w->subset == subset)
        return;
    end_array(w);
    buf_puts(w->out, "/T");
    put_number(w->out, (long)subset);
    put_points(w->out, w->size);
    buf_puts(w->out, " Tf\n");
    w->subset = subset;
    use(w, subset, false);
}

static void set_rise(struct writer *w, dim rise)
{
    if (w->rise == rise)
        return;
    end_array(w);
    put_points(w->out, rise);
    buf_puts(w->out, " Ts\n");
    w->rise = rise;
}

static void set_scale(struct writer *w, int scale)
{
    if (w->scale == scale)
        return;
    end_array(w);
    put_points(w->out, (scale * 1024L + 5) / 10);
    buf_puts(w->out, " Tz\n");
    w->scale = scale;
}

/* Brings the pen to WANT, when it is off by more than SLACK thousandths. */
static void move_pen(struct writer *w, double want, double slack)
{
    double off = (w->pen - want) / w->unit;

    if (!w->in_array)
        buf_putc(w->out, '[');
    w->in_array = true;
    if (fabs(off) < slack)
        return;
    end_string(w);
    put_number(w->out, lround(off));
    w->pen -= (double)lround(off) * w->unit;
}

static void put_code(struct writer *w, unsigned code, int bytes)
{
    static const char digits[] = "0123456789abcdef";

    if (w->in_string != bytes) {
        end_string(w);
        buf_putc(w->out, bytes == 1 ? '(' : '<');
        w->in_string = bytes;
    }
    if (bytes == 2) {
        const char hex[] = { digits[code >> 12 & 15], digits[code >> 8 & 15],
                             digits[code >> 4 & 15], digits[code & 15] };

        buf_append(w->out, hex, sizeof hex);
    } else {
        if (code == '(' || code == ')' || code == '\\')
            buf_putc(w->out, '\\');
        if (code == '\r')
            buf_puts(w->out, "\\r");
        else
            buf_putc(w->out, (char)code);
    }
}

static void put_sort(struct writer *w, const struct sort *sort, double want, double slack)
{
    set_subset(w, sort->subset);
    move_pen(w, want, slack);
    put_code(w, sort->code, typecase_subset(w->source->typecase, sort->subset)->code_bytes);
    w->pen += (double)sort->width * w->unit;
}

static bool same_composed(const struct buf *told, const struct cluster *cluster)
{
    char *left = g_utf8_normalize(buf_text(told), -1, G_NORMALIZE_NFC);
    char *right = g_utf8_normalize(cluster->text, (gssize)cluster->bytes, G_NORMALIZE_NFC);
    bool same = left != NULL && right != NULL && strcmp(left, right) == 0;

    g_free(left);
    g_free(right);
    return same;
}

/* Do readers of the file get the cluster's text from its glyphs, composed or
 * not? A glyph without a text is an unknown sign to them. */
static bool tells_itself(const struct fount *fount, const struct shaped *shaped,
                         const struct cluster *cluster)
{
    const struct glyph *glyph = &shaped->glyphs[cluster->first];
    const struct sort *sort = &fount->sort[glyph->id];
    struct buf told = {0};
    bool same = true;

    if (cluster->count == 1 && sort->bytes == cluster->bytes && sort->bytes > 0
        && memcmp(sort->text, cluster->text, cluster->bytes) == 0)
        return true;
    for (uint32_t i = 0; i < cluster->count && same; i++) {
        sort = &fount->sort[glyph[i].id];
        same = sort->bytes > 0;
        buf_append(&told, sort->text, sort->bytes);
    }
    same = same && same_composed(&told, cluster);
    buf_free(&told);
    return same;
}

static void begin_actual(struct writer *w, const struct cluster *cluster)
{
    end_array(w);
    buf_puts(w->out, "/Span <</ActualText <FEFF");
    put_utf16(w->out, cluster->text, cluster->bytes);
    buf_puts(w->out, ">>> BDC\n");
}

static void end_actual(struct writer *w)
{
    end_array(w);
    buf_puts(w->out, "EMC\n");
}

/* The cluster's glyphs from PEN on; the first may be off by SLACK. Returns the
 * pen after. */
static double put_cluster(struct writer *w, const struct fount *fount,
                          const struct shaped *shaped, const struct cluster *cluster, double pen,
                          double slack)
{
    bool stated = !tells_itself(fount, shaped, cluster);
    double stretch = w->scale / 1000.0;

    if (stated)
        begin_actual(w, cluster);
    for (uint32_t i = cluster->first; i < cluster->first + cluster->count; i++) {
        const struct glyph *glyph = &shaped->glyphs[i];

        set_rise(w, -glyph->dy);
        put_sort(w, &fount->sort[glyph->id], pen + PT_OF_DIM(glyph->dx) * stretch, slack);
        pen += PT_OF_DIM(glyph->advance) * stretch + (glyph->bytes > 0 ? w->letter : 0);
        slack = SLACK;
    }
    if (stated)
        end_actual(w);
    return pen;
}

static void put_space(struct writer *w, const struct fount *fount, double pen)
{
    const struct sort *space = &fount->sort[fount->space];
    const struct cluster blank = { .text = " ", .bytes = 1 };
    bool stated = space->bytes != 1 || *space->text != ' ';

    set_rise(w, 0);
    if (stated)
        begin_actual(w, &blank);
    put_sort(w, space, pen, SLACK);
    if (stated)
        end_actual(w);
}

/* A word with its pen at PEN, in points from the run's. */
static void put_word(struct writer *w, const struct fount *fount, const struct word *word,
                     double pen)
{
    struct cluster cluster = {0};

    while (cluster_next(word, &cluster))
        pen = put_cluster(w, fount, word->shaped, &cluster, pen,
                          cluster.first == 0 ? FIRST_SLACK : SLACK);
    if ((word->flags & WORD_SPACE) != 0 && fount->space != 0)
        put_space(w, fount, pen);
}

/* A run of words in one face begins at X. */
static void begin_run(struct writer *w, const struct face *face, dim x, dim y)
{
    end_array(w);
    buf_puts(w->out, "1 0 0 1");
    put_x(w, x);
    put_y(w, y);
    buf_puts(w->out, " Tm\n");
    if (w->size != face->size)
        w->subset = NO_SUBSET;
    w->size = face->size;
    w->unit = PT_OF_DIM(face->size) * w->scale / 1e6;
    w->pen = 0;
}

static void put_words(struct writer *w, const struct item *item)
{
    const struct face *face = NULL;
    const struct fount *fount = NULL;
    dim start = 0;

    begin_text(w);
    set_ink(w, item->ink);
    set_scale(w, (int)lround(item->words.stretch / 65.536));
    w->letter = PT_OF_DIM(item->words.letter);
    for (uint32_t i = 0; i < item->words.count; i++) {
        const struct word *word = &item->words.word[i];

        if (word->shaped->face != face) {
            face = word->shaped->face;
            fount = typecase_lookup(w->source->typecase, face);
            start = word->x;
            begin_run(w, face, item->x + start, item->y);
        }
        put_word(w, fount, word, PT_OF_DIM(word->x - start));
    }
    end_array(w);
    set_rise(w, 0);
}

/* ---- Paths ------------------------------------------------------------------------- */

static void put_rectangle(struct writer *w, dim x, dim y, dim width, dim height)
{
    put_x(w, x);
    put_y(w, y + height);
    put_points(w->out, width);
    put_points(w->out, height);
    buf_puts(w->out, " re\n");
}

static void put_rule(struct writer *w, const struct item *item)
{
    put_rectangle(w, item->x, item->y, item->rule.width, item->rule.height);
    buf_puts(w->out, "f\n");
}

/* Where line NUMBER of COUNT lies between 0 and SIDE. */
static dim grid_line(dim side, int number, int count)
{
    return (dim)((int64_t)side * number / count);
}

/* Each row's neighbouring dark squares are one rectangle of one path. */
static void put_matrix(struct writer *w, const struct item *item)
{
    int modules = item->matrix.modules;
    dim side = item->matrix.side;

    for (int y = 0; y < modules; y++) {
        const uint8_t *row = item->matrix.dark + (size_t)y * (size_t)modules;
        dim top = grid_line(side, y, modules), foot = grid_line(side, y + 1, modules);

        for (int x = 0, end; x < modules; x = end + 1) {
            for (end = x; end < modules && row[end]; end++)
                ;
            if (end > x)
                put_rectangle(w, item->x + grid_line(side, x, modules), item->y + top,
                              grid_line(side, end, modules) - grid_line(side, x, modules),
                              foot - top);
        }
    }
    buf_puts(w->out, "f\n");
}

static void put_shape(struct writer *w, const struct item *item)
{
    static const struct { int points; const char *operator; } steps[] = {
        [SHAPE_MOVE] = { 1, " m\n" }, [SHAPE_LINE] = { 1, " l\n" },
        [SHAPE_CURVE] = { 3, " c\n" }, [SHAPE_CLOSE] = { 0, "h\n" },
    };

    for (uint32_t i = 0; i < item->shape.count; i++) {
        const struct shape_step *step = &item->shape.step[i];

        for (int k = 0; k < steps[step->op].points; k++) {
            put_x(w, item->x + step->x[k]);
            put_y(w, item->y + step->y[k]);
        }
        buf_puts(w->out, steps[step->op].operator);
    }
    buf_puts(w->out, item->shape.even_odd ? "f*\n" : "f\n");
}

/* ---- Pictures ---------------------------------------------------------------------- */

/* The image fills the frame, or, when it is the whole picture, as much more as
 * lets its crop fill it. */
static void put_picture(struct writer *w, const struct item *item)
{
    const struct plate *plate = plates_lookup(w->source->plates, item);
    const struct picture *picture = item->picture.picture;
    double width = PT_OF_DIM(item->picture.width), height = PT_OF_DIM(item->picture.height);
    double left = PT_OF_DIM(w->left + item->x);
    double foot = PT_OF_DIM(w->base - item->y) - height;

    buf_puts(w->out, "q\n");
    if (plate->whole && item->picture.crop_width > 0) {
        double across = width * 1024 / item->picture.crop_width;    /* points in a pixel */
        double down = height * 1024 / item->picture.crop_height;

        put_rectangle(w, item->x, item->y, item->picture.width, item->picture.height);
        buf_puts(w->out, "W n\n");
        left -= item->picture.crop_x / 1024.0 * across;
        foot += height + item->picture.crop_y / 1024.0 * down - picture->height * down;
        width = picture->width * across;
        height = picture->height * down;
    }
    put_scaled(w->out, width);
    buf_puts(w->out, " 0 0");
    put_scaled(w->out, height);
    put_scaled(w->out, left);
    put_scaled(w->out, foot);
    buf_puts(w->out, " cm\n/P");
    put_number(w->out, (long)plate->number);
    buf_puts(w->out, " Do\nQ\n");
    use(w, plate->number, true);
}

/* ---- Pages ------------------------------------------------------------------------- */

static void put_items(struct writer *w, const struct item *item, uint32_t count)
{
    static void (*const putters[])(struct writer *, const struct item *) = {
        [ITEM_WORDS] = put_words, [ITEM_RULE] = put_rule, [ITEM_PICTURE] = put_picture,
        [ITEM_MATRIX] = put_matrix, [ITEM_SHAPE] = put_shape,
    };

    for (uint32_t i = 0; i < count; i++) {
        if (item[i].kind != ITEM_WORDS) {
            end_text(w);
            set_ink(w, item[i].ink);
        }
        putters[item[i].kind](w, &item[i]);
    }
    end_text(w);
}

/* ITEM, where it is not NULL, is alone in the mark and turned: a phrase of its own. */
static void begin_mark(struct writer *w, uint32_t element, const struct item *item)
{
    const char *tag = structure_tag(w->source->structure, element);

    if (tag == NULL) {
        buf_puts(w->out, "/Artifact BMC\n");
        return;
    }
    buf_putc(w->out, '/');
    buf_puts(w->out, item == NULL ? tag : STRUCTURE_PHRASE);
    buf_puts(w->out, " <</MCID ");
    put_number(w->out, (long)w->content->marks.count);
    buf_puts(w->out, ">> BDC\n");
    *VEC_PUSH(&w->content->marks) = (struct content_mark){
        element, item == NULL ? NULL : reading_new(item) };
}

/* How many of COUNT items are marked together: those of one element, but what is
 * turned alone. */
static uint32_t marked_together(const struct item *item, uint32_t count)
{
    uint32_t some = 1;

    if (reading_is_turned(item))
        return 1;
    while (some < count && item[some].element == item->element
           && !reading_is_turned(&item[some]))
        some++;
    return some;
}

static void put_marked(struct writer *w, const struct sheet *sheet)
{
    const struct laid_page *page = sheet->page;

    for (uint32_t i = 0, some; i < page->item_count; i += some) {
        const struct item *item = &page->items[i];

        some = marked_together(item, page->item_count - i);
        begin_mark(w, sheet_element(sheet, item->element), reading_is_turned(item) ? item : NULL);
        put_items(w, item, some);
        buf_puts(w->out, "EMC\n");
    }
}

/* The page's own corner becomes the origin, and y goes upwards from it. What is
 * set before holds within, but not the other way round. */
static void put_placed(struct writer *w, const struct placed *placed)
{
    struct writer inner = *w;
    cairo_matrix_t matrix = placed_matrix(placed);

    inner.left = inner.base = 0;
    buf_puts(w->out, "q");
    put_scaled(w->out, matrix.xx);
    put_scaled(w->out, -matrix.yx);
    put_scaled(w->out, -matrix.xy);
    put_scaled(w->out, matrix.yy);
    put_scaled(w->out, PT_OF_DIM(w->left) + matrix.x0);
    put_scaled(w->out, PT_OF_DIM(w->base) - matrix.y0);
    buf_puts(w->out, " cm\n");
    if (placed->width > 0) {
        put_rectangle(&inner, 0, 0, placed->width, placed->height);
        buf_puts(w->out, "W n\n");
    }
    put_items(&inner, placed->page->items, placed->page->item_count);
    buf_puts(w->out, "Q\n");
}

void content_write(struct content *content, const struct content_source *source,
                   const struct sheet *sheet)
{
    struct writer writer = { .content = content, .source = source, .out = &content->stream,
                             .left = sheet->bleed, .base = (long)sheet->height + sheet->bleed,
                             .subset = NO_SUBSET, .scale = 1000 };

    if (sheet->page != NULL && source->structure != NULL)
        put_marked(&writer, sheet);
    else if (sheet->page != NULL)
        put_items(&writer, sheet->page->items, sheet->page->item_count);
    for (uint32_t i = 0; i < sheet->placed_count; i++)
        put_placed(&writer, &sheet->placed[i]);
}

void content_free(struct content *content)
{
    buf_free(&content->stream);
    free(content->subsets.item);
    free(content->plates.item);
    for (size_t i = 0; i < content->marks.count; i++)
        free(content->marks.item[i].text);
    free(content->marks.item);
    *content = (struct content){0};
}
