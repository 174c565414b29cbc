/* Pictures by gdk-pixbuf, JPEG files by libjpeg where their bytes can stay or
 * are made again. What is transparent lies on white, as on paper. A file that
 * cannot be read, or is no longer what the reader saw, is an error. */
#include "pdf/raster.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/memory.h"
#include "book/picture_decode.h"

#include <stdio.h>      /* before jpeglib.h, which wants FILE */

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <jpeglib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { QUALITY = 90, MOST_DRAWN = 8000 };

/* Which pixels of the upright picture are shown, and in how many. */
struct cut { int x, y, width, height, across, down; };

static cairo_surface_t *refuse(const struct picture *picture, const char *why)
{
    diag(DIAG_ERROR, picture->at.path != NULL ? picture->at : (struct place){ picture->path, 0, 0 },
         "picture", "the picture %s cannot be used: %s", picture->path, why);
    return NULL;
}

static int least(int a, int b)
{
    return a < b ? a : b;
}

static int within(int value, int low, int high)
{
    return value < low ? low : value > high ? high : value;
}

/* The cut of an upright picture of WIDTH × HEIGHT, which may be drawn at
 * another size than the one its header gave (SVG). */
static struct cut cut_of(const struct item *item, int width, int height, double resolution)
{
    struct cut cut = { 0, 0, width, height, 0, 0 };
    double scale_x = (double)width / item->picture.picture->width / 1024.0;
    double scale_y = (double)height / item->picture.picture->height / 1024.0;

    if (item->picture.crop_width > 0 && item->picture.crop_height > 0) {
        cut.x = within((int)(item->picture.crop_x * scale_x + 0.5), 0, width - 1);
        cut.y = within((int)(item->picture.crop_y * scale_y + 0.5), 0, height - 1);
        cut.width = within((int)(item->picture.crop_width * scale_x + 0.5), 1, width - cut.x);
        cut.height = within((int)(item->picture.crop_height * scale_y + 0.5), 1, height - cut.y);
    }
    cut.across = (int)ceil(PT_OF_DIM(item->picture.width) * resolution / 72);
    cut.down = (int)ceil(PT_OF_DIM(item->picture.height) * resolution / 72);
    cut.across = within(least(cut.across, cut.width), 1, cut.width);
    cut.down = within(least(cut.down, cut.height), 1, cut.height);
    return cut;
}

/* ---- JPEG ------------------------------------------------------------------- */

static unsigned char *copy_of(const void *bytes, size_t count)
{
    return memcpy(memory_new(count, 1), bytes, count);
}

/* SURFACE carries the COUNT BYTES of a JPEG file into the PDF, and frees them. */
static bool set_jpeg(cairo_surface_t *surface, unsigned char *bytes, unsigned long count)
{
    if (cairo_surface_set_mime_data(surface, CAIRO_MIME_TYPE_JPEG, bytes, count, free, bytes)
        == CAIRO_STATUS_SUCCESS)
        return true;
    free(bytes);
    return false;
}

/* How many components a JPEG file has that a PDF can hold as it is, from its
 * frame header: one of 8 bits, Huffman-coded, not lossless (ISO 32000-1, 7.4.8).
 * 0 for any other, or when there is no frame before the scan. */
static int jpeg_components(const unsigned char *bytes, size_t count)
{
    size_t at = 2;

    while (at + 10 <= count && bytes[at] == 0xFF) {
        int marker = bytes[at + 1];

        if (marker >= 0xC0 && marker <= 0xC2)
            return bytes[at + 4] == 8 ? bytes[at + 9] : 0;
        if (marker == 0xDA)
            return 0;
        at += marker == 0xFF ? 1 : 2 + (size_t)(bytes[at + 2] << 8 | bytes[at + 3]);
    }
    return 0;
}

