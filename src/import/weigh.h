/* How much a block of an article asks, beyond what its text alone does (asking.h). */
#ifndef IMPORT_WEIGH_H
#define IMPORT_WEIGH_H

#include "import/looks.h"

/* Log-odds that the open block of INDEX is a question: by its look, its text, its
 * neighbours, what the series says. 1 is a hint, 3 strong, 5 nearly proof. */
double weigh_question(const struct found *found, const struct looks *looks, size_t index);

/* What of it says that it is a remark of the one who asks, within an answer; 0 when
 * it cannot be one. */
double weigh_remark(const struct found *found, const struct looks *looks, size_t index);

#endif
