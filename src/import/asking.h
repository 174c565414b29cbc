/* How much a text alone asks. */
#ifndef IMPORT_ASKING_H
#define IMPORT_ASKING_H

#include "import/find.h"

/* Log-odds that BLOCK, which has been prepared, asks, whatever it looks like: by its
 * punctuation, its words, its length. Weighed once. */
double asking_weigh(struct block *block);

/* Sentences of TEXT that state something. */
int asking_statements(const char *text);

#endif
