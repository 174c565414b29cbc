/* Typesetters and their founts. A fount is a style's face and features in a
 * language, ready for Pango; two styles that look the same share one. */
#include "layout/shape.h"
#include "base/memory.h"

#include <hb-ot.h>
#include <hb.h>
#include <pango/pangoft2.h>
#include <stdlib.h>
#include <string.h>

static bool same_text(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static bool same_look(const struct text_style *a, const struct text_style *b)
{
    return a->size == b->size && a->weight == b->weight && a->italic == b->italic
        && a->small_caps == b->small_caps && a->caps == b->caps && a->tracking == b->tracking
        && same_text(a->family, b->family) && same_text(a->features, b->features);
}

static PangoContext *new_context(struct typesetter *typesetter, const struct text_style *style,
                                 const char *lang)
{
    PangoContext *context = pango_font_map_create_context(typesetter->map);
    PangoFontDescription *description = pango_font_description_new();

    pango_font_description_set_family(description,
                                      fonts_cut(style->family, style->size, style->weight));
    pango_font_description_set_absolute_size(description, style->size);
    pango_font_description_set_weight(description, (PangoWeight)style->weight);
    pango_font_description_set_style(description,
                                     style->italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL);
    pango_context_set_font_description(context, description);
    pango_context_set_language(context, pango_language_from_string(lang));
    pango_context_set_base_dir(context, PANGO_DIRECTION_LTR);
    pango_context_set_round_glyph_positions(context, FALSE);
    pango_font_description_free(description);
    return context;
}

static PangoAttrList *new_attributes(struct arena *arena, const struct text_style *style)
{
    PangoAttrList *list = pango_attr_list_new();
    const char *features = style->features == NULL ? "" : style->features;

    if (style->small_caps)
        features = arena_printf(arena, "smcp=1%s%s", features[0] == '\0' ? "" : ",", features);
    if (features[0] != '\0')
        pango_attr_list_insert(list, pango_attr_font_features_new(features));
    return list;
}

static dim glyph_width(hb_font_t *font, uint32_t code, dim otherwise)
{
    hb_codepoint_t glyph;

    if (!hb_font_get_nominal_glyph(font, code, &glyph))
        return otherwise;
    return hb_font_get_glyph_h_advance(font, glyph);
}

/* As the face's table OS/2 has it, else through the middle of its small letters. */
static void measure_strike(struct fount *fount, hb_font_t *font)
{
    hb_position_t top = 0, size = 0;

    hb_ot_metrics_get_position(font, HB_OT_METRICS_TAG_STRIKEOUT_OFFSET, &top);
    hb_ot_metrics_get_position(font, HB_OT_METRICS_TAG_STRIKEOUT_SIZE, &size);
    fount->stroke = size > 0 ? size : fount->style.size / 20;
    fount->strike = top > fount->stroke && top < fount->face->ascent
        ? top : (fount->face->x_height + fount->stroke) / 2;
}

static void measure_fount(struct typesetter *typesetter, struct fount *fount)
{
    PangoFont *font = pango_context_load_font(
        fount->context, pango_context_get_font_description(fount->context));
    hb_font_t *shaper = pango_font_get_hb_font(font);
    const struct style *set = typesetter->style;
    dim size = fount->style.size;

    fount->face = fonts_face(typesetter->fonts, PANGO_FC_FONT(font), size);
    fount->space = glyph_width(shaper, ' ', size / 4);
    if (set->justify.space > 0 && strcmp(fount->style.family, set->body.family) == 0)
        fount->space = (dim)((int64_t)size * set->justify.space / 1000);
    fount->narrow = size / 7;
    measure_strike(fount, shaper);
    g_object_unref(font);
    fount->hyphen = shape_word(typesetter, fount, "-", 1, LEXEME_KEEP);
}

struct fount *shape_fount(struct typesetter *typesetter, const struct text_style *style,
                          const char *lang)
{
    struct fount *fount;

    for (size_t i = 0; i < typesetter->founts.count; i++) {
        fount = typesetter->founts.item[i];
        if (same_look(&fount->style, style) && strcmp(fount->lang, lang) == 0)
            return fount;
    }
    fount = ARENA_NEW(typesetter->arena, struct fount);
    fount->style = *style;
    fount->style.family = arena_strdup(typesetter->arena, style->family);
    fount->style.features = arena_strdup(typesetter->arena, style->features);
    fount->lang = arena_strdup(typesetter->arena, lang);
    fount->number = (uint32_t)typesetter->founts.count;
    fount->context = new_context(typesetter, style, lang);
    fount->attributes = new_attributes(typesetter->arena, style);
    fount->dictionary = fonts_dictionary(typesetter->fonts, lang);
    *VEC_PUSH(&typesetter->founts) = fount;
    measure_fount(typesetter, fount);
    return fount;
}


/* ---- Typesetters -------------------------------------------------------------- */

struct typesetter *typesetter_new(struct fonts *fonts, const struct style *style)
{
    struct typesetter *typesetter = memory_new(1, sizeof *typesetter);

    typesetter->fonts = fonts;
    typesetter->style = style;
    typesetter->arena = arena_new();
    typesetter->map = pango_ft2_font_map_new();
    typesetter->glyphs = pango_glyph_string_new();
    pango_ft2_font_map_set_resolution(PANGO_FT2_FONT_MAP(typesetter->map), 72, 72);
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(typesetter->map), fonts_config(fonts));
    return typesetter;
}

void typesetter_free(struct typesetter *typesetter)
{
    if (typesetter == NULL)
        return;
    for (size_t i = 0; i < typesetter->founts.count; i++) {
        g_object_unref(typesetter->founts.item[i]->context);
        pango_attr_list_unref(typesetter->founts.item[i]->attributes);
    }
    free(typesetter->founts.item);
    free(typesetter->lexemes);
    pango_glyph_string_free(typesetter->glyphs);
    g_object_unref(typesetter->map);
    arena_free(typesetter->arena);
    free(typesetter);
}

const struct face *typesetter_face(struct typesetter *typesetter, const struct text_style *style)
{
    return shape_fount(typesetter, style, "en")->face;
}
