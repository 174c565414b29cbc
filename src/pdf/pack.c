/* Each worker has a compressor of its own, made when it first needs one. */
#include "pdf/pack.h"
#include "base/memory.h"

#include <libdeflate.h>
#include <stdlib.h>

enum { LEVEL = 6 };             /* 9 takes twice as long for a hundredth less */

struct packer {
    struct libdeflate_compressor **compressor;  /* by worker */
    int workers;
};

struct packer *packer_new(int workers)
{
    struct packer *packer = memory_new(1, sizeof *packer);

    packer->compressor = memory_new((size_t)workers, sizeof(struct libdeflate_compressor *));
    packer->workers = workers;
    return packer;
}

void packer_free(struct packer *packer)
{
    if (packer == NULL)
        return;
    for (int i = 0; i < packer->workers; i++)
        if (packer->compressor[i] != NULL)
            libdeflate_free_compressor(packer->compressor[i]);
    free(packer->compressor);
    free(packer);
}

void packer_put(struct packer *packer, int worker, const void *bytes, size_t count,
                struct buf *out)
{
    struct libdeflate_compressor **compressor = &packer->compressor[worker];
    size_t room;
    char *packed;

    if (*compressor == NULL && (*compressor = libdeflate_alloc_compressor(LEVEL)) == NULL)
        memory_exhausted();
    room = libdeflate_zlib_compress_bound(*compressor, count);
    packed = memory_new(room, 1);
    buf_append(out, packed, libdeflate_zlib_compress(*compressor, bytes, count, packed, room));
    free(packed);
}
