/* The e-book from its parts: pictures, text, fonts, then what speaks of them
 * (navigation, style sheet, record, package), then the container. All is made in
 * memory and goes to the publisher in one piece. Pictures, parts and fonts are
 * each made in parallel; what is put where does not depend on who is first. */
#include "epub/epub.h"

#include "base/diag.h"
#include "base/file.h"
#include "base/memory.h"
#include "epub/ocf.h"
#include "epub/facts.h"
#include "epub/image.h"
#include "epub/navigation.h"
#include "epub/onix.h"
#include "epub/package.h"
#include "epub/rendition.h"
#include "epub/subset.h"
#include "epub/xhtml.h"

#include <libxml/parser.h>

#include <stdlib.h>
#include <string.h>

/* ---- pictures ---------------------------------------------------------- */

struct image_job {
    const struct picture *picture;
    const char *name;           /* of its file, without the extension */
    enum severity severity;
    struct cache *cache;
    struct buf content;
    enum image_type type;
    bool done;
};

struct image_jobs {
    VEC(struct image_job) jobs;
    GHashTable *by_path;        /* → its number + 1 */
    GHashTable *names;
};

/* The path of a picture within the content, without what tells its kind. */
static const char *path_in_content(const struct rendition *rendition,
                                   const struct picture *picture)
{
    const char *start = path_join(rendition->arena, rendition->book->folder, "");
    const char *path = picture->path, *dot;

    if (strncmp(path, start, strlen(start)) == 0)
        path += strlen(start);
    dot = strrchr(path_name(path), '.');
    return dot == NULL ? path : arena_strndup(rendition->arena, path, (size_t)(dot - path));
}

/* A name that no other picture has: the portrait's id for its photo, else from
 * its place in the content, so that pictures that come later do not change it. */
static const char *image_name(struct rendition *rendition, struct image_jobs *images,
                              const struct part *part, const struct picture *picture)
{
    struct arena *arena = rendition->arena;
    bool photo = part->portrait != NULL && part->portrait->photo == picture;
    const char *stem = photo ? part->portrait->id
        : slug_new(arena, path_in_content(rendition, picture));
    const char *name;

    if (*stem == '\0')          /* not a letter in the file's name */
        stem = "picture";
    name = stem;
    for (int i = 2; !g_hash_table_add(images->names, (gpointer)(uintptr_t)name); i++)
        name = arena_printf(arena, "%s-%d", stem, i);
    return name;
}

static void want_image(struct rendition *rendition, struct image_jobs *images,
                       const struct part *part, const struct picture *picture)
{
    size_t known = GPOINTER_TO_SIZE(g_hash_table_lookup(images->by_path, picture->path));

    if (known == 0) {
        struct image_job *job = VEC_PUSH(&images->jobs);

        job->picture = picture;
        job->cache = rendition->book->cache;
        job->name = image_name(rendition, images, part, picture);
        job->severity = part->portrait != NULL && part->portrait->photo == picture
            ? DIAG_ERROR : DIAG_WARNING;
        known = images->jobs.count;
        g_hash_table_insert(images->by_path, (gpointer)(uintptr_t)picture->path,
                            GSIZE_TO_POINTER(known));
    }
    g_hash_table_insert(rendition->pictures, (gpointer)(uintptr_t)picture,
                        GSIZE_TO_POINTER(known));
}

static void convert(void *context, size_t index, int worker)
{
    struct image_job *job = &((struct image_job *)context)[index];

    (void)worker;
    job->done = image_convert(job->picture, job->severity, job->cache, &job->content, &job->type);
}

/* Adds the picture's file; its path, or NULL when it is broken. */
static const char *add_image(struct rendition *rendition, struct image_job *job)
{
    struct arena *arena = rendition->arena;
    const char *path = arena_printf(arena, "images/%s.%s", job->name, image_extension(job->type));
    struct resource *resource;

    if (!job->done) {
        buf_free(&job->content);
        return NULL;
    }
    resource = rendition_add(rendition, path, arena_printf(arena, "image-%s", job->name),
                             image_media_type(job->type));
    resource->content = job->content;
    return path;
}

/* From the numbers of jobs to paths. */
static void place_images(struct rendition *rendition, const char *const *paths)
{
    GHashTableIter each;
    gpointer picture, number;

    g_hash_table_iter_init(&each, rendition->pictures);
    while (g_hash_table_iter_next(&each, &picture, &number))
        g_hash_table_iter_replace(&each,
                                  (gpointer)(uintptr_t)paths[GPOINTER_TO_SIZE(number) - 1]);
}

