/* The page maker, on books made by hand: lines on the grid, pages to the foot,
 * references that tell the truth, the same pages whatever the threads do. */
#include "base/buf.h"
#include "base/file.h"
#include "base/utf8.h"
#include "book/book.h"
#include "layout/layout.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <glib.h>

/* ---- Books ---------------------------------------------------------------------- */

static const struct place nowhere = { "test", 1, 1 };

static struct node *add(struct arena *arena, struct node *parent, enum node_kind kind,
                        enum role role)
{
    struct node *node = node_new(arena, kind, nowhere);

    node->role = role;
    node_append(parent, node);
    return node;
}

static struct node *say(struct arena *arena, struct node *parent, const char *text)
{
    struct node *node = node_text(arena, text);

    node_append(parent, node);
    return node;
}

/* COUNT words that look like a language, from a generator of its own. */
static char *new_words(struct arena *arena, unsigned *seed, int count)
{
    static const char *const words[] = {
        "la", "maison", "où", "les", "gens", "travaillent", "ensemble", "et", "parlent", "de",
        "leurs", "journées", "comme", "elles", "viennent", "sans", "jamais", "compter",
        "heures", "extraordinairement", "longues", "qui", "passent", "au", "bureau", "dans",
        "un", "atelier", "lumineux",
    };
    struct buf text = {0};
    char *copy;

    for (int i = 0; i < count; i++) {
        *seed = *seed * 1103515245u + 12345u;
        buf_printf(&text, i > 0 ? " %s" : "%s",
                   words[(*seed >> 16) % (sizeof words / sizeof words[0])]);
    }
    buf_putc(&text, '.');
    copy = arena_strdup(arena, buf_text(&text));
    buf_free(&text);
    return copy;
}

static struct node *body_of(struct arena *arena, struct part *part)
{
    part->language = "fr-CA";
    part->body = node_new(arena, NODE_SECTION, nowhere);
    part->body->lang = part->language;
    return part->body;
}

static void add_question(struct arena *arena, struct node *body, unsigned *seed,
                         const char *anchor, int paragraphs)
{
    struct node *qna = add(arena, body, NODE_SECTION, ROLE_QNA);
    struct node *heading = add(arena, qna, NODE_HEADING, ROLE_QUESTION);
    struct node *answer = add(arena, qna, NODE_SECTION, ROLE_ANSWER);

    heading->level = 2;
    heading->id = anchor;
    say(arena, heading, new_words(arena, seed, 6));
    for (int i = 0; i < paragraphs; i++) {
        struct node *paragraph = add(arena, answer, NODE_PARAGRAPH, ROLE_NONE);

        *seed = *seed * 1103515245u + 12345u;
        say(arena, paragraph, new_words(arena, seed, 3 + (int)(*seed >> 16) % 90));
    }
}

static void fill_portrait(struct arena *arena, struct part *part, int number, int questions)
{
    unsigned seed = (unsigned)number * 77u + 5u;
    struct portrait *portrait = ARENA_NEW(arena, struct portrait);
    struct node *body = body_of(arena, part), *opening, *name, *introduction;

    part->kind = PART_PORTRAIT;
    part->matter = MATTER_BODY;
    part->id = arena_printf(arena, "personne-%d", number);
    portrait->id = part->id;
    portrait->name = part->title = arena_printf(arena, "Camille Exemple %d", number);
    part->portrait = portrait;
    opening = add(arena, body, NODE_SECTION, ROLE_OPENING);
    add(arena, opening, NODE_MONOGRAM, ROLE_NONE)->text = "CE";
    name = add(arena, opening, NODE_HEADING, ROLE_NAME);
    name->level = 1;
    say(arena, name, part->title);
    say(arena, add(arena, opening, NODE_PARAGRAPH, ROLE_JOB), "relieuse");
    introduction = add(arena, body, NODE_SECTION, ROLE_INTRODUCTION);
    say(arena, add(arena, introduction, NODE_PARAGRAPH, ROLE_NONE), new_words(arena, &seed, 60));
    for (int i = 0; i < questions; i++)
        add_question(arena, body, &seed, arena_printf(arena, "%s-q-%d", part->id, i), 1 + i % 4);
}

