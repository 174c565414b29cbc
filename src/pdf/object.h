/* Writes PDF objects as an update to a file in memory: new objects, and new
 * contents of old ones, then the cross-reference table for them. Thousands of
 * structure elements go out this way as plain text; libqpdf's C API would cost
 * more than drawing the book. The helpers write one token each, with a space
 * before it where one is needed. */
#ifndef PDF_OBJECT_H
#define PDF_OBJECT_H

#include "base/buf.h"

#include <stdbool.h>

struct object_file {
    struct buf out;             /* of the update */
    size_t base;                /* bytes of the file before it */
    VEC(struct { int number; size_t offset; }) place;
    int next;                   /* the next free number */
};

/* BASE is the size of the file that is updated, SIZE its trailer's /Size. */
void object_open(struct object_file *file, size_t base, int size);
void object_free(struct object_file *file);

/* Takes COUNT numbers; returns the first. */
int object_take(struct object_file *file, int count);

/* Between begin and end, write to file->out. */
void object_begin(struct object_file *file, int number);
void object_end(struct object_file *file);

/* A whole stream object: DICT holds its keys but /Length; BYTES are deflated
 * when PACK is set (DICT then says nothing of a filter). */
void object_stream(struct object_file *file, int number, const char *dict,
                   const void *bytes, size_t count, bool pack);

/* The cross-reference table and trailer; PREVIOUS is the offset of the file's
 * own. A zero INFO is left out. */
void object_close(struct object_file *file, int root, int info, long long previous);

void put_ref(struct buf *out, int number);
/* 1/1024 point as points. */
void put_points(struct buf *out, long dims);
/* A string of bytes, escaped. */
void put_bytes(struct buf *out, const char *bytes, size_t count);
/* A text string: plain ASCII as it is, else UTF-16. TEXT is UTF-8. */
void put_text(struct buf *out, const char *text);

#endif
