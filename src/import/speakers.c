/* The turns of speakers, told by their labels, become questions and answers. Of one
 * who answers the label is dropped; of several each answer keeps its own, in bold. */
#include "import/speakers.h"
#include "import/askers.h"
#include "import/names.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

enum { INITIALS_BYTES = 3, FEW_WITHOUT = 3 };

bool speakers_answers(const struct found *found, const struct block *block)
{
    const char *label = block->kind == BLOCK_PARAGRAPH
                      ? label_of_line(found->arena, block, 0, block->bytes) : NULL;

    return label != NULL && speaker_is_own(found, label);
}

/* ---- Who answers ------------------------------------------------------------------- */

/* A title may name who asks: then the person is who answers. */
static void mend_name(struct found *found, const struct speakers *speakers)
{
    const struct speaker *best = NULL;
    bool wrong = false;

    for (size_t i = 0; i < speakers->count; i++) {
        const struct speaker *speaker = &speakers->item[i];

        wrong = wrong || (speaker->asks && !label_is_turn(speaker->fold) &&
                          speaker_is_own(found, speaker->fold));
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
    found->name_score = SURE_NAME;
}

/* Turns that follow one who asks: of those who answer, half or more. */
static void count_answers(const struct found *found, struct speakers *speakers)
{
    bool asked = false;

    for (size_t i = 0; i < found->last; i++) {
        struct label label;
        size_t who = speaker_of(found, speakers, i, &label);

        if (who == SPEAKERS_MOST)
            continue;
        speakers->item[who].after += asked;
        asked = speakers->item[who].asks;
    }
}

static bool answers(const struct found *found, const struct speaker *speaker)
{
    return !speaker->asks && ((speaker->turns >= 2 && speaker->after * 2 >= speaker->turns) ||
                              speaker_is_own(found, speaker->fold));
}

static bool have_answerers(const struct found *found, const struct speakers *speakers,
                           size_t *several)
{
    size_t count = 0;

    for (size_t i = 0; i < speakers->count; i++)
        count += speakers->item[i].same == i && speakers->item[i].turns >= 2 &&
                 speakers->item[i].after > 0 && answers(found, &speakers->item[i]);
    *several = count;
    return count > 0;
}

/* "Ada", "AGATHE QUILL", but no initials, nor an address. */
static bool is_whole_name(const char *name)
{
    size_t length = strlen(name);

    return name_begins_capital(name) && strpbrk(name, "0123456789@/") == NULL &&
           (length > INITIALS_BYTES || (length > 2 && g_ascii_islower(name[length - 1])));
}

static bool has_title(const struct found *found)
{
    for (size_t i = 0; i < found->article->blocks.count; i++)
        if (block_at(found, i)->fate == FATE_TITLE)
            return true;
    return found->article->title != NULL;
}

/* Where no label says the name, the only one who answers is the person, by the longest
 * of the labels that name who that is: in full, or the name is hardly more than a guess. */
static void name_by_label(struct found *found, const struct speakers *speakers)
{
    const char *longest = NULL;

    if (found->article->name != NULL)
        return;
    for (size_t i = 0; i < speakers->count; i++) {
        const struct speaker *root = &speakers->item[speakers->item[i].same];
        const char *name = speakers->item[i].name;

        if (speaker_is_own(found, speakers->item[i].fold))
            return;
        if (root->turns >= 2 && answers(found, root) && name != NULL && is_whole_name(name) &&
            (longest == NULL || strlen(name) > strlen(longest)))
            longest = name;
    }
    if (longest == NULL ||
        (!name_is_likely(longest) &&
         found->name_score >= (has_title(found) ? SURE_NAME : SURER_NAME)))
        return;
    found->name = g_ascii_isupper(longest[strlen(longest) - 1])
                ? name_with_small_letters(found->arena, longest) : longest;
    found->name_score = SURE_NAME;
    found->role = found->article->role;
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
        found->own_label = found->own_label || speaker_is_own(found, label->fold);
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
    return !started && speakers->item[who].turns == 1 && block_asks(block);
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
    if (who == SPEAKERS_MOST)
        label.length = 0;
    if (who == SPEAKERS_MOST && alone != NULL)
        who = turn->who;
    answering = who < SPEAKERS_MOST && answers(found, &speakers->item[who]);
    turn->alone = NULL;
    if (label.length > 0 && label.length >= block->bytes &&
        (speakers->item[who].asks || answering)) {
        leave_label(found, turn, who, block, &label, several && answering);
        return;
    }
    asks = who < SPEAKERS_MOST && may_ask(block) &&
           (speakers->item[who].asks || is_first_asking(speakers, who, block, turn->started));
    if (asks) {
        if (label.length > 0)
            strip(found, block, &label, false);
        give_question(found, index, turn);
    } else if (turn->asking && labelled && who == SPEAKERS_MOST &&
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

/* Does the speaker come again, and hardly ever ask? */
static bool is_silent(const struct speaker *speaker)
{
    return speaker->turns >= 2 && speaker->asking * 3 <= speaker->turns;
}

static bool have_silent(const struct speakers *speakers)
{
    for (size_t i = 0; i < speakers->count; i++)
        if (is_silent(&speakers->item[i]))
            return true;
    return false;
}

/* Where nobody asks by a label, but text without one does, the labels that come again
 * are of those who answer. */
static void mark_answers(struct found *found, struct speakers *speakers)
{
    if (!have_silent(speakers) || speakers_asking_without(found, speakers) < FEW_WITHOUT)
        return;
    for (size_t i = 0; i < found->last; i++) {
        struct label label;
        size_t who = speaker_of(found, speakers, i, &label);
        const struct speaker *speaker = &speakers->item[who < SPEAKERS_MOST ? who : 0];

        block_at(found, i)->answers = who < SPEAKERS_MOST && is_silent(speaker);
        if (block_at(found, i)->answers && !speaker->seen) {
            speakers->item[who].seen = true;
            found->answerers++;
        }
    }
}

bool speakers_find(struct found *found)
{
    struct speakers *speakers = arena_alloc(found->arena, sizeof *speakers);
    struct turn turn = {0};
    size_t several;
    bool labelled;

    if (!speakers_choose(found, speakers)) {
        mark_answers(found, speakers);
        return false;
    }
    mend_name(found, speakers);
    count_answers(found, speakers);
    labelled = have_answerers(found, speakers, &several);
    if (several == 1)
        name_by_label(found, speakers);
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

/* "Answer:" as all of a block, with the answer in the next. */
static bool is_answer_label(const struct found *found, const struct block *block,
                            struct label *label)
{
    return label_read(found->arena, block, label) && label->length >= block->bytes &&
           words_are(WORDS_ANSWERS, label->fold);
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
        if (is_answer_label(found, block_at(found, answer), &own)) {
            block_at(found, answer)->fate = FATE_META;
            remark(found, block_at(found, answer)->at,
                   label_text(found, block_at(found, answer), &own));
        } else if (found->answerers < 2 && has_label(found, block_at(found, answer), &own) &&
                   speaker_is_own(found, own.fold)) {
            strip(found, block_at(found, answer), &own, false);
            if (has_label(found, block_at(found, question), &asked) &&
                speaker_lookup(speakers, asked.fold) == 0)
                strip(found, block_at(found, question), &asked, false);
        }
        question = next_fate(found, answer, FATE_QUESTION);
    }
}
