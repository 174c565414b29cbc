/* Who speaks, and who asks: "Ada Quill", "Ada" and "AQ" are one. Who asks is the
 * one whose turns end in question marks, or whose label says so ("Q:"), or of two
 * who take turns the one who is not the person, or of several the one whom each of
 * them answers. */
#include "import/askers.h"

#include <glib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FEW_TURNS = 6, FEW_INITIALS = 4, INITIALS = 3 };

/* ---- Who speaks -------------------------------------------------------------------- */

size_t speaker_lookup(struct speakers *speakers, const char *fold)
{
    size_t i;

    for (i = 0; i < speakers->count; i++)
        if (strcmp(speakers->item[i].fold, fold) == 0)
            return i;
    if (i < SPEAKERS_MOST) {
        speakers->item[i] = (struct speaker){ .fold = fold, .same = i };
        speakers->count++;
    }
    return i;
}

struct bare { const char *fold; size_t turns; };

static bool begins_bare(const struct found *found, size_t index, struct label *label)
{
    return block_at(found, index)->fate == FATE_NONE &&
           label_read_bare(found->arena, block_at(found, index), label);
}

/* Counts the words that paragraphs begin with, the two commonest first. */
static void count_bare(const struct found *found, struct bare bare[SPEAKERS_MOST])
{
    for (size_t i = 0; i < found->last; i++) {
        struct label label;
        size_t j = 0;

        if (!begins_bare(found, i, &label))
            continue;
        while (j < SPEAKERS_MOST && bare[j].fold != NULL && strcmp(bare[j].fold, label.fold) != 0)
            j++;
        if (j == SPEAKERS_MOST)
            continue;
        bare[j].fold = label.fold;
        bare[j].turns++;
        for (; j > 0 && bare[j].turns > bare[j - 1].turns; j--) {
            struct bare less = bare[j - 1];

            bare[j - 1] = bare[j];
            bare[j] = less;
        }
    }
}

static bool is_initials(const char *fold)
{
    return strlen(fold) <= INITIALS + 2;
}

/* The two words that most paragraphs begin with, when they take turns as speakers do and
 * are not the beginnings of labels with a sign. */
static void find_bare(const struct found *found, struct speakers *speakers)
{
    struct bare bare[SPEAKERS_MOST] = {0};
    size_t before = 2, labels = 0;

    count_bare(found, bare);
    if (bare[1].turns < 2)
        return;
    if (bare[0].turns + bare[1].turns < (is_initials(bare[0].fold) && is_initials(bare[1].fold)
                                        ? FEW_INITIALS : FEW_TURNS))
        return;
    for (size_t i = 0; i < found->last; i++) {
        struct label label;
        size_t who = 0;

        if (!begins_bare(found, i, &label))
            continue;
        while (who < 2 && strcmp(bare[who].fold, label.fold) != 0)
            who++;
        if (who == 2)
            continue;
        if (who == before)
            return;
        before = who;
        labels += label_read(found->arena, block_at(found, i), &label);
    }
    if (labels * 2 >= bare[0].turns + bare[1].turns)
        return;
    speakers->bare[0] = bare[0].fold;
    speakers->bare[1] = bare[1].fold;
}

/* Does the block begin with the name of one of two who take turns so? */
static bool read_bare(const struct found *found, const struct speakers *speakers,
                      const struct block *block, struct label *label)
{
    return speakers->bare[0] != NULL && label_read_bare(found->arena, block, label) &&
           (strcmp(label->fold, speakers->bare[0]) == 0 ||
            strcmp(label->fold, speakers->bare[1]) == 0);
}

/* The speaker of a block by number; SPEAKERS_MOST for none. */
size_t speaker_of(const struct found *found, struct speakers *speakers, size_t index,
                  struct label *label)
{
    const struct block *block = block_at(found, index);
    size_t who;

    if (block->fate != FATE_NONE)
        return SPEAKERS_MOST;
    if (!read_bare(found, speakers, block, label) &&
        (!label_read(found->arena, block, label) || (label->line && !speakers->lines)))
        return SPEAKERS_MOST;
    who = speaker_lookup(speakers, label->fold);
    if (who < SPEAKERS_MOST && speakers->item[who].name == NULL)
        speakers->item[who].name = text_clean(found->arena, block->text + label->from,
                                              label->to - label->from);
    return who == SPEAKERS_MOST ? who : speakers->item[who].same;
}

