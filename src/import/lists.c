/* The signs of lists, for raw text and for pages whose writers typed them. */
#include "import/lists.h"
#include "base/utf8.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

static const struct { uint32_t code; bool sure; } bullets[] = {
    { 0x2022, true }, { 0xB7, true }, { 0x2023, true }, { 0x2043, true }, { 0x25AA, true },
    { 0x25AB, true }, { 0x25CF, true }, { 0x25CB, true }, { 0x25E6, true }, { 0x25A0, true },
    { 0x25BA, true }, { 0x2219, true }, { 0x27A4, true }, { 0xF0B7, true }, { 0xF0A7, true },
    { 0x2192, false }, { 0x2013, false }, { 0x2014, false }, { '-', false }, { '*', false },
    { '+', false },
};

enum { WIDEST_GAP = 10 };

static bool is_space(uint32_t code)
{
    return code == ' ' || code == '\t' || code == 0xA0 || code == 0x202F ||
           (code >= 0x2000 && code <= 0x200B);
}

static size_t spaces(const char *text, const char *end)
{
    const char *at = text, *next = text;

    while (at < end && is_space(utf8_next(&next, end)))
        at = next;
    return (size_t)(at - text);
}

/* What begins a sentence: a capital, or an opening sign. */
static bool begins_sentence(const char *text, const char *end)
{
    uint32_t code = utf8_next(&text, end);

    return g_unichar_isupper(code) || code == 0xBF || code == 0xA1 || code == 0x201C ||
           code == 0xAB;
}

/* Bytes of a dash between spaces. */
static size_t dash_between(const char *text, const char *end)
{
    const char *at = text + spaces(text, end), *from = at;
    uint32_t code = at > text && at < end ? utf8_next(&at, end) : 0;
    size_t gap = spaces(at, end);

    return (code == '-' || code == 0x2013 || code == 0x2014) && at > from && gap > 0
         ? (size_t)(at - text) + gap : 0;
}

/* Bytes of the figures at TEXT, Arabic or Roman up to 39, and their NUMBER; 0 when
 * there are none. */
static size_t figures(const char *text, size_t bytes, int *number)
{
    static const char signs[] = "IVX";
    static const int worth[] = { 1, 5, 10 };
    size_t count = 0;
    int before = 0;

    *number = 0;
    while (count < bytes && count < 3 && g_ascii_isdigit(text[count]))
        *number = *number * 10 + text[count++] - '0';
    if (count > 0)
        return count > 2 ? 0 : count;
    for (; count < bytes && text[count] != '\0' && strchr(signs, text[count]) != NULL; count++) {
        int now = worth[strchr(signs, text[count]) - signs];

        *number += now > before ? now - 2 * before : now;
        before = now;
    }
    return *number > 39 || *number < 0 || count > 7 ? 0 : count;
}

/* Bytes of what stands before a number, "N°", "Nº ", "No. ", "#". */
static size_t number_word(const char *text, size_t bytes)
{
    static const char *const words[] = { "N\xC2\xB0", "n\xC2\xB0", "N\xC2\xBA", "n\xC2\xBA",
                                         "No.", "Nr.", "#" };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t length = strlen(words[i]);

        if (bytes > length && strncmp(text, words[i], length) == 0) {
            length += spaces(text + length, text + bytes);
            return g_ascii_isdigit(text[length]) ? length : 0;
        }
    }
    return 0;
}

/* "N°1 ", "(2) ", "3° ": what says by itself that it is a number; 0 for others. */
static size_t dressed_number(const char *text, size_t bytes, int *number)
{
    size_t word = number_word(text, bytes), bracket = bytes > 0 && text[0] == '(' ? 1 : 0;
    size_t digits = figures(text + word + bracket, bytes - word - bracket, number);
    size_t to = word + bracket + digits, gap;

    if (digits == 0 || to >= bytes)
        return 0;
    if (bracket > 0 && text[to++] != ')')
        return 0;
    if (word + bracket == 0) {
        if (strncmp(text + to, "\xC2\xB0", 2) != 0 && strncmp(text + to, "\xC2\xBA", 2) != 0)
            return 0;
        to += 2;
    }
    gap = dash_between(text + to, text + bytes);
    if (gap > 0)
        return to + gap;
    to += to < bytes && strchr(".):-", text[to]) != NULL;
    gap = spaces(text + to, text + bytes);
    return gap > 0 ? to + gap : 0;
}

/* "1. ", "2) ", "3.- ", "4 – ", "(6) ", "VII. "; the space may be missing
 * before a sentence, "5.What". */
