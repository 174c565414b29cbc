/* The text of a block as Markdown (CommonMark with tables, strikethrough and
 * footnotes). Marks are opened the longest first; spaces at their edges are set
 * outside; a mark that could not open or close where it stands, by the rules of
 * flanking delimiters, is left off: the text matters more. Where marks stand
 * within words or within each other these rules have many corners: what was
 * written is read back, and written without marks when other words come out. */
#include "import/markdown.h"
#include "import/write.h"
#include "book/network.h"
#include "base/utf8.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

enum { LINK, STRONG, EMPHASIS, STRIKE, KINDS };
enum { LONGEST_ADDRESS = 2000, LONGEST_FENCE = 80 };

struct extent { size_t end[KINDS]; };       /* first run without it; its own index: none */

struct inliner {
    struct buf *out;
    const struct block *block;
    struct extent *extent;                  /* of every run */
    size_t open_until[KINDS];               /* 0: not open */
    int stack[KINDS], depth;
    const char *url, *title;                /* of the open link */
    size_t pending, pending_end;            /* spaces not yet written, of the text */
    bool heading, cell, starts;             /* starts: at the start of a line */
    bool bars;                              /* would make a table: in a cell, on several lines */
    bool more;                              /* other runs follow in the block */
    bool called;                            /* a note, at the start of this line, just before */
    bool plain;                             /* without marks but links */
    bool doubtful;                          /* marks that must be read back */
    size_t wrote;                           /* bytes of out when we began */
};

/* ---- Signs ------------------------------------------------------------------------ */

static bool is_punctuation(uint32_t code)
{
    if (code < 0x80)
        return g_ascii_ispunct((char)code);
    return g_unichar_ispunct(code) && !(g_unichar_type(code) == G_UNICODE_MATH_SYMBOL ||
           g_unichar_type(code) == G_UNICODE_CURRENCY_SYMBOL ||
           g_unichar_type(code) == G_UNICODE_MODIFIER_SYMBOL ||
           g_unichar_type(code) == G_UNICODE_OTHER_SYMBOL);
}

static bool is_blank(uint32_t code)
{
    return code == 0 || g_unichar_isspace(code) || code == 0xA0 || code == 0x202F;
}

static uint32_t sign_before(const char *text, size_t at)
{
    const char *end = text + at;

    return at == 0 ? 0 : utf8_prev(&end, text);
}

static uint32_t sign_at(const char *text, size_t at, size_t bytes)
{
    const char *from = text + at;

    return at >= bytes ? 0 : utf8_next(&from, text + bytes);
}

static bool is_word(uint32_t code)
{
    return code != 0 && !is_blank(code) && !is_punctuation(code);
}

static bool is_entity(const char *at, const char *end)
{
    const char *to = at + 1;

    while (to < end && (g_ascii_isalnum(*to) || *to == '#'))
        to++;
    return to < end && to > at + 1 && *to == ';';
}

/* Would "<" before AT begin an address of mail in angle brackets? */
static bool is_mail(const char *at, const char *end)
{
    const char *from = at;

    while (at < end && (g_ascii_isalnum(*at) ||
                        (*at != '\0' && strchr(".!#$%&'*+/=?^_`{|}~-", *at) != NULL)))
        at++;
    return at > from && at < end && *at == '@';
}

/* Must the sign at AT be escaped wherever it stands? */
static bool is_special(const struct inliner *in, const char *from, const char *at, const char *end)
{
    char next = at + 1 < end ? at[1] : '\0';

    switch (*at) {
    case '\\': case '`': case '*': case '~':
        return true;
    case '_':
        return !(is_word(sign_before(from, (size_t)(at - from))) &&
                 is_word(sign_at(at, 1, (size_t)(end - at))));
    case '[':
        return next == '^' || in->open_until[LINK] > 0 || in->starts;
    case ']':
        return next == '(' || next == '[' || next == ':' || (next == '\0' && in->more) ||
               in->open_until[LINK] > 0;
    case '!':
        return next == '[' || (next == '\0' && in->more);
    case '<':
        return g_ascii_isalpha(next) || next == '/' || next == '!' || next == '?' ||
               (next == '\0' && in->more) || is_mail(at + 1, end);
    case '&':
        return (next == '\0' && in->more) || is_entity(at, end);
    case '|':
        return in->bars;
    default:
        return false;
    }
}

