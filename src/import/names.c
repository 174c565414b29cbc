/* Names by their shape: words with capitals, particles between them; and how a
 * title is parted into words. A name is scored by its shape and by how many places
 * say it. */
#include "import/names.h"
#include "import/find.h"
#include "base/utf8.h"

#include <glib.h>
#include <string.h>

enum { NAME_BYTES = 80, ABBREVIATION = 4 };      /* "Mrs." */

/* ---- Names --------------------------------------------------------------------- */

bool name_begins_capital(const char *text)
{
    const char *at = text;

    return g_unichar_isupper(utf8_next(&at, text + strlen(text)));
}

bool name_is_particle(const char *word, size_t bytes)
{
    char fold[24];

    if (bytes + 3 > sizeof fold)
        return false;
    g_snprintf(fold, sizeof fold, " %.*s ", (int)bytes, word);
    for (char *at = fold; *at != '\0'; at++)
        if (*at == '\'')
            *at = ' ';
    return words_begin(WORDS_PARTICLE, fold);
}

bool name_is_likely(const char *text)
{
    size_t words = 0, capitals = 0;
    bool capital = false;

    if (strlen(text) > NAME_BYTES || !name_begins_capital(text))
        return false;
    for (const char *at = text; *at != '\0'; at += strspn(at, " ")) {
        size_t length = strcspn(at, " ");

        words++;
        capital = name_begins_capital(at);
        if (capital)
            capitals++;
        else if (!name_is_particle(at, length))
            return false;
        for (size_t i = 0; i < length; i++)
            if (strchr("0123456789?:;/\"()[]|@#_!", at[i]) != NULL)
                return false;
        at += length;
    }
    return words >= 2 && words <= 5 && capitals >= 2 && capital &&
           !g_str_has_suffix(text, " I");
}

const char *name_with_small_letters(struct arena *arena, const char *name)
{
    struct buf out = {0};
    const char *copy, *end = name + strlen(name);
    bool start = true, particle = false;

    for (const char *at = name; at < end;) {
        const char *from = at;
        uint32_t code = utf8_next(&at, end);

        if (start && from > name) {
            char *word = g_utf8_strdown(from, (gssize)strcspn(from, " -"));

            particle = name_is_particle(word, strlen(word));
            g_free(word);
        }
        buf_put_code(&out, start && !particle ? g_unichar_toupper(code) : g_unichar_tolower(code));
        start = !g_unichar_isalpha(code) && !g_unichar_ismark(code) && code != '.';
        particle = particle && !start;
    }
    copy = arena_strdup(arena, buf_text(&out));
    buf_free(&out);
    return copy;
}

/* ---- The title ------------------------------------------------------------------- */

/* "d'" or "l'" before a capital: the article's, or a name's; the word before a
 * name that begins with a vowel. */
static bool is_elided(const char *text, size_t from, size_t to)
{
    return to - from >= 2 && strchr("dl", text[from]) != NULL && name_begins_capital(text + to) &&
           (strncmp(text + from + 1, "'", to - from - 1) == 0 ||
            strncmp(text + from + 1, "’", to - from - 1) == 0);
}

/* The end of "Ada's" without its "'s". */
static size_t without_genitive(const char *text, size_t from, size_t to)
{
    if (to > from + 2 && strncmp(text + to - 2, "'s", 2) == 0)
        return to - 2;
    return to > from + 4 && strncmp(text + to - 4, "’s", 4) == 0 ? to - 4 : to;
}

void title_part(struct arena *arena, struct title *title)
{
    const char *text = title->text, *end = text + strlen(text);
    size_t from = 0;
    bool inside = false;

    title->fold = words_fold(arena, text, strlen(text));
    for (const char *at = text; at <= end;) {
        const char *start = at;
        uint32_t code = at < end ? utf8_next(&at, end) : 0;
        bool letter = code != 0 && (g_unichar_isalnum(code) || g_unichar_ismark(code) ||
                                    code == '-' || code == '.' || code == '\'' ||
                                    code == 0x2019 || code == 0x2010 || code == 0x2011);

        if (letter && inside && is_elided(text, from, (size_t)(start - text))) {
            if (title->count < TITLE_MOST_WORDS)
                title->word[title->count++] = (struct word){ from, (size_t)(start - text) };
            from = (size_t)(start - text);
        }
        if (letter && !inside)
            from = (size_t)(start - text);
        if (!letter && inside && title->count < TITLE_MOST_WORDS)
            title->word[title->count++] = (struct word){
                from, without_genitive(text, from, (size_t)(start - text)) };
        inside = letter;
        if (code == 0)
            break;
    }
}

const char *title_stretch(struct arena *arena, const struct title *title, size_t first,
                          size_t last)
{
    size_t from = title->word[first].from, to = title->word[last - 1].to;

    while (to > from && strchr("-.' ", title->text[to - 1]) != NULL)
        to--;
    return arena_strndup(arena, title->text + from, to - from);
}

bool title_is_parted(const struct title *title, size_t before, size_t after)
{
    const struct word *word = &title->word[before];

    if (word->to - word->from > ABBREVIATION && title->text[word->to - 1] == '.')
        return true;
    for (size_t at = title->word[before].to; at < title->word[after].from; at++)
        if (strchr(" ", title->text[at]) == NULL)
            return true;
    return title->text[title->word[before].from] == '-';
}

/* ---- Candidates --------------------------------------------------------------------- */


/* Do labels name who has the name WORDS, in full or by its first word? */
static bool is_label(const struct evidence *evidence, const char *words)
{
    char label[NAME_BYTES + 3];
    size_t first = strcspn(words + 1, " ") + 2;

    for (int turn = 0; turn < 2; turn++) {
        g_snprintf(label, sizeof label, "\n%.*s\n", turn == 0 ? (int)first : NAME_BYTES, words);
        if (strstr(evidence->labels, label) != NULL)
            return true;
    }
    return false;
}

double name_score(struct found *found, const struct evidence *evidence, const char *name)
{
    const char *words = words_fold(found->arena, name, strlen(name));
    double score = 0;

    if (fold_words(words) == 0)
        return -9;
    if (name_is_likely(name))
        score += 4;
    else if (!name_begins_capital(name))
        score -= 3;
    if (words_begin(WORDS_OF, words) && !words_begin(WORDS_PARTICLE, words))
        score -= 3;
    if (strcmp(evidence->stem, words) == 0)
        score += 3;
    else if (strstr(evidence->stem, words) != NULL)
        score += 2;
    if (strstr(evidence->contact, words) != NULL)
        score += 2.5;
    if (strstr(evidence->body, words) != NULL)
        score += 2;
    if (is_label(evidence, words))
        score += 2;
    if (words_have(WORDS_FIRM, words))
        score -= 3;
    if (strpbrk(words, "0123456789") != NULL)
        score -= 2;
    for (const char *at = words; at[1] != '\0'; at = strchr(at + 1, ' '))
        if (words_begin(WORDS_GENERIC, at) && !words_begin(WORDS_PARTICLE, at))
            score -= 2;
    return score + 0.2 * (double)fold_words(words);
}
