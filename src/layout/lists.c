/* Lists: numbers and marks stand before the first paragraph of an item; a table
 * of contents is a list without marks. */
#include "layout/flow.h"

#include <string.h>

static bool has_marks(const struct node *list)
{
    return list->role != ROLE_TOC && list->role != ROLE_READING && list->role != ROLE_INDEX;
}

static const char *mark_of(struct flow *flow, const struct node *list, int number, bool nested)
{
    if (list->ordered)
        return arena_printf(flow->keep, "%d.", number);
    return nested ? "–" : "•";
}

/* More room than the style's for the marks of LIST: that of its widest number. */
static dim number_room(const struct node *list, const struct text_style *style)
{
    int last = list->start - 1;

    for (const struct node *item = list->first; item != NULL; item = item->next)
        last++;
    if (!list->ordered || last < 10)
        return 0;
    return last < 100 ? style->size / 2 : style->size;
}

/* The mark in a box whose baseline is that of a line of the grid, before a text
 * whose edge is ROOM from the left, or TURNED from the right. */
static const struct box *new_mark(struct flow *flow, const char *mark, struct tone tone,
                                  dim room, bool turned)
{
    struct making making = {0};
    struct set_text text = text_made(flow, mark, tone, room);
    dim gap = tone.style->size * 2 / 5;
    dim x = turned ? flow->galley->column - room + gap : room - gap - text_extent(&text);

    text_put(flow, &text, x, flow->shared->area.drop, &making);
    return box_new(flow->arena, &making, 2);
}

/* Where marks end: at the edge of the items' text. */
static dim mark_room(const struct flow *flow, struct frame frame)
{
    dim left = frame.left + frame.text->left;

    return left < flow->galley->column / 2 ? left : flow->galley->column / 2;
}

static enum role item_role(const struct node *item)
{
    for (const struct node *node = item; node != NULL; node = node->parent)
        if (node->kind == NODE_ITEM && node != item && node->role == ROLE_TOC_ENTRY)
            return ROLE_TOC_DETAIL;
    return item->role;
}

static const struct text_style *item_style(const struct style *style, const struct node *item,
                                           const struct text_style *base)
{
    return role_style(style, item_role(item), base);
}

/* An entry of some short paragraphs is not cut. */
static void hold_together(struct galley *galley, size_t first)
{
    join_blocks(galley, first);
    for (size_t i = first; i + 1 < galley->blocks.count; i++)
        galley->blocks.item[i].keep_next = true;
}

static void flow_item(struct flow *flow, const struct node *item, struct frame frame)
{
    struct galley *galley = flow->galley;
    enum element_kind kind = frame.toc ? ELEMENT_TOCI : ELEMENT_LI;
    size_t first = galley->blocks.count;

    flow_name(flow, item);
    flow_element(flow, kind, &frame, item);
    if (!frame.toc)
        frame.element = galley_element(galley, ELEMENT_LBODY, frame.element);
    frame.text = item_style(flow->shared->style, item, frame.text);
    frame.hung = false;
    frame.item = true;
    flow_blocks(flow, item, frame);
    if (!frame.toc)
        hold_together(galley, first);
}

/* In the table of contents what follows a division, and is not in it, stands as far
 * below as the next division would. */
static void leave_division(struct flow *flow, const struct node *before, size_t first)
{
    const struct text_style *style = item_style(flow->shared->style, before, NULL);
    struct galley *galley = flow->galley;

    if (style != NULL && first < galley->blocks.count
        && galley->blocks.item[first].before < style->before)
        galley->blocks.item[first].before = style->before;
}

static void flow_marked(struct flow *flow, const struct node *item, struct frame frame,
                        const char *mark)
{
    struct tone tone = { .style = look(flow->looks, flow->shared->style, frame.text, LOOK_LEFT),
                         .lang = frame.lang };

    flow_name(flow, item);
    flow_element(flow, ELEMENT_LI, &frame, item);
    tone.element = galley_element(flow->galley, ELEMENT_LBL, frame.element);
    frame.label = new_mark(flow, mark, tone, mark_room(flow, frame), node_is_rtl(item));
    frame.element = galley_element(flow->galley, ELEMENT_LBODY, frame.element);
    flow_blocks(flow, item, frame);
}

/* A list stands as far from the text as its paragraphs from each other. */
static void set_apart(struct galley *galley, size_t first, const struct text_style *text)
{
    struct block *block = galley->blocks.item;

    if (galley->blocks.count == first)
        return;
    if (block[first].before < text->before)
        block[first].before = text->before;
    if (block[galley->blocks.count - 1].after < text->after)
        block[galley->blocks.count - 1].after = text->after;
}

static bool is_one_line(const struct block *block)
{
    return block->boxes == 0 && block->length[0].count == 1;
}

/* Neither the first line of a list nor the last stands alone, if that can be. */
static void hold_ends(struct galley *galley, size_t first)
{
    struct block *block = &galley->blocks.item[first];
    size_t count = galley->blocks.count - first;

    if (count < 3)
        return;
    if (is_one_line(&block[0]))
        block[0].cling = true;
    if (is_one_line(&block[count - 1]))
        block[count - 2].cling = true;
}

void flow_list(struct flow *flow, const struct node *list, struct frame frame)
{
    const struct style *style = flow->shared->style;
    const struct text_style *around = frame.text;
    size_t first = flow->galley->blocks.count;
    bool marks = has_marks(list), nested = frame.marked;
    int number = list->start == 0 && !list->ordered ? 1 : list->start;
    const struct node *before = NULL;

    if (marks && first > 0 && !nested)
        flow->galley->blocks.item[first - 1].cling = true;
    frame.toc = list->role == ROLE_TOC;
    flow_element(flow, frame.toc ? ELEMENT_TOC : ELEMENT_L, &frame, list);
    flow->galley->elements.item[frame.element].ordered = list->ordered;
    frame.label = NULL;
    if (marks) {
        if (nested)
            frame.left += frame.text->left;
        frame.text = style->item.family == NULL ? &style->body : &style->item;
        frame.left += number_room(list, frame.text);
        frame.marked = true;
    }
    for (const struct node *item = list->first; item != NULL; item = item->next, number++) {
        size_t start = flow->galley->blocks.count;

        if (marks)
            flow_marked(flow, item, frame, mark_of(flow, list, number, nested));
        else
            flow_item(flow, item, frame);
        if (before != NULL && before->role == ROLE_TOC_PART)
            leave_division(flow, before, start);
        before = item;
    }
    if (marks && !nested) {
        set_apart(flow->galley, first, around);
        hold_ends(flow->galley, first);
    }
}
