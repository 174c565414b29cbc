/* Golden files: what a stage says of a small input, compared exactly. With
 * FLORILEGE_GOLDEN_WRITE=1 the file is written anew (`make golden` shows the
 * difference and asks). After cmocka.h. */
#ifndef TESTS_GOLDEN_H
#define TESTS_GOLDEN_H

#include "base/arena.h"
#include "base/file.h"
#include "base/publish.h"

#include <stdlib.h>
#include <string.h>

/* The line that a text and another first differ in, from 1. */
static inline int golden_line(const char *one, const char *two)
{
    int line = 1;

    for (; *one != '\0' && *one == *two; one++, two++)
        line += *one == '\n';
    return line;
}

/* Fails unless TEXT is what tests/golden/NAME holds. */
static inline void golden_check(const char *name, const char *text)
{
    struct arena *arena = arena_new();
    char *path = path_join(arena, "tests/golden", name);
    const char *write = getenv("FLORILEGE_GOLDEN_WRITE"), *want;
    size_t bytes;

    if (write != NULL && strcmp(write, "1") == 0)
        assert_true(publish_bytes(path, text, strlen(text)));
    want = file_read(arena, path, 0, &bytes);
    assert_non_null(want);
    if (strcmp(want, text) != 0)
        fail_msg("%s differs from line %d on; see make golden", path, golden_line(want, text));
    arena_free(arena);
}

#endif