static void fill_contents(struct arena *arena, struct part *part, const struct part *parts,
                          size_t count)
{
    struct node *body = body_of(arena, part), *heading, *list;

    part->kind = PART_TOC;
    part->matter = MATTER_FRONT;
    part->id = "contents";
    part->title = "Table";
    heading = add(arena, body, NODE_HEADING, ROLE_NONE);
    heading->level = 1;
    say(arena, heading, part->title);
    list = add(arena, body, NODE_LIST, ROLE_TOC);
    for (size_t i = 0; i < count; i++) {
        struct node *item = add(arena, list, NODE_ITEM, ROLE_TOC_ENTRY);
        struct node *paragraph = add(arena, item, NODE_PARAGRAPH, ROLE_NONE);
        struct node *link = add(arena, paragraph, NODE_LINK, ROLE_NONE);

        if (&parts[i] == part)
            continue;
        link->target = parts[i].id;
        say(arena, link, parts[i].title);
        add(arena, paragraph, NODE_PAGE_REF, ROLE_NONE)->target = parts[i].id;
    }
}

static struct book *new_book(int portraits, int questions)
{
    struct arena *arena = arena_new();
    struct book *book = ARENA_NEW(arena, struct book);

    book->arena = arena;
    book->title = "Portraits";
    book->slug = "portraits";
    book->language = "fr-CA";
    book->part_count = (size_t)portraits + 1;
    book->parts = ARENA_ARRAY(arena, book->part_count, struct part);
    for (int i = 0; i < portraits; i++)
        fill_portrait(arena, &book->parts[i + 1], i, questions);
    fill_contents(arena, &book->parts[0], book->parts, book->part_count);
    return book;
}

/* ---- A layout of one ---------------------------------------------------------------- */

struct bench {
    struct arena *arena;
    struct book *book;
    struct style *style;
    struct pool *pool;
    struct layout *layout;
    const struct pages *pages;
};

static struct bench bench_new(struct book *book, int workers)
{
    struct bench bench = { .arena = arena_new(), .book = book };

    bench.style = style_load(file_data_folder(bench.arena), "classique");
    assert_non_null(bench.style);
    bench.pool = pool_new(workers);
    bench.layout = layout_new(book, bench.style, bench.pool);
    assert_non_null(bench.layout);
    bench.pages = layout_pages(bench.layout);
    return bench;
}

static void bench_end(struct bench *bench)
{
    layout_free(bench->layout);
    pool_free(bench->pool);
    style_free(bench->style);
    arena_free(bench->book->arena);
    arena_free(bench->arena);
}

static dim foot_of(const struct style *style)
{
    return style->height - style->bottom;
}

static bool is_body_text(const struct item *item, const struct style *style)
{
    return item->kind == ITEM_WORDS && item->element != ELEMENT_ARTIFACT
        && item->words.word[0].shaped->face->size == style->body.size;
}

/* ---- Tests ------------------------------------------------------------------------- */

static void body_lines_are_on_the_grid(void **state)
{
    struct bench bench = bench_new(new_book(6, 14), 1);
    int64_t foot = foot_of(bench.style), grid = bench.style->grid, seen = 0;

    (void)state;
    for (uint32_t p = 0; p < bench.pages->count; p++)
        for (uint32_t i = 0; i < bench.pages->page[p].item_count; i++) {
            const struct item *item = &bench.pages->page[p].items[i];

            if (!is_body_text(item, bench.style))
                continue;
            assert_true(llabs((foot - item->y + grid / 2) % grid - grid / 2) < DIM_PT / 4);
            seen++;
        }
    assert_true(seen > 200);
    bench_end(&bench);
}

