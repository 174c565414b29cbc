/* The cover for a printer, in its three parts: the front as readers know it,
 * the back with the blurb and the ISBN as a bar code, the spine set across, to
 * be turned by whoever draws it. An ISBN that is none leaves the bar code out,
 * with a warning. And captions, for plans of the book. */
#include "layout/cover.h"
#include "base/diag.h"
#include "base/utf8.h"
#include "book/identifier.h"

#include <stdlib.h>
#include <string.h>
#include <zint.h>

enum { MODULES = 95, QUIET_LEFT = 11, QUIET_RIGHT = 7, DIGITS = 13 };

#define MODULE DIM_OF_MM(0.33)
#define BAR_HEIGHT DIM_OF_MM(18)
#define FIGURE_SIZE (10 * MODULE)
#define BAR_CODE_HEIGHT (BAR_HEIGHT + 28 * MODULE)

/* A spine thinner than this has no words on it: they would slip to a side. */
#define LEAST_SPINE DIM_OF_MM(6)
#define SPINE_SIDE DIM_OF_MM(10)
#define MOST_ON_SPINE DIM_OF_PT(15)
#define LEAST_ON_SPINE DIM_OF_PT(7)
#define LEAST_BLURB DIM_OF_PT(8)

static struct cover open_cover(struct layout *layout, struct flow *flow, struct making *making,
                               dim width, dim height)
{
    struct cover cover = { .layout = layout, .flow = flow, .making = making,
                           .palette = palette_of(layout->book), .width = width,
                           .height = height, .margin = width / 12 };

    galley_element(flow->galley, ELEMENT_DOCUMENT, 0);
    flow->galley->elements.item[0].lang = layout->book->language;
    return cover;
}

/* ---- The bar code --------------------------------------------------------------- */

/* The bars of an EAN-13, 1 for a dark module; false when zint refuses it. */
static bool encode(const char *digits, uint8_t dark[MODULES])
{
    struct zint_symbol *symbol = ZBarcode_Create();
    unsigned char text[DIGITS + 1];
    bool done;

    memcpy(text, digits, sizeof text);
    symbol->symbology = BARCODE_EANX;
    done = ZBarcode_Encode(symbol, text, DIGITS) < ZINT_ERROR && symbol->width == MODULES;
    for (int x = 0; done && x < MODULES; x++)
        dark[x] = symbol->encoded_data[0][x / 8] >> (x % 8) & 1;
    ZBarcode_Delete(symbol);
    return done;
}

static bool is_guard(int module)
{
    return module < 3 || module >= MODULES - 3 || (module >= 45 && module < 50);
}

static void put_bars(struct cover *cover, const uint8_t dark[MODULES], dim x, dim y)
{
    static const struct ink black = { 0, 0, 0 };

    for (int i = 0, end; i < MODULES; i = end + 1) {
        for (end = i; end < MODULES && dark[end]; end++)
            ;
        if (end > i)
            rule_put(cover->making, x + i * MODULE, y, (end - i) * MODULE,
                     BAR_HEIGHT + (is_guard(i) ? 5 * MODULE : 0), black);
    }
}

static const struct text_style *bar_code_style(struct cover *cover)
{
    struct text_style *style = cover_style(cover, ROLE_NONE, FIGURE_SIZE, FIGURE_SIZE);

    style->ink = (struct ink){ 0, 0, 0 };
    style->features = "lnum=1,tnum=1";
    return style;
}

/* The figures under the bars: the first before them, six in each half. */
static void put_digits(struct cover *cover, const char *digits, dim x, dim y)
{
    const struct text_style *style = bar_code_style(cover);

    for (int i = 0; i < DIGITS; i++) {
        dim middle = i == 0 ? -6 * MODULE : (3 + (i - 1) * 7 + (i > 6 ? 5 : 0)) * MODULE + 7 * MODULE / 2;
        struct set_text text = cover_words(cover, (char[2]){ digits[i], '\0' }, style, 20 * MODULE);

        text_put(cover->flow, &text, x + middle - text_extent(&text) / 2, y, cover->making);
    }
}

/* The ISBN in its parts over the bars, as wide as they are at most. */
static void put_isbn(struct cover *cover, const char *isbn, dim x, dim y)
{
    const char *words = arena_printf(cover->layout->arena, "ISBN %s", isbn);
    struct text_style style = *bar_code_style(cover);
    struct set_text text = cover_words(cover, words, &style, 2 * MODULES * MODULE);

    if (text_extent(&text) > MODULES * MODULE) {
        style.size = (dim)((int64_t)style.size * MODULES * MODULE / text_extent(&text));
        text = cover_words(cover, words, &style, 2 * MODULES * MODULE);
    }
    text_put(cover->flow, &text, x, y, cover->making);
}

