/* The drawn cover's mosaic: a tile for each portrait, its form and colours from
 * the portrait's id, so that the cover grows and stays itself from edition to
 * edition. Internal to the layout. */
#ifndef LAYOUT_PATTERN_H
#define LAYOUT_PATTERN_H

#include "layout/galley.h"

/* The colours of a cover, chosen by the book. */
struct palette { struct ink paper, text, tone[4]; };

struct palette palette_of(const struct book *book);

/* Fills WIDTH × HEIGHT at (X, Y) with square tiles. */
void pattern_put(const struct book *book, const struct palette *palette, struct arena *arena,
                 dim x, dim y, dim width, dim height, struct making *making);

#endif
