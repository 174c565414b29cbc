/* How much a text alone asks, and a series says that it is asked. */
#ifndef IMPORT_ASKING_H
#define IMPORT_ASKING_H

#include "import/find.h"

/* Log-odds that BLOCK, which has been prepared, asks, whatever it looks like: by its
 * punctuation, its words, its length. Weighed once. */
double asking_weigh(struct block *block);

/* What other articles of the series say too is likely to be asked: log-odds, 0 for
 * what none says. */
double asking_weigh_series(const struct found *found, struct block *block);

/* Sentences of TEXT that state something. */
int asking_statements(const char *text);

#endif