/* The bar code on white with its quiet zone, its lower right corner at X, Y. */
static void put_bar_code(struct cover *cover, const char *isbn, dim x, dim y)
{
    static const struct ink white = { 255, 255, 255 };
    dim width = (MODULES + QUIET_LEFT + QUIET_RIGHT) * MODULE, height = BAR_CODE_HEIGHT;
    dim bars = y - height + 16 * MODULE;
    uint8_t dark[MODULES];
    const char *digits = identifier_isbn(cover->layout->arena, isbn);

    if (strlen(digits) != DIGITS || !encode(digits, dark)) {
        diag(DIAG_WARNING, (struct place){0}, "isbn",
             "“%s” is no ISBN of 13 figures, and has no bar code on the cover", isbn);
        return;
    }
    x -= width;
    y -= height;
    rule_put(cover->making, x, y, width, height, white);
    x += QUIET_LEFT * MODULE;
    put_isbn(cover, isbn, x, bars - 4 * MODULE);
    put_bars(cover, dark, x, bars);
    put_digits(cover, digits, x, bars + BAR_HEIGHT + 9 * MODULE);
}

/* ---- Back and spine ----------------------------------------------------------------- */

/* Its paragraphs, a line of WORDS each, at SIZE: put there, or only measured. */
static dim set_blurb(struct cover *cover, const char *words, dim size, bool put)
{
    dim leading = size * 27 / 20, height = 0;
    const struct text_style *style = cover_style(cover, ROLE_NONE, size, leading);

    for (const char *end; *words != '\0'; words = *end == '\0' ? end : end + 1) {
        struct set_text text;

        end = words + strcspn(words, "\n");
        text = cover_words(cover, arena_strndup(cover->layout->arena, words, (size_t)(end - words)),
                           style, cover->width - 2 * cover->margin);
        height += height > 0 ? leading / 2 : 0;
        if (put)
            text_put(cover->flow, &text, cover->margin, cover->margin + size + height,
                     cover->making);
        height += text.setting.count * leading;
    }
    return height;
}

/* As large as lets it end above FOOT; never so small that it is not read. */
static void put_blurb(struct cover *cover, const char *words, dim foot)
{
    dim size = cover->width / 30, least = size < LEAST_BLURB ? size : LEAST_BLURB;
    dim room = foot - cover->margin;

    while (size > least && set_blurb(cover, words, size, false) > room)
        size = size * 19 / 20 > least ? size * 19 / 20 : least;
    if (set_blurb(cover, words, size, true) > room)
        diag(DIAG_WARNING, (struct place){ cover->layout->book->folder, 0, 0 }, "blurb-long",
             "the blurb is too long for the back of the cover, and runs over what stands at its "
             "foot; shorten it");
}

static void draw_back(struct cover *cover)
{
    const struct book *book = cover->layout->book;
    const char *words = book->blurb != NULL ? book->blurb : book->description;
    bool coded = book->edition != NULL && book->edition->isbn_print != NULL;
    dim size = cover->width / 30, leading = size * 27 / 20, foot = cover->height - cover->margin;
    dim top = foot;
    struct set_text text;

    rule_put(cover->making, 0, 0, cover->width, cover->height, cover->palette.paper);
    if (book->publisher.name != NULL) {
        text = cover_words(cover, book->publisher.name,
                           cover_style(cover, ROLE_PUBLISHER, size, leading), cover->width / 3);
        top = foot - text.setting.count * leading;
        text_put(cover->flow, &text, cover->margin, top + leading, cover->making);
    }
    if (coded)
        top = foot - BAR_CODE_HEIGHT;
    if (words != NULL)
        put_blurb(cover, words, top - leading / 2);
    if (coded)
        put_bar_code(cover, book->edition->isbn_print, cover->width - cover->margin, foot);
}

/* The largest size, from MOST to LEAST, at which the title stands on one line
 * within ROOM, with the names when WITH_NAMES; 0: none. */
