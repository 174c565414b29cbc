/* The sequence of the book: which parts there are and in which order, and the
 * ids they stand under. What each part says is made in the files beside. */
#include "book/compose.h"
#include "book/compose_parts.h"

/* ---- Parts -------------------------------------------------------------------- */

struct part *compose_part(struct composer *composer, enum part_kind kind, const char *id,
                      const char *title, const char *language)
{
    struct part *part = &composer->parts[composer->part_count++];

    part->kind = kind;
    part->matter = kind == PART_COVER ? MATTER_COVER
                   : kind <= PART_NEWS ? MATTER_FRONT : MATTER_BODY;
    part->id = id;
    part->title = title;
    part->language = language;
    part->body = node_new(composer->arena, NODE_SECTION, (struct place){ NULL, 0, 0 });
    part->body->lang = language;
    return part;
}

struct part *compose_fixed_part(struct composer *composer, enum part_kind kind, const char *title)
{
    struct part *part = compose_part(composer, kind, composer->fixed[kind], title,
                                 composer->book->language);

    say_heading(composer, part->body, 1, title);
    return part;
}

/* ---- Ids ---------------------------------------------------------------------- */

const char *compose_id(struct composer *composer, const char *wanted)
{
    const char *id = wanted;

    for (int i = 2; g_hash_table_contains(composer->ids, id); i++)
        id = arena_printf(composer->arena, "%s-%d", wanted, i);
    g_hash_table_add(composer->ids, (gpointer)(uintptr_t)id);
    return id;
}

static void reserve(struct composer *composer, const char *id)
{
    if (id != NULL)
        g_hash_table_add(composer->ids, (gpointer)(uintptr_t)id);
}

static void reserve_portrait(struct composer *composer, const struct portrait *portrait)
{
    reserve(composer, portrait->id);
    for (size_t i = 0; i < portrait->question_count; i++)
        reserve(composer, portrait->questions[i].anchor);
    for (size_t i = 0; i < portrait->note_count; i++)
        reserve(composer, portrait->notes[i].id);
}

static void reserve_notes(struct composer *composer, const struct page *pages, size_t count)
{
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < pages[i].note_count; j++)
            reserve(composer, pages[i].notes[j].id);
}

/* ---- Pages whose name is taken -------------------------------------------------- */

/* Gives each page the id it stands under; notes in MOVED where that is another
 * than its file's. */
static void place_pages(struct composer *composer, struct page *pages, size_t count,
                        GHashTable *moved)
{
    for (size_t i = 0; i < count; i++) {
        const char *named = pages[i].id;

        pages[i].id = compose_id(composer, named);
        if (pages[i].id != named)
            g_hash_table_insert(moved, (gpointer)(uintptr_t)named,
                                (gpointer)(uintptr_t)pages[i].id);
    }
}

static void follow_in_tree(struct node *root, GHashTable *moved)
{
    for (struct node *node = root; node != NULL; node = node_next(node, root)) {
        const char *target = node->target == NULL ? NULL
            : g_hash_table_lookup(moved, node->target);

        if (target != NULL)
            node->target = target;
    }
}

static void follow_in_notes(const struct note *notes, size_t count, GHashTable *moved)
{
    for (size_t i = 0; i < count; i++)
        follow_in_tree(notes[i].body, moved);
}

static void follow_in_portrait(const struct portrait *portrait, GHashTable *moved)
{
    follow_in_tree(portrait->introduction, moved);
    for (size_t i = 0; i < portrait->question_count; i++) {
        follow_in_tree(portrait->questions[i].heading, moved);
        follow_in_tree(portrait->questions[i].answer, moved);
    }
    follow_in_notes(portrait->notes, portrait->note_count, moved);
}

static void follow_in_pages(const struct page *pages, size_t count, GHashTable *moved)
{
    for (size_t i = 0; i < count; i++) {
        follow_in_tree(pages[i].body, moved);
        follow_in_notes(pages[i].notes, pages[i].note_count, moved);
    }
}

/* Pages under their final ids, and after them the links written in the content,
 * before the book's own links are among them. */