static void count_turns(const struct found *found, struct speakers *speakers)
{
    size_t before = SPEAKERS_MOST;

    memset(speakers->near, 0, sizeof speakers->near);
    for (size_t i = 0; i < found->last; i++) {
        const struct block *block = block_at(found, i);
        struct label label;
        size_t who = speaker_of(found, speakers, i, &label);
        const struct block *text = block;

        if (who == SPEAKERS_MOST)
            continue;
        if (before < SPEAKERS_MOST)
            speakers->near[before][who] = speakers->near[who][before] = true;
        before = who;
        if (label.length >= block->bytes && i + 1 < found->last)
            text = block_at(found, i + 1);
        speakers->item[who].turns++;
        speakers->item[who].lines += label.line;
        speakers->item[who].asking += block_asks(text);
        speakers->item[who].words += text->words;
        speakers->item[who].marked += block_marks(text, 0, text->bytes) != 0;
        speakers->item[who].voice += block->voice;
    }
}

/* Labels on lines of their own count when two or more of them come again and
 * again: a short line alone is none. */
static bool have_lines(const struct found *found, struct speakers *speakers)
{
    size_t often = 0;

    speakers->lines = true;
    count_turns(found, speakers);
    for (size_t i = 0; i < speakers->count; i++)
        often += speakers->item[i].lines >= 3;
    speakers->count = 0;
    return often >= 2;
}

/* The first letters of the words of FOLD. */
static void put_initials(const char *fold, char *out, size_t room)
{
    size_t count = 0;

    for (const char *at = fold; at[0] == ' ' && at[1] != '\0' && count + 1 < room;
         at = strchr(at + 1, ' '))
        out[count++] = at[1];
    out[count] = '\0';
}

static void put_letters(const char *fold, char *out, size_t room)
{
    size_t count = 0;

    for (const char *at = fold; *at != '\0' && count + 1 < room; at++)
        if (*at != ' ')
            out[count++] = *at;
    out[count] = '\0';
}

/* Is SHORTER another name of LONGER: some of its words, or initials? */
static bool is_short_for(const char *shorter, const char *longer)
{
    char initials[8], letters[8];

    if (strlen(shorter) >= strlen(longer) || label_is_turn(shorter) || label_is_turn(longer))
        return false;
    if (strstr(longer, shorter) != NULL)
        return true;
    put_letters(shorter, letters, sizeof letters);
    put_initials(longer, initials, sizeof initials);
    return strlen(shorter) <= 9 && strcmp(initials, letters) == 0;
}

/* One speaker of many names: each is joined to the only longer name that it may
 * be short for, unless one takes the turn right behind the other. */
static void join_names(struct speakers *speakers)
{
    for (size_t i = 0; i < speakers->count; i++) {
        size_t longer = SPEAKERS_MOST, count = 0;

        for (size_t j = 0; j < speakers->count; j++)
            if (i != j && is_short_for(speakers->item[i].fold, speakers->item[j].fold) &&
                !speakers->near[i][j]) {
                longer = j;
                count++;
            }
        if (count == 1)
            speakers->item[i].same = longer;
    }
    for (size_t i = 0; i < speakers->count; i++) {
        size_t root = i, steps = 0;

        while (speakers->item[root].same != root && steps++ < SPEAKERS_MOST)
            root = speakers->item[root].same;
        if (root == i)
            continue;
        speakers->item[i].same = root;
        speakers->item[root].turns += speakers->item[i].turns;
        speakers->item[root].asking += speakers->item[i].asking;
        speakers->item[root].words += speakers->item[i].words;
        speakers->item[root].voice += speakers->item[i].voice;
    }
}

/* Is the label a part of the person's name, its initials, or a word for an
 * answer? */
bool speaker_is_own(const struct found *found, const char *fold)
{
    char *name;

    if (words_are(WORDS_ANSWERS, fold))
        return true;
    if (found->name == NULL)
        return false;
    name = words_fold(found->arena, found->name, strlen(found->name));
    return strstr(name, fold) != NULL || is_short_for(fold, name);
}

size_t speakers_asking_without(const struct found *found, struct speakers *speakers)
{
    size_t count = 0;
    bool started = false, above = false, first = false;

    for (size_t i = 0; i < found->last; i++) {
        const struct block *block = block_at(found, i);
        struct label label;
        bool labelled = speaker_of(found, speakers, i, &label) < SPEAKERS_MOST, asks;

        if (block->fate != FATE_NONE)
            continue;
        asks = !labelled && !above && block->bytes < 300 && block_asks(block);
        count += started ? asks : labelled && first;
        started = started || labelled;
        first = asks;
        above = labelled && label.length >= block->bytes;
    }
    return count;
}

/* Do blocks without a label ask, as often as half of the turns of WHO, who hardly
 * asks? Then labels part what is said in answer: "Answer:", "In short:". */
