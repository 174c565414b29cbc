/* From spans to pieces: text is cut at its spaces, each word becomes a lexeme;
 * boxes, leaders, marks and forced breaks are pieces of their own. From pieces
 * to points: everywhere a line may end, with running sums of widths. */
#include "layout/paragraph.h"
#include "base/utf8.h"
#include "layout/bidi.h"
#include "layout/hyphen.h"

#include <stdlib.h>
#include <string.h>

/* ---- Pieces ---------------------------------------------------------------------- */

/* The most that a space can be; small letters of a text that wants hyphens. */
enum { SPACE_MOST = 0xfffff, HYPHENS_FROM = 25 };

/* A space that stretches, and where a line may end. Control characters count as
 * spaces; the wider and narrower spaces of U+2000 on are parts of words. */
static bool is_space(uint32_t code)
{
    return code <= ' ' || (code >= 0x7F && code < 0xA0) || code == 0x1680 || code == 0x2028
        || code == 0x2029;
}

struct builder {
    struct typesetter *typesetter;
    VEC(struct piece) pieces;
    struct fount *fount;
    struct place at;
    struct bidi bidi;
    bool leader;
};

/* The level of a byte of a span's text. */
static uint8_t level_at(const struct builder *builder, size_t span, size_t offset)
{
    return builder->bidi.level == NULL ? 0
        : builder->bidi.level[builder->bidi.start[span] + offset];
}

static struct piece *add_piece(struct builder *builder, enum piece_kind kind, size_t span,
                               size_t offset)
{
    struct piece *piece = VEC_PUSH(&builder->pieces);

    piece->kind = kind & 0xf;
    piece->span = (uint32_t)span;
    piece->offset = (uint32_t)offset;
    piece->level = level_at(builder, span, offset) & 0xf;
    return piece;
}

/* A space after the last piece, that of a span's text at OFFSET; nothing at the
 * start of a line. */
static void add_space(struct builder *builder, size_t span, size_t offset)
{
    struct piece *last;

    if (builder->pieces.count == 0)
        return;
    last = &builder->pieces.item[builder->pieces.count - 1];
    if (last->kind == PIECE_BREAK || last->kind == PIECE_LEADER)
        return;
    last->space = (uint32_t)(builder->fount->space < SPACE_MOST ? builder->fount->space
                             : SPACE_MOST) & SPACE_MOST;
    last->space_level = level_at(builder, span, offset) & 0xf;
}

static enum lexeme_mode mode_of(const struct span *span)
{
    if (span->address)
        return LEXEME_ADDRESS;
    return span->keep ? LEXEME_KEEP : LEXEME_TEXT;
}

/* Where to part an endless word: at most LEXEME_MAX bytes, between characters. */
static size_t chunk_size(const char *text, size_t bytes)
{
    return bytes <= LEXEME_MAX ? bytes : utf8_cut(text, LEXEME_MAX);
}

/* The end of what runs in one direction from byte FROM on, at most TO. */
static size_t end_of_run(const struct builder *builder, size_t span, size_t from, size_t to)
{
    uint8_t level = level_at(builder, span, from);
    size_t end = from;

    if (builder->bidi.level == NULL)
        return to;
    while (end < to && level_at(builder, span, end) == level)
        end++;
    return end;
}

static struct place place_of(const struct builder *builder, const struct span *span)
{
    return span->node != NULL && span->node->at.path != NULL ? span->node->at : builder->at;
}

/* Some five words of letters that come large and small: scripts that do not have
 * both are not hyphenated. */
static bool wants_hyphens(const struct span *span)
{
    const char *at = span->text, *end = at + span->bytes;
    int letters = 0;

    while (at < end && letters < HYPHENS_FROM)
        letters += g_unichar_islower(utf8_next(&at, end));
    return letters == HYPHENS_FROM;
}

