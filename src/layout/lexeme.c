/* The table of lexemes: each word of a fount is shaped at its first use. Beside
 * its glyphs a lexeme knows where a line may end within it. */
#include "layout/shape.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "layout/hyphen.h"
#include "layout/protrude.h"

#include <stdlib.h>
#include <string.h>

/* ---- Widths -------------------------------------------------------------------- */

/* Moves over text that has no glyph, up to the text of the glyph ahead. */
static void skip_unseen(struct walk *walk, const struct shaped *shaped,
                        const struct glyph *glyph)
{
    const struct lexeme *lexeme = walk->lexeme;

    while (walk->at + glyph->bytes <= lexeme->bytes
           && memcmp(lexeme->text + walk->at, shaped->text + walk->shown, glyph->bytes) != 0)
        walk->at++;
}

dim shape_walk(struct walk *walk, size_t bytes)
{
    const struct lexeme *lexeme = walk->lexeme;

    for (; walk->piece < lexeme->piece_count; walk->piece++, walk->glyph = 0, walk->shown = 0) {
        const struct shaped *shaped = lexeme->pieces[walk->piece];

        for (; walk->glyph < shaped->count; walk->glyph++) {
            const struct glyph *glyph = &shaped->glyphs[walk->glyph];

            if (glyph->bytes > 0) {
                skip_unseen(walk, shaped, glyph);
                if (walk->at >= bytes)
                    return walk->width;
                if (walk->at + glyph->bytes > bytes)    /* within a ligature: its share */
                    return walk->width + (dim)((int64_t)glyph->advance
                                               * (int64_t)(bytes - walk->at) / glyph->bytes);
            }
            walk->at += glyph->bytes;
            walk->shown += glyph->bytes;
            walk->width += glyph->advance;
        }
    }
    return walk->width;
}

int64_t shape_letters(const struct shaped *shaped)
{
    int64_t letters = 0;

    for (uint16_t i = 0; i < shaped->count; i++)
        letters += shaped->glyphs[i].bytes > 0;
    return letters;
}

/* Of the first glyph of the piece at the left end, or the last at the right. */
static void measure_hangs(struct lexeme *lexeme)
{
    const char *start = lexeme->text, *end = lexeme->text + lexeme->bytes;
    const struct shaped *first, *last;

    if (lexeme->piece_count == 0 || lexeme->mode == LEXEME_RTL)
        return;
    first = lexeme->pieces[0];
    last = lexeme->pieces[lexeme->piece_count - 1];
    lexeme->hang_left = (dim)((int64_t)first->glyphs[0].advance
                              * protrude_left(utf8_next(&start, end)) / 1000);
    start = lexeme->text;
    lexeme->hang_right = (dim)((int64_t)last->glyphs[last->count - 1].advance
                               * protrude_right(utf8_prev(&end, start)) / 1000);
}

/* ---- Cuts ------------------------------------------------------------------------ */

/* The marks as cuts, in place of those LEXEME had. */
static void set_cuts(struct typesetter *typesetter, struct lexeme *lexeme, const uint8_t *marks)
{
    struct walk walk = { .lexeme = lexeme };
    uint16_t count = 0;

    for (size_t i = 1; i < lexeme->bytes; i++)
        count += marks[i] != 0;
    lexeme->cuts = ARENA_ARRAY(typesetter->arena, count, struct cut);
    lexeme->cut_count = 0;
    for (size_t i = 1; i < lexeme->bytes; i++)
        if (marks[i] != 0) {
            struct cut *cut = &lexeme->cuts[lexeme->cut_count++];

            cut->at = (uint16_t)i;
            cut->kind = (uint8_t)(marks[i] - 1);
            cut->before = shape_walk(&walk, i);
        }
}

static void cut_plainly(struct typesetter *typesetter, struct lexeme *lexeme)
{
    uint8_t marks[LEXEME_MAX];

    memset(marks, 0, lexeme->bytes);
    if (lexeme->mode != LEXEME_RTL
        && hyphen_plain_cuts(lexeme->text, lexeme->bytes, lexeme->mode,
                                          lexeme->fount->lang, marks))
        set_cuts(typesetter, lexeme, marks);
}

/* A lexeme is the typesetter's own; callers see it as const. */
static struct lexeme *own(struct typesetter *typesetter, const struct lexeme *lexeme);

void shape_hyphenate(struct typesetter *typesetter, const struct lexeme *lexeme)
{
    struct lexeme *mine;
    uint8_t marks[LEXEME_MAX];

    if (lexeme->hyphenated)
        return;
    mine = own(typesetter, lexeme);
    mine->hyphenated = true;
    if (lexeme->mode != LEXEME_TEXT)
        return;
    memset(marks, 0, lexeme->bytes);
    for (uint16_t i = 0; i < lexeme->cut_count; i++)
        marks[lexeme->cuts[i].at] = (uint8_t)(lexeme->cuts[i].kind + 1);
    if (hyphen_word_cuts(lexeme->fount->dictionary, lexeme->text, lexeme->bytes,
                         typesetter->style->hyphen_left, typesetter->style->hyphen_right, marks))
        set_cuts(typesetter, mine, marks);
}

