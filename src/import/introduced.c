/* Who is introduced in the first blocks: "we met NAME, who …", a name in bold or on
 * a line of its own, one that comes again. Firms, and who wrote it, are somebody
 * else. */
#include "import/names.h"
#include "base/utf8.h"

#include <glib.h>
#include <math.h>
#include <string.h>

enum { OPENING = 8, BODY = 12, WINDOW_BYTES = 500, MOST_WORDS = 4, BEFORE_BYTES = 60,
       SHORT_WORD = 4 };

static const double sure = 6;           /* enough to believe a name */
static const double likely = 5;         /* where no title says another */
static const double surer = 1.5;        /* than what the title says */

static const char *fold_of(struct found *found, const char *text, size_t bytes)
{
    return words_fold(found->arena, text, bytes);
}

/* The fold of what stands before byte FROM of TEXT, of its sentence. */
static const char *fold_before(struct found *found, const char *text, size_t from)
{
    size_t start = from > BEFORE_BYTES ? from - BEFORE_BYTES : 0;

    for (size_t i = start; i + 1 < from; i++)
        if (strchr(".!?\n", text[i]) != NULL && strchr(" \n", text[i + 1]) != NULL)
            start = i + 1;
    while (start < from && ((unsigned char)text[start] & 0xC0) == 0x80)
        start++;
    return fold_of(found, text + start, from - start);
}

/* "NAME, who", "NAME is", "NAME - a": who somebody is follows. */
static bool tells_who(const char *text)
{
    static const char *const verbs[] = { " is ", " was ", " has ", " est ", " a ", " ist ", " hat ",
        " es ", " ha ", " tiene ", " answered ", " who ", " qui ", " que ", " \xC3\xA8 ", " \xC3\xA9 " };

    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (strncmp(text, verbs[i], strlen(verbs[i])) == 0)
            return true;
    if (strncmp(text, " , ", 3) == 0)
        text++;
    if (strncmp(text, ", ", 2) == 0 || strncmp(text, " (", 2) == 0 || strncmp(text, " - ", 3) == 0)
        return g_unichar_islower(g_utf8_get_char(text + strcspn(text + 1, " (-") + 2)) ||
               g_ascii_islower(text[2]);
    return strncmp(text, " \xE2\x80\x93 ", 5) == 0 || strncmp(text, " \xE2\x80\x94 ", 5) == 0;
}

/* Is [FROM, TO) set in bold or linked, and what is around it not? */
static bool stands_out(const struct block *block, size_t from, size_t to)
{
    for (size_t i = 0; i < block->run_count; i++) {
        const struct run *run = &block->run[i];

        if (run->start <= from && run->end >= to)
            return ((run->marks & MARK_STRONG) != 0 || run->url != NULL) &&
                   run->end - run->start <= to - from + 2 && run->end - run->start < block->bytes;
    }
    return false;
}

/* Is [FROM, TO) all of its line? */
static bool is_line(const struct block *block, size_t from, size_t to)
{
    return (from == 0 || block->text[from - 1] == '\n') &&
           (to == block->bytes || block->text[to] == '\n');
}

/* Does another block have the name, or its first or last word? */
static bool comes_again(struct found *found, size_t index, const char *words)
{
    size_t first = strcspn(words + 1, " ") + 2;
    const char *last = words + strlen(words) - 1;

    while (last > words && *--last != ' ')
        ;
    for (size_t i = 0; i < found->article->blocks.count && i < BODY; i++) {
        const char *fold = block_at(found, i)->fold;

        if (i != index &&
            ((first > SHORT_WORD &&
              strstr(fold, arena_strndup(found->arena, words, first)) != NULL) ||
             (strlen(last) > SHORT_WORD + 1 && strstr(fold, last) != NULL)))
            return true;
    }
    return false;
}

/* A surname that the file's name says. */
static bool is_in_stem(const struct evidence *evidence, const char *words)
{
    const char *last = words + strlen(words) - 1;

    while (last > words && *--last != ' ')
        ;
    return strlen(last) > SHORT_WORD && strstr(evidence->stem, words) == NULL &&
           strstr(evidence->stem, last) != NULL;
}

/* Do names stand here as somebody's who is told of: has nothing been asked yet? */
static bool is_opening(const struct found *found, size_t index)
{
    for (size_t i = 0; i < index; i++) {
        const struct block *block = block_at(found, i);

        if (block->fate == FATE_NONE && block_asks(block) &&
            (words_begin(WORDS_QUESTION, block->fold) || words_have(WORDS_YOU, block->fold)))
            return false;
    }
    return true;
}

/* "interview with the novelist: NAME", "spoke with professor NAME": small letters, or
 * a colon, between. */
