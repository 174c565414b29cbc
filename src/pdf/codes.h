/* The texts that a content stream shows, as codes of its fonts. */
#ifndef PDF_CODES_H
#define PDF_CODES_H

#include <stddef.h>

/* A string of COUNT BYTES shown in the font resource FONT ("/f-0-0"). */
typedef void codes_sink(void *context, const char *font, const unsigned char *bytes,
                        size_t count);

/* Gives every string of the STREAM, in order; without a font before it, none. */
void codes_read(const char *stream, size_t bytes, codes_sink *sink, void *context);

#endif
