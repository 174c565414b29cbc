/* Total fit. A way is one way to break the text up to a point into so
 * many lines; at each point the cheapest way for each number of lines and
 * fitness is kept, and nodes whose line has become too long are dropped. */
#include "layout/break.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

enum fitness { TIGHT, DECENT, LOOSE, VERY_LOOSE, FITNESSES };

struct way {
    int64_t cost;
    uint32_t point;
    uint32_t from;              /* the node before; itself for the first */
    int line;                   /* lines set so far */
    uint8_t fitness;
    uint8_t hyphens;            /* lines in a row that end in one */
};

struct breaker {
    const struct point *points;
    size_t count;
    const struct break_rules *rules;
    VEC(struct way) ways;
    VEC(uint32_t) active;       /* ways, by point */
    VEC(struct way) found;     /* the best ways to the point at hand */
};

dim break_width(const struct break_rules *rules, int line)
{
    if (line == 0)
        return rules->first;
    return line < rules->short_lines ? rules->short_width : rules->width;
}

/* How far the spaces of a line go before its letters are spaced, in 1/1000. */
enum { LETTERS_ABOVE = 100, LETTERS_BELOW = 60 };

/* Of a ragged line: that it ends in a word of one letter; what of its measure may
 * be missing before it is plain to see, in 1/1000. */
enum { COST_LONE = 300, RAG_DEEP = 200 };

/* Letters that a line broken anywhere may want: they are no wider than the size. */
enum { WIDEST_LETTERS = 2 };

/* A name parted, at its own hyphen too: as bad as so many; in a ragged text, as
 * titles are, there is nearly always another way. */
enum { NAME_HYPHENS = 2, NAME_HYPHENS_RAGGED = 40 };

/* ---- The cost of a line ------------------------------------------------------------ */

static int clamp(int64_t value, int low, int high)
{
    return value < low ? low : value > high ? high : (int)value;
}

/* What REST of a line's lack the letters take. The spaces bear it first; then the
 * letters, as far as the style lets them; then the spaces up to the tolerance,
 * and where a pass allows it the letters once more. An average letter is 0.43 em
 * wide. */
static int64_t share_of_letters(const struct break_rules *rules, int64_t glyphs,
                                int64_t spaces, int64_t rest)
{
    int64_t lack = rest < 0 ? -rest : rest, letters = 0;
    int64_t own = glyphs * rules->style->justify.letters / 430;
    int64_t more = glyphs * rules->letters / 430;
    int64_t first = spaces * (rest < 0 ? LETTERS_BELOW : LETTERS_ABOVE) / 1000;
    int64_t second = spaces * (rest < 0 ? rules->style->justify.shrink
                               : rules->style->justify.tolerance) / 1000;

    if (lack > first)
        letters = lack - first < own ? lack - first : own;
    if (lack - letters > second && more > own)
        letters = lack - second < more ? lack - second : more;
    return rest < 0 ? -letters : letters;
}

struct fit break_fit(const struct break_rules *rules, int64_t natural, int64_t spaces, dim width)
{
    int64_t glyphs = natural - spaces, lack = width - natural, rest;
    int limit = rules->style->justify.expansion;
    struct fit fit = { natural, spaces, 0, 0, 1000 };

    if (rules->ragged)
        return fit;
    if (glyphs > 0)
        fit.expansion = clamp((lack * 1000 + (lack < 0 ? -glyphs : glyphs) / 2) / glyphs,
                              -limit, limit);
    rest = lack - glyphs * fit.expansion / 1000;
    fit.letters = share_of_letters(rules, glyphs, spaces, rest);
    if (spaces > 0)
        fit.ratio = clamp(1000 + (rest - fit.letters) * 1000 / spaces, 0, 100000);
    return fit;
}

/* Demerits of a justified line, by how its spaces look and its glyphs are
 * scaled: 100 for spaces wider by a tenth; more than that for narrower ones, and
 * for what is plain to see. */
static int64_t cost_of_spaces(const struct break_rules *rules, const struct fit *fit)
{
    int64_t off = fit->ratio - 1000, cost;
    int limit = rules->style->justify.expansion;

    cost = off * off / (off < 0 ? 50 : 100);
    if (off > 250)
        cost += (off - 250) * (off - 250) / 10;
    if (off < -180)
        cost += (off + 180) * (off + 180) / 5;
    if (limit > 0)
        cost += 40 * fit->expansion * fit->expansion / (limit * limit);
    if (fit->letters != 0)
        cost += 200 + 300 * (fit->letters < 0 ? -fit->letters : fit->letters) * 430
            / (rules->style->justify.letters * (fit->natural - fit->spaces));
    return cost;
}

