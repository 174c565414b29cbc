/* Blocks put on pages. What comes in is a galley and its cuts; what goes out is
 * pages of items, links and destinations, and where in the model each page
 * starts. */
#include "layout/place.h"

#include <stdlib.h>
#include <string.h>

/* A line of the notes, counted through the whole part. */
struct note_line { const struct block *block; int line; };

struct placing {
    struct flow *flow;
    const struct galley *galley;
    const struct area *area;
    const struct pagination *pagination;
    struct making making;
    struct arena *scratch;      /* of what is put on the page, until that is sealed */
    VEC(struct destination) destinations;
    const struct note_line *note_line;
    uint32_t page;
    dim x;                      /* left edge of the column */
    dim top;                    /* of it */
};

/* ---- Lines ------------------------------------------------------------------------- */

/* The baseline of the I-th of COUNT lines of BLOCK, whose top is at TOP half
 * lines: on the grid, or else the last one is. */
static dim baseline_of(const struct area *area, const struct block *block, int top, int i,
                       int count)
{
    dim leading = block->style->leading, grid = 2 * area->half;

    if (block->body)
        return top * area->half + area->drop
            + i * (block_height(area, block, 0, 1) * area->half);
    if (block->hang)
        return top * area->half + i * leading + (dim)((int64_t)area->drop * leading / grid);
    return (top + halves_of(area, leading, count)) * area->half - (grid - area->drop)
        - (count - 1 - i) * leading;
}

static void add_destination(struct placing *placing, const char *id, dim y)
{
    struct destination *destination = VEC_PUSH(&placing->destinations);

    destination->id = id;
    destination->page = placing->page;
    destination->y = y < 0 ? 0 : y;
}

/* The ids of marks that belong to LINE: those after the line before's last
 * span, up to its own. */
static void add_marks(struct placing *placing, const struct block *block,
                      const struct setting *setting, int i, dim y)
{
    uint32_t first = i == 0 ? 0 : setting->line[i - 1].last_span + 1;
    uint32_t last = i + 1 == setting->count ? (uint32_t)block->span_count - 1
                                            : setting->line[i].last_span;

    for (uint32_t n = first; n <= last && n < block->span_count; n++)
        if (block->span[n].kind == SPAN_MARK && block->span[n].node != NULL
            && block->span[n].node->id != NULL)
            add_destination(placing, block->span[n].node->id, y);
}

static void put_line(struct placing *placing, const struct block *block, int length, int i,
                     dim baseline)
{
    const struct setting *setting = &block->length[length];
    dim leading = block->style->leading;

    if (i == 0 && block->label != NULL)
        box_put(block->label, placing->x, baseline - placing->area->drop, &placing->making);
    line_put(placing->galley, placing->scratch, &setting->line[i], block->span, placing->x,
             baseline, &placing->making);
    if (i + 1 == setting->count && block->tail != NULL)
        box_put(block->tail, placing->x, baseline - placing->area->drop, &placing->making);
    add_marks(placing, block, setting, i, baseline - leading);
}

static void put_lines(struct placing *placing, const struct block *block, int length, int first,
                      int end, int top)
{
    for (int i = first; i < end; i++)
        put_line(placing, block, length, i,
                 placing->top + baseline_of(placing->area, block, top, i - first, end - first));
}

static void put_box(struct placing *placing, const struct box *box, dim y)
{
    size_t first = placing->making.names.count;

    box_put(box, placing->x, y, &placing->making);
    for (size_t i = first; i < placing->making.names.count; i++)
        add_destination(placing, placing->making.names.item[i].id,
                        placing->making.names.item[i].y);
}

/* ---- Notes -------------------------------------------------------------------------- */

static const struct note_line *number_lines(struct flow *flow)
{
    const struct galley *galley = flow->galley;
    struct note_line *list, *next;
    size_t total = 0;

    for (size_t i = 0; i < galley->notes.count; i++)
        total += (size_t)galley->notes.item[i].lines;
    next = list = ARENA_ARRAY(flow->arena, total, struct note_line);
    for (size_t i = 0; i < galley->notes.count; i++) {
        const struct note_set *set = &galley->notes.item[i];

        for (size_t b = 0; b < set->block_count; b++)
            for (int n = note_lines(flow->shared, &set->block[b]), line = 0; line < n; line++)
                *next++ = (struct note_line){ &set->block[b], line };
    }
    return list;
}

static void put_note_line(struct placing *placing, const struct note_line *line, dim baseline)
{
    const struct block *block = line->block;
    dim leading = placing->flow->shared->style->note.leading;

    if (line->line == 0)
        for (const char **id = block->ids; id != NULL && *id != NULL; id++)
            add_destination(placing, *id, baseline - leading);
    if (block->boxes == 0)
        put_line(placing, block, 0, line->line, baseline);
    else if (line->line == 0)
        put_box(placing, block->box[0], baseline - leading * 3 / 4);
}

static void put_notes(struct placing *placing, uint32_t first, uint32_t end)
{
    const struct area *area = placing->area;
    const struct text_style *note = &placing->flow->shared->style->note;
    dim foot = area->top + area->lines * 2 * area->half - (2 * area->half - area->drop);
    dim y = foot - (dim)(end - first - 1) * note->leading;

    if (first >= end)
        return;
    rule_put(&placing->making, placing->x, y - note->leading - area->half / 4,
             placing->galley->column / 4, DIM_PT * 2 / 5, note->ink);
    for (uint32_t i = first; i < end; i++, y += note->leading)
        put_note_line(placing, &placing->note_line[i], y);
}

