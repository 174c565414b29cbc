/* The looks of blocks: a heading level, bold, italics, an item, …; and which of them
 * the questions of an article have. */
#ifndef IMPORT_LOOKS_H
#define IMPORT_LOOKS_H

#include "import/find.h"

/* A look is a number: of marks together, or HEADING and the level. */
enum { LOOKS = 256, PLAIN = 0, BOLD = 1, ITALIC = 2, CAPITALS = 4, ITEM = 8, QUOTE = 16,
       NUMBERED = 32, HEADING = 64, DASH = 128 };

struct looks {
    size_t all[LOOKS], asking[LOOKS], repeated[LOOKS];
    size_t parted[LOOKS];       /* followed by another look */
    size_t first[LOOKS];        /* the first block that has it */
    size_t first_asking[LOOKS], last_asking[LOOKS];     /* and asks; where any does */
    bool accepted[LOOKS], any;
    bool mixed[LOOKS];          /* of an accepted look, only what asks is a question */
    bool contrast;              /* questions are plain, answers are not */
    bool headed;                /* headings are those of any text */
    size_t voices[2];           /* blocks the page gives to the interviewer, to the interviewee */
    size_t *before, *behind;    /* of each block, the next open ones; NOBODY */
    bool *again;                /* of each block that asks, whether a later one asks the same */
    const char *name;           /* the person's, folded; "" */
};

/* The look of a block; -1 when it has none, as pictures. An item that only holds
 * marked text looks like one. */
int look_of(const struct block *block);
bool look_is_heading(int look);

/* Does the text begin with the dash of a dialogue? */
bool look_has_dash(const struct block *block);

/* Sees the looks of the blocks before found->last that have no fate yet, and accepts
 * those of questions. LOOKS lives as long as the article. */
void looks_see(const struct found *found, struct looks *looks);

/* Has the block no fate yet, and a text? */
bool looks_open(const struct found *found, size_t index);

/* The open block before and behind that of INDEX; NULL when there is none. */
const struct block *looks_before(const struct found *found, const struct looks *looks,
                                 size_t index);
const struct block *looks_behind(const struct found *found, const struct looks *looks,
                                 size_t index);

#endif
