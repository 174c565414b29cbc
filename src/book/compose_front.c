/* What stands before the portraits: cover, titles, imprint, table of contents,
 * the editor's own pages, what is new; and, by the same hand, the pages at the
 * back. */
#include "book/compose.h"
#include "book/compose_parts.h"
#include "book/statement.h"

#include <string.h>

void compose_cover(struct composer *composer)
{
    const struct book *book = composer->book;
    struct part *part = compose_part(composer, PART_COVER, composer->fixed[PART_COVER], book->title,
                                 book->language);
    struct node *figure = say_node(composer, part->body, NODE_FIGURE, ROLE_NONE);

    figure->picture = book->cover;
    if (book->cover == NULL || book->cover->alt == NULL)
        figure->alt = strings_format(composer->arena, book->strings, "cover-alt", 1, book->title);
}

void compose_half_title(struct composer *composer)
{
    const struct book *book = composer->book;
    struct part *part = compose_part(composer, PART_HALF_TITLE, composer->fixed[PART_HALF_TITLE],
                                 book->title, book->language);

    say_line(composer, part->body, NODE_PARAGRAPH, ROLE_HALF_TITLE, book->title);
}

/* ---- Title page and imprint ------------------------------------------------------- */

static void add_optional_line(struct composer *composer, struct node *parent, enum role role,
                              const char *text)
{
    if (text != NULL)
        say_line(composer, parent, NODE_PARAGRAPH, role, text);
}

/* A paragraph that says KEY of a list of texts. */
static void add_listing(struct composer *composer, struct node *parent, enum role role,
                        const char *key, const char *const *texts, size_t count)
{
    struct node **nodes = ARENA_ARRAY(composer->arena, count, struct node *);
    struct node *list = say_loose_list(composer);

    if (count == 0)
        return;
    for (size_t i = 0; i < count; i++)
        nodes[i] = node_text(composer->arena, texts[i]);
    say_list(composer, list, nodes, count);
    say_format(composer, say_node(composer, parent, NODE_PARAGRAPH, role), key, 1, list);
}

void compose_title_page(struct composer *composer)
{
    const struct book *book = composer->book;
    struct part *part = compose_part(composer, PART_TITLE, composer->fixed[PART_TITLE], book->title,
                                 book->language);

    say_heading(composer, part->body, 1, book->title)->role = ROLE_TITLE;
    add_optional_line(composer, part->body, ROLE_SUBTITLE, book->subtitle);
    add_listing(composer, part->body, ROLE_EDITOR, "collected-by", book->editors,
                book->editor_count);
    add_optional_line(composer, part->body, ROLE_EDITION,
                      statement_of_edition(composer->arena, book));
    add_optional_line(composer, part->body, ROLE_PUBLISHER, book->publisher.name);
}

static void add_publisher(struct composer *composer, struct node *body)
{
    const struct book *book = composer->book;
    struct node *line, *name;

    if (book->publisher.name == NULL)
        return;
    line = say_node(composer, body, NODE_PARAGRAPH, ROLE_IMPRINT_LINE);
    name = node_text(composer->arena, book->publisher.name);
    if (book->publisher.place != NULL)
        say_format(composer, line, "publisher-at", 2, name,
            node_text(composer->arena, book->publisher.place));
    else
        node_append(line, name);
    if (book->publisher.url != NULL)
        node_append(say_node(composer, body, NODE_PARAGRAPH, ROLE_IMPRINT_LINE),
                    say_link(composer, book->publisher.url,
                             node_text(composer->arena,
                                       say_address(composer, book->publisher.url))));
}

/* KEY of a TEXT, a line of the imprint; nothing without it. */
static void add_fact(struct composer *composer, struct node *body, const char *key,
                     const char *text)
{
    if (text != NULL)
        say_line(composer, body, NODE_PARAGRAPH, ROLE_IMPRINT_LINE,
                 strings_format(composer->arena, composer->book->strings, key, 1, text));
}

/* Each photographer once, in the order of the portraits. */
static void add_photographers(struct composer *composer, struct node *body)
{
    const struct book *book = composer->book;
    const char **names = ARENA_ARRAY(composer->arena, book->portrait_count, const char *);
    GHashTable *seen = g_hash_table_new(g_str_hash, g_str_equal);
    size_t count = 0;

    for (size_t i = 0; i < book->portrait_count; i++) {
        const struct picture *photo = book->portraits[i]->photo;

        if (photo != NULL && photo->credit != NULL
            && g_hash_table_add(seen, (gpointer)(uintptr_t)photo->credit))
            names[count++] = photo->credit;
    }
    g_hash_table_destroy(seen);
    add_listing(composer, body, ROLE_IMPRINT_LINE, "photographs", names, count);
}

