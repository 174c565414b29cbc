/* ToUnicode maps: the bfchar and bfrange lists of a CMap, as a table from code
 * to text, and back again. What else a CMap holds is passed over. cairo takes
 * what a font's own table says of a glyph for its text, so that a ligature is
 * U+FB01 and a small capital a private sign; here it learns better. */
#include "pdf/cmap.h"
#include "base/buf.h"
#include "base/memory.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

enum { CODES = 65536, LONGEST = 64 };

struct cmap {
    uint32_t offset[CODES];     /* into text, 0: none */
    struct buf text;            /* NUL-terminated UTF-8 strings; starts with a NUL */
    int width;                  /* bytes of a code */
    bool changed;
};

struct hex { unsigned char byte[LONGEST]; size_t count; };

static int digit_of(int c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 32;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

const unsigned char *hex_read(const unsigned char *at, const unsigned char *end,
                              unsigned char *to, size_t room, size_t *count)
{
    size_t digits = 0;

    for (; at < end && *at != '>'; at++) {
        int digit = digit_of(*at);

        if (digit < 0 || digits / 2 >= room)
            continue;
        if (digits % 2 == 0)
            to[digits / 2] = (unsigned char)(digit << 4);
        else
            to[digits / 2] |= (unsigned char)digit;
        digits++;
    }
    *count = (digits + 1) / 2;
    return at < end ? at + 1 : end;
}

void utf16_append(struct buf *out, const unsigned char *bytes, size_t count)
{
    for (size_t i = 0; i + 1 < count; i += 2) {
        uint32_t code = (uint32_t)(bytes[i] << 8 | bytes[i + 1]);

        if (code >= 0xD800 && code < 0xDC00 && i + 3 < count) {
            uint32_t low = (uint32_t)(bytes[i + 2] << 8 | bytes[i + 3]);

            code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
            i += 2;
        }
        buf_put_code(out, code);
    }
}

static uint32_t number_of(const struct hex *hex)
{
    uint32_t number = 0;

    for (size_t i = 0; i < hex->count; i++)
        number = number << 8 | hex->byte[i];
    return number;
}

static void map_code(struct cmap *cmap, uint32_t code, const struct hex *text)
{
    if (code >= CODES)
        return;
    cmap->offset[code] = (uint32_t)cmap->text.len;
    utf16_append(&cmap->text, text->byte, text->count);
    buf_putc(&cmap->text, '\0');
}

/* One line of a list: <code> <text>, or <first> <last> <text of the first>. */
static void take_line(struct cmap *cmap, struct hex *hex, bool range)
{
    uint32_t first = number_of(&hex[0]), last = range ? number_of(&hex[1]) : first;
    struct hex *text = &hex[range ? 2 : 1];

    cmap->width = (int)hex[0].count;
    for (uint32_t code = first; code <= last && code < CODES; code++) {
        map_code(cmap, code, text);
        if (text->count > 0)
            text->byte[text->count - 1]++;
    }
}

static const unsigned char *find(const unsigned char *at, const unsigned char *end,
                                 const char *word)
{
    size_t length = strlen(word);

    for (; at + length <= end; at++)
        if (memcmp(at, word, length) == 0)
            return at;
    return NULL;
}

/* The lines from AT to the list's end; ranges given as arrays are not read. */
static void take_list(struct cmap *cmap, const unsigned char *at, const unsigned char *end,
                      bool range)
{
    size_t parts = range ? 3 : 2, have = 0;
    struct hex hex[3];

    for (; at < end && *at != 'e'; at++) {
        if (*at != '<')
            continue;
        at = hex_read(at + 1, end, hex[have].byte, LONGEST, &hex[have].count) - 1;
        if (++have == parts) {
            take_line(cmap, hex, range);
            have = 0;
        }
    }
}

struct cmap *cmap_new(const unsigned char *stream, size_t bytes)
{
    static const char *const lists[] = { "beginbfchar", "beginbfrange" };
    struct cmap *cmap = memory_new(1, sizeof *cmap);
    const unsigned char *end = stream + bytes;

    cmap->width = 1;
    buf_putc(&cmap->text, '\0');
    for (int i = 0; i < 2; i++)
        for (const unsigned char *at = stream; (at = find(at, end, lists[i])) != NULL;) {
            at += strlen(lists[i]);
            take_list(cmap, at, end, i == 1);
        }
    return cmap;
}

void cmap_free(struct cmap *cmap)
{
    if (cmap == NULL)
        return;
    buf_free(&cmap->text);
    free(cmap);
}

bool cmap_decode(const struct cmap *cmap, const unsigned char *codes, size_t count,
                 struct buf *out)
{
    bool known = true;

    for (size_t i = 0; i + (size_t)cmap->width <= count; i += (size_t)cmap->width) {
        uint32_t code = cmap->width == 2 ? (uint32_t)(codes[i] << 8 | codes[i + 1]) : codes[i];

        known = known && cmap->offset[code] != 0;
        buf_puts(out, cmap->text.data + cmap->offset[code]);
    }
    return known;
}

int cmap_width(const struct cmap *cmap)
{
    return cmap->width;
}

bool cmap_changed(const struct cmap *cmap)
{
    return cmap->changed;
}

/* ---- Learning ------------------------------------------------------------------- */

/* One sign that stands for a form, not for letters: a ligature, another
 * presentation form, or what a font keeps for itself. */
static bool is_form(const char *text)
{
    gunichar code = g_utf8_get_char(text);

    return *text != '\0' && *g_utf8_next_char(text) == '\0'
        && ((code >= 0xFB00 && code <= 0xFDFF) || (code >= 0xFE70 && code <= 0xFEFC)
            || g_unichar_type(code) == G_UNICODE_PRIVATE_USE);
}

bool cmap_learn(struct cmap *cmap, uint32_t code, const char *text)
{
    if (code >= CODES || *text == '\0' || !is_form(cmap->text.data + cmap->offset[code]))
        return false;
    cmap->offset[code] = (uint32_t)cmap->text.len;
    buf_append(&cmap->text, text, strlen(text) + 1);
    cmap->changed = true;
    return true;
}

/* ---- Writing ---------------------------------------------------------------------- */

static void put_utf16(struct buf *out, const char *text)
{
    glong count;
    gunichar2 *units = g_utf8_to_utf16(text, -1, NULL, &count, NULL);

    for (glong i = 0; units != NULL && i < count; i++)
        buf_printf(out, "%04x", units[i]);
    g_free(units);
}

void cmap_put(const struct cmap *cmap, struct buf *out)
{
    enum { LIST = 100 };        /* entries that a list may have */
    struct buf list = {0};
    int digits = cmap->width * 2, count = 0;

    buf_printf(out, "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
               "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
               "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
               "1 begincodespacerange\n<%0*x> <%s>\nendcodespacerange\n",
               digits, 0U, cmap->width == 1 ? "ff" : "ffff");
    for (uint32_t code = 0; code <= CODES; code++) {
        if (count == LIST || (code == CODES && count > 0)) {
            buf_printf(out, "%d beginbfchar\n%sendbfchar\n", count, buf_text(&list));
            buf_cut(&list, 0);
            count = 0;
        }
        if (code == CODES || cmap->offset[code] == 0)
            continue;
        buf_printf(&list, "<%0*x> <", digits, (unsigned)code);
        put_utf16(&list, cmap->text.data + cmap->offset[code]);
        buf_puts(&list, ">\n");
        count++;
    }
    buf_puts(out, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
    buf_free(&list);
}
