/* Quotation marks and apostrophes. A straight mark opens or closes by what
 * stands around it and by what is open; in French a mark is a guillemet at the
 * first level and “ ” below. A mark that is curly in the source says its own
 * direction. A language with pairs of its own (QUOTES_PAIRS) keeps those of its
 * marks that are typed and turns the straight ones and those of other languages. */
#include "book/letters.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

enum meaning { IS_APOSTROPHE, IS_OPENING, IS_CLOSING, IS_PRIME, IS_LEFT };
enum { DEEPEST = 64 };

/* What is open in one language of the block. */
struct open {
    int depth;
    uint64_t singles;           /* bit N: level N was opened by a single mark, */
    uint64_t straights;         /* by a straight double one, */
    uint64_t lows;              /* by „, */
    uint64_t turned;            /* by a mark that another was put for */
    unsigned char pairs[DEEPEST];       /* which pair of the language's each level has */
};

struct pass {
    const struct letters *in, *out;
    struct open *open;          /* by scope */
    size_t last_single;         /* index of the last ' that can close */
};

static bool bit(uint64_t bits, int depth)
{
    return depth > 0 && depth <= DEEPEST && (bits >> (depth - 1) & 1) != 0;
}

static uint64_t with_bit(uint64_t bits, uint64_t mask, bool set)
{
    return set ? bits | mask : bits & ~mask;
}

/* PAIR: of the language's; with a mark of it for CODE. */
static void push(struct open *open, uint32_t code, int pair, bool turned)
{
    uint64_t mask = open->depth < DEEPEST ? (uint64_t)1 << open->depth : 0;

    open->singles = with_bit(open->singles, mask, code == '\'' || code == 0x2018);
    open->straights = with_bit(open->straights, mask, code == '"');
    open->lows = with_bit(open->lows, mask, code == 0x201E);
    open->turned = with_bit(open->turned, mask, turned);
    if (open->depth < DEEPEST)
        open->pairs[open->depth] = (unsigned char)pair;
    open->depth++;
}

/* The pair of the innermost level; -1: none is open. */
static int innermost_pair(const struct open *open)
{
    return open->depth > 0 && open->depth <= DEEPEST ? open->pairs[open->depth - 1] : -1;
}

static bool is_gap(uint32_t code)
{
    return code == 0 || code == LINE_END || code_is_space(code);
}

/* The pair of RULES that CODE opens, or closes; -1: none. */
static int pair_of(const struct rules *rules, uint32_t code, bool opening)
{
    for (int i = 0; rules->pairs != NULL && rules->pairs[i].open != 0; i++)
        if ((opening ? rules->pairs[i].open : rules->pairs[i].close) == code)
            return i;
    return -1;
}

static bool opens_quotation(const struct rules *rules, uint32_t code)
{
    if (rules->pairs != NULL && pair_of(rules, code, false) >= 0)
        return false;
    return code == 0xAB || code == 0x201C || code == 0x2018 || pair_of(rules, code, true) >= 0;
}

/* Signs that a quotation opens after, as after a space. */
static bool leads(const struct rules *rules, uint32_t code)
{
    return is_gap(code) || code == '(' || code == '[' || code == '{' || code == '/'
           || code == 0x2013 || code == 0x2014 || code == 0xA1 || code == 0xBF
           || opens_quotation(rules, code);
}

static bool is_apostrophe(uint32_t code)
{
    return code == '\'' || code == 0x2019;
}

static bool is_mark(uint32_t code)
{
    return code == '"' || code == '\'' || code == 0xAB || code == 0xBB
           || (code >= 0x2018 && code <= 0x201F) || code == 0x2039 || code == 0x203A;
}

/* Does the mark at AT, behind BEFORE, stand where only an opening one can? Marks
 * that follow it at once are looked past. */
static bool stands_open(const struct pass *pass, const struct rules *rules, size_t at,
                        uint32_t before)
{
    while (is_mark(letters_code(pass->in, at)))
        at++;
    return leads(rules, before) && !is_gap(letters_code(pass->in, at));
}

/* ---- Double marks -------------------------------------------------------------- */

static enum meaning read_straight(const struct rules *rules, const struct open *open,
                                  uint32_t before, uint32_t next)
{
    bool closes = bit(open->straights, open->depth);

    if (is_gap(before) && is_gap(next))
        return closes || (next == 0 && before != 0) ? IS_CLOSING : IS_OPENING;
    if (leads(rules, before) && !is_gap(next))
        return IS_OPENING;
    if (!closes && code_is_digit(before))
        return IS_PRIME;
    if (is_gap(next))
        return IS_CLOSING;
    if (is_apostrophe(before) && code_is_word(next))
        return IS_OPENING;
    return closes || !code_is_word(next) ? IS_CLOSING : IS_OPENING;
}

