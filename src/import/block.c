/* Blocks as they are made: spaces are collapsed while text comes in, invisible
 * signs dropped, marks kept as runs over the flat text. */
#include "import/block.h"
#include "base/utf8.h"

#include <assert.h>
#include <glib.h>
#include <stdlib.h>
#include <string.h>

struct article *article_new(const char *path)
{
    struct arena *arena = arena_new();
    struct article *article = ARENA_NEW(arena, struct article);

    article->arena = arena;
    article->path = article->key = arena_strdup(arena, path);
    return article;
}

void article_free(struct article *article)
{
    if (article == NULL)
        return;
    free(article->blocks.item);
    free(article->accounts.item);
    free(article->contacts.item);
    free(article->remarks.item);
    arena_free(article->arena);
}

/* ---- Signs --------------------------------------------------------------- */

static bool is_wide_space(uint32_t code)
{
    return code == 0xA0 || (code >= 0x2000 && code <= 0x200A) || code == 0x202F ||
           code == 0x205F || code == 0x3000;
}

/* Signs that show nothing and say nothing; joiners (200C, 200D) stay. */
static bool is_nothing(uint32_t code)
{
    return code < 0x20 || (code >= 0x7F && code <= 0x9F) || code == 0xAD || code == 0x200B ||
           code == 0x2060 || code == 0xFEFF || (code >= 0xFFF9 && code <= 0xFFFB) ||
           (code >= 0x200E && code <= 0x200F) || (code >= 0x202A && code <= 0x202E) ||
           (code >= 0x2066 && code <= 0x2069) || (code & 0xFFFE) == 0xFFFE ||
           (code >= 0xFDD0 && code <= 0xFDEF);
}

static bool ends_in_space(const struct buf *text)
{
    const char *start = buf_text(text), *at = start + text->len;
    uint32_t code = utf8_prev(&at, start);

    return code == ' ' || code == '\n' || is_wide_space(code);
}

static void drop_space(struct buf *text)
{
    while (text->len > 0 && ends_in_space(text) && text->data[text->len - 1] != '\n') {
        const char *at = text->data + text->len;

        utf8_prev(&at, text->data);
        buf_cut(text, (size_t)(at - text->data));
    }
}

/* A space that does not break is kept where it was put on purpose: beside
 * figures and the signs that French sets apart. */
static bool is_wanted(const struct buf *text, uint32_t next)
{
    const char *start = buf_text(text), *at = start + text->len;
    uint32_t before = utf8_prev(&at, start);
    bool figure = before < 0x80 && before >= '0' && before <= '9';

    return before == 0xAB || next == 0xBB || (figure && next != 0 && next != '\n') ||
           (next < 0x80 && next != 0 && strchr(";:!?%$", (int)next) != NULL) || next == 0x20AC;
}

/* One sign of running text, NEXT behind it. Of several spaces one is left. */
static void put_sign(struct buf *text, uint32_t code, uint32_t next)
{
    if (is_wide_space(code) && !ends_in_space(text) && is_wanted(text, next))
        buf_put_code(text, code);
    else if (code == ' ' || (code >= '\t' && code <= '\r') || code == 0x85 ||
             code == 0x2028 || code == 0x2029 || is_wide_space(code)) {
        if (!ends_in_space(text))
            buf_putc(text, ' ');
    } else if (!is_nothing(code)) {
        buf_put_code(text, code);
    }
}

/* Signs of ASCII that are no space are taken as they are. */
static size_t plain_length(const char *text, const char *end)
{
    const char *at = text;

    while (at < end && *at > ' ' && *at < 0x7F)
        at++;
    return (size_t)(at - text);
}

static void put_text(struct buf *out, const char *text, size_t bytes, bool keep_spaces)
{
    const char *end = text + bytes;

    while (text < end) {
        size_t plain = plain_length(text, end);
        uint32_t code;
        const char *ahead;

        buf_append(out, text, plain);
        text += plain;
        if (text == end)
            return;
        code = utf8_next(&text, end);
        ahead = text;

        if (code == UTF8_BAD)
            code = 0xFFFD;
        if (keep_spaces && (code == '\n' || code == '\t' || code == ' '))
            buf_putc(out, (char)code);
        else
            put_sign(out, code, utf8_next(&ahead, end));
    }
}

