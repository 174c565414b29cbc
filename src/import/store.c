/* Files into the folder, remembered by hash. */
#include "import/store.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/publish.h"
#include "book/book.h"
#include "book/yaml.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

struct record {
    const char *id;             /* of a portrait; NULL for other files */
    const char *path;
    const char *source;         /* NULL: from several */
    const char *from;           /* hash of the source */
    const char *wrote;          /* hash of what was written last */
    bool taken;                 /* the id was asked for in this import */
};

struct store {
    struct arena *arena;
    const char *folder;
    bool dry, changed;
    VEC(struct record *) records;
    GHashTable *by_path, *by_id, *by_source;
    GHashTable *folders;        /* written to, not synced yet */
};

char *sha256_of(struct arena *arena, const void *bytes, size_t count)
{
    char *sum = g_compute_checksum_for_data(G_CHECKSUM_SHA256, bytes, count);
    char *copy = arena_strdup(arena, sum);

    g_free(sum);
    return copy;
}

static const char *path_in(struct store *store, const char *path)
{
    return path_join(store->arena, store->folder, path);
}

/* ---- Memory ------------------------------------------------------------------------ */

static void remember(struct store *store, struct record *record)
{
    *VEC_PUSH(&store->records) = record;
    if (record->path != NULL)
        g_hash_table_insert(store->by_path, (gpointer)(uintptr_t)record->path, record);
    if (record->id != NULL)
        g_hash_table_insert(store->by_id, (gpointer)(uintptr_t)record->id, record);
    if (record->id != NULL && record->source != NULL)
        g_hash_table_insert(store->by_source, (gpointer)(uintptr_t)record->source, record);
}

static bool load_records(struct store *store, const struct yaml *list, bool portraits)
{
    bool good = true;

    if (list == NULL)
        return true;
    if (!yaml_expect(list, YAML_LIST, portraits ? "`portraits`" : "`files`"))
        return false;
    for (size_t i = 0; i < list->count; i++) {
        struct record *record = ARENA_NEW(store->arena, struct record);
        const struct yaml *item = list->items[i];

        good = yaml_string(item, "id", &record->id) && yaml_string(item, "path", &record->path) &&
               yaml_string(item, "source", &record->source) &&
               yaml_string(item, "from", &record->from) &&
               yaml_string(item, "wrote", &record->wrote) && good;
        if (portraits && record->id != NULL)
            record->path = arena_printf(store->arena, "portraits/%s.md", record->id);
        if (record->path != NULL)
            remember(store, record);
    }
    return good;
}

struct store *store_load(const char *folder, bool dry)
{
    struct arena *arena = arena_new();
    struct store *store = ARENA_NEW(arena, struct store);
    const char *path;
    const struct yaml *memory;

    *store = (struct store){ .arena = arena, .folder = arena_strdup(arena, folder), .dry = dry };
    store->by_path = g_hash_table_new(g_str_hash, g_str_equal);
    store->by_id = g_hash_table_new(g_str_hash, g_str_equal);
    store->by_source = g_hash_table_new(g_str_hash, g_str_equal);
    store->folders = g_hash_table_new(g_str_hash, g_str_equal);
    path = path_in(store, "import.yaml");
    if (!file_exists(path))
        return store;
    memory = yaml_load(arena, path);
    if (memory == NULL || !load_records(store, yaml_lookup(memory, "portraits"), true) ||
        !load_records(store, yaml_lookup(memory, "files"), false)) {
        store_free(store);
        return NULL;
    }
    return store;
}

void store_free(struct store *store)
{
    if (store == NULL)
        return;
    free(store->records.item);
    g_hash_table_destroy(store->by_path);
    g_hash_table_destroy(store->by_id);
    g_hash_table_destroy(store->by_source);
    g_hash_table_destroy(store->folders);
    arena_free(store->arena);
}

/* The same source under another folder's name: the names of the files agree. */
static bool is_same_source(const char *a, const char *b)
{
    return a != NULL && strcmp(path_name(a), path_name(b)) == 0;
}

/* May the source KEY with the hash SHA256 have the record's portrait? The same text
 * under another name may, even twice in one import. */
static bool may_have(const struct record *record, const char *key, const char *sha256)
{
    return (record->from != NULL && strcmp(record->from, sha256) == 0)
        || (!record->taken && is_same_source(record->source, key));
}

const char *store_id(struct store *store, const char *key, const char *sha256, const char *name)
{
    struct record *record = g_hash_table_lookup(store->by_source, key);
    char *slug = slug_new(store->arena, name);
    const char *id = *slug == '\0' ? "portrait" : slug;

    if (record != NULL) {
        record->taken = true;
        return record->id;
    }
    for (int number = 2;; number++) {
        record = g_hash_table_lookup(store->by_id, id);
        if (record == NULL || may_have(record, key, sha256))
            break;
        id = arena_printf(store->arena, "%s-%d", *slug == '\0' ? "portrait" : slug, number);
    }
    if (record == NULL) {
        record = ARENA_NEW(store->arena, struct record);
        record->id = id;
        record->path = arena_printf(store->arena, "portraits/%s.md", id);
        record->source = arena_strdup(store->arena, key);
        record->from = arena_strdup(store->arena, sha256);
        remember(store, record);
    } else {
        record->source = arena_strdup(store->arena, key);
        g_hash_table_insert(store->by_source, (gpointer)(uintptr_t)record->source, record);
    }
    record->taken = true;
    return record->id;
}