static int fitness_of(const struct break_rules *rules, const struct fit *fit)
{
    int limit = rules->style->justify.expansion;
    int look = fit->ratio - 1000 + (limit > 0 ? fit->expansion * 60 / limit : 0);

    return look < -60 ? TIGHT : look <= 60 ? DECENT : look <= 200 ? LOOSE : VERY_LOOSE;
}

/* Of a line that stays short of its measure: by the share that is missing. */
static int64_t cost_of_slack(int64_t slack, dim width)
{
    int64_t share = slack * 1000 / (width > 0 ? width : 1);

    return share * share / 100;
}

/* Of a ragged line: deep notches show. */
static int64_t cost_of_rag(const struct point *end, int64_t slack, dim width)
{
    int64_t deep = slack * 1000 / width - RAG_DEEP;

    return cost_of_slack(slack, width) + (end->lone ? COST_LONE : 0)
        + (deep > 0 ? deep * deep / 2 : 0);
}

/* Demerits of a justified line. One whose spaces would gape is set short, and
 * so is one that has no spaces: some of the measure missing is then no worse
 * than in a script without spaces, much of it is. */
static int64_t cost_of_justified(const struct break_rules *rules, const struct fit *fit,
                                 int64_t lack, dim width)
{
    int64_t slack = cost_of_slack(lack, width), gaping = 10000 + 400 * slack, cost;

    if (fit->spaces == 0)
        return slack < 25 ? slack * 100 : gaping;
    cost = cost_of_spaces(rules, fit);
    return lack > 0 && gaping < cost ? gaping : cost;
}

/* A last line that is too short, or that nearly fills the measure. */
static int64_t cost_of_last(const struct break_rules *rules, int64_t natural)
{
    if (natural >= rules->last_min || rules->last_min <= 0)
        return 0;
    return rules->style->penalty.short_last * (2 * rules->last_min - natural) / rules->last_min;
}

static int64_t cost_of_hyphen(const struct breaker *breaker, const struct way *from,
                              const struct point *point, int *hyphens)
{
    const struct style *style = breaker->rules->style;
    int64_t cost = 0;

    *hyphens = 0;
    if (point->kind == POINT_ANYWHERE)
        return 3 * style->penalty.hyphen;
    if (point->kind == POINT_PLAIN)
        return style->penalty.hyphen / 5;
    if (point->kind != POINT_HYPHEN && point->kind != POINT_HARD
        && point->kind != POINT_LAST_RESORT)
        return 0;
    *hyphens = from->hyphens + 1;
    cost = style->penalty.hyphen;
    if (point->kind == POINT_LAST_RESORT)
        cost *= 3;
    else if (point->name)
        cost *= breaker->rules->ragged ? NAME_HYPHENS_RAGGED : NAME_HYPHENS;
    if (*hyphens > 1)
        cost += style->penalty.hyphens_in_row * (*hyphens - 1);
    if (*hyphens > style->hyphens_max)
        cost += 100000;
    return cost;
}

/* ---- Ways to a point ---------------------------------------------------------------- */

/* Are its last lines as many with hyphens as may be? */
static bool is_full(const struct break_rules *rules, const struct way *way)
{
    return way->hyphens >= rules->style->hyphens_max;
}

/* May the two stand for each other? The number of lines only matters where other
 * lengths are looked for, or where lines differ in width. */
static bool same_kind(const struct break_rules *rules, const struct way *a, const struct way *b)
{
    return a->fitness == b->fitness && is_full(rules, a) == is_full(rules, b)
        && (a->line == b->line || (rules->around == 0 && a->line >= rules->short_lines
                                   && b->line >= rules->short_lines));
}

/* Keeps NEW unless a way of the same kind is cheaper. */
static void offer(struct breaker *breaker, const struct way *new)
{
    for (size_t i = 0; i < breaker->found.count; i++) {
        struct way *old = &breaker->found.item[i];

        if (!same_kind(breaker->rules, old, new))
            continue;
        if (new->cost < old->cost)
            *old = *new;
        return;
    }
    *VEC_PUSH(&breaker->found) = *new;
}

enum verdict { FITS, TOO_SHORT, TOO_LONG };

