/* The syntax of PDF objects (ISO 32000-1, 7.3), as far as the finishing needs
 * it: writing them, and finding the references in what was written. */
#include "pdf/object.h"
#include "base/utf8.h"

#include <assert.h>
#include <glib.h>
#include <stdlib.h>
#include <string.h>

void object_open(struct object_file *file, int first, int workers)
{
    memset(file, 0, sizeof *file);
    file->packer = packer_new(workers);
    object_take(file, first);
}

void object_free(struct object_file *file)
{
    buf_free(&file->out);
    packer_free(file->packer);
    free(file->object.item);
    memset(file, 0, sizeof *file);
}

int object_take(struct object_file *file, int count)
{
    int first = file->next;

    for (int i = 0; i < count; i++)
        VEC_PUSH(&file->object);
    file->next += count;
    return first;
}

void object_begin(struct object_file *file, int number)
{
    assert(number > 0 && number < file->next && file->object.item[number].length == 0);
    file->object.item[number].start = file->out.len;
    file->open = number;
}

void object_end(struct object_file *file)
{
    struct object *object = &file->object.item[file->open];

    object->length = file->out.len - object->start;
    if (!object->stream)
        object->head = object->length;
}

void object_stream(struct object_file *file, int number, const char *dict,
                   const void *bytes, size_t count, bool pack)
{
    struct buf packed = {0};

    if (pack)
        packer_put(file->packer, 0, bytes, count, &packed);
    object_begin(file, number);
    buf_printf(&file->out, "<<%s%s /Length %zu>>", dict, pack ? " /Filter /FlateDecode" : "",
               pack ? packed.len : count);
    file->object.item[number].stream = true;
    file->object.item[number].head = file->out.len - file->object.item[number].start;
    buf_puts(&file->out, "\nstream\n");
    buf_append(&file->out, pack ? packed.data : bytes, pack ? packed.len : count);
    buf_puts(&file->out, "\nendstream");
    object_end(file);
    buf_free(&packed);
}

/* ---- References --------------------------------------------------------------- */

static bool is_regular(unsigned char c)
{
    static const bool special[256] = {
        ['('] = true, [')'] = true, ['<'] = true, ['>'] = true, ['['] = true, [']'] = true,
        ['{'] = true, ['}'] = true, ['/'] = true, ['%'] = true,
    };

    return c > ' ' && !special[c];
}

const char *object_skip_string(const char *at, const char *end)
{
    int depth = 0;

    for (; at < end; at++) {
        if (*at == '\\')
            at++;
        else if (*at == '(')
            depth++;
        else if (*at == ')' && --depth == 0)
            return at + 1;
    }
    return end;
}

static const char *skip_regular(const char *at, const char *end)
{
    while (at < end && is_regular((unsigned char)*at))
        at++;
    return at;
}

int object_reference(const char **at, const char *end, const char **start)
{
    const char *c = *at;

    while (c < end) {
        const char *after;

        if (*c == '(') {
            c = object_skip_string(c, end);
        } else if (*c == '<' && c + 1 < end && c[1] != '<') {
            const char *close = memchr(c, '>', (size_t)(end - c));

            c = close != NULL ? close + 1 : end;
        } else if (*c == '/' || !is_regular((unsigned char)*c)) {
            c = *c == '/' || *c != '<' ? c + 1 : c + 2;
            if (c[-1] == '/')
                c = skip_regular(c, end);
        } else {
            after = skip_regular(c, end);
            if (*c >= '1' && *c <= '9' && end - after >= 4 && memcmp(after, " 0 R", 4) == 0) {
                *start = c;
                *at = after + 4;
                return atoi(c);
            }
            c = after;
        }
    }
    *at = end;
    return 0;
}

/* ---- Tokens --------------------------------------------------------------------- */

void put_number(struct buf *out, long number)
{
    char digits[24], *at = digits + sizeof digits;
    unsigned long left = number < 0 ? 0UL - (unsigned long)number : (unsigned long)number;

    do
        *--at = (char)('0' + left % 10);
    while ((left /= 10) != 0);
    if (number < 0)
        *--at = '-';
    buf_append(out, at, (size_t)(digits + sizeof digits - at));
}

void put_ref(struct buf *out, int number)
{
    buf_putc(out, ' ');
    put_number(out, number);
    buf_puts(out, " 0 R");
}

void put_points(struct buf *out, long dims)
{
    long thousandths = (labs(dims) * 1000 + 512) / 1024, part = thousandths % 1000;

    buf_puts(out, dims < 0 && thousandths != 0 ? " -" : " ");
    put_number(out, thousandths / 1000);
    if (part != 0) {
        const char digits[] = { '.', (char)('0' + part / 100), (char)('0' + part / 10 % 10),
                                (char)('0' + part % 10) };

        buf_append(out, digits, part % 10 != 0 ? 4 : part % 100 != 0 ? 3 : 2);
    }
}

void put_bytes(struct buf *out, const char *bytes, size_t count)
{
    buf_putc(out, '(');
    for (size_t i = 0; i < count; i++) {
        if (bytes[i] == '(' || bytes[i] == ')' || bytes[i] == '\\')
            buf_putc(out, '\\');
        if (bytes[i] == '\r' || bytes[i] == '\n')
            buf_puts(out, bytes[i] == '\r' ? "\\r" : "\\n");
        else
            buf_putc(out, bytes[i]);
    }
    buf_putc(out, ')');
}

static void put_unit(struct buf *out, uint32_t unit)
{
    static const char digits[] = "0123456789ABCDEF";

    for (int shift = 12; shift >= 0; shift -= 4)
        buf_putc(out, digits[unit >> shift & 15]);
}

void put_utf16(struct buf *out, const char *text, size_t bytes)
{
    const char *at = text, *end = text + bytes;

    while (at < end) {
        uint32_t code = utf8_next(&at, end);

        if (code == UTF8_BAD)
            code = 0xFFFD;
        if (code >= 0x10000) {
            put_unit(out, 0xD800 + ((code - 0x10000) >> 10));
            code = 0xDC00 + ((code - 0x10000) & 0x3FF);
        }
        put_unit(out, code);
    }
}

/* How many bytes of TEXT make at most MOST bytes of UTF-16. */
static size_t fitting(const char *text, size_t most)
{
    const char *at = text, *end = text + strlen(text), *kept = text;
    size_t size = 0;

    while (at < end && size <= most) {
        kept = at;
        size += utf8_next(&at, end) >= 0x10000 ? 4 : 2;
    }
    return (size_t)((size <= most ? end : kept) - text);
}

void put_text(struct buf *out, const char *text)
{
    size_t bytes = strlen(text), plain = 0;

    while (text[plain] >= ' ' && text[plain] <= '~')
        plain++;
    if (plain == bytes) {
        put_bytes(out, text, bytes < STRING_MOST ? bytes : STRING_MOST);
        return;
    }
    buf_puts(out, "<FEFF");
    put_utf16(out, text, fitting(text, STRING_MOST - 2));
    buf_putc(out, '>');
}
