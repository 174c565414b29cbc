/* Files and paths. Paths use '/'. Reading complains by diag() once and returns
 * false or NULL. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include "base/arena.h"
#include "base/diag.h"

#include <stdbool.h>
#include <stddef.h>

/* All SIZE bytes from or to an open file; false with errno, untold, when there are
 * fewer (EIO) or the system refuses. */
bool file_read_bytes(int file, void *into, size_t size);
bool file_write_bytes(int file, const void *bytes, size_t count);

/* The whole of a regular file, NUL-terminated, in the arena; its size in
 * *BYTES. Refuses more than LIMIT bytes (0: 256 MiB). */
char *file_read(struct arena *arena, const char *path, size_t limit, size_t *bytes);

/* The same, and refuses what is not UTF-8, naming line and column; a byte
 * order mark is dropped, CR LF and CR become LF, NUL is refused. */
char *file_read_text(struct arena *arena, const char *path, size_t *bytes);

/* Line and column of byte OFFSET of TEXT, which begins at LINE of PATH. */
struct place file_place(const char *path, int line, const char *text, size_t offset);

bool file_exists(const char *path);
bool folder_exists(const char *path);

/* Is there nothing under this name? What may not be looked at, and a link that
 * leads nowhere, are something. */
bool path_is_free(const char *path);

/* Makes PATH and the folders above it. */
bool folder_make(const char *path);

/* Names in a folder (not . and ..), sorted by bytes, in the arena; *COUNT is the
 * number. A missing folder has none; NULL and none after an error, when one cannot
 * be read. */
char **folder_list(struct arena *arena, const char *path, size_t *count);

char *path_join(struct arena *arena, const char *folder, const char *name);
/* "content/portraits" of "content/portraits/ada.md"; "." without a '/'. */
char *path_folder(struct arena *arena, const char *path);
/* "ada.md"; borrowed. */
const char *path_name(const char *path);
/* "ada": the name up to its last dot. */
char *path_stem(struct arena *arena, const char *path);
/* Is PATH, its links followed, inside FOLDER? Both must exist. */
bool path_within(const char *folder, const char *path);

/* PATH as a word of a command to type: in quotes where a shell would part or
 * change it, and no option where it begins with '-'. */
char *path_for_shell(struct arena *arena, const char *path);

/* The folder that holds styles/, fonts/: $FLORILEGE_DATA, else the source tree
 * of the running executable, else PREFIX/share/florilege. NULL with an error
 * when none has both. */
char *file_data_folder(struct arena *arena);

#endif
