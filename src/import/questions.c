/* Which blocks are questions. Two steps: first the look that questions have in
 * this article is seen (a heading level, bold, italics, items, a speaker's
 * label), or that they have none; then the most likely sequence of opening,
 * questions and answers is chosen (Viterbi 1967, over three states), each block
 * weighed by its look, its punctuation and words, and whether other articles of
 * the series say the same. The weights are log-odds, roughly: 1 is a hint, 3
 * strong, 5 nearly proof. */
#include "import/find.h"
#include "import/speakers.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LOOKS = 160, PLAIN = 0, BOLD = 1, ITALIC = 2, CAPITALS = 4, ITEM = 8, QUOTE = 16,
       NUMBERED = 32, HEADING = 64 };
enum { HOPELESS = 900 };       /* bytes: no question is so long */

struct weights { double *ask; size_t count; };

static struct block *block_at(const struct found *found, size_t index)
{
    return &found->article->blocks.item[index];
}

/* ---- Words and punctuation ---------------------------------------------------- */

static bool is_inverted(const char *text)
{
    static const char *const tails[] = { "-tu", "-vous", "-t-il", "-t-elle", "-t-on", "-on",
                                         "-il", "-elle", "-ils", "-ce", NULL };

    for (const char *at = text; (at = strchr(at, '-')) != NULL; at++)
        for (const char *const *tail = tails; *tail != NULL; tail++) {
            size_t length = strlen(*tail);

            if (strncmp(at, *tail, length) == 0 && !isalnum((unsigned char)at[length]) &&
                at[length] != '-' && (unsigned char)at[length] < 0x80)
                return true;
        }
    return false;
}

/* Sentences that state something. */
static int statements(const char *text)
{
    int count = 0;

    for (const char *at = text; *at != '\0'; at++)
        if ((*at == '.' || *at == '!') && (at[1] == ' ' || at[1] == '\0') && at > text &&
            at[-1] != '.' && at[-1] != '?' && at[-1] != '!')
            count++;
    return count;
}

/* Neither a full stop nor any other sign that ends or joins a sentence. */
static bool is_open_ended(const struct block *block)
{
    return block->bytes > 0 && strchr(".!:;,?\"')", block->text[block->bytes - 1]) == NULL &&
           block->words >= 3 && block->words <= 15 &&
           strchr(block->text, '\n') == NULL;
}

static double weigh_length(const struct block *block)
{
    double weight = 0;

    if (block->bytes > 200)
        weight -= 1;
    if (block->bytes > 300)
        weight -= 2;
    if (block->bytes > 500)
        weight -= 3;
    if (block->words <= 2)
        weight -= 1;
    return weight;
}

static double weigh_anew(const struct block *block)
{
    bool asks = text_asks(block->text, block->bytes);
    bool mark = strchr(block->text, '?') != NULL;
    bool demand = words_begin(WORDS_ASKING, block->fold);
    double weight = -2 + weigh_length(block);
    bool you;

    if (block->bytes > HOPELESS)
        return weight - 3;
    you = words_have(WORDS_YOU, block->fold);
    if (asks)
        weight += 3;
    else if (mark && block->bytes <= 200)
        weight += 1.2;
    if (words_begin(WORDS_QUESTION, block->fold))
        weight += mark ? 1 : 0.5;
    if (!asks && is_inverted(block->text))
        weight += 1.5;
    if (!mark && is_open_ended(block))
        weight += words_begin(WORDS_QUESTION, block->fold) ? 2 : 0.5;
    if (demand)
        weight += you || block->bytes < 90 ? 2 : 1;
    if (you)
        weight += 1;
    if (!demand && words_have(WORDS_I, block->fold))
        weight -= asks && you ? 0.75 : 1.5;
    weight -= fmin(asks && you ? 1 : 3,
                   fmax(0, statements(block->text) - (asks || demand ? 1 : 0)));
    if (block->bytes > 0 && block->text[block->bytes - 1] == ':')
        weight -= 2;
    if (islower((unsigned char)block->text[0]))
        weight -= 1;
    return weight;
}

/* Does the text alone ask, whatever it looks like? */
static double weigh_text(struct block *block)
{
    if (!block->weighed)
        block->ask = weigh_anew(block);
    block->weighed = true;
    return block->ask;
}

static double weigh_series(const struct found *found, const struct block *block)
{
    if (block->bytes > 400 || found->series == NULL)
        return 0;
    if (series_count(found->series, block) >= 2)
        return 3;
    return series_beginnings(found->series, block) >= 2 ? 1.5 : 0;
}

/* ---- Looks ------------------------------------------------------------------------ */

/* The look of a block as a small number. An item that only holds marked text
 * looks like one. */
