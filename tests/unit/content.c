/* What the contents of pages are written from: clusters of words, codes in
 * streams, maps to Unicode, the text that each glyph gets; and the state that
 * pages placed on a sheet are drawn in. */
#include "pdf/cluster.h"
#include "pdf/cmap.h"
#include "pdf/codes.h"
#include "pdf/content.h"
#include "pdf/object.h"
#include "sample_pages.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* ---- Clusters ---------------------------------------------------------------- */

/* The clusters of TEXT whose glyphs begin BYTES each, a digit a glyph, as
 * "glyphs:text" with spaces between; free() it. */
static char *clusters_of(const char *text, const char *bytes, uint16_t flags)
{
    struct glyph glyphs[16] = {0};
    struct shaped shaped = { .text = text, .bytes = (uint16_t)strlen(text),
                             .count = (uint16_t)strlen(bytes), .glyphs = glyphs };
    struct word word = { .shaped = &shaped, .flags = flags };
    struct cluster cluster = {0};
    struct buf told = {0};
    uint32_t next = 0;

    for (size_t i = 0; i < strlen(bytes); i++)
        glyphs[i].bytes = (uint16_t)(bytes[i] - '0');
    while (cluster_next(&word, &cluster)) {
        assert_int_equal(cluster.first, next);
        next += cluster.count;
        buf_printf(&told, "%s%u:%.*s", told.len > 0 ? " " : "", cluster.count,
                   (int)cluster.bytes, cluster.text);
    }
    assert_int_equal(next, shaped.count);
    buf_putc(&told, '\0');
    return told.data;
}