/* ---- Writing -------------------------------------------------------------------------- */

static struct record *record_of(struct store *store, const char *path)
{
    struct record *record = g_hash_table_lookup(store->by_path, path);

    if (record == NULL) {
        record = ARENA_NEW(store->arena, struct record);
        record->path = arena_strdup(store->arena, path);
        remember(store, record);
    }
    return record;
}

/* The hash of a file as it stands; NULL when there is none. */
static const char *hash_of_file(struct store *store, const char *path)
{
    struct arena *arena = arena_new();
    const char *full = path_in(store, path), *hash = NULL;
    size_t bytes;
    char *text;

    if (file_exists(full) && (text = file_read(arena, full, 0, &bytes)) != NULL)
        hash = sha256_of(store->arena, text, bytes);
    arena_free(arena);
    return hash;
}

bool store_is_ours(struct store *store, const char *path)
{
    const struct record *record = g_hash_table_lookup(store->by_path, path);
    const char *now = hash_of_file(store, path);

    return now == NULL || (record != NULL && record->wrote != NULL &&
                           strcmp(record->wrote, now) == 0);
}

static bool put(struct store *store, const char *path, const void *bytes, size_t count)
{
    const char *full = path_in(store, path);

    if (store->dry)
        return true;
    g_hash_table_add(store->folders, path_folder(store->arena, full));
    return publish_one_of_many(full, bytes, count);
}

static void sync_folders(struct store *store)
{
    GHashTableIter each;
    gpointer folder;

    g_hash_table_iter_init(&each, store->folders);
    while (g_hash_table_iter_next(&each, &folder, NULL))
        publish_sync_folder(folder);
}

static const char *beside(struct store *store, const char *path)
{
    const char *dot = strrchr(path, '.');

    return arena_printf(store->arena, "%.*s.new%s", (int)(dot - path), path, dot);
}

static void note_written(struct store *store, struct record *record, const char *hash,
                         const char *sha256)
{
    store->changed = store->changed || record->wrote == NULL ||
                     strcmp(record->wrote, hash) != 0 ||
                     (sha256 != NULL && (record->from == NULL ||
                                         strcmp(record->from, sha256) != 0));
    record->wrote = hash;
    record->from = arena_strdup(store->arena, sha256);
}

enum outcome store_write(struct store *store, const char *path, const char *sha256,
                         const struct buf *text)
{
    struct record *record = record_of(store, path);
    const char *now = hash_of_file(store, path);
    const char *hash = sha256_of(store->arena, buf_text(text), text->len);
    bool said = record->wrote != NULL && strcmp(record->wrote, hash) == 0;
    bool ours = now == NULL || (record->wrote != NULL && strcmp(record->wrote, now) == 0);

    if (now != NULL && strcmp(now, hash) == 0) {
        note_written(store, record, hash, sha256);
        return STORE_SAME;
    }
    if (ours) {
        if (!put(store, path, buf_text(text), text->len))
            return STORE_FAILED;
        note_written(store, record, hash, sha256);
        return now == NULL ? STORE_NEW : STORE_UPDATED;
    }
    if (said)
        return STORE_KEPT;
    if (!put(store, beside(store, path), buf_text(text), text->len))
        return STORE_FAILED;
    diag(DIAG_WARNING, (struct place){ path_in(store, path), 0, 0 }, "edited",
         "was edited by hand and is left alone; the new text is in %s: compare, then remove it",
         path_in(store, beside(store, path)));
    note_written(store, record, hash, sha256);
    return STORE_BESIDE;
}

bool store_picture(struct store *store, const char *path, const void *bytes, size_t count)
{
    const char *now = hash_of_file(store, path);

    if (now != NULL && strcmp(now, sha256_of(store->arena, bytes, count)) == 0)
        return true;
    if (now != NULL) {
        diag(DIAG_WARNING, (struct place){ path_in(store, path), 0, 0 }, "exists",
             "another picture of this name is here; it is kept");
        return true;
    }
    return put(store, path, bytes, count);
}

static void write_record(struct buf *out, const struct record *record)
{
    const char *const pairs[][2] = {
        { record->id != NULL ? "id" : "path", record->id != NULL ? record->id : record->path },
        { "source", record->source }, { "from", record->from }, { "wrote", record->wrote },
    };

    buf_puts(out, "  - ");
    yaml_write_flow(out, pairs, sizeof pairs / sizeof *pairs);
    buf_putc(out, '\n');
}

static void write_records(const struct store *store, struct buf *out, bool portraits)
{
    bool first = true;

    for (size_t i = 0; i < store->records.count; i++) {
        const struct record *record = store->records.item[i];

        if (record->wrote == NULL || (record->id != NULL) != portraits)
            continue;
        if (first)
            buf_puts(out, portraits ? "portraits:\n" : "files:\n");
        first = false;
        write_record(out, record);
    }
}

bool store_finish(struct store *store)
{
    struct buf out = {0};
    bool good;

    sync_folders(store);
    if (store->dry || !store->changed)
        return true;
    buf_puts(&out, "# What florilege import wrote, from which source, and the SHA-256 of both:\n"
                   "# a file that was edited since is never overwritten.\n");
    write_records(store, &out, true);
    write_records(store, &out, false);
    good = publish_bytes(path_in(store, "import.yaml"), buf_text(&out), out.len);
    buf_free(&out);
    return good;
}
