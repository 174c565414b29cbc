/* The galley: a part of the book as a vertical list of blocks, before it is cut
 * into pages. The unit of height is half a line of the grid. Text blocks have
 * up to four lengths, pictures several sizes; the pagination chooses. Internal
 * to the layout. */
#ifndef LAYOUT_GALLEY_H
#define LAYOUT_GALLEY_H

#include "base/arena.h"
#include "base/buf.h"
#include "layout/style.h"
#include "layout/text.h"

/* What does not change from part to part: the type area and the grid. Y counts
 * from the top of the trimmed page, X from the left edge of the text. */
struct area {
    dim measure;                /* width of the text */
    dim half;                   /* half a line of the grid */
    int lines;                  /* of the grid on a page */
    dim top;                    /* upper edge of the first line's box */
    dim drop;                   /* from the upper edge of a line's box to its baseline */
};

struct area area_of(const struct style *style);

struct named { const char *id; dim y; };        /* a destination in a box */

typedef VEC(struct link) link_list;
typedef VEC(struct named) named_list;

/* Something composed beforehand and placed whole. Its items, links and names
 * are relative to its upper left corner; X 0 is the text's left edge. */
struct box {
    const struct item *item;
    const struct link *link;
    const struct named *named;
    uint32_t item_count, link_count, named_count;
    int height;                 /* in half lines */
    int64_t cost;               /* of choosing this size */
    const struct node *node;    /* of its first word, for the page map; or NULL */
    size_t offset;
};

/* A box, or a page, being filled. All zeros is empty. */
struct making {
    item_list items;
    link_list links;
    named_list names;
};

/* What was made, copied to ARENA as a box of HEIGHT half lines; the lists are
 * freed. */
struct box *box_new(struct arena *arena, struct making *making, int height);

/* Adds all that BOX holds, moved by (X, Y). */
void box_put(const struct box *box, dim x, dim y, struct making *making);

enum { BLOCK_LENGTHS = 4, BOX_SIZES = 12 };

/* A block of the vertical list: lines (boxes == 0), or a box in one of several
 * sizes, the first the best. */
struct block {
    const struct node *node;
    const struct text_style *style;
    const struct span *span;
    size_t span_count;
    struct setting length[BLOCK_LENGTHS];       /* of them LENGTHS, best first */
    int lengths;
    struct box *box[BOX_SIZES];
    int boxes;
    struct box *close;          /* instead of box[0], all of the galley at once, if
                                   that spares a page; or NULL */
    const struct box *label;    /* beside the first line: a list's mark */
    const struct box *tail;     /* beside the last line: a page's number */
    const struct box *repeat;   /* above it at the top of a page: a table's header */
    const char **ids;           /* destinations at its top, NULL-terminated, or NULL */
    int before, after;          /* space, in half lines */
    int sink;                   /* the same that holds at the top of a page too */
    bool body;                  /* starts on a line of the grid */
    bool hang;                  /* uneven leading: the slack is below, not above */
    bool keep_next;             /* no page ends after it */
    bool cling;                 /* better no page ends after it: it leads to a list,
                                   or is a line at an end of one */
    bool whole;                 /* its lines stay together */
    int spread;                 /* lines of space more that it may have above it */
    bool lead;                  /* follows a heading: no page ends after its only line */
    bool last;                  /* of its section: a heading or nothing follows */
    uint32_t first_note;        /* of the galley's notes, those called in it */
    uint32_t note_count;
};

/* A note, set in lines of the notes' leading. */
struct note_set {
    const struct note *note;
    uint32_t span;              /* in its block: the mark it is called from */
    int line[BLOCK_LENGTHS];    /* that shows the mark, in each length */
    struct block *block;
    size_t block_count;
    int lines;
};

/* A link met in the text; its number is its index + 1. */
struct link_seed { const char *url, *target, *contents; uint32_t element; };

struct galley {
    const struct part *part;
    VEC(struct block) blocks;
    VEC(struct note_set) notes;
    VEC(struct link_seed) seeds;
    VEC(struct element) elements;       /* 0 is the part's */
    int columns;                /* 1, or 2 in an index */
    dim gutter;
    dim column;                 /* width of one */
    const struct box *head;     /* over all columns of the first page; or NULL */
    bool loose;                 /* a list: pages may end short */
    bool closes;                /* some blocks have a close box */
    uint32_t even_from;         /* columns from this one on are EVEN_HEIGHT */
    int even_height;            /* half lines high; 0: all are whole */
    int lent;                   /* half lines that those of the page before stay short */
};

/* Half lines that COUNT lines of LEADING take. */
int halves_of(const struct area *area, dim leading, int count);

/* The part of the book as a galley; see flow.h. Free what its lists hold with
 * galley_clear(); the rest is in the arena. */
void galley_clear(struct galley *galley);

/* Adds an element; its parent must be there before it. */
uint32_t galley_element(struct galley *galley, enum element_kind kind, uint32_t parent);

#endif
