/* Parts in the order of annex F: header, linearization dictionary and first
 * cross-reference stream; catalog; hints; first page with the outlines; the
 * other pages; what pages share; the rest; the other cross-reference stream.
 * Objects are numbered anew: first those after the first page, then the others;
 * in both what is compressed comes last, as readers expect. */
#include "pdf/linear.h"
#include "base/diag.h"
#include "base/memory.h"
#include "pdf/hints.h"

#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    HEADER_SIZE = 15,
    XREF_WIDTH = 7                  /* 1 + 4 + 2 bytes */
};

/* A run of units in the file, as written. */
struct section {
    VEC(struct unit *) units;
    VEC(size_t) offsets;            /* of each, one more at the end */
    struct buf bytes;
};

struct writer {
    const struct object_file *file;
    const struct roots *roots;
    struct graph *graph;
    struct section catalog, first, late;
    int *number;                    /* by old number */
    uint32_t *index;                /* by unit: among what pages share */
    int late_xref, linearized, first_xref, hint, end;   /* numbers; end: one after the last */
    char id[33];
};

/* ---- Order and numbers --------------------------------------------------------- */

static void add(struct section *section, struct unit *unit)
{
    *VEC_PUSH(&section->units) = unit;
}

static void add_class(struct writer *writer, struct section *section, enum unit_class class)
{
    for (int i = 0; i < writer->graph->units; i++)
        if (writer->graph->unit[i].class == class && !writer->graph->unit[i].is_page)
            add(section, &writer->graph->unit[i]);
}

static struct unit *unit_of(const struct writer *writer, int object)
{
    return &writer->graph->unit[writer->graph->unit_of[object]];
}

static int by_page(const void *a, const void *b)
{
    const struct unit *left = *(struct unit *const *)a, *right = *(struct unit *const *)b;

    if (left->page != right->page)
        return left->page < right->page ? -1 : 1;
    if (left->is_page != right->is_page)
        return left->is_page ? -1 : 1;
    return (left->member[0] > right->member[0]) - (left->member[0] < right->member[0]);
}

/* Each page, and after it what is its own. */
static void add_pages(struct writer *writer)
{
    for (int i = 0; i < writer->graph->units; i++)
        if (writer->graph->unit[i].class == UNIT_PAGE)
            add(&writer->late, &writer->graph->unit[i]);
    if (writer->late.units.count > 0)
        qsort(writer->late.units.item, writer->late.units.count, sizeof *writer->late.units.item,
              by_page);
}

/* The page tree leads what is left. */
static void add_others(struct writer *writer)
{
    struct unit *tree = unit_of(writer, writer->roots->tree);

    add(&writer->late, tree);
    for (int i = 0; i < writer->graph->units; i++)
        if (writer->graph->unit[i].class == UNIT_OTHER && &writer->graph->unit[i] != tree)
            add(&writer->late, &writer->graph->unit[i]);
}

static void order(struct writer *writer)
{
    add_class(writer, &writer->catalog, UNIT_CATALOG);
    add(&writer->first, unit_of(writer, writer->roots->page[0]));
    add_class(writer, &writer->first, UNIT_FIRST_PAGE);
    add_class(writer, &writer->first, UNIT_OUTLINES);
    add_pages(writer);
    add_class(writer, &writer->late, UNIT_SHARED);
    add_others(writer);
}

static int number_units(struct section *section, int next)
{
    for (size_t i = 0; i < section->units.count; i++)
        section->units.item[i]->number = next++;
    return next;
}

static int number_members(struct writer *writer, const struct section *section, int next)
{
    for (size_t i = 0; i < section->units.count; i++) {
        const struct unit *unit = section->units.item[i];

        for (int k = 0; k < unit->count; k++)
            writer->number[unit->member[k]] = unit->compressed ? next++ : unit->number;
    }
    return next;
}

