/* The commands on the ledger. Those that write it hold it from reading to the
 * rename, so that of two at once one is refused. */
#include "editions.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/publish.h"
#include "base/utf8.h"
#include "book/book.h"
#include "book/edition.h"
#include "book/forms.h"
#include "book/identifier.h"
#include "build.h"

#include <glib.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const struct place on_command_line = { NULL, 0, 0 };

struct work {
    const struct edition_options *options;
    struct arena *arena;
    const char *data;
    struct book *book;
    struct ledger *ledger;      /* the book's */
    struct ledger_entry state;
    GHashTable *people;         /* borrowed ids to portraits */
    int lock;
};

static struct ledger_entry *last_entry(const struct work *work)
{
    return work->ledger->count == 0 ? NULL : &work->ledger->entries[work->ledger->count - 1];
}

/* Reads the content, the ledger and the state; with WRITING, holds the ledger. */
static bool open_work(struct work *work, const struct edition_options *options, bool writing)
{
    *work = (struct work){ .options = options, .arena = arena_new(), .lock = -1 };
    if (writing && folder_exists(options->content)) {
        work->lock = ledger_lock(options->content);
        if (work->lock < 0)
            return false;
    }
    work->data = file_data_folder(work->arena);
    if (work->data == NULL)
        return false;
    work->book = book_load(options->content, work->data);
    if (work->book == NULL)
        return false;
    work->people = g_hash_table_new(g_str_hash, g_str_equal);
    for (size_t i = 0; i < work->book->portrait_count; i++)
        g_hash_table_insert(work->people, (gpointer)(uintptr_t)work->book->portraits[i]->id,
                            work->book->portraits[i]);
    work->ledger = work->book->ledger;
    return edition_state(work->book, work->data, &work->state);
}

static void close_work(struct work *work)
{
    if (work->lock >= 0)
        close(work->lock);
    if (work->people != NULL)
        g_hash_table_destroy(work->people);
    book_free(work->book);
    arena_free(work->arena);
}

/* Opens, acts, closes. */
static bool do_work(const struct edition_options *options, bool writing,
                    bool (*act)(struct work *work))
{
    struct work work;
    bool done = open_work(&work, options, writing) && act(&work);

    close_work(&work);
    return done;
}

/* ---- Saying what changed ------------------------------------------------------ */

/* The person's name; the id for one who is no more in the book. */
static const char *name_of(const struct work *work, const char *id)
{
    const struct portrait *portrait = g_hash_table_lookup(work->people, id);

    return portrait == NULL ? id : portrait->name;
}

static void say_questions(const struct work *work, const struct portrait_change *change)
{
    const struct portrait *portrait = g_hash_table_lookup(work->people, change->id);

    for (size_t i = 0; i < change->question_count; i++) {
        const char *words = change->questions[i];

        for (size_t j = 0; portrait != NULL && j < portrait->question_count; j++)
            if (strcmp(portrait->questions[j].anchor, words) == 0) {
                words = node_flat(work->arena, portrait->questions[j].heading);
                break;
            }
        printf("    %s\n", words);
    }
    if (change->questions_gone > 0)
        printf("    and %zu %s left out\n", change->questions_gone,
               change->questions_gone == 1 ? "question" : "questions");
    if (change->question_count == 0 && change->questions_gone == 0)
        puts("    outside its questions: front matter, introduction or pictures");
}

static void say_portrait(const struct work *work, const struct portrait_change *change)
{
    switch (change->kind) {
    case CHANGE_NEW:
        printf("  new: %s\n", name_of(work, change->id));
        break;
    case CHANGE_GONE:
        printf("  left out: %s\n", change->id);
        break;
    case CHANGE_RENAMED:
        printf("  renamed: %s, formerly %s\n", change->id, change->was);
        break;
    case CHANGE_REVISED:
        printf("  revised: %s\n", name_of(work, change->id));
        say_questions(work, change);
        break;
    }
}

