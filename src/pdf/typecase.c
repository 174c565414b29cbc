/* A glyph may stand for several texts (a space for two kinds of spaces, a small
 * capital for a letter of either case): it gets the one for which it is used
 * most, and others are stated where they occur; so are those with signs of
 * private use, which tell a reader of the file nothing (ISO 19005-2,
 * 6.2.11.7.3). */
#include "pdf/typecase.h"
#include "base/diag.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "pdf/cluster.h"
#include "pdf/cmap.h"
#include "pdf/codes.h"
#include "pdf/font.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

enum { SIZE = 10, CODES = 65536 };

/* A text that a glyph is used for. */
struct claim {
    const char *text;
    uint16_t bytes;
    uint32_t uses;
    uint32_t next;              /* of the same glyph; 0: none */
};

struct file {                   /* a font file */
    struct fount fount;
    const struct face *face;    /* one of its faces */
    const struct font *font;
    uint32_t *claims;           /* the first of each glyph; 0: it is not used */
};

struct typecase {
    struct font_set *fonts;
    GHashTable *by_face, *by_font;      /* → struct file */
    VEC(struct file *) files;
    VEC(struct claim) claim;    /* of all glyphs; the first is none */
    VEC(struct subset) subset;
};

/* ---- Collecting -------------------------------------------------------------------- */

static void make_room(struct file *file, uint32_t glyph)
{
    uint32_t room = file->fount.count;

    if (glyph < room)
        return;
    room = glyph < room * 2 ? room * 2 : glyph + 256;
    file->claims = memory_resize(file->claims, room * sizeof *file->claims);
    memset(file->claims + file->fount.count, 0,
           (room - file->fount.count) * sizeof *file->claims);
    file->fount.count = room;
}

/* GLYPH stands for TEXT, USES times more. */
static void claim(struct typecase *typecase, struct file *file, uint32_t glyph, const char *text,
                  size_t bytes, uint32_t uses)
{
    uint32_t index, last = 0;

    make_room(file, glyph);
    for (index = file->claims[glyph]; index != 0; index = typecase->claim.item[index].next) {
        struct claim *known = &typecase->claim.item[index];

        last = index;
        if (known->bytes == bytes && memcmp(known->text, text, bytes) == 0) {
            known->uses += uses;
            return;
        }
    }
    index = (uint32_t)typecase->claim.count;
    *VEC_PUSH(&typecase->claim) = (struct claim){ text, (uint16_t)bytes, uses, 0 };
    if (last == 0)
        file->claims[glyph] = index;
    else
        typecase->claim.item[last].next = index;
}

/* Of a cluster of several glyphs, each stands for a letter as far as they go;
 * that counts only where a glyph has no other use. */
static void claim_letters(struct typecase *typecase, struct file *file,
                          const struct shaped *shaped, const struct cluster *cluster)
{
    const char *at = cluster->text, *end = at + cluster->bytes;

    for (uint32_t i = 0; i < cluster->count; i++) {
        const char *next = at < end ? g_utf8_next_char(at) : at;

        claim(typecase, file, shaped->glyphs[cluster->first + i].id, at, (size_t)(next - at), 0);
        at = next;
    }
}

static struct file *open_file(struct typecase *typecase, const struct face *face)
{
    struct file *file = g_hash_table_lookup(typecase->by_face, face);
    const struct font *font;

    if (file != NULL)
        return file;
    font = font_lookup(typecase->fonts, face);
    if (font == NULL)
        return NULL;
    file = g_hash_table_lookup(typecase->by_font, font);
    if (file == NULL) {
        file = memory_new(1, sizeof *file);
        file->font = font;
        file->face = face;
        file->fount.space = (uint16_t)font->space;
        *VEC_PUSH(&typecase->files) = file;
        g_hash_table_insert(typecase->by_font, (gpointer)(uintptr_t)font, file);
    }
    g_hash_table_insert(typecase->by_face, (gpointer)(uintptr_t)face, file);
    return file;
}

static void collect_word(struct typecase *typecase, struct file *file, const struct word *word)
{
    const struct shaped *shaped = word->shaped;
    struct cluster cluster = {0};

    while (cluster_next(word, &cluster))
        if (cluster.count == 1)
            claim(typecase, file, shaped->glyphs[cluster.first].id, cluster.text, cluster.bytes,
                  1);
        else
            claim_letters(typecase, file, shaped, &cluster);
    if ((word->flags & WORD_SPACE) != 0 && file->fount.space != 0)
        claim(typecase, file, file->fount.space, " ", 1, 1);
}

