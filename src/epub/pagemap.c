/* From the layout's page starts to chains by part and by node. */
#include "epub/pagemap.h"

#include "base/memory.h"

#include <glib.h>

#include <stdlib.h>

struct pagemap {
    struct arena *arena;
    const struct pages *pages;
    struct page_break *first;
    GHashTable *of_part, *of_node;      /* the first of each chain */
};

/* Sets KEY's first break and returns what was the first. */
static struct page_break *replace(GHashTable *table, const void *key, struct page_break *first)
{
    struct page_break *old = g_hash_table_lookup(table, key);

    g_hash_table_insert(table, (gpointer)(uintptr_t)key, first);
    return old;
}

/* All chains grow at their head, so the last page is added first. */
static struct page_break *add(struct pagemap *map, const struct part *part, const char *label,
                              const struct node *node)
{
    struct page_break *mark = ARENA_NEW(map->arena, struct page_break);

    mark->part = part;
    mark->node = node;
    mark->label = label;
    mark->id = arena_printf(map->arena, "page-%s", label);
    mark->next = map->first;
    map->first = mark;
    mark->next_of_part = replace(map->of_part, part, mark);
    if (node != NULL)
        mark->next_of_node = replace(map->of_node, node, mark);
    return mark;
}

static void add_page(struct pagemap *map, const struct page_start *start)
{
    const struct laid_page *page = &map->pages->page[start->page];
    struct page_break *mark = add(map, start->part, page->label,
                                  page->blank ? NULL : start->node);

    mark->offset = mark->node == NULL ? 0 : start->offset;
    mark->at_end = page->blank;
}

struct pagemap *pagemap_new(struct arena *arena, const struct pages *pages)
{
    struct pagemap *map = memory_new(1, sizeof *map);

    map->arena = arena;
    map->pages = pages;
    map->of_part = g_hash_table_new(NULL, NULL);
    map->of_node = g_hash_table_new(NULL, NULL);
    if (pages != NULL)
        for (uint32_t i = pages->count; i > 0; i--)
            add_page(map, &pages->starts[i - 1]);
    return map;
}

void pagemap_free(struct pagemap *map)
{
    if (map == NULL)
        return;
    g_hash_table_destroy(map->of_part);
    g_hash_table_destroy(map->of_node);
    free(map);
}

void pagemap_add_cover(struct pagemap *map, const struct part *part)
{
    add(map, part, "C2", NULL)->at_end = true;
    add(map, part, "C1", NULL);
}

struct page_break *pagemap_first(const struct pagemap *map)
{
    return map->first;
}

struct page_break *pagemap_of_part(const struct pagemap *map, const struct part *part)
{
    return g_hash_table_lookup(map->of_part, part);
}

struct page_break *pagemap_of_node(const struct pagemap *map, const struct node *node)
{
    return g_hash_table_lookup(map->of_node, node);
}

const char *pagemap_label(const struct pagemap *map, const char *id)
{
    const struct destination *place = map->pages == NULL ? NULL : pages_lookup(map->pages, id);

    return place == NULL || place->page >= map->pages->count
        ? NULL : map->pages->page[place->page].label;
}
