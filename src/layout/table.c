/* Tables: columns as wide as they ask for while there is room, else in
 * proportion; each row a box, ruled below the header and at the end. Cells
 * beyond those of the widest row do not occur; short rows are filled up. */
#include "layout/flow.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_COLUMNS = 24, SMALL_ROWS = 12 };

struct columns {
    int count;
    dim left[MOST_COLUMNS], width[MOST_COLUMNS];
};

static const struct text_style *cell_style(struct flow *flow)
{
    const struct style *style = flow->shared->style;

    return look(flow->looks, style, style->table.family == NULL ? &style->body : &style->table,
                LOOK_LEFT);
}

static dim natural_width(struct flow *flow, const struct node *cell, struct tone tone)
{
    span_list spans = {0};
    size_t elements = flow->galley->elements.count, seeds = flow->galley->seeds.count;
    dim width;

    spans_of(flow, cell, tone, &spans);
    width = text_width(flow->typesetter, spans.item, spans.count);
    flow->galley->elements.count = elements;    /* measured only */
    flow->galley->seeds.count = seeds;
    free(spans.item);
    return width;
}

static void measure(struct flow *flow, const struct node *table, struct tone tone,
                    struct columns *columns)
{
    for (const struct node *row = table->first; row != NULL; row = row->next) {
        int i = 0;

        for (const struct node *cell = row->first; cell != NULL && i < MOST_COLUMNS;
             cell = cell->next, i++) {
            dim width = natural_width(flow, cell, tone);

            if (width > columns->width[i])
                columns->width[i] = width;
        }
        if (i > columns->count)
            columns->count = i;
    }
}

/* Columns that ask for no more than an even share keep what they ask for; the
 * others divide the rest in proportion, none asking for more than all of it. */
static void share_room(struct columns *columns, dim room)
{
    int64_t wanted = 0, rest = room;
    dim even = columns->count == 0 ? 0 : room / columns->count;

    for (int i = 0; i < columns->count; i++) {
        if (columns->width[i] > room)
            columns->width[i] = room;
        if (columns->width[i] <= even)
            rest -= columns->width[i];
        else
            wanted += columns->width[i];
    }
    if (wanted <= rest)
        return;
    for (int i = 0; i < columns->count; i++)
        if (columns->width[i] > even)
            columns->width[i] = (dim)(columns->width[i] * rest / wanted);
}

static void place_columns(struct flow *flow, struct frame frame, dim gap, struct columns *columns)
{
    dim room = flow->galley->column - frame.left - frame.right, x = frame.left;

    share_room(columns, room - gap * (columns->count - 1));
    for (int i = 0; i < columns->count; i++) {
        columns->left[i] = x;
        x += columns->width[i] + gap;
    }
}

static const struct text_style *aligned(struct flow *flow, const struct text_style *style,
                                        const struct node *cell)
{
    if (cell->align == 0)
        return look(flow->looks, flow->shared->style, style, LOOK_CENTRED);
    return cell->align > 0 ? look(flow->looks, flow->shared->style, style, LOOK_RIGHT) : style;
}

/* Sets the cells of ROW; returns the lines of the highest. */
static int put_cells(struct flow *flow, const struct node *row, struct tone tone,
                     const struct columns *columns, dim baseline, struct making *making)
{
    const struct text_style *style = tone.style;
    uint32_t element = tone.element;
    int lines = 1, i = 0;

    for (const struct node *cell = row->first; cell != NULL && i < columns->count;
         cell = cell->next, i++) {
        struct set_text text;

        tone.element = galley_element(flow->galley, row->header ? ELEMENT_TH : ELEMENT_TD,
                                      element);
        tone.style = aligned(flow, style, cell);
        text = text_of(flow, cell, tone, columns->width[i]);
        text_put(flow, &text, columns->left[i], baseline, making);
        if (text.setting.count > lines)
            lines = text.setting.count;
    }
    return lines;
}

static struct box *new_row(struct flow *flow, const struct node *row, struct tone tone,
                           const struct columns *columns, bool rule)
{
    const struct area *area = &flow->shared->area;
    dim leading = tone.style->leading;
    dim drop = (dim)((int64_t)area->drop * leading / (2 * area->half));
    int last = columns->count - 1, lines, height;
    struct making making = {0};
    struct box *box;

    lines = put_cells(flow, row, tone, columns, drop, &making);
    height = halves_of(area, leading, lines);
    if (rule && last >= 0)
        rule_put(&making, columns->left[0], height * area->half - DIM_PT / 2,
                 columns->left[last] + columns->width[last] - columns->left[0], DIM_PT / 2,
                 tone.style->ink);
    box = box_new(flow->arena, &making, height);
    box->node = row;
    return box;
}

static void flow_row(struct flow *flow, const struct node *row, struct frame frame,
                     const struct columns *columns, bool keep)
{
    struct tone tone = { .style = cell_style(flow), .lang = frame.lang };
    struct block *block;

    tone.element = galley_element(flow->galley, ELEMENT_TR, frame.element);
    if (row->header)
        tone.style = look(flow->looks, flow->shared->style, tone.style, LOOK_ITALIC);
    flow_name(flow, row);
    block = flow_box(flow, row,
                     new_row(flow, row, tone, columns, row->header || row->next == NULL));
    block->keep_next = row->header || keep;
    if (row->next == NULL) {
        block->keep_next = false;
        block->after = 2;
    }
}

void flow_table(struct flow *flow, const struct node *table, struct frame frame)
{
    const struct text_style *style = cell_style(flow);
    struct tone tone = { .style = style, .lang = frame.lang };
    struct columns columns = {0};
    size_t first = flow->galley->blocks.count;
    int rows = 0;

    flow_element(flow, ELEMENT_TABLE, &frame, table);
    tone.element = frame.element;
    measure(flow, table, tone, &columns);
    place_columns(flow, frame, style->size, &columns);
    for (const struct node *row = table->first; row != NULL; row = row->next)
        rows++;
    for (const struct node *row = table->first; row != NULL; row = row->next)
        flow_row(flow, row, frame, &columns, rows <= SMALL_ROWS);
    if (flow->galley->blocks.count > first)
        flow->galley->blocks.item[first].before = 2;
    flow->after_heading = false;
}
