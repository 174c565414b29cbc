/* Which pages stand on which side of which sheet, so that the sheets, folded
 * once and nested by signature, read in order. */
#ifndef PDF_FOLD_H
#define PDF_FOLD_H

/* Instead of a page: nothing, or a side of the cover. */
enum { FOLD_BLANK = -1, FOLD_FRONT_COVER = -2, FOLD_BACK_COVER = -3 };

/* Where missing pages are made up by blank ones, and what is around all. */
enum fold_end {
    FOLD_END_BLANK,         /* blank pages at the end */
    FOLD_END_LAST,          /* just before the last page, which is a back cover */
    FOLD_END_COVER          /* at the end, and a sheet around for a cover, its inner
                               side blank */
};

enum { FOLD_AROUND = -1 };

/* One side of a sheet as it lies before the reader, spine in the middle. */
struct fold_side {
    int left, right;        /* pages, from 0, or one of the above */
    int depth;              /* of its sheet in the signature; 0: outermost */
    int signature;          /* from 0; FOLD_AROUND: the cover around several */
};

struct fold {
    struct fold_side *side; /* front and back of the first sheet, of the second, …;
                               a cover comes first */
    int sides;
    int signatures, most_sheets;    /* of a signature */
    int blanks;             /* pages; not those of a cover */
};

/* The sheets for PAGES pages, SHEETS to a signature (0: all in one). When the
 * last signature would be short, it and the one before share what they have.
 * The sheet of a cover is the outermost of a single signature, or goes around
 * several; it does not count among SHEETS. PAGES is positive. */
struct fold *fold_new(int pages, int sheets, enum fold_end end);
void fold_free(struct fold *fold);

#endif
