/* Which blocks are questions. Two steps: first the look that questions have in
 * this article is seen (a heading level, bold, italics, items, a speaker's
 * label), or that they have none; then the most likely sequence of opening,
 * questions and answers is chosen (Viterbi 1967, over three states), each block
 * weighed by its look, its punctuation and words, and whether other articles of
 * the series say the same. The weights are log-odds, roughly: 1 is a hint, 3
 * strong, 5 nearly proof. */
#include "import/asking.h"
#include "import/find.h"
#include "import/speakers.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LOOKS = 256, PLAIN = 0, BOLD = 1, ITALIC = 2, CAPITALS = 4, ITEM = 8, QUOTE = 16,
       NUMBERED = 32, HEADING = 64, DASH = 128 };
enum { REMARK_WORDS = 14, LABEL_BYTES = 48 };
#define NOBODY SIZE_MAX

struct weights { double *ask; bool *turn; size_t count; };

static struct block *block_at(const struct found *found, size_t index)
{
    return &found->article->blocks.item[index];
}

/* What other articles say too is likely to be asked; but "yes" and its like are
 * answers everywhere. */
static double weigh_series(const struct found *found, struct block *block)
{
    if (block->bytes > 400 || found->series == NULL)
        return 0;
    if (series_count(found->series, block) >= 2)
        return block->words <= 3 && !text_asks(block->text, block->bytes) &&
               (words_begin(WORDS_REPLY, block->fold) || words_begin(WORDS_I, block->fold)) ? 0 : 3;
    return series_beginnings(found->series, block) >= 2 ? 1.5 : 0;
}

/* ---- Looks ------------------------------------------------------------------------ */

static bool begins_dash(const struct block *block)
{
    return block->kind == BLOCK_PARAGRAPH &&
           (strncmp(block->text, "- ", 2) == 0 || strncmp(block->text, "\xE2\x80\x93 ", 4) == 0 ||
            strncmp(block->text, "\xE2\x80\x94 ", 4) == 0);
}

/* Where the text begins behind a few words in bold that a colon ends. */
static size_t behind_label(const struct block *block)
{
    size_t end = block_marked_prefix(block, MARK_STRONG);

    end += end > 0 && end < block->bytes && block->text[end] == ':';
    return end > 0 && end < block->bytes && end <= LABEL_BYTES &&
           memchr(block->text + end - 2, ':', 2) != NULL ? end : 0;
}

/* The look of a block as a small number. An item that only holds marked text
 * looks like one. */
static int look_of(const struct block *block)
{
    unsigned marks = block_marks(block, behind_label(block), block->bytes);
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
    look |= begins_dash(block) ? DASH : 0;
    return look;
}

static bool asks(const struct block *block)
{
    return text_asks(block->text, block->bytes);
}

static bool is_open(const struct found *found, size_t index)
{
    const struct block *block = block_at(found, index);

    return block->fate == FATE_NONE && block->kind != BLOCK_RULE;
}

struct looks {
    size_t all[LOOKS], asking[LOOKS], repeated[LOOKS];
    size_t parted[LOOKS];       /* followed by another look */
    size_t first[LOOKS];        /* the first block that has it */
    size_t first_asking[LOOKS], last_asking[LOOKS];     /* and asks; where any does */
    bool accepted[LOOKS], any;
    bool mixed[LOOKS];          /* of an accepted look, only what asks is a question */
    bool contrast;              /* questions are plain, answers are not */
    bool headed;                /* headings are those of any text */
    size_t voices[2];           /* blocks the page gives to the interviewer, to the interviewee */
    size_t *before, *behind;    /* of each block, the next open ones; NOBODY */
    const char *name;           /* the person's, folded; "" */
};

static void count_asking(struct looks *looks, int look, size_t index, struct block *block)
{
    if (!text_asks(block->text, block->bytes) && asking_weigh(block) <= 0.5)
        return;
    if (looks->asking[look]++ == 0)
        looks->first_asking[look] = index;
    looks->last_asking[look] = index;
}

