/* Each page of the file, and of its cover, becomes a form, and new pages show
 * two of them each. Lengths are points. A file that libqpdf had to repair is a
 * warning. */
#include "pdf/booklet.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/memory.h"
#include "pdf/fold.h"
#include "pdf/reader.h"

#include <glib.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MM (72.0 / 25.4)

static const struct paper { const char *name, *title; double width, height; } papers[] = {
    { "a4", "A4", 297 * MM, 210 * MM },
    { "letter", "Letter", 792, 612 },
    { "a3", "A3", 420 * MM, 297 * MM },
};

enum { MOST_TOGETHER = 20 };               /* sheets that one fold takes */
static const double slack = 0.6 * MM;       /* a page may be larger by this */
static const double mark_gap = 2 * MM, mark_length = 5 * MM, mark_room = 8 * MM;

struct booklet {
    const struct booklet_options *options;
    const struct paper *paper;
    struct reader text, cover;  /* the cover's pages are copied behind the text's */
    struct leaf *leaf;          /* of both */
    double scale;
    struct fold *fold;
};

/* ---- Options ------------------------------------------------------------------- */

static const struct paper *lookup_paper(const char *name)
{
    for (size_t i = 0; i < sizeof papers / sizeof *papers; i++)
        if (name == NULL || g_ascii_strcasecmp(papers[i].name, name) == 0)
            return &papers[i];
    return NULL;
}

const char *booklet_refuses(const struct booklet_options *options)
{
    if (lookup_paper(options->paper) == NULL)
        return "paper is a4, letter or a3";
    if (options->sheets < 0 || options->sheets > 1000)
        return "sheets is a number from 0 (all in one signature) to 1000";
    if (!(options->creep >= 0 && options->creep <= 2))
        return "creep is the thickness of one sheet, from 0 to 2 mm";
    if (options->cover != NULL && options->back_cover)
        return "cover has a back of its own; leave --back-cover out";
    return NULL;
}

/* ---- Pages ------------------------------------------------------------------------ */

/* The cover's pages as the last of the text's file. */
static bool take_cover(struct booklet *booklet)
{
    struct reader *cover = &booklet->cover;

    if (booklet->options->cover == NULL)
        return true;
    if (!reader_open(cover, booklet->options->cover))
        return false;
    if (cover->pages > 2)
        return reader_refuse(cover, "booklet", "a cover is a PDF of one page, its front, or of two, "
                             "front and back; this one has %d", cover->pages);
    return reader_copy(&booklet->text, cover);
}

static bool read_pages(struct booklet *booklet, const char *in)
{
    int count;

    if (!reader_open(&booklet->text, in) || !take_cover(booklet))
        return false;
    count = booklet->text.pages + booklet->cover.pages;
    booklet->leaf = memory_new((size_t)count, sizeof *booklet->leaf);
    for (int i = 0; i < count; i++)
        if (!reader_leaf(&booklet->text, i, &booklet->leaf[i]))
            return false;
    return true;
}

/* The pages of the book itself: what is to be changed stands in its settings. */
static bool refuse_size(const struct booklet *booklet, const struct leaf *leaf)
{
    const struct paper *paper = booklet->paper;

    diag(DIAG_ERROR, (struct place){ booklet->options->anthology, 0, 0 }, "too-large",
         "the book's pages are %.0f × %.0f mm, and half a sheet of %s is %.0f × %.0f mm; write "
         "“booklet: {scale: true}”, or a larger paper", leaf->width / MM, leaf->height / MM,
         paper->title, paper->width / 2 / MM, paper->height / MM);
    return false;
}

/* Does page INDEX fit half the paper? */
static bool check_size(const struct booklet *booklet, int index)
{
    const struct leaf *leaf = &booklet->leaf[index];
    const struct reader *owner = reader_owner(&booklet->text, &index);
    double width = booklet->paper->width / 2, height = booklet->paper->height;

    if (leaf->width <= width + slack && leaf->height <= height + slack)
        return true;
    if (booklet->options->anthology != NULL)
        return refuse_size(booklet, leaf);
    if (owner == &booklet->cover)
        return reader_refuse(owner, "too-large", "page %d is %.0f × %.0f mm; the front and the "
                             "back of a cover are pages of their own, of the size of the others",
                             index + 1, leaf->width / MM, leaf->height / MM);
    return reader_refuse(owner, "too-large", "page %d is %.0f × %.0f mm, and half a sheet of %s "
                         "is %.0f × %.0f mm; take a larger paper, or --scale", index + 1,
                         leaf->width / MM, leaf->height / MM, booklet->paper->title, width / MM,
                         height / MM);
}