static dim last_baseline(const struct laid_page *page)
{
    dim last = 0;

    for (uint32_t i = 0; i < page->item_count; i++)
        if (page->items[i].kind == ITEM_WORDS && page->items[i].element != ELEMENT_ARTIFACT
            && page->items[i].y > last)
            last = page->items[i].y;
    return last;
}

static void full_pages_end_at_the_foot(void **state)
{
    struct bench bench = bench_new(new_book(12, 20), 2);
    int full = 0, short_pages = 0;

    (void)state;
    for (uint32_t p = 0; p + 1 < bench.pages->count; p++) {
        dim off = foot_of(bench.style) - last_baseline(&bench.pages->page[p]);

        if (bench.pages->page[p + 1].part != bench.pages->page[p].part
            || bench.pages->page[p + 1].blank)
            continue;
        full++;
        assert_true(off > -DIM_PT / 4);
        short_pages += off > DIM_PT / 4;
    }
    assert_true(full > 30);
    assert_true(short_pages * 25 <= full);
    bench_end(&bench);
}

static void starts_run_forward(void **state)
{
    struct bench bench = bench_new(new_book(4, 16), 1);

    (void)state;
    for (uint32_t p = 1; p < bench.pages->count; p++) {
        const struct page_start *start = &bench.pages->starts[p];
        const struct page_start *before = &bench.pages->starts[p - 1];
        const struct node *node;

        assert_int_equal(start->page, p);
        if (bench.pages->page[p].opening || bench.pages->page[p].blank)
            continue;
        assert_non_null(start->node);
        assert_true(start->offset < strlen(start->node->text));
        assert_true(start->offset == 0 || start->node->text[start->offset - 1] == ' ');
        if (start->node == before->node)
            assert_true(start->offset > before->offset);
        for (node = before->node; node != NULL && node != start->node; )
            node = node_next(node, start->part->body);
        assert_true(before->node == NULL || node == start->node);
    }
    bench_end(&bench);
}

static const struct item *item_of_text(const struct laid_page *page, const char *text)
{
    for (uint32_t i = 0; i < page->item_count; i++)
        for (uint32_t w = 0; page->items[i].kind == ITEM_WORDS && w < page->items[i].words.count;
             w++)
            if (strcmp(page->items[i].words.word[w].shaped->text, text) == 0)
                return &page->items[i];
    return NULL;
}

static void contents_name_the_pages(void **state)
{
    struct bench bench = bench_new(new_book(9, 12), 2);

    (void)state;
    for (size_t i = 1; i < bench.book->part_count; i++) {
        const struct destination *destination
            = pages_lookup(bench.pages, bench.book->parts[i].id);

        assert_non_null(destination);
        assert_true(bench.pages->page[destination->page].opening);
        assert_non_null(item_of_text(&bench.pages->page[0],
                                     bench.pages->page[destination->page].label));
    }
    assert_string_equal(bench.pages->page[0].label, "i");
    assert_true(bench.pages->page[1].blank);
    assert_string_equal(bench.pages->page[2].label, "1");
    assert_null(pages_lookup(bench.pages, "nobody"));
    bench_end(&bench);
}

static void elements_form_a_tree(void **state)
{
    struct bench bench = bench_new(new_book(3, 8), 1);
    const struct pages *pages = bench.pages;

    (void)state;
    assert_int_equal(pages->elements[0].kind, ELEMENT_DOCUMENT);
    for (uint32_t e = 1; e < pages->element_count; e++)
        assert_true(pages->elements[e].parent < e);
    for (uint32_t p = 0; p < pages->count; p++) {
        const struct laid_page *page = &pages->page[p];

        for (uint32_t i = 0; i < page->item_count; i++)
            assert_true(page->items[i].element == ELEMENT_ARTIFACT
                        || page->items[i].element < pages->element_count);
        for (uint32_t i = 0; i < page->link_count; i++)
            assert_int_equal(pages->elements[page->links[i].element].kind, ELEMENT_LINK);
    }
    bench_end(&bench);
}

