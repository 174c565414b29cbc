/* Zip archives of sources. */
#ifndef IMPORT_ARCHIVE_H
#define IMPORT_ARCHIVE_H

#include "import/source.h"

/* Reads the sources in the zip at PATH, in the order of their names. Nothing is
 * unpacked to disk. Refused: names that climb out, what is encrypted, what grows
 * beyond reason when unpacked, archives within archives. False after an error. */
bool archive_read(const char *path, const struct source_options *options, source_taken *taken,
                  void *context);

#endif
