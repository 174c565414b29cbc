/* Glyphs that begin no text go with those before them; text that no glyph
 * begins goes with the last. The breaker's hyphen is the plain sign, which
 * readers of the text know how to join. */
#include "pdf/cluster.h"

#include <string.h>

/* How many bytes at the end of a fragment's text are its hyphen. */
static size_t hyphen_bytes(const struct shaped *shaped)
{
    static const char *const hyphens[] = { "-", "\xC2\xAD", "\xE2\x80\x90" };

    for (int i = 0; i < 3; i++) {
        size_t length = strlen(hyphens[i]);

        if (shaped->bytes >= length
            && memcmp(shaped->text + shaped->bytes - length, hyphens[i], length) == 0)
            return length;
    }
    return 0;
}

bool cluster_next(const struct word *word, struct cluster *cluster)
{
    const struct shaped *shaped = word->shaped;
    bool broken = (word->flags & WORD_HYPHEN) != 0 && shaped->count > 0;
    uint32_t end = shaped->count - (broken ? 1U : 0U);
    uint32_t at = cluster->first + cluster->count;
    const char *text = at > 0 ? cluster->text + cluster->bytes : shaped->text;
    size_t taken = 0, left;

    if (at >= shaped->count)
        return false;
    if (at == end) {
        *cluster = (struct cluster){ at, 1, "-", 1 };
        return true;
    }
    left = (size_t)(shaped->text + shaped->bytes - text) - (broken ? hyphen_bytes(shaped) : 0);
    *cluster = (struct cluster){ .first = at, .text = text };
    do
        taken += shaped->glyphs[at++].bytes;
    while (at < end && (shaped->glyphs[at].bytes == 0 || taken == 0));
    cluster->count = at - cluster->first;
    cluster->bytes = at == end || taken > left ? left : taken;
    return true;
}
