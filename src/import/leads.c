/* Every line is parted into its lead, a figure with what belongs to it or signs, and
 * the rest; leads that differ only in their figure are the same. A lead is the
 * questions' when most of its lines ask and other text follows each, or when its
 * figures count on and half of them ask. Dashes and numbered items are left to
 * lists.c. */
#include "import/leads.h"
#include "import/find.h"
#include "import/lists.h"
#include "base/utf8.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

enum { SIGN_BYTES = 16, LINE_BYTES = 900, FEWEST = 3 };

static const char number_pattern[] =
    "^[(\\[]?(?:(?:question|frage|pregunta|domanda|pergunta|q)\\s*)?"
    "(?:(?:n[°ºo]?|nr)\\.?\\s*|#\\s*)?([0-9]{1,2})[\\])./:°º]*\\s*"
    "(?:[-:–—]\\s+)?(?=\\S)(?![0-9])";

/* Of one lead: its lines, how many ask, are followed by another line, count on from
 * the one before. */
struct lead { size_t all, asking, parted, counted; int last; };

struct line {
    gchar *key;                 /* of its lead, figures as "0"; NULL: none */
    size_t from, to;            /* the rest, bytes of the block */
    int number;
};

struct scan {
    GHashTable *leads;          /* key to struct lead */
    GRegex *number;             /* made when it is needed first */
    struct lead *before;        /* of the line before */
};

/* ---- Lines -------------------------------------------------------------------------- */

/* May the sign lead? None that opens a sentence, an address or an aside, and no
 * dash. */
static bool is_sign(uint32_t code)
{
    static const uint32_t never[] = { 0xBF, 0xA1, 0xAB, 0xBB, 0x2013, 0x2014, 0x2018, 0x2019,
                                      0x201C, 0x201D, 0x201E, 0x2026, 0x2039, 0x203A, 0x2212 };

    if (code < 0x80)
        return code != 0 && strchr("*=#>~_^`\\", (int)code) != NULL;
    for (size_t i = 0; i < sizeof never / sizeof *never; i++)
        if (code == never[i])
            return false;
    return !g_unichar_isalnum(code) && !g_unichar_ismark(code) && g_unichar_isgraph(code);
}

static size_t signs_length(const char *text, const char *end)
{
    const char *at = text, *next = text;

    while (at < end && is_sign(utf8_next(&next, end)))
        at = next;
    return (size_t)(at - text);
}

/* Is there a figure near the start? */
static bool may_count(const char *text, size_t bytes)
{
    for (size_t i = 0; i < bytes && i < SIGN_BYTES; i++)
        if (g_ascii_isdigit(text[i]))
            return true;
    return false;
}

/* "Question 3 - ", "#3 ", "(3) ": false when the line begins with no such figure. */
static bool read_number(struct scan *scan, const char *text, size_t bytes, struct line *line)
{
    GMatchInfo *match = NULL;
    gint start, end, digits, behind;
    bool good;

    if (!may_count(text, bytes))
        return false;
    if (scan->number == NULL)
        scan->number = g_regex_new(number_pattern, G_REGEX_CASELESS, 0, NULL);
    good = g_regex_match_full(scan->number, text, (gssize)bytes, 0, 0, &match, NULL);
    if (good) {
        g_match_info_fetch_pos(match, 0, &start, &end);
        g_match_info_fetch_pos(match, 1, &digits, &behind);
        line->number = atoi(text + digits);
        line->key = g_strdup_printf("%.*s0%.*s", digits, text, end - behind, text + behind);
        line->from += (size_t)end;
    }
    g_match_info_unref(match);
    return good;
}

/* "▶ ", and the same signs at the end of the line, "== Why? ==". */
static bool read_signs(const char *text, size_t bytes, struct line *line)
{
    const char *end = text + bytes;
    size_t signs = signs_length(text, end);

    if (signs == 0 || signs > SIGN_BYTES || bytes < signs + 3)
        return false;
    line->key = g_strndup(text, signs);
    line->from += signs;
    if (bytes > 3 * signs && strncmp(end - signs, text, signs) == 0)
        line->to -= signs;
    return true;
}

