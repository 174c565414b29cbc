/* What looks there are, and which the questions have: that at least half of a look's
 * blocks ask speaks for it. */
#include "import/looks.h"
#include "import/asking.h"

#include <glib.h>
#include <string.h>

enum { LABEL_BYTES = 48 };

#define NOBODY SIZE_MAX

/* ---- The look of a block ---------------------------------------------------------- */

bool look_has_dash(const struct block *block)
{
    return block->kind == BLOCK_PARAGRAPH &&
           (strncmp(block->text, "- ", 2) == 0 || strncmp(block->text, "-- ", 3) == 0 ||
            strncmp(block->text, "--- ", 4) == 0 || strncmp(block->text, "\xE2\x80\x93 ", 4) == 0 ||
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

int look_of(const struct block *block)
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
    look |= look_has_dash(block) ? DASH : 0;
    return look;
}

bool look_is_heading(int look)
{
    return look >= HEADING && look < DASH;
}

/* ---- Neighbours ------------------------------------------------------------------- */

bool looks_open(const struct found *found, size_t index)
{
    const struct block *block = block_at(found, index);

    return block->fate == FATE_NONE && block->kind != BLOCK_RULE;
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
        if (!looks_open(found, i))
            continue;
        if (before != NOBODY)
            looks->behind[before] = i;
        before = i;
    }
}

const struct block *looks_before(const struct found *found, const struct looks *looks,
                                  size_t index)
{
    return looks->before[index] == NOBODY ? NULL : block_at(found, looks->before[index]);
}

const struct block *looks_behind(const struct found *found, const struct looks *looks,
                                  size_t index)
{
    return looks->behind[index] == NOBODY ? NULL : block_at(found, looks->behind[index]);
}

static guint hash_words(gconstpointer block)
{
    return g_str_hash(((const struct block *)block)->fold);
}

static gboolean same_words(gconstpointer one, gconstpointer other)
{
    return strcmp(((const struct block *)one)->fold, ((const struct block *)other)->fold) == 0;
}

/* Which open blocks ask what a later one asks in the same words. */
static void see_repeated(const struct found *found, struct looks *looks)
{
    GHashTable *asked = g_hash_table_new(hash_words, same_words);

    looks->again = ARENA_ARRAY(found->arena, found->last, bool);
    for (size_t i = found->last; i-- > 0;) {
        struct block *block = block_at(found, i);

        if (looks_open(found, i) && block_asks(block))
            looks->again[i] = !g_hash_table_add(asked, block);
    }
    g_hash_table_destroy(asked);
}

/* ---- Counting --------------------------------------------------------------------- */

static void count_asking(struct looks *looks, int look, size_t index, struct block *block)
{
    if (!block_asks(block) && asking_weigh(block) <= 0.5)
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

        if (!looks_open(found, i) || look < 0 || block->bytes == 0)
            continue;
        if (before >= 0 && look != before)
            looks->parted[before]++;
        before = look;
        if (looks->all[look]++ == 0)
            looks->first[look] = i;
        looks->voices[0] += block->voice > 0;
        looks->voices[1] += block->voice < 0;
        count_asking(looks, look, i, block);
        looks->repeated[look] += asking_weigh_series(found, block) >= 3;
    }
}

/* ---- Accepting -------------------------------------------------------------------- */

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

/* Headings that ask, but all before or behind many questions in another look, are over
 * other parts. */
static void refuse_outside(const struct found *found, struct looks *looks)
{
    for (int head = HEADING; head <= HEADING + 6; head++)
        for (int look = 1; look < HEADING && looks->accepted[head]; look++) {
            bool within = false;

            if (!looks->accepted[look] || looks->asking[look] < 4 ||
                looks->asking[look] < looks->asking[head] ||
                looks->parted[look] * 2 < looks->all[look])
                continue;
            for (size_t i = looks->first_asking[look]; i < looks->last_asking[look]; i++)
                within = within || (looks_open(found, i) && look_of(block_at(found, i)) == head);
            looks->accepted[head] = within;
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

        if (looks_open(found, i) && look_of(block) == look) {
            speaking += you || block_asks(block) || asking_weigh(block) > 0.5;
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

void looks_see(const struct found *found, struct looks *looks)
{
    *looks = (struct looks){ .name = found->name == NULL ? ""
                                   : words_fold(found->arena, found->name, strlen(found->name)) };
    see_neighbours(found, looks);
    see_repeated(found, looks);
    count_looks(found, looks);
    accept_looks(looks);
    accept_headings(found, looks);
    refuse_outside(found, looks);
    accept_contrast(looks);
    accept_mixed(looks);
}
