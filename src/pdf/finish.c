/* Reads the file that cairo drew with libqpdf, writes an update to it (pages,
 * contents, structure, links, metadata), and has libqpdf write the whole anew:
 * without what became unused, with object streams, linearized, its ID made from
 * its content. What libqpdf refuses is an error of ours or of the disk. */
#include "pdf/finish.h"
#include "base/diag.h"
#include "base/memory.h"
#include "pdf/cmap.h"
#include "pdf/content.h"
#include "pdf/draw.h"
#include "pdf/structure.h"

#include <glib.h>
#include <qpdf/qpdf-c.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Reading cairo's file. */
struct drawn_file {
    qpdf_data qpdf;
    GHashTable *cmaps;          /* object of a font → struct cmap */
    GHashTable *seen;           /* objects already looked at */
    VEC(int) images, cid_fonts; /* that have something to be mended */
    qpdf_oh fonts;              /* of the page in work */
    char last_name[32];         /* the last font asked for on it, and its map */
    const struct cmap *last_map;
};

static bool told(qpdf_data qpdf, const struct publish *out, const char *doing)
{
    if (!qpdf_has_error(qpdf))
        return true;
    diag(DIAG_ERROR, (struct place){ out != NULL ? publish_path(out) : NULL, 0, 0 }, "pdf",
         "cannot %s: %s", doing, qpdf_get_error_full_text(qpdf, qpdf_get_error(qpdf)));
    return false;
}

static bool open_drawn(struct drawn_file *drawn, const struct buf *bytes)
{
    *drawn = (struct drawn_file){ .qpdf = qpdf_init() };
    drawn->cmaps = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)cmap_free);
    drawn->seen = g_hash_table_new(NULL, NULL);
    qpdf_silence_errors(drawn->qpdf);
    qpdf_set_suppress_warnings(drawn->qpdf, QPDF_TRUE);
    qpdf_read_memory(drawn->qpdf, "the drawn pages", bytes->data, bytes->len, NULL);
    return told(drawn->qpdf, NULL, "read the drawn pages");
}

static void close_drawn(struct drawn_file *drawn)
{
    if (drawn->qpdf != NULL)
        qpdf_cleanup(&drawn->qpdf);
    g_hash_table_destroy(drawn->cmaps);
    g_hash_table_destroy(drawn->seen);
    free(drawn->images.item);
    free(drawn->cid_fonts.item);
}

/* ---- Fonts and pictures of the drawn pages ----------------------------------------- */

/* The first time that object NUMBER is met? */
static bool first_time(struct drawn_file *drawn, int number)
{
    return g_hash_table_add(drawn->seen, GINT_TO_POINTER(number));
}

static const struct cmap *map_of_font(struct drawn_file *drawn, qpdf_oh font)
{
    gpointer key = GINT_TO_POINTER(qpdf_oh_get_object_id(drawn->qpdf, font));
    struct cmap *map = g_hash_table_lookup(drawn->cmaps, key);
    unsigned char *bytes = NULL;
    size_t count = 0;
    QPDF_BOOL filtered;
    qpdf_oh stream;

    if (map != NULL || !qpdf_oh_is_dictionary(drawn->qpdf, font))
        return map;
    stream = qpdf_oh_get_key(drawn->qpdf, font, "/ToUnicode");
    if (!qpdf_oh_is_stream(drawn->qpdf, stream)
        || qpdf_oh_get_stream_data(drawn->qpdf, stream, qpdf_dl_generalized, &filtered, &bytes,
                                   &count) != QPDF_SUCCESS)
        return NULL;
    map = cmap_new(bytes, count);
    free(bytes);
    g_hash_table_insert(drawn->cmaps, key, map);
    return map;
}

static const struct cmap *map_of_name(void *context, const char *name, size_t length)
{
    struct drawn_file *drawn = context;
    char key[sizeof drawn->last_name];

    if (length + 2 > sizeof key)
        return NULL;
    snprintf(key, sizeof key, "/%.*s", (int)length, name);
    if (strcmp(key, drawn->last_name) != 0) {
        strcpy(drawn->last_name, key);
        drawn->last_map = map_of_font(drawn, qpdf_oh_get_key(drawn->qpdf, drawn->fonts, key));
    }
    return drawn->last_map;
}

