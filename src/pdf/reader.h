/* A PDF of anybody, read to be imposed: each page becomes a form that can be put
 * on another page. Refused, by diag(): what is no PDF, is encrypted against
 * rearranging or printing, has no pages or pages without a size. */
#ifndef PDF_READER_H
#define PDF_READER_H

#include <qpdf/qpdf-c.h>
#include <stdbool.h>
#include <stddef.h>

struct reader {
    const char *path;
    qpdf_data qpdf;
    int pages;                      /* its own */
    const struct reader *copied;    /* whose pages stand behind them; or NULL */
};

struct box { double left, bottom, right, top; };

/* A page as it is placed: its form, and where its trim lies, upright. */
struct leaf {
    qpdf_oh form;           /* an object of the reader's file */
    struct box trim;        /* in the page's own space */
    int rotate;             /* 0, 90, 180, 270, clockwise */
    double unit;
    double width, height;   /* of the trim, upright, in points */
};

/* Opens the file at PATH, which is borrowed. False after an error; close it
 * either way. */
bool reader_open(struct reader *reader, const char *path);
void reader_close(struct reader *reader);

/* Appends the pages of FROM, once, each with the output intents of its file, as
 * PDF 2.0 has it. FROM must stay open until all is written. */
bool reader_copy(struct reader *reader, const struct reader *from);

/* The file that page INDEX comes from, and its number there. */
const struct reader *reader_owner(const struct reader *reader, int *index);

/* Page INDEX, from 0, as a form: what may bleed is part of it, annotations are
 * not. False after an error. */
bool reader_leaf(const struct reader *reader, int index, struct leaf *leaf);

/* Tells that libqpdf had to repair the file, if it had. */
void reader_warn(const struct reader *reader);

/* An error of this file; false. */
bool reader_refuse(const struct reader *reader, const char *rule, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* False, told, when a call of libqpdf failed since it was last asked. */
bool reader_sound(const struct reader *reader, const char *what);

/* A warning, of this call or an earlier one, is no failure. */
bool reader_failed(QPDF_ERROR_CODE code);

/* ---- Objects to write --------------------------------------------------------------- */

/* COUNT bytes, deflated, as the data of STREAM. */
void reader_put_stream(qpdf_data qpdf, qpdf_oh stream, const unsigned char *bytes, size_t count);
qpdf_oh reader_array(qpdf_data qpdf, const double *number, int count);

#endif
