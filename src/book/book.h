/* The model: an anthology, read once from its folder, then shared by every
 * stage. The readers fill the upper part (people, questions, titles); compose()
 * makes from it the list of parts, the sequence of the book as trees of nodes,
 * which the layout prints and the EPUB writes. Both therefore say the same
 * words in the same order, and a place in the text is a node and a byte offset
 * in its text, for either of them.
 *
 * Everything lives in the book's arenas and is freed with it. Strings are UTF-8
 * in NFC, NUL-terminated; optional ones are NULL, never "". */
#ifndef BOOK_BOOK_H
#define BOOK_BOOK_H

#include "base/arena.h"
#include "base/cache.h"
#include "base/diag.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ---- Text ------------------------------------------------------------- */

enum node_kind {
    /* blocks */
    NODE_SECTION,       /* groups blocks; its role says what */
    NODE_PARAGRAPH,
    NODE_HEADING,       /* level 1 to 6 */
    NODE_QUOTE,
    NODE_LIST,          /* ordered, start; items */
    NODE_ITEM,
    NODE_CODE_BLOCK,    /* text, line feeds kept */
    NODE_RULE,          /* a break of thought */
    NODE_TABLE,         /* rows of cells; the first row may be a header */
    NODE_ROW,
    NODE_CELL,
    NODE_FIGURE,        /* picture; its child is the caption, if any */
    NODE_TERMS,         /* a list of terms and details (contact pages) */
    NODE_TERM,
    NODE_DETAIL,
    NODE_MONOGRAM,      /* text: initials, drawn where there is no photo */
    NODE_SQUARE_CODE,   /* text: an address, as a QR code; print only */
    /* inlines */
    NODE_TEXT,          /* text */
    NODE_EMPHASIS,
    NODE_STRONG,
    NODE_STRIKE,
    NODE_CODE,          /* text */
    NODE_LINK,          /* url outside, or target inside the book */
    NODE_IMAGE,         /* a picture within a line */
    NODE_NOTE_REF,      /* note */
    NODE_LINE_BREAK,
    NODE_SPAN,          /* a phrase in another language, or with a role */
    NODE_ANCHOR,        /* nothing seen: a place with an id, for the index */
    NODE_PAGE_REF,      /* the page of `target`; in the EPUB a link to it */
    NODE_PAGE_REFS,     /* its children, page references, merged to ranges */
    NODE_KINDS
};

/* What a node is for, where its kind alone does not tell. A style of print and
 * a class of the EPUB hang on it. */
enum role {
    ROLE_NONE,
    ROLE_HALF_TITLE, ROLE_TITLE, ROLE_SUBTITLE, ROLE_EDITOR, ROLE_PUBLISHER, ROLE_EDITION,
    ROLE_IMPRINT_TITLE, ROLE_IMPRINT_LINE,
    ROLE_OPENING,       /* section: photo or monogram, name, role, organisation */
    ROLE_NAME, ROLE_JOB, ROLE_ORGANISATION,
    ROLE_INTRODUCTION,  /* section */
    ROLE_QNA,           /* section: a question and its answer */
    ROLE_QUESTION,      /* heading */
    ROLE_ANSWER,        /* section */
    ROLE_CREDIT, ROLE_CAPTION, ROLE_SOURCE,
    ROLE_CONTACTS,      /* section or terms */
    ROLE_ACCOUNTS, ROLE_RECOMMENDS,
    ROLE_TOC, ROLE_TOC_PART, ROLE_TOC_ENTRY, ROLE_TOC_DETAIL, ROLE_NEW_MARK,
    ROLE_DIRECTORY, ROLE_DIRECTORY_ENTRY,
    ROLE_READING, ROLE_READING_ENTRY,
    ROLE_INDEX, ROLE_INDEX_LETTER, ROLE_INDEX_ENTRY,
    ROLE_HISTORY_ENTRY, ROLE_COLOPHON_LINE,
    ROLE_HANDLE,        /* span: a handle or hashtag, never hyphenated */
    ROLE_COUNT
};

struct note;
struct picture;
struct portrait;
struct press;          /* press.h */