/* The title's words; the id of one that is no more in the book. */
static const char *title_of(const struct work *work, const char *id)
{
    for (size_t i = 0; i < work->book->title_count; i++)
        if (strcmp(work->book->titles[i].id, id) == 0)
            return work->book->titles[i].title;
    return id;
}

static void say_titles(const struct work *work, const char *what, const char **ids, size_t count)
{
    if (count > 0)
        printf("  reading list, %s:\n", what);
    for (size_t i = 0; i < count; i++)
        printf("    %s\n", title_of(work, ids[i]));
}

static void say_files(const struct changes *changes)
{
    static const char *const verbs[] = {
        [CHANGE_NEW] = "new", [CHANGE_REVISED] = "changed", [CHANGE_GONE] = "gone",
    };

    for (size_t i = 0; i < changes->file_count; i++)
        printf("  file %s: %s\n", verbs[changes->files[i].kind], changes->files[i].name);
}

static void say_changes(const struct work *work, const struct changes *changes)
{
    for (size_t i = 0; i < changes->portrait_count; i++)
        say_portrait(work, &changes->portraits[i]);
    say_titles(work, "new", changes->titles_new, changes->titles_new_count);
    say_titles(work, "left out", changes->titles_gone, changes->titles_gone_count);
    say_files(changes);
    if (changes->rest && changes->file_count == 0)
        puts("  the anthology's own files, pages or style have changed");
}

/* ---- Saying what to do ------------------------------------------------------------ */

/* The folder of content as the next command names it; nothing for the usual one. */
static const char *folder_argument(const struct work *work)
{
    return strcmp(work->options->content, "content") == 0 ? ""
        : arena_printf(work->arena, " %s", path_for_shell(work->arena, work->options->content));
}

/* ---- status -------------------------------------------------------------------- */

static void say_what_is_called_for(const struct work *work, const struct changes *changes)
{
    const char *folder = folder_argument(work);

    if (changes_call_for_edition(changes))
        printf("Portraits came or went: a new edition, with an ISBN of its own.\n"
               "  florilege edition new [--isbn-epub …] [--isbn-print …]%s\n", folder);
    else
        printf("Corrections only: a further printing under the same ISBN will do.\n"
               "  florilege edition reprint%s\n"
               "Or, if you would rather call it a revised edition, with an ISBN of its own:\n"
               "  florilege edition new [--isbn-epub …] [--isbn-print …]%s\n", folder, folder);
}

static void say_that_none_is_closed(const struct work *work)
{
    size_t count = work->book->portrait_count;

    printf("No edition yet; the first would have %zu %s.\n"
           "  florilege edition new [--isbn-epub …] [--isbn-print …]%s\n",
           count, count == 1 ? "portrait" : "portraits", folder_argument(work));
}

/* One that was written by hand, a number and a date: nothing can be compared with
 * it. */
static bool is_bare(const struct ledger_entry *entry)
{
    return entry->portrait_count == 0;
}

static void say_that_it_is_bare(const struct ledger_entry *entry)
{
    printf("Edition %d of %s recorded no portraits: what changed since is not known.\n",
           entry->edition.number, entry->edition.date);
}

static bool tell_status(struct work *work)
{
    const struct ledger_entry *last = last_entry(work);
    struct changes changes;

    if (last == NULL) {
        say_that_none_is_closed(work);
        return true;
    }
    changes = edition_changes(work->arena, last, &work->state);
    if (is_bare(last)) {
        say_that_it_is_bare(last);
    } else if (!changes_any(&changes)) {
        printf("Nothing has changed since edition %d of %s.\n", last->edition.number,
               last->edition.date);
    } else {
        printf("Since edition %d of %s:\n", last->edition.number, last->edition.date);
        say_changes(work, &changes);
        say_what_is_called_for(work, &changes);
    }
    return true;
}

bool editions_status(const struct edition_options *options)
{
    return do_work(options, false, tell_status);
}

/* ---- Pages ---------------------------------------------------------------------- */

