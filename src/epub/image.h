/* Pictures for the e-book: upright, without metadata, no larger than a screen
 * needs, in a type that every reading system knows (JPEG, PNG, SVG). */
#ifndef EPUB_IMAGE_H
#define EPUB_IMAGE_H

#include "base/buf.h"
#include "base/cache.h"
#include "book/book.h"

#include <stdbool.h>

enum image_type { IMAGE_JPEG, IMAGE_PNG, IMAGE_SVG };

const char *image_media_type(enum image_type type);
const char *image_extension(enum image_type type);      /* "jpg" */

/* Reads PICTURE's file and appends the picture to OUT, from CACHE (or NULL) where
 * it was made before. SEVERITY is that of what is told by diag() when the file is
 * broken, too large or not what it says; then false. Safe from several threads. */
bool image_convert(const struct picture *picture, enum severity severity, struct cache *cache,
                   struct buf *out, enum image_type *type);

/* The same for a cover drawn by the program: a PNG stays one unless it is large. */
bool image_convert_cover(const struct buf *drawn, struct buf *out, enum image_type *type);

/* What SVG there is in BYTES, without scripts, foreign content, metadata and
 * references to anything outside of it. NULL, or why it is refused. */
const char *image_clean_svg(const char *bytes, size_t count, struct buf *out);

/* Appends the BYTES of a JPEG or PNG file without what is not needed to show it.
 * False when it is not built as it should from start to end: marks and lengths of
 * all segments, in a PNG their sums; or when it is CMYK. */
bool image_strip_jpeg(const unsigned char *bytes, size_t count, struct buf *out);
bool image_strip_png(const unsigned char *bytes, size_t count, struct buf *out);

#endif