/* Must a sign be escaped because it begins a line? *SKIP is how many signs
 * stand before the one to escape. */
static bool is_special_start(const char *at, const char *end, size_t *skip)
{
    size_t digits = 0;

    *skip = 0;
    if (at == end)
        return false;
    if (*at == '#' || *at == '>')
        return true;
    if (*at == '+' || *at == '-' || *at == '=')
        return at + 1 == end || at[1] == ' ' || at[1] == *at || (unsigned char)at[1] >= 0x80;
    while (at + digits < end && g_ascii_isdigit(at[digits]))
        digits++;
    *skip = digits;
    return digits > 0 && digits < 10 && at + digits < end &&
           (at[digits] == '.' || at[digits] == ')') &&
           (at + digits + 1 == end || !is_word((unsigned char)at[digits + 1]));
}

/* Does an address begin at AT that Markdown would make a link of, with signs in
 * it that must be escaped? A backslash would become part of the address. */
static bool is_broken_address(const struct inliner *in, const char *from, const char *at,
                              const char *end)
{
    bool begins = (*at == ':' && end - at > 2 && at[1] == '/' && at[2] == '/') ||
                  (*at == '.' && at - from >= 3 && g_ascii_strncasecmp(at - 3, "www", 3) == 0);

    if (!begins)
        return false;
    if (end - at > LONGEST_ADDRESS)
        end = at + LONGEST_ADDRESS;
    for (; at < end && !g_ascii_isspace(*at); at++)
        if (is_special(in, from, at, end))
            return true;
    return in->more;
}

/* Up to the next sign that may have to be escaped. */
static size_t plain_length(const char *text, const char *end)
{
    static const char special[] = "\\`*~_[]!<&|:.";
    const char *at = text;

    while (at < end && (g_ascii_isalnum(*at) || *at == ' ' || (unsigned char)*at >= 0x80 ||
                        (*at != '\0' && strchr(special, *at) == NULL)))
        at++;
    return (size_t)(at - text);
}

static void put_escaped(struct inliner *in, const char *from, const char *end)
{
    const char *at = from;
    size_t skip;

    if (in->called && *at == ':')           /* or it would define the note */
        buf_putc(in->out, '\\');
    in->called = false;
    if (in->starts && is_special_start(at, end, &skip)) {
        buf_append(in->out, at, skip);
        buf_putc(in->out, '\\');
        buf_putc(in->out, at[skip]);
        at += skip + 1;
    }
    for (; at < end; at++) {
        size_t plain = plain_length(at, end);

        buf_append(in->out, at, plain);
        in->starts = in->starts && plain == 0;
        at += plain;
        if (at == end)
            break;
        if (is_special(in, from, at, end) || is_broken_address(in, from, at, end))
            buf_putc(in->out, '\\');
        buf_putc(in->out, *at);
        in->starts = false;
    }
    in->starts = false;
}

size_t text_row(const char *text, size_t bytes, char sign)
{
    size_t longest = 0, row = 0;

    for (size_t i = 0; i < bytes; i++) {
        row = text[i] == sign ? row + 1 : 0;
        longest = row > longest ? row : longest;
    }
    return longest;
}

/* A code span, its fence longer than any row of backticks inside. In a CELL its
 * bars are escaped. */
