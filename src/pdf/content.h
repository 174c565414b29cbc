/* The content stream of a sheet (ISO 32000-1, 7.8.2), written from the display
 * list: texts in sorts, rules and shapes as paths, pictures as plates. Each run
 * of items of one element is marked for the structure or as an artifact. */
#ifndef PDF_CONTENT_H
#define PDF_CONTENT_H

#include "base/buf.h"
#include "pdf/plates.h"
#include "pdf/sheet.h"
#include "pdf/structure.h"
#include "pdf/typecase.h"

/* What all sheets of a file share. */
struct content_source {
    const struct typecase *typecase;
    const struct plates *plates;
    const struct structure *structure;  /* NULL: nothing is marked */
    bool grey;                          /* inks are */
};

/* A marked piece. */
struct content_mark {
    uint32_t element;           /* that it belongs to */
    char *text;                 /* as it is read, where that is not as it is seen; or NULL */
};

struct content {
    struct buf stream;          /* not deflated */
    VEC(uint32_t) subsets;      /* used: font resources "T0", "T1", … by number */
    VEC(uint32_t) plates;       /* used: image resources "P0", … */
    VEC(struct content_mark) marks;     /* by their ids */
};

/* Fills CONTENT, which is all zeros. May be called by many threads. */
void content_write(struct content *content, const struct content_source *source,
                   const struct sheet *sheet);
void content_free(struct content *content);

#endif
