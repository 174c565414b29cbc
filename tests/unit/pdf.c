/* The PDF: drawn, finished and read back by poppler and qpdf. */
#include "base/diag.h"
#include "base/file.h"
#include "base/publish.h"
#include "pdf/pdf.h"
#include "sample_pages.h"

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

    snprintf(command, sizeof command, format, path_of(name));
    pipe = popen(command, "r");
    assert_non_null(pipe);
    while ((c = getc(pipe)) != EOF)
        buf_putc(&out, (char)c);
    if (pclose(pipe) != 0)
        fail_msg("%s says: %s", command, buf_text(&out));
    buf_putc(&out, '\0');
    return out.data;
}

static void write_sample(struct sample *sample, const char *name, enum pdf_kind kind)
{
    struct book book = sample_book();
    struct publish *out = publish_new(path_of(name));

    assert_true(pdf_write(out, &book, sample_pages(sample), NULL, kind));
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

static int make_folder(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/florilege-pdf-XXXXXX");
    return mkdtemp(folder) == NULL;
}

static int remove_folder(void **state)
{
    char command[256];

    (void)state;
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_comes_back_whole),
    };

    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
