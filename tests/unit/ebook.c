/* The e-book of a small content folder: its text and metadata as golden files,
 * its pages against the layout's, and each thing that the metadata claims. */
#include "base/buf.h"
#include "base/diag.h"
#include "base/file.h"
#include "book/compose.h"
#include "book/identifier.h"
#include "epub/epub.h"
#include "layout/layout.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "golden.h"

#include <zip.h>

struct made {
    struct arena *arena;
    struct book *book;
    struct style *style;
    struct pool *pool;
    struct layout *layout;
    char *path;
    zip_t *zip;
};

static void swallow(void *context, const struct diagnostic *diagnostic)
{
    (void)context;
    if (diagnostic->severity == DIAG_ERROR)
        fail_msg("%s", diagnostic->message);
}

/* The book of FOLDER; composed, and laid out when PAGES. */
static struct made *load(const char *folder, bool pages)
{
    struct made *made = calloc(1, sizeof *made);
    const char *data;

    made->arena = arena_new();
    data = file_data_folder(made->arena);
    diag_set_sink(swallow, NULL);
    made->book = book_load(folder, data);
    assert_non_null(made->book);
    compose(made->book);
    made->style = style_load(data, "classique");
    made->pool = pool_new(2);
    if (pages)
        made->layout = layout_new(made->book, made->style, made->pool);
    made->path = arena_strdup(made->arena, "/tmp/florilege-ebook-XXXXXX");
    close(mkstemp(made->path));
    return made;
}

static void write_book(struct made *made)
{
    struct publish *out = publish_new(made->path);
    struct buf cover = {0};
    int error;

    /* The two marks of a JPEG, and a frame header between them. */
    buf_append(&cover, "\xFF\xD8\xFF\xC0\0\x0B\x08\0\x01\0\x01\x01\x01\x11\0"
               "\xFF\xDA\0\x08\x01\x01\0\0\x3F\0\0\xFF\xD9", 28);
    assert_true(epub_write(out, made->book,
                           made->layout == NULL ? NULL : layout_pages(made->layout),
                           made->style, &cover, made->pool));
    assert_true(publish_commit(out));
    buf_free(&cover);
    diag_set_sink(NULL, NULL);
    made->zip = zip_open(made->path, ZIP_RDONLY, &error);
    assert_non_null(made->zip);
}

static void unload(struct made *made)
{
    if (made->zip != NULL)
        zip_close(made->zip);
    unlink(made->path);
    layout_free(made->layout);
    pool_free(made->pool);
    style_free(made->style);
    book_free(made->book);
    arena_free(made->arena);
    free(made);
}

/* A file of the container, in the arena. */
static char *entry(struct made *made, const char *name)
{
    zip_stat_t stat;
    zip_file_t *file;
    char *text;

    if (zip_stat(made->zip, name, 0, &stat) != 0)
        fail_msg("no %s", name);
    text = arena_alloc(made->arena, stat.size + 1);
    file = zip_fopen(made->zip, name, 0);
    assert_int_equal(zip_fread(file, text, stat.size), stat.size);
    zip_fclose(file);
    return text;
}

/* All the text, a document after the other. */
static char *all_text(struct made *made)
{
    struct buf out = {0};
    char *text;

    for (zip_int64_t i = 0; i < zip_get_num_entries(made->zip, 0); i++) {
        const char *name = zip_get_name(made->zip, (zip_uint64_t)i, 0);

        if (strncmp(name, "EPUB/text/", 10) == 0)
            buf_printf(&out, "%s==== %s\n%s", out.len > 0 ? "\n" : "", name + 10,
                       entry(made, name));
    }
    text = arena_strdup(made->arena, buf_text(&out));
    buf_free(&out);
    return text;
}

static void book_is_as_before(void **state)
{
    struct made *made = load("tests/golden/ebook", false);

    (void)state;
    write_book(made);
    golden_check("ebook.xhtml", all_text(made));
    golden_check("ebook.opf", entry(made, "EPUB/package.opf"));
    golden_check("ebook.nav.xhtml", entry(made, "EPUB/nav.xhtml"));
    golden_check("ebook.ncx", entry(made, "EPUB/toc.ncx"));
    golden_check("ebook.onix", entry(made, "EPUB/onix.xml"));
    unload(made);
}

