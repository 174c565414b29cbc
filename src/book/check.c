/* The preflight: in which order what is checked. */
#include "book/check.h"
#include "book/check_parts.h"

#include <stdarg.h>
#include <stdio.h>

void check_tell(const char *rule, struct place at, const char *format, ...)
{
    const struct rule *found = check_rule_lookup(rule);
    struct arena *arena = arena_new();
    va_list args, again;
    int length;
    char *message;

    va_start(args, format);
    va_copy(again, args);
    length = vsnprintf(NULL, 0, format, args);
    message = arena_alloc(arena, (size_t)(length < 0 ? 0 : length) + 1);
    vsnprintf(message, (size_t)(length < 0 ? 0 : length) + 1, format, again);
    va_end(again);
    va_end(args);
    diag(found == NULL ? DIAG_WARNING : found->severity, at, rule, "%s", message);
    arena_free(arena);
}

/* ---- The order of the preflight -------------------------------------------------- */

static void check_notes(struct arena *scratch, const struct note *notes, size_t count)
{
    for (size_t i = 0; i < count; i++)
        check_text(scratch, notes[i].body);
}

static void check_portrait(struct arena *scratch, const struct portrait *portrait)
{
    check_source(scratch, portrait->path);
    if (portrait->photo != NULL)
        check_picture(portrait->photo);
    if (portrait->introduction != NULL)
        check_text(scratch, portrait->introduction);
    for (size_t i = 0; i < portrait->question_count; i++) {
        check_text(scratch, portrait->questions[i].heading);
        check_text(scratch, portrait->questions[i].answer);
    }
    check_notes(scratch, portrait->notes, portrait->note_count);
    check_language_fits(scratch, portrait);
}

static void check_pages(struct arena *scratch, const struct page *pages, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct node *title = node_text(scratch, pages[i].title);

        title->at = pages[i].at;
        check_source(scratch, pages[i].path);
        check_text(scratch, title);
        check_text(scratch, pages[i].body);
        check_notes(scratch, pages[i].notes, pages[i].note_count);
    }
}

void check_book(const struct book *book)
{
    struct arena *scratch = arena_new();

    check_files(scratch, book);
    check_pages(scratch, book->front, book->front_count);
    for (size_t i = 0; i < book->portrait_count; i++)
        check_portrait(scratch, book->portraits[i]);
    check_pages(scratch, book->back, book->back_count);
    check_names(scratch, book);
    check_handles(scratch, book);
    check_titles(scratch, book);
    check_addresses(book);
    arena_free(scratch);
}
