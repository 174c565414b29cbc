/* Questions that readers ask are no interview: a page of help asks as they would,
 * "How do I …?", and speaks to nobody. */
#include "import/find.h"

#include <string.h>

static struct block *block_at(const struct found *found, size_t index)
{
    return &found->article->blocks.item[index];
}

static bool is_headed_help(const struct found *found)
{
    const char *title = found->article->title == NULL ? ""
                      : words_fold(found->arena, found->article->title,
                                   strlen(found->article->title));

    for (size_t i = 0; i < found->article->blocks.count; i++)
        if (block_at(found, i)->kind == BLOCK_HEADING && !block_at(found, i)->furniture &&
            words_have(WORDS_HELP, block_at(found, i)->fold))
            return true;
    return words_have(WORDS_HELP, title);
}

/* "Can I pay by card?": who asks so speaks of himself, and wants no portrait. Most
 * questions do, or a quarter below a heading that says so. */
static bool is_help(const struct found *found)
{
    size_t own = 0;

    for (size_t i = 0; i < found->last; i++) {
        const struct block *block = block_at(found, i);

        own += block->fate == FATE_QUESTION && !block->goes_on &&
               words_have(WORDS_I, block->fold) && !words_have(WORDS_YOU, block->fold);
    }
    return own >= 2 && (own * 10 >= found->questions * 6 ||
                        (own * 4 >= found->questions && is_headed_help(found)));
}

/* None of them is a question of an interview. */
static void give_back(struct found *found)
{
    for (size_t i = 0; i < found->last; i++)
        if (block_at(found, i)->fate == FATE_QUESTION || block_at(found, i)->fate == FATE_ANSWER)
            block_at(found, i)->fate = FATE_NONE;
    found_doubt(found, block_at(found, found->first)->at,
                "readers ask this, of themselves; it is taken for help, and no interview");
    found->first = found->last;
    found->questions = 0;
    found->foreign = true;
    found->sureness = 0;
}

void find_help(struct found *found)
{
    if (found->questions > 0 && is_help(found))
        give_back(found);
}
