/* A buffer of bytes that grows. All zeros is an empty buffer. Out of memory
 * ends the program, so nobody checks an append. The content is always followed
 * by a NUL that does not count. */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stddef.h>
#include <stdint.h>

struct buf {
    char *data;   /* NULL while nothing was ever appended */
    size_t len;   /* bytes in use */
    size_t cap;
};

void buf_append(struct buf *buf, const void *bytes, size_t count);
void buf_puts(struct buf *buf, const char *text);
void buf_putc(struct buf *buf, char c);
/* One code point as UTF-8. */
void buf_put_code(struct buf *buf, uint32_t code);
void buf_printf(struct buf *buf, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The content as a C string: "" for an empty buffer. Borrowed until the next
 * append. */
const char *buf_text(const struct buf *buf);

/* Shortens to LEN bytes; a LEN beyond the end does nothing. */
void buf_cut(struct buf *buf, size_t len);
void buf_free(struct buf *buf);

/* A growing array of any type, for the places that collect before they know
 * how many: struct { TYPE *item; size_t count, cap; }. Pushing returns a
 * pointer to the new, zeroed item, good until the next push. Free with
 * free(vec.item). */
void *vec_grow(void *item, size_t *cap, size_t count, size_t size);
#define VEC(type) struct { type *item; size_t count, cap; }
#define VEC_PUSH(vec) \
    ((vec)->item = vec_grow((vec)->item, &(vec)->cap, (vec)->count, sizeof *(vec)->item), \
     &(vec)->item[(vec)->count++])

#endif
