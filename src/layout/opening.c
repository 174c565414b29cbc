/* How a portrait opens: the photograph in its frame or a drawn monogram, name,
 * role and organisation, then the first words of the text as a drop capital or
 * in small capitals. */
#include "layout/flow.h"
#include "base/utf8.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

enum { FRAME_LINES = 6, DROP_LINES = 3, LEAD_CHARACTERS = 18 };

/* ---- Photograph and monogram ------------------------------------------------ */

static void curve(struct shape_step *step, dim x1, dim y1, dim x2, dim y2, dim x, dim y)
{
    *step = (struct shape_step){ SHAPE_CURVE, { x1, x2, x }, { y1, y2, y } };
}

/* A circle of RADIUS around the origin: four curves (the factor is 4/3 (√2 − 1)). */
static struct shape_step *put_circle(struct shape_step *step, dim r)
{
    dim k = (dim)((int64_t)r * 5523 / 10000);

    *step++ = (struct shape_step){ SHAPE_MOVE, { r }, { 0 } };
    curve(step++, r, k, k, r, 0, r);
    curve(step++, -k, r, -r, k, -r, 0);
    curve(step++, -r, -k, -k, -r, 0, -r);
    curve(step++, k, -r, r, -k, r, 0);
    *step++ = (struct shape_step){ .op = SHAPE_CLOSE };
    return step;
}

static struct item *ring_put(struct arena *arena, struct making *making, dim x, dim y, dim radius,
                      dim thickness, struct ink ink)
{
    struct shape_step *steps = ARENA_ARRAY(arena, 12, struct shape_step);
    struct shape_step *end = put_circle(steps, radius);
    struct item *item = VEC_PUSH(&making->items);

    if (thickness < radius)
        end = put_circle(end, radius - thickness);
    item->kind = ITEM_SHAPE;
    item->element = ELEMENT_ARTIFACT;
    item->x = x;
    item->y = y;
    item->ink = ink;
    item->shape.step = steps;
    item->shape.count = (uint32_t)(end - steps);
    item->shape.even_odd = true;
    return item;
}

/* The height of the frame: from the top of a capital to the baseline of the
 * last of its lines. */
static dim frame_side(const struct area *area)
{
    return (FRAME_LINES - 1) * 2 * area->half + area->drop * 2 / 3;
}

static dim frame_left(const struct flow *flow, const struct text_style *name, dim side)
{
    dim free = flow->galley->column - side;

    return name->align == ALIGN_CENTRE ? free / 2 : name->align == ALIGN_RIGHT ? free : 0;
}

/* Of a monogram's letters, in hundredths of its frame: three need room. */
static int letters_size(const char *text)
{
    return utf8_length(text, strlen(text)) > 2 ? 31 : 38;
}

static void put_monogram(struct flow *flow, const struct node *node, const struct text_style *name,
                         const char *lang, dim x, dim y, dim side, struct making *making)
{
    const struct text_style *letters
        = look(flow->looks, flow->shared->style,
               look_sized(flow->looks, name, side * letters_size(node->text) / 100), LOOK_LEFT);
    struct tone tone = { .style = letters, .lang = lang, .element = ELEMENT_ARTIFACT };
    const struct face *face = typesetter_face(flow->typesetter, letters);
    struct set_text text = text_made(flow, node->text, tone, flow->galley->column);
    dim radius = side / 2, width = text_extent(&text);

    ring_put(flow->keep, making, x + radius, y + radius, radius, side / 90, name->ink);
    ring_put(flow->keep, making, x + radius, y + radius, radius - side / 28, side / 220,
             name->ink);
    text_put(flow, &text, x + radius - width / 2, y + radius + face->cap_height / 2, making);
}

/* The credit of the photograph, below all that names the person. */
static void flow_credit(struct flow *flow, const struct node *figure, struct frame frame)
{
    const struct style *style = flow->shared->style;
    const struct text_style *credit = role_style(style, ROLE_CREDIT, &style->caption);

    if (figure == NULL || figure->first == NULL || figure->first->kind != NODE_PARAGRAPH)
        return;
    if (role_style(style, ROLE_NAME, &style->heading[1])->align == ALIGN_CENTRE)
        credit = look(flow->looks, style, credit, LOOK_CENTRED);
    frame.element = galley_element(flow->galley, ELEMENT_CAPTION, frame.element);
    flow_text(flow, figure->first, credit, frame, frame.element);
}

static void flow_frame(struct flow *flow, const struct node *node, struct frame frame,
                       const struct text_style *name)
{
    const struct area *area = &flow->shared->area;
    dim side = frame_side(area), x = frame_left(flow, name, side);
    dim y = FRAME_LINES * 2 * area->half - (2 * area->half - area->drop) - side;
    struct making making = {0};
    struct block *block;

    if (node->kind == NODE_FIGURE) {
        photo_put(&making, node->picture, flow_picture(flow, node, &frame), x, y, side, side);
    } else {
        put_monogram(flow, node, name, frame.lang, x, y, side, &making);
    }
    flow_name(flow, node);
    block = flow_box(flow, node, box_new(flow->arena, &making, FRAME_LINES * 2));
    block->body = block->keep_next = true;
    block->sink = flow->shared->style->sinkage * 2;
}

