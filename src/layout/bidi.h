/* Text that runs from right to left: the Unicode Bidirectional Algorithm (UAX #9)
 * over the spans of a paragraph. Its levels come from Pango; the order of a line
 * is found here. */
#ifndef LAYOUT_BIDI_H
#define LAYOUT_BIDI_H

#include "layout/text.h"

/* The levels of a paragraph, whose direction is that of its first strong character.
 * All zeros: it runs from left to right throughout. */
struct bidi {
    uint8_t *level;             /* of each byte of the spans' text, one after another */
    size_t *start;              /* where in it each span begins */
};

enum { BIDI_LEVELS = 16 };      /* levels are below this; deeper ones are folded */

/* False, without anything to free, where nothing runs from right to left. */
bool bidi_find(const struct span *span, size_t count, struct bidi *bidi);
void bidi_clear(struct bidi *bidi);

/* The order in which COUNT things of LEVEL are seen, from left to right (rule L2):
 * ORDER[i] is which of them comes i-th. */
void bidi_order(const uint8_t *level, size_t count, size_t *order);

/* The other way: LEVEL is that of COUNT things as they are seen, ORDER[i] which of
 * them is read i-th. */
void bidi_read(const uint8_t *level, size_t count, size_t *order);

#endif
