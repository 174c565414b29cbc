/* The e-book, from a small book made by hand: text, page breaks, navigation,
 * package, container. With FLORILEGE_EPUB=PATH the book is left there. */
#include "base/buf.h"
#include "base/file.h"
#include "book/strings.h"
#include "epub/epub.h"
#include "epub/onix.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include <zip.h>

enum { MOST = 32 };

/* A book under construction. */
struct made {
    struct arena *arena;
    struct book book;
    struct part part[MOST];
    struct laid_page page[MOST];
    struct page_start start[MOST];
    struct destination destination[MOST];
    struct pages pages;
    struct style *style;
    struct pool *pool;
    struct portrait portrait, *portraits[1];
};

static struct node *add(struct made *made, struct node *parent, enum node_kind kind,
                        enum role role)
{
    struct node *node = node_new(made->arena, kind, (struct place){ NULL, 0, 0 });

    node->role = role;
    node_append(parent, node);
    return node;
}

static struct node *say(struct made *made, struct node *parent, const char *text)
{
    struct node *node = node_text(made->arena, text);

    node_append(parent, node);
    return node;
}

static struct part *add_part(struct made *made, enum part_kind kind, const char *id,
                             const char *title)
{
    struct part *part = &made->part[made->book.part_count++];

    part->kind = kind;
    part->id = id;
    part->title = title;
    part->language = made->book.language;
    part->body = node_new(made->arena, NODE_SECTION, (struct place){ NULL, 0, 0 });
    part->body->lang = part->language;
    return part;
}

static struct node *add_heading(struct made *made, struct node *parent, int level, enum role role,
                                const char *text)
{
    struct node *heading = add(made, parent, NODE_HEADING, role);

    heading->level = level;
    say(made, heading, text);
    return heading;
}

/* A page LABEL that starts at OFFSET of NODE. */
static void add_page(struct made *made, const char *label, const struct part *part,
                     const struct node *node, size_t offset)
{
    uint32_t number = made->pages.count++;

    made->page[number].label = label;
    made->page[number].part = part;
    made->page[number].blank = node == NULL && offset == 1;
    made->start[number] = (struct page_start){ number, part, node, node == NULL ? 0 : offset };
}

static void add_destination(struct made *made, const char *id, uint32_t page)
{
    made->destination[made->pages.destination_count++] = (struct destination){ id, page, 0 };
}

/* ---- the book ------------------------------------------------------------ */

static void make_cover(struct made *made)
{
    struct part *part = add_part(made, PART_COVER, "cover", "Voix");

    add(made, part->body, NODE_FIGURE, ROLE_NONE)->alt = "Couverture : Voix.";
}

static void make_contents(struct made *made)
{
    struct part *part = add_part(made, PART_TOC, "contents", "Table");
    struct node *list, *entry, *link, *number;

    part->matter = MATTER_FRONT;
    add_page(made, "i", part, add_heading(made, part->body, 1, ROLE_NONE, "Table"), 0);
    list = add(made, part->body, NODE_LIST, ROLE_TOC);
    list->tight = true;
    entry = add(made, add(made, list, NODE_ITEM, ROLE_TOC_ENTRY), NODE_PARAGRAPH, ROLE_NONE);
    link = add(made, entry, NODE_LINK, ROLE_NONE);
    link->target = "ada-exemple";
    say(made, link, "Ada Exemple");
    number = add(made, entry, NODE_PAGE_REF, ROLE_NONE);
    number->target = "ada-exemple";
}

static struct node *make_question(struct made *made, struct node *body, const char *id,
                                  const char *question)
{
    struct node *qna = add(made, body, NODE_SECTION, ROLE_QNA);
    struct node *heading = add_heading(made, qna, 2, ROLE_QUESTION, question);

    heading->id = id;
    return add(made, qna, NODE_SECTION, ROLE_ANSWER);
}

/* Pages start at the name, in the middle of a word, at a question, at a link and
 * after a blank page. */
