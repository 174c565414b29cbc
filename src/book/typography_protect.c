/* What the language rules leave alone: addresses, mail addresses, handles,
 * hashtags, smileys. Each is found by its first sign; the letters that belong to
 * it are marked. */
#include "book/letters.h"

#include <string.h>

static bool matches(const struct letters *letters, size_t at, const char *text)
{
    for (; *text != '\0'; text++, at++)
        if (letters_code(letters, at) != (unsigned char)*text)
            return false;
    return true;
}

static void keep(struct letters *letters, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        letters->list.item[i].kept = 1;
}

static bool ends_address(uint32_t code)
{
    return code == 0 || code == LINE_END || code == OBJECT || code_is_space(code)
           || code == '<' || code == '>' || code == '"' || code == 0xAB || code == 0xBB
           || code == 0x201C || code == 0x201D;
}

/* Signs that stand after an address more often than in it. */
static bool trails(uint32_t code)
{
    return code == '.' || code == ',' || code == ';' || code == ':' || code == '!'
           || code == '?' || code == ')' || code == ']' || code == '\'' || code == '*'
           || code == 0x2019 || code == 0x2026;
}

/* ---- One finder for each: the index after what begins at AT, or AT --------- */

static size_t find_address(const struct letters *letters, size_t at)
{
    static const char *const heads[] = { "http://", "https://", "ftp://", "www.", "mailto:",
                                         "Http://", "Https://", "Www.", NULL };
    size_t end = at;

    for (int i = 0; heads[i] != NULL; i++)
        if (matches(letters, at, heads[i])) {
            while (!ends_address(letters_code(letters, end)))
                end++;
            while (end > at && trails(letters_code(letters, end - 1)))
                end--;
            return end;
        }
    return at;
}

static bool in_name(uint32_t code)
{
    return code_is_word(code) || code == '_';
}

/* @name, #tag; not the @ within an address. */
static size_t find_handle(const struct letters *letters, size_t at)
{
    size_t end = at + 1;

    if (at > 0 && in_name(letters_code(letters, at - 1)))
        return at;
    while (in_name(letters_code(letters, end))
           || ((letters_code(letters, end) == '.' || letters_code(letters, end) == '-')
               && in_name(letters_code(letters, end + 1))))
        end++;
    return end > at + 1 ? end : at;
}

/* name@host.tld, from its @. */
static void keep_mail(struct letters *letters, size_t at)
{
    size_t from = at, to = at + 1;
    bool dotted = false;

    for (uint32_t c; from > 0; from--) {
        c = letters_code(letters, from - 1);
        if (!in_name(c) && c != '.' && c != '-' && c != '+')
            break;
        if (letters->list.item[from - 1].kept)
            return;
    }
    for (uint32_t c; (c = letters_code(letters, to)), in_name(c) || c == '-'
                     || (c == '.' && in_name(letters_code(letters, to + 1))); to++)
        dotted |= c == '.';
    if (dotted && from < at)
        keep(letters, from, to);
}

static size_t find_smiley(const struct letters *letters, size_t at)
{
    static const char *const faces[] = {
        ":-)", ":-(", ":-D", ":-P", ":-p", ":-/", ":-|", ":-O", ":-o", ":-*", ":'(", ":'-(",
        ";-)", ";-P", ":)", ":(", ":D", ":P", ":p", ":/", ":|", ":O", ":o", ":*", ":3",
        ";)", ";P", ": )", "; )", ":\\", "=)", "=(", "=D", "8-)", "^^", "<3", "</3", NULL
    };
    uint32_t before = letters_code(letters, at - 1);

    if (at > 0 && before != LINE_END && !code_is_space(before) && before != '(')
        return at;
    for (int i = 0; faces[i] != NULL; i++) {
        size_t end = at + strlen(faces[i]);

        if (matches(letters, at, faces[i]) && !in_name(letters_code(letters, end))
            && letters_code(letters, end) != '/')
            return end;
    }
    return at;
}

/* ":smile:", as some networks write it. */
static size_t find_shortcode(const struct letters *letters, size_t at)
{
    size_t end = at + 1;

    while (in_name(letters_code(letters, end)))
        end++;
    return end > at + 2 && letters_code(letters, end) == ':' ? end + 1 : at;
}

static size_t find_sign(const struct letters *letters, size_t at)
{
    size_t end = find_smiley(letters, at);

    if (end == at && letters_code(letters, at) == ':' && !in_name(letters_code(letters, at - 1)))
        end = find_shortcode(letters, at);
    return end;
}

void letters_protect(struct letters *letters)
{
    for (size_t i = 0; i < letters->list.count; ) {
        size_t end = i;

        switch (letters->list.item[i].kept ? 0 : letters_code(letters, i)) {
        case 'h': case 'f': case 'w': case 'm': case 'H': case 'W':
            if (i == 0 || !code_is_word(letters_code(letters, i - 1)))
                end = find_address(letters, i);
            break;
        case '@':
            end = find_handle(letters, i);
            if (end == i)
                keep_mail(letters, i);
            break;
        case '#':
            end = find_handle(letters, i);
            break;
        case ':': case ';': case '=': case '8': case '^': case '<':
            end = find_sign(letters, i);
            break;
        }
        keep(letters, i, end);
        i = end > i ? end : i + 1;
    }
}
