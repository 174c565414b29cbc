/* Words of languages by which interviews and the furniture of pages are
 * recognised: tables of phrases, all compared folded. These are helps only:
 * the finder goes by shape first. */
#ifndef IMPORT_WORDS_H
#define IMPORT_WORDS_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum word_list {
    WORDS_QUESTION,     /* begin a question: why, comment, … */
    WORDS_ASKING,       /* begin a demand: describe, raconte-nous, … */
    WORDS_YOU,          /* speak to somebody */
    WORDS_I,            /* speak of oneself */
    WORDS_CONTACT,      /* begin the heading over contacts */
    WORDS_READING,      /* are the heading over a reading list */
    WORDS_CREDIT,       /* begin a photo credit */
    WORDS_RELATED,      /* begin the heading over links to other posts */
    WORDS_CLOSING,      /* begin the heading over who wrote it, a newsletter, gifts */
    WORDS_COMMENTS,     /* begin a comment form or the comments */
    WORDS_FURNITURE,    /* begin buttons, share bars, post footers */
    WORDS_GENERIC,      /* words of titles that name the kind of text */
    WORDS_OF,           /* small words between a kind and what it is of */
    WORDS_PARTICLE,     /* small words within a name */
    WORDS_MEETS,        /* stand right before the name of who is interviewed */
    WORDS_WROTE,        /* stand right before the name of who wrote it */
    WORDS_FIRM,         /* what is named and is nobody: magazine, association, … */
    WORDS_RUNS,         /* in a question for the accounts that somebody runs */
    WORDS_AT,           /* between a role and an organisation */
    WORDS_ASKS,         /* labels of the one who asks */
    WORDS_ANSWERS,      /* labels of the one who answers */
    WORDS_REPLY,        /* begin an answer: yes, non, merci, … */
    WORDS_THANKS,       /* begin the words that end an interview */
    WORDS_THAT,         /* begin a remark on what was said */
    WORDS_HELP,         /* head the questions that readers ask: FAQ */
    WORDS_HIRING,       /* say that an interview is for a job */
    WORDS_DATE,         /* begin a date of publication */
    WORDS_VIA,          /* between a network and the address there */
    WORDS_INTERVIEW,    /* say that a text is one */
    WORDS_MYSELF,       /* begin an answer with one's own name: I am, je m'appelle, … */
    WORDS_RESPONSES,    /* what belongs to who is interviewed: responses, story, … */
    WORDS_GUEST,        /* begin a line that says who it is: guest, interview with, … */
    WORDS_HELLO,        /* speak to somebody whose name follows */
    WORDS_ADDRESS,      /* stand before a surname: Mr, Frau, … */
    WORD_LISTS
};

/* TEXT in lower case, accents off, words set apart by single spaces, with one
 * at both ends: " j ai ete ". Figures count as words, other signs as spaces. */
char *words_fold(struct arena *arena, const char *text, size_t bytes);

/* Does FOLD begin with, equal, hold a phrase of the list? */
bool words_begin(enum word_list list, const char *fold);
bool words_are(enum word_list list, const char *fold);
bool words_have(enum word_list list, const char *fold);

/* Does FOLD end with a phrase of the list of at most five words? */
bool words_end(enum word_list list, const char *fold);

/* How many words of FOLD begin a phrase of the list. */
size_t words_count(enum word_list list, const char *fold);

/* Bytes of the longest phrase that FOLD begins with, the space before it
 * included; 0 for none. */
size_t words_prefix(enum word_list list, const char *fold);

/* "2 responses to …", "14 commentaires": a figure and a word. */
bool words_count_comments(const char *fold);

/* Number of words of a fold. */
size_t fold_words(const char *fold);

/* A hash that equal folds share (FNV-1a). */
uint64_t fold_hash(const char *fold, size_t bytes);

/* The offset in FOLD after its first COUNT words, or its length. */
size_t fold_after(const char *fold, size_t count);

/* "fr", "en", … by the commonest small words in FOLD: adds to VOTES, one for
 * each of words_languages. */
enum { WORDS_LANGUAGES = 7 };
extern const char *const words_languages[WORDS_LANGUAGES];
void words_vote(const char *fold, size_t votes[WORDS_LANGUAGES]);

/* The place of the language with most votes, the first of several. */
size_t words_voted(const size_t votes[WORDS_LANGUAGES]);

#endif
