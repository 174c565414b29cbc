/* Where a word may be cut: by what it is written with, by the dictionary of its
 * language (libhyphen). Marks are per byte. Left whole: numbers, handles,
 * addresses; and unless nothing else helps acronyms, words with capitals inside,
 * words that have a hyphen already (they break after it). */
#include "layout/hyphen.h"
#include "base/utf8.h"

#include <glib.h>
#include <pango/pango.h>
#include <stdlib.h>
#include <string.h>

enum { IDENTIFIER_FROM = 16 };      /* bytes */

#define MARK(kind) ((uint8_t)((kind) + 1))

/* ---- What a word looks like ---------------------------------------------------- */

static bool has_text(const char *text, size_t bytes, const char *what)
{
    size_t length = strlen(what);

    for (size_t i = 0; i + length <= bytes; i++)
        if (memcmp(text + i, what, length) == 0)
            return true;
    return false;
}

/* A full stop with letters on both sides: of a host, a file; or between sentences
 * that lack their space, where a line may end too. */
static bool has_inner_stop(const char *text, size_t bytes)
{
    for (size_t i = 2; i + 2 < bytes; i++)
        if (text[i] == '.' && g_ascii_isalpha(text[i - 1]) && g_ascii_isalnum(text[i - 2])
            && g_ascii_isalpha(text[i + 1]) && g_ascii_isalnum(text[i + 2]))
            return true;
    return false;
}

static bool is_mail(const char *text, size_t bytes)
{
    const char *at = memchr(text, '@', bytes);

    return at != NULL && at > text && g_ascii_isalnum(at[-1])
        && has_text(at, bytes - (size_t)(at - text), ".");
}

static bool looks_like_address(const char *text, size_t bytes)
{
    if (has_text(text, bytes, "://") || has_text(text, bytes, "www.")
        || (text[0] != '@' && text[0] != '#' && has_inner_stop(text, bytes)))
        return true;
    return is_mail(text, bytes);
}

/* Is it a number, a handle, a path: no word at all? */
static bool has_signs(const char *text, size_t bytes)
{
    const char *at = text, *end = text + bytes;

    while (at < end) {
        uint32_t code = utf8_next(&at, end);

        if (g_unichar_isdigit(code) || (code < 128 && strchr("@#_/\\", (int)code) != NULL))
            return true;
    }
    return false;
}

/* Is it better left whole: LinkedIn, SPVM, peut-être? */
static bool is_odd(const char *text, size_t bytes)
{
    const char *at = text, *end = text + bytes;
    bool lower = false, upper = false;

    while (at < end) {
        uint32_t code = utf8_next(&at, end);

        if (code == '-' || code == 0x2010 || code == 0x2011)
            return true;
        if (g_unichar_isupper(code)) {
            if (lower || upper)
                return true;
            upper = true;
        }
        lower |= g_unichar_islower(code);
        if (code == '\'' || code == 0x2019)
            upper = lower = false;      /* L’Actualité */
    }
    return false;
}

/* Scripts that are written without spaces, or whose lines break by rules that
 * Pango knows. */
static bool is_spaceless(uint32_t code)
{
    return (code >= 0x0E00 && code < 0x1100) || (code >= 0x1780 && code < 0x1800)
        || (code >= 0x2E80 && code < 0xD800) || (code >= 0xF900 && code < 0xFB00)
        || (code >= 0xFE30 && code < 0xFFF0) || (code >= 0x20000 && code < 0x40000);
}

/* ---- Cuts without a dictionary ---------------------------------------------------- */

static bool mark_address(const char *text, size_t bytes, uint8_t *marks)
{
    bool any = false;

    for (size_t i = 3; i + 4 <= bytes; i++) {
        bool after = strchr("/.-_?&=", text[i - 1]) != NULL && text[i] != '/';
        bool before = text[i] == '@' || text[i] == '#' || text[i] == '?';

        if ((text[i] & 0xC0) == 0x80 || (!after && !before))
            continue;
        marks[i] = text[i - 1] == '-' ? MARK(CUT_HARD) : MARK(CUT_PLAIN);
        any = true;
    }
    return any;
}

static bool mark_by_pango(const char *text, size_t bytes, const char *lang, uint8_t *marks)
{
    int count = (int)utf8_length(text, bytes) + 1;
    PangoLogAttr *attributes = g_new0(PangoLogAttr, (gsize)count);
    const char *at = text, *end = text + bytes;
    bool any = false;

    pango_get_log_attrs(text, (int)bytes, 0, pango_language_from_string(lang), attributes, count);
    for (int i = 0; at < end; i++, utf8_next(&at, end))
        if (i > 0 && attributes[i].is_line_break) {
            marks[at - text] = MARK(CUT_PLAIN);
            any = true;
        }
    g_free(attributes);
    return any;
}

/* Letters on either side of a hyphen at AT: enough to part there? */
static bool parts_well(const char *text, size_t bytes, size_t at, size_t after, size_t least)
{
    const char *left = text + at, *right = text + after, *end = text + bytes;
    size_t before = 0, behind = 0;

    while (left > text && before < least && g_unichar_isalnum(utf8_prev(&left, text)))
        before++;
    while (right < end && behind < least && g_unichar_isalnum(utf8_next(&right, end)))
        behind++;
    return before >= least && behind >= least;
}

/* A long word with low lines that is no handle: of a program, it seems. */
static bool is_identifier(const char *text, size_t bytes)
{
    return bytes >= IDENTIFIER_FROM && memchr(text, '@', bytes) == NULL
        && memchr(text, '#', bytes) == NULL;
}