static bool asks_elsewhere(const struct found *found, struct speakers *speakers,
                           const struct speaker *who)
{
    size_t without = speakers_asking_without(found, speakers);

    return without > who->asking && without >= 2 &&
           (without * 2 >= who->turns || (without >= 3 && who->asking * 6 <= who->turns));
}

/* Turns of A and B, and how many of them follow one of the other. */
static bool take_turns(const struct found *found, struct speakers *speakers, size_t a, size_t b)
{
    size_t before = SPEAKERS_MOST, all = 0, changes = 0, others = 0;

    for (size_t i = 0; i < found->last; i++) {
        struct label label;
        size_t who = speaker_of(found, speakers, i, &label);

        if (who == SPEAKERS_MOST)
            continue;
        others += who != a && who != b;
        if (who != a && who != b)
            continue;
        all++;
        changes += before != SPEAKERS_MOST && before != who;
        before = who;
    }
    return all >= FEW_TURNS && changes * 10 >= (all - 1) * 8 && others * 5 <= all;
}

/* Half of one's turns ask, hardly any of the other's. */
static bool asks_clearly(const struct speaker *one, const struct speaker *other)
{
    return one->asking >= 2 && one->asking * 2 >= one->turns && other->asking * 5 <= other->turns;
}

/* Is the name more than a guess from the labels themselves? */
static bool is_titled(const struct found *found)
{
    const char *const said[] = { found->article->name, found->article->title,
                                 found->article->stem };
    const char *name = found->name == NULL ? NULL : words_fold(found->arena, found->name,
                                                               strlen(found->name));

    for (size_t i = 0; name != NULL && i < sizeof said / sizeof *said; i++)
        if (said[i] != NULL &&
            strstr(words_fold(found->arena, said[i], strlen(said[i])), name) != NULL)
            return true;
    for (size_t i = 0; name != NULL && i < found->article->blocks.count; i++)
        if (block_at(found, i)->fate == FATE_TITLE &&
            strstr(block_at(found, i)->fold, name) != NULL)
            return true;
    return false;
}

/* How much ONE is like who asks, beside OTHER: asks more, says less. */
static double lean(const struct speaker *one, const struct speaker *other)
{
    double share = (double)one->asking / (double)one->turns;
    double words = (double)(one->words + 1) / (double)one->turns;
    double others = (double)(other->words + 1) / (double)other->turns;

    return 3 * share + (words < others ? fmin(1, log(others / words)) : 0);
}

/* Of two who take turns, the one who asks clearly, or is not the person, or asks
 * more and says less. */
static size_t choose_of_two(const struct found *found, struct speakers *speakers)
{
    size_t first = SPEAKERS_MOST, second = SPEAKERS_MOST;
    const struct speaker *a, *b;

    for (size_t i = 0; i < speakers->count; i++) {
        if (speakers->item[i].same != i || speakers->item[i].turns < 2)
            continue;
        if (first == SPEAKERS_MOST || speakers->item[i].turns > speakers->item[first].turns) {
            second = first;
            first = i;
        } else if (second == SPEAKERS_MOST ||
                   speakers->item[i].turns > speakers->item[second].turns) {
            second = i;
        }
    }
    if (second == SPEAKERS_MOST || !take_turns(found, speakers, first, second))
        return SPEAKERS_MOST;
    a = &speakers->item[first];
    b = &speakers->item[second];
    if (asks_clearly(a, b) || asks_clearly(b, a))
        return asks_clearly(a, b) ? first : second;
    if (is_titled(found) && speaker_is_own(found, a->fold) != speaker_is_own(found, b->fold))
        return speaker_is_own(found, a->fold) ? second : first;
    return lean(a, b) > lean(b, a) ? first : second;
}

/* Of three or more, the one whom each of the others answers in turn, and who asks
 * more than they. */
static size_t choose_hub(const struct found *found, struct speakers *speakers)
{
    size_t best = SPEAKERS_MOST, before = SPEAKERS_MOST, turns = 0, changes = 0, asking = 0;
    const struct speaker *hub;

    for (size_t i = 0; i < speakers->count; i++) {
        if (speakers->item[i].same != i || speakers->item[i].turns < 2)
            continue;
        turns += speakers->item[i].turns;
        asking += speakers->item[i].asking;
        if (best == SPEAKERS_MOST || speakers->item[i].turns > speakers->item[best].turns)
            best = i;
    }
    if (best == SPEAKERS_MOST || turns < FEW_TURNS)
        return SPEAKERS_MOST;
    for (size_t i = 0; i < found->last; i++) {
        struct label label;
        size_t who = speaker_of(found, speakers, i, &label);

        if (who == SPEAKERS_MOST || speakers->item[who].turns < 2)
            continue;
        changes += before != SPEAKERS_MOST && (before == best) != (who == best);
        before = who;
    }
    hub = &speakers->item[best];
    return changes * 10 >= (turns - 1) * 9 && !speaker_is_own(found, hub->fold) &&
           hub->asking * 4 >= hub->turns &&
           hub->asking * (turns - hub->turns) > 2 * (asking - hub->asking) * hub->turns
         ? best : SPEAKERS_MOST;
}