/* A line that ends by itself: the last, or before a forced break. */
static bool is_free(const struct break_rules *rules, const struct point *point, int64_t lack)
{
    return (point->kind == POINT_LAST || point->kind == POINT_FORCED) && lack >= 0
        && !rules->even;
}

static enum verdict judge(const struct break_rules *rules, const struct point *point,
                          const struct fit *fit, dim width)
{
    int64_t lack = width - fit->natural;

    if (is_free(rules, point, lack))
        return FITS;
    if (rules->ragged)
        return lack < 0 ? TOO_LONG : lack * 1000 > (int64_t)width * rules->stretch ? TOO_SHORT : FITS;
    if (fit->spaces == 0 && lack >= 0)
        return rules->overfull ? FITS : TOO_SHORT;
    if (fit->spaces == 0)       /* to the nearest thousandth */
        return fit->expansion * fit->natural > lack * 1000 + fit->natural ? TOO_LONG : FITS;
    if (fit->ratio < 1000 - rules->shrink)
        return TOO_LONG;
    return fit->ratio > 1000 + rules->stretch ? TOO_SHORT : FITS;
}

static void extend(struct breaker *breaker, uint32_t active, size_t index,
                   const struct fit *fit, dim width)
{
    const struct break_rules *rules = breaker->rules;
    const struct way *from = &breaker->ways.item[active];
    const struct point *point = &breaker->points[index];
    int64_t lack = width - fit->natural;
    struct way new = { .point = (uint32_t)index, .from = active, .line = from->line + 1,
                        .fitness = DECENT };
    int hyphens;

    new.cost = from->cost + 10 + cost_of_hyphen(breaker, from, point, &hyphens);
    new.hyphens = (uint8_t)(hyphens < 200 ? hyphens : 200);
    if (is_free(rules, point, lack))
        ;
    else if (rules->ragged)
        new.cost += cost_of_rag(point, lack, width);
    else {
        new.cost += cost_of_justified(rules, fit, lack, width);
        if (fit->spaces > 0)
            new.fitness = (uint8_t)fitness_of(rules, fit);
    }
    if (point->kind == POINT_LAST)
        new.cost += cost_of_last(rules, fit->natural)
            + (from->hyphens > 0 ? rules->style->penalty.hyphen : 0);
    if (abs(new.fitness - from->fitness) > 1)
        new.cost += rules->style->penalty.adjacent;
    offer(breaker, &new);
}

/* Is the line far too short, whatever is done? Saves the divisions of the fit. */
static bool is_far(const struct breaker *breaker, uint32_t active, const struct point *point)
{
    const struct break_rules *rules = breaker->rules;
    const struct way *way = &breaker->ways.item[active];
    const struct point *start = &breaker->points[way->point];
    int64_t natural = point_width(start, point), spaces = point_space(start, point);
    dim width = break_width(rules, way->line);
    int64_t most = natural * 1001 + spaces * rules->stretch
        + (natural - spaces) * (rules->style->justify.expansion + rules->letters * 10 / 4);

    if (point->kind == POINT_ANYWHERE)      /* there is always one farther on */
        return natural < width - width / 8
            && natural < width - rules->style->body.size * WIDEST_LETTERS;
    return !rules->ragged && !rules->overfull && point->kind < POINT_FORCED
        && most < (int64_t)width * 1000;
}

static struct fit fit_of(const struct breaker *breaker, uint32_t active,
                         const struct point *point, dim *width)
{
    const struct way *way = &breaker->ways.item[active];
    const struct point *start = &breaker->points[way->point];

    *width = break_width(breaker->rules, way->line);
    return break_fit(breaker->rules, point_width(start, point), point_space(start, point),
                     *width);
}

/* Nothing fits: what stands between point INDEX and the last before it that
 * ends a line becomes a line that is too long. */
static void force(struct breaker *breaker, size_t index, size_t count)
{
    uint32_t latest = breaker->ways.item[breaker->active.item[count - 1]].point;

    for (size_t i = 0; i < count; i++) {
        uint32_t active = breaker->active.item[i];
        dim width;
        struct fit fit = fit_of(breaker, active, &breaker->points[index], &width);

        if (breaker->ways.item[active].point == latest)
            extend(breaker, active, index, &fit, width);
    }
}

/* Tries the lines that end at point INDEX; drops the ways whose line is then
 * too long. */
