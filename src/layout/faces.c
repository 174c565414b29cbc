/* Numbers the faces in the order of their first use, whatever order the workers
 * met them in. */
#include "layout/job.h"

static const uint32_t UNNUMBERED = UINT32_MAX;

/* Numbers the face of SHAPED, found among ALL, if it has none yet. */
static void number_face(struct face **all, size_t count, const struct face *face, uint32_t *next)
{
    if (face->number != UNNUMBERED)
        return;
    for (size_t i = 0; i < count; i++)
        if (all[i] == face)
            all[i]->number = (*next)++;
}

static void number_item(struct face **all, size_t count, const struct item *item, uint32_t *next)
{
    if (item->kind != ITEM_WORDS)
        return;
    for (uint32_t i = 0; i < item->words.count; i++)
        number_face(all, count, item->words.word[i].shaped->face, next);
}

void faces_number(struct layout *layout, struct pages *pages)
{
    struct face **all;
    const struct face **list;
    size_t count = fonts_faces(layout->fonts, &all);
    uint32_t next = layout->numbered;

    for (size_t i = 0; i < count; i++)
        if (layout->numbered == 0 || all[i]->number >= layout->numbered)
            all[i]->number = UNNUMBERED;
    for (uint32_t p = 0; p < pages->count; p++)
        for (uint32_t i = 0; i < pages->page[p].item_count; i++)
            number_item(all, count, &pages->page[p].items[i], &next);
    list = ARENA_ARRAY(layout->arena, next, const struct face *);
    for (size_t i = 0; i < count; i++)
        if (all[i]->number != UNNUMBERED)
            list[all[i]->number] = all[i];
    pages->faces = list;
    pages->face_count = layout->numbered = next;
}
