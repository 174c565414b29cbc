/* The base: memory, buffers, UTF-8, files, publishing, the pool, the cache. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/cache.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/pool.h"
#include "base/publish.h"
#include "base/utf8.h"
#include "book/book.h"
#include "scratch.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
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

static void text_without_signs_is_blank(void **state)
{
    static const char *const blank[] = {
        "", " ", "\t\n", "\u00A0\u202F", "\u200B", "\uFEFF", "\u200E \u00AD",
    };
    static const char *const seen[] = { "a", " . ", "\u200Bé", "😀", "\uE000", "\xFF" };

    (void)state;
    for (size_t i = 0; i < sizeof blank / sizeof *blank; i++)
        assert_true(utf8_blank(blank[i]));
    for (size_t i = 0; i < sizeof seen / sizeof *seen; i++)
        assert_false(utf8_blank(seen[i]));
}

static void normal_form_composes(void **state)
{
    char *text = utf8_new_nfc("e\xCC\x81", 3);

    (void)state;
    assert_string_equal(text, "é");
    free(text);
    text = utf8_new_nfc("", 0);
    assert_string_equal(text, "");
    free(text);
}

/* Wherever a long text is cut to be composed, what belongs together is: letters
 * with two marks, syllables of three parts, marks in the wrong order. */
static void normal_form_composes_long_texts(void **state)
{
    static const char *const apart[] = { "o\xCC\x82\xCC\x81", "a\xCC\xA3\xCC\x82",
                                         "a\xCC\x82\xCC\xA3",
                                         "\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB" };
    static const char *const composed[] = { "ố", "ậ", "ậ", "한" };

    (void)state;
    for (size_t form = 0; form < sizeof apart / sizeof *apart; form++) {
        struct buf text = {0}, expected = {0};
        char *normal;

        for (size_t i = 0; i < 3000; i++) {
            if (i % 200 == 0) {
                buf_putc(&text, 'x');
                buf_putc(&expected, 'x');
            }
            buf_puts(&text, apart[form]);
            buf_puts(&expected, composed[form]);
        }
        normal = utf8_new_nfc(text.data, text.len);
        assert_string_equal(normal, expected.data);
        free(normal);
        buf_free(&text);
        buf_free(&expected);
    }
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
    assert_string_equal(path_for_shell(arena, "a/b_c.1"), "a/b_c.1");
    assert_string_equal(path_for_shell(arena, "l'été $x"), "'l'\\''été $x'");
    assert_string_equal(path_for_shell(arena, "-v"), "./-v");
    assert_string_equal(path_for_shell(arena, ""), "''");
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

static size_t count_names(struct arena *arena, const char *folder)
{
    size_t count;

    folder_list(arena, folder, &count);
    return count;
}

/* Of a process that has ended, of one that lives, and two that are no pieces. */
static void what_was_killed_is_swept(void **state)
{
    struct arena *arena = arena_new();
    char *folder = scratch(arena);
    pid_t gone = fork();
    const char *names[4];

    (void)state;
    if (gone == 0)
        _exit(0);
    assert_int_equal(waitpid(gone, NULL, 0), gone);
    names[0] = arena_printf(arena, ".book.pdf.%ld-3.part", (long)gone);
    names[1] = arena_printf(arena, ".book.pdf.%ld-999.part", (long)getpid());
    names[2] = arena_printf(arena, "book.%ld-3.part", (long)gone);
    names[3] = arena_printf(arena, ".%ld-3.part", (long)gone);
    for (size_t i = 0; i < 4; i++) {
        int file = open(path_join(arena, folder, names[i]), O_WRONLY | O_CREAT, 0666);

        assert_true(file >= 0);
        close(file);
    }
    assert_true(publish_bytes(path_join(arena, folder, "book.pdf"), "new", 3));
    assert_true(path_is_free(path_join(arena, folder, names[0])));
    assert_int_equal(count_names(arena, folder), 4);
    unlink(path_join(arena, folder, "book.pdf"));
    for (size_t i = 1; i < 4; i++)
        unlink(path_join(arena, folder, names[i]));
    rmdir(folder);
    arena_free(arena);
}

/* A process that is ended by SIGNAL_NUMBER while it writes into FOLDER. */
static void write_until(const char *path, int signal_number)
{
    signal(signal_number, SIG_DFL);     /* cmocka catches some */
    setrlimit(RLIMIT_CORE, &(struct rlimit){0});
    publish_catch_signals();
    publish_write(publish_new(path), "new", 3);
    raise(signal_number);
    _exit(0);
}

static void no_signal_leaves_pieces(void **state)
{
    static const int signals[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE, SIGXCPU, SIGABRT,
                                   SIGTRAP, SIGSEGV, SIGBUS, SIGILL, SIGFPE };
    struct arena *arena = arena_new();
    char *folder = scratch(arena);

    (void)state;
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
        pid_t child = fork();
        int status;

        if (child == 0)
            write_until(path_join(arena, folder, "book.pdf"), signals[i]);
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFSIGNALED(status));
        assert_int_equal(WTERMSIG(status), signals[i]);
        assert_int_equal(count_names(arena, folder), 0);
    }
    rmdir(folder);
    arena_free(arena);
}

