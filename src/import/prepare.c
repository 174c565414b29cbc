/* Before learning and finding: blocks are cut where a question and its answer
 * share one (a bold sentence that asks, a first line that asks, a heading over
 * contacts above its lines), and folded. Where most paragraphs of an article
 * begin in the same manner with a question, those are cut too whose beginning
 * has the manner but no question mark. The cuts lose nothing but the line break
 * they are made at. */
#include "import/find.h"
#include "import/label.h"
#include "import/leads.h"
#include "import/lists.h"
#include "base/utf8.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_CUTS = 512, LONG_LINE = 300, HEADING_WORDS = 10, TITLE_BYTES = 80,
       LEAD_WORDS = 15, TOPIC_WORDS = 6, ASIDE_BYTES = 120, SENTENCE_WORDS = 30, REPLY_BYTES = 24 };

struct cuts { size_t at[MOST_CUTS]; size_t count; };

/* How the paragraphs of an article begin with their questions. */
struct habits {
    unsigned marked;        /* the marks that questions at the start have */
    bool bold;              /* questions alone are all bold, and nothing else */
    bool lead_lines;        /* the first line of several asks */
    bool lines;             /* lines that ask stand between lines that answer */
    bool whole;             /* paragraphs of one line ask, several of them */
    bool bare;              /* and most of them have no speaker's label */
    bool sentences;         /* the first sentence asks, the next answer */
    bool numbered;          /* items with numbers hold a question and its answer */
    GHashTable *replies;    /* labels right behind a question to how many they follow */
    GHashTable *labels;     /* speakers' labels to how many lines they begin */
};

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

bool text_asks(const char *text, size_t bytes)
{
    const char *end = before_aside(text, text + bytes);

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
    size_t upper = 0;

    for (size_t i = 0; i < bytes; i++) {
        if (g_ascii_islower(text[i]))
            return false;
        upper += g_ascii_isupper(text[i]);
    }
    return upper >= 8;
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
           !g_ascii_islower(block->text[to + 1]) &&
           (words_begin(WORDS_QUESTION, fold) || words_begin(WORDS_ASKING, fold));
}

/* Does the line begin with a speaker's label, in bold or come before? */
static bool is_label_line(struct arena *arena, const struct block *block,
                          const struct habits *habits, size_t from, size_t to)
{
    const char *colon = memchr(block->text + from, ':', to - from), *label;

    label = colon == NULL ? NULL : label_of_line(arena, block, from, to);
    if (label != NULL && GPOINTER_TO_SIZE(g_hash_table_lookup(habits->labels, label)) >= 2)
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
        if (end - start >= 8 && text_asks(block->text + start, end - start) &&
            !sentence_goes_on(block, end)) {
            cut(cuts, start);
            if (end < block->bytes)
                cut(cuts, end);
        }
    }
}

/* ---- Habits -------------------------------------------------------------------- */

static bool may_be_cut(const struct block *block)
{
    return (block->kind == BLOCK_PARAGRAPH || block->kind == BLOCK_ITEM) && !block->furniture &&
           !block->caption;
}

/* The end of the MARKed stretch that a block begins with and goes on behind; 0
 * when there is none, or it is a label. */
static size_t marked_lead(const struct block *block, unsigned mark)
{
    size_t end = block_marked_prefix(block, mark);

    if (end < 8 || end >= block->bytes || block->text[end] == ':' ||
        strchr(" ,;:", block->text[end - 1]) != NULL)
        return 0;
    return end;
}

/* Is what stands behind END said by the one who answers, though it asks? */
static bool speaks_of_oneself(struct arena *arena, const struct block *block, size_t end)
{
    const char *fold = words_fold(arena, block->text + end, block->bytes - end);

    return words_have(WORDS_I, fold) && !words_have(WORDS_YOU, fold);
}

/* The colon of "Why?: Because". */
static bool is_colon(const struct block *block, size_t at)
{
    return block->text[at] == ':' && block->text[at - 1] == '?' && block->text[at + 1] == ' ';
}

