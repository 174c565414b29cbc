/* The pictures of a file's sheets, embedded by cairo, each once for every frame
 * that shows the same of it. */
#ifndef PDF_PLATES_H
#define PDF_PLATES_H

#include "base/pool.h"
#include "pdf/drawn.h"
#include "pdf/sheet.h"

#include <cairo.h>

struct plate {
    int object;                 /* the image, in cairo's file */
    bool whole;                 /* it is the whole picture: its crop is to be clipped */
    uint32_t number;            /* 0, 1, … in the order of first use */
};

struct plates;

struct plates *plates_new(const struct sheets *sheets);
void plates_free(struct plates *plates);

/* Draws a page for each picture, in grey or as it is. False after an error, told
 * by diag(): a picture that cannot be read. */
bool plates_draw(struct plates *plates, bool grey, cairo_t *cr, struct cache *cache,
                 struct pool *pool);

/* Reads those pages back, which in DRAWN begin at FIRST. False after an error,
 * told by diag(). */
bool plates_read(struct plates *plates, struct drawn *drawn, int first);

/* The plate of a picture's item; may be asked by many threads. */
const struct plate *plates_lookup(const struct plates *plates, const struct item *item);

uint32_t plates_count(const struct plates *plates);
const struct plate *plates_plate(const struct plates *plates, uint32_t number);

#endif
