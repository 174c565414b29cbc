/* portraits/ID.md: front matter into the portrait's fields, Markdown into its
 * introduction, questions and answers. Front matter of other habits is
 * understood (see `other`); keys of site generators are passed over. */
#include "base/file.h"
#include "book/anchor.h"
#include "book/forms.h"
#include "book/markdown.h"
#include "book/picture.h"
#include "book/reader.h"
#include "book/typography.h"

#include <glib.h>
#include <string.h>

struct front {
    const char *name, *sort_name, *role, *organisation, *photo, *photo_alt, *photo_credit;
    const char *source, *title, *summary, *lang;
    const char **accounts;
    size_t account_count;
    const struct yaml *contacts, *credits, *image, *portrait;
    bool draft, published;
};

#define FRONT(member) offsetof(struct front, member)
#define COUNT(array) (sizeof (array) / sizeof *(array))

static const struct yaml_field fields[] = {
    { .key = "name", .type = YAML_TO_STRING, .offset = FRONT(name) },
    { .key = "sort-name", .type = YAML_TO_STRING, .offset = FRONT(sort_name) },
    { .key = "role", .type = YAML_TO_STRING, .offset = FRONT(role) },
    { .key = "organisation", .type = YAML_TO_STRING, .offset = FRONT(organisation) },
    { .key = "accounts", .type = YAML_TO_STRINGS, .offset = FRONT(accounts),
      .count = FRONT(account_count) },
    { .key = "photo", .type = YAML_TO_STRING, .offset = FRONT(photo) },
    { .key = "photo-alt", .type = YAML_TO_STRING, .offset = FRONT(photo_alt) },
    { .key = "photo-credit", .type = YAML_TO_STRING, .offset = FRONT(photo_credit) },
    { .key = "source", .type = YAML_TO_STRING, .offset = FRONT(source) },
    { .key = "contacts", .type = YAML_TO_VALUE, .offset = FRONT(contacts) },
    { .key = "draft", .type = YAML_TO_BOOL, .offset = FRONT(draft) },
    { .key = "date", .type = YAML_TO_NOTHING },             /* read by their form */
    { .key = "language", .type = YAML_TO_NOTHING },
    { .key = "reading", .type = YAML_TO_NOTHING },
    /* other habits */
    { .key = "title", .type = YAML_TO_STRING, .offset = FRONT(title) },
    { .key = "summary", .type = YAML_TO_STRING, .offset = FRONT(summary) },
    { .key = "lang", .type = YAML_TO_NOTHING },
    { .key = "credits", .type = YAML_TO_VALUE, .offset = FRONT(credits) },
    { .key = "image", .type = YAML_TO_VALUE, .offset = FRONT(image) },
    { .key = "portrait", .type = YAML_TO_VALUE, .offset = FRONT(portrait) },
    { .key = "published", .type = YAML_TO_BOOL, .offset = FRONT(published) },
    /* of site generators, nothing for a book */
    { .key = "aliases", .type = YAML_TO_NOTHING }, { .key = "author", .type = YAML_TO_NOTHING },
    { .key = "authors", .type = YAML_TO_NOTHING }, { .key = "categories", .type = YAML_TO_NOTHING },
    { .key = "category", .type = YAML_TO_NOTHING }, { .key = "comments", .type = YAML_TO_NOTHING },
    { .key = "cover", .type = YAML_TO_NOTHING }, { .key = "description", .type = YAML_TO_NOTHING },
    { .key = "excerpt", .type = YAML_TO_NOTHING }, { .key = "featured", .type = YAML_TO_NOTHING },
    { .key = "guid", .type = YAML_TO_NOTHING }, { .key = "id", .type = YAML_TO_NOTHING },
    { .key = "keywords", .type = YAML_TO_NOTHING }, { .key = "lastmod", .type = YAML_TO_NOTHING },
    { .key = "layout", .type = YAML_TO_NOTHING }, { .key = "permalink", .type = YAML_TO_NOTHING },
    { .key = "series", .type = YAML_TO_NOTHING }, { .key = "slug", .type = YAML_TO_NOTHING },
    { .key = "status", .type = YAML_TO_NOTHING }, { .key = "tags", .type = YAML_TO_NOTHING },
    { .key = "thumbnail", .type = YAML_TO_NOTHING }, { .key = "toc", .type = YAML_TO_NOTHING },
    { .key = "type", .type = YAML_TO_NOTHING }, { .key = "updated", .type = YAML_TO_NOTHING },
    { .key = "url", .type = YAML_TO_NOTHING }, { .key = "weight", .type = YAML_TO_NOTHING },
};

