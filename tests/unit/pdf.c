/* The PDF: drawn, finished and read back by poppler and qpdf. */
#include "base/diag.h"
#include "base/file.h"
#include "base/publish.h"
#include "pdf/object.h"
#include "pdf/pdf.h"
#include "pdf/sheet.h"
#include "sample_pages.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[64];
static struct pool *pool;

static struct book sample_book(void)
{
    static const char *editors[] = { "Ada Lovelace", "Zoé Çelik" };
    static const char *subjects[] = { "entretiens", "villes" };

    return (struct book){ .title = "Échantillon", .language = "fr-CA", .date = "2026-03-01",
                          .editors = editors, .editor_count = 2, .subjects = subjects,
                          .subject_count = 2, .description = "Un essai & deux pages",
                          .slug = "sample", .work = "urn:uuid:0", .folder = "content" };
}

static char *path_of(const char *name)
{
    static char path[128];

    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

/* What a command prints; free() it. */
static char *output_of(const char *format, const char *name)
{
    char command[512];
    struct buf out = {0};
    FILE *pipe;
    int c;

    snprintf(command, sizeof command, "cd %s && ", folder);
    snprintf(command + strlen(command), sizeof command - strlen(command), format, name);
    pipe = popen(command, "r");
    assert_non_null(pipe);
    while ((c = getc(pipe)) != EOF)
        buf_putc(&out, (char)c);
    if (pclose(pipe) != 0)
        fail_msg("%s says: %s", command, buf_text(&out));
    buf_putc(&out, '\0');
    return out.data;
}

/* Diagnostics are only counted. */
static void hear(void *context, const struct diagnostic *diagnostic)
{
    (void)context;
    (void)diagnostic;
}

static void write_sample(struct sample *sample, const char *name, enum pdf_kind kind)
{
    struct book book = sample_book();
    struct publish *out = publish_new(path_of(name));

    assert_true(pdf_write(out, &book, sample_pages(sample), NULL, kind, pool));
    assert_true(publish_commit(out));
}

/* Three pages: headings, a paragraph over two pages with a link and a break of
 * a word in it, a list, a figure, a note. */
static void fill(struct sample *sample)
{
    uint32_t part, paragraph, link, list, item, label, body, figure, heading;
    static const uint8_t dark[] = { 1, 0, 1, 0, 1, 1, 1, 1, 0 };
    struct item *matrix;

    sample_open(sample);
    part = sample_element(sample, ELEMENT_PART, 0);
    heading = sample_element(sample, ELEMENT_HEADING, part);
    sample->element.item[heading].level = 1;
    paragraph = sample_element(sample, ELEMENT_P, part);
    link = sample_element(sample, ELEMENT_LINK, paragraph);
    list = sample_element(sample, ELEMENT_L, part);
    item = sample_element(sample, ELEMENT_LI, list);
    label = sample_element(sample, ELEMENT_LBL, item);
    body = sample_element(sample, ELEMENT_LBODY, item);
    figure = sample_element(sample, ELEMENT_FIGURE, part);
    sample->element.item[figure].alt = "Un code carré";

    sample_line(sample, ELEMENT_ARTIFACT, "Titre courant");
    sample_line(sample, heading, "Première partie");
    sample_line(sample, paragraph, "Le chef affirme : une œuvre difficile, effacée, l’île exem¬");
    sample_line(sample, paragraph, "plaire, étude e\xCC\x81tude, voir");
    *VEC_PUSH(&sample->link) = (struct link){
        sample->x, sample->y - DIM_OF_PT(9), DIM_OF_PT(90), DIM_OF_PT(12),
        "https://example.org/été?a=(b)", NULL, "Le site d’été", link };
    sample_line(sample, link, "example.org");
    sample_page(sample, "i");
    sample_line(sample, ELEMENT_ARTIFACT, "Titre courant");
    sample_line(sample, paragraph, "qui finit ici.");
    *VEC_PUSH(&sample->link) = (struct link){
        sample->x, sample->y - DIM_OF_PT(9), DIM_OF_PT(90), DIM_OF_PT(12),
        NULL, "fin", "La fin", link };
    sample_line(sample, link, "suite");
    sample_line(sample, label, "•");
    sample_line(sample, body, "Un point");
    matrix = sample_item(sample, ITEM_MATRIX, figure);
    matrix->matrix.side = DIM_OF_MM(20);
    matrix->matrix.modules = 3;
    matrix->matrix.dark = dark;
    sample_page(sample, "1");
    sample_page(sample, "2");
    *VEC_PUSH(&sample->destination) = (struct destination){ "fin", 1, DIM_OF_PT(100) };
    *VEC_PUSH(&sample->bookmark) = (struct bookmark){ "Première", 1, 0, 0 };
    *VEC_PUSH(&sample->bookmark) = (struct bookmark){ "Dedans", 2, 1, DIM_OF_PT(40) };
    *VEC_PUSH(&sample->bookmark) = (struct bookmark){ "Deuxième", 1, 2, 0 };
}

static void text_comes_back_whole(void **state)
{
    struct sample sample;
    char *text;

    (void)state;
    fill(&sample);
    write_sample(&sample, "text.pdf", PDF_READING);
    free(output_of("qpdf --check %s", "text.pdf"));
    text = output_of("pdftotext %s -", "text.pdf");
    assert_non_null(strstr(text, "Le chef affirme : une œuvre difficile, effacée, l’île exemplaire, "
                           "étude étude, voir"));
    free(text);
    sample_close(&sample);
}

/* ---- Structure -------------------------------------------------------------- */

static void a_paragraph_over_pages_is_one(void **state)
{
    struct sample sample;
    char *text;

    (void)state;
    fill(&sample);
    write_sample(&sample, "tree.pdf", PDF_READING);
    text = output_of("pdfinfo -struct-text %s 2>/dev/null", "tree.pdf");
    assert_non_null(strstr(text, "H1 (block)\n      \"Première partie \""));
    assert_non_null(strstr(text, "L (block):\n       /ListNumbering /Disc\n      LI (block)\n"
                           "        Lbl (block)\n          \"• \"\n        LBody (block)"));
    assert_null(strstr(strstr(text, "P (block)") + 1, "P (block)\n"));
    assert_null(strstr(text, "Titre courant"));
    free(text);
    sample_close(&sample);
}

static void headings_skip_no_level(void **state)
{
    static const int given[] = { 2, 4, 5, 3, 6, 9 };
    struct sample sample;
    char *text;

    (void)state;
    sample_open(&sample);
    for (int i = 0; i < 6; i++) {
        uint32_t heading = sample_element(&sample, ELEMENT_HEADING, 0);

        sample.element.item[heading].level = given[i];
        sample_line(&sample, heading, "Titre");
    }
    sample_page(&sample, "1");
    write_sample(&sample, "headings.pdf", PDF_READING);
    text = output_of("pdfinfo -struct %s 2>/dev/null | tr -d '\\n'", "headings.pdf");
    assert_string_equal(text, "Document  H1 (block)  H2 (block)  H3 (block)  H3 (block)"
                              "  H4 (block)  H5 (block)");
    free(text);
    sample_close(&sample);
}

/* A row keeps its empty cells, in their places. */
static void rows_keep_empty_cells(void **state)
{
    struct sample sample;
    uint32_t table, row, cells[3];
    char *text;

    (void)state;
    sample_open(&sample);
    table = sample_element(&sample, ELEMENT_TABLE, 0);
    row = sample_element(&sample, ELEMENT_TR, table);
    for (int i = 0; i < 3; i++)
        cells[i] = sample_element(&sample, i == 0 ? ELEMENT_TH : ELEMENT_TD, row);
    sample_line(&sample, cells[0], "un");
    sample_line(&sample, cells[2], "trois");
    sample_page(&sample, "1");
    write_sample(&sample, "row.pdf", PDF_READING);
    text = output_of("pdfinfo -struct-text %s 2>/dev/null | tr -s ' \\n' ' '", "row.pdf");
    assert_string_equal(text, "Document Table (block) TR TH: /Scope /Column \"un \" TD TD "
                              "\"trois \" ");
    free(text);
    sample_close(&sample);
}

/* A line that runs from right to left is a phrase whose text is told as it is read;
 * one after it in the same paragraph is not. */
static void turned_lines_tell_how_they_are_read(void **state)
{
    struct sample sample;
    struct word *words;
    uint32_t paragraph;
    char *text;

    (void)state;
    sample_open(&sample);
    paragraph = sample_element(&sample, ELEMENT_P, 0);
    sample_line(&sample, paragraph, "cba fed");
    words = (struct word *)(uintptr_t)sample.item.item[0].words.word;
    words[0].level = words[0].space_level = words[1].level = 1;
    sample_line(&sample, paragraph, "ghi");
    sample_page(&sample, "1");
    write_sample(&sample, "turned.pdf", PDF_READING);
    text = output_of("pdfinfo -struct-text %s 2>/dev/null | tr -s ' \n' ' '", "turned.pdf");
    assert_string_equal(text, "Document P (block) Span (inline) \"cba fed \" \"ghi \" ");
    free(text);
    text = output_of("qpdf --qdf %s - | grep -a ActualText", "turned.pdf");
    assert_string_equal(text, "  /ActualText (def abc )\n");
    free(text);
    sample_close(&sample);
}

static void labels_are_real_numbers(void **state)
{
    static const char *const labels[] = { "C1", "C2", "i", "ii", "iii", "1", "2", "3", "A-1",
                                          "A-2", "x", "L", NULL, "40" };
    struct sample sample;
    char *text;

    (void)state;
    sample_open(&sample);
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        sample_page(&sample, labels[i]);
    write_sample(&sample, "labels.pdf", PDF_READING);
    text = output_of("qpdf --json --json-key=pagelabels %s | tr -d ' \\n'", "labels.pdf");
    assert_non_null(strstr(text, "{\"index\":0,\"label\":{\"/P\":\"u:C\",\"/S\":\"/D\",\"/St\":1}},"
        "{\"index\":2,\"label\":{\"/S\":\"/r\",\"/St\":1}},"
        "{\"index\":5,\"label\":{\"/S\":\"/D\",\"/St\":1}},"
        "{\"index\":8,\"label\":{\"/P\":\"u:A-\",\"/S\":\"/D\",\"/St\":1}},"
        "{\"index\":10,\"label\":{\"/S\":\"/r\",\"/St\":10}},"
        "{\"index\":11,\"label\":{\"/P\":\"u:L\",\"/St\":1}},"
        "{\"index\":12,\"label\":{\"/St\":1}},"
        "{\"index\":13,\"label\":{\"/S\":\"/D\",\"/St\":40}}]"));
    free(text);
    sample_close(&sample);
}

static void links_lead_out_and_in(void **state)
{
    struct sample sample;
    char *text;

    (void)state;
    fill(&sample);
    write_sample(&sample, "links.pdf", PDF_READING);
    text = output_of("pdfinfo -url %s", "links.pdf");
    assert_non_null(strstr(text, "https://example.org/%C3%A9t%C3%A9?a=(b)"));
    free(text);
    text = output_of("mutool show %s outline 2>/dev/null", "links.pdf");
    assert_non_null(strstr(text, "\"Première\"\t#page=1"));
    assert_non_null(strstr(text, "\"Dedans\"\t#page=2"));
    assert_non_null(strstr(text, "\"Deuxième\"\t#page=3"));
    free(text);
    text = output_of("pdfinfo -dests %s", "links.pdf");
    assert_non_null(strstr(text, "\"fin\""));
    free(text);
    sample_close(&sample);
}

/* TEXT, many times over, as a string; returns its length as written. */
static size_t written(const char *text, struct buf *out)
{
    struct buf all = {0};

    for (int i = 0; i < 40000; i++)
        buf_puts(&all, text);
    buf_cut(out, 0);
    put_text(out, buf_text(&all));
    buf_free(&all);
    return out->len;
}

/* No string has more than 32,766 bytes, and no character is cut in two. */
static void strings_are_no_longer_than_allowed(void **state)
{
    struct buf out = {0};

    (void)state;
    assert_int_equal(written("a", &out), 32766 + 2);
    assert_int_equal(written("\u00E9", &out), 32766 * 2 + 2);
    assert_memory_equal(out.data + out.len - 5, "00E9>", 5);
    assert_int_equal(written("\U0001F600", &out), 32766 * 2 + 2);
    assert_memory_equal(out.data + out.len - 9, "D83DDE00>", 9);
    assert_int_equal(written("\u00E9\U0001F600", &out), 32764 * 2 + 2);
    assert_memory_equal(out.data + out.len - 5, "00E9>", 5);
    buf_free(&out);
}

static void a_link_to_nowhere_is_told(void **state)
{
    struct sample sample;

    (void)state;
    fill(&sample);
    sample.destination.count = 0;
    diag_reset();
    diag_set_sink(hear, NULL);
    write_sample(&sample, "nowhere.pdf", PDF_READING);
    diag_set_sink(NULL, NULL);
    assert_int_equal(diag_count(DIAG_WARNING), 1);
    sample_close(&sample);
}

/* Two texts for one glyph: the second needs its ActualText, a decomposed letter
 * does not. */
static void text_is_stated_only_where_needed(void **state)
{
    struct sample sample;
    struct shaped *shaped;
    char *text;

    (void)state;
    sample_open(&sample);
    sample_line(&sample, ELEMENT_ARTIFACT, "abc");
    sample_line(&sample, ELEMENT_ARTIFACT, "abc");
    shaped = (struct shaped *)(uintptr_t)sample.item.item[1].words.word[0].shaped;
    shaped->text = "xbc";
    sample_page(&sample, "1");
    write_sample(&sample, "actual.pdf", PDF_READING);
    text = output_of("pdftotext %s -", "actual.pdf");
    assert_string_equal(text, "abc\nxbc\n\n\f");
    free(text);
    text = output_of("qpdf --qdf %s - | grep -a -c ActualText", "actual.pdf");
    assert_string_equal(text, "1\n");
    free(text);
    sample_close(&sample);
}

/* A font whose own table calls its ligature U+FB01: the letters come back, and
 * nothing needs to state them. */
static void ligatures_are_their_letters(void **state)
{
    struct sample sample;
    char *text;

    (void)state;
    sample_open(&sample);
    sample.face = sample_face(&sample, "/usr/share/fonts/truetype/lato/Lato-Regular.ttf", 10);
    sample_line(&sample, ELEMENT_ARTIFACT, "fin affiche fleur finale affiche");
    sample_page(&sample, "1");
    write_sample(&sample, "ligatures.pdf", PDF_READING);
    text = output_of("mutool draw -F txt %s 2>/dev/null", "ligatures.pdf");
    assert_non_null(strstr(text, "fin affiche fleur finale affiche"));
    free(text);
    text = output_of("qpdf --qdf %s - | grep -a -c -i -E 'ActualText|<fb0[0-6]>'; true",
                     "ligatures.pdf");
    assert_string_equal(text, "0\n");
    free(text);
    sample_close(&sample);
}

/* Two glyphs that show one letter: the second has no text of its own, and must
 * not come out as an unknown sign. */
static void glyphs_without_text_say_nothing(void **state)
{
    struct sample sample;
    struct shaped *shaped;
    struct glyph *glyphs;
    char *text;

    (void)state;
    sample_open(&sample);
    sample_line(&sample, ELEMENT_ARTIFACT, "xyz");
    shaped = (struct shaped *)(uintptr_t)sample.item.item[0].words.word[0].shaped;
    glyphs = (struct glyph *)(uintptr_t)shaped->glyphs;
    assert_int_equal(shaped->count, 3);
    shaped->text = "az";
    shaped->bytes = 2;
    glyphs[1].bytes = 0;
    sample_page(&sample, "1");
    write_sample(&sample, "silent.pdf", PDF_READING);
    text = output_of("pdftotext %s -", "silent.pdf");
    assert_string_equal(text, "az\n\n\f");
    free(text);
    sample_close(&sample);
}

/* Signs of private use come back, but no font's map names them. */
static void private_signs_are_stated(void **state)
{
    struct sample sample;
    struct shaped *shaped;
    char *text;

    (void)state;
    sample_open(&sample);
    sample_line(&sample, ELEMENT_ARTIFACT, "a");
    shaped = (struct shaped *)(uintptr_t)sample.item.item[0].words.word[0].shaped;
    shaped->text = "\xEE\x80\x81";
    shaped->bytes = 3;
    sample_page(&sample, "1");
    write_sample(&sample, "private.pdf", PDF_READING);
    text = output_of("pdftotext %s -", "private.pdf");
    assert_string_equal(text, "\xEE\x80\x81\n\n\f");
    free(text);
    text = output_of("qpdf --qdf --normalize-content=n %s - | grep -a -c 'ActualText <FEFFE001>'", "private.pdf");
    assert_string_equal(text, "1\n");
    free(text);
    text = output_of("qpdf --qdf %s - | grep -a -c -i '> <e001>'; true", "private.pdf");
    assert_string_equal(text, "0\n");
    free(text);
    sample_close(&sample);
}

/* A font that shows nothing but a wide space. */
static void a_font_of_blanks_is_embedded(void **state)
{
    struct sample sample;

    (void)state;
    sample_open(&sample);
    sample_line(&sample, ELEMENT_ARTIFACT, "un");
    sample.face = sample_face(&sample, SAMPLE_FONTS "EBGaramond12-Italic.otf", 10);
    sample_line(&sample, ELEMENT_ARTIFACT, "\xE2\x80\x83");
    sample_page(&sample, "1");
    write_sample(&sample, "blank.pdf", PDF_READING);
    free(output_of("pdffonts %s | grep -q Italic", "blank.pdf"));
    sample_close(&sample);
}

/* ---- The file ------------------------------------------------------------------ */

static void same_pages_same_bytes(void **state)
{
    struct sample sample;

    (void)state;
    fill(&sample);
    write_sample(&sample, "once.pdf", PDF_READING);
    write_sample(&sample, "twice.pdf", PDF_READING);
    free(output_of("cmp %s twice.pdf", "once.pdf"));
    sample_close(&sample);
}

/* Files of many sizes are linearized to qpdf's liking, which reckons every
 * table anew. */
static void every_length_is_linear(void **state)
{
    static const int counts[] = { 1, 2, 3, 5, 64, 65, 300 };

    (void)state;
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        struct sample sample;
        char *text;

        sample_open(&sample);
        for (int page = 0; page < counts[i]; page++) {
            uint32_t link = sample_element(&sample, ELEMENT_LINK, 0);

            *VEC_PUSH(&sample.link) = (struct link){ sample.x, sample.y, 99999, 9999,
                                                     "https://example.org", NULL, "ici", link };
            sample_line(&sample, link, page % 3 == 0 ? "exemple" : "autre");
            *VEC_PUSH(&sample.bookmark) = (struct bookmark){ "Page", 1 + page % 3,
                                                             (uint32_t)page, 0 };
            sample_page(&sample, NULL);
        }
        write_sample(&sample, "linear.pdf", PDF_READING);
        text = output_of("qpdf --check %s 2>&1", "linear.pdf");
        assert_non_null(strstr(text, "File is linearized"));
        assert_null(strstr(text, "WARNING"));
        free(text);
        sample_close(&sample);
    }
}

