/* Each page of the file becomes a form, and new pages show two of them each.
 * Lengths are points. A page's own rotation and unit are taken into account,
 * also those it inherits. A file that libqpdf had to repair is a warning. */
#include "pdf/booklet.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/memory.h"
#include "pdf/fold.h"

#include <glib.h>
#include <math.h>
#include <qpdf/qpdf-c.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#define MM (72.0 / 25.4)

static const struct paper { const char *name, *title; double width, height; } papers[] = {
    { "a4", "A4", 297 * MM, 210 * MM },
    { "letter", "Letter", 792, 612 },
    { "a3", "A3", 420 * MM, 297 * MM },
};

static const double slack = 0.6 * MM;       /* a page may be larger by this */
static const double mark_gap = 2 * MM, mark_length = 5 * MM, mark_room = 8 * MM;

struct box { double left, bottom, right, top; };

/* A page as it is placed: its form, and where its trim lies, upright. */
struct leaf {
    qpdf_oh form;
    struct box trim;        /* in the page's own space */
    int rotate;             /* 0, 90, 180, 270, clockwise */
    double unit;
    double width, height;   /* of the trim, upright, in points */
};

struct booklet {
    const struct booklet_options *options;
    const char *in;
    const struct paper *paper;
    qpdf_data qpdf;
    struct leaf *leaf;
    int pages;
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
    return NULL;
}

/* ---- Reading --------------------------------------------------------------------- */

