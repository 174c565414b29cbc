/* Where a lexeme may be cut. */
#ifndef LAYOUT_HYPHEN_H
#define LAYOUT_HYPHEN_H

#include "layout/shape.h"

/* Where a line may end in TEXT: one mark for each byte, the kind of the cut
 * before that byte plus 1, or 0. */

/* Cuts that need no dictionary: hyphens and dashes of the text, zero-width
 * spaces, addresses, scripts written without spaces. False when there is none. */
bool hyphen_plain_cuts(const char *text, size_t bytes, enum lexeme_mode mode,
                       const char *lang, uint8_t *marks);

/* Cuts by the dictionary and at soft hyphens, with at least LEFT and RIGHT
 * letters on their sides, within words of letters only. */
bool hyphen_word_cuts(HyphenDict *dictionary, const char *text, size_t bytes, int left,
                      int right, uint8_t *marks);

#endif
