/* How one moves about in the file: links, the places they lead to, bookmarks,
 * page labels. Addresses are written in ASCII, the rest percent-encoded. */
#include "pdf/finish.h"
#include "base/diag.h"
#include "base/memory.h"
#include "pdf/structure.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- Places ------------------------------------------------------------------ */

static void put_place(const struct finishing *finishing, uint32_t page, dim y, struct buf *out)
{
    const struct sheets *sheets = finishing->sheets;
    uint32_t index = sheets->first + page;
    const struct sheet *sheet = &sheets->sheet[index < sheets->count ? index : 0];

    buf_printf(out, "[%d 0 R /XYZ null", finishing->page[index < sheets->count ? index : 0]);
    put_points(out, sheet->height + sheet->bleed - y);
    buf_puts(out, " null]");
}

static void write_destinations(struct finishing *finishing)
{
    const struct pages *pages = finishing->sheets->book;
    struct object_file *file = &finishing->file;
    int names;

    if (pages->destination_count == 0)
        return;
    names = object_take(file, 1);
    object_begin(file, names);
    buf_puts(&file->out, "<</Names [");
    for (uint32_t i = 0; i < pages->destination_count; i++) {
        const struct destination *destination = &pages->destinations[i];

        put_bytes(&file->out, destination->id, strlen(destination->id));
        put_place(finishing, destination->page, destination->y, &file->out);
        buf_putc(&file->out, '\n');
    }
    buf_puts(&file->out, "]>>");
    object_end(file);
    buf_printf(&finishing->catalog, " /Names <</Dests %d 0 R>>", names);
}

/* ---- Links ------------------------------------------------------------------- */

/* An address in ASCII: what is not stands as %XX. */
static void put_address(struct buf *out, const char *url)
{
    struct buf ascii = {0};

    for (const char *c = url; *c != '\0'; c++) {
        unsigned char byte = (unsigned char)*c;

        if (byte <= ' ' || byte >= 0x7F || strchr("<>\"{}|\\^`", byte) != NULL)
            buf_printf(&ascii, "%%%02X", byte);
        else
            buf_putc(&ascii, *c);
    }
    put_bytes(out, buf_text(&ascii), ascii.len);
    buf_free(&ascii);
}

static void put_rectangle(const struct sheet *sheet, const struct link *link, struct buf *out)
{
    long foot = (long)sheet->height + sheet->bleed - link->y;

    buf_puts(out, "/Rect [");
    put_points(out, (long)link->x + sheet->bleed);
    put_points(out, foot - link->height);
    put_points(out, (long)link->x + sheet->bleed + link->width);
    put_points(out, foot);
    buf_putc(out, ']');
}

static void put_action(const struct link *link, struct buf *out)
{
    if (link->url != NULL) {
        buf_puts(out, " /A <</S /URI /URI ");
        put_address(out, link->url);
        buf_puts(out, ">>");
    } else {
        buf_puts(out, " /Dest ");
        put_bytes(out, link->target, strlen(link->target));
    }
}

static void write_link(struct finishing *finishing, uint32_t index, const struct link *link,
                       int number)
{
    const struct sheet *sheet = &finishing->sheets->sheet[index];
    struct buf *out = &finishing->file.out;
    const char *contents = link->contents != NULL ? link->contents
        : link->url != NULL ? link->url : link->target;

    object_begin(&finishing->file, number);
    buf_puts(out, "<</Type /Annot /Subtype /Link /F 4 /Border [0 0 0] ");
    put_rectangle(sheet, link, out);
    buf_puts(out, " /Contents ");
    put_text(out, contents);
    put_action(link, out);
    if (finishing->structure != NULL)
        buf_printf(out, " /StructParent %d",
                   structure_link(finishing->structure, index,
                                  sheet_element(sheet, link->element), number));
    buf_puts(out, ">>");
    object_end(&finishing->file);
}

void navigate_links(struct finishing *finishing, uint32_t sheet, struct buf *refs)
{
    const struct laid_page *page = finishing->sheets->sheet[sheet].page;

    for (uint32_t i = 0; page != NULL && i < page->link_count; i++) {
        const struct link *link = &page->links[i];
        int number;

        if (link->url == NULL && (link->target == NULL
                                  || pages_lookup(finishing->sheets->book, link->target) == NULL)) {
            diag(DIAG_WARNING, (struct place){0}, "dead-link",
                 "nothing in the book is called “%s”: the link leads nowhere",
                 link->target != NULL ? link->target : "");
            continue;
        }
        number = object_take(&finishing->file, 1);
        write_link(finishing, sheet, link, number);
        put_ref(refs, number);
    }
}

/* ---- Bookmarks ------------------------------------------------------------------ */

struct outline { int parent, previous, next, first, last, children; };

/* Links the bookmarks into a tree; numbers are indices, -1 for none and, as a
 * parent, the root. Levels that skip are taken as they nest. */
static void link_bookmarks(const struct pages *pages, struct outline *outline,
                           struct outline *root)
{
    *root = (struct outline){ -1, -1, -1, -1, -1, 0 };
    for (uint32_t i = 0; i < pages->bookmark_count; i++) {
        int parent = (int)i - 1;
        struct outline *above;

        while (parent >= 0 && pages->bookmarks[parent].level >= pages->bookmarks[i].level)
            parent = outline[parent].parent;
        above = parent >= 0 ? &outline[parent] : root;
        outline[i] = (struct outline){ parent, above->last, -1, -1, -1, 0 };
        if (above->last >= 0)
            outline[above->last].next = (int)i;
        else
            above->first = (int)i;
        above->last = (int)i;
        above->children++;
    }
}

