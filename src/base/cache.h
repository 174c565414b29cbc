/* What is dear to make and may be needed again by the next build: files in a
 * folder of the user's, each found by what it was made from. It may be deleted
 * at any time, by anybody; an entry that is not whole is as good as none, and
 * what cannot be written is not kept. Nothing here is ever an error. */
#ifndef BASE_CACHE_H
#define BASE_CACHE_H

#include "base/buf.h"

#include <stdbool.h>
#include <stddef.h>

struct cache;

/* FOLDER, made when missing; NULL: $XDG_CACHE_HOME/florilege, else
 * $HOME/.cache/florilege. NULL when there is none or none can be made; the other
 * functions take that for a cache that is empty and keeps nothing. All but open
 * and close are safe from several threads. */
struct cache *cache_open(const char *folder, size_t most);

/* Removes what was not used for longest until the rest is within the MOST bytes
 * that it was opened with; frees. */
void cache_close(struct cache *cache);

/* The name of what is made from COUNT BYTES in the way that HOW tells with every
 * choice that it depends on; this build of the program is always part of it. */
struct cache_key { char name[65]; };
struct cache_key cache_key(const struct cache *cache, const char *how, const void *bytes,
                           size_t count);

/* Appends the entry to OUT; false when there is none. */
bool cache_find(struct cache *cache, const struct cache_key *key, struct buf *out);
void cache_keep(struct cache *cache, const struct cache_key *key, const void *bytes, size_t count);

#endif
