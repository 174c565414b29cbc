/* The parts of the book: as golden files, and what holds for every book. */
#include "base/buf.h"
#include "base/diag.h"
#include "base/file.h"
#include "book/compose.h"
#include "book/statement.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "golden.h"

#include <glib.h>

static void swallow(void *context, const struct diagnostic *d)
{
    (void)context;
    assert_int_not_equal(d->severity, DIAG_ERROR);
}

static struct book *load(const char *folder)
{
    struct arena *arena = arena_new();
    struct book *book;

    setenv("SOURCE_DATE_EPOCH", "1356998400", 1);
    diag_set_sink(swallow, NULL);
    book = book_load(folder, file_data_folder(arena));
    diag_set_sink(NULL, NULL);
    assert_non_null(book);
    arena_free(arena);
    return book;
}

static struct portrait *portrait_of(struct book *book, const char *id)
{
    for (size_t i = 0; i < book->portrait_count; i++)
        if (strcmp(book->portraits[i]->id, id) == 0)
            return book->portraits[i];
    fail_msg("no portrait %s", id);
    return NULL;
}

static void check_parts(const struct book *book, const char *name)
{
    struct buf out = {0};

    compose_print(book, &out);
    golden_check(name, buf_text(&out));
    buf_free(&out);
}

static void parts_are_as_before(void **state)
{
    struct book *book = load("tests/golden/compose-fr");
    static const char *fonts[] = { "EB Garamond (G. Duffner), SIL Open Font License 1.1",
                                   "Lato, SIL Open Font License 1.1" };

    (void)state;
    book->fonts = fonts;
    book->font_count = 2;
    portrait_of(book, "fay-wong")->is_new = true;
    portrait_of(book, "dora-quai")->is_revised = true;
    compose(book);
    check_parts(book, "compose-fr.parts");
    book_free(book);
    book = load("tests/golden/compose-en");
    compose(book);
    check_parts(book, "compose-en.parts");
    book_free(book);
}

/* A second edition, with all that a book says of itself, and the marks and dates of
 * its text. */
static void each_language_has_its_words_and_marks(void **state)
{
    static const char *const languages[] = { "de", "es", "it", "nl", "pt-BR", "pt-PT" };
    struct arena *arena = arena_new();

    (void)state;
    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++) {
        const char *name = arena_printf(arena, "compose-%s", languages[i]);
        struct book *book = load(path_join(arena, "tests/golden", name));

        portrait_of(book, "p1")->is_revised = true;
        portrait_of(book, "p3")->is_new = true;
        compose(book);
        check_parts(book, arena_printf(arena, "%s.parts", name));
        book_free(book);
    }
    arena_free(arena);
}

/* ---- What holds for every book ---------------------------------------------------- */

/* Whatever walks over NODE must come back: parents and last children agree. */
static void check_links(const struct node *root)
{
    for (const struct node *node = root; node != NULL; node = node_next(node, root)) {
        const struct node *last = NULL;

        for (const struct node *child = node->first; child != NULL; child = child->next) {
            assert_ptr_equal(child->parent, node);
            last = child;
        }
        assert_ptr_equal(node->last, last);
        if (node->kind == NODE_TEXT)
            assert_true(node->text[0] != '\0');
        if (node->kind == NODE_FIGURE || node->kind == NODE_IMAGE || node->kind == NODE_MONOGRAM
            || node->kind == NODE_SQUARE_CODE)
            assert_non_null(node->alt);
    }
}

static void take(GHashTable *ids, const char *id)
{
    if (!g_hash_table_add(ids, (gpointer)(uintptr_t)id))
        fail_msg("the id %s comes twice", id);
}