/* Of "EB Garamond, SIL Open Font License 1.1" the family. */
static void add_typefaces(struct composer *composer, struct node *body)
{
    const struct book *book = composer->book;
    const char **names = ARENA_ARRAY(composer->arena, book->font_count, const char *);

    for (size_t i = 0; i < book->font_count; i++)
        names[i] = arena_strndup(composer->arena, book->fonts[i], strcspn(book->fonts[i], ","));
    add_listing(composer, body, ROLE_IMPRINT_LINE, "typefaces", names, book->font_count);
}

static void add_collection(struct composer *composer, struct node *body)
{
    const struct book *book = composer->book;

    if (book->collection.name == NULL)
        return;
    say_line(composer, body, NODE_PARAGRAPH, ROLE_IMPRINT_LINE,
             book->collection.number == NULL
                 ? book->collection.name
                 : strings_format(composer->arena, book->strings, "collection", 2,
                                  book->collection.name, book->collection.number));
}

/* What this edition says of itself, when each of them came out, and which printing
 * this is. */
static void add_editions(struct composer *composer, struct node *body)
{
    const struct book *book = composer->book;
    const struct edition *edition = book->edition;

    if (edition == NULL)
        return;
    if (edition->number > 1)
        say_line(composer, body, NODE_PARAGRAPH, ROLE_IMPRINT_LINE,
                 statement_of_edition(composer->arena, book));
    for (size_t i = 0; i < book->edition_count; i++)
        if (book->editions[i].number <= edition->number)
            say_line(composer, body, NODE_PARAGRAPH, ROLE_IMPRINT_LINE,
                     statement_line(composer->arena, book, &book->editions[i]));
    if (edition->printing_count > 0)
        say_line(composer, body, NODE_PARAGRAPH, ROLE_IMPRINT_LINE,
                 statement_of_printing(composer->arena, book,
                                       &edition->printings[edition->printing_count - 1]));
}

void compose_imprint(struct composer *composer)
{
    const struct book *book = composer->book;
    struct part *part = compose_part(composer, PART_IMPRINT, composer->fixed[PART_IMPRINT],
                                 say_word(composer, "imprint"), book->language);
    const struct node *title = say_line(composer, part->body, NODE_PARAGRAPH,
                                        ROLE_IMPRINT_TITLE, book->title);

    add_editions(composer, part->body);
    add_publisher(composer, part->body);
    add_collection(composer, part->body);
    add_optional_line(composer, part->body, ROLE_IMPRINT_LINE, book->rights);
    if (book->edition != NULL) {
        add_fact(composer, part->body, "isbn-print", book->edition->isbn_print);
        add_fact(composer, part->body, "isbn-epub", book->edition->isbn_epub);
    }
    add_photographers(composer, part->body);
    add_typefaces(composer, part->body);
    if (part->body->last == title)
        composer->part_count--;
}

/* ---- Table of contents ---------------------------------------------------------------- */

static struct node *add_entry_line(struct composer *composer, struct node *item,
                                   const char *target, struct node *title)
{
    struct node *line = say_node(composer, item, NODE_PARAGRAPH, ROLE_NONE);

    node_append(line, say_reference(composer, target, title));
    return line;
}

static void add_detail(struct composer *composer, struct node *line,
                       const struct portrait *portrait)
{
    struct node *detail;

    if (portrait->role == NULL)
        return;
    say_text(composer, line, ", ");
    detail = say_node(composer, line, NODE_SPAN, ROLE_TOC_DETAIL);
    if (!say_same_language(portrait->language, composer->book->language))
        detail->lang = portrait->language;
    say_text(composer, detail, portrait->role);
}

static void add_mark(struct composer *composer, struct node *line,
                     const struct portrait *portrait)
{
    if (!portrait->is_new && !portrait->is_revised)
        return;
    say_text(composer, line, " ");
    say_line(composer, line, NODE_SPAN, ROLE_NEW_MARK,
             say_word(composer, portrait->is_new ? "new" : "revised"));
}

