/* The file that cairo makes of what is to be embedded, fonts and pictures, read
 * by libqpdf: its pages are looked into, and what the book uses is copied into
 * the book's file, where objects keep their numbers. */
#ifndef PDF_DRAWN_H
#define PDF_DRAWN_H

#include "base/buf.h"
#include "pdf/object.h"

#include <qpdf/qpdf-c.h>
#include <stdbool.h>

struct drawn {
    struct buf bytes;           /* filled by cairo */
    qpdf_data qpdf;             /* NULL before drawn_open() */
    int size;                   /* above the numbers of its objects */
    VEC(int) wanted;            /* objects to be copied */
};

/* Reads the bytes; false after an error, told by diag(). */
bool drawn_open(struct drawn *drawn);
void drawn_close(struct drawn *drawn);

/* False, told by diag(), when libqpdf failed before; DOING says at what. */
bool drawn_sound(struct drawn *drawn, const char *doing);

/* The value of KEY in the resources CATEGORY ("/Font") of a page, at NAME; or,
 * without a NAME, the first. */
qpdf_oh drawn_resource(struct drawn *drawn, int page, const char *category, const char *name);

/* Copies object NUMBER into FILE with all that it refers to, but for what FILE
 * has already. False after an error, told by diag(). */
bool drawn_take(struct drawn *drawn, struct object_file *file, int number);

#endif
