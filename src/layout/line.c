/* From breaks to lines, from a line to items. A word that a break parts is
 * shaped again in its two parts, so that the line is measured as it will be
 * drawn; only then are its spaces and glyphs scaled to the measure. */
#include "layout/line.h"
#include "layout/parts.h"

#include <stdlib.h>
#include <string.h>

/* ---- Measuring ---------------------------------------------------------------------- */

const struct lexeme *parts_lexeme(const struct parts *parts, uint32_t index)
{
    if (index == parts->first && parts->head != NULL)
        return parts->head;
    if (index == parts->last && parts->tail != NULL)
        return parts->tail;
    return parts->paragraph->piece[index].lexeme;
}

static void find_parts(struct typesetter *typesetter, struct parts *parts,
                       const struct point *from, const struct point *to)
{
    const struct piece *piece = parts->paragraph->piece;
    bool one;

    parts->first = from->cut > 0 ? from->piece : from->piece + 1;
    parts->last = to->piece;
    one = parts->first == parts->last;
    if (from->cut > 0) {
        const struct lexeme *first = piece[parts->first].lexeme;

        parts->head = shape_part(typesetter, first, from->cut,
                                 one && to->cut > 0 ? to->cut : first->bytes);
    }
    if (to->cut > 0 && parts->head == NULL)
        parts->tail = shape_part(typesetter, piece[parts->last].lexeme, 0, to->cut);
    else if (to->cut > 0 && !one)
        parts->tail = shape_part(typesetter, piece[parts->last].lexeme, 0, to->cut);
    if (to->kind == POINT_HYPHEN || to->kind == POINT_LAST_RESORT)
        parts->hyphen = piece[parts->last].lexeme->fount->hyphen;
}

dim parts_width(const struct parts *parts, uint32_t index)
{
    const struct piece *piece = &parts->paragraph->piece[index];

    if (piece->kind == PIECE_LEADER)
        return parts->leader > 0 ? parts->leader : piece->width;
    return piece->kind == PIECE_WORD ? parts_lexeme(parts, index)->width : piece->width;
}

int64_t parts_letters(const struct parts *parts, uint32_t index)
{
    const struct piece *piece = &parts->paragraph->piece[index];
    bool last = index == parts->last ? parts->hyphen == NULL : piece->space > 0;
    const struct lexeme *lexeme;
    int64_t letters = 0;

    if (piece->kind != PIECE_WORD)
        return 0;
    lexeme = parts_lexeme(parts, index);
    for (uint16_t i = 0; i < lexeme->piece_count; i++)
        letters += shape_letters(lexeme->pieces[i]);
    return last && letters > 0 ? letters - 1 : letters;
}

/* All widths of the line, and the spaces among them. */
static int64_t add_up(struct parts *parts)
{
    int64_t total = parts->hyphen != NULL ? parts->hyphen->width : 0;

    parts->spaces = 0;
    for (uint32_t i = parts->first; i <= parts->last && i < parts->paragraph->count; i++) {
        total += parts_width(parts, i);
        if (i < parts->last)
            parts->spaces += parts->paragraph->piece[i].space;
    }
    return total + parts->spaces;
}

/* The word at an end of the line, marks passed over; NULL when there is none. */
static const struct lexeme *end_word(const struct parts *parts, bool left)
{
    uint32_t i = left ? parts->first : parts->last;

    while (i >= parts->first && i <= parts->last) {
        switch (parts->paragraph->piece[i].kind) {
        case PIECE_WORD:
            return parts_lexeme(parts, i);
        case PIECE_MARK:
        case PIECE_BREAK:
            break;
        default:
            return NULL;
        }
        if (!left && i == 0)
            break;
        i += left ? 1 : UINT32_MAX;
    }
    return NULL;
}

static void find_hangs(const struct frame *frame, const struct parts *parts, dim *left, dim *right)
{
    const struct lexeme *first = end_word(parts, true), *last = end_word(parts, false);

    *left = *right = 0;
    if (!frame->protrude || frame->paragraph->bidi)
        return;
    if (first != NULL)
        *left = first->hang_left;
    if (parts->hyphen != NULL)
        last = parts->hyphen;
    if (last != NULL)
        *right = last->hang_right;
}

/* ---- Setting -------------------------------------------------------------------------- */

/* Does the paragraph begin at the right? */
static bool is_turned(const struct frame *frame)
{
    return frame->room->turned
        && (frame->align == ALIGN_JUSTIFY || frame->align == ALIGN_LEFT);
}

static dim left_of(const struct frame *frame, int line)
{
    const struct room *room = frame->room;

    if (is_turned(frame))
        return room->left;
    return room->left + (line == 0 ? room->indent : 0)
        + (line < room->short_lines ? room->short_left : 0);
}

/* Widens the leaders to fill the line. */
static void fill_leaders(struct typesetter *typesetter, struct parts *parts, int64_t lack)
{
    const struct paragraph *paragraph = parts->paragraph;
    int count = 0;
    uint32_t at = 0;

    for (uint32_t i = parts->first; i <= parts->last && i < paragraph->count; i++)
        if (paragraph->piece[i].kind == PIECE_LEADER) {
            count++;
            at = i;
        }
    if (count == 0)
        return;
    parts->leader = paragraph->piece[at].width + (dim)(lack > 0 ? lack / count : 0);
    parts->dot = shape_word(typesetter,
                            shape_fount(typesetter,
                                        paragraph->spans[paragraph->piece[at].span].style, "en"),
                            ".", 1, LEXEME_KEEP);
}

