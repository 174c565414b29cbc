/* How far a character may stand in the margin so that the edge of the column
 * looks straight: in 1/1000 of its own width, after the tables of the microtype
 * package (Robert Schlicht) for Garamond faces. */
#ifndef LAYOUT_PROTRUDE_H
#define LAYOUT_PROTRUDE_H

#include <stdint.h>

int protrude_left(uint32_t code);
int protrude_right(uint32_t code);

#endif