static void count_looks(const struct found *found, struct looks *looks)
{
    int before = -1;

    for (size_t i = 0; i < found->last; i++) {
        struct block *block = block_at(found, i);
        int look = look_of(block);

        if (!is_open(found, i) || look < 0 || block->bytes == 0)
            continue;
        if (before >= 0 && look != before)
            looks->parted[before]++;
        before = look;
        if (looks->all[look]++ == 0)
            looks->first[look] = i;
        looks->voices[0] += block->voice > 0;
        looks->voices[1] += block->voice < 0;
        count_asking(looks, look, i, block);
        looks->repeated[look] += weigh_series(found, block) >= 3;
    }
}

/* Items and quotations are questions when nearly all ask, or each stands alone
 * between other text and most ask; what a dash begins, when most asks. */
static bool is_weak(const struct looks *looks, int look)
{
    size_t asking = looks->asking[look], all = looks->all[look];
    bool alone = looks->parted[look] * 10 >= all * 9;

    if (look == DASH)
        return asking < 3 || asking * 10 < all * 6;
    return (look == ITEM || look == QUOTE || look == (ITEM | QUOTE)) &&
           (asking < 3 || asking * 10 < all * (alone ? 6 : 9));
}

/* The only heading of its level, above many of another that ask, is a title. */
static bool is_over(const struct looks *looks, int look)
{
    for (int other = look + 1; look > HEADING && other <= HEADING + 6; other++)
        if (looks->all[look] == 1 && looks->asking[other] >= 3 &&
            looks->asking[other] * 2 >= looks->all[other] &&
            looks->first[look] < looks->first[other])
            return true;
    return false;
}

/* A look that is not plain is the questions' when at least half of those that
 * have it ask; plain items need more, and a number before each turn says the half. */
static void accept_looks(struct looks *looks)
{
    for (int look = 1; look < LOOKS; look++) {
        size_t asking = looks->asking[look], all = looks->all[look];

        if (all == 0 || asking * (look == NUMBERED ? 3 : 2) < all || is_weak(looks, look) ||
            is_over(looks, look))
            continue;
        looks->accepted[look] = asking >= 2 || (asking == 1 && all == 1);
        looks->any = looks->any || looks->accepted[look];
    }
}

/* Where one look nearly always asks, what has another that does so half the time,
 * and does not ask, is something else. */
static void accept_mixed(struct looks *looks)
{
    for (int look = 1; look < LOOKS; look++)
        for (int other = 1; other < LOOKS && looks->accepted[look]; other++)
            looks->mixed[look] = looks->mixed[look] ||
                (looks->accepted[other] && looks->asking[other] >= 3 &&
                 looks->asking[other] >= looks->asking[look] &&
                 looks->asking[other] * 10 >= looks->all[other] * 9 &&
                 looks->asking[look] * 10 < looks->all[look] * 7);
}

/* Answers in italics or quotations set off questions that are plain. */
static void accept_contrast(struct looks *looks)
{
    size_t asking = looks->asking[PLAIN];

    for (int look = 1; look < HEADING && !looks->any; look++)
        if (asking >= 3 && asking * 2 >= looks->all[PLAIN] && looks->all[look] >= asking &&
            looks->asking[look] * 7 <= looks->all[look])
            looks->contrast = true;
}

/* Do the headings of a LOOK ask or address somebody, or does the title or the file's
 * name say that it is an interview? Else they head the parts of any text. */
static bool are_topics(const struct found *found, const struct looks *looks, int look)
{
    const char *const said[] = { found->article->title, found->article->stem };
    size_t speaking = 0, addressing = 0;

    for (size_t i = 0; i < found->last; i++) {
        struct block *block = block_at(found, i);
        bool you = words_have(WORDS_YOU, block->fold);

        if (is_open(found, i) && look_of(block) == look) {
            speaking += you || asks(block) || asking_weigh(block) > 0.5;
            addressing += you;
        }
        if (block->fate == FATE_TITLE && words_have(WORDS_INTERVIEW, block->fold))
            return true;
    }
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        if (said[i] != NULL && words_have(WORDS_INTERVIEW,
                                          words_fold(found->arena, said[i], strlen(said[i]))))
            return true;
    return addressing >= 2 || speaking * 2 >= looks->all[look];
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
        if (looks->all[look] < 2 || (!same && (looks->any || plain)))
            continue;
        looks->headed = !same && !are_topics(found, looks, look);
        looks->accepted[look] = looks->any = !looks->headed;
        return;
    }
}

