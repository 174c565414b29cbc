/* What an import did, for people: import-report.txt, and --dry-run. */
#ifndef IMPORT_REPORT_H
#define IMPORT_REPORT_H

#include "import/find.h"
#include "import/store.h"

void report_start(struct buf *out);

/* One portrait: the person, the counts, how sure, what is left out and why,
 * what is doubtful, each with its place. */
void report_portrait(struct buf *out, const struct found *found, const char *path,
                     enum outcome outcome);

/* One of many that is no interview: its name and why it stays out. */
void report_passed_over(struct buf *out, const struct found *found);

/* "2 new portraits, 1 title added to the reading list": a line for stdout. */
struct tally { size_t new, updated, same, kept, beside, passed, titles; };
void report_summary(struct buf *out, const struct tally *tally);

#endif