/* Is this text set without hyphens only for want of a dictionary? */
static bool is_undivided(const struct builder *builder, const struct span *span)
{
    return builder->fount->dictionary == NULL && span->style->hyphenate && !span->keep
        && !span->address && wants_hyphens(span);
}

static void add_word(struct builder *builder, const struct span *span, size_t index,
                     size_t from, size_t to)
{
    while (from < to) {
        size_t end = end_of_run(builder, index, from, to);
        size_t size = chunk_size(span->text + from, end - from);
        struct piece *piece = add_piece(builder, PIECE_WORD, index, from);

        piece->lexeme = shape_word(builder->typesetter, builder->fount, span->text + from, size,
                                   piece->level % 2 != 0 ? LEXEME_RTL : mode_of(span));
        piece->width = piece->lexeme->width;
        if (piece->lexeme->lost_count > 0)
            shape_note_missing(builder->typesetter, piece->lexeme, place_of(builder, span));
        from += size;
    }
}

static void add_text(struct builder *builder, const struct span *span, size_t index)
{
    const char *text = span->text, *at = text, *end = text + span->bytes, *word = text;

    builder->fount = shape_fount(builder->typesetter, span->style, span->lang);
    if (is_undivided(builder, span))
        fonts_note_undivided(builder->typesetter->fonts, span->lang, place_of(builder, span));
    while (at < end) {
        const char *here = at;
        unsigned char byte = (unsigned char)*at;
        uint32_t code;

        if (byte > ' ' && byte < 0x7F) {
            at++;
            continue;
        }
        code = utf8_next(&at, end);
        if (!is_space(code))
            continue;
        add_word(builder, span, index, (size_t)(word - text), (size_t)(here - text));
        add_space(builder, index, (size_t)(here - text));
        word = at;
    }
    add_word(builder, span, index, (size_t)(word - text), span->bytes);
}

static void add_span(struct builder *builder, const struct span *span, size_t index)
{
    struct piece *piece;

    switch (span->kind) {
    case SPAN_TEXT:
        add_text(builder, span, index);
        break;
    case SPAN_BREAK:
        if (builder->pieces.count > 0)
            builder->pieces.item[builder->pieces.count - 1].space = 0;
        add_piece(builder, PIECE_BREAK, index, 0);
        break;
    case SPAN_BOX:
        piece = add_piece(builder, PIECE_BOX, index, 0);
        piece->width = span->width;
        break;
    case SPAN_LEADER:
        piece = add_piece(builder, PIECE_LEADER, index, 0);
        piece->width = span->style->size * 3 / 2;
        builder->leader = true;
        break;
    case SPAN_MARK:
        add_piece(builder, PIECE_MARK, index, 0);
        break;
    }
}

void paragraph_make(struct typesetter *typesetter, struct arena *arena,
                    const struct span *span, size_t count, struct place at,
                    struct paragraph *paragraph)
{
    struct builder builder = { .typesetter = typesetter, .at = at };

    paragraph->bidi = bidi_find(span, count, &builder.bidi);
    for (size_t i = 0; i < count; i++)
        add_span(&builder, &span[i], i);
    if (builder.pieces.count > 0)
        builder.pieces.item[builder.pieces.count - 1].space = 0;
    paragraph->spans = span;
    paragraph->count = (uint32_t)builder.pieces.count;
    paragraph->piece = ARENA_ARRAY(arena, builder.pieces.count, struct piece);
    if (builder.pieces.count > 0)
        memcpy(paragraph->piece, builder.pieces.item,
               builder.pieces.count * sizeof *paragraph->piece);
    paragraph->leader = builder.leader;
    free(builder.pieces.item);
    bidi_clear(&builder.bidi);
}

int64_t paragraph_width(const struct paragraph *paragraph)
{
    int64_t width = 0;

    for (uint32_t i = 0; i < paragraph->count; i++)
        width += paragraph->piece[i].width + paragraph->piece[i].space;
    return width;
}