static enum ledger_mark mark_of(const struct portrait *portrait)
{
    return portrait->is_new ? LEDGER_NEW : portrait->is_revised ? LEDGER_REVISED
        : LEDGER_UNMARKED;
}

/* Lays the book out and notes each portrait's first page and its mark in ENTRY. */
static bool fill_pages(struct work *work, struct ledger_entry *entry)
{
    const char **labels = build_first_pages(work->book, work->data, work->arena);
    GHashTable *pages;

    if (labels == NULL)
        return false;
    pages = g_hash_table_new(g_str_hash, g_str_equal);
    for (size_t i = 0; i < work->book->portrait_count; i++)
        g_hash_table_insert(pages, (gpointer)(uintptr_t)work->book->portraits[i]->id,
                            (gpointer)(uintptr_t)labels[i]);
    for (size_t i = 0; i < entry->portrait_count; i++) {
        struct ledger_portrait *portrait = &entry->portraits[i];

        portrait->page = g_hash_table_lookup(pages, portrait->id);
        portrait->mark = mark_of(g_hash_table_lookup(work->people, portrait->id));
    }
    g_hash_table_destroy(pages);
    return true;
}

/* ---- diff ----------------------------------------------------------------------- */

static void say_moved(const struct work *work, const struct ledger_entry *from,
                      const struct ledger_entry *to)
{
    size_t moved = 0, stayed = 0;

    for (size_t i = 0; i < to->portrait_count; i++) {
        const struct ledger_portrait *now = &to->portraits[i];
        const struct ledger_portrait *before = ledger_portrait_lookup(from, now->id);

        if (before == NULL || before->page == NULL || now->page == NULL)
            continue;
        if (strcmp(before->page, now->page) == 0) {
            stayed++;
            continue;
        }
        if (moved++ == 0)
            puts("First pages moved:");
        printf("  %s: %s, formerly %s\n", name_of(work, now->id), now->page,
               before->page);
    }
    printf("%zu %s moved, %zu as before.\n", moved, moved == 1 ? "portrait has" : "portraits have",
           stayed);
}

/* The edition of that number, or FALLBACK for 0; NULL after an error. */
static const struct ledger_entry *choose(const struct work *work, int number,
                                         const struct ledger_entry *fallback)
{
    return number == 0 && fallback != NULL ? fallback : ledger_entry_find(work->ledger, number);
}

static bool tell_difference(struct work *work)
{
    const struct edition_options *options = work->options;
    const struct ledger_entry *from = choose(work, options->from, last_entry(work));
    const struct ledger_entry *to = choose(work, options->to, &work->state);
    struct changes changes;

    if (from == NULL || to == NULL)
        return false;
    if (is_bare(from) || is_bare(to)) {
        say_that_it_is_bare(is_bare(from) ? from : to);
        return true;
    }
    if (to == &work->state && !fill_pages(work, &work->state))
        return false;
    changes = edition_changes(work->arena, from, to);
    if (to == &work->state)
        printf("From edition %d to the present state:\n", from->edition.number);
    else
        printf("From edition %d to edition %d:\n", from->edition.number, to->edition.number);
    if (changes_any(&changes))
        say_changes(work, &changes);
    else
        puts("  nothing has changed");
    say_moved(work, from, to);
    return true;
}

bool editions_diff(const struct edition_options *options)
{
    return do_work(options, false, tell_difference);
}

/* ---- new and reprint --------------------------------------------------------------- */

/* The date asked for, else SOURCE_DATE_EPOCH's, else today's, in UTC. */
static const char *date_of(const struct work *work)
{
    const char *date = work->options->date;

    if (date == NULL)
        date = work->book->environment_date;
    return date != NULL ? date : date_of_seconds(work->arena, (long long)time(NULL));
}