static bool is_frame(const struct node *node)
{
    if (node->kind == NODE_MONOGRAM)
        return node->text != NULL;
    return node->kind == NODE_FIGURE && node->picture != NULL && node->picture->width > 0
        && node->picture->height > 0;
}

/* At least a line between the opening and the text. */
static void open_space(struct block *block)
{
    if (block->after < 2)
        block->after = 2;
}

void flow_opening(struct flow *flow, const struct node *node, struct frame frame)
{
    const struct style *style = flow->shared->style;
    const struct text_style *name = role_style(style, ROLE_NAME, &style->heading[1]);
    const struct node *first = node->first;
    size_t start = flow->galley->blocks.count;

    if (first != NULL && is_frame(first))
        flow_frame(flow, first, frame, name);
    frame.text = role_style(style, ROLE_JOB, &style->body);
    for (const struct node *child = first; child != NULL; child = child->next)
        if (!is_frame(child) && child->kind != NODE_FIGURE)
            flow_child(flow, child, frame);
    flow_credit(flow, first, frame);
    for (size_t i = start; i < flow->galley->blocks.count; i++) {
        struct block *block = &flow->galley->blocks.item[i];

        block->keep_next = block->whole = true;
        block->lead = block->last = false;
        block->spread = 0;
        block->lengths = block->lengths > 0;
        if (i > start)
            block->sink = 0;
    }
    if (flow->galley->blocks.count > start)
        open_space(&flow->galley->blocks.item[flow->galley->blocks.count - 1]);
    flow->after_heading = flow->opened = true;
}

/* ---- First words -------------------------------------------------------------- */

/* Bytes of the first letter and the marks on it; 0 when the text does not begin
 * with a letter. */
static size_t first_letter(const struct span *span)
{
    const char *text = span->text, *end = text + span->bytes, *after;
    uint32_t code = utf8_next(&text, end);

    if (!g_unichar_isalpha(code))
        return 0;
    for (after = text; text < end; after = text)
        if (!g_unichar_ismark(utf8_next(&text, end)))
            break;
    return (size_t)(after - span->text);
}

static void cut_start(struct span *span, size_t bytes)
{
    span->text += bytes;
    span->offset += bytes;
    span->bytes -= bytes;
}

/* Is there text enough to stand beside a drop capital? */
static bool is_long(struct flow *flow, const span_list *spans, const struct room *room)
{
    return text_width(flow->typesetter, spans->item, spans->count)
        > (DROP_LINES - 1) * (int64_t)(room->width - room->left - room->right);
}

static void drop_capital(struct flow *flow, const struct text_style *style, struct room *room,
                         struct span *span, struct frame *frame)
{
    const struct area *area = &flow->shared->area;
    const struct face *face = typesetter_face(flow->typesetter, style);
    dim height = (DROP_LINES - 1) * 2 * area->half + face->cap_height;
    const struct text_style *big;
    size_t bytes = first_letter(span);
    struct tone tone = { .lang = span->lang, .element = span->element };
    struct making making = {0};
    struct set_text text;
    dim baseline = (DROP_LINES - 1) * 2 * area->half + area->drop;

    if (bytes == 0 || face->cap_height <= 0)
        return;
    big = look_sized(flow->looks, style, (dim)((int64_t)style->size * height / face->cap_height));
    tone.style = look(flow->looks, flow->shared->style, big, LOOK_LEFT);
    text = text_made(flow, arena_strndup(flow->keep, span->text, bytes), tone, room->width);
    text_put(flow, &text, frame->left + style->left, baseline, &making);
    room->short_lines = DROP_LINES;
    room->short_left = text_extent(&text) + style->size / 6;
    frame->label = box_new(flow->arena, &making, DROP_LINES * 2);
    cut_start(span, bytes);
}

/* Where the lead-in ends: at a space after some characters. */
static size_t lead_end(const struct span *span)
{
    size_t count = 0;

    for (size_t i = 0; i < span->bytes; i++) {
        count += ((unsigned char)span->text[i] & 0xC0) != 0x80;
        if (span->text[i] == ' ' && count > LEAD_CHARACTERS)
            return i;
    }
    return span->bytes;
}

static void small_capitals(struct flow *flow, span_list *spans, size_t index)
{
    const struct text_style *lead = &flow->shared->style->lead_in;
    size_t end = lead_end(&spans->item[index]);
    struct span rest = spans->item[index];

    if (lead->family == NULL)
        return;
    cut_start(&rest, end);
    spans->item[index].bytes = end;
    spans->item[index].style = lead;
    if (rest.bytes == 0)
        return;
    (void)VEC_PUSH(spans);
    memmove(&spans->item[index + 2], &spans->item[index + 1],
            (spans->count - index - 2) * sizeof *spans->item);
    spans->item[index + 1] = rest;
}

void opening_lead(struct flow *flow, const struct text_style *style, struct room *room,
                  span_list *spans, struct frame *frame)
{
    size_t index = 0;

    while (index < spans->count && spans->item[index].kind == SPAN_MARK)
        index++;
    if (index == spans->count || spans->item[index].kind != SPAN_TEXT
        || spans->item[index].node == NULL)
        return;
    if (flow->shared->style->opening == OPENING_DROP_CAP && frame->label == NULL
        && is_long(flow, spans, room))
        drop_capital(flow, style, room, &spans->item[index], frame);
    else if (flow->shared->style->opening == OPENING_SMALL_CAPS)
        small_capitals(flow, spans, index);
}