static void the_printed_file_is_plain(void **state)
{
    struct sample sample;
    struct item *rule;
    char *text;

    (void)state;
    fill(&sample);
    rule = sample_item(&sample, ITEM_RULE, ELEMENT_ARTIFACT);
    rule->rule.width = rule->rule.height = DIM_OF_MM(10);
    rule->ink = (struct ink){ 200, 30, 30 };
    sample_page(&sample, "3");
    sample_page(&sample, "4");
    sample.pages.bleed = DIM_OF_MM(3);
    write_sample(&sample, "print.pdf", PDF_PRINT);
    text = output_of("pdfinfo -box %s", "print.pdf");
    assert_non_null(strstr(text, "Pages:           6\n"));     /* five, and a blank one */
    assert_non_null(strstr(text, "Tagged:          no\n"));
    assert_non_null(strstr(text, "MediaBox:            0.00     0.00   436.53   612.28\n"));
    assert_non_null(strstr(text, "TrimBox:             8.50     8.50   428.03   603.78\n"));
    free(text);
    text = output_of("qpdf --qdf %s - | grep -a -c -E ' (rg|RG)$|/Annot' || true", "print.pdf");
    assert_string_equal(text, "0\n");
    free(text);
    sample_close(&sample);
}

static void the_cover_comes_first(void **state)
{
    struct sample sample, cover;
    struct book book = sample_book();
    struct publish *out = publish_new(path_of("covered.pdf"));
    uint32_t front, title;
    char *text;

    (void)state;
    fill(&sample);
    sample_open(&cover);
    front = sample_element(&cover, ELEMENT_SECT, 0);
    title = sample_element(&cover, ELEMENT_P, front);
    sample_line(&cover, title, "Couverture");
    sample_page(&cover, "C1");
    assert_true(pdf_write(out, &book, sample_pages(&sample), sample_pages(&cover), PDF_READING, pool));
    assert_true(publish_commit(out));
    text = output_of("pdfinfo -struct-text %s 2>/dev/null", "covered.pdf");
    assert_non_null(strstr(text, "Document\n  Sect\n    P (block)\n      \"Couverture \"\n  Part\n"
                                "    H1"));
    free(text);
    text = output_of("pdfinfo -dests %s", "covered.pdf");
    assert_non_null(strstr(text, "   4 [ XYZ"));
    free(text);
    sample_close(&sample);
    sample_close(&cover);
}