/* ---- Points ------------------------------------------------------------------------ */

struct sums {
    struct typesetter *typesetter;
    const struct paragraph *paragraph;
    point_list *points;
    unsigned options;
    dim width;
    int64_t total, space;       /* of what stands before the piece */
};

/* How far a line that begins with piece INDEX stands out on the left. */
static dim hang_of(const struct sums *sums, uint32_t index)
{
    const struct piece *piece;

    while (index < sums->paragraph->count && sums->paragraph->piece[index].kind == PIECE_MARK)
        index++;
    if (index >= sums->paragraph->count || (sums->options & POINTS_PROTRUDE) == 0)
        return 0;
    piece = &sums->paragraph->piece[index];
    return piece->kind == PIECE_WORD ? piece->lexeme->hang_left : 0;
}

static struct point *add_point(struct sums *sums, enum point_kind kind, uint32_t piece,
                               size_t cut)
{
    struct point *point = VEC_PUSH(sums->points);

    point->kind = (uint8_t)kind;
    point->piece = piece;
    point->cut = (uint16_t)cut;
    return point;
}

/* A point within a word. */
static void add_cut(struct sums *sums, uint32_t index, const struct cut *cut,
                    enum point_kind kind)
{
    const struct lexeme *lexeme = sums->paragraph->piece[index].lexeme;
    const struct lexeme *hyphen = lexeme->fount->hyphen;
    struct point *point = add_point(sums, kind, index, cut->at);
    bool protrude = (sums->options & POINTS_PROTRUDE) != 0;
    bool added = kind == POINT_HYPHEN || kind == POINT_LAST_RESORT;

    if (added)
        point->gap -= hyphen->width;
    if (protrude && (added || kind == POINT_HARD))
        point->gap += hyphen->hang_right;
    point->end = sums->total + cut->before - point->gap;
    point->end_space = sums->space;
    point->name = lexeme->name;
}

static void add_cuts(struct sums *sums, uint32_t index)
{
    static const struct { enum point_kind kind; unsigned option; } kinds[] = {
        { POINT_PLAIN, 0 }, { POINT_HARD, 0 }, { POINT_HYPHEN, POINTS_HYPHENS },
        { POINT_LAST_RESORT, POINTS_LAST_RESORT },
    };
    const struct piece *piece = &sums->paragraph->piece[index];
    const struct lexeme *lexeme = piece->lexeme;
    bool may = sums->paragraph->spans[piece->span].style->hyphenate;
    unsigned options = may ? sums->options : 0;

    if ((options & POINTS_HYPHENS) != 0)
        shape_hyphenate(sums->typesetter, lexeme);
    for (uint16_t i = 0; i < lexeme->cut_count; i++) {
        uint8_t kind = lexeme->cuts[i].kind;

        if ((kinds[kind].option & ~options) == 0)
            add_cut(sums, index, &lexeme->cuts[i], kinds[kind].kind);
    }
}

/* Two words that only the limit of a lexeme parts: one may be broken there. */
static bool is_endless(const struct paragraph *paragraph, uint32_t index)
{
    return paragraph->piece[index].kind == PIECE_WORD
        && paragraph->piece[index].lexeme->bytes > LEXEME_MAX - 4;
}

/* Every character from byte FROM to byte TO that begins a glyph of its own ends a
 * line, if it must; of a word without end, one in each sixteenth of the measure is
 * enough. */
static void add_characters(struct sums *sums, uint32_t index, size_t from, size_t to)
{
    const struct lexeme *lexeme = sums->paragraph->piece[index].lexeme;
    const char *at = lexeme->text + from, *end = lexeme->text + to;
    struct walk walk = { .lexeme = lexeme };
    dim least = is_endless(sums->paragraph, index) ? sums->width / 16 : 1;
    dim next = shape_walk(&walk, from) + least;

    utf8_next(&at, end);
    while (at < end) {
        struct cut cut = { .at = (uint16_t)(at - lexeme->text) };

        cut.before = shape_walk(&walk, cut.at);
        if (cut.before >= next) {
            add_cut(sums, index, &cut, POINT_ANYWHERE);
            next = cut.before + least;
        }
        utf8_next(&at, end);
    }
}

