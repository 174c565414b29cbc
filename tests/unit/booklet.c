/* The booklet: sheets folded on paper read in order, creep goes the right way,
 * front and back register, bad input is refused. */
#include "base/diag.h"
#include "base/file.h"
#include "base/publish.h"
#include "pdf/booklet.h"
#include "pdf/fold.h"
#include "pdf/pdf.h"
#include "sample_pages.h"

#include <math.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define MM (72.0 / 25.4)

static char folder[64];

static const char *path_of(const char *name)
{
    static char path[4][128];
    static int turn;

    turn = (turn + 1) % 4;
    snprintf(path[turn], sizeof path[turn], "%s/%s", folder, name);
    return path[turn];
}

/* ---- Folding ---------------------------------------------------------------- */

/* Lays the sheets of a signature inside each other, folds, and turns the
 * leaves: appends the pages as one reads them. A sheet's front lies outside;
 * behind the right half of its front is the left half of its back. */
static int read_folded(const struct fold_side *side, int sheets, int *pages)
{
    int count = 0;

    for (int i = 0; i < sheets; i++) {
        pages[count++] = side[2 * i].right;
        pages[count++] = side[2 * i + 1].left;
    }
    for (int i = sheets - 1; i >= 0; i--) {
        pages[count++] = side[2 * i + 1].right;
        pages[count++] = side[2 * i].left;
    }
    return count;
}

/* All signatures folded and laid one behind the other. */
static int read_all(const struct fold *fold, int *pages)
{
    int count = 0;

    for (int i = 0, end; i < fold->sides; i = end) {
        for (end = i; end < fold->sides && fold->side[end].signature == fold->side[i].signature;
             end++)
            assert_int_equal(fold->side[end].depth, (end - i) / 2);
        count += read_folded(&fold->side[i], (end - i) / 2, pages + count);
    }
    return count;
}

static void folded_sheets_read_in_order(void **state)
{
    int pages[256];

    (void)state;
    for (int count = 1; count <= 64; count++) {
        for (int sheets = 0; sheets <= 8; sheets++) {
            struct fold *fold = fold_new(count, sheets, FOLD_END_BLANK);
            int total = read_all(fold, pages);

            assert_int_equal(total, (count + 3) / 4 * 4);
            assert_int_equal(fold->blanks, total - count);
            for (int i = 0; i < total; i++)
                assert_int_equal(pages[i], i < count ? i : FOLD_BLANK);
            assert_true(sheets == 0 || fold->most_sheets <= sheets);
            fold_free(fold);
        }
    }
}

static void back_cover_stays_outside(void **state)
{
    int pages[256];

    (void)state;
    for (int count = 1; count <= 64; count++) {
        for (int sheets = 0; sheets <= 8; sheets++) {
            struct fold *fold = fold_new(count, sheets, FOLD_END_LAST);
            int total = read_all(fold, pages);

            assert_int_equal(pages[total - 1], count - 1);
            for (int i = 0; i < total - 1; i++)
                assert_int_equal(pages[i], i < count - 1 ? i : FOLD_BLANK);
            fold_free(fold);
        }
    }
}

/* Text between the covers, whose inner sides are blank; the outermost sheet of a
 * single signature, or around several. */
