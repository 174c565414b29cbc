/* What the importer refuses, with file and line, and writes nothing; and what
 * it reads although it is not as it should be. */
#include "import_help.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include <cmocka.h>

#include <zip.h>

#define RSS "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
#define CHANNEL "<rss xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" " \
                "xmlns:wp=\"http://wordpress.org/export/1.2/\"><channel>\n"
#define POST "<item><title>Meet Ada Quill</title><content:encoded><![CDATA[" \
             "<strong>Why paper?</strong>\n\nIt was there.\n\n<strong>Who taught you?</strong>" \
             "\n\nRain.]]></content:encoded><wp:post_id>1</wp:post_id>" \
             "<wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>\n"
#define END "</channel></rss>\n"
#define STORY "Interview with Ada Quill\n\nAda folds paper.\n\nWhy paper?\n\nIt was there.\n\n" \
              "Who taught you?\n\nRain.\n"

static void assert_said(const struct place_to_import *place, const char *what)
{
    if (strstr(buf_text(&place->said), what) == NULL)
        fail_msg("“%s” was not said, but:\n%s", what, buf_text(&place->said));
}

/* Refused, in ten seconds, with WHAT said; nothing written. */
static void assert_refused(const char *name, const char *text, size_t bytes, const char *what)
{
    struct place_to_import *place = place_new();
    clock_t start = clock();
    size_t count;

    assert_false(place_import_one(place, place_source(place, name, text, bytes)));
    assert_true((clock() - start) / CLOCKS_PER_SEC < 10);
    assert_said(place, what);
    assert_said(place, name);
    folder_list(place->arena, place->folder, &count);
    assert_int_equal(count, 1);         /* the sources alone */
    place_free(place);
}

static void refuse(const char *name, const char *text, const char *what)
{
    assert_refused(name, text, strlen(text), what);
}

/* Read, and the first portrait holds WHAT. */
static void assert_read(const char *name, const char *text, size_t bytes, const char *portrait,
                        const char *what)
{
    struct place_to_import *place = place_new();
    const char *file;

    if (!place_import_one(place, place_source(place, name, text, bytes)))
        fail_msg("refused: %s", buf_text(&place->said));
    file = place_file(place, arena_printf(place->arena, "portraits/%s.md", portrait));
    assert_non_null(file);
    if (strstr(file, what) == NULL)
        fail_msg("“%s” is not in:\n%.2000s", what, file);
    place_free(place);
}

/* BEFORE, then PIECE COUNT times, then AFTER. */
static void repeat(struct buf *out, const char *before, const char *piece, size_t count,
                   const char *after)
{
    buf_puts(out, before);
    for (size_t i = 0; i < count; i++)
        buf_puts(out, piece);
    buf_puts(out, after);
}

/* ---- XML --------------------------------------------------------------------------- */

static void document_types_are_refused(void **state)
{
    (void)state;
    refuse("entity.xml", RSS "<!DOCTYPE rss [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>\n" CHANNEL
           POST "<title>&x;</title>" END, ":2: error: a document type declaration");
    refuse("bomb.xml", RSS "<!DOCTYPE rss [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b "
           "\"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]>\n" CHANNEL
           "<title>&c;</title>" POST END, "a document type declaration");
}

static void includes_are_only_text(void **state)
{
    static const char *const text = RSS CHANNEL
        "<xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"file:///etc/passwd\"/>\n"
        POST END;
    (void)state;
    assert_read("include.xml", text, strlen(text), "ada-quill", "It was there.");
}

static void exports_cut_short_are_named(void **state)
{
    (void)state;
    refuse("cut.xml", RSS CHANNEL POST "<item><title>Meet Bo",
           ": error: the export is cut short or damaged here");
    refuse("cut2.xml", RSS CHANNEL POST "<item><title>Bo</title><content:encoded><![CDATA[Wh",
           "the export is cut short or damaged here");
}

static void brackets_in_exports_end(void **state)
{
    static const char *const pieces[] = { "[", "[word]" };

    (void)state;
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        struct buf text = {0};

        repeat(&text, RSS CHANNEL "<item><title>Meet Ada Quill</title><content:encoded><![CDATA["
               "<b>Why paper?</b>\n\nIt was there.\n\n<b>More?</b>\n\n", pieces[i], 1000000,
               "]]></content:encoded><wp:post_id>1</wp:post_id></item>" END);
        assert_read("brackets.xml", text.data, text.len, "ada-quill", "[");
        buf_free(&text);
    }
}

static void exports_with_damage_are_read(void **state)
{
    static const char text[] = RSS CHANNEL "<item><title>Meet\x0B Ada&nbsp;Quill</title>"
        "<content:encoded><![CDATA[<b>Why\x01 paper?</b>\n\nCaf\xE9 ]]]]><![CDATA[> x.\n\n"
        "<b>More?</b>\n\nNo.]]></content:encoded><wp:post_id>1</wp:post_id></item>" END;
    (void)state;
    assert_read("control.xml", text, sizeof text - 1, "ada-quill", "Café ]]> x.");
}

