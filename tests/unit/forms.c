/* Dates, languages, ISBNs, initials; pictures by their bytes; collation. */
#include "base/file.h"
#include "book/collate.h"
#include "book/forms.h"
#include "book/picture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof (array) / sizeof *(array))

static int set_up(void **state)
{
    *state = arena_new();
    return 0;
}

static int tear_down(void **state)
{
    arena_free(*state);
    return 0;
}

static void check(const char *made, const char *want)
{
    if (want == NULL)
        assert_null(made);
    else
        assert_string_equal(made, want);
}

static void dates_are_of_the_calendar(void **state)
{
    static const char *const pairs[][2] = {
        { "2012-05-14", "2012-05-14" }, { "2012-05", "2012-05" }, { "2012", "2012" },
        { "2012-05-14T10:00:00Z", "2012-05-14" }, { "2012-05-14 10:00:00 -0500", "2012-05-14" },
        { "2000-02-29", "2000-02-29" }, { "1900-02-29", NULL }, { "2023-02-29", NULL },
        { "2012-13-01", NULL }, { "2012-00-01", NULL }, { "2012-5-1", NULL }, { "12-05-14", NULL },
        { "2012-05-14x", NULL }, { "2012-05T10", NULL }, { "", NULL }, { "0000", NULL },
    };

    for (size_t i = 0; i < COUNT(pairs); i++)
        check(form_date(*state, pairs[i][0]), pairs[i][1]);
    assert_true(date_is_whole("2012-05-14"));
    assert_false(date_is_whole("2012-05"));
    assert_string_equal(date_of_seconds(*state, 0), "1970-01-01");
    assert_string_equal(date_of_seconds(*state, 951782400), "2000-02-29");
    assert_string_equal(date_of_seconds(*state, 1356998399), "2012-12-31");
    assert_string_equal(date_of_seconds(*state, 253402300799), "9999-12-31");
    setenv("SOURCE_DATE_EPOCH", "951782400", 1);
    assert_string_equal(date_of_environment(*state), "2000-02-29");
    setenv("SOURCE_DATE_EPOCH", "9223372036854775807", 1);
    assert_null(date_of_environment(*state));
    unsetenv("SOURCE_DATE_EPOCH");
    assert_null(date_of_environment(*state));
}

static void languages_have_one_case(void **state)
{
    static const char *const pairs[][2] = {
        { "fr-CA", "fr-CA" }, { "FR-ca", "fr-CA" }, { "zh-hant-tw", "zh-Hant-TW" }, { "en", "en" },
        { "gsw", "gsw" }, { "es-419", "es-419" }, { "fr_CA", NULL }, { "français", NULL },
        { "", NULL }, { "fr-", NULL }, { "-fr", NULL }, { "f", NULL }, { "fran", NULL },
        { "fr-toolongpart", NULL },
    };

    for (size_t i = 0; i < COUNT(pairs); i++)
        check(form_language(*state, pairs[i][0]), pairs[i][1]);
}

static void isbns_have_a_check_digit(void **state)
{
    static const char *const pairs[][2] = {
        { "978-0-306-40615-7", "978-0-306-40615-7" }, { "9780306406157", "9780306406157" },
        { "979 10 90636 07 1", "979-10-90636-07-1" },
        { " -978 - 0306406157 ", "978-0306406157" }, { "9780306406158", NULL },
        { "0-306-40615-2", NULL }, { "97803064061570", NULL }, { "", NULL },
        { "9770306406158", NULL }, { "978030640615X", NULL },
    };

    for (size_t i = 0; i < COUNT(pairs); i++)
        check(form_isbn(*state, pairs[i][0]), pairs[i][1]);
}

static void names_have_initials_and_an_order(void **state)
{
    static const char *const triples[][3] = {
        { "Melissa Carroll", "MC", "Carroll, Melissa" },
        { "Carl-Olivier Perras Beaulieu", "CPB", "Beaulieu, Carl-Olivier Perras" },
        { "Ubi de Feo", "UF", "Feo, Ubi de" },
        { "Zoé d'Exemple-Lavoie", "ZE", "d'Exemple-Lavoie, Zoé" },
        { "A B C D E", "ABE", "E, A B C D" },
        { "Madonna", "M", "Madonna" },
        { "bell hooks", "B", "hooks, bell" },
        { "Mario De Luca", "MDL", "De Luca, Mario" },
        { "Jan van den Berg", "JB", "Berg, Jan van den" },
        { "Jo Van den Berg", "JVB", "Van den Berg, Jo" },
        { "Zoé von der Heide", "ZH", "Heide, Zoé von der" },
        { "João da Silva", "JS", "Silva, João da" },
        { "La Marsa", "LM", "Marsa, La" },
        { "Lina Haddad (لينا حداد)", "LH", "Haddad, Lina (لينا حداد)" },
        { "Ana Roy (née de Silva)", "AR", "Roy, Ana (née de Silva)" },
        { "Ada (Lovelace) King", "ALK", "King, Ada (Lovelace)" },
        { "东 京", "东京", "东 京" },
        { "« Élise » Ô", "ÉÔ", "Ô, « Élise »" },
    };

    for (size_t i = 0; i < COUNT(triples); i++) {
        check(form_monogram(*state, triples[i][0]), triples[i][1]);
        check(form_sort_name(*state, triples[i][0]), triples[i][2]);
    }
}

