/* Decoding and encoding is gdk-pixbuf's. A JPEG or PNG that is upright and small
 * enough is only walked through to its end, to see that it is whole, and its own
 * bytes go on, so that it loses nothing. */
#include "epub/image.h"

#include "base/file.h"
#include "base/memory.h"
#include "book/picture.h"
#include "book/picture_decode.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

/* Pixels of the long side, and of the whole before it is scaled. */
enum { LONGEST = 1600, MOST_PIXELS = 100000000 };

/* Bytes from which a cover is better off as JPEG: it holds a photograph. */
enum { LARGE_COVER = 400000 };

static const char quality[] = "85";

static const struct { const char *media_type, *extension; } types[] = {
    [IMAGE_JPEG] = { "image/jpeg", "jpg" },
    [IMAGE_PNG] = { "image/png", "png" },
    [IMAGE_SVG] = { "image/svg+xml", "svg" },
};

const char *image_media_type(enum image_type type)
{
    return types[type].media_type;
}

const char *image_extension(enum image_type type)
{
    return types[type].extension;
}

/* ---- encoding ---------------------------------------------------------- */

static bool encode(GdkPixbuf *pixbuf, enum image_type type, struct buf *out)
{
    gchar *bytes;
    gsize count;
    bool done = type == IMAGE_JPEG
        ? gdk_pixbuf_save_to_buffer(pixbuf, &bytes, &count, "jpeg", NULL, "quality", quality, NULL)
        : gdk_pixbuf_save_to_buffer(pixbuf, &bytes, &count, "png", NULL, "compression", "9", NULL);

    if (!done)
        return false;
    buf_append(out, bytes, count);
    g_free(bytes);
    return true;
}

/* ---- stripping --------------------------------------------------------- */

/* Segments that matter to the eye: not Exif, XMP, IPTC, comments. Of APP2 only
 * colour profiles. */
static bool jpeg_segment_stays(unsigned char marker, const unsigned char *content, size_t count)
{
    if (marker == 0xE2)
        return count > 12 && memcmp(content, "ICC_PROFILE", 12) == 0;
    return !(marker == 0xFE || marker == 0xE1
             || (marker > 0xE2 && marker <= 0xEF && marker != 0xEE));
}

/* Frames that reading systems show right: of one or three components, since four
 * are CMYK. */
static bool frame_is_shown(unsigned char marker, const unsigned char *content, size_t count)
{
    bool frame = (marker & 0xF0) == 0xC0 && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;

    return !frame || (count >= 6 && content[5] <= 3);
}

/* The mark that ends the coded data which starts at AT; NULL when none does. A
 * byte FF of the data itself is followed by 00, restart marks are part of it. */
static const unsigned char *scan_end(const unsigned char *at, const unsigned char *end)
{
    while ((at = memchr(at, 0xFF, (size_t)(end - at))) != NULL && end - at >= 2) {
        if (at[1] != 0 && at[1] != 0xFF && (at[1] < 0xD0 || at[1] > 0xD7))
            return at;
        at += at[1] == 0xFF ? 1 : 2;
    }
    return NULL;
}

bool image_strip_jpeg(const unsigned char *bytes, size_t count, struct buf *out)
{
    const unsigned char *at = bytes, *end = bytes + count;
    bool coded = false;

    if (count < 4 || at[0] != 0xFF || at[1] != 0xD8)
        return false;
    buf_append(out, at, 2);
    for (at += 2; at != NULL && end - at >= 4 && at[0] == 0xFF && at[1] != 0xD9; ) {
        size_t length = (size_t)at[2] << 8 | at[3];
        const unsigned char *start = at;

        if (length < 2 || (size_t)(end - at) < length + 2
            || !frame_is_shown(at[1], at + 4, length - 2))
            return false;
        at += length + 2;
        if (start[1] == 0xDA) {         /* a scan goes on behind its header */
            at = scan_end(at, end);
            coded = true;
        }
        if (at != NULL && jpeg_segment_stays(start[1], start + 4, length - 2))
            buf_append(out, start, (size_t)(at - start));
    }
    if (at == NULL || !coded || end - at < 2 || at[0] != 0xFF || at[1] != 0xD9)
        return false;
    buf_append(out, at, 2);
    return true;
}

