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

static const struct yaml *load_file(struct fixture *fixture, const char *name)
{
    char *folder = path_join(fixture->arena, fixture->data, "styles/strings");
    const struct yaml *map = yaml_load(fixture->arena, path_join(fixture->arena, folder, name));

    assert_non_null(map);
    return map;
}

/* "edition-2", "edition-few": the forms of some numbers alone, which only some
 * languages have; "edition-other" is for all. "on-day-8" goes with "on-day", and
 * "list-two-hi" with "list-two". */
static bool is_form(struct arena *arena, const struct yaml *map, const char *key)
{
    static const char *const categories[] = { "one", "two", "few" };
    const char *last = strrchr(key, '-');
    char *stem = last == NULL ? NULL : arena_strndup(arena, key, (size_t)(last - key));

    if (stem == NULL || (yaml_lookup(map, arena_printf(arena, "%s-other", stem)) == NULL
                         && yaml_lookup(map, stem) == NULL))
        return false;
    for (int i = 0; i < 3; i++)
        if (strcmp(last + 1, categories[i]) == 0)
            return true;
    return (last[1] >= '0' && last[1] <= '9')
        || (strncmp(key, "list-", 5) == 0 && yaml_lookup(map, stem) != NULL);
}

/* The edition may be said by its ordinal, the printing by how many reprints. */
static bool may_choose(const char *key)
{
    return strncmp(key, "edition-revised", 15) == 0 || strcmp(key, "edition-enlarged") == 0
        || strncmp(key, "printing-", 9) == 0;
}

static void check_placeholders(const struct yaml *english, const struct yaml *other)
{
    char ours[11], theirs[11];

    collect(english->text, ours);
    collect(other->text, theirs);
    if (may_choose(english->key) && strcmp(theirs, "1") == 0)
        return;
    if (strcmp(ours, theirs) != 0)
        fail_msg("%s: {%s} in English, {%s} in “%s”", english->key, ours, theirs, other->text);
}

static void languages_have_the_same_keys(void **state)
{
    static const char *const files[] = { "fr.yaml", "de.yaml", "es.yaml", "it.yaml", "pt.yaml",
                                         "nl.yaml" };
    struct fixture *fixture = *state;
    const struct yaml *english = load_file(fixture, "en.yaml");

    assert_true(english->count > 100);
    for (size_t f = 0; f < sizeof files / sizeof *files; f++) {
        const struct yaml *map = load_file(fixture, files[f]);

        for (size_t i = 0; i < english->count; i++) {
            const struct yaml *other = yaml_lookup(map, english->items[i]->key);

            if (other != NULL)
                check_placeholders(english->items[i], other);
            else if (!is_form(fixture->arena, map, english->items[i]->key))
                fail_msg("%s lacks %s", files[f], english->items[i]->key);
        }
        for (size_t i = 0; i < map->count; i++)
            if (yaml_lookup(english, map->items[i]->key) == NULL
                && !is_form(fixture->arena, map, map->items[i]->key))
                fail_msg("%s has %s, which nothing reads", files[f], map->items[i]->key);
    }
}

static void regions_override(void **state)
{
    static const struct { const char *region, *language; } files[] = {
        { "en-US.yaml", "en.yaml" }, { "fr-FR.yaml", "fr.yaml" }, { "de-AT.yaml", "de.yaml" },
        { "pt-PT.yaml", "pt.yaml" },
    };
    struct fixture *fixture = *state;

    for (size_t f = 0; f < sizeof files / sizeof *files; f++) {
        const struct yaml *region = load_file(fixture, files[f].region);
        const struct yaml *language = load_file(fixture, files[f].language);

        for (size_t i = 0; i < region->count; i++) {
            const struct yaml *other = yaml_lookup(language, region->items[i]->key);

            assert_non_null(other);
            check_placeholders(region->items[i], other);
        }
    }
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
        { "de", "edition", 1, "1." NB "Auflage" }, { "de-CH", "edition", 21, "21." NB "Auflage" },
        { "de", "printing", 2, "2." NB "Druck" }, { "de", "ordinal", 2, "2." },
        { "es-MX", "edition", 2, "Segunda edición" }, { "es", "edition", 21, "21.ª" NB "edición" },
        { "es", "printing", 2, "Primera reimpresión" },
        { "es", "printing", 12, "11.ª" NB "reimpresión" },
        { "it", "edition", 8, "Ottava edizione" }, { "it", "edition", 80, "80ª" NB "edizione" },
        { "it", "printing", 3, "Seconda ristampa" },
        { "pt-BR", "edition", 12, "Décima segunda edição" },
        { "pt-BR", "edition", 21, "21ª" NB "edição" },
        { "pt", "printing", 2, "Primeira reimpressão" },
        { "pt-PT", "edition", 2, "Segunda edição" }, { "pt-PT", "edition", 21, "21.ª" NB "edição" },
        { "pt-PT", "printing", 12, "11.ª" NB "reimpressão" },
        { "nl", "edition", 3, "Derde druk" }, { "nl-BE", "edition", 21, "21e druk" },
        { "nl", "ordinal", 2, "Tweede" }, { "nl", "printing", 2, "2e oplage" },
        { "en", "ordinal", 3, "3rd" }, { "fr", "ordinal", 1, "1re" },
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

static void dates_are_said_in_each_language(void **state)
{
    static const struct { const char *language, *date, *text; } samples[] = {
        { "de", "2012-05-01", "am 1." NB "Mai 2012" }, { "de", "2012-05", "im Mai 2012" },
        { "de", "2012", "2012" }, { "de-AT", "2012-01-14", "am 14." NB "Jänner 2012" },
        { "de-DE", "2012-01-14", "am 14." NB "Januar 2012" },
        { "es", "2012-05-01", "el 1" NB "de mayo de 2012" }, { "es", "2012-05", "en mayo de 2012" },
        { "it", "2012-05-01", "il 1º" NB "maggio 2012" }, { "it", "2012-05-08", "l’8" NB "maggio 2012" },
        { "it", "2012-05-11", "l’11" NB "maggio 2012" }, { "it", "2012-05-18", "il 18" NB "maggio 2012" },
        { "it", "2012", "nel 2012" },
        { "pt-BR", "2012-05-01", "em 1º" NB "de maio de 2012" },
        { "pt-PT", "2012-05-01", "em 1" NB "de maio de 2012" },
        { "nl", "2012-05-14", "op 14" NB "mei 2012" }, { "nl", "2012-03", "in maart 2012" },
        { "en", "2012", "in 2012" }, { "fr", "2012", "en 2012" },
    };
    struct fixture *fixture = *state;

    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++)
        assert_string_equal(strings_on_date(fixture->arena, load(fixture, samples[i].language),
                                            samples[i].date),
                            samples[i].text);
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
        cmocka_unit_test(dates_are_said_in_each_language),
        cmocka_unit_test(texts_come_in_pieces),
        cmocka_unit_test(a_missing_folder_is_told),
    };

    return cmocka_run_group_tests_name("strings", tests, start, stop);
}
