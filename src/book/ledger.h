/* The ledger, editions.yaml: what each edition was, by the hashes of its parts.
 * Here it is read and written; edition.h compares and closes. */
#ifndef BOOK_LEDGER_H
#define BOOK_LEDGER_H

#include "base/buf.h"
#include "book/book.h"

/* A question by its anchor, a file by its path, and the hash of what it holds. */
struct ledger_hash {
    const char *name, *sha256;
};

enum ledger_mark { LEDGER_UNMARKED, LEDGER_NEW, LEDGER_REVISED };

struct ledger_portrait {
    const char *id, *sha256;
    const char *page;           /* label of its first page, or NULL */
    struct ledger_hash *questions;
    size_t question_count;
    enum ledger_mark mark;      /* what it was when the edition closed */
};

struct ledger_entry {
    struct edition edition;
    const char *book;           /* sha256 of all that is no portrait */
    struct ledger_hash *files;  /* that it is of; none in old ledgers */
    size_t file_count;
    const char *program;        /* version that closed it */
    struct ledger_portrait *portraits;  /* sorted by id */
    size_t portrait_count;
    const char **reading;       /* ids of titles, sorted */
    size_t reading_count;
};

struct ledger {
    const char *path;
    struct ledger_entry *entries;       /* oldest first */
    size_t count;
};

/* The ledger of a content folder, empty without a file. False after an error:
 * numbers that are not 1, 2, 3 …, dates that are none or go backwards, ISBNs
 * that are wrong or come twice, hashes that are none. */
bool ledger_load(struct arena *arena, const char *folder, struct ledger *ledger);

/* Of EDITION's last printing, else its own. */
const char *ledger_last_date(const struct edition *edition);

/* Edition NUMBER of the ledger; NULL after an error when it has none. */
const struct ledger_entry *ledger_entry_find(const struct ledger *ledger, int number);

/* The hash that stands under NAME; NULL when it is not among the COUNT of LIST. */
const char *ledger_hash_lookup(const struct ledger_hash *list, size_t count, const char *name);

const struct ledger_portrait *ledger_portrait_lookup(const struct ledger_entry *entry,
                                                     const char *id);

/* "new", "revised"; NULL for none. */
const char *ledger_mark_name(enum ledger_mark mark);

/* The whole ledger as YAML. */
void ledger_write(const struct ledger *ledger, struct buf *out);

#endif
