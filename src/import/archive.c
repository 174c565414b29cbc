/* Zips by libzip. An entry is measured while it is read, not by what the archive
 * says of it. */
#include "import/archive.h"
#include "import/export.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

enum { SNIFF = 8192, ENTRY_LIMIT = 48 * 1024 * 1024, RATIO_LIMIT = 200, MOST_ENTRIES = 20000 };
static const size_t total_limit = (size_t)1024 * 1024 * 1024;

struct entry { const char *name; zip_uint64_t index; };

struct archive {
    const char *path;
    zip_t *zip;
    struct arena *arena;
    struct entry *entry;
    size_t count;
    size_t total;               /* unpacked so far */
    const struct source_options *options;
    source_taken *taken;
    void *context;
};

static struct place place_of(struct archive *archive, const char *name)
{
    return (struct place){ arena_printf(archive->arena, "%s/%s", archive->path, name), 0, 0 };
}

static bool climbs(const char *name)
{
    if (name[0] == '/' || name[0] == '\\' || strchr(name, ':') != NULL)
        return true;
    for (const char *at = name; (at = strstr(at, "..")) != NULL; at += 2)
        if ((at == name || at[-1] == '/' || at[-1] == '\\') &&
            (at[2] == '/' || at[2] == '\\' || at[2] == '\0'))
            return true;
    return false;
}

static bool is_hidden(const char *name)
{
    return name[0] == '.' || strstr(name, "/.") != NULL || strncmp(name, "__MACOSX/", 9) == 0;
}

static int compare(const void *a, const void *b)
{
    return strcmp(((const struct entry *)a)->name, ((const struct entry *)b)->name);
}

/* Names that climb are an error: such an archive is an attack or broken. */
static bool list_entries(struct archive *archive)
{
    zip_int64_t count = zip_get_num_entries(archive->zip, 0);

    if (count > MOST_ENTRIES) {
        diag(DIAG_ERROR, (struct place){ archive->path, 0, 0 }, "zip",
             "more than %d files; split it", MOST_ENTRIES);
        return false;
    }
    archive->entry = ARENA_ARRAY(archive->arena, (size_t)(count < 1 ? 1 : count), struct entry);
    for (zip_int64_t i = 0; i < count; i++) {
        const char *name = zip_get_name(archive->zip, (zip_uint64_t)i, ZIP_FL_ENC_GUESS);

        if (name == NULL)
            continue;
        if (climbs(name)) {
            diag(DIAG_ERROR, place_of(archive, name), "zip",
                 "this name climbs out of the archive; it is refused");
            return false;
        }
        if (*name != '\0' && name[strlen(name) - 1] != '/' && !is_hidden(name))
            archive->entry[archive->count++] = (struct entry){
                arena_strdup(archive->arena, name), (zip_uint64_t)i };
    }
    qsort(archive->entry, archive->count, sizeof *archive->entry, compare);
    return true;
}

/* ---- Reading entries ------------------------------------------------------------------ */

struct stream {
    struct archive *archive;
    zip_file_t *file;
    struct place at;
    size_t packed, unpacked;
    char head[SNIFF];
    size_t head_count, head_given;
};

static bool grows_too_much(const struct stream *stream)
{
    return stream->archive->total > total_limit ||
           (stream->unpacked > (1u << 20) * 4 &&
            stream->unpacked / RATIO_LIMIT > stream->packed);
}

static long read_entry(struct stream *stream, char *buffer, size_t room)
{
    zip_int64_t got = zip_fread(stream->file, buffer, room);

    if (got < 0) {
        diag(DIAG_ERROR, stream->at, "zip", "damaged in the archive: %s",
             zip_file_strerror(stream->file));
        return -1;
    }
    stream->unpacked += (size_t)got;
    stream->archive->total += (size_t)got;
    if (grows_too_much(stream)) {
        diag(DIAG_ERROR, stream->at, "zip", "grows beyond reason when unpacked; it is refused");
        return -1;
    }
    return (long)got;
}

/* The head that was read to see the kind, then the rest. */
static long feed(void *context, char *buffer, size_t room)
{
    struct stream *stream = context;
    size_t left = stream->head_count - stream->head_given;

    if (left == 0)
        return read_entry(stream, buffer, room);
    if (left > room)
        left = room;
    memcpy(buffer, stream->head + stream->head_given, left);
    stream->head_given += left;
    return (long)left;
}

/* Its pictures are looked for in the archive. */
static bool take(void *context, struct article *article)
{
    struct archive *archive = context;

    article->archive = arena_strdup(article->arena, archive->path);
    article->among = true;
    return archive->taken(archive->context, article);
}

