/* The finder of interviews: from the blocks of an article, and what the whole
 * series has taught, to a portrait. It goes by shape: place, punctuation,
 * length, emphasis, heading level, speakers' labels, and what repeats from
 * source to source. Nothing is dropped: each block gets a fate, and what stays
 * out of the book has a reason. */
#ifndef IMPORT_FIND_H
#define IMPORT_FIND_H

#include "import/block.h"
#include "import/words.h"

/* ---- What a series teaches (series.c) --------------------------------------- */

struct series;
struct series *series_new(void);
void series_free(struct series *series);

/* Counts what ARTICLE has; it must have been prepared. */
void series_learn(struct series *series, const struct article *article);

/* What earlier imports found common: block is common wherever it stands. */
void series_know(struct series *series, const struct block *block);

size_t series_articles(const struct series *series);

/* In how many articles is there a block of the same words? */
size_t series_count(const struct series *series, const struct block *block);

/* In how many do short blocks begin with the same five words? */
size_t series_beginnings(const struct series *series, const struct block *block);

/* How many titles begin with the first WORDS words of the fold? */
size_t series_titles(const struct series *series, const char *fold, size_t words);

/* Is it said in most articles of a series of two or more? */
bool series_is_common(const struct series *series, const struct block *block);

/* The words that most titles begin with, as written, without what joins them
 * to a name; NULL when they share none. */
const char *series_title(const struct series *series);

/* The name that sites or channels gave; NULL. */
const char *series_name(const struct series *series);

/* "fr-CA", "en": what the articles are written in. */
const char *series_language(const struct series *series);

/* ---- What is found ----------------------------------------------------------- */

struct found_contact {
    const char *network;        /* a key of the table, or the label as printed */
    const char *handle, *url, *note;
    struct place at;
};

struct found_title {
    const char *title, *author, *url;
    struct place at;
};

struct doubt { struct place at; const char *text; };

struct found {
    struct article *article;    /* its blocks have their fates */
    struct arena *arena;        /* the article's */
    const struct series *series;
    const char *name, *role, *organisation, *credit, *date, *language;
    double name_score;          /* of the name: under 5 it is a guess, 0 from the file's name */
    const char *photo, *photo_alt;
    VEC(struct found_contact) contacts;
    VEC(struct found_title) titles;
    VEC(const char *) accounts;
    VEC(struct doubt) doubts;
    size_t questions, unanswered;
    const char *foreign;        /* why it seems to be no interview, help or a lesson; NULL */
    size_t label_words;         /* of speakers' labels that were taken off */
    size_t answerers;           /* labels of those who answer, where nobody asks by one */
    bool own_label;             /* a label that was taken off is the person's */
    size_t first, last;         /* blocks from the first question to the tail */
    double sureness;            /* 0 to 1: of the questions */
};

static inline struct block *block_at(const struct found *found, size_t index)
{
    return &found->article->blocks.item[index];
}

/* Cuts blocks where a question and its answer share one, and folds them. Once
 * for each article, before it is learnt or searched. */
void find_prepare(struct article *article);

void find(struct found *found, struct article *article, const struct series *series);
void found_free(struct found *found);

/* ---- The finder's parts, in their order ---------------------------------------- */

/* Name and role, from titles, headings over contacts, the file's name. */
void find_person(struct found *found);

/* Tells of a name that is still a guess when all parts have been at work. */
enum { SURE_NAME = 5, SURER_NAME = 8 };
void find_name_doubt(struct found *found);

/* Contacts, reading titles, credits, other posts, comments: what stands behind
 * the last answer; sets found->last. */
void find_sections(struct found *found);

/* Questions and answers; sets found->first. */
void find_questions(struct found *found);

/* Whether it is an interview at all: sets found->foreign where that is not sure, and takes
 * the questions back where it is evidently none. */
void find_kind(struct found *found);

/* A name near the questions that outdoes the title's. */
void find_nearby(struct found *found);

/* Common and particular introduction, photo and its credit, accounts. */
void find_opening(struct found *found);

/* Role and organisation, parted, and what the introduction tells of them. */
void find_role(struct found *found);

void found_doubt(struct found *found, struct place at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The contacts that a line of a block tells, bytes [FROM, TO), appended; false
 * when it is no line of contacts. In a SECTION of contacts more passes for one:
 * a label and a sentence is a note. */
bool contact_line(struct found *found, const struct block *block, size_t from, size_t to,
                  bool section);

/* The "@name" at TEXT: its bytes, 0 when there is none. */
size_t handle_length(const char *text);

#endif