static void number(struct writer *writer)
{
    int next = number_units(&writer->late, 1);

    writer->late_xref = next++;
    next = number_members(writer, &writer->late, next);
    writer->linearized = next++;
    writer->first_xref = next++;
    next = number_units(&writer->catalog, next);
    writer->hint = next++;
    next = number_units(&writer->first, next);
    next = number_members(writer, &writer->catalog, next);
    writer->end = number_members(writer, &writer->first, next);
}

/* ---- Objects ---------------------------------------------------------------------- */

/* An object's text with the new numbers; what it refers to and is not there is
 * null. */
static void put_object(const struct writer *writer, int old, struct buf *out)
{
    const struct object *object = &writer->file->object.item[old];
    const char *from = writer->file->out.data + object->start, *at = from, *start;
    const char *head = from + object->head;
    int reference;

    while ((reference = object_reference(&at, head, &start)) != 0) {
        int new = reference < writer->file->next ? writer->number[reference] : 0;

        buf_append(out, from, (size_t)(start - from));
        if (new != 0)
            put_number(out, new);
        buf_puts(out, new != 0 ? " 0 R" : "null");
        from = at;
    }
    buf_append(out, from, (size_t)(head - from) + object->length - object->head);
}

static void put_stream(const struct writer *writer, int worker, const char *dict,
                       const struct buf *bytes, struct buf *out)
{
    struct buf packed = {0};

    packer_put(writer->file->packer, worker, buf_text(bytes), bytes->len, &packed);
    buf_printf(out, "<<%s /Filter /FlateDecode /Length %zu>>\nstream\n", dict, packed.len);
    buf_append(out, packed.data, packed.len);
    buf_puts(out, "\nendstream");
    buf_free(&packed);
}

/* Object streams begin with the numbers and offsets of what is in them. */
static void put_object_stream(const struct writer *writer, int worker, const struct unit *unit,
                              struct buf *out)
{
    struct buf table = {0}, bodies = {0};
    char dict[64];

    for (int i = 0; i < unit->count; i++) {
        put_number(&table, writer->number[unit->member[i]]);
        buf_putc(&table, ' ');
        put_number(&table, (long)bodies.len);
        buf_putc(&table, ' ');
        put_object(writer, unit->member[i], &bodies);
        buf_putc(&bodies, '\n');
    }
    snprintf(dict, sizeof dict, "/Type /ObjStm /N %d /First %zu", unit->count, table.len);
    buf_append(&table, bodies.data, bodies.len);
    put_stream(writer, worker, dict, &table, out);
    buf_free(&table);
    buf_free(&bodies);
}

struct packing {
    const struct writer *writer;
    VEC(struct unit *) units;       /* those of a section that are compressed */
    struct buf *streams;
};

static void pack_unit(void *context, size_t index, int worker)
{
    struct packing *packing = context;

    put_object_stream(packing->writer, worker, packing->units.item[index],
                      &packing->streams[index]);
}

/* The object streams of a section, in its order, made by several threads. */
static void pack_section(struct packing *packing, const struct section *section,
                         struct pool *pool)
{
    for (size_t i = 0; i < section->units.count; i++)
        if (section->units.item[i]->compressed)
            *VEC_PUSH(&packing->units) = section->units.item[i];
    packing->streams = memory_new(packing->units.count + 1, sizeof *packing->streams);
    pool_run(pool, packing->units.count, pack_unit, packing);
}

static void write_section(const struct writer *writer, struct section *section,
                          struct pool *pool)
{
    struct packing packing = { .writer = writer };
    size_t packed = 0;

