/* One part of the book, a tree of nodes, becomes an XHTML document. A row of
 * `kinds` says how each kind of node is written, the vocabulary what its role
 * adds. Page breaks stand at the very word that begins a printed page; where
 * that is the first word of a heading, a link or a list, before the whole of it,
 * so that no page number is read out within a heading. Codes to be scanned are
 * for paper and left out. */
#include "epub/xhtml.h"

#include "book/strings.h"
#include "epub/vocabulary.h"
#include "epub/xml.h"

#include <stdio.h>
#include <string.h>

const char xhtml_media_type[] = "application/xhtml+xml";

struct writer {
    const struct rendition *rendition;
    const struct part *part;
    struct xml *xml;
    struct arena *arena;        /* of this document alone */
    struct buf address;
    const struct node *last_of_note;    /* the paragraph that takes the way back */
    const struct note *note;
};

enum {
    HOLDS_BLOCKS = 1,           /* a page break in it is a block */
    BREAKS_BEFORE = 2,          /* a page that starts with it breaks before it */
    OWN_LINE = 4                /* blocks: each starts a line of the file */
};

typedef void write_kind(struct writer *writer, const struct node *node, const char *element);

static write_kind write_section, write_opening, write_element, write_paragraph, write_heading, write_list,
    write_item, write_code_block, write_void, write_table, write_cell, write_figure,
    write_monogram, write_text, write_emphasis, write_code, write_link, write_image,
    write_note_ref, write_anchor, write_page_ref, write_page_refs, write_nothing;

static const struct {
    write_kind *write;
    const char *element;
    unsigned flags;
} kinds[NODE_KINDS] = {
    [NODE_SECTION]    = { write_section, "section", HOLDS_BLOCKS },
    [NODE_PARAGRAPH]  = { write_paragraph, "p", OWN_LINE },
    [NODE_HEADING]    = { write_heading, NULL, BREAKS_BEFORE | OWN_LINE },
    [NODE_QUOTE]      = { write_element, "blockquote", HOLDS_BLOCKS | BREAKS_BEFORE | OWN_LINE },
    [NODE_LIST]       = { write_list, "ul", BREAKS_BEFORE | OWN_LINE },
    [NODE_ITEM]       = { write_item, "li", HOLDS_BLOCKS | OWN_LINE },
    [NODE_CODE_BLOCK] = { write_code_block, "pre", OWN_LINE },
    [NODE_RULE]       = { write_void, "hr", BREAKS_BEFORE | OWN_LINE },
    [NODE_TABLE]      = { write_table, "table", BREAKS_BEFORE | OWN_LINE },
    [NODE_ROW]        = { write_element, "tr", OWN_LINE },
    [NODE_CELL]       = { write_cell, "td", 0 },
    [NODE_FIGURE]     = { write_figure, "figure", BREAKS_BEFORE | OWN_LINE },
    [NODE_TERMS]      = { write_element, "dl", BREAKS_BEFORE | OWN_LINE },
    [NODE_TERM]       = { write_element, "dt", OWN_LINE },
    [NODE_DETAIL]     = { write_element, "dd", OWN_LINE },
    [NODE_MONOGRAM]   = { write_monogram, "div", BREAKS_BEFORE | OWN_LINE },
    [NODE_SQUARE_CODE] = { write_nothing, NULL, 0 },
    [NODE_TEXT]       = { write_text, NULL, 0 },
    [NODE_EMPHASIS]   = { write_emphasis, "em", BREAKS_BEFORE },
    [NODE_STRONG]     = { write_element, "strong", BREAKS_BEFORE },
    [NODE_STRIKE]     = { write_element, "s", BREAKS_BEFORE },
    [NODE_CODE]       = { write_code, "code", 0 },
    [NODE_LINK]       = { write_link, "a", BREAKS_BEFORE },
    [NODE_IMAGE]      = { write_image, "img", BREAKS_BEFORE },
    [NODE_NOTE_REF]   = { write_note_ref, "a", BREAKS_BEFORE },
    [NODE_LINE_BREAK] = { write_void, "br", BREAKS_BEFORE },
    [NODE_SPAN]       = { write_element, "span", BREAKS_BEFORE },
    [NODE_ANCHOR]     = { write_anchor, "span", BREAKS_BEFORE },
    [NODE_PAGE_REF]   = { write_page_ref, "a", BREAKS_BEFORE },
    [NODE_PAGE_REFS]  = { write_page_refs, NULL, BREAKS_BEFORE },
};

