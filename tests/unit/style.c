/* Styles of print: what is read, what is refused and where that is told. */
#include "base/buf.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/publish.h"
#include "layout/style.h"
#include "layout/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

struct bench {
    struct arena *arena;
    char *data;
    char folder[40];
    struct buf told;
};

static int set_up(void **state)
{
    struct bench *bench = calloc(1, sizeof *bench);

    bench->arena = arena_new();
    bench->data = file_data_folder(bench->arena);
    strcpy(bench->folder, "/tmp/florilege-style-XXXXXX");
    assert_non_null(mkdtemp(bench->folder));
    *state = bench;
    return 0;
}

static int tear_down(void **state)
{
    struct bench *bench = *state;

    unlink(path_join(bench->arena, bench->folder, "print.yaml"));
    rmdir(bench->folder);
    buf_free(&bench->told);
    arena_free(bench->arena);
    free(bench);
    return 0;
}

static void catch(void *context, const struct diagnostic *d)
{
    struct bench *bench = context;

    buf_printf(&bench->told, "%d:%d: %s: %s [%s]\n", d->at.line, d->at.col,
               severity_name(d->severity), d->message, d->rule);
}

/* The style of that YAML; what was told of it is in bench->told. */
static struct style *load(struct bench *bench, const char *yaml)
{
    char *path = path_join(bench->arena, bench->folder, "print.yaml");
    struct style *style;

    assert_true(publish_bytes(path, yaml, strlen(yaml)));
    buf_cut(&bench->told, 0);
    diag_set_sink(catch, bench);
    style = style_load(bench->data, bench->folder);
    diag_set_sink(NULL, NULL);
    return style;
}

static void styles_of_the_program_are_sound(void **state)
{
    static const char *const names[] = { "classique", "poche", "grands-caracteres" };
    struct bench *bench = *state;
    struct fonts *fonts = fonts_load(bench->data);
    size_t warnings = diag_count(DIAG_WARNING);

    assert_non_null(fonts);
    for (int i = 0; i < 3; i++) {
        struct style *style = style_load(bench->data, names[i]);

        assert_non_null(style);
        assert_string_equal(style->name, names[i]);
        assert_true(file_exists(style_css(style)));
        assert_true(fonts_check(fonts, style));
        assert_int_equal(style->body.leading, style->grid);
        style_free(style);
    }
    assert_int_equal(diag_count(DIAG_WARNING), warnings);
    fonts_free(fonts);
}

static void values_are_read(void **state)
{
    struct bench *bench = *state;
    struct style *style = load(bench,
        "trim: {width: 6 in, height: 21.0 cm}\n"
        "page: {grid: 14 pt, opening: drop-cap, emphasis: bold}\n"
        "body: {size: 11pt, indent: 1.5 em, features: \"onum=1\"}\n"
        "justify: {protrusion: no}\n"
        "headings: {2: {size: 18 pt, italic: yes}}\n"
        "roles: {name: {colour: \"#80ff01\", align: right, tracking: 0.1 em}}\n");

    assert_string_equal(buf_text(&bench->told), "");
    assert_non_null(style);
    assert_int_equal(style->width, DIM_OF_PT(432));
    assert_int_equal(style->height, DIM_OF_MM(210));
    assert_int_equal(style->opening, OPENING_DROP_CAP);
    assert_int_equal(style->emphasis, EMPHASIS_BOLD);
    assert_int_equal(style->body.indent, DIM_OF_PT(16.5));
    assert_string_equal(style->body.family, "EB Garamond");
    assert_false(style->justify.protrusion);
    assert_int_equal(style->justify.expansion, 20);
    assert_int_equal(style->heading[1].size, style->body.size);
    assert_int_equal(style->heading[2].leading, DIM_OF_PT(21));
    assert_true(style->heading[3].italic);              /* as the level above */
    assert_int_equal(style->roles[ROLE_NAME].ink.g, 255);
    assert_int_equal(style->roles[ROLE_NAME].align, ALIGN_RIGHT);
    assert_int_equal(style->roles[ROLE_NAME].tracking, DIM_OF_PT(1.1));
    assert_null(style->roles[ROLE_JOB].family);
    style_free(style);
}