/* The line [FROM, TO) of a block; its key is freed by the caller. */
static struct line read_line(struct scan *scan, const struct block *block, size_t from,
                             size_t to)
{
    struct line line = { .from = from, .to = to };
    const char *text = block->text + from;
    size_t bytes = to - from;
    int number = 0;
    bool sure, listed = bytes > 0 && list_sign(text, bytes, &number, &sure) > 0;

    if (bytes > 0 && bytes <= LINE_BYTES && (!listed || (number == 0 && sure)) &&
        !list_is_rule(text, bytes) && !read_number(scan, text, bytes, &line))
        read_signs(text, bytes, &line);
    return line;
}

static bool is_plain(const struct block *block)
{
    return block->kind == BLOCK_PARAGRAPH && block->depth == 0 && !block->furniture &&
           block->bytes > 0;
}

/* ---- Counting ------------------------------------------------------------------------- */

static struct lead *lead_of(const struct scan *scan, const char *key)
{
    struct lead *lead = key == NULL ? NULL : g_hash_table_lookup(scan->leads, key);

    if (key != NULL && lead == NULL) {
        lead = g_new0(struct lead, 1);
        g_hash_table_insert(scan->leads, g_strdup(key), lead);
    }
    return lead;
}

static void count_line(struct scan *scan, const struct block *block, const struct line *line)
{
    struct lead *lead = lead_of(scan, line->key);

    if (scan->before != NULL)
        scan->before->parted += lead != scan->before;
    scan->before = lead;
    if (lead == NULL)
        return;
    lead->all++;
    lead->asking += text_asks(block->text + line->from, line->to - line->from);
    lead->counted += line->number > 0 && line->number == lead->last + 1;
    lead->last = line->number;
}

static bool is_questions(const struct lead *lead)
{
    if (lead == NULL || lead->all < FEWEST || lead->parted * 10 < lead->all * 8)
        return false;
    if (lead->last > 0)
        return lead->counted * 10 >= lead->all * 8 && lead->asking * 2 >= lead->all;
    return lead->asking >= FEWEST && lead->asking * 10 >= lead->all * 6;
}

/* ---- Cutting ---------------------------------------------------------------------------- */

static void put(struct article *article, const struct block *block, size_t from, size_t to,
                bool question)
{
    struct block part = block_slice(article->arena, block, from, to);

    for (size_t at = 0; at < from && block->at.line > 0 && !article->page; at++)
        part.at.line += block->text[at] == '\n';
    if (question)
        block_set_off(&part);
    if (part.bytes > 0 || block_picture(&part) != NULL)
        *VEC_PUSH(&article->blocks) = part;
}

static void cut(struct scan *scan, struct article *article, const struct block *block)
{
    size_t start = 0;
    bool any = false;

    for (size_t from = 0, to; is_plain(block) && from < block->bytes; from = to + 1) {
        struct line line;

        to = block_line_end(block, from);
        line = read_line(scan, block, from, to);
        if (line.key != NULL && is_questions(lead_of(scan, line.key))) {
            if (from > start)
                put(article, block, start, from, false);
            put(article, block, line.from, line.to, true);
            start = to;
            any = true;
        }
        g_free(line.key);
    }
    if (!any)
        *VEC_PUSH(&article->blocks) = *block;
    else if (start < block->bytes)
        put(article, block, start, block->bytes, false);
}

static void count_all(struct scan *scan, const struct article *article)
{
    for (size_t i = 0; i < article->blocks.count; i++) {
        const struct block *block = &article->blocks.item[i];

        for (size_t from = 0, to; is_plain(block) && from < block->bytes; from = to + 1) {
            struct line line;

            to = block_line_end(block, from);
            line = read_line(scan, block, from, to);
            count_line(scan, block, &line);
            g_free(line.key);
        }
        if (!is_plain(block) && !block->furniture)
            count_line(scan, block, &(struct line){0});
    }
}

static bool has_questions(const struct scan *scan)
{
    GHashTableIter iter;
    gpointer lead;
    bool any = false;

    g_hash_table_iter_init(&iter, scan->leads);
    while (g_hash_table_iter_next(&iter, NULL, &lead))
        any = any || is_questions(lead);
    return any;
}

void leads_find(struct article *article)
{
    struct scan scan = {
        .leads = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free),
    };
    struct block *old = article->blocks.item;
    size_t count = article->blocks.count;

    count_all(&scan, article);
    if (has_questions(&scan)) {
        article->blocks.item = NULL;
        article->blocks.count = article->blocks.cap = 0;
        for (size_t i = 0; i < count; i++)
            cut(&scan, article, &old[i]);
        free(old);
    }
    if (scan.number != NULL)
        g_regex_unref(scan.number);
    g_hash_table_destroy(scan.leads);
}
