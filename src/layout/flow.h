/* From nodes to the galley: one flow for each part laid out. Internal to the
 * layout. */
#ifndef LAYOUT_FLOW_H
#define LAYOUT_FLOW_H

#include "layout/galley.h"
#include "layout/refs.h"

/* What all parts share while they are laid out, read only. */
struct shared {
    const struct book *book;
    const struct style *style;
    struct area area;
    const struct refs *refs;    /* page labels known so far */
};

/* How text within a paragraph is set. */
struct tone {
    const struct text_style *style;
    const char *lang;
    uint32_t element;
    uint32_t link;
    bool keep, address, toc, struck;
};

struct looks;                   /* text styles derived from others: one a worker */
struct looks *looks_new(void);
void looks_free(struct looks *looks);

enum look { LOOK_ITALIC, LOOK_STRONG, LOOK_CODE, LOOK_SUPERIOR, LOOK_CENTRED, LOOK_LEFT,
            LOOK_RIGHT, LOOK_SIZED };
const struct text_style *look(struct looks *looks, const struct style *style,
                              const struct text_style *base, enum look kind);
/* BASE at another SIZE, its leading in proportion. */
const struct text_style *look_sized(struct looks *looks, const struct text_style *base, dim size);

struct flow {
    const struct shared *shared;
    struct typesetter *typesetter;
    struct looks *looks;
    struct arena *arena;        /* dies with the galley */
    struct arena *keep;         /* lives as long as the layout */
    struct galley *galley;
    VEC(const char *) ids;      /* destinations that wait for their block */
    bool after_heading;         /* the next paragraph is flush and leads */
    bool opening;               /* the next paragraph opens the portrait */
    bool opened;                /* the next block follows an opening */
    const char *tail;           /* the page's number at the right of this block */
    struct tone tail_tone;
};

/* Where blocks are put: margins within the measure, the style text has, the
 * element that holds them. */
struct frame {
    dim left, right;
    const struct text_style *text;
    const char *lang;
    uint32_t element;
    bool item;                  /* of a list without marks */
    bool hung;                  /* what hangs was hung by the paragraph before */
    bool toc;                   /* page references stand at the right */
    bool marked;                /* within a list that has marks */
    bool quoted;                /* within a quotation */
    const struct box *label;    /* for the next paragraph */
};

/* Sets PART in the galley of FLOW. */
void flow_part(struct flow *flow, const struct part *part);

/* The blocks below NODE. */
void flow_blocks(struct flow *flow, const struct node *node, struct frame frame);
void flow_child(struct flow *flow, const struct node *node, struct frame frame);

/* ---- Between the files of the flow ---------------------------------------- */

typedef VEC(struct span) span_list;

/* The inlines below NODE as spans. */
void spans_of(struct flow *flow, const struct node *node, struct tone tone, span_list *spans);
/* Words that no node says. */
void spans_made(const char *text, struct tone tone, span_list *spans);
/* The lines of a block of code, with the spaces that indent and align them; what is
 * made is in ARENA. */
void spans_code(struct arena *arena, const struct node *node, struct tone tone,
                span_list *spans);
/* In the arena; the list is freed. */
const struct span *spans_seal(struct arena *arena, span_list *spans, size_t *count);

/* The style of a role, FALLBACK where the style of print has none. */
const struct text_style *role_style(const struct style *style, enum role role,
                                    const struct text_style *fallback);

/* A new block with the destinations that waited; NULL'ed but for those. */
struct block *flow_block(struct flow *flow, const struct node *node);
/* A paragraph of NODE's inlines in STYLE within FRAME. */
struct block *flow_text(struct flow *flow, const struct node *node,
                        const struct text_style *style, struct frame frame, uint32_t element);
struct block *flow_box(struct flow *flow, const struct node *node, struct box *box);
/* Remembers NODE's id for the next block. */
void flow_name(struct flow *flow, const struct node *node);

/* A text set for a box: WIDTH is its room. */
struct set_text {
    const struct text_style *style;
    const struct span *span;
    size_t count;
    struct setting setting;
};
struct set_text text_of(struct flow *flow, const struct node *node, struct tone tone, dim width);
struct set_text text_made(struct flow *flow, const char *text, struct tone tone, dim width);
/* Puts it with the baseline of its first line at Y; returns that of a line
 * after its last. */
dim text_put(struct flow *flow, const struct set_text *text, dim x, dim y,
             struct making *making);
/* Width of its widest line. */
dim text_extent(const struct set_text *text);
/* A rectangle of ink. */
void rule_put(struct making *making, dim x, dim y, dim width, dim height, struct ink ink);

/* Items whose words were set in a passing arena, copied with them to ARENA. */
void items_copy(struct arena *arena, const struct item *from, size_t count, struct item *to);

/* One line of the galley's text on a page or in a box: items, links. */
void line_put(const struct galley *galley, struct arena *arena, const struct set_line *line,
              const struct span *span, dim x, dim y, struct making *making);

/* Space around the blocks from FIRST on, none between them. */
void join_blocks(struct galley *galley, size_t first);

/* A child of FRAME's element, which it becomes; in NODE's language. */
uint32_t flow_element(struct flow *flow, enum element_kind kind, struct frame *frame,
                      const struct node *node);

/* A child of FRAME's element, which it becomes, for NODE's picture: a figure with
 * the words that stand for it, its own or those below it. A picture without
 * words only decorates: then ELEMENT_ARTIFACT, and FRAME stays. */
uint32_t flow_picture(struct flow *flow, const struct node *node, struct frame *frame);

void flow_list(struct flow *flow, const struct node *node, struct frame frame);
void flow_opening(struct flow *flow, const struct node *node, struct frame frame);
void flow_figure(struct flow *flow, const struct node *node, struct frame frame);
void flow_table(struct flow *flow, const struct node *node, struct frame frame);
void flow_terms(struct flow *flow, const struct node *node, struct frame frame);
void flow_title(struct flow *flow, const struct part *part, struct frame frame);
void flow_imprint(struct flow *flow, const struct part *part, struct frame frame);
void flow_index(struct flow *flow, const struct part *part, struct frame frame);

/* The notes called in the last block, set for the foot of the page. */
void flow_notes(struct flow *flow, struct frame frame);
/* Those called in a cell, for the block of its row, which is yet to come. */
void flow_cell_notes(struct flow *flow, const struct set_text *text, struct frame frame);
/* Lines of the notes' leading that a block of a note takes. */
int note_lines(const struct shared *shared, const struct block *block);

/* Makes the first words of a portrait its opening: a drop capital or small
 * capitals, as the style says. */
void opening_lead(struct flow *flow, const struct text_style *style, struct room *room,
                  span_list *spans, struct frame *frame);

/* A photograph cropped to a rectangle. */
void photo_put(struct making *making, const struct picture *picture, uint32_t element,
               dim x, dim y, dim width, dim height);

#endif
