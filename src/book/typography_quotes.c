/* Quotation marks and apostrophes. A straight mark opens or closes by what
 * stands around it and by what is open; in French a mark is a guillemet at the
 * first level and “ ” below. A mark that is curly in the source says its own
 * direction. */
#include "book/letters.h"

#include <glib.h>
#include <stdlib.h>

enum meaning { IS_APOSTROPHE, IS_OPENING, IS_CLOSING, IS_PRIME };

/* What is open in one language of the block. */
struct open {
    int depth;
    uint64_t singles;           /* bit N: level N was opened by a single mark, */
    uint64_t straights;         /* by a straight double one, */
    uint64_t lows;              /* by „ */
};

struct pass {
    const struct letters *in;
    struct open *open;          /* by scope */
    size_t last_single;         /* index of the last ' that can close */
};

static bool bit(uint64_t bits, int depth)
{
    return depth > 0 && depth <= 64 && (bits >> (depth - 1) & 1) != 0;
}

static uint64_t with_bit(uint64_t bits, uint64_t mask, bool set)
{
    return set ? bits | mask : bits & ~mask;
}

static void push(struct open *open, uint32_t code)
{
    uint64_t mask = open->depth < 64 ? (uint64_t)1 << open->depth : 0;

    open->singles = with_bit(open->singles, mask, code == '\'' || code == 0x2018);
    open->straights = with_bit(open->straights, mask, code == '"');
    open->lows = with_bit(open->lows, mask, code == 0x201E);
    open->depth++;
}

static bool is_gap(uint32_t code)
{
    return code == 0 || code == LINE_END || code_is_space(code);
}

/* Signs that a quotation opens after, as after a space. */
static bool leads(uint32_t code)
{
    return is_gap(code) || code == '(' || code == '[' || code == '{' || code == '/'
           || code == 0x2013 || code == 0x2014 || code == 0xAB || code == 0x201C
           || code == 0x2018 || code == 0xA1 || code == 0xBF;
}

static bool is_apostrophe(uint32_t code)
{
    return code == '\'' || code == 0x2019;
}

/* ---- Double marks -------------------------------------------------------------- */

static enum meaning read_straight(const struct open *open, uint32_t before, uint32_t next)
{
    bool closes = bit(open->straights, open->depth);

    if (is_gap(before) && is_gap(next))
        return closes || (next == 0 && before != 0) ? IS_CLOSING : IS_OPENING;
    if (leads(before) && !is_gap(next))
        return IS_OPENING;
    if (!closes && code_is_digit(before))
        return IS_PRIME;
    if (is_gap(next))
        return IS_CLOSING;
    if (is_apostrophe(before) && code_is_word(next))
        return IS_OPENING;
    return closes || !code_is_word(next) ? IS_CLOSING : IS_OPENING;
}

static enum meaning read_double(const struct open *open, uint32_t code, uint32_t before,
                                uint32_t next)
{
    switch (code) {
    case '"':
        return read_straight(open, before, next);
    case 0xAB: case 0x201E: case 0x201F:
        return IS_OPENING;
    case 0x201C:
        return bit(open->lows, open->depth) ? IS_CLOSING : IS_OPENING;
    default:
        return IS_CLOSING;
    }
}

/* ---- Single marks --------------------------------------------------------------- */

/* ’90s, ’tis: letters left out at the start of a word. */
static bool is_elision(const struct letters *in, size_t at)
{
    static const char *const words[] = { "tis", "twas", "em", "cause", "til", "till", "n",
                                         "round", "bout", "cuz", NULL };
    char word[8];
    size_t length = 0;

    while (length < sizeof word - 1 && letters_code(in, at + 1 + length) < 0x80
           && code_is_word(letters_code(in, at + 1 + length))) {
        word[length] = g_ascii_tolower((char)letters_code(in, at + 1 + length));
        length++;
    }
    word[length] = '\0';
    for (int i = 0; words[i] != NULL; i++)
        if (g_str_equal(word, words[i]))
            return true;
    return length > 0 && g_ascii_isdigit(word[0]);
}

