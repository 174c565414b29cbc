/* editions.yaml to the ledger. A file edited by hand into nonsense is refused
 * with the line of what is wrong. */
#include "book/ledger.h"
#include "base/file.h"
#include "base/memory.h"
#include "book/forms.h"
#include "book/identifier.h"
#include "book/yaml.h"

#include <glib.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

struct raw {
    int number;
    const char *date, *note, *book, *program;
    const struct yaml *isbn, *printings, *files, *portraits;
    const char **reading;
    size_t reading_count;
};

static const struct yaml_field fields[] = {
    { .key = "number", .type = YAML_TO_INT, .required = true, .least = 1, .most = 9999,
      .offset = offsetof(struct raw, number) },
    { .key = "date", .type = YAML_TO_STRING, .required = true,
      .offset = offsetof(struct raw, date) },
    { .key = "note", .type = YAML_TO_STRING, .offset = offsetof(struct raw, note) },
    { .key = "isbn", .type = YAML_TO_VALUE, .offset = offsetof(struct raw, isbn) },
    { .key = "printings", .type = YAML_TO_VALUE, .offset = offsetof(struct raw, printings) },
    { .key = "book", .type = YAML_TO_STRING, .offset = offsetof(struct raw, book) },
    { .key = "files", .type = YAML_TO_VALUE, .offset = offsetof(struct raw, files) },
    { .key = "program", .type = YAML_TO_STRING, .offset = offsetof(struct raw, program) },
    { .key = "portraits", .type = YAML_TO_VALUE, .offset = offsetof(struct raw, portraits) },
    { .key = "reading", .type = YAML_TO_STRINGS, .offset = offsetof(struct raw, reading),
      .count = offsetof(struct raw, reading_count) },
};

static const struct yaml_field isbn_fields[] = {
    { .key = "epub", .type = YAML_TO_STRING, .offset = offsetof(struct edition, isbn_epub) },
    { .key = "print", .type = YAML_TO_STRING, .offset = offsetof(struct edition, isbn_print) },
};

static const struct yaml_field printing_fields[] = {
    { .key = "number", .type = YAML_TO_INT, .required = true, .least = 2, .most = 9999,
      .offset = offsetof(struct printing, number) },
    { .key = "date", .type = YAML_TO_STRING, .required = true,
      .offset = offsetof(struct printing, date) },
    { .key = "note", .type = YAML_TO_STRING, .offset = offsetof(struct printing, note) },
};

struct raw_portrait { const char *sha256, *page, *mark; const struct yaml *questions; };

static const struct yaml_field portrait_fields[] = {
    { .key = "sha256", .type = YAML_TO_STRING, .required = true,
      .offset = offsetof(struct raw_portrait, sha256) },
    { .key = "page", .type = YAML_TO_STRING, .offset = offsetof(struct raw_portrait, page) },
    { .key = "mark", .type = YAML_TO_STRING, .offset = offsetof(struct raw_portrait, mark) },
    { .key = "questions", .type = YAML_TO_VALUE,
      .offset = offsetof(struct raw_portrait, questions) },
};

#define COUNT(array) (sizeof (array) / sizeof *(array))

static bool check_hash(const char *hash, struct place at)
{
    if (hash == NULL || (strlen(hash) == 64 && hash[strspn(hash, "0123456789abcdef")] == '\0'))
        return true;
    diag(DIAG_ERROR, at, "ledger", "“%.70s” is no sha256, 64 signs of 0 to 9 and a to f", hash);
    return false;
}

static bool check_whole_date(const struct yaml *map, const char *date, const char *before)
{
    const struct place at = yaml_lookup(map, "date")->at;

    if (!date_is_whole(date)) {
        diag(DIAG_ERROR, at, "ledger", "there is no day “%s”; write year, month and day, as "
             "2012-05-14", date);
        return false;
    }
    if (before != NULL && strcmp(date, before) < 0) {
        diag(DIAG_ERROR, at, "ledger", "%s is before %s, the date of what came before", date,
             before);
        return false;
    }
    return true;
}

/* The ISBN as it is printed; false after an error. */
static bool check_isbn(struct arena *arena, const struct yaml *map, const char *key,
                       const char **isbn)
{
    const char *given = *isbn;

    if (given == NULL)
        return true;
    *isbn = form_isbn(arena, given);
    if (*isbn == NULL)
        diag(DIAG_ERROR, yaml_lookup(map, key)->at, "isbn",
             "“%s” is no ISBN: %s", given, form_isbn_fault(arena, given));
    return *isbn != NULL;
}

