/* Seeing the habits of an article: of each manner, how many paragraphs have it and
 * how many of these ask. */
#include "import/habits.h"
#include "import/asking.h"
#include "import/label.h"
#include "base/utf8.h"

#include <string.h>

enum { SENTENCE_WORDS = 30, REPLY_BYTES = 24 };

/* ---- How a block begins ------------------------------------------------------------ */

bool habits_may_cut(const struct block *block)
{
    return (block->kind == BLOCK_PARAGRAPH || block->kind == BLOCK_ITEM) && !block->furniture &&
           !block->caption;
}

size_t lead_marked(const struct block *block, unsigned mark)
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

bool habits_colon(const struct block *block, size_t at)
{
    return block->text[at] == ':' && block->text[at - 1] == '?' && block->text[at + 1] == ' ';
}

bool habits_demand(struct arena *arena, const struct block *block, size_t i)
{
    const char *fold;

    if (block->text[i] != ':' || block->text[i + 1] != ' ' || memchr(block->text, '?', i) != NULL ||
        memchr(block->text, '\n', i) != NULL)
        return false;
    fold = words_fold(arena, block->text, i);
    return fold_words(fold) >= 3 && fold_words(fold) <= LEAD_WORDS &&
           (words_begin(WORDS_ASKING, fold) || words_have(WORDS_YOU, fold));
}

size_t lead_asking(struct arena *arena, const struct block *block, bool habit)
{
    size_t end = 0;
    bool stated = false;
    const char *fold;

    for (size_t i = 0; i + 2 < block->bytes && i < LONG_LINE && !stated; i++) {
        bool stops = strchr(".!?", block->text[i]) != NULL &&
                     (block->text[i + 1] == ' ' || habits_colon(block, i + 1) ||
                      (habit && block->text[i + 1] == '\n')) &&
                     block->text[i + 2] != '?';

        if (habit && end == 0 && habits_demand(arena, block, i))
            return i + 1;
        if (stops && (block->text[i] == '?' ||
                      (habit && end == 0 && words_begin(WORDS_ASKING, words_fold(arena,
                                                                     block->text, i + 1)))))
            end = i + 1;
        stated = stops && block->text[i] != '?';
    }
    if (end == 0 || (g_ascii_islower(block->text[end + 1]) && !habits_colon(block, end)) ||
        (!stated && block_asks(block) &&
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

size_t lead_numbered(struct arena *arena, const struct block *block)
{
    size_t end = lead_asking(arena, block, true);

    if (end > 0 || block_asks(block))
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

void habits_replies(struct arena *arena, const struct block *block, see_reply *see,
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

size_t habits_count(GHashTable *counts, const char *label)
{
    return GPOINTER_TO_SIZE(g_hash_table_lookup(counts, label));
}

static void count_label(GHashTable *counts, const char *label)
{
    g_hash_table_insert(counts, (gpointer)(uintptr_t)label,
                        GSIZE_TO_POINTER(habits_count(counts, label) + 1));
}

static void count_reply(void *context, const char *label, size_t line, size_t at)
{
    (void)line;
    (void)at;
    count_label(context, label);
}

/* ---- Seeing ------------------------------------------------------------------------ */

struct leads { size_t all, asking; };

static void count_marked(struct leads *leads, const struct block *block, unsigned mark)
{
    size_t end = lead_marked(block, mark);

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
            lead->asking += asks && !block_asks(block);
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
            count_label(habits->labels, label);
    }
}

/* An item with a number, of two sentences or more, that another follows: does its
 * first ask? */
static void count_numbered(struct arena *arena, const struct article *article, size_t index,
                           struct leads *numbers, size_t *lines)
{
    const struct block *block = &article->blocks.item[index];

    if (block->kind != BLOCK_ITEM || !block->ordered ||
        (index + 1 < article->blocks.count && block[1].kind != BLOCK_ITEM))
        return;
    numbers->all++;
    *lines += block_line_end(block, 0) < block->bytes;
    numbers->asking += lead_asking(arena, block, true) > 0;
}

struct habits habits_see(struct arena *arena, const struct article *article)
{
    struct leads strong = {0}, slanted = {0}, lead = {0}, lines = {0}, sentences = {0};
    struct habits habits = { .labels = g_hash_table_new(g_str_hash, g_str_equal),
                             .replies = g_hash_table_new(g_str_hash, g_str_equal) };
    struct leads numbers = {0};
    size_t whole = 0, alone = 0, bare = 0, bold = 0, light = 0,
           numbered_lines = 0;

    for (size_t i = 0; i < article->blocks.count; i++) {
        const struct block *block = &article->blocks.item[i];

        whole += !block->furniture && block_asks(block);
        if (!habits_may_cut(block) || block->bytes == 0)
            continue;
        if (block_line_end(block, 0) == block->bytes && block_asks(block)) {
            alone++;
            bare += label_of_line(arena, block, 0, block->bytes) == NULL;
            bold += (block_marks(block, 0, block->bytes) & MARK_STRONG) != 0;
        }
        light += (block_marks(block, 0, block->bytes) & MARK_STRONG) == 0;
        count_marked(&strong, block, MARK_STRONG);
        count_marked(&slanted, block, MARK_EMPHASIS);
        count_lines(&lead, &lines, block);
        count_labels(arena, &habits, block);
        habits_replies(arena, block, count_reply, habits.replies);
        count_numbered(arena, article, i, &numbers, &numbered_lines);
        sentences.all++;
        sentences.asking += lead_asking(arena, block, false) > 0;
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
    habits.numbered_lines = habits.numbered && numbered_lines * 10 >= numbers.all * 9;
    habits.sentences = habits.marked == 0 && sentences.asking >= 3 &&
                       sentences.asking >= whole * 2 &&
                       sentences.asking * 6 >= sentences.all;
    return habits;
}

void habits_free(struct habits *habits)
{
    g_hash_table_destroy(habits->labels);
    g_hash_table_destroy(habits->replies);
}
