/* The model as indented text, for tests and for looking at it: a field a line,
 * then the nodes, each with its kind, role, place and what it holds. */
#include "base/buf.h"
#include "book/book.h"

#include "base/file.h"

#include <string.h>

struct printer {
    struct buf *out;
    int depth;
    const struct book *book;
};

static void indent(struct printer *printer)
{
    for (int i = 0; i < printer->depth; i++)
        buf_puts(printer->out, "  ");
}

/* A text in quotes, with what cannot be seen made visible. */
static void put_quoted(struct buf *out, const char *text)
{
    static const struct { const char *sign, *shown; } signs[] = {
        { "\xC2\xA0", "⍽" }, { "\xE2\x80\xAF", "⎵" }, { "\n", "\\n" }, { "\t", "\\t" },
        { "\"", "\\\"" }, { "\xC2\xAD", "\\-" }, { "\xE2\x80\x8B", "\\0" },
    };

    buf_putc(out, '"');
    while (*text != '\0') {
        size_t i = 0, count = sizeof signs / sizeof *signs;

        while (i < count && strncmp(text, signs[i].sign, strlen(signs[i].sign)) != 0)
            i++;
        if (i < count) {
            buf_puts(out, signs[i].shown);
            text += strlen(signs[i].sign);
        } else {
            buf_putc(out, *text++);
        }
    }
    buf_putc(out, '"');
}

static void field(struct printer *printer, const char *name, const char *text)
{
    if (text == NULL)
        return;
    indent(printer);
    buf_printf(printer->out, "%s ", name);
    put_quoted(printer->out, text);
    buf_putc(printer->out, '\n');
}

static void fields(struct printer *printer, const char *name, const char *const *texts,
                   size_t count)
{
    for (size_t i = 0; i < count; i++)
        field(printer, name, texts[i]);
}

static void number(struct printer *printer, const char *name, int value)
{
    if (value == 0)
        return;
    indent(printer);
    buf_printf(printer->out, "%s %d\n", name, value);
}

/* Opens an indented block. */
static void open(struct printer *printer, const char *name, const char *id)
{
    indent(printer);
    buf_printf(printer->out, "%s%s%s\n", name, id == NULL ? "" : " ", id == NULL ? "" : id);
    printer->depth++;
}

static void put_place(struct printer *printer, struct place at)
{
    if (at.line > 0)
        buf_printf(printer->out, " %d:%d", at.line, at.col);
}

static void print_picture(struct printer *printer, const struct picture *picture)
{
    size_t folder = strlen(printer->book->folder);
    const char *path = picture->path;

    if (strncmp(path, printer->book->folder, folder) == 0 && path[folder] == '/')
        path += folder + 1;
    open(printer, "picture", NULL);
    field(printer, "path", path);
    indent(printer);
    buf_printf(printer->out, "size %d x %d, orientation %d\n", picture->width, picture->height,
               picture->orientation);
    field(printer, "alt", picture->alt);
    field(printer, "credit", picture->credit);
    printer->depth--;
}

static void put_shape(struct printer *printer, const struct node *node)
{
    struct buf *out = printer->out;

    if (node->kind == NODE_HEADING)
        buf_printf(out, " level=%d", node->level);
    if (node->kind == NODE_LIST)
        buf_printf(out, "%s%s", node->ordered ? " ordered" : "", node->tight ? " tight" : "");
    if (node->kind == NODE_LIST && node->ordered)
        buf_printf(out, " start=%d", node->start);
    if (node->header)
        buf_puts(out, " header");
    if (node->kind == NODE_CELL)
        buf_puts(out, node->align < 0 ? " left" : node->align > 0 ? " right" : " centre");
    if (node->id != NULL)
        buf_printf(out, " id=%s", node->id);
    if (node->lang != NULL)
        buf_printf(out, " lang=%s", node->lang);
    if (node->url != NULL)
        buf_printf(out, " url=%s", node->url);
    if (node->target != NULL)
        buf_printf(out, " target=%s", node->target);
    if (node->note != NULL)
        buf_printf(out, " note=%s", node->note->id);
}

static void print_node(struct printer *printer, const struct node *node)
{
    indent(printer);
    buf_puts(printer->out, node_kind_name(node->kind));
    if (node->role != ROLE_NONE)
        buf_printf(printer->out, ".%s", role_name(node->role));
    put_place(printer, node->at);
    put_shape(printer, node);
    if (node->text != NULL) {
        buf_putc(printer->out, ' ');
        put_quoted(printer->out, node->text);
    }
    buf_putc(printer->out, '\n');
    printer->depth++;
    if (node->picture != NULL)
        print_picture(printer, node->picture);
    for (const struct node *child = node->first; child != NULL; child = child->next)
        print_node(printer, child);
    printer->depth--;
}

static void print_notes(struct printer *printer, const struct note *notes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        open(printer, "note", notes[i].id);
        print_node(printer, notes[i].body);
        printer->depth--;
    }
}

static void print_contact(struct printer *printer, const struct contact *contact)
{
    open(printer, "contact", contact->network);
    field(printer, "label", contact->label);
    field(printer, "handle", contact->handle);
    field(printer, "url", contact->url);
    field(printer, "note", contact->note);
    printer->depth--;
}