static bool read_isbns(struct arena *arena, const struct yaml *map, struct edition *edition)
{
    return map == NULL
        || (yaml_read(arena, map, "“isbn”", isbn_fields, COUNT(isbn_fields), edition)
            && check_isbn(arena, map, "epub", &edition->isbn_epub)
            && check_isbn(arena, map, "print", &edition->isbn_print));
}

static bool read_printings(struct arena *arena, const struct yaml *list, struct edition *edition)
{
    const char *before = edition->date;

    if (list == NULL)
        return true;
    if (!yaml_expect(list, YAML_LIST, "“printings”"))
        return false;
    edition->printings = ARENA_ARRAY(arena, list->count, struct printing);
    edition->printing_count = list->count;
    for (size_t i = 0; i < list->count; i++) {
        struct printing *printing = &edition->printings[i];
        const struct yaml *map = list->items[i];

        if (!yaml_read(arena, map, "a printing", printing_fields, COUNT(printing_fields),
                       printing)
            || !check_whole_date(map, printing->date, before))
            return false;
        if (printing->number != (int)i + 2) {
            diag(DIAG_ERROR, map->at, "ledger", "printing %d stands where %d should",
                 printing->number, (int)i + 2);
            return false;
        }
        before = printing->date;
    }
    return true;
}

/* MAP, which may be NULL and is called WHAT, into *LIST. */
static bool read_hashes(struct arena *arena, const struct yaml *map, const char *what,
                        struct ledger_hash **list, size_t *count)
{
    if (map == NULL)
        return true;
    if (!yaml_expect(map, YAML_MAP, what))
        return false;
    *list = ARENA_ARRAY(arena, map->count, struct ledger_hash);
    *count = map->count;
    for (size_t i = 0; i < map->count; i++) {
        (*list)[i] = (struct ledger_hash){ map->items[i]->key, map->items[i]->text };
        if (!yaml_expect(map->items[i], YAML_SCALAR, "a hash")
            || !check_hash(map->items[i]->text, map->items[i]->at))
            return false;
    }
    return true;
}

const char *ledger_mark_name(enum ledger_mark mark)
{
    static const char *const names[] = { NULL, "new", "revised" };

    return names[mark];
}

static bool read_mark(const struct yaml *map, enum ledger_mark *mark)
{
    static const char *const names[] = { "new", "revised", NULL };
    int which = -1;

    if (!yaml_choice(map, "mark", names, &which))
        return false;
    *mark = (enum ledger_mark)(which + 1);
    return true;
}

static bool read_portraits(struct arena *arena, const struct yaml *map,
                           struct ledger_entry *entry)
{
    if (map == NULL)
        return true;
    if (!yaml_expect(map, YAML_MAP, "“portraits”"))
        return false;
    entry->portraits = ARENA_ARRAY(arena, map->count, struct ledger_portrait);
    entry->portrait_count = map->count;
    for (size_t i = 0; i < map->count; i++) {
        const struct yaml *value = map->by_key[i];
        struct ledger_portrait *portrait = &entry->portraits[i];
        struct raw_portrait raw = {0};

        if (!yaml_read(arena, value, "a portrait of the ledger", portrait_fields,
                       COUNT(portrait_fields), &raw)
            || !check_hash(raw.sha256, value->at) || !read_mark(value, &portrait->mark)
            || !read_hashes(arena, raw.questions, "“questions”", &portrait->questions,
                            &portrait->question_count))
            return false;
        portrait->id = value->key;
        portrait->sha256 = raw.sha256;
        portrait->page = raw.page;
    }
    return true;
}

static bool read_entry(struct arena *arena, const struct yaml *map, const char *before,
                       struct ledger_entry *entry)
{
    struct raw raw = {0};

    if (!yaml_read(arena, map, "an edition", fields, COUNT(fields), &raw)
        || !check_whole_date(map, raw.date, before) || !check_hash(raw.book, map->at))
        return false;
    entry->edition = (struct edition){ .number = raw.number, .date = raw.date, .note = raw.note,
                                       .at = map->at };
    entry->book = raw.book;
    entry->program = raw.program;
    entry->reading = raw.reading;
    entry->reading_count = raw.reading_count;
    if (raw.reading_count > 0)
        qsort(entry->reading, entry->reading_count, sizeof *entry->reading, memory_strcmp);
    return read_isbns(arena, raw.isbn, &entry->edition)
        && read_printings(arena, raw.printings, &entry->edition)
        && read_hashes(arena, raw.files, "“files”", &entry->files, &entry->file_count)
        && read_portraits(arena, raw.portraits, entry);
}

