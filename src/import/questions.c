/* Which blocks are questions. Two steps: first the look that questions have in
 * this article is seen (a heading level, bold, italics, items, a speaker's
 * label), or that they have none; then the most likely sequence of opening,
 * questions and answers is chosen (Viterbi 1967, over three states), each block
 * weighed by its look, its punctuation and words, and whether other articles of
 * the series say the same. The weights are log-odds, roughly: 1 is a hint, 3
 * strong, 5 nearly proof. */
#include "import/asking.h"
#include "import/speakers.h"
#include "import/weigh.h"

#include <math.h>
#include <string.h>

struct weights { double *ask; bool *turn; size_t count; };

/* ---- The sequence ------------------------------------------------------------------- */

enum state { OPENING, QUESTION, ANSWER, STATES };

/* Who answered does not take the next turn of a dialogue, too; nor is a turn part
 * of what stands before the first question. */
static const double same_turn = 3;

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
                step[i].best[to] = to == ANSWER ? -INFINITY
                                 : to == OPENING && weights->turn[i] ? -same_turn : 0;
            } else {
                for (unsigned char from = 0; from < STATES; from++) {
                    double reach = step[i - 1].best[from] + passage[from][to];

                    if (weights->turn[i] && to == from && to != QUESTION)
                        reach -= same_turn;
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

static void judge(struct found *found, const struct looks *looks, size_t index, double ask,
                  bool question, double *sum)
{
    const struct block *block = block_at(found, index);
    bool remark = weigh_remark(found, looks, index) > 0;
    double margin = question ? ask : -ask;

    if (question)
        *sum += 1 / (1 + exp(-margin - 1));
    if (question && ask < 1)
        found_doubt(found, block->at, "perhaps no question: “%.60s”", block->text);
    else if (!question && ask > 0.5)
        found_doubt(found, block->at, "perhaps a question: “%.60s”", block->text);
    else if (!question && remark && ask > -2.6)
        found_doubt(found, block->at, "perhaps a remark of the one who asks: “%.60s”",
                    block->text);
}

/* A question set in two blocks: a statement in the questions' look, then the
 * question. */
static bool goes_on(const struct found *found, size_t before, size_t index)
{
    struct block *first = block_at(found, before), *second = block_at(found, index);

    return first->kind == BLOCK_PARAGRAPH && second->kind == BLOCK_PARAGRAPH &&
           look_of(first) == look_of(second) && look_of(first) != PLAIN &&
           !block_asks(first) && block_asks(second) &&
           asking_weigh(first) < 0;
}

/* The sign before a question says only that somebody else speaks. */
static void drop_dash(struct found *found, struct block *block)
{
    *block = block_slice(found->arena, block, strcspn(block->text, " "), block->bytes);
    block->fold = words_fold(found->arena, block->text, block->bytes);
}

static void apply(struct found *found, const struct looks *looks, const size_t *index,
                  const struct weights *weights, const enum state *state)
{
    double sum = 0;
    bool started = false;

    for (size_t i = 0; i < weights->count; i++) {
        struct block *block = block_at(found, index[i]);

        judge(found, looks, index[i], weights->ask[i], state[i] == QUESTION, &sum);
        if (state[i] == OPENING)
            continue;
        if (!started)
            found->first = index[i];
        started = true;
        block->fate = state[i] == QUESTION ? FATE_QUESTION : FATE_ANSWER;
        if (state[i] != QUESTION)
            continue;
        if (look_has_dash(block))
            drop_dash(found, block);
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
    struct weights weights = { .ask = ARENA_ARRAY(found->arena, found->last, double),
                               .turn = ARENA_ARRAY(found->arena, found->last, bool) };
    enum state *state = ARENA_ARRAY(found->arena, found->last, enum state);

    for (size_t i = 0; i < found->last; i++) {
        if (!looks_open(found, i))
            continue;
        index[weights.count] = i;
        weights.turn[weights.count] = block_at(found, i)->spoken;
        weights.ask[weights.count++] = weigh_question(found, looks, i);
    }
    if (weights.count == 0)
        return;
    trace(found->arena, &weights, state);
    apply(found, looks, index, &weights, state);
}

void find_questions(struct found *found)
{
    struct looks looks;

    found->first = found->last;
    if (speakers_find(found))
        return;
    looks_see(found, &looks);
    decide(found, &looks);
    if (looks.headed && found->questions == 0)
        found->foreign = "its headings are those of any text";
    speakers_strip(found);
}
