/* Any PDF by libqpdf's C interface. A page's own rotation and unit are taken into
 * account, also those it inherits. */
#include "pdf/reader.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/memory.h"

#include <glib.h>
#include <math.h>
#include <stdlib.h>
#include <zlib.h>

/* ---- The file ------------------------------------------------------------------------ */

bool reader_refuse(const struct reader *reader, const char *rule, const char *format, ...)
{
    va_list args;
    char *message;

    va_start(args, format);
    message = g_strdup_vprintf(format, args);
    va_end(args);
    diag(DIAG_ERROR, (struct place){ reader->path, 0, 0 }, rule, "%s", message);
    g_free(message);
    return false;
}

bool reader_sound(const struct reader *reader, const char *what)
{
    qpdf_error error;

    if (!qpdf_has_error(reader->qpdf))
        return true;
    error = qpdf_get_error(reader->qpdf);
    if (qpdf_get_error_code(reader->qpdf, error) == qpdf_e_password)
        return reader_refuse(reader, "encrypted", "this PDF opens only with a password; "
                             "save it without one first");
    return reader_refuse(reader, "damaged", "%s: %s", what,
                         qpdf_get_error_message_detail(reader->qpdf, error));
}

bool reader_failed(QPDF_ERROR_CODE code)
{
    return (code & QPDF_ERRORS) != 0;
}

bool reader_open(struct reader *reader, const char *path)
{
    *reader = (struct reader){ .path = path };
    if (!file_exists(path))
        return reader_refuse(reader, "missing", "there is no such file");
    reader->qpdf = qpdf_init();
    qpdf_silence_errors(reader->qpdf);
    qpdf_set_suppress_warnings(reader->qpdf, QPDF_TRUE);
    qpdf_read(reader->qpdf, path, NULL);
    if (!reader_sound(reader, "this PDF cannot be read"))
        return false;
    if (qpdf_is_encrypted(reader->qpdf) && (!qpdf_allow_modify_assembly(reader->qpdf)
                                            || !qpdf_allow_print_high_res(reader->qpdf)))
        return reader_refuse(reader, "encrypted", "whoever made this PDF forbids to rearrange or "
                             "print its pages");
    reader->pages = qpdf_get_num_pages(reader->qpdf);
    if (!reader_sound(reader, "the pages of this PDF cannot be found"))
        return false;
    if (reader->pages <= 0)
        return reader_refuse(reader, "empty", "this PDF has no pages");
    qpdf_push_inherited_attributes_to_page(reader->qpdf);
    return reader_sound(reader, "the pages of this PDF cannot be read");
}

void reader_warn(const struct reader *reader)
{
    qpdf_error first;

    if (!qpdf_more_warnings(reader->qpdf))
        return;
    first = qpdf_next_warning(reader->qpdf);
    diag(DIAG_WARNING, (struct place){ reader->path, 0, 0 }, "damaged",
         "this PDF is damaged and was repaired as far as can be: %s",
         qpdf_get_error_message_detail(reader->qpdf, first));
}

/* ---- Pages ------------------------------------------------------------------------ */

/* No paper ends, in points, nor is its unit, that far: such numbers are damage, and
 * would be written as no numbers. */
static const double farthest = 1e7, largest_unit = 75000;

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
        if (!(fabs(side[i]) <= farthest))
            return false;
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

void reader_put_stream(qpdf_data qpdf, qpdf_oh stream, const unsigned char *bytes, size_t count)
{
    uLongf packed = compressBound(count);
    Bytef *room = g_malloc(packed);

    if (compress2(room, &packed, bytes, count, 9) != Z_OK)
        memory_exhausted();
    qpdf_oh_replace_stream_data(qpdf, stream, room, packed, qpdf_oh_new_name(qpdf, "/FlateDecode"),
                                qpdf_oh_new_null(qpdf));
    g_free(room);
}