static bool refuse(const struct booklet *booklet, const char *rule, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static bool refuse(const struct booklet *booklet, const char *rule, const char *format, ...)
{
    va_list args;
    char *message;

    va_start(args, format);
    message = g_strdup_vprintf(format, args);
    va_end(args);
    diag(DIAG_ERROR, (struct place){ booklet->in, 0, 0 }, rule, "%s", message);
    g_free(message);
    return false;
}

/* False, told, when the last call of libqpdf failed. */
static bool sound(struct booklet *booklet, const char *what)
{
    qpdf_error error;

    if (!qpdf_has_error(booklet->qpdf))
        return true;
    error = qpdf_get_error(booklet->qpdf);
    if (qpdf_get_error_code(booklet->qpdf, error) == qpdf_e_password)
        return refuse(booklet, "encrypted", "this PDF opens only with a password; "
                      "save it without one first");
    return refuse(booklet, "damaged", "%s: %s", what,
                  qpdf_get_error_message_detail(booklet->qpdf, error));
}

/* A warning, of this call or an earlier one, is no failure. */
static bool failed(QPDF_ERROR_CODE code)
{
    return (code & QPDF_ERRORS) != 0;
}

static bool open_file(struct booklet *booklet)
{
    if (!file_exists(booklet->in))
        return refuse(booklet, "missing", "there is no such file");
    booklet->qpdf = qpdf_init();
    qpdf_silence_errors(booklet->qpdf);
    qpdf_set_suppress_warnings(booklet->qpdf, QPDF_TRUE);
    qpdf_read(booklet->qpdf, booklet->in, NULL);
    if (!sound(booklet, "this PDF cannot be read"))
        return false;
    if (qpdf_is_encrypted(booklet->qpdf) && (!qpdf_allow_modify_assembly(booklet->qpdf)
                                             || !qpdf_allow_print_high_res(booklet->qpdf)))
        return refuse(booklet, "encrypted", "whoever made this PDF forbids to rearrange or print "
                      "its pages");
    booklet->pages = qpdf_get_num_pages(booklet->qpdf);
    if (!sound(booklet, "the pages of this PDF cannot be found"))
        return false;
    if (booklet->pages <= 0)
        return refuse(booklet, "empty", "this PDF has no pages");
    qpdf_push_inherited_attributes_to_page(booklet->qpdf);
    return sound(booklet, "the pages of this PDF cannot be read");
}

static void warn_of_repairs(struct booklet *booklet)
{
    qpdf_error first;

    if (!qpdf_more_warnings(booklet->qpdf))
        return;
    first = qpdf_next_warning(booklet->qpdf);
    diag(DIAG_WARNING, (struct place){ booklet->in, 0, 0 }, "damaged",
         "this PDF is damaged and was repaired as far as can be: %s",
         qpdf_get_error_message_detail(booklet->qpdf, first));
}

/* ---- Pages ------------------------------------------------------------------------ */

/* The box of that name, its corners in order; false when there is none, or one
 * of no size. */
static bool read_box(qpdf_data qpdf, qpdf_oh page, const char *key, struct box *box)
{
    qpdf_oh array = qpdf_oh_get_key(qpdf, page, key);
    double side[4];

    if (!qpdf_oh_is_array(qpdf, array) || qpdf_oh_get_array_n_items(qpdf, array) != 4)
        return false;
    for (int i = 0; i < 4; i++) {
        qpdf_oh item = qpdf_oh_get_array_item(qpdf, array, i);

        if (!qpdf_oh_is_number(qpdf, item))
            return false;
        side[i] = qpdf_oh_get_numeric_value(qpdf, item);
    }
    *box = (struct box){ fmin(side[0], side[2]), fmin(side[1], side[3]),
                         fmax(side[0], side[2]), fmax(side[1], side[3]) };
    return box->right - box->left >= 1 && box->top - box->bottom >= 1;
}

static struct box common(struct box a, struct box b)
{
    return (struct box){ fmax(a.left, b.left), fmax(a.bottom, b.bottom),
                         fmin(a.right, b.right), fmin(a.top, b.top) };
}

/* What is kept of a page: its trim, else what a viewer shows; and for the form
 * what may bleed over that. */
static bool read_boxes(qpdf_data qpdf, qpdf_oh page, struct box *trim, struct box *bleed)
{
    struct box media, crop;

    if (!read_box(qpdf, page, "/MediaBox", &media))
        return false;
    crop = read_box(qpdf, page, "/CropBox", &crop) ? common(crop, media) : media;
    *trim = read_box(qpdf, page, "/TrimBox", trim) ? common(*trim, media) : crop;
    *bleed = read_box(qpdf, page, "/BleedBox", bleed) ? common(*bleed, media) : *trim;
    bleed->left = fmin(bleed->left, trim->left);
    bleed->bottom = fmin(bleed->bottom, trim->bottom);
    bleed->right = fmax(bleed->right, trim->right);
    bleed->top = fmax(bleed->top, trim->top);
    return trim->right - trim->left >= 1 && trim->top - trim->bottom >= 1;
}

static double number_of(qpdf_data qpdf, qpdf_oh page, const char *key, double fallback)
{
    qpdf_oh value = qpdf_oh_get_key(qpdf, page, key);

    return qpdf_oh_is_number(qpdf, value) ? qpdf_oh_get_numeric_value(qpdf, value) : fallback;
}

static void put_stream(qpdf_data qpdf, qpdf_oh stream, const unsigned char *bytes, size_t count)
{
    uLongf packed = compressBound(count);
    Bytef *room = g_malloc(packed);

    if (compress2(room, &packed, bytes, count, 9) != Z_OK)
        g_error("zlib failed");
    qpdf_oh_replace_stream_data(qpdf, stream, room, packed, qpdf_oh_new_name(qpdf, "/FlateDecode"),
                                qpdf_oh_new_null(qpdf));
    g_free(room);
}

static qpdf_oh array_of(qpdf_data qpdf, const double *number, int count)
{
    qpdf_oh array = qpdf_oh_new_array(qpdf);

    for (int i = 0; i < count; i++)
        qpdf_oh_append_item(qpdf, array, qpdf_oh_new_real_from_double(qpdf, number[i], 4));
    return array;
}

/* Gives FORM the page's content: as it is packed when it is one plain deflated
 * stream, else all its streams joined. */
static bool copy_content(qpdf_data qpdf, qpdf_oh page, qpdf_oh form)
{
    qpdf_oh content = qpdf_oh_get_key(qpdf, page, "/Contents");
    unsigned char *bytes = NULL;
    size_t count = 0;
    QPDF_BOOL filtered;

    if (qpdf_oh_is_stream(qpdf, content)) {
        qpdf_oh dict = qpdf_oh_get_dict(qpdf, content);

        if (qpdf_oh_is_name_and_equals(qpdf, qpdf_oh_get_key(qpdf, dict, "/Filter"), "/FlateDecode")
            && !qpdf_oh_has_key(qpdf, dict, "/DecodeParms")
            && !failed(qpdf_oh_get_stream_data(qpdf, content, qpdf_dl_none, &filtered, &bytes,
                                               &count))) {
            qpdf_oh_replace_stream_data(qpdf, form, bytes, count,
                                        qpdf_oh_new_name(qpdf, "/FlateDecode"),
                                        qpdf_oh_new_null(qpdf));
            free(bytes);
            return true;
        }
    }
    if (!qpdf_oh_is_null(qpdf, content)     /* a page may have none */
        && failed(qpdf_oh_get_page_content_data(qpdf, page, &bytes, &count))) {
        free(bytes);            /* what was read before the damage */
        return false;
    }
    put_stream(qpdf, form, count > 0 ? bytes : (const unsigned char *)"", count);
    free(bytes);
    return true;
}

/* The page as a form. */
static bool make_form(struct booklet *booklet, qpdf_oh page, const struct box *bleed,
                      qpdf_oh *form)
{
    qpdf_data qpdf = booklet->qpdf;
    static const char *const kept[] = { "/Resources", "/Group" };
    qpdf_oh dict;

    *form = qpdf_oh_new_stream(qpdf);
    dict = qpdf_oh_get_dict(qpdf, *form);
    qpdf_oh_replace_key(qpdf, dict, "/Type", qpdf_oh_new_name(qpdf, "/XObject"));
    qpdf_oh_replace_key(qpdf, dict, "/Subtype", qpdf_oh_new_name(qpdf, "/Form"));
    qpdf_oh_replace_key(qpdf, dict, "/BBox",
                        array_of(qpdf, (double[]){ bleed->left, bleed->bottom, bleed->right,
                                                   bleed->top }, 4));
    qpdf_oh_replace_key(qpdf, dict, "/Resources", qpdf_oh_new_dictionary(qpdf));
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        if (qpdf_oh_has_key(qpdf, page, kept[i]))
            qpdf_oh_replace_key(qpdf, dict, kept[i], qpdf_oh_get_key(qpdf, page, kept[i]));
    return copy_content(qpdf, page, *form);
}

static bool read_page(struct booklet *booklet, int index)
{
    struct leaf *leaf = &booklet->leaf[index];
    qpdf_data qpdf = booklet->qpdf;
    qpdf_oh page = qpdf_get_page_n(qpdf, (size_t)index);
    struct box bleed;
    double width, height;

    if (!read_boxes(qpdf, page, &leaf->trim, &bleed))
        return refuse(booklet, "damaged", "page %d has no size", index + 1);
    leaf->rotate = (((int)number_of(qpdf, page, "/Rotate", 0) / 90 * 90) % 360 + 360) % 360;
    leaf->unit = number_of(qpdf, page, "/UserUnit", 1);
    width = (leaf->trim.right - leaf->trim.left) * leaf->unit;
    height = (leaf->trim.top - leaf->trim.bottom) * leaf->unit;
    leaf->width = leaf->rotate % 180 == 0 ? width : height;
    leaf->height = leaf->rotate % 180 == 0 ? height : width;
    if (!make_form(booklet, page, &bleed, &leaf->form)) {
        sound(booklet, "a page's content cannot be read");
        return refuse(booklet, "damaged", "page %d cannot be read", index + 1);
    }
    return true;
}

/* The common scale: 1, or what brings the largest page to half the paper. */
static bool choose_scale(struct booklet *booklet)
{
    double room = booklet->options->scale && booklet->options->marks ? mark_room : 0;
    double width = booklet->paper->width / 2 - room, height = booklet->paper->height - 2 * room;
    double scale = INFINITY;

    for (int i = 0; i < booklet->pages; i++) {
        const struct leaf *leaf = &booklet->leaf[i];

        scale = fmin(scale, fmin(width / leaf->width, height / leaf->height));
        if (!booklet->options->scale
            && (leaf->width > width + slack || leaf->height > height + slack))
            return refuse(booklet, "too-large", "page %d is %.0f × %.0f mm, and half a sheet of "
                          "%s is %.0f × %.0f mm; take a larger paper, or --scale", i + 1,
                          leaf->width / MM, leaf->height / MM, booklet->paper->title,
                          width / MM, height / MM);
    }
    booklet->scale = booklet->options->scale ? scale : 1;
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

/* A page in its half of the sheet, its spine moved by the creep; what would
 * pass the fold is cut there. */
static void put_half(const struct booklet *booklet, int page, bool is_left, int depth,
                     struct buf *out, double *foot)
{
    const struct leaf *leaf = page != FOLD_BLANK ? &booklet->leaf[page] : NULL;
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
    qpdf_data qpdf = booklet->qpdf;
    qpdf_oh page = qpdf_oh_new_dictionary(qpdf), resources = qpdf_oh_new_dictionary(qpdf);
    qpdf_oh forms = qpdf_oh_new_dictionary(qpdf), content = qpdf_oh_new_stream(qpdf);
    double sides[4] = { 0, 0, booklet->paper->width, booklet->paper->height };
    double foot = booklet->paper->height;
    struct buf out = {0};

    put_half(booklet, side->left, true, side->depth, &out, &foot);
    put_half(booklet, side->right, false, side->depth, &out, &foot);
    if (foot < booklet->paper->height)
        put_fold_marks(booklet, foot, &out);
    put_stream(qpdf, content, (const unsigned char *)buf_text(&out), out.len);
    buf_free(&out);
    if (side->left != FOLD_BLANK)
        qpdf_oh_replace_key(qpdf, forms, "/L", booklet->leaf[side->left].form);
    if (side->right != FOLD_BLANK)
        qpdf_oh_replace_key(qpdf, forms, "/R", booklet->leaf[side->right].form);
    qpdf_oh_replace_key(qpdf, resources, "/XObject", forms);
    qpdf_oh_replace_key(qpdf, page, "/Type", qpdf_oh_new_name(qpdf, "/Page"));
    qpdf_oh_replace_key(qpdf, page, "/Parent", parent);
    qpdf_oh_replace_key(qpdf, page, "/MediaBox", array_of(qpdf, sides, 4));
    qpdf_oh_replace_key(qpdf, page, "/Resources", resources);
    qpdf_oh_replace_key(qpdf, page, "/Contents", content);
    return qpdf_make_indirect_object(qpdf, page);
}

/* ---- The file ----------------------------------------------------------------------- */

/* The new pages take the place of all old ones. */
static void replace_pages(struct booklet *booklet)
{
    qpdf_data qpdf = booklet->qpdf;
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

/* The sheets are no longer a tagged file: XMP must not claim so. */
static void mend_metadata(qpdf_data qpdf, qpdf_oh root)
{
    qpdf_oh stream = qpdf_oh_get_key(qpdf, root, "/Metadata");
    unsigned char *bytes = NULL;
    size_t count = 0;
    QPDF_BOOL filtered;

    if (!qpdf_oh_is_stream(qpdf, stream)
        || failed(qpdf_oh_get_stream_data(qpdf, stream, qpdf_dl_generalized, &filtered, &bytes,
                                          &count)))
        return;
    replace_text((char *)bytes, count, "pdfaid:conformance>A<", "pdfaid:conformance>B<");
    replace_text((char *)bytes, count, "pdfaid:conformance=\"A\"", "pdfaid:conformance=\"B\"");
    replace_text((char *)bytes, count, "<pdfuaid:part>1</pdfuaid:part>", "");
    replace_text((char *)bytes, count, "pdfuaid:part=\"1\"", "");
    qpdf_oh_replace_stream_data(qpdf, stream, bytes, count, qpdf_oh_new_null(qpdf),
                                qpdf_oh_new_null(qpdf));
    free(bytes);
}

static void mend_catalog(struct booklet *booklet)
{
    static const char *const dropped[] = {
        "/StructTreeRoot", "/MarkInfo", "/Outlines", "/PageLabels", "/Names", "/Dests",
        "/OpenAction", "/AA", "/AcroForm", "/PageMode", "/Threads", "/SpiderInfo",
    };
    qpdf_data qpdf = booklet->qpdf;
    qpdf_oh root = qpdf_get_root(qpdf);

    for (size_t i = 0; i < sizeof dropped / sizeof *dropped; i++)
        qpdf_oh_remove_key(qpdf, root, dropped[i]);
    qpdf_oh_replace_key(qpdf, root, "/ViewerPreferences",
                        qpdf_oh_parse(qpdf, "<</Duplex /DuplexFlipShortEdge /PrintScaling /None "
                                      "/DisplayDocTitle true>>"));
    mend_metadata(qpdf, root);
}

static bool write_sheets(struct booklet *booklet, struct publish *out)
{
    qpdf_data qpdf = booklet->qpdf;

    qpdf_init_write(qpdf, publish_path(out));
    qpdf_set_object_stream_mode(qpdf, qpdf_o_generate);
    qpdf_set_newline_before_endstream(qpdf, QPDF_TRUE);
    qpdf_set_preserve_encryption(qpdf, QPDF_FALSE);
    qpdf_set_deterministic_ID(qpdf, QPDF_TRUE);
    qpdf_set_minimum_pdf_version(qpdf, "1.7");
    qpdf_write(qpdf);
    return sound(booklet, "the booklet cannot be written");
}

static void explain(const struct booklet *booklet)
{
    const struct fold *fold = booklet->fold;
    int sheets = fold->sides / 2;

    progress_end();
    fprintf(stderr, "%d page%s on %d sheet%s of %s", booklet->pages, booklet->pages == 1 ? "" : "s",
            sheets, sheets == 1 ? "" : "s", booklet->paper->title);
    if (fold->blanks > 0)
        fprintf(stderr, ", %d page%s left blank", fold->blanks, fold->blanks == 1 ? "" : "s");
    fprintf(stderr, ".\nPrint at 100 %%, on both sides, flipped on the short edge. ");
    if (fold->signatures == 1)
        fprintf(stderr, "Fold all sheets together%s and staple them in the fold.\n",
                sheets == 1 ? "" : ", the first outside,");
    else
        fprintf(stderr, "Fold in %d signatures of at most %d sheets, in the order they come, "
                "the first of each outside, and sew or glue them one behind the other.\n",
                fold->signatures, fold->most_sheets);
}

static bool impose(struct booklet *booklet, struct publish *out)
{
    if (!open_file(booklet))
        return false;
    booklet->leaf = memory_new((size_t)booklet->pages, sizeof *booklet->leaf);
    for (int i = 0; i < booklet->pages; i++)
        if (!read_page(booklet, i))
            return false;
    if (!choose_scale(booklet))
        return false;
    warn_of_repairs(booklet);
    booklet->fold = fold_new(booklet->pages, booklet->options->sheets,
                             booklet->options->back_cover);
    replace_pages(booklet);
    mend_catalog(booklet);
    if (!sound(booklet, "the sheets cannot be made") || !write_sheets(booklet, out))
        return false;
    explain(booklet);
    return true;
}

bool booklet_write(struct publish *out, const char *in, const struct booklet_options *options)
{
    struct booklet booklet = { .options = options, .in = in,
                               .paper = lookup_paper(options->paper) };
    bool done;

    if (booklet_refuses(options) != NULL)
        done = refuse(&booklet, "booklet", "%s", booklet_refuses(options));
    else
        done = impose(&booklet, out);
    if (!done)
        publish_fail(out);
    if (booklet.qpdf != NULL)
        qpdf_cleanup(&booklet.qpdf);
    fold_free(booklet.fold);
    free(booklet.leaf);
    return done;
}