static void wrong_values_are_told_with_their_line(void **state)
{
    static const struct { const char *yaml, *told; } cases[] = {
        { "trim: {width: 148}\n", "1:15: error: `width` is “148”; it must be" },
        { "trim: {width: wide}\n", "a length, as 12 mm or 10.5 pt" },
        { "trim:\n  width: 5 m\n", "2:10: error: `width` is “5 m”; it must be a length in pt" },
        { "trim: {width: 1 mm}\n", "between 140 and 2000 pt" },
        { "body: {colour: red}\n", "must be a colour" },
        { "body: {colour: \"#12345g\"}\n", "must be a colour" },
        { "body: {weight: 1000}\n", "1:16: error" },
        { "body: {align: middle}\n", "1:15: error" },
        { "body: {italic: perhaps}\n", "error" },
        { "body: [1]\n", "error" },
        { "roles: {name: 12 pt}\n", "error" },
        { "justify: yes\n", "error" },
        { "margins: {inner: 80 mm, outer: 60 mm}\n", "less than 8 em" },
        { "margins: {top: 100 mm, bottom: 100 mm}\n", "less than 8 lines" },
        { "page: {grid: 9 pt}\n", "narrower than the body" },
        { "- a\n", "error" },
        { "trim: {width: 148 mm\n", "error" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct bench *bench = *state;

        assert_null(load(bench, cases[i].yaml));
        assert_non_null(strstr(buf_text(&bench->told), cases[i].told));
        assert_non_null(strstr(buf_text(&bench->told), "error"));
    }
}

static void unknown_keys_name_the_nearest(void **state)
{
    struct bench *bench = *state;
    struct style *style = load(bench, "bodi: {size: 9 pt}\nbody: {wieght: 400}\n"
                                      "roles: {questoin: {size: 9 pt}}\nheadings: {7: {size: 9 pt}}\n");

    assert_non_null(style);
    assert_non_null(strstr(buf_text(&bench->told), "1:1: warning"));
    assert_non_null(strstr(buf_text(&bench->told), "body"));
    assert_non_null(strstr(buf_text(&bench->told), "2:8: warning"));
    assert_non_null(strstr(buf_text(&bench->told), "weight"));
    assert_non_null(strstr(buf_text(&bench->told), "question"));
    assert_non_null(strstr(buf_text(&bench->told), "4:12: warning"));
    style_free(style);
}

static void families_that_are_not_there_are_told(void **state)
{
    struct bench *bench = *state;
    struct fonts *fonts = fonts_load(bench->data);
    struct style *style = load(bench, "quote:\n  family: No Such Family\n");

    assert_non_null(style);
    diag_set_sink(catch, bench);
    assert_false(fonts_check(fonts, style));
    diag_set_sink(NULL, NULL);
    assert_non_null(strstr(buf_text(&bench->told), "2:11: error"));
    assert_non_null(strstr(buf_text(&bench->told), "No Such Family"));
    style_free(style);
    fonts_free(fonts);
}

static void a_style_that_is_not_there_is_told(void **state)
{
    struct bench *bench = *state;

    buf_cut(&bench->told, 0);
    diag_set_sink(catch, bench);
    assert_null(style_load(bench->data, "clasique"));
    assert_null(style_load(bench->data, "./no/such/folder"));
    diag_set_sink(NULL, NULL);
    assert_non_null(strstr(buf_text(&bench->told), "did you mean “classique”"));
}

/* What the machine and the user have configured changes nothing. */
static void fonts_do_not_depend_on_the_machine(void **state)
{
    struct bench *bench = *state;
    struct style *style = style_load(bench->data, "classique");
    char *paths[2] = { NULL, NULL };
    dim widths[2];

    for (int i = 0; i < 2; i++) {
        struct span span = { .kind = SPAN_TEXT, .text = "Atelier ☺ 漢 ಕ", .style = &style->body,
                             .lang = "fr" };
        struct fonts *fonts = fonts_load(bench->data);
        struct typesetter *typesetter = typesetter_new(fonts, style);
        struct buf list = {0};
        struct face **faces;
        size_t count;

        span.bytes = strlen(span.text);
        widths[i] = text_width(typesetter, &span, 1);
        count = fonts_faces(fonts, &faces);
        for (size_t f = 0; f < count; f++)
            buf_printf(&list, "%s\n", faces[f]->path);
        paths[i] = arena_strdup(bench->arena, buf_text(&list));
        buf_free(&list);
        typesetter_free(typesetter);
        fonts_free(fonts);
        setenv("FONTCONFIG_FILE", "/nowhere/fonts.conf", 1);
        setenv("FONTCONFIG_PATH", "/nowhere", 1);
        setenv("XDG_CONFIG_HOME", "/nowhere", 1);
        setenv("FC_LANG", "ja", 1);
        setenv("LC_ALL", "tr_TR.UTF-8", 1);
    }
    assert_string_equal(paths[0], paths[1]);
    assert_int_equal(widths[0], widths[1]);
    assert_non_null(strstr(paths[0], "EBGaramond12-Regular"));
    assert_non_null(strstr(paths[0], "Symbola"));
    style_free(style);
}

/* The key that ends before COLON, "" when none does. */
static const char *key_before(struct arena *arena, const char *line, const char *colon)
{
    const char *start = colon;

    while (start > line && strchr("abcdefghijklmnopqrstuvwxyz-", start[-1]) != NULL)
        start--;
    return arena_strndup(arena, start, (size_t)(colon - start));
}

/* Every key that a style uses is in the manual. */
static void keys_are_documented(void **state)
{
    static const char *const names[] = { "classique", "poche", "grands-caracteres" };
    struct arena *arena = ((struct bench *)*state)->arena;
    size_t bytes, keys = 0;
    char *manual = file_read_text(arena, "doc/florilege-style.5", &bytes);

    assert_non_null(manual);
    for (int i = 0; i < 3; i++) {
        char *yaml = file_read_text(arena, arena_printf(arena, "styles/%s/print.yaml", names[i]),
                                    &bytes);

        for (char *line = strtok(yaml, "\n"); line != NULL; line = strtok(NULL, "\n"))
            for (char *colon = strchr(line, ':'); colon != NULL && line[0] != '#';
                 colon = strchr(colon + 1, ':')) {
                const char *key = key_before(arena, line, colon);

                if (key[0] == '\0')
                    continue;
                keys++;
                if (strstr(manual, arena_printf(arena, "Ic %s", key)) == NULL
                    && strstr(manual, arena_printf(arena, "Ss %s", key)) == NULL)
                    fail_msg("florilege-style(5) lacks “%s”", key);
            }
    }
    assert_true(keys > 300);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(styles_of_the_program_are_sound),
        cmocka_unit_test(values_are_read),
        cmocka_unit_test(wrong_values_are_told_with_their_line),
        cmocka_unit_test(unknown_keys_name_the_nearest),
        cmocka_unit_test(families_that_are_not_there_are_told),
        cmocka_unit_test(a_style_that_is_not_there_is_told),
        cmocka_unit_test(keys_are_documented),
        cmocka_unit_test(fonts_do_not_depend_on_the_machine),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
