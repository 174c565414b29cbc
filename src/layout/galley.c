/* The galley's small things: the type area of a style, boxes made and moved,
 * elements added. Nothing is refused. */
#include "layout/galley.h"

#include <stdlib.h>
#include <string.h>

struct area area_of(const struct style *style)
{
    struct area area = {0};
    dim grid = style->grid > 0 ? style->grid : DIM_OF_PT(12);
    dim cap = style->body.size * 2 / 3;     /* of a capital, near enough */
    dim first;

    area.measure = style->width - style->inner - style->outer;
    area.half = grid / 2;
    grid = area.half * 2;
    area.lines = 1 + (style->height - style->top - style->bottom - cap) / grid;
    if (area.lines < 6)
        area.lines = 6;
    area.drop = (dim)((int64_t)grid * 73 / 100);
    first = style->height - style->bottom - (area.lines - 1) * grid;
    area.top = first - area.drop;
    return area;
}

int halves_of(const struct area *area, dim leading, int count)
{
    int64_t height = (int64_t)leading * count, slack = area->half / 50;

    return count == 0 ? 0 : (int)((height - slack + area->half - 1) / area->half);
}

void galley_clear(struct galley *galley)
{
    free(galley->blocks.item);
    free(galley->notes.item);
    free(galley->seeds.item);
    free(galley->elements.item);
}

uint32_t galley_element(struct galley *galley, enum element_kind kind, uint32_t parent)
{
    struct element *element = VEC_PUSH(&galley->elements);

    element->kind = kind;
    element->parent = parent;
    return (uint32_t)(galley->elements.count - 1);
}

static void *seal(struct arena *arena, void *list, size_t count, size_t size)
{
    void *copy = count == 0 ? NULL : arena_array(arena, count, size);

    if (count > 0)
        memcpy(copy, list, count * size);
    free(list);
    return copy;
}

struct box *box_new(struct arena *arena, struct making *making, int height)
{
    struct box *box = ARENA_NEW(arena, struct box);

    box->height = height;
    box->item_count = (uint32_t)making->items.count;
    box->link_count = (uint32_t)making->links.count;
    box->named_count = (uint32_t)making->names.count;
    box->item = seal(arena, making->items.item, making->items.count, sizeof *box->item);
    box->link = seal(arena, making->links.item, making->links.count, sizeof *box->link);
    box->named = seal(arena, making->names.item, making->names.count, sizeof *box->named);
    memset(making, 0, sizeof *making);
    return box;
}

void box_put(const struct box *box, dim x, dim y, struct making *making)
{
    for (uint32_t i = 0; i < box->item_count; i++) {
        struct item *item = VEC_PUSH(&making->items);

        *item = box->item[i];
        item->x += x;
        item->y += y;
    }
    for (uint32_t i = 0; i < box->link_count; i++) {
        struct link *link = VEC_PUSH(&making->links);

        *link = box->link[i];
        link->x += x;
        link->y += y;
    }
    for (uint32_t i = 0; i < box->named_count; i++) {
        struct named *named = VEC_PUSH(&making->names);

        *named = box->named[i];
        named->y += y;
    }
}
