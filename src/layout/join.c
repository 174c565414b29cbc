/* Parts joined to one display list: pages put at their margins, elements and
 * destinations counted through, bookmarks, the page map, the faces' numbers. */
#include "layout/job.h"
#include "base/clock.h"
#include "book/compose.h"

#include <stdlib.h>
#include <string.h>

/* ---- Pages --------------------------------------------------------------------------- */

struct joining {
    struct layout *layout;
    uint32_t *base;             /* of each piece's elements */
};

/* Moves what is on SHEET to its margin, and its elements to their numbers. */
static void settle(struct sheet *sheet, dim x, uint32_t base)
{
    for (uint32_t i = 0; i < sheet->item_count; i++) {
        sheet->item[i].x += x;
        if (sheet->item[i].element != ELEMENT_ARTIFACT)
            sheet->item[i].element += base;
    }
    for (uint32_t i = 0; i < sheet->link_count; i++) {
        sheet->link[i].x += x;
        sheet->link[i].element += base;
    }
}

static void append(struct arena *keep, struct sheet *sheet, const struct making *making)
{
    size_t count = sheet->item_count, more = making->items.count;

    if (more == 0)
        return;
    if (more > HEAD_ITEMS) {
        struct item *items = ARENA_ARRAY(keep, count + more, struct item);

        if (count > 0)
            memcpy(items, sheet->item, count * sizeof *items);
        sheet->item = items;
    }
    items_copy(keep, making->items.item, more, sheet->item + count);
    sheet->item_count = (uint32_t)(count + more);
}

static void join_sheet(const struct joining *joining, struct flow *flow,
                       const struct piece *piece, uint32_t index)
{
    struct layout *layout = joining->layout;
    uint32_t number = piece->first + index;
    struct sheet *sheet = &piece->laid.sheet[index];
    struct laid_page *page = &layout->pages.page[number];
    struct making making = {0};

    heads_put(layout, flow, piece->part, number, index == 0, &making);
    append(flow->keep, sheet, &making);
    free(making.items.item);
    settle(sheet, number % 2 == 0 ? layout->style->inner : layout->style->outer,
           joining->base[piece - layout->piece]);
    *page = (struct laid_page){ .items = sheet->item, .item_count = sheet->item_count,
                                .links = sheet->link, .link_count = sheet->link_count,
                                .label = layout->label[number], .part = piece->part,
                                .opening = index == 0 };
}

static void join_piece(void *context, size_t index, int worker)
{
    const struct joining *joining = context;
    const struct piece *piece = &joining->layout->piece[index];
    struct galley galley = { .columns = 1, .column = joining->layout->shared.area.measure };
    struct arena *arena = arena_new();
    struct flow flow = worker_flow(joining->layout, worker, &galley, arena);
    double start = clock_seconds();

    for (uint32_t i = 0; i < piece->laid.count; i++)
        join_sheet(joining, &flow, piece, i);
    joining->layout->worker[worker].all += clock_seconds() - start;
    galley_clear(&galley);
    arena_free(arena);
}

/* Pages that no part has are blank. */
static void fill_blanks(struct layout *layout)
{
    const struct part *part = NULL;

    for (uint32_t i = 0; i < layout->page_count; i++) {
        struct laid_page *page = &layout->pages.page[i];

        if (page->part == NULL)
            *page = (struct laid_page){ .label = layout->label[i], .part = part, .blank = true };
        part = page->part;
    }
}

/* ---- Lists ------------------------------------------------------------------------------ */

