/* Headers of pictures, and small texts: addresses, slugs, dates, languages,
 * names. What is made of them must be sound. */
#include "base/utf8.h"
#include "book/forms.h"
#include "book/network.h"
#include "book/picture.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool sound)
{
    if (!sound)
        abort();
}

static void try_text(struct arena *arena, const char *text)
{
    const struct network *network = network_lookup(text);
    char *address = network_address(arena, network_lookup("twitter"), text);
    const char *slug = slug_new(arena, text), *monogram = form_monogram(arena, text);

    must(slug[0] != '\0' && slug[strspn(slug, "abcdefghijklmnopqrstuvwxyz0123456789-")] == '\0');
    must(utf8_length(monogram, strlen(monogram)) <= 3);
    must(address == NULL || address_is_sound(address));
    must(strcmp(address_clean(arena, address_clean(arena, text)), address_clean(arena, text)) == 0);
    network_of_address(text);
    if (address != NULL && network_of_address(address) != NULL)
        network_handle(arena, network_of_address(address), address);
    form_date(arena, text);
    form_language(arena, text);
    form_isbn(arena, text);
    form_sort_name(arena, text);
    (void)network;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    const char *text = arena_strndup(arena, (const char *)data, size);
    struct picture picture = {0};

    if (picture_probe(text, size, &picture) == NULL)
        must(picture.width > 0 && picture.height > 0 && picture.orientation >= 1
             && picture.orientation <= 8);
    if (size < 4096 && utf8_valid(text, size) == size && strlen(text) == size)
        try_text(arena, text);
    arena_free(arena);
    return 0;
}