/* The common scale: 1, or what brings the largest page to half the paper. */
static bool choose_scale(struct booklet *booklet)
{
    double room = booklet->options->marks ? mark_room : 0;
    double width = booklet->paper->width / 2 - room, height = booklet->paper->height - 2 * room;

    booklet->scale = booklet->options->scale ? INFINITY : 1;
    for (int i = 0; i < booklet->text.pages + booklet->cover.pages; i++) {
        const struct leaf *leaf = &booklet->leaf[i];

        if (booklet->options->scale)
            booklet->scale = fmin(booklet->scale, fmin(width / leaf->width, height / leaf->height));
        else if (!check_size(booklet, i))
            return false;
    }
    return true;
}

/* ---- Sides ------------------------------------------------------------------------- */

/* Sets the form of LEAF with the left lower corner of its trim at X, Y. */
static void put_leaf(const struct booklet *booklet, const struct leaf *leaf, const char *name,
                     double x, double y, struct buf *out)
{
    static const int turns[4][4] = { { 1, 0, 0, 1 }, { 0, -1, 1, 0 }, { -1, 0, 0, -1 },
                                     { 0, 1, -1, 0 } };
    const int *turn = turns[leaf->rotate / 90];
    double scale = booklet->scale * leaf->unit;
    double a = turn[0] * scale, b = turn[1] * scale, c = turn[2] * scale, d = turn[3] * scale;
    const struct box *trim = &leaf->trim;
    double left = fmin(a * trim->left + c * trim->bottom, a * trim->right + c * trim->top);
    double bottom = fmin(b * trim->left + d * trim->bottom, b * trim->right + d * trim->top);

    buf_printf(out, "%.5f %.5f %.5f %.5f %.4f %.4f cm /%s Do Q\n", a, b, c, d, x - left,
               y - bottom, name);
}

static void put_line(struct buf *out, double x, double y, double across, double up)
{
    buf_printf(out, "%.3f %.3f m %.3f %.3f l S\n", x, y, x + across, y + up);
}

/* Crop marks at the outer corners of a page, where the paper leaves room. */
static void put_crop_marks(const struct booklet *booklet, const struct leaf *leaf, double x,
                           double y, bool is_left, struct buf *out)
{
    double width = leaf->width * booklet->scale, height = leaf->height * booklet->scale;
    double outer = is_left ? x : x + width, away = is_left ? -1 : 1;
    double beside = is_left ? outer : booklet->paper->width - outer;

    if (y >= mark_gap + 1) {
        put_line(out, outer, y - mark_gap, 0, -fmin(mark_length, y - mark_gap));
        put_line(out, outer, y + height + mark_gap, 0, fmin(mark_length, y - mark_gap));
    }
    if (beside >= mark_gap + 1) {
        double length = away * fmin(mark_length, beside - mark_gap);

        put_line(out, outer + away * mark_gap, y, length, 0);
        put_line(out, outer + away * mark_gap, y + height, length, 0);
    }
}

/* What stands in a half of a side; NULL: nothing. */
static const struct leaf *leaf_at(const struct booklet *booklet, int page)
{
    int text = booklet->text.pages, covers = booklet->cover.pages;

    if (page == FOLD_FRONT_COVER)
        return &booklet->leaf[text];
    if (page == FOLD_BACK_COVER)
        return covers > 1 ? &booklet->leaf[text + 1] : NULL;
    return page == FOLD_BLANK ? NULL : &booklet->leaf[page];
}

/* A page in its half of the sheet, its spine moved by the creep; what would
 * pass the fold is cut there. */
