/* Titles that are the same in different spellings are found among those that
 * begin alike, so that a list of thousands stays quick. */
#include "import/readings.h"
#include "book/book.h"
#include "book/yaml.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

enum { ALIKE = 10, LONG_TITLE = 16, MOST_BYTES = 400, ID_WORDS = 8 };

struct spelling { const char *text, *fold; size_t times; };

struct entry {
    const char *id, *title, *author, *url, *date, *language;
    VEC(struct spelling) spellings;     /* the chosen one too */
    bool loaded;
};

struct readings {
    struct arena *arena;
    VEC(struct entry *) entries;
    GHashTable *by_fold;                /* entry of every spelling */
    GHashTable *alike;                  /* GPtrArray of entries, by how they begin */
    GHashTable *ids;
};

struct readings *readings_new(void)
{
    struct arena *arena = arena_new();
    struct readings *readings = ARENA_NEW(arena, struct readings);

    readings->arena = arena;
    readings->by_fold = g_hash_table_new(g_str_hash, g_str_equal);
    readings->ids = g_hash_table_new(g_str_hash, g_str_equal);
    readings->alike = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
                                            (GDestroyNotify)g_ptr_array_unref);
    return readings;
}

void readings_free(struct readings *readings)
{
    if (readings == NULL)
        return;
    for (size_t i = 0; i < readings->entries.count; i++)
        free(readings->entries.item[i]->spellings.item);
    free(readings->entries.item);
    g_hash_table_destroy(readings->by_fold);
    g_hash_table_destroy(readings->ids);
    g_hash_table_destroy(readings->alike);
    arena_free(readings->arena);
}

/* ---- The same title? -------------------------------------------------------------- */

/* Edits (Levenshtein 1965) between A and B, at least MOST + 1 when there are
 * more than MOST. */
static size_t edits(const char *a, size_t a_bytes, const char *b, size_t b_bytes, size_t most)
{
    size_t row[MOST_BYTES + 1];

    if (a_bytes > MOST_BYTES || b_bytes > MOST_BYTES ||
        (a_bytes > b_bytes ? a_bytes - b_bytes : b_bytes - a_bytes) > most)
        return most + 1;
    for (size_t j = 0; j <= b_bytes; j++)
        row[j] = j;
    for (size_t i = 1; i <= a_bytes; i++) {
        size_t corner = row[0], least = i;

        row[0] = i;
        for (size_t j = 1; j <= b_bytes; j++) {
            size_t up = row[j], best = corner + (a[i - 1] != b[j - 1]);

            best = up + 1 < best ? up + 1 : best;
            best = row[j - 1] + 1 < best ? row[j - 1] + 1 : best;
            corner = up;
            row[j] = best;
            least = best < least ? best : least;
        }
        if (least > most)
            return most + 1;
    }
    return row[b_bytes];
}

static void put_digits(const char *fold, char *digits, size_t room)
{
    size_t count = 0;

    for (; *fold != '\0' && count + 1 < room; fold++)
        if (g_ascii_isdigit(*fold))
            digits[count++] = *fold;
    digits[count] = '\0';
}

/* Is the shorter the longer cut in the middle of a word? Folds end in a space. */
static bool is_cut(const char *shorter, const char *longer)
{
    size_t bytes = strlen(shorter) - 1;

    return bytes >= LONG_TITLE && strncmp(shorter, longer, bytes) == 0 &&
           longer[bytes] != ' ' && bytes * 2 >= strlen(longer);
}

static bool is_same(const char *a, const char *b)
{
    size_t a_bytes = strlen(a), b_bytes = strlen(b);
    size_t shorter = a_bytes < b_bytes ? a_bytes : b_bytes;
    char a_digits[32], b_digits[32];

    if (is_cut(a, b) || is_cut(b, a))
        return true;
    put_digits(a, a_digits, sizeof a_digits);
    put_digits(b, b_digits, sizeof b_digits);
    if (strcmp(a_digits, b_digits) != 0 || shorter < ALIKE)
        return false;
    return edits(a, a_bytes, b, b_bytes, shorter >= 2 * LONG_TITLE ? 2 : 1) <=
           (shorter >= 2 * LONG_TITLE ? 2u : 1u);
}