/* A note that the ledger could not give back would make it unreadable. */
static bool check_note(const struct work *work)
{
    const char *note = work->options->note, *end = note == NULL ? NULL : note + strlen(note);

    while (note < end)
        if (!utf8_is_text(utf8_next(&note, end))) {
            diag(DIAG_ERROR, on_command_line, "bad-note",
                 "--note holds a control character or a byte that is not UTF-8; take it out");
            return false;
        }
    return true;
}

/* Not before the last edition or its last printing. */
static bool check_date_goes_on(const struct work *work, const char *date)
{
    const struct ledger_entry *last = last_entry(work);
    const char *before;

    if (!date_is_whole(date)) {
        diag(DIAG_ERROR, on_command_line, "bad-date",
             "--date: there is no day “%s”; write year, month and day, as 2012-05-14", date);
        return false;
    }
    if (last == NULL)
        return true;
    before = ledger_last_date(&last->edition);
    if (strcmp(date, before) >= 0)
        return true;
    diag(DIAG_ERROR, (struct place){ work->ledger->path, last->edition.at.line, 0 }, "bad-date",
         "%s is before %s, the last date of the ledger%s", date, before,
         work->options->date != NULL ? "" : "; is the clock of this machine set back? Else give "
         "the day by --date");
    return false;
}

static bool same_isbn(struct arena *arena, const char *one, const char *two)
{
    return one != NULL && two != NULL
        && strcmp(identifier_isbn(arena, one), identifier_isbn(arena, two)) == 0;
}

/* Which edition of the ledger has ISBN; 0 for none. */
static int user_of_isbn(struct arena *arena, const struct ledger *ledger, const char *isbn)
{
    for (size_t i = 0; i < ledger->count; i++)
        if (same_isbn(arena, ledger->entries[i].edition.isbn_epub, isbn)
            || same_isbn(arena, ledger->entries[i].edition.isbn_print, isbn))
            return ledger->entries[i].edition.number;
    return 0;
}

/* WRITTEN, an ISBN that the ledger does not have, as it is printed into *ISBN. */
static bool take_isbn(struct work *work, const char *option, const char *written,
                      const char **isbn)
{
    int user;

    if (written == NULL)
        return true;
    *isbn = form_isbn(work->arena, written);
    if (*isbn == NULL) {
        diag(DIAG_ERROR, on_command_line, "isbn", "%s: “%s” is no ISBN: %s", option, written,
             form_isbn_fault(work->arena, written));
        return false;
    }
    user = user_of_isbn(work->arena, work->ledger, *isbn);
    if (user != 0)
        diag(DIAG_ERROR, on_command_line, "isbn", "%s: edition %d has %s already; each form of "
             "each edition has its own", option, user, *isbn);
    return user == 0;
}

static bool take_isbns(struct work *work, struct edition *edition)
{
    if (!take_isbn(work, "--isbn-epub", work->options->isbn_epub, &edition->isbn_epub)
        || !take_isbn(work, "--isbn-print", work->options->isbn_print, &edition->isbn_print))
        return false;
    if (!same_isbn(work->arena, edition->isbn_epub, edition->isbn_print))
        return true;
    diag(DIAG_ERROR, on_command_line, "isbn",
         "--isbn-epub and --isbn-print are the same; each form has its own");
    return false;
}

static bool write_ledger(const struct ledger *ledger)
{
    struct buf text = {0};
    bool written;

    ledger_write(ledger, &text);
    written = publish_bytes(ledger->path, text.data, text.len);
    buf_free(&text);
    return written;
}

/* ENTRY with what STATE found, pages and all. */
static bool fill_entry(struct work *work, struct ledger_entry *entry)
{
    const struct edition edition = entry->edition;

    if (!fill_pages(work, &work->state))
        return false;
    *entry = work->state;
    entry->edition = edition;
    return true;
}

/* Is there something to close an edition of? */
static bool has_changed(const struct work *work)
{
    const struct ledger_entry *last = last_entry(work);
    struct changes changes;

    if (last == NULL)
        return true;
    changes = edition_changes(work->arena, last, &work->state);
    if (!changes_any(&changes))
        diag(DIAG_ERROR, (struct place){ work->options->content, 0, 0 }, "unchanged",
             "nothing has changed since edition %d; `florilege edition reprint` records a "
             "further printing", last->edition.number);
    return changes_any(&changes);
}

