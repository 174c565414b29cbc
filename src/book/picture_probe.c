/* Kind, size and orientation of a picture from its own bytes; whether it is cut
 * short. Nothing is decoded: a fault inside the data shows where it is drawn.
 * Formats: ITU T.81 and JFIF, Exif 2.3 (tag 0x0112), PNG, GIF89a, WebP
 * (VP8, VP8L, VP8X), SVG 1.1. */
#include "book/picture.h"
#include "base/utf8.h"

#include <string.h>

/* More pixels than any camera makes: a bomb. */
enum { MOST_PIXELS = 200 * 1000 * 1000, LONGEST_SIDE = 65535 };

struct bytes { const unsigned char *data; size_t count; };

static bool begins(struct bytes bytes, size_t at, const char *with, size_t length)
{
    return bytes.count >= at + length && memcmp(bytes.data + at, with, length) == 0;
}

static unsigned big16(const unsigned char *at)
{
    return (unsigned)at[0] << 8 | at[1];
}

static unsigned long big32(const unsigned char *at)
{
    return (unsigned long)big16(at) << 16 | big16(at + 2);
}

static unsigned little16(const unsigned char *at)
{
    return (unsigned)at[1] << 8 | at[0];
}

static unsigned long little24(const unsigned char *at)
{
    return (unsigned long)at[2] << 16 | little16(at);
}

static unsigned long little32(const unsigned char *at)
{
    return (unsigned long)little16(at + 2) << 16 | little16(at);
}

static const char *set_size(struct picture *picture, unsigned long width, unsigned long height)
{
    if (width == 0 || height == 0)
        return "has no size; it is broken";
    if (width > LONGEST_SIDE || height > LONGEST_SIDE || width * height > MOST_PIXELS)
        return "is larger than 200 megapixels; make it smaller";
    picture->width = (int)width;
    picture->height = (int)height;
    return NULL;
}

/* ---- JPEG -------------------------------------------------------------------- */

/* The orientation in a TIFF block of SIZE bytes; 1 when it says none. */
static int tiff_orientation(const unsigned char *tiff, size_t size)
{
    bool big = size >= 8 && memcmp(tiff, "MM\0*", 4) == 0;
    unsigned (*get16)(const unsigned char *) = big ? big16 : little16;
    unsigned long at;
    unsigned count;

    if (size < 8 || (!big && memcmp(tiff, "II*\0", 4) != 0))
        return 1;
    at = big ? big32(tiff + 4) : little32(tiff + 4);
    if (at > size - 2)
        return 1;
    count = get16(tiff + at);
    for (at += 2; count > 0 && at + 12 <= size; count--, at += 12)
        if (get16(tiff + at) == 0x0112) {
            unsigned value = get16(tiff + at + 8);

            return value >= 1 && value <= 8 ? (int)value : 1;
        }
    return 1;
}

