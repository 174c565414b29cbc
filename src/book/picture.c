/* Which file a picture is, and whether it may be used. */
#include "book/picture.h"
#include "base/file.h"

#include <glib.h>
#include <string.h>

static const char *const kind_names[] = { "JPEG", "PNG", "GIF", "WebP", "SVG" };

/* What the name says; false when it says nothing we know. */
static bool kind_of_name(const char *path, enum picture_kind *kind)
{
    static const struct { const char *ending; enum picture_kind kind; } endings[] = {
        { ".jpg", PICTURE_JPEG }, { ".jpeg", PICTURE_JPEG }, { ".jpe", PICTURE_JPEG },
        { ".png", PICTURE_PNG }, { ".gif", PICTURE_GIF }, { ".webp", PICTURE_WEBP },
        { ".svg", PICTURE_SVG },
    };
    const char *dot = strrchr(path_name(path), '.');

    for (size_t i = 0; dot != NULL && i < sizeof endings / sizeof *endings; i++)
        if (g_ascii_strcasecmp(dot, endings[i].ending) == 0) {
            *kind = endings[i].kind;
            return true;
        }
    return false;
}

static bool is_remote(const char *written)
{
    return strstr(written, "://") != NULL || strncmp(written, "//", 2) == 0
        || g_ascii_strncasecmp(written, "data:", 5) == 0;
}

/* PATH without "NAME/../" in it; as it is where the name is none of a folder. */
static char *straighten(struct arena *arena, const char *path)
{
    char *made = arena_strdup(arena, path), *up, *name;

    while ((up = strstr(made, "/../")) != NULL) {
        *up = '\0';
        name = made + (path_name(made) - made);
        if (name[0] == '\0' || strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
            return arena_strdup(arena, path);
        memmove(name, up + 4, strlen(up + 4) + 1);
    }
    return made;
}

/* The path that WRITTEN means; %20 and its like are undone when no file has
 * them in its name. */
static char *find_file(struct arena *arena, const char *folder, const char *from,
                       const char *written)
{
    char *path = written[0] == '/' ? path_join(arena, folder, written + 1)
        : path_join(arena, path_folder(arena, from), written);

    if (file_exists(straighten(arena, path)))
        return straighten(arena, path);
    if (!file_exists(path) && strchr(path, '%') != NULL) {
        char *plain = g_uri_unescape_string(path, "/");

        if (plain != NULL && g_utf8_validate(plain, -1, NULL))
            path = arena_strdup(arena, plain);
        g_free(plain);
    }
    return path;
}

/* Reads the bytes and lets them go again; what is wrong with them, or NULL. */
static const char *probe_file(const char *path, struct picture *picture, bool *readable)
{
    struct arena *scratch = arena_new();
    size_t bytes;
    char *data = file_read(scratch, path, 0, &bytes);
    const char *wrong = NULL;

    *readable = data != NULL;
    if (data != NULL)
        wrong = picture_probe(data, bytes, picture);
    arena_free(scratch);
    return wrong;
}

struct picture *picture_load(struct arena *arena, const char *folder, const char *from,
                             const char *written, enum severity severity, struct place at)
{
    struct picture *picture = ARENA_NEW(arena, struct picture);
    enum picture_kind named;
    const char *wrong, *left_out = severity == DIAG_ERROR ? "" : "; left out";
    char *path;
    bool readable;

    if (written == NULL || written[0] == '\0' || is_remote(written)) {
        diag(severity, at, "picture-remote",
             "a picture must be a file in the content folder; put it there%s", left_out);
        return NULL;
    }
    path = find_file(arena, folder, from, written);
    if (!file_exists(path)) {
        diag(severity, at, "picture-missing", "no picture %s here%s", written, left_out);
        return NULL;
    }
    if (!path_within(folder, path)) {
        diag(severity, at, "picture-outside",
             "%s is outside the content folder; copy the picture into it%s", written, left_out);
        return NULL;
    }
    wrong = probe_file(path, picture, &readable);
    if (!readable)
        return NULL;
    if (wrong != NULL) {
        diag(severity, at, "picture-broken", "%s %s%s", written, wrong, left_out);
        return NULL;
    }
    if (kind_of_name(path, &named) && named != picture->kind) {
        diag(severity, at, "picture-kind", "%s is a %s, not a %s; rename it%s", written,
             kind_names[picture->kind], kind_names[named], left_out);
        return NULL;
    }
    picture->path = path;
    picture->at = at;
    return picture;
}
