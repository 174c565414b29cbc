/* Reads print.yaml into a style. Each map of the file has a table of its keys;
 * what a kind of text leaves out, it has from the body. Refused: a file that is
 * not YAML, values of the wrong kind or out of their bounds, margins that leave
 * no room; unknown keys are warned of. */
#include "layout/style.h"
#include "base/file.h"
#include "base/nearest.h"
#include "book/yaml.h"

#include <glib.h>
#include <math.h>
#include <string.h>

enum value_type { VALUE_LENGTH, VALUE_INT, VALUE_BOOL, VALUE_CHOICE, VALUE_STRING, VALUE_INK };

struct key {
    const char *name;
    enum value_type type;
    size_t offset;
    double least, most;                 /* INT; LENGTH, in points */
    const char *const *choices;         /* CHOICE, ended by NULL */
};

static const char *const align_names[] = { "justify", "left", "centre", "right", NULL };
static const char *const emphasis_names[] = { "italic", "bold", NULL };
static const char *const opening_names[] = { "plain", "drop-cap", "small-caps", NULL };

#define TEXT(member) offsetof(struct text_style, member)
static const struct key text_keys[] = {
    { "size", VALUE_LENGTH, TEXT(size), 3, 200, NULL },     /* first: an em of the others */
    { "family", VALUE_STRING, TEXT(family), 0, 0, NULL },
    { "leading", VALUE_LENGTH, TEXT(leading), 3, 300, NULL },
    { "weight", VALUE_INT, TEXT(weight), 100, 900, NULL },
    { "italic", VALUE_BOOL, TEXT(italic), 0, 0, NULL },
    { "small-caps", VALUE_BOOL, TEXT(small_caps), 0, 0, NULL },
    { "caps", VALUE_BOOL, TEXT(caps), 0, 0, NULL },
    { "features", VALUE_STRING, TEXT(features), 0, 0, NULL },
    { "tracking", VALUE_LENGTH, TEXT(tracking), -20, 100, NULL },
    { "align", VALUE_CHOICE, TEXT(align), 0, 0, align_names },
    { "hyphenate", VALUE_BOOL, TEXT(hyphenate), 0, 0, NULL },
    { "indent", VALUE_LENGTH, TEXT(indent), -300, 300, NULL },
    { "left", VALUE_LENGTH, TEXT(left), 0, 300, NULL },
    { "right", VALUE_LENGTH, TEXT(right), 0, 300, NULL },
    { "before", VALUE_INT, TEXT(before), 0, 60, NULL },
    { "after", VALUE_INT, TEXT(after), 0, 60, NULL },
    { "colour", VALUE_INK, TEXT(ink), 0, 0, NULL },
};

