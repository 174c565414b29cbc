/* The languages' rules, one pass each over the letters of a block: spaces, dots,
 * quotation marks and apostrophes, the spaces inside and before signs, and what
 * holds together around numbers. Sources: notes of the OQLF (fr-CA), Lexique des
 * règles typographiques of the Imprimerie nationale (fr-FR), the Chicago Manual
 * of Style (en), Duden and DIN 5008 (de), the Ortografía of the RAE (es), and
 * what publishers print (it, pt, nl). Each pass is linear and changes nothing the second time. */
#include "book/letters.h"

#include <glib.h>
#include <string.h>

static const struct abbreviation french[] = {
    { "M.", BEFORE_NAME }, { "MM.", BEFORE_NAME }, { "Mme", BEFORE_NAME },
    { "Mmes", BEFORE_NAME }, { "Mlle", BEFORE_NAME }, { "Dr", BEFORE_NAME },
    { "Dre", BEFORE_NAME }, { "Pr", BEFORE_NAME }, { "Pre", BEFORE_NAME },
    { "Me", BEFORE_NAME }, { "Mgr", BEFORE_NAME },
    { "n°", BEFORE_NUMBER }, { "N°", BEFORE_NUMBER }, { "nº", BEFORE_NUMBER },
    { "nos", BEFORE_NUMBER }, { "no", BEFORE_NUMBER }, { "p.", BEFORE_NUMBER },
    { "pp.", BEFORE_NUMBER }, { "vol.", BEFORE_NUMBER }, { "chap.", BEFORE_NUMBER },
    { "art.", BEFORE_NUMBER }, { "fig.", BEFORE_NUMBER }, { "t.", BEFORE_NUMBER },
    { "§", BEFORE_NUMBER }, { NULL, BEFORE_NAME }
};

static const struct abbreviation english[] = {
    { "Mr.", BEFORE_NAME }, { "Mrs.", BEFORE_NAME }, { "Ms.", BEFORE_NAME },
    { "Dr.", BEFORE_NAME }, { "Prof.", BEFORE_NAME }, { "Mr", BEFORE_NAME },
    { "Mrs", BEFORE_NAME }, { "Ms", BEFORE_NAME }, { "Dr", BEFORE_NAME },
    { "No.", BEFORE_NUMBER }, { "no.", BEFORE_NUMBER }, { "p.", BEFORE_NUMBER },
    { "pp.", BEFORE_NUMBER }, { "vol.", BEFORE_NUMBER }, { "fig.", BEFORE_NUMBER },
    { "§", BEFORE_NUMBER }, { NULL, BEFORE_NAME }
};

static const struct abbreviation german[] = {
    { "Dr.", BEFORE_NAME }, { "Prof.", BEFORE_NAME }, { "Hr.", BEFORE_NAME },
    { "Fr.", BEFORE_NAME }, { "St.", BEFORE_NAME }, { "z.", BEFORE_NAME },
    { "Nr.", BEFORE_NUMBER }, { "S.", BEFORE_NUMBER }, { "Bd.", BEFORE_NUMBER },
    { "Kap.", BEFORE_NUMBER }, { "Abb.", BEFORE_NUMBER }, { "Art.", BEFORE_NUMBER },
    { "§", BEFORE_NUMBER }, { NULL, BEFORE_NAME }
};

static const struct abbreviation spanish[] = {
    { "Sr.", BEFORE_NAME }, { "Sra.", BEFORE_NAME }, { "Srta.", BEFORE_NAME },
    { "D.", BEFORE_NAME }, { "Dña.", BEFORE_NAME }, { "Dr.", BEFORE_NAME },
    { "Dra.", BEFORE_NAME }, { "n.º", BEFORE_NUMBER }, { "núm.", BEFORE_NUMBER },
    { "p.", BEFORE_NUMBER }, { "pp.", BEFORE_NUMBER }, { "pág.", BEFORE_NUMBER },
    { "págs.", BEFORE_NUMBER }, { "vol.", BEFORE_NUMBER }, { "cap.", BEFORE_NUMBER },
    { "fig.", BEFORE_NUMBER }, { "§", BEFORE_NUMBER }, { NULL, BEFORE_NAME }
};