static void make_portrait(struct made *made)
{
    struct part *part = add_part(made, PART_PORTRAIT, "ada-exemple", "Ada Exemple");
    struct node *opening, *name, *answer, *paragraph, *text, *link, *question, *note;

    part->matter = MATTER_BODY;
    part->portrait = &made->portrait;
    opening = add(made, part->body, NODE_SECTION, ROLE_OPENING);
    add(made, opening, NODE_MONOGRAM, ROLE_NONE)->text = "AE";
    name = add_heading(made, opening, 1, ROLE_NAME, "Ada Exemple");
    say(made, add(made, opening, NODE_PARAGRAPH, ROLE_JOB), "relieuse");
    answer = make_question(made, part->body, "ada-exemple-q-papier", "Pourquoi le papier?");
    question = answer->parent->first;
    paragraph = add(made, answer, NODE_PARAGRAPH, ROLE_NONE);
    text = say(made, paragraph, "Il garde la trace des mains & <voilà>.");
    note = add(made, paragraph, NODE_NOTE_REF, ROLE_NONE);
    note->note = ARENA_NEW(made->arena, struct note);
    *note->note = (struct note){ "ada-exemple-note-1", 1, NULL, note };
    answer = make_question(made, part->body, "ada-exemple-q-encre", "Et l’encre?");
    paragraph = add(made, answer, NODE_PARAGRAPH, ROLE_NONE);
    link = add(made, paragraph, NODE_LINK, ROLE_NONE);
    link->url = "https://example.org/encre?a=1&b=2";
    say(made, link, "Noire");
    say(made, paragraph, ".");
    add_page(made, "1", part, name->first, 0);
    add_page(made, "2", part, question->first, 0);
    add_page(made, "3", part, text, strlen("Il garde la tra"));
    add_page(made, "4", part, link->first, 0);
    add_page(made, "5", part, NULL, 1);
    add_destination(made, "ada-exemple", 1);
    add_destination(made, "ada-exemple-q-encre", 4);
    add_destination(made, "ada-exemple-q-papier", 2);
}

static void make_notes(struct made *made)
{
    struct part *part = add_part(made, PART_NOTES, "notes", "Notes");
    struct note *note = ARENA_NEW(made->arena, struct note);
    struct node *section, *list, *item;

    part->matter = MATTER_BODY;
    *note = (struct note){ "ada-exemple-note-1", 1, NULL, NULL };
    add_heading(made, part->body, 1, ROLE_NONE, "Notes");
    section = add(made, part->body, NODE_SECTION, ROLE_NONE);
    add_heading(made, section, 2, ROLE_NONE, "Ada Exemple");
    list = add(made, section, NODE_LIST, ROLE_NONE);
    list->ordered = true;
    list->start = 1;
    item = add(made, list, NODE_ITEM, ROLE_NONE);
    item->id = note->id;
    item->note = note;
    say(made, add(made, add(made, item, NODE_SECTION, ROLE_NONE), NODE_PARAGRAPH, ROLE_NONE),
        "Les deux.");
}

static int set_up(void **state)
{
    struct made *made = calloc(1, sizeof *made);
    struct book *book = &made->book;

    made->arena = arena_new();
    made->portrait = (struct portrait){ .id = "ada-exemple", .name = "Ada Exemple",
                                        .sort_name = "Exemple, Ada", .language = "fr-CA" };
    made->portraits[0] = &made->portrait;
    *book = (struct book){ .arena = made->arena, .folder = "content", .title = "Voix",
                           .slug = "voix", .language = "fr-CA", .date = "2012-05-14",
                           .work = "urn:uuid:0b6d5a1e-6a53-4c0b-9f0e-0f8c2f1d7a11",
                           .portraits = made->portraits, .portrait_count = 1, .toc_depth = 2,
                           .parts = made->part, };
    book->strings = strings_load(made->arena, file_data_folder(made->arena), "fr-CA");
    made->pages.page = made->page;
    made->pages.starts = made->start;
    made->pages.destinations = made->destination;
    make_cover(made);
    make_contents(made);
    make_portrait(made);
    make_notes(made);
    made->style = style_load(file_data_folder(made->arena), "classique");
    made->pool = pool_new(2);
    *state = made;
    return made->style == NULL || book->strings == NULL;
}

static int tear_down(void **state)
{
    struct made *made = *state;

    pool_free(made->pool);
    style_free(made->style);
    arena_free(made->arena);
    free(made);
    return 0;
}

/* ---- what came out ------------------------------------------------------- */

/* A PNG of one pixel, in grey. */
static const unsigned char pixel[] = {
    0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R', 0, 0, 0, 1,
    0, 0, 0, 1, 8, 0, 0, 0, 0, 0x3A, 0x7E, 0x9B, 0x55, 0, 0, 0, 10, 'I', 'D', 'A', 'T', 0x78,
    0x9C, 0x63, 0x68, 0, 0, 0, 0x82, 0, 0x81, 0x77, 0xCD, 0x72, 0xB6, 0, 0, 0, 0, 'I', 'E', 'N',
    'D', 0xAE, 0x42, 0x60, 0x82,
};

