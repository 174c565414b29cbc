/* Small portraits laid out whole: tests/golden/layout-*.md, each in a book of
 * its own, against the .layout beside it. */
#include "base/buf.h"
#include "base/diag.h"
#include "base/file.h"
#include "book/compose.h"
#include "layout/layout.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <glib.h>
#include <glib/gstdio.h>

#include "golden.h"

static const char anthology[] =
    "title: Essais\nslug: essais\nlanguage: fr-CA\n"
    "work: urn:uuid:00000000-0000-4000-8000-000000000000\n";

/* The portrait in a part; the colophon follows it in the table of contents. */
static const char divided[] =
    "title: Essais\nslug: essais\nlanguage: fr-CA\n"
    "work: urn:uuid:00000000-0000-4000-8000-000000000000\n"
    "toc-depth: 2\n"
    "parts:\n  - title: Sur le quai\n    portraits: [layout-division]\n";

/* A title page with more on it than its places hold. */
static const char crowded[] =
    "title: Le grand livre des gens du port, des quais, des cales, des grues et des bateaux, "
    "de leurs métiers, de leurs outils et de leurs saisons, année après année\n"
    "slug: essais\nlanguage: fr-CA\n"
    "work: urn:uuid:00000000-0000-4000-8000-000000000000\n"
    "subtitle: Entretiens menés par tous les temps, à toutes les heures, avec celles et ceux "
    "qui ont bien voulu répondre, et avec quelques autres encore\n"
    "editors: [Anne Amarre, Basile Bitte, Claire Corde, Denis Drisse, Élise Écoute, Flore Filin, "
    "Guy Garcette, Hélène Hauban, Irène Itague, Jean Jottereau]\n"
    "publisher: {name: Les Presses du bassin numéro trois}\n";

/* Warnings of other things than the pages may be. */
static void ignore(void *context, const struct diagnostic *diagnostic)
{
    (void)context;
    assert_int_not_equal(diagnostic->severity, DIAG_ERROR);
    assert_string_not_equal(diagnostic->rule, "overfull");
}

static const char square[] =
    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"400\" height=\"400\">"
    "<rect width=\"400\" height=\"400\" fill=\"#888\"/></svg>\n";

/* A content folder with the portrait of tests/golden/NAME.md and a picture, in the
 * anthology that HEAD describes. */
static char *new_content(struct arena *arena, const char *name, const char *head)
{
    char *folder = g_dir_make_tmp("florilege-layout-XXXXXX", NULL), *content, *portraits, *text;
    size_t bytes;

    assert_non_null(folder);
    content = arena_strdup(arena, folder);
    g_free(folder);
    portraits = path_join(arena, content, "portraits");
    assert_true(folder_make(portraits));
    assert_true(publish_bytes(path_join(arena, content, "anthology.yaml"), head,
                              strlen(head)));
    assert_true(folder_make(path_join(arena, content, "photos")));
    assert_true(publish_bytes(path_join(arena, content, "photos/carre.svg"), square,
                              strlen(square)));
    text = file_read(arena, arena_printf(arena, "tests/golden/%s.md", name), 0, &bytes);
    assert_non_null(text);
    assert_true(publish_bytes(arena_printf(arena, "%s/%s.md", portraits, name), text, bytes));
    return content;
}

static void drop_content(struct arena *arena, const char *content, const char *name)
{
    g_remove(arena_printf(arena, "%s/portraits/%s.md", content, name));
    g_rmdir(arena_printf(arena, "%s/portraits", content));
    g_remove(arena_printf(arena, "%s/photos/carre.svg", content));
    g_rmdir(arena_printf(arena, "%s/photos", content));
    g_remove(arena_printf(arena, "%s/anthology.yaml", content));
    g_rmdir(content);
}

struct laid {
    struct arena *arena;
    struct pool *pool;
    struct book *book;
    struct style *style;
    struct layout *layout;
};

