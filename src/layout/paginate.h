/* The cuts of a galley into pages, chosen over the whole part at once.
 *
 * Dynamic programming, page by page: a state is a place where a page may start
 * (a block, which of its lengths, a line), with what the page before owes it
 * (lines of notes that did not fit, how short the first page of a spread is).
 * From each state all fillings of a page are tried: every block in each of its
 * lengths, by height reached. The cheapest way to each next state is kept, and
 * of those the best few, so that the cost is linear in the text. After
 * Plass, "Optimal Pagination Techniques" (1981), with the idea that paragraphs
 * of several lengths take the place of stretching space. */
#ifndef LAYOUT_PAGINATE_H
#define LAYOUT_PAGINATE_H

#include "layout/galley.h"

/* Where a page starts: before LINE of BLOCK set in LENGTH; NOTES is how many
 * lines of notes stand on the pages before. */
struct cut {
    uint32_t block, notes;
    int line;
    uint8_t length;
};

/* A block's length says also how many lines of space more stand above it. */
enum { LENGTH_MASK = 0x0f, LENGTH_SPREAD = 0x10 };

struct pagination {
    uint32_t count;             /* pages, or columns */
    const struct cut *cut;      /* COUNT + 1 of them; the last is the end */
    const uint8_t *length;      /* chosen for each block */
    int64_t cost;
};

struct pagination paginate(const struct galley *galley, const struct area *area,
                           const struct style *style, struct arena *arena);

/* The same, with the columns of the last page as even as can be, and the boxes
 * close to each other if that spares a page. */
struct pagination paginate_part(struct galley *galley, const struct area *area,
                                const struct style *style, struct arena *arena);

/* Of the lines of notes called in the first LINES lines of BLOCK set in LENGTH
 * (all: LINES < 0), the count. */
int note_lines_called(const struct galley *galley, uint32_t block, int length, int lines);

/* Where BLOCK's top stands, in half lines, when what was put last ended at
 * POSITION; BEFORE is the block put last on this page, NULL at the top of it. */
int block_top(const struct block *before, const struct block *block, int position, int length);

/* Height of LINES lines of BLOCK in half lines; of its box number LENGTH. */
int block_height(const struct area *area, const struct block *block, int length, int lines);

/* Half lines that the notes' area takes: a rule's space and LINES lines. */
int notes_height(const struct area *area, const struct style *style, int lines);

#endif
