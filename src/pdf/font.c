/* Font files by FreeType, as cairo's font faces. A file that cannot be opened
 * is an error. cairo keeps faces in caches of its own beyond our use, so each
 * has a FreeType library to itself, and both end when cairo lets go. */
#include "pdf/font.h"
#include "base/diag.h"
#include "base/memory.h"

#include <cairo-ft.h>
#include <glib.h>

#include FT_FREETYPE_H

struct font_set {
    GHashTable *by_file;        /* "index:path" → struct font */
    const struct face *last;    /* of the last look-up: most follow each other */
    const struct font *last_font;
};

struct freetype {
    FT_Library library;
    FT_Face face;
};

static void close_freetype(void *data)
{
    struct freetype *freetype = data;

    if (freetype->face != NULL)
        FT_Done_Face(freetype->face);
    if (freetype->library != NULL)
        FT_Done_FreeType(freetype->library);
    g_free(freetype);
}

static void close_font(void *data)
{
    struct font *font = data;

    if (font->face != NULL)
        cairo_font_face_destroy(font->face);
    g_free(font);
}

struct font_set *font_set_new(void)
{
    struct font_set *set = g_new0(struct font_set, 1);

    set->by_file = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, close_font);
    return set;
}

void font_set_free(struct font_set *set)
{
    if (set == NULL)
        return;
    g_hash_table_destroy(set->by_file);
    g_free(set);
}

static bool open_freetype(struct freetype *freetype, const struct face *face)
{
    return FT_Init_FreeType(&freetype->library) == 0
        && FT_New_Face(freetype->library, face->path, face->index, &freetype->face) == 0;
}

/* A font whose face is NULL stands for a file that failed. */
static struct font *open_font(const struct face *face)
{
    static const cairo_user_data_key_t key;
    struct font *font = g_new0(struct font, 1);
    struct freetype *freetype = g_new0(struct freetype, 1);

    if (!open_freetype(freetype, face)) {
        diag(DIAG_ERROR, (struct place){ face->path, 0, 0 }, "font",
             "FreeType cannot open this font");
        close_freetype(freetype);
        return font;
    }
    font->space = FT_Get_Char_Index(freetype->face, ' ');
    font->glyphs = (uint32_t)freetype->face->num_glyphs;
    font->face = cairo_ft_font_face_create_for_ft_face(freetype->face,
                                                       FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP);
    if (cairo_font_face_set_user_data(font->face, &key, freetype, close_freetype)
        != CAIRO_STATUS_SUCCESS)
        memory_exhausted();
    return font;
}

const struct font *font_lookup(struct font_set *set, const struct face *face)
{
    if (set->last != face) {
        char *name = g_strdup_printf("%d:%s", face->index, face->path);
        struct font *font = g_hash_table_lookup(set->by_file, name);

        if (font == NULL) {
            font = open_font(face);
            g_hash_table_insert(set->by_file, g_strdup(name), font);
        }
        g_free(name);
        set->last = face;
        set->last_font = font;
    }
    return set->last_font->face != NULL ? set->last_font : NULL;
}