/* The ledger with room for one more entry, which is returned. */
static struct ledger_entry *extend(struct work *work)
{
    struct ledger *ledger = work->ledger;
    struct ledger_entry *entries = ARENA_ARRAY(work->arena, ledger->count + 1,
                                               struct ledger_entry);

    if (ledger->count > 0)
        memcpy(entries, ledger->entries, ledger->count * sizeof *entries);
    ledger->entries = entries;
    return &entries[ledger->count++];
}

static bool close_edition(struct work *work)
{
    struct edition edition = { .number = (int)work->ledger->count + 1,
                               .note = work->options->note, .date = date_of(work) };
    struct ledger_entry *entry;

    if (!has_changed(work) || !check_date_goes_on(work, edition.date) || !check_note(work)
        || !take_isbns(work, &edition))
        return false;
    edition_begin(work->book, &edition, last_entry(work), &work->state);
    entry = extend(work);
    entry->edition = edition;
    if (!fill_entry(work, entry) || !write_ledger(work->ledger))
        return false;
    printf("Edition %d of %s is closed: %zu %s.\n"
           "  florilege build%s\n"
           "Keep a copy of the folder as it is now: from it, this edition can always be made "
           "again.\n", edition.number, edition.date, entry->portrait_count,
           entry->portrait_count == 1 ? "portrait" : "portraits", folder_argument(work));
    return true;
}

bool editions_new(const struct edition_options *options)
{
    return do_work(options, true, close_edition);
}

/* Refuses a printing when portraits came or went since ENTRY; a bare one gets what it
 * lacks. */
static bool is_reprint(const struct work *work, const struct ledger_entry *entry)
{
    struct changes changes = edition_changes(work->arena, entry, &work->state);

    if (is_bare(entry) || !changes_call_for_edition(&changes))
        return true;
    diag(DIAG_ERROR, (struct place){ work->options->content, 0, 0 }, "new-edition",
         "portraits came or went since edition %d (%zu new, %zu left out); that makes a new "
         "edition: `florilege edition new`", entry->edition.number, changes.counts[CHANGE_NEW],
         changes.counts[CHANGE_GONE]);
    return false;
}

static void add_printing(struct work *work, struct edition *edition, const char *date)
{
    struct printing *list = ARENA_ARRAY(work->arena, edition->printing_count + 1,
                                        struct printing);

    if (edition->printing_count > 0)
        memcpy(list, edition->printings, edition->printing_count * sizeof *list);
    list[edition->printing_count] = (struct printing){ (int)edition->printing_count + 2, date,
                                                       work->options->note };
    edition->printings = list;
    edition->printing_count++;
}

static bool record_printing(struct work *work)
{
    struct ledger_entry *entry = last_entry(work);
    const char *date;

    if (entry == NULL) {
        diag(DIAG_ERROR, (struct place){ work->ledger->path, 0, 0 }, "no-edition",
             "no edition to print again; `florilege edition new` closes the first");
        return false;
    }
    date = date_of(work);
    if (!check_date_goes_on(work, date) || !check_note(work) || !is_reprint(work, entry))
        return false;
    add_printing(work, &entry->edition, date);
    work->book->editions[work->ledger->count - 1] = entry->edition;
    if (!edition_mark_again(work->book, entry))
        edition_mark(work->book, work->ledger->count > 1 ? entry - 1 : NULL, &work->state);
    if (!fill_entry(work, entry) || !write_ledger(work->ledger))
        return false;
    printf("Edition %d, printing %zu of %s is recorded.\n", entry->edition.number,
           entry->edition.printing_count + 1, date);
    return true;
}

bool editions_reprint(const struct edition_options *options)
{
    return do_work(options, true, record_printing);
}
