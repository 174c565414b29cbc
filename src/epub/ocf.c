/* A list of files becomes a ZIP in memory by libzip, and goes to the publisher
 * whole. Memory holds the compressed book once: a few megabytes. */
#include "epub/ocf.h"

#include "base/diag.h"
#include "base/memory.h"

#include <zip.h>

#include <stdlib.h>
#include <string.h>

/* 1 January 1980, 0:00: the first moment that a ZIP can name. */
enum { DOS_DATE = 1 << 5 | 1, DOS_TIME = 0, BEST = 9 };

static bool complain(struct publish *out, const char *doing, const char *why)
{
    diag(DIAG_ERROR, (struct place){ publish_target(out), 0, 0 }, "container",
         "cannot %s: %s", doing, why);
    publish_fail(out);
    return false;
}

/* Entries are made by Unix (3), plain files that all may read. */
static bool add(zip_t *zip, const struct ocf_file *file)
{
    zip_source_t *source = zip_source_buffer(zip, file->bytes, file->count, 0);
    zip_int64_t index;

    if (source == NULL)
        return false;
    index = zip_file_add(zip, file->path, source, ZIP_FL_ENC_GUESS);
    if (index < 0) {
        zip_source_free(source);
        return false;
    }
    return zip_set_file_compression(zip, (zip_uint64_t)index,
                                    file->stored ? ZIP_CM_STORE : ZIP_CM_DEFLATE,
                                    file->stored ? 0 : BEST) == 0
        && zip_file_set_dostime(zip, (zip_uint64_t)index, DOS_TIME, DOS_DATE, 0) == 0
        && zip_file_set_external_attributes(zip, (zip_uint64_t)index, 0, ZIP_OPSYS_UNIX,
                                            (zip_uint32_t)0100644 << 16) == 0;
}

/* The archive that SOURCE now holds, to OUT. */
static bool publish_source(struct publish *out, zip_source_t *source)
{
    zip_stat_t stat;
    zip_int64_t got;
    char *bytes;

    if (zip_source_stat(source, &stat) < 0 || zip_source_open(source) < 0)
        return false;
    bytes = memory_new(1, (size_t)stat.size + 1);
    got = zip_source_read(source, bytes, stat.size);
    zip_source_close(source);
    if (got >= 0 && (zip_uint64_t)got == stat.size)
        publish_write(out, bytes, (size_t)got);
    free(bytes);
    return got >= 0 && (zip_uint64_t)got == stat.size;
}

static const char media_type[] = "application/epub+zip";

bool ocf_write(struct publish *out, const struct ocf_file *file, size_t count)
{
    static const struct ocf_file first = {
        "mimetype", media_type, sizeof media_type - 1, true
    };
    zip_error_t error;
    zip_source_t *source;
    zip_t *zip;
    bool done;

    zip_error_init(&error);
    source = zip_source_buffer_create(NULL, 0, 0, &error);
    zip = source == NULL ? NULL : zip_open_from_source(source, ZIP_TRUNCATE, &error);
    if (zip == NULL) {
        zip_source_free(source);
        return complain(out, "start the container", zip_error_strerror(&error));
    }
    zip_source_keep(source);
    done = add(zip, &first);
    for (size_t i = 0; done && i < count; i++)
        done = add(zip, &file[i]);
    if (!done || zip_close(zip) < 0) {
        complain(out, "fill the container", zip_strerror(zip));
        zip_discard(zip);
        zip_source_free(source);
        return false;
    }
    done = publish_source(out, source) || complain(out, "read the container", "libzip gave less");
    zip_source_free(source);
    return done;
}
