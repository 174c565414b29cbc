/* Rewrites a page's content stream as cairo draws it: marks become tags of the
 * structure or artifacts, texts that a reader's own decoding gives anyway lose
 * their ActualText, greys leave RGB. */
#ifndef PDF_CONTENT_H
#define PDF_CONTENT_H

#include "base/buf.h"
#include "pdf/cmap.h"

#include <stdbool.h>
#include <stdint.h>

struct content_mark {
    const char *tag;            /* "P"; NULL for an artifact */
    int mcid;                   /* given out here; -1 when nothing was drawn */
};

struct content_page {
    struct content_mark *marks; /* by the number that cairo gave */
    uint32_t mark_count;
    /* The map of the page's font resource NAME ("f-0-0"); NULL: not known. It
     * learns from texts that are stated for single glyphs. */
    struct cmap *(*font)(void *context, const char *name, size_t length);
    void *context;
    bool coloured;              /* out: a colour that is not grey was set */
};

/* Appends the new stream to OUT; returns how many ids were given out. */
int content_rewrite(struct content_page *page, const unsigned char *stream, size_t bytes,
                    struct buf *out);

#endif
