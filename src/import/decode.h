/* Bytes of any encoding to UTF-8. */
#ifndef IMPORT_DECODE_H
#define IMPORT_DECODE_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

/* BYTES as UTF-8 with LF line ends, no byte order mark and no NUL, in the arena.
 * A mark decides; then what is valid UTF-8 is UTF-8, whatever it declares; then
 * the charset that HTML or XML declares at its start; then Windows-1252. What
 * was not UTF-8 is a note. NULL after an error: nothing but noise. */
char *decode_text(struct arena *arena, const char *path, const char *bytes, size_t count,
                  size_t *out_count);

/* Is that UTF-16 or UTF-32, by a mark or by its look? Its text is then full of NUL. */
bool decode_is_wide(const char *bytes, size_t count);

#endif
