/* Fonts from fonts/fonts.conf and nowhere else: not the machine's configuration,
 * not the user's. Refused: a configuration that cannot be read or that finds no
 * font at all. Tables are under one lock; what they hand out never moves. */
#include "layout/fonts.h"
#include "base/file.h"
#include "base/memory.h"

#include <fontconfig/fontconfig.h>
#include <hb-ot.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define HYPHEN_FOLDER "/usr/share/hyphen"

/* NEEDED: where a text first asked for it in vain. */
struct dictionary { char *lang; HyphenDict *dict; struct place needed; };
struct missing { uint32_t code; struct place at; };

struct fonts {
    pthread_mutex_t lock;
    struct arena *arena;
    FcConfig *config;
    VEC(struct face *) faces;
    VEC(struct dictionary) dictionaries;
    VEC(struct missing) missing;
    GHashTable *missing_at;     /* code → index + 1 in missing */
};

/* Which family of fonts.conf shows a family that a style names. EB Garamond has
 * a cut for small sizes, and a bold that lacks every accented letter: its bold
 * is that of the companion sans. */
static const struct {
    const char *family, *text, *small, *bold;
    dim small_below;
} cuts[] = {
    { "EB Garamond", "EB Garamond 12", "EB Garamond 08", "Lato", DIM_PT * 19 / 2 },
    { "EB Garamond 08", "EB Garamond 08", "EB Garamond 08", "Lato", 0 },
    { "EB Garamond 12", "EB Garamond 12", "EB Garamond 12", "Lato", 0 },
};

const char *fonts_cut(const char *family, dim size, int weight)
{
    for (size_t i = 0; i < sizeof cuts / sizeof *cuts; i++) {
        if (strcmp(cuts[i].family, family) != 0)
            continue;
        if (weight >= 600)
            return cuts[i].bold;
        return size < cuts[i].small_below ? cuts[i].small : cuts[i].text;
    }
    return family;
}

/* ---- Loading ------------------------------------------------------------------ */

static FcConfig *load_config(const char *path)
{
    FcConfig *config = FcConfigCreate();

    if (config != NULL && FcConfigParseAndLoad(config, (const FcChar8 *)path, FcTrue)
        && FcConfigBuildFonts(config))
        return config;
    if (config != NULL)
        FcConfigDestroy(config);
    return NULL;
}

/* Does some font have the family FAMILY? */
static bool has_family(FcConfig *config, const char *family)
{
    FcFontSet *set = FcConfigGetFonts(config, FcSetSystem);

    for (int i = 0; set != NULL && i < set->nfont; i++) {
        FcChar8 *name;

        for (int n = 0; FcPatternGetString(set->fonts[i], FC_FAMILY, n, &name)
                 == FcResultMatch; n++)
            if (FcStrCmpIgnoreCase(name, (const FcChar8 *)family) == 0)
                return true;
    }
    return false;
}

struct fonts *fonts_load(const char *data)
{
    struct arena *arena = arena_new();
    char *path = path_join(arena, data, "fonts/fonts.conf"), *whole = realpath(path, NULL);
    struct place at = { path, 0, 0 };
    FcConfig *config = whole == NULL ? NULL : load_config(whole);
    struct fonts *fonts;

    free(whole);
    if (config == NULL || !has_family(config, "EB Garamond 12") || !has_family(config, "Lato")) {
        diag(DIAG_ERROR, at, "no-fonts", config == NULL ? "cannot read this font configuration"
             : "EB Garamond or Lato is not installed; get the packages fonts-ebgaramond and"
               " fonts-lato");
        if (config != NULL)
            FcConfigDestroy(config);
        arena_free(arena);
        return NULL;
    }
    FcConfigSetCurrent(config);     /* else Pango reads the machine's, for nothing */
    fonts = memory_new(1, sizeof *fonts);
    pthread_mutex_init(&fonts->lock, NULL);
    fonts->arena = arena;
    fonts->config = config;
    fonts->missing_at = g_hash_table_new(NULL, NULL);
    return fonts;
}

void fonts_free(struct fonts *fonts)
{
    if (fonts == NULL)
        return;
    for (size_t i = 0; i < fonts->dictionaries.count; i++)
        if (fonts->dictionaries.item[i].dict != NULL)
            hnj_hyphen_free(fonts->dictionaries.item[i].dict);
    free(fonts->faces.item);
    free(fonts->dictionaries.item);
    free(fonts->missing.item);
    g_hash_table_destroy(fonts->missing_at);
    FcConfigDestroy(fonts->config);
    pthread_mutex_destroy(&fonts->lock);
    arena_free(fonts->arena);
    free(fonts);
}

FcConfig *fonts_config(struct fonts *fonts)
{
    return fonts->config;
}

