/* Reading files and taking paths apart. */
#include "base/file.h"
#include "base/buf.h"
#include "base/memory.h"
#include "base/utf8.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#ifndef FLORILEGE_PREFIX
#define FLORILEGE_PREFIX "/usr/local"
#endif

enum { DEFAULT_LIMIT = 256 * 1024 * 1024 };

bool file_read_bytes(int file, void *into, size_t size)
{
    for (size_t done = 0; done < size;) {
        ssize_t got = read(file, (char *)into + done, size - done);

        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0) {
            if (got == 0)
                errno = EIO;
            return false;
        }
        done += (size_t)got;
    }
    return true;
}

bool file_write_bytes(int file, const void *bytes, size_t count)
{
    for (size_t done = 0; done < count;) {
        ssize_t put = write(file, (const char *)bytes + done, count - done);

        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return false;
        done += (size_t)put;
    }
    return true;
}

char *file_read(struct arena *arena, const char *path, size_t limit, size_t *bytes)
{
    struct place at = { path, 0, 0 };
    struct stat info;
    char *data = NULL;
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

    if (limit == 0)
        limit = DEFAULT_LIMIT;
    if (file < 0 || fstat(file, &info) < 0) {
        diag_errno(at, "unreadable", "read this file");
        goto done;
    }
    if (!S_ISREG(info.st_mode)) {
        diag(DIAG_ERROR, at, "unreadable", "not a file; give the name of a file");
        goto done;
    }
    if ((uintmax_t)info.st_size > limit) {
        diag(DIAG_ERROR, at, "too-large", "larger than %zu MB; split it", limit >> 20);
        goto done;
    }
    data = arena_alloc(arena, (size_t)info.st_size + 1);
    if (!file_read_bytes(file, data, (size_t)info.st_size)) {
        diag_errno(at, "unreadable", "read this file");
        data = NULL;
        goto done;
    }
    *bytes = (size_t)info.st_size;
done:
    if (file >= 0)
        close(file);
    return data;
}

struct place file_place(const char *path, int line, const char *text, size_t offset)
{
    struct place at = { path, line, 1 };

    for (size_t i = 0; i < offset; i++) {
        if (text[i] == '\n') {
            at.line++;
            at.col = 1;
        } else if (((unsigned char)text[i] & 0xC0) != 0x80) {
            at.col++;
        }
    }
    return at;
}

/* CR LF and CR become LF; the new length. */
static size_t unify_lines(char *text, size_t bytes)
{
    size_t to = 0;

    for (size_t from = 0; from < bytes; from++) {
        if (text[from] == '\r') {
            text[to++] = '\n';
            if (from + 1 < bytes && text[from + 1] == '\n')
                from++;
        } else {
            text[to++] = text[from];
        }
    }
    text[to] = '\0';
    return to;
}

char *file_read_text(struct arena *arena, const char *path, size_t *bytes)
{
    size_t size, good;
    char *text = file_read(arena, path, 0, &size);
    const char *nul;

    if (text == NULL)
        return NULL;
    if (size >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
        text += 3;
        size -= 3;
    }
    size = unify_lines(text, size);
    good = utf8_valid(text, size);
    if (good < size) {
        diag(DIAG_ERROR, file_place(path, 1, text, good), "not-utf8",
             "byte 0x%02X is not UTF-8; save the file as UTF-8", (unsigned char)text[good]);
        return NULL;
    }
    nul = memchr(text, '\0', size);
    if (nul != NULL) {
        diag(DIAG_ERROR, file_place(path, 1, text, (size_t)(nul - text)), "not-text",
             "a NUL byte; this is not a text file");
        return NULL;
    }
    *bytes = size;
    return text;
}

bool file_exists(const char *path)
{
    struct stat info;

    return stat(path, &info) == 0 && S_ISREG(info.st_mode);
}