#define STYLE(member) offsetof(struct style, member)
static const struct key trim_keys[] = {
    { "width", VALUE_LENGTH, STYLE(width), 140, 2000, NULL },
    { "height", VALUE_LENGTH, STYLE(height), 140, 2000, NULL },
};
static const struct key margin_keys[] = {
    { "inner", VALUE_LENGTH, STYLE(inner), 0, 1000, NULL },
    { "outer", VALUE_LENGTH, STYLE(outer), 0, 1000, NULL },
    { "top", VALUE_LENGTH, STYLE(top), 0, 1000, NULL },
    { "bottom", VALUE_LENGTH, STYLE(bottom), 0, 1000, NULL },
};
static const struct key page_keys[] = {
    { "grid", VALUE_LENGTH, STYLE(grid), 5, 100, NULL },
    { "sinkage", VALUE_INT, STYLE(sinkage), 0, 40, NULL },
    { "opening", VALUE_CHOICE, STYLE(opening), 0, 0, opening_names },
    { "emphasis", VALUE_CHOICE, STYLE(emphasis), 0, 0, emphasis_names },
    { "colour", VALUE_BOOL, STYLE(colour), 0, 0, NULL },
    { "epub-fonts", VALUE_BOOL, STYLE(epub_fonts), 0, 0, NULL },
};
static const struct key justify_keys[] = {
    { "space", VALUE_INT, STYLE(justify.space), 0, 1000, NULL },
    { "shrink", VALUE_INT, STYLE(justify.shrink), 0, 500, NULL },
    { "stretch", VALUE_INT, STYLE(justify.stretch), 1, 2000, NULL },
    { "tolerance", VALUE_INT, STYLE(justify.tolerance), 0, 2000, NULL },
    { "expansion", VALUE_INT, STYLE(justify.expansion), 0, 50, NULL },
    { "letters", VALUE_INT, STYLE(justify.letters), 0, 50, NULL },
    { "protrusion", VALUE_BOOL, STYLE(justify.protrusion), 0, 0, NULL },
};
static const struct key hyphenation_keys[] = {
    { "left", VALUE_INT, STYLE(hyphen_left), 1, 20, NULL },
    { "right", VALUE_INT, STYLE(hyphen_right), 1, 20, NULL },
    { "in-a-row", VALUE_INT, STYLE(hyphens_max), 1, 20, NULL },
};
static const struct key penalty_keys[] = {
    { "hyphen", VALUE_INT, STYLE(penalty.hyphen), 0, 10000, NULL },
    { "hyphens-in-a-row", VALUE_INT, STYLE(penalty.hyphens_in_row), 0, 10000, NULL },
    { "adjacent", VALUE_INT, STYLE(penalty.adjacent), 0, 10000, NULL },
    { "short-last-line", VALUE_INT, STYLE(penalty.short_last), 0, 10000, NULL },
    { "hyphen-at-page-end", VALUE_INT, STYLE(penalty.page_hyphen), 0, 10000, NULL },
    { "widow", VALUE_INT, STYLE(penalty.widow), 0, 10000, NULL },
    { "orphan", VALUE_INT, STYLE(penalty.orphan), 0, 10000, NULL },
};

#define COUNT_OF(array) (sizeof (array) / sizeof *(array))

struct group { const char *name; const struct key *keys; size_t count; };

static const struct group groups[] = {
    { "trim", trim_keys, COUNT_OF(trim_keys) },
    { "margins", margin_keys, COUNT_OF(margin_keys) },
    { "page", page_keys, COUNT_OF(page_keys) },
    { "justify", justify_keys, COUNT_OF(justify_keys) },
    { "hyphenation", hyphenation_keys, COUNT_OF(hyphenation_keys) },
    { "penalties", penalty_keys, COUNT_OF(penalty_keys) },
};

static const struct { const char *name; size_t offset; } texts[] = {
    { "quote", STYLE(quote) }, { "code", STYLE(code) }, { "note", STYLE(note) },
    { "caption", STYLE(caption) }, { "table", STYLE(table) }, { "item", STYLE(item) },
    { "term", STYLE(term) }, { "detail", STYLE(detail) },
    { "running-head", STYLE(running_head) }, { "folio", STYLE(folio) },
    { "lead-in", STYLE(lead_in) },
};

/* ---- Values ---------------------------------------------------------------- */

static bool refuse(const struct yaml *value, const char *expected)
{
    diag(DIAG_ERROR, value->at, "wrong-value", "`%s` is “%s”; it must be %s", value->key,
         value->text, expected);
    return false;
}

/* "12 mm": a number, a space or none, a unit. EM is what "em" stands for. */
static bool take_length(const struct yaml *value, const struct key *key, dim em, dim *out)
{
    static const struct { const char *name; double points; } units[] = {
        { "pt", 1 }, { "mm", 72 / 25.4 }, { "cm", 72 / 2.54 }, { "in", 72 }, { "em", 0 },
    };
    char *end;
    double number = g_ascii_strtod(value->text, &end), points = NAN;

    if (end == value->text)
        return refuse(value, "a length, as 12 mm or 10.5 pt");
    while (*end == ' ')
        end++;
    if (number == 0 && *end == '\0')
        points = 0;
    for (size_t i = 0; i < COUNT_OF(units); i++)
        if (strcmp(end, units[i].name) == 0)
            points = number * (units[i].points > 0 ? units[i].points : PT_OF_DIM(em));
    if (isnan(points))
        return refuse(value, "a length in pt, mm, cm, in or em, as 12 mm");
    if (points < key->least || points > key->most) {
        diag(DIAG_ERROR, value->at, "wrong-value", "`%s` must be between %g and %g pt, not %g",
             key->name, key->least, key->most, points);
        return false;
    }
    *out = DIM_OF_PT(points);
    return true;
}

