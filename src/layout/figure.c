/* Pictures: scaled whole to the measure, in several sizes for the pagination to
 * choose from, with captions and credits; photographs cropped to a frame. A
 * picture too coarse for print is a warning. */
#include "layout/flow.h"
#include "base/diag.h"
#include "base/utf8.h"

#include <math.h>
#include <string.h>

enum { GOOD_DPI = 300 };

static void check_resolution(const struct picture *picture, int64_t pixels, dim length)
{
    double dpi = (double)pixels * 72.0 / PT_OF_DIM(length);

    if (length > 0 && dpi < GOOD_DPI - 5 && picture->kind != PICTURE_SVG)
        diag(DIAG_WARNING, picture->at, "picture-coarse",
             "%s prints at %d dots per inch; give a picture at least %.1f × as wide and as high",
             picture->path, (int)dpi, ceil(10 * GOOD_DPI / (dpi > 1 ? dpi : 1)) / 10);
}

static void picture_put(struct making *making, const struct picture *picture, uint32_t element,
                 dim x, dim y, dim width, dim height)
{
    struct item *item = VEC_PUSH(&making->items);

    item->kind = ITEM_PICTURE;
    item->element = element;
    item->x = x;
    item->y = y;
    item->picture.picture = picture;
    item->picture.width = width;
    item->picture.height = height;
}

void photo_put(struct making *making, const struct picture *picture, uint32_t element,
               dim x, dim y, dim width, dim height)
{
    int64_t w = (int64_t)picture->width * 1024, h = (int64_t)picture->height * 1024;
    struct item *item;

    picture_put(making, picture, element, x, y, width, height);
    item = &making->items.item[making->items.count - 1];
    if (w * height > h * width) {               /* too wide: the middle */
        item->picture.crop_width = (dim)(h * width / height);
        item->picture.crop_height = (dim)h;
        item->picture.crop_x = (dim)((w - item->picture.crop_width) / 2);
    } else {                                    /* too high: the upper part, where faces are */
        item->picture.crop_width = (dim)w;
        item->picture.crop_height = (dim)(w * height / width);
        item->picture.crop_y = (dim)((h - item->picture.crop_height) / 4);
    }
    check_resolution(picture, item->picture.crop_height / 1024, height);
}

/* How high the picture may be: the measure's width, two thirds of a page, and
 * no coarser than 300 dpi unless it would be a stamp. */
static dim best_height(const struct flow *flow, const struct picture *picture, dim room)
{
    const struct area *area = &flow->shared->area;
    int64_t width = room;
    int64_t natural = (int64_t)picture->width * 72 * 1024 / GOOD_DPI;
    dim height, most = area->half * 2 * (area->lines * 2 / 3);

    if (natural < width && picture->kind != PICTURE_SVG)
        width = natural > room / 2 ? natural : room / 2;
    height = (dim)(width * picture->height / picture->width);
    return height < most ? height : most;
}

static const struct text_style *caption_style(const struct style *style, const struct node *node)
{
    const struct text_style *caption = style->caption.family == NULL ? &style->body
                                                                     : &style->caption;

    return role_style(style, node->role, caption);
}

/* The picture in HALVES half lines, with half a line's air about it; what else is
 * left stands above, so that a caption is as near as any. */
static struct box *new_sized(struct flow *flow, const struct node *node, uint32_t element,
                             dim room, dim left, int halves)
{
    const struct area *area = &flow->shared->area;
    const struct picture *picture = node->picture;
    struct making making = {0};
    dim top = area->drop / 4, most = halves * area->half - area->half, height = most, width;
    struct box *box;

    width = (dim)((int64_t)height * picture->width / picture->height);
    if (width > room) {
        width = room;
        height = (dim)((int64_t)room * picture->height / picture->width);
        top += most - height;
    }
    if (caption_style(flow->shared->style, node)->align == ALIGN_CENTRE)
        left += (room - width) / 2;
    picture_put(&making, picture, element, left, top, width, height);
    box = box_new(flow->arena, &making, halves);
    box->node = node;
    return box;
}

static void add_sizes(struct flow *flow, struct block *block, const struct node *node,
                      uint32_t element, struct frame frame)
{
    const struct area *area = &flow->shared->area;
    dim room = flow->galley->column - frame.left - frame.right;
    dim height = best_height(flow, node->picture, room);
    int best = (height + area->half * 2) / (area->half * 2) * 2 + 1;

    check_resolution(node->picture, node->picture->height, height);
    for (int i = 0; i < BOX_SIZES && best - 2 * i >= best * 6 / 10 && best - 2 * i > 4; i++) {
        block->box[i] = new_sized(flow, node, element, room, frame.left, best - 2 * i);
        block->box[i]->cost = (int64_t)i * 20000;
        block->boxes = i + 1;
    }
    if (block->boxes == 0) {
        block->box[0] = new_sized(flow, node, element, room, frame.left, best);
        block->boxes = 1;
    }
}

static void add_captions(struct flow *flow, const struct node *node, struct frame frame)
{
    frame.element = galley_element(flow->galley, ELEMENT_CAPTION, frame.element);
    for (const struct node *child = node->first; child != NULL; child = child->next) {
        const struct text_style *style = caption_style(flow->shared->style, child);
        struct block *block;

        if (child->kind != NODE_PARAGRAPH)
            continue;
        flow_name(flow, child);
        flow->galley->blocks.item[flow->galley->blocks.count - 1].keep_next = true;
        flow->after_heading = true;
        block = flow_text(flow, child, style, frame, frame.element);
        if (block != NULL) {
            block->whole = block->hang = true;
            block->lead = block->body = false;  /* near the picture, whatever the grid */
        }
    }
}

uint32_t flow_picture(struct flow *flow, const struct node *node, struct frame *frame)
{
    const char *words = node->alt;
    uint32_t element;

    if (words == NULL || utf8_blank(words))
        words = node_flat(flow->keep, node);
    if (utf8_blank(words))
        return ELEMENT_ARTIFACT;
    element = flow_element(flow, ELEMENT_FIGURE, frame, node);
    flow->galley->elements.item[element].alt = words;
    return element;
}

void flow_figure(struct flow *flow, const struct node *node, struct frame frame)
{
    const struct picture *picture = node->picture;
    bool after_heading = flow->after_heading;
    struct block *block;
    uint32_t element;

    if (picture == NULL || picture->width <= 0 || picture->height <= 0)
        return;
    element = flow_picture(flow, node, &frame);
    block = flow_block(flow, node);
    block->before = 1;
    block->after = 1;
    block->lead = after_heading;
    add_sizes(flow, block, node, element, frame);
    add_captions(flow, node, frame);
    flow->galley->blocks.item[flow->galley->blocks.count - 1].after = 1;
    flow->after_heading = false;
}
