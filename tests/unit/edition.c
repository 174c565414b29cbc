/* Two states of a book compared, and the ledger written and read again. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/publish.h"
#include "book/edition.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define B "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
#define C "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc"
#define D "dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd"

static struct ledger_hash ada_then[] = { { "ada-q-one", A }, { "ada-q-two", B } };
static struct ledger_hash ada_now[] = { { "ada-q-one", A }, { "ada-q-two", C } };
static struct ledger_hash zoe_then[] = { { "zoe-q-one", C }, { "zoe-q-two", D } };
static struct ledger_hash zoe_now[] = { { "zoe-l-q-one", C }, { "zoe-l-q-two", B } };

static struct ledger_portrait then[] = {
    { "ada", A, "1", ada_then, 2, 0 }, { "bob", B, "5", NULL, 0, 0 }, { "gone", C, "7", NULL, 0, 0 },
    { "zoe", D, "9", zoe_then, 2, 0 },
};
static struct ledger_portrait now[] = {
    { "ada", B, "1", ada_now, 2, 0 }, { "bob", B, "5", NULL, 0, 0 }, { "new", D, "7", NULL, 0, 0 },
    { "zoe-l", A, "9", zoe_now, 2, 0 },
};
static struct ledger_hash files_then[] = { { "anthology.yaml", A }, { "front/a: b.md", B },
                                           { "styles/poche/print.yaml", C } };
static struct ledger_hash files_now[] = { { "anthology.yaml", D }, { "front/c.md", B },
                                          { "styles/poche/print.yaml", C } };
static const char *titles_then[] = { "one", "two" }, *titles_now[] = { "three", "two" };

static struct ledger_entry entry_then(void)
{
    return (struct ledger_entry){
        .edition = { .number = 1, .date = "2012-05-14", .isbn_epub = "9782123456803",
                     .note = "It said: “yes”" },
        .book = A, .program = "0.1", .portraits = then, .portrait_count = 4,
        .reading = titles_then, .reading_count = 2, .files = files_then, .file_count = 3 };
}

static struct ledger_entry entry_now(void)
{
    return (struct ledger_entry){
        .edition = { .number = 2, .date = "2013-05-14" }, .book = A, .program = "0.1",
        .portraits = now, .portrait_count = 4, .reading = titles_now, .reading_count = 2,
        .files = files_now, .file_count = 3 };
}

static void nothing_changes_by_itself(void **state)
{
    struct arena *arena = arena_new();
    struct ledger_entry from = entry_then();
    struct changes changes = edition_changes(arena, &from, &from);

    (void)state;
    assert_false(changes_any(&changes));
    assert_false(changes_call_for_edition(&changes));
    arena_free(arena);
}

static void each_kind_of_change_is_told(void **state)
{
    struct arena *arena = arena_new();
    struct ledger_entry from = entry_then(), to = entry_now();
    struct changes changes;

    (void)state;
    now[2].sha256 = "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee";
    changes = edition_changes(arena, &from, &to);
    assert_int_equal(changes.portrait_count, 4);
    assert_int_equal(changes.portraits[0].kind, CHANGE_REVISED);
    assert_string_equal(changes.portraits[0].id, "ada");
    assert_int_equal(changes.portraits[0].question_count, 1);
    assert_string_equal(changes.portraits[0].questions[0], "ada-q-two");
    assert_int_equal(changes.portraits[0].questions_gone, 0);
    assert_int_equal(changes.portraits[1].kind, CHANGE_NEW);
    assert_string_equal(changes.portraits[1].id, "new");
    assert_int_equal(changes.portraits[2].kind, CHANGE_RENAMED);
    assert_string_equal(changes.portraits[2].was, "zoe");
    assert_int_equal(changes.portraits[2].question_count, 1);
    assert_int_equal(changes.portraits[3].kind, CHANGE_GONE);
    assert_string_equal(changes.portraits[3].id, "gone");
    assert_int_equal(changes.titles_new_count, 1);
    assert_string_equal(changes.titles_new[0], "three");
    assert_string_equal(changes.titles_gone[0], "one");
    assert_false(changes.rest);
    assert_int_equal(changes.file_count, 3);
    assert_int_equal(changes.files[0].kind, CHANGE_REVISED);
    assert_string_equal(changes.files[0].name, "anthology.yaml");
    assert_int_equal(changes.files[1].kind, CHANGE_NEW);
    assert_string_equal(changes.files[1].name, "front/c.md");
    assert_int_equal(changes.files[2].kind, CHANGE_GONE);
    assert_string_equal(changes.files[2].name, "front/a: b.md");
    assert_true(changes_call_for_edition(&changes));
    arena_free(arena);
}

static void a_renamed_portrait_is_no_new_one(void **state)
{
    struct arena *arena = arena_new();
    struct ledger_entry from = entry_then(), to = entry_then();
    struct ledger_portrait renamed[] = { then[0], then[1], then[2], then[3] };
    struct changes changes;

    (void)state;
    renamed[3].id = "zoe-martin";
    to.portraits = renamed;
    changes = edition_changes(arena, &from, &to);
    assert_int_equal(changes.portrait_count, 1);
    assert_int_equal(changes.portraits[0].kind, CHANGE_RENAMED);
    assert_int_equal(changes.portraits[0].question_count, 0);
    assert_false(changes_call_for_edition(&changes));
    arena_free(arena);
}

static void the_ledger_reads_back(void **state)
{
    struct arena *arena = arena_new();
    char *folder = arena_strdup(arena, "/tmp/florilege-edition-XXXXXX");
    struct ledger_entry entries[] = { entry_then(), entry_now() };
    struct ledger ledger = { .entries = entries, .count = 2 }, again;
    struct buf text = {0}, twice = {0};

    (void)state;
    now[2].sha256 = D;
    assert_non_null(mkdtemp(folder));
    ledger.path = path_join(arena, folder, "editions.yaml");
    ledger_write(&ledger, &text);
    assert_true(publish_bytes(ledger.path, text.data, text.len));
    assert_true(ledger_load(arena, folder, &again));
    ledger_write(&again, &twice);
    assert_string_equal(buf_text(&text), buf_text(&twice));
    assert_string_equal(again.entries[0].edition.note, "It said: “yes”");
    assert_string_equal(ledger_portrait_lookup(&again.entries[1], "zoe-l")->page, "9");
    assert_null(ledger_portrait_lookup(&again.entries[1], "zoe"));
    assert_int_equal(again.entries[0].file_count, 3);
    assert_string_equal(ledger_hash_lookup(again.entries[0].files, 3, "front/a: b.md"), B);
    buf_free(&text);
    buf_free(&twice);
    unlink(ledger.path);
    rmdir(folder);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_changes_by_itself),
        cmocka_unit_test(each_kind_of_change_is_told),
        cmocka_unit_test(a_renamed_portrait_is_no_new_one),
        cmocka_unit_test(the_ledger_reads_back),
    };

    return cmocka_run_group_tests_name("edition", tests, NULL, NULL);
}
