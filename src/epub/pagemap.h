/* The pages of the printed book as places in the text. The e-book marks each at
 * the very word it starts with, and lists them all. */
#ifndef EPUB_PAGEMAP_H
#define EPUB_PAGEMAP_H

#include "base/arena.h"
#include "layout/page.h"

struct page_break {
    const char *label;          /* "xii" */
    const char *id;             /* "page-xii" */
    const struct part *part;
    const struct node *node;    /* NULL: at the part's start, or its end */
    size_t offset;
    bool at_end;                /* of the part: a blank page after it */
    bool written;               /* the writer of the part has set it */
    struct page_break *next;            /* of the book, in order */
    struct page_break *next_of_part;
    struct page_break *next_of_node;
};

struct pagemap;

/* PAGES may be NULL: a book without printed pages. */
struct pagemap *pagemap_new(struct arena *arena, const struct pages *pages);
void pagemap_free(struct pagemap *map);

/* The first of each chain, or NULL. */
struct page_break *pagemap_first(const struct pagemap *map);
struct page_break *pagemap_of_part(const struct pagemap *map, const struct part *part);
struct page_break *pagemap_of_node(const struct pagemap *map, const struct node *node);

/* The label of the page where the node or part of that id stands; NULL when it
 * is on none. */
const char *pagemap_label(const struct pagemap *map, const char *id);

/* The reading PDF begins with the cover: C1, and its empty back, C2. They are
 * put before all other pages, at the start and the end of PART. */
void pagemap_add_cover(struct pagemap *map, const struct part *part);

#endif
