/* Two states compared, and the book marked with what came out. */
#include "book/edition.h"
#include "base/file.h"
#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

/* ---- Two states compared --------------------------------------------------- */

static GHashTable *set_of_hashes(const struct ledger_portrait *portrait)
{
    GHashTable *set = g_hash_table_new(g_str_hash, g_str_equal);

    for (size_t i = 0; i < portrait->question_count; i++)
        g_hash_table_add(set, (gpointer)(uintptr_t)portrait->questions[i].sha256);
    return set;
}

/* The questions of NOW that BEFORE had not, or not so. */
static void compare_questions(struct arena *arena, const struct ledger_portrait *before,
                              const struct ledger_portrait *now,
                              struct portrait_change *change)
{
    GHashTable *old = set_of_hashes(before);
    size_t kept = 0;

    change->questions = ARENA_ARRAY(arena, now->question_count, const char *);
    for (size_t i = 0; i < now->question_count; i++) {
        if (g_hash_table_contains(old, now->questions[i].sha256))
            kept++;
        else
            change->questions[change->question_count++] = now->questions[i].name;
    }
    if (before->question_count > kept + change->question_count)
        change->questions_gone = before->question_count - kept - change->question_count;
    g_hash_table_destroy(old);
}

static bool is_the_same(const struct ledger_portrait *before, const struct ledger_portrait *now)
{
    GHashTable *old;
    size_t kept = 0;

    if (strcmp(before->sha256, now->sha256) == 0)
        return true;
    old = set_of_hashes(before);
    for (size_t i = 0; i < now->question_count; i++)
        kept += g_hash_table_contains(old, now->questions[i].sha256);
    g_hash_table_destroy(old);
    return kept > 0 && 2 * kept >= before->question_count && 2 * kept >= now->question_count;
}

/* The portraits that are no more, by their hash and by those of their questions. */
static GHashTable *table_of_gone(const struct ledger_entry *from, const struct ledger_entry *to)
{
    GHashTable *gone = g_hash_table_new(g_str_hash, g_str_equal);

    for (size_t i = 0; i < from->portrait_count; i++) {
        struct ledger_portrait *before = &from->portraits[i];

        if (ledger_portrait_lookup(to, before->id) != NULL)
            continue;
        g_hash_table_insert(gone, (gpointer)(uintptr_t)before->sha256, before);
        for (size_t j = 0; j < before->question_count; j++)
            g_hash_table_insert(gone, (gpointer)(uintptr_t)before->questions[j].sha256, before);
    }
    return gone;
}

/* What NOW was called before, among those that are GONE; each is USED once. */
static const struct ledger_portrait *take_former(GHashTable *gone, GHashTable *used,
                                                 const struct ledger_portrait *now)
{
    const struct ledger_portrait *before = g_hash_table_lookup(gone, now->sha256);

    for (size_t i = 0; before == NULL && i < now->question_count; i++)
        before = g_hash_table_lookup(gone, now->questions[i].sha256);
    if (before == NULL || g_hash_table_contains(used, before) || !is_the_same(before, now))
        return NULL;
    g_hash_table_add(used, (gpointer)(uintptr_t)before);
    return before;
}

static void add_change(struct changes *changes, struct portrait_change change)
{
    changes->portraits[changes->portrait_count++] = change;
    changes->counts[change.kind]++;
}

static void compare_portraits(struct arena *arena, const struct ledger_entry *from,
                              const struct ledger_entry *to, struct changes *changes)
{
    GHashTable *gone = table_of_gone(from, to), *used = g_hash_table_new(NULL, NULL);

    changes->portraits = ARENA_ARRAY(arena, from->portrait_count + to->portrait_count,
                                     struct portrait_change);
    for (size_t i = 0; i < to->portrait_count; i++) {
        const struct ledger_portrait *now = &to->portraits[i];
        const struct ledger_portrait *before = ledger_portrait_lookup(from, now->id);
        struct portrait_change change = { .kind = CHANGE_REVISED, .id = now->id };

        if (before == NULL) {
            before = take_former(gone, used, now);
            change.kind = before == NULL ? CHANGE_NEW : CHANGE_RENAMED;
            change.was = before == NULL ? NULL : before->id;
        } else if (strcmp(before->sha256, now->sha256) == 0) {
            continue;
        }
        if (before != NULL)
            compare_questions(arena, before, now, &change);
        add_change(changes, change);
    }
    for (size_t i = 0; i < from->portrait_count; i++)
        if (!g_hash_table_contains(used, &from->portraits[i])
            && ledger_portrait_lookup(to, from->portraits[i].id) == NULL)
            add_change(changes, (struct portrait_change){ .kind = CHANGE_GONE,
                                                          .id = from->portraits[i].id });
    g_hash_table_destroy(gone);
    g_hash_table_destroy(used);
}