/* Composite TrueType fonts lack their map from ids to glyphs. */
static void look_at_font(struct drawn_file *drawn, qpdf_oh font)
{
    qpdf_oh list = qpdf_oh_get_key(drawn->qpdf, font, "/DescendantFonts"), inner;

    if (!qpdf_oh_is_array(drawn->qpdf, list))
        return;
    inner = qpdf_oh_get_array_item(drawn->qpdf, list, 0);
    if (qpdf_oh_is_or_has_name(drawn->qpdf, qpdf_oh_get_key(drawn->qpdf, inner, "/Subtype"),
                               "/CIDFontType2")
        && !qpdf_oh_has_key(drawn->qpdf, inner, "/CIDToGIDMap"))
        *VEC_PUSH(&drawn->cid_fonts) = qpdf_oh_get_object_id(drawn->qpdf, inner);
}

static void look_at_image(struct drawn_file *drawn, qpdf_oh image)
{
    *VEC_PUSH(&drawn->images) = qpdf_oh_get_object_id(drawn->qpdf, image);
}

/* Calls LOOK for each object of a resource dictionary that was not met before. */
static void look_at_resources(struct drawn_file *drawn, qpdf_oh resources, const char *kind,
                              void (*look)(struct drawn_file *, qpdf_oh))
{
    qpdf_oh dict = qpdf_oh_get_key(drawn->qpdf, resources, kind);
    VEC(char *) names = {0};

    if (!qpdf_oh_is_dictionary(drawn->qpdf, dict))
        return;
    qpdf_oh_begin_dict_key_iter(drawn->qpdf, dict);
    while (qpdf_oh_dict_more_keys(drawn->qpdf))
        *VEC_PUSH(&names) = g_strdup(qpdf_oh_dict_next_key(drawn->qpdf));
    for (size_t i = 0; i < names.count; i++) {
        qpdf_oh object = qpdf_oh_get_key(drawn->qpdf, dict, names.item[i]);

        if (first_time(drawn, qpdf_oh_get_object_id(drawn->qpdf, object)))
            look(drawn, object);
        g_free(names.item[i]);
    }
    free(names.item);
}

/* ---- Pages -------------------------------------------------------------------------- */

static bool list_pages(struct finishing *finishing, struct drawn_file *drawn)
{
    uint32_t count = finishing->sheets->count;

    if (qpdf_get_num_pages(drawn->qpdf) != (int)count)
        return told(drawn->qpdf, NULL, "count the drawn pages");
    finishing->page = memory_new(count + 1, sizeof *finishing->page);
    for (uint32_t i = 0; i < count; i++) {
        qpdf_oh page = qpdf_get_page_n(drawn->qpdf, i);

        finishing->page[i] = qpdf_oh_get_object_id(drawn->qpdf, page);
        qpdf_oh_release(drawn->qpdf, page);
    }
    return true;
}

/* The elements of a sheet's marks; *COUNT of them. free() both results. */
static struct content_mark *marks_of(const struct finishing *finishing, uint32_t index,
                                     uint32_t **elements, uint32_t *count)
{
    const struct sheet *sheet = &finishing->sheets->sheet[index];
    uint32_t items = sheet->page != NULL ? sheet->page->item_count : 0;
    struct content_mark *marks = memory_new(items + 1, sizeof *marks);

    *elements = memory_new(items + 1, sizeof **elements);
    *count = 0;
    for (uint32_t i = 0; i < items; i = mark_next(sheet->page, i)) {
        uint32_t element = sheet_element(sheet, sheet->page->items[i].element);

        (*elements)[*count] = element;
        marks[(*count)++].tag = structure_tag(finishing->structure, element);
    }
    return marks;
}

/* Writes the sheet's content anew as an object and returns its number; 0 after
 * an error. */
