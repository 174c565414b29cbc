/* Words and punctuation that ask. */
#include "import/asking.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

enum { HOPELESS = 900,         /* bytes: no question is so long */
       LONG_QUESTION = 500,
       LONG_TELLING = 300,     /* without a question mark */
       FEW_WORDS = 12 };       /* of a demand that a colon ends, "Your desk in a word:" */

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

int asking_statements(const char *text)
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

/* A question may be long when it speaks to somebody rather than of oneself. */
static double weigh_length(const struct block *block, bool speaks_to)
{
    double weight = 0;

    if (block->bytes > 200 && !speaks_to)
        weight -= 1;
    if (block->bytes > (speaks_to ? LONG_QUESTION : 300))
        weight -= 2;
    if (block->bytes > (speaks_to ? LONG_QUESTION + 300 : LONG_QUESTION))
        weight -= 3;
    if (block->words <= 2)
        weight -= 1;
    return weight;
}

static double weigh_anew(const struct block *block)
{
    bool asks = block_asks(block);
    bool mark = strchr(block->text, '?') != NULL;
    bool demand = words_begin(WORDS_ASKING, block->fold);
    double weight = -2;
    size_t yours, mine;
    bool you;

    if (block->bytes > HOPELESS || (block->bytes > LONG_TELLING && !mark && !demand))
        return weight + weigh_length(block, false) - 3;
    yours = words_count(WORDS_YOU, block->fold);
    mine = asks ? words_count(WORDS_I, block->fold) : words_have(WORDS_I, block->fold);
    you = yours > 0;
    weight += weigh_length(block, asks && yours > mine && (yours >= 2 || mine == 0));
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
        weight += you && block->words <= 3 ? 3 : you || block->bytes < 90 ? 2 : 1;
    if (you)
        weight += 1;
    if (!demand && mine > 0)
        weight -= asks && you ? 0.75 : 1.5;
    weight -= fmin(asks && you ? 1 : 3,
                   fmax(0, asking_statements(block->text) - (asks || demand ? 1 : 0)));
    if (block->bytes > 0 && block->text[block->bytes - 1] == ':')
        weight += (you || demand) && mine == 0 && block->words <= FEW_WORDS ? 1.5 : -2;
    if (islower((unsigned char)block->text[0]))
        weight -= 1;
    return weight;
}

double asking_weigh(struct block *block)
{
    if (!block->weighed)
        block->ask = weigh_anew(block);
    block->weighed = true;
    return block->ask;
}

/* What other articles say too is likely to be asked; but "yes" and its like are
 * answers everywhere. */
double asking_weigh_series(const struct found *found, struct block *block)
{
    if (block->bytes > 400 || found->series == NULL)
        return 0;
    if (series_count(found->series, block) >= 2)
        return block->words <= 3 && !block_asks(block) &&
               (words_begin(WORDS_REPLY, block->fold) || words_begin(WORDS_I, block->fold)) ? 0 : 3;
    return series_beginnings(found->series, block) >= 2 ? 1.5 : 0;
}