/* ---- Front matter ------------------------------------------------------------- */

static bool find_name(struct portrait *portrait, const struct front *front,
                      const struct yaml *map)
{
    portrait->name = front->name != NULL ? front->name : front->title;
    if (portrait->name == NULL)
        diag(DIAG_ERROR, map != NULL ? map->at : portrait->at, "no-name",
             "a portrait without a name; add “name:” to its front matter");
    return portrait->name != NULL;
}

/* The text of a value that may be a map: {name: …}, {src: …}. */
static const char *text_of(const struct yaml *value, const char *const *keys)
{
    const char *text = NULL;

    if (value == NULL || value->kind == YAML_SCALAR)
        return value == NULL ? NULL : value->text;
    for (size_t i = 0; text == NULL && keys[i] != NULL; i++)
        if (!yaml_string(value, keys[i], &text))
            return NULL;
    return text;
}

/* photos/ID.jpg and the like, when there is one. */
static const char *find_photo(struct book *book, const char *stem, const char *id)
{
    static const char *const endings[] = { "jpg", "jpeg", "png", "webp", "gif", "svg",
                                           "JPG", "JPEG", "PNG" };
    const char *const names[] = { id, stem };

    for (size_t n = 0; n < COUNT(names); n++)
        for (size_t i = 0; i < COUNT(endings); i++) {
            const char *name = arena_printf(book->arena, "photos/%s.%s", names[n], endings[i]);

            if (file_exists(path_join(book->arena, book->folder, name)))
                return arena_printf(book->arena, "/%s", name);
        }
    return NULL;
}

static bool read_photo(struct book *book, struct portrait *portrait, const struct front *front,
                       const struct yaml *map)
{
    static const char *const path_keys[] = { "src", "path", "url", "file", NULL };
    static const char *const name_keys[] = { "name", "photographer", "photo", NULL };
    static const char *const keys[] = { "photo", "image", "portrait" };
    const char *paths[] = { front->photo, text_of(front->image, path_keys),
                            text_of(front->portrait, path_keys) };
    const char *written = NULL;
    struct place at = portrait->at;

    for (size_t i = 0; written == NULL && i < COUNT(paths); i++)
        if (paths[i] != NULL) {
            written = paths[i];
            at = yaml_lookup(map, keys[i])->at;
        }
    if (written == NULL)
        written = find_photo(book, path_stem(book->arena, portrait->path), portrait->id);
    if (written == NULL)
        return true;
    portrait->photo = picture_load(book->arena, book->folder, portrait->path, written, DIAG_ERROR,
                                   at);
    if (portrait->photo == NULL)
        return false;
    portrait->photo->alt = front->photo_alt;
    portrait->photo->credit = front->photo_credit != NULL ? front->photo_credit
        : text_of(front->credits, name_keys);
    return true;
}

static bool is_listed(const struct portrait *portrait, const struct title *title)
{
    for (size_t i = 0; i < portrait->reading_count; i++)
        if (portrait->reading[i] == title)
            return true;
    return false;
}

/* The titles that the ids of `reading` name. */
static bool read_reading(struct arena *arena, const struct title_index *titles,
                         const struct yaml *map, struct portrait *portrait)
{
    const struct yaml *list = yaml_lookup(map, "reading");
    const char **ids = NULL;
    size_t count = 0;
    bool sound = yaml_strings(arena, map, "reading", &ids, &count);

    portrait->reading = ARENA_ARRAY(arena, count, struct title *);
    for (size_t i = 0; i < count; i++) {
        struct title *title = title_lookup(titles, ids[i]);
        struct place at = list->kind == YAML_LIST && list->count == count ? list->items[i]->at
            : list->at;

        if (title == NULL) {
            const char *near = title_nearest(titles, ids[i]);

            diag(DIAG_ERROR, at, "reading-unknown", "no title “%s” in reading-list.yaml; %s%s%s",
                 ids[i], near == NULL ? "add it there" : "“", near == NULL ? "" : near,
                 near == NULL ? "" : "”?");
            sound = false;
        } else if (is_listed(portrait, title)) {
            diag(DIAG_WARNING, at, "reading-twice", "“%s” stands here twice; keep one", ids[i]);
        } else {
            portrait->reading[portrait->reading_count++] = title;
        }
    }
    return sound;
}

