/* Parts of the book from people and titles. */
#include "book/compose.h"
#include "base/buf.h"

void compose(struct book *book)
{
    book->parts = NULL;
    book->part_count = 0;
}

bool part_is_listed(const struct part *part)
{
    static const bool listed[PART_KINDS] = {
        [PART_FRONT] = true, [PART_NEWS] = true, [PART_DIVISION] = true,
        [PART_PORTRAIT] = true, [PART_DIRECTORY] = true, [PART_READING] = true,
        [PART_INDEX] = true, [PART_HISTORY] = true, [PART_COLOPHON] = true,
        [PART_BACK] = true,
    };

    return listed[part->kind];
}

void compose_print(const struct book *book, struct buf *out)
{
    (void)book;
    (void)out;
}
