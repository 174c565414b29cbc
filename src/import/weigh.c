/* The weights of blocks. Where a look is accepted it decides nearly alone; where
 * questions are plain, the text and what stands around it do. */
#include "import/weigh.h"
#include "import/asking.h"
#include "import/speakers.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

enum { REMARK_WORDS = 14, BARE_WORDS = 20, TOPIC_WORDS = 6, TOPIC_OF_YOU = 15 };

/* ---- Plain lines ------------------------------------------------------------------ */

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
    const struct block *left = looks_before(found, looks, index);
    const struct block *right = looks_behind(found, looks, index);

    return looks->asking[PLAIN] >= 3 && block->words >= 2 && block->words <= TOPIC_OF_YOU &&
           (block->words <= TOPIC_WORDS || words_have(WORDS_YOU, block->fold)) &&
           strchr(".!:;,?", block->text[block->bytes - 1]) == NULL &&
           strchr(block->text, '\n') == NULL && !islower((unsigned char)block->text[0]) &&
           block->text[0] != '@' && ends_sentence(left) && !block_asks(left) &&
           ends_sentence(right) && !block_asks(right);
}

/* A short line without any sign at its end, right above a question: it heads the
 * questions that follow, whatever other articles head so. */
static bool is_section(const struct found *found, const struct looks *looks, size_t index)
{
    const struct block *block = block_at(found, index), *next = looks_behind(found, looks, index);

    return looks->asking[PLAIN] >= 3 && block->words <= 6 && !block_asks(block) && next != NULL &&
           look_of(next) == PLAIN && block_asks(next) && asking_statements(block->text) == 0 &&
           strchr(".!:;,?", block->text[block->bytes - 1]) == NULL && !ends_openly(block) &&
           !words_begin(WORDS_ASKING, block->fold);
}

/* ---- Remarks ---------------------------------------------------------------------- */

/* One sentence of few words, not of oneself, within an answer: the one who asks
 * may have put it in. */
static bool is_remark(const struct found *found, const struct looks *looks, size_t index)
{
    const struct block *block = block_at(found, index);
    const struct block *left = looks_before(found, looks, index);
    const struct block *right = looks_behind(found, looks, index);
    bool thanks = words_begin(WORDS_THANKS, block->fold);

    return look_of(block) == PLAIN && block->words <= REMARK_WORDS && !block_asks(block) &&
           (block->words >= 3 || thanks) && strchr(block->text, '\n') == NULL &&
           asking_statements(block->text) <= 1 &&
           strchr(":,;", block->text[block->bytes - 1]) == NULL &&
           left != NULL && !block_asks(left) && right != NULL && !block_asks(right) &&
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

double weigh_remark(const struct found *found, const struct looks *looks, size_t index)
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
    if (words_begin(WORDS_REPLY, looks_behind(found, looks, index)->fold))
        weight += 1.5;
    if (words_begin(WORDS_THANKS, block->fold) &&
        looks_behind(found, looks, looks->behind[index]) == NULL)
        weight += words_have(WORDS_I, block->fold) ? 3 : 2;
    return weight;
}

/* ---- What only seems to ask -------------------------------------------------------- */

/* Where FOLD has the person's full name; NULL when it does not. */
static const char *full_name(const struct looks *looks, const char *fold)
{
    return fold_words(looks->name) < 2 ? NULL : strstr(fold, looks->name);
}

/* Who is named in full, and not spoken to, is introduced; or it is a heading over
 * the interview. */
static double weigh_telling(const struct found *found, const struct looks *looks, size_t index)
{
    const struct block *block = block_at(found, index), *next = looks_behind(found, looks, index);
    double weight = 0;

    if (look_is_heading(look_of(block)))
        weight -= block_asks(block) || full_name(looks, block->fold) == NULL ? 0 : 4;
    else if (look_of(block) == PLAIN && asking_statements(block->text) > 0)
        weight -= (full_name(looks, block->fold) != NULL ? 2.5 : 0) +
                  (next != NULL && full_name(looks, next->fold) == next->fold ? 2.5 : 0);
    return weight < 0 && words_have(WORDS_YOU, block->fold) ? 0 : weight;
}

/* A heading before all text is the title's second line. */
static bool is_subtitle(const struct found *found, const struct looks *looks, size_t index)
{
    const struct block *block = block_at(found, index);
    int look = look_of(block);

    return look_is_heading(look) && looks_before(found, looks, index) == NULL &&
           !block_asks(block) && looks->all[look] >= 3 &&
           looks->asking[look] * 2 >= looks->all[look] &&
           asking_weigh_series(found, block_at(found, index)) < 3;
}

/* The first line of a text without a title, that asks nobody, above what nobody says of
 * himself, is the title. */
static bool is_asking_title(const struct found *found, const struct looks *looks, size_t index)
{
    const struct block *block = block_at(found, index), *next = looks_behind(found, looks, index);

    return found->article->title == NULL && looks_before(found, looks, index) == NULL &&
           look_of(block) == PLAIN && next != NULL && look_of(next) == PLAIN &&
           !block_asks(next) && next->words > block->words &&
           !words_have(WORDS_YOU, block->fold) && !words_have(WORDS_I, next->fold) &&
           !words_begin(WORDS_REPLY, next->fold);
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
        (!leads && index < looks->last_asking[look]) || block_asks(block) ||
        asking_weigh(block) > 0.5 || asking_weigh_series(found, block) > 0 ||
        words_have(WORDS_YOU, block->fold) || words_begin(WORDS_ASKING, block->fold))
        return false;
    if (look_is_heading(look))         /* what is said there ends as a sentence */
        return block->words <= 2 || (leads && block->text[block->bytes - 1] != '.');
    return leads && ends_sentence(block);
}

