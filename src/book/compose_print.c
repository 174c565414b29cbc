/* The parts as text, for tests: indented two spaces a level. */
#include "book/compose.h"
#include "base/buf.h"

static void put_quoted(struct buf *out, const char *text)
{
    buf_puts(out, " \"");
    for (; *text != '\0'; text++) {
        if (*text == '\n')
            buf_puts(out, "\\n");
        else if (*text == '\xC2' && text[1] == '\xA0' && text++)
            buf_puts(out, "\xC2\xB7");          /* a no-break space is shown as a point */
        else
            buf_putc(out, *text);
    }
    buf_putc(out, '"');
}

static void put_attribute(struct buf *out, const char *name, const char *value)
{
    if (value != NULL)
        buf_printf(out, " %s=%s", name, value);
}

static void put_node(struct buf *out, const struct node *node, int depth)
{
    buf_printf(out, "%*s%s", depth * 2, "", node_kind_name(node->kind));
    if (node->role != ROLE_NONE)
        buf_printf(out, " .%s", role_name(node->role));
    if (node->kind == NODE_HEADING)
        buf_printf(out, " level=%d", node->level);
    if (node->kind == NODE_LIST)
        buf_printf(out, "%s%s", node->ordered ? " ordered" : "", node->tight ? " tight" : "");
    put_attribute(out, "id", node->id);
    put_attribute(out, "lang", node->lang);
    put_attribute(out, "target", node->target);
    put_attribute(out, "url", node->url);
    if (node->note != NULL)
        put_attribute(out, "note", node->note->id);
    if (node->picture != NULL)
        put_attribute(out, "picture", node->picture->path);
    if (node->text != NULL)
        put_quoted(out, node->text);
    if (node->alt != NULL) {
        buf_puts(out, " alt=");
        put_quoted(out, node->alt);
    }
    buf_putc(out, '\n');
}

static void put_tree(struct buf *out, const struct node *root)
{
    int depth = 1;

    for (const struct node *node = root; ; ) {
        put_node(out, node, depth);
        if (node->first != NULL) {
            node = node->first;
            depth++;
            continue;
        }
        for (; node != root && node->next == NULL; depth--)
            node = node->parent;
        if (node == root)
            return;
        node = node->next;
    }
}

void compose_print(const struct book *book, struct buf *out)
{
    static const char *const matters[] = { "cover", "front", "body" };

    for (size_t i = 0; i < book->part_count; i++) {
        const struct part *part = &book->parts[i];

        buf_printf(out, "part %s %s %s %s", part_kind_name(part->kind), part->id,
                   matters[part->matter], part->language);
        if (part->parent != NULL)
            buf_printf(out, " parent=%s", part->parent->id);
        if (part->note_count > 0)
            buf_printf(out, " notes=%zu", part->note_count);
        put_quoted(out, part->title);
        buf_putc(out, '\n');
        put_tree(out, part->body);
    }
}
