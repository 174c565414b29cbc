/* References to pages. What comes in is ids with their pages, as parts are
 * laid out; what goes out is labels, and for the index runs of pages. An id
 * that is not known yet has the label "0": the parts that name it are laid out
 * again once it is. */
#include "layout/refs.h"
#include "base/buf.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

struct ref { uint32_t page; const char *label; };

struct refs {
    GHashTable *by_id;
};

struct refs *refs_new(void)
{
    struct refs *refs = g_new0(struct refs, 1);

    refs->by_id = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
    return refs;
}

void refs_free(struct refs *refs)
{
    if (refs == NULL)
        return;
    g_hash_table_destroy(refs->by_id);
    g_free(refs);
}

void refs_set(struct refs *refs, const char *id, uint32_t page, const char *label)
{
    struct ref *ref = g_hash_table_lookup(refs->by_id, id);

    if (ref == NULL) {
        char *key = (char *)(uintptr_t)id;      /* borrowed: never freed or changed */

        ref = g_new(struct ref, 1);
        g_hash_table_insert(refs->by_id, key, ref);
    }
    *ref = (struct ref){ page, label };
}

const char *refs_label(const struct refs *refs, const char *id, uint32_t *page)
{
    const struct ref *ref = id == NULL ? NULL : g_hash_table_lookup(refs->by_id, id);

    if (page != NULL)
        *page = ref == NULL ? 0 : ref->page;
    return ref == NULL ? "0" : ref->label;
}

static int by_page(const void *a, const void *b)
{
    const struct ref *x = a, *y = b;

    return x->page < y->page ? -1 : x->page > y->page;
}

static size_t drop_repeated(struct ref *ref, size_t count)
{
    size_t kept = 0;

    qsort(ref, count, sizeof *ref, by_page);
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || ref[i].page != ref[kept - 1].page)
            ref[kept++] = ref[i];
    return kept;
}

/* One past the end of the run of pages that starts at I. */
static size_t run_end(const struct ref *ref, size_t count, size_t i)
{
    while (i + 1 < count && ref[i + 1].page == ref[i].page + 1)
        i++;
    return i + 1;
}

static void put_runs(struct buf *out, const struct ref *ref, size_t count)
{
    for (size_t i = 0, end; i < count; i = end) {
        end = run_end(ref, count, i);
        if (end - i < 3)
            end = i + 1;
        buf_printf(out, i > 0 ? ", %s" : "%s", ref[i].label);
        if (end - i > 1)
            buf_printf(out, "–%s", ref[end - 1].label);
    }
}

char *refs_ranges(const struct refs *refs, struct arena *arena, const struct node *node)
{
    VEC(struct ref) list = {0};
    struct buf text = {0};
    char *ranges;

    for (const struct node *child = node->first; child != NULL; child = child->next) {
        struct ref ref;

        ref.label = refs_label(refs, child->target, &ref.page);
        *VEC_PUSH(&list) = ref;
    }
    put_runs(&text, list.item, list.count == 0 ? 0 : drop_repeated(list.item, list.count));
    ranges = arena_strdup(arena, buf_text(&text));
    buf_free(&text);
    free(list.item);
    return ranges;
}

bool refs_needed(const struct node *root)
{
    for (const struct node *node = root; node != NULL; node = node_next(node, root))
        if (node->kind == NODE_PAGE_REF)
            return true;
    return false;
}

char *refs_signature(const struct refs *refs, struct arena *arena, const struct node *root)
{
    struct buf text = {0};
    char *signature;

    for (const struct node *node = root; node != NULL; node = node_next(node, root))
        if (node->kind == NODE_PAGE_REF)
            buf_printf(&text, "%s ", refs_label(refs, node->target, NULL));
    signature = arena_strdup(arena, buf_text(&text));
    buf_free(&text);
    return signature;
}
