/* The style sheet of the e-book: what is read, and what stays of it. */
#include "base/diag.h"
#include "base/publish.h"
#include "epub/stylesheet.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const char document[] =
    "<?xml version=\"1.0\"?>\n<html><head><title>t</title></head>\n<body>\n"
    "<section class=\"part-title wide\"><h1>A &gt; b</h1><p class=\"editor\">x<br/>y</p><p>z</p>"
    "<ol><li>one</li></ol></section>\n<p>end</p></body></html>";

static struct stylesheet *load(struct arena *arena, const char *css)
{
    char path[] = "/tmp/florilege-css-XXXXXX";
    struct stylesheet *sheet;

    close(mkstemp(path));
    assert_true(publish_bytes(path, css, strlen(css)));
    sheet = stylesheet_load(arena, path);
    unlink(path);
    return sheet;
}

/* Applies SHEET to the document XHTML, which then is LEFT, unless that is NULL. */
static void apply(struct stylesheet *sheet, const char *xhtml, const char *left)
{
    struct buf copy = {0}, *documents[] = { &copy };

    buf_puts(&copy, xhtml);
    stylesheet_apply(sheet, documents, 1);
    if (left != NULL)
        assert_string_equal(buf_text(&copy), left);
    buf_free(&copy);
}

/* What is left of CSS for the document. */
static void expect(const char *css, const char *left)
{
    struct arena *arena = arena_new();
    struct stylesheet *sheet = load(arena, css);
    struct buf out = {0};

    assert_non_null(sheet);
    apply(sheet, document, NULL);
    stylesheet_write(sheet, &out);
    assert_string_equal(buf_text(&out), left);
    buf_free(&out);
    stylesheet_free(sheet);
    arena_free(arena);
}

static void used_selectors_stay(void **state)
{
    static const char *const used[] = {
        "p", "h1 + p", "p + p", "section > h1", "section li", ".part-title", ".wide .editor",
        "section.part-title.wide > p.editor", "body p + ol > li", "p:first-child", "p::after",
        "a[href], p", "*", "html, body", "p:not(.editor, .name)", "h1~p",
    };

    (void)state;
    for (size_t i = 0; i < sizeof used / sizeof *used; i++) {
        struct arena *arena = arena_new();
        char *css = arena_printf(arena, "%s { margin: 0 }", used[i]);
        struct stylesheet *sheet = load(arena, css);
        struct buf out = {0};

        apply(sheet, document, NULL);
        stylesheet_write(sheet, &out);
        if (out.len == 0)
            fail_msg("%s was dropped", used[i]);
        buf_free(&out);
        stylesheet_free(sheet);
        arena_free(arena);
    }
}

static void unused_selectors_go(void **state)
{
    (void)state;
    expect("table { margin: 0 }", "");
    expect(".credit { margin: 0 }", "");
    expect("h1.editor { margin: 0 }", "");
    expect("li p { margin: 0 }", "");
    expect("p > p { margin: 0 }", "");
    expect("p + h1 { margin: 0 }", "");
    expect("ol + ol { margin: 0 }", "");
    expect("br + p { margin: 0 }", "");
    expect("p, table, .credit { margin: 0 }", "p {\n  margin: 0;\n}\n");
    expect("dt, .editor { margin: 0; } dd { margin: 0; }", ".editor {\n  margin: 0;\n}\n");
}

static void blocks_are_read_whole(void **state)
{
    (void)state;
    expect("/* p { } */ p { content: \"} /* no */ ;\"; margin: 0 }",
           "p {\n  content: \"} /* no */ ;\";\n  margin: 0;\n}\n");
    expect("@media (min-width: 30em) { table { margin: 0 } }", "");
    expect("@media print { p { margin: 0 } dl { margin: 1em } }",
           "@media print {\np {\n  margin: 0;\n}\n}\n");
    expect("@page { margin: 5% }", "@page {\n  margin: 5%;\n}\n");
    expect("", "");
}

static void ignore(void *context, const struct diagnostic *diagnostic)
{
    (void)diagnostic;
    ++*(int *)context;
}

static void broken_sheets_are_refused(void **state)
{
    struct arena *arena = arena_new();
    int said = 0;

    (void)state;
    diag_set_sink(ignore, &said);
    assert_null(load(arena, "p { margin: 0"));
    assert_null(load(arena, "p { margin: 0 } }"));
    assert_null(load(arena, "p { content: \"x }"));
    assert_null(load(arena, "p"));
    assert_null(stylesheet_load(arena, "/nowhere/epub.css"));
    diag_set_sink(NULL, NULL);
    assert_int_equal(said, 5);
    arena_free(arena);
}

static void idle_classes_go(void **state)
{
    struct arena *arena = arena_new();
    struct stylesheet *sheet = load(arena, ".a li { margin: 0 } .b p { margin: 0 } p { margin: 0 }");

    (void)state;
    apply(sheet, "<ul class=\"a\"><li>x &gt; y</li></ul><div id=\"q\" class=\"b\" lang=\"fr\"/><p>z</p>\n",
          "<ul class=\"a\"><li>x &gt; y</li></ul><div id=\"q\" lang=\"fr\"/><p>z</p>\n");
    stylesheet_free(sheet);
    arena_free(arena);
}

static void classes_and_families_are_known(void **state)
{
    struct arena *arena = arena_new();
    struct stylesheet *sheet = load(arena, "p.credit, .toc li { font-family: \"Lato\", serif }");

    (void)state;
    assert_true(stylesheet_has_class(sheet, "credit"));
    assert_true(stylesheet_has_class(sheet, "toc"));
    assert_false(stylesheet_has_class(sheet, "p"));
    assert_false(stylesheet_has_class(sheet, "cred"));
    assert_true(stylesheet_has_family(sheet, "Lato"));
    assert_false(stylesheet_has_family(sheet, "Lat"));
    stylesheet_free(sheet);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(used_selectors_stay),
        cmocka_unit_test(unused_selectors_go),
        cmocka_unit_test(blocks_are_read_whole),
        cmocka_unit_test(broken_sheets_are_refused),
        cmocka_unit_test(idle_classes_go),
        cmocka_unit_test(classes_and_families_are_known),
    };

    return cmocka_run_group_tests_name("stylesheet", tests, NULL, NULL);
}
