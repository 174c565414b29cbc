/* Memory that is freed all at once. One arena per book, one per layout: what
 * lives as long as the book is taken from the book's arena and never freed
 * singly. Out of memory ends the program here, so no caller checks. An arena
 * is not locked: one thread at a time. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct arena;

struct arena *arena_new(void);
void arena_free(struct arena *arena);

/* SIZE bytes, zeroed, aligned for any type. */
void *arena_alloc(struct arena *arena, size_t size);

/* COUNT objects of SIZE bytes, zeroed; ends the program when the product
 * overflows. */
void *arena_array(struct arena *arena, size_t count, size_t size);

/* Copies, always NUL-terminated. arena_strdup(NULL) is NULL. */
char *arena_strdup(struct arena *arena, const char *text);
char *arena_strndup(struct arena *arena, const char *text, size_t bytes);
char *arena_printf(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#define ARENA_NEW(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define ARENA_ARRAY(arena, count, type) \
    ((type *)arena_array((arena), (count), sizeof(type)))

#endif