static bool read_article(struct stream *stream)
{
    struct archive *archive = stream->archive;
    struct buf bytes = {0};
    struct article *article = NULL;
    char chunk[SNIFF];
    long got;

    while ((got = feed(stream, chunk, sizeof chunk)) > 0 && bytes.len <= ENTRY_LIMIT)
        buf_append(&bytes, chunk, (size_t)got);
    if (bytes.len > ENTRY_LIMIT)
        diag(DIAG_ERROR, stream->at, "too-large", "larger than %d MB; split it",
             ENTRY_LIMIT >> 20);
    else if (got == 0)
        article = source_article(stream->at.path, buf_text(&bytes), bytes.len);
    buf_free(&bytes);
    if (article == NULL)
        return false;
    return take(archive, article);
}

static bool read_stream(struct stream *stream)
{
    struct archive *archive = stream->archive;
    long got;

    while (stream->head_count < SNIFF &&
           (got = read_entry(stream, stream->head + stream->head_count,
                             SNIFF - stream->head_count)) != 0) {
        if (got < 0)
            return false;
        stream->head_count += (size_t)got;
    }
    switch (source_kind(stream->head, stream->head_count)) {
    case SOURCE_EXPORT:
        return export_read(stream->at.path, feed, stream, archive->options, take, archive);
    case SOURCE_ZIP:
        diag(DIAG_WARNING, stream->at, "zip", "an archive within an archive; unpack it first");
        return true;
    case SOURCE_PICTURE: case SOURCE_OTHER:
        return true;
    default:
        return read_article(stream);
    }
}

static bool read_one(struct archive *archive, const struct entry *entry)
{
    struct stream *stream = arena_alloc(archive->arena, sizeof *stream);
    zip_stat_t info;
    bool good;

    *stream = (struct stream){ .archive = archive, .at = place_of(archive, entry->name) };
    stream->file = zip_fopen_index(archive->zip, entry->index, 0);
    if (stream->file == NULL || zip_stat_index(archive->zip, entry->index, 0, &info) < 0) {
        diag(DIAG_ERROR, stream->at, "zip", "cannot be read: %s", zip_strerror(archive->zip));
        if (stream->file != NULL)
            zip_fclose(stream->file);
        return false;
    }
    stream->packed = (size_t)info.comp_size;
    good = read_stream(stream);
    zip_fclose(stream->file);
    return good;
}

bool archive_read(const char *path, const struct source_options *options, source_taken *taken,
                  void *context)
{
    struct archive archive = { .path = path, .options = options, .taken = taken,
                               .context = context, .arena = arena_new() };
    int code = 0;
    bool good;

    archive.zip = zip_open(path, ZIP_RDONLY, &code);
    good = archive.zip != NULL;
    if (!good) {
        zip_error_t error;

        zip_error_init_with_code(&error, code);
        diag(DIAG_ERROR, (struct place){ path, 0, 0 }, "zip", "no zip that can be read: %s",
             zip_error_strerror(&error));
        zip_error_fini(&error);
    }
    good = good && list_entries(&archive);
    for (size_t i = 0; good && i < archive.count; i++)
        good = read_one(&archive, &archive.entry[i]);
    if (archive.zip != NULL)
        zip_discard(archive.zip);
    arena_free(archive.arena);
    return good;
}

/* ---- Pictures ------------------------------------------------------------------------- */

struct archive_files { zip_t *zip; };

struct archive_files *archive_files_new(const char *path)
{
    int code = 0;
    zip_t *zip = zip_open(path, ZIP_RDONLY, &code);
    struct archive_files *files;

    if (zip == NULL)
        return NULL;
    files = g_new(struct archive_files, 1);
    files->zip = zip;
    return files;
}

void archive_files_free(struct archive_files *files)
{
    if (files == NULL)
        return;
    zip_discard(files->zip);
    g_free(files);
}

bool archive_files_have(const struct archive_files *files, const char *name)
{
    return *name != '\0' && zip_name_locate(files->zip, name, ZIP_FL_ENC_GUESS) >= 0;
}

char *archive_files_read(const struct archive_files *files, struct arena *arena, const char *name,
                         size_t limit, size_t *count)
{
    zip_file_t *file = zip_fopen(files->zip, name, ZIP_FL_ENC_GUESS);
    struct buf bytes = {0};
    char chunk[SNIFF], *copy = NULL;
    zip_int64_t got;

    if (file == NULL)
        return NULL;
    while ((got = zip_fread(file, chunk, sizeof chunk)) > 0 && bytes.len <= limit)
        buf_append(&bytes, chunk, (size_t)got);
    if (got == 0) {
        copy = arena_strndup(arena, bytes.len > 0 ? bytes.data : "", bytes.len);
        *count = bytes.len;
    }
    zip_fclose(file);
    buf_free(&bytes);
    return copy;
}
