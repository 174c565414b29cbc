/* Speakers' labels, "Name: …": who asks and who answers. */
#ifndef IMPORT_SPEAKERS_H
#define IMPORT_SPEAKERS_H

#include "import/find.h"

/* When labels tell the questions: gives the blocks from the first labelled one
 * to found->last their fates, and says true. */
bool speakers_find(struct found *found);

/* When they do not: takes off labels that stand once, or before every answer
 * of the only one who answers. */
void speakers_strip(struct found *found);

/* Does a block begin with a label of the person, or with "A:"? */
bool speakers_answers(const struct found *found, const struct block *block);

#endif
