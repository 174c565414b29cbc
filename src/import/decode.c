/* Encodings, with GLib's converter (iconv). ISO-8859-1 is read as Windows-1252,
 * as browsers do. Bytes that the encoding has not become U+FFFD. */
#include "import/decode.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/utf8.h"

#include <glib.h>
#include <string.h>

enum { DECLARATION = 2048, NAME = 40 };

static const struct { const char *mark; size_t bytes; const char *charset; } marks[] = {
    { "\xEF\xBB\xBF", 3, "UTF-8" }, { "\xFF\xFE\0\0", 4, "UTF-32LE" },
    { "\0\0\xFE\xFF", 4, "UTF-32BE" }, { "\xFF\xFE", 2, "UTF-16LE" },
    { "\xFE\xFF", 2, "UTF-16BE" },
};

/* UTF-16 without a mark: every second byte of the start is NUL. */
static const char *guess_wide(const char *bytes, size_t count)
{
    size_t even = 0, odd = 0, seen = count < 200 ? count : 200;

    for (size_t i = 0; i < seen; i++)
        if (bytes[i] == '\0') {
            even += i % 2 == 0;
            odd += i % 2 == 1;
        }
    if (odd * 4 > seen && even * 20 < seen)
        return "UTF-16LE";
    return even * 4 > seen && odd * 20 < seen ? "UTF-16BE" : NULL;
}

bool decode_is_wide(const char *bytes, size_t count)
{
    for (size_t i = 1; i < sizeof marks / sizeof *marks; i++)
        if (count >= marks[i].bytes && memcmp(bytes, marks[i].mark, marks[i].bytes) == 0)
            return true;
    return guess_wide(bytes, count) != NULL;
}

/* The charset that a declaration at the start names, in NAME_OUT. */
static bool read_declared(const char *bytes, size_t count, char name_out[NAME])
{
    char *head = g_ascii_strdown(bytes, (gssize)(count < DECLARATION ? count : DECLARATION));
    const char *at = strstr(head, "charset=");
    size_t skip = strlen("charset=");
    size_t length;

    if (at == NULL && strncmp(head, "<?xml", 5) == 0) {
        at = strstr(head, "encoding=");
        skip = strlen("encoding=");
    }
    if (at != NULL) {
        at += skip;
        at += strspn(at, " \"'");
        length = strspn(at, "abcdefghijklmnopqrstuvwxyz0123456789-_:");
        if (length > 0 && length < NAME) {
            memcpy(name_out, at, length);
            name_out[length] = '\0';
            g_free(head);
            return true;
        }
    }
    g_free(head);
    return false;
}

static const char *charset_of(const char *bytes, size_t count, char name[NAME])
{
    if (!read_declared(bytes, count, name) || g_str_has_prefix(name, "utf-8") ||
        strcmp(name, "utf8") == 0 || strcmp(name, "iso-8859-1") == 0 ||
        strcmp(name, "latin1") == 0 || strcmp(name, "us-ascii") == 0 ||
        strcmp(name, "ascii") == 0 || g_str_has_prefix(name, "utf-16") ||
        g_str_has_prefix(name, "utf-7"))
        return "WINDOWS-1252";
    return name;
}

/* Signs that text has not are dropped, bad bytes become U+FFFD, line ends LF. */
static char *tidy(struct arena *arena, const char *text, size_t count, size_t *out_count)
{
    char *out = arena_alloc(arena, count * 3 + 1), *to = out;
    const char *end = text + count;

    while (text < end) {
        const char *from = text;
        uint32_t code = utf8_next(&text, end);

        if (code == UTF8_BAD) {
            to += utf8_put(to, 0xFFFD);
        } else if (code == '\r') {
            *to++ = '\n';
            if (text < end && *text == '\n')
                text++;
        } else if (code != 0) {
            memcpy(to, from, (size_t)(text - from));
            to += text - from;
        }
    }
    *to = '\0';
    *out_count = (size_t)(to - out);
    return out;
}

static bool is_clean(const char *text, size_t count)
{
    return utf8_valid(text, count) == count && memchr(text, '\r', count) == NULL &&
           memchr(text, '\0', count) == NULL;
}