/* Who stands before and behind each open block, among the open ones. */
static void see_neighbours(const struct found *found, struct looks *looks)
{
    size_t before = NOBODY;

    looks->before = ARENA_ARRAY(found->arena, found->last, size_t);
    looks->behind = ARENA_ARRAY(found->arena, found->last, size_t);
    for (size_t i = 0; i < found->last; i++) {
        looks->before[i] = before;
        looks->behind[i] = NOBODY;
        if (!is_open(found, i))
            continue;
        if (before != NOBODY)
            looks->behind[before] = i;
        before = i;
    }
}

static const struct block *before(const struct found *found, const struct looks *looks,
                                  size_t index)
{
    return looks->before[index] == NOBODY ? NULL : block_at(found, looks->before[index]);
}

static const struct block *behind(const struct found *found, const struct looks *looks,
                                  size_t index)
{
    return looks->behind[index] == NOBODY ? NULL : block_at(found, looks->behind[index]);
}

static bool ends_sentence(const struct block *block)
{
    return block != NULL && block->kind == BLOCK_PARAGRAPH && block->bytes > 0 &&
           (strchr(".!?)", block->text[block->bytes - 1]) != NULL ||
            (unsigned char)block->text[block->bytes - 1] >= 0x80);
}

static bool ends_openly(const struct block *block)
{
    return block->bytes > 3 && memcmp(block->text + block->bytes - 3, "\xE2\x80\xA6", 3) == 0;
}

/* A short line without a full stop between sentences, where questions are plain:
 * "A normal day", "What you like best in your garden". */
static bool is_topic(const struct found *found, const struct looks *looks, size_t index)
{
    const struct block *block = block_at(found, index);
    size_t most = words_have(WORDS_YOU, block->fold) ? 15 : 6;

    return looks->asking[PLAIN] >= 3 && block->words >= 2 && block->words <= most &&
           strchr(".!:;,?", block->text[block->bytes - 1]) == NULL &&
           strchr(block->text, '\n') == NULL && !islower((unsigned char)block->text[0]) &&
           block->text[0] != '@' && ends_sentence(before(found, looks, index)) &&
           !asks(before(found, looks, index)) && ends_sentence(behind(found, looks, index)) &&
           !asks(behind(found, looks, index));
}

/* A short line without any sign at its end, right above a question: it heads the
 * questions that follow, whatever other articles head so. */
static bool is_section(const struct found *found, const struct looks *looks, size_t index)
{
    const struct block *block = block_at(found, index), *next = behind(found, looks, index);

    return looks->asking[PLAIN] >= 3 && block->words <= 6 && !asks(block) && next != NULL &&
           look_of(next) == PLAIN && asks(next) && asking_statements(block->text) == 0 &&
           strchr(".!:;,?", block->text[block->bytes - 1]) == NULL && !ends_openly(block) &&
           !words_begin(WORDS_ASKING, block->fold);
}

/* One sentence of few words, not of oneself, within an answer: the one who asks
 * may have put it in. */
static bool is_remark(const struct found *found, const struct looks *looks, size_t index)
{
    const struct block *block = block_at(found, index);
    const struct block *left = before(found, looks, index), *right = behind(found, looks, index);
    bool thanks = words_begin(WORDS_THANKS, block->fold);

    return look_of(block) == PLAIN && block->words <= REMARK_WORDS && !asks(block) &&
           (block->words >= 3 || thanks) && strchr(block->text, '\n') == NULL &&
           asking_statements(block->text) <= 1 &&
           strchr(":,;", block->text[block->bytes - 1]) == NULL &&
           left != NULL && !asks(left) && right != NULL && !asks(right) &&
           look_of(right) == PLAIN && (thanks || !words_have(WORDS_I, block->fold));
}

/* Does the text call the person by a name? */
static bool calls_person(const struct found *found, const struct looks *looks,
                         const struct block *block)
{
    for (const char *at = looks->name; at[0] == ' ' && at[1] != '\0'; at = strchr(at + 1, ' ')) {
        size_t word = strcspn(at + 1, " ") + 2;

        if (word >= 5 && strstr(block->fold, arena_strndup(found->arena, at, word)) != NULL)
            return true;
    }
    return false;
}

/* What speaks for a remark of the one who asks: it speaks to somebody or calls
 * the person, remarks on what was said, thanks at the end, or a reply follows. */
