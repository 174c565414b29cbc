/* anthology.yaml into the book: every key by the table, then the values that
 * have a form of their own. */
#include "base/file.h"
#include "book/forms.h"
#include "book/network.h"
#include "book/picture.h"
#include "book/press.h"
#include "book/reader.h"

#include <glib.h>
#include <string.h>

#define BOOK(member) offsetof(struct book, member)
#define COUNT(array) (sizeof (array) / sizeof *(array))

/* Keys that go straight into the book. */
static const struct yaml_field book_fields[] = {
    { .key = "title", .type = YAML_TO_STRING, .required = true, .offset = BOOK(title) },
    { .key = "subtitle", .type = YAML_TO_STRING, .offset = BOOK(subtitle) },
    { .key = "slug", .type = YAML_TO_STRING, .offset = BOOK(slug) },
    { .key = "language", .type = YAML_TO_STRING, .offset = BOOK(language) },
    { .key = "editors", .type = YAML_TO_STRINGS, .offset = BOOK(editors),
      .count = BOOK(editor_count) },
    { .key = "rights", .type = YAML_TO_STRING, .offset = BOOK(rights) },
    { .key = "description", .type = YAML_TO_STRING, .offset = BOOK(description) },
    { .key = "blurb", .type = YAML_TO_STRING, .offset = BOOK(blurb) },
    { .key = "subjects", .type = YAML_TO_STRINGS, .offset = BOOK(subjects),
      .count = BOOK(subject_count) },
    { .key = "work", .type = YAML_TO_STRING, .offset = BOOK(work) },
    { .key = "style", .type = YAML_TO_STRING, .offset = BOOK(style) },
    { .key = "portraits", .type = YAML_TO_STRINGS, .offset = BOOK(listed),
      .count = BOOK(listed_count) },
    { .key = "toc-depth", .type = YAML_TO_INT, .least = 1, .most = 2, .offset = BOOK(toc_depth) },
    { .key = "certified-by", .type = YAML_TO_STRING, .offset = BOOK(certified_by) },
    /* read afterwards */
    { .key = "order", .type = YAML_TO_NOTHING },
    { .key = "publisher", .type = YAML_TO_NOTHING },
    { .key = "collection", .type = YAML_TO_NOTHING },
    { .key = "parts", .type = YAML_TO_NOTHING },
    { .key = "front", .type = YAML_TO_NOTHING },
    { .key = "back", .type = YAML_TO_NOTHING },
    { .key = "cover", .type = YAML_TO_NOTHING },
    { .key = "paper", .type = YAML_TO_NOTHING },
    { .key = "booklet", .type = YAML_TO_NOTHING },
};

/* The maps within it, each with its own keys. */
static const struct yaml_field publisher_fields[] = {
    { .key = "name", .type = YAML_TO_STRING, .required = true, .offset = BOOK(publisher.name) },
    { .key = "place", .type = YAML_TO_STRING, .offset = BOOK(publisher.place) },
    { .key = "url", .type = YAML_TO_STRING, .offset = BOOK(publisher.url) },
};
static const struct yaml_field collection_fields[] = {
    { .key = "name", .type = YAML_TO_STRING, .required = true, .offset = BOOK(collection.name) },
    { .key = "number", .type = YAML_TO_STRING, .offset = BOOK(collection.number) },
};
static const struct yaml_field paper_fields[] = {
    { .key = "caliper", .type = YAML_TO_REAL, .least = 0.01, .most = 2,
      .offset = BOOK(paper.caliper) },
    { .key = "name", .type = YAML_TO_STRING, .offset = BOOK(paper.name) },
    { .key = "profile", .type = YAML_TO_NOTHING },
};
static const struct yaml_field booklet_fields[] = {
    { .key = "paper", .type = YAML_TO_STRING, .offset = BOOK(booklet.paper) },
    { .key = "sheets", .type = YAML_TO_INT, .least = 0, .most = 100,
      .offset = BOOK(booklet.sheets) },
    { .key = "creep", .type = YAML_TO_REAL, .least = 0, .most = 2,
      .offset = BOOK(booklet.creep) },
    { .key = "marks", .type = YAML_TO_BOOL, .offset = BOOK(booklet.marks) },
    { .key = "scale", .type = YAML_TO_BOOL, .offset = BOOK(booklet.scale) },
    { .key = "cover", .type = YAML_TO_BOOL, .offset = BOOK(booklet.cover) },
};

