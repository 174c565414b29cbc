/* The OCF container: a ZIP whose first entry is the media type, stored and
 * without an extra field, at byte 38. The same files give the same bytes: times
 * and attributes are fixed, the order is the caller's. */
#ifndef EPUB_OCF_H
#define EPUB_OCF_H

#include "base/publish.h"

#include <stdbool.h>
#include <stddef.h>

struct ocf_file {
    const char *path;           /* within the container */
    const void *bytes;
    size_t count;
    bool stored;                /* compressed already: not again */
};

/* Writes the container to OUT. False after an error, told by diag(); OUT is
 * then marked as failed. The files' bytes are borrowed. */
bool ocf_write(struct publish *out, const struct ocf_file *file, size_t count);

#endif
