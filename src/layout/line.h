/* A broken paragraph as lines: the exact width of each with its fragments of
 * words, how its spaces and glyphs are scaled, and in the end the items of the
 * display list. */
#ifndef LAYOUT_LINE_H
#define LAYOUT_LINE_H

#include "layout/break.h"
#include "layout/paragraph.h"

/* What all lines of a paragraph share. */
struct frame {
    const struct paragraph *paragraph;  /* in the arena of its lines */
    const struct room *room;
    enum align align;
    bool protrude;
};

/* The lines of BREAKS in ARENA. */
struct setting line_set(struct typesetter *typesetter, struct arena *arena,
                        const struct frame *frame, const struct break_rules *rules,
                        const struct point *points, const struct breaks *breaks);

#endif
