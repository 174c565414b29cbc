/* What the codes of a font say: its ToUnicode map. And the two encodings of
 * text that PDF writes in hex. */
#ifndef PDF_CMAP_H
#define PDF_CMAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;
struct cmap;

/* From the bytes of the map's stream. */
struct cmap *cmap_new(const unsigned char *stream, size_t bytes);
void cmap_free(struct cmap *cmap);

/* Learns that CODE stands for TEXT, when what the map has is a ligature, another
 * presentation form or a private sign; false when it has something else. */
bool cmap_learn(struct cmap *cmap, uint32_t code, const char *text);

/* Was anything learnt? Then the map as the bytes of a new stream. */
bool cmap_changed(const struct cmap *cmap);
void cmap_put(const struct cmap *cmap, struct buf *out);

/* The bytes of a code. */
int cmap_width(const struct cmap *cmap);

/* Appends the text of a string of CODES as UTF-8; false when one is unknown. */
bool cmap_decode(const struct cmap *cmap, const unsigned char *codes, size_t count,
                 struct buf *out);

/* Reads hex digits at AT up to '>', at most ROOM bytes of them; returns the
 * place after it. */
const unsigned char *hex_read(const unsigned char *at, const unsigned char *end,
                              unsigned char *to, size_t room, size_t *count);

/* Appends big-endian UTF-16 as UTF-8. */
void utf16_append(struct buf *out, const unsigned char *bytes, size_t count);

#endif