static void check_ids(const struct book *book)
{
    GHashTable *ids = g_hash_table_new(g_str_hash, g_str_equal);

    for (size_t i = 0; i < book->part_count; i++)
        take(ids, book->parts[i].id);
    for (size_t i = 0; i < book->part_count; i++)
        for (const struct node *node = book->parts[i].body; node != NULL;
             node = node_next(node, book->parts[i].body))
            if (node->id != NULL)
                take(ids, node->id);
    for (size_t i = 0; i < book->part_count; i++)
        for (const struct node *node = book->parts[i].body; node != NULL;
             node = node_next(node, book->parts[i].body))
            if (node->target != NULL && !g_hash_table_contains(ids, node->target))
                fail_msg("nothing has the id %s", node->target);
    g_hash_table_destroy(ids);
}

static void check_book(struct book *book)
{
    compose(book);
    check_ids(book);
    for (size_t i = 0; i < book->part_count; i++) {
        const struct part *part = &book->parts[i];

        assert_non_null(part->title);
        assert_non_null(part->language);
        assert_string_equal(part->body->lang, part->language);
        assert_non_null(part->body->first);
        check_links(part->body);
    }
}

static void trees_and_ids_are_sound(void **state)
{
    static const char *const folders[] = { "tests/golden/compose-fr", "tests/golden/compose-en",
                                           "content" };

    (void)state;
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        struct book *book = load(folders[i]);

        check_book(book);
        book_free(book);
    }
}

/* The text of a portrait's questions and answers, before and after. */
static void no_word_is_lost(void **state)
{
    struct book *book = load("content");
    struct buf before = {0}, after = {0};

    (void)state;
    for (size_t i = 0; i < book->portrait_count; i++)
        for (size_t j = 0; j < book->portraits[i]->question_count; j++)
            buf_puts(&before, node_flat(book->arena, book->portraits[i]->questions[j].answer));
    compose(book);
    for (size_t i = 0; i < book->portrait_count; i++)
        for (size_t j = 0; j < book->portraits[i]->question_count; j++)
            buf_puts(&after, node_flat(book->arena, book->portraits[i]->questions[j].answer));
    assert_true(before.len > 5000);
    assert_string_equal(buf_text(&before), buf_text(&after));
    buf_free(&before);
    buf_free(&after);
    book_free(book);
}

/* ---- Editions ------------------------------------------------------------------------ */

static void statements_are_true(void **state)
{
    static const struct { bool is_new, is_revised; const char *text; } samples[] = {
        { false, false, "Deuxième édition" },
        { true, false, "Deuxième édition, augmentée" },
        { false, true, "Deuxième édition, revue" },
        { true, true, "Deuxième édition, revue et augmentée" },
    };
    struct book *book = load("tests/golden/compose-fr");

    (void)state;
    for (size_t i = 0; i < 4; i++) {
        portrait_of(book, "fay-wong")->is_new = samples[i].is_new;
        portrait_of(book, "dora-quai")->is_revised = samples[i].is_revised;
        assert_string_equal(statement_of_edition(book->arena, book), samples[i].text);
    }
    book->edition = NULL;
    assert_null(statement_of_edition(book->arena, book));
    book_free(book);
}

/* The first edition, built again, knows nothing of the second. */
static void an_old_edition_ends_with_itself(void **state)
{
    struct book *book = load("tests/golden/compose-fr");
    struct buf out = {0};

    (void)state;
    book->edition = &book->editions[0];
    compose(book);
    compose_print(book, &out);
    assert_non_null(strstr(buf_text(&out), "Première édition"));
    assert_null(strstr(buf_text(&out), "Deuxième édition"));
    buf_free(&out);
    book_free(book);
}

/* ---- Names that we use ourselves ---------------------------------------------------------- */

static const struct part *part_titled(const struct book *book, const char *title)
{
    for (size_t i = 0; i < book->part_count; i++)
        if (strcmp(book->parts[i].title, title) == 0)
            return &book->parts[i];
    fail_msg("no part “%s”", title);
    return NULL;
}

/* The target of the link whose words are WORDS, in the part of that TITLE. */
static const char *target_of(const struct book *book, const char *title, const char *words)
{
    const struct node *body = part_titled(book, title)->body;

    for (const struct node *node = body; node != NULL; node = node_next(node, body))
        if (node->kind == NODE_LINK && strcmp(node_flat(book->arena, node), words) == 0)
            return node->target;
    return NULL;
}