static bool make_images(struct rendition *rendition, struct pool *pool)
{
    const struct book *book = rendition->book;
    struct image_jobs images = { .by_path = g_hash_table_new(g_str_hash, g_str_equal),
                                 .names = g_hash_table_new(g_str_hash, g_str_equal) };
    const char **paths;
    bool sound = true;

    for (size_t i = 0; i < book->part_count; i++)
        for (const struct node *node = book->parts[i].body; node != NULL;
             node = node_next(node, book->parts[i].body))
            if (node->picture != NULL && book->parts[i].kind != PART_COVER)
                want_image(rendition, &images, &book->parts[i], node->picture);
    pool_run(pool, images.jobs.count, convert, images.jobs.item);
    paths = ARENA_ARRAY(rendition->arena, images.jobs.count + 1, const char *);
    for (size_t i = 0; i < images.jobs.count; i++) {
        paths[i] = add_image(rendition, &images.jobs.item[i]);
        sound = sound && (paths[i] != NULL || images.jobs.item[i].severity != DIAG_ERROR);
    }
    place_images(rendition, paths);
    free(images.jobs.item);
    g_hash_table_destroy(images.by_path);
    g_hash_table_destroy(images.names);
    return sound;
}

static bool make_cover(struct rendition *rendition, const struct buf *drawn)
{
    struct buf content = {0};
    enum image_type type;
    struct resource *resource;

    if (drawn == NULL || drawn->len == 0)
        return true;
    if (!image_convert_cover(drawn, &content, &type)) {
        diag(DIAG_ERROR, (struct place){ rendition->book->folder, 0, 0 }, "cover",
             "the cover's picture cannot be used: it is no sound JPEG or PNG");
        buf_free(&content);
        return false;
    }
    rendition->cover = arena_printf(rendition->arena, "cover.%s", image_extension(type));
    resource = rendition_add(rendition, rendition->cover, "cover-image", image_media_type(type));
    resource->properties = "cover-image";
    resource->content = content;
    return true;
}

/* ---- text -------------------------------------------------------------- */

struct text_jobs {
    const struct rendition *rendition;
    struct buf *content;        /* one a part */
    bool *failed;
};

static void write_part(void *context, size_t index, int worker)
{
    struct text_jobs *jobs = context;
    const struct book *book = jobs->rendition->book;

    jobs->failed[index] = !xhtml_write(jobs->rendition, &book->parts[index],
                                       &jobs->content[index]);
    if (worker == 0)
        progress("writing", index, book->part_count);
}

/* A cover's page needs its picture. */
static bool is_written(const struct rendition *rendition, const struct part *part)
{
    return part->kind != PART_COVER || rendition->cover != NULL;
}

static bool make_text(struct rendition *rendition, struct pool *pool)
{
    const struct book *book = rendition->book;
    struct arena *arena = rendition->arena;
    struct text_jobs jobs = { rendition, ARENA_ARRAY(arena, book->part_count, struct buf),
                              ARENA_ARRAY(arena, book->part_count, bool) };
    bool sound = true;

    pool_run(pool, book->part_count, write_part, &jobs);
    for (size_t i = 0; i < book->part_count; i++) {
        const struct part *part = &book->parts[i];
        struct resource *resource;

        sound = sound && !jobs.failed[i];
        if (!is_written(rendition, part)) {
            buf_free(&jobs.content[i]);
            continue;
        }
        resource = rendition_add(rendition, rendition_file(rendition, part),
                                 arena_printf(arena, "text-%s", part->id), xhtml_media_type);
        resource->content = jobs.content[i];
        resource->in_spine = true;
    }
    return sound;
}

/* ---- fonts ------------------------------------------------------------- */

struct font_job {
    const struct face *face;
    const struct characters *characters;
    struct buf content;
    bool done;
};

typedef VEC(struct font_job) font_list;

static void cut_font(void *context, size_t index, int worker)
{
    struct font_job *job = &((struct font_job *)context)[index];

    (void)worker;
    job->done = subset_font(job->face->path, job->face->index, job->characters, &job->content);
}

static bool same_cut(const struct face *a, const struct face *b)
{
    return a->bold == b->bold && a->italic == b->italic && strcmp(a->family, b->family) == 0;
}

/* A family may have a file for each range of sizes; the e-book takes the one for
 * running text, whose size is nearest to that of the body. */
static bool fits_better(const struct rendition *rendition, const struct face *face,
                        const struct face *than)
{
    dim body = rendition->style->body.size;

    return labs((long)face->size - body) < labs((long)than->size - body);
}

static void want_font(const struct rendition *rendition, font_list *list, const struct face *face)
{
    struct font_job *job;

    if (!stylesheet_has_family(rendition->stylesheet, face->family))
        return;
    for (size_t i = 0; i < list->count; i++)
        if (same_cut(list->item[i].face, face)) {
            if (fits_better(rendition, face, list->item[i].face))
                list->item[i].face = face;
            return;
        }
    job = VEC_PUSH(list);
    job->face = face;
}