static void space_letters(struct parts *parts, int64_t space)
{
    int64_t letters = 0;

    for (uint32_t i = parts->first; i <= parts->last; i++)
        letters += parts_letters(parts, i);
    parts->letter = letters == 0 ? 0 : (dim)(space / letters);
    parts->letters = parts->letter * letters;
}

/* Gives the line's lack to its glyphs, its letters and its word spaces. */
static void spread_out(const struct frame *frame, const struct break_rules *rules,
                       struct set_line *line, struct parts *parts, int64_t natural, dim width,
                       bool end)
{
    struct fit fit = break_fit(rules, natural, parts->spaces, width);

    parts->stretch = 65536;
    parts->spread = parts->spaces;
    line->ratio = 1000;
    if (frame->align != ALIGN_JUSTIFY || rules->ragged || (end && natural <= width)
        || fit.ratio > 4000)
        return;
    parts->stretch = 65536 + (fit.expansion * 65536 + (fit.expansion < 0 ? -500 : 500)) / 1000;
    if (fit.letters != 0)
        space_letters(parts, fit.letters);
    if (parts->spaces > 0) {
        parts->spread = width - (natural - parts->spaces) * parts->stretch / 65536
            - parts->letters;
        if (parts->spread < parts->spaces / 2)
            parts->spread = parts->spaces / 2;
        line->ratio = (int32_t)(parts->spread * 1000 / parts->spaces);
    }
}

/* Where the line starts, by its alignment. */
static dim start_of(const struct frame *frame, int64_t lack)
{
    if (lack <= 0)
        return 0;
    if (frame->align == ALIGN_CENTRE)
        return (dim)(lack / 2);
    return frame->align == ALIGN_RIGHT || is_turned(frame) ? (dim)lack : 0;
}

static void reach(const struct parts *parts, struct set_line *line)
{
    for (uint32_t i = parts->first; i <= parts->last && i < parts->paragraph->count; i++) {
        const struct piece *piece = &parts->paragraph->piece[i];
        const struct span *span = &parts->paragraph->spans[piece->span];
        dim ascent = 0, descent = 0;

        if (piece->kind == PIECE_BOX) {
            ascent = span->height;
            descent = span->depth;
        } else if (piece->kind == PIECE_WORD) {
            ascent = piece->lexeme->fount->face->ascent;
            descent = piece->lexeme->fount->face->descent;
        }
        if (ascent + span->rise > line->ascent)
            line->ascent = ascent + span->rise;
        if (descent - span->rise > line->descent)
            line->descent = descent - span->rise;
    }
}

/* What text the line shows, and where that stands. */
static void locate(const struct parts *parts, const struct point *from, struct set_line *line)
{
    const struct paragraph *paragraph = parts->paragraph;

    if (parts->first >= paragraph->count)
        return;
    line->first_span = paragraph->piece[parts->first].span;
    line->last_span = paragraph->piece[parts->last].span;
    for (uint32_t i = parts->first; i <= parts->last; i++) {
        const struct piece *piece = &paragraph->piece[i];
        const struct span *span = &paragraph->spans[piece->span];

        if (span->node == NULL || piece->kind == PIECE_BREAK)
            continue;
        line->node = span->node;
        line->offset = span->offset + piece->offset
            + (i == parts->first && from->cut > 0 ? from->cut : 0);
        return;
    }
}

static void set_one(struct typesetter *typesetter, struct arena *arena,
                    const struct frame *frame, const struct break_rules *rules,
                    const struct point *from, const struct point *to, int number,
                    struct set_line *line)
{
    struct parts *parts = ARENA_NEW(arena, struct parts);
    bool end = to->kind == POINT_LAST || to->kind == POINT_FORCED;
    dim width = break_width(rules, number), left, right;
    int64_t natural;

    parts->paragraph = frame->paragraph;
    find_parts(typesetter, parts, from, to);
    find_hangs(frame, parts, &left, &right);
    natural = add_up(parts) - left - right;
    if (frame->paragraph->leader) {
        fill_leaders(typesetter, parts, width - natural);
        natural = add_up(parts) - left - right;
    }
    spread_out(frame, rules, line, parts, natural, width, end);
    natural = (natural - parts->spaces) * parts->stretch / 65536 + parts->letters
        + parts->spread;
    line->width = natural < INT32_MAX / 2 ? (dim)natural : INT32_MAX / 2;
    parts->start = left_of(frame, number) + start_of(frame, width - line->width)
        - (dim)((int64_t)left * parts->stretch / 65536);
    line->left = parts->start;
    line->overfull = line->width > width + DIM_PT / 2;
    line->width += (dim)((int64_t)(left + right) * parts->stretch / 65536);
    line->stretch = parts->stretch;
    line->hyphenated = parts->hyphen != NULL || to->kind == POINT_HARD;
    line->parts = parts;
    reach(parts, line);
    locate(parts, from, line);
}

struct setting line_set(struct typesetter *typesetter, struct arena *arena,
                        const struct frame *frame, const struct break_rules *rules,
                        const struct point *points, const struct breaks *breaks)
{
    struct set_line *lines = ARENA_ARRAY(arena, (size_t)breaks->count, struct set_line);
    const struct point *from = &points[0];

    for (int i = 0; i < breaks->count; i++) {
        const struct point *to = &points[breaks->point[i]];

        set_one(typesetter, arena, frame, rules, from, to, i, &lines[i]);
        from = to;
    }
    return (struct setting){ .count = breaks->count, .cost = breaks->cost,
                             .line = breaks->count > 0 ? lines : NULL };
}