/* TEXT as it stands in XHTML, up to BYTES of it or the next tag. */
static bool starts_with(const char *xhtml, const char *text, size_t bytes)
{
    static const char *const names[] = { "&amp;", "&lt;", "&gt;", "&quot;" };
    static const char signs[] = "&<>\"";

    while (bytes > 0 && *text != '\0') {
        size_t length = 1;
        char c = *xhtml;

        if (c == '<')
            return true;
        for (size_t i = 0; c == '&' && i < 4; i++)
            if (strncmp(xhtml, names[i], strlen(names[i])) == 0) {
                c = signs[i];
                length = strlen(names[i]);
                break;
            }
        if (c != *text)
            return false;
        xhtml += length;
        text++;
        bytes--;
    }
    return true;
}

/* Behind the break of LABEL and the tags that follow it. */
static const char *behind_break(struct made *made, const struct page_start *start,
                                const char *label)
{
    const char *name = arena_printf(made->arena, "EPUB/text/%s.xhtml", start->part->id);
    const char *at = strstr(entry(made, name), arena_printf(made->arena, "id=\"page-%s\"", label));

    if (at == NULL)
        fail_msg("%s has no page %s", name, label);
    at = strchr(at, '>') + 1;
    while (*at == '<' || *at == '\n')
        at = *at == '<' ? strchr(at, '>') + 1 : at + 1;
    return at;
}

/* The text that the page starts with; NULL for what the e-book sets otherwise. */
static const struct node *first_text(const struct page_start *start)
{
    const struct node *root = start->node != NULL ? start->node : start->part->body;

    for (const struct node *node = root; node != NULL; node = node_next(node, root))
        switch (node->kind) {
        case NODE_TEXT:
            return node;
        case NODE_MONOGRAM: case NODE_FIGURE: case NODE_SQUARE_CODE: case NODE_PAGE_REF:
            return NULL;
        default:
            break;
        }
    return NULL;
}

static void every_page_starts_at_its_word(void **state)
{
    struct made *made = load("tests/golden/ebook", true);
    const struct pages *pages = layout_pages(made->layout);
    int seen = 0;

    (void)state;
    write_book(made);
    for (uint32_t i = 0; i < pages->count; i++) {
        const struct page_start *start = &pages->starts[i];
        const char *label = pages->page[start->page].label;
        const char *at = behind_break(made, start, label);

        const struct node *node = first_text(start);

        if (pages->page[start->page].blank || node == NULL)
            continue;
        seen++;
        if (!starts_with(at, node->text + start->offset, 30))
            fail_msg("page %s starts with \"%.40s\", not \"%.40s\"", label,
                     node->text + start->offset, at);
    }
    assert_true(seen > 8);
    unload(made);
}

/* ---- claims -------------------------------------------------------------- */

static bool claims(struct made *made, const char *what)
{
    return strstr(entry(made, "EPUB/package.opf"), what) != NULL;
}

#define FEATURE(name) "<meta property=\"schema:accessibilityFeature\">" name "</meta>"

static struct portrait *portrait_of(struct made *made, const char *id)
{
    for (size_t i = 0; i < made->book->portrait_count; i++)
        if (strcmp(made->book->portraits[i]->id, id) == 0)
            return made->book->portraits[i];
    return NULL;
}

