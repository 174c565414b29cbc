/* Puts the blocks of a galley on the pages that the pagination cut. Internal to
 * the layout. */
#ifndef LAYOUT_PLACE_H
#define LAYOUT_PLACE_H

#include "layout/flow.h"
#include "layout/paginate.h"

/* Items that a page has room for beyond its own: running head, folio. */
enum { HEAD_ITEMS = 4 };

/* A page of a part: X from the text's left edge, elements from the part's own.
 * The items have room for HEAD_ITEMS more. */
struct sheet {
    struct item *item;
    struct link *link;
    uint32_t item_count, link_count;
    const struct node *node;    /* where it starts; NULL: with the part, or notes alone */
    size_t offset;
};

/* A part laid out; destinations count pages from its first one. All in the
 * layout's arenas, but for the elements: free() them when they are joined. */
struct laid_part {
    struct sheet *sheet;
    uint32_t count;
    struct element *element;
    uint32_t element_count;
    struct destination *destination;
    uint32_t destination_count;
};

/* Takes the elements out of the flow's galley. */
struct laid_part place_part(struct flow *flow, const struct pagination *pagination);

#endif