static void fill(struct book *book, struct portrait *portrait, const struct front *front)
{
    portrait->role = front->role != NULL ? front->role : front->summary;
    portrait->organisation = front->organisation;
    portrait->accounts = front->accounts;
    portrait->account_count = front->account_count;
    portrait->source = front->source;
    portrait->draft = front->draft || !front->published;
    portrait->sort_name = front->sort_name != NULL ? front->sort_name
        : form_sort_name(book->arena, portrait->name);
    portrait->monogram = form_monogram(book->arena, portrait->name);
    reader_set_in_type(book, &portrait->name, portrait->language);
    reader_set_in_type(book, &portrait->sort_name, portrait->language);
    reader_set_in_type(book, &portrait->role, portrait->language);
    reader_set_in_type(book, &portrait->organisation, portrait->language);
    for (size_t i = 0; i < portrait->contact_count; i++)
        reader_set_in_type(book, &portrait->contacts[i].note, portrait->language);
    if (portrait->photo != NULL) {
        reader_set_in_type(book, &portrait->photo->alt, portrait->language);
        reader_set_in_type(book, &portrait->photo->credit, portrait->language);
    }
}

static bool read_front(struct book *book, const struct title_index *titles,
                       struct portrait *portrait, const struct yaml *map)
{
    struct front front = { .published = true };
    bool sound = true;

    if (map != NULL && map->kind != YAML_NULL) {
        if (!yaml_expect(map, YAML_MAP, "the front matter"))
            return false;
        sound = yaml_read(book->arena, map, "a portrait", fields, COUNT(fields), &front);
    }
    if (!find_name(portrait, &front, map))
        return false;
    portrait->language = book->language;
    sound = reader_language(book->arena, map, "lang", &portrait->language) && sound;
    sound = reader_language(book->arena, map, "language", &portrait->language) && sound;
    sound = reader_date(book->arena, map, "date", &portrait->date) && sound;
    sound = contacts_read(book->arena, front.contacts, &portrait->contacts,
                          &portrait->contact_count) && sound;
    sound = read_reading(book->arena, titles, map, portrait) && sound;
    sound = read_photo(book, portrait, &front, map) && sound;
    fill(book, portrait, &front);
    return sound;
}

/* ---- Questions and answers -------------------------------------------------------- */

static int highest_level(const struct node *body)
{
    int level = 7;

    for (const struct node *node = body->first; node != NULL; node = node->next)
        if (node->kind == NODE_HEADING && node->level < level)
            level = node->level;
    return level;
}

static size_t count_headings(const struct node *body, int level)
{
    size_t count = 0;

    for (const struct node *node = body->first; node != NULL; node = node->next)
        count += node->kind == NODE_HEADING && node->level == level;
    return count;
}

/* "ID-q-SLUG", the slug cut at a hyphen before it grows too long. */
static const char *make_anchor(struct arena *arena, const char *id, const struct node *heading)
{
    enum { LONGEST = 48 };
    char *slug = heading->id != NULL ? arena_strdup(arena, heading->id)
        : slug_new(arena, node_flat(arena, heading));
    size_t length = heading->id != NULL ? strlen(slug) : slug_cut(slug, LONGEST);

    return arena_printf(arena, "%s-q-%.*s", id, (int)length, slug);
}

/* Parts BODY at its highest headings: what is before the first one introduces,
 * each of them is a question, and what follows is its answer. */
static void part_body(struct book *book, struct portrait *portrait, struct node *body)
{
    int level = highest_level(body);
    struct node *into = node_new(book->arena, NODE_SECTION, body->at), *next;

    into->role = ROLE_INTRODUCTION;
    portrait->introduction = into;
    portrait->questions = ARENA_ARRAY(book->arena, count_headings(body, level), struct question);
    for (struct node *node = body->first; node != NULL; node = next) {
        next = node->next;
        if (node->kind == NODE_HEADING && node->level == level) {
            struct question *question = &portrait->questions[portrait->question_count++];

            node->parent = node->next = NULL;
            node->role = ROLE_QUESTION;
            node->level = 2;
            question->heading = node;
            question->at = node->at;
            question->anchor = make_anchor(book->arena, portrait->id, node);
            into = node_new(book->arena, NODE_SECTION, node->at);
            into->role = ROLE_ANSWER;
            question->answer = into;
        } else {
            node_append(into, node);
        }
    }
    if (portrait->introduction->first == NULL)
        portrait->introduction = NULL;
}

