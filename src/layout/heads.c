/* Running heads and folios: the book's title on a verso, the person or the
 * part on a recto, the page's label at the foot; nothing above an opening, and
 * on title pages, imprint and blank pages no folio either. */
#include "layout/job.h"

#include <string.h>

static dim aligned(const struct text_style *style, dim measure, dim width, bool verso)
{
    if (style->align == ALIGN_CENTRE)
        return (measure - width) / 2;
    return verso ? 0 : measure - width;         /* at the outer edge */
}

/* WORDS, or as many of them as fit in ROOM with an ellipsis, on one line. */
static struct set_text set_head(struct flow *flow, const char *words, struct tone tone, dim room)
{
    struct set_text text = text_made(flow, words, tone, room);
    char *shorter = arena_strdup(flow->arena, words), *space;

    while (text.setting.count > 1 && (space = strrchr(shorter, ' ')) != NULL) {
        *space = '\0';
        text = text_made(flow, arena_printf(flow->keep, "%s…", shorter), tone, room);
    }
    return text;
}

static void put_head(struct layout *layout, struct flow *flow, const char *words,
                     const struct text_style *style, bool verso, dim y, struct making *making)
{
    const struct text_style *flat = look(flow->looks, layout->style, style, LOOK_LEFT);
    struct tone tone = { .style = flat, .lang = layout->book->language,
                         .element = ELEMENT_ARTIFACT };
    dim measure = layout->shared.area.measure;
    struct set_text text = set_head(flow, words, tone, measure);
    dim x = aligned(style, measure, text_extent(&text), verso);

    if (text.setting.count > 0)
        line_put(flow->galley, flow->arena, text.setting.line, text.span, x, y, making);
}

static bool has_folio(const struct part *part)
{
    return part->kind != PART_HALF_TITLE && part->kind != PART_TITLE
        && part->kind != PART_IMPRINT && part->kind != PART_DIVISION;
}

static const char *head_words(const struct layout *layout, const struct part *part, bool verso)
{
    if (verso)
        return layout->book->title;
    return part->portrait != NULL ? part->portrait->name : part->title;
}

void heads_put(struct layout *layout, struct flow *flow, const struct part *part,
               uint32_t number, bool opening, struct making *making)
{
    const struct area *area = &layout->shared.area;
    const struct style *style = layout->style;
    dim grid = 2 * area->half, first = area->top + area->drop;
    dim foot = first + (area->lines - 1) * grid;
    dim above = first > 3 * grid ? 2 * grid : 3 * area->half;
    bool verso = number % 2 == 1;
    const char *words = head_words(layout, part, verso);

    if (!opening && words != NULL)
        put_head(layout, flow, words, &style->running_head, verso, first - above, making);
    if (has_folio(part))
        put_head(layout, flow, layout->label[number], &style->folio, verso, foot + 2 * grid,
                 making);
}
