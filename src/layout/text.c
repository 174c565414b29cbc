/* Text to lines: makes the paragraph, tries to break it in passes from the
 * strictest to the one that always succeeds, and sets the lines of each length
 * it was offered in. */
#include "layout/text.h"
#include "base/clock.h"
#include "layout/line.h"

#include <stdlib.h>
#include <string.h>

/* One way to try. Limits are of the spaces, in 1/1000, or in a ragged text of the
 * measure that a line may leave free; what is negative is the style's own. Letters: in 1/100 of the style's own. */
enum { OWN = -1, OWN_TOLERANCE = -2 };
struct pass { unsigned points; int shrink, stretch, letters; bool overfull; };

static const struct pass strict = { 0, 150, 200, 100, false };
static const struct pass title = { 0, 0, 100000, 0, false };
enum { LENGTH_PASSES = 2, TITLE_LINES = 3 };
static const struct pass lengths[LENGTH_PASSES] = {
    { 0, 240, OWN_TOLERANCE, 200, false },
    { POINTS_HYPHENS, 240, OWN_TOLERANCE, 150, false },
};
static const struct pass ragged_lengths[LENGTH_PASSES] = {
    { 0, 0, 250, 0, false },
    { 0, 0, 350, 0, false },
};
static const struct pass passes[] = {
    { POINTS_HYPHENS, OWN, OWN, 100, false },
    { POINTS_HYPHENS | POINTS_LAST_RESORT, 250, 1000, 400, false },
    { POINTS_HYPHENS | POINTS_LAST_RESORT, 300, 100000, 500, true },
    { POINTS_HYPHENS | POINTS_LAST_RESORT | POINTS_ANYWHERE, 300, 100000, 500, true },
};
enum { MOST_LINES = 120 };      /* of a paragraph that is offered in other lengths */
enum { PASS_HYPHENS, PASS_LOOSE, PASS_EMERGENCY, PASS_ANYWHERE, PASSES };

struct setter {
    struct typesetter *typesetter;
    struct arena *arena;
    const struct paragraph *paragraph;
    struct frame frame;
    struct break_rules rules;
    point_list points;
};

static dim positive(dim width)
{
    return width > DIM_PT ? width : DIM_PT;
}

static struct break_rules rules_of(const struct style *style, const struct text_style *text,
                                   const struct room *room)
{
    dim width = room->width - room->left - room->right;
    struct break_rules rules = { .style = style, .short_lines = room->short_lines,
                                 .last_min = room->last_min };

    rules.width = positive(width);
    rules.short_width = positive(width - room->short_left);
    rules.first = positive(width - room->indent
                           - (room->short_lines > 0 ? room->short_left : 0));
    rules.ragged = text->align != ALIGN_JUSTIFY;
    rules.even = text->align == ALIGN_CENTRE;
    return rules;
}

/* The least width of a last line where nobody says: of some five letters, and in
 * a ragged text of two or three lines, as headings are, a third of the measure. */
static dim least_last(const struct break_rules *rules, const struct text_style *text,
                      int64_t natural)
{
    if (rules->ragged && natural > rules->width && natural < rules->width * 5 / 2)
        return rules->width / 3;
    return text->size * 5 / 2;
}

static int limit(int own, const struct style *style, int otherwise)
{
    return own == OWN ? otherwise : own == OWN_TOLERANCE ? style->justify.tolerance : own;
}

static bool try_pass(struct setter *setter, const struct pass *pass, struct choice *choice)
{
    struct break_rules *rules = &setter->rules;
    const struct style *style = rules->style;
    unsigned options = pass->points | (setter->frame.protrude ? POINTS_PROTRUDE : 0);

    rules->shrink = limit(pass->shrink, style, style->justify.shrink);
    rules->stretch = limit(pass->stretch, style, style->justify.stretch);
    rules->letters = pass->letters * style->justify.letters / 100;
    rules->overfull = pass->overfull;
    paragraph_points(setter->typesetter, setter->paragraph, options, rules->width,
                     &setter->points);
    return break_paragraph(setter->points.item, setter->points.count, rules, choice);
}

static struct setting set_and_free(struct setter *setter, struct breaks *breaks)
{
    struct setting setting = { 0 };

    if (breaks->count > 0)
        setting = line_set(setter->typesetter, setter->arena, &setter->frame, &setter->rules,
                           setter->points.item, breaks);
    free(breaks->point);
    breaks->point = NULL;
    return setting;
}

/* Do more lines in a row end in a hyphen than the style allows? */
static bool is_ladder(const struct setter *setter, const struct setting *setting)
{
    int row = 0;

    for (int i = 0; i < setting->count; i++) {
        row = setting->line[i].hyphenated ? row + 1 : 0;
        if (row > setter->rules.style->hyphens_max)
            return true;
    }
    return false;
}

/* Is its last line a stump, or do hyphens stand on one another? */
static bool is_poor(const struct setter *setter, const struct setting *setting)
{
    return (setting->count > 1
            && setting->line[setting->count - 1].width < setter->rules.last_min)
        || is_ladder(setter, setting);
}

/* Another length is no help when it is poor. */
static struct setting set_other(struct setter *setter, struct breaks *breaks)
{
    struct setting setting = set_and_free(setter, breaks);

    return is_poor(setter, &setting) ? (struct setting){ 0 } : setting;
}

/* Takes BREAKS for a length that is not there yet. */
static void add_length(struct setter *setter, struct breaks *breaks, struct setting *length)
{
    if (length->count == 0)
        *length = set_other(setter, breaks);
    free(breaks->point);
}

