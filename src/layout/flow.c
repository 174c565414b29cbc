/* From the nodes of a part to its galley: paragraphs are set in lines, pictures
 * and tables composed, spaces and what must stay together noted. Nodes that
 * print does not show are passed over. */
#include "layout/flow.h"

#include <stdlib.h>
#include <string.h>

/* Lines a ragged text needs to be offered in other lengths; lines of space more
 * that may stand below what opens a part. */
enum { RAGGED_LINES = 2, OPENED_SPREAD = 3 };

typedef void flow_kind(struct flow *flow, const struct node *node, struct frame frame);

void flow_name(struct flow *flow, const struct node *node)
{
    if (node->id != NULL)
        *VEC_PUSH(&flow->ids) = node->id;
}

static const char **waiting_ids(struct flow *flow)
{
    const char **ids;

    if (flow->ids.count == 0)
        return NULL;
    ids = ARENA_ARRAY(flow->arena, flow->ids.count + 1, const char *);
    memcpy(ids, flow->ids.item, flow->ids.count * sizeof *ids);
    flow->ids.count = 0;
    return ids;
}

struct block *flow_block(struct flow *flow, const struct node *node)
{
    struct block *block = VEC_PUSH(&flow->galley->blocks);

    block->node = node;
    block->ids = waiting_ids(flow);
    block->first_note = (uint32_t)flow->galley->notes.count;
    block->spread = flow->opened ? OPENED_SPREAD : 0;
    flow->opened = false;
    return block;
}

struct block *flow_box(struct flow *flow, const struct node *node, struct box *box)
{
    struct block *block = flow_block(flow, node);

    block->box[0] = box;
    block->boxes = 1;
    return block;
}

/* Ragged lines show it when they are set longer than they need be, but for long
 * paragraphs. */
static void take_lengths(struct block *block, const struct text_style *style,
                         const struct settings *settings)
{
    const struct setting *all[] = { &settings->best, &settings->shorter, &settings->longer,
                                    &settings->longest };
    bool free = style->align == ALIGN_JUSTIFY
        || (style->align == ALIGN_LEFT && settings->best.count >= RAGGED_LINES);
    int count = free ? BLOCK_LENGTHS : 1;

    for (int i = 0; i < count; i++)
        if (all[i]->line != NULL && all[i]->count > 0)
            block->length[block->lengths++] = *all[i];
}

static void shape_block(struct flow *flow, struct block *block, const struct text_style *style)
{
    dim grid = flow->shared->area.half * 2;

    block->style = style;
    block->before = style->before;
    block->after = style->after;
    block->body = abs(style->leading - grid) <= grid / 50;
}

/* NULL when nothing is to be seen of it. */
static struct block *set_block(struct flow *flow, const struct node *node,
                               const struct text_style *style, const struct room *room,
                               span_list *spans)
{
    size_t count;
    const struct span *span = spans_seal(flow->arena, spans, &count);
    struct settings settings = text_set(flow->typesetter, flow->arena, style, room, span, count,
                                        node->at);
    struct block *block;

    if (settings.best.line == NULL || settings.best.count == 0)
        return NULL;
    block = flow_block(flow, node);
    block->span = span;
    block->span_count = count;
    take_lengths(block, style, &settings);
    shape_block(flow, block, style);
    return block;
}

/* The page's number, right-aligned where the last line ends. */
static const struct box *new_tail(struct flow *flow, dim right)
{
    const struct style *style = flow->shared->style;
    struct making making = {0};
    struct set_text text;

    if (flow->tail == NULL)
        return NULL;
    flow->tail_tone.style = look(flow->looks, style, flow->tail_tone.style, LOOK_LEFT);
    if (flow->tail_tone.style->italic)
        flow->tail_tone.style = look(flow->looks, style, flow->tail_tone.style, LOOK_ITALIC);
    text = text_made(flow, flow->tail, flow->tail_tone, right);
    text_put(flow, &text, right - text_extent(&text), flow->shared->area.drop, &making);
    flow->tail = NULL;
    return box_new(flow->arena, &making, 0);
}

/* Room for that number. */
static dim tail_room(struct flow *flow, const struct text_style *style)
{
    dim digits = flow->tail == NULL ? 0 : (dim)strlen(flow->tail);

    return style->size * (digits + 1) / 2;
}

/* However deep lists and quotations stand in each other, a third is left. */
static struct room room_of(const struct flow *flow, const struct text_style *style,
                           struct frame frame)
{
    struct room room = { .width = flow->galley->column, .left = frame.left + style->left,
                         .right = frame.right + style->right, .indent = style->indent };

