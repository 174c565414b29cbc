/* Before learning and finding: blocks are cut where a question and its answer
 * share one (a bold sentence that asks, a first line that asks, a heading over
 * contacts above its lines), and folded. The cuts lose nothing but the line
 * break they are made at. */
#include "import/find.h"
#include "import/lists.h"
#include "base/utf8.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_CUTS = 512, LONG_LINE = 300, HEADING_WORDS = 10, TITLE_BYTES = 80 };

struct cuts { size_t at[MOST_CUTS]; size_t count; };

bool text_asks(const char *text, size_t bytes)
{
    const char *end = text + bytes;

    while (end > text) {
        const char *at = end;
        uint32_t code = utf8_prev(&at, text);

        if (code == '?' || code == 0xFF1F || code == 0x61F)
            return true;
        if (code != '!' && code != ' ' && code != 0xA0 && code != 0x202F && code != ')' &&
            code != '"' && code != 0xBB && code != 0x201D && code != 0x2019 && code != '\'' &&
            code != '\n' && code != 0x2026)
            return false;
        end = at;
    }
    return false;
}

bool text_is_capitals(const char *text, size_t bytes)
{
    size_t upper = 0, lower = 0;

    for (size_t i = 0; i < bytes; i++) {
        upper += g_ascii_isupper(text[i]);
        lower += g_ascii_islower(text[i]);
    }
    return upper >= 8 && lower == 0;
}

size_t block_line_end(const struct block *block, size_t from)
{
    const char *feed = memchr(block->text + from, '\n', block->bytes - from);

    return feed == NULL ? block->bytes : (size_t)(feed - block->text);
}

static void cut(struct cuts *cuts, size_t at)
{
    if (cuts->count < MOST_CUTS && at > 0 && (cuts->count == 0 || at > cuts->at[cuts->count - 1]))
        cuts->at[cuts->count++] = at;
}

/* The first of several lines, which begins like a question and ends like none
 * of the sentences below it. */
static bool is_open_question(const char *fold, const struct block *block, size_t from, size_t to)
{
    return from == 0 && to < block->bytes && fold_words(fold) >= 3 && fold_words(fold) <= 14 &&
           strchr(".,;:!", block->text[to - 1]) == NULL &&
           (words_begin(WORDS_QUESTION, fold) || words_begin(WORDS_ASKING, fold));
}

/* A line that stands for itself: a question all in bold or italics, or the
 * first of several, or one that begins like a question. */
static bool is_question_line(struct arena *arena, const struct block *block, size_t from,
                             size_t to)
{
    const char *fold;

    if (to - from > LONG_LINE || to == from)
        return false;
    if (is_open_question(words_fold(arena, block->text + from, to - from), block, from, to))
        return true;
    if (!text_asks(block->text + from, to - from))
        return false;
    if (from == 0 || (block_marks(block, from, to) & (MARK_STRONG | MARK_EMPHASIS)) != 0)
        return true;
    fold = words_fold(arena, block->text + from, to - from);
    return words_begin(WORDS_QUESTION, fold) || words_begin(WORDS_ASKING, fold) ||
           words_begin(WORDS_ASKS, fold);
}

static bool is_section_line(struct arena *arena, const struct block *block, size_t from,
                            size_t to)
{
    const char *fold = words_fold(arena, block->text + from, to - from);

    return fold_words(fold) <= HEADING_WORDS && !text_asks(block->text + from, to - from) &&
           (words_begin(WORDS_CONTACT, fold) || words_are(WORDS_READING, fold) ||
            words_begin(WORDS_RELATED, fold) || words_begin(WORDS_COMMENTS, fold) ||
            words_count_comments(fold));
}


/* Does the line begin with a speaker's label in bold? */
static bool is_label_line(const struct block *block, size_t from, size_t to)
{
    const char *colon = memchr(block->text + from, ':', to - from);

    return colon != NULL && colon - (block->text + from) <= 40 &&
           (block_marks(block, from, (size_t)(colon - block->text)) & MARK_STRONG) != 0;
}

