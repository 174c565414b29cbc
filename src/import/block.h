/* What every reader of sources makes and the finder reads: an article as a
 * sequence of blocks with hints. A block's text is flat, UTF-8 in NFC, spaces
 * collapsed, a line feed where the source breaks the line; what is bold, linked
 * or a picture is told by runs over it, so that a block is cut by offsets. */
#ifndef IMPORT_BLOCK_H
#define IMPORT_BLOCK_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum block_kind {
    BLOCK_PARAGRAPH,
    BLOCK_HEADING,      /* level 1 to 6 */
    BLOCK_ITEM,         /* begins an item; PARAGRAPHs of its depth go on with it */
    BLOCK_CODE,         /* line feeds and spaces kept */
    BLOCK_RULE,         /* text: the signs, "***" */
    BLOCK_ROW,          /* of a table: runs with MARK_CELL begin a cell */
    BLOCK_NOTE          /* label: begins a footnote's text */
};

enum {
    MARK_STRONG = 1, MARK_EMPHASIS = 2, MARK_CODE = 4, MARK_STRIKE = 8,
    MARK_NOTE = 16,     /* a call of the footnote that the text names */
    MARK_CELL = 32,
    MARK_SET_OFF = 64   /* bold only to the finder: the page's style sets it off */
};

struct run {
    size_t start, end;      /* bytes of the block's text; a picture has none */
    unsigned marks;
    const char *url;        /* of a link, or NULL */
    const char *picture;    /* address of a picture, or NULL */
    const char *alt;        /* of the picture, else the link's title, or NULL */
};

/* What became of a block: nothing of an article stays FATE_NONE. */
enum fate {
    FATE_NONE, FATE_TITLE, FATE_COMMON, FATE_INTRODUCTION, FATE_QUESTION, FATE_ANSWER,
    FATE_CONTACT, FATE_READING, FATE_CREDIT, FATE_META, FATE_LEFT_OUT
};

struct block {
    enum block_kind kind;
    int level;
    int depth;              /* of lists, 0 outside */
    int quote;              /* of quotations */
    bool ordered;
    int number;             /* of an ordered item */
    bool alone;             /* such an item, with other text behind: a numbered turn */
    bool caption;           /* of the picture before */
    bool goes_on;           /* of a question begun in the block before */
    bool spoken;            /* a dash began it: a turn of a dialogue */
    const char *label;      /* of a NOTE; of a speaker, once found */
    const char *text;
    size_t bytes;
    struct run *run;
    size_t run_count;
    struct place at;
    uint32_t container;     /* HTML: the element it stands in; else 0 */
    uint32_t row, column;   /* HTML: of a table's cell, from 1; else 0 */
    bool furniture;         /* HTML: in a menu, a side bar, a comment */
    int voice;              /* HTML: a class says the interviewer's, 1, or the interviewee's, -1 */
    const char *fold;       /* words_fold() of the text, once prepared */
    size_t words;           /* of the fold */
    double ask;             /* how much the text asks, once weighed */
    bool weighed;
    bool answers;           /* a label says so, of somebody who asks nothing */
    enum fate fate;
    const char *why;        /* LEFT_OUT: the reason */
};

/* What a struct below points at is named in spool.c as well. */
struct named { const char *name, *value; };
struct remark { struct place at; const char *text; };

struct article {
    struct arena *arena;        /* of all its texts */
    const char *path;           /* as given; "a.zip/b.md" within an archive */
    const char *key;            /* the same at the next import: path, or path#post */
    const char *stem;           /* of the file's name, or the post's slug */
    const char *folder;         /* where pictures are looked for; NULL: nowhere */
    const char *archive;        /* the zip that holds this folder, "a.zip/b"; NULL: none */
    const char *title;          /* what the source says of itself; NULL: nothing */
    const char *name, *role, *organisation, *date, *link, *language;
    const char *spoken;         /* the language of its words, once prepared; NULL: none known */
    const char *photo, *photo_alt, *credit;
    const char *image;          /* taken for the photo when there is no other */
    const char *image_id;       /* the same, by the number of a WordPress attachment */
    const char *series;         /* of the site or channel */
    const char *sha256;         /* of the source's bytes */
    VEC(const char *) accounts;
    VEC(struct named) contacts;     /* of front matter: network and value */
    VEC(struct block) blocks;
    VEC(struct remark) remarks;     /* what the reader left out */
    bool draft;
    bool among;                 /* one of many: left out when it is no interview */
    bool page;                  /* an HTML page: furniture around an article */
};

struct article *article_new(const char *path);
void article_free(struct article *article);

/* ---- Making blocks ------------------------------------------------------ */

/* Collects one block at a time; a reader sets what it knows in `next` and
 * opens. Text given while none is open opens a paragraph. */
struct maker {
    struct article *article;
    struct block now;           /* hints of the block being made */
    bool open;
    bool keep_spaces;           /* code */
    const char *title;          /* of the link whose text is given; NULL: none */
    struct buf text;
    VEC(struct run) runs;
};

void maker_init(struct maker *maker, struct article *article);
void maker_free(struct maker *maker);

/* Starts a block of KIND at AT after closing the one that is open. */
struct block *maker_open(struct maker *maker, enum block_kind kind, struct place at);
void maker_text(struct maker *maker, const char *text, size_t bytes, unsigned marks,
                const char *url);
void maker_break(struct maker *maker);
void maker_picture(struct maker *maker, const char *address, const char *alt,
                   const char *url);

/* Ends the block: two line breaks in a row part it in two; one without text or
 * picture is dropped (but a rule). */
void maker_close(struct maker *maker);

/* ---- Looking at blocks -------------------------------------------------- */

/* The part from byte FROM to byte TO, spaces trimmed; text and runs are in
 * ARENA, all hints as BLOCK's. */
struct block block_slice(struct arena *arena, const struct block *block, size_t from, size_t to);

/* The marks that all letters of [FROM, TO) have; 0 when there is none. */
unsigned block_marks(const struct block *block, size_t from, size_t to);

/* The end of the stretch at the block's start whose letters all have MARK; 0
 * when it does not start so. */
size_t block_marked_prefix(const struct block *block, unsigned mark);

/* Takes MARKS off all runs (a copy is made in ARENA). */
void block_unmark(struct arena *arena, struct block *block, unsigned marks);

/* Bold to the finder, where it is not bold already. */
void run_set_off(struct run *run);
void block_set_off(struct block *block);

/* Runs that do not differ become one. */
void block_join_runs(struct block *block);

/* Evens out what was marked piece by piece: spaces between two marked stretches
 * are marked like them, and so is the sign right behind one that ends its sentence. */
void block_even_marks(struct block *block);

/* The first picture, or NULL. */
const struct run *block_picture(const struct block *block);

/* Words: stretches between spaces. */
size_t block_words(const struct block *block);

/* Spaces collapsed, zero-width and control signs dropped, NFC; in ARENA. */
char *text_clean(struct arena *arena, const char *text, size_t bytes);

/* Lines of a block: the end of the one that begins at FROM. */
size_t block_line_end(const struct block *block, size_t from);

/* Letters all capital, eight or more? */
bool text_is_capitals(const char *text, size_t bytes);

enum { ASIDE_BYTES = 120 };         /* at most, of what stands in brackets behind one */

/* Does the text end as a question (closing signs and spaces aside)? */
bool text_asks(const char *text, size_t bytes);
bool block_asks(const struct block *block);

#endif
