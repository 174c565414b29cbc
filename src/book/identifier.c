/* Identifiers derived from the work's UUID and the ledger. */
#include "book/identifier.h"

#include "base/buf.h"

#include <glib.h>

#include <string.h>

/* The sixteen bytes of a urn:uuid; false when it is not one. */
static bool uuid_bytes(const char *urn, guint8 out[16])
{
    static const char prefix[] = "urn:uuid:";
    size_t count = 0;

    if (urn == NULL || strncmp(urn, prefix, sizeof prefix - 1) != 0)
        return false;
    for (const char *at = urn + sizeof prefix - 1; *at != '\0'; at++) {
        if (*at == '-')
            continue;
        if (count == 32 || !g_ascii_isxdigit(*at))
            return false;
        if (count % 2 == 0)
            out[count / 2] = (guint8)(g_ascii_xdigit_value(*at) << 4);
        else
            out[count / 2] |= (guint8)g_ascii_xdigit_value(*at);
        count++;
    }
    return count == 32;
}

const char *identifier_uuid(struct arena *arena, const char *space, const char *name)
{
    GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA1);
    guint8 b[20], bytes[16];
    gsize length = sizeof b;

    if (uuid_bytes(space, bytes))
        g_checksum_update(sum, bytes, sizeof bytes);
    else
        g_checksum_update(sum, (const guchar *)space, (gssize)strlen(space));
    g_checksum_update(sum, (const guchar *)name, (gssize)strlen(name));
    g_checksum_get_digest(sum, b, &length);
    g_checksum_free(sum);
    b[6] = (guint8)((b[6] & 0x0F) | 0x50);
    b[8] = (guint8)((b[8] & 0x3F) | 0x80);
    return arena_printf(arena, "urn:uuid:%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-"
                        "%02x%02x%02x%02x%02x%02x", b[0], b[1], b[2], b[3], b[4], b[5], b[6],
                        b[7], b[8], b[9], b[10], b[11], b[12], b[13], b[14], b[15]);
}

const char *identifier_isbn(struct arena *arena, const char *written)
{
    struct buf out = {0};
    const char *text;

    if (written == NULL)
        return NULL;
    for (; *written != '\0'; written++)
        if (g_ascii_isdigit(*written))
            buf_putc(&out, *written);
    text = arena_strdup(arena, buf_text(&out));
    buf_free(&out);
    return text;
}

/* A book without a work has at least a name. */
static const char *of_edition(struct arena *arena, const struct book *book, const char *form)
{
    return identifier_uuid(arena, book->work != NULL ? book->work : book->slug,
                           arena_printf(arena, "%s edition %d", form,
                                        book->edition == NULL ? 0 : book->edition->number));
}

const char *identifier_of_epub(struct arena *arena, const struct book *book)
{
    return of_edition(arena, book, "epub");
}

const char *identifier_of_print(struct arena *arena, const struct book *book)
{
    return book->edition != NULL && book->edition->isbn_print != NULL
        ? arena_printf(arena, "urn:isbn:%s", identifier_isbn(arena, book->edition->isbn_print))
        : of_edition(arena, book, "print");
}
