/* Labels at the start of paragraphs. A label is a few words and a colon; who
 * asks is the one whose turns end in question marks, or whose label says so
 * ("Q:"). Of one who answers the label is dropped; of several each answer keeps
 * its own, in bold. */
#include "import/speakers.h"
#include "base/utf8.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

enum { LABEL_BYTES = 48, LABEL_WORDS = 4, MOST_LABELS = 24 };

struct speaker { const char *fold; size_t turns, asking; };

struct speakers { struct speaker item[MOST_LABELS]; size_t count; size_t asker; };

static struct block *block_at(const struct found *found, size_t index)
{
    return &found->article->blocks.item[index];
}

/* Does FOLD say "Q", "A" or their like? */
static bool is_turn_word(const char *fold)
{
    return words_are(WORDS_ASKS, fold) || words_are(WORDS_ANSWERS, fold);
}

/* A few words in bold before text that is not: a label without a colon. */
static size_t bold_label(struct arena *arena, const struct block *block)
{
    size_t end = block_marked_prefix(block, MARK_STRONG);

    if (end == 0 || end >= block->bytes || end > LABEL_BYTES ||
        memchr(block->text, '\n', end) != NULL || text_asks(block->text, end) ||
        fold_words(words_fold(arena, block->text, end)) > LABEL_WORDS ||
        block_marks(block, 0, block->bytes) != 0)
        return 0;
    return block->text[end] == ':' ? end + 1 : end;
}

/* The bytes of the label that BLOCK begins with, its colon included; 0 when
 * there is none. */
static size_t label_length(struct arena *arena, const struct block *block)
{
    const char *at = block->text, *end = at + block->bytes;
    size_t stop = strcspn(block->text, ":.\n");
    const char *fold;

    if (block->kind != BLOCK_PARAGRAPH && block->kind != BLOCK_ITEM &&
        block->kind != BLOCK_HEADING)
        return 0;
    if (block->kind != BLOCK_HEADING && bold_label(arena, block) > 0)
        return bold_label(arena, block);
    if (stop >= block->bytes || stop == 0 || stop > LABEL_BYTES || block->text[stop] == '\n' ||
        !g_unichar_isupper(utf8_next(&at, end)))
        return 0;
    fold = words_fold(arena, block->text, stop);
    if (fold_words(fold) > LABEL_WORDS || fold_words(fold) == 0)
        return 0;
    if ((block->text[stop] == '.' || block->kind == BLOCK_HEADING) && !is_turn_word(fold))
        return 0;
    stop++;
    if (stop < block->bytes && block->text[stop] != ' ' && block->text[stop] != '\n' &&
        (unsigned char)block->text[stop] != 0xC2)
        return 0;
    return stop;
}

static size_t lookup_speaker(struct speakers *speakers, const char *fold)
{
    size_t i;

    for (i = 0; i < speakers->count; i++)
        if (strcmp(speakers->item[i].fold, fold) == 0)
            return i;
    if (i < MOST_LABELS)
        speakers->item[speakers->count++].fold = fold;
    return i;
}

/* The speaker of a block by number; MOST_LABELS for none. */
static size_t speaker_of(const struct found *found, struct speakers *speakers, size_t index,
                         size_t *length)
{
    const struct block *block = block_at(found, index);

    *length = block->fate == FATE_NONE ? label_length(found->arena, block) : 0;
    if (*length == 0)
        return MOST_LABELS;
    return lookup_speaker(speakers, words_fold(found->arena, block->text, *length));
}

static void count_turns(const struct found *found, struct speakers *speakers)
{
    for (size_t i = 0; i < found->last; i++) {
        const struct block *block = block_at(found, i);
        size_t length, who = speaker_of(found, speakers, i, &length);

        if (who == MOST_LABELS)
            continue;
        speakers->item[who].turns++;
        speakers->item[who].asking += text_asks(block->text, block->bytes);
    }
}

/* The one who asks: turns of which at least half are questions, twice or more;
 * MOST_LABELS when nobody does. */
static size_t choose_asker(const struct found *found, const struct speakers *speakers)
{
    size_t best = MOST_LABELS, most = 0, count = 0;

    for (size_t i = 0; i < speakers->count; i++) {
        const struct speaker *speaker = &speakers->item[i];
        bool named = words_are(WORDS_ASKS, speaker->fold) && speaker->turns >= 2;

        if ((named || (speaker->turns >= 2 && speaker->asking >= 2 &&
                       speaker->asking * 2 >= speaker->turns)) &&
            speaker->asking + named > most) {
            most = speaker->asking + named;
            best = i;
        }
    }
    if (best == MOST_LABELS)
        return best;
    for (size_t i = 0; i < found->last; i++) {
        const struct block *block = block_at(found, i);

        count += block->fate == FATE_NONE && block->bytes < 300 &&
                 text_asks(block->text, block->bytes);
    }
    return speakers->item[best].asking * 2 >= count ? best : MOST_LABELS;
}