static void pictures_are_known_by_their_bytes(void **state)
{
    static const struct { const char *name; enum picture_kind kind; int width, height; } sound[] = {
        { "turned.jpg", PICTURE_JPEG, 30, 40 }, { "sound.png", PICTURE_PNG, 40, 30 },
        { "small.gif", PICTURE_GIF, 24, 16 }, { "tiny.webp", PICTURE_WEBP, 40, 30 },
        { "lossless.webp", PICTURE_WEBP, 40, 30 }, { "drawing.svg", PICTURE_SVG, 120, 80 },
    };

    for (size_t i = 0; i < COUNT(sound); i++) {
        struct picture picture = {0};
        size_t bytes;
        const char *path = arena_printf(*state, "tests/golden/portrait/photos/%s", sound[i].name);
        char *data = file_read(*state, path, 0, &bytes);

        assert_null(picture_probe(data, bytes, &picture));
        assert_int_equal(picture.kind, sound[i].kind);
        assert_int_equal(picture.width, sound[i].width);
        assert_int_equal(picture.height, sound[i].height);
        /* Cut anywhere, it is no sound picture and nothing is read beyond. */
        for (size_t cut = 0; cut + 9 < bytes && sound[i].kind != PICTURE_GIF; cut++) {
            char *part = arena_alloc(*state, cut + 1);

            memcpy(part, data, cut);
            assert_non_null(picture_probe(part, cut, &picture));
        }
    }
}

static const char *probe(const char *text)
{
    struct picture picture = {0};

    return picture_probe(text, strlen(text), &picture);
}

static void other_files_are_no_pictures(void **state)
{
    (void)state;
    assert_non_null(probe(""));
    assert_non_null(probe("text"));
    assert_non_null(probe("<html><svg/></html>"));
    assert_non_null(probe("<svg></svg>"));
    assert_non_null(probe("<svg width='0' height='2'></svg>"));
    assert_non_null(probe("<svg width='99999999' height='99999999'/>"));
    assert_non_null(probe("<svg viewBox='0 0"));
    assert_null(probe("<!-- <x> --><svg width='3' height='2px'/>"));
    assert_null(probe("<?xml version='1.0'?>\n<!DOCTYPE svg>\n<svg viewBox='0,0,3 2.5' width='5em'/>"));
    assert_non_null(strstr(probe("%PDF-1.4"), "PDF"));
    assert_non_null(strstr(probe("BM12345678"), "BMP"));
}

static void alphabets_are_those_of_the_language(void **state)
{
    struct collator *french = collator_new("fr-CA"), *swedish = collator_new("sv"),
        *none = collator_new("xx-nonsense");

    assert_true(strcmp(collator_key(*state, french, "Éclair"),
                       collator_key(*state, french, "Ecluse")) < 0);
    assert_true(strcmp(collator_key(*state, french, "åre"),
                       collator_key(*state, french, "zoo")) < 0);
    assert_true(strcmp(collator_key(*state, swedish, "åre"),
                       collator_key(*state, swedish, "zoo")) > 0);
    assert_true(strcmp(collator_key(*state, none, "a"), collator_key(*state, none, "b")) < 0);
    assert_string_equal(collator_key(*state, french, "x"), collator_key(*state, french, "x"));
    collator_free(french);
    collator_free(swedish);
    collator_free(none);
    collator_free(NULL);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(dates_are_of_the_calendar),
        TEST(languages_have_one_case),
        TEST(isbns_have_a_check_digit),
        TEST(names_have_initials_and_an_order),
        TEST(pictures_are_known_by_their_bytes),
        TEST(other_files_are_no_pictures),
        TEST(alphabets_are_those_of_the_language),
    };

    return cmocka_run_group_tests_name("forms", tests, NULL, NULL);
}