const char *ledger_last_date(const struct edition *edition)
{
    return edition->printing_count == 0 ? edition->date
        : edition->printings[edition->printing_count - 1].date;
}

static bool add_isbn(struct arena *arena, GHashTable *seen, const char *isbn, struct place at)
{
    if (isbn == NULL || g_hash_table_add(seen, (gpointer)(uintptr_t)identifier_isbn(arena, isbn)))
        return true;
    diag(DIAG_ERROR, at, "isbn", "the ISBN %s stands in the ledger twice; each form of each "
         "edition has its own", isbn);
    return false;
}

static bool check_isbns_differ(struct arena *arena, const struct ledger *ledger)
{
    GHashTable *seen = g_hash_table_new(g_str_hash, g_str_equal);
    bool differ = true;

    for (size_t i = 0; differ && i < ledger->count; i++) {
        const struct edition *edition = &ledger->entries[i].edition;

        differ = add_isbn(arena, seen, edition->isbn_epub, edition->at)
            && add_isbn(arena, seen, edition->isbn_print, edition->at);
    }
    g_hash_table_destroy(seen);
    return differ;
}

static bool read_list(struct arena *arena, const struct yaml *list, struct ledger *ledger)
{
    const char *before = NULL;

    if (list->kind == YAML_NULL) {
        diag(DIAG_WARNING, list->at, "ledger-empty", "the ledger is empty; if there ever was an edition, "
             "put a copy that tells of it back, else remove the file");
        return true;
    }
    if (!yaml_expect(list, YAML_LIST, "the ledger of editions"))
        return false;
    ledger->entries = ARENA_ARRAY(arena, list->count, struct ledger_entry);
    for (size_t i = 0; i < list->count; i++) {
        struct ledger_entry *entry = &ledger->entries[ledger->count++];

        if (!read_entry(arena, list->items[i], before, entry))
            return false;
        if (entry->edition.number != (int)i + 1) {
            diag(DIAG_ERROR, list->items[i]->at, "ledger",
                 "edition %d stands where edition %d should; put the ledger in order",
                 entry->edition.number, (int)i + 1);
            return false;
        }
        before = ledger_last_date(&entry->edition);
    }
    return check_isbns_differ(arena, ledger);
}

bool ledger_load(struct arena *arena, const char *folder, struct ledger *ledger)
{
    struct yaml *list;

    *ledger = (struct ledger){ .path = path_join(arena, folder, "editions.yaml") };
    if (path_is_free(ledger->path))
        return true;
    list = yaml_load(arena, ledger->path);
    if (list != NULL && read_list(arena, list, ledger))
        return true;
    diag(DIAG_NOTE, (struct place){ ledger->path, 0, 0 }, "ledger-source", "`florilege edition` "
         "writes this file; mend what was changed by hand, or put the last sound copy back");
    return false;
}

const struct ledger_entry *ledger_entry_find(const struct ledger *ledger, int number)
{
    if (number >= 1 && (size_t)number <= ledger->count)
        return &ledger->entries[number - 1];
    if (ledger->count == 0)
        diag(DIAG_ERROR, (struct place){ ledger->path, 0, 0 }, "no-edition",
             "there is no edition yet; `florilege edition new` closes the first");
    else
        diag(DIAG_ERROR, (struct place){ ledger->path, 0, 0 }, "no-edition",
             "no edition %d; the ledger holds %zu", number, ledger->count);
    return NULL;
}

const char *ledger_hash_lookup(const struct ledger_hash *list, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(list[i].name, name) == 0)
            return list[i].sha256;
    return NULL;
}

static int compare_to_id(const void *id, const void *portrait)
{
    return strcmp(id, ((const struct ledger_portrait *)portrait)->id);
}

const struct ledger_portrait *ledger_portrait_lookup(const struct ledger_entry *entry,
                                                     const char *id)
{
    if (entry->portrait_count == 0)
        return NULL;
    return bsearch(id, entry->portraits, entry->portrait_count, sizeof *entry->portraits,
                   compare_to_id);
}