/* ---- page breaks ------------------------------------------------------- */

/* Labels that are heard are in the book's language; NULL where that is what
 * surrounds them anyway. */
static const char *label_language(struct writer *writer, const char *around)
{
    const char *language = writer->rendition->book->language;

    return strcmp(around, language) == 0 ? NULL : language;
}

static void write_break(struct writer *writer, struct page_break *mark, bool block)
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
    xml_language(writer->xml, label_language(writer, writer->part->language));
    xml_attribute(writer->xml, "aria-label", arena_printf(writer->arena, " %s. ", page));
    xml_close_fully(writer->xml);
    if (block)
        xml_newline(writer->xml);
}

static void write_breaks_of(struct writer *writer, const struct node *node, bool block)
{
    struct page_break *mark = pagemap_of_node(writer->rendition->pagemap, node);

    for (; mark != NULL; mark = mark->next_of_node)
        if (mark->offset == 0)
            write_break(writer, mark, block);
}

/* The breaks at the very start of NODE, however deep. */
static void write_breaks_before(struct writer *writer, const struct node *node)
{
    bool block = (kinds[node->parent->kind].flags & HOLDS_BLOCKS) != 0;

    for (const struct node *at = node; at != NULL; at = at->first)
        write_breaks_of(writer, at, block);
}

/* Those of the part itself, at its start or its end; at its end also what found
 * no place, so that no page is ever lost. */
static void write_breaks_of_part(struct writer *writer, bool at_end)
{
    struct page_break *mark = pagemap_of_part(writer->rendition->pagemap, writer->part);

    for (; mark != NULL; mark = mark->next_of_part)
        if (at_end || (mark->node == NULL && !mark->at_end))
            write_break(writer, mark, true);
}

/* ---- elements ---------------------------------------------------------- */

static void write_node(struct writer *writer, const struct node *node)
{
    unsigned flags = kinds[node->kind].flags;

    if (flags & BREAKS_BEFORE)
        write_breaks_before(writer, node);
    kinds[node->kind].write(writer, node, kinds[node->kind].element);
    if (flags & OWN_LINE)
        xml_newline(writer->xml);
}

static void write_children(struct writer *writer, const struct node *node)
{
    for (const struct node *child = node->first; child != NULL; child = child->next)
        write_node(writer, child);
}

/* Only classes that the style knows are written. */
static void write_class(struct writer *writer, const char *class)
{
    if (stylesheet_has_class(writer->rendition->stylesheet, class))
        xml_attribute(writer->xml, "class", class);
}

static void open_node(struct writer *writer, const struct node *node, const char *element)
{
    struct term term = vocabulary_node(node);

    xml_open(writer->xml, term.element != NULL ? term.element : element);
    xml_attribute(writer->xml, "epub:type", term.type);
    xml_attribute(writer->xml, "role", term.aria);
    if (node->role != ROLE_NONE)
        write_class(writer, role_name(node->role));
    xml_attribute(writer->xml, "id", node->id);
    xml_language(writer->xml, node->lang);
}

/* Blocks that hold blocks start their content on a new line. */
static void write_element(struct writer *writer, const struct node *node, const char *element)
{
    unsigned flags = kinds[node->kind].flags;

    if (node->first == NULL && node->id == NULL)
        return;
    open_node(writer, node, element);
    if (node->first != NULL && node_is_block(node->first->kind))
        xml_newline(writer->xml);
    if ((flags & BREAKS_BEFORE) == 0 && node->kind != NODE_ROW)
        write_breaks_of(writer, node, (flags & HOLDS_BLOCKS) != 0);
    write_children(writer, node);
    xml_close_fully(writer->xml);
}