static const struct abbreviation italian[] = {
    { "Sig.", BEFORE_NAME }, { "sig.", BEFORE_NAME }, { "Sig.ra", BEFORE_NAME },
    { "sig.ra", BEFORE_NAME }, { "Dott.", BEFORE_NAME }, { "dott.", BEFORE_NAME },
    { "Dott.ssa", BEFORE_NAME }, { "dott.ssa", BEFORE_NAME }, { "Prof.", BEFORE_NAME },
    { "prof.", BEFORE_NAME }, { "Prof.ssa", BEFORE_NAME }, { "prof.ssa", BEFORE_NAME },
    { "n.", BEFORE_NUMBER }, { "p.", BEFORE_NUMBER }, { "pp.", BEFORE_NUMBER },
    { "vol.", BEFORE_NUMBER }, { "cap.", BEFORE_NUMBER }, { "fig.", BEFORE_NUMBER },
    { "§", BEFORE_NUMBER }, { NULL, BEFORE_NAME }
};

static const struct abbreviation portuguese[] = {
    { "Sr.", BEFORE_NAME }, { "Sra.", BEFORE_NAME }, { "D.", BEFORE_NAME },
    { "Dr.", BEFORE_NAME }, { "Dra.", BEFORE_NAME }, { "Prof.", BEFORE_NAME },
    { "n.º", BEFORE_NUMBER }, { "nº", BEFORE_NUMBER }, { "p.", BEFORE_NUMBER },
    { "pp.", BEFORE_NUMBER }, { "vol.", BEFORE_NUMBER }, { "cap.", BEFORE_NUMBER },
    { "fig.", BEFORE_NUMBER }, { "§", BEFORE_NUMBER }, { NULL, BEFORE_NAME }
};

static const struct abbreviation dutch[] = {
    { "dr.", BEFORE_NAME }, { "drs.", BEFORE_NAME }, { "ir.", BEFORE_NAME },
    { "mr.", BEFORE_NAME }, { "prof.", BEFORE_NAME }, { "dhr.", BEFORE_NAME },
    { "mevr.", BEFORE_NAME }, { "nr.", BEFORE_NUMBER }, { "p.", BEFORE_NUMBER },
    { "pp.", BEFORE_NUMBER }, { "blz.", BEFORE_NUMBER }, { "dl.", BEFORE_NUMBER },
    { "hfst.", BEFORE_NUMBER }, { "fig.", BEFORE_NUMBER }, { "§", BEFORE_NUMBER },
    { NULL, BEFORE_NAME }
};

static const struct abbreviation none[] = { { NULL, BEFORE_NAME } };

static const char english_elided[] = " tis twas em cause til till n round bout cuz ";
static const char german_elided[] = " s n ne nen nem ner ";
static const char italian_elided[] = " sto sta sti ste ndrangheta ";
static const char dutch_elided[] = " s t n k m r em ns ";

static const struct pair low[] = { { 0x201E, 0x201C }, { 0x201A, 0x2018 }, { 0, 0 } };
static const struct pair angled[] = { { 0xAB, 0xBB }, { 0x2039, 0x203A }, { 0, 0 } };
static const struct pair latin[] = { { 0xAB, 0xBB }, { 0x201C, 0x201D }, { 0x2018, 0x2019 },
                                     { 0, 0 } };
static const struct pair high[] = { { 0x201C, 0x201D }, { 0x2018, 0x2019 }, { 0, 0 } };
static const struct pair single[] = { { 0x2018, 0x2019 }, { 0x201C, 0x201D }, { 0, 0 } };

static const struct rules languages[] = {
    { "fr-CA", QUOTES_GUILLEMETS, true, 0, true, true, true, 3, french, english_elided, NULL },
    { "fr", QUOTES_GUILLEMETS, true, NARROW, true, true, true, 3, french, english_elided, NULL },
    { "en", QUOTES_CURLY, false, 0, false, true, false, 3, english, english_elided, NULL },
    { "de-CH", QUOTES_PAIRS, false, 0, true, true, true, 3, german, german_elided, angled },
    { "de-LI", QUOTES_PAIRS, false, 0, true, true, true, 3, german, german_elided, angled },
    { "de", QUOTES_PAIRS, false, 0, true, true, true, 3, german, german_elided, low },
    { "es-ES", QUOTES_PAIRS, false, 0, false, true, true, 3, spanish, "", latin },
    { "es-", QUOTES_PAIRS, false, 0, false, true, true, 3, spanish, "", high },
    { "es", QUOTES_PAIRS, false, 0, false, true, true, 3, spanish, "", latin },
    { "it", QUOTES_PAIRS, false, 0, false, true, true, 3, italian, italian_elided, latin },
    { "pt-BR", QUOTES_PAIRS, false, 0, false, true, true, 3, portuguese, "", high },
    { "pt-", QUOTES_PAIRS, false, 0, false, true, true, 3, portuguese, "", latin },
    { "pt", QUOTES_PAIRS, false, 0, false, true, true, 3, portuguese, "", high },
    { "nl", QUOTES_PAIRS, false, 0, false, true, false, 3, dutch, dutch_elided, single },
    { "", QUOTES_LEFT, false, 0, false, false, false, 3, none, "", NULL },
};

