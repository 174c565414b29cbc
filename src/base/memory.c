/* calloc, realloc and strdup that end the program instead of failing. */
#include "base/memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

_Noreturn void memory_exhausted(void)
{
    fputs("florilege: out of memory\n", stderr);
    exit(1);
}

void *memory_new(size_t count, size_t size)
{
    void *memory = calloc(count == 0 ? 1 : count, size == 0 ? 1 : size);

    if (memory == NULL)
        memory_exhausted();
    return memory;
}

void *memory_resize(void *memory, size_t size)
{
    memory = realloc(memory, size == 0 ? 1 : size);
    if (memory == NULL)
        memory_exhausted();
    return memory;
}

char *memory_strdup(const char *text)
{
    char *copy;

    if (text == NULL)
        return NULL;
    copy = strdup(text);
    if (copy == NULL)
        memory_exhausted();
    return copy;
}

int memory_strcmp(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}