/* “ closes in German; where the languages around wrote “so” it opens. Guillemets
 * stay there, whichever way they point: »so« is as right as „so“. */
static enum meaning read_german(const struct pass *pass, const struct rules *rules, size_t at,
                                uint32_t before)
{
    uint32_t code = letters_code(pass->in, at);

    if (code == 0xAB || code == 0xBB)
        return IS_LEFT;
    return code == 0x201E || code == 0x201F || stands_open(pass, rules, at, before)
           ? IS_OPENING : IS_CLOSING;
}

static enum meaning read_double(const struct pass *pass, const struct rules *rules,
                                const struct open *open, size_t at, uint32_t before)
{
    uint32_t code = letters_code(pass->in, at);

    if (code == '"')
        return read_straight(rules, open, before, letters_code(pass->in, at + 1));
    if (pair_of(rules, 0x201C, false) >= 0)
        return read_german(pass, rules, at, before);
    switch (code) {
    case 0xAB: case 0x201E: case 0x201F:
        return IS_OPENING;
    case 0x201C:
        return bit(open->lows, open->depth) ? IS_CLOSING : IS_OPENING;
    default:
        return IS_CLOSING;
    }
}

/* ---- Single marks --------------------------------------------------------------- */

/* ’tis, ’s morgens, ’90s: letters left out at the start of a word. Spaces between
 * are passed over, for they go behind an opening mark. */
static bool is_elided_word(const struct pass *pass, const struct rules *rules, size_t at)
{
    char word[16] = " ";
    size_t length = 1;

    while (letters_free_space(pass->in, at + 1))
        at++;
    while (length < sizeof word - 2 && letters_code(pass->in, at + length) < 0x80
           && code_is_word(letters_code(pass->in, at + length))) {
        word[length] = g_ascii_tolower((char)letters_code(pass->in, at + length));
        length++;
    }
    word[length] = ' ';
    word[length + 1] = '\0';
    return length > 1 && strstr(rules->elided, word) != NULL;
}

static bool is_elision(const struct pass *pass, const struct rules *rules, size_t at)
{
    return code_is_digit(letters_code(pass->in, at + 1)) || is_elided_word(pass, rules, at);
}

/* 5′10″ */
static bool is_feet(const struct letters *in, size_t at)
{
    return letters_code(in, at) == '\'' && code_is_digit(letters_code(in, at - 1))
           && code_is_digit(letters_code(in, at + 1))
           && (letters_code(in, at + 2) == '"' || letters_code(in, at + 3) == '"');
}

/* ‘ opens; a word that lost letters has an apostrophe all the same, which word
 * processors turn the wrong way. In German ‘ closes. */
static enum meaning read_turned(const struct pass *pass, const struct rules *rules,
                                const struct open *open, size_t at, uint32_t before)
{
    int closing = pair_of(rules, 0x2018, false);

    if (rules->pairs != NULL && leads(rules, before) && is_elided_word(pass, rules, at))
        return IS_APOSTROPHE;
    if (closing < 0 || stands_open(pass, rules, at, before))
        return IS_OPENING;
    if (innermost_pair(open) == closing)
        return IS_CLOSING;
    return code_is_word(before) && code_is_word(letters_code(pass->in, at + 1)) ? IS_APOSTROPHE
                                                                              : IS_LEFT;
}

static enum meaning read_single(const struct pass *pass, const struct rules *rules,
                                const struct open *open, size_t at, uint32_t before)
{
    uint32_t code = letters_code(pass->in, at), next = letters_code(pass->in, at + 1);
    bool closes = bit(open->singles, open->depth);

    if (code == 0x201A)
        return pair_of(rules, code, true) >= 0 ? IS_OPENING : IS_LEFT;
    if (code == 0x2018)
        return read_turned(pass, rules, open, at, before);
    if (is_feet(pass->in, at))
        return IS_PRIME;
    if (code_is_word(before)
        && (code_is_word(next) || (!closes && (next == OBJECT || next == 0xAB || next == 0x201E
                                               || next == 0x201C || next == '"'))))
        return IS_APOSTROPHE;
    if (is_gap(before) && is_gap(next))
        return IS_APOSTROPHE;
    if (!leads(rules, before))
        return closes ? IS_CLOSING
               : code == '\'' && code_is_digit(before) ? IS_PRIME : IS_APOSTROPHE;
    if (code == '\'' && !is_elision(pass, rules, at) && pass->last_single != SIZE_MAX
        && pass->last_single > at)
        return IS_OPENING;
    return IS_APOSTROPHE;
}