/* 5′10″ */
static bool is_feet(const struct letters *in, size_t at)
{
    return letters_code(in, at) == '\'' && code_is_digit(letters_code(in, at - 1))
           && code_is_digit(letters_code(in, at + 1))
           && (letters_code(in, at + 2) == '"' || letters_code(in, at + 3) == '"');
}

static enum meaning read_single(const struct pass *pass, size_t at, const struct open *open)
{
    uint32_t code = letters_code(pass->in, at), before = letters_code(pass->in, at - 1);
    uint32_t next = letters_code(pass->in, at + 1);
    bool closes = bit(open->singles, open->depth);

    if (code == 0x2018)
        return IS_OPENING;
    if (is_feet(pass->in, at))
        return IS_PRIME;
    if (code_is_word(before)
        && (code_is_word(next) || (!closes && (next == OBJECT || next == 0xAB
                                               || next == 0x201C || next == '"'))))
        return IS_APOSTROPHE;
    if (is_gap(before) && is_gap(next))
        return IS_APOSTROPHE;
    if (!leads(before))
        return closes ? IS_CLOSING
               : code == '\'' && code_is_digit(before) ? IS_PRIME : IS_APOSTROPHE;
    if (code == '\'' && !is_elision(pass->in, at) && pass->last_single != SIZE_MAX
        && pass->last_single > at)
        return IS_OPENING;
    return IS_APOSTROPHE;
}

static bool can_close(const struct letters *in, size_t at)
{
    uint32_t code = letters_code(in, at);

    return is_apostrophe(code) && !in->list.item[at].kept && !leads(letters_code(in, at - 1))
           && !code_is_word(letters_code(in, at + 1));
}

/* ---- What is put ------------------------------------------------------------------ */

static uint32_t opening(const struct rules *rules, struct open *open, uint32_t code)
{
    int depth = open->depth;

    push(open, code);
    if (rules->quotes == QUOTES_GUILLEMETS)
        return depth == 0 ? 0xAB : 0x201C;
    return code == '"' ? 0x201C : code == '\'' ? 0x2018 : code;
}

static uint32_t closing(const struct rules *rules, struct open *open, uint32_t code)
{
    if (open->depth > 0)
        open->depth--;
    if (rules->quotes == QUOTES_GUILLEMETS)
        return open->depth == 0 ? 0xBB : 0x201D;
    return code == '"' ? 0x201D : code == '\'' ? 0x2019 : code;
}

static uint32_t resolve(enum meaning meaning, const struct rules *rules, struct open *open,
                        uint32_t code)
{
    switch (meaning) {
    case IS_OPENING:
        return opening(rules, open, code);
    case IS_CLOSING:
        return closing(rules, open, code);
    case IS_PRIME:
        return code == '"' ? 0x2033 : 0x2032;
    default:
        return 0x2019;
    }
}

static uint32_t set_mark(struct pass *pass, size_t at)
{
    const struct letters *in = pass->in;
    const struct run *run = &in->runs[in->list.item[at].run];
    struct open *open = &pass->open[run->scope];
    uint32_t code = letters_code(in, at), before = letters_code(in, at - 1);
    uint32_t next = letters_code(in, at + 1);

    switch (code) {
    case '\'': case 0x2018: case 0x2019:
        if (run->rules->quotes != QUOTES_LEFT)
            return resolve(read_single(pass, at, open), run->rules, open, code);
        return code == '\'' && code_is_word(before) && code_is_word(next) ? 0x2019 : code;
    case 0xB4:
        return code_is_word(before) && code_is_word(next) ? 0x2019 : code;
    case '"': case 0xAB: case 0xBB: case 0x201C: case 0x201D: case 0x201E: case 0x201F:
        if (run->rules->quotes != QUOTES_LEFT)
            return resolve(read_double(open, code, before, next), run->rules, open, code);
    }
    return code;
}

void letters_set_quotes(const struct letters *in, struct letters *out)
{
    struct pass pass = { .in = in, .last_single = SIZE_MAX };
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
