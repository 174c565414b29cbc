/* The one way to tell the user of a problem. Each diagnostic is a line on
 * stderr, `path:line:col: error|warning|note: what and what to do [rule]`,
 * or goes to a sink that a test or `check --format json` has set. Where found,
 * once: callers that get a false just return. */
#ifndef BASE_DIAG_H
#define BASE_DIAG_H

#include <stddef.h>

enum severity { DIAG_NOTE, DIAG_WARNING, DIAG_ERROR };

/* Where something stands. A line or column of 0 is not known and not shown;
 * both count from 1, columns in code points. */
struct place {
    const char *path;
    int line;
    int col;
};

struct diagnostic {
    enum severity severity;
    struct place at;
    const char *rule;       /* a short name with hyphens, never NULL */
    const char *message;
};

void diag(enum severity severity, struct place at, const char *rule,
          const char *format, ...) __attribute__((format(printf, 4, 5)));

/* An error of the system: "cannot DOING: reason of errno". */
void diag_errno(struct place at, const char *rule, const char *doing);

/* How many of SEVERITY were given since the start or diag_reset(). */
size_t diag_count(enum severity severity);
void diag_reset(void);

/* Sends diagnostics to SINK instead of stderr; NULL restores stderr. The
 * diagnostic is borrowed for the time of the call. */
typedef void diag_sink(void *context, const struct diagnostic *diagnostic);
void diag_set_sink(diag_sink *sink, void *context);

/* Between hold and take the calling thread's diagnostics are kept; release gives
 * them out in order, to the hold around it if there is one. The worker pool uses
 * it so that the order does not depend on the threads, the layout so that what
 * is done again is not told again. */
struct diag_held;
void diag_hold(void);
struct diag_held *diag_take(void);          /* ends the hold; NULL when none came */
void diag_release(struct diag_held *held);  /* gives out and frees */
void diag_drop(struct diag_held *held);     /* frees untold */

const char *severity_name(enum severity severity);

/* The progress line: nothing unless stderr is a terminal and the work has
 * lasted a second. DONE of TOTAL steps of WHAT; diag() clears the line first. */
void progress(const char *what, size_t done, size_t total);
void progress_end(void);

#endif
