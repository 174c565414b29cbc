/* The `edition` command: what changed since the last edition, told as a person
 * would say it, and the ledger written when an edition or a printing closes. */
#ifndef EDITIONS_H
#define EDITIONS_H

#include <stdbool.h>

struct edition_options {
    const char *content;        /* the anthology's folder */
    const char *date;           /* YYYY-MM-DD; NULL: SOURCE_DATE_EPOCH's, else today's */
    const char *isbn_epub, *isbn_print, *note;      /* or NULL */
    int from, to;               /* diff: editions; 0: the last, the present state */
};

/* Each is false after an error; the ledger is then as it was. */
bool editions_status(const struct edition_options *options);
bool editions_diff(const struct edition_options *options);
bool editions_new(const struct edition_options *options);
bool editions_reprint(const struct edition_options *options);

#endif
