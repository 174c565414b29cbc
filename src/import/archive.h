/* Zip archives of sources, and of the pictures beside them. */
#ifndef IMPORT_ARCHIVE_H
#define IMPORT_ARCHIVE_H

#include "import/source.h"

/* Reads the sources in the zip at PATH, in the order of their names. Nothing is
 * unpacked to disk. Refused: names that climb out, what is encrypted, what grows
 * beyond reason when unpacked, archives within archives. False after an error. */
bool archive_read(const char *path, const struct source_options *options, source_taken *taken,
                  void *context);

/* The files of a zip, to look pictures up in by their exact names. NULL, without
 * a word, when it cannot be opened. */
struct archive_files;
struct archive_files *archive_files_new(const char *path);
void archive_files_free(struct archive_files *files);
bool archive_files_have(const struct archive_files *files, const char *name);

/* The bytes of a file of at most LIMIT bytes, in ARENA; NULL when it is larger
 * or damaged. */
char *archive_files_read(const struct archive_files *files, struct arena *arena, const char *name,
                         size_t limit, size_t *count);

#endif