/* ---- Pictures -------------------------------------------------------------------- */

/* A picture file of a gradient, as PNG (with transparency) or JPEG. */
static struct picture *make_picture(struct sample *sample, const char *name, const char *type,
                                    int width, int height)
{
    struct picture *picture = ARENA_NEW(sample->arena, struct picture);
    bool jpeg = strcmp(type, "jpeg") == 0;
    GdkPixbuf *pixbuf = gdk_pixbuf_new(GDK_COLORSPACE_RGB, !jpeg, 8, width, height);
    guchar *pixels = gdk_pixbuf_get_pixels(pixbuf);
    int stride = gdk_pixbuf_get_rowstride(pixbuf), channels = gdk_pixbuf_get_n_channels(pixbuf);

    for (int y = 0; y < height; y++)
        for (int x = 0; x < width * channels; x++)
            pixels[y * stride + x] = (guchar)(x * 7 + y * 3);
    assert_true(gdk_pixbuf_save(pixbuf, path_of(name), type, NULL, NULL));
    g_object_unref(pixbuf);
    *picture = (struct picture){ .path = arena_strdup(sample->arena, path_of(name)),
                                 .kind = jpeg ? PICTURE_JPEG : PICTURE_PNG, .width = width,
                                 .height = height, .orientation = 1 };
    return picture;
}