static char *convert(struct arena *arena, const char *path, const char *bytes, size_t count,
                     const char *charset, size_t *out_count)
{
    struct place at = { path, 0, 0 };
    gsize written = 0;
    char *text = g_convert_with_fallback(bytes, (gssize)count, "UTF-8", charset, "?", NULL,
                                         &written, NULL);
    char *tidied;

    if (text == NULL && strcmp(charset, "WINDOWS-1252") != 0)
        return convert(arena, path, bytes, count, "WINDOWS-1252", out_count);
    if (text == NULL) {
        text = g_convert(bytes, (gssize)count, "UTF-8", "ISO-8859-1", NULL, &written, NULL);
        charset = "ISO-8859-1";
    }
    if (text == NULL) {
        diag(DIAG_ERROR, at, "encoding", "neither UTF-8 nor any other encoding of text");
        return NULL;
    }
    diag(DIAG_NOTE, at, "encoding", "read as %s; save it as UTF-8 if letters are wrong", charset);
    tidied = tidy(arena, text, written, out_count);
    g_free(text);
    return tidied;
}

/* The code unit of UNIT bytes at BYTES. */
static uint32_t unit_at(const char *bytes, size_t unit, bool big)
{
    uint32_t code = 0;

    for (size_t i = 0; i < unit; i++)
        code |= (uint32_t)(unsigned char)bytes[i] << 8 * (big ? unit - 1 - i : i);
    return code;
}

/* UTF-16 and UTF-32, which iconv gives up at the first damage. */
static char *convert_wide(struct arena *arena, const char *path, const char *bytes, size_t count,
                          const char *charset, size_t *out_count)
{
    size_t unit = strstr(charset, "32") != NULL ? 4 : 2, bad = count % unit > 0;
    bool big = g_str_has_suffix(charset, "BE");
    struct buf text = {0};
    char *tidied;

    for (size_t at = 0; at + unit <= count; at += unit) {
        uint32_t code = unit_at(bytes + at, unit, big), low;

        if (unit == 2 && code >= 0xD800 && code < 0xDC00 && at + 4 <= count &&
            (low = unit_at(bytes + at + 2, 2, big)) >= 0xDC00 && low < 0xE000) {
            code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
            at += 2;
        }
        if (code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) {
            code = 0xFFFD;
            bad++;
        }
        buf_put_code(&text, code);
    }
    diag(bad > 0 ? DIAG_WARNING : DIAG_NOTE, (struct place){ path, 0, 0 }, "encoding",
         bad > 0 ? "read as %s, which is damaged or cut short; look it over"
                 : "read as %s; save it as UTF-8 if letters are wrong", charset);
    tidied = tidy(arena, buf_text(&text), text.len, out_count);
    buf_free(&text);
    return tidied;
}

/* Few bytes that are no UTF-8 in a text that else is: they are damage. */
static bool is_damaged_utf8(const char *bytes, size_t count)
{
    size_t good = 0, bad = 0;
    const char *end = bytes + count;

    while (bytes < end) {
        const char *from = bytes;

        if (utf8_next(&bytes, end) == UTF8_BAD)
            bad++;
        else
            good += bytes - from > 1;
    }
    return good > 20 && bad * 20 < good;
}

char *decode_text(struct arena *arena, const char *path, const char *bytes, size_t count,
                  size_t *out_count)
{
    char name[NAME];
    const char *wide;

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (count < marks[i].bytes || memcmp(bytes, marks[i].mark, marks[i].bytes) != 0)
            continue;
        bytes += marks[i].bytes;
        count -= marks[i].bytes;
        if (strcmp(marks[i].charset, "UTF-8") != 0)
            return convert_wide(arena, path, bytes, count, marks[i].charset, out_count);
        break;
    }
    wide = guess_wide(bytes, count);
    if (wide != NULL)
        return convert_wide(arena, path, bytes, count, wide, out_count);
    if (is_clean(bytes, count)) {
        *out_count = count;
        return arena_strndup(arena, bytes, count);
    }
    if (utf8_valid(bytes, count) == count)
        return tidy(arena, bytes, count, out_count);
    if (is_damaged_utf8(bytes, count)) {
        diag(DIAG_WARNING, (struct place){ path, 0, 0 }, "encoding",
             "damaged UTF-8; the bad bytes show as \xEF\xBF\xBD");
        return tidy(arena, bytes, count, out_count);
    }
    return convert(arena, path, bytes, count, charset_of(bytes, count, name), out_count);
}