    pack_section(&packing, section, pool);
    for (size_t i = 0; i < section->units.count; i++) {
        const struct unit *unit = section->units.item[i];
        struct buf *stream = unit->compressed ? &packing.streams[packed++] : NULL;

        *VEC_PUSH(&section->offsets) = section->bytes.len;
        put_number(&section->bytes, unit->number);
        buf_puts(&section->bytes, " 0 obj\n");
        if (stream != NULL)
            buf_append(&section->bytes, stream->data, stream->len);
        else
            put_object(writer, unit->member[0], &section->bytes);
        buf_puts(&section->bytes, "\nendobj\n");
        if (stream != NULL)
            buf_free(stream);
    }
    *VEC_PUSH(&section->offsets) = section->bytes.len;
    free(packing.units.item);
    free(packing.streams);
}

static size_t length_of(const struct section *section, size_t unit)
{
    return section->offsets.item[unit + 1] - section->offsets.item[unit];
}

static void make_id(struct writer *writer)
{
    GChecksum *sum = g_checksum_new(G_CHECKSUM_MD5);
    const struct section *sections[] = { &writer->catalog, &writer->first, &writer->late };

    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
        g_checksum_update(sum, (const guchar *)sections[i]->bytes.data,
                          (gssize)sections[i]->bytes.len);
    strcpy(writer->id, g_checksum_get_string(sum));
    g_checksum_free(sum);
}

/* ---- Hints ------------------------------------------------------------------------- */

/* What pages share has indices: the first page's objects, then the others'. */
static void list_shared(struct writer *writer, struct hints *hints, size_t before)
{
    const struct section *first = &writer->first, *late = &writer->late;

    writer->index = memory_new((size_t)writer->graph->units + 1, sizeof *writer->index);
    hints->shared_length = memory_new(first->units.count + late->units.count + 1,
                                      sizeof *hints->shared_length);
    for (size_t i = 0; i < first->units.count; i++) {
        writer->index[first->units.item[i] - writer->graph->unit] = hints->shared;
        hints->shared_length[hints->shared++] = length_of(first, i);
    }
    hints->shared_first = hints->shared;
    for (size_t i = 0; i < late->units.count; i++) {
        if (late->units.item[i]->class != UNIT_SHARED)
            continue;
        if (hints->shared == hints->shared_first) {
            hints->shared_number = late->units.item[i]->number;
            hints->shared_offset = before + first->bytes.len + late->offsets.item[i];
        }
        writer->index[late->units.item[i] - writer->graph->unit] = hints->shared;
        hints->shared_length[hints->shared++] = length_of(late, i);
    }
}

static void list_pages(struct writer *writer, struct hints *hints)
{
    struct graph *graph = writer->graph;

    hints->pages = writer->roots->page_count;
    hints->page = memory_new(hints->pages + 1U, sizeof *hints->page);
    hints->page[0].objects = (uint32_t)writer->first.units.count;
    hints->page[0].length = writer->first.bytes.len;
    for (size_t i = 0; i < writer->late.units.count; i++) {
        const struct unit *unit = writer->late.units.item[i];

        if (unit->class == UNIT_PAGE) {
            hints->page[unit->page].objects++;
            hints->page[unit->page].length += length_of(&writer->late, i);
        }
    }
    for (uint32_t i = 1; i < hints->pages; i++) {
        size_t from = graph->shared_from[i], end = graph->shared_from[i + 1];

        for (size_t k = from; k < end; k++)
            graph->shared[k] = writer->index[graph->shared[k]];
        hints->page[i].shared = &graph->shared[from];
        hints->page[i].shared_count = (uint32_t)(end - from);
    }
}

static void list_outlines(const struct writer *writer, struct hints *hints, size_t before)
{
    for (size_t i = 0; i < writer->first.units.count; i++) {
        const struct unit *unit = writer->first.units.item[i];

        if (unit->class != UNIT_OUTLINES)
            continue;
        if (hints->outlines == 0) {
            hints->outlines = unit->number;
            hints->outlines_offset = before + writer->first.offsets.item[i];
        }
        hints->outlines_objects++;
        hints->outlines_length += length_of(&writer->first, i);
    }
}

