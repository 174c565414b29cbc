/* A folder of content to the model: the anthology, the reading list, the
 * portraits, the ledger; then order, links and the date. Reading goes on after
 * an error to tell as many as there are, but nothing is given out then. */
#include "book/book.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/pool.h"
#include "book/forms.h"
#include "book/ledger.h"
#include "book/markdown.h"
#include "book/reader.h"
#include "book/strings.h"

#include <glib.h>
#include <string.h>

/* ---- Which files are portraits -------------------------------------------------- */

static bool has_ending(const char *name, const char *ending)
{
    size_t length = strlen(name), end = strlen(ending);

    return length > end && strcmp(name + length - end, ending) == 0;
}

bool file_is_portrait(const char *name)
{
    return name[0] != '.' && name[0] != '_' && !has_ending(name, ".new.md")
        && (has_ending(name, ".md") || has_ending(name, ".markdown"));
}

static bool check_folder(const struct book *book)
{
    static const char *const files[] = { "anthology.yaml", "reading-list.yaml", "editions.yaml" };
    struct place at = { book->folder, 0, 0 };

    if (!folder_exists(book->folder)) {
        diag(DIAG_ERROR, at, "no-content",
             "no such folder; `florilege init %s` makes an anthology to start from",
             path_for_shell(book->arena, book->folder));
        return false;
    }
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        if (!reader_may_read(book, path_join(book->arena, book->folder, files[i])))
            return false;
    if (path_is_free(path_join(book->arena, book->folder, "anthology.yaml"))) {
        diag(DIAG_ERROR, at, "no-content",
             "no anthology.yaml in this folder; write one with “title:” and “language:”, or let "
             "`florilege init` make one in a new folder");
        return false;
    }
    return true;
}

/* The paths of the portraits' files, sorted by name; NULL after an error. */
static char **list_portraits(struct book *book, size_t *count)
{
    const char *folder = path_join(book->arena, book->folder, "portraits");
    char **names = folder_list(book->arena, folder, count);
    size_t kept = 0;

    for (size_t i = 0; i < *count; i++)
        if (file_is_portrait(names[i]))
            names[kept++] = path_join(book->arena, folder, names[i]);
    *count = kept;
    return names;
}

/* ---- Reading --------------------------------------------------------------------- */

/* Is the id free? Takes it, or tells who has it. */
static bool take_id(GHashTable *taken, const char *id, struct place at)
{
    const char *path = g_hash_table_lookup(taken, id);

    if (path == NULL) {
        g_hash_table_insert(taken, (gpointer)(uintptr_t)id, (gpointer)(uintptr_t)at.path);
        return true;
    }
    diag(DIAG_ERROR, at, "id-twice",
         "the id “%s” is that of %s too; give one of the files another name", id, path);
    return false;
}

static bool take_page_ids(GHashTable *taken, const struct page *pages, size_t count)
{
    bool sound = true;

    for (size_t i = 0; i < count; i++)
        if (pages[i].id != NULL)
            sound = take_id(taken, pages[i].id, pages[i].at) && sound;
    return sound;
}

/* Portraits are read by threads: each takes from an arena of its own, through a
 * copy of the book that has that arena; nothing else of the book is written. */
struct reading {
    const struct book *book;
    const struct title_index *titles;
    char **paths;
    struct portrait **made;
    size_t count;
};

static void read_one(void *context, size_t index, int worker)
{
    struct reading *reading = context;
    struct book copy = *reading->book;

    copy.arena = reading->book->more[worker];
    reading->made[index] = portrait_read(&copy, reading->titles, reading->paths[index]);
    if (worker == 0)
        progress("reading", index, reading->count);
}

/* Threads for many portraits, the calling one alone for few. */
static void read_all(struct book *book, struct reading *reading)
{
    enum { MANY = 32 };
    struct pool *pool = pool_new(reading->count < MANY ? 1 : 0);

    book->more_count = (size_t)pool_workers(pool);
    book->more = ARENA_ARRAY(book->arena, book->more_count, struct arena *);
    for (size_t i = 0; i < book->more_count; i++)
        book->more[i] = arena_new();
    markdown_prepare();
    pool_run(pool, reading->count, read_one, reading);
    pool_free(pool);
}

static bool read_portraits(struct book *book, const struct title_index *titles)
{
    struct reading reading = { .book = book, .titles = titles };
    GHashTable *taken = g_hash_table_new(g_str_hash, g_str_equal);
    bool sound = take_page_ids(taken, book->front, book->front_count);

    sound = take_page_ids(taken, book->back, book->back_count) && sound;
    reading.paths = list_portraits(book, &reading.count);
    sound = reading.paths != NULL && sound;
    reading.made = ARENA_ARRAY(book->arena, reading.count, struct portrait *);
    read_all(book, &reading);
    book->portraits = ARENA_ARRAY(book->arena, reading.count, struct portrait *);
    for (size_t i = 0; i < reading.count; i++) {
        struct portrait *portrait = reading.made[i];

        if (portrait == NULL || !take_id(taken, portrait->id, portrait->at))
            sound = false;
        else
            book->portraits[book->portrait_count++] = portrait;
    }
    g_hash_table_destroy(taken);
    return sound;
}

