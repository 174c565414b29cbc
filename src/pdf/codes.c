/* A lexer of content streams (ISO 32000-1, 7.8.2): names and strings are
 * remembered until the operator that takes them, Tf, Tj or TJ. */
#include "pdf/codes.h"
#include "base/buf.h"
#include "pdf/object.h"

#include <string.h>

struct reader {
    codes_sink *sink;
    void *context;
    char name[64], font[64];    /* the last name; the font set */
    struct buf shown;           /* strings since the last operator */
};

static bool is_space(int c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0;
}

static const char *skip_word(const char *at, const char *end)
{
    while (at < end && !is_space(*at) && strchr("()<>[]{}/%", *at) == NULL)
        at++;
    return at;
}

/* A literal string's bytes; escapes as far as they stand for one byte. */
static const char *read_literal(struct reader *reader, const char *at, const char *end)
{
    static const char names[] = "nrtbf", bytes[] = "\n\r\t\b\f";
    const char *after = object_skip_string(at, end);

    for (at++; at < after - 1; at++) {
        const char *name;
        int value = 0;

        if (*at != '\\') {
            buf_putc(&reader->shown, *at);
            continue;
        }
        name = *++at != '\0' ? strchr(names, *at) : NULL;
        if (*at < '0' || *at > '7') {
            buf_putc(&reader->shown, name != NULL ? bytes[name - names] : *at);
            continue;
        }
        for (int i = 0; i < 3 && at < after && *at >= '0' && *at <= '7'; i++)
            value = value * 8 + *at++ - '0';
        at--;
        buf_putc(&reader->shown, (char)value);
    }
    return after;
}

static int digit_of(int c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 32;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static const char *read_hex(struct reader *reader, const char *at, const char *end)
{
    int high = -1;

    for (at++; at < end && *at != '>'; at++) {
        int digit = digit_of(*at);

        if (digit < 0)
            continue;
        if (high >= 0)
            buf_putc(&reader->shown, (char)(high << 4 | digit));
        high = high >= 0 ? -1 : digit;
    }
    if (high >= 0)
        buf_putc(&reader->shown, (char)(high << 4));
    return at < end ? at + 1 : end;
}

static const char *read_name(struct reader *reader, const char *at, const char *end)
{
    const char *after = skip_word(at + 1, end);
    size_t length = (size_t)(after - at);

    if (length >= sizeof reader->name)
        length = 0;             /* none of cairo's */
    memcpy(reader->name, at, length);
    reader->name[length] = '\0';
    return after;
}

static void operate(struct reader *reader, const char *name, size_t length)
{
    if (length == 2 && memcmp(name, "Tf", 2) == 0)
        strcpy(reader->font, reader->name);
    else if (length == 2 && (memcmp(name, "Tj", 2) == 0 || memcmp(name, "TJ", 2) == 0)
             && reader->font[0] != '\0')
        reader->sink(reader->context, reader->font,
                     (const unsigned char *)buf_text(&reader->shown), reader->shown.len);
    buf_cut(&reader->shown, 0);
}

static const char *read_word(struct reader *reader, const char *at, const char *end)
{
    const char *after = skip_word(at, end);

    if (after == at)
        return at + 1;
    if (strchr("+-.0123456789", *at) == NULL)
        operate(reader, at, (size_t)(after - at));
    return after;
}

void codes_read(const char *stream, size_t bytes, codes_sink *sink, void *context)
{
    struct reader reader = { .sink = sink, .context = context };
    const char *at = stream, *end = stream + bytes;

    while (at < end)
        switch (*at) {
        case '(': at = read_literal(&reader, at, end); break;
        case '/': at = read_name(&reader, at, end); break;
        case '<':
            at = at + 1 < end && at[1] == '<' ? at + 2 : read_hex(&reader, at, end);
            break;
        default: at = read_word(&reader, at, end); break;
        }
    buf_free(&reader.shown);
}