    if (room.left > room.width / 2)
        room.left = room.width / 2;
    if (room.right > room.width / 6)
        room.right = room.width / 6;
    return room;
}

/* Text that runs from right to left has at the right what others have at the left. */
static void turn_room(const struct node *node, struct frame frame, struct room *room)
{
    dim left = room->left;

    room->turned = !frame.toc && node_is_rtl(node);
    if (room->turned) {
        room->left = room->right;
        room->right = left;
    }
}

struct block *flow_text(struct flow *flow, const struct node *node,
                        const struct text_style *style, struct frame frame, uint32_t element)
{
    struct tone tone = { .style = style, .lang = frame.lang, .element = element,
                         .toc = frame.toc };
    struct room room = room_of(flow, style, frame);
    span_list spans = {0};
    struct block *block;

    if (room.indent > 0 ? flow->after_heading || frame.label != NULL : frame.hung)
        room.indent = 0;
    spans_of(flow, node, tone, &spans);
    turn_room(node, frame, &room);
    if (flow->opening && !room.turned)
        opening_lead(flow, style, &room, &spans, &frame);
    if (flow->tail != NULL && room.right < tail_room(flow, style))
        room.right = tail_room(flow, style);
    block = set_block(flow, node, style, &room, &spans);
    if (block == NULL)
        return NULL;
    block->tail = new_tail(flow, room.width - frame.right);
    block->label = frame.label;
    block->lead = flow->after_heading;
    flow->after_heading = flow->opening = false;
    flow_notes(flow, frame);
    return &flow->galley->blocks.item[flow->galley->blocks.count - 1];
}

uint32_t flow_element(struct flow *flow, enum element_kind kind, struct frame *frame,
                              const struct node *node)
{
    uint32_t element = galley_element(flow->galley, kind, frame->element);

    if (node->lang != NULL && node->lang != frame->lang) {
        flow->galley->elements.item[element].lang = node->lang;
        frame->lang = node->lang;
    }
    frame->element = element;
    return element;
}

static void flow_paragraph(struct flow *flow, const struct node *node, struct frame frame)
{
    const struct text_style *style = role_style(flow->shared->style, node->role, frame.text);

    if (frame.item && style != frame.text)
        frame.left += frame.text->left;
    flow_element(flow, ELEMENT_P, &frame, node);
    flow_text(flow, node, style, frame, frame.element);
}

/* Ends the section of the block before, if any. */
static void end_section(struct flow *flow)
{
    if (flow->galley->blocks.count > 0)
        flow->galley->blocks.item[flow->galley->blocks.count - 1].last = true;
}

static const struct text_style *heading_style(const struct style *style, const struct node *node)
{
    int level = node->level < 1 ? 1 : node->level > 6 ? 6 : node->level;

    return role_style(style, node->role,
                      style->heading[level].family == NULL ? &style->body : &style->heading[level]);
}

/* A heading stands between the lines of the grid where its space asks for it;
 * at the top of a page it keeps its distance from the text below. */
static void stand_free(struct flow *flow, struct block *block)
{
    int height = halves_of(&flow->shared->area, block->style->leading, block->length[0].count);

    block->body = false;
    if ((height + block->after) % 2 != 0)
        block->sink = 1;
}

static void flow_heading(struct flow *flow, const struct node *node, struct frame frame)
{
    const struct text_style *style = heading_style(flow->shared->style, node);
    struct block *block;

    end_section(flow);
    flow_element(flow, ELEMENT_HEADING, &frame, node);
    flow->galley->elements.item[frame.element].level = node->level;
    flow->opening = false;
    block = flow_text(flow, node, style, frame, frame.element);
    if (block == NULL)
        return;
    block->keep_next = block->whole = true;
    block->spread = block->spread > 1 ? block->spread : 1;
    stand_free(flow, block);
    block->lead = false;
    block->lengths = 1;
    if (node->level == 1)
        block->sink = flow->shared->style->sinkage * 2;
    flow->after_heading = true;
    flow->opened = node->level == 1;
}

void join_blocks(struct galley *galley, size_t first)
{
    for (size_t i = first; i < galley->blocks.count; i++) {
        if (i > first)
            galley->blocks.item[i].before = 0;
        if (i + 1 < galley->blocks.count)
            galley->blocks.item[i].after = 0;
    }
}

