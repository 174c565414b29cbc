/* Where a picture is looked for: its address below the source's folder and the
 * folders above, on disk or in the zip that the source came in, from any part of the path on (an address of a site ends in the
 * path of the file), and by its mere name beside the source. Only files that
 * are pictures by their bytes, and lie inside those folders, are taken. */
#include "import/pictures.h"
#include "import/archive.h"
#include "import/source.h"
#include "base/file.h"
#include "book/book.h"

#include <glib.h>
#include <string.h>

enum { PICTURE_LIMIT = 64 * 1024 * 1024, FOLDERS_UP = 2 };

struct bringer {
    struct found *found;
    struct store *store;
    const char *id;
    const char *folder[FOLDERS_UP + 1];     /* the source's and those above */
    size_t folders;
    struct archive_files *files;            /* of a zip; its folders are within */
};

static void see_folders(struct bringer *bringer)
{
    const struct article *article = bringer->found->article;
    const char *folder = article->folder;

    while (folder != NULL && bringer->folders <= FOLDERS_UP) {
        bringer->folder[bringer->folders++] = folder;
        if (strcmp(folder, "/") == 0)
            break;
        folder = path_join(article->arena, folder, "..");
    }
}

/* The same within a zip: "interviews/may", "interviews", "". */
static void see_archive(struct bringer *bringer)
{
    const struct article *article = bringer->found->article;
    const char *folder = article->folder + strlen(article->archive);

    folder += *folder == '/';
    while (bringer->folders <= FOLDERS_UP) {
        const char *slash = strrchr(folder, '/');

        bringer->folder[bringer->folders++] = folder;
        if (*folder == '\0')
            break;
        folder = arena_strndup(article->arena, folder, slash == NULL ? 0
                                                                     : (size_t)(slash - folder));
    }
}

/* A file PATH below a folder, not climbing out of it. */
static const char *below(const struct bringer *bringer, const char *folder, const char *path)
{
    const char *full;

    path += strncmp(path, "./", 2) == 0 ? 2 : 0;
    if (*path == '\0' || *path == '/' || strstr(path, "..") != NULL)
        return NULL;
    full = *folder == '\0' ? path : path_join(bringer->found->arena, folder, path);
    if (bringer->files != NULL)
        return archive_files_have(bringer->files, full) ? full : NULL;
    return file_exists(full) && path_within(folder, full) ? full : NULL;
}

/* The path of an address: host, query and fragment off, %XX resolved. */
static const char *path_of(struct arena *arena, const char *address)
{
    const char *at = strstr(address, "://");
    char *path, *plain;
    const char *copy;

    at = at == NULL ? address : at + 3 + strcspn(at + 3, "/");
    path = g_strndup(at, strcspn(at, "?#"));
    plain = g_uri_unescape_string(path, "/");
    copy = arena_strdup(arena, plain == NULL ? path : plain);
    g_free(path);
    g_free(plain);
    return copy + strspn(copy, "/");
}

static const char *find_picture(const struct bringer *bringer, const char *address)
{
    const char *path = path_of(bringer->found->arena, address), *full;

    for (size_t i = 0; i < bringer->folders; i++)
        for (const char *part = path; part != NULL; part = strchr(part, '/')) {
            part += *part == '/';
            full = below(bringer, bringer->folder[i], part);
            if (full != NULL)
                return full;
        }
    return NULL;
}

static const char *extension(const char *bytes)
{
    if (memcmp(bytes, "\x89PNG", 4) == 0)
        return "png";
    if (memcmp(bytes, "GIF8", 4) == 0)
        return "gif";
    return memcmp(bytes, "RIFF", 4) == 0 ? "webp" : "jpg";
}

/* Copies the file FROM to photos/STEM.EXT; the path from portraits/. */
static const char *copy(const struct bringer *bringer, const char *from, const char *stem)
{
    struct arena *arena = arena_new();
    const char *path = NULL;
    size_t count;
    char *bytes = bringer->files == NULL ? file_read(arena, from, PICTURE_LIMIT, &count)
                : archive_files_read(bringer->files, arena, from, PICTURE_LIMIT, &count);

    if (bringer->files != NULL)
        from = arena_printf(arena, "%s/%s", bringer->found->article->archive, from);
    if (bytes == NULL && bringer->files != NULL) {
        diag(DIAG_WARNING, (struct place){ from, 0, 0 }, "picture",
             "damaged in the archive, or larger than %d MB; left out", PICTURE_LIMIT >> 20);
    } else if (bytes != NULL && source_kind(bytes, count) != SOURCE_PICTURE) {
        diag(DIAG_WARNING, (struct place){ from, 0, 0 }, "picture",
             "no JPEG, PNG, GIF or WebP by its bytes; left out");
    } else if (bytes != NULL) {
        path = arena_printf(bringer->found->arena, "photos/%s.%s", stem, extension(bytes));
        if (store_picture(bringer->store, path, bytes, count))
            path = arena_printf(bringer->found->arena, "../%s", path);
        else
            path = NULL;
    }
    arena_free(arena);
    return path;
}

