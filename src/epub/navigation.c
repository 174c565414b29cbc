/* Parts that are listed become entries, a contact page below its portrait and a
 * portrait below its division, with the questions when the anthology's toc-depth
 * asks for them. All is collected as a list with depths, which both documents
 * then write. */
#include "epub/navigation.h"

#include "book/compose.h"
#include "book/strings.h"
#include "epub/vocabulary.h"
#include "epub/xhtml.h"
#include "epub/xml.h"

#include <stdio.h>

const char navigation_ncx_media_type[] = "application/x-dtbncx+xml";

struct entry {
    int depth;                  /* from 0 */
    const char *target;
    const char *title;
    const char *language;       /* where it is not the book's, or NULL */
};

typedef VEC(struct entry) entry_list;

/* ---- entries ----------------------------------------------------------- */

static int depth_of(const struct part *part)
{
    int depth = 0;

    for (; part->parent != NULL; part = part->parent)
        depth++;
    return depth;
}

static const char *foreign(const struct book *book, const char *language)
{
    return g_strcmp0(book->language, language) == 0 ? NULL : language;
}

static void add_entry(entry_list *list, int depth, const char *target, const char *title,
                      const char *language)
{
    struct entry *entry = VEC_PUSH(list);

    *entry = (struct entry){ depth, target, title, language };
}

static void add_questions(const struct rendition *rendition, const struct part *part,
                          entry_list *list)
{
    const struct book *book = rendition->book;

    for (const struct node *node = part->body; node != NULL; node = node_next(node, part->body))
        if (node->kind == NODE_HEADING && node->role == ROLE_QUESTION && node->id != NULL)
            add_entry(list, depth_of(part) + 1, node->id, node_flat(rendition->arena, node),
                      foreign(book, node_language(node, part->language)));
}

static entry_list entries(const struct rendition *rendition)
{
    const struct book *book = rendition->book;
    entry_list list = {0};

    for (size_t i = 0; i < book->part_count; i++) {
        const struct part *part = &book->parts[i];

        if (!part_is_listed(part))
            continue;
        add_entry(&list, depth_of(part), part->id, part->title, foreign(book, part->language));
        if (part->kind == PART_PORTRAIT && book->toc_depth >= 2)
            add_questions(rendition, part, &list);
    }
    return list;
}

/* How many levels OPEN has to close before an entry of DEPTH, and opens one when
 * it is deeper: depths never leap by more than one. */
static int next_depth(int open, int depth)
{
    return depth > open + 1 ? open + 1 : depth;
}

/* ---- the navigation document ------------------------------------------- */

static void write_anchor(const struct rendition *rendition, struct xml *xml,
                         const struct entry *entry)
{
    struct buf address = {0};

    rendition_address(rendition, NULL, entry->target, &address);
    xml_open(xml, "a");
    xml_attribute(xml, "href", buf_text(&address));
    xml_language(xml, entry->language);
    xml_text(xml, entry->title);
    xml_close(xml);
    buf_free(&address);
}

static void open_nav(const struct rendition *rendition, struct xml *xml, const char *type,
                     const char *role, const char *heading)
{
    xml_open(xml, "nav");
    xml_attribute(xml, "epub:type", type);
    xml_attribute(xml, "role", role);
    xml_attribute(xml, "aria-labelledby", arena_printf(rendition->arena, "%s-heading", type));
    xml_newline(xml);
    xml_open(xml, "h2");
    xml_attribute(xml, "id", arena_printf(rendition->arena, "%s-heading", type));
    xml_text(xml, strings_text(rendition->book->strings, heading));
    xml_close(xml);
    xml_newline(xml);
    xml_open(xml, "ol");
    xml_newline(xml);
}

static void close_element(struct xml *xml)
{
    xml_close(xml);
    xml_newline(xml);
}

static void close_nav(struct xml *xml)
{
    close_element(xml);
    close_element(xml);
}