/* Does a colon end a demand at I, "Your desk in a word: chaos"? */
static bool demands(struct arena *arena, const struct block *block, size_t i)
{
    const char *fold;

    if (block->text[i] != ':' || block->text[i + 1] != ' ' || memchr(block->text, '?', i) != NULL ||
        memchr(block->text, '\n', i) != NULL)
        return false;
    fold = words_fold(arena, block->text, i);
    return fold_words(fold) >= 3 && fold_words(fold) <= LEAD_WORDS &&
           (words_begin(WORDS_ASKING, fold) || words_have(WORDS_YOU, fold));
}

/* Bytes of the question that the first sentences of a block ask before others
 * answer; 0 when they do not. Where it is the HABIT, any words may ask, and a
 * demand without a question mark. */
static size_t asking_lead(struct arena *arena, const struct block *block, bool habit)
{
    size_t end = 0;
    bool stated = false;
    const char *fold;

    for (size_t i = 0; i + 2 < block->bytes && i < LONG_LINE && !stated; i++) {
        bool stops = strchr(".!?", block->text[i]) != NULL &&
                     (block->text[i + 1] == ' ' || is_colon(block, i + 1) ||
                      (habit && block->text[i + 1] == '\n')) &&
                     block->text[i + 2] != '?';

        if (habit && end == 0 && demands(arena, block, i))
            return i + 1;
        if (stops && (block->text[i] == '?' ||
                      (habit && end == 0 && words_begin(WORDS_ASKING, words_fold(arena,
                                                                     block->text, i + 1)))))
            end = i + 1;
        stated = stops && block->text[i] != '?';
    }
    if (end == 0 || (g_ascii_islower(block->text[end + 1]) && !is_colon(block, end)) ||
        (!stated && text_asks(block->text, block->bytes) &&
         !(habit && speaks_of_oneself(arena, block, end))))
        return 0;
    fold = words_fold(arena, block->text, end);
    if (words_have(WORDS_I, fold) && !words_have(WORDS_YOU, fold) &&
        !words_begin(WORDS_ASKING, fold))
        return 0;
    return habit || (fold_words(fold) >= 3 && (words_begin(WORDS_QUESTION, fold) ||
                                               words_have(WORDS_YOU, fold))) ? end : 0;
}

/* The end of the first sentence of a block that goes on behind it, five words or
 * so; 0 when there is none such. A colon ends few words. */
static size_t first_sentence(struct arena *arena, const struct block *block)
{
    for (size_t i = 1; i + 2 < block->bytes && i < LONG_LINE; i++) {
        bool dots = i >= 3 && memcmp(block->text + i - 2, "\xE2\x80\xA6", 3) == 0;
        const char *next = block->text + i + 2;
        size_t words;

        if ((!dots && strchr(".!?:", block->text[i]) == NULL) ||
            strchr(" \n", block->text[i + 1]) == NULL ||
            (block->text[i] != ':' &&
             g_unichar_islower(utf8_next(&next, block->text + block->bytes))))
            continue;
        words = fold_words(words_fold(arena, block->text, i + 1));
        if (words > (block->text[i] == ':' ? (size_t)TOPIC_WORDS : (size_t)SENTENCE_WORDS))
            return 0;
        if (words >= 2 && (i < 2 || block->text[i - 2] != '.'))
            return i + 1;
    }
    return 0;
}

/* The question of a numbered item where such items hold answers, too. */
static size_t numbered_lead(struct arena *arena, const struct block *block)
{
    size_t end = asking_lead(arena, block, true);

    if (end > 0 || text_asks(block->text, block->bytes))
        return end;
    return first_sentence(arena, block);
}

/* ---- Replies with a label ---------------------------------------------------------- */

/* The label that begins at byte AT of a line that ends at TO, behind a question, or
 * when it is a word for an answer behind any sentence; NULL when there is none. */
static const char *reply_label(struct arena *arena, const struct block *block, size_t at,
                               size_t to)
{
    size_t before = at;
    const char *label;

    while (before > 0 && block->text[before - 1] == ' ')
        before--;
    if (before == 0 || before == at || strchr(".!?)", block->text[before - 1]) == NULL ||
        memchr(block->text + at, ':', to - at < REPLY_BYTES ? to - at : REPLY_BYTES) == NULL)
        return NULL;
    label = label_of_line(arena, block, at, to);
    if (label == NULL || fold_words(label) > 2)
        return NULL;
    return words_are(WORDS_ANSWERS, label) || block->text[before - 1] == '?' ? label : NULL;
}

