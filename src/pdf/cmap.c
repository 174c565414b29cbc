/* A CMap as Adobe's Technical Note 5411 wants it: lists of a hundred. A code
 * that stands for no text says that it is unknown, since it must say something. */
#include "pdf/cmap.h"
#include "pdf/object.h"

#include <glib.h>
#include <string.h>

enum { LIST = 100 };

static void put_hex(struct buf *out, unsigned value, int digits)
{
    for (int i = digits - 1; i >= 0; i--)
        buf_putc(out, "0123456789abcdef"[value >> 4 * i & 15]);
}

/* Composed, as most readers of the file expect it. */
static void put_text_of(const struct cmap_entry *entry, struct buf *out)
{
    char *text = g_utf8_normalize(entry->text, entry->bytes, G_NORMALIZE_NFC);
    const char *told = text != NULL && *text != '\0' ? text : "\xEF\xBF\xBD";

    put_utf16(out, told, strlen(told));
    g_free(text);
}

static void put_list(const struct cmap_entry *entries, size_t count, int digits, struct buf *out)
{
    put_number(out, (long)count);
    buf_puts(out, " beginbfchar\n");
    for (size_t i = 0; i < count; i++) {
        buf_putc(out, '<');
        put_hex(out, entries[i].code, digits);
        buf_puts(out, "> <");
        put_text_of(&entries[i], out);
        buf_puts(out, ">\n");
    }
    buf_puts(out, "endbfchar\n");
}

void cmap_put(const struct cmap_entry *entries, size_t count, int code_bytes, struct buf *out)
{
    buf_puts(out, "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
             "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
             "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n");
    buf_puts(out, code_bytes == 1 ? "<00> <ff>" : "<0000> <ffff>");
    buf_puts(out, "\nendcodespacerange\n");
    for (size_t i = 0; i < count; i += LIST)
        put_list(entries + i, count - i < LIST ? count - i : LIST, 2 * code_bytes, out);
    buf_puts(out, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
}
