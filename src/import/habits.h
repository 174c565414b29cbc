/* The manner in which the paragraphs of an article begin with their questions, and
 * the beginnings that may have it. */
#ifndef IMPORT_HABITS_H
#define IMPORT_HABITS_H

#include "import/block.h"

#include <glib.h>

enum { LONG_LINE = 300,         /* bytes: no line that asks is so long */
       LEAD_WORDS = 15,         /* of a demand that a colon ends */
       TOPIC_WORDS = 6 };       /* of a line that names what is spoken of */

struct habits {
    unsigned marked;        /* the marks that questions at the start have */
    bool bold;              /* questions alone are all bold, and nothing else */
    bool lead_lines;        /* the first line of several asks */
    bool lines;             /* lines that ask stand between lines that answer */
    bool whole;             /* paragraphs of one line ask, several of them */
    bool bare;              /* and most of them have no speaker's label */
    bool sentences;         /* the first sentence asks, the next answer */
    bool numbered;          /* items with numbers hold a question and its answer */
    bool numbered_lines;    /* on lines of their own */
    GHashTable *replies;    /* labels right behind a question to how many they follow */
    GHashTable *labels;     /* speakers' labels to how many lines they begin */
};

/* Sees the habits of ARTICLE's blocks, which are not folded yet. */
struct habits habits_see(struct arena *arena, const struct article *article);
void habits_free(struct habits *habits);

/* How many a label of replies or of labels has; 0 for none. */
size_t habits_count(GHashTable *counts, const char *label);

/* May the block be cut at all? */
bool habits_may_cut(const struct block *block);

/* The end of the MARKed stretch that a block begins with and goes on behind; 0
 * when there is none, or it is a label. */
size_t lead_marked(const struct block *block, unsigned mark);

/* Bytes of the question that the first sentences of a block ask before others
 * answer; 0 when they do not. Where it is the HABIT, any words may ask, and a
 * demand without a question mark. */
size_t lead_asking(struct arena *arena, const struct block *block, bool habit);

/* The question of a numbered item where such items hold answers, too. */
size_t lead_numbered(struct arena *arena, const struct block *block);

/* The colon of "Why?: Because". */
bool habits_colon(const struct block *block, size_t at);

/* Does a colon end a demand at I, "Your desk in a word: chaos"? */
bool habits_demand(struct arena *arena, const struct block *block, size_t i);

/* Calls SEE for the first labelled reply within each line: where the line begins,
 * where the label does. */
typedef void see_reply(void *context, const char *label, size_t line, size_t at);
void habits_replies(struct arena *arena, const struct block *block, see_reply *see,
                    void *context);

#endif