static void try_point(struct breaker *breaker, size_t index)
{
    const struct break_rules *rules = breaker->rules;
    const struct point *point = &breaker->points[index];
    bool forced = point->kind == POINT_FORCED || point->kind == POINT_LAST;
    size_t kept = 0, count = breaker->active.count;

    breaker->found.count = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t active = breaker->active.item[i];
        struct fit fit;
        enum verdict verdict;
        dim width;

        if (is_far(breaker, active, point)) {
            breaker->active.item[kept++] = active;
            continue;
        }
        fit = fit_of(breaker, active, point, &width);
        verdict = judge(rules, point, &fit, width);
        if (verdict == FITS)
            extend(breaker, active, index, &fit, width);
        if (verdict != TOO_LONG && !forced)
            breaker->active.item[kept++] = active;
    }
    if (rules->overfull && kept == 0 && breaker->found.count == 0)
        force(breaker, index, count);
    breaker->active.count = kept;
}

/* Can WAY still win against BEST, with as many lines, whatever comes? */
static bool can_win(const struct break_rules *rules, const struct way *way,
                    const struct way *best)
{
    int64_t most = rules->style->penalty.adjacent;

    if (is_full(rules, best) && !is_full(rules, way))
        return true;
    if (best->hyphens > 0)
        most += 2 * (int64_t)rules->style->penalty.hyphens_in_row;
    return way == best || way->cost < best->cost + most;
}

/* The ways found become active: of those with as many lines the ones that can
 * still win, and of the numbers of lines those near the best's. */
static void activate(struct breaker *breaker)
{
    const struct way *best = NULL;

    for (size_t i = 0; i < breaker->found.count; i++)
        if (best == NULL || breaker->found.item[i].cost < best->cost)
            best = &breaker->found.item[i];
    for (size_t i = 0; i < breaker->found.count; i++) {
        struct way *new = &breaker->found.item[i];

        if (abs(new->line - best->line) > 2
            || (new->line == best->line && !can_win(breaker->rules, new, best)))
            continue;
        *VEC_PUSH(&breaker->active) = (uint32_t)breaker->ways.count;
        *VEC_PUSH(&breaker->ways) = *new;
    }
}

/* ---- The result ------------------------------------------------------------------------ */

static struct breaks trace(const struct breaker *breaker, uint32_t index)
{
    const struct way *way = &breaker->ways.item[index];
    struct breaks breaks = { .count = way->line, .cost = way->cost };

    breaks.point = memory_new((size_t)way->line, sizeof *breaks.point);
    for (int i = way->line - 1; i >= 0; i--) {
        breaks.point[i] = way->point;
        way = &breaker->ways.item[way->from];
    }
    return breaks;
}

/* The cheapest active node with so many lines (0: any), or -1. */
static int64_t cheapest(const struct breaker *breaker, int lines)
{
    int64_t best = -1;

    for (size_t i = 0; i < breaker->active.count; i++) {
        uint32_t active = breaker->active.item[i];

        if ((lines == 0 || breaker->ways.item[active].line == lines)
            && (best < 0 || breaker->ways.item[active].cost < breaker->ways.item[best].cost))
            best = active;
    }
    return best;
}

/* The cheapest way with so many lines; without lines when there is none. */
static struct breaks trace_lines(const struct breaker *breaker, int lines)
{
    int64_t way = lines > 0 ? cheapest(breaker, lines) : -1;

    return way < 0 ? (struct breaks){ 0 } : trace(breaker, (uint32_t)way);
}

static bool collect(const struct breaker *breaker, struct choice *choice)
{
    int64_t best = cheapest(breaker, 0);
    int lines;

    memset(choice, 0, sizeof *choice);
    if (best < 0)
        return false;
    choice->best = trace(breaker, (uint32_t)best);
    lines = breaker->rules->around > 0 ? breaker->rules->around : choice->best.count;
    choice->shorter = trace_lines(breaker, lines - 1);
    choice->longer = trace_lines(breaker, lines + 1);
    choice->longest = trace_lines(breaker, lines + 2);
    return true;
}

bool break_paragraph(const struct point *points, size_t count, const struct break_rules *rules,
                     struct choice *choice)
{
    struct breaker breaker = { .points = points, .count = count, .rules = rules };
    bool found;

    *VEC_PUSH(&breaker.ways) = (struct way){ .fitness = DECENT };
    *VEC_PUSH(&breaker.active) = 0;
    for (size_t i = 1; i < count && breaker.active.count > 0; i++) {
        try_point(&breaker, i);
        activate(&breaker);
    }
    found = collect(&breaker, choice);
    free(breaker.ways.item);
    free(breaker.active.item);
    free(breaker.found.item);
    return found;
}
