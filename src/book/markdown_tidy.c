/* Blocks made ready: a picture alone in its paragraph becomes a figure, and
 * paragraphs and headings with nothing to print go. */
#include "book/markdown.h"
#include "base/utf8.h"

#include <glib.h>
#include <string.h>

/* Is the paragraph a picture and nothing else? */
static bool is_figure(const struct node *node)
{
    return node->kind == NODE_PARAGRAPH && node->first != NULL && node->first == node->last
        && node->first->kind == NODE_IMAGE;
}

static void make_figure(struct arena *arena, struct node *node)
{
    struct node *image = node->first, *caption;

    node->kind = NODE_FIGURE;
    node->picture = image->picture;
    node->lang = image->lang;
    node->first = node->last = NULL;
    if (image->text == NULL)
        return;
    caption = node_new(arena, NODE_PARAGRAPH, image->at);
    caption->role = ROLE_CAPTION;
    node_append(caption, node_text(arena, image->text));
    caption->first->at = image->at;
    node_append(node, caption);
}

/* Nothing to print: a paragraph of spaces, or one whose picture was left out. */
static bool is_empty(const struct node *node)
{
    if (node->kind != NODE_PARAGRAPH && node->kind != NODE_HEADING)
        return false;
    for (const struct node *child = node->first; child != NULL; child = child->next)
        if (child->kind != NODE_LINE_BREAK
            && (child->kind != NODE_TEXT || !utf8_blank(child->text)))
            return false;
    return true;
}

void markdown_tidy(struct arena *arena, struct node *root)
{
    struct node *child = root->first, **link = &root->first;

    root->last = NULL;
    for (; child != NULL; child = child->next) {
        if (is_empty(child)) {
            if (child->kind == NODE_HEADING)
                diag(DIAG_WARNING, child->at, "empty-heading",
                     "a heading without words is left out; write them, or delete its #");
            *link = child->next;
            continue;
        }
        if (is_figure(child))
            make_figure(arena, child);
        else if (node_is_block(child->kind))
            markdown_tidy(arena, child);
        root->last = child;
        link = &child->next;
    }
}
