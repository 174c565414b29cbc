/* What an edition is, and what changed since: the state of a content folder by
 * hashes, two states compared, the book told which edition it is. A portrait's
 * hash is that of its file, its photo and the pictures in its text; a question's
 * that of its lines. The ledger itself is ledger.h. */
#ifndef BOOK_EDITION_H
#define BOOK_EDITION_H

#include "book/ledger.h"

/* The state of the folder that BOOK was read from, as an entry without number,
 * date and pages, in the book's arena. DATA is the folder of styles/. Call
 * before compose(). False after an error. */
bool edition_state(const struct book *book, const char *data, struct ledger_entry *state);

enum change_kind { CHANGE_NEW, CHANGE_REVISED, CHANGE_RENAMED, CHANGE_GONE };

struct portrait_change {
    enum change_kind kind;
    const char *id;
    const char *was;            /* RENAMED: its id before */
    const char **questions;     /* anchors: new or with another wording or answer */
    size_t question_count;
    size_t questions_gone;      /* how many of before are no more */
};

struct file_change {
    enum change_kind kind;      /* NEW, REVISED or GONE */
    const char *name;
};

struct changes {
    struct portrait_change *portraits;      /* sorted by id, the gone ones last */
    size_t portrait_count;
    size_t counts[CHANGE_GONE + 1];         /* of each kind */
    const char **titles_new, **titles_gone; /* ids of the reading list */
    size_t titles_new_count, titles_gone_count;
    bool rest;                  /* the book apart from its portraits */
    struct file_change *files;  /* which of it; none when an old ledger cannot tell */
    size_t file_count;
};

/* What is different in TO, in the arena. A portrait is renamed when its file has
 * another name and the same hash, or at least half of its questions unchanged. */
struct changes edition_changes(struct arena *arena, const struct ledger_entry *from,
                               const struct ledger_entry *to);
bool changes_any(const struct changes *changes);

/* Do they make a new edition, or would a further printing do? */
bool changes_call_for_edition(const struct changes *changes);

/* Tells BOOK which edition it is: NUMBER of the ledger, or its last for 0 (none
 * when it is empty), and which portraits are new or revised in it: what it closed
 * with, so that a correction for a further printing is no news. With a number,
 * refuses, naming each difference, when the content is no longer that
 * edition's; with 0, a note says when the content has moved on. */
bool edition_choose(struct book *book, const char *data, int number);

/* Makes EDITION the book's, after those it has; FROM is the state of the edition
 * before, NULL for the first; STATE the present one. */
void edition_begin(struct book *book, const struct edition *edition,
                   const struct ledger_entry *from, const struct ledger_entry *state);

/* Marks the portraits that are new or revised in STATE, the present one, since
 * FROM; none when FROM is NULL or recorded no portraits. */
void edition_mark(struct book *book, const struct ledger_entry *from,
                  const struct ledger_entry *state);

/* Marks the portraits as ENTRY, which closed, recorded them. False when it recorded
 * no marks: it has none, or was written when ledgers did not. */
bool edition_mark_again(struct book *book, const struct ledger_entry *entry);

/* Holds the ledger of FOLDER for this process until closed: a descriptor, or -1
 * after an error when another process holds it. */
int ledger_lock(const char *folder);

#endif