struct node {
    enum node_kind kind;
    enum role role;
    struct node *parent, *first, *last, *next;
    struct place at;            /* where its source begins; path NULL when made */
    const char *text;           /* TEXT, CODE, CODE_BLOCK, MONOGRAM, SQUARE_CODE */
    const char *url;            /* LINK: outside */
    const char *target;         /* LINK, PAGE_REF: id of a node or part; ANCHOR:
                                   where the e-book points instead, or NULL */
    const char *id;             /* its address in the book, NULL when it has none */
    const char *lang;           /* BCP 47, NULL: as its parent */
    struct note *note;          /* NOTE_REF; ITEM of the part of notes */
    struct picture *picture;    /* FIGURE, IMAGE */
    const char *alt;            /* FIGURE, IMAGE, MONOGRAM, SQUARE_CODE: in words,
                                   set by compose(); "" where it only decorates */
    int level;                  /* HEADING */
    int start;                  /* LIST, ordered: its first number */
    bool ordered;               /* LIST */
    bool tight;                 /* LIST: no space between items */
    bool header;                /* ROW */
    int align;                  /* CELL: -1 left, 0 centre, 1 right */
};

struct note {
    const char *id;             /* "ID-note-1" */
    int number;                 /* from 1 in each portrait or page */
    struct node *body;          /* a SECTION of blocks */
    struct node *ref;           /* where it is called */
};

enum picture_kind { PICTURE_JPEG, PICTURE_PNG, PICTURE_GIF, PICTURE_WEBP, PICTURE_SVG };

struct picture {
    const char *path;           /* of the file */
    const char *alt;            /* NULL: not given */
    const char *credit;
    enum picture_kind kind;     /* from its bytes, not its name */
    int width, height;          /* pixels, orientation applied */
    int orientation;            /* Exif 1 to 8 */
    struct place at;            /* where it is asked for */
};

/* ---- People and titles ------------------------------------------------- */

struct contact {
    const char *network;        /* key of the networks' table, or NULL: another */
    const char *label;          /* as printed: "Twitter", "Site" */
    const char *handle;         /* "@MelC_Mtl" */
    const char *url;            /* https: or mailto: */
    const char *note;           /* a sentence where there is no link */
    struct place at;
};

struct title {                  /* of the reading list */
    const char *id;
    const char *title, *author, *url, *date, *language;
    const char **variants;
    size_t variant_count;
    struct portrait **readers;  /* who recommend it, in the book's order */
    size_t reader_count;
    struct place at;
};

struct question {
    const char *anchor;         /* "ID-q-SLUG", stable from edition to edition */
    struct node *heading;       /* its inlines */
    struct node *answer;        /* a SECTION; without children when unanswered */
    struct place at;
};

struct portrait {
    const char *id;
    const char *path;           /* of its file */
    const char *name, *sort_name;
    const char *role, *organisation;
    const char **accounts;
    size_t account_count;
    struct picture *photo;      /* NULL: the monogram is drawn */
    const char *monogram;       /* one to three letters */
    const char *date;           /* YYYY-MM-DD, YYYY-MM or YYYY */
    const char *source;
    const char *language;       /* never NULL */
    struct contact *contacts;
    size_t contact_count;
    struct title **reading;
    size_t reading_count;
    struct node *introduction;  /* a SECTION, NULL without one */
    struct question *questions;
    size_t question_count;
    struct note *notes;
    size_t note_count;
    bool draft;
    bool is_new;                /* in the edition being built, and not the first */
    bool is_revised;
    struct place at;
};

struct page {                   /* a Markdown page of front or back */
    const char *id;
    const char *path;
    const char *title;
    const char *language;       /* never NULL */
    struct node *body;          /* a SECTION */
    struct note *notes;
    size_t note_count;
    struct place at;            /* of its title, or where the file begins */
};

/* ---- The sequence of the book ------------------------------------------ */

enum part_kind {
    PART_COVER, PART_HALF_TITLE, PART_TITLE, PART_IMPRINT, PART_TOC, PART_FRONT,
    PART_NEWS, PART_DIVISION, PART_PORTRAIT, PART_CONTACT, PART_DIRECTORY,
    PART_READING, PART_INDEX, PART_NOTES, PART_HISTORY, PART_COLOPHON, PART_BACK,
    PART_KINDS
};

enum matter { MATTER_COVER, MATTER_FRONT, MATTER_BODY };

struct part {
    enum part_kind kind;
    enum matter matter;         /* FRONT pages have roman numbers */
    const char *id;             /* its EPUB file is ID.xhtml; a target */
    const char *title;          /* of its heading, bookmark and ToC entry */
    const char *language;       /* never NULL */
    const struct portrait *portrait;    /* PORTRAIT, CONTACT */
    const struct part *parent;  /* a DIVISION, or a CONTACT's PORTRAIT; or NULL */
    struct node *body;          /* a SECTION */
    const struct note *notes;
    size_t note_count;
};

/* ---- Editions ----------------------------------------------------------- */

struct printing { int number; const char *date, *note; };

struct edition {
    int number;
    const char *date;
    const char *isbn_epub, *isbn_print;     /* as form_isbn() has them, or NULL */
    const char *note;
    struct printing *printings;
    size_t printing_count;
    struct place at;
};

