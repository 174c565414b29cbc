/* The levels of a paragraph's text and the order of a line. What comes in is
 * spans in reading order; a picture within them counts as a neutral sign, a
 * forced break as a space. Nothing is refused. */
#include "layout/bidi.h"
#include "base/memory.h"
#include "base/utf8.h"

#include <pango/pango.h>
#include <stdlib.h>
#include <string.h>

/* U+0590 is the first that runs from right to left. */
enum { FIRST_RTL = 0x590, FIRST_RTL_BYTE = 0xD6 };

static bool has_rtl(const char *text, size_t bytes)
{
    const char *at = text, *end = text + bytes;

    while (at < end) {
        if ((unsigned char)*at < FIRST_RTL_BYTE) {
            at++;
        } else {
            uint32_t code = utf8_next(&at, end);

            if (code >= FIRST_RTL && utf8_direction(code) < 0)
                return true;
        }
    }
    return false;
}

/* Its text with spaces in place of all that would end a paragraph. */
static void add_text(struct buf *text, const struct span *span)
{
    const char *at = span->text, *end = at + span->bytes;

    while (at < end) {
        const char *from = at;
        uint32_t code = utf8_next(&at, end);
        bool ends = code < ' ' || (code >= 0x7F && code < 0xA0) || code == 0x2028
            || code == 0x2029;

        buf_append(text, ends ? "   " : from, (size_t)(at - from));
    }
}

static void add_span(struct buf *text, const struct span *span)
{
    switch (span->kind) {
    case SPAN_TEXT: add_text(text, span); break;
    case SPAN_BOX: buf_puts(text, "\uFFFC"); break;
    case SPAN_BREAK:
    case SPAN_LEADER: buf_puts(text, " "); break;
    case SPAN_MARK: break;
    }
}

/* A level for each byte from those for each character. */
static void spread_levels(const struct buf *text, const guint8 *levels, uint8_t *level)
{
    const char *start = text->data, *at = start, *end = start + text->len;

    for (size_t i = 0; at < end; i++) {
        size_t from = (size_t)(at - start);
        uint8_t folded = levels[i] < BIDI_LEVELS ? levels[i]
            : (uint8_t)(BIDI_LEVELS - 2 + levels[i] % 2);

        utf8_next(&at, end);
        memset(level + from, folded, (size_t)(at - start) - from);
    }
}

bool bidi_find(const struct span *span, size_t count, struct bidi *bidi)
{
    PangoDirection base = PANGO_DIRECTION_WEAK_LTR;
    struct buf text = {0};
    guint8 *levels;
    bool any = false;

    memset(bidi, 0, sizeof *bidi);
    for (size_t i = 0; i < count && !any; i++)
        any = span[i].kind == SPAN_TEXT && has_rtl(span[i].text, span[i].bytes);
    if (!any)
        return false;
    bidi->start = memory_new(count, sizeof *bidi->start);
    for (size_t i = 0; i < count; i++) {
        bidi->start[i] = text.len;
        add_span(&text, &span[i]);
    }
    levels = pango_log2vis_get_embedding_levels(buf_text(&text), (int)text.len, &base);
    bidi->level = memory_new(text.len + 1, 1);
    spread_levels(&text, levels, bidi->level);
    g_free(levels);
    buf_free(&text);
    return true;
}

void bidi_clear(struct bidi *bidi)
{
    free(bidi->level);
    free(bidi->start);
    memset(bidi, 0, sizeof *bidi);
}

static void reverse(size_t *order, size_t count)
{
    for (size_t i = 0; i < count / 2; i++) {
        size_t one = order[i];

        order[i] = order[count - 1 - i];
        order[count - 1 - i] = one;
    }
}

/* Turns round each row of things whose level is LEAST or more. */
static void reverse_rows(const uint8_t *level, size_t count, uint8_t least, size_t *order)
{
    for (size_t i = 0, end; i < count; i = end + 1) {
        for (end = i; end < count && level[order[end]] >= least; end++)
            ;
        reverse(order + i, end - i);
    }
}

void bidi_order(const uint8_t *level, size_t count, size_t *order)
{
    for (size_t i = 0; i < count; i++)
        order[i] = i;
    for (uint8_t least = BIDI_LEVELS - 1; least > 0; least--)
        reverse_rows(level, count, least, order);
}

/* What was turned round last is turned back first. */
void bidi_read(const uint8_t *level, size_t count, size_t *order)
{
    for (size_t i = 0; i < count; i++)
        order[i] = i;
    for (uint8_t least = 1; least < BIDI_LEVELS; least++)
        reverse_rows(level, count, least, order);
}