/* The ids of LIST that OTHER, sorted, has not. */
static const char **not_in(struct arena *arena, const char **list, size_t count,
                           const char **other, size_t other_count, size_t *found)
{
    const char **missing = ARENA_ARRAY(arena, count, const char *);

    *found = 0;
    for (size_t i = 0; i < count; i++)
        if (other_count == 0
            || bsearch(&list[i], other, other_count, sizeof *other, memory_strcmp) == NULL)
            missing[(*found)++] = list[i];
    return missing;
}

static void add_file_change(struct changes *changes, enum change_kind kind, const char *name)
{
    changes->files[changes->file_count++] = (struct file_change){ kind, name };
}

/* The files of all that is no portrait; none when one of them has no list. */
static void compare_files(struct arena *arena, const struct ledger_entry *from,
                          const struct ledger_entry *to, struct changes *changes)
{
    if (from->file_count == 0 || to->file_count == 0)
        return;
    changes->files = ARENA_ARRAY(arena, from->file_count + to->file_count, struct file_change);
    for (size_t i = 0; i < to->file_count; i++) {
        const struct ledger_hash *now = &to->files[i];
        const char *before = ledger_hash_lookup(from->files, from->file_count, now->name);

        if (before == NULL || strcmp(before, now->sha256) != 0)
            add_file_change(changes, before == NULL ? CHANGE_NEW : CHANGE_REVISED, now->name);
    }
    for (size_t i = 0; i < from->file_count; i++)
        if (ledger_hash_lookup(to->files, to->file_count, from->files[i].name) == NULL)
            add_file_change(changes, CHANGE_GONE, from->files[i].name);
}

struct changes edition_changes(struct arena *arena, const struct ledger_entry *from,
                               const struct ledger_entry *to)
{
    struct changes changes = {0};

    compare_portraits(arena, from, to, &changes);
    changes.titles_new = not_in(arena, to->reading, to->reading_count, from->reading,
                                from->reading_count, &changes.titles_new_count);
    changes.titles_gone = not_in(arena, from->reading, from->reading_count, to->reading,
                                 to->reading_count, &changes.titles_gone_count);
    changes.rest = from->book == NULL || to->book == NULL || strcmp(from->book, to->book) != 0;
    compare_files(arena, from, to, &changes);
    return changes;
}

bool changes_any(const struct changes *changes)
{
    return changes->portrait_count > 0 || changes->titles_new_count > 0
        || changes->titles_gone_count > 0 || changes->rest;
}

bool changes_call_for_edition(const struct changes *changes)
{
    return changes->counts[CHANGE_NEW] > 0 || changes->counts[CHANGE_GONE] > 0;
}

/* ---- The book's edition ------------------------------------------------------ */

void edition_mark(struct book *book, const struct ledger_entry *from,
                  const struct ledger_entry *state)
{
    struct changes changes;
    GHashTable *kinds;

    if (from == NULL || from->portrait_count == 0)
        return;
    changes = edition_changes(book->arena, from, state);
    kinds = g_hash_table_new(g_str_hash, g_str_equal);
    for (size_t i = 0; i < changes.portrait_count; i++)
        g_hash_table_insert(kinds, (gpointer)(uintptr_t)changes.portraits[i].id,
                            &changes.portraits[i]);
    for (size_t i = 0; i < book->portrait_count; i++) {
        struct portrait *portrait = book->portraits[i];
        const struct portrait_change *change = g_hash_table_lookup(kinds, portrait->id);

        portrait->is_new = change != NULL && change->kind == CHANGE_NEW;
        portrait->is_revised = change != NULL
            && (change->kind == CHANGE_REVISED || change->question_count > 0);
    }
    g_hash_table_destroy(kinds);
}

bool edition_mark_again(struct book *book, const struct ledger_entry *entry)
{
    bool any = false;

    for (size_t i = 0; i < entry->portrait_count; i++)
        any = any || entry->portraits[i].mark != LEDGER_UNMARKED;
    for (size_t i = 0; any && i < book->portrait_count; i++) {
        struct portrait *portrait = book->portraits[i];
        const struct ledger_portrait *then = ledger_portrait_lookup(entry, portrait->id);

        portrait->is_new = then != NULL && then->mark == LEDGER_NEW;
        portrait->is_revised = then != NULL && then->mark == LEDGER_REVISED;
    }
    return any;
}

