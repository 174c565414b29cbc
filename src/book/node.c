/* Trees of nodes: making, joining, walking, and the names of their kinds. */
#include "book/book.h"
#include "base/buf.h"
#include "base/utf8.h"

#include <string.h>

struct node *node_new(struct arena *arena, enum node_kind kind, struct place at)
{
    struct node *node = ARENA_NEW(arena, struct node);

    node->kind = kind;
    node->at = at;
    return node;
}

struct node *node_text(struct arena *arena, const char *text)
{
    struct node *node = ARENA_NEW(arena, struct node);

    node->kind = NODE_TEXT;
    node->text = text;
    return node;
}

void node_append(struct node *parent, struct node *child)
{
    child->parent = parent;
    child->next = NULL;
    if (parent->last == NULL)
        parent->first = child;
    else
        parent->last->next = child;
    parent->last = child;
}

void node_insert_after(struct node *node, struct node *sibling)
{
    sibling->parent = node->parent;
    sibling->next = node->next;
    node->next = sibling;
    if (node->parent != NULL && node->parent->last == node)
        node->parent->last = sibling;
}

void node_move_children(struct node *parent, struct node *from)
{
    struct node *child = from->first, *next;

    from->first = from->last = NULL;
    for (; child != NULL; child = next) {
        next = child->next;
        node_append(parent, child);
    }
}

struct node *node_next(const struct node *node, const struct node *root)
{
    if (node->first != NULL)
        return node->first;
    while (node != root && node->next == NULL)
        node = node->parent;
    return node == root ? NULL : node->next;
}

bool node_is_block(enum node_kind kind)
{
    return kind < NODE_TEXT;
}

const char *node_kind_name(enum node_kind kind)
{
    static const char *const names[NODE_KINDS] = {
        "section", "paragraph", "heading", "quote", "list", "item", "code-block", "rule",
        "table", "row", "cell", "figure", "terms", "term", "detail", "monogram",
        "square-code", "text", "emphasis", "strong", "strike", "code", "link", "image",
        "note-ref", "line-break", "span", "anchor", "page-ref", "page-refs",
    };

    return names[kind];
}

const char *role_name(enum role role)
{
    static const char *const names[ROLE_COUNT] = {
        "none", "half-title", "title", "subtitle", "editor", "publisher", "edition",
        "imprint-title", "imprint-line",
        "opening", "name", "job", "organisation", "introduction", "qna", "question",
        "answer", "credit", "caption", "source", "contacts", "accounts", "recommends",
        "toc", "toc-part", "toc-entry", "toc-detail", "new-mark", "directory",
        "directory-entry", "reading", "reading-entry", "index", "index-letter",
        "index-entry", "history-entry", "colophon-line", "handle",
    };

    return names[role];
}

const char *part_kind_name(enum part_kind kind)
{
    static const char *const names[PART_KINDS] = {
        "cover", "half-title", "title", "imprint", "toc", "front", "news", "division",
        "portrait", "contact", "directory", "reading", "index", "notes", "history",
        "colophon", "back",
    };

    return names[kind];
}

bool node_is_rtl(const struct node *root)
{
    for (const struct node *node = root; node != NULL; node = node_next(node, root)) {
        const char *at = node->kind == NODE_TEXT ? node->text : "", *end = at + strlen(at);

        while (at < end) {
            int direction = utf8_direction(utf8_next(&at, end));

            if (direction != 0)
                return direction < 0;
        }
    }
    return false;
}

char *node_flat(struct arena *arena, const struct node *root)
{
    struct buf text = {0};
    char *flat;

    for (const struct node *node = root; node != NULL; node = node_next(node, root)) {
        if (node->kind == NODE_TEXT || node->kind == NODE_CODE || node->kind == NODE_CODE_BLOCK)
            buf_puts(&text, node->text);
        else if (node->kind == NODE_LINE_BREAK
                 || (node_is_block(node->kind) && text.len > 0 && text.data[text.len - 1] != ' '))
            buf_putc(&text, ' ');
    }
    while (text.len > 0 && text.data[text.len - 1] == ' ')
        buf_cut(&text, text.len - 1);
    flat = arena_strdup(arena, buf_text(&text));
    buf_free(&text);
    return flat;
}

const char *node_language(const struct node *node, const char *fallback)
{
    for (; node != NULL; node = node->parent)
        if (node->lang != NULL)
            return node->lang;
    return fallback;
}