/* MARKED: with the sign of what is new. */
static struct node *add_entry(struct composer *composer, struct node *list,
                              const struct part *part, bool marked)
{
    struct node *item = say_node(composer, list, NODE_ITEM,
                                 part->kind == PART_DIVISION ? ROLE_TOC_PART : ROLE_TOC_ENTRY);
    bool is_name = part->kind == PART_PORTRAIT;
    struct node *line = add_entry_line(composer, item, part->id,
                                       say_phrase(composer, part->title,
                                                  is_name ? NULL : part->language));

    if (is_name) {
        add_detail(composer, line, part->portrait);
        if (marked)
            add_mark(composer, line, part->portrait);
    }
    node_append(line, say_page_ref(composer, part->id));
    return item;
}

static struct node *add_toc(struct composer *composer, struct node *parent)
{
    struct node *list = say_node(composer, parent, NODE_LIST, ROLE_TOC);

    list->tight = true;
    return list;
}

static void add_questions(struct composer *composer, struct node *item,
                          const struct portrait *portrait)
{
    struct node *list;

    if (portrait->question_count == 0)
        return;
    list = add_toc(composer, item);
    for (size_t i = 0; i < portrait->question_count; i++) {
        const struct question *question = &portrait->questions[i];
        struct node *entry = say_node(composer, list, NODE_ITEM, ROLE_TOC_ENTRY);
        struct node *line = add_entry_line(composer, entry, question->anchor,
                                           say_phrase(composer,
                                                      node_flat(composer->arena, question->heading),
                                                      portrait->language));

        node_append(line, say_page_ref(composer, question->anchor));
    }
}

struct part *compose_contents(struct composer *composer)
{
    return compose_fixed_part(composer, PART_TOC, say_word(composer, "contents"));
}

void compose_fill_contents(struct composer *composer, struct part *contents)
{
    struct node *all = add_toc(composer, contents->body), *division = NULL;

    for (size_t i = 0; i < composer->part_count; i++) {
        const struct part *part = &composer->parts[i];
        struct node *item;

        if (!part_is_listed(part))
            continue;
        item = add_entry(composer, part->parent != NULL && division != NULL ? division : all, part,
                         true);
        if (part->kind == PART_DIVISION)
            division = add_toc(composer, item);
        if (part->kind == PART_PORTRAIT && composer->book->toc_depth > 1)
            add_questions(composer, item, part->portrait);
    }
}

/* ---- New in this edition ----------------------------------------------------------------- */

static size_t count_changed(const struct book *book, bool is_new)
{
    size_t count = 0;

    for (size_t i = 0; i < book->portrait_count; i++)
        count += is_new ? book->portraits[i]->is_new
                        : book->portraits[i]->is_revised && !book->portraits[i]->is_new;
    return count;
}

struct part *compose_news(struct composer *composer)
{
    if (count_changed(composer->book, true) + count_changed(composer->book, false) == 0)
        return NULL;
    return compose_fixed_part(composer, PART_NEWS, say_word(composer, "news"));
}

static void add_changed(struct composer *composer, struct node *body, bool is_new)
{
    struct node *list;

    if (count_changed(composer->book, is_new) == 0)
        return;
    say_heading(composer, body, 2, say_word(composer, is_new ? "new-portraits" : "revised-portraits"));
    list = add_toc(composer, body);
    for (size_t i = 0; i < composer->part_count; i++) {
        const struct part *part = &composer->parts[i];

        if (part->kind == PART_PORTRAIT
            && (is_new ? part->portrait->is_new
                       : part->portrait->is_revised && !part->portrait->is_new))
            add_entry(composer, list, part, false);
    }
}

void compose_fill_news(struct composer *composer, struct part *news)
{
    add_changed(composer, news->body, true);
    add_changed(composer, news->body, false);
}

/* ---- The editor's pages --------------------------------------------------------------------- */

void compose_pages(struct composer *composer, struct page *pages, size_t count,
                   enum part_kind kind)
{
    for (size_t i = 0; i < count; i++) {
        struct page *page = &pages[i];
        struct part *part = compose_part(composer, kind, page->id, page->title, page->language);

        say_heading(composer, part->body, 1, page->title);
        node_move_children(part->body, page->body);
        part->notes = page->notes;
        part->note_count = page->note_count;
    }
}
