/* YAML: trees with places, what is refused, values by key and by table,
 * writing that reads back. */
#include "book/yaml.h"
#include "base/nearest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct buf told;

static void keep(void *context, const struct diagnostic *d)
{
    (void)context;
    buf_printf(&told, "%s:%d:%d: %s: %s [%s]\n", d->at.path, d->at.line, d->at.col,
               severity_name(d->severity), d->message, d->rule);
}

static int set_up(void **state)
{
    *state = arena_new();
    buf_cut(&told, 0);
    diag_set_sink(keep, NULL);
    return 0;
}

static int tear_down(void **state)
{
    arena_free(*state);
    diag_set_sink(NULL, NULL);
    buf_free(&told);
    told = (struct buf){0};
    return 0;
}

static struct yaml *parse(struct arena *arena, const char *text)
{
    return yaml_parse(arena, "f", 1, text, strlen(text));
}

static void tree_knows_its_places(void **state)
{
    const char *text = "a: é\nb:\n  - x\n  - {c: \"d\"}\n";
    struct yaml *root = yaml_parse(*state, "f", 2, text, strlen(text));
    const struct yaml *b;

    assert_non_null(root);
    assert_int_equal(root->kind, YAML_MAP);
    assert_string_equal(yaml_lookup(root, "a")->text, "é");
    b = yaml_lookup(root, "b");
    assert_int_equal(b->kind, YAML_LIST);
    assert_int_equal(b->count, 2);
    assert_int_equal(b->key_at.line, 3);
    assert_int_equal(b->items[1]->at.line, 5);
    assert_int_equal(b->items[1]->at.col, 5);
    assert_true(yaml_lookup(b->items[1], "c")->quoted);
    assert_null(yaml_lookup(root, "c"));
    assert_string_equal(buf_text(&told), "");
}

static void text_is_normalised_and_nothing_is_nothing(void **state)
{
    struct yaml *root = parse(*state, "a: e\xCC\x81\nb:\nc: ~\nd: null\ne: 'null'\nf: Null\n");

    assert_string_equal(yaml_lookup(root, "a")->text, "é");
    assert_null(yaml_lookup(root, "b"));
    assert_null(yaml_lookup(root, "c"));
    assert_null(yaml_lookup(root, "d"));
    assert_string_equal(yaml_lookup(root, "e")->text, "null");
    assert_string_equal(yaml_lookup(root, "f")->text, "Null");
    assert_int_equal(parse(*state, "")->kind, YAML_NULL);
    assert_int_equal(parse(*state, "# only a comment\n")->kind, YAML_NULL);
}

static void bad_yaml_is_told_with_its_place(void **state)
{
    static const struct { const char *text, *say; } bad[] = {
        { "a: [b", "f:2:1: error: not YAML: did not find expected ',' or ']', while parsing a "
                   "flow sequence that begins at line 1 [yaml]\n" },
        { "a: 1\nb: 2\na: 3\n", "f:3:1: error: “a” stands here a second time, the first is at "
                                "line 1; keep one [yaml-twice]\n" },
        { "a: &x 1\nb: *x\n", "f:2:4: error: “*x” repeats a value by name; write the value "
                              "itself [yaml]\n" },
        { "? [a]\n: b\n", "f:1:3: error: a list or map as a key; keys are words [yaml]\n" },
        { "a: 1\n---\nb: 2\n", "f:2:1: error: a second document begins here; keep one in a "
                               "file [yaml]\n" },
        { "a: \"x\\0y\"\n", "f:1:4: error: the control character U+0000; take it out [yaml]\n" },
        { "a: \"x\\uFFFEy\"\n", "f:1:4: error: the control character U+FFFE; take it out [yaml]\n" },
        { "a: b\nc: \x01\n", "f:2:4: error: control characters are not allowed; take it out "
                             "[yaml]\n" },
    };

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        buf_cut(&told, 0);
        assert_null(parse(*state, bad[i].text));
        assert_string_equal(buf_text(&told), bad[i].say);
    }
}

static void deep_nesting_is_refused(void **state)
{
    struct buf text = {0};

    for (int i = 0; i < 200000; i++)
        buf_putc(&text, '[');
    assert_null(yaml_parse(*state, "f", 1, text.data, text.len));
    assert_string_equal(buf_text(&told),
                        "f:1:65: error: nested deeper than 64; make it flatter [yaml]\n");
    buf_free(&text);
}