static const struct {
    const char *key;
    const struct yaml_field *fields;
    size_t count;
} maps[] = {
    { "publisher", publisher_fields, COUNT(publisher_fields) },
    { "collection", collection_fields, COUNT(collection_fields) },
    { "paper", paper_fields, COUNT(paper_fields) },
    { "booklet", booklet_fields, COUNT(booklet_fields) },
};

static bool read_maps(struct book *book, const struct yaml *root)
{
    bool sound = true;

    for (size_t i = 0; i < COUNT(maps); i++) {
        const struct yaml *map = yaml_lookup(root, maps[i].key);
        char what[40];

        if (map == NULL)
            continue;
        g_snprintf(what, sizeof what, "“%s”", maps[i].key);
        if (!yaml_read(book->arena, map, what, maps[i].fields, maps[i].count, book))
            sound = false;
    }
    return sound;
}

static bool read_choices(struct book *book, const struct yaml *root)
{
    static const char *const orders[] = { "surname", "title", "date", "listed", NULL };
    static const char *const papers[] = { "a4", "letter", "a3", NULL };
    int order = book->listed_count > 0 ? ORDER_LISTED : ORDER_SURNAME, paper = 0;
    bool sound = yaml_choice(root, "order", orders, &order);

    book->order = (enum order)order;
    if (book->listed_count > 0)
        book->listed_at = yaml_lookup(root, "portraits")->key_at;
    return yaml_choice(yaml_lookup(root, "booklet"), "paper", papers, &paper) && sound;
}

static bool read_division(struct book *book, const struct yaml *map, struct division *division)
{
    const struct yaml_field fields[] = {
        { .key = "title", .type = YAML_TO_STRING, .required = true,
          .offset = offsetof(struct division, title) },
        { .key = "portraits", .type = YAML_TO_STRINGS, .offset = offsetof(struct division, ids),
          .count = offsetof(struct division, id_count) },
        { .key = "ids", .type = YAML_TO_NOTHING },
    };

    division->at = map->at;
    return yaml_read(book->arena, map, "a part", fields, COUNT(fields), division)
        && yaml_strings(book->arena, map, "ids", &division->ids, &division->id_count);
}

static bool read_divisions(struct book *book, const struct yaml *list)
{
    bool sound = true;

    if (list == NULL)
        return true;
    if (!yaml_expect(list, YAML_LIST, "“parts”"))
        return false;
    book->divisions = ARENA_ARRAY(book->arena, list->count, struct division);
    book->division_count = list->count;
    for (size_t i = 0; i < list->count; i++)
        if (!read_division(book, list->items[i], &book->divisions[i]))
            sound = false;
    return sound;
}

static bool read_cover(struct book *book, const struct yaml *map, const char *path)
{
    static const char *const keys[] = { "picture", "alt", NULL };
    const char *picture = NULL, *alt = NULL;

    if (map == NULL)
        return true;
    if (!yaml_expect(map, YAML_MAP, "“cover”"))
        return false;
    yaml_check_keys(map, keys);
    if (!yaml_string(map, "picture", &picture) || !yaml_string(map, "alt", &alt))
        return false;
    if (picture == NULL)
        return true;
    book->cover = picture_load(book->arena, book->folder, path, picture, DIAG_ERROR,
                               yaml_lookup(map, "picture")->at);
    if (book->cover != NULL)
        book->cover->alt = alt;
    return book->cover != NULL;
}

static bool read_press(struct book *book, const struct yaml *paper)
{
    const char *path = NULL;

    if (!yaml_string(paper, "profile", &path))
        return false;
    if (path == NULL)
        return true;
    book->press = press_load(book->arena, book->folder, path, yaml_lookup(paper, "profile")->at);
    return book->press != NULL;
}

/* The pages of front or back: a list of paths. */
static bool read_pages(struct book *book, const struct yaml *root, const char *key,
                       struct page **pages, size_t *count)
{
    const struct yaml *list = yaml_lookup(root, key);
    const char **paths = NULL;
    size_t path_count = 0;
    bool sound = true;

    if (!yaml_strings(book->arena, root, key, &paths, &path_count))
        return false;
    *pages = ARENA_ARRAY(book->arena, path_count, struct page);
    *count = path_count;
    for (size_t i = 0; i < path_count; i++) {
        struct place at = list->kind == YAML_LIST ? list->items[i]->at : list->at;

        if (!page_read(book, path_join(book->arena, book->folder, paths[i]), at, &(*pages)[i]))
            sound = false;
    }
    return sound;
}

/* ---- Forms --------------------------------------------------------------------- */

enum { LONGEST_STEM = 100 };    /* bytes: names of files have 255, ends and all */

