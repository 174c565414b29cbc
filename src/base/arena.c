/* Memory in blocks, each twice as large as the one before up to a bound. What
 * does not fit in a block gets one of its own. */
#include "base/arena.h"
#include "base/memory.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_BLOCK = 16 * 1024, LARGEST_BLOCK = 1024 * 1024 };

struct block {
    struct block *next;
    size_t size, used;
    alignas(max_align_t) unsigned char bytes[];
};

struct arena {
    struct block *block;
    size_t next_size;
};

struct arena *arena_new(void)
{
    struct arena *arena = memory_new(1, sizeof *arena);

    arena->next_size = FIRST_BLOCK;
    return arena;
}

void arena_free(struct arena *arena)
{
    if (arena == NULL)
        return;
    for (struct block *block = arena->block, *next; block != NULL; block = next) {
        next = block->next;
        free(block);
    }
    free(arena);
}

static void add_block(struct arena *arena, size_t size)
{
    size_t room = size > arena->next_size ? size : arena->next_size;
    struct block *block;

    if (room > SIZE_MAX - sizeof *block)
        memory_exhausted();
    block = memory_new(1, sizeof *block + room);
    block->size = room;
    if (arena->next_size < LARGEST_BLOCK)
        arena->next_size *= 2;
    block->next = arena->block;
    arena->block = block;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    const size_t grain = alignof(max_align_t);
    void *memory;

    if (size > SIZE_MAX - grain)
        size = SIZE_MAX - grain;
    size = (size + grain - 1) / grain * grain;
    if (arena->block == NULL || arena->block->size - arena->block->used < size)
        add_block(arena, size);
    memory = arena->block->bytes + arena->block->used;
    arena->block->used += size;
    return memory;
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size)
        memory_exhausted();
    return arena_alloc(arena, count * size);
}

char *arena_strndup(struct arena *arena, const char *text, size_t bytes)
{
    char *copy = arena_alloc(arena, bytes + 1);

    if (bytes > 0)
        memcpy(copy, text, bytes);
    return copy;
}

char *arena_strdup(struct arena *arena, const char *text)
{
    return text == NULL ? NULL : arena_strndup(arena, text, strlen(text));
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
    va_list args;
    char *text;
    int length;

    va_start(args, format);
    length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (length < 0)
        return arena_strdup(arena, "");
    text = arena_alloc(arena, (size_t)length + 1);
    va_start(args, format);
    vsnprintf(text, (size_t)length + 1, format, args);
    va_end(args);
    return text;
}
