/* A layout in the making: what its stages share. Internal to the layout. */
#ifndef LAYOUT_JOB_H
#define LAYOUT_JOB_H

#include "layout/layout.h"
#include "layout/place.h"

/* What a worker has for itself. */
struct worker {
    struct typesetter *typesetter;
    struct looks *looks;
    struct arena *keep;
    double all;                 /* seconds */
};

/* A part on its way: laid out, then given its place in the book. */
struct piece {
    const struct part *part;
    struct laid_part laid;
    char *signature;            /* the page labels it was laid out with; NULL:
                                   it names none */
    uint32_t first;             /* page of the book, from 0 */
    bool stale;                 /* to be laid out (again) */
    struct diag_held *told;     /* what was to tell when it was last laid out */
};

struct layout {
    const struct book *book;
    const struct style *style;
    struct fonts *fonts;
    struct arena *arena;
    struct shared shared;
    struct refs *refs;
    struct worker *worker;
    int workers;
    struct piece *piece;
    uint32_t pieces;
    uint32_t page_count;        /* blank ones included */
    uint32_t body_first;        /* the page whose label is 1 */
    const char **label;         /* of each page */
    uint32_t numbered;          /* faces that have a number */
    struct pages pages;
    struct pages cover;
};

/* Gives every piece its first page and every page its label; then says in
 * layout->refs where everything stands. */
void number_pages(struct layout *layout);

/* Fills layout->pages: heads and folios, elements, destinations, bookmarks,
 * the page map. */
void join_pages(struct layout *layout, struct pool *pool);

/* Running head and folio of page NUMBER of the book, whose part is PART. */
void heads_put(struct layout *layout, struct flow *flow, const struct part *part,
               uint32_t number, bool opening, struct making *making);

/* Numbers the faces in the order of their first use on PAGES, after those
 * numbered before, and lists them there. */
void faces_number(struct layout *layout, struct pages *pages);

/* A flow for WORKER; its galley and arena are the caller's. */
struct flow worker_flow(const struct layout *layout, int worker, struct galley *galley,
                        struct arena *arena);

#endif
