/* Blocks as XHTML. Codes to be scanned are for paper and left out. */
#include "epub/block.h"

#include "epub/inline.h"
#include "epub/vocabulary.h"

#include <stdio.h>

/* Blocks that hold blocks start their content on a new line. */
void block_element(struct writer *writer, const struct node *node, const char *element)
{
    if (node->first == NULL && node->id == NULL)
        return;
    writer_open(writer, node, element);
    if (node->first != NULL && node_is_block(node->first->kind))
        xml_newline(writer->xml);
    if (node->kind != NODE_ROW)         /* a row's go into its first cell */
        writer_breaks_of(writer, node, writer_holds_blocks(node));
    writer_children(writer, node);
    xml_close_fully(writer->xml);
}

/* The print sets the credit of a photograph below the names, and so does the
 * e-book, with the photograph: the name comes first for who listens, too. */
static void write_opening(struct writer *writer, const struct node *node)
{
    writer_open(writer, node, "header");
    xml_newline(writer->xml);
    if (node->first != NULL)
        writer_breaks_before(writer, node->first);
    for (int figures = 0; figures < 2; figures++)
        for (const struct node *child = node->first; child != NULL; child = child->next)
            if ((child->kind == NODE_FIGURE) == (figures == 1))
                writer_node(writer, child);
    xml_close(writer->xml);
}

/* One that only groups, in the model's eyes and not in the style's, is not
 * written itself. */
void block_section(struct writer *writer, const struct node *node, const char *element)
{
    bool headed = node->first != NULL && node->first->kind == NODE_HEADING;
    bool styled = node->role != ROLE_NONE
        && stylesheet_has_class(writer->rendition->stylesheet, role_name(node->role));

    if (node->role == ROLE_OPENING) {
        write_opening(writer, node);
        xml_newline(writer->xml);
        return;
    }
    if (headed || styled || vocabulary_node(node).type != NULL || node->id != NULL
        || node->lang != NULL) {
        block_element(writer, node, headed ? element : "div");
        xml_newline(writer->xml);
        return;
    }
    writer_breaks_of(writer, node, true);
    writer_children(writer, node);
}

void block_heading(struct writer *writer, const struct node *node, const char *element)
{
    char name[3] = { 'h', (char)('0' + (node->level >= 1 && node->level <= 6 ? node->level : 6)) };

    (void)element;
    block_element(writer, node, name);
}

void block_void(struct writer *writer, const struct node *node, const char *element)
{
    writer_open(writer, node, element);
    xml_close(writer->xml);
}

void block_nothing(struct writer *writer, const struct node *node, const char *element)
{
    (void)element;
    writer_breaks_of(writer, node, false);
}

void block_list(struct writer *writer, const struct node *node, const char *element)
{
    char start[16];

    writer_open(writer, node, node->ordered ? "ol" : element);
    if (node->ordered && node->start != 1) {
        snprintf(start, sizeof start, "%d", node->start);
        xml_attribute(writer->xml, "start", start);
    }
    xml_newline(writer->xml);
    writer_children(writer, node);
    xml_close(writer->xml);
}

void block_paragraph(struct writer *writer, const struct node *node, const char *element)
{
    const struct node *parent = node->parent;
    bool bare = parent->kind == NODE_ITEM && parent->parent->tight && node->role == ROLE_NONE
        && node->id == NULL && node->lang == NULL;

    if (node->first == NULL)
        return;
    if (!bare)
        writer_open(writer, node, element);
    writer_breaks_of(writer, node, false);
    writer_children(writer, node);
    if (node == writer->last_of_note)
        inline_way_back(writer, node);
    if (!bare)
        xml_close(writer->xml);
}

/* The last paragraph of a note's body; NULL when it ends with something else. */
static const struct node *last_paragraph(const struct node *node)
{
    while (node != NULL && (node->kind == NODE_ITEM || node->kind == NODE_SECTION))
        node = node->last;
    return node != NULL && node->kind == NODE_PARAGRAPH ? node : NULL;
}

