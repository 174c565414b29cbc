/* Pages made by hand for the tests of the PDF: words shaped by HarfBuzz alone,
 * so that nothing of the layout is needed. All of it lives in one arena. */
#ifndef SAMPLE_PAGES_H
#define SAMPLE_PAGES_H

#include "base/arena.h"
#include "base/buf.h"
#include "layout/page.h"

#include <hb-ot.h>
#include <stdlib.h>
#include <string.h>

#define SAMPLE_FONTS "/usr/share/fonts/opentype/ebgaramond/"

struct sample {
    struct arena *arena;
    struct pages pages;
    VEC(struct laid_page) page;
    VEC(struct item) item;              /* of the page being filled */
    VEC(struct link) link;
    VEC(struct element) element;
    VEC(struct bookmark) bookmark;
    VEC(struct destination) destination;
    const struct face *face;            /* of the words to come */
    dim x, y;
};

static inline const struct face *sample_face(struct sample *sample, const char *path, double size)
{
    struct face *face = ARENA_NEW(sample->arena, struct face);

    *face = (struct face){ .path = path, .size = DIM_OF_PT(size), .family = "sample" };
    return face;
}

static inline struct shaped *sample_shape(struct sample *sample, const char *text)
{
    struct shaped *shaped = ARENA_NEW(sample->arena, struct shaped);
    struct glyph *glyphs;
    hb_blob_t *blob = hb_blob_create_from_file(sample->face->path);
    hb_face_t *face = hb_face_create(blob, 0);
    hb_font_t *font = hb_font_create(face);
    hb_buffer_t *buffer = hb_buffer_create();
    hb_glyph_info_t *info;
    hb_glyph_position_t *position;
    unsigned count;

    hb_font_set_scale(font, sample->face->size, sample->face->size);
    hb_buffer_add_utf8(buffer, text, -1, 0, -1);
    hb_buffer_guess_segment_properties(buffer);
    hb_shape(font, buffer, NULL, 0);
    info = hb_buffer_get_glyph_infos(buffer, &count);
    position = hb_buffer_get_glyph_positions(buffer, &count);
    glyphs = ARENA_ARRAY(sample->arena, count, struct glyph);
    *shaped = (struct shaped){ .face = sample->face, .text = arena_strdup(sample->arena, text),
                               .bytes = (uint16_t)strlen(text), .count = (uint16_t)count,
                               .glyphs = glyphs };
    for (unsigned i = 0; i < count; i++) {
        unsigned end = i + 1 < count ? info[i + 1].cluster : shaped->bytes;

        glyphs[i] = (struct glyph){ (uint16_t)info[i].codepoint,
                                    (uint16_t)(end - info[i].cluster),
                                    position[i].x_advance, position[i].x_offset,
                                    -position[i].y_offset };
        if (i > 0 && info[i].cluster == info[i - 1].cluster) {
            glyphs[i - 1].bytes = glyphs[i].bytes;
            glyphs[i].bytes = 0;
        }
        shaped->width += glyphs[i].advance;
    }
    hb_buffer_destroy(buffer);
    hb_font_destroy(font);
    hb_face_destroy(face);
    hb_blob_destroy(blob);
    return shaped;
}

static inline struct item *sample_item(struct sample *sample, enum item_kind kind,
                                       uint32_t element)
{
    struct item *item = VEC_PUSH(&sample->item);

    item->kind = kind;
    item->element = element;
    item->x = sample->x;
    item->y = sample->y;
    return item;
}

/* A line of words at the pen, which goes down. A word that ends in '¬' is a
 * fragment that ends its line with a hyphen; the next follows without a space. */
static inline void sample_line(struct sample *sample, uint32_t element, const char *text)
{
    struct item *item = sample_item(sample, ITEM_WORDS, element);
    char *copy = arena_strdup(sample->arena, text), *save = NULL;
    struct word *words = ARENA_ARRAY(sample->arena, strlen(text) + 1, struct word);
    dim x = 0;

    item->words.stretch = 65536;
    item->words.word = words;
    for (char *piece = strtok_r(copy, " ", &save); piece != NULL;
         piece = strtok_r(NULL, " ", &save)) {
        char *mark = strstr(piece, "¬");
        struct word *word = &words[item->words.count++];

        if (mark != NULL)
            strcpy(mark, "-");
        word->shaped = sample_shape(sample, piece);
        word->flags = mark != NULL ? WORD_HYPHEN : WORD_SPACE;
        word->x = x;
        x += word->shaped->width + sample->face->size / 4;
    }
    sample->y += sample->face->size * 5 / 4;
}

static inline uint32_t sample_element(struct sample *sample, enum element_kind kind,
                                      uint32_t parent)
{
    struct element *element = VEC_PUSH(&sample->element);

    element->kind = kind;
    element->parent = parent;
    return (uint32_t)sample->element.count - 1;
}

/* Closes the page being filled. */
static inline void sample_page(struct sample *sample, const char *label)
{
    struct laid_page *page = VEC_PUSH(&sample->page);
    struct item *items = ARENA_ARRAY(sample->arena, sample->item.count + 1, struct item);
    struct link *links = ARENA_ARRAY(sample->arena, sample->link.count + 1, struct link);

    if (sample->item.count > 0)
        memcpy(items, sample->item.item, sample->item.count * sizeof *items);
    if (sample->link.count > 0)
        memcpy(links, sample->link.item, sample->link.count * sizeof *links);
    *page = (struct laid_page){ .items = items, .item_count = (uint32_t)sample->item.count,
                                .links = links, .link_count = (uint32_t)sample->link.count,
                                .label = label, .blank = sample->item.count == 0 };
    sample->item.count = sample->link.count = 0;
    sample->x = DIM_OF_MM(20);
    sample->y = DIM_OF_MM(25);
}

static inline void sample_open(struct sample *sample)
{
    *sample = (struct sample){ .arena = arena_new() };
    sample->pages = (struct pages){ .width = DIM_OF_MM(148), .height = DIM_OF_MM(210),
                                    .title = "Échantillon", .language = "fr-CA" };
    sample->face = sample_face(sample, SAMPLE_FONTS "EBGaramond12-Regular.otf", 10.5);
    sample->x = DIM_OF_MM(20);
    sample->y = DIM_OF_MM(25);
    sample_element(sample, ELEMENT_DOCUMENT, 0);
}

/* The pages so far; good until the sample changes or closes. */
static inline const struct pages *sample_pages(struct sample *sample)
{
    sample->pages.page = sample->page.item;
    sample->pages.count = (uint32_t)sample->page.count;
    sample->pages.elements = sample->element.item;
    sample->pages.element_count = (uint32_t)sample->element.count;
    sample->pages.bookmarks = sample->bookmark.item;
    sample->pages.bookmark_count = (uint32_t)sample->bookmark.count;
    sample->pages.destinations = sample->destination.item;
    sample->pages.destination_count = (uint32_t)sample->destination.count;
    return &sample->pages;
}

static inline void sample_close(struct sample *sample)
{
    free(sample->page.item);
    free(sample->item.item);
    free(sample->link.item);
    free(sample->element.item);
    free(sample->bookmark.item);
    free(sample->destination.item);
    arena_free(sample->arena);
}

#endif