static void settle_pages(struct composer *composer)
{
    struct book *book = composer->book;
    GHashTable *moved = g_hash_table_new(g_str_hash, g_str_equal);

    place_pages(composer, book->front, book->front_count, moved);
    place_pages(composer, book->back, book->back_count, moved);
    if (g_hash_table_size(moved) > 0) {
        for (size_t i = 0; i < book->portrait_count; i++)
            follow_in_portrait(book->portraits[i], moved);
        follow_in_pages(book->front, book->front_count, moved);
        follow_in_pages(book->back, book->back_count, moved);
    }
    g_hash_table_destroy(moved);
}

/* The portraits' addresses come first, then ours; pages give way to them. */
static void reserve_ids(struct composer *composer)
{
    static const char *const names[PART_KINDS] = {
        [PART_COVER] = "cover", [PART_HALF_TITLE] = "half-title", [PART_TITLE] = "title-page",
        [PART_IMPRINT] = "imprint", [PART_TOC] = "contents", [PART_NEWS] = "news",
        [PART_DIRECTORY] = "directory", [PART_READING] = "reading-list", [PART_INDEX] = "index",
        [PART_NOTES] = "notes", [PART_HISTORY] = "history", [PART_COLOPHON] = "colophon",
    };
    const struct book *book = composer->book;

    for (size_t i = 0; i < book->portrait_count; i++)
        reserve_portrait(composer, book->portraits[i]);
    reserve_notes(composer, book->front, book->front_count);
    reserve_notes(composer, book->back, book->back_count);
    for (int kind = 0; kind < PART_KINDS; kind++)
        if (names[kind] != NULL)
            composer->fixed[kind] = compose_id(composer, names[kind]);
}

/* ---- Pictures in words ----------------------------------------------------------- */

static void describe_pictures(struct composer *composer)
{
    for (size_t i = 0; i < composer->part_count; i++) {
        struct node *body = composer->parts[i].body;

        for (struct node *node = body; node != NULL; node = node_next(node, body))
            if ((node->kind == NODE_FIGURE || node->kind == NODE_IMAGE) && node->alt == NULL)
                node->alt = node->picture != NULL && node->picture->alt != NULL
                                ? node->picture->alt : "";
    }
}

/* ---- The sequence ------------------------------------------------------------------ */

static void compose_parts(struct composer *composer)
{
    struct book *book = composer->book;
    struct part *contents, *news;

    compose_cover(composer);
    compose_half_title(composer);
    compose_title_page(composer);
    compose_imprint(composer);
    contents = compose_contents(composer);
    compose_pages(composer, book->front, book->front_count, PART_FRONT);
    news = compose_news(composer);
    compose_portraits(composer);
    compose_pages(composer, book->back, book->back_count, PART_BACK);
    compose_directory(composer);
    compose_reading_list(composer);
    compose_index(composer);
    compose_notes(composer);
    compose_history(composer);
    compose_colophon(composer);
    if (news != NULL)
        compose_fill_news(composer, news);
    compose_fill_contents(composer, contents);
}

void compose(struct book *book)
{
    struct composer composer = { .book = book, .arena = book->arena };
    size_t most = PART_KINDS + book->front_count + book->back_count + book->division_count
                  + 2 * book->portrait_count;

    composer.parts = ARENA_ARRAY(book->arena, most, struct part);
    composer.ids = g_hash_table_new(g_str_hash, g_str_equal);
    reserve_ids(&composer);
    settle_pages(&composer);
    compose_parts(&composer);
    describe_pictures(&composer);
    g_hash_table_destroy(composer.ids);
    book->parts = composer.parts;
    book->part_count = composer.part_count;
}

bool part_is_listed(const struct part *part)
{
    static const bool listed[PART_KINDS] = {
        [PART_FRONT] = true, [PART_NEWS] = true, [PART_DIVISION] = true,
        [PART_PORTRAIT] = true, [PART_DIRECTORY] = true, [PART_READING] = true,
        [PART_INDEX] = true, [PART_HISTORY] = true, [PART_COLOPHON] = true,
        [PART_BACK] = true,
    };

    return listed[part->kind];
}