/* Has it no sign that composes with the one before? Latin, Greek and Cyrillic
 * text in which none of the combining marks U+0300 to U+036F, and nothing from
 * U+0900 on but punctuation, stands is in NFC. */
static bool is_surely_nfc(const char *text, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++) {
        unsigned char byte = (unsigned char)text[i];

        if (byte == 0xCC || byte == 0xCD || byte == 0xE0 || byte == 0xE1 || byte > 0xE2 ||
            (byte == 0xE2 && i + 1 < bytes && (unsigned char)text[i + 1] != 0x80))
            return false;
    }
    return true;
}

static void put_nfc(struct buf *out, const char *text, size_t bytes, bool keep_spaces)
{
    char *composed;

    if (is_surely_nfc(text, bytes) || utf8_valid(text, bytes) < bytes) {
        put_text(out, text, bytes, keep_spaces);
        return;
    }
    composed = utf8_new_nfc(text, bytes);
    put_text(out, composed, strlen(composed), keep_spaces);
    free(composed);
}

char *text_clean(struct arena *arena, const char *text, size_t bytes)
{
    struct buf clean = {0};
    char *copy;
    const char *at;

    put_nfc(&clean, text, bytes, false);
    drop_space(&clean);
    at = buf_text(&clean);
    if (clean.len > 0) {
        const char *next = at;
        uint32_t code = utf8_next(&next, at + clean.len);

        if (code == ' ' || is_wide_space(code))
            at = next;
    }
    copy = arena_strdup(arena, at);
    buf_free(&clean);
    return copy;
}

/* ---- The maker ------------------------------------------------------------ */

void maker_init(struct maker *maker, struct article *article)
{
    *maker = (struct maker){ .article = article };
}

void maker_free(struct maker *maker)
{
    buf_free(&maker->text);
    free(maker->runs.item);
}

struct block *maker_open(struct maker *maker, enum block_kind kind, struct place at)
{
    maker_close(maker);
    maker->now = (struct block){ .kind = kind, .at = at };
    maker->keep_spaces = kind == BLOCK_CODE;
    maker->open = true;
    return &maker->now;
}

static void need_open(struct maker *maker)
{
    if (!maker->open)
        maker_open(maker, BLOCK_PARAGRAPH, (struct place){ maker->article->path, 0, 0 });
}

