/* Reads the file that cairo drew with libqpdf, takes from it what can stay
 * (fonts, pictures), rewrites the pages, adds structure, links, bookmarks and
 * metadata, and gives it all to linear.c. A drawn file that cannot be read
 * is an error. */
#include "pdf/finish.h"
#include "base/diag.h"
#include "base/memory.h"
#include "pdf/cmap.h"
#include "pdf/linear.h"
#include "pdf/content.h"
#include "pdf/draw.h"
#include "pdf/structure.h"

#include <glib.h>
#include <qpdf/qpdf-c.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { KNOWN_FONTS = 32 };      /* those after them are looked up each time */

/* Reading cairo's file. */
struct drawn_file {
    qpdf_data qpdf;
    GHashTable *cmaps;          /* object of a ToUnicode stream → struct cmap */
    int size;                   /* one more than its last object */
    VEC(int) wanted;            /* objects to be taken over */
    qpdf_oh fonts;              /* of the page in work */
    struct { char name[24]; struct cmap *map; } known[KNOWN_FONTS];     /* of them */
    int known_count;
};

static bool told(qpdf_data qpdf, const char *doing)
{
    if (!qpdf_has_error(qpdf))
        return true;
    diag(DIAG_ERROR, (struct place){0}, "pdf", "cannot %s: %s", doing,
         qpdf_get_error_full_text(qpdf, qpdf_get_error(qpdf)));
    return false;
}

static bool open_drawn(struct drawn_file *drawn, const struct buf *bytes)
{
    qpdf_data qpdf = qpdf_init();

    *drawn = (struct drawn_file){ .qpdf = qpdf };
    drawn->cmaps = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)cmap_free);
    qpdf_silence_errors(qpdf);
    qpdf_set_suppress_warnings(qpdf, QPDF_TRUE);
    qpdf_read_memory(qpdf, "the drawn pages", bytes->data, bytes->len, NULL);
    if (!told(qpdf, "read the drawn pages"))
        return false;
    drawn->size = qpdf_oh_get_int_value_as_int(
        qpdf, qpdf_oh_get_key(qpdf, qpdf_get_trailer(qpdf), "/Size"));
    return told(qpdf, "read the drawn pages");
}

static void close_drawn(struct drawn_file *drawn)
{
    qpdf_cleanup(&drawn->qpdf);
    g_hash_table_destroy(drawn->cmaps);
    free(drawn->wanted.item);
}

/* ---- Fonts of the drawn pages ------------------------------------------------------- */

static struct cmap *map_of_font(struct drawn_file *drawn, qpdf_oh font)
{
    unsigned char *bytes = NULL;
    size_t count = 0;
    struct cmap *map;
    QPDF_BOOL filtered;
    qpdf_oh stream;
    gpointer key;

    if (!qpdf_oh_is_dictionary(drawn->qpdf, font))
        return NULL;
    stream = qpdf_oh_get_key(drawn->qpdf, font, "/ToUnicode");
    key = GINT_TO_POINTER(qpdf_oh_get_object_id(drawn->qpdf, stream));
    map = g_hash_table_lookup(drawn->cmaps, key);
    if (map != NULL || !qpdf_oh_is_stream(drawn->qpdf, stream)
        || qpdf_oh_get_stream_data(drawn->qpdf, stream, qpdf_dl_generalized, &filtered, &bytes,
                                   &count) & QPDF_ERRORS)
        return map;
    map = cmap_new(bytes, count);
    free(bytes);
    g_hash_table_insert(drawn->cmaps, key, map);
    return map;
}

static struct cmap *map_of_name(void *context, const char *name, size_t length)
{
    struct drawn_file *drawn = context;
    char key[sizeof drawn->known[0].name];
    struct cmap *map;

    if (length + 2 > sizeof key)
        return NULL;
    snprintf(key, sizeof key, "/%.*s", (int)length, name);
    for (int i = 0; i < drawn->known_count; i++)
        if (strcmp(key, drawn->known[i].name) == 0)
            return drawn->known[i].map;
    map = map_of_font(drawn, qpdf_oh_get_key(drawn->qpdf, drawn->fonts, key));
    if (drawn->known_count < KNOWN_FONTS) {
        strcpy(drawn->known[drawn->known_count].name, key);
        drawn->known[drawn->known_count++].map = map;
    }
    return map;
}

