/* What the tests of the importer share: a folder to import into, silence. */
#ifndef TESTS_IMPORT_HELP_H
#define TESTS_IMPORT_HELP_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/file.h"
#include "import/import.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct place_to_import {
    struct arena *arena;
    char folder[64];
    struct buf said;            /* diagnostics and stdout */
};

static inline void hear(void *context, const struct diagnostic *diagnostic)
{
    struct buf *said = context;

    buf_printf(said, "%s", diagnostic->at.path);
    if (diagnostic->at.line > 0)
        buf_printf(said, ":%d", diagnostic->at.line);
    buf_printf(said, ": %s: %s [%s]\n", severity_name(diagnostic->severity),
               diagnostic->message, diagnostic->rule);
}

static inline struct place_to_import *place_new(void)
{
    struct place_to_import *place = calloc(1, sizeof *place);

    place->arena = arena_new();
    strcpy(place->folder, "/tmp/florilege-import-XXXXXX");
    if (mkdtemp(place->folder) == NULL)
        abort();
    return place;
}

static inline void place_free(struct place_to_import *place)
{
    if (system(arena_printf(place->arena, "rm -rf %s", place->folder)) != 0)
        abort();
    buf_free(&place->said);
    arena_free(place->arena);
    free(place);
}

/* Imports into the place; what it says on stdout and by diag() is appended. */
static inline bool place_import(struct place_to_import *place, const char *const *files,
                                size_t count, bool dry_run)
{
    struct import_options options = { .folder = place->folder, .dry_run = dry_run };
    int out = dup(STDOUT_FILENO);
    FILE *kept = tmpfile();
    char line[4096];
    bool good;

    fflush(stdout);
    dup2(fileno(kept), STDOUT_FILENO);
    diag_set_sink(hear, &place->said);
    good = import_files(files, count, &options);
    diag_set_sink(NULL, NULL);
    fflush(stdout);
    dup2(out, STDOUT_FILENO);
    close(out);
    rewind(kept);
    while (fgets(line, sizeof line, kept) != NULL)
        buf_puts(&place->said, line);
    fclose(kept);
    return good;
}

static inline bool place_import_one(struct place_to_import *place, const char *file)
{
    return place_import(place, &file, 1, false);
}

/* A source of TEXT, in the place's own folder of sources. */
static inline const char *place_source(struct place_to_import *place, const char *name,
                                       const char *text, size_t bytes)
{
    const char *folder = arena_printf(place->arena, "%s/.sources", place->folder);
    const char *path = arena_printf(place->arena, "%s/%s", folder, name);
    FILE *file;

    folder_make(folder);
    file = fopen(path, "wb");
    if (file == NULL || fwrite(text, 1, bytes, file) != bytes || fclose(file) != 0)
        abort();
    return path;
}

/* The content of a file of the place; NULL when there is none. */
static inline const char *place_file(struct place_to_import *place, const char *name)
{
    const char *path = arena_printf(place->arena, "%s/%s", place->folder, name);
    size_t bytes;

    return file_exists(path) ? file_read(place->arena, path, 0, &bytes) : NULL;
}

#endif
