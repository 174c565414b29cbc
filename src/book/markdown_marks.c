/* The marks that Markdown lacks, on the tree: {lang=en} after a phrase in
 * brackets or after an element, {#slug} at the end of a heading. Brackets pair
 * within one run of siblings; each text is gone through once. */
#include "book/markdown.h"
#include "base/buf.h"
#include "book/forms.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

/* An opening bracket: the byte at AT of TEXT is '['. */
struct bracket { struct node *text; size_t at; };

enum { DEEPEST = 16 };

struct marker {
    struct arena *arena;
    VEC(struct bracket) open;
};

/* The length of "{lang=TAG}" at TEXT, and the tag; 0 when there is none. */
static size_t read_language(struct arena *arena, const char *text, const char **tag)
{
    const char *start = text + strlen("{lang="), *at = start;

    if (strncmp(text, "{lang=", strlen("{lang=")) != 0)
        return 0;
    while ((g_ascii_isalnum(*at) || *at == '-') && at - start < 40)
        at++;
    if (*at != '}')
        return 0;
    *tag = form_language(arena, arena_strndup(arena, start, (size_t)(at - start)));
    return *tag == NULL ? 0 : (size_t)(at - text) + 1;
}

static struct place move(struct place at, const char *text, size_t bytes)
{
    if (at.col > 0)
        for (size_t i = 0; i < bytes; i++)
            at.col += ((unsigned char)text[i] & 0xC0) != 0x80;
    return at;
}

/* Splits TEXT at byte AT, leaving out the SKIP bytes there; the second half.
 * The text is cut in place, so that many cuts cost no copies: the reader of
 * Markdown made it and gave it to nobody else yet. */
static struct node *split(struct arena *arena, struct node *text, size_t at, size_t skip)
{
    char *bytes = (char *)(uintptr_t)text->text;
    struct node *rest = node_text(arena, bytes + at + skip);

    rest->at = move(text->at, bytes, at + skip);
    bytes[at] = '\0';
    node_insert_after(text, rest);
    return rest;
}

/* Moves the siblings after BEFORE up to LAST into a new span. */
static struct node *wrap(struct arena *arena, struct node *before, struct node *last,
                         const char *tag)
{
    struct node *span = node_new(arena, NODE_SPAN, before->next->at);
    struct node *child = before->next, *after = last->next, *parent = before->parent;

    span->lang = tag;
    while (child != after) {
        struct node *next = child->next;

        node_append(span, child);
        child = next;
    }
    before->next = span;
    span->parent = parent;
    span->next = after;
    if (after == NULL)
        parent->last = span;
    return span;
}

static void drop_empty(struct node *parent)
{
    struct node **link = &parent->first;

    parent->last = NULL;
    while (*link != NULL) {
        if ((*link)->kind == NODE_TEXT && (*link)->text[0] == '\0') {
            *link = (*link)->next;
        } else {
            parent->last = *link;
            link = &(*link)->next;
        }
    }
}

/* A bracket closes at byte AT of TEXT with a language of LENGTH bytes behind
 * it: what is between becomes a span. The text that follows it. */
static struct node *close_phrase(struct marker *marker, struct node *text, size_t at,
                                 size_t length, const char *tag)
{
    struct bracket open = marker->open.item[--marker->open.count];
    struct node *rest = split(marker->arena, text, at, 1 + length), *last = text;

    if (open.text == text)
        last = split(marker->arena, text, open.at, 1);
    else
        split(marker->arena, open.text, open.at, 1);
    wrap(marker->arena, open.text, last, tag);
    return rest;
}

/* Goes through one text; the node where to go on, NULL when this was all. */
static struct node *mark_text(struct marker *marker, struct node *text)
{
    for (size_t i = 0; text->text[i] != '\0'; i++) {
        const char *tag;
        size_t length;

        if (text->text[i] == '[' && marker->open.count < DEEPEST) {
            *VEC_PUSH(&marker->open) = (struct bracket){ text, i };
        } else if (text->text[i] == ']' && marker->open.count > 0) {
            length = read_language(marker->arena, text->text + i + 1, &tag);
            if (length > 0)
                return close_phrase(marker, text, i, length, tag);
            marker->open.count--;
        }
    }
    return NULL;
}

/* "{lang=en}" right behind an emphasis, a link, a quotation of code. */
static void mark_element(struct arena *arena, struct node *element)
{
    struct node *text = element->next;
    const char *tag;
    size_t length;

    if (text == NULL || text->kind != NODE_TEXT || element->kind == NODE_TEXT)
        return;
    length = read_language(arena, text->text, &tag);
    if (length == 0)
        return;
    element->lang = tag;
    text->at = move(text->at, text->text, length);
    text->text += length;
}

static void mark_children(struct marker *marker, struct node *parent)
{
    marker->open.count = 0;
    for (struct node *child = parent->first; child != NULL;) {
        struct node *rest = NULL;

        mark_element(marker->arena, child);
        if (child->kind == NODE_TEXT)
            rest = mark_text(marker, child);
        child = rest != NULL ? rest : child->next;
    }
    drop_empty(parent);
}

/* "Title {#slug}" at the end of a heading. */
static void mark_heading(struct arena *arena, struct node *heading)
{
    struct node *last = heading->last;
    const char *brace;
    size_t length;

    if (last == NULL || last->kind != NODE_TEXT)
        return;
    length = strlen(last->text);
    brace = strrchr(last->text, '{');
    if (brace == NULL || brace[1] != '#' || last->text[length - 1] != '}')
        return;
    for (const char *c = brace + 2; c < last->text + length - 1 || c == brace + 2; c++)
        if (!g_ascii_islower(*c) && !g_ascii_isdigit(*c) && *c != '-') {
            diag(DIAG_WARNING, heading->at, "anchor-mark", "“%s” is no address and stays as text; "
                 "use small letters, digits and hyphens, as {#old-words}", brace);
            return;
        }
    heading->id = arena_strndup(arena, brace + 2, (size_t)(last->text + length - 1 - brace - 2));
    length = (size_t)(brace - last->text);
    while (length > 0 && last->text[length - 1] == ' ')
        length--;
    last->text = arena_strndup(arena, last->text, length);
    drop_empty(heading);
}

/* A mark that no phrase took stays as text. */
static void tell_left(const struct node *root)
{
    for (const struct node *node = root; node != NULL; node = node_next(node, root))
        if (node->kind == NODE_TEXT && strstr(node->text, "{lang=") != NULL)
            diag(DIAG_WARNING, node->at, "language-mark",
                 "{lang=…} stands behind no phrase or names no language; write "
                 "[phrase]{lang=en}");
}

void marks_apply(struct arena *arena, struct node *root)
{
    struct marker marker = { .arena = arena };

    for (struct node *node = root; node != NULL; node = node_next(node, root)) {
        if (node->kind == NODE_HEADING)
            mark_heading(arena, node);
        if (node->first != NULL && !node_is_block(node->first->kind))
            mark_children(&marker, node);
    }
    free(marker.open.item);
    tell_left(root);
}

void headings_level(struct node *root, int level)
{
    int top = 6, last = level - 1;

    for (struct node *node = root->first; node != NULL; node = node_next(node, root))
        if (node->kind == NODE_HEADING && node->level < top)
            top = node->level;
    for (struct node *node = root->first; node != NULL; node = node_next(node, root)) {
        if (node->kind != NODE_HEADING)
            continue;
        node->level += level - top;
        if (node->level > last + 1)
            node->level = last + 1;
        if (node->level > 6)
            node->level = 6;
        last = node->level;
    }
}
