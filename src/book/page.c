/* A Markdown page of front or back: its first heading of the highest level, or
 * `title:` in its front matter, is its title. */
#include "base/file.h"
#include "book/anchor.h"
#include "book/markdown.h"
#include "book/reader.h"
#include "book/typography.h"

#include <string.h>

struct front { const char *title; };

static const struct yaml_field fields[] = {
    { .key = "title", .type = YAML_TO_STRING, .offset = offsetof(struct front, title) },
    { .key = "language", .type = YAML_TO_NOTHING },
};

static bool read_front(struct book *book, const struct front_matter *parts, struct page *page)
{
    struct front front = {0};
    struct yaml *map;

    page->language = book->language;
    if (parts->yaml == NULL)
        return true;
    map = yaml_parse(book->arena, page->path, 2, parts->yaml, parts->yaml_bytes);
    if (map == NULL)
        return false;
    if (map->kind == YAML_NULL)
        return true;
    if (!yaml_read(book->arena, map, "a page", fields, sizeof fields / sizeof *fields, &front))
        return false;
    page->title = front.title;
    return reader_language(book->arena, map, "language", &page->language);
}

/* A title stands in running heads and contents, where no note can be called:
 * the calls go to the end of the first paragraph. */
static void move_calls(struct arena *arena, const struct node *title, struct node *body)
{
    struct node *paragraph = body->first;

    while (paragraph != NULL && paragraph->kind != NODE_PARAGRAPH)
        paragraph = paragraph->next;
    for (const struct node *node = title; node != NULL; node = node_next(node, title)) {
        struct node *call;

        if (node->kind != NODE_NOTE_REF || node->note == NULL)
            continue;
        if (paragraph == NULL) {
            paragraph = node_new(arena, NODE_PARAGRAPH, node->at);
            node_append(body, paragraph);
        }
        call = node_new(arena, NODE_NOTE_REF, node->at);
        call->note = node->note;
        if (call->note->ref == node)
            call->note->ref = call;
        node_append(paragraph, call);
    }
}

/* Takes the first heading of the highest level out of the body. */
static void take_title(struct arena *arena, struct page *page)
{
    struct node *title = NULL, *last = NULL;

    for (struct node *node = page->body->first; node != NULL; node = node->next)
        if (node->kind == NODE_HEADING && (title == NULL || node->level < title->level))
            title = node;
    if (title == NULL)
        return;
    for (struct node **link = &page->body->first; *link != NULL;) {
        if (*link == title) {
            *link = title->next;
            continue;
        }
        last = *link;
        link = &last->next;
    }
    page->body->last = last;
    title->next = NULL;
    page->title = node_flat(arena, title);
    page->at = title->at;
    move_calls(arena, title, page->body);
}

static void give_anchors(struct arena *arena, struct page *page)
{
    GHashTable *taken = g_hash_table_new(g_str_hash, g_str_equal);

    anchor_headings(arena, taken, page->id, page->body);
    for (size_t i = 0; i < page->note_count; i++)
        anchor_headings(arena, taken, page->id, page->notes[i].body);
    g_hash_table_destroy(taken);
}

static bool read_body(struct book *book, const struct front_matter *parts, struct page *page)
{
    struct markdown_source source = { page->path, parts->body_line, page->id, book->folder };
    struct markdown read;

    if (!markdown_read(book->arena, &source, parts->body, parts->body_bytes, &read))
        return false;
    page->body = read.body;
    page->notes = read.notes;
    page->note_count = read.note_count;
    if (page->title == NULL)
        take_title(book->arena, page);
    if (page->title == NULL) {
        page->title = path_stem(book->arena, page->path);
        diag(DIAG_WARNING, page->body->at, "no-title",
             "a page without a title; begin it with “# Title”");
    }
    headings_level(page->body, 2);
    give_anchors(book->arena, page);
    reader_set_in_type(book, &page->title, page->language);
    typography_apply(book->arena, page->body, page->language);
    for (size_t i = 0; i < page->note_count; i++)
        typography_apply(book->arena, page->notes[i].body, page->language);
    return true;
}

bool page_read(struct book *book, const char *path, struct place at, struct page *page)
{
    struct front_matter parts;
    size_t bytes;
    const char *text;

    page->path = path;
    page->at = (struct place){ path, 1, 1 };
    page->id = slug_new(book->arena, path_stem(book->arena, path));
    if (!file_exists(path)) {
        diag(DIAG_ERROR, at, "page-missing", "no page %s; write it or take its name out", path);
        return false;
    }
    if (!path_within(book->folder, path)) {
        diag(DIAG_ERROR, at, "page-outside", "%s is outside the content folder", path);
        return false;
    }
    text = file_read_text(book->arena, path, &bytes);
    if (text == NULL || !front_matter_split(path, text, bytes, &parts)
        || !read_front(book, &parts, page))
        return false;
    return read_body(book, &parts, page);
}