static void flow_quote(struct flow *flow, const struct node *node, struct frame frame)
{
    const struct text_style *style = &flow->shared->style->quote;
    size_t first = flow->galley->blocks.count;
    bool lead = flow->after_heading;

    flow_element(flow, ELEMENT_QUOTE, &frame, node);
    if (style->family != NULL) {
        if (frame.quoted)
            frame.left += style->left;
        frame.text = style;
    }
    frame.quoted = true;
    flow->after_heading = true;         /* its first line is not indented */
    flow_blocks(flow, node, frame);
    if (flow->galley->blocks.count > first)
        flow->galley->blocks.item[first].lead = lead;
    flow->after_heading = false;
    join_blocks(flow->galley, first);
}

static void flow_section(struct flow *flow, const struct node *node, struct frame frame)
{
    if (node->role != ROLE_NONE || node->lang != NULL)
        flow_element(flow, node->role == ROLE_INDEX ? ELEMENT_INDEX : ELEMENT_SECT, &frame, node);
    if (node->role == ROLE_OPENING) {
        flow_opening(flow, node, frame);
        return;
    }
    flow->opening = node->role == ROLE_INTRODUCTION;
    if (flow->opening)
        flow->after_heading = true;
    flow_blocks(flow, node, frame);
    flow->opening = false;
}

static void flow_code(struct flow *flow, const struct node *node, struct frame frame)
{
    const struct text_style *style = &flow->shared->style->code;
    struct tone tone = { .style = style, .lang = frame.lang, .keep = true };
    struct room room = room_of(flow, style, frame);
    span_list spans = {0};
    struct block *block;

    flow_element(flow, ELEMENT_P, &frame, node);
    tone.element = galley_element(flow->galley, ELEMENT_CODE, frame.element);
    spans_code(flow->arena, node, tone, &spans);
    block = set_block(flow, node, style, &room, &spans);
    if (block != NULL)
        block->hang = true;
    flow->after_heading = false;
}

/* A break of thought: three stars, or rather asterisks, in the middle. */
static void flow_rule(struct flow *flow, const struct node *node, struct frame frame)
{
    const struct text_style *style = look(flow->looks, flow->shared->style,
                                          &flow->shared->style->body, LOOK_CENTRED);
    struct tone tone = { .style = style, .lang = frame.lang, .element = ELEMENT_ARTIFACT };
    struct room room = room_of(flow, style, frame);
    span_list spans = {0};
    struct block *block;

    room.indent = 0;
    spans_made("* * *", tone, &spans);
    block = set_block(flow, node, style, &room, &spans);
    if (block != NULL) {
        block->keep_next = true;
        block->body = false;            /* in the middle of two lines */
        block->before = block->after = 1;
    }
    flow->after_heading = true;
}

void flow_child(struct flow *flow, const struct node *node, struct frame frame)
{
    static flow_kind *const kinds[NODE_KINDS] = {
        [NODE_SECTION] = flow_section, [NODE_PARAGRAPH] = flow_paragraph,
        [NODE_HEADING] = flow_heading, [NODE_QUOTE] = flow_quote, [NODE_LIST] = flow_list,
        [NODE_CODE_BLOCK] = flow_code, [NODE_RULE] = flow_rule, [NODE_TABLE] = flow_table,
        [NODE_FIGURE] = flow_figure, [NODE_TERMS] = flow_terms,
    };

    if (kinds[node->kind] == NULL)
        return;
    flow_name(flow, node);
    kinds[node->kind](flow, node, frame);
}

void flow_blocks(struct flow *flow, const struct node *node, struct frame frame)
{
    for (const struct node *child = node->first; child != NULL; child = child->next) {
        flow_child(flow, child, frame);
        frame.label = NULL;
        frame.hung = frame.item;
    }
}

void flow_part(struct flow *flow, const struct part *part)
{
    struct galley *galley = flow->galley;
    struct frame frame = { .text = &flow->shared->style->body, .lang = part->language };

    galley->part = part;
    galley->columns = 1;
    galley->column = flow->shared->area.measure;
    galley_element(galley, ELEMENT_PART, 0);
    galley->elements.item[0].lang = part->language;
    if (part->kind == PART_HALF_TITLE || part->kind == PART_TITLE
        || part->kind == PART_DIVISION)
        flow_title(flow, part, frame);
    else if (part->kind == PART_IMPRINT)
        flow_imprint(flow, part, frame);
    else if (part->kind == PART_INDEX)
        flow_index(flow, part, frame);
    else
        flow_blocks(flow, part->body, frame);
    end_section(flow);
    free(flow->ids.item);
    memset(&flow->ids, 0, sizeof flow->ids);
}
