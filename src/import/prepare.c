/* Before learning and finding: blocks are cut where a question and its answer
 * share one (a bold sentence that asks, a first line that asks, a heading over
 * contacts above its lines), and folded. Where most paragraphs of an article
 * begin in the same manner with a question, those are cut too whose beginning
 * has the manner but no question mark. The cuts lose nothing but the line break
 * they are made at. */
#include "import/find.h"
#include "import/habits.h"
#include "import/label.h"
#include "import/leads.h"
#include "import/lists.h"
#include "base/utf8.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_CUTS = 512, HEADING_WORDS = 10, TITLE_BYTES = 80,
       VOTING_WORDS = 200,             /* enough to tell a language, */
       FEW_SMALL_WORDS = 8 };          /* of which an eighth are small ones */

struct cuts { size_t at[MOST_CUTS]; size_t count; };

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
           !g_ascii_islower(block->text[to + 1]) &&
           (words_begin(WORDS_QUESTION, fold) || words_begin(WORDS_ASKING, fold));
}

/* Does the line begin with a speaker's label, in bold or come before? */
static bool is_label_line(struct arena *arena, const struct block *block,
                          const struct habits *habits, size_t from, size_t to)
{
    const char *colon = memchr(block->text + from, ':', to - from), *label;

    label = colon == NULL ? NULL : label_of_line(arena, block, from, to);
    if (label != NULL && habits_count(habits->labels, label) >= 2)
        return true;
    return colon != NULL && colon - (block->text + from) <= 40 &&
           (block_marks(block, from, (size_t)(colon - block->text)) & MARK_STRONG) != 0;
}

/* A line that stands for itself: a question all in bold or italics, or the
 * first of several, or one that begins like a question, or any that asks where
 * lines do. */
