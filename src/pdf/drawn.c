/* Objects are copied as they are, but for what PDF/A minds. */
#include "pdf/drawn.h"
#include "base/diag.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

bool drawn_sound(struct drawn *drawn, const char *doing)
{
    if (!qpdf_has_error(drawn->qpdf))
        return true;
    diag(DIAG_ERROR, (struct place){0}, "pdf", "cannot %s: %s", doing,
         qpdf_get_error_full_text(drawn->qpdf, qpdf_get_error(drawn->qpdf)));
    return false;
}

bool drawn_open(struct drawn *drawn)
{
    qpdf_data qpdf = drawn->qpdf = qpdf_init();

    qpdf_silence_errors(qpdf);
    qpdf_set_suppress_warnings(qpdf, QPDF_TRUE);
    qpdf_read_memory(qpdf, "what was drawn", drawn->bytes.data, drawn->bytes.len, NULL);
    if (!drawn_sound(drawn, "read what was drawn"))
        return false;
    drawn->size = qpdf_oh_get_int_value_as_int(
        qpdf, qpdf_oh_get_key(qpdf, qpdf_get_trailer(qpdf), "/Size"));
    return drawn_sound(drawn, "read what was drawn");
}

void drawn_close(struct drawn *drawn)
{
    if (drawn->qpdf != NULL)
        qpdf_cleanup(&drawn->qpdf);
    free(drawn->wanted.item);
    buf_free(&drawn->bytes);
}

qpdf_oh drawn_resource(struct drawn *drawn, int page, const char *category, const char *name)
{
    qpdf_data qpdf = drawn->qpdf;
    qpdf_oh all = qpdf_oh_get_key(qpdf, qpdf_get_page_n(qpdf, (size_t)page), "/Resources");
    qpdf_oh some = qpdf_oh_get_key(qpdf, all, category);

    if (name == NULL) {
        qpdf_oh_begin_dict_key_iter(qpdf, some);
        name = qpdf_oh_dict_more_keys(qpdf) ? qpdf_oh_dict_next_key(qpdf) : "/";
    }
    return qpdf_oh_get_key(qpdf, some, name);
}

/* ---- Copies ----------------------------------------------------------------------- */

static void want(struct drawn *drawn, const struct object_file *file, int number)
{
    if (number < drawn->size && file->object.item[number].length == 0)
        *VEC_PUSH(&drawn->wanted) = number;
}

/* Remembers what the object just written refers to. */
static void want_references(struct drawn *drawn, const struct object_file *file, int number)
{
    const struct object *object = &file->object.item[number];
    const char *at = file->out.data + object->start, *end = at + object->head, *start;
    int reference;

    while ((reference = object_reference(&at, end, &start)) != 0)
        want(drawn, file, reference);
}

/* A dictionary's keys and values. */
static char *inner_text(qpdf_data qpdf, qpdf_oh dict)
{
    const char *text = qpdf_oh_unparse_resolved(qpdf, dict);
    size_t length = strlen(text);

    return length >= 4 ? g_strndup(text + 2, length - 4) : g_strdup("");
}

/* Pictures must not want to be interpolated. */
static void take_stream(struct drawn *drawn, struct object_file *file, int number,
                        qpdf_oh stream)
{
    qpdf_oh dict = qpdf_oh_get_dict(drawn->qpdf, stream);
    unsigned char *bytes = NULL;
    size_t count = 0;
    QPDF_BOOL filtered;
    char *keys;

    if (qpdf_oh_get_stream_data(drawn->qpdf, stream, qpdf_dl_none, &filtered, &bytes, &count)
        & QPDF_ERRORS)
        return;
    qpdf_oh_remove_key(drawn->qpdf, dict, "/Length");
    qpdf_oh_remove_key(drawn->qpdf, dict, "/Interpolate");
    keys = inner_text(drawn->qpdf, dict);
    object_stream(file, number, keys, bytes, count, false);
    g_free(keys);
    free(bytes);
}

/* Composite TrueType fonts lack their map from ids to glyphs. */
static void take_object(struct drawn *drawn, struct object_file *file, int number)
{
    qpdf_data qpdf = drawn->qpdf;
    qpdf_oh object = qpdf_get_object_by_id(qpdf, number, 0);

    if (qpdf_oh_is_stream(qpdf, object)) {
        take_stream(drawn, file, number, object);
        return;
    }
    if (qpdf_oh_is_dictionary_of_type(qpdf, object, "/Font", "/CIDFontType2")
        && !qpdf_oh_has_key(qpdf, object, "/CIDToGIDMap"))
        qpdf_oh_replace_key(qpdf, object, "/CIDToGIDMap", qpdf_oh_new_name(qpdf, "/Identity"));
    object_begin(file, number);
    buf_puts(&file->out, qpdf_oh_unparse_resolved(qpdf, object));
    object_end(file);
}

bool drawn_take(struct drawn *drawn, struct object_file *file, int number)
{
    want(drawn, file, number);
    while (drawn->wanted.count > 0) {
        int next = drawn->wanted.item[--drawn->wanted.count];

        if (file->object.item[next].length > 0)
            continue;
        take_object(drawn, file, next);
        qpdf_oh_release_all(drawn->qpdf);
        if (!drawn_sound(drawn, "read what was drawn"))
            return false;
        want_references(drawn, file, next);
    }
    return true;
}