/* A note within its item: what reading systems show over the page that calls it,
 * where both ends say what they are, is the note without the item's number. */
static void open_note(struct writer *writer, const struct node *node, const char *element)
{
    writer->note = node->note;
    writer->last_of_note = last_paragraph(node);
    xml_open(writer->xml, element);
    xml_newline(writer->xml);
    writer_open(writer, node, "div");
    xml_attribute(writer->xml, "epub:type", "footnote");
    xml_attribute(writer->xml, "role", "doc-footnote");
}

static void close_note(struct writer *writer, const struct node *node)
{
    if (writer->last_of_note == NULL) {
        xml_open(writer->xml, "p");
        inline_way_back(writer, node);
        xml_close(writer->xml);
    }
    xml_close(writer->xml);
    xml_newline(writer->xml);
}

void block_item(struct writer *writer, const struct node *node, const char *element)
{
    bool simple = node->first != NULL && node->first == node->last && node->parent->tight
        && node->first->kind == NODE_PARAGRAPH;

    if (node->note != NULL)
        open_note(writer, node, element);
    else
        writer_open(writer, node, element);
    if (!simple)
        xml_newline(writer->xml);
    writer_breaks_of(writer, node, true);
    if (simple)
        writer_bare(writer, node->first);
    else
        writer_children(writer, node);
    if (node->note != NULL)
        close_note(writer, node);
    xml_close(writer->xml);
}

void block_code_block(struct writer *writer, const struct node *node, const char *element)
{
    writer_open(writer, node, element);
    xml_open(writer->xml, "code");
    inline_text(writer, node, NULL);
    xml_close(writer->xml);
    xml_close(writer->xml);
}

static const struct node *write_rows(struct writer *writer, const struct node *row,
                                     const char *element, bool header)
{
    if (row == NULL || row->header != header)
        return row;
    xml_open(writer->xml, element);
    xml_newline(writer->xml);
    for (; row != NULL && row->header == header; row = row->next)
        writer_node(writer, row);
    xml_close(writer->xml);
    xml_newline(writer->xml);
    return row;
}

void block_table(struct writer *writer, const struct node *node, const char *element)
{
    const struct node *row;

    writer_open(writer, node, element);
    xml_newline(writer->xml);
    row = write_rows(writer, node->first, "thead", true);
    write_rows(writer, row, "tbody", false);
    xml_close(writer->xml);
}

void block_cell(struct writer *writer, const struct node *node, const char *element)
{
    const struct node *row = node->parent;

    writer_open(writer, node, row->header ? "th" : element);
    if (row->header)
        xml_attribute(writer->xml, "scope", "col");
    if (node->align >= 0)
        writer_class(writer, node->align > 0 ? "to-right" : "to-centre");
    if (row->first == node)
        writer_breaks_of(writer, row, false);
    writer_breaks_of(writer, node, false);
    writer_children(writer, node);
    xml_close_fully(writer->xml);
}

void block_figure(struct writer *writer, const struct node *node, const char *element)
{
    const char *path = inline_picture_path(writer, node);
    bool photo = node->parent->role == ROLE_OPENING;

    if (path == NULL)
        return;
    writer_open(writer, node, element);
    if (photo)
        writer_class(writer, "photo");
    inline_picture(writer, node, path, writer->part->kind == PART_COVER ? "doc-cover" : NULL);
    if (node->first != NULL) {
        xml_newline(writer->xml);
        xml_open(writer->xml, "figcaption");
        xml_newline(writer->xml);
        writer_children(writer, node);
        xml_close(writer->xml);
        xml_newline(writer->xml);
    }
    xml_close(writer->xml);
}

/* Initials in place of a photo; the name follows, so nobody needs to hear them. */
void block_monogram(struct writer *writer, const struct node *node, const char *element)
{
    xml_open(writer->xml, element);
    writer_class(writer, "monogram");
    xml_attribute(writer->xml, "aria-hidden", "true");
    xml_text(writer->xml, node->text);
    xml_close(writer->xml);
}