/* A line fewer and some more than the best, without hyphens if that can be. */
static void add_lengths(struct setter *setter, struct settings *settings)
{
    const struct pass *pass = setter->rules.ragged ? ragged_lengths : lengths;
    struct choice choice;

    if (settings->best.count > MOST_LINES)
        return;
    setter->rules.around = settings->best.count;
    for (size_t i = 0; i < LENGTH_PASSES; i++) {
        if (!try_pass(setter, &pass[i], &choice))
            continue;
        free(choice.best.point);
        add_length(setter, &choice.shorter, &settings->shorter);
        add_length(setter, &choice.longer, &settings->longer);
        add_length(setter, &choice.longest, &settings->longest);
    }
}

/* The best of a pass. */
static struct setting set_best(struct setter *setter, struct choice *choice)
{
    free(choice->shorter.point);
    free(choice->longer.point);
    free(choice->longest.point);
    return set_and_free(setter, &choice->best);
}

static const struct set_line *first_overfull(const struct setting *setting)
{
    for (int i = 0; i < setting->count; i++)
        if (setting->line[i].overfull)
            return &setting->line[i];
    return NULL;
}

static void warn_overfull(const struct set_line *line, struct place at)
{
    if (line->node != NULL && line->node->at.path != NULL)
        at = line->node->at;
    diag(DIAG_WARNING, at, "overfull",
         "a line is too long for its measure; let it break, with a space or U+200B");
}

/* Keeps the better of the best there was and what the pass tried last gives. */
static void keep_better(struct setter *setter, struct choice *choice, struct setting *best)
{
    struct setting setting = set_best(setter, choice);

    if (best->count == 0 || setting.cost < best->cost)
        *best = setting;
}

/* Breaks with hyphens, then more loosely, until the best is not poor. */
static void set_with_hyphens(struct setter *setter, struct setting *best)
{
    struct choice choice;

    for (int pass = PASS_HYPHENS; pass < PASS_EMERGENCY; pass++) {
        if (try_pass(setter, &passes[pass], &choice))
            keep_better(setter, &choice, best);
        if (best->count > 0 && !is_poor(setter, best))
            return;
    }
}

/* Breaks where nothing fits, within words if need be. */
static void set_somehow(struct setter *setter, struct place at, struct setting *best)
{
    struct choice choice;

    for (int pass = PASS_EMERGENCY; pass < PASSES; pass++) {
        const struct set_line *overfull;

        if (!try_pass(setter, &passes[pass], &choice))
            continue;
        *best = set_best(setter, &choice);
        overfull = first_overfull(best);
        if (overfull == NULL)
            return;
        if (pass == PASS_ANYWHERE)
            warn_overfull(overfull, at);
    }
}

/* A ragged text of few lines, as titles are, may leave more free where it breaks
 * better so. */
static bool is_title(const struct setter *setter)
{
    return setter->rules.ragged
        && paragraph_width(setter->paragraph) < (int64_t)setter->rules.width * TITLE_LINES;
}

static struct settings set_paragraph(struct setter *setter, struct place at)
{
    struct settings settings = { 0 };
    struct choice choice;
    bool ragged = setter->rules.ragged;

    if (try_pass(setter, is_title(setter) ? &title : &strict, &choice))
        settings.best = set_best(setter, &choice);
    if (!ragged && (settings.best.count == 0 || is_poor(setter, &settings.best)))
        set_with_hyphens(setter, &settings.best);
    if (settings.best.count == 0)
        set_somehow(setter, at, &settings.best);
    if (setter->frame.align == ALIGN_JUSTIFY || setter->frame.align == ALIGN_LEFT)
        add_lengths(setter, &settings);
    return settings;
}

struct settings text_set(struct typesetter *typesetter, struct arena *arena,
                         const struct text_style *style, const struct room *room,
                         const struct span *span, size_t count, struct place at)
{
    struct paragraph *paragraph = ARENA_NEW(arena, struct paragraph);
    struct setter setter = { .typesetter = typesetter, .arena = arena, .paragraph = paragraph };
    struct settings settings = { 0 };
    double started = clock_seconds(), shaped;

    paragraph_make(typesetter, arena, span, count, at, paragraph);
    shaped = clock_seconds();
    typesetter->shaping += shaped - started;
    if (paragraph->count == 0)
        return settings;
    setter.rules = rules_of(typesetter->style, style, room);
    if (room->last_min == 0)
        setter.rules.last_min = least_last(&setter.rules, style, paragraph_width(paragraph));
    setter.frame.paragraph = paragraph;
    setter.frame.room = room;
    setter.frame.align = style->align;
    setter.frame.protrude = typesetter->style->justify.protrusion && !setter.rules.ragged;
    settings = set_paragraph(&setter, at);
    typesetter->breaking += clock_seconds() - shaped;
    free(setter.points.item);
    return settings;
}

dim text_width(struct typesetter *typesetter, const struct span *span, size_t count)
{
    struct arena *arena = arena_new();
    struct paragraph paragraph;
    int64_t width;

    paragraph_make(typesetter, arena, span, count, (struct place){ NULL, 0, 0 }, &paragraph);
    width = paragraph_width(&paragraph);
    arena_free(arena);
    return width < INT32_MAX ? (dim)width : INT32_MAX;
}

void typesetter_times(const struct typesetter *typesetter, double *shaping, double *breaking)
{
    *shaping = typesetter->shaping;
    *breaking = typesetter->breaking;
}
