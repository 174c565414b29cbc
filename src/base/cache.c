/* An entry is a file named by its key: the content, then its CRC-32. It is
 * written beside its place and renamed, so that two builds at a time do not
 * meet; it is not synced, since the sum tells what a crash left of it. */
#include "base/cache.h"
#include "base/arena.h"
#include "base/file.h"
#include "base/memory.h"

#include <fcntl.h>
#include <glib.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#ifndef FLORILEGE_VERSION
#define FLORILEGE_VERSION "unknown"
#endif

enum { SUM = 4, MOST_ENTRY = 64 << 20 };

struct cache {
    struct arena *arena;
    const char *folder;
    const char *program;        /* which build of it this is */
    size_t most;
    atomic_bool grown;
};

/* ---- opening ------------------------------------------------------------- */

/* A program that was built again may make other things under the same version.
 * NULL where the system does not tell. */
static const char *this_program(struct arena *arena)
{
    struct stat info;

    if (stat("/proc/self/exe", &info) != 0)
        return NULL;
    return arena_printf(arena, "florilege " FLORILEGE_VERSION " %lld %lld.%09ld",
                        (long long)info.st_size, (long long)info.st_mtim.tv_sec,
                        info.st_mtim.tv_nsec);
}

/* Nothing is made where there is no home. */
static const char *folder_of_user(struct arena *arena)
{
    const char *caches = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");

    if (caches != NULL && caches[0] == '/')
        return path_join(arena, caches, "florilege");
    if (home != NULL && home[0] == '/' && folder_exists(home))
        return path_join(arena, home, ".cache/florilege");
    return NULL;
}

struct cache *cache_open(const char *folder, size_t most)
{
    struct arena *arena = arena_new();
    struct cache *cache = ARENA_NEW(arena, struct cache);

    cache->arena = arena;
    cache->most = most;
    cache->program = this_program(arena);
    cache->folder = folder != NULL ? arena_strdup(arena, folder) : folder_of_user(arena);
    if (cache->program != NULL && cache->folder != NULL
        && g_mkdir_with_parents(cache->folder, 0700) == 0)
        return cache;
    arena_free(arena);
    return NULL;
}

/* ---- entries ------------------------------------------------------------- */

struct cache_key cache_key(const struct cache *cache, const char *how, const void *bytes,
                           size_t count)
{
    struct cache_key key = { "" };
    GChecksum *sum;

    if (cache == NULL)
        return key;
    sum = g_checksum_new(G_CHECKSUM_SHA256);
    g_checksum_update(sum, (const guchar *)cache->program, (gssize)strlen(cache->program) + 1);
    g_checksum_update(sum, (const guchar *)how, (gssize)strlen(how) + 1);
    g_checksum_update(sum, bytes, (gssize)count);
    g_strlcpy(key.name, g_checksum_get_string(sum), sizeof key.name);
    g_checksum_free(sum);
    return key;
}

static char *path_of(const struct cache *cache, const char *name)
{
    size_t size = strlen(cache->folder) + strlen(name) + 2;
    char *path = memory_new(size, 1);

    snprintf(path, size, "%s/%s", cache->folder, name);
    return path;
}

static void put_sum(unsigned char sum[SUM], const void *bytes, size_t count)
{
    unsigned long crc = crc32_z(0, bytes, count);

    for (int i = 0; i < SUM; i++)
        sum[i] = (unsigned char)(crc >> (24 - 8 * i));
}

/* The entry's content appended to OUT, when its sum is right. */
static bool read_entry(int file, struct buf *out)
{
    unsigned char sum[SUM];
    struct stat info;
    size_t count;
    char *bytes;
    bool whole;

    if (fstat(file, &info) != 0 || !S_ISREG(info.st_mode) || info.st_size < SUM
        || info.st_size > MOST_ENTRY + SUM)
        return false;
    count = (size_t)info.st_size - SUM;
    bytes = memory_new(count + SUM, 1);
    whole = file_read_bytes(file, bytes, count + SUM);
    put_sum(sum, bytes, count);
    whole = whole && memcmp(sum, bytes + count, SUM) == 0;
    if (whole)
        buf_append(out, bytes, count);
    free(bytes);
    return whole;
}

bool cache_find(struct cache *cache, const struct cache_key *key, struct buf *out)
{
    static const struct timespec now[2] = { { .tv_nsec = UTIME_NOW }, { .tv_nsec = UTIME_NOW } };
    bool found;
    char *path;
    int file;

    if (cache == NULL)
        return false;
    path = path_of(cache, key->name);
    file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    free(path);
    if (file < 0)
        return false;
    found = read_entry(file, out);
    if (found)
        futimens(file, now);        /* its age is the time since its last use */
    close(file);
    return found;
}

void cache_keep(struct cache *cache, const struct cache_key *key, const void *bytes, size_t count)
{
    unsigned char sum[SUM];
    char *path, *piece;
    bool written;
    int file;

    if (cache == NULL || count > MOST_ENTRY)
        return;
    piece = path_of(cache, ".new-XXXXXX");
    file = mkstemp(piece);
    if (file >= 0) {
        path = path_of(cache, key->name);
        put_sum(sum, bytes, count);
        written = file_write_bytes(file, bytes, count) && file_write_bytes(file, sum, SUM);
        written = close(file) == 0 && written;
        if (!written || rename(piece, path) != 0)
            unlink(piece);
        free(path);
        atomic_store(&cache->grown, true);
    }
    free(piece);
}

/* ---- closing ------------------------------------------------------------- */

struct entry { char *path; struct timespec used; off_t size; };

static int by_use(const void *a, const void *b)
{
    const struct timespec *left = &((const struct entry *)a)->used;
    const struct timespec *right = &((const struct entry *)b)->used;

    if (left->tv_sec != right->tv_sec)
        return left->tv_sec < right->tv_sec ? -1 : 1;
    return left->tv_nsec < right->tv_nsec ? -1 : left->tv_nsec > right->tv_nsec;
}

/* What is no file of ours to remove is left out. */
static size_t list_entries(const struct cache *cache, struct entry **entries, off_t *total)
{
    VEC(struct entry) list = {0};
    GDir *folder = g_dir_open(cache->folder, 0, NULL);
    const char *name;

    *total = 0;
    while (folder != NULL && (name = g_dir_read_name(folder)) != NULL) {
        char *path = path_of(cache, name);
        struct stat info;

        if (lstat(path, &info) != 0 || !S_ISREG(info.st_mode)) {
            free(path);
            continue;
        }
        *VEC_PUSH(&list) = (struct entry){ path, info.st_mtim, info.st_size };
        *total += info.st_size;
    }
    if (folder != NULL)
        g_dir_close(folder);
    *entries = list.item;
    return list.count;
}

static void trim(const struct cache *cache)
{
    struct entry *entries;
    off_t total;
    size_t count = list_entries(cache, &entries, &total);

    if (count > 0)
        qsort(entries, count, sizeof *entries, by_use);
    for (size_t i = 0; i < count; i++) {
        if ((uintmax_t)total > cache->most && unlink(entries[i].path) == 0)
            total -= entries[i].size;
        free(entries[i].path);
    }
    free(entries);
}

void cache_close(struct cache *cache)
{
    if (cache == NULL)
        return;
    if (atomic_load(&cache->grown))
        trim(cache);
    arena_free(cache->arena);
}