static void clusters_share_out_the_text(void **state)
{
    static const struct { const char *text, *bytes; uint16_t flags; const char *told; } cases[] = {
        { "mot", "111", 0, "1:m 1:o 1:t" },
        { "affiche", "13111", 0, "1:a 1:ffi 1:c 1:h 1:e" },
        { "été", "2012", 0, "2:é 1:t 1:é" },
        { "été", "0212", 0, "2:é 1:t 1:é" },
        { "abc", "11", 0, "1:a 1:bc" },
        { "exem-", "11111", WORD_HYPHEN, "1:e 1:x 1:e 1:m 1:-" },
        { "exem", "11110", WORD_HYPHEN, "1:e 1:x 1:e 1:m 1:-" },
        { "ex\xC2\xAD", "112", WORD_HYPHEN, "1:e 1:x 1:-" },
        { "ex\xE2\x80\x90", "113", WORD_HYPHEN, "1:e 1:x 1:-" },
        { "-", "1", WORD_HYPHEN, "1:-" },
        { "grand-", "111111", WORD_SPACE, "1:g 1:r 1:a 1:n 1:d 1:-" },
        { "", "", WORD_SPACE, "" },
        { "a", "", WORD_HYPHEN, "" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *told = clusters_of(cases[i].text, cases[i].bytes, cases[i].flags);

        assert_string_equal(told, cases[i].told);
        free(told);
    }
}

/* ---- Codes ------------------------------------------------------------------- */

static void note_codes(void *context, const char *font, const unsigned char *bytes, size_t count)
{
    buf_printf(context, "%s", font);
    for (size_t i = 0; i < count; i++)
        buf_printf(context, " %02x", bytes[i]);
    buf_puts(context, "; ");
}

static void codes_are_those_shown(void **state)
{
    static const struct { const char *stream, *told; } cases[] = {
        { "BT /f-0-0 1 Tf (aB) Tj ET", "/f-0-0 61 42; " },
        { "(lost) Tj /f 1 Tf (a)Tj", "/f 61; " },
        { "/f 1 Tf [(a)-20(b)3.5<4344>]TJ", "/f 61 62 43 44; " },
        { "/f 1 Tf (a) Tj /g 1 Tf <0a1> Tj", "/f 61; /g 0a 10; " },
        { "/f 1 Tf /s 1 gs (a) Tj", "/f 61; " },
        { "/f 1 Tf (\\(\\)\\\\\\n\\r\\t\\b\\f\\1\\12\\1234) Tj",
          "/f 28 29 5c 0a 0d 09 08 0c 01 0a 53 34; " },
        { "/f 1 Tf (a(b)c) Tj (\\)) Tj", "/f 61 28 62 29 63; /f 29; " },
        { "/f 1 Tf /Span <</ActualText <FEFF0041> /E (no)>> BDC <61> Tj EMC", "/f 61; " },
        { "/f 1 Tf () Tj", "/f; " },
        { "/f 1 Tf (never closed \\12", "" },
        { "/f 1 Tf <61", "" },
        { "", "" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t length = strlen(cases[i].stream);
        char *exact = malloc(length + 1);       /* so that a sanitizer sees its end */
        struct buf told = {0};

        assert_non_null(exact);
        memmove(exact + 1, cases[i].stream, length);
        codes_read(exact + 1, length, note_codes, &told);
        assert_string_equal(buf_text(&told), cases[i].told);
        buf_free(&told);
        free(exact);
    }
}

/* ---- Maps -------------------------------------------------------------------- */

static void maps_tell_texts(void **state)
{
    static const struct cmap_entry entries[] = {
        { 1, 1, "A" }, { 2, 3, "ffi" }, { 3, 3, "e\xCC\x81" }, { 4, 0, "" },
        { 255, 4, "\xF0\x9F\x98\x80" },
    };
    struct buf map = {0};

    (void)state;
    cmap_put(entries, 5, 1, &map);
    assert_non_null(strstr(map.data, "<00> <ff>\nendcodespacerange\n5 beginbfchar\n"
                           "<01> <0041>\n<02> <006600660069>\n<03> <00E9>\n<04> <FFFD>\n"
                           "<ff> <D83DDE00>\nendbfchar\nendcmap"));
    buf_cut(&map, 0);
    cmap_put(entries, 1, 2, &map);
    assert_non_null(strstr(map.data, "<0000> <ffff>\nendcodespacerange\n1 beginbfchar\n"
                           "<0001> <0041>\nendbfchar\n"));
    buf_free(&map);
}

static void lists_of_maps_are_short(void **state)
{
    struct cmap_entry entries[201];
    struct buf map = {0};
    const char *second, *third;

    (void)state;
    for (int i = 0; i < 201; i++)
        entries[i] = (struct cmap_entry){ (uint16_t)i, 1, "a" };
    cmap_put(entries, 201, 2, &map);
    second = strstr(map.data, "endbfchar\n100 beginbfchar\n<0064> ");
    assert_non_null(second);
    third = strstr(second + 1, "endbfchar\n1 beginbfchar\n<00c8> ");
    assert_non_null(third);
    assert_null(strstr(third + 1, "endbfchar\n1"));
    buf_free(&map);
}

/* ---- The text of a glyph ------------------------------------------------------- */

static struct shaped *shaped_of(const struct sample *sample, uint32_t line)
{
    return (struct shaped *)(uintptr_t)sample->page.item[0].items[line].words.word[0].shaped;
}

/* The text that the glyph of "a" gets when it is also used for TEXTS. */
static void assert_text_of(const char *const *texts, size_t count, const char *expected)
{
    struct sample sample;
    struct sheet sheet = {0};
    struct sheets sheets = { .sheet = &sheet, .count = 1 };
    struct typecase *typecase;
    const struct sort *sort;

    sample_open(&sample);
    for (size_t i = 0; i < count; i++)
        sample_line(&sample, ELEMENT_ARTIFACT, "a");
    sample_page(&sample, "1");
    for (uint32_t i = 0; i < count; i++) {
        shaped_of(&sample, i)->text = texts[i];
        shaped_of(&sample, i)->bytes = (uint16_t)strlen(texts[i]);
    }
    sheet.page = &sample_pages(&sample)->page[0];
    typecase = typecase_new(&sheets);
    assert_non_null(typecase);
    sort = &typecase_lookup(typecase, sample.face)->sort[shaped_of(&sample, 0)->glyphs[0].id];
    assert_int_equal(sort->bytes, strlen(expected));
    assert_memory_equal(sort->text, expected, strlen(expected));
    typecase_free(typecase);
    sample_close(&sample);
}

static void a_glyph_gets_its_commonest_text(void **state)
{
    (void)state;
    assert_text_of((const char *const[]){ "a", "x", "x" }, 3, "x");
    assert_text_of((const char *const[]){ "x", "a", "a", "x" }, 4, "x");
    assert_text_of((const char *const[]){ "x", "a", "a" }, 3, "a");
    assert_text_of((const char *const[]){ "\xEE\x80\x80", "\xEE\x80\x80", "a" }, 3, "a");
    assert_text_of((const char *const[]){ "\xEE\x80\x80" }, 1, "");
}

/* ---- State --------------------------------------------------------------------- */

static struct item rule_in(uint8_t r, uint8_t g, uint8_t b)
{
    return (struct item){ .kind = ITEM_RULE, .element = ELEMENT_ARTIFACT, .ink = { r, g, b },
                          .rule = { DIM_OF_PT(9), DIM_OF_PT(9) } };
}

/* A placed page is drawn as it is, whatever was drawn before it; and what comes
 * after it, too. */
static void placed_pages_have_their_own_ink(void **state)
{
    const struct item ground = rule_in(255, 0, 0), black = rule_in(0, 0, 0);
    const struct laid_page under = { .items = &ground, .item_count = 1 };
    const struct laid_page over[] = { { .items = &black, .item_count = 1 },
                                      { .items = &ground, .item_count = 1 } };
    const struct placed placed[] = { { .page = &over[0], .scale = 0.5 },
                                     { .page = &over[1], .scale = 0.5 } };
    const struct sheet sheet = { .page = &under, .placed = placed, .placed_count = 2,
                                 .width = DIM_OF_PT(90), .height = DIM_OF_PT(90) };
    const struct content_source source = {0};
    struct content content = {0};
    const char *first, *second;

    (void)state;
    content_write(&content, &source, &sheet);
    first = strstr(content.stream.data, "1 0 0 rg\n");
    assert_non_null(first);
    first = strstr(first, "\nq");
    assert_non_null(first);
    second = strstr(first, "\nQ\nq");
    assert_non_null(second);
    first = strstr(first, " 0 g\n");
    assert_non_null(first);
    assert_true(first < second);
    assert_null(strstr(second, " g\n"));
    content_free(&content);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(clusters_share_out_the_text),
        cmocka_unit_test(codes_are_those_shown),
        cmocka_unit_test(maps_tell_texts),
        cmocka_unit_test(lists_of_maps_are_short),
        cmocka_unit_test(a_glyph_gets_its_commonest_text),
        cmocka_unit_test(placed_pages_have_their_own_ink),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
