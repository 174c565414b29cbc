/* The readers of a content folder, as golden files. Each tests/golden/KIND/NAME
 * is put into a small sound folder in place of one of its files; NAME.diag is
 * what is told of it, NAME.model the model of what it holds, if it is read. */
#include "base/buf.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/publish.h"
#include "book/book.h"

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
#include "scratch.h"

struct trial {
    struct arena *arena;
    const char *folder, *data;
    struct buf told;
};

static void keep(void *context, const struct diagnostic *d)
{
    struct trial *trial = context;
    size_t length = strlen(trial->folder);
    const char *path = d->at.path == NULL ? "" : d->at.path, *rest = d->message, *found;

    if (strncmp(path, trial->folder, length) == 0)
        path += path[length] == '/' ? length + 1 : length;
    buf_printf(&trial->told, "%s:%d:%d: %s: ", path, d->at.line, d->at.col,
               severity_name(d->severity));
    while ((found = strstr(rest, trial->folder)) != NULL) {
        buf_append(&trial->told, rest, (size_t)(found - rest));
        buf_puts(&trial->told, "CONTENT");
        rest = found + length;
    }
    buf_printf(&trial->told, "%s [%s]\n", rest, d->rule);
}

static void put(struct trial *trial, const char *from, const char *to)
{
    size_t bytes;
    const char *data = file_read(trial->arena, from, 0, &bytes);

    assert_non_null(data);
    assert_true(publish_bytes(path_join(trial->arena, trial->folder, to), data, bytes));
}

/* Everything but what is on trial, from tests/golden/portrait. */
static void put_sound_files(struct trial *trial)
{
    const char *photos = "tests/golden/portrait/photos";
    size_t count;
    char **names = folder_list(trial->arena, photos, &count);

    put(trial, "tests/golden/portrait/anthology.yaml", "anthology.yaml");
    put(trial, "tests/golden/portrait/reading-list.yaml", "reading-list.yaml");
    for (size_t i = 0; i < count; i++)
        put(trial, path_join(trial->arena, photos, names[i]),
            arena_printf(trial->arena, "photos/%s", names[i]));
}

static void begin(struct trial *trial)
{
    char name[] = "/tmp/florilege-reading-XXXXXX";

    *trial = (struct trial){ .arena = arena_new() };
    assert_non_null(mkdtemp(name));
    trial->folder = arena_strdup(trial->arena, name);
    trial->data = file_data_folder(trial->arena);
    put_sound_files(trial);
    setenv("SOURCE_DATE_EPOCH", "1356998400", 1);
    diag_set_sink(keep, trial);
}

static void end(struct trial *trial)
{
    diag_set_sink(NULL, NULL);
    remove_tree(trial->arena, trial->folder);
    buf_free(&trial->told);
    arena_free(trial->arena);
}

/* Are there golden files for what is read? A file that is refused has none. */
static void compare(struct trial *trial, const char *name, struct book *book,
                    void print(const struct book *book, struct buf *out))
{
    struct buf model = {0};

    golden_check(arena_printf(trial->arena, "%s.diag", name), buf_text(&trial->told));
    if (book != NULL) {
        print(book, &model);
        golden_check(arena_printf(trial->arena, "%s.model", name), buf_text(&model));
    } else {
        assert_false(file_exists(arena_printf(trial->arena, "tests/golden/%s.model", name)));
    }
    buf_free(&model);
}

static void print_portraits(const struct book *book, struct buf *out)
{
    for (size_t i = 0; i < book->portrait_count; i++)
        portrait_print(book, book->portraits[i], out);
}

/* Tries each file with ENDING of the folder tests/golden/KIND as file TO. */
static void try_all(const char *kind, const char *ending, const char *to,
                    void print(const struct book *book, struct buf *out))
{
    struct arena *arena = arena_new();
    const char *folder = path_join(arena, "tests/golden", kind);
    size_t count, tried = 0;
    char **names = folder_list(arena, folder, &count);

    for (size_t i = 0; i < count; i++) {
        struct trial trial;
        struct book *book;
        const char *dot = strrchr(names[i], '.');

        if (dot == NULL || strcmp(dot, ending) != 0 || strcmp(names[i], "anthology.yaml") == 0
            || strcmp(names[i], "reading-list.yaml") == 0)
            continue;
        begin(&trial);
        if (strcmp(kind, "portrait") != 0)
            for (int p = 0; p < 3; p++)
                put(&trial, "tests/golden/sound.md",
                    arena_printf(arena, "portraits/person-%c.md", 'a' + p));
        if (file_exists(path_join(arena, folder, "anthology.yaml")))
            put(&trial, path_join(arena, folder, "anthology.yaml"), "anthology.yaml");
        put(&trial, path_join(arena, folder, names[i]), arena_printf(arena, to, names[i]));
        book = book_load(trial.folder, trial.data);
        compare(&trial, arena_printf(arena, "%s/%s", kind, path_stem(arena, names[i])), book,
                print);
        book_free(book);
        end(&trial);
        tried++;
    }
    assert_true(tried > 0);
    arena_free(arena);
}

static void portraits_are_read(void **state)
{
    (void)state;
    try_all("portrait", ".md", "portraits/%s", print_portraits);
}

static void print_front(const struct book *book, struct buf *out)
{
    struct buf all = {0};
    const char *front, *end;

    book_print(book, &all);
    front = strstr(buf_text(&all), "  front ");
    end = strstr(buf_text(&all), "  portrait ");
    buf_append(out, front, (size_t)(end - front));
    buf_free(&all);
}

static void pages_are_read(void **state)
{
    (void)state;
    try_all("page", ".md", "front/page.md", print_front);
}

/* Threads read them; what is told and made is in the order of the files. */
static void many_portraits_are_read_in_order(void **state)
{
    struct buf models[2] = {{0}}, told = {0};

    (void)state;
    for (int round = 0; round < 2; round++) {
        struct trial trial;
        struct book *book;

        begin(&trial);
        for (int i = 0; i < 100; i++)
            put(&trial, "tests/golden/portrait/unanswered.md",
                arena_printf(trial.arena, "portraits/p-%03d.md", i));
        book = book_load(trial.folder, trial.data);
        assert_non_null(book);
        assert_int_equal(book->portrait_count, 100);
        book_print(book, &models[round]);
        buf_cut(&told, 0);
        for (int i = 0; i < 100; i++)
            buf_printf(&told, "portraits/p-%03d.md:5:1: warning: this question has no answer; "
                       "write one below it [no-answer]\n", i);
        assert_string_equal(buf_text(&trial.told), buf_text(&told));
        book_free(book);
        end(&trial);
    }
    assert_string_equal(buf_text(&models[0]), buf_text(&models[1]));
    buf_free(&models[0]);
    buf_free(&models[1]);
    buf_free(&told);
}

static void anthologies_are_read(void **state)
{
    (void)state;
    try_all("anthology", ".yaml", "anthology.yaml", book_print);
}

static void reading_lists_are_read(void **state)
{
    (void)state;
    try_all("reading-list", ".yaml", "reading-list.yaml", book_print);
}

static void ledgers_are_read(void **state)
{
    (void)state;
    try_all("editions", ".yaml", "editions.yaml", book_print);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(portraits_are_read),
        cmocka_unit_test(pages_are_read),
        cmocka_unit_test(many_portraits_are_read_in_order),
        cmocka_unit_test(anthologies_are_read),
        cmocka_unit_test(reading_lists_are_read),
        cmocka_unit_test(ledgers_are_read),
    };

    return cmocka_run_group_tests_name("reading", tests, NULL, NULL);
}
