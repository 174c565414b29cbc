/* Pictures are made ready by several threads, some at a time, and drawn in the
 * order in which the sheets show them. */
#include "pdf/plates.h"
#include "base/diag.h"
#include "base/memory.h"
#include "pdf/raster.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

struct entry {
    struct plate plate;
    const struct item *item;
    cairo_surface_t *surface;
};

struct plates {
    GHashTable *by_item;        /* items that look the same → their entry's number */
    VEC(struct entry) entry;
    double resolution;
};

/* ---- Collecting -------------------------------------------------------------------- */

static guint hash_item(gconstpointer key)
{
    const struct item *item = key;

    return g_str_hash(item->picture.picture->path) ^ (guint)item->picture.width
        ^ (guint)item->picture.height << 8;
}

/* A text that shows a file twice has two pictures of it. */
static gboolean same_look(gconstpointer a, gconstpointer b)
{
    const struct item *left = a, *right = b;

    return strcmp(left->picture.picture->path, right->picture.picture->path) == 0
        && left->picture.width == right->picture.width
        && left->picture.height == right->picture.height
        && left->picture.crop_x == right->picture.crop_x
        && left->picture.crop_y == right->picture.crop_y
        && left->picture.crop_width == right->picture.crop_width
        && left->picture.crop_height == right->picture.crop_height;
}

static void collect(struct plates *plates, const struct laid_page *page)
{
    for (uint32_t i = 0; page != NULL && i < page->item_count; i++) {
        const struct item *item = &page->items[i];
        uint32_t number = (uint32_t)plates->entry.count;

        if (item->kind != ITEM_PICTURE || g_hash_table_contains(plates->by_item, item))
            continue;
        *VEC_PUSH(&plates->entry) = (struct entry){ .plate.number = number, .item = item };
        g_hash_table_insert(plates->by_item, (gpointer)(uintptr_t)item,
                            GUINT_TO_POINTER(number));
    }
}

struct plates *plates_new(const struct sheets *sheets)
{
    struct plates *plates = memory_new(1, sizeof *plates);

    plates->by_item = g_hash_table_new(hash_item, same_look);
    plates->resolution = sheets->resolution;
    for (uint32_t i = 0; i < sheets->count; i++) {
        const struct sheet *sheet = &sheets->sheet[i];

        collect(plates, sheet->page);
        for (uint32_t k = 0; k < sheet->placed_count; k++)
            collect(plates, sheet->placed[k].page);
    }
    return plates;
}

void plates_free(struct plates *plates)
{
    if (plates == NULL)
        return;
    g_hash_table_destroy(plates->by_item);
    free(plates->entry.item);
    free(plates);
}

/* ---- Drawing ----------------------------------------------------------------------- */

struct batch {
    struct entry *entry;
    struct raster_options options;
};

static void prepare(void *context, size_t index, int worker)
{
    struct batch *batch = context;
    struct entry *entry = &batch->entry[index];

    (void)worker;
    entry->surface = raster_new(entry->item, &batch->options, &entry->plate.whole);
}

/* Painted, not filled: that makes it a plain image. */
static bool draw_entry(struct entry *entry, cairo_t *cr)
{
    if (entry->surface == NULL)
        return false;
    cairo_set_source_surface(cr, entry->surface, 0, 0);
    cairo_paint(cr);
    cairo_show_page(cr);
    cairo_surface_destroy(entry->surface);
    entry->surface = NULL;
    return true;
}

bool plates_draw(struct plates *plates, bool grey, cairo_t *cr, struct cache *cache,
                 struct pool *pool)
{
    struct batch batch = { .options = { grey, true, plates->resolution, cache } };
    size_t most = 2 * (size_t)pool_workers(pool);       /* in memory at a time */
    bool sound = true;

    for (size_t first = 0; first < plates->entry.count; first += most) {
        size_t count = plates->entry.count - first;

        count = count < most ? count : most;
        batch.entry = &plates->entry.item[first];
        pool_run(pool, count, prepare, &batch);
        for (size_t i = 0; i < count; i++)
            sound = draw_entry(&batch.entry[i], cr) && sound;
    }
    return sound;
}

/* ---- Reading back ------------------------------------------------------------------ */

bool plates_read(struct plates *plates, struct drawn *drawn, int first)
{
    for (size_t i = 0; i < plates->entry.count; i++) {
        qpdf_oh image = drawn_resource(drawn, first + (int)i, "/XObject", NULL);
        bool found = qpdf_oh_is_stream(drawn->qpdf, image)
            && qpdf_oh_is_name_and_equals(
                drawn->qpdf, qpdf_oh_get_key(drawn->qpdf, qpdf_oh_get_dict(drawn->qpdf, image),
                                             "/Subtype"), "/Image");

        plates->entry.item[i].plate.object = qpdf_oh_get_object_id(drawn->qpdf, image);
        qpdf_oh_release_all(drawn->qpdf);
        if (!found) {
            const struct picture *picture = plates->entry.item[i].item->picture.picture;

            diag(DIAG_ERROR, picture->at, "picture", "%s: cairo did not embed this picture",
                 picture->path);
            return false;
        }
    }
    return true;
}

/* ---- Asking ------------------------------------------------------------------------ */

const struct plate *plates_lookup(const struct plates *plates, const struct item *item)
{
    return plates_plate(plates, GPOINTER_TO_UINT(g_hash_table_lookup(plates->by_item, item)));
}

uint32_t plates_count(const struct plates *plates)
{
    return (uint32_t)plates->entry.count;
}

const struct plate *plates_plate(const struct plates *plates, uint32_t number)
{
    return &plates->entry.item[number].plate;
}