static void a_cover_goes_around(void **state)
{
    int pages[256];

    (void)state;
    for (int count = 1; count <= 64; count++) {
        for (int sheets = 0; sheets <= 8; sheets++) {
            struct fold *fold = fold_new(count, sheets, FOLD_END_COVER), text = *fold;
            int total, around = fold->side[0].signature == FOLD_AROUND;

            assert_int_equal(fold->side[0].left, FOLD_BACK_COVER);
            assert_int_equal(fold->side[0].right, FOLD_FRONT_COVER);
            assert_int_equal(fold->side[1].left, FOLD_BLANK);
            assert_int_equal(fold->side[1].right, FOLD_BLANK);
            assert_int_equal(around, fold->signatures > 1);
            text.side += 2 * around;
            text.sides -= 2 * around;
            total = read_all(&text, pages);
            if (!around) {
                assert_int_equal(pages[0], FOLD_FRONT_COVER);
                assert_int_equal(pages[1], FOLD_BLANK);
                assert_int_equal(pages[total - 2], FOLD_BLANK);
                assert_int_equal(pages[total - 1], FOLD_BACK_COVER);
                total -= 4;
            }
            assert_int_equal(total, (count + 3) / 4 * 4);
            assert_int_equal(fold->blanks, total - count);
            for (int i = 0; i < total; i++)
                assert_int_equal(pages[i + (around ? 0 : 2)], i < count ? i : FOLD_BLANK);
            assert_true(sheets == 0 || fold->most_sheets <= sheets);
            fold_free(fold);
        }
    }
}

