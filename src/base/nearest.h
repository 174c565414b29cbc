/* What somebody may have meant: the nearest of the known names. */
#ifndef BASE_NEAREST_H
#define BASE_NEAREST_H

#include <stddef.h>

/* The one of COUNT names that the fewest inserted, deleted, changed or swapped
 * bytes turn into WORD; NULL when even that takes more than a third of the
 * word. Case does not count. Names may hold NULL. */
const char *nearest(const char *word, const char *const *names, size_t count);

#endif