static void put_half(const struct booklet *booklet, const struct leaf *leaf, bool is_left,
                     int depth, struct buf *out, double *foot)
{
    double middle = booklet->paper->width / 2, shift = depth * booklet->options->creep * MM;
    double x, y;

    if (leaf == NULL)
        return;
    x = is_left ? middle - leaf->width * booklet->scale + shift : middle - shift;
    y = (booklet->paper->height - leaf->height * booklet->scale) / 2;
    buf_printf(out, "q %.4f 0 %.4f %.4f re W n\n", is_left ? 0.0 : middle, middle,
               booklet->paper->height);
    put_leaf(booklet, leaf, is_left ? "L" : "R", x, y, out);
    if (booklet->options->marks) {
        buf_puts(out, "q 0.25 w 0 G\n");
        put_crop_marks(booklet, leaf, x, y, is_left, out);
        buf_puts(out, "Q\n");
    }
    *foot = fmin(*foot, y);
}

static void put_fold_marks(const struct booklet *booklet, double foot, struct buf *out)
{
    double middle = booklet->paper->width / 2, length = fmin(mark_length, foot - mark_gap);

    if (!booklet->options->marks || foot < mark_gap + 1)
        return;
    buf_puts(out, "q 0.25 w 0 G [2 2] 0 d\n");
    put_line(out, middle, foot - mark_gap, 0, -length);
    put_line(out, middle, booklet->paper->height - foot + mark_gap, 0, length);
    buf_puts(out, "Q\n");
}

static qpdf_oh make_side(struct booklet *booklet, const struct fold_side *side, qpdf_oh parent)
{
    qpdf_data qpdf = booklet->text.qpdf;
    const struct leaf *left = leaf_at(booklet, side->left), *right = leaf_at(booklet, side->right);
    qpdf_oh page = qpdf_oh_new_dictionary(qpdf), resources = qpdf_oh_new_dictionary(qpdf);
    qpdf_oh forms = qpdf_oh_new_dictionary(qpdf), content = qpdf_oh_new_stream(qpdf);
    double sides[4] = { 0, 0, booklet->paper->width, booklet->paper->height };
    double foot = booklet->paper->height;
    struct buf out = {0};

    put_half(booklet, left, true, side->depth, &out, &foot);
    put_half(booklet, right, false, side->depth, &out, &foot);
    if (foot < booklet->paper->height)
        put_fold_marks(booklet, foot, &out);
    reader_put_stream(qpdf, content, (const unsigned char *)buf_text(&out), out.len);
    buf_free(&out);
    if (left != NULL)
        qpdf_oh_replace_key(qpdf, forms, "/L", left->form);
    if (right != NULL)
        qpdf_oh_replace_key(qpdf, forms, "/R", right->form);
    qpdf_oh_replace_key(qpdf, resources, "/XObject", forms);
    qpdf_oh_replace_key(qpdf, page, "/Type", qpdf_oh_new_name(qpdf, "/Page"));
    qpdf_oh_replace_key(qpdf, page, "/Parent", parent);
    qpdf_oh_replace_key(qpdf, page, "/MediaBox", reader_array(qpdf, sides, 4));
    qpdf_oh_replace_key(qpdf, page, "/Resources", resources);
    qpdf_oh_replace_key(qpdf, page, "/Contents", content);
    return qpdf_make_indirect_object(qpdf, page);
}

/* ---- The file ----------------------------------------------------------------------- */

/* The new pages take the place of all old ones. */
static void replace_pages(struct booklet *booklet)
{
    qpdf_data qpdf = booklet->text.qpdf;
    qpdf_oh tree = qpdf_make_indirect_object(qpdf, qpdf_oh_new_dictionary(qpdf));
    qpdf_oh kids = qpdf_oh_new_array(qpdf);

    for (int i = 0; i < booklet->fold->sides; i++)
        qpdf_oh_append_item(qpdf, kids, make_side(booklet, &booklet->fold->side[i], tree));
    qpdf_oh_replace_key(qpdf, tree, "/Type", qpdf_oh_new_name(qpdf, "/Pages"));
    qpdf_oh_replace_key(qpdf, tree, "/Kids", kids);
    qpdf_oh_replace_key(qpdf, tree, "/Count", qpdf_oh_new_integer(qpdf, booklet->fold->sides));
    qpdf_oh_replace_key(qpdf, qpdf_get_root(qpdf), "/Pages", tree);
}