/* The second question of the same words gets "-2". The questions choose first:
 * their addresses stay when a heading within an answer gets one. */
static void part_anchors(struct arena *arena, struct portrait *portrait)
{
    GHashTable *taken = g_hash_table_new(g_str_hash, g_str_equal);

    for (size_t i = 0; i < portrait->question_count; i++) {
        struct question *question = &portrait->questions[i];

        question->anchor = anchor_take(arena, taken, question->anchor);
        question->heading->id = question->anchor;
    }
    anchor_headings(arena, taken, portrait->id, portrait->introduction);
    for (size_t i = 0; i < portrait->question_count; i++)
        anchor_headings(arena, taken, portrait->id, portrait->questions[i].answer);
    for (size_t i = 0; i < portrait->note_count; i++)
        anchor_headings(arena, taken, portrait->id, portrait->notes[i].body);
    g_hash_table_destroy(taken);
}

static void tell_problems(const struct portrait *portrait)
{
    for (size_t i = 0; i < portrait->question_count; i++)
        if (portrait->questions[i].answer->first == NULL)
            diag(DIAG_WARNING, portrait->questions[i].at, "no-answer",
                 "this question has no answer; write one below it");
    if (portrait->question_count == 0)
        diag(DIAG_WARNING, portrait->at, "no-question",
             "no question in this portrait; begin each with “## ”");
}

static void set_text(struct book *book, struct portrait *portrait)
{
    const char *language = portrait->language;

    if (portrait->introduction != NULL) {
        headings_level(portrait->introduction, 2);
        typography_apply(book->arena, portrait->introduction, language);
    }
    for (size_t i = 0; i < portrait->question_count; i++) {
        headings_level(portrait->questions[i].answer, 3);
        typography_apply(book->arena, portrait->questions[i].heading, language);
        typography_apply(book->arena, portrait->questions[i].answer, language);
    }
    for (size_t i = 0; i < portrait->note_count; i++)
        typography_apply(book->arena, portrait->notes[i].body, language);
}

static bool read_text(struct book *book, struct portrait *portrait,
                      const struct front_matter *parts)
{
    struct markdown_source source = { portrait->path, parts->body_line, portrait->id,
                                      book->folder };
    struct markdown read;

    if (!markdown_read(book->arena, &source, parts->body, parts->body_bytes, &read))
        return false;
    portrait->notes = read.notes;
    portrait->note_count = read.note_count;
    part_body(book, portrait, read.body);
    part_anchors(book->arena, portrait);
    if (!portrait->draft)
        tell_problems(portrait);
    set_text(book, portrait);
    return true;
}

static bool read_parts(struct book *book, const struct title_index *titles,
                       struct portrait *portrait, const struct front_matter *parts)
{
    struct yaml *map = NULL;

    if (parts->yaml != NULL) {
        map = yaml_parse(book->arena, portrait->path, 2, parts->yaml, parts->yaml_bytes);
        if (map == NULL)
            return false;
    }
    return read_front(book, titles, portrait, map) && read_text(book, portrait, parts);
}

struct portrait *portrait_read(struct book *book, const struct title_index *titles,
                               const char *path)
{
    struct arena *scratch = arena_new();        /* the book keeps nothing of the source */
    struct portrait *portrait = ARENA_NEW(book->arena, struct portrait);
    struct front_matter parts;
    size_t bytes;
    const char *text = reader_may_read(book, path) ? file_read_text(scratch, path, &bytes) : NULL;

    portrait->path = path;
    portrait->at = (struct place){ path, 1, 1 };
    portrait->id = slug_new(book->arena, path_stem(book->arena, path));
    if (text == NULL || !front_matter_split(path, text, bytes, &parts)
        || !read_parts(book, titles, portrait, &parts))
        portrait = NULL;
    arena_free(scratch);
    return portrait;
}