/* False, with a warning at its place in the style, for a family that is not there. */
bool fonts_check(struct fonts *fonts, const struct style *style)
{
    bool found = true;

    for (size_t i = 0; i < style->family_count; i++) {
        const struct family_use *use = &style->families[i];

        if (has_family(fonts->config, use->family))
            continue;
        diag(DIAG_ERROR, use->at, "no-family",
             "fonts/fonts.conf finds no family “%s”; install it, or name it there", use->family);
        found = false;
    }
    return found;
}

/* ---- Faces ---------------------------------------------------------------------- */

static dim metric(hb_font_t *font, hb_ot_metrics_tag_t tag)
{
    hb_position_t value = 0;

    hb_ot_metrics_get_position_with_fallback(font, tag, &value);
    return abs(value);
}

static void measure(struct face *face, hb_font_t *font)
{
    face->ascent = metric(font, HB_OT_METRICS_TAG_HORIZONTAL_ASCENDER);
    face->descent = metric(font, HB_OT_METRICS_TAG_HORIZONTAL_DESCENDER);
    face->x_height = metric(font, HB_OT_METRICS_TAG_X_HEIGHT);
    face->cap_height = metric(font, HB_OT_METRICS_TAG_CAP_HEIGHT);
}

/* What a pattern says of FONT, into a new face. */
static struct face *new_face(struct fonts *fonts, PangoFcFont *font, dim size)
{
    FcPattern *pattern = pango_fc_font_get_pattern(font);
    struct face *face = ARENA_NEW(fonts->arena, struct face);
    FcChar8 *file = NULL, *family = NULL;
    int weight = FC_WEIGHT_REGULAR, slant = FC_SLANT_ROMAN, spacing = FC_PROPORTIONAL;

    FcPatternGetString(pattern, FC_FILE, 0, &file);
    FcPatternGetString(pattern, FC_FAMILY, 0, &family);
    FcPatternGetInteger(pattern, FC_INDEX, 0, &face->index);
    FcPatternGetInteger(pattern, FC_WEIGHT, 0, &weight);
    FcPatternGetInteger(pattern, FC_SLANT, 0, &slant);
    FcPatternGetInteger(pattern, FC_SPACING, 0, &spacing);
    face->path = arena_strdup(fonts->arena, (const char *)file);
    face->family = arena_strdup(fonts->arena, (const char *)family);
    face->size = size;
    face->bold = weight >= FC_WEIGHT_DEMIBOLD;
    face->italic = slant != FC_SLANT_ROMAN;
    face->mono = spacing == FC_MONO || strstr(face->family, "Mono") != NULL;
    face->serif = strstr(face->family, "Garamond") != NULL
        || strstr(face->family, "Serif") != NULL;
    measure(face, pango_font_get_hb_font(PANGO_FONT(font)));
    face->number = (uint32_t)fonts->faces.count;
    return face;
}

const struct face *fonts_face(struct fonts *fonts, PangoFcFont *font, dim size)
{
    FcPattern *pattern = pango_fc_font_get_pattern(font);
    FcChar8 *file = NULL;
    int index = 0;
    struct face *found = NULL;

    FcPatternGetString(pattern, FC_FILE, 0, &file);
    FcPatternGetInteger(pattern, FC_INDEX, 0, &index);
    pthread_mutex_lock(&fonts->lock);
    for (size_t i = 0; i < fonts->faces.count && found == NULL; i++) {
        struct face *face = fonts->faces.item[i];

        if (face->size == size && face->index == index
            && strcmp(face->path, (const char *)file) == 0)
            found = face;
    }
    if (found == NULL) {
        found = new_face(fonts, font, size);
        *VEC_PUSH(&fonts->faces) = found;
    }
    pthread_mutex_unlock(&fonts->lock);
    return found;
}

size_t fonts_faces(struct fonts *fonts, struct face ***faces)
{
    *faces = fonts->faces.item;
    return fonts->faces.count;
}

/* ---- Hyphenation dictionaries ------------------------------------------------------ */

/* The languages whose dictionary has no file without a country, and which file. */
static const struct { const char *lang, *file; } countries[] = {
    { "ca", "ca_ES" }, { "es", "es_ES" }, { "nb", "nb_NO" }, { "nn", "nn_NO" }, { "no", "nb_NO" },
    { "pl", "pl_PL" }, { "pt", "pt_PT" }, { "ru", "ru_RU" }, { "sv", "sv_SE" }, { "uk", "uk_UA" },
};

static const char *file_of(const char *lang)
{
    for (size_t i = 0; i < sizeof countries / sizeof *countries; i++)
        if (strcmp(countries[i].lang, lang) == 0)
            return countries[i].file;
    return lang;
}

static HyphenDict *load_dictionary(struct arena *arena, const char *lang)
{
    char *name = arena_printf(arena, "hyph_%s.dic", file_of(lang)), *path;

    for (char *c = name; *c != '\0'; c++)
        if (*c == '-')
            *c = '_';
    path = path_join(arena, HYPHEN_FOLDER, name);
    return strchr(lang, '/') == NULL && file_exists(path) ? hnj_hyphen_load(path) : NULL;
}

