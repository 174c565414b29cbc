/* What the package and the ONIX record both say of the book: who it is, and what
 * it holds for those who read with ears, fingers or large letters. Every claim is
 * looked up in the book, none is a habit. */
#ifndef EPUB_FACTS_H
#define EPUB_FACTS_H

#include "base/arena.h"
#include "layout/page.h"

struct facts {
    const char *work;           /* "urn:uuid:…", NULL when the anthology has none */
    const char *edition;        /* of this edition of the e-book; never NULL */
    const char *isbn_epub, *isbn_print;     /* thirteen digits, or NULL */
    const char *page_source;    /* whose pages the page list names; NULL without pages */
    const char *statement;      /* "Deuxième édition, revue", or NULL */
    int number;                 /* of the edition; 0 before the first */
    uint32_t pages;             /* printed pages */
    bool index;                 /* there is one, with links */
    bool notes;
    bool described;             /* every picture has words in its place */
    bool headings;
    const char **languages;     /* the book's, then others in it, in order */
    size_t language_count;
    const char *summary;        /* of the accessibility, in the book's language */
};

/* PAGES may be NULL. All in the arena. */
struct facts facts_of(struct arena *arena, const struct book *book, const struct pages *pages);

/* "Carroll, Melissa" of "Melissa Carroll"; one word stays as it is, and so does
 * what is no person's name: "the editors of the review". */
const char *facts_inverted(struct arena *arena, const char *name);
bool facts_is_person(const char *name);

#endif
