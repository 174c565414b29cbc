/* Inlines as XHTML. What leads nowhere in this book is written without its link,
 * a picture that could not be used is left out. */
#include "epub/inline.h"

#include "book/strings.h"
#include "epub/block.h"

#include <string.h>

void inline_text(struct writer *writer, const struct node *node, const char *element)
{
    struct page_break *mark = pagemap_of_node(writer->rendition->pagemap, node);
    size_t bytes = node->text == NULL ? 0 : strlen(node->text), done = 0;

    (void)element;
    for (; mark != NULL; mark = mark->next_of_node) {
        size_t upto = mark->offset < bytes ? mark->offset : bytes;

        if (upto > done) {
            xml_bytes(writer->xml, node->text + done, upto - done);
            done = upto;
        }
        writer_break(writer, mark, false);
    }
    if (done < bytes)
        xml_bytes(writer->xml, node->text + done, bytes - done);
}

void inline_code(struct writer *writer, const struct node *node, const char *element)
{
    writer_open(writer, node, element);
    inline_text(writer, node, NULL);
    xml_close(writer->xml);
}

/* Titles of the reading list are works cited. */
void inline_emphasis(struct writer *writer, const struct node *node, const char *element)
{
    const struct node *at = node;

    while (at != NULL && at->kind != NODE_ITEM)
        at = at->parent;
    block_element(writer, node, at != NULL && at->role == ROLE_READING_ENTRY ? "cite" : element);
}

void inline_anchor(struct writer *writer, const struct node *node, const char *element)
{
    if (node->target != NULL)   /* something else stands in for it */
        return;
    writer_open(writer, node, element);
    xml_close_fully(writer->xml);
}

void inline_picture(struct writer *writer, const struct node *node, const char *path,
                    const char *role)
{
    const struct picture *picture = node->picture;

    xml_open(writer->xml, "img");
    xml_attribute(writer->xml, "role", role);
    xml_attribute(writer->xml, "src", arena_printf(writer->arena, "../%s", path));
    xml_attribute(writer->xml, "alt", node->alt != NULL ? node->alt
                  : picture != NULL && picture->alt != NULL ? picture->alt : "");
    xml_close(writer->xml);
}

const char *inline_picture_path(struct writer *writer, const struct node *node)
{
    if (writer->part->kind == PART_COVER)
        return writer->rendition->cover;
    return node->picture == NULL
        ? NULL : g_hash_table_lookup(writer->rendition->pictures, node->picture);
}

void inline_image(struct writer *writer, const struct node *node, const char *element)
{
    const char *path = inline_picture_path(writer, node);

    (void)element;
    if (path != NULL)
        inline_picture(writer, node, path, NULL);
}

static const char *reference_id(struct writer *writer, const struct note *note)
{
    return arena_printf(writer->arena, "%s-ref", note->id);
}

void inline_note_ref(struct writer *writer, const struct node *node, const char *element)
{
    const struct note *note = node->note;

    if (!rendition_address(writer->rendition, writer->part, note->id, &writer->address))
        return;
    xml_open(writer->xml, "sup");
    xml_open(writer->xml, element);
    xml_attribute(writer->xml, "epub:type", "noteref");
    xml_attribute(writer->xml, "role", "doc-noteref");
    xml_attribute(writer->xml, "id", reference_id(writer, note));
    xml_attribute(writer->xml, "href", buf_text(&writer->address));
    xml_text(writer->xml, arena_printf(writer->arena, "%d", note->number));
    xml_close(writer->xml);
    xml_close(writer->xml);
}

/* From a note to where it is called. */
void inline_way_back(struct writer *writer, const struct node *node)
{
    const struct rendition *rendition = writer->rendition;
    const char *language = node_language(node, writer->part->language);

    if (!rendition_address(rendition, writer->part, reference_id(writer, writer->note),
                           &writer->address))
        return;
    xml_text(writer->xml, " ");
    xml_open(writer->xml, "a");
    xml_attribute(writer->xml, "epub:type", "backlink");
    xml_attribute(writer->xml, "role", "doc-backlink");
    xml_attribute(writer->xml, "href", buf_text(&writer->address));
    xml_language(writer->xml, writer_label_language(writer, language));
    xml_attribute(writer->xml, "aria-label",
                  strings_text(rendition->book->strings, "back-to-text"));
    xml_text(writer->xml, "↩\xEF\xB8\x8E");     /* as text, not as a coloured picture */
    xml_close(writer->xml);
}

void inline_link(struct writer *writer, const struct node *node, const char *element)
{
    const char *address = node->url;

    if (address == NULL && node->target != NULL
        && rendition_address(writer->rendition, writer->part, node->target, &writer->address))
        address = buf_text(&writer->address);
    if (address == NULL || node->first == NULL) {
        writer_children(writer, node);
        return;
    }
    writer_open(writer, node, element);
    xml_attribute(writer->xml, "href", address);
    writer_children(writer, node);
    xml_close(writer->xml);
}

/* The number of a printed page as a link to the place itself. */
static void write_page_link(struct writer *writer, const struct node *node, const char *label,
                            const char *type)
{
    const struct rendition *rendition = writer->rendition;

    if (!rendition_address(rendition, writer->part, node->target, &writer->address))
        return;
    xml_open(writer->xml, "a");
    xml_attribute(writer->xml, "epub:type", type);
    writer_class(writer, "page-ref");
    xml_attribute(writer->xml, "href", buf_text(&writer->address));
    xml_attribute(writer->xml, "aria-label",
                  strings_format(writer->arena, rendition->book->strings, "page-number", 1, label));
    xml_text(writer->xml, label);
    xml_close(writer->xml);
}

void inline_page_ref(struct writer *writer, const struct node *node, const char *element)
{
    const char *label = pagemap_label(writer->rendition->pagemap, node->target);
    enum node_kind holder = node->parent->parent->kind;

    (void)element;
    if (label == NULL)
        return;
    /* In a table of contents the print has leaders here. */
    if (node->parent->kind == NODE_PARAGRAPH && holder == NODE_ITEM && node->next == NULL)
        xml_text(writer->xml, " ");
    write_page_link(writer, node, label, NULL);
}

/* Each page once, in order; the layout says the same with its runs joined. */
void inline_page_refs(struct writer *writer, const struct node *node, const char *element)
{
    const char *before = NULL;

    (void)element;
    for (const struct node *child = node->first; child != NULL; child = child->next) {
        const char *label = pagemap_label(writer->rendition->pagemap, child->target);

        if (label == NULL || (before != NULL && strcmp(label, before) == 0))
            continue;
        if (before != NULL)
            xml_text(writer->xml, ", ");
        write_page_link(writer, child, label, "index-locator");
        before = label;
    }
}