static int look_of(const struct block *block)
{
    unsigned marks = block_marks(block, 0, block->bytes);
    int look = PLAIN;

    if (block->kind == BLOCK_HEADING)
        return HEADING + block->level;
    if (block->kind != BLOCK_PARAGRAPH && block->kind != BLOCK_ITEM)
        return -1;
    look |= (marks & MARK_STRONG) != 0 ? BOLD : 0;
    look |= (marks & MARK_EMPHASIS) != 0 ? ITALIC : 0;
    look |= text_is_capitals(block->text, block->bytes) ? CAPITALS : 0;
    look |= block->kind != BLOCK_ITEM ? 0 : block->alone ? NUMBERED : ITEM;
    look |= block->quote > 0 ? QUOTE : 0;
    return look;
}

static bool is_open(const struct found *found, size_t index)
{
    const struct block *block = block_at(found, index);

    return block->fate == FATE_NONE && block->kind != BLOCK_RULE;
}

struct looks { size_t all[LOOKS], asking[LOOKS], repeated[LOOKS]; bool accepted[LOOKS]; bool any; };

static void count_looks(const struct found *found, struct looks *looks)
{
    for (size_t i = 0; i < found->last; i++) {
        struct block *block = block_at(found, i);
        int look = look_of(block);

        if (!is_open(found, i) || look < 0 || block->bytes == 0)
            continue;
        looks->all[look]++;
        looks->asking[look] += text_asks(block->text, block->bytes) || weigh_text(block) > 0.5;
        looks->repeated[look] += weigh_series(found, block) >= 3;
    }
}

/* A look that is not plain is the questions' when at least half of those that
 * have it ask; plain items need more. */
static void accept_looks(struct looks *looks)
{
    for (int look = 1; look < LOOKS; look++) {
        size_t asking = looks->asking[look], all = looks->all[look];
        bool weak = look == ITEM || look == QUOTE || look == (ITEM | QUOTE);

        if (all == 0 || asking * 2 < all || (weak && (asking < 3 || asking * 10 < all * 9)))
            continue;
        looks->accepted[look] = asking >= 2 || (asking == 1 && all == 1);
        looks->any = looks->any || looks->accepted[look];
    }
}

/* Headings that do not ask, but are all there is or the same everywhere: the
 * highest level of which there are two. */
static void accept_headings(const struct found *found, struct looks *looks)
{
    bool plain = looks->asking[PLAIN] >= 3 &&
                 looks->asking[PLAIN] * 4 >= looks->all[PLAIN];

    for (int level = 1; level <= 6; level++) {
        int look = HEADING + level;
        bool same = series_articles(found->series) >= 2 &&
                    looks->repeated[look] * 2 >= looks->all[look];

        if (looks->accepted[look])
            return;
        if (looks->all[look] >= 2 && (!looks->any || same) && (!plain || same)) {
            looks->accepted[look] = looks->any = true;
            return;
        }
    }
}

static const struct block *neighbour(const struct found *found, size_t index, int step)
{
    for (size_t i = index + (size_t)step; i < found->last; i += (size_t)step)
        if (is_open(found, i))
            return block_at(found, i);
    return NULL;
}

static bool ends_sentence(const struct block *block)
{
    return block != NULL && block->kind == BLOCK_PARAGRAPH && block->bytes > 0 &&
           (strchr(".!?)", block->text[block->bytes - 1]) != NULL ||
            (unsigned char)block->text[block->bytes - 1] >= 0x80);
}

/* A short line without a full stop between sentences, where questions are plain:
 * "A normal day". */
static bool is_topic(const struct found *found, const struct looks *looks, size_t index)
{
    const struct block *block = block_at(found, index);

    return looks->asking[PLAIN] >= 3 && block->words >= 2 && block->words <= 6 &&
           strchr(".!:;,?", block->text[block->bytes - 1]) == NULL &&
           strchr(block->text, '\n') == NULL && !islower((unsigned char)block->text[0]) &&
           block->text[0] != '@' && ends_sentence(neighbour(found, index, -1)) &&
           ends_sentence(neighbour(found, index, 1)) &&
           !text_asks(neighbour(found, index, 1)->text, neighbour(found, index, 1)->bytes);
}

static double weigh(const struct found *found, const struct looks *looks, size_t index)
{
    struct block *block = block_at(found, index);
    int look = look_of(block);
    double text;

    if (look < 0 || block->bytes == 0 || block->caption)
        return -12;
    text = weigh_text(block) + weigh_series(found, block);
    if (looks->accepted[look])
        return 5 + fmax(-2, fmin(2, text));
    if (looks->any)
        return -5 + fmin(text, 6) + (look >= HEADING ? 1 : 0);
    if (look >= HEADING)
        return text + 3;
    if ((look & ITEM) != 0 || (look & QUOTE) != 0)
        return text - 3;
    if ((look & BOLD) != 0)
        return text + 1.5;
    return look == PLAIN && is_topic(found, looks, index) ? text + 2.2 : text;
}