/* Calls SEE for the first labelled reply within each line. */
typedef void see_reply(void *context, const char *label, size_t line, size_t at);

static void each_reply(struct arena *arena, const struct block *block, see_reply *see,
                       void *context)
{
    for (size_t from = 0, to; from < block->bytes; from = to + 1) {
        to = block_line_end(block, from);
        if (to - from < 4 || memchr(block->text + from, ':', to - from) == NULL)
            continue;
        for (size_t i = from + 2; i < to; i++) {
            const char *label = block->text[i - 1] != ' ' ? NULL
                              : reply_label(arena, block, i, to);

            if (label == NULL)
                continue;
            see(context, label, from, i);
            break;
        }
    }
}

static void count_reply(void *context, const char *label, size_t line, size_t at)
{
    GHashTable *replies = context;
    size_t count = GPOINTER_TO_SIZE(g_hash_table_lookup(replies, label)) + 1;

    (void)line;
    (void)at;
    g_hash_table_insert(replies, (gpointer)(uintptr_t)label, GSIZE_TO_POINTER(count));
}

struct reply_cuts { const struct habits *habits; struct cuts *cuts; };

static size_t count_of(GHashTable *counts, const char *label)
{
    return GPOINTER_TO_SIZE(g_hash_table_lookup(counts, label));
}

static void cut_reply(void *context, const char *label, size_t line, size_t at)
{
    struct reply_cuts *to = context;

    if (count_of(to->habits->replies, label) + count_of(to->habits->labels, label) < 2)
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
        each_reply(arena, block, cut_reply, &to);
}

/* ---- Seeing habits ----------------------------------------------------------------- */

struct leads { size_t all, asking; };

static void count_marked(struct leads *leads, const struct block *block, unsigned mark)
{
    size_t end = marked_lead(block, mark);

    leads->all += end > 0;
    leads->asking += end > 0 && text_asks(block->text, end);
}

/* Lines that ask before one that does not; LEAD: the first of several. */
static void count_lines(struct leads *lead, struct leads *lines, const struct block *block)
{
    bool asked = false;

    for (size_t from = 0, to; from < block->bytes; from = to + 1) {
        bool asks;

        to = block_line_end(block, from);
        asks = to - from <= LONG_LINE && text_asks(block->text + from, to - from);
        if (from == 0 && to < block->bytes) {
            lead->all++;
            lead->asking += asks && !text_asks(block->text, block->bytes);
        }
        lines->all += asks;
        lines->asking += asked && !asks;
        asked = asks;
    }
}

/* Labels of lines; in blocks of one line they tell as much. */
static void count_labels(struct arena *arena, const struct habits *habits,
                         const struct block *block)
{
    for (size_t from = 0, to; from < block->bytes; from = to + 1) {
        const char *label;

        to = block_line_end(block, from);
        label = label_of_line(arena, block, from, to);
        if (label != NULL)
            g_hash_table_insert(habits->labels, (gpointer)(uintptr_t)label,
                GSIZE_TO_POINTER(GPOINTER_TO_SIZE(g_hash_table_lookup(habits->labels, label)) + 1));
    }
}

/* An item with a number, of two sentences or more, that another follows: does its
 * first ask? */
static void count_numbered(struct arena *arena, const struct article *article, size_t index,
                           struct leads *numbers)
{
    const struct block *block = &article->blocks.item[index];

    if (block->kind != BLOCK_ITEM || !block->ordered ||
        (index + 1 < article->blocks.count && block[1].kind != BLOCK_ITEM))
        return;
    numbers->all++;
    numbers->asking += asking_lead(arena, block, true) > 0;
}

static struct habits see_habits(struct arena *arena, const struct article *article)
{
    struct leads strong = {0}, slanted = {0}, lead = {0}, lines = {0}, sentences = {0};
    struct habits habits = { .labels = g_hash_table_new(g_str_hash, g_str_equal),
                             .replies = g_hash_table_new(g_str_hash, g_str_equal) };
    struct leads numbers = {0};
    size_t whole = 0, alone = 0, bare = 0, bold = 0, light = 0;