static size_t number_sign(const char *text, size_t bytes, int *number)
{
    size_t gap = dressed_number(text, bytes, number), digits;

    if (gap > 0)
        return gap;
    digits = figures(text, bytes, number);
    if (digits == 0 || digits == bytes)
        return 0;
    gap = dash_between(text + digits, text + bytes);
    if (gap > 0)
        return digits + gap;
    if (strchr(".-)", text[digits]) == NULL)
        return 0;
    if (text[digits++] == '.' && digits < bytes && text[digits] == '-')
        digits++;
    gap = spaces(text + digits, text + bytes);
    return gap == 0 && (!g_ascii_isdigit(text[0]) || !begins_sentence(text + digits, text + bytes))
         ? 0 : digits + gap;
}

size_t list_sign(const char *text, size_t bytes, int *number, bool *sure)
{
    const char *at = text, *end = text + bytes;
    uint32_t code = utf8_next(&at, end);
    size_t gap;

    *number = 0;
    *sure = false;
    for (size_t i = 0; i < sizeof bullets / sizeof *bullets; i++)
        if (bullets[i].code == code && code != 0) {
            *sure = bullets[i].sure;
            gap = spaces(at, end);
            return gap > 0 ? (size_t)(at - text) + gap : 0;
        }
    return number_sign(text, bytes, number);
}

bool list_is_rule(const char *text, size_t bytes)
{
    size_t signs = 0;

    if (bytes < 3 || strchr("*-_=~#+", text[0]) == NULL)
        return false;
    for (size_t i = 0; i < bytes; i++) {
        if (text[i] == text[0])
            signs++;
        else if (text[i] != ' ')
            return false;
    }
    return signs >= 3;
}

/* ---- In paragraphs ---------------------------------------------------------------- */

struct sign { size_t length; int number; bool sure, glued; };

struct scan {
    struct article *article;
    struct sign before;         /* of the last line of the block before */
    VEC(int) numbers;           /* of all lines that begin with one, in order */
    size_t number;              /* which of them comes next */
    int counted;                /* the last that was taken for an item's */
    bool dialogue;              /* dashes begin what people say */
};

/* Bytes of a dash that touches a word which begins a sentence, "—Nunca", "-¿Y tú?":
 * so dialogues are printed in Spanish, and typed in haste elsewhere. */
static size_t glued_dash(const char *text, size_t bytes)
{
    const char *at = text, *end = text + bytes;
    uint32_t code = utf8_next(&at, end);
    size_t length = (size_t)(at - text);

    if (code != '-' && code != 0x2013 && code != 0x2014)
        return 0;
    code = utf8_next(&at, end);
    return g_unichar_isupper(code) || code == 0xBF || code == 0xA1 ? length : 0;
}

static struct sign sign_at(const struct block *block, size_t from)
{
    struct sign sign = {0};

    sign.length = list_sign(block->text + from, block->bytes - from, &sign.number, &sign.sure);
    if (sign.length == 0) {
        sign.length = glued_dash(block->text + from, block->bytes - from);
        sign.glued = sign.length > 0;
    }
    return sign;
}

static bool is_plain(const struct block *block)
{
    return block->kind == BLOCK_PARAGRAPH && block->depth == 0 && !block->furniture &&
           block->bytes > 0;
}

/* The sign of the line that follows: in the block, else in NEXT. */
static struct sign sign_after(const struct block *block, const struct block *next, size_t to)
{
    if (to < block->bytes)
        return sign_at(block, to + 1);
    return next != NULL && is_plain(next) ? sign_at(next, 0) : (struct sign){0};
}

/* A number counts when it follows the one before, or is 1 and 2 comes next,
 * however far: questions are numbered, too. One may be missing among many, or some
 * before three that go on; behind many a 1 begins anew, though it be the last. */
static bool counts(struct scan *scan, int number)
{
    size_t index = scan->number++;
    int next = index + 1 < scan->numbers.count ? scan->numbers.item[index + 1] : 0;
    int third = index + 2 < scan->numbers.count ? scan->numbers.item[index + 2] : 0;
    bool first = number == 1 && (next == 2 || (next == 0 && scan->counted >= 3));
    bool skips = scan->counted >= 3 && number == scan->counted + 2 && next == number + 1;
    bool gap = scan->counted >= 2 && number > scan->counted &&
               number <= scan->counted + WIDEST_GAP && next == number + 1 && third == number + 2;

    if (!first && !skips && !gap && number != scan->counted + 1)
        return false;
    scan->counted = number;
    return number > 1 || first;
}

/* Does the line begin an item, seen what stands before and behind? */
static bool is_item(struct scan *scan, const struct block *block, const struct block *next,
                    size_t to, struct sign sign)
{
    struct sign after;

    if (sign.length == 0 || sign.sure)
        return sign.length > 0;
    if (sign.glued)
        return scan->dialogue;
    if (sign.number > 0)
        return counts(scan, sign.number);
    after = sign_after(block, next, to);
    return scan->dialogue || (scan->before.length > 0 && scan->before.number == 0) ||
           (after.length > 0 && after.number == 0);
}

