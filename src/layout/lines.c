/* Texts set for boxes, and lines put where they belong with their links. */
#include "layout/flow.h"

#include <stdlib.h>
#include <string.h>

static struct set_text set_spans(struct flow *flow, span_list *spans, struct tone tone, dim width,
                                 struct place at)
{
    struct set_text text = { .style = tone.style };
    struct room room = { .width = width };

    text.span = spans_seal(flow->arena, spans, &text.count);
    if (text.count > 0)
        text.setting = text_set(flow->typesetter, flow->arena, tone.style, &room, text.span,
                                text.count, at).best;
    return text;
}

struct set_text text_of(struct flow *flow, const struct node *node, struct tone tone, dim width)
{
    span_list spans = {0};

    spans_of(flow, node, tone, &spans);
    return set_spans(flow, &spans, tone, width, node->at);
}

struct set_text text_made(struct flow *flow, const char *words, struct tone tone, dim width)
{
    span_list spans = {0};

    spans_made(words, tone, &spans);
    return set_spans(flow, &spans, tone, width, (struct place){0});
}

dim text_put(struct flow *flow, const struct set_text *text, dim x, dim y, struct making *making)
{
    for (int i = 0; i < text->setting.count; i++) {
        line_put(flow->galley, flow->arena, &text->setting.line[i], text->span, x, y, making);
        y += text->style->leading;
    }
    return y;
}

dim text_extent(const struct set_text *text)
{
    dim widest = 0;

    for (int i = 0; i < text->setting.count; i++)
        if (text->setting.line[i].width > widest)
            widest = text->setting.line[i].width;
    return widest;
}

void rule_put(struct making *making, dim x, dim y, dim width, dim height, struct ink ink)
{
    struct item *item = VEC_PUSH(&making->items);

    item->kind = ITEM_RULE;
    item->element = ELEMENT_ARTIFACT;
    item->x = x;
    item->y = y;
    item->ink = ink;
    item->rule.width = width;
    item->rule.height = height;
}

struct putting { const struct galley *galley; struct making *making; };

static void put_linked(void *context, uint32_t link, uint32_t element,
                       dim x, dim y, dim width, dim height)
{
    struct putting *putting = context;
    const struct link_seed *seed = &putting->galley->seeds.item[link - 1];

    (void)element;
    *VEC_PUSH(&putting->making->links) = (struct link){
        .x = x, .y = y, .width = width, .height = height, .url = seed->url,
        .target = seed->target, .contents = seed->contents, .element = seed->element,
    };
}

void line_put(const struct galley *galley, struct arena *arena, const struct set_line *line,
              const struct span *span, dim x, dim y, struct making *making)
{
    struct putting putting = { galley, making };

    set_line_put(arena, line, span, x, y, &making->items, put_linked, &putting);
}

void items_copy(struct arena *arena, const struct item *from, size_t count, struct item *to)
{
    if (count > 0)
        memcpy(to, from, count * sizeof *to);
    for (size_t i = 0; i < count; i++) {
        struct word *words;

        if (to[i].kind != ITEM_WORDS || to[i].words.count == 0)
            continue;
        words = ARENA_ARRAY(arena, to[i].words.count, struct word);
        memcpy(words, from[i].words.word, to[i].words.count * sizeof *words);
        to[i].words.word = words;
    }
}
