/* Anchors, counted by the words that they were made from. */
#include "book/anchor.h"

#include <stdint.h>

const char *anchor_take(struct arena *arena, GHashTable *taken, const char *wanted)
{
    const char *anchor = wanted;
    /* how many of these words there were: where to go on counting */
    int count = GPOINTER_TO_INT(g_hash_table_lookup(taken, wanted));

    while (g_hash_table_contains(taken, anchor))
        anchor = arena_printf(arena, "%s-%d", wanted, ++count);
    g_hash_table_insert(taken, (gpointer)(uintptr_t)wanted, GINT_TO_POINTER(MAX(count, 1)));
    if (anchor != wanted)
        g_hash_table_insert(taken, (gpointer)(uintptr_t)anchor, GINT_TO_POINTER(1));
    return anchor;
}

void anchor_headings(struct arena *arena, GHashTable *taken, const char *id, struct node *root)
{
    for (struct node *node = root; node != NULL; node = node_next(node, root))
        if (node->kind == NODE_HEADING && node->id != NULL)
            node->id = anchor_take(arena, taken, arena_printf(arena, "%s-q-%s", id, node->id));
}