const struct rules *rules_lookup(const char *language)
{
    size_t count = sizeof languages / sizeof *languages;

    for (size_t i = 0; language != NULL && i < count - 1; i++) {
        size_t length = strlen(languages[i].language);

        if (g_ascii_strncasecmp(language, languages[i].language, length) == 0
            && (language[length] == '\0' || language[length] == '-'
                || languages[i].language[length - 1] == '-'))
            return &languages[i];
    }
    return &languages[count - 1];
}

/* ---- Letters ---------------------------------------------------------------- */

bool code_is_word(uint32_t code)
{
    return code < 0x80 ? g_ascii_isalnum((char)code) : g_unichar_isalnum(code)
                                                       || g_unichar_ismark(code);
}

bool code_is_digit(uint32_t code)
{
    return code >= '0' && code <= '9';
}

static const struct rules *rules_at(const struct letters *letters, size_t index)
{
    return letters->runs[letters->list.item[index].run].rules;
}

/* CODE, in the text that LETTER stands in. */
static void put_code(struct letters *out, struct letter letter, uint32_t code)
{
    letter.code = code & 0x1FFFFF;
    letters_put(out, letter);
}

static void drop_spaces(struct letters *out)
{
    while (letters_free_space(out, out->list.count - 1))
        out->list.count--;
}

static uint32_t last_code(const struct letters *out)
{
    return letters_code(out, out->list.count - 1);
}

static size_t after_spaces(const struct letters *in, size_t index)
{
    while (letters_free_space(in, index))
        index++;
    return index;
}

static bool is_free(const struct letters *letters, size_t index, uint32_t code)
{
    return letters_code(letters, index) == code && !letters->list.item[index].kept;
}

/* ‘ and ’ that close are apostrophes as well: the spaces before them stay. */
static bool is_pair_mark(const struct letters *in, size_t at, bool opening)
{
    const struct pair *pair = rules_at(in, at)->pairs;

    for (; pair != NULL && pair->open != 0; pair++)
        if (is_free(in, at, opening ? pair->open : pair->close)
            && (opening || (pair->close != 0x2018 && pair->close != 0x2019)))
            return true;
    return false;
}

/* ---- Spaces: a run becomes one, none at either end --------------------------- */

static bool is_quote(uint32_t code)
{
    return code == '"' || code == '\'' || code == 0xAB || code == 0xBB
           || (code >= 0x2018 && code <= 0x201F);
}

static bool is_sign(uint32_t code)
{
    return code == ';' || code == ':' || code == '!' || code == '?';
}

/* A no-break space that came with a copied page: it stands after a whole
 * sentence or between plain words, where lines may break. */
static bool is_stray(const struct letters *in, size_t index)
{
    uint32_t before = letters_code(in, index - 1), next = letters_code(in, index + 1);
    uint32_t earlier = letters_code(in, index - 2);

    if (is_sign(next) || (next == 0xBB && rules_at(in, index)->pairs == NULL))
        return false;
    if (before == '.')
        return earlier == '.' || earlier == ')'
               || (is_quote(earlier) && !is_pair_mark(in, index - 2, true))
               || (g_unichar_islower(earlier) && g_unichar_islower(letters_code(in, index - 3))
                   && !code_is_digit(next));
    if (g_unichar_islower(before))
        return g_unichar_islower(next) && g_unichar_islower(earlier);
    return is_quote(before) || is_sign(before) || before == ',' || before == 0x2026;
}

static uint32_t kind_of_space(const struct letters *in, size_t from, size_t to)
{
    uint32_t code = letters_code(in, from);
    bool hold = code == NO_BREAK || code == NARROW || code >= 0x2000;

    if (to == from + 1 && hold && !(rules_at(in, from)->quotes != QUOTES_LEFT && is_stray(in, from)))
        return code;
    return ' ';
}

