/* UTF-8, strictly: no overlong forms, no surrogates, nothing above U+10FFFF. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define UTF8_BAD UINT32_MAX

/* The code point at *TEXT, which moves past it; END is the end of the bytes.
 * UTF8_BAD for a bad sequence, then *TEXT moves one byte. At END: 0 and no
 * move. */
uint32_t utf8_next(const char **text, const char *end);

/* The code point that ends just before *TEXT, which moves to its start;
 * START is the start of the (valid) bytes. At START: 0 and no move. */
uint32_t utf8_prev(const char **text, const char *start);

/* Offset of the first byte that is not valid UTF-8, or BYTES. */
size_t utf8_valid(const char *text, size_t bytes);

/* May CODE stand in a text? Not UTF8_BAD, not a control but tab and line feed,
 * none of the codes that are no characters. */
bool utf8_is_text(uint32_t code);

/* Is nothing of TEXT seen: is it empty, or all spaces and signs without width? */
bool utf8_blank(const char *text);

/* Which way a character runs: 1 to the right, -1 to the left, 0 as those around
 * it do. */
int utf8_direction(uint32_t code);

/* Writes 1 to 4 bytes and returns how many. */
size_t utf8_put(char out[4], uint32_t code);

/* Code points in valid text. */
size_t utf8_length(const char *text, size_t bytes);

/* How many bytes of TEXT, at most MOST, end with a whole code point. TEXT is valid
 * and no shorter than MOST. */
size_t utf8_cut(const char *text, size_t most);

/* A copy in NFC; free() it. The text must be valid. */
char *utf8_new_nfc(const char *text, size_t bytes);

#endif