/* ---- The sequence ------------------------------------------------------------------- */

enum state { OPENING, QUESTION, ANSWER, STATES };

static const double passage[STATES][STATES] = {
    [OPENING] = { 0, 0, -INFINITY },
    [QUESTION] = { -INFINITY, -3, 0 },
    [ANSWER] = { -INFINITY, 0, 0 },
};

struct step { double best[STATES]; unsigned char from[STATES]; };

static void forward(const struct weights *weights, struct step *step)
{
    for (size_t i = 0; i < weights->count; i++) {
        for (int to = 0; to < STATES; to++) {
            step[i].best[to] = -INFINITY;
            if (i == 0) {
                step[i].best[to] = to == ANSWER ? -INFINITY : 0;
            } else {
                for (unsigned char from = 0; from < STATES; from++) {
                    double reach = step[i - 1].best[from] + passage[from][to];

                    if (reach > step[i].best[to]) {
                        step[i].best[to] = reach;
                        step[i].from[to] = from;
                    }
                }
            }
            if (to == QUESTION)
                step[i].best[to] += weights->ask[i];
        }
    }
}

/* The best last state; an article that ends in a question pays for it. */
static int last_state(const struct step *step)
{
    int best = OPENING;

    if (step->best[ANSWER] > step->best[best])
        best = ANSWER;
    if (step->best[QUESTION] - 2 > step->best[best])
        best = QUESTION;
    return best;
}

static void trace(struct arena *arena, const struct weights *weights, enum state *state)
{
    struct step *step = ARENA_ARRAY(arena, weights->count, struct step);
    int now;

    forward(weights, step);
    now = last_state(&step[weights->count - 1]);
    for (size_t i = weights->count; i-- > 0;) {
        state[i] = (enum state)now;
        now = step[i].from[now];
    }
}

/* ---- Into fates ------------------------------------------------------------------------ */

static void judge(struct found *found, const struct block *block, double ask, bool question,
                  double *sum)
{
    double margin = question ? ask : -ask;

    if (question)
        *sum += 1 / (1 + exp(-margin - 1));
    if (question && ask < 1)
        found_doubt(found, block->at, "perhaps no question: “%.60s”", block->text);
    else if (!question && ask > 0.5)
        found_doubt(found, block->at, "perhaps a question: “%.60s”", block->text);
}

/* A question set in two blocks: a statement in the questions' look, then the
 * question. */
static bool goes_on(const struct found *found, size_t before, size_t index)
{
    struct block *first = block_at(found, before), *second = block_at(found, index);

    return first->kind == BLOCK_PARAGRAPH && second->kind == BLOCK_PARAGRAPH &&
           look_of(first) == look_of(second) && look_of(first) != PLAIN &&
           !text_asks(first->text, first->bytes) && text_asks(second->text, second->bytes) &&
           weigh_text(first) < 0;
}

static void apply(struct found *found, const size_t *index, const struct weights *weights,
                  const enum state *state)
{
    double sum = 0;
    bool started = false;

    for (size_t i = 0; i < weights->count; i++) {
        struct block *block = block_at(found, index[i]);

        judge(found, block, weights->ask[i], state[i] == QUESTION, &sum);
        if (state[i] == OPENING)
            continue;
        if (!started)
            found->first = index[i];
        started = true;
        block->fate = state[i] == QUESTION ? FATE_QUESTION : FATE_ANSWER;
        if (state[i] != QUESTION)
            continue;
        found->questions++;
        if (i > 0 && state[i - 1] == QUESTION && goes_on(found, index[i - 1], index[i])) {
            block->goes_on = true;
            found->questions--;
        }
    }
    found->sureness = found->questions > 0 ? fmin(1, sum / (double)found->questions) : 0;
}

static void decide(struct found *found, const struct looks *looks)
{
    size_t *index = ARENA_ARRAY(found->arena, found->last, size_t);
    struct weights weights = { .ask = ARENA_ARRAY(found->arena, found->last, double) };
    enum state *state = ARENA_ARRAY(found->arena, found->last, enum state);

    for (size_t i = 0; i < found->last; i++) {
        if (!is_open(found, i))
            continue;
        index[weights.count] = i;
        weights.ask[weights.count++] = weigh(found, looks, i);
    }
    if (weights.count == 0)
        return;
    trace(found->arena, &weights, state);
    apply(found, index, &weights, state);
}

void find_questions(struct found *found)
{
    struct looks looks = {0};

    found->first = found->last;
    if (speakers_find(found))
        return;
    count_looks(found, &looks);
    accept_looks(&looks);
    accept_headings(found, &looks);
    decide(found, &looks);
    speakers_strip(found);
}
