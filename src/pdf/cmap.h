/* ToUnicode maps: what the codes of a font say (ISO 32000-1, 9.10.3). */
#ifndef PDF_CMAP_H
#define PDF_CMAP_H

#include "base/buf.h"

struct cmap_entry {
    uint16_t code;
    uint16_t bytes;             /* of text */
    const char *text;           /* UTF-8 */
};

/* Appends the map of codes of 1 or 2 bytes; ENTRIES in their order. */
void cmap_put(const struct cmap_entry *entries, size_t count, int code_bytes, struct buf *out);

#endif