static uint32_t number_at(const unsigned char *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

bool image_strip_png(const unsigned char *bytes, size_t count, struct buf *out)
{
    static const char stay[] = "IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT ";
    const unsigned char *at = bytes + 8, *end = bytes + count;

    if (count < 8 || memcmp(bytes, "\x89PNG\r\n\x1A\n", 8) != 0)
        return false;
    buf_append(out, bytes, 8);
    while (end - at >= 12) {
        size_t length = number_at(at);
        char name[6] = { (char)at[4], (char)at[5], (char)at[6], (char)at[7], ' ', '\0' };

        if (length > (size_t)(end - at) - 12
            || crc32(0, at + 4, (uInt)length + 4) != number_at(at + 8 + length))
            return false;
        if (strstr(stay, name) != NULL)
            buf_append(out, at, length + 12);
        if (strcmp(name, "IEND ") == 0)
            return true;
        at += length + 12;
    }
    return false;
}

/* ---- converting -------------------------------------------------------- */

/* The file's own bytes, where they can stay. */
static bool keep(const struct picture *picture, const char *bytes, size_t count, struct buf *out,
                 enum image_type *type)
{
    const unsigned char *raw = (const unsigned char *)bytes;
    size_t before = out->len;
    bool kept;

    if (picture->orientation > 1 || picture->width > LONGEST || picture->height > LONGEST
        || (picture->kind != PICTURE_JPEG && picture->kind != PICTURE_PNG))
        return false;
    *type = picture->kind == PICTURE_JPEG ? IMAGE_JPEG : IMAGE_PNG;
    kept = *type == IMAGE_JPEG ? image_strip_jpeg(raw, count, out)
        : image_strip_png(raw, count, out);
    if (!kept)
        buf_cut(out, before);
    return kept;
}

/* Photographs become JPEG; drawings and what shines through, PNG. */
static enum image_type type_for(const struct picture *picture, const GdkPixbuf *pixbuf)
{
    return picture->kind == PICTURE_PNG || picture->kind == PICTURE_GIF
        || gdk_pixbuf_get_has_alpha(pixbuf) ? IMAGE_PNG : IMAGE_JPEG;
}

/* Does the file end with the mark of the end of the image, but for some filling? */
static bool ends_as_jpeg(const unsigned char *start, const unsigned char *end)
{
    while (end - start >= 2 && !(end[-2] == 0xFF && end[-1] == 0xD9))
        end--;
    return end - start > 2;
}

/* The pixels of a picture brought down so that its long side is LONGEST at most. */
static GdkPixbuf *decode(const struct picture *picture, const char *bytes, size_t count,
                         char **why)
{
    int longest = picture->width > picture->height ? picture->width : picture->height;
    double scale = longest > LONGEST ? (double)LONGEST / longest : 1;
    int width = (int)(picture->width * scale + 0.5), height = (int)(picture->height * scale + 0.5);

    if ((double)picture->width * picture->height > MOST_PIXELS) {
        *why = memory_strdup("it has too many pixels");
        return NULL;
    }
    return picture_decode(picture, bytes, count, width < 1 ? 1 : width, height < 1 ? 1 : height,
                          why);
}

/* NULL, or why it cannot be made; free that. */
static char *make(const struct picture *picture, const char *bytes, size_t count, struct buf *out,
                  enum image_type *type)
{
    const unsigned char *raw = (const unsigned char *)bytes;
    char *why = NULL;
    GdkPixbuf *pixbuf;

    if (picture->kind == PICTURE_JPEG && !ends_as_jpeg(raw, raw + count))
        return memory_strdup("it is cut short");
    pixbuf = decode(picture, bytes, count, &why);
    if (pixbuf == NULL)
        return why;
    *type = type_for(picture, pixbuf);
    if (!encode(pixbuf, *type, out))
        why = memory_strdup("it cannot be encoded anew");
    g_object_unref(pixbuf);
    return why;
}

/* An entry of the cache is the picture's file, then its type. */
static bool recall(struct cache *cache, const struct cache_key *key, struct buf *out,
                   enum image_type *type)
{
    size_t before = out->len;

    if (!cache_find(cache, key, out) || out->len == before)
        return false;
    *type = out->data[out->len - 1] == IMAGE_PNG ? IMAGE_PNG : IMAGE_JPEG;
    buf_cut(out, out->len - 1);
    return true;
}

static void store(struct cache *cache, const struct cache_key *key, struct buf *out,
                  enum image_type type)
{
    buf_putc(out, (char)type);
    cache_keep(cache, key, out->data, out->len);
    buf_cut(out, out->len - 1);
}

/* Everything that decides on the picture but the file. */
static struct cache_key key_of(struct cache *cache, const struct picture *picture,
                               const char *bytes, size_t count)
{
    char how[128];

    snprintf(how, sizeof how, "screen %d %d×%d in %d at %s %s", (int)picture->kind,
             picture->width, picture->height, LONGEST, quality, gdk_pixbuf_version);
    return cache_key(cache, how, bytes, count);
}

static char *convert_bitmap(const struct picture *picture, const char *bytes, size_t count,
                            struct cache *cache, struct buf *out, enum image_type *type)
{
    struct cache_key key;
    char *why;

    if (keep(picture, bytes, count, out, type))
        return NULL;
    key = key_of(cache, picture, bytes, count);
    if (recall(cache, &key, out, type))
        return NULL;
    why = make(picture, bytes, count, out, type);
    if (why == NULL)
        store(cache, &key, out, *type);
    return why;
}

bool image_convert(const struct picture *picture, enum severity severity, struct cache *cache,
                   struct buf *out, enum image_type *type)
{
    struct arena *arena = arena_new();
    size_t count;
    char *bytes = file_read(arena, picture->path, 0, &count), *why = NULL;
    bool read = bytes != NULL;

    if (read && picture->kind == PICTURE_SVG) {
        const char *refused = image_clean_svg(bytes, count, out);

        *type = IMAGE_SVG;
        why = memory_strdup(refused);
    } else if (read) {
        why = convert_bitmap(picture, bytes, count, cache, out, type);
    }
    if (why != NULL)
        diag(severity, picture->at, "picture-broken", "the picture %s cannot be used: %s",
             picture->path, why);
    read = read && why == NULL;
    free(why);
    arena_free(arena);
    return read;
}

bool image_convert_cover(const struct buf *drawn, struct buf *out, enum image_type *type)
{
    const unsigned char *raw = (const unsigned char *)drawn->data;
    struct picture picture = {0};
    GdkPixbuf *pixbuf;
    char *why = NULL;
    bool done;

    *type = drawn->len > 2 && raw[0] == 0xFF ? IMAGE_JPEG : IMAGE_PNG;
    if (*type == IMAGE_JPEG)
        return image_strip_jpeg(raw, drawn->len, out);
    if (drawn->len <= LARGE_COVER)
        return image_strip_png(raw, drawn->len, out);
    *type = IMAGE_JPEG;
    if (picture_probe(drawn->data, drawn->len, &picture) != NULL)
        return false;
    pixbuf = picture_decode(&picture, raw, drawn->len, picture.width, picture.height, &why);
    done = pixbuf != NULL && encode(pixbuf, IMAGE_JPEG, out);
    if (pixbuf != NULL)
        g_object_unref(pixbuf);
    free(why);
    return done;
}
