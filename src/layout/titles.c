/* Pages that are composed as a whole: half-title, title page, those that open a
 * division; the imprint at the foot of its page; and the index, in two columns
 * under its heading. */
#include "layout/flow.h"
#include "layout/paginate.h"

#include <string.h>

/* Where the texts of a title page stand, in hundredths of the page's lines. */
static int standing(const struct node *node, int after)
{
    switch (node->role) {
    case ROLE_HALF_TITLE: case ROLE_TITLE: return 24;
    case ROLE_EDITOR: return after < 52 ? 52 : after;
    case ROLE_EDITION: return after < 66 ? 66 : after;
    case ROLE_PUBLISHER: return after < 95 ? 95 : after;
    default: return after;
    }
}

static const struct text_style *title_style(struct flow *flow, const struct node *node)
{
    const struct style *style = flow->shared->style;
    const struct text_style *own = node->kind == NODE_HEADING ? &style->heading[1] : &style->body;

    if (node->role == ROLE_HALF_TITLE)
        own = role_style(style, ROLE_TITLE, own);
    own = role_style(style, node->role, own);
    return look(flow->looks, style, own, LOOK_CENTRED);
}

static uint32_t title_element(struct flow *flow, const struct node *node, struct frame frame)
{
    uint32_t element = galley_element(flow->galley, node->kind == NODE_HEADING ? ELEMENT_HEADING
                                                                              : ELEMENT_P,
                                      frame.element);

    flow->galley->elements.item[element].level = node->level;
    flow->galley->elements.item[element].lang = node->lang;
    return element;
}

void flow_title(struct flow *flow, const struct part *part, struct frame frame)
{
    const struct area *area = &flow->shared->area;
    int total = area->lines * 2, q = total * (part->kind == PART_TITLE ? 0 : 24) / 100;
    struct making making = {0};

    for (const struct node *node = part->body->first; node != NULL; node = node->next) {
        struct tone tone = { .style = title_style(flow, node), .lang = frame.lang,
                             .element = title_element(flow, node, frame) };
        struct set_text text = text_of(flow, node, tone, area->measure);
        int height = halves_of(area, text.setting.count * text.style->leading, 1);

        q = total * standing(node, q * 100 / total + 1) / 100;
        if (q + height > total)
            q = total - height;
        text_put(flow, &text, 0, q * area->half + area->drop, &making);
        q += height + text.style->after;
    }
    flow_name(flow, part->body);
    flow_box(flow, part->body, box_new(flow->arena, &making, total))->body = true;
}

/* The same lines as anywhere, pushed down by a box of air above them. */
void flow_imprint(struct flow *flow, const struct part *part, struct frame frame)
{
    const struct style *style = flow->shared->style;
    struct galley *galley = flow->galley;
    int height = 0;

    frame.text = look(flow->looks, style, role_style(style, ROLE_IMPRINT_LINE, &style->note),
                      LOOK_LEFT);
    flow_blocks(flow, part->body, frame);
    for (size_t i = 0; i < galley->blocks.count; i++) {
        struct block *block = &galley->blocks.item[i];

        block->body = false;
        height += block_height(&flow->shared->area, block, 0, block->length[0].count);
        block->after = 1;
        height += 1;
    }
    if (galley->blocks.count > 0 && height <= flow->shared->area.lines * 2)
        galley->blocks.item[0].sink = flow->shared->area.lines * 2 - height + 1;
}

/* The heading over both columns of the first page. */
static void take_head(struct flow *flow)
{
    struct galley *galley = flow->galley;
    const struct area *area = &flow->shared->area;
    const struct block *block = &galley->blocks.item[0];
    struct making making = {0};
    struct set_text text = { .style = block->style, .span = block->span,
                             .setting = block->length[0] };
    int height = block->sink
        + halves_of(area, block->style->leading, text.setting.count) + block->after;

    text_put(flow, &text, 0, block->sink * area->half + area->drop
             + (block->style->leading - 2 * area->half), &making);
    galley->head = box_new(flow->arena, &making, (height + 1) / 2 * 2);
    galley->blocks.count = 0;
}

/* Two entries at least stand together at either end of a letter. */
static void hold_ends(struct galley *galley, size_t first)
{
    size_t count = galley->blocks.count;

    for (size_t i = first; i < count; i++)
        galley->blocks.item[i].keep_next = i + 1 < count && (i < first + 2 || i + 3 > count);
}

void flow_index(struct flow *flow, const struct part *part, struct frame frame)
{
    struct galley *galley = flow->galley;
    const struct node *first = part->body->first;

    if (first != NULL && first->kind == NODE_HEADING) {
        flow_child(flow, first, frame);
        if (galley->blocks.count > 0)
            take_head(flow);
        first = first->next;
    }
    galley->loose = true;
    galley->columns = 2;
    galley->gutter = 3 * flow->shared->area.half;
    galley->column = (flow->shared->area.measure - galley->gutter) / 2;
    for (; first != NULL; first = first->next) {
        size_t letter = galley->blocks.count;

        flow_child(flow, first, frame);
        hold_ends(galley, letter);
    }
}
