/* Fonts for the e-book: files with only the characters that the book uses, and
 * the features that the style sheet asks for. */
#ifndef EPUB_SUBSET_H
#define EPUB_SUBSET_H

#include "base/buf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A set of characters, grown from text. All zeros is empty. */
struct characters { uint8_t *bits; };

void characters_add(struct characters *characters, const char *text, size_t bytes);
void characters_free(struct characters *characters);

/* Appends the font at PATH, face INDEX of it, cut down to CHARACTERS. False when
 * the file is no font or has none of them. Safe from several threads. */
bool subset_font(const char *path, int index, const struct characters *characters,
                 struct buf *out);

/* "font/otf" or "font/ttf", by the font's first bytes; and "otf", "ttf". */
const char *subset_media_type(const struct buf *font);
const char *subset_extension(const struct buf *font);

#endif