static void nesting_has_a_limit(void **state)
{
    struct buf text = {0};

    (void)state;
    repeat(&text, "<html><body>", "<div>", 200000, "deep");
    assert_refused("deep.html", text.data, text.len, "elements nested more than 512 deep");
    buf_cut(&text, 0);
    repeat(&text, "<html><body><p>", "<b><i>", 100000, "deep?");
    assert_refused("inline.html", text.data, text.len, "error");
    buf_cut(&text, 0);
    repeat(&text, RSS CHANNEL, "<a>", 200000, "deep");
    assert_refused("deep.xml", text.data, text.len, "error");
    buf_free(&text);
}

/* ---- Markdown and YAML ---------------------------------------------------------------- */

static void pathological_markdown_ends(void **state)
{
    static const char *const pieces[] = { "[", "> ", "*a ", "![", "- ", "`", "<", "**a _b ",
                                          "[a](<b", "|", "[^", "~", "&", "@a ", "[a]: b\n",
                                          "a|b\n-|-\n" };
    (void)state;
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        struct place_to_import *place = place_new();
        struct buf text = {0};
        clock_t start = clock();

        repeat(&text, "---\nname: Ada Quill\n---\n## Why?\n\n", pieces[i], 50000,
               "\n\n## And then?\n\nNo.\n");
        place_import_one(place, place_source(place, "path.md", text.data, text.len));
        if ((clock() - start) / CLOCKS_PER_SEC >= 10)
            fail_msg("“%s” takes too long", pieces[i]);
        assert_true(place->said.len > 0);
        buf_free(&text);
        place_free(place);
    }
}

static void bad_front_matter_is_told(void **state)
{
    (void)state;
    refuse("alias.md", "---\na: &a [x, x]\nb: &b [*a, *a]\nname: [*b, *b]\n---\n## Why?\n\nNo.\n",
           "alias.md:");
    refuse("broken.md", "---\nname: \"Ada\n---\n## Why?\n\nNo.\n", "broken.md:");
}

/* ---- Encodings -------------------------------------------------------------------------- */

static void read_text(const char *name, const char *text, const char *what)
{
    assert_read(name, text, strlen(text), "ada-quill", what);
}

static void encodings_are_seen_through(void **state)
{
    struct buf wide = {0};

    (void)state;
    buf_append(&wide, "\xFF\xFE", 2);
    for (const char *at = STORY; *at != '\0'; at++)
        buf_append(&wide, (char[2]){ *at, 0 }, 2);
    assert_read("wide.txt", wide.data, wide.len, "ada-quill", "## Why paper?");
    assert_read("odd.txt", wide.data, wide.len - 1, "ada-quill", "## Why paper?");
    buf_append(&wide, "!\xD8?\0=\xD8\x00\xDE\n\0", 10);
    assert_read("torn.txt", wide.data, wide.len, "ada-quill", "\xEF\xBF\xBD?\xF0\x9F\x98\x80");
    buf_free(&wide);
    assert_read("mark.txt", "\xEF\xBB\xBF" STORY, sizeof STORY + 2, "ada-quill", "## Why paper?");
    read_text("latin.txt", "Interview with Ada Quill\n\nWhy?\n\nCaf\xE9 d\x92\xE9t\xE9.\n",
              "Café d’été.");
    read_text("lying.html", "<html><head><meta charset=\"utf-8\"><title>Meet Ada Quill</title>"
              "</head><body><h1>Meet Ada Quill</h1><h2>Why?</h2><p>Caf\xE9.</p></body></html>",
              "Café.");
    read_text("true.html", "<html><head><meta charset=\"iso-8859-1\"><title>Meet Ada Quill</title>"
              "</head><body><h1>Meet Ada Quill</h1><h2>Why?</h2><p>Caf\xC3\xA9.</p></body></html>",
              "Café.");
}

/* ---- Sizes, kinds, places ---------------------------------------------------------------- */

static void long_lines_are_read(void **state)
{
    struct buf text = {0};

    (void)state;
    repeat(&text, STORY "\nAnd now?\n\n", "so it goes, word by word ", 400000, "end.\n");
    assert_true(text.len > 10000000 - 10);
    assert_read("long.txt", text.data, text.len, "ada-quill", "word by word end.");
    buf_free(&text);
    repeat(&text, STORY "\nAnd now?\n\n", "so | it | ", 1000000, "goes.\n");
    assert_read("bars.txt", text.data, text.len, "ada-quill", "so | it | goes.");
    buf_free(&text);
    repeat(&text, "<html><body><h1>Meet Ada Quill</h1><h2>Why?</h2><p>", "word by word ", 800000,
           "end.</p></body></html>");
    assert_read("long.html", text.data, text.len, "ada-quill", "word by word end.");
    buf_free(&text);
}