/* The hint stream's object; BEFORE is the offset where it begins. */
static void write_hints(struct writer *writer, size_t before, struct buf *out)
{
    struct hints hints = { .first_page = before };
    struct buf tables = {0};
    size_t shared_at, outlines_at;
    char dict[64];

    list_shared(writer, &hints, before);
    list_pages(writer, &hints);
    list_outlines(writer, &hints, before);
    hints_put(&hints, &tables, &shared_at, &outlines_at);
    if (outlines_at != 0)
        snprintf(dict, sizeof dict, "/S %zu /O %zu", shared_at, outlines_at);
    else
        snprintf(dict, sizeof dict, "/S %zu", shared_at);
    buf_printf(out, "%d 0 obj\n", writer->hint);
    put_stream(writer, 0, dict, &tables, out);
    buf_puts(out, "\nendobj\n");
    buf_free(&tables);
    free(hints.page);
    free(hints.shared_length);
}

/* ---- Cross-references ---------------------------------------------------------------- */

struct entry { uint8_t kind; uint32_t place; uint16_t index; };

static void enter_section(const struct writer *writer, const struct section *section,
                          size_t offset, struct entry *entries)
{
    for (size_t i = 0; i < section->units.count; i++) {
        const struct unit *unit = section->units.item[i];

        entries[unit->number] = (struct entry){ 1, (uint32_t)(offset + section->offsets.item[i]),
                                                0 };
        for (int k = 0; unit->compressed && k < unit->count; k++)
            entries[writer->number[unit->member[k]]]
                = (struct entry){ 2, (uint32_t)unit->number, (uint16_t)k };
    }
}

static void put_entries(const struct entry *entries, int from, int end, struct buf *out)
{
    for (int i = from; i < end; i++) {
        uint32_t place = entries[i].place;
        const char bytes[XREF_WIDTH] = {
            (char)entries[i].kind, (char)(place >> 24), (char)(place >> 16), (char)(place >> 8),
            (char)place, (char)(entries[i].index >> 8), (char)entries[i].index };

        buf_append(out, bytes, sizeof bytes);
    }
}

struct places { size_t first_xref, catalog, hint, first, late, late_xref, length; };

/* All that stands before the catalog. Its length does not depend on PLACES. */
static void put_start(const struct writer *writer, const struct places *places,
                      const struct entry *entries, struct buf *out)
{
    const struct roots *roots = writer->roots;
    int from = writer->linearized, count = writer->end - from;
    size_t first_page = (size_t)writer->first.units.item[0]->number;

    buf_printf(out, "%%PDF-1.%d\n", roots->minor_version);
    buf_puts(out, "%\xBF\xF7\xA2\xFE\n");
    buf_printf(out, "%d 0 obj\n<</Linearized 1 /L %-10zu /H [%-10zu %-10zu] /O %zu /E %-10zu "
               "/N %u /T %-10zu>>\nendobj\n", writer->linearized, places->length, places->hint,
               places->first - places->hint, first_page, places->late,
               (unsigned)roots->page_count, places->late_xref);
    buf_printf(out, "%d 0 obj\n<</Type /XRef /Size %d /Index [%d %d] /W [1 4 2] /Root %d 0 R "
               "/Info %d 0 R /ID [<%s><%s>] /Prev %-10zu /Length %d>>\nstream\n",
               writer->first_xref, writer->end, from, count, writer->number[roots->catalog],
               writer->number[roots->info], writer->id, writer->id, places->late_xref,
               count * XREF_WIDTH);
    put_entries(entries, from, writer->end, out);
    buf_puts(out, "\nendstream\nendobj\nstartxref\n0\n%%EOF\n");
}