static void a_value_of_ten_megabytes_is_read(void **state)
{
    struct buf text = {0};
    struct yaml *root;

    buf_puts(&text, "a: ");
    for (int i = 0; i < 1000000; i++)
        buf_puts(&text, "long text ");
    root = yaml_parse(*state, "f", 1, text.data, text.len);
    assert_int_equal(strlen(yaml_lookup(root, "a")->text), 9999999);
    buf_free(&text);
}

static void values_are_taken_by_kind(void **state)
{
    struct yaml *root = parse(*state, "s: no\ni: 12\nr: 0.25\nb: yes\nl: [a, '', b]\none: x\nc: date\n");
    static const char *const orders[] = { "surname", "date", NULL };
    const char *s = "default", *absent = "default", **l = NULL;
    int i = 0, c = 0;
    double r = 0;
    bool b = false;
    size_t count = 0;

    assert_true(yaml_string(root, "s", &s));
    assert_string_equal(s, "no");
    assert_true(yaml_string(root, "absent", &absent));
    assert_string_equal(absent, "default");
    assert_true(yaml_int(root, "i", 1, 20, &i));
    assert_int_equal(i, 12);
    assert_true(yaml_real(root, "r", 0, 1, &r));
    assert_true(r == 0.25);
    assert_true(yaml_bool(root, "b", &b));
    assert_true(b);
    assert_true(yaml_strings(*state, root, "l", &l, &count));
    assert_int_equal(count, 2);
    assert_string_equal(l[1], "b");
    assert_true(yaml_strings(*state, root, "one", &l, &count));
    assert_int_equal(count, 1);
    assert_true(yaml_choice(root, "c", orders, &c));
    assert_int_equal(c, 1);
    assert_string_equal(buf_text(&told), "");
}

static void wrong_values_are_told(void **state)
{
    struct yaml *root = parse(*state, "s: [x]\ni: 1e3\nr: x\nb: perhaps\nl: {a: b}\nc: surnam\n");
    static const char *const orders[] = { "surname", "title", "date", NULL };
    const char *s = NULL, **l = NULL;
    int i = 0, c = 0;
    double r = 0;
    bool b = false;
    size_t count = 0;

    assert_false(yaml_string(root, "s", &s));
    assert_false(yaml_int(root, "i", 1, 20, &i));
    assert_false(yaml_real(root, "r", 0, 1, &r));
    assert_false(yaml_bool(root, "b", &b));
    assert_false(yaml_strings(*state, root, "l", &l, &count));
    assert_false(yaml_choice(root, "c", orders, &c));
    assert_string_equal(buf_text(&told),
        "f:1:4: error: “s” must be a text, not a list [wrong-value]\n"
        "f:2:4: error: “i” must be a whole number from 1 to 20, not “1e3” [wrong-value]\n"
        "f:3:4: error: “r” must be a number from 0 to 1, not “x” [wrong-value]\n"
        "f:4:4: error: “b” must be true or false, not “perhaps” [wrong-value]\n"
        "f:5:4: error: “l” must be a list, not a map (key: value) [wrong-value]\n"
        "f:6:4: error: “c” must be surname, title or date, not “surnam”; “surname”? "
        "[wrong-value]\n");
}

struct person { const char *name; const char **accounts; size_t account_count; int age; };

static void maps_fill_structs(void **state)
{
    static const struct yaml_field fields[] = {
        { .key = "name", .type = YAML_TO_STRING, .required = true,
          .offset = offsetof(struct person, name) },
        { .key = "accounts", .type = YAML_TO_STRINGS, .offset = offsetof(struct person, accounts),
          .count = offsetof(struct person, account_count) },
        { .key = "age", .type = YAML_TO_INT, .least = 0, .most = 150,
          .offset = offsetof(struct person, age) },
        { .key = "layout", .type = YAML_TO_NOTHING },
    };
    struct person ada = {0}, nobody = {0};

    assert_true(yaml_read(*state, parse(*state, "name: Ada\nacounts: [b]\naccounts: [\"@a\", \" \"]\n"
                                                "age: 36\nlayout: post\n"),
                          "a person", fields, 4, &ada));
    assert_string_equal(ada.name, "Ada");
    assert_int_equal(ada.account_count, 1);
    assert_int_equal(ada.age, 36);
    assert_false(yaml_read(*state, parse(*state, "age: old\nzzz: 1\nname: \" \"\n"), "a person", fields, 4,
                           &nobody));
    assert_string_equal(buf_text(&told),
        "f:2:1: warning: unknown key “acounts”; “accounts”? [unknown-key]\n"
        "f:1:1: error: a person needs “name:”; add it [missing-key]\n"
        "f:1:6: error: “age” must be a whole number from 0 to 150, not “old” [wrong-value]\n"
        "f:2:1: warning: unknown key “zzz”; take it out [unknown-key]\n");
}

