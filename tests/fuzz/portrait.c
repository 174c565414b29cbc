/* A portrait's file: front matter, contacts, Markdown, the language's rules and
 * the preflight; then the tree must be sound. */
#include "base/utf8.h"
#include "book/check_parts.h"
#include "book/markdown.h"
#include "book/reader.h"
#include "book/typography.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void hear_nothing(void *context, const struct diagnostic *diagnostic)
{
    (void)context, (void)diagnostic;
}

static void must(bool sound)
{
    if (!sound)
        abort();
}

/* Parents, last children, and who may be whose child. */
static void check_tree(const struct node *node, int depth)
{
    const struct node *last = NULL;

    must(depth < 200);
    must(node->text == NULL || utf8_valid(node->text, strlen(node->text)) == strlen(node->text));
    must(node->kind != NODE_TEXT || node->text != NULL);
    must(node->kind != NODE_NOTE_REF || (node->note != NULL && node->note->body != NULL));
    for (const struct node *child = node->first; child != NULL; child = child->next) {
        must(child->parent == node);
        must(node->kind != NODE_LIST || child->kind == NODE_ITEM);
        must(node->kind != NODE_TABLE || child->kind == NODE_ROW);
        must(node->kind != NODE_ROW || child->kind == NODE_CELL);
        must(node_is_block(node->kind) || !node_is_block(child->kind));
        must(child->kind != NODE_ITEM || node->kind == NODE_LIST);
        check_tree(child, depth + 1);
        last = child;
    }
    must(node->last == last);
}

static void read_body(struct arena *arena, const struct front_matter *parts)
{
    struct markdown_source source = { "fuzz", parts->body_line, "id", "/nowhere" };
    struct markdown read;

    if (!markdown_read(arena, &source, parts->body, parts->body_bytes, &read))
        return;
    headings_level(read.body, 2);
    typography_apply(arena, read.body, "fr-FR");
    check_tree(read.body, 0);
    check_text(arena, read.body);
    for (size_t i = 0; i < read.note_count; i++)
        check_tree(read.notes[i].body, 0);
}

static void read_front(struct arena *arena, const struct front_matter *parts)
{
    struct contact *contacts = NULL;
    const char *text = NULL;
    size_t count = 0;
    const struct yaml *map = yaml_parse(arena, "fuzz", 2, parts->yaml, parts->yaml_bytes);

    if (map == NULL)
        return;
    contacts_read(arena, yaml_lookup(map, "contacts"), &contacts, &count);
    reader_date(arena, map, "date", &text);
    reader_language(arena, map, "language", &text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    const char *text = arena_strndup(arena, (const char *)data, size);
    struct front_matter parts;

    diag_set_sink(hear_nothing, NULL);
    if (utf8_valid(text, size) == size && strlen(text) == size
        && front_matter_split("fuzz", text, size, &parts)) {
        if (parts.yaml != NULL)
            read_front(arena, &parts);
        read_body(arena, &parts);
    }
    arena_free(arena);
    return 0;
}
