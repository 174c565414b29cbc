/* Notes at the foot of the page: found by their marks among a block's spans,
 * set in the style of notes as a galley of lines of their own. */
#include "layout/flow.h"

#include <stdlib.h>
#include <string.h>

static void number_note(struct flow *flow, const struct note *note, struct frame *frame)
{
    struct galley *galley = flow->galley;
    const struct text_style *style = &flow->shared->style->note;
    struct tone tone = { .style = look(flow->looks, flow->shared->style, style, LOOK_LEFT),
                         .lang = frame->lang };
    struct set_text text;
    struct making making = {0};

    frame->element = galley_element(galley, ELEMENT_NOTE, frame->element);
    galley->elements.item[frame->element].id = note->id;
    tone.element = galley_element(galley, ELEMENT_LBL, frame->element);
    text = text_made(flow, arena_printf(flow->keep, "%d.", note->number), tone, galley->column);
    text_put(flow, &text, frame->left + style->left, flow->shared->area.drop, &making);
    frame->label = box_new(flow->arena, &making, 0);
    frame->left += style->size * 3 / 2;
}

int note_lines(const struct shared *shared, const struct block *block)
{
    dim leading = shared->style->note.leading;

    if (block->boxes == 0)
        return block->length[0].count;
    return (block->box[0]->height * shared->area.half + leading - 1) / leading;
}

/* The blocks flowed since FIRST become the note's. */
static void take_blocks(struct flow *flow, struct note_set *set, size_t first)
{
    struct galley *galley = flow->galley;

    set->block_count = galley->blocks.count - first;
    set->block = ARENA_ARRAY(flow->arena, set->block_count, struct block);
    if (set->block_count > 0)
        memcpy(set->block, galley->blocks.item + first, set->block_count * sizeof *set->block);
    for (size_t i = 0; i < set->block_count; i++)
        set->lines += note_lines(flow->shared, &set->block[i]);
    galley->blocks.count = first;
}

static void set_note(struct flow *flow, const struct note *note, struct frame frame,
                     struct note_set *set)
{
    size_t first = flow->galley->blocks.count;
    bool after_heading = flow->after_heading;

    frame.text = &flow->shared->style->note;
    flow->after_heading = false;
    set->note = note;
    if (note->id != NULL)
        *VEC_PUSH(&flow->ids) = note->id;
    number_note(flow, note, &frame);
    flow_blocks(flow, note->body, frame);
    take_blocks(flow, set, first);
    flow->after_heading = after_heading;
}

static const struct note *called_note(const struct span *span)
{
    if (span->kind != SPAN_MARK || span->node == NULL || span->node->kind != NODE_NOTE_REF)
        return NULL;
    return span->node->note->body == NULL ? NULL : span->node->note;
}

/* Finds the line that shows each note's mark; notes and lines are in order. */
static void find_lines(const struct block *block, struct note_set *set, uint32_t count)
{
    for (int length = 0; length < block->lengths; length++) {
        const struct setting *setting = &block->length[length];
        int line = 0;

        for (uint32_t i = 0; i < count; i++) {
            while (line + 1 < setting->count && setting->line[line].last_span < set[i].span)
                line++;
            set[i].line[length] = line;
        }
    }
}

/* A note that is called again stands where it was called first. */
static bool is_set(const struct galley *galley, const struct note *note)
{
    for (size_t i = galley->notes.count; i-- > 0;)
        if (galley->notes.item[i].note == note)
            return true;
    return false;
}

/* Sets the notes called in COUNT spans. */
static void set_called(struct flow *flow, const struct span *span, size_t count,
                       struct frame frame)
{
    struct galley *galley = flow->galley;

    frame = (struct frame){ .lang = frame.lang, .element = frame.element };
    for (size_t i = 0; i < count; i++) {
        const struct note *note = called_note(&span[i]);
        size_t before = galley->notes.count;
        struct note_set set = { .note = note };

        if (note == NULL || is_set(galley, note))
            continue;
        *VEC_PUSH(&galley->notes) = set;        /* before those that it calls */
        set_note(flow, note, frame, &set);
        galley->notes.item[before] = set;
        for (size_t n = before; n < galley->notes.count; n++)
            galley->notes.item[n].span = (uint32_t)i;
    }
}

void flow_notes(struct flow *flow, struct frame frame)
{
    struct galley *galley = flow->galley;
    size_t index = galley->blocks.count - 1;
    const struct block *block = &galley->blocks.item[index];
    uint32_t first = block->first_note;

    set_called(flow, block->span, block->span_count, frame);
    galley->blocks.item[index].note_count = (uint32_t)galley->notes.count - first;
    if (galley->notes.count > first)
        find_lines(&galley->blocks.item[index], galley->notes.item + first,
                   (uint32_t)galley->notes.count - first);
}

void flow_cell_notes(struct flow *flow, const struct set_text *text, struct frame frame)
{
    set_called(flow, text->span, text->count, frame);
}
