/* Whichever side of the leaf a portrait opens on, its pages break the same
 * lines: a book laid out twice, the second time behind one portrait more. */
#include "base/buf.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/publish.h"
#include "book/compose.h"
#include "layout/layout.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "scratch.h"

/* ---- Books ---------------------------------------------------------------------- */

struct laid {
    struct book *book;
    struct style *style;
    struct pool *pool;
    struct layout *layout;
    const struct pages *pages;
};

static void ignore(void *context, const struct diagnostic *diagnostic)
{
    (void)context;
    assert_int_not_equal(diagnostic->severity, DIAG_ERROR);
}

static struct laid lay_out(struct arena *arena, const char *content, const char *style)
{
    const char *data = file_data_folder(arena);
    struct laid laid = { .pool = pool_new(2) };

    diag_set_sink(ignore, NULL);
    laid.book = book_load(content, data);
    assert_non_null(laid.book);
    compose(laid.book);
    laid.style = style_load(data, style);
    assert_non_null(laid.style);
    laid.layout = layout_new(laid.book, laid.style, laid.pool);
    assert_non_null(laid.layout);
    diag_set_sink(NULL, NULL);
    laid.pages = layout_pages(laid.layout);
    return laid;
}

static void laid_end(struct laid *laid)
{
    layout_free(laid->layout);
    style_free(laid->style);
    book_free(laid->book);
    pool_free(laid->pool);
}

static void put_text(struct arena *arena, const char *folder, const char *name, const char *text)
{
    const char *path = path_join(arena, folder, name);

    assert_true(folder_make(path_folder(arena, path)));
    assert_true(publish_bytes(path, text, strlen(text)));
}

static void copy_portrait(struct arena *arena, const char *folder, const char *from,
                          const char *name)
{
    size_t bytes;
    const char *text = file_read_text(arena, from, &bytes);

    assert_non_null(text);
    put_text(arena, folder, path_join(arena, "portraits", name), text);
}

/* ---- What is compared -------------------------------------------------------------- */

/* Every item of PAGE that belongs to its text: where it stands from the margin
 * and from the head of the page, and the words of its line. */
static void print_page(const struct laid *laid, uint32_t number, struct buf *out)
{
    const struct laid_page *page = &laid->pages->page[number];
    dim margin = number % 2 == 0 ? laid->style->inner : laid->style->outer;

    buf_puts(out, "page\n");
    for (uint32_t i = 0; i < page->item_count; i++) {
        const struct item *item = &page->items[i];

        if (item->element == ELEMENT_ARTIFACT)
            continue;
        buf_printf(out, "%d %d %d", item->kind, (int)(item->x - margin), (int)item->y);
        if (item->kind == ITEM_WORDS)
            buf_printf(out, " %d ", (int)item->words.stretch);
        for (uint32_t w = 0; item->kind == ITEM_WORDS && w < item->words.count; w++)
            buf_printf(out, "%s%s", item->words.word[w].shaped->text,
                       item->words.word[w].flags & WORD_SPACE ? " " : "");
        buf_putc(out, '\n');
    }
}

/* All pages of the part ID, in the arena; the number of the first in *FIRST. */
static const char *print_part(struct arena *arena, const struct laid *laid, const char *id,
                              uint32_t *first)
{
    const struct destination *opening = pages_lookup(laid->pages, id);
    struct buf out = {0};
    const char *text;

    assert_non_null(opening);
    *first = opening->page;
    for (uint32_t p = opening->page; p < laid->pages->count
         && strcmp(laid->pages->page[p].part->id, id) == 0 && !laid->pages->page[p].blank; p++)
        print_page(laid, p, &out);
    text = arena_strdup(arena, buf_text(&out));
    buf_free(&out);
    return text;
}

/* Each portrait of BEFORE reads the same in AFTER; returns how many changed sides. */
static int compare_portraits(struct arena *arena, const struct laid *before,
                             const struct laid *after)
{
    int turned = 0;

    for (size_t i = 0; i < before->book->part_count; i++) {
        const struct part *part = &before->book->parts[i];
        uint32_t here, there;

        if (part->kind != PART_PORTRAIT && part->kind != PART_CONTACT)
            continue;
        assert_string_equal(print_part(arena, before, part->id, &here),
                            print_part(arena, after, part->id, &there));
        turned += here % 2 != there % 2;
    }
    return turned;
}

