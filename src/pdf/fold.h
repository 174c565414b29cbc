/* Which pages stand on which side of which sheet, so that the sheets, folded
 * once and nested by signature, read in order. */
#ifndef PDF_FOLD_H
#define PDF_FOLD_H

#include <stdbool.h>

enum { FOLD_BLANK = -1 };

/* One side of a sheet as it lies before the reader, spine in the middle. */
struct fold_side {
    int left, right;        /* pages, from 0; FOLD_BLANK: empty */
    int depth;              /* of its sheet in the signature; 0: outermost */
    int signature;          /* from 0 */
};

struct fold {
    struct fold_side *side; /* front and back of the first sheet, of the second, … */
    int sides;
    int signatures, most_sheets;    /* of a signature */
    int blanks;
};

/* The sheets for PAGES pages, SHEETS to a signature (0: all in one). When the
 * last signature would be short, it and the one before share what they have.
 * Missing pages are blank ones at the end, or with BACK_COVER just before the
 * last page. PAGES is positive. */
struct fold *fold_new(int pages, int sheets, bool back_cover);
void fold_free(struct fold *fold);

#endif