static bool collect_page(struct typecase *typecase, const struct laid_page *page)
{
    const struct face *face = NULL;
    struct file *file = NULL;

    for (uint32_t i = 0; page != NULL && i < page->item_count; i++) {
        const struct item *item = &page->items[i];

        for (uint32_t k = 0; item->kind == ITEM_WORDS && k < item->words.count; k++) {
            const struct word *word = &item->words.word[k];

            if (word->shaped->face != face)
                file = open_file(typecase, face = word->shaped->face);
            if (file == NULL)
                return false;
            collect_word(typecase, file, word);
        }
    }
    return true;
}

static cairo_scaled_font_t *scaled_font(const struct file *file)
{
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_scaled_font_t *scaled;
    cairo_matrix_t size, still;

    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_matrix_init_scale(&size, SIZE, SIZE);
    cairo_matrix_init_identity(&still);
    scaled = cairo_scaled_font_create(file->font->face, &size, &still, options);
    cairo_font_options_destroy(options);
    return scaled;
}

static bool has_ink(cairo_scaled_font_t *font, uint32_t glyph)
{
    cairo_text_extents_t extents;

    cairo_scaled_font_glyph_extents(font, &(cairo_glyph_t){ .index = glyph }, 1, &extents);
    return extents.width > 0 && extents.height > 0;
}

/* Of a font whose glyphs are all blank (a wide space amid another script) cairo
 * would draw nothing and embed nothing: it gets one with ink beside them, which
 * no sheet shows. */
static void add_ink(struct typecase *typecase, struct file *file)
{
    cairo_scaled_font_t *font = scaled_font(file);
    bool inked = file->fount.count == 0;

    for (uint32_t glyph = 0; glyph < file->fount.count && !inked; glyph++)
        inked = file->claims[glyph] != 0 && has_ink(font, glyph);
    for (uint32_t glyph = 1; glyph < file->font->glyphs && !inked; glyph++) {
        inked = has_ink(font, glyph);
        if (inked)
            claim(typecase, file, glyph, "", 0, 0);
    }
    cairo_scaled_font_destroy(font);
}

static bool is_private(const struct claim *claim)
{
    const char *at = claim->text, *end = at + claim->bytes;

    while (at < end)
        if (g_unichar_type(utf8_next(&at, end)) == G_UNICODE_PRIVATE_USE)
            return true;
    return false;
}

/* The text that a glyph is used for most, the first of several; or none. */
static const struct claim *best_claim(const struct typecase *typecase, uint32_t first)
{
    const struct claim *all = typecase->claim.item, *best = &all[0];

    for (uint32_t index = first; index != 0; index = all[index].next)
        if ((best == &all[0] || all[index].uses > best->uses) && !is_private(&all[index]))
            best = &all[index];
    return best;
}

static void settle(struct typecase *typecase, struct file *file)
{
    file->fount.sort = memory_new(file->fount.count + 1U, sizeof *file->fount.sort);
    for (uint32_t glyph = 0; glyph < file->fount.count; glyph++) {
        const struct claim *best = best_claim(typecase, file->claims[glyph]);

        file->fount.sort[glyph].text = best->text;
        file->fount.sort[glyph].bytes = best->bytes;
    }
}

struct typecase *typecase_new(const struct sheets *sheets)
{
    struct typecase *typecase = memory_new(1, sizeof *typecase);
    bool sound = true;

    typecase->fonts = font_set_new();
    typecase->by_face = g_hash_table_new(NULL, NULL);
    typecase->by_font = g_hash_table_new(NULL, NULL);
    VEC_PUSH(&typecase->claim)->text = "";
    for (uint32_t i = 0; i < sheets->count && sound; i++) {
        const struct sheet *sheet = &sheets->sheet[i];

        sound = collect_page(typecase, sheet->page);
        for (uint32_t k = 0; k < sheet->placed_count && sound; k++)
            sound = collect_page(typecase, sheet->placed[k].page);
    }
    for (size_t i = 0; i < typecase->files.count; i++) {
        add_ink(typecase, typecase->files.item[i]);
        settle(typecase, typecase->files.item[i]);
    }
    if (sound)
        return typecase;
    typecase_free(typecase);
    return NULL;
}