static void write_contents(const struct rendition *rendition, struct xml *xml)
{
    entry_list list = entries(rendition);
    int open = -1;

    open_nav(rendition, xml, "toc", "doc-toc", "contents");
    for (size_t i = 0; i < list.count; i++) {
        int depth = next_depth(open, list.item[i].depth);

        for (; open > depth; open--) {
            close_element(xml);         /* li */
            close_element(xml);         /* ol */
        }
        if (open == depth) {
            close_element(xml);
        } else if (depth > 0) {
            xml_newline(xml);
            xml_open(xml, "ol");
            xml_newline(xml);
        }
        open = depth;
        xml_open(xml, "li");
        write_anchor(rendition, xml, &list.item[i]);
    }
    for (; open > 0; open--) {
        close_element(xml);
        close_element(xml);
    }
    if (open == 0)
        close_element(xml);
    close_nav(xml);
    free(list.item);
}

static void write_landmark(const struct rendition *rendition, struct xml *xml, const char *type,
                           const char *target, const char *title)
{
    struct buf address = {0};

    rendition_address(rendition, NULL, target, &address);
    xml_open(xml, "li");
    xml_open(xml, "a");
    xml_attribute(xml, "epub:type", type);
    xml_attribute(xml, "href", buf_text(&address));
    xml_text(xml, title);
    xml_close(xml);
    close_element(xml);
    buf_free(&address);
}

/* The body's first part is where reading starts. */
static void write_landmarks(const struct rendition *rendition, struct xml *xml)
{
    const struct book *book = rendition->book;
    bool started = false;

    open_nav(rendition, xml, "landmarks", NULL, "landmarks");
    for (size_t i = 0; i < book->part_count; i++) {
        const struct part *part = &book->parts[i];
        const char *type = vocabulary_landmark(part);

        if (!started && (part->kind == PART_DIVISION || part->kind == PART_PORTRAIT)) {
            started = true;
            type = "bodymatter";
        }
        if (type != NULL)
            write_landmark(rendition, xml, type, part->id,
                           part->kind == PART_COVER ? strings_text(book->strings, "cover")
                           : part->kind == PART_TITLE ? strings_text(book->strings, "title-page")
                           : part->title);
    }
    close_nav(xml);
}

static const char *break_address(const struct rendition *rendition, const struct page_break *mark)
{
    return arena_printf(rendition->arena, "text/%s.xhtml#%s", mark->part->id, mark->id);
}

static void write_page_list(const struct rendition *rendition, struct xml *xml)
{
    const struct page_break *mark = pagemap_first(rendition->pagemap);

    if (mark == NULL)
        return;
    open_nav(rendition, xml, "page-list", "doc-pagelist", "page-list");
    for (; mark != NULL; mark = mark->next) {
        xml_open(xml, "li");
        xml_open(xml, "a");
        xml_attribute(xml, "href", break_address(rendition, mark));
        xml_text(xml, mark->label);
        xml_close(xml);
        close_element(xml);
    }
    close_nav(xml);
}

bool navigation_write(const struct rendition *rendition, struct buf *out)
{
    const struct book *book = rendition->book;
    struct xml *xml = xhtml_start(book->language, book->title, "epub.css");

    xml_newline(xml);
    xml_leaf(xml, "h1", book->title);
    write_contents(rendition, xml);
    write_landmarks(rendition, xml);
    write_page_list(rendition, xml);
    close_element(xml);
    return xml_finish(xml, out);
}

/* ---- the NCX ----------------------------------------------------------- */

static void write_label(struct xml *xml, const char *text)
{
    xml_open(xml, "navLabel");
    xml_open(xml, "text");
    xml_text(xml, text);
    xml_close(xml);
    close_element(xml);
}

static void write_content(struct xml *xml, const char *address)
{
    xml_open(xml, "content");
    xml_attribute(xml, "src", address);
    close_element(xml);
}

static void write_meta(struct xml *xml, const char *name, const char *content)
{
    xml_open(xml, "meta");
    xml_attribute(xml, "name", name);
    xml_attribute(xml, "content", content);
    close_element(xml);
}

