/* A paragraph between shaping and breaking: its words as pieces, and the points
 * where a line may end, with the sums that give the width of any line at once. */
#ifndef LAYOUT_PARAGRAPH_H
#define LAYOUT_PARAGRAPH_H

#include "layout/shape.h"

enum piece_kind { PIECE_WORD, PIECE_BOX, PIECE_LEADER, PIECE_MARK, PIECE_BREAK };

struct piece {
    const struct lexeme *lexeme;        /* WORD */
    uint32_t span;
    uint32_t offset;                    /* of its first byte in the span's text */
    dim width;
    uint32_t space : 20;                /* a dim: word space after it; 0: none */
    uint32_t kind : 4;
    uint32_t level : 4, space_level : 4;        /* of bidi.h */
};

struct paragraph {
    const struct span *spans;
    struct piece *piece;                /* in the arena it was made with */
    uint32_t count;
    bool bidi;                          /* some of its words run from right to left */
    bool leader;                        /* has one */
};

enum point_kind {
    POINT_SPACE, POINT_PLAIN, POINT_HARD, POINT_HYPHEN, POINT_LAST_RESORT, POINT_ANYWHERE,
    POINT_FORCED, POINT_LAST
};

/* Widths count from the start of the paragraph: where a line that ends here ends,
 * and how much farther on the next one starts. A line from point A to point B is
 * point_width() wide, with point_space() of word space in it. */
struct point {
    int64_t end, end_space;
    dim gap, gap_space;
    uint32_t piece;             /* the line ends within or after this one;
                                   UINT32_MAX: where the paragraph begins */
    uint16_t cut;               /* byte of its lexeme; 0: after it */
    uint8_t kind;
    bool name : 1;              /* parts a word that begins with a capital */
    bool lone : 1;              /* a word of one letter stands before it */
};

static inline int64_t point_width(const struct point *from, const struct point *to)
{
    return to->end - from->end - from->gap;
}

static inline int64_t point_space(const struct point *from, const struct point *to)
{
    return to->end_space - from->end_space - from->gap_space;
}

typedef VEC(struct point) point_list;

enum { POINTS_HYPHENS = 1,      /* cuts with a hyphen, too */
       POINTS_LAST_RESORT = 8,  /* those in words better left whole, too */
       POINTS_ANYWHERE = 2,     /* and, in pieces wider than WIDTH, after any cluster */
       POINTS_PROTRUDE = 4 };   /* ends stand in the margin */

/* The pieces of a paragraph, in ARENA. Runs of spaces count as one, spaces at
 * the start and at the end for nothing. */
void paragraph_make(struct typesetter *typesetter, struct arena *arena,
                    const struct span *span, size_t count, struct place at,
                    struct paragraph *paragraph);

/* The points in order; the first is where the paragraph begins, the last where
 * it ends. */
void paragraph_points(struct typesetter *typesetter, const struct paragraph *paragraph,
                      unsigned options, dim width, point_list *points);

/* The words as put on one line. */
int64_t paragraph_width(const struct paragraph *paragraph);

#endif
