/* Words shaped by Pango, each once. A lexeme is what stands between two spaces,
 * in one fount (a face, a language, features): its glyphs, its width, and where
 * a line may end inside it. Lexemes live as long as their typesetter; widths
 * are dims at scale 1. */
#ifndef LAYOUT_SHAPE_H
#define LAYOUT_SHAPE_H

#include "layout/fonts.h"
#include "layout/text.h"

/* Text of one style and language. */
struct fount {
    struct text_style style;
    const char *lang;
    uint32_t number;
    PangoContext *context;
    PangoAttrList *attributes;
    HyphenDict *dictionary;     /* NULL: none for the language */
    const struct face *face;
    dim space;                  /* a word space */
    dim narrow;                 /* U+202F */
    dim strike, stroke;         /* a line through the text: how high its upper edge
                                   stands, how thick it is */
    const struct lexeme *hyphen;    /* what a broken word ends with */
};

enum lexeme_mode {
    LEXEME_TEXT,
    LEXEME_KEEP,                /* never hyphenated; a mail address as the next */
    LEXEME_ADDRESS,             /* broken after / . - _ and before @, no hyphen */
    LEXEME_RTL                  /* runs from right to left; never broken */
};

enum cut_kind {
    CUT_PLAIN,                  /* a line may end here as it is */
    CUT_HARD,                   /* after a hyphen of the text */
    CUT_HYPHEN,                 /* with a hyphen put in */
    CUT_LAST_RESORT             /* the same, in a word better left whole */
};

struct cut {
    uint16_t at;                /* byte of the lexeme's text */
    uint8_t kind;
    dim before;                 /* width up to it */
};

struct lexeme {
    const char *text;           /* as in the source, with what has no glyph */
    struct fount *fount;
    const struct shaped *const *pieces;     /* from left to right; more than one
                                   where a character is of another face */
    struct cut *cuts;           /* ascending */
    dim width;
    dim hang_left, hang_right;  /* how far its ends may stand in the margin */
    uint32_t hash;
    uint16_t bytes, piece_count, cut_count;
    uint8_t mode;
    bool hyphenated;            /* cuts of kind HYPHEN were looked for */
    bool name;                  /* begins with a capital, which its language
                                   keeps for names: better whole */
    uint16_t lost_count;
    const uint32_t *lost;       /* characters that no font has */
};

/* The fount of a style and language; compared by what they say. */
struct fount *shape_fount(struct typesetter *typesetter, const struct text_style *style,
                          const char *lang);

/* The lexeme of TEXT, at most LEXEME_MAX bytes of valid UTF-8, without spaces. */
enum { LEXEME_MAX = 2048 };
const struct lexeme *shape_word(struct typesetter *typesetter, struct fount *fount,
                                const char *text, size_t bytes, enum lexeme_mode mode);

/* The part of a lexeme between two of its bytes, as a lexeme. */
const struct lexeme *shape_part(struct typesetter *typesetter, const struct lexeme *lexeme,
                                size_t from, size_t to);

/* Fills in the pieces of a lexeme that has its text and fount. */
void shape_glyphs(struct typesetter *typesetter, struct lexeme *lexeme);

/* Looks up where LEXEME may be hyphenated, once. */
void shape_hyphenate(struct typesetter *typesetter, const struct lexeme *lexeme);

/* The width of a lexeme's first BYTES bytes; each call asks for no less than the
 * one before. Starts as { .lexeme = … }. Not for LEXEME_RTL. */
struct walk {
    const struct lexeme *lexeme;
    size_t at, shown;
    dim width;
    uint16_t piece, glyph;
};
dim shape_walk(struct walk *walk, size_t bytes);

/* How many glyphs begin some text. */
int64_t shape_letters(const struct shaped *shaped);

/* Notes the characters of LEXEME that no font has, as needed at AT. */
void shape_note_missing(struct typesetter *typesetter, const struct lexeme *lexeme,
                        struct place at);

struct typesetter {
    struct fonts *fonts;
    const struct style *style;
    struct arena *arena;
    PangoFontMap *map;
    PangoGlyphString *glyphs;   /* scratch */
    VEC(struct fount *) founts;
    struct lexeme **lexemes;    /* open addressing; a power of two of slots */
    size_t lexeme_count, lexeme_slots;
    double shaping, breaking;   /* seconds spent */
};

#endif