qpdf_oh reader_array(qpdf_data qpdf, const double *number, int count)
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
            && !reader_failed(qpdf_oh_get_stream_data(qpdf, content, qpdf_dl_none, &filtered,
                                                      &bytes, &count))) {
            qpdf_oh_replace_stream_data(qpdf, form, bytes, count,
                                        qpdf_oh_new_name(qpdf, "/FlateDecode"),
                                        qpdf_oh_new_null(qpdf));
            free(bytes);
            return true;
        }
    }
    if (!qpdf_oh_is_null(qpdf, content)     /* a page may have none */
        && reader_failed(qpdf_oh_get_page_content_data(qpdf, page, &bytes, &count))) {
        free(bytes);            /* what was read before the damage */
        return false;
    }
    reader_put_stream(qpdf, form, count > 0 ? bytes : (const unsigned char *)"", count);
    free(bytes);
    return true;
}

/* The page as a form. */
static bool make_form(qpdf_data qpdf, qpdf_oh page, const struct box *bleed, qpdf_oh *form)
{
    static const char *const kept[] = { "/Resources", "/Group" };
    qpdf_oh dict;

    *form = qpdf_oh_new_stream(qpdf);
    dict = qpdf_oh_get_dict(qpdf, *form);
    qpdf_oh_replace_key(qpdf, dict, "/Type", qpdf_oh_new_name(qpdf, "/XObject"));
    qpdf_oh_replace_key(qpdf, dict, "/Subtype", qpdf_oh_new_name(qpdf, "/Form"));
    qpdf_oh_replace_key(qpdf, dict, "/BBox",
                        reader_array(qpdf, (double[]){ bleed->left, bleed->bottom, bleed->right,
                                                       bleed->top }, 4));
    qpdf_oh_replace_key(qpdf, dict, "/Resources", qpdf_oh_new_dictionary(qpdf));
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        if (qpdf_oh_has_key(qpdf, page, kept[i]))
            qpdf_oh_replace_key(qpdf, dict, kept[i], qpdf_oh_get_key(qpdf, page, kept[i]));
    return copy_content(qpdf, page, *form);
}

/* Its trim, upright. */
static void measure(qpdf_data qpdf, qpdf_oh page, struct leaf *leaf)
{
    double turn = fmod(number_of(qpdf, page, "/Rotate", 0), 360);
    double unit = number_of(qpdf, page, "/UserUnit", 1), width, height;

    leaf->rotate = ((int)turn / 90 * 90 + 360) % 360;
    leaf->unit = unit > 0 && unit <= largest_unit ? unit : 1;
    width = (leaf->trim.right - leaf->trim.left) * leaf->unit;
    height = (leaf->trim.top - leaf->trim.bottom) * leaf->unit;
    leaf->width = leaf->rotate % 180 == 0 ? width : height;
    leaf->height = leaf->rotate % 180 == 0 ? height : width;
}

bool reader_leaf(const struct reader *reader, int index, struct leaf *leaf)
{
    qpdf_oh page = qpdf_get_page_n(reader->qpdf, (size_t)index);
    const struct reader *owner = reader_owner(reader, &index);
    struct box bleed;

    if (!read_boxes(reader->qpdf, page, &leaf->trim, &bleed))
        return reader_refuse(owner, "damaged", "page %d has no size", index + 1);
    measure(reader->qpdf, page, leaf);
    if (make_form(reader->qpdf, page, &bleed, &leaf->form))
        return true;
    reader_sound(reader, "a page's content cannot be read");
    return reader_refuse(owner, "damaged", "page %d cannot be read", index + 1);
}

const struct reader *reader_owner(const struct reader *reader, int *index)
{
    if (*index < reader->pages)
        return reader;
    *index -= reader->pages;
    return reader->copied;
}

bool reader_copy(struct reader *reader, const struct reader *from)
{
    qpdf_oh root = qpdf_get_root(from->qpdf);

    reader->copied = from;
    for (int i = 0; i < from->pages; i++) {
        qpdf_oh page = qpdf_get_page_n(from->qpdf, (size_t)i);

        if (qpdf_oh_has_key(from->qpdf, root, "/OutputIntents"))
            qpdf_oh_replace_key(from->qpdf, page, "/OutputIntents",
                                qpdf_oh_get_key(from->qpdf, root, "/OutputIntents"));
        qpdf_add_page(reader->qpdf, from->qpdf, page, QPDF_FALSE);
    }
    return reader_sound(reader, "pages cannot be added");
}

void reader_close(struct reader *reader)
{
    if (reader->qpdf != NULL)
        qpdf_cleanup(&reader->qpdf);
}