/* The print sets the credit of a photograph below the names, and so does the
 * e-book, with the photograph: the name comes first for who listens, too. */
static void write_opening(struct writer *writer, const struct node *node, const char *element)
{
    open_node(writer, node, element);
    xml_newline(writer->xml);
    if (node->first != NULL)
        write_breaks_before(writer, node->first);
    for (int figures = 0; figures < 2; figures++)
        for (const struct node *child = node->first; child != NULL; child = child->next)
            if ((child->kind == NODE_FIGURE) == (figures == 1))
                write_node(writer, child);
    xml_close(writer->xml);
}

/* One that only groups, in the model's eyes and not in the style's, is not
 * written itself. */
static void write_section(struct writer *writer, const struct node *node, const char *element)
{
    bool headed = node->first != NULL && node->first->kind == NODE_HEADING;
    bool styled = node->role != ROLE_NONE
        && stylesheet_has_class(writer->rendition->stylesheet, role_name(node->role));

    if (node->role == ROLE_OPENING) {
        write_opening(writer, node, "header");
        xml_newline(writer->xml);
        return;
    }
    if (headed || styled || vocabulary_node(node).type != NULL || node->id != NULL
        || node->lang != NULL) {
        write_element(writer, node, headed ? element : "div");
        xml_newline(writer->xml);
        return;
    }
    write_breaks_of(writer, node, true);
    write_children(writer, node);
}

static void write_heading(struct writer *writer, const struct node *node, const char *element)
{
    char name[3] = { 'h', (char)('0' + (node->level >= 1 && node->level <= 6 ? node->level : 6)) };

    (void)element;
    write_element(writer, node, name);
}

static void write_void(struct writer *writer, const struct node *node, const char *element)
{
    open_node(writer, node, element);
    xml_close(writer->xml);
}

static void write_nothing(struct writer *writer, const struct node *node, const char *element)
{
    (void)element;
    write_breaks_of(writer, node, false);
}

static void write_list(struct writer *writer, const struct node *node, const char *element)
{
    char start[16];

    open_node(writer, node, node->ordered ? "ol" : element);
    if (node->ordered && node->start != 1) {
        snprintf(start, sizeof start, "%d", node->start);
        xml_attribute(writer->xml, "start", start);
    }
    xml_newline(writer->xml);
    write_children(writer, node);
    xml_close(writer->xml);
}

/* ---- notes ------------------------------------------------------------- */

static const char *reference_id(struct writer *writer, const struct note *note)
{
    return arena_printf(writer->arena, "%s-ref", note->id);
}

static void write_note_ref(struct writer *writer, const struct node *node, const char *element)
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
static void write_way_back(struct writer *writer, const struct node *node)
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
    xml_language(writer->xml, label_language(writer, language));
    xml_attribute(writer->xml, "aria-label",
                  strings_text(rendition->book->strings, "back-to-text"));
    xml_text(writer->xml, "↩\xEF\xB8\x8E");     /* as text, not as a coloured picture */
    xml_close(writer->xml);
}