/* Without printed pages, nothing speaks of them. */
static void pages_are_claimed_with_pages(void **state)
{
    struct made *with = load("tests/golden/ebook", true);
    struct made *without;

    (void)state;
    write_book(with);
    assert_true(claims(with, FEATURE("pageBreakMarkers")));
    assert_true(claims(with, FEATURE("pageNavigation")));
    assert_true(claims(with, "<meta property=\"pageBreakSource\">urn:isbn:9782123456810</meta>"));
    assert_non_null(strstr(all_text(with), "doc-pagebreak"));
    assert_non_null(strstr(entry(with, "EPUB/nav.xhtml"), "doc-pagelist"));
    assert_non_null(strstr(entry(with, "EPUB/onix.xml"), ">19</ProductFormFeatureValue>"));
    unload(with);
    without = load("tests/golden/ebook", false);
    write_book(without);
    assert_false(claims(without, "pageBreak"));
    assert_false(claims(without, "pageNavigation"));
    assert_null(strstr(all_text(without), "doc-pagebreak"));
    assert_null(strstr(entry(without, "EPUB/nav.xhtml"), "page-list"));
    assert_null(strstr(entry(without, "EPUB/onix.xml"), ">19</ProductFormFeatureValue>"));
    unload(without);
}

/* One picture that nothing describes, and no picture is said to be. */
static void pictures_are_claimed_when_described(void **state)
{
    struct made *made = load("tests/golden/ebook", false);
    const struct part *part = made->book->parts;
    struct node *node;

    (void)state;
    while (part->portrait != portrait_of(made, "ada-exemple"))
        part++;
    node = part->body;
    while (node->kind != NODE_FIGURE)
        node = node_next(node, part->body);
    node->alt = "";
    write_book(made);
    assert_false(claims(made, FEATURE("alternativeText")));
    assert_false(claims(made, "accessModeSufficient"));
    assert_false(claims(made, "Chaque image est décrite"));
    assert_null(strstr(entry(made, "EPUB/onix.xml"), ">14</ProductFormFeatureValue>"));
    assert_null(strstr(entry(made, "EPUB/onix.xml"), ">52</ProductFormFeatureValue>"));
    unload(made);
}

static void drop_parts(struct made *made, enum part_kind kind)
{
    struct book *book = made->book;
    size_t kept = 0;

    for (size_t i = 0; i < book->part_count; i++)
        if (book->parts[i].kind != kind)
            book->parts[kept++] = book->parts[i];
    book->part_count = kept;
}

static void index_and_notes_are_claimed_when_there(void **state)
{
    struct made *made = load("tests/golden/ebook", false);

    (void)state;
    drop_parts(made, PART_INDEX);
    drop_parts(made, PART_NOTES);
    write_book(made);
    assert_false(claims(made, FEATURE("index")));
    assert_false(claims(made, "notes sont liées"));
    assert_null(strstr(entry(made, "EPUB/onix.xml"), ">12</ProductFormFeatureValue>"));
    assert_null(strstr(all_text(made), "noteref"));
    unload(made);
}

static void conformance_is_claimed_with_its_certifier(void **state)
{
    struct made *made = load("tests/golden/ebook", false);

    (void)state;
    made->book->certified_by = NULL;
    write_book(made);
    assert_false(claims(made, "conformsTo"));
    assert_false(claims(made, "certifiedBy"));
    assert_null(strstr(entry(made, "EPUB/onix.xml"), ">85</ProductFormFeatureValue>"));
    unload(made);
}

/* Which types of edition the record tells, of portraits that are new or revised. */
static void expect_types(bool is_new, bool is_revised, const char *types)
{
    static const char *const codes[] = { "NED", "REV", "ENL" };
    struct made *made = load("tests/golden/ebook", false);
    struct buf told = {0};

    for (size_t i = 0; i < made->book->portrait_count; i++)
        made->book->portraits[i]->is_new = made->book->portraits[i]->is_revised = false;
    made->book->portraits[0]->is_new = is_new;
    made->book->portraits[1]->is_revised = is_revised;
    write_book(made);
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (strstr(entry(made, "EPUB/onix.xml"),
                   arena_printf(made->arena, "<EditionType>%s<", codes[i])) != NULL)
            buf_puts(&told, codes[i]);
    assert_string_equal(buf_text(&told), types);
    buf_free(&told);
    unload(made);
}

static void the_record_tells_what_kind_of_edition(void **state)
{
    (void)state;
    expect_types(false, false, "NED");
    expect_types(true, false, "ENL");
    expect_types(false, true, "REV");
    expect_types(true, true, "REVENL");
}