static bool is_file_stem(const char *text)
{
    if (strchr(".-", text[0]) != NULL || strlen(text) > LONGEST_STEM)
        return false;
    for (const char *c = text; *c != '\0'; c++)
        if (!g_ascii_isalnum(*c) && *c != '-' && *c != '_' && *c != '.')
            return false;
    return true;
}

static char *file_stem(struct arena *arena, const char *text)
{
    char *stem = slug_new(arena, text);

    stem[slug_cut(stem, LONGEST_STEM)] = '\0';
    return stem;
}

static bool check_slug(struct book *book, const struct yaml *root)
{
    if (book->slug == NULL) {
        book->slug = file_stem(book->arena, book->title);
        return true;
    }
    if (is_file_stem(book->slug))
        return true;
    diag(DIAG_ERROR, yaml_lookup(root, "slug")->at, "wrong-value",
         "“%s” names the files of the book; use at most %d letters, digits and hyphens, as “%s”",
         book->slug, LONGEST_STEM, file_stem(book->arena, book->slug));
    return false;
}

static bool is_uuid(const char *text)
{
    for (int i = 0; i < 36; i++) {
        bool hyphen = i == 8 || i == 13 || i == 18 || i == 23;

        if (hyphen ? text[i] != '-' : !g_ascii_isxdigit(text[i]))
            return false;
    }
    return text[36] == '\0';
}

/* The identifier of the work; without one, it is made from the title, and would
 * change with it. */
static bool check_work(struct book *book, const struct yaml *root)
{
    const struct yaml *given = yaml_lookup(root, "work");
    char *hash;

    if (given != NULL) {
        if (strncmp(book->work, "urn:uuid:", 9) == 0 && is_uuid(book->work + 9))
            return true;
        diag(DIAG_ERROR, given->at, "wrong-value",
             "“work” must be urn:uuid: and a UUID, not “%s”", book->work);
        return false;
    }
    hash = g_compute_checksum_for_string(G_CHECKSUM_SHA256, book->title, -1);
    book->work = arena_printf(book->arena, "urn:uuid:%.8s-%.4s-8%.3s-a%.3s-%.12s", hash, hash + 8,
                              hash + 12, hash + 15, hash + 18);
    g_free(hash);
    diag(DIAG_WARNING, root->at, "no-work",
         "no identifier of the work; add “work: %s” and never change it", book->work);
    return true;
}

static bool check_publisher(struct book *book, const struct yaml *root)
{
    const struct yaml *given = yaml_lookup(yaml_lookup(root, "publisher"), "url");

    if (given == NULL)
        return true;
    book->publisher.url = network_address(book->arena, NULL, given->text);
    if (book->publisher.url == NULL)
        diag(DIAG_ERROR, given->at, "bad-address", "“%s” is no address; write it whole, as "
             "https://…", given->text);
    return book->publisher.url != NULL;
}

static bool check_forms(struct book *book, const struct yaml *root)
{
    bool sound = check_slug(book, root);

    sound = check_work(book, root) && sound;
    sound = check_publisher(book, root) && sound;
    if (yaml_lookup(root, "language") == NULL)
        diag(DIAG_WARNING, root->at, "no-language",
             "no language; add “language:”, as fr-CA or en-US");
    return sound;
}

/* A name is one of the program's styles; a path starts from the content. */
static void place_style(struct book *book)
{
    if (strchr(book->style, '/') != NULL && book->style[0] != '/')
        book->style = path_join(book->arena, book->folder, book->style);
}

bool anthology_read(struct book *book)
{
    const char *path = path_join(book->arena, book->folder, "anthology.yaml");
    struct yaml *root = yaml_load(book->arena, path);
    bool sound;

    book->language = "en";
    book->style = "classique";
    book->toc_depth = 1;
    book->booklet.paper = "a4";
    if (root == NULL)
        return false;
    sound = yaml_read(book->arena, root, "anthology.yaml", book_fields, COUNT(book_fields), book);
    if (root->kind != YAML_MAP || book->title == NULL)
        return false;
    /* The language first: what follows is set in type by it. */
    sound = reader_language(book->arena, root, "language", &book->language) && sound;
    sound = read_maps(book, root) && sound;
    sound = read_choices(book, root) && sound;
    sound = read_divisions(book, yaml_lookup(root, "parts")) && sound;
    sound = read_cover(book, yaml_lookup(root, "cover"), path) && sound;
    sound = read_press(book, yaml_lookup(root, "paper")) && sound;
    sound = check_forms(book, root) && sound;
    place_style(book);
    sound = read_pages(book, root, "front", &book->front, &book->front_count) && sound;
    return read_pages(book, root, "back", &book->back, &book->back_count) && sound;
}
