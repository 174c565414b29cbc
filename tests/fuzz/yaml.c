/* YAML, and that scalars read back what was written. */
#include "base/utf8.h"
#include "book/yaml.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void hear_nothing(void *context, const struct diagnostic *diagnostic)
{
    (void)context, (void)diagnostic;
}

/* Each scalar, written as the value of a key, is the same scalar. */
static void write_back(struct arena *arena, const struct yaml *value)
{
    struct buf out = {0};
    const struct yaml *map, *read;

    if (value->kind == YAML_SCALAR && *value->text != '\0') {
        yaml_write_pair(&out, 0, "key", value->text);
        map = yaml_parse(arena, "back", 1, buf_text(&out), out.len);
        read = map == NULL ? NULL : yaml_lookup(map, "key");
        if (read == NULL || read->kind != YAML_SCALAR || strcmp(read->text, value->text) != 0)
            abort();
    }
    for (size_t i = 0; i < value->count; i++)
        write_back(arena, value->items[i]);
    buf_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    const char *text = arena_strndup(arena, (const char *)data, size);
    const struct yaml *value;

    diag_set_sink(hear_nothing, NULL);
    if (utf8_valid((const char *)data, size) == size && strlen(text) == size) {
        value = yaml_parse(arena, "fuzz", 1, text, size);
        if (value != NULL)
            write_back(arena, value);
    }
    arena_free(arena);
    return 0;
}