static int write_content(struct finishing *finishing, struct drawn_file *drawn, uint32_t index,
                         qpdf_oh page)
{
    struct content_page content = { .font = map_of_name, .context = drawn };
    uint32_t *elements = NULL;
    unsigned char *bytes = NULL;
    struct buf made = {0};
    size_t count = 0;
    int number = 0;

    if (qpdf_oh_get_page_content_data(drawn->qpdf, page, &bytes, &count) != QPDF_SUCCESS) {
        told(drawn->qpdf, NULL, "read a drawn page");
        return 0;
    }
    if (finishing->structure != NULL)
        content.marks = marks_of(finishing, index, &elements, &content.mark_count);
    content_rewrite(&content, bytes, count, &made);
    finishing->coloured = finishing->coloured || content.coloured;
    for (uint32_t i = 0; i < content.mark_count; i++)
        if (content.marks[i].mcid >= 0)
            structure_mark(finishing->structure, index, elements[i], content.marks[i].mcid);
    number = object_take(&finishing->file, 1);
    object_stream(&finishing->file, number, "", buf_text(&made), made.len, true);
    buf_free(&made);
    free(content.marks);
    free(elements);
    free(bytes);
    return number;
}

static void put_boxes(const struct sheet *sheet, bool trimmed, struct buf *out)
{
    long width = sheet->width + 2L * sheet->bleed, height = sheet->height + 2L * sheet->bleed;

    buf_puts(out, " /MediaBox [0 0");
    put_points(out, width);
    put_points(out, height);
    buf_putc(out, ']');
    if (!trimmed)
        return;
    buf_puts(out, " /BleedBox [0 0");
    put_points(out, width);
    put_points(out, height);
    buf_puts(out, "] /TrimBox [");
    put_points(out, sheet->bleed);
    put_points(out, sheet->bleed);
    put_points(out, (long)sheet->bleed + sheet->width);
    put_points(out, (long)sheet->bleed + sheet->height);
    buf_putc(out, ']');
}

static bool write_page(struct finishing *finishing, struct drawn_file *drawn, uint32_t index)
{
    qpdf_data qpdf = drawn->qpdf;
    qpdf_oh page = qpdf_get_page_n(qpdf, index);
    qpdf_oh resources = qpdf_oh_get_key(qpdf, page, "/Resources");
    struct buf *out = &finishing->file.out, links = {0};
    int content;

    drawn->fonts = qpdf_oh_get_key(qpdf, resources, "/Font");
    drawn->last_name[0] = '\0';
    look_at_resources(drawn, resources, "/Font", look_at_font);
    look_at_resources(drawn, resources, "/XObject", look_at_image);
    content = write_content(finishing, drawn, index, page);
    if (finishing->kind == PDF_READING)
        navigate_links(finishing, index, &links);
    object_begin(&finishing->file, finishing->page[index]);
    buf_printf(out, "<</Type /Page /Parent %s", qpdf_oh_unparse(qpdf, qpdf_oh_get_key(qpdf, page, "/Parent")));
    put_boxes(&finishing->sheets->sheet[index], finishing->kind != PDF_READING, out);
    buf_printf(out, " /Contents %d 0 R /Resources %s", content, qpdf_oh_unparse(qpdf, resources));
    if (finishing->structure != NULL)
        buf_printf(out, " /StructParents %u /Tabs /S", (unsigned)index);
    if (links.len > 0)
        buf_printf(out, " /Annots [%s]", buf_text(&links));
    buf_puts(out, ">>");
    object_end(&finishing->file);
    buf_free(&links);
    qpdf_oh_release_all(qpdf);
    return content != 0;
}

/* ---- The file ------------------------------------------------------------------------ */

static void write_catalog(struct finishing *finishing, struct drawn_file *drawn, int root)
{
    qpdf_oh catalog = qpdf_get_root(drawn->qpdf);
    const char *pages = qpdf_oh_unparse(drawn->qpdf,
                                        qpdf_oh_get_key(drawn->qpdf, catalog, "/Pages"));

    object_begin(&finishing->file, root);
    buf_printf(&finishing->file.out, "<</Type /Catalog /Pages %s%s>>", pages,
               buf_text(&finishing->catalog));
    object_end(&finishing->file);
}

/* Where the drawn file's own cross-reference table begins. */
static long long previous_table(const struct buf *bytes)
{
    static const char word[] = "startxref";
    const char *at = bytes->data + bytes->len - strlen(word);

    while (at > bytes->data && memcmp(at, word, strlen(word)) != 0)
        at--;
    return at > bytes->data ? strtoll(at + strlen(word), NULL, 10) : 0;
}

