/* The choice of breaks: total fit after Knuth and Plass ("Breaking Paragraphs
 * into Lines", 1981) over the points of a paragraph, in time linear in their
 * number. A line's difference from its measure goes to the glyphs first, as far
 * as the style lets them be scaled, then to the word spaces, then between the
 * letters; the cost of a line is what its spaces then look like. */
#ifndef LAYOUT_BREAK_H
#define LAYOUT_BREAK_H

#include "layout/paragraph.h"

struct break_rules {
    const struct style *style;
    dim first, short_width, width;      /* of line 1, of those beside a drop
                                           capital, of the others */
    int short_lines;
    dim last_min;                       /* of the last line */
    bool ragged;                        /* spaces keep their width */
    bool even;                          /* and the last line counts as the others */
    int shrink, stretch;                /* of the spaces, in 1/1000 */
    int letters;                        /* of the space between letters, 1/1000 em */
    int around;                         /* offer a line fewer and more than this;
                                           0: than the best */
    bool overfull;                      /* lines may be too long where nothing helps */
};

struct breaks {
    uint32_t *point;            /* indices of the points where lines end */
    int count;
    int64_t cost;
};

/* The cheapest breaks, and those with one line fewer, one more, two more; count 0
 * where there are none. Free each point. False when there is no way at all. */
struct choice { struct breaks best, shorter, longer, longest; };
bool break_paragraph(const struct point *points, size_t count, const struct break_rules *rules,
                     struct choice *choice);

dim break_width(const struct break_rules *rules, int line);

/* How a line from A to B is justified. */
struct fit {
    int64_t natural, spaces;    /* all of it, and the word spaces in it */
    int expansion;              /* of the glyphs, in 1/1000 */
    int64_t letters;            /* what goes between letters */
    int ratio;                  /* word space over natural, in 1/1000 */
};
struct fit break_fit(const struct break_rules *rules, int64_t natural, int64_t spaces, dim width);

#endif
