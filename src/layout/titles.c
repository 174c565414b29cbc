/* Pages that are composed as a whole: half-title, title page, those that open a
 * division; the imprint at the foot of its page; and the index, in two columns
 * under its heading. */
#include "layout/flow.h"
#include "layout/paginate.h"

#include <string.h>

/* At PLACE, or apart from what ends at AFTER where that comes lower. */
static int stand(int place, int after)
{
    return after < place ? place : after + 4;
}

/* Where the texts of a title page stand, in hundredths of the page's lines. */
static int standing(const struct node *node, int after)
{
    switch (node->role) {
    case ROLE_HALF_TITLE: case ROLE_TITLE: return 24;
    case ROLE_EDITOR: return stand(52, after);
    case ROLE_EDITION: return stand(66, after);
    case ROLE_PUBLISHER: return stand(95, after);
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

/* A text of a title page; half lines from the head of the page. */
struct stood {
    struct set_text text;
    int at, height;
};

static struct stood *stand_texts(struct flow *flow, const struct part *part, struct frame frame,
                                 int total, size_t *count)
{
    const struct area *area = &flow->shared->area;
    int at = total * (part->kind == PART_TITLE ? 0 : 24) / 100;
    struct stood *texts, *stood;

    *count = 0;
    for (const struct node *node = part->body->first; node != NULL; node = node->next)
        ++*count;
    stood = texts = ARENA_ARRAY(flow->arena, *count, struct stood);
    for (const struct node *node = part->body->first; node != NULL; node = node->next, stood++) {
        struct tone tone = { .style = title_style(flow, node), .lang = frame.lang,
                             .element = title_element(flow, node, frame) };

        stood->text = text_of(flow, node, tone, area->measure);
        stood->height = halves_of(area, stood->text.setting.count * tone.style->leading, 1);
        stood->at = total * standing(node, at * 100 / total + 1) / 100;
        at = stood->at + stood->height + tone.style->after;
    }
    return texts;
}

/* Where they are many or long, those before make room for the last, a half line
 * apart; none ever stands on another. */
static void make_room(struct stood *texts, size_t count, int total)
{
    int foot = total;

    for (size_t i = count; i-- > 0; foot = texts[i].at - 1)
        if (texts[i].at + texts[i].height > foot)
            texts[i].at = foot - texts[i].height;
    foot = 0;
    for (size_t i = 0; i < count; foot = texts[i].at + texts[i].height, i++)
        if (texts[i].at < foot)
            texts[i].at = foot;
}

void flow_title(struct flow *flow, const struct part *part, struct frame frame)
{
    const struct area *area = &flow->shared->area;
    int total = area->lines * 2;
    struct making making = {0};
    size_t count;
    struct stood *texts = stand_texts(flow, part, frame, total, &count);

    make_room(texts, count, total);
    for (size_t i = 0; i < count; i++)
        text_put(flow, &texts[i].text, 0, texts[i].at * area->half + area->drop, &making);
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