static double weigh_remark(const struct found *found, const struct looks *looks, size_t index)
{
    const struct block *block = block_at(found, index);
    double weight = 0;

    if (!is_remark(found, looks, index))
        return 0;
    if (words_have(WORDS_YOU, block->fold))
        weight += 1;
    if (words_begin(WORDS_THAT, block->fold))
        weight += 0.5;
    if (calls_person(found, looks, block))
        weight += 1.5;
    if (words_begin(WORDS_REPLY, behind(found, looks, index)->fold))
        weight += 1.5;
    if (words_begin(WORDS_THANKS, block->fold) &&
        behind(found, looks, looks->behind[index]) == NULL)
        weight += words_have(WORDS_I, block->fold) ? 3 : 2;
    return weight;
}

/* Where FOLD has the person's full name; NULL when it does not. */
static const char *full_name(const struct looks *looks, const char *fold)
{
    return fold_words(looks->name) < 2 ? NULL : strstr(fold, looks->name);
}

/* Who is named in full, and not spoken to, is introduced; or it is a heading over
 * the interview. */
static double weigh_telling(const struct found *found, const struct looks *looks, size_t index)
{
    const struct block *block = block_at(found, index), *next = behind(found, looks, index);
    double weight = 0;

    if (words_have(WORDS_YOU, block->fold))
        return 0;
    if (look_of(block) >= HEADING && look_of(block) < DASH)
        return asks(block) || full_name(looks, block->fold) == NULL ? 0 : -4;
    if (look_of(block) != PLAIN || asking_statements(block->text) == 0)
        return 0;
    if (full_name(looks, block->fold) != NULL)
        weight -= 2.5;
    if (next != NULL && full_name(looks, next->fold) == next->fold)
        weight -= 2.5;
    return weight;
}

/* A heading before all text is the title's second line. */
static bool is_subtitle(const struct found *found, const struct looks *looks, size_t index)
{
    const struct block *block = block_at(found, index);
    int look = look_of(block);

    return look >= HEADING && look < DASH && before(found, looks, index) == NULL &&
           !text_asks(block->text, block->bytes) && looks->all[look] >= 3 &&
           looks->asking[look] * 2 >= looks->all[look] &&
           weigh_series(found, block_at(found, index)) < 3;
}

/* Where a look nearly always asks, what states something before the first question
 * is a lead, a pull quote or the heading of another part, and a heading of a word or
 * two behind the last is over something else. */
static bool is_edge(const struct found *found, const struct looks *looks, size_t index)
{
    struct block *block = block_at(found, index);
    int look = look_of(block);
    size_t asking = looks->asking[look];
    bool leads = asking > 0 && index < looks->first_asking[look];

    if (asking < 4 || asking * 10 < looks->all[look] * 7 ||
        (!leads && index < looks->last_asking[look]) || asks(block) ||
        asking_weigh(block) > 0.5 || weigh_series(found, block) > 0 ||
        words_have(WORDS_YOU, block->fold) || words_begin(WORDS_ASKING, block->fold))
        return false;
    if (look >= HEADING && look < DASH)         /* what is said there ends as a sentence */
        return block->words <= 2 || (leads && block->text[block->bytes - 1] != '.');
    return leads && ends_sentence(block);
}

/* What states something behind all answers has none itself, nor has "Thank you!" as a
 * heading over nothing. */
static bool is_end(const struct found *found, const struct looks *looks, size_t index)
{
    struct block *block = block_at(found, index);
    const struct block *right = behind(found, looks, index);

    if (looks->asking[look_of(block)] < 3 || asks(block))
        return false;
    if (block->kind == BLOCK_HEADING && words_begin(WORDS_THANKS, block->fold))
        return right == NULL || right->kind == BLOCK_HEADING;
    return right == NULL && asking_weigh(block) <= 0.5 && ends_sentence(block);
}

/* One item of a list of questions that headings ask again, over their answers. */
static bool is_listed(const struct found *found, const struct looks *looks, size_t index)
{
    const struct block *right = behind(found, looks, index);

    if (block_at(found, index)->kind != BLOCK_ITEM || right == NULL ||
        (right->kind != BLOCK_ITEM && right->kind != BLOCK_HEADING))
        return false;
    for (int look = HEADING; look < LOOKS; look++)
        if (looks->accepted[look] && looks->asking[look] >= 3)
            return true;
    return false;
}

