/* Pictures by gdk-pixbuf, JPEG files by libjpeg where their bytes can stay or
 * are made again. What is transparent lies on white, as on paper. A file that
 * cannot be read, or is no longer what the reader saw, is an error. */
#include "pdf/raster.h"
#include "base/diag.h"

#include <stdio.h>      /* before jpeglib.h, which wants FILE */

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <jpeglib.h>
#include <math.h>
#include <stdlib.h>

enum { QUALITY = 90 };

/* Which pixels of the upright picture are shown, and in how many. */
struct cut { int x, y, width, height, across, down; };

static cairo_surface_t *refuse(const struct picture *picture, const char *why)
{
    diag(DIAG_ERROR, picture->at.path != NULL ? picture->at : (struct place){ picture->path, 0, 0 },
         "picture", "%s: %s", picture->path, why);
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
    if (cairo_surface_set_mime_data(surface, CAIRO_MIME_TYPE_JPEG, bytes, count, free, bytes)
        != CAIRO_STATUS_SUCCESS)
        free(bytes);
}

/* The file's own bytes in a surface whose pixels are never looked at; NULL when
 * the picture has to be made anew. */
static cairo_surface_t *embed_file(const struct item *item, const struct raster_options *options)
{
    const struct picture *picture = item->picture.picture;
    struct cut cut = cut_of(item, picture->width, picture->height, options->resolution * 1.5);
    cairo_surface_t *surface = NULL;
    gchar *bytes;
    gsize count;
    int components;

    if (!options->embed || picture->kind != PICTURE_JPEG || picture->orientation > 1
        || cut.across < cut.width || cut.down < cut.height
        || cut.width < picture->width * 2 / 3 || cut.height < picture->height * 2 / 3
        || !g_file_get_contents(picture->path, &bytes, &count, NULL))
        return NULL;
    components = jpeg_components((unsigned char *)bytes, count);
    if (components == 1 || (components == 3 && !options->grey))
        surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, picture->width, picture->height);
    if (surface == NULL
        || cairo_surface_set_mime_data(surface, CAIRO_MIME_TYPE_JPEG, (unsigned char *)bytes, count,
                                       g_free, bytes) != CAIRO_STATUS_SUCCESS)
        g_free(bytes);
    return surface;
}

/* ---- Everything else ------------------------------------------------------------ */

/* A JPEG can be decoded at a half, a quarter or an eighth of its size: libjpeg
 * leaves out what would only be averaged away. 1 where all of it is wanted. */
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
static int pixels_across(const struct item *item, const struct raster_options *options)
{
    const struct picture *picture = item->picture.picture;
    double share = item->picture.crop_width > 0
        ? picture->width * 1024.0 / item->picture.crop_width : 1;

    return within((int)ceil(PT_OF_DIM(item->picture.width) * options->resolution / 72 * share),
                  1, 8000);
}

/* Is the file's picture still as large as its reader saw it, upright or not? */
static bool has_changed(const struct picture *picture)
{
    bool turned = picture->orientation > 4;
    int width, height;

    return gdk_pixbuf_get_file_info(picture->path, &width, &height) != NULL
        && (width != (turned ? picture->height : picture->width)
            || height != (turned ? picture->width : picture->height));
}

static GdkPixbuf *decode(const struct item *item, const struct raster_options *options,
                         GError **error)
{
    const struct picture *picture = item->picture.picture;
    bool turned = picture->orientation > 4;
    int by = reduction(item, options);
    int across = (picture->width + by - 1) / by, down = (picture->height + by - 1) / by;
    GdkPixbuf *raw, *upright;

    if (picture->kind == PICTURE_SVG)
        return gdk_pixbuf_new_from_file_at_scale(picture->path, pixels_across(item, options), -1,
                                                 TRUE, error);
    raw = gdk_pixbuf_new_from_file_at_scale(picture->path, turned ? down : across,
                                            turned ? across : down, FALSE, error);
    if (raw == NULL)
        return NULL;
    upright = gdk_pixbuf_apply_embedded_orientation(raw);
    g_object_unref(raw);
    return upright;
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

cairo_surface_t *raster_new(const struct item *item, const struct raster_options *options,
                            bool *whole)
{
    const struct picture *picture = item->picture.picture;
    cairo_surface_t *surface = embed_file(item, options);
    GError *error = NULL;
    GdkPixbuf *all, *shown;
    struct cut cut;

    *whole = surface != NULL;
    if (surface != NULL)
        return surface;
    if (picture->kind != PICTURE_SVG && has_changed(picture))
        return refuse(picture, "this picture has changed since it was read; build again");
    all = decode(item, options, &error);
    if (all == NULL) {
        refuse(picture, error != NULL ? error->message : "this picture cannot be read");
        g_clear_error(&error);
        return NULL;
    }
    cut = cut_of(item, gdk_pixbuf_get_width(all), gdk_pixbuf_get_height(all), options->resolution);
    shown = trim(all, &cut);
    g_object_unref(all);
    if (shown == NULL)
        return refuse(picture, "there is no memory for this picture");
    surface = paint(shown, options->grey);
    g_object_unref(shown);
    if (options->embed && (picture->kind == PICTURE_JPEG || picture->kind == PICTURE_WEBP))
        attach_jpeg(surface, options->grey);
    return surface;
}