/* The one whose turns the page's classes give to the interviewer, where they give
 * others to the interviewee; SPEAKERS_MOST for none. */
static size_t choose_voice(const struct speakers *speakers)
{
    size_t best = SPEAKERS_MOST;
    bool other = false;

    for (size_t i = 0; i < speakers->count; i++) {
        const struct speaker *speaker = &speakers->item[i];

        other = other || speaker->voice < 0;
        if (speaker->same == i && speaker->voice > 0 && speaker->turns >= 2 &&
            (best == SPEAKERS_MOST || speaker->voice > speakers->item[best].voice))
            best = i;
    }
    return other ? best : SPEAKERS_MOST;
}

/* The one who asks: turns of which at least half are questions, twice or more;
 * SPEAKERS_MOST when nobody does. */
static size_t choose_asker(const struct found *found, struct speakers *speakers)
{
    size_t best = choose_voice(speakers), most = 0;

    if (best != SPEAKERS_MOST)
        return best;
    for (size_t i = 0; i < speakers->count; i++) {
        const struct speaker *speaker = &speakers->item[i];
        bool named = words_are(WORDS_ASKS, speaker->fold) && speaker->turns >= 2;

        if (speaker->same == i && (named || !speaker_is_own(found, speaker->fold)) &&
            (named || (speaker->turns >= 2 && speaker->asking >= 2 &&
                       speaker->asking * 2 >= speaker->turns)) &&
            speaker->asking + named > most) {
            most = speaker->asking + named;
            best = i;
        }
    }
    if (best != SPEAKERS_MOST)
        return speakers->item[best].asking >= speakers_asking_without(found, speakers) ? best
                                                                              : SPEAKERS_MOST;
    best = choose_of_two(found, speakers);
    if (best == SPEAKERS_MOST)
        best = choose_hub(found, speakers);
    return best == SPEAKERS_MOST || asks_elsewhere(found, speakers, &speakers->item[best])
         ? SPEAKERS_MOST : best;
}

/* Does SPEAKER, though seldom, ask as the ASKER does: all turns, in marks that those
 * who answer lack? */
static bool asks_alike(const struct speakers *speakers, const struct speaker *speaker,
                       const struct speaker *asker)
{
    for (size_t i = 0; i < speakers->count; i++)
        if (speakers->item[i].asking * 2 < speakers->item[i].turns && speakers->item[i].marked > 0)
            return false;
    return asker->marked == asker->turns && speaker->marked == speaker->turns &&
           speaker->asking == speaker->turns;
}

/* Who asks but once, between two turns of one who answers, stands in the asker's
 * place. */
static void let_ask_once(const struct found *found, struct speakers *speakers)
{
    size_t before = SPEAKERS_MOST, once = SPEAKERS_MOST;

    for (size_t i = 0; i < found->last; i++) {
        struct label label;
        size_t who = speaker_of(found, speakers, i, &label);

        if (who == SPEAKERS_MOST)
            continue;
        if (once != SPEAKERS_MOST)
            speakers->item[once].asks = who == before;
        once = SPEAKERS_MOST;
        if (speakers->item[who].turns == 1 && speakers->item[who].asking == 1 &&
            !speakers->item[who].asks && before != SPEAKERS_MOST &&
            !speakers->item[before].asks && speakers->item[before].turns > 2)
            once = who;
        else
            before = who;
    }
}

bool speakers_choose(const struct found *found, struct speakers *speakers)
{
    size_t asker;

    speakers->lines = have_lines(found, speakers);
    find_bare(found, speakers);
    count_turns(found, speakers);
    join_names(speakers);
    asker = choose_asker(found, speakers);
    if (asker == SPEAKERS_MOST)
        return false;
    for (size_t i = 0; i < speakers->count; i++) {
        const struct speaker *speaker = &speakers->item[i];

        speakers->item[i].asks = i == asker ||
            (speaker->same == i && !speaker_is_own(found, speaker->fold) &&
             ((speaker->asking >= 2 && speaker->asking * 3 >= speaker->turns * 2) ||
              asks_alike(speakers, speaker, &speakers->item[asker])));
    }
    let_ask_once(found, speakers);
    return true;
}