static void print_portrait(struct printer *printer, const struct portrait *portrait)
{
    open(printer, "portrait", portrait->id);
    field(printer, "name", portrait->name);
    field(printer, "sort-name", portrait->sort_name);
    field(printer, "role", portrait->role);
    field(printer, "organisation", portrait->organisation);
    fields(printer, "account", portrait->accounts, portrait->account_count);
    field(printer, "monogram", portrait->monogram);
    field(printer, "date", portrait->date);
    field(printer, "source", portrait->source);
    field(printer, "language", portrait->language);
    number(printer, "new", portrait->is_new);
    number(printer, "revised", portrait->is_revised);
    if (portrait->photo != NULL)
        print_picture(printer, portrait->photo);
    for (size_t i = 0; i < portrait->contact_count; i++)
        print_contact(printer, &portrait->contacts[i]);
    for (size_t i = 0; i < portrait->reading_count; i++)
        field(printer, "reads", portrait->reading[i]->id);
    if (portrait->introduction != NULL)
        print_node(printer, portrait->introduction);
    for (size_t i = 0; i < portrait->question_count; i++) {
        open(printer, "question", portrait->questions[i].anchor);
        print_node(printer, portrait->questions[i].heading);
        print_node(printer, portrait->questions[i].answer);
        printer->depth--;
    }
    print_notes(printer, portrait->notes, portrait->note_count);
    printer->depth--;
}

static void print_title(struct printer *printer, const struct title *title)
{
    open(printer, "title", title->id);
    field(printer, "title", title->title);
    field(printer, "author", title->author);
    field(printer, "url", title->url);
    field(printer, "date", title->date);
    field(printer, "language", title->language);
    fields(printer, "variant", title->variants, title->variant_count);
    for (size_t i = 0; i < title->reader_count; i++)
        field(printer, "reader", title->readers[i]->id);
    printer->depth--;
}

static void print_pages(struct printer *printer, const char *name, const struct page *pages,
                        size_t count)
{
    for (size_t i = 0; i < count; i++) {
        open(printer, name, pages[i].id);
        field(printer, "title", pages[i].title);
        field(printer, "language", pages[i].language);
        print_node(printer, pages[i].body);
        print_notes(printer, pages[i].notes, pages[i].note_count);
        printer->depth--;
    }
}

static void print_edition(struct printer *printer, const struct edition *edition)
{
    indent(printer);
    buf_printf(printer->out, "edition %d\n", edition->number);
    printer->depth++;
    field(printer, "date", edition->date);
    field(printer, "isbn-epub", edition->isbn_epub);
    field(printer, "isbn-print", edition->isbn_print);
    field(printer, "note", edition->note);
    for (size_t i = 0; i < edition->printing_count; i++) {
        number(printer, "printing", edition->printings[i].number);
        field(printer, "date", edition->printings[i].date);
        field(printer, "note", edition->printings[i].note);
    }
    printer->depth--;
}

static void print_anthology(struct printer *printer, const struct book *book)
{
    field(printer, "title", book->title);
    field(printer, "subtitle", book->subtitle);
    field(printer, "slug", book->slug);
    field(printer, "language", book->language);
    fields(printer, "editor", book->editors, book->editor_count);
    field(printer, "publisher", book->publisher.name);
    field(printer, "place", book->publisher.place);
    field(printer, "url", book->publisher.url);
    field(printer, "rights", book->rights);
    field(printer, "description", book->description);
    field(printer, "blurb", book->blurb);
    fields(printer, "subject", book->subjects, book->subject_count);
    field(printer, "collection", book->collection.name);
    field(printer, "number", book->collection.number);
    field(printer, "work", book->work);
    field(printer, "style", book->style);
    field(printer, "certified-by", book->certified_by);
    number(printer, "order", (int)book->order);
    number(printer, "toc-depth", book->toc_depth);
    number(printer, "caliper-um", (int)(book->paper.caliper * 1000 + 0.5));
    field(printer, "paper", book->paper.name);
    field(printer, "booklet-paper", book->booklet.paper);
    number(printer, "booklet-sheets", book->booklet.sheets);
    field(printer, "date", book->date);
    if (book->cover != NULL)
        print_picture(printer, book->cover);
    for (size_t i = 0; i < book->division_count; i++) {
        open(printer, "division", NULL);
        field(printer, "title", book->divisions[i].title);
        fields(printer, "portrait", book->divisions[i].ids, book->divisions[i].id_count);
        printer->depth--;
    }
}

void book_print(const struct book *book, struct buf *out)
{
    struct printer printer = { out, 0, book };

    open(&printer, "book", NULL);
    print_anthology(&printer, book);
    for (size_t i = 0; i < book->edition_count; i++)
        print_edition(&printer, &book->editions[i]);
    print_pages(&printer, "front", book->front, book->front_count);
    for (size_t i = 0; i < book->portrait_count; i++)
        print_portrait(&printer, book->portraits[i]);
    print_pages(&printer, "back", book->back, book->back_count);
    for (size_t i = 0; i < book->title_count; i++)
        print_title(&printer, &book->titles[i]);
}

void portrait_print(const struct book *book, const struct portrait *portrait, struct buf *out)
{
    struct printer printer = { out, 0, book };

    print_portrait(&printer, portrait);
}