/* ---- Objects taken over -------------------------------------------------------------- */

/* Remembers the drawn file's objects that the object just written refers to. */
static void want_references(struct finishing *finishing, struct drawn_file *drawn, int number)
{
    const struct object *object = &finishing->file.object.item[number];
    const char *at = finishing->file.out.data + object->start, *end = at + object->head, *start;
    int reference;

    while ((reference = object_reference(&at, end, &start)) != 0)
        if (reference < drawn->size && finishing->file.object.item[reference].length == 0)
            *VEC_PUSH(&drawn->wanted) = reference;
}

/* A dictionary's keys and values. */
static char *new_keys(qpdf_data qpdf, qpdf_oh dict)
{
    const char *text = qpdf_oh_unparse_resolved(qpdf, dict);
    size_t length = strlen(text);

    return length >= 4 ? g_strndup(text + 2, length - 4) : g_strdup("");
}

static bool take_stream(struct finishing *finishing, struct drawn_file *drawn, int number,
                        qpdf_oh stream)
{
    qpdf_oh dict = qpdf_oh_get_dict(drawn->qpdf, stream);
    unsigned char *bytes = NULL;
    size_t count = 0;
    QPDF_BOOL filtered;
    char *keys;

    if (qpdf_oh_get_stream_data(drawn->qpdf, stream, qpdf_dl_none, &filtered, &bytes, &count)
        & QPDF_ERRORS)
        return false;
    qpdf_oh_remove_key(drawn->qpdf, dict, "/Length");
    qpdf_oh_remove_key(drawn->qpdf, dict, "/Interpolate");
    keys = new_keys(drawn->qpdf, dict);
    object_stream(&finishing->file, number, keys, bytes, count, false);
    g_free(keys);
    free(bytes);
    return true;
}

/* A map that has learnt something is written anew. */
static bool take_map(struct finishing *finishing, struct drawn_file *drawn, int number)
{
    const struct cmap *map = g_hash_table_lookup(drawn->cmaps, GINT_TO_POINTER(number));
    struct buf made = {0};

    if (map == NULL || !cmap_changed(map))
        return false;
    cmap_put(map, &made);
    object_stream(&finishing->file, number, "", buf_text(&made), made.len, true);
    buf_free(&made);
    return true;
}

/* Copies an object as it is, but for what PDF/A minds: composite TrueType fonts
 * lack their map from ids to glyphs, pictures want to be interpolated. */
static bool take_object(struct finishing *finishing, struct drawn_file *drawn, int number)
{
    qpdf_data qpdf = drawn->qpdf;
    qpdf_oh object = qpdf_get_object_by_id(qpdf, number, 0);

    if (take_map(finishing, drawn, number))
        return true;
    if (qpdf_oh_is_stream(qpdf, object))
        return take_stream(finishing, drawn, number, object);
    if (qpdf_oh_is_dictionary_of_type(qpdf, object, "/Font", "/CIDFontType2")
        && !qpdf_oh_has_key(qpdf, object, "/CIDToGIDMap"))
        qpdf_oh_replace_key(qpdf, object, "/CIDToGIDMap", qpdf_oh_new_name(qpdf, "/Identity"));
    object_begin(&finishing->file, number);
    buf_puts(&finishing->file.out, qpdf_oh_unparse_resolved(qpdf, object));
    object_end(&finishing->file);
    return true;
}

static bool take_wanted(struct finishing *finishing, struct drawn_file *drawn)
{
    while (drawn->wanted.count > 0) {
        int number = drawn->wanted.item[--drawn->wanted.count];

        if (finishing->file.object.item[number].length > 0)
            continue;
        if (!take_object(finishing, drawn, number))
            return told(drawn->qpdf, "read what was drawn");
        want_references(finishing, drawn, number);
    }
    return true;
}

