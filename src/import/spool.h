/* Articles put aside between the turns of an import: each is read from its
 * source once, however many there are. Up to a bound they are kept in memory,
 * packed; beyond it in a temporary file, which has no name and goes with the
 * process. */
#ifndef IMPORT_SPOOL_H
#define IMPORT_SPOOL_H

#include "import/block.h"

struct spool;

/* MEMORY: bytes that may be kept before they go to a file. */
struct spool *spool_new(size_t memory);
void spool_free(struct spool *spool);

/* Puts a copy of ARTICLE aside, which must be prepared and not yet searched.
 * False after an error. */
bool spool_add(struct spool *spool, const struct article *article);

size_t spool_count(const struct spool *spool);

/* The article that was added as number INDEX, from 0; free it. NULL after an
 * error. */
struct article *spool_load(struct spool *spool, size_t index);

#endif
