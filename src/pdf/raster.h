/* Pictures made ready for a page: decoded, turned upright, cut, brought down to
 * the resolution asked for, on white where they are transparent. A JPEG file
 * that needs none of this keeps its bytes. */
#ifndef PDF_RASTER_H
#define PDF_RASTER_H

#include "base/cache.h"
#include "layout/page.h"

#include <cairo.h>

struct raster_options {
    bool grey, embed;
    double resolution;      /* pixels per inch */
    struct cache *cache;    /* of what is made from large files; or NULL */
};

/* A surface that fills the frame of ITEM (a picture), or for an embedded file
 * all of the picture, its crop to be clipped: *WHOLE tells. NULL after an
 * error, told by diag(). */
cairo_surface_t *raster_new(const struct item *item, const struct raster_options *options,
                            bool *whole);

#endif