bool folder_exists(const char *path)
{
    struct stat info;

    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

bool path_is_free(const char *path)
{
    struct stat info;

    return lstat(path, &info) < 0 && (errno == ENOENT || errno == ENOTDIR);
}

/* Makes PART, the beginning of PATH. One that is there, or is a mount that takes
 * no mkdir(), will do. */
static bool make_one(const char *part, const char *path)
{
    int reason = mkdir(part, 0777) == 0 ? 0 : errno;

    if (reason == 0 || reason == EEXIST || folder_exists(part))
        return true;
    errno = reason;             /* not that of the look at what is there */
    diag_errno((struct place){ path, 0, 0 }, "unwritable", "make this folder");
    return false;
}

bool folder_make(const char *path)
{
    struct buf part = {0};
    bool made = true;

    for (const char *at = path; made && *at != '\0';) {
        const char *slash = strchr(at + 1, '/');
        size_t length = slash == NULL ? strlen(path) : (size_t)(slash - path);

        buf_cut(&part, 0);
        buf_append(&part, path, length);
        made = make_one(part.data, path);
        at = slash == NULL ? path + strlen(path) : slash;
    }
    if (made && !folder_exists(path)) {
        diag(DIAG_ERROR, (struct place){ path, 0, 0 }, "unwritable",
             "a file stands where this folder should be");
        made = false;
    }
    buf_free(&part);
    return made;
}

char **folder_list(struct arena *arena, const char *path, size_t *count)
{
    VEC(char *) names = {0};
    DIR *folder = opendir(path);
    struct dirent *entry;
    char **list;

    *count = 0;
    if (folder == NULL && errno != ENOENT && errno != ENOTDIR) {
        diag_errno((struct place){ path, 0, 0 }, "unreadable", "read this folder");
        return NULL;
    }
    while (folder != NULL && (entry = readdir(folder)) != NULL)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            *VEC_PUSH(&names) = arena_strdup(arena, entry->d_name);
    if (folder != NULL)
        closedir(folder);
    if (names.count > 0)
        qsort(names.item, names.count, sizeof *names.item, memory_strcmp);
    list = ARENA_ARRAY(arena, names.count, char *);
    if (names.count > 0)
        memcpy(list, names.item, names.count * sizeof *list);
    *count = names.count;
    free(names.item);
    return list;
}

char *path_join(struct arena *arena, const char *folder, const char *name)
{
    size_t length = strlen(folder);

    if (name[0] == '/' || folder[0] == '\0' || strcmp(folder, ".") == 0)
        return arena_strdup(arena, name);
    while (length > 1 && folder[length - 1] == '/')
        length--;
    return arena_printf(arena, "%.*s%s%s", (int)length, folder,
                        length == 1 && folder[0] == '/' ? "" : "/", name);
}

char *path_folder(struct arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');

    if (slash == NULL)
        return arena_strdup(arena, ".");
    return arena_strndup(arena, path, slash == path ? 1 : (size_t)(slash - path));
}

const char *path_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash == NULL ? path : slash + 1;
}

char *path_stem(struct arena *arena, const char *path)
{
    const char *name = path_name(path), *dot = strrchr(name, '.');

    return arena_strndup(arena, name,
                         dot == NULL || dot == name ? strlen(name) : (size_t)(dot - name));
}

bool path_within(const char *folder, const char *path)
{
    char *root = realpath(folder, NULL), *real = realpath(path, NULL);
    bool within = false;

    if (root != NULL && real != NULL) {
        size_t length = strlen(root);

        within = strncmp(real, root, length) == 0
            && (length == 1 || real[length] == '/' || real[length] == '\0');
    }
    free(root);
    free(real);
    return within;
}

char *path_for_shell(struct arena *arena, const char *path)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                "/._-+,:@%=";
    struct buf quoted = {0};
    char *word;

    if (path[0] == '-')
        path = arena_printf(arena, "./%s", path);
    if (path[0] != '\0' && path[strspn(path, plain)] == '\0')
        return arena_strdup(arena, path);
    buf_putc(&quoted, '\'');
    for (const char *c = path; *c != '\0'; c++)
        if (*c == '\'')
            buf_puts(&quoted, "'\\''");
        else
            buf_putc(&quoted, *c);
    buf_putc(&quoted, '\'');
    word = arena_strndup(arena, quoted.data, quoted.len);
    buf_free(&quoted);
    return word;
}

static bool has_data(struct arena *arena, const char *folder)
{
    return folder_exists(path_join(arena, folder, "styles"))
        && file_exists(path_join(arena, folder, "fonts/fonts.conf"));
}

/* The folder that holds build/, above the executable: build/florilege,
 * build/san/florilege, build/tests/…; NULL when none has the data. */
static char *source_tree(struct arena *arena)
{
    char path[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
    char *folder;

    if (length < 0)
        return NULL;
    path[length] = '\0';
    folder = path_folder(arena, path);
    for (int above = 0; above < 3; above++) {
        folder = path_folder(arena, folder);
        if (has_data(arena, folder))
            return folder;
    }
    return NULL;
}

char *file_data_folder(struct arena *arena)
{
    const char *named = getenv("FLORILEGE_DATA");
    char *folder;

    if (named != NULL && named[0] != '\0') {
        if (has_data(arena, named))
            return arena_strdup(arena, named);
        diag(DIAG_ERROR, (struct place){ named, 0, 0 }, "no-data",
             "$FLORILEGE_DATA names this folder, which has no styles/ and fonts/fonts.conf");
        return NULL;
    }
    folder = source_tree(arena);
    if (folder != NULL)
        return folder;
    folder = arena_strdup(arena, FLORILEGE_PREFIX "/share/florilege");
    if (has_data(arena, folder))
        return folder;
    diag(DIAG_ERROR, (struct place){ folder, 0, 0 }, "no-data",
         "no styles/ and fonts/ here; reinstall, or set $FLORILEGE_DATA");
    return NULL;
}
