/* The objects of a file in the making, as text in PDF's own syntax. Thousands of
 * structure elements go out this way; libqpdf's C API would cost more than
 * drawing the book. Numbers are given out as objects are thought of; writing
 * the file gives them new ones. */
#ifndef PDF_OBJECT_H
#define PDF_OBJECT_H

#include "base/buf.h"
#include "pdf/pack.h"

#include <stdbool.h>

/* Bytes that a string may have, and one less: checkers differ (ISO 19005-2, 6.1.13). */
enum { STRING_MOST = 32766 };

struct object {
    size_t start, length;       /* in the file's text; length 0: there is none */
    size_t head;                /* how much of it is not a stream's bytes */
    bool stream;
};

struct object_file {
    struct buf out;             /* the texts of all objects */
    struct packer *packer;      /* for the threads that make them */
    VEC(struct object) object;  /* by number */
    int next;                   /* the next free number */
    int open;                   /* the one being written */
};

/* Numbers below FIRST are left to objects of another origin. */
void object_open(struct object_file *file, int first, int workers);
void object_free(struct object_file *file);

/* Takes COUNT numbers; returns the first. */
int object_take(struct object_file *file, int count);

/* Between begin and end, write the object to file->out. */
void object_begin(struct object_file *file, int number);
void object_end(struct object_file *file);

/* A stream object: DICT holds its keys but /Length; BYTES are deflated when PACK
 * is set (DICT then says nothing of a filter). */
void object_stream(struct object_file *file, int number, const char *dict,
                   const void *bytes, size_t count, bool pack);

/* The next reference "N 0 R" at or after *AT, which moves past it; its start in
 * *START. 0 when there is none before END. Strings and names are passed over. */
int object_reference(const char **at, const char *end, const char **start);

/* After the literal string that begins at AT. */
const char *object_skip_string(const char *at, const char *end);

void put_number(struct buf *out, long number);
void put_ref(struct buf *out, int number);
/* 1/1024 point as points, after a space. */
void put_points(struct buf *out, long dims);
/* A string of bytes, escaped. */
void put_bytes(struct buf *out, const char *bytes, size_t count);
/* UTF-8 as the hex digits of its UTF-16. */
void put_utf16(struct buf *out, const char *text, size_t bytes);
/* A text string: plain ASCII as it is, else UTF-16. TEXT is UTF-8; what a string
 * cannot hold is cut off. */
void put_text(struct buf *out, const char *text);

#endif