void typecase_free(struct typecase *typecase)
{
    if (typecase == NULL)
        return;
    for (size_t i = 0; i < typecase->files.count; i++) {
        free(typecase->files.item[i]->fount.sort);
        free(typecase->files.item[i]->claims);
        free(typecase->files.item[i]);
    }
    free(typecase->files.item);
    free(typecase->claim.item);
    free(typecase->subset.item);
    g_hash_table_destroy(typecase->by_face);
    g_hash_table_destroy(typecase->by_font);
    font_set_free(typecase->fonts);
    free(typecase);
}

/* ---- Drawing ----------------------------------------------------------------------- */

/* All at one place: nobody looks at them. */
static void draw_file(const struct file *file, cairo_t *cr)
{
    cairo_scaled_font_t *font = scaled_font(file);
    VEC(cairo_glyph_t) glyphs = {0};

    for (uint32_t glyph = 0; glyph < file->fount.count; glyph++)
        if (file->claims[glyph] != 0)
            *VEC_PUSH(&glyphs) = (cairo_glyph_t){ glyph, SIZE, SIZE };
    cairo_set_scaled_font(cr, font);
    cairo_show_glyphs(cr, glyphs.item, (int)glyphs.count);
    cairo_show_page(cr);
    cairo_scaled_font_destroy(font);
    free(glyphs.item);
}

int typecase_draw(const struct typecase *typecase, cairo_t *cr)
{
    for (size_t i = 0; i < typecase->files.count; i++)
        draw_file(typecase->files.item[i], cr);
    return (int)typecase->files.count;
}

/* ---- Reading back ------------------------------------------------------------------ */

struct reading {
    struct typecase *typecase;
    struct drawn *drawn;
    struct file *file;
    int page;
    uint32_t next;              /* the glyph whose code comes next */
    char font[64];              /* the resource last met, */
    uint32_t subset;            /* its subset, */
    float *widths;              /* and that one's widths by code */
    bool sound;
};

static float number_of(qpdf_data qpdf, qpdf_oh object)
{
    return (float)qpdf_oh_get_numeric_value(qpdf, object);
}

/* The Widths of a simple font, by its own matrix where it has one. */
static void read_widths(qpdf_data qpdf, qpdf_oh font, float *widths)
{
    qpdf_oh list = qpdf_oh_get_key(qpdf, font, "/Widths");
    qpdf_oh matrix = qpdf_oh_get_key(qpdf, font, "/FontMatrix");
    float scale = qpdf_oh_is_array(qpdf, matrix)
        ? 1000 * number_of(qpdf, qpdf_oh_get_array_item(qpdf, matrix, 0)) : 1;
    int first = qpdf_oh_get_int_value_as_int(qpdf, qpdf_oh_get_key(qpdf, font, "/FirstChar"));
    int count = qpdf_oh_get_array_n_items(qpdf, list);

    for (int i = 0; i < count && first >= 0 && first + i < CODES; i++)
        widths[first + i] = scale * number_of(qpdf, qpdf_oh_get_array_item(qpdf, list, i));
}

/* The W of a composite one, as cairo writes it: the first code and a list. */
static void read_wide_widths(qpdf_data qpdf, qpdf_oh font, float *widths)
{
    qpdf_oh kin = qpdf_oh_get_array_item(
        qpdf, qpdf_oh_get_key(qpdf, font, "/DescendantFonts"), 0);
    qpdf_oh all = qpdf_oh_get_key(qpdf, kin, "/W");

    for (int i = 0; i + 1 < qpdf_oh_get_array_n_items(qpdf, all); i += 2) {
        int first = qpdf_oh_get_int_value_as_int(qpdf, qpdf_oh_get_array_item(qpdf, all, i));
        qpdf_oh list = qpdf_oh_get_array_item(qpdf, all, i + 1);
        int count = qpdf_oh_get_array_n_items(qpdf, list);

        for (int k = 0; k < count && first >= 0 && first + k < CODES; k++)
            widths[first + k] = number_of(qpdf, qpdf_oh_get_array_item(qpdf, list, k));
    }
}

/* The subset of a font resource: the one met last, one met before, or a new one. */
static void meet_font(struct reading *reading, const char *name)
{
    struct typecase *typecase = reading->typecase;
    qpdf_data qpdf = reading->drawn->qpdf;
    struct subset subset = { .code_bytes = 1 };
    uint32_t known = 0;
    qpdf_oh font;

    if (strcmp(name, reading->font) == 0)
        return;
    g_strlcpy(reading->font, name, sizeof reading->font);
    font = drawn_resource(reading->drawn, reading->page, "/Font", name);
    subset.object = qpdf_oh_get_object_id(qpdf, font);
    subset.map = qpdf_oh_get_object_id(qpdf, qpdf_oh_get_key(qpdf, font, "/ToUnicode"));
    memset(reading->widths, 0, CODES * sizeof *reading->widths);
    if (qpdf_oh_has_key(qpdf, font, "/DescendantFonts")) {
        subset.code_bytes = 2;
        read_wide_widths(qpdf, font, reading->widths);
    } else {
        read_widths(qpdf, font, reading->widths);
    }
    reading->sound = reading->sound && subset.object != 0 && subset.map != 0;
    while (known < typecase->subset.count && typecase->subset.item[known].object != subset.object)
        known++;
    if (known == typecase->subset.count)
        *VEC_PUSH(&typecase->subset) = subset;
    reading->subset = known;
}