static void long_values_are_cut_between_letters(void **state)
{
    struct buf text = {0};
    int i = 0;

    buf_puts(&text, "i: ");
    for (int n = 0; n < 100; n++)
        buf_puts(&text, "é");
    assert_false(yaml_int(parse(*state, buf_text(&text)), "i", 0, 9, &i));
    assert_non_null(strstr(buf_text(&told), "ééé…”"));
    buf_free(&text);
}

static void what_is_written_reads_back(void **state)
{
    static const char *const texts[] = {
        "plain words", "Carroll, Melissa", "@MelC_Mtl", "#FF", "no", "Yes", "~", "null", "- dash",
        "a: b", "a:", "https://example.org/a?b=c#d", "12", "2012-05-14", "", " before", "after ",
        "two\nlines", "tab\there", "\"quoted\"", "it's", "« É »", "\xC2\xA0space", "x\xE2\x80\xA8y",
        "back\\slash", "[x]", "{x}", "a #b", "% x", "`x`", "é\xE2\x80\xAF!", "?", "\xC2\x85", "😀 :)",
    };

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const char *const pairs[][2] = { { "a", texts[i] }, { "none", NULL }, { "b", texts[i] } };
        struct buf text = {0};
        struct yaml *root;

        yaml_write_pair(&text, 0, "pair", texts[i]);
        yaml_write_list(&text, 0, "list", &texts[i], 1);
        buf_puts(&text, "flow: ");
        yaml_write_flow(&text, pairs, 3);
        root = parse(*state, buf_text(&text));
        assert_non_null(root);
        assert_string_equal(root->items[0]->text, texts[i]);
        assert_string_equal(root->items[1]->items[0]->text, texts[i]);
        assert_string_equal(root->items[2]->items[0]->text, texts[i]);
        assert_string_equal(root->items[2]->items[1]->text, texts[i]);
        assert_int_equal(root->items[0]->kind, YAML_SCALAR);
        buf_free(&text);
    }
}

static void plain_text_stays_plain(void **state)
{
    struct buf text = {0};

    (void)state;
    yaml_write_pair(&text, 2, "name", "Élise Tremblay");
    yaml_write_pair(&text, 0, "url", "https://example.org/a");
    yaml_write_pair(&text, 0, "note", NULL);
    yaml_write_pair(&text, 0, "handle", "@a");
    assert_string_equal(buf_text(&text), "  name: Élise Tremblay\nurl: https://example.org/a\n"
                                         "handle: \"@a\"\n");
    buf_free(&text);
}

static void nearest_is_near(void **state)
{
    static const char *const names[] = { "surname", NULL, "title", "date" };

    (void)state;
    assert_string_equal(nearest("surnmae", names, 4), "surname");
    assert_string_equal(nearest("Titel", names, 4), "title");
    assert_null(nearest("colour", names, 4));
    assert_null(nearest("", names, 4));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(tree_knows_its_places),
        TEST(text_is_normalised_and_nothing_is_nothing),
        TEST(bad_yaml_is_told_with_its_place),
        TEST(deep_nesting_is_refused),
        TEST(a_value_of_ten_megabytes_is_read),
        TEST(values_are_taken_by_kind),
        TEST(wrong_values_are_told),
        TEST(maps_fill_structs),
        TEST(long_values_are_cut_between_letters),
        TEST(what_is_written_reads_back),
        TEST(plain_text_stays_plain),
        TEST(nearest_is_near),
    };

    return cmocka_run_group_tests_name("yaml", tests, NULL, NULL);
}