/* ---- The anthology ------------------------------------------------------ */

enum order { ORDER_SURNAME, ORDER_TITLE, ORDER_DATE, ORDER_LISTED };

struct division { const char *title; const char **ids; size_t id_count; struct place at; };

struct ledger;                  /* editions.yaml as it stands: ledger.h */
struct strings;                 /* the words the book itself prints: strings.h */

struct book {
    struct arena *arena;
    struct arena **more;            /* of the threads that read the portraits */
    size_t more_count;
    const char *folder;         /* content/ */
    const char *title, *subtitle, *slug, *language;
    const char **editors;
    size_t editor_count;
    struct { const char *name, *place, *url; } publisher;
    const char *rights, *description, *blurb, *work, *style, *certified_by;
    const char **subjects;
    size_t subject_count;
    struct { const char *name, *number; } collection;
    enum order order;
    const char **listed;        /* ids in order, for ORDER_LISTED */
    size_t listed_count;
    struct place listed_at;
    struct division *divisions;
    size_t division_count;
    int toc_depth;              /* 1: parts, 2: and questions */
    struct picture *cover;      /* NULL: drawn */
    struct { double caliper; const char *name; } paper;     /* mm */
    const struct press *press;  /* NULL: none is known */
    struct { const char *paper; int sheets; double creep; bool marks, scale, cover; } booklet;

    struct portrait **portraits;    /* in the book's order, drafts left out */
    size_t portrait_count;
    struct title *titles;           /* in alphabetical order of the language */
    size_t title_count;
    struct page *front, *back;
    size_t front_count, back_count;
    struct ledger *ledger;
    struct edition *editions;       /* of the ledger, oldest first, set in type */
    size_t edition_count;
    const struct edition *edition;  /* the one being built; NULL before the first */
    const char *date;               /* YYYY-MM-DD: the ledger's, else
                                       SOURCE_DATE_EPOCH's, else the newest
                                       portrait's, else 1980-01-01 */
    bool undated;                   /* that last one */
    const char *environment_date;   /* SOURCE_DATE_EPOCH's, or NULL */
    const struct strings *strings;
    const char **fonts;             /* "EB Garamond, SIL Open Font License 1.1": for
                                       the colophon; set before compose(), may be none */
    size_t font_count;

    struct part *parts;             /* made by compose() */
    size_t part_count;
    struct cache *cache;            /* where its pictures made ready are kept; NULL:
                                       nowhere. Borrowed */
};

/* Reads the folder: anthology.yaml, portraits/, reading-list.yaml, the front
 * and back pages, editions.yaml; applies the language rules. DATA is the folder
 * of styles/. Tells every problem by diag(); NULL when there was an error. */
struct book *book_load(const char *folder, const char *data);
void book_free(struct book *book);

/* Warns that the book has no date of its own, when so: for whoever makes or
 * checks it; one who closes an edition gives it one. */
void book_check_date(const struct book *book);

/* The model as indented text, for tests: every field, then every node with
 * its line and column. */
struct buf;
void book_print(const struct book *book, struct buf *out);

/* The same of one portrait alone. */
void portrait_print(const struct book *book, const struct portrait *portrait, struct buf *out);

/* ---- Nodes -------------------------------------------------------------- */

struct node *node_new(struct arena *arena, enum node_kind kind, struct place at);
struct node *node_text(struct arena *arena, const char *text);
void node_append(struct node *parent, struct node *child);
void node_insert_after(struct node *node, struct node *sibling);
/* The children of FROM become the last ones of PARENT. */
void node_move_children(struct node *parent, struct node *from);

/* The next node in document order within ROOT, NULL at its end. */
struct node *node_next(const struct node *node, const struct node *root);

bool node_is_block(enum node_kind kind);
const char *node_kind_name(enum node_kind kind);
const char *role_name(enum role role);      /* "question": also style and class */
const char *part_kind_name(enum part_kind kind);

/* All text below NODE, marks dropped, as one string in the arena. */
char *node_flat(struct arena *arena, const struct node *node);

/* Does the text below NODE run from right to left, by its first strong character? */
bool node_is_rtl(const struct node *node);

/* The language that holds at NODE, FALLBACK when none is set above it. */
const char *node_language(const struct node *node, const char *fallback);

/* "melissa-carroll": lower case, accents off, every other run of signs a
 * hyphen. Shared with the importer. */
char *slug_new(struct arena *arena, const char *name);

/* How many bytes of SLUG to keep so that it is no longer than LONGEST: up to a
 * hyphen of the second half, where there is one. */
size_t slug_cut(const char *slug, size_t longest);

#endif