/* "#1a2b3c". */
static bool take_ink(const struct yaml *value, struct ink *out)
{
    int digit[6];
    const char *text = value->text;

    if (strlen(text) != 7 || text[0] != '#')
        return refuse(value, "a colour, as \"#1a2b3c\"");
    for (int i = 0; i < 6; i++) {
        digit[i] = g_ascii_xdigit_value(text[i + 1]);
        if (digit[i] < 0)
            return refuse(value, "a colour, as \"#1a2b3c\"");
    }
    out->r = (uint8_t)(digit[0] * 16 + digit[1]);
    out->g = (uint8_t)(digit[2] * 16 + digit[3]);
    out->b = (uint8_t)(digit[4] * 16 + digit[5]);
    return true;
}

static bool take_choice(const struct yaml *map, const struct key *key, int *out)
{
    return yaml_choice(map, key->name, key->choices, out);
}

static bool take_value(struct arena *arena, const struct yaml *map, const struct key *key,
                       dim em, void *into)
{
    const struct yaml *value = yaml_lookup(map, key->name);
    void *member = (char *)into + key->offset;
    const char *text = NULL;

    if (value == NULL)
        return true;
    switch (key->type) {
    case VALUE_INT:
        return yaml_int(map, key->name, (int)key->least, (int)key->most, member);
    case VALUE_BOOL:
        return yaml_bool(map, key->name, member);
    case VALUE_CHOICE:
        return take_choice(map, key, member);
    case VALUE_STRING:
        if (!yaml_string(map, key->name, &text))
            return false;
        *(const char **)member = arena_strdup(arena, text);
        return true;
    case VALUE_LENGTH:
        return yaml_expect(value, YAML_SCALAR, key->name) && take_length(value, key, em, member);
    case VALUE_INK:
        return yaml_expect(value, YAML_SCALAR, key->name) && take_ink(value, member);
    }
    return false;
}

/* Warns of keys that the table lacks. */
static void check_keys(struct arena *arena, const struct yaml *map, const struct key *keys,
                       size_t count)
{
    const char **names = ARENA_ARRAY(arena, count + 1, const char *);

    for (size_t i = 0; i < count; i++)
        names[i] = keys[i].name;
    yaml_check_keys(map, names);
}

static bool take_map(struct arena *arena, const struct yaml *map, const struct key *keys,
                     size_t count, const dim *em, void *into)
{
    bool sound = true;

    check_keys(arena, map, keys, count);
    for (size_t i = 0; i < count; i++)
        sound &= take_value(arena, map, &keys[i], *em, into);
    return sound;
}

/* ---- Kinds of text ----------------------------------------------------------- */

static void note_family(struct style *style, const struct yaml *map, struct text_style *text)
{
    const struct yaml *value = yaml_lookup(map, "family");
    struct family_use *list;

    if (value == NULL)
        return;
    for (size_t i = 0; i < style->family_count; i++)
        if (strcmp(style->families[i].family, text->family) == 0)
            return;
    list = ARENA_ARRAY(style->arena, style->family_count + 1, struct family_use);
    if (style->family_count > 0)
        memcpy(list, style->families, style->family_count * sizeof *list);
    list[style->family_count].family = text->family;
    list[style->family_count].at = value->at;
    list[style->family_count].at.path = arena_strdup(style->arena, value->at.path);
    style->families = list;
    style->family_count++;
}

/* The least whole number of half grid lines that a size needs. */
static dim fit_leading(const struct style *style, dim size)
{
    dim half = style->grid / 2, need = (dim)((int64_t)size * 110 / 100);

    if (need <= style->grid)
        return style->grid;
    return (need + half - 1) / half * half;
}

