/* Names to addresses: "Mélissa Carroll" to "melissa-carroll". Latin letters
 * lose their accents, Greek and Cyrillic ones are written in Latin letters by a
 * table of ours (an address must not change with the version of a library), a
 * letter of any other script becomes its number. */
#include "book/book.h"
#include "base/buf.h"
#include "base/utf8.h"

#include <glib.h>
#include <string.h>

static const struct { uint32_t code; const char *latin; } letters[] = {
    { 0xDF, "ss" }, { 0xE6, "ae" }, { 0xF0, "d" }, { 0xF8, "o" }, { 0xFE, "th" },
    { 0x111, "d" }, { 0x127, "h" }, { 0x131, "i" }, { 0x142, "l" }, { 0x14B, "ng" },
    { 0x153, "oe" }, { 0x167, "t" }, { 0x192, "f" }, { 0x259, "e" },
};

/* From U+03B1 and from U+0430 on, one word a letter. */
static const char *const greek[] = {
    "a", "v", "g", "d", "e", "z", "i", "th", "i", "k", "l", "m", "n", "x", "o", "p", "r", "s",
    "s", "t", "y", "f", "ch", "ps", "o",
};
static const char *const cyrillic[] = {
    "a", "b", "v", "g", "d", "e", "zh", "z", "i", "y", "k", "l", "m", "n", "o", "p", "r", "s",
    "t", "u", "f", "kh", "ts", "ch", "sh", "shch", "", "y", "", "e", "yu", "ya",
    "e", "yo", "dj", "gj", "ye", "dz", "i", "yi", "j", "lj", "nj", "c", "kj", "i", "u", "dz",
};

static const char *latin_of(uint32_t code)
{
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
        if (letters[i].code == code)
            return letters[i].latin;
    if (code >= 0x3B1 && code < 0x3B1 + sizeof greek / sizeof *greek)
        return greek[code - 0x3B1];
    if (code >= 0x430 && code < 0x430 + sizeof cyrillic / sizeof *cyrillic)
        return cyrillic[code - 0x430];
    return NULL;
}

/* One code point, decomposed and in lower case, onto the slug. */
static void put_code(struct buf *slug, uint32_t code, bool *apart)
{
    bool is_ascii = code < 0x80 && g_ascii_isalnum((char)code);
    const char *latin = latin_of(code);

    if (g_unichar_ismark(code))
        return;
    if (!is_ascii && latin == NULL && !g_unichar_isalnum(code)) {
        *apart = true;
        return;
    }
    if (!is_ascii && latin == NULL)
        *apart = true;
    if (*apart && slug->len > 0)
        buf_putc(slug, '-');
    *apart = false;
    if (is_ascii)
        buf_putc(slug, (char)code);
    else if (latin != NULL)
        buf_puts(slug, latin);
    else
        buf_printf(slug, "%x", (unsigned)code);
}

size_t slug_cut(const char *slug, size_t longest)
{
    size_t length = strlen(slug), cut = longest;

    if (length <= longest)
        return length;
    while (cut > longest / 2 && slug[cut] != '-')
        cut--;
    return slug[cut] == '-' ? cut : longest;
}

char *slug_new(struct arena *arena, const char *name)
{
    char *apart_form = g_utf8_normalize(name, -1, G_NORMALIZE_NFKD);
    char *lower = apart_form == NULL ? NULL : g_utf8_strdown(apart_form, -1);
    struct buf slug = {0};
    bool apart = false;
    char *made;

    if (lower != NULL) {
        const char *at = lower, *end = lower + strlen(lower);

        while (at < end)
            put_code(&slug, utf8_next(&at, end), &apart);
    }
    made = arena_strdup(arena, slug.len == 0 ? "x" : slug.data);
    buf_free(&slug);
    g_free(lower);
    g_free(apart_form);
    return made;
}