static void last_signatures_share(void **state)
{
    static const struct { int sheets, each, last, before; } cases[] = {
        { 9, 4, 2, 3 }, { 8, 4, 4, 4 }, { 5, 4, 2, 3 }, { 13, 6, 3, 4 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fold *fold = fold_new(cases[i].sheets * 4, cases[i].each, FOLD_END_BLANK);
        int last = 0, before = 0;

        for (int k = 0; k < fold->sides; k += 2) {
            last += fold->side[k].signature == fold->signatures - 1;
            before += fold->side[k].signature == fold->signatures - 2;
        }
        assert_int_equal(last, cases[i].last);
        assert_int_equal(before, cases[i].before);
        fold_free(fold);
    }
}

/* ---- Sheets ------------------------------------------------------------------- */

/* A file of COUNT A5 pages, WORD and their numbers on them. */
static void write_words(const char *path, const char *word, int count)
{
    struct book book = { .title = "Essai", .language = "fr", .work = "urn:uuid:0", .date = "2026-01-01" };
    struct publish *out = publish_new(path);
    struct pool *pool = pool_new(1);
    struct sample sample;

    sample_open(&sample);
    for (int i = 0; i < count; i++) {
        sample_line(&sample, ELEMENT_ARTIFACT, arena_printf(sample.arena, "%s%d", word, i + 1));
        sample_page(&sample, NULL);
    }
    assert_true(pdf_write(out, &book, sample_pages(&sample), NULL, PDF_PRINT, pool));
    assert_true(publish_commit(out));
    pool_free(pool);
    sample_close(&sample);
}

static void write_pages(const char *path, int count)
{
    write_words(path, "page", count);
}

/* Runs a shell command; its output, to be freed. */
static char *run(const char *command)
{
    struct buf out = {0};
    FILE *pipe = popen(command, "r");
    int c;

    assert_non_null(pipe);
    while ((c = getc(pipe)) != EOF)
        buf_putc(&out, (char)c);
    pclose(pipe);
    buf_putc(&out, '\0');
    return out.data;
}

static bool impose(const char *in, const char *out, const struct booklet_options *options)
{
    struct publish *piece = publish_new(out);
    bool done = booklet_write(piece, in, options);

    return publish_commit(piece) && done;
}

struct placed { double x; bool left; int side; };

/* Where each form was put, side after side, from the file's own operators. */
static int read_places(const char *path, struct placed *placed)
{
    char command[256], *text, *line, *save = NULL;
    int count = 0, side = -1;

    snprintf(command, sizeof command, "qpdf --qdf --object-streams=disable %s - | strings", path);
    text = run(command);
    for (line = strtok_r(text, "\n", &save); line != NULL; line = strtok_r(NULL, "\n", &save)) {
        double a, b, c, d, x, y;
        char name;

        if (strstr(line, "Contents for page") != NULL)
            side++;
        if (sscanf(line, "%lf %lf %lf %lf %lf %lf cm /%c Do", &a, &b, &c, &d, &x, &y, &name) == 7)
            placed[count++] = (struct placed){ x, name == 'L', side };
    }
    free(text);
    return count;
}

static void creep_moves_inner_pages_to_the_spine(void **state)
{
    static const double creep = 0.2;
    struct booklet_options options = { .creep = creep };
    struct placed placed[64];
    double middle = 297 * MM / 2, width = 148 * MM;
    int count;

    (void)state;
    write_pages(path_of("creep.pdf"), 16);
    assert_true(impose(path_of("creep.pdf"), path_of("creep-out.pdf"), &options));
    count = read_places(path_of("creep-out.pdf"), placed);
    assert_int_equal(count, 16);
    for (int i = 0; i < count; i++) {
        double shift = placed[i].side / 2 * creep * MM;
        double expected = placed[i].left ? middle - width + shift : middle - shift;

        assert_true(fabs(placed[i].x - expected) < 0.01);
    }
}

/* What lies behind a page's fore edge is the fore edge of the page on its back:
 * the left page of one side and the right one of the other are as far from the
 * sheet's sides. */
static void sides_of_a_sheet_register(void **state)
{
    struct booklet_options options = { .creep = 0.15, .sheets = 2 };
    double sheet = 297 * MM, width = 148 * MM;
    struct placed placed[64];
    int count;

    (void)state;
    write_pages(path_of("register.pdf"), 32);
    assert_true(impose(path_of("register.pdf"), path_of("register-out.pdf"), &options));
    count = read_places(path_of("register-out.pdf"), placed);
    assert_int_equal(count, 32);
    for (int i = 0; i < count; i += 4) {
        assert_true(placed[i].left && !placed[i + 1].left && placed[i + 2].left);
        assert_true(fabs(placed[i].x - (sheet - placed[i + 3].x - width)) < 0.01);
        assert_true(fabs(placed[i + 2].x - (sheet - placed[i + 1].x - width)) < 0.01);
    }
}

/* The words on the sheets of PATH, from left to right, side after side. */
static void expect_words(const char *path, const char *words)
{
    char command[256], *text;

    snprintf(command, sizeof command, "pdftotext -layout %s - | tr -s ' \\n' ' ' | tr '\\f' '|'",
             path);
    text = run(command);
    assert_string_equal(text, words);
    free(text);
}

static void sheets_hold_the_pages_of_the_plan(void **state)
{
    struct booklet_options options = { 0 };
    char command[256], *text;

    (void)state;
    write_pages(path_of("plan.pdf"), 6);
    assert_true(impose(path_of("plan.pdf"), path_of("plan-out.pdf"), &options));
    expect_words(path_of("plan-out.pdf"), "page1 |page2 |page6 page3 |page4 page5 |");
    snprintf(command, sizeof command, "qpdf --check %s 2>&1 | tail -1", path_of("plan-out.pdf"));
    text = run(command);
    assert_non_null(strstr(text, "errors that qpdf cannot detect"));
    free(text);
}

static void a_cover_is_on_the_outer_sheet(void **state)
{
    char cover[128];
    struct booklet_options options = { .cover = cover };

    (void)state;
    strcpy(cover, path_of("cover.pdf"));
    write_pages(path_of("inside.pdf"), 6);
    write_words(options.cover, "cover", 2);
    assert_true(impose(path_of("inside.pdf"), path_of("covered.pdf"), &options));
    expect_words(path_of("covered.pdf"),
                 "cover2 cover1 ||page1 |page2 |page6 page3 |page4 page5 |");
    options.sheets = 1;
    assert_true(impose(path_of("inside.pdf"), path_of("covered.pdf"), &options));
    expect_words(path_of("covered.pdf"),
                 "cover2 cover1 ||page4 page1 |page2 page3 |page5 |page6 |");
    write_words(options.cover, "front", 1);
    assert_true(impose(path_of("inside.pdf"), path_of("covered.pdf"), &options));
    expect_words(path_of("covered.pdf"),
                 "front1 ||page4 page1 |page2 page3 |page5 |page6 |");
}

/* ---- Bad input ------------------------------------------------------------------ */

struct heard { char rule[32], message[512]; int errors, warnings; };

static void hear(void *context, const struct diagnostic *diagnostic)
{
    struct heard *heard = context;

    heard->errors += diagnostic->severity == DIAG_ERROR;
    heard->warnings += diagnostic->severity == DIAG_WARNING;
    snprintf(heard->rule, sizeof heard->rule, "%s", diagnostic->rule);
    snprintf(heard->message, sizeof heard->message, "%s", diagnostic->message);
}

/* The booklet of IN is refused once, by RULE, and OUT is not there. */
static void expect_refusal(const char *in, const struct booklet_options *options,
                           const char *rule)
{
    struct heard heard = {0};

    diag_set_sink(hear, &heard);
    assert_false(impose(in, path_of("refused.pdf"), options));
    diag_set_sink(NULL, NULL);
    assert_int_equal(heard.errors, 1);
    assert_string_equal(heard.rule, rule);
    assert_false(file_exists(path_of("refused.pdf")));
}

static void write_bytes(const char *path, const char *bytes)
{
    assert_true(publish_bytes(path, bytes, strlen(bytes)));
}

static void bad_files_are_refused(void **state)
{
    struct booklet_options plain = {0};
    char command[256];

    (void)state;
    write_pages(path_of("good.pdf"), 3);
    expect_refusal(path_of("missing.pdf"), &plain, "missing");
    write_bytes(path_of("nothing.pdf"), "");
    expect_refusal(path_of("nothing.pdf"), &plain, "damaged");
    write_bytes(path_of("text.pdf"), "This is not a PDF at all.\n");
    expect_refusal(path_of("text.pdf"), &plain, "damaged");
    snprintf(command, sizeof command, "qpdf --empty %s", path_of("empty.pdf"));
    free(run(command));
    expect_refusal(path_of("empty.pdf"), &plain, "empty");
    snprintf(command, sizeof command, "qpdf --encrypt secret owner 256 -- %s %s",
             path_of("good.pdf"), path_of("locked.pdf"));
    free(run(command));
    expect_refusal(path_of("locked.pdf"), &plain, "encrypted");
    snprintf(command, sizeof command, "qpdf --encrypt '' owner 256 --print=none --modify=none -- "
             "%s %s", path_of("good.pdf"), path_of("forbidden.pdf"));
    free(run(command));
    expect_refusal(path_of("forbidden.pdf"), &plain, "encrypted");
}

static void bad_covers_are_refused(void **state)
{
    char cover[128];
    struct booklet_options options = { .cover = cover };

    (void)state;
    strcpy(cover, path_of("thick.pdf"));
    write_pages(path_of("good.pdf"), 3);
    expect_refusal(path_of("good.pdf"), &options, "missing");
    write_words(options.cover, "cover", 3);
    expect_refusal(path_of("good.pdf"), &options, "booklet");
    write_words(options.cover, "cover", 2);
    options.back_cover = true;
    expect_refusal(path_of("good.pdf"), &options, "booklet");
}

static void bad_options_are_refused(void **state)
{
    static const struct booklet_options bad[] = {
        { .paper = "a9" }, { .sheets = -1 }, { .sheets = 100000 }, { .creep = -1 },
        { .creep = 50 }, { .creep = NAN },
    };

    (void)state;
    write_pages(path_of("good.pdf"), 3);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        expect_refusal(path_of("good.pdf"), &bad[i], "booklet");
}

static void too_large_pages_want_scale(void **state)
{
    static const char pdf[] = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        "2 0 obj<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2/MediaBox[0 0 14400 14400]>>endobj\n"
        "3 0 obj<</Type/Page/Parent 2 0 R>>endobj\n"
        "4 0 obj<</Type/Page/Parent 2 0 R/MediaBox[100 100 300 200]/Rotate 270>>endobj\n"
        "trailer<</Root 1 0 R/Size 5>>\n";
    struct booklet_options plain = {0}, scaled = { .scale = true, .marks = true };
    struct heard heard = {0};

    (void)state;
    write_bytes(path_of("huge.pdf"), pdf);
    expect_refusal(path_of("huge.pdf"), &plain, "too-large");
    diag_set_sink(hear, &heard);
    assert_true(impose(path_of("huge.pdf"), path_of("huge-out.pdf"), &scaled));
    diag_set_sink(NULL, NULL);
    assert_int_equal(heard.errors, 0);
    assert_int_equal(heard.warnings, 1);        /* the file has no cross-reference table */
    assert_string_equal(heard.rule, "damaged");
}

/* One page of 200 × 300 points with these entries, and the operators that place it. */
static char *new_placing(const char *entries, const struct booklet_options *options)
{
    struct buf pdf = {0};
    struct heard heard = {0};
    char command[256], *placing;

    buf_printf(&pdf, "%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
               "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 200 300]>>endobj\n"
               "3 0 obj<</Type/Page/Parent 2 0 R %s>>endobj\n"
               "trailer<</Root 1 0 R/Size 4>>\n", entries);
    write_bytes(path_of("page.pdf"), pdf.data);
    buf_free(&pdf);
    diag_set_sink(hear, &heard);
    assert_true(impose(path_of("page.pdf"), path_of("page-out.pdf"), options));
    diag_set_sink(NULL, NULL);
    snprintf(command, sizeof command, "qpdf --qdf --object-streams=disable %s - | "
             "grep -a -o '^.* cm'", path_of("page-out.pdf"));
    placing = run(command);
    return placing;
}

static void senseless_units_and_turns_count_for_nothing(void **state)
{
    static const char *const senseless[] = { "/UserUnit 0", "/UserUnit -2", "/Rotate 45",
                                             "/UserUnit 1000000000000", "/Rotate 36000000000000" };
    struct booklet_options plain = {0}, scaled = { .scale = true };
    char *sound = new_placing("", &plain), *sound_scaled = new_placing("", &scaled);

    (void)state;
    assert_string_equal(sound, "1.00000 0.00000 0.00000 1.00000 420.9449 147.6378 cm\n");
    for (size_t i = 0; i < sizeof senseless / sizeof *senseless; i++) {
        char *placing = new_placing(senseless[i], &plain);
        char *placing_scaled = new_placing(senseless[i], &scaled);

        assert_string_equal(placing, sound);
        assert_string_equal(placing_scaled, sound_scaled);
        free(placing);
        free(placing_scaled);
    }
    free(sound);
    free(sound_scaled);
}

static void endless_pages_are_refused(void **state)
{
    static const char pdf[] = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 200 9999999999999999999.0]>>endobj\n"
        "3 0 obj<</Type/Page/Parent 2 0 R>>endobj\ntrailer<</Root 1 0 R/Size 4>>\n";
    struct booklet_options scaled = { .scale = true };

    (void)state;
    write_bytes(path_of("endless.pdf"), pdf);
    expect_refusal(path_of("endless.pdf"), &scaled, "damaged");
}