/* MAP's text style over what INTO has already. */
static bool take_text(struct style *style, const struct yaml *map, struct text_style *into)
{
    bool sound;

    if (!yaml_expect(map, YAML_MAP, map->key == NULL ? "a text's style" : map->key))
        return false;
    sound = take_map(style->arena, map, text_keys, COUNT_OF(text_keys), &into->size, into);
    if (yaml_lookup(map, "size") != NULL && yaml_lookup(map, "leading") == NULL)
        into->leading = fit_leading(style, into->size);
    if (sound)
        note_family(style, map, into);
    return sound;
}

static bool take_named_texts(struct style *style, const struct yaml *root)
{
    bool sound = true;

    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        const struct yaml *map = yaml_lookup(root, texts[i].name);
        struct text_style *into = (struct text_style *)((char *)style + texts[i].offset);

        *into = style->body;
        if (map != NULL)
            sound &= take_text(style, map, into);
    }
    return sound;
}

static bool take_headings(struct style *style, const struct yaml *root)
{
    static const char *const levels[] = { "1", "2", "3", "4", "5", "6", NULL };
    const struct yaml *map = yaml_lookup(root, "headings");
    bool sound = true;

    for (int level = 0; level <= 6; level++)
        style->heading[level] = style->body;
    if (map == NULL)
        return true;
    if (!yaml_expect(map, YAML_MAP, "`headings`"))
        return false;
    yaml_check_keys(map, levels);
    for (int level = 1; level <= 6; level++) {
        const struct yaml *one = yaml_lookup(map, levels[level - 1]);

        if (one != NULL)
            sound &= take_text(style, one, &style->heading[level]);
        else
            style->heading[level] = style->heading[level - 1];
    }
    return sound;
}

static bool take_roles(struct style *style, const struct yaml *root)
{
    const char *names[ROLE_COUNT] = { NULL };
    const struct yaml *map = yaml_lookup(root, "roles");
    bool sound = true;

    if (map == NULL)
        return true;
    if (!yaml_expect(map, YAML_MAP, "`roles`"))
        return false;
    for (int role = 1; role < ROLE_COUNT; role++)
        names[role - 1] = role_name((enum role)role);
    yaml_check_keys(map, names);
    for (int role = 1; role < ROLE_COUNT; role++) {
        const struct yaml *one = yaml_lookup(map, names[role - 1]);

        if (one == NULL)
            continue;
        style->roles[role] = style->body;
        sound &= take_text(style, one, &style->roles[role]);
    }
    return sound;
}

/* ---- The file ------------------------------------------------------------------ */

/* The page of classique. */
static void set_page(struct style *style)
{
    style->width = DIM_OF_MM(148);
    style->height = DIM_OF_MM(210);
    style->inner = DIM_OF_MM(18);
    style->outer = DIM_OF_MM(15);
    style->top = DIM_OF_MM(18);
    style->bottom = DIM_OF_MM(20);
    style->grid = DIM_OF_PT(13.5);
    style->sinkage = 4;
    style->body.family = "EB Garamond";
    style->body.size = DIM_OF_PT(10.5);
    style->body.weight = 400;
    style->body.hyphenate = true;
    style->body.indent = DIM_OF_PT(13.5);
}

static void set_defaults(struct style *style)
{
    set_page(style);
    style->justify.space = 240;
    style->justify.shrink = 200;
    style->justify.stretch = 350;
    style->justify.tolerance = 280;
    style->justify.expansion = 20;
    style->justify.letters = 10;
    style->justify.protrusion = true;
    style->penalty.hyphen = 2000;
    style->penalty.hyphens_in_row = 3000;
    style->penalty.adjacent = 600;
    style->penalty.short_last = 4000;
    style->penalty.page_hyphen = 1000;
    style->penalty.widow = 2000;
    style->penalty.orphan = 2000;
    style->hyphen_left = 2;
    style->hyphen_right = 3;
    style->hyphens_max = 2;
}