static bool have_answerers(const struct speakers *speakers, size_t *several)
{
    size_t count = 0;

    for (size_t i = 0; i < speakers->count; i++)
        count += i != speakers->asker && speakers->item[i].turns >= 2;
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

static void strip(struct found *found, struct block *block, size_t length, bool keep)
{
    size_t end = length;
    const char *label;

    while (end > 0 && strchr(" :.", block->text[end - 1]) != NULL)
        end--;
    while (end > 1 && memcmp(block->text + end - 2, "\xC2\xA0", 2) == 0)
        end -= 2;
    label = arena_strndup(found->arena, block->text, end);
    if (!keep)
        remark(found, block->at, label);

    *block = block_slice(found->arena, block, length, block->bytes);
    block->fold = words_fold(found->arena, block->text, block->bytes);
    block->words = fold_words(block->fold);
    if (keep)
        block->label = label;
}

/* Is the label a part of the person's name, or a word for an answer? */
static bool is_own(const struct found *found, const char *fold)
{
    char *name;

    if (words_are(WORDS_ANSWERS, fold))
        return true;
    if (found->name == NULL)
        return false;
    name = words_fold(found->arena, found->name, strlen(found->name));
    return strstr(name, fold) != NULL;
}

/* Who asks first may be named in full, and by initials from then on. */
static bool is_first_asking(const struct speakers *speakers, size_t who,
                            const struct block *block, bool started)
{
    return !started && speakers->item[who].turns == 1 && text_asks(block->text, block->bytes);
}

/* What comes behind a question without a label is still the question when
 * those who answer have labels. */
static void give_fates(struct found *found, struct speakers *speakers, bool labelled,
                       bool several)
{
    bool started = false, asking = false;

    for (size_t i = 0; i < found->last; i++) {
        struct block *block = block_at(found, i);
        size_t length, who = speaker_of(found, speakers, i, &length);

        if (block->fate != FATE_NONE || block->kind == BLOCK_RULE)
            continue;
        if (who < MOST_LABELS && (who == speakers->asker ||
                                  is_first_asking(speakers, who, block, started))) {
            if (!started)
                found->first = i;
            started = asking = true;
            strip(found, block, length, false);
            block->fate = FATE_QUESTION;
            found->questions++;
        } else if (started && asking && labelled && who == MOST_LABELS &&
                   block->kind == BLOCK_PARAGRAPH) {
            block->fate = FATE_QUESTION;
            block->goes_on = true;
        } else if (started) {
            asking = false;
            block->fate = FATE_ANSWER;
            if (who < MOST_LABELS && (speakers->item[who].turns >= 2 ||
                                      is_own(found, speakers->item[who].fold)))
                strip(found, block, length, several);
        }
    }
}

bool speakers_find(struct found *found)
{
    struct speakers *speakers = arena_alloc(found->arena, sizeof *speakers);
    size_t several;
    bool labelled;

    count_turns(found, speakers);
    speakers->asker = choose_asker(found, speakers);
    if (speakers->asker == MOST_LABELS)
        return false;
    labelled = have_answerers(speakers, &several);
    give_fates(found, speakers, labelled, several > 1);
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

/* "Q:" before a question says nothing more. */
static void strip_asking(struct found *found)
{
    for (size_t i = 0; i < found->last; i++) {
        struct block *block = block_at(found, i);
        size_t length = block->fate == FATE_QUESTION ? label_length(found->arena, block) : 0;

        if (length > 0 && length < block->bytes &&
            words_are(WORDS_ASKS, words_fold(found->arena, block->text, length)) &&
            strcmp(words_fold(found->arena, block->text, length), " question ") != 0)
            strip(found, block, length, false);
    }
}

void speakers_strip(struct found *found)
{
    struct speakers *speakers = arena_alloc(found->arena, sizeof *speakers);
    size_t question = next_fate(found, 0, FATE_QUESTION), length;

    strip_asking(found);
    while (question < found->last) {
        size_t answer = next_fate(found, question, FATE_ANSWER);
        struct block *block;
        const char *fold;

        if (answer >= found->last)
            return;
        block = block_at(found, answer);
        length = label_length(found->arena, block);
        fold = words_fold(found->arena, block->text, length);
        if (length > 0 && length < block->bytes && is_own(found, fold)) {
            size_t asked = label_length(found->arena, block_at(found, question));

            strip(found, block, length, false);
            if (asked > 0 && asked < block_at(found, question)->bytes &&
                lookup_speaker(speakers, words_fold(found->arena,
                               block_at(found, question)->text, asked)) == 0)
                strip(found, block_at(found, question), asked, false);
        }
        question = next_fate(found, answer, FATE_QUESTION);
    }
}
