/* The preflight across portraits: one person, handle or title in two spellings.
 * Words are compared folded (lower case, accents and hyphens off); a name with
 * one letter lost, added or changed is found through the forms of it that lack
 * one letter, so that each text is gone through once. */
#include "base/utf8.h"
#include "book/check_parts.h"

#include <glib.h>
#include <stdint.h>
#include <string.h>

enum { SHORTEST = 8, LONGEST = 60 };

/* ---- Folding ----------------------------------------------------------------------- */

/* Letters and digits only, in lower case, without accents. */
static char *fold(struct arena *arena, const char *text)
{
    char *slug = slug_new(arena, text);
    size_t to = 0;

    for (size_t from = 0; slug[from] != '\0'; from++)
        if (slug[from] != '-')
            slug[to++] = slug[from];
    slug[to] = '\0';
    return slug;
}

static void put(GHashTable *table, const char *key, const char *value)
{
    if (!g_hash_table_contains(table, key))
        g_hash_table_insert(table, (gpointer)(uintptr_t)key, (gpointer)(uintptr_t)value);
}

/* FOLDED without its byte AT. */
static char *without(struct arena *arena, const char *folded, size_t at)
{
    return arena_printf(arena, "%.*s%s", (int)at, folded, folded + at + 1);
}

/* ---- Names --------------------------------------------------------------------------- */

struct names {
    struct arena *scratch;
    GHashTable *near;           /* folded forms, whole and less a letter, to a name */
    GHashTable *right;          /* every spelling that is right */
    GHashTable *told;
};

static void learn(struct names *names, const char *name)
{
    char *folded = fold(names->scratch, name);
    size_t length = strlen(folded);

    if (length < SHORTEST || length > LONGEST || strchr(name, ' ') == NULL)
        return;
    put(names->right, folded, name);
    g_hash_table_add(names->right, (gpointer)(uintptr_t)name);
    put(names->near, folded, name);
    for (size_t i = 0; i < length; i++)
        put(names->near, without(names->scratch, folded, i), name);
}

/* Do two folded names differ by at most one letter lost, added or changed, or by
 * two that have changed places? */
static bool is_close(const char *a, const char *b)
{
    size_t a_length = strlen(a), b_length = strlen(b), same = 0, end = 0;
    size_t shorter = a_length < b_length ? a_length : b_length;
    size_t longer = a_length < b_length ? b_length : a_length;

    while (same < shorter && a[same] == b[same])
        same++;
    while (end < shorter - same && a[a_length - 1 - end] == b[b_length - 1 - end])
        end++;
    return longer - same - end <= 1
        || (a_length == b_length && longer - same - end == 2 && a[same] == b[same + 1]
            && a[same + 1] == b[same]);
}

static const char *find_close(struct names *names, const char *folded)
{
    const char *name = g_hash_table_lookup(names->near, folded);
    size_t length = strlen(folded);

    for (size_t i = 0; name == NULL && i < length; i++)
        name = g_hash_table_lookup(names->near, without(names->scratch, folded, i));
    return name != NULL && is_close(folded, fold(names->scratch, name)) ? name : NULL;
}

/* Some words of a text, in capitals: is it a name of the book, misspelt? */
static void check_words(struct names *names, const char *words, struct place at)
{
    char *folded;
    const char *name;

    if (strlen(words) > LONGEST || g_hash_table_contains(names->right, words)
        || g_hash_table_contains(names->told, words))
        return;
    folded = fold(names->scratch, words);
    if (strlen(folded) < SHORTEST)
        return;
    name = find_close(names, folded);
    if (name == NULL || strcmp(name, words) == 0)
        return;
    g_hash_table_add(names->told, (gpointer)(uintptr_t)words);
    check_tell("name-spelling", at, "“%s” is written “%s” elsewhere in the book", words, name);
}

/* The end of the word at TEXT: letters, marks, hyphens and apostrophes. */
static const char *word_end(const char *text, const char *end)
{
    while (text < end) {
        const char *next = text;
        uint32_t code = utf8_next(&next, end);

        if (!g_unichar_isalnum(code) && !g_unichar_ismark(code) && code != '-' && code != 0x2019)
            break;
        text = next;
    }
    return text;
}

static bool is_capital(const char *text, const char *end)
{
    return g_unichar_isupper(utf8_next(&text, end));
}

/* Each two and three words in capitals that follow each other. */
static void check_node(struct names *names, const struct node *node)
{
    const char *at = node->text, *end = at + strlen(at);

    while (at < end) {
        const char *stop = word_end(at, end), *last = stop;

        for (int more = 0; stop > at && is_capital(at, end) && more < 2; more++) {
            if (last >= end || *last != ' ' || !is_capital(last + 1, end))
                break;
            last = word_end(last + 1, end);
            check_words(names, arena_strndup(names->scratch, at, (size_t)(last - at)), node->at);
        }
        at = stop;
        if (at < end)
            utf8_next(&at, end);
    }
}