static void add_font(struct rendition *rendition, struct font_job *job, struct buf *rules)
{
    struct arena *arena = rendition->arena;
    const char *stem = path_stem(arena, job->face->path);
    const char *path = arena_printf(arena, "fonts/%s.%s", stem, subset_extension(&job->content));
    struct resource *resource = rendition_add(rendition, path,
                                              arena_printf(arena, "font-%s", stem),
                                              subset_media_type(&job->content));

    resource->content = job->content;
    buf_printf(rules, "@font-face {\n  font-family: \"%s\";\n  font-style: %s;\n"
               "  font-weight: %s;\n  src: url(\"%s\");\n}\n", job->face->family,
               job->face->italic ? "italic" : "normal", job->face->bold ? "bold" : "normal", path);
}

/* RULES gets the @font-face rules. */
static void make_fonts(struct rendition *rendition, struct pool *pool, struct buf *rules)
{
    const struct pages *pages = rendition->pages;
    struct characters characters = {0};
    font_list list = {0};

    if (!rendition->style->epub_fonts || pages == NULL)
        return;
    for (size_t i = 0; i < rendition->resources.count; i++)
        if (rendition->resources.item[i].in_spine)
            characters_add(&characters, rendition->resources.item[i].content.data,
                           rendition->resources.item[i].content.len);
    for (uint32_t i = 0; i < pages->face_count; i++)
        want_font(rendition, &list, pages->faces[i]);
    for (size_t i = 0; i < list.count; i++)
        list.item[i].characters = &characters;
    pool_run(pool, list.count, cut_font, list.item);
    for (size_t i = 0; i < list.count; i++)
        if (list.item[i].done)
            add_font(rendition, &list.item[i], rules);
        else
            buf_free(&list.item[i].content);
    free(list.item);
    characters_free(&characters);
}

/* ---- what speaks of the rest -------------------------------------------- */

static void make_stylesheet(struct rendition *rendition, const struct buf *font_rules)
{
    struct resource *resource = rendition_add(rendition, "epub.css", "stylesheet", "text/css");
    struct buf **documents = ARENA_ARRAY(rendition->arena, rendition->resources.count,
                                         struct buf *);
    size_t count = 0;

    for (size_t i = 0; i < rendition->resources.count; i++)
        if (strcmp(rendition->resources.item[i].media_type, xhtml_media_type) == 0)
            documents[count++] = &rendition->resources.item[i].content;
    stylesheet_apply(rendition->stylesheet, documents, count);
    buf_append(&resource->content, buf_text(font_rules), font_rules->len);
    stylesheet_write(rendition->stylesheet, &resource->content);
}

static bool make_navigation(struct rendition *rendition, const struct facts *facts)
{
    struct buf content = {0}, ncx = {0};
    bool done = navigation_write(rendition, &content)
        && navigation_write_ncx(rendition, facts->edition, &ncx);
    struct resource *resource;

    resource = rendition_add(rendition, "nav.xhtml", "nav", xhtml_media_type);
    resource->properties = "nav";
    resource->content = content;
    resource = rendition_add(rendition, "toc.ncx", "ncx", navigation_ncx_media_type);
    resource->content = ncx;
    return done;
}

static bool make_record(struct rendition *rendition)
{
    struct buf content = {0};
    bool done = onix_write(rendition->book, rendition->pages, &content);
    struct resource *resource = rendition_add(rendition, "onix.xml", "onix", onix_media_type);

    resource->properties = "onix";
    resource->linked = true;
    resource->content = content;
    return done;
}

/* ---- the container ------------------------------------------------------ */