static void write_paragraph(struct writer *writer, const struct node *node, const char *element)
{
    const struct node *parent = node->parent;
    bool bare = parent->kind == NODE_ITEM && parent->parent->tight && node->role == ROLE_NONE
        && node->id == NULL && node->lang == NULL;

    if (node->first == NULL)
        return;
    if (!bare)
        open_node(writer, node, element);
    write_breaks_of(writer, node, false);
    write_children(writer, node);
    if (node == writer->last_of_note)
        write_way_back(writer, node);
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

static void write_item(struct writer *writer, const struct node *node, const char *element)
{
    bool simple = node->first != NULL && node->first == node->last && node->parent->tight
        && node->first->kind == NODE_PARAGRAPH;

    if (node->note != NULL) {
        writer->note = node->note;
        writer->last_of_note = last_paragraph(node);
    }
    open_node(writer, node, element);
    if (!simple)
        xml_newline(writer->xml);
    write_breaks_of(writer, node, true);
    if (simple)
        kinds[node->first->kind].write(writer, node->first, kinds[node->first->kind].element);
    else
        write_children(writer, node);
    if (node->note != NULL && writer->last_of_note == NULL) {
        xml_open(writer->xml, "p");
        write_way_back(writer, node);
        xml_close(writer->xml);
    }
    xml_close(writer->xml);
}

/* ---- tables ------------------------------------------------------------ */

static const struct node *write_rows(struct writer *writer, const struct node *row,
                                     const char *element, bool header)
{
    if (row == NULL || row->header != header)
        return row;
    xml_open(writer->xml, element);
    xml_newline(writer->xml);
    for (; row != NULL && row->header == header; row = row->next)
        write_node(writer, row);
    xml_close(writer->xml);
    xml_newline(writer->xml);
    return row;
}

static void write_table(struct writer *writer, const struct node *node, const char *element)
{
    const struct node *row;

    open_node(writer, node, element);
    xml_newline(writer->xml);
    row = write_rows(writer, node->first, "thead", true);
    write_rows(writer, row, "tbody", false);
    xml_close(writer->xml);
}

static void write_cell(struct writer *writer, const struct node *node, const char *element)
{
    const struct node *row = node->parent;

    open_node(writer, node, row->header ? "th" : element);
    if (row->header)
        xml_attribute(writer->xml, "scope", "col");
    if (node->align != 0 || row->header)
        write_class(writer, node->align > 0 ? "to-right" : node->align == 0 ? "to-centre" : "to-left");
    if (row->first == node)
        write_breaks_of(writer, row, false);
    write_breaks_of(writer, node, false);
    write_children(writer, node);
    xml_close_fully(writer->xml);
}

/* ---- pictures ---------------------------------------------------------- */

static void write_picture(struct writer *writer, const struct node *node, const char *path,
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

static const char *picture_path(struct writer *writer, const struct node *node)
{
    if (writer->part->kind == PART_COVER)
        return writer->rendition->cover;
    return node->picture == NULL
        ? NULL : g_hash_table_lookup(writer->rendition->pictures, node->picture);
}

static void write_image(struct writer *writer, const struct node *node, const char *element)
{
    const char *path = picture_path(writer, node);

    (void)element;
    if (path != NULL)
        write_picture(writer, node, path, NULL);
}

static void write_figure(struct writer *writer, const struct node *node, const char *element)
{
    const char *path = picture_path(writer, node);
    bool photo = node->parent->role == ROLE_OPENING;

    if (path == NULL)
        return;
    open_node(writer, node, element);
    if (photo)
        write_class(writer, "photo");
    write_picture(writer, node, path, writer->part->kind == PART_COVER ? "doc-cover" : NULL);
    if (node->first != NULL) {
        xml_newline(writer->xml);
        xml_open(writer->xml, "figcaption");
        xml_newline(writer->xml);
        write_children(writer, node);
        xml_close(writer->xml);
        xml_newline(writer->xml);
    }
    xml_close(writer->xml);
}

/* Initials in place of a photo; the name follows, so nobody needs to hear them. */
static void write_monogram(struct writer *writer, const struct node *node, const char *element)
{
    xml_open(writer->xml, element);
    write_class(writer, "monogram");
    xml_attribute(writer->xml, "aria-hidden", "true");
    xml_text(writer->xml, node->text);
    xml_close(writer->xml);
}

/* ---- text -------------------------------------------------------------- */

static void write_text(struct writer *writer, const struct node *node, const char *element)
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
        write_break(writer, mark, false);
    }
    if (done < bytes)
        xml_bytes(writer->xml, node->text + done, bytes - done);
}

static void write_code(struct writer *writer, const struct node *node, const char *element)
{
    open_node(writer, node, element);
    write_text(writer, node, NULL);
    xml_close(writer->xml);
}