static void put_end(const struct writer *writer, const struct places *places,
                    const struct entry *entries, struct buf *out)
{
    struct buf bytes = {0};
    char dict[160];

    put_entries(entries, 0, writer->linearized, &bytes);
    snprintf(dict, sizeof dict, "/Type /XRef /Size %d /W [1 4 2] /ID [<%s><%s>]",
             writer->linearized, writer->id, writer->id);
    buf_printf(out, "%d 0 obj\n", writer->late_xref);
    put_stream(writer, 0, dict, &bytes, out);
    buf_printf(out, "\nendobj\nstartxref\n%zu\n%%%%EOF\n", places->first_xref);
    buf_free(&bytes);
}

/* Offsets follow from lengths: the start's is known before what stands in it. */
static struct places find_places(const struct writer *writer, const struct entry *entries,
                                 const struct buf *hint)
{
    struct places places = {0};
    struct buf start = {0};
    const char *end_of_dictionary;

    put_start(writer, &places, entries, &start);
    end_of_dictionary = strstr(start.data + HEADER_SIZE, "endobj\n") + strlen("endobj\n");
    places.first_xref = (size_t)(end_of_dictionary - start.data);
    places.catalog = start.len;
    places.hint = places.catalog + writer->catalog.bytes.len;
    places.first = places.hint + hint->len;
    places.late = places.first + writer->first.bytes.len;
    places.late_xref = places.late + writer->late.bytes.len;
    buf_free(&start);
    return places;
}

static void write_parts(struct writer *writer, struct publish *out)
{
    struct entry *entries = memory_new((size_t)writer->end + 1, sizeof *entries);
    struct places places = find_places(writer, entries, &(struct buf){0});
    struct buf start = {0}, hint = {0}, end = {0};

    write_hints(writer, places.hint, &hint);
    places = find_places(writer, entries, &hint);
    entries[0].index = UINT16_MAX;
    entries[writer->linearized] = (struct entry){ 1, HEADER_SIZE, 0 };
    entries[writer->first_xref] = (struct entry){ 1, (uint32_t)places.first_xref, 0 };
    entries[writer->hint] = (struct entry){ 1, (uint32_t)places.hint, 0 };
    entries[writer->late_xref] = (struct entry){ 1, (uint32_t)places.late_xref, 0 };
    enter_section(writer, &writer->catalog, places.catalog, entries);
    enter_section(writer, &writer->first, places.first, entries);
    enter_section(writer, &writer->late, places.late, entries);
    put_end(writer, &places, entries, &end);
    places.length = places.late_xref + end.len;
    if (places.length > UINT32_MAX) {
        diag(DIAG_ERROR, (struct place){0}, "pdf", "the PDF would have more than 4 GB");
        publish_fail(out);
    }
    put_start(writer, &places, entries, &start);
    publish_write(out, start.data, start.len);
    publish_write(out, writer->catalog.bytes.data, writer->catalog.bytes.len);
    publish_write(out, hint.data, hint.len);
    publish_write(out, writer->first.bytes.data, writer->first.bytes.len);
    publish_write(out, writer->late.bytes.data, writer->late.bytes.len);
    publish_write(out, end.data, end.len);
    buf_free(&start);
    buf_free(&hint);
    buf_free(&end);
    free(entries);
}

static void free_section(struct section *section)
{
    free(section->units.item);
    free(section->offsets.item);
    buf_free(&section->bytes);
}

void linear_write(const struct object_file *file, const struct roots *roots,
                  struct publish *out, struct pool *pool)
{
    struct writer writer = { .file = file, .roots = roots,
                             .graph = graph_new(file, roots) };

    writer.number = memory_new((size_t)file->next + 1, sizeof *writer.number);
    order(&writer);
    number(&writer);
    write_section(&writer, &writer.catalog, pool);
    write_section(&writer, &writer.first, pool);
    write_section(&writer, &writer.late, pool);
    make_id(&writer);
    write_parts(&writer, out);
    free_section(&writer.catalog);
    free_section(&writer.first);
    free_section(&writer.late);
    free(writer.number);
    free(writer.index);
    graph_free(writer.graph);
}