static void check_tree(struct names *names, const struct node *root)
{
    for (const struct node *node = root; node != NULL; node = node_next(node, root))
        if (node->kind == NODE_TEXT)
            check_node(names, node);
}

static void check_portrait_names(struct names *names, const struct portrait *portrait)
{
    if (portrait->introduction != NULL)
        check_tree(names, portrait->introduction);
    for (size_t i = 0; i < portrait->question_count; i++) {
        check_tree(names, portrait->questions[i].heading);
        check_tree(names, portrait->questions[i].answer);
    }
}

/* An organisation that is another's but for its spelling. */
static void check_organisation(struct names *names, GHashTable *seen,
                               const struct portrait *portrait)
{
    const char *folded, *first;

    if (portrait->organisation == NULL)
        return;
    folded = fold(names->scratch, portrait->organisation);
    first = g_hash_table_lookup(seen, folded);
    put(seen, folded, portrait->organisation);
    if (first != NULL && strcmp(first, portrait->organisation) != 0)
        check_tell("name-spelling", portrait->at, "“%s” is written “%s” elsewhere in the book",
                   portrait->organisation, first);
}

void check_names(struct arena *scratch, const struct book *book)
{
    struct names names = { scratch, g_hash_table_new(g_str_hash, g_str_equal),
                           g_hash_table_new(g_str_hash, g_str_equal),
                           g_hash_table_new(g_str_hash, g_str_equal) };
    GHashTable *organisations = g_hash_table_new(g_str_hash, g_str_equal);

    for (size_t i = 0; i < book->portrait_count; i++)
        learn(&names, book->portraits[i]->name);
    for (size_t i = 0; i < book->portrait_count; i++) {
        check_organisation(&names, organisations, book->portraits[i]);
        check_portrait_names(&names, book->portraits[i]);
    }
    g_hash_table_destroy(organisations);
    g_hash_table_destroy(names.near);
    g_hash_table_destroy(names.right);
    g_hash_table_destroy(names.told);
}

/* ---- Handles ---------------------------------------------------------------------------- */

struct handles { struct arena *scratch; GHashTable *seen; };

static void check_handle(struct handles *handles, const char *handle, struct place at)
{
    const char *lower = arena_strdup(handles->scratch, handle), *first;

    for (char *c = (char *)(uintptr_t)lower; *c != '\0'; c++)
        *c = g_ascii_tolower(*c);
    first = g_hash_table_lookup(handles->seen, lower);
    put(handles->seen, lower, handle);
    if (first != NULL && strcmp(first, handle) != 0)
        check_tell("handle-spelling", at, "%s is written %s elsewhere in the book", handle, first);
}

/* "@name" in a text, not within an address. */
static void check_mentions(struct handles *handles, const struct node *root)
{
    for (const struct node *node = root; node != NULL; node = node_next(node, root)) {
        if (node->kind != NODE_TEXT)
            continue;
        for (const char *at = node->text; (at = strchr(at, '@')) != NULL; at++) {
            size_t length = 1;

            while (g_ascii_isalnum(at[length]) || at[length] == '_')
                length++;
            if (length > 2 && (at == node->text || strchr(" (", at[-1]) != NULL))
                check_handle(handles, arena_strndup(handles->scratch, at, length), node->at);
        }
    }
}

void check_handles(struct arena *scratch, const struct book *book)
{
    struct handles handles = { scratch, g_hash_table_new(g_str_hash, g_str_equal) };

    for (size_t p = 0; p < book->portrait_count; p++) {
        const struct portrait *portrait = book->portraits[p];

        for (size_t i = 0; i < portrait->account_count; i++)
            check_handle(&handles, portrait->accounts[i], portrait->at);
        for (size_t i = 0; i < portrait->contact_count; i++)
            if (portrait->contacts[i].handle != NULL && portrait->contacts[i].handle[0] == '@')
                check_handle(&handles, portrait->contacts[i].handle, portrait->contacts[i].at);
        if (portrait->introduction != NULL)
            check_mentions(&handles, portrait->introduction);
        for (size_t i = 0; i < portrait->question_count; i++)
            check_mentions(&handles, portrait->questions[i].answer);
    }
    g_hash_table_destroy(handles.seen);
}

/* ---- Titles ------------------------------------------------------------------------------ */

/* The titles are in alphabetical order: one cut short stands before the whole. */
void check_titles(struct arena *scratch, const struct book *book)
{
    const char *before = "";

    for (size_t i = 0; i < book->title_count; i++) {
        const struct title *title = &book->titles[i];
        const char *folded = fold(scratch, title->title);
        size_t length = strlen(before);

        if (length >= SHORTEST && strncmp(before, folded, length) == 0
            && strlen(folded) - length <= 3)
            check_tell("title-twice", title->at, "“%s” and “%s” look like one title; keep one",
                       title->title, book->titles[i - 1].title);
        if (title->reader_count == 0)
            check_tell("reading-unread", title->at, "nobody recommends “%s”", title->title);
        before = folded;
    }
}
