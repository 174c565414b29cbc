/* Saddle stitch, in one signature or several, with or without a cover. */
#include "pdf/fold.h"
#include "base/memory.h"

#include <stdbool.h>
#include <stdlib.h>

enum { PAGES = 4 };         /* on a sheet */

/* The page at POSITION of all positions, blanks among them. */
static int page_at(int position, int pages, int positions, enum fold_end end)
{
    bool last_outside = end == FOLD_END_LAST;

    if (last_outside && position == positions - 1)
        return pages - 1;
    return position < pages - (last_outside ? 1 : 0) ? position : FOLD_BLANK;
}

/* Sheets of signature INDEX of COUNT, TOTAL sheets in all. */
static int sheets_of(int index, int count, int total, int each)
{
    int rest = total - (count - 2) * each;      /* of the last two */

    if (count == 1)
        return total;
    if (index < count - 2)
        return each;
    return index == count - 2 ? (rest + 1) / 2 : rest / 2;
}

static void add_side(struct fold *fold, int left, int right, int depth, int signature)
{
    fold->side[fold->sides++] = (struct fold_side){ left, right, depth, signature };
}

/* The sheets of a signature that takes the positions from FIRST on; the
 * outermost lies at DEPTH. */
static void add_signature(struct fold *fold, int signature, int first, int sheets, int depth,
                          const int *page)
{
    int low = first, high = first + sheets * PAGES - 1;

    for (; low < high; low += 2, high -= 2, depth++) {
        add_side(fold, page[high], page[low], depth, signature);
        add_side(fold, page[low + 1], page[high - 1], depth, signature);
    }
}

static int *pages_at(int pages, int positions, enum fold_end end)
{
    int *page = memory_new((size_t)positions, sizeof *page);

    for (int i = 0; i < positions; i++)
        page[i] = page_at(i, pages, positions, end);
    return page;
}

struct fold *fold_new(int pages, int sheets, enum fold_end end)
{
    struct fold *fold = memory_new(1, sizeof *fold);
    int total = (pages + PAGES - 1) / PAGES, each = sheets > 0 ? sheets : total;
    int *page = pages_at(pages, total * PAGES, end), depth = 0, first = 0;

    fold->signatures = (total + each - 1) / each;
    fold->blanks = total * PAGES - pages;
    fold->side = memory_new((size_t)(total + 1) * 2, sizeof *fold->side);
    if (end == FOLD_END_COVER) {
        int signature = fold->signatures == 1 ? 0 : FOLD_AROUND;

        add_side(fold, FOLD_BACK_COVER, FOLD_FRONT_COVER, 0, signature);
        add_side(fold, FOLD_BLANK, FOLD_BLANK, 0, signature);
        depth = fold->signatures == 1;
    }
    for (int signature = 0; signature < fold->signatures; signature++) {
        int count = sheets_of(signature, fold->signatures, total, each);

        fold->most_sheets = count > fold->most_sheets ? count : fold->most_sheets;
        add_signature(fold, signature, first, count, depth, page);
        first += count * PAGES;
    }
    free(page);
    return fold;
}

void fold_free(struct fold *fold)
{
    if (fold == NULL)
        return;
    free(fold->side);
    free(fold);
}