static void identifiers_follow_the_edition(void **state)
{
    struct made *made = load("tests/golden/ebook", false);
    char *second, *third, *id;
    struct edition edition = { .number = 3, .date = "2013-03-01" };

    (void)state;
    write_book(made);
    second = entry(made, "EPUB/package.opf");
    zip_close(made->zip);
    made->book->edition = &edition;
    write_book(made);
    third = entry(made, "EPUB/package.opf");
    id = strstr(second, "<dc:identifier id=\"edition\">");
    assert_null(strstr(third, arena_strndup(made->arena, id, 70)));
    id = strstr(second, "<dc:identifier id=\"work\">");
    assert_non_null(strstr(third, arena_strndup(made->arena, id, 70)));
    assert_null(strstr(third, "9782123456803"));
    unload(made);
}

/* The page list names the PDF by what the PDF says of itself. */
static void pages_name_their_source(void **state)
{
    struct made *made = load("tests/golden/ebook", true);
    struct edition edition = { .number = 3, .date = "2013-03-01" };
    const char *source;

    (void)state;
    made->book->edition = &edition;
    source = identifier_of_print(made->arena, made->book);
    assert_memory_equal(source, "urn:uuid:", 9);
    write_book(made);
    assert_true(claims(made, arena_printf(made->arena, "<meta property=\"pageBreakSource\">%s</meta>",
                                          source)));
    unload(made);
}

static bool has_fonts(struct made *made)
{
    for (zip_int64_t i = 0; i < zip_get_num_entries(made->zip, 0); i++)
        if (strncmp(zip_get_name(made->zip, (zip_uint64_t)i, 0), "EPUB/fonts/", 11) == 0)
            return true;
    return false;
}

static void fonts_are_the_style_s_choice(void **state)
{
    struct made *with = load("tests/golden/ebook", true), *without;

    (void)state;
    write_book(with);
    assert_true(has_fonts(with));
    assert_non_null(strstr(entry(with, "EPUB/epub.css"), "@font-face"));
    unload(with);
    without = load("tests/golden/ebook", true);
    without->style->epub_fonts = false;
    write_book(without);
    assert_false(has_fonts(without));
    assert_null(strstr(entry(without, "EPUB/epub.css"), "@font-face"));
    assert_non_null(strstr(entry(without, "EPUB/epub.css"), "p + p {"));
    unload(without);
}

static void count(void *context, const struct diagnostic *diagnostic)
{
    assert_string_equal(diagnostic->rule, "picture-broken");
    ++*(int *)context;
}

/* A picture that broke since the content was read. */
static void broken_photo_ends_the_book(void **state)
{
    struct made *made = load("tests/golden/ebook", false);
    struct publish *out;
    int said = 0;

    (void)state;
    portrait_of(made, "ada-exemple")->photo->path = "tests/golden/ebook/anthology.yaml";
    out = publish_new(made->path);
    diag_set_sink(count, &said);
    assert_false(epub_write(out, made->book, NULL, made->style, NULL, made->pool));
    assert_false(publish_commit(out));
    assert_int_equal(said, 1);
    diag_set_sink(NULL, NULL);
    unload(made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(book_is_as_before),
        cmocka_unit_test(every_page_starts_at_its_word),
        cmocka_unit_test(pages_are_claimed_with_pages),
        cmocka_unit_test(pictures_are_claimed_when_described),
        cmocka_unit_test(index_and_notes_are_claimed_when_there),
        cmocka_unit_test(conformance_is_claimed_with_its_certifier),
        cmocka_unit_test(the_record_tells_what_kind_of_edition),
        cmocka_unit_test(identifiers_follow_the_edition),
        cmocka_unit_test(pages_name_their_source),
        cmocka_unit_test(fonts_are_the_style_s_choice),
        cmocka_unit_test(broken_photo_ends_the_book),
    };

    return cmocka_run_group_tests_name("ebook", tests, NULL, NULL);
}
