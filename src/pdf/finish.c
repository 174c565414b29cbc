/* The book's pages and what describes them, as objects; cairo's fonts and
 * pictures are copied in. Contents are made by several threads, some hundred
 * pages at a time. */
#include "pdf/finish.h"
#include "base/diag.h"
#include "base/memory.h"
#include "pdf/linear.h"

#include <stdlib.h>

enum { BATCH = 256 };           /* pages */

/* ---- Contents ------------------------------------------------------------------- */

struct batch {
    const struct finishing *finishing;
    struct content_source source;
    uint32_t first;
    struct content content[BATCH];
    struct buf packed[BATCH];
};

static void make_content(void *context, size_t index, int worker)
{
    struct batch *batch = context;
    struct content *content = &batch->content[index];

    content_write(content, &batch->source,
                  &batch->finishing->sheets->sheet[batch->first + index]);
    packer_put(batch->finishing->file.packer, worker, buf_text(&content->stream),
               content->stream.len, &batch->packed[index]);
    buf_free(&content->stream);
}

/* ---- Pages -------------------------------------------------------------------------- */

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

static void put_resources(const struct finishing *finishing, const struct content *content,
                          struct buf *out)
{
    buf_puts(out, " /Resources <<");
    if (finishing->rgb != 0)
        buf_printf(out, "/ColorSpace <</DefaultRGB %d 0 R>>", finishing->rgb);
    for (size_t i = 0; i < content->subsets.count; i++) {
        uint32_t number = content->subsets.item[i];

        buf_printf(out, "%s /T%u %d 0 R", i == 0 ? "/Font <<" : "", (unsigned)number,
                   typecase_subset(finishing->typecase, number)->object);
    }
    buf_puts(out, content->subsets.count > 0 ? ">>" : "");
    for (size_t i = 0; i < content->plates.count; i++) {
        uint32_t number = content->plates.item[i];

        buf_printf(out, "%s /P%u %d 0 R", i == 0 ? " /XObject <<" : "", (unsigned)number,
                   plates_plate(finishing->plates, number)->object);
    }
    buf_puts(out, content->plates.count > 0 ? ">>>>" : ">>");
}

static void write_page(struct finishing *finishing, uint32_t index, const struct content *content,
                       const struct buf *packed)
{
    struct buf *out = &finishing->file.out, links = {0};
    int stream = object_take(&finishing->file, 1);

    for (size_t i = 0; i < content->marks.count; i++)
        structure_mark(finishing->structure, index, content->marks.item[i].element, (int)i,
                       content->marks.item[i].text);
    if (finishing->kind == PDF_READING)
        navigate_links(finishing, index, &links);
    object_stream(&finishing->file, stream, "/Filter /FlateDecode", packed->data, packed->len,
                  false);
    object_begin(&finishing->file, finishing->page[index]);
    buf_printf(out, "<</Type /Page /Parent %d 0 R", finishing->tree);
    put_boxes(&finishing->sheets->sheet[index], finishing->kind != PDF_READING, out);
    buf_printf(out, " /Contents %d 0 R", stream);
    put_resources(finishing, content, out);
    if (finishing->structure != NULL)
        buf_printf(out, " /StructParents %u /Tabs /S", (unsigned)index);
    if (links.len > 0)
        buf_printf(out, " /Annots [%s]", buf_text(&links));
    buf_puts(out, ">>");
    object_end(&finishing->file);
    buf_free(&links);
}

static void write_pages(struct finishing *finishing, struct pool *pool)
{
    struct batch *batch = memory_new(1, sizeof *batch);
    uint32_t count = finishing->sheets->count;
    int first;

    finishing->tree = object_take(&finishing->file, 1);
    first = object_take(&finishing->file, (int)count);
    finishing->page = memory_new(count + 1, sizeof *finishing->page);
    for (uint32_t i = 0; i < count; i++)
        finishing->page[i] = first + (int)i;
    batch->finishing = finishing;
    batch->source = (struct content_source){ finishing->typecase, finishing->plates,
                                             finishing->structure,
                                             finishing->kind == PDF_PRINT };
    for (batch->first = 0; batch->first < count; batch->first += BATCH) {
        uint32_t some = count - batch->first < BATCH ? count - batch->first : BATCH;

        pool_run(pool, some, make_content, batch);
        for (uint32_t i = 0; i < some; i++) {
            write_page(finishing, batch->first + i, &batch->content[i], &batch->packed[i]);
            content_free(&batch->content[i]);
            buf_free(&batch->packed[i]);
        }
        progress("drawing", batch->first + some, count);
    }
    free(batch);
}

/* ---- What cairo embedded --------------------------------------------------------- */

/* Fonts get maps of their own first, which stand in the way of cairo's. */
static bool take_embedded(struct finishing *finishing, struct drawn *drawn)
{
    struct object_file *file = &finishing->file;
    struct buf map = {0};

    for (uint32_t i = 0; i < typecase_subsets(finishing->typecase); i++) {
        typecase_put_map(finishing->typecase, i, &map);
        object_stream(file, typecase_subset(finishing->typecase, i)->map, "", map.data, map.len,
                      true);
        buf_cut(&map, 0);
    }
    buf_free(&map);
    for (uint32_t i = 0; i < typecase_subsets(finishing->typecase); i++)
        if (!drawn_take(drawn, file, typecase_subset(finishing->typecase, i)->object))
            return false;
    for (uint32_t i = 0; i < plates_count(finishing->plates); i++)
        if (!drawn_take(drawn, file, plates_plate(finishing->plates, i)->object))
            return false;
    return true;
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

static void write_file(struct finishing *finishing, struct publish *out, struct pool *pool)
{
    struct roots roots = { .catalog = object_take(&finishing->file, 1),
                           .info = finishing->info, .outlines = finishing->outlines,
                           .tree = finishing->tree, .page = finishing->page,
                           .page_count = finishing->sheets->count,
                           .minor_version = finishing->exchange ? 6 : 7 };

    object_begin(&finishing->file, roots.catalog);
    buf_printf(&finishing->file.out, "<</Type /Catalog /Pages %d 0 R%s>>", finishing->tree,
               buf_text(&finishing->catalog));
    object_end(&finishing->file);
    linear_write(&finishing->file, &roots, out, pool);
}

bool finish(struct publish *out, const struct book *book, const struct sheets *sheets,
            enum pdf_kind kind, struct embedded *embedded, struct pool *pool)
{
    struct finishing finishing = { .book = book, .sheets = sheets, .kind = kind,
                                   .typecase = embedded->typecase, .plates = embedded->plates };
    bool sound;

    object_open(&finishing.file, embedded->drawn.size, pool_workers(pool));
    if (kind == PDF_READING)
        finishing.structure = structure_new(sheets);
    sound = take_embedded(&finishing, &embedded->drawn);
    if (sound) {
        intent_write(&finishing);
        write_pages(&finishing, pool);
        write_tree(&finishing);
        navigate_write(&finishing);
        if (finishing.structure != NULL)
            structure_write(finishing.structure, &finishing);
        metadata_write(&finishing);
        write_file(&finishing, out, pool);
    }
    object_free(&finishing.file);
    structure_free(finishing.structure);
    buf_free(&finishing.catalog);
    free(finishing.page);
    return sound;
}
