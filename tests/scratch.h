/* Folders that a test made for itself, and removes. */
#ifndef TESTS_SCRATCH_H
#define TESTS_SCRATCH_H

#include "base/file.h"

#include <unistd.h>

static void remove_tree(struct arena *arena, const char *path)
{
    size_t count;
    char **names = folder_list(arena, path, &count);

    for (size_t i = 0; i < count; i++) {
        const char *inner = path_join(arena, path, names[i]);

        if (folder_exists(inner))
            remove_tree(arena, inner);
        else
            unlink(inner);
    }
    rmdir(path);
}

#endif