static struct item *put_picture(struct sample *sample, const struct picture *picture, double mm)
{
    struct item *item = sample_item(sample, ITEM_PICTURE, ELEMENT_ARTIFACT);

    item->picture.picture = picture;
    item->picture.width = DIM_OF_MM(mm);
    item->picture.height = DIM_OF_MM(mm * picture->height / picture->width);
    return item;
}

static void a_jpeg_keeps_its_bytes(void **state)
{
    struct sample sample;
    struct item *item;

    (void)state;
    sample_open(&sample);
    item = put_picture(&sample, make_picture(&sample, "photo.jpg", "jpeg", 300, 200), 60);
    item->picture.crop_x = 20 * 1024;
    item->picture.crop_width = 260 * 1024;
    item->picture.crop_height = 200 * 1024;
    sample_line(&sample, ELEMENT_ARTIFACT, "photo");
    sample_page(&sample, "1");
    write_sample(&sample, "photo.pdf", PDF_READING);
    free(output_of("pdfimages -all %s photo-out && cmp photo-out-000.jpg photo.jpg; "
                   "status=$?; rm -f photo-out-*; exit $status", "photo.pdf"));
    sample_close(&sample);
}

static void a_picture_shown_twice_is_there_once(void **state)
{
    struct sample sample;
    struct picture *photo, again;
    char *text;

    (void)state;
    sample_open(&sample);
    photo = make_picture(&sample, "twice.jpg", "jpeg", 300, 200);
    again = *photo;
    put_picture(&sample, photo, 30);
    put_picture(&sample, &again, 30);
    sample_page(&sample, "1");
    put_picture(&sample, photo, 30);
    put_picture(&sample, photo, 20);        /* another size, another picture */
    sample_page(&sample, "2");
    write_sample(&sample, "twice.pdf", PDF_READING);
    text = output_of("pdfimages -list %s | awk 'NR > 2 { print $11 }' | sort -u | wc -l",
                     "twice.pdf");
    assert_string_equal(text, "2\n");
    free(text);
    sample_close(&sample);
}