static bool read_ledger(struct book *book)
{
    struct ledger *ledger = ARENA_NEW(book->arena, struct ledger);

    if (!ledger_load(book->arena, book->folder, ledger))
        return false;
    book->ledger = ledger;
    book->editions = ARENA_ARRAY(book->arena, ledger->count, struct edition);
    book->edition_count = ledger->count;
    for (size_t i = 0; i < ledger->count; i++) {
        book->editions[i] = ledger->entries[i].edition;
        reader_set_in_type(book, &book->editions[i].note, book->language);
    }
    if (ledger->count > 0)
        book->edition = &book->editions[ledger->count - 1];
    return true;
}

/* ---- The date ----------------------------------------------------------------------- */

/* The newest whole date of a portrait. */
static const char *date_of_portraits(const struct book *book)
{
    const char *newest = NULL;

    for (size_t i = 0; i < book->portrait_count; i++) {
        const char *date = book->portraits[i]->date;

        if (date != NULL && date_is_whole(date) && (newest == NULL || strcmp(date, newest) > 0))
            newest = date;
    }
    return newest;
}

static void set_date(struct book *book)
{
    book->environment_date = date_of_environment(book->arena);
    book->date = book->edition != NULL ? book->edition->date : book->environment_date;
    if (book->date == NULL)
        book->date = date_of_portraits(book);
    book->undated = book->date == NULL;
    if (book->undated)
        book->date = "1980-01-01";
}

void book_check_date(const struct book *book)
{
    if (book->undated)
        diag(DIAG_WARNING, (struct place){ book->folder, 0, 0 }, "no-date",
             "the book has no date, so it says 1980-01-01; give a portrait a “date:”, or close "
             "an edition by `florilege edition new`");
}

/* ---- All of it ------------------------------------------------------------------------ */

/* A line for each paragraph of the blurb; blank lines part them where there are
 * any, as in a literal block of YAML, else its lines, as in a folded one. */
static void set_blurb_in_type(struct book *book)
{
    char **paragraphs;
    struct buf text = {0};

    if (book->blurb == NULL)
        return;
    paragraphs = g_strsplit(book->blurb, strstr(book->blurb, "\n\n") != NULL ? "\n\n" : "\n", -1);
    for (size_t i = 0; paragraphs[i] != NULL; i++) {
        const char *paragraph = paragraphs[i];

        reader_set_in_type(book, &paragraph, book->language);
        if (paragraph[0] != '\0')
            buf_printf(&text, text.len > 0 ? "\n%s" : "%s", paragraph);
    }
    g_strfreev(paragraphs);
    book->blurb = arena_strdup(book->arena, buf_text(&text));
    buf_free(&text);
}

static void set_book_in_type(struct book *book)
{
    const char **texts[] = { &book->title, &book->subtitle, &book->publisher.name,
                             &book->publisher.place, &book->rights, &book->description,
                             &book->collection.name };

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        reader_set_in_type(book, texts[i], book->language);
    set_blurb_in_type(book);
    for (size_t i = 0; i < book->editor_count; i++)
        reader_set_in_type(book, &book->editors[i], book->language);
    for (size_t i = 0; i < book->subject_count; i++)
        reader_set_in_type(book, &book->subjects[i], book->language);
    for (size_t i = 0; i < book->division_count; i++)
        reader_set_in_type(book, &book->divisions[i].title, book->language);
}

static bool check_portraits(const struct book *book)
{
    if (book->portrait_count > 0)
        return true;
    diag(DIAG_ERROR, (struct place){ path_join(book->arena, book->folder, "portraits"), 0, 0 },
         "no-portrait", "no portrait here; write portraits/NAME.md, or let `florilege import` "
         "make some");
    return false;
}

static bool read_folder(struct book *book, const char *data)
{
    struct title_index *titles;
    bool sound;

    if (!check_folder(book) || !anthology_read(book))
        return false;
    set_book_in_type(book);
    titles = reading_list_read(book);
    if (titles == NULL)
        return false;
    sound = read_portraits(book, titles);
    title_index_free(titles);
    sound = read_ledger(book) && sound;
    if (!sound || !order_portraits(book) || !check_portraits(book))
        return false;
    collect_readers(book);
    links_resolve(book);
    set_date(book);
    book->strings = strings_load(book->arena, data, book->language);
    return book->strings != NULL;
}

struct book *book_load(const char *folder, const char *data)
{
    struct arena *arena = arena_new();
    struct book *book = ARENA_NEW(arena, struct book);

    book->arena = arena;
    book->folder = arena_strdup(arena, folder);
    if (read_folder(book, data))
        return book;
    book_free(book);
    return NULL;
}

void book_free(struct book *book)
{
    if (book == NULL)
        return;
    for (size_t i = 0; i < book->more_count; i++)
        arena_free(book->more[i]);
    arena_free(book->arena);
}