/* A file whose end is missing is repaired, with a warning. */
static void cut_files_are_repaired(void **state)
{
    struct booklet_options plain = {0};
    struct heard heard = {0};
    struct arena *arena = arena_new();
    char command[512], *bytes;
    size_t count;

    (void)state;
    write_pages(path_of("whole.pdf"), 5);
    snprintf(command, sizeof command, "qpdf --object-streams=disable %s %s", path_of("whole.pdf"),
             path_of("plain.pdf"));
    free(run(command));
    bytes = file_read(arena, path_of("plain.pdf"), 0, &count);
    assert_true(publish_bytes(path_of("cut.pdf"), bytes, count - 12));
    diag_set_sink(hear, &heard);
    assert_true(impose(path_of("cut.pdf"), path_of("cut-out.pdf"), &plain));
    diag_set_sink(NULL, NULL);
    assert_int_equal(heard.errors, 0);
    assert_int_equal(heard.warnings, 1);
    assert_string_equal(heard.rule, "damaged");
    arena_free(arena);
}

/* Files may grow to SIZE bytes, as where a disk is full then. */
static void limit_files(rlim_t size)
{
    struct rlimit limit;

    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    limit.rlim_cur = size;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

/* Wherever in the file the disk is full, it is told and nothing stands there. */
static void a_full_disk_is_told(void **state)
{
    struct booklet_options plain = {0};
    struct arena *arena = arena_new();
    struct rlimit before;
    size_t size;

    (void)state;
    write_pages(path_of("full.pdf"), 9);
    assert_true(impose(path_of("full.pdf"), path_of("full-out.pdf"), &plain));
    assert_non_null(file_read(arena, path_of("full-out.pdf"), 0, &size));
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    signal(SIGXFSZ, SIG_IGN);
    for (rlim_t room = 0; room < size; room += size / 7) {
        struct heard heard = {0};
        bool done;

        unlink(path_of("full-out.pdf"));
        limit_files(room);
        diag_set_sink(hear, &heard);
        done = impose(path_of("full.pdf"), path_of("full-out.pdf"), &plain);
        diag_set_sink(NULL, NULL);
        limit_files(before.rlim_cur);
        assert_false(done);
        assert_int_equal(heard.errors, 1);
        assert_string_equal(heard.rule, "unwritable");
        assert_false(file_exists(path_of("full-out.pdf")));
    }
    signal(SIGXFSZ, SIG_DFL);
    arena_free(arena);
}

/* A page turned by its /Rotate stands upright on the sheet. */
static void rotated_pages_stand_upright(void **state)
{
    struct booklet_options options = {0};
    char command[512], *text;

    (void)state;
    write_pages(path_of("upright.pdf"), 4);
    snprintf(command, sizeof command, "qpdf %s --rotate=90:1 --rotate=180:2 --rotate=270:3 "
             "%s", path_of("upright.pdf"), path_of("turned.pdf"));
    free(run(command));
    expect_refusal(path_of("turned.pdf"), &options, "too-large");
    options.paper = "a3";
    assert_true(impose(path_of("turned.pdf"), path_of("turned-out.pdf"), &options));
    snprintf(command, sizeof command, "pdftotext -raw %s - | tr -s '\\n\\f' ' '",
             path_of("turned-out.pdf"));
    text = run(command);
    assert_non_null(strstr(text, "page4"));
    assert_non_null(strstr(text, "page1"));
    free(text);
}

static int make_folder(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/florilege-booklet-XXXXXX");
    return mkdtemp(folder) == NULL;
}

static int remove_folder(void **state)
{
    char command[128];

    (void)state;
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(folded_sheets_read_in_order),
        cmocka_unit_test(back_cover_stays_outside),
        cmocka_unit_test(a_cover_goes_around),
        cmocka_unit_test(last_signatures_share),
        cmocka_unit_test(creep_moves_inner_pages_to_the_spine),
        cmocka_unit_test(sides_of_a_sheet_register),
        cmocka_unit_test(sheets_hold_the_pages_of_the_plan),
        cmocka_unit_test(a_cover_is_on_the_outer_sheet),
        cmocka_unit_test(bad_files_are_refused),
        cmocka_unit_test(bad_covers_are_refused),
        cmocka_unit_test(bad_options_are_refused),
        cmocka_unit_test(too_large_pages_want_scale),
        cmocka_unit_test(senseless_units_and_turns_count_for_nothing),
        cmocka_unit_test(endless_pages_are_refused),
        cmocka_unit_test(cut_files_are_repaired),
        cmocka_unit_test(a_full_disk_is_told),
        cmocka_unit_test(rotated_pages_stand_upright),
    };

    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
