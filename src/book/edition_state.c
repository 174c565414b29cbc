/* The state of a content folder: SHA-256 of each portrait, each question, and
 * the rest of the book. */
#include "base/buf.h"
#include "base/file.h"
#include "base/memory.h"
#include "book/edition.h"
#include "book/press.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

#ifndef FLORILEGE_VERSION
#define FLORILEGE_VERSION "unknown"
#endif

static char *finish(struct arena *arena, GChecksum *sum)
{
    char *text = arena_strdup(arena, g_checksum_get_string(sum));

    g_checksum_free(sum);
    return text;
}

/* The bytes of a file behind their number, so that no two files run together. */
static bool add_file(GChecksum *sum, struct arena *arena, const char *path)
{
    size_t bytes;
    char *data = file_read(arena, path, 0, &bytes);
    const char *size;

    if (data == NULL)
        return false;
    size = arena_printf(arena, "%zu:", bytes);
    g_checksum_update(sum, (const guchar *)size, -1);
    g_checksum_update(sum, (const guchar *)data, (gssize)bytes);
    return true;
}

/* The pictures in the text below ROOT. */
static bool add_pictures(GChecksum *sum, struct arena *arena, const struct node *root)
{
    for (const struct node *node = root; node != NULL; node = node_next(node, root))
        if (node->picture != NULL && !add_file(sum, arena, node->picture->path))
            return false;
    return true;
}

static bool add_all_pictures(GChecksum *sum, struct arena *arena,
                             const struct portrait *portrait)
{
    if (portrait->photo != NULL && !add_file(sum, arena, portrait->photo->path))
        return false;
    if (!add_pictures(sum, arena, portrait->introduction))
        return false;
    for (size_t i = 0; i < portrait->question_count; i++)
        if (!add_pictures(sum, arena, portrait->questions[i].answer))
            return false;
    for (size_t i = 0; i < portrait->note_count; i++)
        if (!add_pictures(sum, arena, portrait->notes[i].body))
            return false;
    return true;
}

/* The lines of a question up to the next one, blank ones at the end left out.
 * *TEXT stands at line *LINE and moves on. */
static char *hash_lines(struct arena *arena, const char **text, int *line, int first, int end)
{
    const char *from, *to;

    for (; *line < first && **text != '\0'; ++*line)
        *text += strcspn(*text, "\n") + ((*text)[strcspn(*text, "\n")] == '\n');
    from = *text;
    for (; (end == 0 || *line < end) && **text != '\0'; ++*line)
        *text += strcspn(*text, "\n") + ((*text)[strcspn(*text, "\n")] == '\n');
    for (to = *text; to > from && strchr(" \t\n", to[-1]) != NULL; to--)
        ;
    GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
    g_checksum_update(sum, (const guchar *)from, to - from);
    return finish(arena, sum);
}

static bool hash_questions(struct arena *arena, struct arena *scratch,
                           const struct portrait *portrait, struct ledger_portrait *state)
{
    size_t bytes, count = portrait->question_count;
    const char *text = file_read_text(scratch, portrait->path, &bytes);
    int line = 1;

    if (text == NULL)
        return false;
    state->questions = ARENA_ARRAY(arena, count, struct ledger_hash);
    state->question_count = count;
    for (size_t i = 0; i < count; i++) {
        const struct question *question = &portrait->questions[i];
        int end = i + 1 < count ? portrait->questions[i + 1].at.line : 0;

        state->questions[i].name = question->anchor;
        state->questions[i].sha256 = hash_lines(arena, &text, &line, question->at.line, end);
    }
    return true;
}

static bool hash_portrait(struct arena *arena, const struct portrait *portrait,
                          struct ledger_portrait *state)
{
    struct arena *scratch = arena_new();
    GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
    bool hashed = add_file(sum, scratch, portrait->path)
        && add_all_pictures(sum, scratch, portrait)
        && hash_questions(arena, scratch, portrait, state);

    state->id = portrait->id;
    state->sha256 = finish(arena, sum);
    arena_free(scratch);
    return hashed;
}

/* ---- All that is no portrait ---------------------------------------------------- */

/* The hash of it all, and one of each file. */
struct rest {
    const struct book *book;
    const char *data;
    struct arena *scratch;
    GChecksum *sum;
    VEC(struct ledger_hash) files;
};

/* The file's path as the ledger names it: from the content, or the program's data.
 * In the working folder paths have no start. */