static const char container_xml[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<container version=\"1.0\" xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\">\n"
    "<rootfiles>\n"
    "<rootfile full-path=\"EPUB/package.opf\" media-type=\"application/oebps-package+xml\"/>\n"
    "</rootfiles>\n"
    "</container>\n";

/* Apple Books shows a book's own fonts only when this says so. */
static const char apple_options[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<display_options>\n"
    "<platform name=\"*\">\n"
    "<option name=\"specified-fonts\">true</option>\n"
    "</platform>\n"
    "</display_options>\n";

static bool is_compressed(const struct resource *resource)
{
    return strcmp(resource->media_type, "image/jpeg") == 0
        || strcmp(resource->media_type, "image/png") == 0;
}

static bool write_container(struct rendition *rendition, struct publish *out,
                            const struct buf *package)
{
    size_t count = rendition->resources.count, files = 0;
    struct ocf_file *file = ARENA_ARRAY(rendition->arena, count + 3, struct ocf_file);
    bool fonts = false;

    for (size_t i = 0; i < count; i++)
        fonts = fonts || strncmp(rendition->resources.item[i].media_type, "font/", 5) == 0;
    file[files++] = (struct ocf_file){ "META-INF/container.xml", container_xml,
                                             sizeof container_xml - 1, false };
    if (fonts)
        file[files++] = (struct ocf_file){ "META-INF/com.apple.ibooks.display-options.xml",
                                                 apple_options, sizeof apple_options - 1, false };
    file[files++] = (struct ocf_file){ "EPUB/package.opf", package->data, package->len,
                                             false };
    for (size_t i = 0; i < count; i++) {
        const struct resource *resource = &rendition->resources.item[i];

        file[files++] = (struct ocf_file){
            arena_printf(rendition->arena, "EPUB/%s", resource->path), resource->content.data,
            resource->content.len, is_compressed(resource)
        };
    }
    return ocf_write(out, file, files);
}

/* ---- the whole ----------------------------------------------------------- */

/* Where every id of the book stands, and what stands in for it. */
static void note_node(struct rendition *rendition, const struct part *part,
                      const struct node *node)
{
    const char *id = node->kind == NODE_NOTE_REF
        ? arena_printf(rendition->arena, "%s-ref", node->note->id) : node->id;

    if (id != NULL)
        g_hash_table_insert(rendition->parts, (gpointer)(uintptr_t)id,
                            (gpointer)(uintptr_t)part);
    if (node->kind == NODE_ANCHOR && node->target != NULL)
        g_hash_table_insert(rendition->stand_ins, (gpointer)(uintptr_t)id,
                            (gpointer)(uintptr_t)node->target);
}

static void note_places(struct rendition *rendition)
{
    const struct book *book = rendition->book;

    for (size_t i = 0; i < book->part_count; i++) {
        const struct part *part = &book->parts[i];

        for (const struct node *node = part->body; node != NULL;
             node = node_next(node, part->body))
            note_node(rendition, part, node);
        g_hash_table_insert(rendition->parts, (gpointer)(uintptr_t)part->id,
                            (gpointer)(uintptr_t)part);
        if (part->kind == PART_COVER && rendition->pages != NULL)
            pagemap_add_cover(rendition->pagemap, part);
    }
}

static bool start(struct rendition *rendition)
{
    xmlInitParser();
    rendition->arena = arena_new();
    rendition->parts = g_hash_table_new(g_str_hash, g_str_equal);
    rendition->stand_ins = g_hash_table_new(g_str_hash, g_str_equal);
    rendition->pictures = g_hash_table_new(NULL, NULL);
    rendition->pagemap = pagemap_new(rendition->arena, rendition->pages);
    rendition->stylesheet = stylesheet_load(rendition->arena, style_css(rendition->style));
    if (rendition->stylesheet == NULL)
        return false;
    note_places(rendition);
    return true;
}

static void end(struct rendition *rendition)
{
    for (size_t i = 0; i < rendition->resources.count; i++)
        buf_free(&rendition->resources.item[i].content);
    free(rendition->resources.item);
    stylesheet_free(rendition->stylesheet);
    pagemap_free(rendition->pagemap);
    g_hash_table_destroy(rendition->parts);
    g_hash_table_destroy(rendition->stand_ins);
    g_hash_table_destroy(rendition->pictures);
    arena_free(rendition->arena);
}

static bool make(struct rendition *rendition, struct publish *out, const struct buf *cover,
                 struct pool *pool)
{
    struct facts facts = facts_of(rendition->arena, rendition->book, rendition->pages);
    struct buf font_rules = {0}, package = {0};
    bool done = make_cover(rendition, cover) && make_images(rendition, pool)
        && make_text(rendition, pool);

    if (done) {
        make_fonts(rendition, pool, &font_rules);
        done = make_navigation(rendition, &facts) && make_record(rendition);
        make_stylesheet(rendition, &font_rules);
        done = package_write(rendition, &facts, &package) && done;
        if (done)
            done = write_container(rendition, out, &package);
        else
            diag(DIAG_ERROR, (struct place){ publish_target(out), 0, 0 }, "xml",
                 "libxml2 could not write the e-book's documents");
    }
    buf_free(&font_rules);
    buf_free(&package);
    return done;
}

bool epub_write(struct publish *out, const struct book *book, const struct pages *pages,
                const struct style *style, const struct buf *cover, struct pool *pool)
{
    struct rendition rendition = { .book = book, .pages = pages, .style = style };
    bool done = start(&rendition) && make(&rendition, out, cover, pool);

    if (!done)
        publish_fail(out);
    end(&rendition);
    return done;
}
