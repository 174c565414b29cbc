/* The syntax of PDF objects (ISO 32000-1, 7.3 and 7.5.6, incremental updates),
 * as far as the finishing needs it. */
#include "pdf/object.h"
#include "base/utf8.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { DEFLATE_LEVEL = 9 };

void object_open(struct object_file *file, size_t base, int size)
{
    memset(file, 0, sizeof *file);
    file->base = base;
    file->next = size;
}

void object_free(struct object_file *file)
{
    buf_free(&file->out);
    free(file->place.item);
}

int object_take(struct object_file *file, int count)
{
    int first = file->next;

    file->next += count;
    return first;
}

void object_begin(struct object_file *file, int number)
{
    VEC_PUSH(&file->place);
    file->place.item[file->place.count - 1].number = number;
    file->place.item[file->place.count - 1].offset = file->base + file->out.len;
    buf_printf(&file->out, "%d 0 obj\n", number);
}

void object_end(struct object_file *file)
{
    buf_puts(&file->out, "\nendobj\n");
}

void object_stream(struct object_file *file, int number, const char *dict,
                   const void *bytes, size_t count, bool pack)
{
    uLongf packed = compressBound(count);
    Bytef *room = pack ? g_malloc(packed) : NULL;

    if (pack && compress2(room, &packed, bytes, count, DEFLATE_LEVEL) != Z_OK)
        g_error("zlib failed");
    object_begin(file, number);
    buf_printf(&file->out, "<< %s%s /Length %zu >>\nstream\n", dict,
               pack ? " /Filter /FlateDecode" : "", pack ? (size_t)packed : count);
    buf_append(&file->out, pack ? room : bytes, pack ? (size_t)packed : count);
    buf_puts(&file->out, "\nendstream");
    object_end(file);
    g_free(room);
}

static int by_number(const void *a, const void *b)
{
    const int *left = a, *right = b;        /* the number stands first */

    return (*left > *right) - (*left < *right);
}

void object_close(struct object_file *file, int root, int info, long long previous)
{
    size_t start = file->base + file->out.len;

    qsort(file->place.item, file->place.count, sizeof *file->place.item, by_number);
    buf_puts(&file->out, "xref\n");
    for (size_t i = 0, end; i < file->place.count; i = end) {
        for (end = i + 1; end < file->place.count; end++)
            if (file->place.item[end].number != file->place.item[end - 1].number + 1)
                break;
        buf_printf(&file->out, "%d %zu\n", file->place.item[i].number, end - i);
        for (size_t k = i; k < end; k++)
            buf_printf(&file->out, "%010zu 00000 n \n", file->place.item[k].offset);
    }
    buf_printf(&file->out, "trailer\n<< /Size %d /Root %d 0 R", file->next, root);
    if (info != 0)
        buf_printf(&file->out, " /Info %d 0 R", info);
    buf_printf(&file->out, " /Prev %lld >>\nstartxref\n%zu\n%%%%EOF\n", previous, start);
}

void put_ref(struct buf *out, int number)
{
    buf_printf(out, " %d 0 R", number);
}

void put_points(struct buf *out, long dims)
{
    long thousandths = (dims * 1000 + (dims < 0 ? -512 : 512)) / 1024;
    long whole = labs(thousandths) / 1000, part = labs(thousandths) % 1000;

    buf_printf(out, " %s%ld", thousandths < 0 ? "-" : "", whole);
    if (part != 0)
        buf_printf(out, ".%03ld", part);
}

void put_bytes(struct buf *out, const char *bytes, size_t count)
{
    buf_putc(out, '(');
    for (size_t i = 0; i < count; i++) {
        if (strchr("()\\", bytes[i]) != NULL && bytes[i] != '\0')
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

void put_text(struct buf *out, const char *text)
{
    const char *at = text, *end = text + strlen(text);

    while (at < end && *at >= ' ' && *at <= '~')
        at++;
    if (at == end) {
        put_bytes(out, text, (size_t)(end - text));
        return;
    }
    buf_puts(out, "<FEFF");
    for (at = text; at < end;) {
        uint32_t code = utf8_next(&at, end);

        if (code == UTF8_BAD)
            code = 0xFFFD;
        if (code >= 0x10000) {
            put_unit(out, 0xD800 + ((code - 0x10000) >> 10));
            code = 0xDC00 + ((code - 0x10000) & 0x3FF);
        }
        put_unit(out, code);
    }
    buf_putc(out, '>');
}
