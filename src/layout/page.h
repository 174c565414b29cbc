/* The display list: what the layout hands to whoever draws. Pages of items,
 * each at its place, in reading order; beside them the tree of elements that
 * the items belong to, links, destinations, bookmarks, and the page map. It
 * knows nothing of PDF, fonts' machinery or the model's readers.
 *
 * Lengths are `dim`, 1/1024 point. The origin is the upper left corner of the
 * trimmed page, y grows downwards; what bleeds lies outside. Everything lives
 * in the layout's arenas; a drawer borrows. */
#ifndef LAYOUT_PAGE_H
#define LAYOUT_PAGE_H

#include "book/book.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef int32_t dim;
#define DIM_PT 1024
#define DIM_OF_PT(pt) ((dim)((pt) * 1024.0 + ((pt) < 0 ? -0.5 : 0.5)))
#define DIM_OF_MM(mm) DIM_OF_PT((mm) * 72.0 / 25.4)
#define PT_OF_DIM(d) ((double)(d) / 1024.0)

/* A font file at a size. A face's glyph ids are those of the file. */
struct face {
    const char *path;           /* of the font file */
    int index;                  /* within a collection */
    const char *family;
    dim size;
    dim ascent, descent, x_height, cap_height;      /* at that size, positive */
    bool bold, italic, serif, mono;
    uint32_t number;            /* 0, 1, … in the order of first use */
};

struct glyph {
    uint16_t id;
    uint16_t bytes;             /* of the text that it begins; 0: goes on with the
                                   glyphs before it (marks, parts of a cluster) */
    dim advance;
    dim dx, dy;                 /* offset from the pen; dy downwards */
};

/* A word, or a fragment of one that was hyphenated, shaped once in one face
 * and shared by all places that show it. A line never cuts it. */
struct shaped {
    const struct face *face;
    const char *text;           /* what it says: ligatures resolved, case as typed */
    uint16_t bytes;
    uint16_t count;
    dim width;                  /* sum of the advances, at scale 1 */
    const struct glyph *glyphs;
};

enum { WORD_SPACE = 1,          /* a word space follows it (also at a line's end) */
       WORD_HYPHEN = 2 };       /* a hyphen the breaker put in: not in the text */

/* Of an item's words each stands to the right of the one before, and the glyphs of
 * each likewise. Which way they are read tell the levels: from right to left where
 * they are odd, bidi_read(). */
struct word {
    dim x;                      /* of its pen, from the item's x */
    uint32_t flags : 8;
    uint32_t level : 4, space_level : 4;        /* of bidi.h; of the space after it */
    const struct shaped *shaped;
};

struct ink { uint8_t r, g, b; };

enum item_kind {
    ITEM_WORDS,                 /* a run of words in one line and element */
    ITEM_RULE,                  /* a filled rectangle */
    ITEM_PICTURE,
    ITEM_MATRIX,                /* black squares: a QR code */
    ITEM_SHAPE                  /* a filled path: monogram's frame, ornaments */
};

enum shape_op { SHAPE_MOVE, SHAPE_LINE, SHAPE_CURVE, SHAPE_CLOSE };

struct shape_step { enum shape_op op; dim x[3], y[3]; };   /* from the item's x, y */

#define ELEMENT_ARTIFACT UINT32_MAX

struct item {
    enum item_kind kind;
    uint32_t element;           /* index into pages.elements, or ELEMENT_ARTIFACT */
    dim x, y;                   /* WORDS: the baseline; else the upper left corner */
    struct ink ink;
    union {
        struct {
            const struct word *word;
            uint32_t count;
            int32_t stretch;    /* horizontal scale of the glyphs, 65536 is 1 */
            dim letter;         /* added after each glyph that begins some text, in
                                   few lines; not scaled */
        } words;
        struct { dim width, height; } rule;
        struct {
            const struct picture *picture;
            dim width, height;  /* of the frame */
            dim crop_x, crop_y, crop_width, crop_height;  /* part shown, in 1/1024
                                   of a pixel of the upright picture; 0 0 0 0: all */
        } picture;
        struct { dim side; int modules; const uint8_t *dark; } matrix;  /* row by row, 0 or 1 */
        struct { const struct shape_step *step; uint32_t count; bool even_odd; } shape;
    };
};

/* A place one can click. A link over several lines has several, all of one
 * element. */
struct link {
    dim x, y, width, height;
    const char *url;            /* outside, or NULL */
    const char *target;         /* a destination's id, or NULL */
    const char *contents;       /* what it is, for those who cannot see it; NULL: where
                                   it leads says all */
    uint32_t element;           /* the LINK element */
};

struct laid_page {
    const struct item *items;
    uint32_t item_count;
    const struct link *links;
    uint32_t link_count;
    const char *label;          /* "xii", "47", "C1" */
    const struct part *part;    /* that it belongs to */
    bool blank;
    bool opening;               /* a part starts on it */
};

enum element_kind {
    ELEMENT_DOCUMENT, ELEMENT_PART, ELEMENT_SECT, ELEMENT_HEADING, ELEMENT_P,
    ELEMENT_L, ELEMENT_LI, ELEMENT_LBL, ELEMENT_LBODY, ELEMENT_TOC, ELEMENT_TOCI,
    ELEMENT_LINK, ELEMENT_FIGURE, ELEMENT_CAPTION, ELEMENT_TABLE, ELEMENT_TR,
    ELEMENT_TH, ELEMENT_TD, ELEMENT_NOTE, ELEMENT_QUOTE, ELEMENT_SPAN,
    ELEMENT_CODE, ELEMENT_INDEX, ELEMENT_REFERENCE, ELEMENT_KINDS
};

/* The tree of what the book says, in reading order: element 0 is the document;
 * a parent stands before its children. One that no item or link belongs to,
 * itself or below, is not written. */
struct element {
    enum element_kind kind;
    int level;                  /* HEADING */
    uint32_t parent;
    const char *lang;           /* NULL: as its parent */
    const char *alt;            /* FIGURE: always */
    const char *id;             /* NOTE: always */
    bool ordered;               /* L */
};

struct destination { const char *id; uint32_t page; dim y; };

struct bookmark { const char *title; int level; uint32_t page; dim y; };  /* level from 1 */

/* A page starts at byte OFFSET of NODE's text; where it starts with something
 * that has no text, at the node. NODE NULL: at the start of PART (a blank page:
 * after all of it). */
struct page_start {
    uint32_t page;
    const struct part *part;
    const struct node *node;
    size_t offset;
};

struct pages {
    dim width, height;          /* of the trimmed page */
    dim bleed;                  /* how far some items reach outside */
    const char *title, *language;
    struct laid_page *page;
    uint32_t count;
    const struct element *elements;
    uint32_t element_count;
    const struct destination *destinations;     /* sorted by id, bytewise */
    uint32_t destination_count;
    const struct bookmark *bookmarks;
    uint32_t bookmark_count;
    const struct page_start *starts;            /* one a page, in order */
    const struct face *const *faces;            /* by number */
    uint32_t face_count;
};

/* The pages as text, for tests: a line per item with place and words. */
struct buf;
void pages_print(const struct pages *pages, struct buf *out);

/* The destination of that id; NULL when there is none. */
const struct destination *pages_lookup(const struct pages *pages, const char *id);

#endif
