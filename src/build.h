/* The build: a folder of content becomes books. Reads, checks, composes, lays
 * out, then writes what was asked for, all pieces or none. */
#ifndef BUILD_H
#define BUILD_H

#include "base/arena.h"
#include "book/book.h"

#include <stdbool.h>

enum output {
    OUTPUT_EPUB = 1, OUTPUT_PDF = 2, OUTPUT_PRINT = 4, OUTPUT_BOOKLET = 8,
    OUTPUT_COVER = 16, OUTPUT_FLATPLAN = 32
};

struct build_options {
    const char *content;    /* the anthology's folder */
    const char *folder;     /* where the books go */
    const char *style;      /* instead of the anthology's; or NULL */
    unsigned outputs;       /* of enum output */
    int edition;            /* of the ledger; 0: the present state */
    int jobs;               /* threads; 0: one for each processor */
    bool cover;             /* the booklet's outer sheet is a cover, whatever the
                               anthology says */
    bool cache;             /* pictures made ready are kept for the next build */
    bool strict;            /* warnings refuse the build */
    bool timings;           /* seconds of each stage on stderr */
};

/* False after an error; then no file was changed. */
bool build(const struct build_options *options);

/* The label of each portrait's first page, in the book's order, in ARENA: BOOK,
 * whose edition is chosen, is composed and laid out for that. NULL after an
 * error. */
const char **build_first_pages(struct book *book, const char *data, struct arena *arena);

#endif
