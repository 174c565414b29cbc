/* From the text of a word to its glyphs. It goes to Pango as it is, item by
 * item; what comes back is stored as glyphs that each know how much of the text
 * they show, so that a PDF can say the text again. A character that no font has
 * is shown by U+FFFD from a real font; a glyph for nothing is dropped with its
 * text. */
#include "layout/shape.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

/* ---- What is shaped, where it is not the text itself ----------------------------- */

/* Text to be shown in place of another; origin[i] is the byte of the source
 * that byte i stands for. Without origin it is the source. */
struct show {
    const char *text;
    size_t bytes;
    struct buf buf;
    VEC(uint16_t) origin;
    bool changed;
};

static void show_code(struct show *show, uint32_t code, size_t origin)
{
    char bytes[4];
    size_t count = utf8_put(bytes, code);

    buf_append(&show->buf, bytes, count);
    for (size_t i = 0; i < count; i++)
        *VEC_PUSH(&show->origin) = (uint16_t)origin;
}

static void show_upper(struct show *show, const char *text, size_t bytes)
{
    const char *at = text, *end = text + bytes;

    while (at < end) {
        const char *from = at;
        uint32_t code = utf8_next(&at, end);
        gchar *upper = g_utf8_strup(from, at - from);
        const char *c = upper, *stop = upper + strlen(upper);

        (void)code;
        while (c < stop)
            show_code(show, utf8_next(&c, stop), (size_t)(from - text));
        g_free(upper);
    }
    *VEC_PUSH(&show->origin) = (uint16_t)bytes;
    show->changed = true;
}

/* Replaces each character of LOST by U+FFFD. */
static void show_replaced(struct show *show, const uint32_t *lost, size_t count)
{
    struct show old = *show;
    const char *at = old.text, *end = old.text + old.bytes;

    memset(&show->buf, 0, sizeof show->buf);
    memset(&show->origin, 0, sizeof show->origin);
    while (at < end) {
        size_t from = (size_t)(at - old.text);
        uint32_t code = utf8_next(&at, end);

        for (size_t i = 0; i < count; i++)
            if (code == lost[i]) {
                code = 0xFFFD;
                break;
            }
        show_code(show, code, old.changed ? old.origin.item[from] : from);
    }
    *VEC_PUSH(&show->origin) =
        (uint16_t)(old.changed ? old.origin.item[old.bytes] : old.bytes);
    show->changed = true;
    buf_free(&old.buf);
    free(old.origin.item);
}

static void show_buffer(struct show *show)
{
    show->text = buf_text(&show->buf);
    show->bytes = show->buf.len;
}

static size_t origin_of(const struct show *show, size_t byte)
{
    return show->changed ? show->origin.item[byte] : byte;
}

/* ---- From Pango's glyphs to ours ---------------------------------------------------- */

struct making {
    struct typesetter *typesetter;
    struct fount *fount;
    const char *source;
    struct show show;
    VEC(const struct shaped *) pieces;
    VEC(uint32_t) lost;         /* characters without a font */
    PangoDirection base;
};

/* The end of the cluster that starts at byte CLUSTER of an item, seen from glyph
 * I of its glyph string: the next larger start, in either direction. */
static int cluster_end(const PangoItem *item, const PangoGlyphString *glyphs, int i)
{
    int cluster = glyphs->log_clusters[i];

    if (item->analysis.level % 2 == 0) {
        for (int j = i + 1; j < glyphs->num_glyphs; j++)
            if (glyphs->log_clusters[j] > cluster)
                return glyphs->log_clusters[j];
    } else {
        for (int j = i - 1; j >= 0; j--)
            if (glyphs->log_clusters[j] > cluster)
                return glyphs->log_clusters[j];
    }
    return item->length;
}

static bool is_lost(struct making *making, const PangoGlyphInfo *info)
{
    if ((info->glyph & PANGO_GLYPH_UNKNOWN_FLAG) == 0 || info->glyph == PANGO_GLYPH_EMPTY)
        return false;
    *VEC_PUSH(&making->lost) = info->glyph & ~PANGO_GLYPH_UNKNOWN_FLAG;
    return true;
}

/* The bytes of the source that a cluster shows go to the end of TEXT. */
static uint16_t take_text(struct making *making, const PangoItem *item, int from, int to,
                          struct buf *text)
{
    size_t start = origin_of(&making->show, (size_t)(item->offset + from));
    size_t end = origin_of(&making->show, (size_t)(item->offset + to));

    buf_append(text, making->source + start, end - start);
    return (uint16_t)(end - start);
}

/* No-break spaces are as wide as others, whatever the face says of them. */
static dim fix_space(const struct making *making, const PangoItem *item, int from, int to,
                     dim advance)
{
    const char *text = making->show.text + item->offset + from;

    if (to - from == 3 && memcmp(text, "\xE2\x80\xAF", 3) == 0)
        return making->fount->narrow;
    if (to - from == 2 && memcmp(text, "\xC2\xA0", 2) == 0)
        return making->fount->space;
    return advance;
}