/* ---- The table --------------------------------------------------------------------- */

static uint32_t hash_of(const struct fount *fount, const char *text, size_t bytes, unsigned mode)
{
    uint32_t hash = 2166136261u ^ (fount->number * 4 + mode) * 2654435761u;

    for (size_t i = 0; i < bytes; i++)
        hash = (hash ^ (unsigned char)text[i]) * 16777619u;
    return hash ^ hash >> 15;
}

/* The slot of the lexeme, or the empty one where it belongs. */
static struct lexeme **find_slot(struct typesetter *typesetter, const struct fount *fount,
                                 const char *text, size_t bytes, unsigned mode, uint32_t hash)
{
    size_t mask = typesetter->lexeme_slots - 1;

    for (size_t i = hash & mask;; i = (i + 1) & mask) {
        struct lexeme *lexeme = typesetter->lexemes[i];

        if (lexeme == NULL
            || (lexeme->hash == hash && lexeme->fount == fount && lexeme->mode == mode
                && lexeme->bytes == bytes && memcmp(lexeme->text, text, bytes) == 0))
            return &typesetter->lexemes[i];
    }
}

static void grow(struct typesetter *typesetter)
{
    struct lexeme **old = typesetter->lexemes;
    size_t slots = typesetter->lexeme_slots;

    typesetter->lexeme_slots = slots == 0 ? 1024 : slots * 2;
    typesetter->lexemes = memory_new(typesetter->lexeme_slots, sizeof *typesetter->lexemes);
    for (size_t i = 0; i < slots; i++)
        if (old[i] != NULL)
            *find_slot(typesetter, old[i]->fount, old[i]->text, old[i]->bytes, old[i]->mode,
                       old[i]->hash) = old[i];
    free(old);
}

static bool begins_with_capital(const char *text, size_t bytes)
{
    const char *at = text, *end = text + bytes;

    while (at < end) {
        uint32_t code = utf8_next(&at, end);

        if (g_unichar_isalpha(code))
            return g_unichar_isupper(code);
    }
    return false;
}

/* In German every noun begins with a capital, and says no more by it. */
static bool is_name(const struct fount *fount, const char *text, size_t bytes)
{
    return begins_with_capital(text, bytes) && strncmp(fount->lang, "de", 2) != 0;
}

static struct lexeme *new_lexeme(struct typesetter *typesetter, struct fount *fount,
                                 const char *text, size_t bytes, unsigned mode)
{
    struct lexeme *lexeme = ARENA_NEW(typesetter->arena, struct lexeme);

    lexeme->text = arena_strndup(typesetter->arena, text, bytes);
    lexeme->bytes = (uint16_t)bytes;
    lexeme->fount = fount;
    lexeme->mode = (uint8_t)mode;
    lexeme->name = is_name(fount, text, bytes);
    shape_glyphs(typesetter, lexeme);
    measure_hangs(lexeme);
    cut_plainly(typesetter, lexeme);
    return lexeme;
}

const struct lexeme *shape_word(struct typesetter *typesetter, struct fount *fount,
                                const char *text, size_t bytes, enum lexeme_mode mode)
{
    uint32_t hash = hash_of(fount, text, bytes, mode);
    struct lexeme **slot, *lexeme;

    if (typesetter->lexeme_count * 2 >= typesetter->lexeme_slots)
        grow(typesetter);
    slot = find_slot(typesetter, fount, text, bytes, mode, hash);
    if (*slot != NULL)
        return *slot;
    lexeme = new_lexeme(typesetter, fount, text, bytes, mode);
    lexeme->hash = hash;
    *slot = lexeme;
    typesetter->lexeme_count++;
    return lexeme;
}

static struct lexeme *own(struct typesetter *typesetter, const struct lexeme *lexeme)
{
    return *find_slot(typesetter, lexeme->fount, lexeme->text, lexeme->bytes, lexeme->mode,
                      lexeme->hash);
}

const struct lexeme *shape_part(struct typesetter *typesetter, const struct lexeme *lexeme,
                                size_t from, size_t to)
{
    if (from == 0 && to == lexeme->bytes)
        return lexeme;
    return shape_word(typesetter, lexeme->fount, lexeme->text + from, to - from, lexeme->mode);
}

void shape_note_missing(struct typesetter *typesetter, const struct lexeme *lexeme,
                        struct place at)
{
    for (uint16_t i = 0; i < lexeme->lost_count; i++)
        fonts_note_missing(typesetter->fonts, lexeme->lost[i], at);
}