/* ---- The photo --------------------------------------------------------------------- */

/* FOLDER/portrait.* below PARENT. */
static const char *find_portrait_in(const struct bringer *bringer, const char *parent,
                                    const char *folder)
{
    static const char *const kinds[] = { "jpg", "jpeg", "png", "webp", "gif" };
    struct arena *arena = bringer->found->arena;
    const char *full = NULL;

    if (bringer->files == NULL && !folder_exists(path_join(arena, parent, folder)))
        return NULL;
    for (size_t i = 0; full == NULL && i < sizeof kinds / sizeof *kinds; i++)
        full = below(bringer, parent, arena_printf(arena, "%s/portrait.%s", folder, kinds[i]));
    return full;
}

/* images/STEM/portrait.* and static/images/interviews/STEM/portrait.* beside
 * the source or above it. */
static const char *find_portrait(const struct bringer *bringer)
{
    static const char *const folders[] = { "images", "static/images/interviews",
                                           "images/interviews" };
    enum { FORMS = sizeof folders / sizeof *folders };
    const char *stem = bringer->found->article->stem, *full = NULL;

    if (stem == NULL || strchr(stem, '/') != NULL)
        return NULL;
    for (size_t i = 0; full == NULL && i < bringer->folders * FORMS; i++)
        full = find_portrait_in(bringer, bringer->folder[i / FORMS],
                                path_join(bringer->found->arena, folders[i % FORMS], stem));
    return full;
}

static const char *bring_photo(const struct bringer *bringer)
{
    struct found *found = bringer->found;
    const char *from = found->photo == NULL ? NULL : find_picture(bringer, found->photo);

    if (found->photo != NULL && from == NULL)
        found_doubt(found, (struct place){ found->article->path, 0, 0 },
                    "the photo %s was not found beside the source", found->photo);
    if (from == NULL)
        from = find_portrait(bringer);
    if (from == NULL && found->article->image != NULL)
        from = find_picture(bringer, found->article->image);
    return from == NULL ? NULL : copy(bringer, from, bringer->id);
}

/* ---- Pictures of the text ---------------------------------------------------------------- */

static void bring_run(const struct bringer *bringer, struct block *block, struct run *run)
{
    struct found *found = bringer->found;
    const char *from = find_picture(bringer, run->picture), *name, *stem;
    bool last = block + 1 == found->article->blocks.item + found->article->blocks.count;

    if (from == NULL) {
        found_doubt(found, block->at, "the picture %s was not found beside the source; left out",
                    run->picture);
        run->picture = NULL;
        if (!last && block[1].caption && block[1].fate == block->fate) {
            block[1].fate = FATE_LEFT_OUT;
            block[1].why = "caption of a picture that is not here";
        }
        return;
    }
    name = path_stem(found->arena, from);
    stem = arena_printf(found->arena, "%s-%s", bringer->id, slug_new(found->arena, name));
    run->picture = copy(bringer, from, stem);
}

static bool is_printed(enum fate fate)
{
    return fate == FATE_ANSWER || fate == FATE_INTRODUCTION || fate == FATE_QUESTION;
}

const char *pictures_bring(struct found *found, struct store *store, const char *id)
{
    struct bringer bringer = { .found = found, .store = store, .id = id };
    const char *photo;

    if (found->article->archive != NULL)
        bringer.files = archive_files_new(found->article->archive);
    if (bringer.files != NULL)
        see_archive(&bringer);
    else if (found->article->archive == NULL)
        see_folders(&bringer);
    for (size_t i = 0; i < found->article->blocks.count; i++) {
        struct block *block = &found->article->blocks.item[i];

        for (size_t j = 0; j < block->run_count; j++)
            if (block->run[j].picture != NULL && is_printed(block->fate))
                bring_run(&bringer, block, &block->run[j]);
    }
    photo = bring_photo(&bringer);
    archive_files_free(bringer.files);
    return photo;
}
