/* Who uses which object: what a linearized file is ordered by (ISO 32000-1,
 * annex F). Objects that may be compressed are put together in object streams,
 * those with like users in one; a unit is such a stream, or an object that
 * stands alone. */
#ifndef PDF_GRAPH_H
#define PDF_GRAPH_H

#include "pdf/object.h"

#include <stdint.h>

/* The roots of the file. */
struct roots {
    int catalog, info;
    int outlines;               /* the outlines' root; 0: none. They are open when
                                   the file is, so they go with its first page */
    int tree;                   /* the page tree */
    const int *page;            /* in order */
    uint32_t page_count;
    int minor_version;          /* of PDF 1 */
};

/* Where in the file a unit goes. */
enum unit_class {
    UNIT_CATALOG, UNIT_FIRST_PAGE, UNIT_OUTLINES,       /* before the other pages */
    UNIT_PAGE, UNIT_SHARED, UNIT_OTHER                  /* of one page, of several */
};

struct unit {
    enum unit_class class;
    uint32_t page;              /* of UNIT_PAGE */
    bool is_page;               /* the page itself: first of its units */
    int *member;                /* objects in it */
    int count;
    bool compressed;            /* an object stream */
    int number;                 /* given when written, as are those of members */
};

struct graph {
    struct unit *unit;
    int units;
    int *member;                /* of all units */
    int *unit_of;               /* by object; -1: used by nobody */
    uint32_t *shared;           /* units that pages share, page by page, … */
    size_t *shared_from;        /* … from here on; one more at the end */
};

struct graph *graph_new(const struct object_file *file, const struct roots *roots);
void graph_free(struct graph *graph);

#endif