static dim spine_size(struct cover *cover, dim most, dim least, dim room, bool with_names)
{
    for (dim size = most; size >= least; size -= DIM_PT / 4) {
        struct set_text title = cover_words(cover, cover->layout->book->title,
                                            cover_style(cover, ROLE_NAME, size, size), 4 * room);
        struct set_text names = cover_words(cover, cover_names(cover),
                                            cover_style(cover, ROLE_EDITOR, size * 4 / 5, size),
                                            4 * room);

        if (text_extent(&title) + (with_names ? text_extent(&names) + SPINE_SIDE : 0) <= room)
            return size;
    }
    return 0;
}

/* The title at the start of the spine, the names at its end, on one line in its
 * middle; smaller where they are long, then without the names; nothing where even
 * the title is longer than it. */
static void draw_spine(struct cover *cover)
{
    dim thick = cover->height * 11 / 20, most = thick < MOST_ON_SPINE ? thick : MOST_ON_SPINE;
    dim room = cover->width - 2 * SPINE_SIDE, size, base;
    struct set_text text;
    bool named = true;

    rule_put(cover->making, 0, 0, cover->width, cover->height, cover->palette.paper);
    if (cover->height < LEAST_SPINE)
        return;
    size = spine_size(cover, most, most * 2 / 3, room, true);
    if (size == 0) {
        named = false;
        size = spine_size(cover, most, LEAST_ON_SPINE, room, false);
    }
    if (size == 0)
        return;
    base = cover->height / 2 + size / 3;
    text = cover_words(cover, cover->layout->book->title,
                       cover_style(cover, ROLE_NAME, size, size), 4 * room);
    text_put(cover->flow, &text, SPINE_SIDE, base, cover->making);
    if (!named)
        return;
    text = cover_words(cover, cover_names(cover),
                       cover_style(cover, ROLE_EDITOR, size * 4 / 5, size), 4 * room);
    text_put(cover->flow, &text, cover->width - SPINE_SIDE - text_extent(&text), base,
             cover->making);
}

static void make(struct layout *layout, dim width, dim height, void (*draw)(struct cover *),
                 struct pages *pages)
{
    struct galley galley = { .columns = 1, .column = width };
    struct flow flow = worker_flow(layout, 0, &galley, layout->arena);
    struct making making = {0};
    struct cover cover = open_cover(layout, &flow, &making, width, height);

    draw(&cover);
    cover_pages(&cover, pages);
    galley_clear(&galley);
}

const struct jacket *layout_jacket(struct layout *layout, dim thickness, dim bleed)
{
    struct jacket *jacket = ARENA_NEW(layout->arena, struct jacket);
    const struct style *style = layout->style;
    bool picture = layout->book->cover != NULL && layout->book->cover->width > 0;

    jacket->paper = palette_of(layout->book).paper;
    jacket->front_bleed = picture ? bleed : 0;
    jacket->front = *layout_cover(layout, style->width + jacket->front_bleed,
                                  style->height + 2 * jacket->front_bleed);
    make(layout, style->width, style->height, draw_back, &jacket->back);
    make(layout, style->height, thickness, draw_spine, &jacket->spine);
    return jacket;
}

/* WORDS without their last sign, and "…"; in ARENA. */
static char *shorten(struct arena *arena, const char *words)
{
    const char *end = words + strlen(words);

    if (end - words > 3 && memcmp(end - 3, "…", 3) == 0)
        end -= 3;
    utf8_prev(&end, words);
    while (end > words && end[-1] == ' ')
        end--;
    return arena_printf(arena, "%.*s…", (int)(end - words), words);
}

void layout_caption(struct layout *layout, const char *words, dim size, dim room, dim x, dim y,
                    item_list *items)
{
    struct galley galley = { .columns = 1, .column = room };
    struct flow flow = worker_flow(layout, 0, &galley, layout->arena);
    struct making making = {0};
    struct cover cover = open_cover(layout, &flow, &making, room, size);
    struct text_style *style = cover_style(&cover, ROLE_NONE, size, size);
    struct set_text text;

    style->ink = (struct ink){ 0, 0, 0 };
    text = cover_words(&cover, words, style, 100 * room);
    while (text_extent(&text) > room && strlen(words) > 4) {
        words = shorten(layout->arena, words);
        text = cover_words(&cover, words, style, 100 * room);
    }
    text_put(&flow, &text, x, y, &making);
    for (size_t i = 0; i < making.items.count; i++)
        *VEC_PUSH(items) = making.items.item[i];
    free(making.items.item);
    free(making.links.item);
    galley_clear(&galley);
}