void letters_collapse_spaces(const struct letters *in, struct letters *out)
{
    for (size_t i = 0; i < in->list.count; ) {
        size_t end = after_spaces(in, i);
        uint32_t before = last_code(out), next = letters_code(in, end);

        if (end == i)
            letters_put(out, in->list.item[i++]);
        else if (before != 0 && before != LINE_END && next != 0 && next != LINE_END)
            put_code(out, in->list.item[i], kind_of_space(in, i, end));
        i = end > i ? end : i;
    }
}

/* ---- Dots: "..." becomes one sign -------------------------------------------- */

void letters_set_dots(const struct letters *in, struct letters *out)
{
    for (size_t i = 0; i < in->list.count; ) {
        size_t end = i;

        while (letters_code(in, end) == '.' && !in->list.item[end].kept)
            end++;
        if (end - i == 3 || (end - i > 3 && rules_at(in, i)->quotes == QUOTES_GUILLEMETS)) {
            put_code(out, in->list.item[i], 0x2026);
            i = end;
            continue;
        }
        do
            letters_put(out, in->list.item[i++]);
        while (i < end);
    }
}

/* ---- Dashes: "-", "--" and "---" of typewriters -------------------------------- */

/* A hyphen between spaces parts what is said, but between figures it is a minus or
 * a range, and at the head of a line the mark of an item. */
static bool parts_words(const struct letters *in, size_t index)
{
    uint32_t before = index < 2 ? 0 : letters_code(in, index - 2);
    uint32_t next = letters_code(in, index + 2);

    if (!code_is_space(letters_code(in, index - 1)) || !code_is_space(letters_code(in, index + 1)))
        return false;
    if (g_unichar_isdigit(before) && g_unichar_isdigit(next))
        return false;
    return (code_is_word(before) || g_unichar_ispunct(before))
        && (code_is_word(next) || g_unichar_ispunct(next)) && before != '-' && next != '-';
}

/* The dash that COUNT hyphens from INDEX on stand for; 0: none. Between spaces
 * one and two are an en dash, three an em dash, which also stands between words. */
static uint32_t dash_of(const struct letters *in, size_t index, size_t count)
{
    uint32_t before = letters_code(in, index - 1), next = letters_code(in, index + count);
    bool opens = before == 0 || before == LINE_END;

    if (count == 1)
        return parts_words(in, index) ? 0x2013 : 0;
    if (count != 2 && count != 3)
        return 0;
    if ((opens || code_is_space(before)) && code_is_space(next))
        return count == 2 ? 0x2013 : 0x2014;
    return g_unichar_isalpha(before) && g_unichar_isalpha(next) ? 0x2014 : 0;
}

void letters_set_dashes(const struct letters *in, struct letters *out)
{
    for (size_t i = 0; i < in->list.count; ) {
        size_t end = i;
        uint32_t dash;

        while (letters_code(in, end) == '-' && !in->list.item[end].kept)
            end++;
        dash = end > i ? dash_of(in, i, end - i) : 0;
        if (dash != 0) {
            put_code(out, in->list.item[i], dash);
            i = end;
            continue;
        }
        do
            letters_put(out, in->list.item[i++]);
        while (i < end);
    }
}

/* ---- Quotation marks and the spaces inside ------------------------------------ */

static size_t put_opening(const struct letters *in, size_t at, struct letters *out)
{
    struct letter mark = in->list.item[at];
    size_t next = after_spaces(in, at + 1);

    letters_put(out, mark);
    if (rules_at(in, at)->pairs == NULL && mark.code == 0xAB && next < in->list.count && letters_code(in, next) != LINE_END)
        put_code(out, mark, NO_BREAK);
    return next;
}

static size_t put_closing(const struct letters *in, size_t at, struct letters *out)
{
    struct letter mark = in->list.item[at];

    drop_spaces(out);
    if (rules_at(in, at)->pairs == NULL && mark.code == 0xBB && last_code(out) != 0 && last_code(out) != LINE_END)
        put_code(out, mark, NO_BREAK);
    letters_put(out, mark);
    return at + 1;
}