static void write_jpeg_rows(struct jpeg_compress_struct *jpeg, cairo_surface_t *surface,
                            unsigned char *row)
{
    const unsigned char *data = cairo_image_surface_get_data(surface);
    int stride = cairo_image_surface_get_stride(surface);

    for (unsigned y = 0; y < jpeg->image_height; y++) {
        const uint32_t *from = (const uint32_t *)(const void *)(data + (ptrdiff_t)stride * (int)y);

        for (unsigned x = 0; x < jpeg->image_width; x++) {
            uint32_t pixel = from[x];
            unsigned char *to = row + (size_t)x * (size_t)jpeg->input_components;

            to[0] = (unsigned char)(pixel >> 16);
            if (jpeg->input_components == 3) {
                to[1] = (unsigned char)(pixel >> 8);
                to[2] = (unsigned char)pixel;
            }
        }
        jpeg_write_scanlines(jpeg, &row, 1);
    }
}

/* SURFACE as a JPEG file that its surface carries into the PDF. */
static void attach_jpeg(cairo_surface_t *surface, bool grey)
{
    struct jpeg_compress_struct jpeg;
    struct jpeg_error_mgr errors;
    unsigned char *bytes = NULL, *row;
    unsigned long count = 0;

    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_compress(&jpeg);
    jpeg_mem_dest(&jpeg, &bytes, &count);
    jpeg.image_width = (unsigned)cairo_image_surface_get_width(surface);
    jpeg.image_height = (unsigned)cairo_image_surface_get_height(surface);
    jpeg.input_components = grey ? 1 : 3;
    jpeg.in_color_space = grey ? JCS_GRAYSCALE : JCS_RGB;
    jpeg_set_defaults(&jpeg);
    jpeg_set_quality(&jpeg, QUALITY, TRUE);
    jpeg.optimize_coding = TRUE;
    jpeg_start_compress(&jpeg, TRUE);
    row = g_malloc((size_t)jpeg.image_width * 3);
    write_jpeg_rows(&jpeg, surface, row);
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    g_free(row);
    set_jpeg(surface, bytes, count);
}

/* The file's own BYTES in a surface whose pixels are never looked at; NULL when
 * the picture has to be made anew. */
static cairo_surface_t *embed(const struct item *item, const struct raster_options *options,
                              const char *bytes, size_t count)
{
    const struct picture *picture = item->picture.picture;
    struct cut cut = cut_of(item, picture->width, picture->height, options->resolution * 1.5);
    cairo_surface_t *surface;
    int components;

    if (!options->embed || picture->kind != PICTURE_JPEG || picture->orientation > 1
        || cut.across < cut.width || cut.down < cut.height
        || cut.width < picture->width * 2 / 3 || cut.height < picture->height * 2 / 3)
        return NULL;
    components = jpeg_components((const unsigned char *)bytes, count);
    if (components != 1 && (components != 3 || options->grey))
        return NULL;
    surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, picture->width, picture->height);
    if (set_jpeg(surface, copy_of(bytes, count), count))
        return surface;
    cairo_surface_destroy(surface);
    return NULL;
}

/* ---- Everything else ------------------------------------------------------------ */

/* A JPEG can be decoded at a half, a quarter or an eighth of its size. 1 where all
 * of it is wanted. */
static int reduction(const struct item *item, const struct raster_options *options)
{
    const struct picture *picture = item->picture.picture;
    struct cut cut = cut_of(item, picture->width, picture->height, options->resolution);
    int by = picture->kind == PICTURE_JPEG ? 8 : 1;

    while (by > 1 && (cut.width / by < cut.across || cut.height / by < cut.down))
        by /= 2;
    return by;
}

/* The size of SVG's pixels is ours to choose. */
static double enlargement(const struct item *item, const struct raster_options *options)
{
    const struct picture *picture = item->picture.picture;
    double share = item->picture.crop_width > 0
        ? picture->width * 1024.0 / item->picture.crop_width : 1;
    double across = PT_OF_DIM(item->picture.width) * options->resolution / 72 * share;

    return fmin(across, MOST_DRAWN) / picture->width;
}

