/* A style of print: DATA/styles/NAME/print.yaml, or the folder given as a path.
 * Every value is checked, a wrong one told with its line. Lengths come in as
 * "12 mm", "10.5 pt" and are held as dim. Keys: florilege-style(5). */
#ifndef LAYOUT_STYLE_H
#define LAYOUT_STYLE_H

#include "layout/page.h"

enum align { ALIGN_JUSTIFY, ALIGN_LEFT, ALIGN_CENTRE, ALIGN_RIGHT };
enum emphasis { EMPHASIS_ITALIC, EMPHASIS_BOLD };
enum opening { OPENING_PLAIN, OPENING_DROP_CAP, OPENING_SMALL_CAPS };

/* How a kind of text is set. */
struct text_style {
    const char *family;         /* as fonts/fonts.conf knows it */
    dim size, leading;
    int weight;                 /* 100 to 900 */
    bool italic, small_caps, caps;
    const char *features;       /* OpenType, "onum=1,liga=1"; NULL: the face's own */
    dim tracking;               /* added after each glyph */
    enum align align;
    bool hyphenate;
    dim indent;                 /* of the first line */
    dim left, right;            /* margins within the measure */
    int before, after;          /* space, in half lines of the grid */
    struct ink ink;
};

/* Where a style asks for a family, so that one that is not there can be told. */
struct family_use { const char *family; struct place at; };

struct style {
    struct arena *arena;
    const char *name, *folder;
    const char *data;           /* the folder of styles/ and fonts/ */
    dim width, height;          /* trim */
    dim inner, outer, top, bottom;      /* margins */
    dim grid;                   /* distance of baselines */
    struct text_style body;
    struct text_style roles[ROLE_COUNT];        /* by role; family NULL: as body */
    struct text_style heading[7];               /* by level, 1 to 6 */
    struct text_style quote, code, note, caption, table, item, term, detail,
                      running_head, folio, lead_in;
    struct {                    /* of a justified line, in 1/1000 of the space */
        int space;              /* 1/1000 em, in the body's family; 0: the face's own */
        int shrink, stretch, tolerance;
        int expansion;          /* 1/1000 of the width, either way */
        int letters;            /* space between letters where nothing else
                                   helps: 1/1000 em, either way */
        bool protrusion;
    } justify;
    struct { int hyphen, hyphens_in_row, adjacent, short_last, page_hyphen, widow, orphan; } penalty;
    int hyphen_left, hyphen_right, hyphens_max;
    int sinkage;                /* lines above a part's opening */
    enum opening opening;
    enum emphasis emphasis;     /* how emphasis within the text looks */
    bool colour;                /* pictures of the print PDF in colour */
    bool epub_fonts;            /* embed them in the EPUB */
    const struct family_use *families;  /* each once */
    size_t family_count;
};

/* NULL after an error. NAME is that of a style, or a path with a '/'. */
struct style *style_load(const char *data, const char *name);
void style_free(struct style *style);

/* The path of the style's epub.css, in its arena. */
const char *style_css(const struct style *style);

#endif
