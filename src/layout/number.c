/* Pages numbered: roman in the front matter, arabic from 1 in the body, which
 * starts on a recto as do the title, the contents and divisions. */
#include "layout/job.h"

#include <string.h>

static bool opens_recto(const struct part *part, const struct part *before)
{
    switch (part->kind) {
    case PART_HALF_TITLE: case PART_TITLE: case PART_TOC: case PART_DIVISION:
        return true;
    case PART_FRONT:
        return before != NULL && before->kind != PART_FRONT;
    default:
        if (before != NULL && before->kind == PART_DIVISION)
            return true;
        return part->matter == MATTER_BODY && before != NULL && before->matter != MATTER_BODY;
    }
}

static char *roman(struct arena *arena, uint32_t number)
{
    static const struct { uint32_t value; const char *sign; } signs[] = {
        { 1000, "m" }, { 900, "cm" }, { 500, "d" }, { 400, "cd" }, { 100, "c" }, { 90, "xc" },
        { 50, "l" }, { 40, "xl" }, { 10, "x" }, { 9, "ix" }, { 5, "v" }, { 4, "iv" }, { 1, "i" },
    };
    struct buf text = {0};
    char *label;

    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
        for (; number >= signs[i].value; number -= signs[i].value)
            buf_puts(&text, signs[i].sign);
    label = arena_strdup(arena, buf_text(&text));
    buf_free(&text);
    return label;
}

static void set_places(struct layout *layout)
{
    const struct part *before = NULL;
    uint32_t page = 0;

    layout->body_first = UINT32_MAX;
    for (uint32_t i = 0; i < layout->pieces; i++) {
        struct piece *piece = &layout->piece[i];

        if (opens_recto(piece->part, before) && page % 2 == 1)
            page++;
        if (piece->part->matter == MATTER_BODY && layout->body_first == UINT32_MAX)
            layout->body_first = page;
        piece->first = page;
        page += piece->laid.count > 0 ? piece->laid.count : 1;  /* not laid out yet: a guess */
        before = piece->part;
    }
    layout->page_count = page;
}

static void set_labels(struct layout *layout)
{
    layout->label = ARENA_ARRAY(layout->arena, layout->page_count, const char *);
    for (uint32_t i = 0; i < layout->page_count; i++)
        layout->label[i] = i < layout->body_first
            ? roman(layout->arena, i + 1)
            : arena_printf(layout->arena, "%u", i - layout->body_first + 1);
}

static void set_refs(struct layout *layout)
{
    for (uint32_t i = 0; i < layout->pieces; i++) {
        const struct piece *piece = &layout->piece[i];

        refs_set(layout->refs, piece->part->id, piece->first, layout->label[piece->first]);
        for (uint32_t d = 0; d < piece->laid.destination_count; d++) {
            const struct destination *destination = &piece->laid.destination[d];
            uint32_t page = piece->first + destination->page;

            refs_set(layout->refs, destination->id, page, layout->label[page]);
        }
    }
}

void number_pages(struct layout *layout)
{
    set_places(layout);
    set_labels(layout);
    set_refs(layout);
}
