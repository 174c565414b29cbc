/* The fonts behind a layout, as its typesetters see them: a fontconfig
 * configuration of its own, the families that stand in for each other, the
 * table of faces in use, hyphenation dictionaries, characters without a glyph.
 * All of it may be called from several threads. text.h has how to load it. */
#ifndef LAYOUT_FONTS_H
#define LAYOUT_FONTS_H

#include "layout/text.h"

#include <hyphen.h>
#include <pango/pangofc-font.h>

/* The configuration, for a worker's font map. */
FcConfig *fonts_config(struct fonts *fonts);

/* The family that shows FAMILY at this size and weight: a cut for small sizes,
 * another family where the bold is not fit for use. Borrowed. */
const char *fonts_cut(const char *family, dim size, int weight);

/* The face of FONT at SIZE, the same for all who ask. */
const struct face *fonts_face(struct fonts *fonts, PangoFcFont *font, dim size);

/* The hyphenation dictionary of a language: of "fr-CA", else of "fr"; NULL when
 * there is none. Read once. */
HyphenDict *fonts_dictionary(struct fonts *fonts, const char *lang);

/* A text in LANG at AT finds no dictionary: told by fonts_tell_missing(). */
void fonts_note_undivided(struct fonts *fonts, const char *lang, struct place at);

/* No font has CODE, needed at AT: told by fonts_tell_missing(). */
void fonts_note_missing(struct fonts *fonts, uint32_t code, struct place at);

#endif
