/* Text styles derived from others: the italic of a style, its small capitals,
 * the superior figures of its notes. Each is made once for a worker and lives
 * as long as the layout, since faces hang on it. */
#include "layout/flow.h"

#include <stdlib.h>
#include <string.h>

struct derived {
    const struct text_style *base;
    enum look kind;
    dim size;
    struct text_style *style;
};

struct looks {
    struct arena *arena;
    VEC(struct derived) list;
};

struct looks *looks_new(void)
{
    struct arena *arena = arena_new();
    struct looks *looks = ARENA_NEW(arena, struct looks);

    looks->arena = arena;
    return looks;
}

void looks_free(struct looks *looks)
{
    if (looks == NULL)
        return;
    free(looks->list.item);
    arena_free(looks->arena);
}

static dim scaled(dim size, dim part, dim whole)
{
    return whole <= 0 ? size : (dim)((int64_t)size * part / whole);
}

static void make_code(struct text_style *style, const struct style *print)
{
    if (print->code.family == NULL)
        return;
    style->family = print->code.family;
    style->features = print->code.features;
    style->size = scaled(style->size, print->code.size, print->body.size);
    style->italic = false;
    style->small_caps = style->caps = false;
    style->hyphenate = false;
    style->tracking = 0;
}

/* Emphasis, as the style has it. */
static void emphasize(struct text_style *style, const struct style *print)
{
    if (print->emphasis == EMPHASIS_BOLD)
        style->weight = style->weight >= 600 ? 800 : 700;
    else
        style->italic = !style->italic;
}

static void change(struct text_style *style, const struct style *print, enum look kind)
{
    switch (kind) {
    case LOOK_ITALIC: emphasize(style, print); break;
    case LOOK_STRONG: style->weight = style->weight >= 600 ? 800 : 700; break;
    case LOOK_CODE: make_code(style, print); break;
    case LOOK_SUPERIOR:
        style->size = style->size * 62 / 100;
        style->italic = style->small_caps = style->caps = false;
        break;
    case LOOK_CENTRED: style->align = ALIGN_CENTRE; break;
    case LOOK_RIGHT: style->align = ALIGN_RIGHT; break;
    case LOOK_LEFT:
        style->align = ALIGN_LEFT;
        style->hyphenate = false;
        style->indent = 0;
        break;
    case LOOK_SIZED: break;
    }
}

static struct text_style *lookup(const struct looks *looks, const struct text_style *base,
                                 enum look kind, dim size)
{
    for (size_t i = 0; i < looks->list.count; i++) {
        const struct derived *derived = &looks->list.item[i];

        if (derived->base == base && derived->kind == kind && derived->size == size)
            return derived->style;
    }
    return NULL;
}

static struct text_style *add(struct looks *looks, const struct text_style *base,
                              enum look kind, dim size)
{
    struct derived *derived = VEC_PUSH(&looks->list);

    *derived = (struct derived){ base, kind, size, ARENA_NEW(looks->arena, struct text_style) };
    *derived->style = *base;
    return derived->style;
}

const struct text_style *look(struct looks *looks, const struct style *style,
                              const struct text_style *base, enum look kind)
{
    struct text_style *derived = lookup(looks, base, kind, 0);

    if (derived == NULL) {
        derived = add(looks, base, kind, 0);
        change(derived, style, kind);
    }
    return derived;
}

const struct text_style *look_sized(struct looks *looks, const struct text_style *base, dim size)
{
    struct text_style *derived = lookup(looks, base, LOOK_SIZED, size);

    if (derived == NULL) {
        derived = add(looks, base, LOOK_SIZED, size);
        derived->leading = scaled(base->leading, size, base->size);
        derived->size = size;
        derived->hyphenate = false;
    }
    return derived;
}

const struct text_style *role_style(const struct style *style, enum role role,
                                    const struct text_style *fallback)
{
    return style->roles[role].family == NULL ? fallback : &style->roles[role];
}