static GdkPixbuf *decode(const struct item *item, const struct raster_options *options,
                         const char *bytes, size_t count, char **why)
{
    const struct picture *picture = item->picture.picture;
    int by = reduction(item, options);
    double scale = enlargement(item, options);

    if (picture->kind == PICTURE_SVG)
        return picture_decode(picture, bytes, count,
                              within((int)ceil(picture->width * scale), 1, MOST_DRAWN),
                              within((int)ceil(picture->height * scale), 1, MOST_DRAWN), why);
    return picture_decode(picture, bytes, count, (picture->width + by - 1) / by,
                          (picture->height + by - 1) / by, why);
}

/* Cut and brought down in size. */
static GdkPixbuf *trim(GdkPixbuf *all, const struct cut *cut)
{
    GdkPixbuf *part = gdk_pixbuf_new_subpixbuf(all, cut->x, cut->y, cut->width, cut->height);
    GdkPixbuf *small;

    if (cut->across == cut->width && cut->down == cut->height)
        return part;
    small = gdk_pixbuf_scale_simple(part, cut->across, cut->down, GDK_INTERP_BILINEAR);
    g_object_unref(part);
    return small;
}

/* One pixel of R, G, B (and A) on white. */
static uint32_t pixel_of(const guchar *from, bool alpha, bool grey)
{
    unsigned a = alpha ? from[3] : 255;
    unsigned r = (from[0] * a + 255 * (255 - a) + 127) / 255;
    unsigned g = (from[1] * a + 255 * (255 - a) + 127) / 255;
    unsigned b = (from[2] * a + 255 * (255 - a) + 127) / 255;

    if (grey)
        r = g = b = (299 * r + 587 * g + 114 * b + 500) / 1000;
    return (uint32_t)(r << 16 | g << 8 | b);
}

static cairo_surface_t *paint(const GdkPixbuf *pixbuf, bool grey)
{
    int width = gdk_pixbuf_get_width(pixbuf), height = gdk_pixbuf_get_height(pixbuf);
    int channels = gdk_pixbuf_get_n_channels(pixbuf), from = gdk_pixbuf_get_rowstride(pixbuf);
    bool alpha = gdk_pixbuf_get_has_alpha(pixbuf);
    const guchar *pixels = gdk_pixbuf_read_pixels(pixbuf);
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
    unsigned char *data = cairo_image_surface_get_data(surface);
    int to = cairo_image_surface_get_stride(surface);

    if (data == NULL)
        return surface;
    cairo_surface_flush(surface);
    for (int y = 0; y < height; y++) {
        const guchar *in = pixels + (ptrdiff_t)from * y;
        uint32_t *out = (uint32_t *)(void *)(data + (ptrdiff_t)to * y);

        for (int x = 0; x < width; x++)
            out[x] = pixel_of(in + (ptrdiff_t)channels * x, alpha, grey);
    }
    cairo_surface_mark_dirty(surface);
    return surface;
}

/* The picture of ITEM as its file's BYTES give it; NULL after an error. */
static cairo_surface_t *make(const struct item *item, const struct raster_options *options,
                             const char *bytes, size_t count)
{
    const struct picture *picture = item->picture.picture;
    bool jpeg = options->embed && (picture->kind == PICTURE_JPEG || picture->kind == PICTURE_WEBP);
    GdkPixbuf *all, *shown;
    cairo_surface_t *surface;
    char *why = NULL;
    struct cut cut;

    all = decode(item, options, bytes, count, &why);
    if (all == NULL) {
        refuse(picture, why);
        free(why);
        return NULL;
    }
    cut = cut_of(item, gdk_pixbuf_get_width(all), gdk_pixbuf_get_height(all), options->resolution);
    shown = trim(all, &cut);
    g_object_unref(all);
    if (shown == NULL)
        return refuse(picture, "there is no memory for it");
    surface = paint(shown, options->grey);
    g_object_unref(shown);
    if (jpeg)
        attach_jpeg(surface, options->grey);
    return surface;
}

/* ---- What an earlier build made --------------------------------------------- */