static GPtrArray *alike(struct readings *readings, const char *fold)
{
    char *beginning = g_strndup(fold, ALIKE);
    GPtrArray *array = g_hash_table_lookup(readings->alike, beginning);

    if (array == NULL) {
        array = g_ptr_array_new();
        g_hash_table_insert(readings->alike, beginning, array);
    } else {
        g_free(beginning);
    }
    return array;
}

/* ---- Adding -------------------------------------------------------------------------- */

static struct entry *find_entry(struct readings *readings, const char *fold)
{
    struct entry *entry = g_hash_table_lookup(readings->by_fold, fold);
    GPtrArray *array;

    if (entry != NULL)
        return entry;
    array = alike(readings, fold);
    for (guint i = 0; i < array->len; i++) {
        entry = g_ptr_array_index(array, i);
        for (size_t j = 0; j < entry->spellings.count; j++)
            if (is_same(entry->spellings.item[j].fold, fold))
                return entry;
    }
    return NULL;
}

static void add_spelling(struct readings *readings, struct entry *entry, const char *text,
                         const char *fold)
{
    struct spelling *spelling;

    for (size_t i = 0; i < entry->spellings.count; i++)
        if (strcmp(entry->spellings.item[i].text, text) == 0) {
            entry->spellings.item[i].times++;
            return;
        }
    spelling = VEC_PUSH(&entry->spellings);
    *spelling = (struct spelling){ arena_strdup(readings->arena, text), fold, 1 };
    if (g_hash_table_lookup(readings->by_fold, fold) == NULL)
        g_hash_table_insert(readings->by_fold, (gpointer)(uintptr_t)spelling->fold, entry);
    g_ptr_array_add(alike(readings, fold), entry);
}

static struct entry *add_entry(struct readings *readings)
{
    struct entry *entry = ARENA_NEW(readings->arena, struct entry);

    *VEC_PUSH(&readings->entries) = entry;
    return entry;
}

void readings_add(struct readings *readings, const struct found_title *title)
{
    const char *fold = words_fold(readings->arena, title->title, strlen(title->title));
    struct entry *entry = find_entry(readings, fold);

    if (entry == NULL)
        entry = add_entry(readings);
    add_spelling(readings, entry, title->title, fold);
    if (entry->author == NULL)
        entry->author = arena_strdup(readings->arena, title->author);
    if (entry->url == NULL)
        entry->url = arena_strdup(readings->arena, title->url);
}

static void load_entry(struct readings *readings, const struct yaml *item)
{
    struct entry *entry;
    const char *id = NULL, *title = NULL, **variants = NULL;
    size_t count = 0;

    if (item->kind != YAML_MAP || !yaml_string(item, "id", &id) ||
        !yaml_string(item, "title", &title) || id == NULL || title == NULL)
        return;
    entry = add_entry(readings);
    entry->loaded = true;
    entry->id = id;
    entry->title = title;
    yaml_string(item, "author", &entry->author);
    yaml_string(item, "url", &entry->url);
    yaml_string(item, "date", &entry->date);
    yaml_string(item, "language", &entry->language);
    yaml_strings(readings->arena, item, "variants", &variants, &count);
    add_spelling(readings, entry, title, words_fold(readings->arena, title, strlen(title)));
    for (size_t i = 0; i < count; i++)
        add_spelling(readings, entry, variants[i],
                     words_fold(readings->arena, variants[i], strlen(variants[i])));
    g_hash_table_add(readings->ids, (gpointer)(uintptr_t)id);
}

bool readings_load(struct readings *readings, const char *path)
{
    const struct yaml *list = yaml_load(readings->arena, path);

    if (list == NULL)
        return false;
    if (list->kind == YAML_NULL)
        return true;
    if (!yaml_expect(list, YAML_LIST, "the reading list"))
        return false;
    for (size_t i = 0; i < list->count; i++)
        load_entry(readings, list->items[i]);
    return true;
}