/* A word wider than the measure ends lines where any word may without a hyphen put
 * in; between two such places as far apart as a line is wide, anywhere. */
static void add_anywhere(struct sums *sums, uint32_t index)
{
    const struct lexeme *lexeme = sums->paragraph->piece[index].lexeme;
    const struct cut start = { .at = 0 }, *last = &start;

    for (uint16_t i = 0; i <= lexeme->cut_count; i++) {
        const struct cut *cut = i < lexeme->cut_count ? &lexeme->cuts[i] : NULL;
        dim before = cut == NULL ? lexeme->width : cut->before;

        if (cut != NULL && cut->kind != CUT_PLAIN && cut->kind != CUT_HARD)
            continue;
        if (before - last->before > sums->width)
            add_characters(sums, index, last->at, cut == NULL ? lexeme->bytes : cut->at);
        if (cut != NULL)
            add_cut(sums, index, cut, cut->kind == CUT_HARD ? POINT_HARD : POINT_PLAIN);
        last = cut;
    }
}

static bool is_lone(const struct lexeme *word)
{
    const char *at = word->text, *end = word->text + word->bytes;

    return word->bytes > 0 && g_unichar_isalpha(utf8_next(&at, end)) && at == end;
}

/* The point after piece INDEX. */
static void add_end(struct sums *sums, uint32_t index, enum point_kind kind)
{
    const struct piece *piece = &sums->paragraph->piece[index];
    struct point *point = add_point(sums, kind, index, 0);

    dim hang = 0;

    if ((sums->options & POINTS_PROTRUDE) != 0 && piece->kind == PIECE_WORD)
        hang = piece->lexeme->hang_right;
    point->end = sums->total + piece->width - hang;
    point->end_space = sums->space;
    point->lone = piece->kind == PIECE_WORD && is_lone(piece->lexeme);
    point->gap = hang + (dim)piece->space + hang_of(sums, index + 1);
    point->gap_space = (dim)piece->space;
}

static void add_points_of(struct sums *sums, uint32_t index)
{
    const struct paragraph *paragraph = sums->paragraph;
    const struct piece *piece = &paragraph->piece[index];

    if (piece->kind == PIECE_WORD) {
        if ((sums->options & POINTS_ANYWHERE) != 0 && piece->level % 2 == 0
            && piece->width > sums->width)
            add_anywhere(sums, index);
        else
            add_cuts(sums, index);
    }
    if (index + 1 == paragraph->count)
        add_end(sums, index, POINT_LAST);
    else if (piece->kind == PIECE_BREAK)
        add_end(sums, index, POINT_FORCED);
    else if (piece->space > 0 && paragraph->piece[index + 1].kind != PIECE_LEADER
             && paragraph->piece[index + 1].kind != PIECE_BREAK)
        add_end(sums, index, POINT_SPACE);
    else if ((sums->options & POINTS_ANYWHERE) != 0 && is_endless(paragraph, index))
        add_end(sums, index, POINT_ANYWHERE);
    sums->total += piece->width + piece->space;
    sums->space += piece->space;
}

void paragraph_points(struct typesetter *typesetter, const struct paragraph *paragraph,
                      unsigned options, dim width, point_list *points)
{
    struct sums sums = { .typesetter = typesetter, .paragraph = paragraph, .points = points,
                         .options = options, .width = width };
    struct point *first;

    points->count = 0;
    first = add_point(&sums, POINT_FORCED, UINT32_MAX, 0);
    first->gap = hang_of(&sums, 0);
    for (uint32_t i = 0; i < paragraph->count; i++)
        add_points_of(&sums, i);
}
