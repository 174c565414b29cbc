/* Text to lines. What comes in is a paragraph as a list of spans, in reading
 * order; what goes out is the paragraph set in lines, in up to four lengths,
 * each with its cost, for the page maker to choose from. Words are shaped once
 * for each face and language and shared. Lines are broken by total fit (Knuth
 * and Plass, "Breaking Paragraphs into Lines", 1981), with hyphenation,
 * protrusion and expansion (Hàn Thế Thành, 2000). */
#ifndef LAYOUT_TEXT_H
#define LAYOUT_TEXT_H

#include "base/buf.h"
#include "layout/page.h"
#include "layout/style.h"

/* What all typesetters of a layout share: the fonts of fonts/fonts.conf and no
 * others, the faces in use, the hyphenation dictionaries. Safe from several
 * threads. NULL after an error. */
struct fonts;
struct fonts *fonts_load(const char *data);
void fonts_free(struct fonts *fonts);

/* False, with an error for each, when STYLE names families that are not there. */
bool fonts_check(struct fonts *fonts, const struct style *style);

/* Warns of each character that no font had, and of each language that lacks a
 * hyphenation dictionary, once, at its first place; for the layout to call when
 * all is set. */
void fonts_tell_missing(struct fonts *fonts);

/* Shapes and breaks; has the cache of shaped words. One for each worker, not
 * for two threads at a time. What it makes lives until it is freed. */
struct typesetter;
struct typesetter *typesetter_new(struct fonts *fonts, const struct style *style);
void typesetter_free(struct typesetter *typesetter);

/* Seconds it spent on shaping words and on breaking paragraphs. */
void typesetter_times(const struct typesetter *typesetter, double *shaping, double *breaking);

/* The main face of a text style, for its metrics. */
const struct face *typesetter_face(struct typesetter *typesetter, const struct text_style *style);

/* All faces that were asked for, in no order; number them before drawing. */
size_t fonts_faces(struct fonts *fonts, struct face ***faces);

enum span_kind {
    SPAN_TEXT,
    SPAN_BREAK,         /* the line ends here by will of the text */
    SPAN_BOX,           /* width and height of a picture within the line */
    SPAN_LEADER,        /* dots that fill the line up to what follows */
    SPAN_MARK           /* no width: carried to the line it falls in (notes, anchors) */
};

struct span {
    enum span_kind kind;
    const char *text;
    size_t bytes;
    const struct node *node;    /* where text[0] stands in the model; NULL: made text */
    size_t offset;
    const struct text_style *style;
    const char *lang;           /* BCP 47 */
    uint32_t element;
    uint32_t link;              /* 0: none; else a number of the caller's, for
                                   set_line_put() to give back */
    dim rise;                   /* of a superior figure */
    dim width, height, depth;   /* BOX */
    bool struck;                /* a line goes through it */
    bool keep;                  /* a handle, a number: never hyphenated */
    bool address;               /* breaks after / . - _ and before @, without a hyphen */
};

/* The room a paragraph has: the first SHORT_LINES lines leave SHORT_LEFT free
 * (a drop capital). */
struct room {
    dim width;
    dim left, right;            /* margins within the width */
    dim indent;                 /* first line; negative hangs */
    int short_lines;
    dim short_left;
    bool turned;                /* the paragraph begins at the right */
    dim last_min;               /* the last line has at least this width, if it can;
                                   0: of some five letters, of a third of the
                                   measure where a ragged text has two lines */
};

/* One line, ready to be put on a page. Its parts are opaque; what a page maker
 * needs is here. */
struct set_line {
    const struct node *node;    /* of its first word, NULL when all is made text */
    size_t offset;
    uint32_t first_span, last_span;     /* the spans it shows some of, inclusive;
                                   marks between them belong to it */
    dim left, width;            /* ink from the room's left edge, as set */
    dim ascent, descent;        /* of what stands in it */
    int32_t ratio;              /* word space over natural, in 1/1000 */
    int32_t stretch;            /* of the glyphs, 65536 is 1 */
    bool hyphenated;
    bool overfull;
    const void *parts;
};

struct setting {
    int count;                  /* lines */
    int64_t cost;               /* demerits; comparable within a paragraph and between:
                                   100 for a line whose spaces are wider by a tenth,
                                   the style's penalty for a hyphen */
    const struct set_line *line;
};

/* BEST is the cheapest; SHORTER and LONGER have one line fewer or more, LONGEST
 * two more, line NULL where that cannot be done within the tolerance. */
struct settings { struct setting best, shorter, longer, longest; };

/* Breaks a paragraph. A run of spaces and control characters counts as one word
 * space, at the ends of the paragraph for nothing; no-break spaces are letters of
 * the words they stand in, and keep their width. An overfull line that nothing
 * helps is a warning at AT. The spans and the result live as long as ARENA. No
 * spans: no lines. */
struct settings text_set(struct typesetter *typesetter, struct arena *arena,
                         const struct text_style *style, const struct room *room,
                         const struct span *span, size_t count, struct place at);

/* Natural width of spans on one line, for tables and labels. */
dim text_width(struct typesetter *typesetter, const struct span *span, size_t count);

/* Puts LINE's items at X (the room's left edge) and baseline Y: appends to
 * ITEMS, and for each piece of a link calls LINKED with the link's number and
 * its rectangle. */
typedef VEC(struct item) item_list;
typedef void linked(void *context, uint32_t link, uint32_t element,
                    dim x, dim y, dim width, dim height);
void set_line_put(struct arena *arena, const struct set_line *line, const struct span *span,
                  dim x, dim y, item_list *items, linked *linked, void *context);

#endif