static void large_pictures_come_down(void **state)
{
    struct sample sample;
    char *text;

    (void)state;
    sample_open(&sample);
    put_picture(&sample, make_picture(&sample, "large.jpg", "jpeg", 1800, 1200), 60);
    sample_line(&sample, ELEMENT_ARTIFACT, "photo");
    sample_page(&sample, "1");
    write_sample(&sample, "large.pdf", PDF_READING);
    text = output_of("pdfimages -list %s | awk 'NR == 3 { print $4, $5, $6, $9 }'", "large.pdf");
    assert_string_equal(text, "709 473 rgb jpeg\n");
    free(text);
    write_sample(&sample, "large-print.pdf", PDF_PRINT);
    text = output_of("pdfimages -list %s | awk 'NR == 3 { print $4, $5, $6, $9 }'",
                     "large-print.pdf");
    assert_string_equal(text, "709 473 gray jpeg\n");
    free(text);
    sample_close(&sample);
}

/* The JPEG file of PICTURE says that it is to be turned by a quarter, clockwise,
 * and the picture is as its reader would then see it. */
static void turn(struct sample *sample, struct picture *picture)
{
    static const char segment[] = "\xFF\xE1\0\x22" "Exif\0\0II\x2A\0\x08\0\0\0\x01\0"
                                  "\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0";
    struct buf turned = {0};
    size_t count;
    char *bytes = file_read(sample->arena, picture->path, 0, &count);

    buf_append(&turned, bytes, 2);
    buf_append(&turned, segment, sizeof segment);
    buf_append(&turned, bytes + 2, count - 2);
    assert_true(publish_bytes(picture->path, turned.data, turned.len));
    buf_free(&turned);
    *picture = (struct picture){ .path = picture->path, .kind = PICTURE_JPEG, .orientation = 6,
                                 .width = picture->height, .height = picture->width };
}

