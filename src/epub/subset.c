/* Subsetting is HarfBuzz's. Hints are dropped (screens of today smooth), licence
 * and copyright stay in the name table. */
#include "epub/subset.h"

#include "base/memory.h"
#include "base/utf8.h"

#include <hb-subset.h>

#include <stdlib.h>
#include <string.h>

enum { CODES = 0x110000 };

void characters_add(struct characters *characters, const char *text, size_t bytes)
{
    const char *at = text, *end = text + bytes;

    if (characters->bits == NULL)
        characters->bits = memory_new(CODES / 8, 1);
    while (at < end) {
        /* Most of it is ASCII. */
        uint32_t code = (unsigned char)*at < 0x80 ? (uint32_t)*at++ : utf8_next(&at, end);

        if (code < CODES)
            characters->bits[code / 8] |= (uint8_t)(1U << code % 8);
    }
}

static bool has_character(const struct characters *characters, uint32_t code)
{
    return characters->bits != NULL && code < CODES
        && (characters->bits[code / 8] >> code % 8 & 1) != 0;
}

void characters_free(struct characters *characters)
{
    free(characters->bits);
    characters->bits = NULL;
}

static void fill(hb_set_t *set, const struct characters *characters)
{
    for (uint32_t code = 0x20; code < CODES; code++)
        if (has_character(characters, code))
            hb_set_add(set, code);
}

/* Beside those that HarfBuzz keeps of itself: figures and capitals by wish. */
static void ask(hb_subset_input_t *input)
{
    static const char features[][5] = { "onum", "lnum", "pnum", "tnum", "smcp", "c2sc", "case" };
    hb_set_t *kept = hb_subset_input_set(input, HB_SUBSET_SETS_LAYOUT_FEATURE_TAG);
    hb_set_t *names = hb_subset_input_set(input, HB_SUBSET_SETS_NAME_ID);

    for (size_t i = 0; i < sizeof features / sizeof *features; i++)
        hb_set_add(kept, hb_tag_from_string(features[i], 4));
    hb_set_add_range(names, 0, 6);
    hb_set_add_range(names, 13, 14);
    hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_NOTDEF_OUTLINE);
}

/* Are there any of the wanted characters in the face? */
static bool has_any(hb_face_t *face, const hb_set_t *wanted)
{
    hb_set_t *there = hb_set_create();
    bool any;

    hb_face_collect_unicodes(face, there);
    hb_set_intersect(there, wanted);
    any = !hb_set_is_empty(there);
    hb_set_destroy(there);
    return any;
}

bool subset_font(const char *path, int index, const struct characters *characters,
                 struct buf *out)
{
    hb_blob_t *blob = hb_blob_create_from_file(path);
    hb_face_t *face = hb_face_create(blob, (unsigned)index), *cut = NULL;
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    size_t before = out->len;

    if (input == NULL)
        memory_exhausted();
    fill(hb_subset_input_unicode_set(input), characters);
    ask(input);
    if (has_any(face, hb_subset_input_unicode_set(input)))
        cut = hb_subset_or_fail(face, input);
    if (cut != NULL) {
        hb_blob_t *bytes = hb_face_reference_blob(cut);
        unsigned length;
        const char *data = hb_blob_get_data(bytes, &length);

        buf_append(out, data, length);
        hb_blob_destroy(bytes);
    }
    hb_face_destroy(cut);
    hb_subset_input_destroy(input);
    hb_face_destroy(face);
    hb_blob_destroy(blob);
    return out->len > before;
}

static bool is_cff(const struct buf *font)
{
    return font->len >= 4 && memcmp(font->data, "OTTO", 4) == 0;
}

const char *subset_media_type(const struct buf *font)
{
    return is_cff(font) ? "font/otf" : "font/ttf";
}

const char *subset_extension(const struct buf *font)
{
    return is_cff(font) ? "otf" : "ttf";
}