static void threads_change_nothing(void **state)
{
    struct bench one = bench_new(new_book(8, 10), 1), four = bench_new(new_book(8, 10), 4);
    struct buf text = {0}, other = {0};

    (void)state;
    pages_print(one.pages, &text);
    pages_print(four.pages, &other);
    assert_string_equal(buf_text(&text), buf_text(&other));
    assert_int_equal(one.pages->face_count, four.pages->face_count);
    for (uint32_t i = 0; i < one.pages->face_count; i++) {
        assert_int_equal(one.pages->faces[i]->number, i);
        assert_string_equal(one.pages->faces[i]->path, four.pages->faces[i]->path);
    }
    buf_free(&text);
    buf_free(&other);
    bench_end(&one);
    bench_end(&four);
}

static void count(void *context, const struct diagnostic *diagnostic)
{
    assert_string_equal(diagnostic->rule, "picture-coarse");
    ++*(int *)context;
}

/* Contents whose numbers change with the pages that a list after them takes are
 * laid out again. */
static void what_is_laid_out_again_is_told_once(void **state)
{
    struct picture coarse = { .path = "coarse.png", .kind = PICTURE_PNG, .width = 40,
                              .height = 20, .orientation = 1, .at = nowhere };
    struct book *book = new_book(60, 1);
    struct node *figure = add(book->arena, book->parts[0].body, NODE_FIGURE, ROLE_NONE);
    struct part *list = &book->parts[1];
    struct bench bench;
    int told = 0;

    (void)state;
    fill_contents(book->arena, list, book->parts, book->part_count);
    list->kind = PART_READING;
    list->matter = MATTER_BODY;
    list->id = "personne-0";        /* in the contents already */
    figure->picture = &coarse;
    figure->alt = "";
    diag_set_sink(count, &told);
    bench = bench_new(book, 2);
    diag_set_sink(NULL, NULL);
    assert_int_equal(told, 1);
    assert_true(pages_lookup(bench.pages, "personne-1")->page
                > pages_lookup(bench.pages, "personne-0")->page + 1);
    bench_end(&bench);
}

/* A link's text is told again with each of its lines: not all of it, when that is
 * long, and cut between characters. */
static void long_links_tell_how_they_begin(void **state)
{
    struct book *book = new_book(1, 1);
    struct node *link = add(book->arena, add(book->arena, book->parts[1].body, NODE_PARAGRAPH,
                                             ROLE_NONE), NODE_LINK, ROLE_NONE);
    unsigned seed = 9;
    struct bench bench;
    size_t pieces = 0;

    (void)state;
    link->url = "https://example.org/";
    say(book->arena, link, new_words(book->arena, &seed, 2000));
    bench = bench_new(book, 1);
    for (uint32_t i = 0; i < bench.pages->count; i++)
        for (uint32_t l = 0; l < bench.pages->page[i].link_count; l++) {
            const char *contents = bench.pages->page[i].links[l].contents;

            if (bench.pages->page[i].links[l].url == NULL)
                continue;
            pieces++;
            assert_in_range(strlen(contents), 200, 500);
            assert_int_equal(utf8_valid(contents, strlen(contents)), strlen(contents));
            assert_true(g_str_has_suffix(contents, "…"));
            assert_memory_equal(contents, link->first->text, 200);
        }
    assert_true(pieces > 50);
    bench_end(&bench);
}

static struct picture square = { .path = "square.png", .kind = PICTURE_PNG, .width = 900,
                                 .height = 900, .orientation = 1 };

/* A picture in a link in a paragraph of its own. */
static void add_pictured(struct arena *arena, struct node *body, const char *alt)
{
    struct node *link = add(arena, add(arena, body, NODE_PARAGRAPH, ROLE_NONE), NODE_LINK,
                            ROLE_NONE);
    struct node *image = add(arena, link, NODE_IMAGE, ROLE_NONE);

    link->url = "https://example.org/";
    image->picture = &square;
    image->alt = alt;
}

