/* The size that is wanted is told to the decoder before it starts, when it has
 * seen the header: then it is also seen whether that is still the same picture. */
#include "book/picture_decode.h"
#include "base/memory.h"

struct wanted {
    int has_width, has_height;      /* as the file holds it; 0: whatever it has */
    int width, height;              /* as it is to come out, not yet turned */
    bool changed;
};

static void choose_size(GdkPixbufLoader *loader, int width, int height, gpointer context)
{
    struct wanted *wanted = context;

    wanted->changed = wanted->has_width > 0
        && (width != wanted->has_width || height != wanted->has_height);
    if (wanted->changed)
        gdk_pixbuf_loader_set_size(loader, 1, 1);
    else if (width != wanted->width || height != wanted->height)
        gdk_pixbuf_loader_set_size(loader, wanted->width, wanted->height);
}

/* SVG has no pixels of its own. */
static struct wanted wanted_of(const struct picture *picture, int width, int height)
{
    bool turned = picture->orientation > 4, drawn = picture->kind == PICTURE_SVG;

    return (struct wanted){
        .has_width = drawn ? 0 : turned ? picture->height : picture->width,
        .has_height = drawn ? 0 : turned ? picture->width : picture->height,
        .width = turned ? height : width, .height = turned ? width : height,
    };
}

GdkPixbuf *picture_decode(const struct picture *picture, const void *bytes, size_t count,
                          int width, int height, char **why)
{
    GdkPixbufLoader *loader = gdk_pixbuf_loader_new();
    struct wanted wanted = wanted_of(picture, width, height);
    GdkPixbuf *upright = NULL;
    GError *error = NULL;
    bool whole;

    g_signal_connect(loader, "size-prepared", G_CALLBACK(choose_size), &wanted);
    whole = gdk_pixbuf_loader_write(loader, bytes, count, &error);
    whole = gdk_pixbuf_loader_close(loader, error == NULL ? &error : NULL) && whole;
    if (wanted.changed)
        *why = memory_strdup("it has changed since it was read; build again");
    else if (whole && gdk_pixbuf_loader_get_pixbuf(loader) != NULL)
        upright = gdk_pixbuf_apply_embedded_orientation(gdk_pixbuf_loader_get_pixbuf(loader));
    else
        *why = memory_strdup(error != NULL ? error->message : "it holds no picture");
    g_clear_error(&error);
    g_object_unref(loader);
    return upright;
}
