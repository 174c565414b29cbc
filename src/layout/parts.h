/* What a set line is made of: the pieces it shows, the fragments at its ends,
 * and how they are spread. Between line.c, which finds it, and put.c, which
 * draws it. */
#ifndef LAYOUT_PARTS_H
#define LAYOUT_PARTS_H

#include "layout/paragraph.h"

/* What set_line.parts points to. */
struct parts {
    const struct paragraph *paragraph;
    const struct lexeme *head, *tail;   /* parts of the first and the last word, or NULL */
    const struct lexeme *hyphen;        /* at the end, or NULL */
    const struct lexeme *dot;           /* of leaders, or NULL */
    uint32_t first, last;               /* pieces; none when last < first */
    dim start;                          /* of the pen, from the room's left edge */
    dim leader;                         /* width of each leader */
    int64_t spaces;                     /* word space in it, natural … */
    int64_t spread;                     /* … and as set */
    int32_t stretch;                    /* of the glyphs, 65536 is 1 */
    dim letter;                         /* between letters; in all: */
    int64_t letters;
};

/* The lexeme of piece INDEX as this line shows it; its width. */
const struct lexeme *parts_lexeme(const struct parts *parts, uint32_t index);
dim parts_width(const struct parts *parts, uint32_t index);

/* How many letters (glyphs that begin some text) of piece INDEX another one
 * follows without a word space. */
int64_t parts_letters(const struct parts *parts, uint32_t index);

#endif