/* ---- Pages -------------------------------------------------------------------------- */

static const struct node *first_text(const struct node *root)
{
    for (const struct node *node = root; node != NULL; node = node_next(node, root))
        if (node->kind == NODE_TEXT || node->kind == NODE_CODE || node->kind == NODE_CODE_BLOCK)
            return node;
    return root;
}

/* Where in the model SHEET starts, which begins at CUT. */
static void set_start(const struct galley *galley, const struct cut *cut, struct sheet *sheet)
{
    const struct block *block;
    const struct set_line *line;

    if (cut->block >= galley->blocks.count)
        return;
    block = &galley->blocks.item[cut->block];
    if (block->boxes > 0) {
        sheet->node = first_text(block->box[0]->node == NULL ? block->node : block->box[0]->node);
        return;
    }
    line = &block->length[cut->length].line[cut->line];
    sheet->node = line->node == NULL ? first_text(block->node) : line->node;
    sheet->offset = line->node == NULL ? 0 : line->offset;
}

/* Puts BLOCK's lines from FIRST to END, or its box; returns where it ends. */
static int put_block(struct placing *placing, const struct block *block, int length, int first,
                     int end, int top)
{
    if (first == 0)
        for (const char **id = block->ids; id != NULL && *id != NULL; id++)
            add_destination(placing, *id, placing->top + top * placing->area->half);
    if (block->boxes > 0)
        put_box(placing, block->box[length], placing->top + top * placing->area->half);
    else
        put_lines(placing, block, length, first, end, top);
    return top + block_height(placing->area, block, length, end - first);
}

static void put_column(struct placing *placing, uint32_t number)
{
    const struct cut *from = &placing->pagination->cut[number], *to = from + 1;
    const struct block *before = NULL;
    uint32_t count = (uint32_t)placing->galley->blocks.count;
    int position = 0;

    for (uint32_t i = from->block; i < count && (i < to->block || (i == to->block && to->line > 0));
         i++) {
        const struct block *block = &placing->galley->blocks.item[i];
        int chosen = placing->pagination->length[i], length = chosen & LENGTH_MASK;
        int first = i == from->block ? (int)from->line : 0;
        int end = i == to->block ? (int)to->line
            : block->boxes > 0 ? 1 : block->length[length].count;

        if (first == 0)
            position = block_top(before, block, position, chosen);
        if (before == NULL && block->repeat != NULL)
            box_put(block->repeat, placing->x, placing->top, &placing->making);
        position = put_block(placing, block, length, first, end, position);
        before = block;
    }
    put_notes(placing, from->notes, to->notes);
}

static void seal_sheet(struct placing *placing, struct sheet *sheet)
{
    struct making *making = &placing->making;
    struct arena *keep = placing->flow->keep;

    sheet->item_count = (uint32_t)making->items.count;
    sheet->link_count = (uint32_t)making->links.count;
    sheet->item = ARENA_ARRAY(keep, making->items.count + HEAD_ITEMS, struct item);
    sheet->link = ARENA_ARRAY(keep, making->links.count, struct link);
    items_copy(keep, making->items.item, making->items.count, sheet->item);
    if (making->links.count > 0)
        memcpy(sheet->link, making->links.item, making->links.count * sizeof *sheet->link);
    making->items.count = making->links.count = making->names.count = 0;
    arena_free(placing->scratch);
    placing->scratch = arena_new();
}

static void put_sheet(struct placing *placing, struct sheet *sheet)
{
    const struct galley *galley = placing->galley;
    uint32_t columns = (uint32_t)galley->columns, first = placing->page * columns;

    placing->x = 0;
    placing->top = placing->area->top;
    if (placing->page == 0) {
        add_destination(placing, galley->part->id, 0);
        if (galley->head != NULL) {
            put_box(placing, galley->head, placing->top);
            placing->top += galley->head->height * placing->area->half;
        }
    } else {
        set_start(galley, &placing->pagination->cut[first], sheet);
    }
    for (uint32_t i = first; i < first + columns && i < placing->pagination->count; i++) {
        put_column(placing, i);
        placing->x += galley->column + galley->gutter;
    }
    seal_sheet(placing, sheet);
}

struct laid_part place_part(struct flow *flow, const struct pagination *pagination)
{
    struct galley *galley = flow->galley;
    struct placing placing = { .flow = flow, .galley = galley, .area = &flow->shared->area,
                               .pagination = pagination, .scratch = arena_new(),
                               .note_line = number_lines(flow) };
    uint32_t columns = (uint32_t)galley->columns;
    struct laid_part laid = { .count = (pagination->count + columns - 1) / columns };

    laid.sheet = ARENA_ARRAY(flow->keep, laid.count, struct sheet);
    for (; placing.page < laid.count; placing.page++)
        put_sheet(&placing, &laid.sheet[placing.page]);
    laid.element_count = (uint32_t)galley->elements.count;
    laid.element = galley->elements.item;
    galley->elements.item = NULL;
    laid.destination_count = (uint32_t)placing.destinations.count;
    laid.destination = ARENA_ARRAY(flow->keep, laid.destination_count, struct destination);
    if (laid.destination_count > 0)
        memcpy(laid.destination, placing.destinations.item,
               laid.destination_count * sizeof *laid.destination);
    arena_free(placing.scratch);
    free(placing.destinations.item);
    free(placing.making.items.item);
    free(placing.making.links.item);
    free(placing.making.names.item);
    return laid;
}
