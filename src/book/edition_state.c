/* The state of a content folder: SHA-256 of each portrait, each question, and
 * the rest of the book. */
#include "base/file.h"
#include "base/memory.h"
#include "book/edition.h"

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
    state->questions = ARENA_ARRAY(arena, count, struct ledger_question);
    state->question_count = count;
    for (size_t i = 0; i < count; i++) {
        const struct question *question = &portrait->questions[i];
        int end = i + 1 < count ? portrait->questions[i + 1].at.line : 0;

        state->questions[i].anchor = question->anchor;
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

static bool add_if_there(GChecksum *sum, struct arena *arena, const char *folder,
                         const char *name)
{
    const char *path = path_join(arena, folder, name);

    return !file_exists(path) || add_file(sum, arena, path);
}

static bool add_pages(GChecksum *sum, struct arena *arena, const struct page *pages,
                      size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!add_file(sum, arena, pages[i].path)
            || !add_pictures(sum, arena, pages[i].body))
            return false;
    return true;
}

/* All that is no portrait: the anthology, its pages, its reading list, the style. */
static bool hash_rest(const struct book *book, const char *data, struct ledger_entry *state)
{
    struct arena *scratch = arena_new();
    GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
    const char *style = strchr(book->style, '/') != NULL ? book->style
        : path_join(scratch, path_join(scratch, data, "styles"), book->style);
    bool hashed = add_if_there(sum, scratch, book->folder, "anthology.yaml")
        && add_if_there(sum, scratch, book->folder, "reading-list.yaml")
        && add_pages(sum, scratch, book->front, book->front_count)
        && add_pages(sum, scratch, book->back, book->back_count)
        && (book->cover == NULL || add_file(sum, scratch, book->cover->path))
        && add_if_there(sum, scratch, style, "print.yaml")
        && add_if_there(sum, scratch, style, "epub.css");

    state->book = finish(book->arena, sum);
    arena_free(scratch);
    return hashed;
}

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