static bool meets_before(const struct block *block, size_t from, const char *before)
{
    size_t last = from;

    while (last > 0 && block->text[last - 1] == ' ')
        last--;
    if (!words_have(WORDS_MEETS, before) || last == 0)
        return false;
    if (block->text[last - 1] == ':')
        return true;
    while (last > 0 && block->text[last - 1] != ' ')
        last--;
    return g_ascii_islower(block->text[last]);
}

/* What speaks for the stretch [FROM, TO) of a block as a name; a SINGLE word needs
 * to be met and told of. */
static double weigh(struct found *found, const struct evidence *evidence, size_t index,
                    size_t from, size_t to, const char *name, bool single)
{
    const struct block *block = block_at(found, index);
    const char *words = fold_of(found, name, strlen(name));
    const char *before = fold_before(found, block->text, from);
    bool meets = words_end(WORDS_MEETS, before), told = tells_who(block->text + to);
    bool led = !meets && meets_before(block, from, before);
    double value = single ? 2 : name_score(found, evidence, name);

    if (single && !(meets && told))
        return 0;
    value += meets ? 3 : led ? 1.75 : 0;
    value += told ? 1.75 : 0;
    value += stands_out(block, from, to) ? 1 : 0;
    value += is_line(block, from, to) ? 1.5 : 0;
    value += is_in_stem(evidence, words) ? 1.5 : 0;
    value += comes_again(found, index, words) ? 1 : 0;
    if (words_end(WORDS_WROTE, before) || words_begin(WORDS_QUESTION, words) ||
        (block->text[to] == ':' && block_asks(block)))
        value -= 4;
    if (meets && block->text[to] == ' ' && name_begins_capital(block->text + to + 1))
        value -= 2;
    if (words_begin(WORDS_HELLO, words))
        value -= 4;
    if (words_end(WORDS_FIRM, before) || (!meets && words_end(WORDS_AT, before)))
        value -= 3;
    return value;
}

const char *name_introduced(struct found *found, const struct evidence *evidence, double *best)
{
    struct evidence here = *evidence;
    double most = *best < 0 ? likely : fmax(sure, *best + (*best >= sure ? surer : 0));
    const char *name = NULL;

    here.body = "";
    for (size_t i = 0; i < found->article->blocks.count && i < OPENING; i++) {
        const struct block *block = block_at(found, i);
        struct title words = { .text = arena_strndup(found->arena, block->text,
                               block->bytes < WINDOW_BYTES ? block->bytes : WINDOW_BYTES) };

        if (block->fate != FATE_NONE || block->furniture)
            continue;
        if (!is_opening(found, i))
            break;
        title_part(found->arena, &words);
        for (size_t j = 0; j < words.count; j++)
            for (size_t k = j + 1; k <= words.count && k <= j + MOST_WORDS; k++) {
                const char *text = title_stretch(found->arena, &words, j, k);
                double value;

                if ((k > j + 1 && title_is_parted(&words, k - 2, k - 1)))
                    break;
                if (k == j + 1 ? !name_begins_capital(text) || strlen(text) < SHORT_WORD
                               : !name_is_likely(text))
                    continue;
                value = weigh(found, &here, i, words.word[j].from,
                              words.word[j].from + strlen(text), text, k == j + 1);
                if (value >= most && (name == NULL || value > *best)) {
                    *best = value;
                    name = text;
                }
            }
    }
    return name;
}

/* ---- By oneself -------------------------------------------------------------------- */

/* The longest stretch of a likely name that BLOCK begins with behind "I am"; NULL. */
static const char *own_name(struct found *found, const struct block *block)
{
    struct title words = { .text = arena_strndup(found->arena, block->text,
                           block->bytes < WINDOW_BYTES ? block->bytes : WINDOW_BYTES) };
    const char *best = NULL;

    title_part(found->arena, &words);
    for (size_t from = 1; from < words.count && from <= MOST_WORDS; from++) {
        if (!words_are(WORDS_MYSELF, fold_of(found, words.text, words.word[from].from)))
            continue;
        for (size_t to = from + 2; to <= words.count && to <= from + MOST_WORDS; to++) {
            const char *name = title_stretch(found->arena, &words, from, to);

            if (title_is_parted(&words, to - 2, to - 1))
                break;
            best = name_is_likely(name) ? name : best;
        }
    }
    return best;
}

const char *name_of_oneself(struct found *found)
{
    bool asked = false;

    for (size_t i = 0; i < found->article->blocks.count; i++) {
        const struct block *block = block_at(found, i);
        const char *name = NULL;

        if (block->fate == FATE_LEFT_OUT || block->bytes == 0)
            continue;
        if (asked && words_begin(WORDS_MYSELF, block->fold))
            name = own_name(found, block);
        if (name != NULL)
            return name;
        asked = asked || block_asks(block) ||
                words_begin(WORDS_ASKING, block->fold);
    }
    return NULL;
}