/* Its left half dark, the other light: turned, the dark half is on top. */
static void a_large_turned_picture_comes_down_upright(void **state)
{
    GdkPixbuf *pixbuf = gdk_pixbuf_new(GDK_COLORSPACE_RGB, false, 8, 2001, 1003), *half;
    struct picture picture = { .width = 2001, .height = 1003 };
    struct sample sample;

    (void)state;
    gdk_pixbuf_fill(pixbuf, 0xE0E0E0FF);
    half = gdk_pixbuf_new_subpixbuf(pixbuf, 0, 0, 1000, 1003);
    gdk_pixbuf_fill(half, 0x202020FF);
    assert_true(gdk_pixbuf_save(pixbuf, path_of("turned.jpg"), "jpeg", NULL, NULL));
    g_object_unref(half);
    g_object_unref(pixbuf);
    sample_open(&sample);
    picture.path = arena_strdup(sample.arena, path_of("turned.jpg"));
    turn(&sample, &picture);
    put_picture(&sample, &picture, 20);
    sample_page(&sample, "1");
    write_sample(&sample, "turned.pdf", PDF_READING);
    free(output_of("pdfimages -j %s turned-out", "turned.pdf"));
    pixbuf = gdk_pixbuf_new_from_file(path_of("turned-out-000.jpg"), NULL);
    assert_non_null(pixbuf);
    assert_int_equal(gdk_pixbuf_get_width(pixbuf), 237);
    assert_int_equal(gdk_pixbuf_get_height(pixbuf), 472);
    assert_in_range(gdk_pixbuf_get_pixels(pixbuf)[0], 0, 64);
    assert_in_range(gdk_pixbuf_get_pixels(pixbuf)[471 * gdk_pixbuf_get_rowstride(pixbuf)], 192, 255);
    g_object_unref(pixbuf);
    unlink(path_of("turned-out-000.jpg"));
    sample_close(&sample);
}

