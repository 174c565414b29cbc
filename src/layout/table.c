/* Tables: columns as wide as they ask for while there is room, else in
 * proportion; each row a box, ruled below the header and at the end. Cells
 * beyond those of the widest row do not occur; short rows are filled up. */
#include "layout/flow.h"
#include "base/diag.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_COLUMNS = 24, SMALL_ROWS = 12 };

struct columns {
    int count;
    dim left[MOST_COLUMNS], width[MOST_COLUMNS], least[MOST_COLUMNS];
};

static const struct text_style *cell_style(struct flow *flow)
{
    const struct style *style = flow->shared->style;

    return look(flow->looks, style, style->table.family == NULL ? &style->body : &style->table,
                LOOK_LEFT);
}

/* The longest word of a span, as a span. */
static struct span longest_word(const struct span *span)
{
    struct span longest = *span;
    size_t most = 0;

    for (size_t from = 0, end; from < span->bytes; from = end + 1) {
        for (end = from; end < span->bytes && span->text[end] != ' '; end++)
            ;
        if (end - from > most) {
            most = end - from;
            longest.text = span->text + from;
            longest.bytes = most;
        }
    }
    return longest;
}

/* What a cell asks for: all of it in one line; at least its longest word. */
static void measure_cell(struct flow *flow, const struct node *cell, struct tone tone,
                         dim *natural, dim *least)
{
    span_list spans = {0};
    size_t elements = flow->galley->elements.count, seeds = flow->galley->seeds.count;
    dim width;

    spans_of(flow, cell, tone, &spans);
    width = text_width(flow->typesetter, spans.item, spans.count);
    if (width > *natural)
        *natural = width;
    for (size_t i = 0; i < spans.count; i++) {
        struct span word = spans.item[i];

        if (word.kind == SPAN_TEXT)
            word = longest_word(&word);
        width = text_width(flow->typesetter, &word, 1);
        if (width > *least)
            *least = width;
    }
    flow->galley->elements.count = elements;    /* measured only */
    flow->galley->seeds.count = seeds;
    free(spans.item);
}

static struct tone row_tone(struct flow *flow, const struct node *row, struct tone tone)
{
    if (row->header)
        tone.style = look(flow->looks, flow->shared->style, tone.style, LOOK_ITALIC);
    return tone;
}

static void measure(struct flow *flow, const struct node *table, struct tone tone,
                    struct columns *columns)
{
    for (const struct node *row = table->first; row != NULL; row = row->next) {
        int i = 0;

        for (const struct node *cell = row->first; cell != NULL && i < MOST_COLUMNS;
             cell = cell->next, i++)
            measure_cell(flow, cell, row_tone(flow, row, tone), &columns->width[i],
                         &columns->least[i]);
        if (i > columns->count)
            columns->count = i;
    }
}

/* Gives what is wanted beyond the least in proportion to it; where there is not
 * even room for the least, all share in proportion. False then. */
static bool share_room(struct columns *columns, dim room)
{
    int64_t wanted = 0, least = 0;

    for (int i = 0; i < columns->count; i++) {
        if (columns->width[i] > room)
            columns->width[i] = room;
        if (columns->least[i] > columns->width[i])
            columns->least[i] = columns->width[i];
        wanted += columns->width[i];
        least += columns->least[i];
    }
    if (wanted <= room)
        return true;
    for (int i = 0; i < columns->count; i++) {
        dim more = columns->width[i] - columns->least[i];

        columns->width[i] = least > room
            ? (dim)((int64_t)columns->least[i] * room / least)
            : columns->least[i] + (dim)((int64_t)more * (room - least) / (wanted - least));
    }
    return least <= room;
}

static void place_columns(struct flow *flow, const struct node *table, struct frame frame,
                          dim gap, struct columns *columns)
{
    dim room = flow->galley->column - frame.left - frame.right, x = frame.left;

    if (!share_room(columns, room - gap * (columns->count - 1)))
        diag(DIAG_WARNING, table->at, "table-wide",
             "this table is wider than the page, and its words are cut; give it fewer columns,"
             " or make it a list");
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
        flow_cell_notes(flow, &text, (struct frame){ .lang = tone.lang, .element = tone.element });
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

/* The header once more, for the pages that the table goes on to: it is seen
 * again, but said once. */
static const struct box *new_repeat(struct flow *flow, const struct box *header)
{
    struct making making = {0};

    box_put(header, 0, 0, &making);
    for (size_t i = 0; i < making.items.count; i++)
        making.items.item[i].element = ELEMENT_ARTIFACT;
    making.links.count = making.names.count = 0;
    return box_new(flow->arena, &making, header->height);
}

static struct block *flow_row(struct flow *flow, const struct node *row, struct frame frame,
                              const struct columns *columns)
{
    struct tone tone = { .style = cell_style(flow), .lang = frame.lang };
    size_t notes = flow->galley->notes.count;
    struct block *block;

    tone.element = galley_element(flow->galley, ELEMENT_TR, frame.element);
    tone = row_tone(flow, row, tone);
    flow_name(flow, row);
    block = flow_box(flow, row,
                     new_row(flow, row, tone, columns, row->header || row->next == NULL));
    block->after = row->next == NULL ? 2 : 0;
    block->first_note = (uint32_t)notes;
    block->note_count = (uint32_t)(flow->galley->notes.count - notes);
    return block;
}

static void flow_rows(struct flow *flow, const struct node *table, struct frame frame,
                      const struct columns *columns)
{
    const struct box *repeat = NULL;
    int rows = 0, number = 0;

    for (const struct node *row = table->first; row != NULL; row = row->next)
        rows++;
    for (const struct node *row = table->first; row != NULL; row = row->next) {
        struct block *block = flow_row(flow, row, frame, columns);

        number++;
        block->keep_next = row->next != NULL
            && (row->header || rows <= SMALL_ROWS || number == rows - 1);
        block->repeat = repeat;
        if (row->header)
            repeat = new_repeat(flow, block->box[0]);
    }
}

/* Where some cell takes several lines, rows stand apart from each other. */
static void set_rows_apart(struct galley *galley, size_t first, int line)
{
    bool high = false;

    for (size_t i = first + 1; i < galley->blocks.count; i++)
        high = high || galley->blocks.item[i].box[0]->height > line;
    for (size_t i = first + 1; high && i + 1 < galley->blocks.count; i++)
        galley->blocks.item[i].after = 1;
}

void flow_table(struct flow *flow, const struct node *table, struct frame frame)
{
    const struct text_style *style = cell_style(flow);
    struct tone tone = { .style = style, .lang = frame.lang };
    struct columns columns = {0};
    size_t first = flow->galley->blocks.count;

    flow_element(flow, ELEMENT_TABLE, &frame, table);
    tone.element = frame.element;
    measure(flow, table, tone, &columns);
    place_columns(flow, table, frame, style->size, &columns);
    flow_rows(flow, table, frame, &columns);
    set_rows_apart(flow->galley, first, halves_of(&flow->shared->area, style->leading, 1));
    if (flow->galley->blocks.count > first)
        flow->galley->blocks.item[first].before = 2;
    flow->after_heading = false;
}
