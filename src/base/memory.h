/* Memory from the system, for what no arena owns. Running out of it ends the
 * program here, so that nobody else has to check. */
#ifndef BASE_MEMORY_H
#define BASE_MEMORY_H

#include <stddef.h>

/* COUNT objects of SIZE bytes, zeroed; free() it. Never NULL. */
void *memory_new(size_t count, size_t size);

/* MEMORY (or NULL) at a new size; free() it. */
void *memory_resize(void *memory, size_t size);

/* A copy; NULL of NULL. free() it. */
char *memory_strdup(const char *text);

/* For qsort() and bsearch() on arrays of C strings: by their bytes. */
int memory_strcmp(const void *a, const void *b);

_Noreturn void memory_exhausted(void);

#endif