static const char *name_of(const struct rest *rest, const char *path)
{
    const char *const folders[] = { rest->book->folder, rest->data };

    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        const char *start = path_join(rest->scratch, folders[i], "");

        if (start[0] != '\0' && strncmp(path, start, strlen(start)) == 0)
            return path + strlen(start);
    }
    return path;
}

static bool add_rest(struct rest *rest, const char *path)
{
    GChecksum *own = g_checksum_new(G_CHECKSUM_SHA256);
    const char *name = arena_strdup(rest->book->arena, name_of(rest, path));
    bool added = add_file(rest->sum, rest->scratch, path) && add_file(own, rest->scratch, path);
    const char *hash = finish(rest->book->arena, own);

    if (added && ledger_hash_lookup(rest->files.item, rest->files.count, name) == NULL)
        *VEC_PUSH(&rest->files) = (struct ledger_hash){ name, hash };
    return added;
}

static bool add_if_there(struct rest *rest, const char *folder, const char *name)
{
    const char *path = path_join(rest->scratch, folder, name);

    return !file_exists(path) || add_rest(rest, path);
}

static bool add_rest_of_tree(struct rest *rest, const struct node *root)
{
    for (const struct node *node = root; node != NULL; node = node_next(node, root))
        if (node->picture != NULL && !add_rest(rest, node->picture->path))
            return false;
    return true;
}

static bool add_page(struct rest *rest, const struct page *page)
{
    if (!add_rest(rest, page->path) || !add_rest_of_tree(rest, page->body))
        return false;
    for (size_t i = 0; i < page->note_count; i++)
        if (!add_rest_of_tree(rest, page->notes[i].body))
            return false;
    return true;
}

static bool add_pages(struct rest *rest, const struct page *pages, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!add_page(rest, &pages[i]))
            return false;
    return true;
}

/* The anthology, its pages, its reading list, the style. */
static bool hash_rest(const struct book *book, const char *data, struct ledger_entry *state)
{
    struct rest rest = { .book = book, .data = data, .scratch = arena_new(),
                         .sum = g_checksum_new(G_CHECKSUM_SHA256) };
    const char *style = strchr(book->style, '/') != NULL ? book->style
        : path_join(rest.scratch, path_join(rest.scratch, data, "styles"), book->style);
    bool hashed = add_if_there(&rest, book->folder, "anthology.yaml")
        && add_if_there(&rest, book->folder, "reading-list.yaml")
        && add_pages(&rest, book->front, book->front_count)
        && add_pages(&rest, book->back, book->back_count)
        && (book->cover == NULL || add_rest(&rest, book->cover->path))
        && (book->press == NULL || add_rest(&rest, book->press->path))
        && add_if_there(&rest, style, "print.yaml")
        && add_if_there(&rest, style, "epub.css");

    state->book = finish(book->arena, rest.sum);
    state->file_count = rest.files.count;
    state->files = ARENA_ARRAY(book->arena, rest.files.count, struct ledger_hash);
    if (rest.files.count > 0)
        memcpy(state->files, rest.files.item, rest.files.count * sizeof *state->files);
    free(rest.files.item);
    arena_free(rest.scratch);
    return hashed;
}

/* ---- The whole state -------------------------------------------------------------- */

static int compare_ids(const void *a, const void *b)
{
    return strcmp(((const struct ledger_portrait *)a)->id,
                  ((const struct ledger_portrait *)b)->id);
}

bool edition_state(const struct book *book, const char *data, struct ledger_entry *state)
{
    size_t count = book->portrait_count;
    bool hashed = true;

    *state = (struct ledger_entry){ .program = FLORILEGE_VERSION, .portrait_count = count };
    state->portraits = ARENA_ARRAY(book->arena, count, struct ledger_portrait);
    for (size_t i = 0; hashed && i < count; i++)
        hashed = hash_portrait(book->arena, book->portraits[i], &state->portraits[i]);
    if (!hashed || !hash_rest(book, data, state))
        return false;
    if (count > 0)
        qsort(state->portraits, count, sizeof *state->portraits, compare_ids);
    state->reading_count = book->title_count;
    state->reading = ARENA_ARRAY(book->arena, book->title_count, const char *);
    for (size_t i = 0; i < book->title_count; i++)
        state->reading[i] = book->titles[i].id;
    if (state->reading_count > 0)
        qsort(state->reading, state->reading_count, sizeof *state->reading, memory_strcmp);
    return true;
}