/* ---- Pages -------------------------------------------------------------------------- */

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

    if (qpdf_oh_get_page_content_data(drawn->qpdf, page, &bytes, &count) & QPDF_ERRORS) {
        told(drawn->qpdf, "read a drawn page");
        free(bytes);
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
    drawn->known_count = 0;
    content = write_content(finishing, drawn, index, page);
    if (finishing->kind == PDF_READING)
        navigate_links(finishing, index, &links);
    object_begin(&finishing->file, finishing->page[index]);
    buf_printf(out, "<</Type /Page /Parent %d 0 R", finishing->tree);
    put_boxes(&finishing->sheets->sheet[index], finishing->kind != PDF_READING, out);
    buf_printf(out, " /Contents %d 0 R /Resources %s", content,
               qpdf_oh_unparse_resolved(qpdf, resources));
    if (finishing->structure != NULL)
        buf_printf(out, " /StructParents %u /Tabs /S", (unsigned)index);
    if (links.len > 0)
        buf_printf(out, " /Annots [%s]", buf_text(&links));
    buf_puts(out, ">>");
    object_end(&finishing->file);
    want_references(finishing, drawn, finishing->page[index]);
    buf_free(&links);
    qpdf_oh_release_all(qpdf);
    return content != 0;
}

static bool write_pages(struct finishing *finishing, struct drawn_file *drawn)
{
    uint32_t count = finishing->sheets->count;
    int first;

    if (qpdf_get_num_pages(drawn->qpdf) != (int)count)
        return told(drawn->qpdf, "count the drawn pages");
    finishing->tree = object_take(&finishing->file, 1);
    first = object_take(&finishing->file, (int)count);
    finishing->page = memory_new(count + 1, sizeof *finishing->page);
    for (uint32_t i = 0; i < count; i++)
        finishing->page[i] = first + (int)i;
    for (uint32_t i = 0; i < count; i++)
        if (!write_page(finishing, drawn, i))
            return false;
    return take_wanted(finishing, drawn);
}

static void write_tree(struct finishing *finishing)
{
    struct buf *out = &finishing->file.out;

    object_begin(&finishing->file, finishing->tree);
    buf_printf(out, "<</Type /Pages /Count %u /Kids [", (unsigned)finishing->sheets->count);
    for (uint32_t i = 0; i < finishing->sheets->count; i++)
        put_ref(out, finishing->page[i]);
    buf_puts(out, "]>>");
    object_end(&finishing->file);
}

/* ---- The file ------------------------------------------------------------------------ */

static void write_file(struct finishing *finishing, struct publish *out)
{
    struct roots roots = { .catalog = object_take(&finishing->file, 1),
                                   .info = finishing->info, .outlines = finishing->outlines,
                                   .tree = finishing->tree, .page = finishing->page,
                                   .page_count = finishing->sheets->count };

    object_begin(&finishing->file, roots.catalog);
    buf_printf(&finishing->file.out, "<</Type /Catalog /Pages %d 0 R%s>>", finishing->tree,
               buf_text(&finishing->catalog));
    object_end(&finishing->file);
    linear_write(&finishing->file, &roots, out);
}

bool finish(struct publish *out, const struct book *book, const struct sheets *sheets,
            enum pdf_kind kind, const struct buf *drawn)
{
    struct finishing finishing = { .book = book, .sheets = sheets, .kind = kind };
    struct drawn_file file;
    bool sound = open_drawn(&file, drawn);

    object_open(&finishing.file, file.size);
    if (kind == PDF_READING)
        finishing.structure = structure_new(sheets);
    sound = sound && write_pages(&finishing, &file);
    close_drawn(&file);
    if (sound) {
        write_tree(&finishing);
        navigate_write(&finishing);
        if (finishing.structure != NULL)
            structure_write(finishing.structure, &finishing);
        metadata_write(&finishing);
        write_file(&finishing, out);
    }
    object_free(&finishing.file);
    structure_free(finishing.structure);
    buf_free(&finishing.catalog);
    free(finishing.page);
    return sound;
}