void letters_space_quotes(const struct letters *in, struct letters *out)
{
    for (size_t i = 0; i < in->list.count; ) {
        bool guillemets = rules_at(in, i)->quotes == QUOTES_GUILLEMETS;

        if (guillemets ? is_free(in, i, 0xAB) || is_free(in, i, 0x201C) : is_pair_mark(in, i, true))
            i = put_opening(in, i, out);
        else if (guillemets ? is_free(in, i, 0xBB) || is_free(in, i, 0x201D)
                        : is_pair_mark(in, i, false))
            i = put_closing(in, i, out);
        else
            letters_put(out, in->list.item[i++]);
    }
}

/* ---- Spaces before ; : ! ? ----------------------------------------------------- */

static bool is_mark(const struct letters *in, size_t index)
{
    return is_free(in, index, '!') || is_free(in, index, '?');
}

/* « ?!? » is one group, also where it was typed with spaces. */
static size_t end_of_group(const struct letters *in, size_t at)
{
    size_t end = at + 1;

    if (!is_mark(in, at))
        return end;
    for (size_t next = after_spaces(in, end); is_mark(in, next); next = after_spaces(in, end))
        end = next + 1;
    return end;
}

static bool opens(uint32_t code)
{
    return code == '(' || code == '[' || code == '{' || code == 0xAB || code == 0x201C
           || code == 0x2018 || code == '"' || code == 0xA1 || code == 0xBF || code == '/';
}

/* Does the sign end what stands before it, rather than belong to a ratio, an
 * hour, an option, a word of some machine? */
static bool ends_phrase(uint32_t sign, uint32_t before, uint32_t next)
{
    if (before == 0 || before == LINE_END || opens(before) || code_is_word(next))
        return false;
    if (sign != ':')
        return true;
    return before != ':' && next != ':' && next != '/' && next != '\\' && next != '-'
           && next != '=' && next != '(' && next != '_';
}

static size_t put_sign(const struct letters *in, size_t at, struct letters *out)
{
    struct letter sign = in->list.item[at];
    const struct rules *rules = rules_at(in, at);
    uint32_t space = sign.code == ':' ? NO_BREAK : rules->before_sign;
    size_t end = end_of_group(in, at), spaces = out->list.count;

    while (letters_free_space(out, spaces - 1))
        spaces--;
    if (!ends_phrase(sign.code, letters_code(out, spaces - 1), letters_code(in, end))) {
        for (; at < end; at++)
            letters_put(out, in->list.item[at]);
        return end;
    }
    out->list.count = spaces;
    if (space != 0)
        put_code(out, sign, space);
    for (; at < end; at++)
        if (!letters_free_space(in, at))
            letters_put(out, in->list.item[at]);
    return end;
}

void letters_space_signs(const struct letters *in, struct letters *out)
{
    for (size_t i = 0; i < in->list.count; )
        if (rules_at(in, i)->signs
            && (is_mark(in, i) || is_free(in, i, ':') || is_free(in, i, ';')))
            i = put_sign(in, i, out);
        else
            letters_put(out, in->list.item[i++]);
}

/* ---- Numbers and abbreviations hold on to what follows -------------------------- */

static bool word_is(const struct letters *in, size_t at, const char *word)
{
    size_t length = 0;

    for (const char *c = word; *c != '\0'; c = g_utf8_next_char(c), length++)
        if (letters_code(in, at + length) != g_utf8_get_char(c))
            return false;
    return !code_is_word(letters_code(in, at + length));
}

static bool is_unit(const struct letters *in, size_t at)
{
    static const char *const units[] = {
        "%", "‰", "€", "$", "£", "¢", "k$", "M$", "G$", "k€", "M€", "°C", "°F", "h", "min",
        "s", "ms", "km", "m", "cm", "mm", "kg", "g", "mg", "l", "L", "ml", "mL", "ha",
        "Ko", "ko", "kB", "KB", "Mo", "MB", "Go", "GB", "To", "TB", "Hz", "kHz", "MHz",
        "GHz", "V", "W", "kW", "px", "pt", "po", "lb", "oz", "ft", "mph", "dpi", "CV",
        "millions", "milliards", "million", "milliard", "billion", "Uhr", "Mio.", "Mrd.",
        "Millionen", "Milliarden", "millones", "milioni", "miliardi", "milhões", "miljoen",
        "miljard", NULL
    };

    for (int i = 0; units[i] != NULL; i++)
        if (word_is(in, at, units[i]))
            return true;
    return letters_code(in, at) == '$' && !code_is_digit(letters_code(in, at + 1));
}

