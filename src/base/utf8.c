/* Decoding and encoding; normal form C by GLib, piece by piece. */
#include "base/utf8.h"
#include "base/buf.h"
#include "base/memory.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <glib.h>
#include <string.h>

/* Length of the sequence that LEAD begins and the least code it may hold. */
static int sequence(unsigned char lead, uint32_t *code, uint32_t *least)
{
    if (lead < 0x80) {
        *code = lead;
        *least = 0;
        return 1;
    }
    if (lead >= 0xC2 && lead < 0xE0) {
        *code = lead & 0x1F;
        *least = 0x80;
        return 2;
    }
    if (lead >= 0xE0 && lead < 0xF0) {
        *code = lead & 0x0F;
        *least = 0x800;
        return 3;
    }
    if (lead >= 0xF0 && lead < 0xF5) {
        *code = lead & 0x07;
        *least = 0x10000;
        return 4;
    }
    return 0;
}

uint32_t utf8_next(const char **text, const char *end)
{
    const unsigned char *byte = (const unsigned char *)*text;
    uint32_t code = 0, least = 0;
    int length;

    if (*text >= end)
        return 0;
    length = sequence(byte[0], &code, &least);
    if (length == 0 || end - *text < length) {
        ++*text;
        return UTF8_BAD;
    }
    for (int i = 1; i < length; i++) {
        if ((byte[i] & 0xC0) != 0x80) {
            ++*text;
            return UTF8_BAD;
        }
        code = code << 6 | (byte[i] & 0x3F);
    }
    if (code < least || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) {
        ++*text;
        return UTF8_BAD;
    }
    *text += length;
    return code;
}

uint32_t utf8_prev(const char **text, const char *start)
{
    const char *at = *text, *from;

    if (at <= start)
        return 0;
    do {
        at--;
    } while (at > start && ((unsigned char)*at & 0xC0) == 0x80);
    from = at;
    uint32_t code = utf8_next(&from, *text);
    *text = at;
    return code;
}

size_t utf8_valid(const char *text, size_t bytes)
{
    const char *at = text, *end = text + bytes;

    while (at < end) {
        const char *before = at;

        if (utf8_next(&at, end) == UTF8_BAD)
            return (size_t)(before - text);
    }
    return bytes;
}

bool utf8_is_text(uint32_t code)
{
    return (code >= 0x20 || code == '\t' || code == '\n') && code != 0x7F && code <= 0x10FFFF
        && (code < 0xFDD0 || code > 0xFDEF) && (code & 0xFFFE) != 0xFFFE;
}

bool utf8_blank(const char *text)
{
    const char *end = text + strlen(text);

    while (text < end) {
        uint32_t code = utf8_next(&text, end);

        if (code == UTF8_BAD
            || (!g_unichar_isspace(code) && g_unichar_type(code) != G_UNICODE_FORMAT))
            return false;
    }
    return true;
}

int utf8_direction(uint32_t code)
{
    UCharDirection direction = u_charDirection((UChar32)code);

    if (direction == U_LEFT_TO_RIGHT)
        return 1;
    return direction == U_RIGHT_TO_LEFT || direction == U_RIGHT_TO_LEFT_ARABIC ? -1 : 0;
}

size_t utf8_put(char out[4], uint32_t code)
{
    unsigned char *byte = (unsigned char *)out;

    if (code < 0x80) {
        byte[0] = (unsigned char)code;
        return 1;
    }
    if (code < 0x800) {
        byte[0] = (unsigned char)(0xC0 | code >> 6);
        byte[1] = (unsigned char)(0x80 | (code & 0x3F));
        return 2;
    }
    if (code < 0x10000) {
        byte[0] = (unsigned char)(0xE0 | code >> 12);
        byte[1] = (unsigned char)(0x80 | (code >> 6 & 0x3F));
        byte[2] = (unsigned char)(0x80 | (code & 0x3F));
        return 3;
    }
    byte[0] = (unsigned char)(0xF0 | code >> 18);
    byte[1] = (unsigned char)(0x80 | (code >> 12 & 0x3F));
    byte[2] = (unsigned char)(0x80 | (code >> 6 & 0x3F));
    byte[3] = (unsigned char)(0x80 | (code & 0x3F));
    return 4;
}

size_t utf8_length(const char *text, size_t bytes)
{
    size_t count = 0;

    for (size_t i = 0; i < bytes; i++)
        count += ((unsigned char)text[i] & 0xC0) != 0x80;
    return count;
}

size_t utf8_cut(const char *text, size_t most)
{
    while (most > 0 && ((unsigned char)text[most] & 0xC0) == 0x80)
        most--;
    return most;
}

enum { NORMALIZED = 1024 };     /* bytes at a time, at the least */

/* Where a piece of FROM ends: what follows is not composed with what is before. */
static const char *piece_end(const UNormalizer2 *nfc, const char *from, const char *end)
{
    const char *next = from, *at;

    do {
        at = next;
        if (at == end)
            break;
    } while (!unorm2_hasBoundaryBefore(nfc, (UChar32)utf8_next(&next, end))
             || at - from < NORMALIZED);
    return at;
}

/* In pieces: GLib moves all the rest of a text at each letter it composes. */
char *utf8_new_nfc(const char *text, size_t bytes)
{
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *nfc = unorm2_getNFCInstance(&status);
    const char *end = text + bytes;
    struct buf out = {0};

    if (nfc == NULL)
        memory_exhausted();
    buf_puts(&out, "");
    while (text < end) {
        const char *next = piece_end(nfc, text, end);
        char *normal = g_utf8_normalize(text, next - text, G_NORMALIZE_NFC);

        buf_puts(&out, normal);
        g_free(normal);
        text = next;
    }
    return out.data;
}