/* The kind of cut after CODE, which stands at AT and ends at AFTER; -1: none. */
static int cut_after(const char *text, size_t bytes, uint32_t code, size_t at, size_t after)
{
    switch (code) {
    case 0x200B:
        return CUT_PLAIN;
    case '-':
    case 0x2010:
        return parts_well(text, bytes, at, after, 2) ? CUT_HARD : -1;
    case 0x2014:
        return parts_well(text, bytes, at, after, 2) ? CUT_PLAIN : -1;
    case '_':
        return is_identifier(text, bytes) && at >= 3 && bytes - after >= 3 ? CUT_PLAIN : -1;
    case '/':
    case '+':
    case '|':
    case '\\':
        return parts_well(text, bytes, at, after, 3) ? CUT_PLAIN : -1;
    default:
        return -1;
    }
}

bool hyphen_plain_cuts(const char *text, size_t bytes, enum lexeme_mode mode,
                       const char *lang, uint8_t *marks)
{
    const char *at = text, *end = text + bytes;
    bool any = false;

    if (mode == LEXEME_ADDRESS
        || (mode == LEXEME_TEXT && looks_like_address(text, bytes))
        || (mode == LEXEME_KEEP && is_mail(text, bytes)))
        return mark_address(text, bytes, marks);
    while (at < end) {
        size_t from = (size_t)(at - text), after;
        uint32_t code = utf8_next(&at, end);
        int kind;

        if (is_spaceless(code))
            return mark_by_pango(text, bytes, lang, marks);
        after = (size_t)(at - text);
        kind = after == bytes || (mode == LEXEME_KEEP && code != 0x200B) ? -1
            : cut_after(text, bytes, code, from, after);
        if (kind >= 0) {
            marks[after] = MARK(kind);
            any = true;
        }
    }
    return any;
}

/* ---- Cuts by the dictionary --------------------------------------------------------- */

/* A run of letters within a word, in lower case, with the byte each begins at. */
struct letters {
    char text[LEXEME_MAX * 2];
    uint16_t at[LEXEME_MAX + 1];
    size_t bytes;
    int count;
};

static void forget_replacements(char **rep, int *pos, int *cut, size_t bytes)
{
    for (size_t i = 0; rep != NULL && i < bytes; i++)
        free(rep[i]);
    free(rep);
    free(pos);
    free(cut);
}

/* In the encoding of the dictionary: one code per byte, unless that is UTF-8. */
static char *encode(const HyphenDict *dictionary, const struct letters *letters, gsize *bytes)
{
    if (dictionary->utf8) {
        *bytes = letters->bytes;
        return g_strndup(letters->text, letters->bytes);
    }
    return g_convert(letters->text, (gssize)letters->bytes, dictionary->cset, "UTF-8", NULL,
                     bytes, NULL);
}

static bool mark_letters(HyphenDict *dictionary, const struct letters *letters, int left,
                         int right, enum cut_kind kind, uint8_t *marks)
{
    char **rep = NULL;
    int *pos = NULL, *cut = NULL;
    gsize bytes = 0;
    char *word, *hyphens;
    bool any = false;

    if (letters->count < left + right || letters->count > 100)
        return false;
    word = encode(dictionary, letters, &bytes);
    if (word == NULL)
        return false;
    hyphens = g_malloc0(bytes + 5);
    if (hnj_hyphen_hyphenate3(dictionary, word, (int)bytes, hyphens, NULL, &rep, &pos, &cut,
                              left, right, 0, 0) == 0)
        for (int i = left - 1; i + 1 + right <= letters->count; i++)
            if (hyphens[i] % 2 != 0 && (rep == NULL || rep[i] == NULL)) {
                marks[letters->at[i + 1]] = MARK(kind);
                any = true;
            }
    forget_replacements(rep, pos, cut, bytes);
    g_free(hyphens);
    g_free(word);
    return any;
}

static bool mark_soft_hyphens(const char *text, size_t bytes, uint8_t *marks)
{
    const char *at = text, *end = text + bytes;
    bool any = false;

    while (at < end)
        if (utf8_next(&at, end) == 0xAD && at < end) {
            marks[at - text] = MARK(CUT_HYPHEN);
            any = true;
        }
    return any;
}

bool hyphen_word_cuts(HyphenDict *dictionary, const char *text, size_t bytes, int left,
                      int right, uint8_t *marks)
{
    const char *at = text, *end = text + bytes;
    struct letters letters;
    enum cut_kind kind;
    bool any = false;

    if (has_text(text, bytes, "\xC2\xAD"))
        return mark_soft_hyphens(text, bytes, marks);
    if (dictionary == NULL || has_signs(text, bytes) || looks_like_address(text, bytes))
        return false;
    kind = is_odd(text, bytes) ? CUT_LAST_RESORT : CUT_HYPHEN;
    letters.count = 0;
    letters.bytes = 0;
    while (at <= end) {
        size_t from = (size_t)(at - text);
        uint32_t code = at < end ? utf8_next(&at, end) : 0;

        if (code != 0 && g_unichar_isalpha(code)) {
            letters.at[letters.count++] = (uint16_t)from;
            letters.bytes += utf8_put(letters.text + letters.bytes, g_unichar_tolower(code));
            continue;
        }
        letters.at[letters.count] = (uint16_t)from;
        any |= mark_letters(dictionary, &letters, left, right, kind, marks);
        letters.count = 0;
        letters.bytes = 0;
        if (code == 0)
            break;
    }
    return any;
}
