/* Words and the spaces between them come in the order of their levels, and the
 * clusters of a word that runs from right to left the last one first. */
#include "pdf/reading.h"
#include "base/buf.h"
#include "base/memory.h"
#include "layout/bidi.h"
#include "pdf/cluster.h"

#include <stdlib.h>

/* A word, or the space after it. */
struct thing { const struct word *word; bool space; };

bool reading_is_turned(const struct item *item)
{
    for (uint32_t i = 0; item->kind == ITEM_WORDS && i < item->words.count; i++)
        if (item->words.word[i].level % 2 != 0)
            return true;
    return false;
}

static void put_word(const struct word *word, struct buf *out)
{
    VEC(struct cluster) clusters = {0};
    struct cluster cluster = {0};

    while (cluster_next(word, &cluster))
        *VEC_PUSH(&clusters) = cluster;
    for (size_t i = 0; i < clusters.count; i++) {
        const struct cluster *next
            = &clusters.item[word->level % 2 == 0 ? i : clusters.count - 1 - i];

        buf_append(out, next->text, next->bytes);
    }
    free(clusters.item);
}

/* As they are seen. Returns how many. */
static size_t list_things(const struct item *item, struct thing *thing, uint8_t *level)
{
    size_t count = 0;

    for (uint32_t i = 0; i < item->words.count; i++) {
        const struct word *word = &item->words.word[i];

        level[count] = word->level;
        thing[count++] = (struct thing){ word, false };
        if ((word->flags & WORD_SPACE) == 0)
            continue;
        level[count] = word->space_level;
        thing[count++] = (struct thing){ word, true };
    }
    return count;
}

char *reading_new(const struct item *item)
{
    size_t most = 2 * (size_t)item->words.count, count;
    struct thing *thing = memory_new(most, sizeof *thing);
    uint8_t *level = memory_new(most, sizeof *level);
    size_t *order = memory_new(most, sizeof *order);
    struct buf text = {0};

    count = list_things(item, thing, level);
    bidi_read(level, count, order);
    for (size_t i = 0; i < count; i++)
        if (thing[order[i]].space)
            buf_putc(&text, ' ');
        else
            put_word(thing[order[i]].word, &text);
    buf_text(&text);
    free(thing);
    free(level);
    free(order);
    return text.data;
}