/* Puts NEW, not longer, in the place of each OLD; the rest is filled up. */
static void replace_text(char *text, size_t count, const char *old, const char *new)
{
    size_t length = strlen(old);

    for (char *at = text; (at = g_strstr_len(at, (gssize)(text + count - at), old)) != NULL;) {
        memset(at, ' ', length);
        memcpy(at, new, strlen(new));
        at += length;
    }
}

/* The sheets are no longer a tagged file, nor one to be exchanged with a printer:
 * XMP must not claim so. */
static void mend_metadata(qpdf_data qpdf, qpdf_oh root)
{
    qpdf_oh stream = qpdf_oh_get_key(qpdf, root, "/Metadata");
    unsigned char *bytes = NULL;
    size_t count = 0;
    QPDF_BOOL filtered;

    if (!qpdf_oh_is_stream(qpdf, stream)
        || reader_failed(qpdf_oh_get_stream_data(qpdf, stream, qpdf_dl_generalized, &filtered,
                                                 &bytes, &count)))
        return;
    replace_text((char *)bytes, count, "pdfaid:conformance>A<", "pdfaid:conformance>B<");
    replace_text((char *)bytes, count, "pdfaid:conformance=\"A\"", "pdfaid:conformance=\"B\"");
    replace_text((char *)bytes, count, "<pdfuaid:part>1</pdfuaid:part>", "");
    replace_text((char *)bytes, count, "pdfuaid:part=\"1\"", "");
    replace_text((char *)bytes, count,
                 "<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>", "");
    replace_text((char *)bytes, count, "pdfxid:GTS_PDFXVersion=\"PDF/X-4\"", "");
    qpdf_oh_replace_stream_data(qpdf, stream, bytes, count, qpdf_oh_new_null(qpdf),
                                qpdf_oh_new_null(qpdf));
    free(bytes);
}

/* Does the file promise nothing but grey? */
static bool is_grey(qpdf_data qpdf, qpdf_oh intents)
{
    int count = qpdf_oh_is_array(qpdf, intents) ? qpdf_oh_get_array_n_items(qpdf, intents) : 0;

    for (int i = 0; i < count; i++) {
        qpdf_oh profile = qpdf_oh_get_key(qpdf, qpdf_oh_get_array_item(qpdf, intents, i),
                                          "/DestOutputProfile");

        if (!qpdf_oh_is_stream(qpdf, profile)
            || qpdf_oh_get_int_value_as_int(
                   qpdf, qpdf_oh_get_key(qpdf, qpdf_oh_get_dict(qpdf, profile), "/N")) != 1)
            return false;
    }
    return count > 0;
}

/* Grey means the same under a profile of colours; so a cover in colours around
 * grey pages brings its own. */
static void mend_intents(struct booklet *booklet, qpdf_oh root)
{
    qpdf_data qpdf = booklet->text.qpdf;
    qpdf_oh cover;

    if (booklet->cover.pages == 0
        || !is_grey(qpdf, qpdf_oh_get_key(qpdf, root, "/OutputIntents")))
        return;
    cover = qpdf_get_page_n(qpdf, (size_t)booklet->text.pages);
    if (qpdf_oh_has_key(qpdf, cover, "/OutputIntents"))
        qpdf_oh_replace_key(qpdf, root, "/OutputIntents",
                            qpdf_oh_get_key(qpdf, cover, "/OutputIntents"));
}

static void mend_catalog(struct booklet *booklet)
{
    static const char *const dropped[] = {
        "/StructTreeRoot", "/MarkInfo", "/Outlines", "/PageLabels", "/Names", "/Dests",
        "/OpenAction", "/AA", "/AcroForm", "/PageMode", "/Threads", "/SpiderInfo",
    };
    qpdf_data qpdf = booklet->text.qpdf;
    qpdf_oh root = qpdf_get_root(qpdf);

    for (size_t i = 0; i < sizeof dropped / sizeof *dropped; i++)
        qpdf_oh_remove_key(qpdf, root, dropped[i]);
    qpdf_oh_replace_key(qpdf, root, "/ViewerPreferences",
                        qpdf_oh_parse(qpdf, "<</Duplex /DuplexFlipShortEdge /PrintScaling /None "
                                      "/DisplayDocTitle true>>"));
    mend_metadata(qpdf, root);
    mend_intents(booklet, root);
}