/* ---- Choosing --------------------------------------------------------------------------- */

static const char *new_id(struct readings *readings, const char *title)
{
    char *slug = slug_new(readings->arena, title);
    size_t words = 0, number = 2;
    const char *id;

    for (char *at = slug; *at != '\0'; at++)
        if (*at == '-' && ++words == ID_WORDS)
            *at-- = '\0';
    if (*slug == '\0')
        slug = arena_strdup(readings->arena, "title");
    for (id = slug; g_hash_table_contains(readings->ids, id); number++)
        id = arena_printf(readings->arena, "%s-%zu", slug, number);
    g_hash_table_add(readings->ids, (gpointer)(uintptr_t)id);
    return id;
}

void readings_settle(struct readings *readings)
{
    for (size_t i = 0; i < readings->entries.count; i++) {
        struct entry *entry = readings->entries.item[i];
        const struct spelling *best = &entry->spellings.item[0];

        for (size_t j = 1; j < entry->spellings.count && !entry->loaded; j++) {
            const struct spelling *spelling = &entry->spellings.item[j];

            if (spelling->times > best->times ||
                (spelling->times == best->times && strlen(spelling->text) > strlen(best->text)))
                best = spelling;
        }
        if (!entry->loaded)
            entry->title = best->text;
        if (entry->id == NULL)
            entry->id = new_id(readings, entry->title);
    }
}

const char *readings_id(const struct readings *readings, const char *title)
{
    struct arena *arena = arena_new();
    const struct entry *entry = g_hash_table_lookup(readings->by_fold,
                                                    words_fold(arena, title, strlen(title)));

    arena_free(arena);
    return entry == NULL ? NULL : entry->id;
}

size_t readings_added(const struct readings *readings)
{
    size_t added = 0;

    for (size_t i = 0; i < readings->entries.count; i++)
        added += !readings->entries.item[i]->loaded;
    return added;
}

/* ---- Writing ------------------------------------------------------------------------------ */

/* The language of a title when its small words leave no doubt. */
static const char *language_of(const struct entry *entry)
{
    struct arena *arena = arena_new();
    size_t votes[WORDS_LANGUAGES] = {0}, best, second = 0;

    words_vote(words_fold(arena, entry->title, strlen(entry->title)), votes);
    arena_free(arena);
    best = words_voted(votes);
    for (size_t i = 0; i < WORDS_LANGUAGES; i++)
        if (i != best && votes[i] > second)
            second = votes[i];
    return votes[best] >= 2 && votes[best] > second ? words_languages[best] : NULL;
}

static void write_entry(const struct entry *entry, const char *language, struct buf *out)
{
    const char *own = entry->loaded ? entry->language : language_of(entry);
    bool first = true;

    if (!entry->loaded && own != NULL && strncmp(own, language, strlen(own)) == 0)
        own = NULL;
    buf_puts(out, "- ");
    yaml_write_pair(out, 0, "id", entry->id);
    yaml_write_pair(out, 2, "title", entry->title);
    yaml_write_pair(out, 2, "author", entry->author);
    yaml_write_pair(out, 2, "url", entry->url);
    yaml_write_pair(out, 2, "date", entry->date);
    yaml_write_pair(out, 2, "language", own);
    for (size_t i = 0; i < entry->spellings.count; i++) {
        if (strcmp(entry->spellings.item[i].text, entry->title) == 0)
            continue;
        buf_puts(out, first ? "  variants:\n    - " : "    - ");
        yaml_write_scalar(out, entry->spellings.item[i].text);
        buf_putc(out, '\n');
        first = false;
    }
}

void readings_write(const struct readings *readings, bool all, const char *language,
                    struct buf *out)
{
    for (size_t i = 0; i < readings->entries.count; i++)
        if (all || !readings->entries.item[i]->loaded)
            write_entry(readings->entries.item[i], language, out);
}