static void transparency_lies_on_white(void **state)
{
    struct sample sample;
    char *text;

    (void)state;
    sample_open(&sample);
    put_picture(&sample, make_picture(&sample, "clear.png", "png", 40, 30), 20);
    sample_line(&sample, ELEMENT_ARTIFACT, "photo");
    sample_page(&sample, "1");
    write_sample(&sample, "clear.pdf", PDF_READING);
    text = output_of("pdfimages -list %s | awk 'NR > 2 { print $3 }'", "clear.pdf");
    assert_string_equal(text, "image\n");      /* no smask */
    free(text);
    sample_close(&sample);
}

/* The sample's page, a picture, is refused. */
static void assert_refused(struct sample *sample, const char *name)
{
    struct book book = sample_book();
    struct publish *out = publish_new(path_of(name));

    sample_page(sample, "1");
    diag_reset();
    diag_set_sink(hear, NULL);
    assert_false(pdf_write(out, &book, sample_pages(sample), NULL, PDF_READING, pool));
    diag_set_sink(NULL, NULL);
    assert_int_equal(diag_count(DIAG_ERROR), 1);
    assert_false(publish_commit(out));
    assert_false(file_exists(path_of(name)));
    sample_close(sample);
}

static void a_broken_picture_is_an_error(void **state)
{
    struct sample sample;
    struct picture picture = { .kind = PICTURE_PNG, .width = 10, .height = 10, .orientation = 1 };

    (void)state;
    assert_true(publish_bytes(path_of("broken.png"), "no picture", 10));
    sample_open(&sample);
    picture.path = arena_strdup(sample.arena, path_of("broken.png"));
    put_picture(&sample, &picture, 20);
    assert_refused(&sample, "broken.pdf");
}

static void a_picture_that_changed_is_an_error(void **state)
{
    struct sample sample;
    struct picture *picture;

    (void)state;
    sample_open(&sample);
    picture = make_picture(&sample, "changed.png", "png", 40, 30);
    put_picture(&sample, picture, 20);
    make_picture(&sample, "changed.png", "png", 30, 40);
    assert_refused(&sample, "changed.pdf");
}

/* A PDF cannot hold a JPEG of 12 bits, nor can we read it. */
static void a_deep_jpeg_is_an_error(void **state)
{
    struct sample sample;
    struct picture *picture;
    size_t count, at = 0;
    char *bytes;

    (void)state;
    sample_open(&sample);
    picture = make_picture(&sample, "deep.jpg", "jpeg", 40, 30);
    bytes = file_read(sample.arena, picture->path, 0, &count);
    assert_true(count > 4);
    while (at + 4 < count && memcmp(bytes + at, "\xFF\xC0", 2) != 0)
        at++;
    bytes[at + 1] = (char)0xC1;     /* a frame that may have */
    bytes[at + 4] = 12;
    assert_true(publish_bytes(picture->path, bytes, count));
    put_picture(&sample, picture, 10);
    assert_refused(&sample, "deep.pdf");
}

/* How dark the PNG is at that place of the page, in millimetres: 0 is white. */
static int darkness(const struct buf *png, double x, double y)
{
    GdkPixbufLoader *loader = gdk_pixbuf_loader_new();
    double scale = 600 / (148.0 / 25.4 * 72) * 72 / 25.4;
    GdkPixbuf *page;
    int dark;

    assert_true(gdk_pixbuf_loader_write(loader, (const guchar *)png->data, png->len, NULL));
    assert_true(gdk_pixbuf_loader_close(loader, NULL));
    page = gdk_pixbuf_loader_get_pixbuf(loader);
    dark = 255 - gdk_pixbuf_read_pixels(page)[(int)(y * scale) * gdk_pixbuf_get_rowstride(page)
                                              + (int)(x * scale) * gdk_pixbuf_get_n_channels(page)];
    g_object_unref(loader);
    return dark;
}

static struct picture *make_black_picture(struct sample *sample, const char *name)
{
    struct picture *picture = make_picture(sample, name, "png", 90, 60);
    GdkPixbuf *black = gdk_pixbuf_new(GDK_COLORSPACE_RGB, FALSE, 8, 90, 60);

    gdk_pixbuf_fill(black, 0x000000FF);
    assert_true(gdk_pixbuf_save(black, path_of(name), "png", NULL, NULL));
    g_object_unref(black);
    return picture;
}

/* The picture, 30 × 20 mm, stands at 20 and 25 mm; words on that line of a page. */
static void a_page_becomes_a_picture(void **state)
{
    struct sample sample;
    struct buf png = {0};
    int words = 0;

    (void)state;
    fill(&sample);
    put_picture(&sample, make_black_picture(&sample, "small.png"), 30);
    sample_page(&sample, "3");
    assert_true(pdf_preview(sample_pages(&sample), 3, 600, &png));
    assert_memory_equal(png.data, "\x89PNG\r\n\x1A\n", 8);
    assert_memory_equal(png.data + 16, "\0\0\x02\x58\0\0\x03\x53", 8);   /* 600 × 851 */
    assert_true(darkness(&png, 21, 26) > 250 && darkness(&png, 49, 44) > 250);
    assert_int_equal(darkness(&png, 18, 26), 0);
    assert_int_equal(darkness(&png, 52, 44), 0);
    assert_int_equal(darkness(&png, 35, 47), 0);
    buf_cut(&png, 0);
    assert_true(pdf_preview(sample_pages(&sample), 0, 600, &png));
    for (double x = 20; x < 40; x += 0.25)
        words += darkness(&png, x, 24.3) > 100;
    assert_in_range(words, 10, 70);
    buf_free(&png);
    sample_close(&sample);
}