/* "fr-CA", then "fr". */
static HyphenDict *find_dictionary(struct arena *arena, const char *lang)
{
    HyphenDict *dict = load_dictionary(arena, lang);
    const char *cut = strrchr(lang, '-');

    if (dict != NULL || cut == NULL)
        return dict;
    return find_dictionary(arena, arena_strndup(arena, lang, (size_t)(cut - lang)));
}

/* The row of LANG, under the lock. */
static struct dictionary *dictionary_of(struct fonts *fonts, const char *lang)
{
    struct dictionary *new;

    for (size_t i = 0; i < fonts->dictionaries.count; i++)
        if (strcmp(fonts->dictionaries.item[i].lang, lang) == 0)
            return &fonts->dictionaries.item[i];
    new = VEC_PUSH(&fonts->dictionaries);
    *new = (struct dictionary){ .lang = arena_strdup(fonts->arena, lang),
                                .dict = find_dictionary(fonts->arena, lang) };
    return new;
}

HyphenDict *fonts_dictionary(struct fonts *fonts, const char *lang)
{
    HyphenDict *dict;

    pthread_mutex_lock(&fonts->lock);
    dict = dictionary_of(fonts, lang)->dict;
    pthread_mutex_unlock(&fonts->lock);
    return dict;
}

/* ---- What is missing -------------------------------------------------------- */

/* A place that is known comes before none, which helps nobody to find it. */
static int compare_places(struct place a, struct place b)
{
    int order = (a.path == NULL) - (b.path == NULL);

    if (order == 0 && a.path != NULL)
        order = strcmp(a.path, b.path);
    if (order != 0)
        return order;
    return a.line != b.line ? a.line - b.line : a.col - b.col;
}

void fonts_note_undivided(struct fonts *fonts, const char *lang, struct place at)
{
    struct dictionary *dictionary;

    pthread_mutex_lock(&fonts->lock);
    dictionary = dictionary_of(fonts, lang);
    if (dictionary->needed.path == NULL || compare_places(at, dictionary->needed) < 0)
        dictionary->needed = at;
    pthread_mutex_unlock(&fonts->lock);
}

void fonts_note_missing(struct fonts *fonts, uint32_t code, struct place at)
{
    struct missing *found;
    size_t index;

    pthread_mutex_lock(&fonts->lock);
    index = GPOINTER_TO_SIZE(g_hash_table_lookup(fonts->missing_at, GUINT_TO_POINTER(code)));
    found = index > 0 ? &fonts->missing.item[index - 1] : VEC_PUSH(&fonts->missing);
    if (index == 0) {
        found->code = code;
        found->at = at;
        g_hash_table_insert(fonts->missing_at, GUINT_TO_POINTER(code),
                            GSIZE_TO_POINTER(fonts->missing.count));
    } else if (compare_places(at, found->at) < 0) {
        found->at = at;
    }
    pthread_mutex_unlock(&fonts->lock);
}

static int compare_missing(const void *a, const void *b)
{
    const struct missing *one = a, *two = b;
    int order = compare_places(one->at, two->at);

    return order != 0 ? order : (one->code > two->code) - (one->code < two->code);
}

static int compare_needed(const void *a, const void *b)
{
    const struct dictionary *one = a, *two = b;
    int order = compare_places(one->needed, two->needed);

    return order != 0 ? order : strcmp(one->lang, two->lang);
}

/* Each row once; they are in no order that lasts. */
static void tell_undivided(struct fonts *fonts)
{
    if (fonts->dictionaries.count > 0)
        qsort(fonts->dictionaries.item, fonts->dictionaries.count,
              sizeof *fonts->dictionaries.item, compare_needed);
    for (size_t i = 0; i < fonts->dictionaries.count; i++) {
        struct dictionary *dictionary = &fonts->dictionaries.item[i];

        if (dictionary->needed.path == NULL)
            continue;
        diag(DIAG_WARNING, dictionary->needed, "no-hyphens",
             "no hyphenation dictionary for “%s” in " HYPHEN_FOLDER
             "; its lines have no hyphens; install one, like the package hyphen-%.*s",
             dictionary->lang, (int)strcspn(dictionary->lang, "-"), dictionary->lang);
        dictionary->needed = (struct place){0};
    }
}

void fonts_tell_missing(struct fonts *fonts)
{
    tell_undivided(fonts);
    if (fonts->missing.count > 0)
        qsort(fonts->missing.item, fonts->missing.count, sizeof *fonts->missing.item,
              compare_missing);
    for (size_t i = 0; i < fonts->missing.count; i++) {
        struct buf shown = {0};

        buf_put_code(&shown, fonts->missing.item[i].code);
        diag(DIAG_WARNING, fonts->missing.item[i].at, "no-glyph",
             "no font has the character %s (U+%04X); it shows as \xEF\xBF\xBD", buf_text(&shown),
             (unsigned)fonts->missing.item[i].code);
        buf_free(&shown);
    }
    fonts->missing.count = 0;
    g_hash_table_remove_all(fonts->missing_at);
}
