/* The hint tables of a linearized file (ISO 32000-1, F.4): where each page's
 * objects lie, so that a viewer may fetch a page without reading the rest. */
#ifndef PDF_HINTS_H
#define PDF_HINTS_H

#include "base/buf.h"

#include <stdbool.h>
#include <stdint.h>

struct hint_page {
    uint32_t objects;           /* of its own, itself included */
    size_t length;              /* in bytes, all together */
    const uint32_t *shared;     /* indices of what it shares with others */
    uint32_t shared_count;
};

/* Offsets are counted as if the hint stream were not there. */
struct hints {
    struct hint_page *page;
    uint32_t pages;
    size_t first_page;          /* offset of the first page's object */
    size_t *shared_length;      /* of each shared object; those of the first page, */
    uint32_t shared_first, shared;      /* so many, come first; and all */
    int shared_number;          /* of the first after those; 0: there is none */
    size_t shared_offset;       /* its offset */
    int outlines;               /* number of the outlines' first object; 0: none */
    size_t outlines_offset, outlines_length;
    uint32_t outlines_objects;
};

/* Appends the tables; *SHARED_AT and *OUTLINES_AT are where the second and third
 * begin in them (0: there is no third). */
void hints_put(const struct hints *hints, struct buf *out, size_t *shared_at,
               size_t *outlines_at);

#endif
