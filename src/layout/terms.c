/* Terms and their details: on a contact page each with its square code, the
 * label beside it; in the directory as a name and lines under it. An address
 * too long for a square code is a warning, and is printed without one. */
#include "layout/flow.h"
#include "base/diag.h"

#include <qrencode.h>

enum { QUIET_MODULES = 4, CODE_LINES = 4 };

static const struct text_style *own_style(const struct style *style, const struct text_style *own)
{
    return own->family == NULL ? &style->body : own;
}

/* ---- Square codes -------------------------------------------------------------- */

static const uint8_t *new_modules(struct arena *arena, const char *text, int *count)
{
    QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
    uint8_t *dark;

    if (code == NULL)
        return NULL;
    *count = code->width;
    dark = arena_alloc(arena, (size_t)code->width * (size_t)code->width);
    for (int i = 0; i < code->width * code->width; i++)
        dark[i] = code->data[i] & 1;
    QRcode_free(code);
    return dark;
}

/* The code with its quiet zone in a square of SIDE. */
static void put_code(struct flow *flow, const struct node *node, uint32_t parent, dim x, dim y,
                     dim side, struct making *making)
{
    int modules = 0;
    const uint8_t *dark = new_modules(flow->keep, node->text, &modules);
    struct item *item;
    dim module;

    if (dark == NULL) {
        diag(DIAG_WARNING, node->at, "address-long",
             "%s is too long for a square code; it is printed without one", node->text);
        return;
    }
    module = side / (modules + 2 * QUIET_MODULES);
    item = VEC_PUSH(&making->items);
    item->kind = ITEM_MATRIX;
    item->element = galley_element(flow->galley, ELEMENT_FIGURE, parent);
    flow->galley->elements.item[item->element].alt = node->alt == NULL ? node->text : node->alt;
    item->x = x + QUIET_MODULES * module;
    item->y = y + QUIET_MODULES * module;
    item->matrix.side = module * modules;
    item->matrix.modules = modules;
    item->matrix.dark = dark;
}

/* ---- Contact pages -------------------------------------------------------------- */

/* An item of a list of terms: each term is a label, all details paragraphs of
 * its one body. */
struct listed { uint32_t item, body; };

static struct listed new_listed(struct galley *galley, uint32_t list)
{
    struct listed listed = { .item = galley_element(galley, ELEMENT_LI, list) };

    listed.body = galley_element(galley, ELEMENT_LBODY, listed.item);
    return listed;
}

static uint32_t listed_element(struct galley *galley, struct listed listed,
                               const struct node *node)
{
    if (node->kind == NODE_TERM)
        return galley_element(galley, ELEMENT_LBL, listed.item);
    return galley_element(galley, ELEMENT_P, listed.body);
}

/* A term with what follows it, up to the next term. */
struct entry {
    const struct node *term, *code, *end;
};

static struct entry entry_from(const struct node *node)
{
    struct entry entry = { .term = node };

    for (node = node->next; node != NULL && node->kind != NODE_TERM; node = node->next)
        if (node->kind == NODE_SQUARE_CODE && entry.code == NULL)
            entry.code = node;
    entry.end = node;
    return entry;
}

static dim put_words(struct flow *flow, const struct entry *entry, struct listed listed,
                     struct frame frame, dim x, dim y, struct making *making)
{
    const struct style *style = flow->shared->style;
    struct tone tone = { .lang = frame.lang };
    dim room = flow->galley->column - x - frame.right;

    for (const struct node *node = entry->term; node != entry->end; node = node->next) {
        bool term = node->kind == NODE_TERM;
        struct set_text text;

        if (node->kind == NODE_SQUARE_CODE)
            continue;
        tone.style = look(flow->looks, style,
                          own_style(style, term ? &style->term : &style->detail), LOOK_LEFT);
        tone.element = listed_element(flow->galley, listed, node);
        text = text_of(flow, node, tone, room);
        y = text_put(flow, &text, x, y, making);
    }
    return y;
}

/* Below a code a line of air; or none but the code's own, to spare a page. */
static void add_air(struct flow *flow, struct block *block)
{
    struct box *airy = ARENA_NEW(flow->arena, struct box);

    *airy = *block->box[0];
    airy->height += 2;
    block->close = block->box[0];
    block->box[0] = airy;
    flow->galley->closes = true;
}

static void flow_entry(struct flow *flow, const struct entry *entry, struct frame frame,
                       bool codes)
{
    const struct area *area = &flow->shared->area;
    dim side = CODE_LINES * 2 * area->half, x = frame.left, y = area->drop, top, end;
    struct listed listed = new_listed(flow->galley, frame.element);
    struct making making = {0};
    struct block *block;
    int height;

    if (codes)
        x += side + area->half;
    top = entry->code != NULL ? y + area->half : y;
    end = put_words(flow, entry, listed, frame, x, top, &making) - y;
    if (entry->code != NULL)
        put_code(flow, entry->code, listed.body, frame.left, 0, side, &making);
    height = halves_of(area, end, 1);
    if (entry->code != NULL && height < CODE_LINES * 2)
        height = CODE_LINES * 2;
    block = flow_box(flow, entry->term, box_new(flow->arena, &making, (height + 1) / 2 * 2));
    block->box[0]->node = entry->term;
    block->body = true;
    if (entry->code != NULL && entry->end != NULL)
        add_air(flow, block);
    else
        block->after = 1;
}

static bool has_codes(const struct node *terms)
{
    for (const struct node *node = terms->first; node != NULL; node = node->next)
        if (node->kind == NODE_SQUARE_CODE)
            return true;
    return false;
}

/* ---- The directory ------------------------------------------------------------- */

static void flow_line(struct flow *flow, const struct node *node, struct frame frame,
                      struct listed listed)
{
    const struct style *style = flow->shared->style;
    const struct text_style *own = own_style(style, node->kind == NODE_TERM ? &style->term
                                                                            : &style->detail);
    struct block *block;

    own = role_style(style, node->role, own);
    if (node->kind == NODE_DETAIL)
        frame.left += style->body.size;
    block = flow_text(flow, node, own, frame, listed_element(flow->galley, listed, node));
    if (block == NULL)
        return;
    block->whole = true;
    block->keep_next = node->next != NULL && node->next->kind != NODE_TERM;
    block->after = node->next != NULL && node->next->kind == NODE_TERM ? 1 : 0;
}

void flow_terms(struct flow *flow, const struct node *terms, struct frame frame)
{
    bool codes = has_codes(terms);
    struct listed listed = {0};

    flow_element(flow, ELEMENT_L, &frame, terms);
    flow->galley->loose = true;
    for (const struct node *node = terms->first; node != NULL; ) {
        flow_name(flow, node);
        if (node->kind == NODE_TERM && terms->role != ROLE_DIRECTORY) {
            struct entry entry = entry_from(node);

            flow_entry(flow, &entry, frame, codes);
            node = entry.end;
            continue;
        }
        if (node->kind == NODE_TERM || listed.item == 0)
            listed = new_listed(flow->galley, frame.element);
        if (node->kind == NODE_TERM || node->kind == NODE_DETAIL)
            flow_line(flow, node, frame, listed);
        node = node->next;
    }
    flow->after_heading = false;
}