static void put_text(struct arena *arena, const char *folder, const char *name, const char *text)
{
    const char *path = path_join(arena, folder, name);

    assert_true(folder_make(path_folder(arena, path)));
    assert_true(publish_bytes(path, text, strlen(text)));
}

static void links_reach_pages_named_like_our_parts(void **state)
{
    struct arena *arena = arena_new();
    char *folder = arena_strdup(arena, "/tmp/florilege-compose-XXXXXX");
    struct book *book;

    (void)state;
    assert_non_null(mkdtemp(folder));
    put_text(arena, folder, "anthology.yaml", "title: Names\nlanguage: en\nfront: [notes.md]\n"
             "back: [index.md, colophon.md]\n");
    put_text(arena, folder, "notes.md", "# Remarks\n\nSee [the list](index.md).[^1]\n\n"
             "[^1]: Or [how it was made](colophon.md).\n");
    put_text(arena, folder, "index.md", "# A list of ours\n\nSee [the remarks](notes.md).\n");
    put_text(arena, folder, "colophon.md", "# How it was made\n\nBy hand.\n");
    put_text(arena, folder, "portraits/ada.md", "---\nname: Ada\norganisation: The Mill\n---\n## Why [that](../notes.md)?\n\n"
             "As [the list](../index.md) says.\n");
    book = load(folder);
    compose(book);
    assert_string_equal(target_of(book, "Remarks", "the list"),
                        part_titled(book, "A list of ours")->id);
    assert_string_equal(target_of(book, "A list of ours", "the remarks"),
                        part_titled(book, "Remarks")->id);
    assert_string_equal(target_of(book, "Notes", "how it was made"),
                        part_titled(book, "How it was made")->id);
    assert_string_equal(target_of(book, "Ada", "that"), part_titled(book, "Remarks")->id);
    assert_string_equal(target_of(book, "Ada", "the list"),
                        part_titled(book, "A list of ours")->id);
    assert_string_equal(target_of(book, "Contents", "Remarks"), part_titled(book, "Remarks")->id);
    assert_string_equal(part_titled(book, "Index")->id, "index");
    assert_string_equal(part_titled(book, "Notes")->id, "notes");
    assert_int_equal(diag_count(DIAG_ERROR), 0);
    book_free(book);
    assert_int_equal(system(arena_printf(arena, "rm -r %s", folder)), 0);
    arena_free(arena);
}

/* ---- Large books ------------------------------------------------------------------------ */

static void the_corpus_composes(void **state)
{
    struct book *book;
    struct arena *arena = arena_new();
    char *folder = arena_strdup(arena, "/tmp/florilege-compose-XXXXXX");

    (void)state;
    if (!folder_exists("../shared/corpus/posts")) {
        arena_free(arena);
        skip();
    }
    assert_non_null(mkdtemp(folder));
    assert_true(publish_bytes(path_join(arena, folder, "anthology.yaml"),
                              "title: Corpus\nlanguage: en\n", 27));
    assert_int_equal(system(arena_printf(arena, "mkdir %s/portraits && cp ../shared/corpus/posts/* "
                                         "%s/portraits", folder, folder)), 0);
    book = load(folder);
    check_book(book);
    assert_int_equal(book->portrait_count, 78);
    book_free(book);
    assert_int_equal(system(arena_printf(arena, "rm -r %s", folder)), 0);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_are_as_before),
        cmocka_unit_test(each_language_has_its_words_and_marks),
        cmocka_unit_test(trees_and_ids_are_sound),
        cmocka_unit_test(no_word_is_lost),
        cmocka_unit_test(statements_are_true),
        cmocka_unit_test(an_old_edition_ends_with_itself),
        cmocka_unit_test(links_reach_pages_named_like_our_parts),
        cmocka_unit_test(the_corpus_composes),
    };

    return cmocka_run_group_tests_name("compose", tests, NULL, NULL);
}