/* Fills GLYPH from the item's glyph string, TEXT with what they show. */
static uint16_t take_glyphs(struct making *making, const PangoItem *item, struct glyph *glyph,
                            struct buf *text)
{
    const PangoGlyphString *glyphs = making->typesetter->glyphs;
    uint16_t count = 0;
    int shown = -1;             /* cluster whose text has its glyph */

    for (int i = 0; i < glyphs->num_glyphs; i++) {
        const PangoGlyphInfo *info = &glyphs->glyphs[i];
        int cluster = glyphs->log_clusters[i], end = cluster_end(item, glyphs, i);
        struct glyph *new = &glyph[count];

        if (is_lost(making, info) || info->glyph == PANGO_GLYPH_EMPTY)
            continue;
        *new = (struct glyph){ .id = (uint16_t)info->glyph, .advance = info->geometry.width,
                               .dx = info->geometry.x_offset, .dy = info->geometry.y_offset };
        if (cluster != shown) {
            new->bytes = take_text(making, item, cluster, end, text);
            new->advance = fix_space(making, item, cluster, end, new->advance);
        }
        shown = cluster;
        if (i + 1 == glyphs->num_glyphs || glyphs->log_clusters[i + 1] != cluster)
            new->advance += making->fount->style.tracking;
        count++;
    }
    return count;
}

static void add_item(struct making *making, PangoItem *item)
{
    struct typesetter *typesetter = making->typesetter;
    struct arena *arena = typesetter->arena;
    struct buf text = {0};
    struct glyph *glyph;
    struct shaped *shaped;
    uint16_t count;

    pango_shape_item(item, making->show.text, (int)making->show.bytes, NULL,
                     typesetter->glyphs, PANGO_SHAPE_NONE);
    if (typesetter->glyphs->num_glyphs == 0)
        return;
    glyph = ARENA_ARRAY(arena, (size_t)typesetter->glyphs->num_glyphs, struct glyph);
    count = take_glyphs(making, item, glyph, &text);
    if (count > 0) {
        shaped = ARENA_NEW(arena, struct shaped);
        shaped->face = fonts_face(typesetter->fonts, PANGO_FC_FONT(item->analysis.font),
                                  making->fount->style.size);
        shaped->text = arena_strndup(arena, buf_text(&text), text.len);
        shaped->bytes = (uint16_t)text.len;
        shaped->count = count;
        shaped->glyphs = glyph;
        for (uint16_t i = 0; i < count; i++)
            shaped->width += glyph[i].advance;
        *VEC_PUSH(&making->pieces) = shaped;
    }
    buf_free(&text);
}

static void shape_show(struct making *making)
{
    GList *logical = pango_itemize_with_base_dir(
        making->fount->context, making->base, making->show.text, 0,
        (int)making->show.bytes, making->fount->attributes, NULL);
    GList *items = pango_reorder_items(logical);

    making->pieces.count = 0;
    for (GList *i = items; i != NULL; i = i->next) {
        add_item(making, i->data);
        pango_item_free(i->data);
    }
    g_list_free(items);
    g_list_free(logical);
}

/* Shapes again with U+FFFD for what no font has. */
static void replace_lost(struct making *making)
{
    show_replaced(&making->show, making->lost.item, making->lost.count);
    show_buffer(&making->show);
    shape_show(making);
}

static void keep_pieces(struct arena *arena, const struct making *making, struct lexeme *lexeme)
{
    const struct shaped **pieces = ARENA_ARRAY(arena, making->pieces.count,
                                               const struct shaped *);

    for (size_t i = 0; i < making->pieces.count; i++) {
        pieces[i] = making->pieces.item[i];
        lexeme->width += pieces[i]->width;
    }
    lexeme->pieces = pieces;
    lexeme->piece_count = (uint16_t)making->pieces.count;
    lexeme->lost_count = (uint16_t)making->lost.count;
    if (making->lost.count > 0) {
        uint32_t *lost = ARENA_ARRAY(arena, making->lost.count, uint32_t);

        memcpy(lost, making->lost.item, making->lost.count * sizeof *lost);
        lexeme->lost = lost;
    }
}

void shape_glyphs(struct typesetter *typesetter, struct lexeme *lexeme)
{
    struct making making = { .typesetter = typesetter, .fount = lexeme->fount,
                             .source = lexeme->text,
                             .base = lexeme->mode == LEXEME_RTL ? PANGO_DIRECTION_RTL
                                                                : PANGO_DIRECTION_LTR };

    making.show.text = lexeme->text;
    making.show.bytes = lexeme->bytes;
    if (lexeme->fount->style.caps) {
        show_upper(&making.show, lexeme->text, lexeme->bytes);
        show_buffer(&making.show);
    }
    shape_show(&making);
    if (making.lost.count > 0)
        replace_lost(&making);
    keep_pieces(typesetter->arena, &making, lexeme);
    buf_free(&making.show.buf);
    free(making.show.origin.item);
    free(making.pieces.item);
    free(making.lost.item);
}
