/* Sources become portraits: any readable source is turned into blocks with
 * hints, one finder reads persons, questions, contacts and titles from the
 * blocks of the whole series, and the result is written as Markdown. */
#ifndef IMPORT_IMPORT_H
#define IMPORT_IMPORT_H

#include <stdbool.h>
#include <stddef.h>

struct import_options {
    const char *folder;     /* the anthology's, made when missing */
    bool dry_run;           /* tell on stdout, write nothing */
    bool drafts;            /* unpublished posts too */
};

/* False after an error; then nothing was written. */
bool import_files(const char *const *files, size_t count, const struct import_options *options);

#endif