static void take_codes(void *context, const char *font, const unsigned char *bytes, size_t count)
{
    struct reading *reading = context;
    struct fount *fount = &reading->file->fount;
    size_t width;

    meet_font(reading, font);
    width = (size_t)reading->typecase->subset.item[reading->subset].code_bytes;
    for (size_t i = 0; i + width <= count; i += width) {
        struct sort *sort;

        while (reading->next < fount->count && reading->file->claims[reading->next] == 0)
            reading->next++;
        if (reading->next == fount->count) {
            reading->sound = false;
            return;
        }
        sort = &fount->sort[reading->next++];
        sort->subset = (uint16_t)reading->subset;
        sort->code = (uint16_t)(width == 2 ? bytes[i] << 8 | bytes[i + 1] : bytes[i]);
        sort->width = reading->widths[sort->code];
    }
}

/* Every glyph must have its code. */
static bool read_page(struct reading *reading)
{
    qpdf_data qpdf = reading->drawn->qpdf;
    unsigned char *bytes = NULL;
    size_t count = 0;

    reading->font[0] = '\0';
    reading->next = 0;
    if (qpdf_oh_get_page_content_data(qpdf, qpdf_get_page_n(qpdf, (size_t)reading->page), &bytes,
                                      &count) & QPDF_ERRORS)
        reading->sound = drawn_sound(reading->drawn, "read the glyphs drawn");
    else
        codes_read((const char *)bytes, count, take_codes, reading);
    free(bytes);
    qpdf_oh_release_all(qpdf);
    while (reading->next < reading->file->fount.count
           && reading->file->claims[reading->next] == 0)
        reading->next++;
    return reading->sound && reading->next == reading->file->fount.count;
}

bool typecase_read(struct typecase *typecase, struct drawn *drawn)
{
    struct reading reading = { .typecase = typecase, .drawn = drawn, .sound = true };
    bool sound = true;

    reading.widths = memory_new(CODES, sizeof *reading.widths);
    for (size_t i = 0; i < typecase->files.count && sound; i++) {
        reading.file = typecase->files.item[i];
        reading.page = (int)i;
        sound = read_page(&reading);
        if (!sound)
            diag(DIAG_ERROR, (struct place){ reading.file->face->path, 0, 0 }, "font",
                 "cairo cannot embed this font");
    }
    free(reading.widths);
    return sound;
}

/* ---- Asking ------------------------------------------------------------------------ */

const struct fount *typecase_lookup(const struct typecase *typecase, const struct face *face)
{
    const struct file *file = g_hash_table_lookup(typecase->by_face, face);

    return &file->fount;
}

uint32_t typecase_subsets(const struct typecase *typecase)
{
    return (uint32_t)typecase->subset.count;
}

const struct subset *typecase_subset(const struct typecase *typecase, uint32_t subset)
{
    return &typecase->subset.item[subset];
}

static int by_code(const void *a, const void *b)
{
    const struct cmap_entry *left = a, *right = b;

    return (left->code > right->code) - (left->code < right->code);
}

void typecase_put_map(const struct typecase *typecase, uint32_t subset, struct buf *out)
{
    VEC(struct cmap_entry) entries = {0};

    for (size_t i = 0; i < typecase->files.count; i++) {
        const struct file *file = typecase->files.item[i];

        for (uint32_t glyph = 0; glyph < file->fount.count; glyph++) {
            const struct sort *sort = &file->fount.sort[glyph];

            if (file->claims[glyph] != 0 && sort->subset == subset)
                *VEC_PUSH(&entries) = (struct cmap_entry){ sort->code, sort->bytes, sort->text };
        }
    }
    if (entries.count > 0)
        qsort(entries.item, entries.count, sizeof *entries.item, by_code);
    cmap_put(entries.item, entries.count, typecase->subset.item[subset].code_bytes, out);
    free(entries.item);
}