/* SPOKEN: a turn of a dialogue, a paragraph without its dash. */
static void put(struct article *article, const struct block *block, size_t from, size_t to,
                struct sign sign, bool spoken)
{
    struct block part = block_slice(article->arena, block, from + sign.length, to);

    for (size_t at = 0; at < from && block->at.line > 0 && !article->page; at++)
        part.at.line += block->text[at] == '\n';
    if (sign.length > 0 && !spoken) {
        part.kind = BLOCK_ITEM;
        part.depth = 1;
        part.ordered = sign.number > 0;
        part.number = sign.number;
    }
    part.spoken = spoken;
    if (part.bytes > 0 || block_picture(&part) != NULL)
        *VEC_PUSH(&article->blocks) = part;
}

/* Cuts the block into items and what stands between. */
static void cut(struct scan *scan, const struct block *block, const struct block *next)
{
    struct article *article = scan->article;
    size_t start = 0;
    bool any = false;

    for (size_t from = 0, to; from < block->bytes; from = to + 1) {
        struct sign sign = sign_at(block, from);

        to = block_line_end(block, from);
        if (!is_item(scan, block, next, to, sign))
            sign.length = 0;
        if (sign.length > 0 && from > start)
            put(article, block, start, from, (struct sign){0}, false);
        if (sign.length > 0) {
            put(article, block, from, to, sign,
                scan->dialogue && !sign.sure && sign.number == 0);
            start = to;
            any = true;
        }
        scan->before = sign;
    }
    if (!any)
        *VEC_PUSH(&article->blocks) = *block;
    else if (start < block->bytes)
        put(article, block, start, block->bytes, (struct sign){0}, false);
}

/* What dashes begin is said by two who take turns when nearly all of it that
 * asks is followed by some that does not, and a third or more of it asks; a fifth
 * when the dashes are glued, as those of lists are not. Or dashes begin answers
 * only: most follow a line that asks. REPLIES: how many do. */
struct dashes { size_t all, asking, answered, glued, replies; bool asked, line_asked; };

static bool asks(const char *text, size_t bytes)
{
    while (bytes > 0 && strchr(" !", text[bytes - 1]) != NULL)
        bytes--;
    return bytes > 0 && text[bytes - 1] == '?';
}

static void count_dashes(struct dashes *dashes, const struct block *block)
{
    for (size_t from = 0, to; from < block->bytes; from = to + 1) {
        struct sign sign = sign_at(block, from);
        bool now, before = dashes->line_asked;

        to = block_line_end(block, from);
        now = asks(block->text + from, to - from);
        dashes->line_asked = now && sign.length == 0;
        if (sign.length == 0 || sign.sure || sign.number > 0)
            continue;
        dashes->replies += before && !now;
        dashes->all++;
        dashes->glued += sign.glued;
        dashes->asking += now;
        dashes->answered += dashes->asked && !now;
        dashes->asked = now;
    }
}

static bool is_dialogue(const struct dashes *dashes)
{
    size_t share = dashes->glued * 10 >= dashes->all * 8 ? 2 : 3;

    return (dashes->asking >= 2 && dashes->asking * 10 >= dashes->all * share &&
            dashes->answered * 10 >= dashes->asking * 7) ||
           (dashes->replies >= 3 && dashes->replies * 10 >= dashes->all * 6);
}

static void collect_numbers(struct scan *scan, const struct block *block)
{
    for (size_t from = 0; from < block->bytes; from = block_line_end(block, from) + 1) {
        struct sign sign = sign_at(block, from);

        if (sign.length > 0 && sign.number > 0)
            *VEC_PUSH(&scan->numbers) = sign.number;
    }
}

void lists_find(struct article *article)
{
    struct scan scan = { .article = article };
    struct dashes dashes = {0};
    struct block *old = article->blocks.item;
    size_t count = article->blocks.count;

    for (size_t i = 0; i < count; i++)
        if (is_plain(&old[i])) {
            collect_numbers(&scan, &old[i]);
            count_dashes(&dashes, &old[i]);
        }
    scan.dialogue = is_dialogue(&dashes);
    article->blocks.item = NULL;
    article->blocks.count = article->blocks.cap = 0;
    for (size_t i = 0; i < count; i++) {
        if (is_plain(&old[i]) && list_is_rule(old[i].text, old[i].bytes))
            old[i].kind = BLOCK_RULE;
        if (is_plain(&old[i])) {
            cut(&scan, &old[i], i + 1 < count ? &old[i + 1] : NULL);
        } else {
            *VEC_PUSH(&article->blocks) = old[i];
            scan.before = (struct sign){0};
        }
    }
    free(scan.numbers.item);
    free(old);
}
