/* Hint tables are rows of numbers of as few bits as the largest needs, each row
 * from a byte's start. What nobody reads (where in a page its content lies) is
 * filled in as other producers do. */
#include "pdf/hints.h"

struct bits {
    struct buf *out;
    unsigned byte;
    int count;
};

static void put(struct bits *bits, uint64_t value, int width)
{
    for (int i = width - 1; i >= 0; i--) {
        bits->byte = bits->byte << 1 | (value >> i & 1);
        if (++bits->count == 8) {
            buf_putc(bits->out, (char)bits->byte);
            bits->byte = 0;
            bits->count = 0;
        }
    }
}

static void end_row(struct bits *bits)
{
    while (bits->count != 0)
        put(bits, 0, 1);
}

static int width_of(uint64_t value)
{
    int width = 0;

    for (; value != 0; value >>= 1)
        width++;
    return width;
}

struct range { uint64_t least, most; };

static struct range widen(struct range range, uint64_t value, bool first)
{
    if (first || value < range.least)
        range.least = value;
    if (first || value > range.most)
        range.most = value;
    return range;
}

static void put_pages(const struct hints *hints, struct bits *bits)
{
    struct range objects = {0}, length = {0}, shared = {0};
    int object_bits, length_bits, shared_bits, index_bits = width_of(hints->shared);

    for (uint32_t i = 0; i < hints->pages; i++) {
        objects = widen(objects, hints->page[i].objects, i == 0);
        length = widen(length, hints->page[i].length, i == 0);
        shared = widen(shared, hints->page[i].shared_count, i == 0);
    }
    object_bits = width_of(objects.most - objects.least);
    length_bits = width_of(length.most - length.least);
    shared_bits = width_of(shared.most);
    put(bits, objects.least, 32);
    put(bits, hints->first_page, 32);
    put(bits, (uint64_t)object_bits, 16);
    put(bits, length.least, 32);
    put(bits, (uint64_t)length_bits, 16);
    put(bits, 0, 32);           /* content streams: where they begin, */
    put(bits, 0, 16);
    put(bits, length.least, 32);        /* and their length: as the page's */
    put(bits, (uint64_t)length_bits, 16);
    put(bits, (uint64_t)shared_bits, 16);
    put(bits, (uint64_t)index_bits, 16);
    put(bits, 0, 16);           /* fractions of a page */
    put(bits, 4, 16);
    for (uint32_t i = 0; i < hints->pages; i++)
        put(bits, hints->page[i].objects - objects.least, object_bits);
    end_row(bits);
    for (uint32_t i = 0; i < hints->pages; i++)
        put(bits, hints->page[i].length - length.least, length_bits);
    end_row(bits);
    for (uint32_t i = 0; i < hints->pages; i++)
        put(bits, hints->page[i].shared_count, shared_bits);
    end_row(bits);
    for (uint32_t i = 0; i < hints->pages; i++)
        for (uint32_t k = 0; k < hints->page[i].shared_count; k++)
            put(bits, hints->page[i].shared[k], index_bits);
    end_row(bits);
    for (uint32_t i = 0; i < hints->pages; i++)
        put(bits, hints->page[i].length - length.least, length_bits);
    end_row(bits);
}

static void put_shared(const struct hints *hints, struct bits *bits)
{
    struct range length = {0};
    int length_bits;

    for (uint32_t i = 0; i < hints->shared; i++)
        length = widen(length, hints->shared_length[i], i == 0);
    length_bits = width_of(length.most - length.least);
    put(bits, (uint64_t)hints->shared_number, 32);
    put(bits, hints->shared_offset, 32);
    put(bits, hints->shared_first, 32);
    put(bits, hints->shared, 32);
    put(bits, 0, 16);           /* one object a group */
    put(bits, length.least, 32);
    put(bits, (uint64_t)length_bits, 16);
    for (uint32_t i = 0; i < hints->shared; i++)
        put(bits, hints->shared_length[i] - length.least, length_bits);
    end_row(bits);
    for (uint32_t i = 0; i < hints->shared; i++)
        put(bits, 0, 1);        /* no signature */
    end_row(bits);
}

void hints_put(const struct hints *hints, struct buf *out, size_t *shared_at,
               size_t *outlines_at)
{
    struct bits bits = { .out = out };
    size_t start = out->len;

    put_pages(hints, &bits);
    *shared_at = out->len - start;
    put_shared(hints, &bits);
    *outlines_at = 0;
    if (hints->outlines == 0)
        return;
    *outlines_at = out->len - start;
    put(&bits, (uint64_t)hints->outlines, 32);
    put(&bits, hints->outlines_offset, 32);
    put(&bits, hints->outlines_objects, 32);
    put(&bits, hints->outlines_length, 32);
}