static bool same(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

void maker_text(struct maker *maker, const char *text, size_t bytes, unsigned marks,
                const char *url)
{
    const char *title = url == NULL ? NULL : maker->title;
    size_t from, last = maker->runs.count;
    struct run *run;

    need_open(maker);
    from = maker->text.len;
    put_nfc(&maker->text, text, bytes, maker->keep_spaces);
    if (maker->text.len == from)
        return;
    run = last > 0 ? &maker->runs.item[last - 1] : NULL;
    if (run != NULL && run->marks == marks && run->end == from && run->picture == NULL &&
        same(run->url, url) && same(run->alt, title) && (marks & (MARK_CELL | MARK_NOTE)) == 0) {
        run->end = maker->text.len;
        return;
    }
    run = VEC_PUSH(&maker->runs);
    *run = (struct run){ .start = from, .end = maker->text.len, .marks = marks,
                         .url = arena_strdup(maker->article->arena, url),
                         .alt = arena_strdup(maker->article->arena, title) };
}

void maker_break(struct maker *maker)
{
    need_open(maker);
    drop_space(&maker->text);
    for (size_t i = maker->runs.count; i-- > 0 && maker->runs.item[i].end > maker->text.len;)
        maker->runs.item[i].end = maker->text.len;
    buf_putc(&maker->text, '\n');
    *VEC_PUSH(&maker->runs) = (struct run){ .start = maker->text.len - 1,
                                            .end = maker->text.len };
}

void maker_picture(struct maker *maker, const char *address, const char *alt, const char *url)
{
    struct arena *arena = maker->article->arena;

    need_open(maker);
    *VEC_PUSH(&maker->runs) = (struct run){
        .start = maker->text.len, .end = maker->text.len,
        .picture = arena_strdup(arena, address), .url = arena_strdup(arena, url),
        .alt = alt == NULL ? NULL : text_clean(arena, alt, strlen(alt)),
    };
}

static void add(struct maker *maker, struct block block)
{
    if (block.bytes == 0 && block_picture(&block) == NULL && block.kind != BLOCK_RULE &&
        block.kind != BLOCK_NOTE)
        return;
    *VEC_PUSH(&maker->article->blocks) = block;
}

/* What goes on behind a note's first paragraph has no label of its own. */
static struct block going_on(struct block part)
{
    part.kind = BLOCK_PARAGRAPH;
    part.label = NULL;
    return part;
}

/* Two line breaks are a paragraph's end; what goes on with an item, a heading
 * or a note is a paragraph of the same depth. */
static void add_parts(struct maker *maker, const struct block *block)
{
    struct arena *arena = maker->article->arena;
    size_t from = 0;
    int line = block->at.line;
    struct block part;

    for (const char *cut; (cut = strstr(block->text + from, "\n\n")) != NULL;) {
        size_t to = (size_t)(cut - block->text);

        part = block_slice(arena, block, from, to);
        part.at.line = line;
        if (from > 0)
            part = going_on(part);
        add(maker, part);
        from = to;
        while (block->text[from] == '\n')
            from++;
    }
    part = block_slice(arena, block, from, block->bytes);
    if (from > 0)
        part = going_on(part);
    add(maker, part);
}

void maker_close(struct maker *maker)
{
    struct block *block = &maker->now;
    struct arena *arena = maker->article->arena;

    if (!maker->open)
        return;
    maker->open = false;
    block->text = arena_strndup(arena, buf_text(&maker->text), maker->text.len);
    block->bytes = maker->text.len;
    block->run_count = maker->runs.count;
    block->run = ARENA_ARRAY(arena, maker->runs.count, struct run);
    for (size_t i = 0; i < block->run_count; i++)
        block->run[i] = maker->runs.item[i];
    buf_cut(&maker->text, 0);
    maker->runs.count = 0;
    if (block->kind == BLOCK_CODE || block->kind == BLOCK_ROW)
        add(maker, *block);
    else
        add_parts(maker, block);
}

/* ---- Parts and marks ------------------------------------------------------- */

static bool is_space_at(const char *text, size_t at, size_t end, size_t *bytes)
{
    const char *from = text + at, *to = from;
    uint32_t code = utf8_next(&to, text + end);

    *bytes = (size_t)(to - from);
    return code == ' ' || code == '\n' || is_wide_space(code);
}

static void trim(const char *text, size_t *from, size_t *to)
{
    size_t bytes;

    while (*from < *to && is_space_at(text, *from, *to, &bytes))
        *from += bytes;
    while (*from < *to) {
        const char *at = text + *to;

        utf8_prev(&at, text + *from);
        if (!is_space_at(text, (size_t)(at - text), *to, &bytes))
            break;
        *to = (size_t)(at - text);
    }
}

struct block block_slice(struct arena *arena, const struct block *block, size_t from, size_t to)
{
    struct block part = *block;
    size_t first = from, last = to;

    assert(from <= to && to <= block->bytes);
    trim(block->text, &from, &to);
    part.text = arena_strndup(arena, block->text + from, to - from);
    part.bytes = to - from;
    part.fold = NULL;
    part.run = ARENA_ARRAY(arena, block->run_count, struct run);
    part.run_count = 0;
    for (size_t i = 0; i < block->run_count; i++) {
        struct run run = block->run[i];

        if (run.picture != NULL || run.marks == MARK_CELL) {
            if (run.start < first || run.start > last || (run.start == last && last < block->bytes))
                continue;
            run.start = run.start < from ? from : run.start > to ? to : run.start;
            run.end = run.start;
        } else {
            run.start = run.start < from ? from : run.start;
            run.end = run.end > to ? to : run.end;
            if (run.start >= run.end)
                continue;
        }
        run.start -= from;
        run.end -= from;
        part.run[part.run_count++] = run;
    }
    return part;
}

static bool has_letters(const char *text, size_t from, size_t to)
{
    size_t bytes;

    for (; from < to; from += bytes)
        if (!is_space_at(text, from, to, &bytes))
            return true;
    return false;
}

/* The first run that ends behind byte FROM; they are in order. */
static size_t run_at(const struct block *block, size_t from)
{
    size_t low = 0, high = block->run_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (block->run[middle].end > from)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

unsigned block_marks(const struct block *block, size_t from, size_t to)
{
    unsigned marks = ~0u;

    for (size_t i = run_at(block, from); i < block->run_count && block->run[i].start < to; i++) {
        const struct run *run = &block->run[i];
        size_t start = run->start < from ? from : run->start;
        size_t end = run->end > to ? to : run->end;

        if (start < end && has_letters(block->text, start, end))
            marks &= run->marks;
    }
    return marks == ~0u ? 0 : marks;
}

size_t block_marked_prefix(const struct block *block, unsigned mark)
{
    size_t end = 0;

    for (size_t i = 0; i < block->run_count; i++) {
        const struct run *run = &block->run[i];

        if (run->start == run->end)
            continue;
        if ((run->marks & mark) != 0)
            end = run->end;
        else if (has_letters(block->text, run->start, run->end))
            break;
    }
    return end;
}

void run_set_off(struct run *run)
{
    if ((run->marks & MARK_STRONG) == 0)
        run->marks |= MARK_STRONG | MARK_SET_OFF;
}

void block_set_off(struct block *block)
{
    for (size_t i = 0; i < block->run_count; i++)
        run_set_off(&block->run[i]);
}

void block_unmark(struct arena *arena, struct block *block, unsigned marks)
{
    struct run *run = ARENA_ARRAY(arena, block->run_count, struct run);

    for (size_t i = 0; i < block->run_count; i++) {
        run[i] = block->run[i];
        run[i].marks &= ~marks;
    }
    block->run = run;
}

static bool is_plain_run(const struct run *run)
{
    return run->picture == NULL && (run->marks & (MARK_NOTE | MARK_CELL)) == 0;
}

/* Bytes of the sign that ends a sentence at the start of [FROM, TO): a question
 * mark, with the spaces before it, or another that nothing follows. */
static size_t sign_length(const char *text, size_t from, size_t to)
{
    size_t at = from, bytes, signs;

    while (at < to && text[at] != '\n' && is_space_at(text, at, to, &bytes))
        at += bytes;
    signs = strspn(text + at, ".!?");
    if (at + signs > to)
        signs = to - at;
    if (signs == 0 || (text[at] != '?' && has_letters(text, at + signs, to)))
        return 0;
    return at + signs - from;
}

/* May RUN go on LAST? A line break stays a run of its own. */
static bool goes_on(const struct block *block, const struct run *last, const struct run *run)
{
    return last->end == run->start && last->marks == run->marks && last->url == run->url &&
           is_plain_run(last) && is_plain_run(run) && block->text[last->start] != '\n' &&
           block->text[run->start] != '\n';
}

void block_join_runs(struct block *block)
{
    size_t to = 0;

    for (size_t i = 0; i < block->run_count; i++) {
        struct run *last = to > 0 ? &block->run[to - 1] : NULL;
        const struct run *run = &block->run[i];

        if (last != NULL && goes_on(block, last, run))
            last->end = run->end;
        else
            block->run[to++] = *run;
    }
    block->run_count = to;
}

/* A number before text that is all marked, "1 *Why?*", is marked like it. */
static void even_number(struct block *block, unsigned even)
{
    struct run *run = block->run;
    size_t end;

    if (block->run_count < 2 || !is_plain_run(run) || run->url != NULL ||
        !is_plain_run(run + 1) || run->end != run[1].start)
        return;
    end = run->start + strspn(block->text + run->start, "0123456789.)- ");
    if (end == run->end && block->text[run->start] >= '0')
        run->marks |= block_marks(block, run->end, block->bytes) & even;
}

void block_even_marks(struct block *block)
{
    const unsigned even = MARK_STRONG | MARK_EMPHASIS | MARK_SET_OFF;
    bool changed = false;

    even_number(block, even);
    for (size_t i = 1; i < block->run_count; i++) {
        struct run *last = &block->run[i - 1], *run = &block->run[i];
        const struct run *next = i + 1 < block->run_count ? run + 1 : NULL;

        if (!is_plain_run(last) || !is_plain_run(run) || run->start == run->end ||
            block->text[run->start] == '\n' || last->url != NULL || run->url != NULL)
            continue;
        if ((last->marks & ~run->marks & even) != 0 && last->end == run->start)
            last->end = run->start += sign_length(block->text, run->start, run->end);
        if (run->start == run->end)
            run->marks = last->marks;
        else if (next != NULL && is_plain_run(next) &&
                 !has_letters(block->text, run->start, run->end))
            run->marks |= last->marks & next->marks & even;
        changed = changed || run->marks == last->marks;
    }
    if (changed)
        block_join_runs(block);
}

const struct run *block_picture(const struct block *block)
{
    for (size_t i = 0; i < block->run_count; i++)
        if (block->run[i].picture != NULL)
            return &block->run[i];
    return NULL;
}

size_t block_words(const struct block *block)
{
    size_t words = 0, bytes;
    bool inside = false;

    for (size_t at = 0; at < block->bytes; at += bytes) {
        bool space = is_space_at(block->text, at, block->bytes, &bytes);

        words += !space && !inside;
        inside = !space;
    }
    return words;
}

size_t block_line_end(const struct block *block, size_t from)
{
    const char *feed = memchr(block->text + from, '\n', block->bytes - from);

    return feed == NULL ? block->bytes : (size_t)(feed - block->text);
}

/* ---- What a text says by its signs ------------------------------------------------ */

/* Where the remark in brackets begins that the text ends with; its end when there
 * is none. */
static const char *before_aside(const char *text, const char *end)
{
    const char *last = end;

    while (last > text && strchr(" .", last[-1]) != NULL)
        last--;
    if (last == text || last[-1] != ')')
        return end;
    for (const char *at = last - 1; at > text && last - at < ASIDE_BYTES; at--)
        if (at[-1] == '(')
            return at - 1;
        else if (at[-1] == '?' || at[-1] == '\n')
            return end;
    return end;
}

/* Spaces, dots and quotation marks, which close in one language and open in another. */
static bool may_follow(uint32_t code)
{
    static const uint32_t signs[] = { 0xA0, 0x202F, 0x2026, 0xAB, 0xBB, 0x2018, 0x2019, 0x201C,
                                      0x201D, 0x2039, 0x203A, 0x300D, 0x300F };

    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (code == signs[i])
            return true;
    return false;
}

bool text_asks(const char *text, size_t bytes)
{
    const char *end = before_aside(text, text + bytes);

    while (end > text) {
        const char *at = end;
        uint32_t code = utf8_prev(&at, text);

        if (code == '?' || code == 0xFF1F || code == 0x61F)
            return true;
        if (code >= 0x80 ? !may_follow(code) : strchr("! )\"'\n", (int)code) == NULL)
            return false;
        end = at;
    }
    return false;
}

bool block_asks(const struct block *block)
{
    return text_asks(block->text, block->bytes);
}

bool text_is_capitals(const char *text, size_t bytes)
{
    size_t upper = 0;

    for (size_t i = 0; i < bytes; i++) {
        if (g_ascii_islower(text[i]))
            return false;
        upper += g_ascii_isupper(text[i]);
    }
    return upper >= 8;
}