/* ---- Tests ---------------------------------------------------------------------------- */

static const char newcomer[] =
    "---\nname: Aa Premier\nsort-name: Aa\ndate: 2012-01-01\n---\n"
    "## Déjà là?\n\nDepuis ce matin seulement, et pour longtemps.\n";

/* Answers of many paragraphs, so that their pages end in all manners; they name
 * the newcomer, whom the index then lists. */
static const char *long_portrait(struct arena *arena)
{
    static const char *const says[] = {
        "Le matin commence par une lecture lente de ce qui est resté sur la table la veille. ",
        "Rien n’y est pressé, et pourtant les heures s’y comptent autrement qu’ailleurs. ",
        "On y reprend l’ouvrage, on le retourne, on le laisse reposer puis on y revient. ",
        "Extraordinairement longues, certaines journées ne laissent qu’une page. ",
        "On y parle d’Aa Premier, quelquefois même (Aa Premier) sans le dire. ",
    };
    struct buf text = {0};
    const char *copy;

    buf_puts(&text, "---\nname: Zoé Longue\ndate: 2012-02-01\n---\n");
    for (int question = 0; question < 12; question++) {
        buf_printf(&text, "## Que dire du moment %d?\n\n", question);
        for (int i = 0; i < 3 + question % 3; i++) {
            for (int s = 0; s < 2 + (question + 2 * i) % 5; s++)
                buf_puts(&text, says[(question + i + s) % 5]);
            buf_puts(&text, "\n\n");
        }
    }
    copy = arena_strdup(arena, buf_text(&text));
    buf_free(&text);
    return copy;
}

static void small_book(struct arena *arena, const char *folder)
{
    put_text(arena, folder, "anthology.yaml", "title: Côtés\nlanguage: fr-CA\n");
    copy_portrait(arena, folder, "tests/golden/layout-blocks.md", "blocks.md");
    copy_portrait(arena, folder, "tests/golden/layout-portrait.md", "portrait.md");
    put_text(arena, folder, "portraits/zoe-longue.md", long_portrait(arena));
}

static void check_in(const char *style)
{
    struct arena *arena = arena_new();
    char *folder = arena_strdup(arena, "/tmp/florilege-sides-XXXXXX");
    struct laid before, after;

    assert_non_null(mkdtemp(folder));
    small_book(arena, folder);
    before = lay_out(arena, folder, style);
    put_text(arena, folder, "portraits/aa-premier.md", newcomer);
    after = lay_out(arena, folder, style);
    assert_int_equal(after.book->portrait_count, before.book->portrait_count + 1);
    assert_true(compare_portraits(arena, &before, &after) > 2);
    laid_end(&before);
    laid_end(&after);
    remove_tree(arena, folder);
    arena_free(arena);
}

static void a_small_book(void **state)
{
    (void)state;
    check_in("classique");
    check_in("poche");
    check_in("grands-caracteres");
}

/* The published interviews, where they are at hand: of all kinds and lengths. */
static void a_large_book(void **state)
{
    struct arena *arena = arena_new();
    char *folder = arena_strdup(arena, "/tmp/florilege-sides-XXXXXX"), **posts;
    struct laid before, after;
    size_t count;

    (void)state;
    posts = folder_list(arena, "../shared/corpus/posts", &count);
    if (count == 0) {
        arena_free(arena);
        skip();
    }
    assert_non_null(mkdtemp(folder));
    put_text(arena, folder, "anthology.yaml", "title: Sides\nlanguage: en-US\n");
    for (size_t i = 0; i < count; i++)
        copy_portrait(arena, folder, path_join(arena, "../shared/corpus/posts", posts[i]),
                      posts[i]);
    before = lay_out(arena, folder, "classique");
    put_text(arena, folder, "portraits/aa-premier.md", newcomer);
    after = lay_out(arena, folder, "classique");
    assert_true(compare_portraits(arena, &before, &after) > (int)count / 2);
    laid_end(&before);
    laid_end(&after);
    remove_tree(arena, folder);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_small_book),
        cmocka_unit_test(a_large_book),
    };

    return cmocka_run_group_tests_name("sides", tests, NULL, NULL);
}
