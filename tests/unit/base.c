/* The base: memory, buffers, UTF-8, files, publishing, the pool. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/pool.h"
#include "base/publish.h"
#include "base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static void arena_gives_zeroed_memory(void **state)
{
    struct arena *arena = arena_new();
    unsigned char *large = arena_alloc(arena, 3000000);

    (void)state;
    for (size_t i = 0; i < 3000000; i += 999)
        assert_int_equal(large[i], 0);
    for (int i = 0; i < 10000; i++) {
        char *text = arena_printf(arena, "number %d", i);

        assert_int_equal((uintptr_t)text % sizeof(double), 0);
        assert_int_equal(atoi(text + 7), i);
    }
    assert_null(arena_strdup(arena, NULL));
    arena_free(arena);
    arena_free(NULL);
}

static void buffer_grows_and_cuts(void **state)
{
    struct buf buf = {0};

    (void)state;
    assert_string_equal(buf_text(&buf), "");
    for (int i = 0; i < 1000; i++)
        buf_printf(&buf, "%d,", i);
    buf_cut(&buf, 6);
    buf_put_code(&buf, 0xE9);
    assert_string_equal(buf_text(&buf), "0,1,2,é");
    buf_free(&buf);
}

static void utf8_is_strict(void **state)
{
    static const char *const bad[] = { "\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80",
                                       "\xE2\x82", "\x80", "\xFF" };
    const char *text = "aé€😀", *at = text, *end = text + strlen(text);

    (void)state;
    assert_int_equal(utf8_valid(text, strlen(text)), strlen(text));
    assert_int_equal(utf8_length(text, strlen(text)), 4);
    assert_int_equal(utf8_next(&at, end), 'a');
    assert_int_equal(utf8_next(&at, end), 0xE9);
    assert_int_equal(utf8_next(&at, end), 0x20AC);
    assert_int_equal(utf8_next(&at, end), 0x1F600);
    assert_int_equal(utf8_next(&at, end), 0);
    assert_int_equal(utf8_prev(&at, text), 0x1F600);
    assert_int_equal(utf8_prev(&at, text), 0x20AC);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(utf8_valid(bad[i], strlen(bad[i])), 0);
}

static void normal_form_composes(void **state)
{
    char *text = utf8_new_nfc("e\xCC\x81", 3);

    (void)state;
    assert_string_equal(text, "é");
    free(text);
}

static void paths_come_apart(void **state)
{
    struct arena *arena = arena_new();

    (void)state;
    assert_string_equal(path_join(arena, "a/", "b"), "a/b");
    assert_string_equal(path_join(arena, ".", "b"), "b");
    assert_string_equal(path_join(arena, "/", "b"), "/b");
    assert_string_equal(path_join(arena, "a", "/b"), "/b");
    assert_string_equal(path_folder(arena, "a/b/c.md"), "a/b");
    assert_string_equal(path_folder(arena, "c.md"), ".");
    assert_string_equal(path_stem(arena, "a/b.c.md"), "b.c");
    assert_string_equal(path_stem(arena, "a/.hidden"), ".hidden");
    arena_free(arena);
}

struct seen { size_t count; struct diagnostic last; char message[200]; };

static void see(void *context, const struct diagnostic *d)
{
    struct seen *seen = context;

    seen->count++;
    seen->last = *d;
    snprintf(seen->message, sizeof seen->message, "%s", d->message);
}

static char *scratch(struct arena *arena)
{
    char *folder = arena_strdup(arena, "/tmp/florilege-base-XXXXXX");

    assert_non_null(mkdtemp(folder));
    return folder;
}

static void text_files_are_checked(void **state)
{
    struct arena *arena = arena_new();
    struct seen seen = {0};
    char *folder = scratch(arena), *path = path_join(arena, folder, "x.md");
    size_t bytes;

    (void)state;
    diag_set_sink(see, &seen);
    assert_true(publish_bytes(path, "\xEF\xBB\xBF" "a\r\nb\rc\n", 10));
    assert_string_equal(file_read_text(arena, path, &bytes), "a\nb\nc\n");
    assert_int_equal(bytes, 6);
    assert_true(publish_bytes(path, "a\n\xC3\xA9\xFF", 5));
    assert_null(file_read_text(arena, path, &bytes));
    assert_int_equal(seen.last.at.line, 2);
    assert_int_equal(seen.last.at.col, 2);
    assert_string_equal(seen.last.rule, "not-utf8");
    assert_null(file_read(arena, folder, 0, &bytes));
    assert_int_equal(seen.count, 2);
    diag_set_sink(NULL, NULL);
    unlink(path);
    rmdir(folder);
    arena_free(arena);
}

static void publishing_is_all_or_nothing(void **state)
{
    struct arena *arena = arena_new();
    struct seen seen = {0};
    char *folder = scratch(arena);
    char *one = path_join(arena, folder, "one"), *two = path_join(arena, folder, "two");
    struct publish *list[3] = {0};
    size_t bytes;

    (void)state;
    assert_true(publish_bytes(one, "old", 3));
    list[0] = publish_new(one);
    list[1] = publish_new(two);
    publish_write(list[0], "new", 3);
    publish_fail(list[1]);
    assert_false(publish_commit_all(list, 3));
    assert_string_equal(file_read(arena, one, 0, &bytes), "old");
    folder_list(arena, folder, &bytes);
    assert_int_equal(bytes, 1);
    list[0] = publish_new(one);
    list[1] = publish_new(two);
    publish_withhold(list[1]);
    publish_write(list[0], "new", 3);
    assert_true(publish_commit_all(list, 2));
    assert_string_equal(file_read(arena, one, 0, &bytes), "new");
    assert_false(file_exists(two));
    diag_set_sink(see, &seen);
    list[0] = publish_new("/proc/nowhere/file");
    assert_false(publish_commit(list[0]));
    assert_int_equal(seen.count, 1);
    diag_set_sink(NULL, NULL);
    unlink(one);
    rmdir(folder);
    arena_free(arena);
}

static void holds_nest(void **state)
{
    const struct place at = { "x", 1, 1 };
    struct seen seen = {0};
    struct diag_held *outer, *inner;

    (void)state;
    diag_set_sink(see, &seen);
    diag_hold();
    diag_hold();
    diag(DIAG_NOTE, at, "test", "dropped");
    diag_drop(diag_take());
    diag_hold();
    diag(DIAG_NOTE, at, "test", "kept");
    inner = diag_take();
    diag_release(inner);
    outer = diag_take();
    assert_int_equal(seen.count, 0);
    diag_release(outer);
    assert_int_equal(seen.count, 1);
    assert_string_equal(seen.message, "kept");
    diag(DIAG_NOTE, at, "test", "at once");
    assert_int_equal(seen.count, 2);
    diag_set_sink(NULL, NULL);
}

static void count_up(void *context, size_t index, int worker)
{
    int *done = context;

    assert_in_range(worker, 0, 3);
    done[index]++;
    diag(DIAG_NOTE, (struct place){ "x", (int)index + 1, 1 }, "test", "job");
}

static void in_order(void *context, const struct diagnostic *d)
{
    int *line = context;

    assert_int_equal(d->at.line, ++*line);
}

static void pool_keeps_the_order(void **state)
{
    struct pool *pool = pool_new(4);
    int done[500] = {0}, line = 0;

    (void)state;
    diag_set_sink(in_order, &line);
    pool_run(pool, 500, count_up, done);
    pool_run(pool, 0, count_up, done);
    diag_set_sink(NULL, NULL);
    assert_int_equal(line, 500);
    for (int i = 0; i < 500; i++)
        assert_int_equal(done[i], 1);
    pool_free(pool);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arena_gives_zeroed_memory),
        cmocka_unit_test(buffer_grows_and_cuts),
        cmocka_unit_test(utf8_is_strict),
        cmocka_unit_test(normal_form_composes),
        cmocka_unit_test(paths_come_apart),
        cmocka_unit_test(text_files_are_checked),
        cmocka_unit_test(publishing_is_all_or_nothing),
        cmocka_unit_test(holds_nest),
        cmocka_unit_test(pool_keeps_the_order),
    };

    return cmocka_run_group_tests_name("base", tests, NULL, NULL);
}