static void put_outline(struct buf *out, const char *key, int index, int base)
{
    if (index >= 0)
        buf_printf(out, " /%s %d 0 R", key, base + index);
}

/* Bookmarks below the first level stay closed. */
static void write_bookmark(struct finishing *finishing, const struct bookmark *bookmark,
                           const struct outline *outline, int index, int root)
{
    struct buf *out = &finishing->file.out;

    object_begin(&finishing->file, root + 1 + index);
    buf_puts(out, "<</Title ");
    put_text(out, bookmark->title);
    buf_puts(out, " /Dest ");
    put_place(finishing, bookmark->page, bookmark->y, out);
    buf_printf(out, " /Parent %d 0 R", outline->parent < 0 ? root : root + 1 + outline->parent);
    put_outline(out, "Prev", outline->previous, root + 1);
    put_outline(out, "Next", outline->next, root + 1);
    put_outline(out, "First", outline->first, root + 1);
    put_outline(out, "Last", outline->last, root + 1);
    if (outline->children > 0)
        buf_printf(out, " /Count -%d", outline->children);
    buf_puts(out, ">>");
    object_end(&finishing->file);
}

static void write_bookmarks(struct finishing *finishing)
{
    const struct pages *pages = finishing->sheets->book;
    struct object_file *file = &finishing->file;
    struct outline *outline, root;
    int number;

    if (pages->bookmark_count == 0)
        return;
    outline = memory_new(pages->bookmark_count, sizeof *outline);
    number = object_take(file, 1 + (int)pages->bookmark_count);
    finishing->outlines = number;
    link_bookmarks(pages, outline, &root);
    object_begin(file, number);
    buf_puts(&file->out, "<</Type /Outlines");
    put_outline(&file->out, "First", root.first, number + 1);
    put_outline(&file->out, "Last", root.last, number + 1);
    buf_printf(&file->out, " /Count %d>>", root.children);
    object_end(file);
    for (uint32_t i = 0; i < pages->bookmark_count; i++)
        write_bookmark(finishing, &pages->bookmarks[i], &outline[i], (int)i, number);
    free(outline);
    buf_printf(&finishing->catalog, " /Outlines %d 0 R /PageMode /UseOutlines", number);
}

/* ---- Page labels ----------------------------------------------------------------- */

struct label { char style; char prefix[16]; int number; };   /* style 0: prefix only */

static int roman_value(const char *text)
{
    static const char letters[] = "ivxlcdm";
    static const int values[] = { 1, 5, 10, 50, 100, 500, 1000 };
    int total = 0, last = 0;

    for (size_t i = strlen(text); i-- > 0;) {
        const char *letter = strchr(letters, text[i]);
        int value = letter != NULL && text[i] != '\0' ? values[letter - letters] : 0;

        if (value == 0)
            return 0;
        total += value < last ? -value : value;
        last = value > last ? value : last;
    }
    return total;
}

/* "xii" is a roman number, "47" an arabic one, "C1" a prefix and a number. */
static struct label read_label(const char *text)
{
    struct label label = {0};
    size_t letters;

    if (text == NULL || *text == '\0')
        return label;
    label.number = roman_value(text);
    if (label.number > 0) {
        label.style = 'r';
        return label;
    }
    letters = strcspn(text, "0123456789");
    label.number = atoi(text + letters);
    label.style = label.number > 0 ? 'D' : '\0';
    snprintf(label.prefix, sizeof label.prefix, "%.*s",
             label.style == 'D' ? (int)letters : (int)sizeof label.prefix - 1, text);
    return label;
}

static bool follows(const struct label *label, const struct label *last)
{
    return label->style == last->style && strcmp(label->prefix, last->prefix) == 0
        && (label->style == '\0' || label->number == last->number + 1);
}

static void write_labels(struct finishing *finishing)
{
    const struct sheets *sheets = finishing->sheets;
    struct object_file *file = &finishing->file;
    struct label last = {0};
    int number = object_take(file, 1);

    object_begin(file, number);
    buf_puts(&file->out, "<</Nums [");
    for (uint32_t i = 0; i < sheets->count; i++) {
        struct label label = read_label(sheets->sheet[i].label);

        if (i == 0 || !follows(&label, &last)) {
            buf_printf(&file->out, " %u <<", (unsigned)i);
            if (label.style != '\0')
                buf_printf(&file->out, "/S /%c /St %d", label.style, label.number);
            if (label.prefix[0] != '\0') {
                buf_puts(&file->out, " /P ");
                put_text(&file->out, label.prefix);
            }
            buf_puts(&file->out, ">>");
        }
        last = label;
    }
    buf_puts(&file->out, "]>>");
    object_end(file);
    buf_printf(&finishing->catalog, " /PageLabels %d 0 R", number);
}

void navigate_write(struct finishing *finishing)
{
    write_labels(finishing);
    if (finishing->kind != PDF_READING)
        return;
    write_destinations(finishing);
    write_bookmarks(finishing);
}