/* A process that is ended between the files of a work that is done: all appear. */
static void a_commit_is_not_cut_short(void **state)
{
    struct arena *arena = arena_new();
    char *folder = scratch(arena), *path = path_join(arena, folder, "book.pdf");
    pid_t child = fork();
    int status;

    (void)state;
    if (child == 0) {
        publish_catch_signals();
        publish_bytes(path, "new", 3);
        raise(SIGTERM);
        if (!publish_commit(publish_new(path)))
            _exit(1);
        publish_new(path);
        raise(SIGTERM);
        _exit(2);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(count_names(arena, folder), 1);
    unlink(path);
    rmdir(folder);
    arena_free(arena);
}

/* A folder, a pipe, a link that leads to a device: none is replaced. */
static void only_files_are_replaced(void **state)
{
    struct arena *arena = arena_new();
    struct seen seen = {0};
    char *folder = scratch(arena);
    char *pipe = path_join(arena, folder, "pipe"), *link = path_join(arena, folder, "link");

    (void)state;
    assert_int_equal(mkfifo(pipe, 0600), 0);
    assert_int_equal(symlink("/dev/null", link), 0);
    diag_set_sink(see, &seen);
    assert_false(publish_bytes(folder, "new", 3));
    assert_false(publish_bytes(pipe, "new", 3));
    assert_false(publish_bytes(link, "new", 3));
    assert_int_equal(seen.count, 3);
    diag_set_sink(NULL, NULL);
    assert_int_equal(count_names(arena, folder), 2);
    unlink(pipe);
    unlink(link);
    rmdir(folder);
    arena_free(arena);
}

/* The longest name that a file may have leaves room for that of its piece. */
static void long_names_are_published(void **state)
{
    struct arena *arena = arena_new();
    char *folder = scratch(arena), name[252] = "";
    char *path;

    (void)state;
    while (strlen(name) < 250)
        strcat(name, "é");
    path = path_join(arena, folder, name);
    assert_true(publish_bytes(path, "new", 3));
    assert_true(file_exists(path));
    unlink(path);
    rmdir(folder);
    arena_free(arena);
}

static void a_name_is_cut_at_a_hyphen(void **state)
{
    (void)state;
    assert_int_equal(slug_cut("short", 8), 5);
    assert_int_equal(slug_cut("long-name-of-a-book", 8), 4);
    assert_int_equal(slug_cut("a-name-without-any", 8), 6);
    assert_int_equal(slug_cut("a-verylongname", 8), 8);
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

/* One diagnostic is one line, and no terminal obeys what a file says. */
static void messages_are_disarmed(void **state)
{
    struct seen seen = {0};

    (void)state;
    diag_set_sink(see, &seen);
    diag(DIAG_NOTE, (struct place){ "x", 1, 1 }, "test", "%s", "a\x1B[2Jb\nc\x7F" "é");
    diag_set_sink(NULL, NULL);
    assert_string_equal(seen.message, "a [2Jb c é");
}

/* A file that another program cut is an error, not a wait. */
static void too_few_bytes_are_an_error(void **state)
{
    struct arena *arena = arena_new();
    char *folder = scratch(arena), *path = path_join(arena, folder, "five"), bytes[8];
    int file;

    (void)state;
    assert_true(publish_bytes(path, "bytes", 5));
    file = open(path, O_RDONLY);
    assert_false(file_read_bytes(file, bytes, 6));
    assert_int_equal(errno, EIO);
    assert_int_equal(lseek(file, 0, SEEK_SET), 0);
    assert_true(file_read_bytes(file, bytes, 5));
    assert_memory_equal(bytes, "bytes", 5);
    close(file);
    remove_tree(arena, folder);
    arena_free(arena);
}

static void folders_are_listed_in_order(void **state)
{
    static const char *const made[] = { "m", "b", "é", "z", "B", "a-2", "a", "q", "10", "9", "c" };
    static const char *const listed[] = { "10", "9", "B", "a", "a-2", "b", "c", "m", "q", "z", "é" };
    struct arena *arena = arena_new();
    char *folder = scratch(arena), **names;
    size_t count;

    (void)state;
    for (size_t i = 0; i < sizeof made / sizeof *made; i++)
        assert_int_equal(mkdir(path_join(arena, folder, made[i]), 0700), 0);
    names = folder_list(arena, folder, &count);
    assert_int_equal(count, sizeof listed / sizeof *listed);
    for (size_t i = 0; i < count; i++)
        assert_string_equal(names[i], listed[i]);
    remove_tree(arena, folder);
    arena_free(arena);
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

/* Jobs that the other threads end long after the caller's own. */
static void linger(void *context, size_t index, int worker)
{
    int *done = context;

    nanosleep(&(struct timespec){ .tv_nsec = worker == 0 ? 500000 : 3000000 }, NULL);
    done[index]++;
}

static void pool_waits_for_all(void **state)
{
    (void)state;
    for (int workers = 2; workers < 6; workers++) {
        struct pool *pool = pool_new(workers);

        for (int batch = 0; batch < 10; batch++) {
            int done[8] = {0};

            pool_run(pool, 8, linger, done);
            for (int i = 0; i < 8; i++)
                assert_int_equal(done[i], 1);
        }
        pool_free(pool);
    }
}

/* ---- cache ------------------------------------------------------------------- */

static bool finds(struct cache *cache, const char *how, const char *of, const char *entry)
{
    struct cache_key key = cache_key(cache, how, of, strlen(of));
    struct buf out = {0};
    bool found = cache_find(cache, &key, &out), right = strcmp(buf_text(&out), entry) == 0;

    buf_free(&out);
    return found && right;
}

static void keep(struct cache *cache, const char *how, const char *of, const char *entry)
{
    struct cache_key key = cache_key(cache, how, of, strlen(of));

    cache_keep(cache, &key, entry, strlen(entry));
}

static char *cache_folder(struct arena *arena)
{
    char folder[] = "/tmp/florilege-cache-XXXXXX";

    assert_non_null(mkdtemp(folder));
    return arena_strdup(arena, folder);
}

static void cache_finds_what_it_kept(void **state)
{
    struct arena *arena = arena_new();
    char *folder = cache_folder(arena);
    struct cache *cache = cache_open(path_join(arena, folder, "made/for/it"), 1000);

    (void)state;
    assert_non_null(cache);
    assert_false(finds(cache, "small", "picture", "made"));
    keep(cache, "small", "picture", "made");
    keep(cache, "small", "empty", "");
    assert_true(finds(cache, "small", "picture", "made"));
    assert_true(finds(cache, "small", "empty", ""));
    assert_false(finds(cache, "large", "picture", "made"));
    assert_false(finds(cache, "small", "picturf", "made"));
    assert_false(finds(cache, "smallp", "icture", "made"));
    keep(cache, "small", "picture", "made anew");
    assert_true(finds(cache, "small", "picture", "made anew"));
    cache_close(cache);
    cache = cache_open(path_join(arena, folder, "made/for/it"), 1000);
    assert_true(finds(cache, "small", "picture", "made anew"));
    cache_close(cache);
    remove_tree(arena, folder);
    arena_free(arena);
}

/* Every way to spoil an entry's file: none is found, and it can be kept again. */
static void cache_ignores_what_is_not_whole(void **state)
{
    static const char *const spoilt[] = { "", "mad", "made", "made\0\0\0\0", "another entry" };
    static const size_t sizes[] = { 0, 3, 4, 8, 13 };
    struct arena *arena = arena_new();
    char *folder = cache_folder(arena), *path, **names;
    struct cache *cache = cache_open(folder, 1000);
    size_t count;

    (void)state;
    for (size_t i = 0; i < sizeof spoilt / sizeof *spoilt; i++) {
        keep(cache, "", "picture", "made");
        names = folder_list(arena, folder, &count);
        assert_int_equal(count, 1);
        path = path_join(arena, folder, names[0]);
        assert_true(publish_bytes(path, spoilt[i], sizes[i]));
        assert_false(finds(cache, "", "picture", "made"));
    }
    unlink(path);
    assert_int_equal(mkdir(path, 0700), 0);
    assert_false(finds(cache, "", "picture", "made"));
    keep(cache, "", "picture", "made");
    rmdir(path);
    assert_false(finds(cache, "", "picture", "made"));
    remove_tree(arena, folder);
    keep(cache, "", "picture", "made");
    assert_false(finds(cache, "", "picture", "made"));
    cache_close(cache);
    arena_free(arena);
}

/* Of five entries of 104 bytes the three used last are within 350. */
static void cache_is_bounded(void **state)
{
    struct arena *arena = arena_new();
    char *folder = cache_folder(arena), entry[101], of[2] = "";
    static const struct timespec moment = { .tv_nsec = 20000000 };
    struct cache *cache = cache_open(folder, 350);

    (void)state;
    memset(entry, 'x', 100);
    entry[100] = '\0';
    for (of[0] = 'a'; of[0] <= 'e'; of[0]++) {
        keep(cache, "", of, entry);
        nanosleep(&moment, NULL);
    }
    assert_true(finds(cache, "", "a", entry));
    cache_close(cache);
    cache = cache_open(folder, 350);
    for (of[0] = 'a'; of[0] <= 'e'; of[0]++)
        assert_int_equal(finds(cache, "", of, entry), of[0] != 'b' && of[0] != 'c');
    cache_close(cache);
    remove_tree(arena, folder);
    arena_free(arena);
}

static void no_cache_is_an_empty_one(void **state)
{
    (void)state;
    assert_null(cache_open("/dev/null/nowhere", 1000));
    keep(NULL, "", "picture", "made");
    assert_false(finds(NULL, "", "picture", "made"));
    cache_close(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arena_gives_zeroed_memory),
        cmocka_unit_test(buffer_grows_and_cuts),
        cmocka_unit_test(utf8_is_strict),
        cmocka_unit_test(text_without_signs_is_blank),
        cmocka_unit_test(normal_form_composes),
        cmocka_unit_test(normal_form_composes_long_texts),
        cmocka_unit_test(paths_come_apart),
        cmocka_unit_test(text_files_are_checked),
        cmocka_unit_test(publishing_is_all_or_nothing),
        cmocka_unit_test(what_was_killed_is_swept),
        cmocka_unit_test(no_signal_leaves_pieces),
        cmocka_unit_test(a_commit_is_not_cut_short),
        cmocka_unit_test(only_files_are_replaced),
        cmocka_unit_test(long_names_are_published),
        cmocka_unit_test(a_name_is_cut_at_a_hyphen),
        cmocka_unit_test(holds_nest),
        cmocka_unit_test(messages_are_disarmed),
        cmocka_unit_test(too_few_bytes_are_an_error),
        cmocka_unit_test(folders_are_listed_in_order),
        cmocka_unit_test(pool_keeps_the_order),
        cmocka_unit_test(pool_waits_for_all),
        cmocka_unit_test(cache_finds_what_it_kept),
        cmocka_unit_test(cache_ignores_what_is_not_whole),
        cmocka_unit_test(cache_is_bounded),
        cmocka_unit_test(no_cache_is_an_empty_one),
    };

    return cmocka_run_group_tests_name("base", tests, NULL, NULL);
}
