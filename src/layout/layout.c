/* The stages of the layout. Parts that name no pages are laid out first, all in
 * parallel; then pages are numbered, and those that name pages are laid out
 * until what they say is so. Last, everything is joined to one display list.
 * A book without parts gives no pages; missing fonts are refused. */
#include "layout/job.h"
#include "base/clock.h"
#include "base/diag.h"

#include <stdlib.h>
#include <string.h>

/* A part that names its own pages may need to be laid out again when it grows. */
enum { MOST_ROUNDS = 6 };

struct flow worker_flow(const struct layout *layout, int number, struct galley *galley,
                        struct arena *arena)
{
    const struct worker *worker = &layout->worker[number];

    return (struct flow){ .shared = &layout->shared, .typesetter = worker->typesetter,
                          .looks = worker->looks, .arena = arena, .keep = worker->keep,
                          .galley = galley };
}

static void lay_out(struct layout *layout, struct piece *piece, int number)
{
    struct worker *worker = &layout->worker[number];
    struct galley galley = {0};
    struct arena *arena = arena_new();
    struct flow flow = worker_flow(layout, number, &galley, arena);
    double start = clock_seconds();
    struct pagination pagination;

    flow_part(&flow, piece->part);
    pagination = paginate_part(&galley, &layout->shared.area, layout->style, arena);
    free(piece->laid.element);
    piece->laid = place_part(&flow, &pagination);
    worker->all += clock_seconds() - start;
    galley_clear(&galley);
    arena_free(arena);
}

static void lay_out_stale(void *context, size_t index, int worker)
{
    struct layout *layout = context;
    struct piece *piece = &layout->piece[index];

    if (!piece->stale)
        return;
    diag_hold();
    lay_out(layout, piece, worker);
    diag_drop(piece->told);
    piece->told = diag_take();
    if (worker == 0)
        progress("laying out", index, layout->pieces);
}

static void tell_diagnostics(struct layout *layout)
{
    for (uint32_t i = 0; i < layout->pieces; i++) {
        diag_release(layout->piece[i].told);
        layout->piece[i].told = NULL;
    }
}

/* Marks the parts whose page labels are other than when they were laid out.
 * False when there are none. */
static bool mark_stale(struct layout *layout)
{
    bool any = false;

    for (uint32_t i = 0; i < layout->pieces; i++) {
        struct piece *piece = &layout->piece[i];
        char *signature;

        piece->stale = false;
        if (piece->signature == NULL)
            continue;
        signature = refs_signature(layout->refs, layout->arena, piece->part->body);
        piece->stale = strcmp(signature, piece->signature) != 0;
        piece->signature = signature;
        any = any || piece->stale;
    }
    return any;
}

static void add_pieces(struct layout *layout)
{
    layout->piece = ARENA_ARRAY(layout->arena, layout->book->part_count, struct piece);
    for (size_t i = 0; i < layout->book->part_count; i++) {
        const struct part *part = &layout->book->parts[i];
        struct piece *piece = &layout->piece[layout->pieces];

        if (part->kind == PART_COVER || part->kind == PART_NOTES || part->body == NULL)
            continue;
        piece->part = part;
        piece->stale = !refs_needed(part->body);
        piece->signature = piece->stale ? NULL : arena_strdup(layout->arena, "");
        layout->pieces++;
    }
}

static void add_workers(struct layout *layout, int count)
{
    layout->workers = count;
    layout->worker = ARENA_ARRAY(layout->arena, (size_t)count, struct worker);
    for (int i = 0; i < count; i++) {
        layout->worker[i].typesetter = typesetter_new(layout->fonts, layout->style);
        layout->worker[i].looks = looks_new();
        layout->worker[i].keep = arena_new();
    }
}

struct layout *layout_new(const struct book *book, const struct style *style, struct pool *pool)
{
    struct arena *arena = arena_new();
    struct layout *layout = ARENA_NEW(arena, struct layout);

    *layout = (struct layout){ .book = book, .style = style, .arena = arena };
    layout->fonts = fonts_load(style->data);
    if (layout->fonts == NULL || !fonts_check(layout->fonts, style)) {
        layout_free(layout);
        return NULL;
    }
    layout->refs = refs_new();
    layout->shared = (struct shared){ .book = book, .style = style, .area = area_of(style),
                                      .refs = layout->refs };
    add_workers(layout, pool_workers(pool));
    add_pieces(layout);
    pool_run(pool, layout->pieces, lay_out_stale, layout);
    number_pages(layout);
    for (int round = 0; round < MOST_ROUNDS && mark_stale(layout); round++) {
        pool_run(pool, layout->pieces, lay_out_stale, layout);
        number_pages(layout);
    }
    tell_diagnostics(layout);
    join_pages(layout, pool);
    fonts_tell_missing(layout->fonts);
    return layout;
}

void layout_free(struct layout *layout)
{
    if (layout == NULL)
        return;
    for (int i = 0; i < layout->workers; i++) {
        typesetter_free(layout->worker[i].typesetter);
        looks_free(layout->worker[i].looks);
        arena_free(layout->worker[i].keep);
    }
    refs_free(layout->refs);
    fonts_free(layout->fonts);
    arena_free(layout->arena);
}

const struct pages *layout_pages(const struct layout *layout)
{
    return &layout->pages;
}

struct layout_times layout_times(const struct layout *layout)
{
    struct layout_times times = {0};

    for (int i = 0; i < layout->workers; i++) {
        double shaping, breaking;

        typesetter_times(layout->worker[i].typesetter, &shaping, &breaking);
        times.shape += shaping;
        times.lines += breaking;
        times.pages += layout->worker[i].all - shaping - breaking;
    }
    return times;
}
