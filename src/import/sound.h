/* XML as it comes, in pieces, made such as a parser takes. */
#ifndef IMPORT_SOUND_H
#define IMPORT_SOUND_H

#include "base/buf.h"

#include <stdbool.h>

struct sound { char carry[4]; size_t carried; struct buf text; };    /* begins as zeros */

/* Does XML that begins so declare an encoding other than UTF-8, or look like UTF-16? It is
 * for the parser to convert. */
bool sound_is_other_encoding(const char *bytes, size_t count);

/* The next COUNT bytes as sound UTF-8, good until the next call. */
const struct buf *sound_feed(struct sound *sound, const char *bytes, size_t count);

void sound_free(struct sound *sound);

#endif