/* ---- Pages on a sheet ------------------------------------------------------------- */

/* Where two words of a page stand when it is set on a sheet, turned by QUARTER. */
static void place_turned(int quarter, double first[2], double second[2])
{
    struct sample sample;
    struct book book = sample_book();
    struct publish *out = publish_new(path_of("placed.pdf"));
    struct placed placed = { .x = DIM_OF_MM(10), .y = DIM_OF_MM(10), .scale = 0.5,
                             .quarter = quarter };
    struct sheets *sheets;
    char *text;

    sample_open(&sample);
    sample_line(&sample, ELEMENT_ARTIFACT, "premier second");
    sample_page(&sample, "1");
    placed.page = &sample_pages(&sample)->page[0];
    placed.width = sample.pages.width;
    placed.height = sample.pages.height;
    sheets = sheets_blank(sample_pages(&sample), 1, DIM_OF_MM(200), DIM_OF_MM(200), 0);
    sheets->sheet[0].placed = &placed;
    sheets->sheet[0].placed_count = 1;
    assert_true(sheets_write(out, &book, sheets, PDF_PRINT, pool));
    assert_true(publish_commit(out));
    text = output_of("pdftotext -bbox %s - | grep '<word' | tr -dc '0-9.\\n ' ", "placed.pdf");
    assert_int_equal(sscanf(text, "%lf %lf %*f %*f%lf %lf", &first[0], &first[1], &second[0],
                            &second[1]), 4);
    free(text);
    sheets_free(sheets);
    sample_close(&sample);
}

/* A spine reads upwards or downwards, beside the corner it was set at. */
static void a_placed_page_turns(void **state)
{
    double first[2], second[2], corner = 10 / 25.4 * 72;

    (void)state;
    place_turned(0, first, second);
    assert_true(second[0] > first[0] + 10 && fabs(second[1] - first[1]) < 0.1);
    assert_true(fabs(first[0] - (corner + 10 / 25.4 * 72)) < 1);
    place_turned(1, first, second);
    assert_true(second[1] > first[1] + 10 && fabs(second[0] - first[0]) < 0.1);
    place_turned(-1, first, second);
    assert_true(second[1] < first[1] - 5 && fabs(second[0] - first[0]) < 0.1);
    assert_true(first[0] > corner && first[0] < corner + 105 / 25.4 * 72);
}

static int make_folder(void **state)
{
    (void)state;
    pool = pool_new(2);
    strcpy(folder, "/tmp/florilege-pdf-XXXXXX");
    return mkdtemp(folder) == NULL;
}

static int remove_folder(void **state)
{
    char command[256];

    (void)state;
    pool_free(pool);
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_comes_back_whole),
        cmocka_unit_test(a_paragraph_over_pages_is_one),
        cmocka_unit_test(headings_skip_no_level),
        cmocka_unit_test(rows_keep_empty_cells),
        cmocka_unit_test(turned_lines_tell_how_they_are_read),
        cmocka_unit_test(labels_are_real_numbers),
        cmocka_unit_test(links_lead_out_and_in),
        cmocka_unit_test(strings_are_no_longer_than_allowed),
        cmocka_unit_test(a_link_to_nowhere_is_told),
        cmocka_unit_test(text_is_stated_only_where_needed),
        cmocka_unit_test(ligatures_are_their_letters),
        cmocka_unit_test(glyphs_without_text_say_nothing),
        cmocka_unit_test(private_signs_are_stated),
        cmocka_unit_test(a_font_of_blanks_is_embedded),
        cmocka_unit_test(same_pages_same_bytes),
        cmocka_unit_test(every_length_is_linear),
        cmocka_unit_test(the_printed_file_is_plain),
        cmocka_unit_test(the_cover_comes_first),
        cmocka_unit_test(a_jpeg_keeps_its_bytes),
        cmocka_unit_test(a_picture_shown_twice_is_there_once),
        cmocka_unit_test(large_pictures_come_down),
        cmocka_unit_test(a_large_turned_picture_comes_down_upright),
        cmocka_unit_test(transparency_lies_on_white),
        cmocka_unit_test(a_broken_picture_is_an_error),
        cmocka_unit_test(a_picture_that_changed_is_an_error),
        cmocka_unit_test(a_deep_jpeg_is_an_error),
        cmocka_unit_test(a_page_becomes_a_picture),
        cmocka_unit_test(a_placed_page_turns),
    };

    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
