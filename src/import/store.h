/* The folder that an import writes to, and its memory of earlier imports,
 * import.yaml: which portrait came from which source, and the hash of what was
 * written, so that a file that somebody edited is never overwritten. */
#ifndef IMPORT_STORE_H
#define IMPORT_STORE_H

#include "base/arena.h"
#include "base/buf.h"

#include <stdbool.h>
#include <stddef.h>

struct store;

enum outcome {
    STORE_NEW, STORE_SAME, STORE_UPDATED,
    STORE_KEPT,         /* edited, and the source says nothing new: left alone */
    STORE_BESIDE,       /* edited, and the source changed: written as NAME.new.EXT */
    STORE_FAILED
};

/* Reads FOLDER/import.yaml if there is one; NULL after an error. DRY: nothing
 * is written. */
struct store *store_load(const char *folder, bool dry);
void store_free(struct store *store);

/* The id of the portrait from source KEY, whose bytes have the hash SHA256: the one
 * it had before, under this name or with these bytes, else the slug of NAME, with
 * -2, -3, … when another source has it. Borrowed. The same KEY may be asked for
 * again. */
const char *store_id(struct store *store, const char *key, const char *sha256,
                     const char *name);

/* Writes TEXT as PATH within the folder, as the outcomes tell. SHA256 is of
 * the source, NULL for what comes from several. */
enum outcome store_write(struct store *store, const char *path, const char *sha256,
                         const struct buf *text);

/* Was PATH written by an import and not touched since? */
bool store_is_ours(struct store *store, const char *path);

/* Copies a picture's bytes to PATH; the same bytes there already are fine. */
bool store_picture(struct store *store, const char *path, const void *bytes, size_t count);

/* Syncs the folders of all that was written; writes import.yaml, when anything
 * changed. */
bool store_finish(struct store *store);

/* The SHA-256 in hexadecimal, in the arena. */
char *sha256_of(struct arena *arena, const void *bytes, size_t count);

#endif