/* Writes the book to PATH. */
static bool write_to(struct made *made, const char *path)
{
    struct buf cover = {0};
    struct publish *out = publish_new(path);
    bool done;

    buf_append(&cover, pixel, sizeof pixel);
    done = epub_write(out, &made->book, &made->pages, made->style, &cover, made->pool);
    buf_free(&cover);
    return publish_commit(out) && done;
}

/* A file of the container; free() it. */
static char *read_entry(const char *path, const char *name)
{
    int error;
    zip_t *zip = zip_open(path, ZIP_RDONLY, &error);
    zip_stat_t stat;
    zip_file_t *file;
    char *text;

    assert_non_null(zip);
    assert_int_equal(zip_stat(zip, name, 0, &stat), 0);
    text = calloc(1, stat.size + 1);
    file = zip_fopen(zip, name, 0);
    assert_int_equal(zip_fread(file, text, stat.size), stat.size);
    zip_fclose(file);
    zip_close(zip);
    return text;
}

static const char *book_path(void)
{
    const char *wanted = getenv("FLORILEGE_EPUB");
    static char path[64];

    snprintf(path, sizeof path, "/tmp/florilege-epub-%ld.epub", (long)getpid());
    return wanted != NULL ? wanted : path;
}

static void forget(void)
{
    if (getenv("FLORILEGE_EPUB") == NULL)
        unlink(book_path());
}

static void container_begins_as_it_must(void **state)
{
    struct made *made = *state;
    size_t count;
    const unsigned char *bytes;

    assert_true(write_to(made, book_path()));
    bytes = (const unsigned char *)file_read(made->arena, book_path(), 0, &count);
    assert_memory_equal(bytes, "PK\003\004", 4);
    assert_int_equal(bytes[8] | bytes[9] << 8, 0);          /* stored */
    assert_int_equal(bytes[26] | bytes[27] << 8, 8);        /* the name's length */
    assert_int_equal(bytes[28] | bytes[29] << 8, 0);        /* no extra field */
    assert_memory_equal(bytes + 30, "mimetypeapplication/epub+zip", 28);
    forget();
}

#define BREAK(tag, number) \
    "<" tag " epub:type=\"pagebreak\" role=\"doc-pagebreak\" id=\"page-" number "\" " \
    "aria-label=\" page " number ". \"></" tag ">"

/* Before the whole of a heading or a link, within a word of running text. */
static void pages_break_where_they_start(void **state)
{
    static const char *const places[] = {
        BREAK("div", "1") "\n<h1 class=\"name\">Ada Exemple</h1>",
        "class=\"qna\">\n" BREAK("div", "2") "\n<h2 class=\"question\"",
        "Il garde la tra" BREAK("span", "3") "ce des mains &amp; &lt;voilà&gt;.<sup>",
        "<p>" BREAK("span", "4") "<a href=\"https://example.org/encre?a=1&amp;b=2\">Noire</a>.</p>",
        "</section>\n" BREAK("div", "5") "\n</section>\n</body>",
    };
    struct made *made = *state;
    char *text;

    assert_true(write_to(made, book_path()));
    text = read_entry(book_path(), "EPUB/text/ada-exemple.xhtml");
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (strstr(text, places[i]) == NULL)
            fail_msg("%s is not in %s", places[i], text);
    free(text);
    text = read_entry(book_path(), "EPUB/text/cover.xhtml");
    assert_non_null(strstr(text, BREAK("div", "C1") "\n<figure>"));
    assert_non_null(strstr(text, "</figure>\n" BREAK("div", "C2")));
    free(text);
    text = read_entry(book_path(), "EPUB/text/contents.xhtml");
    assert_non_null(strstr(text, "Ada Exemple</a> <a class=\"page-ref\" href=\"ada-exemple.xhtml\" "
                           "aria-label=\"page 1\">1</a></li>"));
    free(text);
    forget();
}

/* The same bytes again, in whatever time zone. */
static void bytes_stay_the_same(void **state)
{
    struct made *made = *state;
    size_t before, after;
    char *first, *second;

    assert_true(write_to(made, book_path()));
    first = file_read(made->arena, book_path(), 0, &before);
    setenv("TZ", "Pacific/Kiritimati", 1);
    assert_true(write_to(made, book_path()));
    unsetenv("TZ");
    second = file_read(made->arena, book_path(), 0, &after);
    assert_int_equal(before, after);
    assert_memory_equal(first, second, before);
    forget();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(container_begins_as_it_must, set_up, tear_down),
        cmocka_unit_test_setup_teardown(pages_break_where_they_start, set_up, tear_down),
        cmocka_unit_test_setup_teardown(bytes_stay_the_same, set_up, tear_down),
    };

    return cmocka_run_group_tests_name("epub", tests, NULL, NULL);
}
