/* A byte buffer that doubles when it is full. */
#include "base/buf.h"
#include "base/memory.h"
#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void reserve(struct buf *buf, size_t more)
{
    size_t need = buf->len + more + 1;

    if (need <= more)           /* no memory is that large */
        memory_exhausted();
    if (need <= buf->cap)
        return;
    if (buf->cap < SIZE_MAX / 2 && need < buf->cap * 2)
        need = buf->cap * 2;
    if (need < 64)
        need = 64;
    buf->data = memory_resize(buf->data, need);
    buf->cap = need;
}

void buf_append(struct buf *buf, const void *bytes, size_t count)
{
    reserve(buf, count);
    if (count > 0)
        memcpy(buf->data + buf->len, bytes, count);
    buf->len += count;
    buf->data[buf->len] = '\0';
}

void buf_puts(struct buf *buf, const char *text)
{
    buf_append(buf, text, strlen(text));
}

void buf_putc(struct buf *buf, char c)
{
    buf_append(buf, &c, 1);
}

void buf_put_code(struct buf *buf, uint32_t code)
{
    char bytes[4];

    buf_append(buf, bytes, utf8_put(bytes, code));
}

void buf_printf(struct buf *buf, const char *format, ...)
{
    va_list args;
    size_t room;
    int length;

    reserve(buf, 64);           /* enough for most, which are then printed once */
    room = buf->cap - buf->len;
    va_start(args, format);
    length = vsnprintf(buf->data + buf->len, room, format, args);
    va_end(args);
    if (length >= 0 && (size_t)length >= room) {
        reserve(buf, (size_t)length);
        va_start(args, format);
        vsnprintf(buf->data + buf->len, (size_t)length + 1, format, args);
        va_end(args);
    }
    buf->len += length > 0 ? (size_t)length : 0;
    buf->data[buf->len] = '\0';
}

const char *buf_text(const struct buf *buf)
{
    return buf->data == NULL ? "" : buf->data;
}

void buf_cut(struct buf *buf, size_t len)
{
    if (len >= buf->len)
        return;
    buf->len = len;
    buf->data[len] = '\0';
}

void buf_free(struct buf *buf)
{
    free(buf->data);
    *buf = (struct buf){0};
}

void *vec_grow(void *item, size_t *cap, size_t count, size_t size)
{
    if (count == *cap) {
        *cap = *cap == 0 ? 8 : *cap * 2;
        if (*cap > SIZE_MAX / size)
            *cap = SIZE_MAX / size;
        item = memory_resize(item, *cap * size);
    }
    memset((char *)item + count * size, 0, size);
    return item;
}
