/* The letters of one paragraph, whatever nodes they stand in: what the language
 * rules work on. Each rule is a pass that reads one list and writes the next,
 * so that every one sees what stands before and after across the nodes. Private
 * to typography*.c. */
#ifndef BOOK_LETTERS_H
#define BOOK_LETTERS_H

#include "base/buf.h"
#include "book/book.h"

#define NO_BREAK 0xA0u
#define NARROW 0x202Fu
#define OBJECT 0xFFFCu          /* code, a picture, a note's number: something seen */
#define LINE_END 0x2028u        /* a line break by will of the text */

/* Where a language's habits differ. */
enum quote_style { QUOTES_LEFT, QUOTES_CURLY, QUOTES_GUILLEMETS, QUOTES_PAIRS };

/* The marks of one level of quotations, the outer levels first. */
struct pair { uint32_t open, close; };

/* A word that is not parted from what follows: a capital, or a number. */
struct abbreviation { const char *word; enum { BEFORE_NAME, BEFORE_NUMBER } before; };

struct rules {
    const char *language;       /* "fr-CA", "es-" for any region, the language alone */
    enum quote_style quotes;
    bool signs;                 /* spaces before ; : ! ? are ours to set */
    uint32_t before_sign;       /* before ; ! ?: 0 for nothing */
    bool spaced_signs;          /* 80 % and 10 $ rather than 80% and $10 */
    bool units;                 /* a number holds on to its unit */
    bool groups;                /* 10 000 */
    int dots;                   /* from how many on they become one sign */
    const struct abbreviation *abbreviations;   /* word NULL: the end */
    const char *elided;         /* " tis n ": words that lost their first letters */
    const struct pair *pairs;   /* of QUOTES_PAIRS; OPEN 0: the end */
};

/* A stretch of letters in one text node. */
struct run {
    struct node *node;          /* NULL: an object that only others look at */
    const struct rules *rules;
    uint32_t scope;             /* quotations are counted in each language apart */
};

struct letter {
    uint32_t code : 21;
    uint32_t kept : 1;          /* no rule touches it: addresses, smileys, code */
    uint32_t run;
};

struct letters {
    VEC(struct letter) list;
    const struct run *runs;
    uint32_t scopes;            /* numbers in use */
};

/* The rules for a language: "fr-CA", then those for its other regions, then "fr",
 * then those for any other. */
const struct rules *rules_lookup(const char *language);

/* Marks addresses, handles, hashtags and smileys as kept. */
void letters_protect(struct letters *letters);

/* The passes, in the order they are to be made. OUT's list is replaced. */
typedef void letters_pass(const struct letters *in, struct letters *out);
letters_pass letters_collapse_spaces, letters_set_dots, letters_set_dashes, letters_set_quotes,
             letters_space_quotes, letters_space_signs, letters_hold_numbers;

/* ---- Looking at letters -------------------------------------------------- */

/* Any space, but LINE_END. */
static inline bool code_is_space(uint32_t code)
{
    return code == ' ' || code == '\t' || code == '\n' || code == '\r' || code == NO_BREAK
           || code == NARROW || (code >= 0x2000 && code <= 0x200A);
}

bool code_is_word(uint32_t code);           /* letter, digit, mark */
bool code_is_digit(uint32_t code);          /* 0 to 9 */

/* Appends LETTER. */
static inline void letters_put(struct letters *letters, struct letter letter)
{
    if (letters->list.count == letters->list.cap)
        letters->list.item = vec_grow(letters->list.item, &letters->list.cap,
                                      letters->list.count, sizeof letter);
    letters->list.item[letters->list.count++] = letter;
}

/* The code at INDEX; 0 outside the list. */
static inline uint32_t letters_code(const struct letters *letters, size_t index)
{
    return index < letters->list.count ? letters->list.item[index].code : 0;
}

/* A space that rules may change. */
static inline bool letters_free_space(const struct letters *letters, size_t index)
{
    return index < letters->list.count && !letters->list.item[index].kept
           && code_is_space(letters->list.item[index].code);
}

#endif