    for (size_t i = 0; i < article->blocks.count; i++) {
        const struct block *block = &article->blocks.item[i];

        whole += !block->furniture && text_asks(block->text, block->bytes);
        if (!may_be_cut(block) || block->bytes == 0)
            continue;
        if (block_line_end(block, 0) == block->bytes && text_asks(block->text, block->bytes)) {
            alone++;
            bare += label_of_line(arena, block, 0, block->bytes) == NULL;
            bold += (block_marks(block, 0, block->bytes) & MARK_STRONG) != 0;
        }
        light += (block_marks(block, 0, block->bytes) & MARK_STRONG) == 0;
        count_marked(&strong, block, MARK_STRONG);
        count_marked(&slanted, block, MARK_EMPHASIS);
        count_lines(&lead, &lines, block);
        count_labels(arena, &habits, block);
        each_reply(arena, block, count_reply, habits.replies);
        count_numbered(arena, article, i, &numbers);
        sentences.all++;
        sentences.asking += asking_lead(arena, block, false) > 0;
    }
    if (strong.asking >= 2 && strong.asking * 2 >= strong.all)
        habits.marked |= MARK_STRONG;
    if (slanted.asking >= 2 && slanted.asking * 2 >= slanted.all)
        habits.marked |= MARK_EMPHASIS;
    habits.lead_lines = lead.asking >= 2 && lines.asking >= 3 && lead.asking * 2 >= lead.all;
    habits.lines = lines.asking >= 3 && lines.asking * 10 >= lines.all * 6;
    habits.whole = alone >= 3;
    habits.bare = bare * 2 > alone;
    habits.bold = bold >= 2 && bold == alone && light >= bold;
    habits.numbered = numbers.asking >= 2 && numbers.all >= 3 &&
                      numbers.asking * 3 >= numbers.all;
    habits.sentences = habits.marked == 0 && sentences.asking >= 3 &&
                       sentences.asking >= whole * 2 &&
                       sentences.asking * 6 >= sentences.all;
    return habits;
}

/* Cuts what begins in the article's manner; false when the block does not. */
static bool cut_lead(struct arena *arena, const struct block *block, const struct habits *habits,
                     struct cuts *cuts)
{
    size_t end = 0;

    if ((habits->marked & MARK_STRONG) != 0)
        end = marked_lead(block, MARK_STRONG);
    if (end == 0 && (habits->marked & MARK_EMPHASIS) != 0)
        end = marked_lead(block, MARK_EMPHASIS);
    if (end == 0 && habits->numbered && block->kind == BLOCK_ITEM && block->ordered)
        end = numbered_lead(arena, block);
    if (end == 0 && habits->sentences)
        end = asking_lead(arena, block, true);
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

        if (from > 0 && is_colon(block, from))
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

void find_prepare(struct article *article)
{
    struct cuts *cuts = arena_alloc(article->arena, sizeof *cuts);
    struct habits habits;
    struct block *old;
    size_t count;

    for (size_t i = 0; i < article->blocks.count; i++)
        block_even_marks(&article->blocks.item[i]);
    leads_find(article);
    lists_find(article);
    habits = see_habits(article->arena, article);
    old = article->blocks.item;
    count = article->blocks.count;
    article->blocks.item = NULL;
    article->blocks.count = article->blocks.cap = 0;
    for (size_t i = 0; i < count; i++) {
        cuts->count = 0;
        if (i == 0 && may_be_cut(&old[0]))
            cut_title(&old[0], cuts);
        if (cuts->count == 0 && may_be_cut(&old[i])) {
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
    g_hash_table_destroy(habits.labels);
    g_hash_table_destroy(habits.replies);
    for (size_t i = 0; i < article->blocks.count; i++) {
        struct block *block = &article->blocks.item[i];

        block->fold = words_fold(article->arena, block->text, block->bytes);
        block->words = fold_words(block->fold);
        block->alone = block->kind == BLOCK_ITEM && block->ordered &&
                       i + 1 < article->blocks.count && block[1].kind != BLOCK_ITEM;
    }
}