static bool can_close(const struct letters *in, size_t at)
{
    uint32_t code = letters_code(in, at);

    return is_apostrophe(code) && !in->list.item[at].kept
           && !leads(in->runs[in->list.item[at].run].rules, letters_code(in, at - 1))
           && !code_is_word(letters_code(in, at + 1));
}

/* ---- What is put ------------------------------------------------------------------ */

/* The pair for a mark that is not the language's: the next one within a quotation,
 * else the first, or for a single mark the single one. */
static int choose_pair(const struct pass *pass, const struct rules *rules,
                       const struct open *open, size_t at)
{
    uint32_t code = letters_code(pass->in, at);
    int outer = innermost_pair(open), pair = outer + 1, count = 0;

    while (rules->pairs[count].open != 0)
        count++;
    if (code == '\'' || code == 0x2018)
        for (int i = 0; i < count; i++)
            if (i != outer && (rules->pairs[i].open == 0x2018 || rules->pairs[i].open == 0x201A
                               || rules->pairs[i].open == 0x2039))
                pair = i;
    if (rules->pairs[pair % count].open == 0x2018 && is_elided_word(pass, rules, at))
        pair++;
    return pair % count;
}

static uint32_t opening(const struct pass *pass, const struct rules *rules, struct open *open,
                        size_t at)
{
    uint32_t code = letters_code(pass->in, at);
    int depth = open->depth, pair = pair_of(rules, code, true);
    bool turned = rules->pairs != NULL && pair < 0;

    if (turned)
        pair = choose_pair(pass, rules, open, at);
    push(open, code, pair, turned);
    if (rules->pairs != NULL)
        return rules->pairs[pair].open;
    if (rules->quotes == QUOTES_GUILLEMETS)
        return depth == 0 ? 0xAB : 0x201C;
    return code == '"' ? 0x201C : code == '\'' ? 0x2018 : code;
}

static uint32_t closing(const struct rules *rules, struct open *open, uint32_t code)
{
    int pair = innermost_pair(open);
    bool turned = bit(open->turned, open->depth);

    if (open->depth > 0)
        open->depth--;
    if (rules->pairs != NULL)
        return pair_of(rules, code, false) >= 0 && !turned ? code
               : rules->pairs[pair < 0 ? 0 : pair].close;
    if (rules->quotes == QUOTES_GUILLEMETS)
        return open->depth == 0 ? 0xBB : 0x201D;
    return code == '"' ? 0x201D : code == '\'' ? 0x2019 : code;
}

static uint32_t resolve(const struct pass *pass, enum meaning meaning, const struct rules *rules,
                        struct open *open, size_t at)
{
    uint32_t code = letters_code(pass->in, at);

    switch (meaning) {
    case IS_OPENING:
        return opening(pass, rules, open, at);
    case IS_CLOSING:
        return closing(rules, open, code);
    case IS_PRIME:
        return code == '"' ? 0x2033 : 0x2032;
    case IS_LEFT:
        return code;
    default:
        return 0x2019;
    }
}

static uint32_t set_mark(const struct pass *pass, size_t at)
{
    const struct letters *in = pass->in;
    const struct run *run = &in->runs[in->list.item[at].run];
    const struct rules *rules = run->rules;
    struct open *open = &pass->open[run->scope];
    uint32_t code = letters_code(in, at), next = letters_code(in, at + 1);
    uint32_t before = letters_code(pass->out, at - 1);

    switch (code) {
    case '\'': case 0x2018: case 0x2019: case 0x201A:
        if (rules->quotes != QUOTES_LEFT)
            return resolve(pass, read_single(pass, rules, open, at, before), rules, open, at);
        return code == '\'' && code_is_word(before) && code_is_word(next) ? 0x2019 : code;
    case 0xB4:
        return code_is_word(before) && code_is_word(next) ? 0x2019 : code;
    case '"': case 0xAB: case 0xBB: case 0x201C: case 0x201D: case 0x201E: case 0x201F:
        if (rules->quotes != QUOTES_LEFT)
            return resolve(pass, read_double(pass, rules, open, at, before), rules, open, at);
    }
    return code;
}

void letters_set_quotes(const struct letters *in, struct letters *out)
{
    struct pass pass = { .in = in, .out = out, .last_single = SIZE_MAX };
    VEC(struct open) open = {0};

    for (uint32_t i = 0; i < in->scopes; i++)
        VEC_PUSH(&open);
    pass.open = open.item;
    for (size_t i = 0; i < in->list.count; i++)
        if (can_close(in, i))
            pass.last_single = i;
    for (size_t i = 0; i < in->list.count; i++) {
        struct letter letter = in->list.item[i];

        if (!letter.kept)
            letter.code = set_mark(&pass, i) & 0x1FFFFF;
        letters_put(out, letter);
    }
    free(open.item);
}