static void millions_of_lines_are_refused(void **state)
{
    struct buf text = {0};

    (void)state;
    repeat(&text, STORY, "\n", 1100000, "And now?\n\nNo.\n");
    assert_refused("lines.txt", text.data, text.len, "1000001: error: more than a million lines");
    buf_free(&text);
}

static void what_is_no_source_is_named(void **state)
{
    static const char font[] = "OTTO\0\x0B\0\x80\0\x03\0 CFF \xE3\xF2\0\0 Ada Quill";
    struct place_to_import *place = place_new();

    (void)state;
    assert_refused("font.txt", font, sizeof font - 1, "no text");
    refuse("picture.txt", "\xFF\xD8\xFF\xE0\x00\x10JFIF", "no text");
    refuse("book.txt", "%PDF-1.4\n", "no text");
    refuse("empty.txt", "", "there is no text in it");
    assert_false(place_import_one(place, "/nonexistent/source.txt"));
    assert_said(place, "/nonexistent/source.txt: error");
    place_free(place);
}

static const char *zip_of(struct place_to_import *place, const char *name, const char *text,
                          size_t bytes)
{
    const char *path = place_source(place, "a.zip", "", 0);
    zip_t *zip = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, NULL);

    assert_non_null(zip);
    assert_true(zip_file_add(zip, name, zip_source_buffer(zip, text, bytes, 0), 0) >= 0);
    assert_int_equal(zip_close(zip), 0);
    return path;
}

static void archives_are_read_and_watched(void **state)
{
    struct place_to_import *place = place_new();
    size_t bytes = 60 * 1024 * 1024;
    char *zeros = calloc(1, bytes);

    (void)state;
    memset(zeros, ' ', bytes);
    assert_true(place_import_one(place, zip_of(place, "in/ada.txt", STORY, strlen(STORY))));
    assert_non_null(place_file(place, "portraits/ada-quill.md"));
    assert_false(place_import_one(place, zip_of(place, "../ada.txt", STORY, strlen(STORY))));
    assert_said(place, "climbs out of the archive");
    assert_false(place_import_one(place, zip_of(place, "bomb.txt", zeros, bytes)));
    assert_said(place, "grows beyond reason");
    assert_false(place_import_one(place, place_source(place, "torn.zip", "PK\3\4torn", 8)));
    assert_said(place, "no zip that can be read");
    free(zeros);
    place_free(place);
}

static void pictures_are_what_their_bytes_say(void **state)
{
    static const char text[] = "---\nname: Ada Quill\nphoto: ada.jpg\n---\n## Why?\n\nNo.\n";
    struct place_to_import *place = place_new();
    const char *source;

    (void)state;
    place_source(place, "ada.jpg", "not a picture", 13);
    source = place_source(place, "ada.md", text, sizeof text - 1);
    assert_true(place_import_one(place, source));
    assert_said(place, "no JPEG, PNG, GIF or WebP by its bytes");
    assert_null(place_file(place, "photos/ada-quill.jpg"));
    place_source(place, "ada.jpg", "\x89PNG\r\n\x1A\n and more", 17);
    assert_true(place_import_one(place, source));
    assert_non_null(place_file(place, "photos/ada-quill.png"));
    assert_non_null(strstr(place_file(place, "portraits/ada-quill.md"),
                           "photo: \"../photos/ada-quill.png\""));
    place_free(place);
}

static void pictures_outside_are_never_fetched(void **state)
{
    static const char text[] = "---\nname: Ada Quill\nphoto: ../../../../etc/passwd\n---\n"
                               "## Why?\n\n![x](/etc/hostname) No.\n";
    struct place_to_import *place = place_new();

    (void)state;
    assert_true(place_import_one(place, place_source(place, "ada.md", text, sizeof text - 1)));
    assert_null(place_file(place, "photos"));
    assert_non_null(strstr(place_file(place, "import-report.txt"), "/etc/hostname was not found"));
    place_free(place);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(document_types_are_refused),
        cmocka_unit_test(includes_are_only_text),
        cmocka_unit_test(exports_cut_short_are_named),
        cmocka_unit_test(exports_with_damage_are_read),
        cmocka_unit_test(brackets_in_exports_end),
        cmocka_unit_test(nesting_has_a_limit),
        cmocka_unit_test(pathological_markdown_ends),
        cmocka_unit_test(bad_front_matter_is_told),
        cmocka_unit_test(encodings_are_seen_through),
        cmocka_unit_test(long_lines_are_read),
        cmocka_unit_test(millions_of_lines_are_refused),
        cmocka_unit_test(what_is_no_source_is_named),
        cmocka_unit_test(archives_are_read_and_watched),
        cmocka_unit_test(pictures_are_what_their_bytes_say),
        cmocka_unit_test(pictures_outside_are_never_fetched),
    };

    return cmocka_run_group_tests_name("import_bad", tests, NULL, NULL);
}
