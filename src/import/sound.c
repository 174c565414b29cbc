/* Signs that XML does not allow and bytes that are no UTF-8 are replaced. A sign that
 * the end of a piece cuts is carried into the next. */
#include "import/sound.h"
#include "base/utf8.h"

#include <glib.h>
#include <string.h>

/* How many bytes at the end of valid-so-far text may be the start of a sign. */
static size_t unfinished(const char *bytes, size_t count)
{
    for (size_t back = 1; back <= 3 && back <= count; back++) {
        unsigned char byte = (unsigned char)bytes[count - back];

        if (byte >= 0xC0)
            return back < (byte >= 0xF0 ? 4u : byte >= 0xE0 ? 3u : 2u) ? back : 0;
        if (byte < 0x80)
            return 0;
    }
    return 0;
}

/* A byte of a Latin encoding that has slipped in is read as that. */
static void put_sound(struct buf *out, const char *bytes, size_t count)
{
    const char *end = bytes + count;

    while (bytes < end) {
        unsigned char byte = (unsigned char)*bytes;
        uint32_t code = utf8_next(&bytes, end);

        if (code == UTF8_BAD)
            code = byte >= 0xA0 ? byte : 0xFFFD;
        if ((code < 0x20 && code != '\t' && code != '\n' && code != '\r') ||
            (code & 0xFFFE) == 0xFFFE)
            code = ' ';
        buf_put_code(out, code);
    }
}

bool sound_is_other_encoding(const char *bytes, size_t count)
{
    char *head = g_ascii_strdown(bytes, (gssize)(count < 200 ? count : 200));
    const char *encoding = strstr(head, "encoding=");
    bool other = (count >= 2 && (bytes[0] == '\0' || bytes[1] == '\0' ||
                                 (unsigned char)bytes[0] >= 0xFE)) ||
                 (encoding != NULL && encoding[9] != '\0' &&
                  strncmp(encoding + 10, "utf-8", 5) != 0);

    g_free(head);
    return other;
}

const struct buf *sound_feed(struct sound *sound, const char *bytes, size_t count)
{
    struct buf joined = {0};
    size_t back;

    buf_append(&joined, sound->carry, sound->carried);
    buf_append(&joined, bytes, count);
    back = unfinished(joined.data, joined.len);
    sound->carried = back;
    memcpy(sound->carry, joined.data + joined.len - back, back);
    buf_cut(&sound->text, 0);
    put_sound(&sound->text, joined.data, joined.len - back);
    buf_free(&joined);
    return &sound->text;
}

void sound_free(struct sound *sound)
{
    buf_free(&sound->text);
}
