/* Imposition: the pages of any PDF, two to a side, on sheets to print on both
 * sides, fold and staple. Pages keep their size unless scaling is asked for;
 * their trim boxes meet at the fold. Links and other annotations are dropped. */
#ifndef PDF_BOOKLET_H
#define PDF_BOOKLET_H

#include "base/publish.h"

#include <stdbool.h>

struct booklet_options {
    const char *paper;      /* "a4", "letter", "a3"; NULL: a4 */
    int sheets;             /* to a signature; 0: all in one */
    double creep;           /* thickness of one sheet in mm: inner pages move
                               towards the spine by what the fold pushes them out */
    bool marks;             /* fold and crop marks, where there is room for them */
    bool scale;             /* bring the pages to the size of the paper */
    bool back_cover;        /* the last page stays outside: blank ones before it */
    const char *cover;      /* a PDF of one page, the front of a cover, or two, front
                               and back: a sheet around all; NULL: none */
    const char *anthology;  /* the file whose key "booklet" says all this, named where
                               it does not suit the pages; NULL: the command line */
};

/* Says what is wrong with OPTIONS, as an end of "--…"; NULL when nothing is. */
const char *booklet_refuses(const struct booklet_options *options);

/* Writes the booklet of the PDF file IN to OUT, and on stderr how many sheets
 * it takes and how to print and fold them. False after an error, told by
 * diag(): IN or the cover cannot be read, is encrypted, has no pages, or pages
 * larger than the paper. OUT is then marked as failed. */
bool booklet_write(struct publish *out, const char *in, const struct booklet_options *options);

#endif
