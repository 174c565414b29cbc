/* The order of portraits and titles: by the anthology's key and the language's
 * alphabet; divisions before all. */
#include "book/collate.h"
#include "book/reader.h"
#include "base/nearest.h"

#include <glib.h>
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct sortable {
    int division;               /* its number; INT_MAX outside of all */
    size_t rank;                /* in the list that orders it; SIZE_MAX: by key */
    const char *key;
    const char *id;
    void *item;
};

static int compare(const void *a, const void *b)
{
    const struct sortable *left = a, *right = b;
    int order;

    if (left->division != right->division)
        return left->division < right->division ? -1 : 1;
    if (left->rank != right->rank)
        return left->rank < right->rank ? -1 : 1;
    order = strcmp(left->key, right->key);
    return order != 0 ? order : strcmp(left->id, right->id);
}

/* ---- Lists of ids ------------------------------------------------------------------ */

/* Where ids stand: id to a sortable, for the lists to mark. */
static GHashTable *index_portraits(struct sortable *list, size_t count)
{
    GHashTable *index = g_hash_table_new(g_str_hash, g_str_equal);

    for (size_t i = 0; i < count; i++)
        g_hash_table_insert(index, (gpointer)(uintptr_t)list[i].id, &list[i]);
    return index;
}

static bool tell_unknown(const struct book *book, const char *id, struct place at)
{
    const char **ids = ARENA_ARRAY(book->arena, book->portrait_count, const char *);
    const char *near;

    for (size_t i = 0; i < book->portrait_count; i++) {
        if (strcmp(book->portraits[i]->id, id) == 0)
            return true;        /* a draft: known, and left out */
        ids[i] = book->portraits[i]->id;
    }
    near = nearest(id, ids, book->portrait_count);
    diag(DIAG_ERROR, at, "portrait-unknown", "no portrait “%s”; %s%s%s", id,
         near == NULL ? "write portraits/ID.md or take the id out" : "“",
         near == NULL ? "" : near, near == NULL ? "" : "”?");
    return false;
}

static bool mark_listed(const struct book *book, GHashTable *index)
{
    bool sound = true;

    for (size_t i = 0; i < book->listed_count; i++) {
        struct sortable *found = g_hash_table_lookup(index, book->listed[i]);

        if (found != NULL && found->rank == SIZE_MAX)
            found->rank = i;
        else if (found != NULL)
            diag(DIAG_WARNING, book->listed_at, "listed-twice",
                 "“%s” is listed twice; its first place counts", book->listed[i]);
        else if (!tell_unknown(book, book->listed[i], book->listed_at))
            sound = false;
    }
    return sound;
}

/* Portraits of a division stand in the order of its ids. */
static bool mark_division(const struct book *book, GHashTable *index, size_t number)
{
    const struct division *division = &book->divisions[number];
    bool sound = true;

    for (size_t i = 0; i < division->id_count; i++) {
        struct sortable *found = g_hash_table_lookup(index, division->ids[i]);

        if (found == NULL) {
            sound = tell_unknown(book, division->ids[i], division->at) && sound;
        } else if (found->division != INT_MAX) {
            diag(DIAG_ERROR, division->at, "division-twice",
                 "“%s” stands in a part twice; keep one", division->ids[i]);
            sound = false;
        } else {
            found->division = (int)number;
            found->rank = i;
        }
    }
    return sound;
}

static void tell_unlisted(const struct book *book, const struct sortable *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct portrait *portrait = list[i].item;

        if (book->order == ORDER_LISTED && list[i].rank == SIZE_MAX)
            diag(DIAG_WARNING, portrait->at, "not-listed",
                 "not in the list of portraits of anthology.yaml; it stands behind the listed");
        else if (book->division_count > 0 && list[i].division == INT_MAX)
            diag(DIAG_WARNING, portrait->at, "not-listed",
                 "in no part of anthology.yaml; it stands behind the parts");
    }
}

/* ---- Sorting ------------------------------------------------------------------------- */

static const char *key_of(struct arena *arena, const struct collator *collator,
                          const struct book *book, const struct portrait *portrait)
{
    const char *name = collator_key(arena, collator, portrait->sort_name);

    if (book->order == ORDER_TITLE)
        return collator_key(arena, collator, portrait->name);
    if (book->order == ORDER_DATE)
        return arena_printf(arena, "%-10s %s", portrait->date == NULL ? "9" : portrait->date,
                            name);
    return name;
}

static size_t collect(struct arena *scratch, const struct book *book, struct sortable *list)
{
    struct collator *collator = collator_new(book->language);
    size_t count = 0;

    for (size_t i = 0; i < book->portrait_count; i++) {
        struct portrait *portrait = book->portraits[i];

        if (!portrait->draft)
            list[count++] = (struct sortable){ INT_MAX, SIZE_MAX,
                                               key_of(scratch, collator, book, portrait),
                                               portrait->id, portrait };
    }
    collator_free(collator);
    return count;
}

static bool mark_all(const struct book *book, struct sortable *list, size_t count)
{
    GHashTable *index = index_portraits(list, count);
    bool sound = book->order != ORDER_LISTED || mark_listed(book, index);

    for (size_t i = 0; i < book->division_count; i++)
        sound = mark_division(book, index, i) && sound;
    g_hash_table_destroy(index);
    return sound;
}

bool order_portraits(struct book *book)
{
    struct arena *scratch = arena_new();
    struct sortable *list = ARENA_ARRAY(scratch, book->portrait_count, struct sortable);
    size_t count = collect(scratch, book, list);
    bool sound = mark_all(book, list, count);

    if (sound)
        tell_unlisted(book, list, count);
    if (count > 0)
        qsort(list, count, sizeof *list, compare);
    for (size_t i = 0; i < count; i++)
        book->portraits[i] = list[i].item;
    book->portrait_count = count;
    arena_free(scratch);
    return sound;
}

/* ---- Titles ----------------------------------------------------------------------------- */

void order_titles(struct book *book)
{
    struct arena *scratch = arena_new();
    struct sortable *list = ARENA_ARRAY(scratch, book->title_count, struct sortable);
    struct title *sorted = ARENA_ARRAY(book->arena, book->title_count, struct title);
    struct collator *collator = collator_new(book->language);

    for (size_t i = 0; i < book->title_count; i++)
        list[i] = (struct sortable){ 0, 0, collator_key(scratch, collator, book->titles[i].title),
                                     book->titles[i].id, &book->titles[i] };
    if (book->title_count > 0)
        qsort(list, book->title_count, sizeof *list, compare);
    for (size_t i = 0; i < book->title_count; i++)
        sorted[i] = *(struct title *)list[i].item;
    book->titles = sorted;
    collator_free(collator);
    arena_free(scratch);
}

void collect_readers(struct book *book)
{
    for (size_t p = 0; p < book->portrait_count; p++)
        for (size_t i = 0; i < book->portraits[p]->reading_count; i++)
            book->portraits[p]->reading[i]->reader_count++;
    for (size_t i = 0; i < book->title_count; i++) {
        struct title *title = &book->titles[i];

        title->readers = ARENA_ARRAY(book->arena, title->reader_count, struct portrait *);
        title->reader_count = 0;
    }
    for (size_t p = 0; p < book->portrait_count; p++)
        for (size_t i = 0; i < book->portraits[p]->reading_count; i++) {
            struct title *title = book->portraits[p]->reading[i];

            title->readers[title->reader_count++] = book->portraits[p];
        }
}
