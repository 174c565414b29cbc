/* The file itself: objects in the order and with the tables that let a viewer
 * show the first page before it has the rest (linearized, ISO 32000-1, annex
 * F), the small ones in compressed object streams. The identifier is a checksum
 * of the content: the same objects give the same bytes. */
#ifndef PDF_LINEAR_H
#define PDF_LINEAR_H

#include "base/pool.h"
#include "base/publish.h"
#include "pdf/graph.h"

/* Writes the objects that can be reached from the roots. */
void linear_write(const struct object_file *file, const struct roots *roots,
                     struct publish *out, struct pool *pool);

#endif