static void cut_lines(struct arena *arena, const struct block *block, struct cuts *cuts)
{
    for (size_t from = 0, to; from < block->bytes; from = to + 1) {
        to = block_line_end(block, from);
        if (from == 0 && to == block->bytes)
            return;
        if (is_question_line(arena, block, from, to) ||
            text_is_capitals(block->text + from, to - from) ||
            (block_marks(block, from, to) & MARK_STRONG) != 0) {
            cut(cuts, from);
            cut(cuts, to);
        } else if (is_section_line(arena, block, from, to) || is_label_line(block, from, to)) {
            cut(cuts, from);
            if (is_section_line(arena, block, from, to))
                cut(cuts, to);
        }
    }
}

/* Bold stretches that ask, wherever they stand; italic ones at the start. */
static void cut_marked(const struct block *block, struct cuts *cuts)
{
    for (size_t i = 0; i < block->run_count; i++) {
        size_t start = block->run[i].start, end = block->run[i].end;
        unsigned mark = block->run[i].marks & (start == 0 ? MARK_STRONG | MARK_EMPHASIS
                                                          : MARK_STRONG);

        if (mark == 0)
            continue;
        while (i + 1 < block->run_count &&
               (block->run[i + 1].start == block->run[i + 1].end ||
                (block->run[i + 1].marks & mark) != 0))
            end = block->run[++i].end;
        if (end - start >= 8 && text_asks(block->text + start, end - start)) {
            cut(cuts, start);
            if (end < block->bytes)
                cut(cuts, end);
        }
    }
}

static int compare(const void *a, const void *b)
{
    size_t left = *(const size_t *)a, right = *(const size_t *)b;

    return (left > right) - (left < right);
}

static void split(struct article *article, const struct block *block, struct cuts *cuts)
{
    size_t from = 0;
    int lines = 0;

    qsort(cuts->at, cuts->count, sizeof *cuts->at, compare);
    for (size_t i = 0; i <= cuts->count; i++) {
        size_t to = i < cuts->count ? cuts->at[i] : block->bytes;
        struct block *part;

        if (to <= from)
            continue;
        part = VEC_PUSH(&article->blocks);
        *part = block_slice(article->arena, block, from, to);
        if (from > 0 && part->kind == BLOCK_ITEM)
            part->kind = BLOCK_PARAGRAPH;
        part->at.line += block->at.line > 0 ? lines : 0;
        for (size_t at = from; at < to; at++)
            lines += block->text[at] == '\n' && article->page == false;
        if (part->bytes == 0 && block_picture(part) == NULL)
            article->blocks.count--;
        from = to;
    }
}

/* A title that only a line break parts from what follows. */
static void cut_title(const struct block *block, struct cuts *cuts)
{
    size_t to = block_line_end(block, 0);

    if (to < block->bytes && to < TITLE_BYTES && strchr(".?!:;,", block->text[to - 1]) == NULL)
        cut(cuts, to);
}

static bool may_be_cut(const struct block *block)
{
    return (block->kind == BLOCK_PARAGRAPH || block->kind == BLOCK_ITEM) && !block->furniture &&
           !block->caption;
}

void find_prepare(struct article *article)
{
    struct cuts *cuts = arena_alloc(article->arena, sizeof *cuts);
    struct block *old;
    size_t count;

    lists_find(article);
    old = article->blocks.item;
    count = article->blocks.count;
    article->blocks.item = NULL;
    article->blocks.count = article->blocks.cap = 0;
    for (size_t i = 0; i < count; i++) {
        cuts->count = 0;
        if (i == 0 && may_be_cut(&old[0]))
            cut_title(&old[0], cuts);
        if (cuts->count == 0 && may_be_cut(&old[i])) {
            cut_marked(&old[i], cuts);
            if (cuts->count == 0)
                cut_lines(article->arena, &old[i], cuts);
        }
        if (cuts->count > 0)
            split(article, &old[i], cuts);
        else
            *VEC_PUSH(&article->blocks) = old[i];
    }
    free(old);
    for (size_t i = 0; i < article->blocks.count; i++) {
        struct block *block = &article->blocks.item[i];

        block->fold = words_fold(article->arena, block->text, block->bytes);
        block->words = fold_words(block->fold);
        block->alone = block->kind == BLOCK_ITEM && block->ordered &&
                       i + 1 < article->blocks.count && block[1].kind != BLOCK_ITEM;
    }
}
