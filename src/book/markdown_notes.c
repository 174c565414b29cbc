/* Notes without a call and calls without a note, which cmark passes over in
 * silence: the first are sought in the source, the second in the tree. */
#include "book/markdown.h"

#include <glib.h>
#include <string.h>

/* The length of "[^label]" at TEXT; 0 when there is none. */
static size_t call_length(const char *text, const char *end)
{
    const char *at = text + 2;

    if (end - text < 4 || text[0] != '[' || text[1] != '^')
        return 0;
    while (at < end && *at != ']' && *at != '\n' && *at != ' ' && *at != '[')
        at++;
    return at < end && *at == ']' && at > text + 2 ? (size_t)(at + 1 - text) : 0;
}

static char *fold(const char *call, size_t length)
{
    return g_utf8_casefold(call, (gssize)length);
}

/* Every label that is called, anywhere but where a note begins. */
static GHashTable *collect_calls(const char *text, const char *end)
{
    GHashTable *calls = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    for (const char *at = text; (at = memchr(at, '[', (size_t)(end - at))) != NULL; at++) {
        size_t length = call_length(at, end);
        bool begins_line = at == text || at[-1] == '\n';

        if (length > 0 && !(begins_line && at + length < end && at[length] == ':'))
            g_hash_table_add(calls, fold(at, length));
    }
    return calls;
}

static void tell_unused(const struct markdown_source *source, const char *text, const char *end)
{
    GHashTable *calls = collect_calls(text, end);
    int line = source->line;

    for (const char *at = text; at < end; line++) {
        const char *feed = memchr(at, '\n', (size_t)(end - at));
        size_t length = call_length(at, end);

        if (length > 0 && at + length < end && at[length] == ':') {
            char *label = fold(at, length);

            if (!g_hash_table_contains(calls, label))
                diag(DIAG_WARNING, (struct place){ source->path, line, 1 }, "note-unused",
                     "no text calls the note %.*s; it is left out", (int)length, at);
            g_free(label);
        }
        at = feed == NULL ? end : feed + 1;
    }
    g_hash_table_destroy(calls);
}

static void tell_missing(const struct node *root)
{
    for (const struct node *node = root; node != NULL; node = node_next(node, root)) {
        if (node->kind != NODE_TEXT)
            continue;
        for (const char *at = node->text, *end = at + strlen(at);
             (at = strstr(at, "[^")) != NULL; at += 2) {
            size_t length = call_length(at, end);

            if (length > 0)
                diag(DIAG_WARNING, node->at, "note-missing",
                     "no note %.*s; write one, a line that begins with %.*s:", (int)length, at,
                     (int)length, at);
        }
    }
}

/* Takes the calls in the body of the note at INDEX, each of a note not called
 * before. LEVELS of notes: 0 not called yet, 1 called by the text, 2 by a note. */
static bool check_calls(const struct markdown *read, size_t index, char *levels)
{
    const struct node *body = read->notes[index].body;

    for (const struct node *node = body; node != NULL; node = node_next(node, body)) {
        if (node->kind != NODE_NOTE_REF || node->note == NULL)
            continue;
        if (levels[index] != 1 || levels[node->note->number - 1] != 0) {
            diag(DIAG_ERROR, node->at, "note-nested", "a note may call a note of its own, which "
                 "nothing else calls, and no deeper; write the words themselves");
            return false;
        }
        levels[node->note->number - 1] = 2;
    }
    return true;
}

/* Notes that called each other would never end. */
static bool check_nesting(const struct markdown *read)
{
    char *levels = g_new0(char, read->note_count + 1);
    bool sound = true;

    for (const struct node *node = read->body; node != NULL; node = node_next(node, read->body))
        if (node->kind == NODE_NOTE_REF && node->note != NULL)
            levels[node->note->number - 1] = 1;
    for (size_t i = 0; sound && i < read->note_count; i++)
        sound = check_calls(read, i, levels);
    g_free(levels);
    return sound;
}

bool notes_check(const struct markdown_source *source, const char *text, size_t bytes,
                 const struct markdown *read)
{
    tell_unused(source, text, text + bytes);
    tell_missing(read->body);
    for (size_t i = 0; i < read->note_count; i++)
        tell_missing(read->notes[i].body);
    return check_nesting(read);
}