static void check_top_keys(const struct yaml *root)
{
    const char *names[COUNT_OF(groups) + COUNT_OF(texts) + 4];
    size_t count = 0;

    for (size_t i = 0; i < COUNT_OF(groups); i++)
        names[count++] = groups[i].name;
    for (size_t i = 0; i < COUNT_OF(texts); i++)
        names[count++] = texts[i].name;
    names[count++] = "body";
    names[count++] = "headings";
    names[count++] = "roles";
    names[count] = NULL;
    yaml_check_keys(root, names);
}

static bool take_groups(struct style *style, const struct yaml *root)
{
    bool sound = true;

    for (size_t i = 0; i < COUNT_OF(groups); i++) {
        const struct yaml *map = yaml_lookup(root, groups[i].name);

        if (map == NULL)
            continue;
        sound &= yaml_expect(map, YAML_MAP, groups[i].name)
            && take_map(style->arena, map, groups[i].keys, groups[i].count, &style->body.size,
                        style);
    }
    return sound;
}

/* Room for a line of some words and a page of some lines. */
static bool check_room(const struct style *style, struct place at)
{
    dim measure = style->width - style->inner - style->outer;
    dim depth = style->height - style->top - style->bottom;

    if (measure < 8 * style->body.size) {
        diag(DIAG_ERROR, at, "no-room",
             "the margins leave lines of %.0f pt; that is less than 8 em: widen `trim` or narrow"
             " `margins`", PT_OF_DIM(measure));
        return false;
    }
    if (depth < 8 * style->grid) {
        diag(DIAG_ERROR, at, "no-room",
             "the margins leave pages %.0f pt deep; that is less than 8 lines", PT_OF_DIM(depth));
        return false;
    }
    if (style->grid < style->body.size) {
        diag(DIAG_ERROR, at, "no-room", "the grid (%.1f pt) is narrower than the body's size",
             PT_OF_DIM(style->grid));
        return false;
    }
    return true;
}

static bool take_style(struct style *style, const struct yaml *root)
{
    const struct yaml *body = yaml_lookup(root, "body");
    bool sound = true;

    check_top_keys(root);
    sound &= take_groups(style, root);
    style->body.leading = style->grid;
    if (body != NULL)
        sound &= take_text(style, body, &style->body);
    sound &= take_headings(style, root);
    sound &= take_roles(style, root);
    sound &= take_named_texts(style, root);
    return sound && check_room(style, root->at);
}

/* Names of the styles that DATA has, for a message. */
static void tell_unknown(struct arena *arena, const char *data, const char *name)
{
    size_t count;
    char **known = folder_list(arena, path_join(arena, data, "styles"), &count);
    const char *near = nearest(name, (const char *const *)known, count);
    struct place at = { path_join(arena, data, "styles"), 0, 0 };

    if (near != NULL)
        diag(DIAG_ERROR, at, "no-style", "there is no style “%s” here; did you mean “%s”?",
             name, near);
    else
        diag(DIAG_ERROR, at, "no-style",
             "there is no style “%s” here; a folder of your own is given as a path: ./%s",
             name, name);
}

struct style *style_load(const char *data, const char *name)
{
    struct arena *arena = arena_new();
    struct style *style = ARENA_NEW(arena, struct style);
    struct yaml *root;
    char *path;

    style->arena = arena;
    style->name = arena_strdup(arena, path_name(name));
    style->data = arena_strdup(arena, data);
    style->folder = strchr(name, '/') != NULL ? arena_strdup(arena, name)
        : path_join(arena, path_join(arena, data, "styles"), name);
    set_defaults(style);
    path = path_join(arena, style->folder, "print.yaml");
    if (strchr(name, '/') == NULL && !file_exists(path)) {
        tell_unknown(arena, data, name);
        goto failed;
    }
    root = yaml_load(arena, path);
    if (root == NULL || !yaml_expect(root, YAML_MAP, "a style") || !take_style(style, root))
        goto failed;
    return style;
failed:
    arena_free(arena);
    return NULL;
}

void style_free(struct style *style)
{
    if (style != NULL)
        arena_free(style->arena);
}

const char *style_css(const struct style *style)
{
    return path_join(style->arena, style->folder, "epub.css");
}