/* By way of memory: of a full disk libqpdf's own writing to a file says nothing. */
static bool write_sheets(struct booklet *booklet, struct publish *out)
{
    qpdf_data qpdf = booklet->text.qpdf;

    qpdf_init_write_memory(qpdf);
    qpdf_set_object_stream_mode(qpdf, qpdf_o_generate);
    qpdf_set_newline_before_endstream(qpdf, QPDF_TRUE);
    qpdf_set_preserve_encryption(qpdf, QPDF_FALSE);
    qpdf_set_deterministic_ID(qpdf, QPDF_TRUE);
    qpdf_set_minimum_pdf_version(qpdf, "1.7");
    qpdf_write(qpdf);
    if (!reader_sound(&booklet->text, "the booklet cannot be written"))
        return false;
    publish_write(out, qpdf_get_buffer(qpdf), qpdf_get_buffer_length(qpdf));
    return !publish_has_failed(out);
}

static const char *plural(int count)
{
    return count == 1 ? "" : "s";
}

/* How to make a booklet of the sheets that were printed. */
static void explain_folding(const struct fold *fold, bool covered)
{
    if (fold->signatures == 1 && fold->sides > 2 * MOST_TOGETHER)
        fprintf(stderr, "So many sheets hardly fold together: make signatures of 4 to 8, by "
                "“sheets” in the key “booklet” or by --sheets.\n");
    else if (fold->signatures == 1)
        fprintf(stderr, "Fold all sheets together%s and staple them in the fold.\n",
                fold->sides == 2 ? "" : ", the first outside,");
    else
        fprintf(stderr, "Fold in %d signatures of at most %d sheets, in the order they come, "
                "the first of each outside, and sew or glue them one behind the other%s.\n",
                fold->signatures, fold->most_sheets, covered ? ", then the cover around them" : "");
}

static void explain(const struct booklet *booklet)
{
    const struct fold *fold = booklet->fold;
    int sheets = fold->sides / 2, pages = booklet->text.pages;
    bool covered = booklet->cover.pages > 0;

    progress_end();
    fprintf(stderr, "%d page%s%s on %d sheet%s of %s", pages, plural(pages),
            covered ? " and a cover" : "", sheets, plural(sheets), booklet->paper->title);
    if (fold->blanks > 0)
        fprintf(stderr, ", %d page%s left blank", fold->blanks, plural(fold->blanks));
    fprintf(stderr, ".\nPrint at 100 %%, on both sides, flipped on the short edge. ");
    if (covered)
        fprintf(stderr, "The first sheet is the cover; it may be of stronger paper. ");
    explain_folding(fold, covered);
}

static enum fold_end end_of(const struct booklet_options *options)
{
    if (options->cover != NULL)
        return FOLD_END_COVER;
    return options->back_cover ? FOLD_END_LAST : FOLD_END_BLANK;
}

static bool impose(struct booklet *booklet, const char *in, struct publish *out)
{
    if (!read_pages(booklet, in) || !choose_scale(booklet))
        return false;
    reader_warn(&booklet->text);
    if (booklet->options->cover != NULL)
        reader_warn(&booklet->cover);
    booklet->fold = fold_new(booklet->text.pages, booklet->options->sheets,
                             end_of(booklet->options));
    mend_catalog(booklet);
    replace_pages(booklet);
    if (!reader_sound(&booklet->text, "the sheets cannot be made") || !write_sheets(booklet, out))
        return false;
    explain(booklet);
    return true;
}

bool booklet_write(struct publish *out, const char *in, const struct booklet_options *options)
{
    struct booklet booklet = { .options = options, .paper = lookup_paper(options->paper) };
    const char *wrong = booklet_refuses(options);
    bool done = wrong == NULL && impose(&booklet, in, out);

    if (wrong != NULL)
        diag(DIAG_ERROR, (struct place){ in, 0, 0 }, "booklet", "%s", wrong);
    if (!done)
        publish_fail(out);
    reader_close(&booklet.text);
    reader_close(&booklet.cover);
    fold_free(booklet.fold);
    free(booklet.leaf);
    return done;
}