static bool is_question_line(struct arena *arena, const struct block *block,
                             const struct habits *habits, size_t from, size_t to)
{
    const char *fold;

    if (to - from > LONG_LINE || to == from)
        return false;
    if (is_open_question(words_fold(arena, block->text + from, to - from), block, from, to))
        return true;
    if (!text_asks(block->text + from, to - from))
        return false;
    if (to == block->bytes && !habits->lines && habits->whole &&
        !(habits->bare && is_label_line(arena, block, habits, 0, block_line_end(block, 0))))
        return false;
    if (from == 0 || habits->lines ||
        (block_marks(block, from, to) & (MARK_STRONG | MARK_EMPHASIS)) != 0)
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

/* Signs that end a sentence or lead on to what follows. */
static bool is_closed(const struct block *block, size_t to)
{
    return to > 0 && strchr(".,;:!", block->text[to - 1]) != NULL &&
           (to < 3 || strncmp(block->text + to - 3, "...", 3) != 0);
}

/* An address or a label tells something, and asks nothing. */
static bool tells(const struct block *block, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (block->text[i] == '@' || (block->text[i] == ':' && i + 1 < to) ||
            (i + 4 <= to && strncmp(block->text + i, "www.", 4) == 0))
            return true;
    return false;
}

/* A line where questions stand, that has no question mark: the first of several,
 * or a few words between sentences. */
static bool is_lead_line(struct arena *arena, const struct block *block,
                         const struct habits *habits, size_t from, size_t to)
{
    size_t words = fold_words(words_fold(arena, block->text + from, to - from));
    bool first = from == 0 && to < block->bytes && habits->lead_lines;
    bool between = habits->lines && to < block->bytes && words <= TOPIC_WORDS &&
                   !is_closed(block, to) &&
                   (from == 0 || strchr(".!?", block->text[from - 2]) != NULL);

    return (first || between) && words >= 2 && words <= LEAD_WORDS &&
           !g_ascii_islower(block->text[from]) && !tells(block, from, to);
}

/* A line of few words that demands an answer, where lines ask, and has one below. */
static bool is_demand_line(struct arena *arena, const struct block *block,
                           const struct habits *habits, size_t from, size_t to)
{
    const char *fold;

    if (!habits->lines || to >= block->bytes || to - from > LONG_LINE)
        return false;
    fold = words_fold(arena, block->text + from, to - from);
    return words_begin(WORDS_ASKING, fold) && fold_words(fold) >= 3 &&
           fold_words(fold) <= LEAD_WORDS &&
           !text_asks(block->text + to + 1, block_line_end(block, to + 1) - to - 1);
}

/* All in the questions' marks, where only the first line asks: it is explained below. */
static bool is_explained(const struct block *block, const struct habits *habits)
{
    size_t asking = 0;

    for (size_t from = 0, to; from < block->bytes; from = to + 1) {
        to = block_line_end(block, from);
        asking += text_asks(block->text + from, to - from);
    }
    return (block_marks(block, 0, block->bytes) &
            (habits->marked | (habits->bold ? MARK_STRONG : 0))) != 0 && asking == 1 &&
           text_asks(block->text, block_line_end(block, 0));
}

static void cut_lines(struct arena *arena, const struct block *block,
                      const struct habits *habits, struct cuts *cuts)
{
    bool answered = false;

    for (size_t from = 0, to; from < block->bytes; from = to + 1) {
        bool demands;

        to = block_line_end(block, from);
        if (from == 0 && to == block->bytes)
            return;
        demands = answered && is_demand_line(arena, block, habits, from, to);
        answered = !demands && !text_asks(block->text + from, to - from);
        if (demands || is_question_line(arena, block, habits, from, to) ||
            is_lead_line(arena, block, habits, from, to) ||
            text_is_capitals(block->text + from, to - from) ||
            (block_marks(block, from, to) & MARK_STRONG) != 0) {
            cut(cuts, from);
            cut(cuts, to);
        } else if (is_section_line(arena, block, from, to) ||
                   is_label_line(arena, block, habits, from, to)) {
            cut(cuts, from);
            if (is_section_line(arena, block, from, to))
                cut(cuts, to);
        }
    }
}

/* "*Who?* and *why?*": what is left asks, too, and is short. */
static bool sentence_goes_on(const struct block *block, size_t end)
{
    while (end < block->bytes && block->text[end] == ' ')
        end++;
    return end < block->bytes && block->bytes - end <= ASIDE_BYTES &&
           g_ascii_islower(block->text[end]) &&
           text_asks(block->text + end, block->bytes - end);
}

/* Does a sentence begin at byte AT? */
static bool begins_anew(const struct block *block, size_t at)
{
    while (at > 0 && block->text[at - 1] == ' ')
        at--;
    return at == 0 || strchr(".!?:)\n", block->text[at - 1]) != NULL ||
           (unsigned char)block->text[at - 1] >= 0x80;
}

/* Is [START, END) one of several lines? */
static bool is_line(const struct block *block, size_t start, size_t end)
{
    return (start == 0 || block->text[start - 1] == '\n') &&
           (end == block->bytes || block->text[end] == '\n') && end - start < block->bytes;
}

/* Bold stretches that ask, wherever a sentence begins, and bold lines; italic ones at
 * the start. */
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
        if (end - start >= 8 && (text_asks(block->text + start, end - start) ||
                                 (mark == MARK_STRONG && is_line(block, start, end))) &&
            begins_anew(block, start) && !sentence_goes_on(block, end)) {
            cut(cuts, start);
            if (end < block->bytes)
                cut(cuts, end);
        }
    }
}

/* ---- Replies with a label ---------------------------------------------------------- */

struct reply_cuts { const struct habits *habits; struct cuts *cuts; };

static void cut_reply(void *context, const char *label, size_t line, size_t at)
{
    struct reply_cuts *to = context;

    if (habits_count(to->habits->replies, label) + habits_count(to->habits->labels, label) < 2)
        return;
    cut(to->cuts, line);
    cut(to->cuts, at);
}

/* "Why? A: Because", when the label comes again, or begins lines elsewhere. */
static void cut_replies(struct arena *arena, const struct block *block,
                        const struct habits *habits, struct cuts *cuts)
{
    struct reply_cuts to = { habits, cuts };

    if (g_hash_table_size(habits->replies) > 0)
        habits_replies(arena, block, cut_reply, &to);
}

/* Cuts what begins in the article's manner; false when the block does not. */
static bool cut_lead(struct arena *arena, const struct block *block, const struct habits *habits,
                     struct cuts *cuts)
{
    size_t end = 0;

    if ((habits->marked & MARK_STRONG) != 0)
        end = lead_marked(block, MARK_STRONG);
    if (end == 0 && (habits->marked & MARK_EMPHASIS) != 0)
        end = lead_marked(block, MARK_EMPHASIS);
    if (end == 0 && habits->numbered && block->kind == BLOCK_ITEM && block->ordered)
        end = habits->numbered_lines ? block_line_end(block, 0) % block->bytes
                                     : lead_numbered(arena, block);
    if (end == 0 && habits->sentences)
        end = lead_asking(arena, block, true);
    if (end > 0)
        cut(cuts, end);
    return end > 0;
}