/* Is the block right behind one that asks in an accepted look? Then it answers, even
 * though it asks back. */
static bool answers_back(const struct found *found, const struct looks *looks, size_t index)
{
    const struct block *left = before(found, looks, index);

    return left != NULL && asks(left) && look_of(left) >= 0 && looks->accepted[look_of(left)];
}

/* A question to somebody that stands as theirs do, between texts that do not ask,
 * but lacks their look: signs typed by hand are forgotten sooner than bold. */
static double weigh_bare(const struct found *found, const struct looks *looks, size_t index)
{
    const struct block *block = block_at(found, index);
    const struct block *left = before(found, looks, index), *right = behind(found, looks, index);
    bool typed = true;

    if (look_of(block) != PLAIN || !asks(block) || left == NULL || right == NULL || asks(right) ||
        (asks(left) && !answers_back(found, looks, looks->before[index])) || look_of(right) != PLAIN || look_of(left) != PLAIN ||
        asking_statements(block->text) > 0 || words_have(WORDS_I, block->fold))
        return 0;
    for (int look = 1; look < LOOKS; look++)
        typed = typed && (!looks->accepted[look] || (look & (ITEM | NUMBERED | DASH)) != 0);
    return typed ? 3 : 1;
}

static double weigh(const struct found *found, const struct looks *looks, size_t index)
{
    struct block *block = block_at(found, index);
    int look = look_of(block);
    double text, telling;

    if (look < 0 || block->bytes == 0 || block->caption)
        return -12;
    if (block->voice != 0 && looks->voices[0] >= 2 && looks->voices[1] >= 2)
        return block->voice > 0 ? 6 : -6;
    telling = weigh_telling(found, looks, index);
    text = asking_weigh(block) + weigh_series(found, block) + telling;
    if (looks->accepted[look] && (is_subtitle(found, looks, index) ||
                                  is_edge(found, looks, index) || is_end(found, looks, index) ||
                                  is_listed(found, looks, index)))
        return -3;
    if (looks->accepted[look] && looks->mixed[look] && !asks(block))
        return -2 + fmax(-2, fmin(2, text));
    if (looks->accepted[look])
        return 5 + fmax(-2, fmin(2, text)) + (telling < 0 && look >= HEADING ? telling : 0);
    if (looks->contrast)
        return look == PLAIN ? 3 + fmax(-4, fmin(2, text)) + telling : -5 + fmin(text, 4);
    if (looks->any)
        return -5 + fmin(text, 6) + (look >= HEADING ? 1 : weigh_bare(found, looks, index));
    if (look >= HEADING)
        return text + (looks->headed ? -5 : 3);
    if ((look & ITEM) != 0 || (look & QUOTE) != 0)
        return text - 3;
    if ((look & BOLD) != 0)
        return text + 1.5;
    if (look != PLAIN)
        return text;
    if (is_section(found, looks, index))
        text -= 4;
    if (is_topic(found, looks, index))
        text += ends_openly(block) ? 3.2 : 2.2;
    if (behind(found, looks, index) != NULL &&
        speakers_answers(found, behind(found, looks, index)))
        text += 4;
    return text + weigh_remark(found, looks, index);
}

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
           !text_asks(first->text, first->bytes) && text_asks(second->text, second->bytes) &&
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
        if (begins_dash(block))
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
        if (!is_open(found, i))
            continue;
        index[weights.count] = i;
        weights.turn[weights.count] = block_at(found, i)->spoken;
        weights.ask[weights.count++] = weigh(found, looks, i);
    }
    if (weights.count == 0)
        return;
    trace(found->arena, &weights, state);
    apply(found, looks, index, &weights, state);
}

void find_questions(struct found *found)
{
    struct looks looks = { .name = found->name == NULL ? ""
                                 : words_fold(found->arena, found->name, strlen(found->name)) };

    found->first = found->last;
    if (speakers_find(found))
        return;
    see_neighbours(found, &looks);
    count_looks(found, &looks);
    accept_looks(&looks);
    accept_headings(found, &looks);
    accept_contrast(&looks);
    accept_mixed(&looks);
    decide(found, &looks);
    found->foreign = looks.headed && found->questions == 0;
    speakers_strip(found);
}