void edition_begin(struct book *book, const struct edition *edition,
                   const struct ledger_entry *from, const struct ledger_entry *state)
{
    struct edition *list = ARENA_ARRAY(book->arena, book->edition_count + 1, struct edition);

    if (book->edition_count > 0)
        memcpy(list, book->editions, book->edition_count * sizeof *list);
    list[book->edition_count] = *edition;
    book->editions = list;
    book->edition = &list[book->edition_count++];
    book->date = edition->date;
    edition_mark(book, from, state);
}

static const char *const refusals[] = {
    [CHANGE_NEW] = "was not in it", [CHANGE_REVISED] = "has been revised since",
    [CHANGE_RENAMED] = "had another name in it", [CHANGE_GONE] = "was in it and is gone",
};

static void refuse_file(const struct book *book, const char *name, enum change_kind kind,
                        const struct ledger_entry *entry)
{
    diag(DIAG_ERROR, (struct place){ path_join(book->arena, book->folder, name), 0, 0 },
         "not-that-edition", "edition %d: this file %s", entry->edition.number, refusals[kind]);
}

/* Names each difference; false when there is any. */
static bool is_still(const struct book *book, const struct ledger_entry *entry,
                     const struct ledger_entry *state)
{
    struct changes changes = edition_changes(book->arena, entry, state);

    if (!changes_any(&changes))
        return true;
    if (entry->portrait_count == 0) {
        diag(DIAG_ERROR, (struct place){ book->folder, 0, 0 }, "not-that-edition",
             "edition %d recorded no portraits, so that nobody can tell whether this is it; build "
             "without --edition", entry->edition.number);
        return false;
    }
    for (size_t i = 0; i < changes.portrait_count; i++)
        refuse_file(book, arena_printf(book->arena, "portraits/%s.md", changes.portraits[i].id),
                    changes.portraits[i].kind, entry);
    for (size_t i = 0; i < changes.file_count; i++)
        refuse_file(book, changes.files[i].name, changes.files[i].kind, entry);
    diag(DIAG_ERROR, (struct place){ book->folder, 0, 0 }, "not-that-edition",
         "edition %d can only be made from what this folder held then%s; take a copy of that "
         "time, put the present editions.yaml into it, and build from there",
         entry->edition.number, changes.rest && changes.file_count == 0
         ? ", and the anthology, its reading list, its pages or its style have changed" : "");
    return false;
}

/* Has the content gone on since the last edition? Then with a note. */
static bool is_open(const struct book *book, const struct ledger_entry *last,
                    const struct ledger_entry *state)
{
    struct changes changes = edition_changes(book->arena, last, state);
    bool open = last->portrait_count > 0 && changes_any(&changes);

    if (open)
        diag(DIAG_NOTE, (struct place){ book->folder, 0, 0 }, "edition-open",
             "the content has changed since edition %d; `florilege edition status` tells what, "
             "`florilege edition new` closes the next", last->edition.number);
    return open;
}

/* Another version of the program may set the same content otherwise. */
static void tell_other_program(const struct book *book, const struct ledger_entry *entry,
                               const struct ledger_entry *state)
{
    if (entry->program != NULL && strcmp(entry->program, state->program) != 0)
        diag(DIAG_NOTE, (struct place){ book->folder, 0, 0 }, "other-program",
             "edition %d was closed by florilege %s, and this is %s: its text is the same, its "
             "pages may not be", entry->edition.number, entry->program, state->program);
}

bool edition_choose(struct book *book, const char *data, int number)
{
    const struct ledger *ledger = book->ledger;
    const struct ledger_entry *entry;
    struct ledger_entry state;
    bool open = false;

    if (number == 0 && ledger->count == 0)
        return true;
    entry = ledger_entry_find(ledger, number == 0 ? (int)ledger->count : number);
    if (entry == NULL || !edition_state(book, data, &state))
        return false;
    if (number == 0)
        open = is_open(book, entry, &state);
    else if (!is_still(book, entry, &state))
        return false;
    if (number != 0)
        tell_other_program(book, entry, &state);
    book->edition_count = (size_t)entry->edition.number;
    book->edition = &book->editions[book->edition_count - 1];
    book->date = book->edition->date;
    if (open || !edition_mark_again(book, entry))
        edition_mark(book, entry > ledger->entries ? entry - 1 : NULL, &state);
    return true;
}

/* ---- One at a time ------------------------------------------------------------ */

int ledger_lock(const char *folder)
{
    const struct place at = { folder, 0, 0 };
    int file = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (file < 0) {
        diag_errno(at, "unreadable", "open this folder");
        return -1;
    }
    if (flock(file, LOCK_EX | LOCK_NB) == 0)
        return file;
    if (errno == EWOULDBLOCK)
        diag(DIAG_ERROR, at, "busy", "another `florilege edition` is at work in this folder; "
             "try again when it is done");
    else
        diag_errno(at, "unreadable", "lock this folder");
    close(file);
    return -1;
}
