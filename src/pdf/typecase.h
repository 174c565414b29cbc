/* The type case: every glyph that the sheets of a file show, as a sort, which is
 * what the text operators need to show it. cairo embeds the fonts: for each
 * font file it is given one page with all glyphs that are used, makes subsets of
 * it, and on that page stands which subset and code each glyph has got. */
#ifndef PDF_TYPECASE_H
#define PDF_TYPECASE_H

#include "base/buf.h"
#include "pdf/drawn.h"
#include "pdf/sheet.h"

#include <cairo.h>

struct sort {
    const char *text;           /* what it stands for by its font's map, in UTF-8;
                                   "": nothing, a reader sees an unknown sign */
    uint16_t bytes;             /* of text */
    uint16_t subset, code;
    float width;                /* thousandths of the font's size */
};

/* The sorts of one font file. */
struct fount {
    struct sort *sort;          /* by glyph id; of no use for glyphs not shown */
    uint32_t count;
    uint16_t space;             /* the glyph of word spaces; 0: none */
};

/* A subset of a font file, as embedded. */
struct subset {
    int object;                 /* the font's dictionary, in cairo's file */
    int map;                    /* its ToUnicode stream; to be written anew */
    int code_bytes;             /* 1 or 2 */
};

struct typecase;

/* Collects what SHEETS show. NULL after an error, told by diag(): a font that
 * cannot be opened. */
struct typecase *typecase_new(const struct sheets *sheets);
void typecase_free(struct typecase *typecase);

/* Draws a page for each font file, and returns how many. */
int typecase_draw(const struct typecase *typecase, cairo_t *cr);

/* Reads those pages, the first of DRAWN, back. False after an error, told by
 * diag(). */
bool typecase_read(struct typecase *typecase, struct drawn *drawn);

/* The fount of a face of the sheets; may be asked by many threads. */
const struct fount *typecase_lookup(const struct typecase *typecase, const struct face *face);

uint32_t typecase_subsets(const struct typecase *typecase);
const struct subset *typecase_subset(const struct typecase *typecase, uint32_t subset);

/* Appends the map from the codes of a subset to texts (ISO 32000-1, 9.10.3). */
void typecase_put_map(const struct typecase *typecase, uint32_t subset, struct buf *out);

#endif
