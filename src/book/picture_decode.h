/* From the bytes of a picture to its pixels, by gdk-pixbuf. */
#ifndef BOOK_PICTURE_DECODE_H
#define BOOK_PICTURE_DECODE_H

#include "book/book.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

/* PICTURE's file is BYTES: upright, scaled to WIDTH × HEIGHT pixels, which are
 * seen upright too. A JPEG that is decoded at a half, a quarter or an eighth of
 * its size (rounded up) costs a fraction: what would be averaged away is not even
 * made. NULL, with *WHY in plain words, when the bytes are broken or are no longer
 * those that the picture's reader saw. Free with g_object_unref(), *WHY with
 * free(). Safe from several threads. */
GdkPixbuf *picture_decode(const struct picture *picture, const void *bytes, size_t count,
                          int width, int height, char **why);

#endif