static struct laid lay_out(const char *name, const char *head, const char *look)
{
    struct laid laid = { .arena = arena_new(), .pool = pool_new(2) };
    const char *data = file_data_folder(laid.arena);
    char *content = new_content(laid.arena, name, head);

    setenv("SOURCE_DATE_EPOCH", "1356998400", 1);
    diag_set_sink(ignore, NULL);
    laid.book = book_load(content, data);
    assert_non_null(laid.book);
    compose(laid.book);
    laid.style = style_load(data, look);
    laid.layout = layout_new(laid.book, laid.style, laid.pool);
    diag_set_sink(NULL, NULL);
    drop_content(laid.arena, content, name);
    return laid;
}

static void drop_laid(struct laid *laid)
{
    layout_free(laid->layout);
    style_free(laid->style);
    book_free(laid->book);
    pool_free(laid->pool);
    arena_free(laid->arena);
}

static void check_layout(const char *name, const char *head, const char *look)
{
    struct laid laid = lay_out(name, head, look);
    struct buf out = {0};

    pages_print(layout_pages(laid.layout), &out);
    golden_check(arena_printf(laid.arena, "%s.layout", name), buf_text(&out));
    buf_free(&out);
    drop_laid(&laid);
}

static void a_portrait(void **state)
{
    (void)state;
    check_layout("layout-portrait", anthology, "classique");
}

/* The first of the words that is TEXT. */
static const struct shaped *word_of(const struct laid *laid, const char *text)
{
    const struct pages *pages = layout_pages(laid->layout);

    for (uint32_t p = 0; p < pages->count; p++)
        for (uint32_t i = 0; i < pages->page[p].item_count; i++) {
            const struct item *item = &pages->page[p].items[i];

            for (uint32_t w = 0; item->kind == ITEM_WORDS && w < item->words.count; w++)
                if (strcmp(item->words.word[w].shaped->text, text) == 0)
                    return item->words.word[w].shaped;
        }
    fail_msg("no word “%s”", text);
    return NULL;
}

static unsigned last_glyph(const struct laid *laid, const char *text)
{
    const struct shaped *word = word_of(laid, text);

    return word->glyphs[word->count - 1].id;
}

/* "Odile Ferrand répare" in small capitals, the rest not. */
static void a_lead_in_ends_behind_a_word(void **state)
{
    struct laid laid = lay_out("layout-portrait", anthology, "classique");

    (void)state;
    assert_int_not_equal(last_glyph(&laid, "répare"), last_glyph(&laid, "elle"));
    assert_int_equal(last_glyph(&laid, "chaque"), last_glyph(&laid, "elle"));
    assert_int_equal(word_of(&laid, "des")->glyphs[1].id, last_glyph(&laid, "elle"));
    drop_laid(&laid);
}

static void tables_code_and_notes(void **state)
{
    (void)state;
    check_layout("layout-blocks", anthology, "classique");
}

static void pictures_and_captions(void **state)
{
    (void)state;
    check_layout("layout-picture", anthology, "classique");
}

static void wide_tables_and_long_ones(void **state)
{
    (void)state;
    check_layout("layout-wide", anthology, "classique");
}

static void a_division_in_the_contents(void **state)
{
    (void)state;
    check_layout("layout-division", divided, "classique");
}

/* Near its picture also where its lines are those of the grid. */
static void a_caption_in_large_print(void **state)
{
    (void)state;
    check_layout("layout-caption", anthology, "grands-caracteres");
}

static void a_crowded_title_page(void **state)
{
    (void)state;
    check_layout("layout-title", crowded, "classique");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_portrait),
        cmocka_unit_test(a_lead_in_ends_behind_a_word),
        cmocka_unit_test(tables_code_and_notes),
        cmocka_unit_test(pictures_and_captions),
        cmocka_unit_test(wide_tables_and_long_ones),
        cmocka_unit_test(a_division_in_the_contents),
        cmocka_unit_test(a_caption_in_large_print),
        cmocka_unit_test(a_crowded_title_page),
    };

    return cmocka_run_group_tests_name("layout", tests, NULL, NULL);
}