static void join_elements(struct joining *joining)
{
    struct layout *layout = joining->layout;
    uint32_t total = 1;
    struct element *all;

    for (uint32_t i = 0; i < layout->pieces; i++)
        total += layout->piece[i].laid.element_count;
    all = ARENA_ARRAY(layout->arena, total, struct element);
    all[0].lang = layout->book->language;
    total = 1;
    for (uint32_t i = 0; i < layout->pieces; i++) {
        struct laid_part *laid = &layout->piece[i].laid;

        joining->base[i] = total;
        for (uint32_t e = 0; e < laid->element_count; e++) {
            all[total + e] = laid->element[e];
            all[total + e].parent = e == 0 ? 0 : laid->element[e].parent + joining->base[i];
        }
        total += laid->element_count;
        free(laid->element);
        laid->element = NULL;
    }
    layout->pages.elements = all;
    layout->pages.element_count = total;
}

static int by_id(const void *a, const void *b)
{
    const struct destination *x = a, *y = b;
    int order = strcmp(x->id, y->id);

    if (order != 0)
        return order;
    return x->page != y->page ? (x->page < y->page ? -1 : 1) : (x->y > y->y) - (x->y < y->y);
}

static void join_destinations(struct layout *layout)
{
    uint32_t total = 0, kept = 0;
    struct destination *all;

    for (uint32_t i = 0; i < layout->pieces; i++)
        total += layout->piece[i].laid.destination_count;
    all = ARENA_ARRAY(layout->arena, total, struct destination);
    total = 0;
    for (uint32_t i = 0; i < layout->pieces; i++) {
        const struct piece *piece = &layout->piece[i];

        for (uint32_t d = 0; d < piece->laid.destination_count; d++, total++) {
            all[total] = piece->laid.destination[d];
            all[total].page += piece->first;
        }
    }
    qsort(all, total, sizeof *all, by_id);
    for (uint32_t i = 0; i < total; i++)
        if (kept == 0 || strcmp(all[i].id, all[kept - 1].id) != 0)
            all[kept++] = all[i];
    layout->pages.destinations = all;
    layout->pages.destination_count = kept;
}

static void join_bookmarks(struct layout *layout)
{
    struct bookmark *all = ARENA_ARRAY(layout->arena, layout->pieces, struct bookmark);
    uint32_t count = 0;

    for (uint32_t i = 0; i < layout->pieces; i++) {
        const struct part *part = layout->piece[i].part;

        if (part->title == NULL || (part->kind != PART_TOC && part->kind != PART_IMPRINT
                                    && part->kind != PART_CONTACT && !part_is_listed(part)))
            continue;
        all[count] = (struct bookmark){ .title = part->title,
                                        .level = part->kind == PART_CONTACT && count > 0 ? 2 : 1,
                                        .page = layout->piece[i].first };
        count++;
    }
    layout->pages.bookmarks = all;
    layout->pages.bookmark_count = count;
}

static void join_starts(struct layout *layout)
{
    struct page_start *all = ARENA_ARRAY(layout->arena, layout->page_count, struct page_start);

    for (uint32_t i = 0; i < layout->page_count; i++)
        all[i] = (struct page_start){ .page = i, .part = layout->pages.page[i].part };
    for (uint32_t i = 0; i < layout->pieces; i++) {
        const struct piece *piece = &layout->piece[i];

        for (uint32_t s = 0; s < piece->laid.count; s++) {
            all[piece->first + s].node = piece->laid.sheet[s].node;
            all[piece->first + s].offset = piece->laid.sheet[s].offset;
        }
    }
    layout->pages.starts = all;
}

void join_pages(struct layout *layout, struct pool *pool)
{
    struct joining joining = { .layout = layout };
    struct pages *pages = &layout->pages;

    joining.base = ARENA_ARRAY(layout->arena, layout->pieces, uint32_t);
    pages->width = layout->style->width;
    pages->height = layout->style->height;
    pages->title = layout->book->title;
    pages->language = layout->book->language;
    pages->count = layout->page_count;
    pages->page = ARENA_ARRAY(layout->arena, pages->count, struct laid_page);
    join_elements(&joining);
    pool_run(pool, layout->pieces, join_piece, &joining);
    fill_blanks(layout);
    join_destinations(layout);
    join_bookmarks(layout);
    join_starts(layout);
    faces_number(layout, pages);
}
