/* The preflight: what is not wrong enough for the readers to refuse, but would
 * look wrong in the book. A table of rules, each with a name, how grave it is and
 * what it means; a pass over the model and one over the sources. */
#ifndef BOOK_CHECK_H
#define BOOK_CHECK_H

#include "base/buf.h"
#include "book/book.h"

struct rule {
    const char *name;           /* as in the brackets of a diagnostic */
    enum severity severity;
    const char *explanation;    /* a sentence or two: what it is, what to do */
};

/* Every rule that a reader or the preflight tells of, sorted by name. */
const struct rule *check_rules(size_t *count);

/* NULL when there is no such rule. */
const struct rule *check_rule_lookup(const char *name);

/* The rules as `florilege help rules` prints them. */
void check_rules_print(struct buf *out);

/* Tells by diag() of all the preflight finds in a book that was read. */
void check_book(const struct book *book);

struct check_options {
    const char *content;        /* the folder */
    const char *data;           /* that of styles/ */
    bool json;                  /* diagnostics into OUT as JSON, not to stderr */
    bool strict;                /* warnings count as errors */
};

/* `florilege check`: reads the folder and checks it. With json, OUT gets one
 * array of objects {path, line, column, severity, rule, message}. False when
 * there were errors (or warnings, when strict). */
bool check_content(const struct check_options *options, struct buf *out);

#endif
