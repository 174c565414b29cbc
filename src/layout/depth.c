/* How deep things stand on a page, in half lines of the grid: the same for the
 * pagination, which tries, and the placing, which puts. */
#include "layout/paginate.h"

int block_height(const struct area *area, const struct block *block, int length, int lines)
{
    if (block->boxes > 0)
        return block->box[length]->height;
    if (block->body)
        return 2 * lines * (int)((block->style->leading + area->half) / (2 * area->half));
    return halves_of(area, block->style->leading, lines);
}

int block_top(const struct block *before, const struct block *block, int position, int length)
{
    int space = block->sink + (block->repeat == NULL ? 0 : block->repeat->height);

    position += length / LENGTH_SPREAD * 2;
    if (before != NULL)
        space = before->after > block->before ? before->after : block->before;
    position += space;
    return block->body ? (position + 1) / 2 * 2 : position;
}

int notes_height(const struct area *area, const struct style *style, int lines)
{
    int height;

    if (lines == 0)
        return 0;
    height = halves_of(area, lines * style->note.leading + area->half * 3 / 2, 1);
    return (height + 1) / 2 * 2;
}

int note_lines_called(const struct galley *galley, uint32_t index, int length, int lines)
{
    const struct block *block = &galley->blocks.item[index];
    int total = 0;

    for (uint32_t i = block->first_note; i < block->first_note + block->note_count; i++) {
        const struct note_set *set = &galley->notes.item[i];

        if (lines < 0 || set->line[length] < lines)
            total += set->lines;
    }
    return total;
}
