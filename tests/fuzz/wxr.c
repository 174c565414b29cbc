/* Exports and feeds, in pieces of which the first byte tells the size. */
#include "fuzz_import.h"
#include "import/export.h"

struct input { const uint8_t *data; size_t size, piece; };

static long feed(void *context, char *buffer, size_t room)
{
    struct input *input = context;
    size_t count = input->size < input->piece ? input->size : input->piece;

    if (count > room)
        count = room;
    memcpy(buffer, input->data, count);
    input->data += count;
    input->size -= count;
    return (long)count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct source_options options = { .drafts = true };
    struct input input = { data, size, size > 0 ? (size_t)data[0] * 16 + 1 : 1 };

    if (size > 0) {
        input.data++;
        input.size--;
    }
    diag_set_sink(hear_nothing, NULL);
    export_read("fuzz", feed, &input, &options, fuzz_article, NULL);
    return 0;
}
