/* reading-list.yaml: titles that portraits recommend, each once. */
#include "base/file.h"
#include "base/memory.h"
#include "base/nearest.h"
#include "book/network.h"
#include "book/reader.h"

#include <glib.h>
#include <stdlib.h>

struct title_index {
    GHashTable *by_id;          /* borrowed ids to titles */
    const char **ids;           /* in the book's arena */
    size_t count;
};

static const struct yaml_field fields[] = {
    { .key = "id", .type = YAML_TO_STRING, .required = true, .offset = offsetof(struct title, id) },
    { .key = "title", .type = YAML_TO_STRING, .required = true,
      .offset = offsetof(struct title, title) },
    { .key = "author", .type = YAML_TO_STRING, .offset = offsetof(struct title, author) },
    { .key = "url", .type = YAML_TO_STRING, .offset = offsetof(struct title, url) },
    { .key = "date", .type = YAML_TO_STRING, .offset = offsetof(struct title, date) },
    { .key = "language", .type = YAML_TO_STRING, .offset = offsetof(struct title, language) },
    { .key = "variants", .type = YAML_TO_STRINGS, .offset = offsetof(struct title, variants),
      .count = offsetof(struct title, variant_count) },
};

static bool check_url(struct arena *arena, const struct yaml *map, struct title *title)
{
    const char *given = title->url;

    if (given == NULL)
        return true;
    title->url = network_address(arena, NULL, given);
    if (title->url == NULL)
        diag(DIAG_ERROR, yaml_lookup(map, "url")->at, "bad-address",
             "“%s” is no address; write it whole, as https://…", given);
    return title->url != NULL;
}

static bool read_title(struct book *book, const struct yaml *map, struct title *title)
{
    const char *language;

    title->at = map->at;
    if (!yaml_read(book->arena, map, "a title", fields, sizeof fields / sizeof *fields, title))
        return false;
    if (!check_url(book->arena, map, title)
        || !reader_date(book->arena, map, "date", &title->date)
        || !reader_language(book->arena, map, "language", &title->language))
        return false;
    language = title->language != NULL ? title->language : book->language;
    reader_set_in_type(book, &title->title, language);
    reader_set_in_type(book, &title->author, language);
    return true;
}

static bool index_title(struct title_index *index, struct title *title)
{
    const struct title *first = g_hash_table_lookup(index->by_id, title->id);

    if (first != NULL) {
        diag(DIAG_ERROR, title->at, "id-twice",
             "the id “%s” is taken by the title at line %d; choose another", title->id,
             first->at.line);
        return false;
    }
    g_hash_table_insert(index->by_id, (gpointer)(uintptr_t)title->id, title);
    index->ids[index->count++] = title->id;
    return true;
}

static bool read_list(struct book *book, const struct yaml *list, struct title_index *index)
{
    bool sound = true;

    if (list->kind == YAML_NULL)
        return true;
    if (!yaml_expect(list, YAML_LIST, "the reading list"))
        return false;
    book->titles = ARENA_ARRAY(book->arena, list->count, struct title);
    index->ids = ARENA_ARRAY(book->arena, list->count, const char *);
    for (size_t i = 0; i < list->count; i++) {
        struct title *title = &book->titles[book->title_count++];

        if (!read_title(book, list->items[i], title) || !index_title(index, title))
            sound = false;
    }
    if (!sound)
        return false;
    order_titles(book);
    for (size_t i = 0; i < book->title_count; i++)
        g_hash_table_insert(index->by_id, (gpointer)(uintptr_t)book->titles[i].id,
                            &book->titles[i]);
    return true;
}

struct title_index *reading_list_read(struct book *book)
{
    struct title_index *index = memory_new(1, sizeof *index);
    const char *path = path_join(book->arena, book->folder, "reading-list.yaml");
    bool none = path_is_free(path);
    struct yaml *list = none ? NULL : yaml_load(book->arena, path);

    index->by_id = g_hash_table_new(g_str_hash, g_str_equal);
    if (none || (list != NULL && read_list(book, list, index)))
        return index;
    title_index_free(index);
    return NULL;
}

struct title *title_lookup(const struct title_index *index, const char *id)
{
    return g_hash_table_lookup(index->by_id, id);
}

const char *title_nearest(const struct title_index *index, const char *id)
{
    return nearest(id, index->ids, index->count);
}

void title_index_free(struct title_index *index)
{
    if (index == NULL)
        return;
    g_hash_table_destroy(index->by_id);
    free(index);
}
