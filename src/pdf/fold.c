/* Saddle stitch, in one signature or several. */
#include "pdf/fold.h"
#include "base/memory.h"

#include <stdlib.h>

enum { PAGES = 4 };         /* on a sheet */

/* The page at POSITION of all positions, blanks among them. */
static int page_at(int position, int pages, int positions, bool back_cover)
{
    if (back_cover && position == positions - 1)
        return pages - 1;
    return position < pages - (back_cover ? 1 : 0) ? position : FOLD_BLANK;
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

struct fold *fold_new(int pages, int sheets, bool back_cover)
{
    struct fold *fold = memory_new(1, sizeof *fold);
    int total = (pages + PAGES - 1) / PAGES, each = sheets > 0 ? sheets : total;
    int start = 0;

    fold->signatures = (total + each - 1) / each;
    fold->blanks = total * PAGES - pages;
    fold->side = memory_new((size_t)total * 2, sizeof *fold->side);
    for (int signature = 0; signature < fold->signatures; signature++) {
        int count = sheets_of(signature, fold->signatures, total, each);
        int end = start + count * PAGES - 1;

        fold->most_sheets = count > fold->most_sheets ? count : fold->most_sheets;
        for (int depth = 0; depth < count; depth++) {
            int low = start + 2 * depth, high = end - 2 * depth;
            int positions[4] = { high, low, low + 1, high - 1 }, page[4];

            for (int i = 0; i < PAGES; i++)
                page[i] = page_at(positions[i], pages, total * PAGES, back_cover);
            fold->side[fold->sides++] = (struct fold_side){ page[0], page[1], depth, signature };
            fold->side[fold->sides++] = (struct fold_side){ page[2], page[3], depth, signature };
        }
        start = end + 1;
    }
    return fold;
}

void fold_free(struct fold *fold)
{
    if (fold == NULL)
        return;
    free(fold->side);
    free(fold);
}