static void put_code(struct buf *out, const char *text, size_t bytes, bool cell)
{
    size_t longest = text_row(text, bytes, '`');
    bool pad = bytes > 0 && (text[0] == '`' || text[bytes - 1] == '`' ||
                             (text[0] == ' ' && text[bytes - 1] == ' '));

    for (size_t i = 0; i <= longest; i++)
        buf_putc(out, '`');
    if (pad)
        buf_putc(out, ' ');
    for (size_t i = 0; i < bytes; i++) {
        if (cell && text[i] == '|')
            buf_putc(out, '\\');
        buf_putc(out, text[i] == '\n' ? ' ' : text[i]);
    }
    if (pad)
        buf_putc(out, ' ');
    for (size_t i = 0; i <= longest; i++)
        buf_putc(out, '`');
}

/* ---- Marks ---------------------------------------------------------------------------- */

static bool same(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static bool is_linked(const struct run *run)
{
    return run->url != NULL && address_is_sound(run->url);
}

static bool has(const struct inliner *in, const struct run *run, int kind)
{
    static const unsigned marks[KINDS] = { 0, MARK_STRONG, MARK_EMPHASIS, MARK_STRIKE };

    if (kind == STRONG && (run->marks & MARK_SET_OFF) != 0)
        return false;
    return kind == LINK ? is_linked(run) : !in->plain && (run->marks & marks[kind]) != 0;
}

static bool is_blank_run(const struct block *block, const struct run *run)
{
    for (size_t i = run->start; i < run->end; i++)
        if (block->text[i] != ' ' && block->text[i] != '\n')
            return false;
    return run->picture == NULL;
}

/* Marks go on over spaces and line breaks between two marked runs; links end
 * with their address. */
static void see_extents(struct inliner *in)
{
    const struct block *block = in->block;

    for (size_t i = block->run_count; i-- > 0;)
        for (int kind = 0; kind < KINDS; kind++) {
            const struct run *run = &block->run[i], *next = run + 1;
            bool last = i + 1 == block->run_count;
            bool goes_on = !last && in->extent[i + 1].end[kind] > i + 1 &&
                           (kind != LINK || same(run->url, next->url));
            bool here = has(in, run, kind) || (kind != LINK && is_blank_run(block, run) && goes_on);

            in->extent[i].end[kind] = !here ? i : goes_on ? in->extent[i + 1].end[kind] : i + 1;
        }
}

/* The text of runs [FIRST, LAST) without spaces at its ends. */
static void core(const struct block *block, size_t first, size_t last, size_t *from, size_t *to)
{
    *from = block->run[first].start;
    *to = block->run[last - 1].end;
    while (*from < *to && is_blank(sign_at(block->text, *from, *to)))
        *from += *from + 1 < *to && (unsigned char)block->text[*from] >= 0x80
            ? (block->text[*from] == '\xC2' ? 2 : 3) : 1;
    while (*to > *from && is_blank(sign_before(block->text, *to)))
        do
            --*to;
        while (*to > *from && ((unsigned char)block->text[*to] & 0xC0) == 0x80);
}

/* Could delimiters of KIND open before and close behind this stretch? */
static bool may_mark(struct inliner *in, size_t first, size_t last)
{
    const struct block *block = in->block;
    uint32_t before, after;
    size_t from, to;

    core(block, first, last, &from, &to);
    if (from >= to)
        return false;
    before = sign_before(block->text, from);
    after = sign_at(block->text, to, block->bytes);
    if (is_punctuation(sign_at(block->text, from, to)) && is_word(before))
        return false;
    if (is_punctuation(sign_before(block->text, to)) && is_word(after))
        return false;
    in->doubtful = in->doubtful || in->depth > 0 || is_word(before) || is_word(after);
    return true;
}

static const char *const delimiter[KINDS] = { "", "**", "*", "~~" };

static void put_title(struct buf *out, const char *title)
{
    buf_puts(out, " \"");
    for (; *title != '\0'; title++) {
        if (strchr("\"\\`<&[]|", *title) != NULL)
            buf_putc(out, '\\');
        buf_putc(out, *title == '\n' ? ' ' : *title);
    }
    buf_putc(out, '"');
}

/* Signs of an address that mean something here go in angle brackets. */
static void put_address(struct buf *out, const char *url)
{
    static const char usual[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                "0123456789-._~:/?#@!$&'*+,;=%";
    struct arena *arena;

    if (*url != '\0' && url[strspn(url, usual)] == '\0' && strchr(url, '%') == NULL) {
        buf_puts(out, url);
        return;
    }
    arena = arena_new();
    buf_putc(out, '<');
    for (url = address_clean(arena, url); *url != '\0'; url++) {
        if (strchr("<>\\", *url) != NULL)
            buf_putc(out, '\\');
        buf_putc(out, *url);
    }
    buf_putc(out, '>');
    arena_free(arena);
}

static void close_one(struct inliner *in)
{
    int kind = in->stack[--in->depth];

    in->open_until[kind] = 0;
    if (kind == LINK) {
        buf_puts(in->out, "](");
        put_address(in->out, in->url);
        if (in->title != NULL)
            put_title(in->out, in->title);
        buf_putc(in->out, ')');
    } else {
        buf_puts(in->out, delimiter[kind]);
    }
}

/* Closes what ends at run INDEX, and what was opened inside it. */
static void close_ended(struct inliner *in, size_t index)
{
    int lowest = in->depth;

    for (int i = 0; i < in->depth; i++)
        if (in->open_until[in->stack[i]] <= index && i < lowest)
            lowest = i;
    while (in->depth > lowest)
        close_one(in);
}

static void put_pending(struct inliner *in)
{
    for (size_t at = in->pending; at < in->pending_end; at++) {
        if (in->block->text[at] == '\n' && !in->heading && !in->cell) {
            buf_puts(in->out, "\\\n");
            in->starts = true;
        } else {
            buf_putc(in->out, in->block->text[at] == '\n' ? ' ' : in->block->text[at]);
        }
    }
    in->pending = in->pending_end = 0;
}

static bool would_merge(const struct inliner *in, int kind)
{
    size_t length = in->out->len;

    return kind != LINK && length > in->wrote && in->depth == 0 &&
           in->out->data[length - 1] == delimiter[kind][0] &&
           (length < 2 || in->out->data[length - 2] != '\\');
}

static void open_new(struct inliner *in, size_t index)
{
    for (;;) {
        int best = KINDS;
        size_t longest = index;

        for (int kind = 0; kind < KINDS; kind++)
            if (in->open_until[kind] == 0 && in->extent[index].end[kind] > longest) {
                longest = in->extent[index].end[kind];
                best = kind;
            }
        if (best == KINDS)
            return;
        for (int i = 0; i < in->depth; i++)         /* stay within what is open */
            if (in->open_until[in->stack[i]] < longest)
                longest = in->open_until[in->stack[i]];
        if (best != LINK && (would_merge(in, best) || !may_mark(in, index, longest))) {
            for (size_t i = index; i < longest; i++)
                in->extent[i].end[best] = i;
            continue;
        }
        in->open_until[best] = longest;
        in->stack[in->depth++] = best;
        if (best == LINK) {
            const struct run *run = &in->block->run[index];

            in->url = run->url;
            in->title = run->picture == NULL ? run->alt : NULL;
        }
        buf_puts(in->out, best == LINK ? "[" : delimiter[best]);
        in->starts = in->starts && best == LINK;
    }
}

/* ---- Runs ------------------------------------------------------------------------------- */

static void put_picture(struct inliner *in, const struct run *run)
{
    buf_puts(in->out, "![");
    if (run->alt != NULL) {
        bool starts = in->starts;

        in->starts = true;                  /* escapes brackets */
        put_escaped(in, run->alt, run->alt + strlen(run->alt));
        in->starts = starts;
    }
    buf_puts(in->out, "](");
    put_address(in->out, run->picture);
    buf_putc(in->out, ')');
    in->starts = false;
}

/* Two spans of code side by side would be one: the second is plain text. So is
 * what would escape a bar's backslash, and what no fence is long enough for. */
static bool may_be_code(const struct inliner *in, const char *text, size_t bytes)
{
    bool after_code = in->out->len > in->wrote && in->out->data[in->out->len - 1] == '`';

    return !in->plain && !after_code && text_row(text, bytes, '`') < LONGEST_FENCE &&
           !(in->cell && g_strstr_len(text, (gssize)bytes, "\\|") != NULL);
}

static void put_run(struct inliner *in, size_t index)
{
    const struct run *run = &in->block->run[index];
    size_t from, to;

    if (run->start == run->end) {
        if (run->picture != NULL) {
            close_ended(in, index);
            put_pending(in);
            open_new(in, index);
            put_picture(in, run);
        }
        return;
    }
    core(in->block, index, index + 1, &from, &to);
    in->more = index + 1 < in->block->run_count && to == run->end;
    if (in->pending_end == 0)
        in->pending = run->start;
    in->pending_end = from;
    if (from == to)
        return;
    close_ended(in, index);
    put_pending(in);
    if ((run->marks & MARK_NOTE) != 0) {
        buf_printf(in->out, "[^%.*s]", (int)(to - from), in->block->text + from);
        in->called = in->starts;
    } else {
        open_new(in, index);
        if ((run->marks & MARK_CODE) != 0 &&
            may_be_code(in, in->block->text + from, to - from))
            put_code(in->out, in->block->text + from, to - from, in->cell);
        else
            put_escaped(in, in->block->text + from, in->block->text + to);
    }
    in->starts = false;
    in->pending = to;
    in->pending_end = run->end;
}

/* ---- Blocks ------------------------------------------------------------------------------ */

static void put_runs(struct inliner *in)
{
    in->extent = g_new0(struct extent, in->block->run_count + 1);
    see_extents(in);
    for (size_t i = 0; i < in->block->run_count; i++)
        put_run(in, i);
    close_ended(in, in->block->run_count);
    if (in->heading && in->out->len > in->wrote && in->out->data[in->out->len - 1] == '#') {
        buf_cut(in->out, in->out->len - 1);
        buf_puts(in->out, "\\#");
    }
    g_free(in->extent);
}

/* Are the words that were written those of the block? */
static bool reads_back(const struct inliner *in)
{
    struct buf expected = {0}, text = {0}, read = {0};
    bool same_words;

    for (size_t i = 0; i < in->block->run_count; i++) {
        const struct run *run = &in->block->run[i];
        bool note = (run->marks & MARK_NOTE) != 0;

        buf_puts(&expected, note ? "[^" : "");
        for (size_t at = run->start; at < run->end; at++)
            if (in->block->text[at] != ' ' && in->block->text[at] != '\n')
                buf_putc(&expected, in->block->text[at]);
        buf_puts(&expected, note ? "]" : "");
    }
    buf_puts(&text, in->heading ? "## " : "");
    buf_append(&text, in->out->data + in->wrote, in->out->len - in->wrote);
    markdown_letters(&read, buf_text(&text), text.len, false);
    same_words = strcmp(buf_text(&expected), buf_text(&read)) == 0;
    buf_free(&expected);
    buf_free(&text);
    buf_free(&read);
    return same_words;
}

void write_inline(struct buf *out, const struct block *block, bool heading)
{
    struct inliner in = { .out = out, .block = block, .heading = heading, .wrote = out->len,
                          .cell = block->kind == BLOCK_ROW,
                          .bars = block->kind == BLOCK_ROW ||
                                  memchr(block->text, '\n', block->bytes) != NULL,
                          .starts = !heading || block->kind == BLOCK_NOTE };
    struct inliner plain = in;

    put_runs(&in);
    if (!in.doubtful || reads_back(&in))
        return;
    buf_cut(out, in.wrote);
    plain.plain = true;
    put_runs(&plain);
}