/* ---- Cutting ------------------------------------------------------------------- */

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

        if (from > 0 && habits_colon(block, from))
            from++;
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

static void cut_asking(struct arena *arena, const struct block *block,
                       const struct habits *habits, struct cuts *cuts)
{
    cut_marked(block, cuts);
    if (cuts->count == 0 && !cut_lead(arena, block, habits, cuts))
        cut_lines(arena, block, habits, cuts);
}

/* The blocks again, those cut that hold a question and its answer. */
static void cut_blocks(struct article *article)
{
    struct cuts *cuts = arena_alloc(article->arena, sizeof *cuts);
    struct habits habits = habits_see(article->arena, article);
    struct block *old = article->blocks.item;
    size_t count = article->blocks.count;

    article->blocks.item = NULL;
    article->blocks.count = article->blocks.cap = 0;
    for (size_t i = 0; i < count; i++) {
        cuts->count = 0;
        if (i == 0 && habits_may_cut(&old[0]))
            cut_title(&old[0], cuts);
        if (cuts->count == 0 && habits_may_cut(&old[i])) {
            cut_replies(article->arena, &old[i], &habits, cuts);
            if (cuts->count == 0 && !is_explained(&old[i], &habits))
                cut_asking(article->arena, &old[i], &habits, cuts);
        }
        if (cuts->count > 0)
            split(article, &old[i], cuts);
        else
            *VEC_PUSH(&article->blocks) = old[i];
    }
    free(old);
    habits_free(&habits);
}

/* ---- Folding -------------------------------------------------------------------- */

/* The words of the language at hand that another list takes for "I", and what they are
 * folded as instead, in that LANGUAGE or in all others: Dutch says "je" for "you", where
 * French says it for "I"; "i" is "I" in English alone. */
static const struct { const char *word, *instead, *language; bool there; } pronouns[] = {
    { " je ", " jij ", "nl", true }, { " i ", " ii ", "en", false },
};

/* The language of an article's first words; NULL when too few of them are small ones of
 * any that is known. */
static const char *hear(const struct article *article)
{
    size_t votes[WORDS_LANGUAGES] = {0}, words = 0, best;

    for (size_t i = 0; i < article->blocks.count && words < VOTING_WORDS; i++) {
        const struct block *block = &article->blocks.item[i];

        if (block->furniture)
            continue;
        words_vote(block->fold, votes);
        words += block->words;
    }
    best = words_voted(votes);
    return votes[best] > 0 && votes[best] * FEW_SMALL_WORDS >= words ? words_languages[best]
                                                                     : NULL;
}

static bool speaks(const struct article *article, const char *language)
{
    return article->spoken != NULL && strcmp(article->spoken, language) == 0;
}

/* FOLD with INSTEAD for each WORD. */
static char *replace(struct arena *arena, const char *fold, const char *word, const char *instead)
{
    size_t length = strlen(word);
    struct buf out = {0};
    char *made;

    while (*fold != '\0')
        if (strncmp(fold, word, length) == 0) {
            buf_append(&out, instead, strlen(instead) - 1);
            fold += length - 1;
        } else {
            buf_putc(&out, *fold++);
        }
    made = arena_strdup(arena, buf_text(&out));
    buf_free(&out);
    return made;
}

static void tell_pronouns(struct article *article)
{
    for (size_t i = 0; i < article->blocks.count; i++)
        for (size_t j = 0; j < sizeof pronouns / sizeof *pronouns; j++) {
            struct block *block = &article->blocks.item[i];

            if (speaks(article, pronouns[j].language) == pronouns[j].there &&
                strstr(block->fold, pronouns[j].word) != NULL)
                block->fold = replace(article->arena, block->fold, pronouns[j].word,
                                      pronouns[j].instead);
        }
}

static void fold_blocks(struct article *article)
{
    for (size_t i = 0; i < article->blocks.count; i++) {
        struct block *block = &article->blocks.item[i];

        block->fold = words_fold(article->arena, block->text, block->bytes);
        block->words = fold_words(block->fold);
        block->alone = block->kind == BLOCK_ITEM && block->ordered &&
                       i + 1 < article->blocks.count && block[1].kind != BLOCK_ITEM;
    }
    article->spoken = hear(article);
    tell_pronouns(article);
}

void find_prepare(struct article *article)
{
    for (size_t i = 0; i < article->blocks.count; i++)
        block_even_marks(&article->blocks.item[i]);
    leads_find(article);
    lists_find(article);
    cut_blocks(article);
    fold_blocks(article);
}