static size_t count_digits(const struct letters *in, size_t at)
{
    size_t count = 0;

    while (count < 4 && code_is_digit(letters_code(in, at + count)))
        count++;
    return count;
}

static bool is_grouped(const struct letters *in, size_t at)
{
    size_t count = count_digits(in, at + 1);
    uint32_t next = letters_code(in, at + 1 + count);

    return letters_free_space(in, at) && count == 3 && !code_is_word(next) && next != '-';
}

/* The end of a number in groups of three, « 1 234 567 », that begins with the
 * digit at AT; AT when it is none. A telephone's number is none. */
static size_t end_of_groups(const struct letters *in, size_t at)
{
    uint32_t before = letters_code(in, at - 1), next;
    size_t head = count_digits(in, at), end = at + head;

    if (letters_free_space(in, at - 1) && code_is_digit(letters_code(in, at - 2)))
        return at;
    if (head > 3 || letters_code(in, at) == '0' || code_is_word(before) || before == '-'
        || before == '.' || before == ',' || !is_grouped(in, end))
        return at;
    while (is_grouped(in, end))
        end += 4;
    next = letters_code(in, after_spaces(in, end));
    return end != after_spaces(in, end) && code_is_digit(next) ? at : end;
}

/* "H&M." is no "M." */
static bool goes_on(uint32_t code)
{
    return code_is_word(code) || code == '&' || code == '-' || code == '.' || code == '@'
           || code == '#' || code == '_';
}

static bool holds_name(const struct letters *in, size_t at, const struct abbreviation *entry)
{
    size_t length = (size_t)g_utf8_strlen(entry->word, -1);
    uint32_t next = letters_code(in, at + 1);

    if (at < length || !word_is(in, at - length, entry->word)
        || goes_on(letters_code(in, at - length - 1)))
        return false;
    if (entry->before == BEFORE_NUMBER)
        return code_is_digit(next) || next == 'I' || next == 'V' || next == 'X';
    return g_unichar_isupper(next);
}

/* Is the space at AT one that a line must not break at? */
static bool holds(const struct letters *in, size_t at)
{
    const struct rules *rules = rules_at(in, at);
    uint32_t before = letters_code(in, at - 1), next = letters_code(in, at + 1);

    if (rules->units && code_is_digit(before) && is_unit(in, at + 1))
        return true;
    if (rules->spaced_signs && before == 'h' && count_digits(in, at + 1) == 2 && at > 2
        && code_is_space(letters_code(in, at - 2)) && code_is_digit(letters_code(in, at - 3)))
        return true;
    for (const struct abbreviation *entry = rules->abbreviations;
         (code_is_digit(next) || g_unichar_isupper(next)) && entry->word != NULL; entry++)
        if (holds_name(in, at, entry))
            return true;
    return false;
}

/* « 80% » is set « 80 % ». */
static bool wants_space(const struct letters *in, size_t at)
{
    uint32_t code = letters_code(in, at), next = letters_code(in, at + 1);

    return rules_at(in, at)->spaced_signs && !in->list.item[at].kept
           && code_is_digit(letters_code(in, at - 1))
           && (((code == '%' || code == 0x2030) && !code_is_word(next))
               || ((code == '$' || code == 0x20AC) && !code_is_digit(next)));
}

static size_t put_groups(const struct letters *in, size_t at, size_t end, struct letters *out)
{
    for (; at < end; at++)
        if (letters_free_space(in, at))
            put_code(out, in->list.item[at], NO_BREAK);
        else
            letters_put(out, in->list.item[at]);
    return end;
}

void letters_hold_numbers(const struct letters *in, struct letters *out)
{
    for (size_t i = 0; i < in->list.count; ) {
        struct letter letter = in->list.item[i];
        size_t end = i;

        if (!letter.kept && code_is_digit(letter.code) && rules_at(in, i)->groups
            && !code_is_digit(letters_code(in, i - 1)))
            end = end_of_groups(in, i);
        if (end > i) {
            i = put_groups(in, i, end, out);
            continue;
        }
        if (letters_free_space(in, i) && holds(in, i))
            letter.code = NO_BREAK;
        else if (wants_space(in, i))
            put_code(out, letter, NO_BREAK);
        letters_put(out, letter);
        i++;
    }
}