static const char *alt_of(const struct pages *pages, const struct item *item)
{
    if (item->element == ELEMENT_ARTIFACT)
        return "decoration";
    assert_int_equal(pages->elements[item->element].kind, ELEMENT_FIGURE);
    return pages->elements[item->element].alt;
}

/* A picture that nothing describes only decorates; a link of a picture is what
 * it shows. */
static void pictures_have_words_or_decorate(void **state)
{
    static const char *const alts[] = { "Un carré", "decoration", "decoration", "Sa légende" };
    static const char *const contents[] = { "Un carré", NULL };
    struct book *book = new_book(1, 1);
    struct node *body = book->parts[1].body, *figure;
    struct bench bench;
    size_t pictures = 0, links = 0;

    (void)state;
    add_pictured(book->arena, body, "Un carré");
    add_pictured(book->arena, body, "\u00A0");
    add(book->arena, body, NODE_FIGURE, ROLE_NONE)->picture = &square;
    figure = add(book->arena, body, NODE_FIGURE, ROLE_NONE);
    figure->picture = &square;
    figure->alt = " ";
    say(book->arena, add(book->arena, figure, NODE_PARAGRAPH, ROLE_CAPTION), "Sa légende");
    bench = bench_new(book, 1);
    for (uint32_t i = 0; i < bench.pages->count; i++) {
        const struct laid_page *page = &bench.pages->page[i];

        for (uint32_t k = 0; k < page->item_count; k++)
            if (page->items[k].kind == ITEM_PICTURE)
                assert_string_equal(alt_of(bench.pages, &page->items[k]), alts[pictures++]);
        for (uint32_t l = 0; l < page->link_count; l++) {
            if (page->links[l].url == NULL)
                continue;
            if (contents[links] == NULL)
                assert_null(page->links[l].contents);
            else
                assert_string_equal(page->links[l].contents, contents[links]);
            links++;
        }
    }
    assert_int_equal(pictures, 4);
    assert_int_equal(links, 2);
    bench_end(&bench);
}

static void covers_of_any_size(void **state)
{
    struct bench bench = bench_new(new_book(3, 4), 1);
    const struct pages *cover = layout_cover(bench.layout, DIM_OF_PT(400), DIM_OF_PT(640));

    (void)state;
    assert_int_equal(cover->count, 1);
    assert_int_equal(cover->width, DIM_OF_PT(400));
    assert_non_null(item_of_text(&cover->page[0], "Portraits"));
    cover = layout_cover(bench.layout, DIM_OF_PT(300), DIM_OF_PT(300));
    assert_int_equal(cover->height, DIM_OF_PT(300));
    bench_end(&bench);
}

/* The title of a cover gets smaller rather than part a word at its hyphen. */
static void titles_of_covers_stay_whole(void **state)
{
    static const char *const words[] = { "Quatre-vingt", "Soixante-dix", "Arrière-boutiques" };

    (void)state;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct book *book = new_book(3, 4);
        struct bench bench;
        const struct pages *cover;

        book->title = arena_printf(book->arena, "%s portraits", words[i]);
        bench = bench_new(book, 1);
        cover = layout_cover(bench.layout, DIM_OF_PT(400), DIM_OF_PT(640));
        assert_non_null(item_of_text(&cover->page[0], words[i]));
        bench_end(&bench);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(body_lines_are_on_the_grid),
        cmocka_unit_test(full_pages_end_at_the_foot),
        cmocka_unit_test(starts_run_forward),
        cmocka_unit_test(contents_name_the_pages),
        cmocka_unit_test(elements_form_a_tree),
        cmocka_unit_test(threads_change_nothing),
        cmocka_unit_test(what_is_laid_out_again_is_told_once),
        cmocka_unit_test(long_links_tell_how_they_begin),
        cmocka_unit_test(pictures_have_words_or_decorate),
        cmocka_unit_test(covers_of_any_size),
        cmocka_unit_test(titles_of_covers_stay_whole),
    };

    return cmocka_run_group_tests_name("pages", tests, NULL, NULL);
}
