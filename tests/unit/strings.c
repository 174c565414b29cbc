/* The book's own words. */
#include "base/buf.h"
#include "base/file.h"
#include "book/strings.h"
#include "book/yaml.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define NB "\xC2\xA0"

struct fixture { struct arena *arena; char *data; };

static int start(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);

    fixture->arena = arena_new();
    fixture->data = file_data_folder(fixture->arena);
    *state = fixture;
    return fixture->data == NULL;
}

static int stop(void **state)
{
    struct fixture *fixture = *state;

    arena_free(fixture->arena);
    free(fixture);
    return 0;
}

static struct strings *load(struct fixture *fixture, const char *language)
{
    struct strings *strings = strings_load(fixture->arena, fixture->data, language);

    assert_non_null(strings);
    return strings;
}

/* "012" for a text with {0}, {1} and {2}, in whatever order. */
static void collect(const char *text, char seen[11])
{
    bool used[10] = {0};

    for (; *text != '\0'; text++)
        if (text[0] == '{' && text[1] >= '0' && text[1] <= '9')
            used[text[1] - '0'] = true;
    for (int i = 0; i < 10; i++)
        if (used[i])
            *seen++ = (char)('0' + i);
    *seen = '\0';
}

static void languages_have_the_same_keys(void **state)
{
    struct fixture *fixture = *state;
    char *folder = path_join(fixture->arena, fixture->data, "styles/strings");
    const struct yaml *english = yaml_load(fixture->arena, path_join(fixture->arena, folder, "en.yaml"));
    const struct yaml *french = yaml_load(fixture->arena, path_join(fixture->arena, folder, "fr.yaml"));

    assert_true(english->count > 100);
    assert_int_equal(english->count, french->count);
    for (size_t i = 0; i < english->count; i++) {
        const struct yaml *other = yaml_lookup(french, english->items[i]->key);
        char ours[11], theirs[11];

        if (other == NULL)
            fail_msg("fr.yaml lacks %s", english->items[i]->key);
        collect(english->items[i]->text, ours);
        collect(other->text, theirs);
        assert_string_equal(ours, theirs);
    }
}

static void regions_override(void **state)
{
    struct fixture *fixture = *state;
    char *folder = path_join(fixture->arena, fixture->data, "styles/strings");
    const struct yaml *english = yaml_load(fixture->arena, path_join(fixture->arena, folder, "en.yaml"));
    const struct yaml *american = yaml_load(fixture->arena, path_join(fixture->arena, folder, "en-US.yaml"));

    for (size_t i = 0; i < american->count; i++)
        assert_non_null(yaml_lookup(english, american->items[i]->key));
    assert_string_equal(strings_date(fixture->arena, load(fixture, "en-US"), "2012-05-14"),
                        "May" NB "14, 2012");
    assert_string_equal(strings_date(fixture->arena, load(fixture, "en-GB"), "2012-05-14"),
                        "14" NB "May 2012");
}

static void rules_are_applied(void **state)
{
    struct fixture *fixture = *state;
    struct strings *french = load(fixture, "fr-CA");

    assert_string_equal(strings_format(fixture->arena, french, "contact", 2, "Blogue", "x"),
                        "Blogue" NB ": x");
    assert_string_equal(strings_format(fixture->arena, french, "page", 1, "12"), "p." NB "12");
    assert_string_equal(strings_text(load(fixture, "fr-FR"), "contents"), "Table des matières");
}

static void an_unknown_language_reads_english(void **state)
{
    struct fixture *fixture = *state;

    assert_string_equal(strings_text(load(fixture, "tlh"), "contents"), "Contents");
    assert_string_equal(strings_ordinal(fixture->arena, load(fixture, "zz-ZZ"), "edition", 2),
                        "Second edition");
}

static void numbers_are_counted(void **state)
{
    static const struct { const char *language, *key; int number; const char *text; } samples[] = {
        { "fr-CA", "edition", 1, "Première édition" },
        { "fr-CA", "edition", 20, "Vingtième édition" },
        { "fr-CA", "edition", 21, "21e édition" },
        { "fr-FR", "printing", 1, "1er tirage" }, { "fr-FR", "printing", 2, "2e tirage" },
        { "en", "edition", 2, "Second edition" }, { "en", "edition", 21, "21st edition" },
        { "en", "edition", 22, "22nd edition" }, { "en", "edition", 23, "23rd edition" },
        { "en", "edition", 111, "111th edition" },
    };
    struct fixture *fixture = *state;

    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++)
        assert_string_equal(strings_ordinal(fixture->arena, load(fixture, samples[i].language),
                                            samples[i].key, samples[i].number),
                            samples[i].text);
    assert_string_equal(strings_count(fixture->arena, load(fixture, "fr"), "portraits", 1), "1 portrait");
    assert_string_equal(strings_count(fixture->arena, load(fixture, "fr"), "portraits", 0), "0 portrait");
    assert_string_equal(strings_count(fixture->arena, load(fixture, "en"), "portraits", 0), "0 portraits");
}

static void dates_are_said(void **state)
{
    static const struct { const char *date, *text; } samples[] = {
        { "2012-05-14", "14" NB "mai 2012" }, { "2012-08-01", "1er" NB "août 2012" },
        { "2012-12", "décembre 2012" }, { "2012", "2012" },
        { "2012-13", "2012-13" }, { "hier", "hier" }, { "", "" }, { "2012-", "2012-" },
        { "2012-05-14-01", "2012-05-14-01" }, { "2012-5", "2012-5" },
    };
    struct fixture *fixture = *state;
    struct strings *french = load(fixture, "fr-CA");

    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++)
        assert_string_equal(strings_date(fixture->arena, french, samples[i].date), samples[i].text);
    assert_string_equal(strings_on_date(fixture->arena, french, "2012-05-14"), "le 14" NB "mai 2012");
    assert_string_equal(strings_on_date(fixture->arena, french, "2012-05"), "en mai 2012");
}

static void note_piece(void *context, const char *text, size_t bytes, int argument)
{
    if (argument >= 0)
        buf_printf(context, "<%d>", argument);
    else
        buf_append(context, text, bytes);
}

static void texts_come_in_pieces(void **state)
{
    struct buf pieces = {0};

    strings_pieces(load(*state, "en"), "person-page", note_piece, &pieces);
    assert_string_equal(buf_text(&pieces), "<0> (p." NB "<1>)");
    buf_free(&pieces);
}

static void count_errors(void *context, const struct diagnostic *d)
{
    *(int *)context += d->severity == DIAG_ERROR;
}

static void a_missing_folder_is_told(void **state)
{
    struct fixture *fixture = *state;
    int errors = 0;

    diag_set_sink(count_errors, &errors);
    assert_null(strings_load(fixture->arena, "/nowhere", "fr"));
    diag_set_sink(NULL, NULL);
    assert_int_equal(errors, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(languages_have_the_same_keys),
        cmocka_unit_test(regions_override),
        cmocka_unit_test(rules_are_applied),
        cmocka_unit_test(an_unknown_language_reads_english),
        cmocka_unit_test(numbers_are_counted),
        cmocka_unit_test(dates_are_said),
        cmocka_unit_test(texts_come_in_pieces),
        cmocka_unit_test(a_missing_folder_is_told),
    };

    return cmocka_run_group_tests_name("strings", tests, start, stop);
}