/* Everything that decides on the pixels but the file. */
static struct cache_key key_of(const struct item *item, const struct raster_options *options,
                               const char *bytes, size_t count)
{
    char how[256];

    snprintf(how, sizeof how, "plate %d %d×%d at %d %d %d×%d in %d×%d at %g%s%s %s",
             (int)item->picture.picture->kind, item->picture.picture->width,
             item->picture.picture->height, (int)item->picture.crop_x, (int)item->picture.crop_y,
             (int)item->picture.crop_width, (int)item->picture.crop_height,
             (int)item->picture.width, (int)item->picture.height, options->resolution,
             options->grey ? " grey" : "", options->embed ? " embedded" : "", gdk_pixbuf_version);
    return cache_key(options->cache, how, bytes, count);
}

/* An entry is width and height, then a JPEG file or rows of pixels. */
struct plate_head { uint32_t width, height, jpeg; };

static void keep(const struct raster_options *options, const struct cache_key *key,
                 cairo_surface_t *surface)
{
    const unsigned char *bytes = NULL;
    unsigned long count = 0;
    struct plate_head head = { .width = (uint32_t)cairo_image_surface_get_width(surface),
                               .height = (uint32_t)cairo_image_surface_get_height(surface) };
    struct buf entry = {0};

    cairo_surface_get_mime_data(surface, CAIRO_MIME_TYPE_JPEG, &bytes, &count);
    head.jpeg = bytes != NULL;
    if (bytes == NULL) {
        bytes = cairo_image_surface_get_data(surface);
        count = (size_t)cairo_image_surface_get_stride(surface) * head.height;
    }
    buf_append(&entry, &head, sizeof head);
    buf_append(&entry, bytes, count);
    cache_keep(options->cache, key, entry.data, entry.len);
    buf_free(&entry);
}

static bool set_pixels(cairo_surface_t *surface, const void *bytes, size_t count)
{
    size_t size = (size_t)cairo_image_surface_get_stride(surface)
        * (size_t)cairo_image_surface_get_height(surface);

    if (count != size)
        return false;
    cairo_surface_flush(surface);
    memcpy(cairo_image_surface_get_data(surface), bytes, count);
    cairo_surface_mark_dirty(surface);
    return true;
}

/* NULL when the entry is not there, or not what keep() writes. */
static cairo_surface_t *recall(const struct raster_options *options, const struct cache_key *key)
{
    struct buf entry = {0};
    struct plate_head head = {0};
    cairo_surface_t *surface = NULL;
    size_t count = 0;
    bool whole = cache_find(options->cache, key, &entry) && entry.len > sizeof head;

    if (whole) {
        memcpy(&head, entry.data, sizeof head);
        count = entry.len - sizeof head;
        surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)head.width, (int)head.height);
        whole = cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS
            && (head.jpeg ? set_jpeg(surface, copy_of(entry.data + sizeof head, count), count)
                : set_pixels(surface, entry.data + sizeof head, count));
    }
    buf_free(&entry);
    if (whole)
        return surface;
    cairo_surface_destroy(surface);
    return NULL;
}

/* ---- One picture ------------------------------------------------------------------ */

static cairo_surface_t *recall_or_make(const struct item *item,
                                       const struct raster_options *options, const char *bytes,
                                       size_t count)
{
    struct cache_key key = key_of(item, options, bytes, count);
    cairo_surface_t *surface = recall(options, &key);

    if (surface == NULL) {
        surface = make(item, options, bytes, count);
        if (surface != NULL)
            keep(options, &key, surface);
    }
    return surface;
}

cairo_surface_t *raster_new(const struct item *item, const struct raster_options *options,
                            bool *whole)
{
    struct arena *arena = arena_new();
    cairo_surface_t *surface = NULL;
    size_t count;
    char *bytes = file_read(arena, item->picture.picture->path, 0, &count);

    *whole = false;
    if (bytes != NULL) {
        surface = embed(item, options, bytes, count);
        *whole = surface != NULL;
        if (surface == NULL)
            surface = recall_or_make(item, options, bytes, count);
    }
    arena_free(arena);
    return surface;
}
