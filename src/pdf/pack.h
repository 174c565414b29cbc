/* Streams deflated (ISO 32000-1, 7.4.4) by libdeflate. The same bytes give the
 * same stream, whoever packs them. */
#ifndef PDF_PACK_H
#define PDF_PACK_H

#include "base/buf.h"

struct packer;

/* For WORKERS threads, as a pool numbers them. */
struct packer *packer_new(int workers);
void packer_free(struct packer *packer);

/* Appends BYTES deflated to OUT; WORKER is in no other call. */
void packer_put(struct packer *packer, int worker, const void *bytes, size_t count,
                struct buf *out);

#endif