static void write_code_block(struct writer *writer, const struct node *node, const char *element)
{
    open_node(writer, node, element);
    xml_open(writer->xml, "code");
    write_text(writer, node, NULL);
    xml_close(writer->xml);
    xml_close(writer->xml);
}

/* Titles of the reading list are works cited. */
static void write_emphasis(struct writer *writer, const struct node *node, const char *element)
{
    const struct node *at = node;

    while (at != NULL && at->kind != NODE_ITEM)
        at = at->parent;
    write_element(writer, node, at != NULL && at->role == ROLE_READING_ENTRY ? "cite" : element);
}

static void write_anchor(struct writer *writer, const struct node *node, const char *element)
{
    open_node(writer, node, element);
    xml_close_fully(writer->xml);
}

/* ---- links ------------------------------------------------------------- */

static void write_link(struct writer *writer, const struct node *node, const char *element)
{
    const char *address = node->url;

    if (address == NULL && node->target != NULL
        && rendition_address(writer->rendition, writer->part, node->target, &writer->address))
        address = buf_text(&writer->address);
    if (address == NULL || node->first == NULL) {
        write_children(writer, node);
        return;
    }
    open_node(writer, node, element);
    xml_attribute(writer->xml, "href", address);
    write_children(writer, node);
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
    write_class(writer, "page-ref");
    xml_attribute(writer->xml, "href", buf_text(&writer->address));
    xml_attribute(writer->xml, "aria-label",
                  strings_format(writer->arena, rendition->book->strings, "page-number", 1, label));
    xml_text(writer->xml, label);
    xml_close(writer->xml);
}

static void write_page_ref(struct writer *writer, const struct node *node, const char *element)
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
static void write_page_refs(struct writer *writer, const struct node *node, const char *element)
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

/* ---- the document ------------------------------------------------------ */

struct xml *xhtml_start(const char *language, const char *title, const char *stylesheet)
{
    struct xml *xml = xml_new("html");

    xml_open(xml, "html");
    xml_attribute(xml, "xmlns", "http://www.w3.org/1999/xhtml");
    xml_attribute(xml, "xmlns:epub", "http://www.idpf.org/2007/ops");
    xml_language(xml, language);
    xml_newline(xml);
    xml_open(xml, "head");
    xml_newline(xml);
    xml_leaf(xml, "title", title);
    if (stylesheet != NULL) {
        xml_open(xml, "link");
        xml_attribute(xml, "rel", "stylesheet");
        xml_attribute(xml, "type", "text/css");
        xml_attribute(xml, "href", stylesheet);
        xml_close(xml);
        xml_newline(xml);
    }
    xml_close(xml);
    xml_newline(xml);
    xml_open(xml, "body");
    return xml;
}

static void write_body(struct writer *writer)
{
    const struct part *part = writer->part;
    struct term term = vocabulary_part(part);

    xml_open(writer->xml, term.element != NULL ? term.element : "section");
    xml_attribute(writer->xml, "epub:type", term.type);
    xml_attribute(writer->xml, "role", term.aria);
    write_class(writer, arena_printf(writer->arena, "part-%s", part_kind_name(part->kind)));
    xml_attribute(writer->xml, "id", part->id);
    xml_newline(writer->xml);
    write_breaks_of_part(writer, false);
    write_breaks_of(writer, part->body, true);
    write_children(writer, part->body);
    write_breaks_of_part(writer, true);
    xml_close(writer->xml);
    xml_newline(writer->xml);
    xml_close(writer->xml);
    xml_newline(writer->xml);
}

bool xhtml_write(const struct rendition *rendition, const struct part *part, struct buf *out)
{
    struct writer writer = { .rendition = rendition, .part = part, .arena = arena_new() };
    bool done;

    writer.xml = xhtml_start(part->language, part->title, "../epub.css");
    xml_attribute(writer.xml, "epub:type", vocabulary_matter(part));
    xml_newline(writer.xml);
    write_body(&writer);
    done = xml_finish(writer.xml, out);
    buf_free(&writer.address);
    arena_free(writer.arena);
    return done;
}