static bool is_frame(unsigned char marker)
{
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

/* Does the coded data reach its end marker? Some cameras add bytes behind it. */
static bool has_end(struct bytes bytes, size_t from)
{
    for (size_t i = bytes.count; i >= from + 2; i--)
        if (bytes.data[i - 2] == 0xFF && bytes.data[i - 1] == 0xD9)
            return true;
    return false;
}

static const char *probe_jpeg(struct bytes bytes, struct picture *picture)
{
    const char *wrong = "is broken: it has no size";
    size_t at = 2;
    bool has_data = false;

    picture->orientation = 1;
    while (at + 4 <= bytes.count && bytes.data[at] == 0xFF) {
        unsigned char marker = bytes.data[at + 1];
        size_t length;

        if (marker == 0xFF) {
            at++;
            continue;
        }
        length = big16(bytes.data + at + 2);
        if (length < 2 || at + 2 + length > bytes.count)
            return "is cut short";
        if (marker == 0xE1 && length > 8 && begins(bytes, at + 4, "Exif\0", 6))
            picture->orientation = tiff_orientation(bytes.data + at + 10, length - 8);
        if (is_frame(marker) && length >= 8)
            wrong = set_size(picture, big16(bytes.data + at + 7), big16(bytes.data + at + 5));
        at += 2 + length;
        if (marker == 0xDA) {
            has_data = has_end(bytes, at);
            break;
        }
    }
    if (wrong == NULL && !has_data)
        return "is cut short";
    if (wrong == NULL && picture->orientation >= 5) {
        int width = picture->width;

        picture->width = picture->height;
        picture->height = width;
    }
    return wrong;
}

/* ---- PNG, GIF, WebP ------------------------------------------------------------ */

static const char *probe_png(struct bytes bytes, struct picture *picture)
{
    size_t at = 8;
    bool ended = false;

    if (!begins(bytes, 12, "IHDR", 4) || bytes.count < 33)
        return "is broken: its header is missing";
    while (!ended && at + 12 <= bytes.count) {
        unsigned long length = big32(bytes.data + at);

        if (length > bytes.count - at - 12)
            break;
        ended = begins(bytes, at + 4, "IEND", 4);
        at += 12 + length;
    }
    if (!ended)
        return "is cut short";
    return set_size(picture, big32(bytes.data + 16), big32(bytes.data + 20));
}

static const char *probe_gif(struct bytes bytes, struct picture *picture)
{
    if (bytes.count < 14)
        return "is cut short";
    return set_size(picture, little16(bytes.data + 6), little16(bytes.data + 8));
}

static const char *probe_webp(struct bytes bytes, struct picture *picture)
{
    const unsigned char *data = bytes.data + 20;

    if (bytes.count < 30 || little32(bytes.data + 4) > bytes.count - 8)
        return "is cut short";
    if (begins(bytes, 12, "VP8 ", 4))
        return set_size(picture, little16(data + 6) & 0x3FFF, little16(data + 8) & 0x3FFF);
    if (begins(bytes, 12, "VP8L", 4)) {
        unsigned long bits = little32(data + 1);

        return set_size(picture, (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1);
    }
    if (begins(bytes, 12, "VP8X", 4))
        return set_size(picture, little24(data + 4) + 1, little24(data + 7) + 1);
    return "is broken: not a kind of WebP that is known";
}

/* ---- SVG --------------------------------------------------------------------------- */

/* The root element, past prologue and comments; NULL when it is none of SVG. */
static const char *find_svg(const char *text)
{
    while ((text = strchr(text, '<')) != NULL) {
        if (strncmp(text, "<!--", 4) == 0) {
            text = strstr(text, "-->");
            if (text == NULL)
                return NULL;
        } else if (text[1] == '?' || text[1] == '!') {
            text++;
        } else {
            return strncmp(text, "<svg", 4) == 0 || strncmp(text, "<svg:svg", 8) == 0 ? text : NULL;
        }
    }
    return NULL;
}

/* The number at TEXT, which moves past it: digits and a point, as CSS writes. */
static double read_number(const char **text)
{
    double number = 0, unit = 1;

    while (strchr(" ,\t\n", **text) != NULL && **text != '\0')
        ++*text;
    if (**text == '-' || **text == '+')
        ++*text;
    while (**text >= '0' && **text <= '9')
        number = number * 10 + (*(*text)++ - '0');
    if (**text == '.')
        for (++*text; **text >= '0' && **text <= '9'; ++*text)
            number += (**text - '0') * (unit /= 10);
    return number;
}

/* The value of an attribute within the tag that begins at TAG; NULL without. */
static const char *find_attribute(const char *tag, const char *name)
{
    const char *end = strchr(tag, '>');
    size_t length = strlen(name);

    for (const char *at = tag; end != NULL && (at = strstr(at, name)) != NULL && at < end; at++)
        if (strchr(" \t\n", at[-1]) != NULL && at[length] == '='
            && (at[length + 1] == '"' || at[length + 1] == '\''))
            return at + length + 2;
    return NULL;
}

/* A side in pixels: without a unit or with px, else not taken. */
static double svg_side(const char *tag, const char *name)
{
    const char *value = find_attribute(tag, name);
    double side;

    if (value == NULL)
        return 0;
    side = read_number(&value);
    return *value == '"' || *value == '\'' || strncmp(value, "px", 2) == 0 ? side : 0;
}

static const char *probe_svg(const char *text, struct picture *picture)
{
    const char *tag = find_svg(text), *box = tag == NULL ? NULL : find_attribute(tag, "viewBox");
    double width = tag == NULL ? 0 : svg_side(tag, "width");
    double height = tag == NULL ? 0 : svg_side(tag, "height");

    if (tag == NULL)
        return "is no picture we know; use JPEG, PNG, GIF, WebP or SVG";
    if (strstr(text, "</svg") == NULL && strstr(text, "/>") == NULL)
        return "is cut short";
    if ((width < 1 || height < 1) && box != NULL) {
        read_number(&box);
        read_number(&box);
        width = read_number(&box);
        height = read_number(&box);
    }
    if (width < 1 || height < 1 || width > LONGEST_SIDE || height > LONGEST_SIDE)
        return "is an SVG without width and height or viewBox; add them";
    return set_size(picture, (unsigned long)(width + 0.5), (unsigned long)(height + 0.5));
}

/* ---- Which ---------------------------------------------------------------------------- */

static const char *known_elsewhere(struct bytes bytes)
{
    if (begins(bytes, 0, "II*\0", 4) || begins(bytes, 0, "MM\0*", 4))
        return "is a TIFF; save it as JPEG or PNG";
    if (begins(bytes, 4, "ftyp", 4))
        return "is a HEIC or AVIF; save it as JPEG or PNG";
    if (begins(bytes, 0, "BM", 2))
        return "is a BMP; save it as PNG";
    if (begins(bytes, 0, "%PDF", 4))
        return "is a PDF; save the picture in it as JPEG, PNG or SVG";
    return NULL;
}

const char *picture_probe(const char *data, size_t count, struct picture *picture)
{
    struct bytes bytes = { (const unsigned char *)data, count };

    picture->orientation = 1;
    if (count == 0)
        return "is empty";
    if (begins(bytes, 0, "\xFF\xD8\xFF", 3)) {
        picture->kind = PICTURE_JPEG;
        return probe_jpeg(bytes, picture);
    }
    if (begins(bytes, 0, "\x89PNG\r\n\x1A\n", 8)) {
        picture->kind = PICTURE_PNG;
        return probe_png(bytes, picture);
    }
    if (begins(bytes, 0, "GIF87a", 6) || begins(bytes, 0, "GIF89a", 6)) {
        picture->kind = PICTURE_GIF;
        return probe_gif(bytes, picture);
    }
    if (begins(bytes, 0, "RIFF", 4) && begins(bytes, 8, "WEBP", 4)) {
        picture->kind = PICTURE_WEBP;
        return probe_webp(bytes, picture);
    }
    if (known_elsewhere(bytes) != NULL)
        return known_elsewhere(bytes);
    if (memchr(data, '\0', count) != NULL || utf8_valid(data, count) < count)
        return "is no picture we know; use JPEG, PNG, GIF, WebP or SVG";
    picture->kind = PICTURE_SVG;
    return probe_svg(data, picture);
}
