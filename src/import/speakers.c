/* Speakers by their labels: "Ada Quill", "Ada" and "AQ" are one. Who asks is the
 * one whose turns end in question marks, or whose label says so ("Q:"), or of two
 * who take turns the one who is not the person. Of one who answers the label is
 * dropped; of several each answer keeps its own, in bold. */
#include "import/speakers.h"
#include "import/label.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_LABELS = 64, FEW_TURNS = 6 };

struct speaker {
    const char *fold, *name;    /* as written */
    size_t same;            /* the speaker this is another name of, or itself */
    size_t turns, asking;
    size_t after;           /* turns that follow one who asks */
    size_t lines;           /* labels on a line of their own */
    bool asks;
};

struct speakers { struct speaker item[MOST_LABELS]; size_t count; bool lines; };

static struct block *block_at(const struct found *found, size_t index)
{
    return &found->article->blocks.item[index];
}

/* ---- Who speaks -------------------------------------------------------------------- */

static size_t lookup_speaker(struct speakers *speakers, const char *fold)
{
    size_t i;

    for (i = 0; i < speakers->count; i++)
        if (strcmp(speakers->item[i].fold, fold) == 0)
            return i;
    if (i < MOST_LABELS) {
        speakers->item[i] = (struct speaker){ .fold = fold, .same = i };
        speakers->count++;
    }
    return i;
}

/* The speaker of a block by number; MOST_LABELS for none. */
static size_t speaker_of(const struct found *found, struct speakers *speakers, size_t index,
                         struct label *label)
{
    const struct block *block = block_at(found, index);
    size_t who;

    if (block->fate != FATE_NONE || !label_read(found->arena, block, label) ||
        (label->line && !speakers->lines))
        return MOST_LABELS;
    who = lookup_speaker(speakers, label->fold);
    if (who < MOST_LABELS && speakers->item[who].name == NULL)
        speakers->item[who].name = text_clean(found->arena, block->text + label->from,
                                              label->to - label->from);
    return who == MOST_LABELS ? who : speakers->item[who].same;
}