/* What states something behind all answers has none itself, nor has "Thank you!" as a
 * heading over nothing. */
static bool is_end(const struct found *found, const struct looks *looks, size_t index)
{
    struct block *block = block_at(found, index);
    const struct block *right = looks_behind(found, looks, index);

    if (looks->asking[look_of(block)] < 3 || block_asks(block))
        return false;
    if (block->kind == BLOCK_HEADING && words_begin(WORDS_THANKS, block->fold))
        return right == NULL || right->kind == BLOCK_HEADING;
    return right == NULL && asking_weigh(block) <= 0.5 && ends_sentence(block);
}

/* One of several questions in a row that are all asked again, over their answers. */
static bool is_announced(const struct looks *looks, size_t index)
{
    size_t before = looks->before[index], behind = looks->behind[index];

    return looks->again[index] && ((before != SIZE_MAX && looks->again[before]) ||
                                   (behind != SIZE_MAX && looks->again[behind]));
}

/* One item of a list of questions that are asked again in another look, over their
 * answers. */
static bool is_listed(const struct found *found, const struct looks *looks, size_t index)
{
    const struct block *block = block_at(found, index), *right = looks_behind(found, looks, index);
    int own = look_of(block);
    bool row = looks->all[own] > 1 && looks->parted[own] <= 1;

    if (block->kind != BLOCK_ITEM || right == NULL)
        return false;
    for (int look = 1; look < LOOKS; look++)
        if (look != own && looks->accepted[look] && looks->asking[look] >= 3 &&
            (row ? looks->parted[look] * 2 >= looks->all[look]
                 : look >= HEADING &&
                   (right->kind == BLOCK_ITEM || right->kind == BLOCK_HEADING)))
            return true;
    return false;
}

/* ---- All together ------------------------------------------------------------------ */

/* Is the block right behind one that asks in an accepted look? Then it answers, even
 * though it asks back. */
static bool answers_back(const struct found *found, const struct looks *looks, size_t index)
{
    const struct block *left = looks_before(found, looks, index);

    return left != NULL && block_asks(left) && look_of(left) >= 0 &&
           looks->accepted[look_of(left)];
}

/* Does the block stand between plain texts that do not ask? */
static bool stands_alone(const struct found *found, const struct looks *looks, size_t index)
{
    const struct block *left = looks_before(found, looks, index);
    const struct block *right = looks_behind(found, looks, index);

    return left != NULL && right != NULL && look_of(left) == PLAIN && look_of(right) == PLAIN &&
           !block_asks(right) &&
           (!block_asks(left) || answers_back(found, looks, looks->before[index]));
}

/* A question to somebody that stands as theirs do, between texts that do not ask,
 * but lacks their look: signs typed by hand are forgotten sooner than bold. */
static double weigh_bare(const struct found *found, const struct looks *looks, size_t index)
{
    const struct block *block = block_at(found, index);
    bool typed = true;

    if (look_of(block) != PLAIN || !block_asks(block) || !stands_alone(found, looks, index) ||
        asking_statements(block->text) > 0 || words_have(WORDS_I, block->fold))
        return 0;
    for (int look = 1; look < LOOKS; look++)
        typed = typed && (!looks->accepted[look] || (look & (ITEM | NUMBERED | DASH)) != 0);
    if (typed)
        return 3;
    return block->words <= BARE_WORDS && words_have(WORDS_YOU, block->fold) &&
           words_begin(WORDS_QUESTION, block->fold) ? 3.5 : 1;
}

double weigh_question(const struct found *found, const struct looks *looks, size_t index)
{
    struct block *block = block_at(found, index);
    const struct block *right = looks_behind(found, looks, index);
    int look = look_of(block);
    double text, telling;

    if (look < 0 || block->words == 0 || block->caption || is_announced(looks, index))
        return -12;
    if (block->voice != 0 && looks->voices[0] >= 2 && looks->voices[1] >= 2)
        return block->voice > 0 ? 6 : -6;
    if (block->answers)
        return -6;
    telling = weigh_telling(found, looks, index);
    text = asking_weigh(block) + asking_weigh_series(found, block) + telling;
    if (looks->accepted[look] && (is_subtitle(found, looks, index) ||
                                  is_edge(found, looks, index) || is_end(found, looks, index) ||
                                  is_listed(found, looks, index)))
        return -3;
    if (looks->accepted[look] && looks->mixed[look] && !block_asks(block))
        return -2 + fmax(-2, fmin(2, text));
    if (looks->accepted[look])
        return 5 + fmax(-2, fmin(2, text)) + (telling < 0 && look >= HEADING ? telling : 0);
    if (looks->contrast && look == PLAIN && !block_asks(block) && right != NULL &&
        look_of(right) == PLAIN)
        return -2 + fmin(text, 2) + telling;
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
    if (is_asking_title(found, looks, index))
        text -= 3;
    if (is_topic(found, looks, index))
        text += ends_openly(block) ? 3.2 : 2.2;
    if (right != NULL && speakers_answers(found, right))
        text += 4;
    return text + weigh_remark(found, looks, index);
}
