/* The label that tells who speaks, at the start of a paragraph or on a line of its
 * own: a few words and a colon, capitals and a dash, perhaps with a time. */
#ifndef IMPORT_LABEL_H
#define IMPORT_LABEL_H

#include "import/block.h"

/* Bytes of a block: LENGTH of all that is not text, the name between. */
struct label { size_t from, to, length; bool line; const char *fold; };

/* Does FOLD say "Q", "A" or their like? */
bool label_is_turn(const char *fold);

/* The label that BLOCK begins with; false when there is none. Folds are in ARENA. */
bool label_read(struct arena *arena, const struct block *block, struct label *label);

/* The word that BLOCK begins with, before a sentence, without a sign: "AQ Where was it?",
 * "Ada (smiles) There."; false when there is none. Any word may look like it. */
bool label_read_bare(struct arena *arena, const struct block *block, struct label *label);

/* The fold of the label, with a colon, that a line of a block begins with, its
 * bytes [FROM, TO); NULL when there is none. */
const char *label_of_line(struct arena *arena, const struct block *block, size_t from, size_t to);

#endif
