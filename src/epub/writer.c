/* Dispatch by kind, page breaks, and what every element gets. Page breaks stand
 * at the very word that begins a printed page; where that is the first word of a
 * heading, a link or a list, before the whole of it, so that no page number is
 * read out within a heading. */
#include "epub/writer.h"

#include "book/strings.h"
#include "epub/block.h"
#include "epub/inline.h"
#include "epub/vocabulary.h"

#include <string.h>

enum {
    HOLDS_BLOCKS = 1,           /* a page break in it is a block */
    BREAKS_BEFORE = 2,          /* a page that starts with it breaks before it */
    OWN_LINE = 4,               /* blocks: each starts a line of the file */
    HOLDS_WORDS = 8             /* which way they run is told */
};

static const struct {
    write_kind *write;
    const char *element;
    unsigned flags;
} kinds[NODE_KINDS] = {
    [NODE_SECTION]    = { block_section, "section", HOLDS_BLOCKS },
    [NODE_PARAGRAPH]  = { block_paragraph, "p", OWN_LINE | HOLDS_WORDS },
    [NODE_HEADING]    = { block_heading, NULL, BREAKS_BEFORE | OWN_LINE | HOLDS_WORDS },
    [NODE_QUOTE]      = { block_element, "blockquote", HOLDS_BLOCKS | BREAKS_BEFORE | OWN_LINE },
    [NODE_LIST]       = { block_list, "ul", BREAKS_BEFORE | OWN_LINE },
    [NODE_ITEM]       = { block_item, "li", HOLDS_BLOCKS | OWN_LINE | HOLDS_WORDS },
    [NODE_CODE_BLOCK] = { block_code_block, "pre", OWN_LINE },
    [NODE_RULE]       = { block_void, "hr", BREAKS_BEFORE | OWN_LINE },
    [NODE_TABLE]      = { block_table, "table", BREAKS_BEFORE | OWN_LINE },
    [NODE_ROW]        = { block_element, "tr", OWN_LINE },
    [NODE_CELL]       = { block_cell, "td", HOLDS_WORDS },
    [NODE_FIGURE]     = { block_figure, "figure", BREAKS_BEFORE | OWN_LINE },
    [NODE_TERMS]      = { block_element, "dl", BREAKS_BEFORE | OWN_LINE },
    [NODE_TERM]       = { block_element, "dt", OWN_LINE | HOLDS_WORDS },
    [NODE_DETAIL]     = { block_element, "dd", OWN_LINE | HOLDS_WORDS },
    [NODE_MONOGRAM]   = { block_monogram, "div", BREAKS_BEFORE | OWN_LINE },
    [NODE_SQUARE_CODE] = { block_nothing, NULL, 0 },
    [NODE_TEXT]       = { inline_text, NULL, 0 },
    [NODE_EMPHASIS]   = { inline_emphasis, "em", BREAKS_BEFORE },
    [NODE_STRONG]     = { block_element, "strong", BREAKS_BEFORE },
    [NODE_STRIKE]     = { block_element, "s", BREAKS_BEFORE },
    [NODE_CODE]       = { inline_code, "code", 0 },
    [NODE_LINK]       = { inline_link, "a", BREAKS_BEFORE },
    [NODE_IMAGE]      = { inline_image, "img", BREAKS_BEFORE },
    [NODE_NOTE_REF]   = { inline_note_ref, "a", BREAKS_BEFORE },
    [NODE_LINE_BREAK] = { block_void, "br", BREAKS_BEFORE },
    [NODE_SPAN]       = { block_element, "span", BREAKS_BEFORE },
    [NODE_ANCHOR]     = { inline_anchor, "span", BREAKS_BEFORE },
    [NODE_PAGE_REF]   = { inline_page_ref, "a", BREAKS_BEFORE },
    [NODE_PAGE_REFS]  = { inline_page_refs, NULL, BREAKS_BEFORE },
};

/* ---- page breaks ------------------------------------------------------- */

const char *writer_label_language(struct writer *writer, const char *around)
{
    const char *language = writer->rendition->book->language;

    return strcmp(around, language) == 0 ? NULL : language;
}

void writer_break(struct writer *writer, struct page_break *mark, bool block)
{
    const struct book *book = writer->rendition->book;
    const char *page = strings_format(writer->arena, book->strings, "page-number", 1, mark->label);

    if (mark->written || mark->part != writer->part)
        return;
    mark->written = true;
    xml_open(writer->xml, block ? "div" : "span");
    xml_attribute(writer->xml, "epub:type", "pagebreak");
    xml_attribute(writer->xml, "role", "doc-pagebreak");
    xml_attribute(writer->xml, "id", mark->id);
    xml_language(writer->xml, writer_label_language(writer, writer->part->language));
    xml_attribute(writer->xml, "aria-label", arena_printf(writer->arena, " %s. ", page));
    xml_close_fully(writer->xml);
    if (block)
        xml_newline(writer->xml);
}

void writer_breaks_of(struct writer *writer, const struct node *node, bool block)
{
    struct page_break *mark = pagemap_of_node(writer->rendition->pagemap, node);

    for (; mark != NULL; mark = mark->next_of_node)
        if (mark->offset == 0)
            writer_break(writer, mark, block);
}

void writer_breaks_before(struct writer *writer, const struct node *node)
{
    bool block = writer_holds_blocks(node->parent);

    for (const struct node *at = node; at != NULL; at = at->first)
        writer_breaks_of(writer, at, block);
}

void writer_breaks_of_part(struct writer *writer, bool at_end)
{
    struct page_break *mark = pagemap_of_part(writer->rendition->pagemap, writer->part);

    for (; mark != NULL; mark = mark->next_of_part)
        if (at_end || (mark->node == NULL && !mark->at_end))
            writer_break(writer, mark, true);
}

/* ---- nodes --------------------------------------------------------------- */

bool writer_holds_blocks(const struct node *node)
{
    return (kinds[node->kind].flags & HOLDS_BLOCKS) != 0;
}

void writer_node(struct writer *writer, const struct node *node)
{
    unsigned flags = kinds[node->kind].flags;

    if (flags & BREAKS_BEFORE)
        writer_breaks_before(writer, node);
    kinds[node->kind].write(writer, node, kinds[node->kind].element);
    if (flags & OWN_LINE)
        xml_newline(writer->xml);
}

void writer_bare(struct writer *writer, const struct node *node)
{
    kinds[node->kind].write(writer, node, kinds[node->kind].element);
}

void writer_children(struct writer *writer, const struct node *node)
{
    for (const struct node *child = node->first; child != NULL; child = child->next)
        writer_node(writer, child);
}

void writer_class(struct writer *writer, const char *class)
{
    if (stylesheet_has_class(writer->rendition->stylesheet, class))
        xml_attribute(writer->xml, "class", class);
}

void writer_open(struct writer *writer, const struct node *node, const char *element)
{
    struct term term = vocabulary_node(node);

    xml_open(writer->xml, term.element != NULL ? term.element : element);
    xml_attribute(writer->xml, "epub:type", term.type);
    xml_attribute(writer->xml, "role", term.aria);
    if (node->role != ROLE_NONE)
        writer_class(writer, role_name(node->role));
    xml_attribute(writer->xml, "id", node->id);
    xml_language(writer->xml, node->lang);
    if ((kinds[node->kind].flags & HOLDS_WORDS) && node_is_rtl(node))
        xml_attribute(writer->xml, "dir", "rtl");
}