static bool write_update(struct finishing *finishing, struct drawn_file *drawn,
                         const struct buf *bytes)
{
    qpdf_oh trailer = qpdf_get_trailer(drawn->qpdf);
    int size = qpdf_oh_get_int_value_as_int(drawn->qpdf,
                                            qpdf_oh_get_key(drawn->qpdf, trailer, "/Size"));
    int root = qpdf_oh_get_object_id(drawn->qpdf, qpdf_get_root(drawn->qpdf));
    bool sound;

    object_open(&finishing->file, bytes->len, size);
    sound = list_pages(finishing, drawn);
    for (uint32_t i = 0; sound && i < finishing->sheets->count; i++)
        sound = write_page(finishing, drawn, i);
    if (!sound)
        return false;
    navigate_write(finishing);
    if (finishing->structure != NULL)
        structure_write(finishing->structure, finishing);
    metadata_write(finishing);
    write_catalog(finishing, drawn, root);
    object_close(&finishing->file, root, finishing->info, previous_table(bytes));
    return told(drawn->qpdf, NULL, "read the drawn pages");
}

/* What is changed within objects that stay as cairo wrote them. */
static void mend_objects(qpdf_data qpdf, const struct drawn_file *drawn)
{
    for (size_t i = 0; i < drawn->images.count; i++) {
        qpdf_oh image = qpdf_get_object_by_id(qpdf, drawn->images.item[i], 0);

        qpdf_oh_remove_key(qpdf, qpdf_oh_get_dict(qpdf, image), "/Interpolate");
    }
    for (size_t i = 0; i < drawn->cid_fonts.count; i++) {
        qpdf_oh font = qpdf_get_object_by_id(qpdf, drawn->cid_fonts.item[i], 0);

        qpdf_oh_replace_key(qpdf, font, "/CIDToGIDMap", qpdf_oh_new_name(qpdf, "/Identity"));
    }
    qpdf_oh_release_all(qpdf);
}

static void write_whole(qpdf_data qpdf)
{
    qpdf_set_object_stream_mode(qpdf, qpdf_o_generate);
    qpdf_set_stream_data_mode(qpdf, qpdf_s_preserve);
    qpdf_set_newline_before_endstream(qpdf, QPDF_TRUE);
    qpdf_set_deterministic_ID(qpdf, QPDF_TRUE);
    qpdf_set_linearization(qpdf, QPDF_TRUE);
    qpdf_set_minimum_pdf_version(qpdf, "1.7");
    qpdf_write(qpdf);
}

static bool write_file(struct publish *out, const struct buf *bytes,
                       const struct drawn_file *drawn)
{
    qpdf_data qpdf;
    bool sound;

    if (publish_has_failed(out))
        return false;
    qpdf = qpdf_init();
    qpdf_silence_errors(qpdf);
    qpdf_set_suppress_warnings(qpdf, QPDF_TRUE);
    qpdf_read_memory(qpdf, "the finished pages", bytes->data, bytes->len, NULL);
    sound = told(qpdf, out, "read the finished pages");
    if (sound) {
        mend_objects(qpdf, drawn);
        if ((qpdf_init_write(qpdf, publish_path(out)) & QPDF_ERRORS) == 0)
            write_whole(qpdf);
        sound = told(qpdf, out, "write this file");
    }
    qpdf_cleanup(&qpdf);
    return sound;
}

bool finish(struct publish *out, const struct book *book, const struct sheets *sheets,
            enum pdf_kind kind, struct buf *drawn)
{
    struct finishing finishing = { .book = book, .sheets = sheets, .kind = kind };
    struct drawn_file file;
    bool sound;

    if (kind == PDF_READING)
        finishing.structure = structure_new(sheets);
    sound = open_drawn(&file, drawn) && write_update(&finishing, &file, drawn);
    if (sound) {
        qpdf_cleanup(&file.qpdf);
        buf_append(drawn, finishing.file.out.data, finishing.file.out.len);
        object_free(&finishing.file);
        memset(&finishing.file, 0, sizeof finishing.file);
        sound = write_file(out, drawn, &file);
    }
    close_drawn(&file);
    object_free(&finishing.file);
    structure_free(finishing.structure);
    buf_free(&finishing.catalog);
    free(finishing.page);
    return sound;
}