static void count_turns(const struct found *found, struct speakers *speakers)
{
    for (size_t i = 0; i < found->last; i++) {
        const struct block *block = block_at(found, i);
        struct label label;
        size_t who = speaker_of(found, speakers, i, &label);
        const struct block *text = block;

        if (who == MOST_LABELS)
            continue;
        if (label.length >= block->bytes && i + 1 < found->last)
            text = block_at(found, i + 1);
        speakers->item[who].turns++;
        speakers->item[who].lines += label.line;
        speakers->item[who].asking += text_asks(text->text, text->bytes);
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

/* Is SHORTER another name of LONGER: its first or last words, or initials? */
static bool is_short_for(const char *shorter, const char *longer)
{
    size_t few = strlen(shorter), many = strlen(longer);
    char initials[8], letters[8];

    if (few >= many || label_is_turn(shorter) || label_is_turn(longer))
        return false;
    if (strncmp(longer, shorter, few) == 0 || strcmp(longer + many - few, shorter) == 0)
        return true;
    put_letters(shorter, letters, sizeof letters);
    put_initials(longer, initials, sizeof initials);
    return strlen(shorter) <= 9 && strcmp(initials, letters) == 0;
}

/* One speaker of many names: each is joined to the only longer name that it may
 * be short for. */
static void join_names(struct speakers *speakers)
{
    for (size_t i = 0; i < speakers->count; i++) {
        size_t longer = MOST_LABELS, count = 0;

        for (size_t j = 0; j < speakers->count; j++)
            if (i != j && is_short_for(speakers->item[i].fold, speakers->item[j].fold)) {
                longer = j;
                count++;
            }
        if (count == 1)
            speakers->item[i].same = longer;
    }
    for (size_t i = 0; i < speakers->count; i++) {
        size_t root = i, steps = 0;

        while (speakers->item[root].same != root && steps++ < MOST_LABELS)
            root = speakers->item[root].same;
        if (root == i)
            continue;
        speakers->item[i].same = root;
        speakers->item[root].turns += speakers->item[i].turns;
        speakers->item[root].asking += speakers->item[i].asking;
    }
}

/* Is the label a part of the person's name, its initials, or a word for an
 * answer? */
static bool is_own(const struct found *found, const char *fold)
{
    char *name;

    if (words_are(WORDS_ANSWERS, fold))
        return true;
    if (found->name == NULL)
        return false;
    name = words_fold(found->arena, found->name, strlen(found->name));
    return strstr(name, fold) != NULL || is_short_for(fold, name);
}

bool speakers_answers(const struct found *found, const struct block *block)
{
    const char *label = block->kind == BLOCK_PARAGRAPH
                      ? label_of_line(found->arena, block, 0, block->bytes) : NULL;

    return label != NULL && is_own(found, label);
}

/* Blocks that ask and have no label, nor one above them, where labels begin. */
static size_t asking_without(const struct found *found, struct speakers *speakers)
{
    size_t count = 0;
    bool started = false, above = false;

    for (size_t i = 0; i < found->last; i++) {
        const struct block *block = block_at(found, i);
        struct label label;
        bool labelled = speaker_of(found, speakers, i, &label) < MOST_LABELS;

        started = started || labelled;
        count += started && !labelled && !above && block->fate == FATE_NONE &&
                 block->bytes < 300 && text_asks(block->text, block->bytes);
        above = labelled && label.length >= block->bytes;
    }
    return count;
}

/* Turns of A and B, and how many of them follow one of the other. */
static bool take_turns(const struct found *found, struct speakers *speakers, size_t a, size_t b)
{
    size_t before = MOST_LABELS, all = 0, changes = 0, others = 0;

    for (size_t i = 0; i < found->last; i++) {
        struct label label;
        size_t who = speaker_of(found, speakers, i, &label);

        if (who == MOST_LABELS)
            continue;
        others += who != a && who != b;
        if (who != a && who != b)
            continue;
        all++;
        changes += before != MOST_LABELS && before != who;
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

/* Of two who take turns, the one who asks clearly, or is not the person, or asks
 * more. */
static size_t choose_of_two(const struct found *found, struct speakers *speakers)
{
    size_t first = MOST_LABELS, second = MOST_LABELS;
    const struct speaker *a, *b;

    for (size_t i = 0; i < speakers->count; i++) {
        if (speakers->item[i].same != i || speakers->item[i].turns < 2)
            continue;
        if (first == MOST_LABELS || speakers->item[i].turns > speakers->item[first].turns) {
            second = first;
            first = i;
        } else if (second == MOST_LABELS ||
                   speakers->item[i].turns > speakers->item[second].turns) {
            second = i;
        }
    }
    if (second == MOST_LABELS || !take_turns(found, speakers, first, second))
        return MOST_LABELS;
    a = &speakers->item[first];
    b = &speakers->item[second];
    if (asks_clearly(a, b) || asks_clearly(b, a))
        return asks_clearly(a, b) ? first : second;
    if (is_titled(found) && is_own(found, a->fold) != is_own(found, b->fold))
        return is_own(found, a->fold) ? second : first;
    if (a->asking * b->turns == b->asking * a->turns)
        return MOST_LABELS;
    return a->asking * b->turns > b->asking * a->turns ? first : second;
}

/* Of three or more, the one whom each of the others answers in turn, and who asks
 * more than they. */
static size_t choose_hub(const struct found *found, struct speakers *speakers)
{
    size_t best = MOST_LABELS, before = MOST_LABELS, turns = 0, changes = 0, asking = 0;
    const struct speaker *hub;

    for (size_t i = 0; i < speakers->count; i++) {
        if (speakers->item[i].same != i || speakers->item[i].turns < 2)
            continue;
        turns += speakers->item[i].turns;
        asking += speakers->item[i].asking;
        if (best == MOST_LABELS || speakers->item[i].turns > speakers->item[best].turns)
            best = i;
    }
    if (best == MOST_LABELS || turns < FEW_TURNS)
        return MOST_LABELS;
    for (size_t i = 0; i < found->last; i++) {
        struct label label;
        size_t who = speaker_of(found, speakers, i, &label);

        if (who == MOST_LABELS || speakers->item[who].turns < 2)
            continue;
        changes += before != MOST_LABELS && (before == best) != (who == best);
        before = who;
    }
    hub = &speakers->item[best];
    return changes * 10 >= (turns - 1) * 9 && !is_own(found, hub->fold) &&
           hub->asking * 4 >= hub->turns &&
           hub->asking * (turns - hub->turns) > 2 * (asking - hub->asking) * hub->turns
         ? best : MOST_LABELS;
}

/* The one who asks: turns of which at least half are questions, twice or more;
 * MOST_LABELS when nobody does. */
static size_t choose_asker(const struct found *found, struct speakers *speakers)
{
    size_t best = MOST_LABELS, most = 0;

    for (size_t i = 0; i < speakers->count; i++) {
        const struct speaker *speaker = &speakers->item[i];
        bool named = words_are(WORDS_ASKS, speaker->fold) && speaker->turns >= 2;

        if (speaker->same == i && (named || !is_own(found, speaker->fold)) &&
            (named || (speaker->turns >= 2 && speaker->asking >= 2 &&
                       speaker->asking * 2 >= speaker->turns)) &&
            speaker->asking + named > most) {
            most = speaker->asking + named;
            best = i;
        }
    }
    if (best == MOST_LABELS) {
        best = choose_of_two(found, speakers);
        return best == MOST_LABELS ? choose_hub(found, speakers) : best;
    }
    return speakers->item[best].asking >= asking_without(found, speakers) ? best : MOST_LABELS;
}

/* Who asks, and others who ask as often; false when nobody does. */
static bool choose_askers(const struct found *found, struct speakers *speakers)
{
    size_t asker = choose_asker(found, speakers);

    if (asker == MOST_LABELS)
        return false;
    for (size_t i = 0; i < speakers->count; i++) {
        const struct speaker *speaker = &speakers->item[i];

        speakers->item[i].asks = i == asker ||
            (speaker->same == i && speaker->asking >= 2 &&
             speaker->asking * 3 >= speaker->turns * 2 && !is_own(found, speaker->fold));
    }
    return true;
}

/* A title may name who asks: then the person is who answers. */
static void mend_name(struct found *found, const struct speakers *speakers)
{
    const struct speaker *best = NULL;
    bool wrong = false;

    for (size_t i = 0; i < speakers->count; i++) {
        const struct speaker *speaker = &speakers->item[i];

        wrong = wrong || (speaker->asks && !label_is_turn(speaker->fold) &&
                          is_own(found, speaker->fold));
        if (speaker->same == i && !speaker->asks && !label_is_turn(speaker->fold) &&
            (best == NULL || speaker->turns > best->turns))
            best = speaker;
    }
    if (!wrong || best == NULL || best->turns < 2 || found->article->name != NULL)
        return;
    found_doubt(found, (struct place){ found->article->path, 0, 0 },
                "“%s” asks; the name “%s” is from a label; correct it in the portrait",
                found->name, best->name);
    found->name = best->name;
}

/* Turns that follow one who asks: of those who answer, half or more. */
static void count_answers(const struct found *found, struct speakers *speakers)
{
    bool asked = false;

    for (size_t i = 0; i < found->last; i++) {
        struct label label;
        size_t who = speaker_of(found, speakers, i, &label);

        if (who == MOST_LABELS)
            continue;
        speakers->item[who].after += asked;
        asked = speakers->item[who].asks;
    }
}

static bool answers(const struct found *found, const struct speaker *speaker)
{
    return !speaker->asks && ((speaker->turns >= 2 && speaker->after * 2 >= speaker->turns) ||
                              is_own(found, speaker->fold));
}

static bool have_answerers(const struct found *found, const struct speakers *speakers,
                           size_t *several)
{
    size_t count = 0;

    for (size_t i = 0; i < speakers->count; i++)
        count += speakers->item[i].same == i && speakers->item[i].turns >= 2 &&
                 answers(found, &speakers->item[i]);
    *several = count;
    return count > 0;
}

/* A label that goes is named, once. */
static void remark(struct found *found, struct place at, const char *label)
{
    const char *text = arena_printf(found->arena, "speaker’s label “%s” left out, here and below",
                                    label);

    for (size_t i = 0; i < found->article->remarks.count; i++)
        if (strcmp(found->article->remarks.item[i].text, text) == 0)
            return;
    *VEC_PUSH(&found->article->remarks) = (struct remark){ at, text };
}

/* Words: stretches between spaces. */
static size_t text_words(const char *text)
{
    size_t words = 0;

    for (const char *at = text + strspn(text, " "); *at != '\0'; at += strspn(at, " ")) {
        at += strcspn(at, " ");
        words++;
    }
    return words;
}

static const char *label_text(const struct found *found, const struct block *block,
                              const struct label *label)
{
    size_t end = label->to;

    while (end > label->from + 1 && memcmp(block->text + end - 2, "\xC2\xA0", 2) == 0)
        end -= 2;
    return text_clean(found->arena, block->text + label->from, end - label->from);
}

static void strip(struct found *found, struct block *block, const struct label *label, bool keep)
{
    const char *text = label_text(found, block, label);

    if (!keep) {
        found->label_words += text_words(text);
        remark(found, block->at, text);
    }
    *block = block_slice(found->arena, block, label->length, block->bytes);
    block->fold = words_fold(found->arena, block->text, block->bytes);
    block->words = fold_words(block->fold);
    if (keep)
        block->label = text;
}

/* Who asks first may be named in full, and by initials from then on. */
static bool is_first_asking(const struct speakers *speakers, size_t who,
                            const struct block *block, bool started)
{
    return !started && speakers->item[who].turns == 1 && text_asks(block->text, block->bytes);
}

/* ALONE: the label that is all of the block before. */
struct turn { size_t who; bool started, asking; struct block *alone; };

/* A label that is all of its block: the next block is its turn's text. Where
 * several answer it stands where it is until that takes it. */
static void leave_label(struct found *found, struct turn *turn, size_t who, struct block *block,
                        const struct label *label, bool keep)
{
    turn->who = who;
    turn->alone = block;
    block->fate = keep && turn->started ? FATE_ANSWER : FATE_META;
    if (block->fate == FATE_META)
        remark(found, block->at, label_text(found, block, label));
}

/* Tables and code keep it above them. */
static void move_label(struct found *found, struct block *alone, struct block *text)
{
    struct label label;

    if (alone == NULL || alone->fate != FATE_ANSWER ||
        (text->kind != BLOCK_PARAGRAPH && text->kind != BLOCK_ITEM) ||
        !label_read(found->arena, alone, &label))
        return;
    text->label = label_text(found, alone, &label);
    alone->fate = FATE_META;
}

/* No heading holds the lines of code, nor a table. */
static bool may_ask(const struct block *block)
{
    return block->kind == BLOCK_PARAGRAPH || block->kind == BLOCK_ITEM ||
           block->kind == BLOCK_HEADING;
}

static void give_question(struct found *found, size_t index, struct turn *turn)
{
    if (!turn->started)
        found->first = index;
    turn->started = turn->asking = true;
    block_at(found, index)->fate = FATE_QUESTION;
    found->questions++;
}

/* What comes behind a question without a label is still the question when
 * those who answer have labels. */
static void give_fate(struct found *found, struct speakers *speakers, size_t index,
                      struct turn *turn, bool labelled, bool several)
{
    struct block *block = block_at(found, index);
    struct block *alone = turn->alone;
    struct label label = {0};
    size_t who = speaker_of(found, speakers, index, &label);
    bool asks, answering;

    if (block->fate != FATE_NONE || block->kind == BLOCK_RULE)
        return;
    if (who == MOST_LABELS)
        label.length = 0;
    if (who == MOST_LABELS && alone != NULL)
        who = turn->who;
    answering = who < MOST_LABELS && answers(found, &speakers->item[who]);
    turn->alone = NULL;
    if (label.length > 0 && label.length >= block->bytes &&
        (speakers->item[who].asks || answering)) {
        leave_label(found, turn, who, block, &label, several && answering);
        return;
    }
    asks = who < MOST_LABELS && may_ask(block) &&
           (speakers->item[who].asks || is_first_asking(speakers, who, block, turn->started));
    if (asks) {
        if (label.length > 0)
            strip(found, block, &label, false);
        give_question(found, index, turn);
    } else if (turn->asking && labelled && who == MOST_LABELS &&
               block->kind == BLOCK_PARAGRAPH) {
        block->fate = FATE_QUESTION;
        block->goes_on = true;
    } else if (turn->started) {
        turn->asking = false;
        block->fate = FATE_ANSWER;
        if (answering && label.length > 0)
            strip(found, block, &label, several);
        else if (answering)
            move_label(found, alone, block);
    }
}

bool speakers_find(struct found *found)
{
    struct speakers *speakers = arena_alloc(found->arena, sizeof *speakers);
    struct turn turn = {0};
    size_t several;
    bool labelled;

    speakers->lines = have_lines(found, speakers);
    count_turns(found, speakers);
    join_names(speakers);
    if (!choose_askers(found, speakers))
        return false;
    mend_name(found, speakers);
    count_answers(found, speakers);
    labelled = have_answerers(found, speakers, &several);
    for (size_t i = 0; i < found->last; i++)
        give_fate(found, speakers, i, &turn, labelled, several > 1);
    found->sureness = 0.97;
    return true;
}

/* ---- Labels that do not tell the questions -------------------------------------- */

static size_t next_fate(const struct found *found, size_t from, enum fate fate)
{
    while (from < found->last && block_at(found, from)->fate != fate)
        from++;
    return from;
}

static bool has_label(const struct found *found, const struct block *block, struct label *label)
{
    return label_read(found->arena, block, label) && !label->line &&
           label->length < block->bytes;
}

/* "Q:" before a question says nothing more. */
static void strip_asking(struct found *found)
{
    for (size_t i = 0; i < found->last; i++) {
        struct block *block = block_at(found, i);
        struct label label;

        if (block->fate == FATE_QUESTION && has_label(found, block, &label) &&
            words_are(WORDS_ASKS, label.fold) && strcmp(label.fold, " question ") != 0)
            strip(found, block, &label, false);
    }
}

void speakers_strip(struct found *found)
{
    struct speakers *speakers = arena_alloc(found->arena, sizeof *speakers);
    size_t question = next_fate(found, 0, FATE_QUESTION);

    strip_asking(found);
    while (question < found->last) {
        size_t answer = next_fate(found, question, FATE_ANSWER);
        struct label own, asked;

        if (answer >= found->last)
            return;
        if (has_label(found, block_at(found, answer), &own) && is_own(found, own.fold)) {
            strip(found, block_at(found, answer), &own, false);
            if (has_label(found, block_at(found, question), &asked) &&
                lookup_speaker(speakers, asked.fold) == 0)
                strip(found, block_at(found, question), &asked, false);
        }
        question = next_fate(found, answer, FATE_QUESTION);
    }
}