static void write_number(struct xml *xml, const char *attribute, const char *format, int number)
{
    char text[32];

    snprintf(text, sizeof text, format, number);
    xml_attribute(xml, attribute, text);
}

static int write_points(const struct rendition *rendition, struct xml *xml, entry_list list)
{
    struct buf address = {0};
    int open = -1, order = 0;

    for (size_t i = 0; i < list.count; i++) {
        int depth = next_depth(open, list.item[i].depth);

        for (; open >= depth; open--)
            close_element(xml);
        open = depth;
        order++;
        xml_open(xml, "navPoint");
        write_number(xml, "id", "point-%d", order);
        write_number(xml, "playOrder", "%d", order);
        xml_newline(xml);
        write_label(xml, list.item[i].title);
        rendition_address(rendition, NULL, list.item[i].target, &address);
        write_content(xml, buf_text(&address));
    }
    for (; open >= 0; open--)
        close_element(xml);
    buf_free(&address);
    return order;
}

/* The play order of all targets in the book's order would need them merged; each
 * list counts on, which readers accept. */
static void write_targets(const struct rendition *rendition, struct xml *xml, int order)
{
    const struct page_break *mark = pagemap_first(rendition->pagemap);

    if (mark == NULL)
        return;
    xml_open(xml, "pageList");
    xml_newline(xml);
    for (; mark != NULL; mark = mark->next) {
        const char *digits = mark->label;

        xml_open(xml, "pageTarget");
        order++;
        write_number(xml, "id", "target-%d", order);
        xml_attribute(xml, "type", g_ascii_isdigit(*digits) ? "normal"
                      : *digits == 'C' ? "special" : "front");
        if (g_ascii_isdigit(*digits))
            xml_attribute(xml, "value", digits);
        write_number(xml, "playOrder", "%d", order);
        xml_newline(xml);
        write_label(xml, mark->label);
        write_content(xml, break_address(rendition, mark));
        close_element(xml);
    }
    close_element(xml);
}

/* The highest number, and how many pages there are with those without one. */
static void write_page_counts(const struct rendition *rendition, struct xml *xml)
{
    const char *highest = "0";
    int count = 0;

    for (const struct page_break *mark = pagemap_first(rendition->pagemap); mark != NULL;
         mark = mark->next) {
        count++;
        if (g_ascii_isdigit(*mark->label))
            highest = mark->label;
    }
    write_meta(xml, "dtb:totalPageCount", arena_printf(rendition->arena, "%d", count));
    write_meta(xml, "dtb:maxPageNumber", highest);
}

static const char *deepest(const struct rendition *rendition, entry_list list)
{
    int depth = 1;

    for (size_t i = 0; i < list.count; i++)
        if (list.item[i].depth + 1 > depth)
            depth = list.item[i].depth + 1;
    return arena_printf(rendition->arena, "%d", depth);
}

bool navigation_write_ncx(const struct rendition *rendition, const char *identifier,
                          struct buf *out)
{
    const struct book *book = rendition->book;
    struct xml *xml = xml_new(NULL);
    entry_list list = entries(rendition);
    int order;

    xml_open(xml, "ncx");
    xml_attribute(xml, "xmlns", "http://www.daisy.org/z3986/2005/ncx/");
    xml_attribute(xml, "version", "2005-1");
    xml_attribute(xml, "xml:lang", book->language);
    xml_newline(xml);
    xml_open(xml, "head");
    xml_newline(xml);
    write_meta(xml, "dtb:uid", identifier);
    write_meta(xml, "dtb:depth", deepest(rendition, list));
    write_page_counts(rendition, xml);
    close_element(xml);
    xml_open(xml, "docTitle");
    xml_open(xml, "text");
    xml_text(xml, book->title);
    xml_close(xml);
    close_element(xml);
    xml_open(xml, "navMap");
    xml_newline(xml);
    order = write_points(rendition, xml, list);
    close_element(xml);
    write_targets(rendition, xml, order);
    close_element(xml);
    free(list.item);
    return xml_finish(xml, out);
}
