/* The person and the role. Every stretch of the title that could be a name is a
 * candidate; each is scored by its shape, by what stands around it, and by how
 * many places say it: the heading over the contacts, the file's name, speakers'
 * labels. Where the title names nobody, the first words of the article may. What
 * the title says around the name gives the role. */
#include "import/find.h"
#include "import/label.h"
#include "import/names.h"
#include "base/utf8.h"

#include <glib.h>
#include <math.h>
#include <string.h>

enum { ACRONYM_BYTES = 4, TITLE_WORDS = 24, TITLE_BYTES = 400, LABELS_BYTES = 2000,
       SHORT_WORD = 4, OPENING = 12, NAME_BYTES = 80, OWN_SCORE = 8 };

static const char *fold(struct arena *arena, const char *text)
{
    return words_fold(arena, text == NULL ? "" : text, text == NULL ? 0 : strlen(text));
}

/* ---- Candidates --------------------------------------------------------------------- */

/* Is the word at INDEX, which may begin with "d'", one of LIST? */
static bool is_word(struct arena *arena, const struct title *title, size_t index,
                    enum word_list list)
{
    return words_begin(list, fold(arena, title_stretch(arena, title, index, index + 1)));
}

static bool has_sign(const struct title *title, size_t from, size_t to, const char *sign)
{
    return g_strstr_len(title->text + from, (gssize)(to - from), sign) != NULL;
}

/* What stands around: "interview with NAME" speaks for a name; quotation marks,
 * and a colon behind the first words, against it. */
static double score_place(struct found *found, const struct title *title, size_t first,
                          size_t last)
{
    static const char *const quotes[][2] = { { "“", "”" }, { "« ", " »" }, { "«", "»" },
                                             { "„", "“" }, { "\"", "\"" } };
    size_t before = first == 0 ? 0 : title->word[first - 1].to, from = title->word[first].from;
    size_t to = title->word[last - 1].to;
    size_t after = last == title->count ? strlen(title->text) : title->word[last].from;
    bool capital = name_begins_capital(title->text + from);
    double value = 0;

    if (first > 0 && capital && !title_is_parted(title, first - 1, first) &&
        is_word(found->arena, title, first - 1, WORDS_OF)) {
        value += last == title->count ? 1 : 0;
        if (first > 1 && is_word(found->arena, title, first - 2, WORDS_GENERIC))
            value += 3;
    }
    for (size_t i = 0; i < sizeof quotes / sizeof *quotes; i++)
        if (has_sign(title, before, from, quotes[i][0]) &&
            has_sign(title, to, after, quotes[i][1]))
            value -= 3;
    if (first == 0 && last < title->count && has_sign(title, to, after, ":") &&
        words_prefix(WORDS_GENERIC, fold(found->arena, title->text + after)) > SHORT_WORD)
        value -= 1;
    if (is_word(found->arena, title, last - 1, WORDS_OF))
        value -= 4;
    return value;
}

/* ---- What the text says of it ---------------------------------------------------------- */

/* Is the word at INDEX an epithet, "Beekeeper Andy"? Then the text has it in small
 * letters before the same word. */
static bool is_epithet(struct found *found, const struct title *title, size_t index)
{
    const char *word = title_stretch(found->arena, title, index, index + 1), *pair;
    char small[8] = "";

    if (index + 1 >= title->count || title_is_parted(title, index, index + 1) ||
        !name_begins_capital(word))
        return false;
    small[g_unichar_to_utf8(g_unichar_tolower(g_utf8_get_char(word)), small)] = '\0';
    pair = arena_printf(found->arena, "%s%s %s", small, g_utf8_next_char(word),
                        title_stretch(found->arena, title, index + 1, index + 2));
    for (size_t i = 0; i < found->article->blocks.count && i < OPENING; i++)
        if (strstr(block_at(found, i)->text, pair) != NULL)
            return true;
    return false;
}

/* Is what RUN of BLOCK sets apart, and no more, called WORDS? */
static bool is_run_of(struct found *found, const struct block *block, const struct run *run,
                      unsigned mark, const char *words)
{
    return (run->marks & mark) != 0 && run->end - run->start < block->bytes &&
           run->end - run->start < NAME_BYTES &&
           strcmp(words_fold(found->arena, block->text + run->start, run->end - run->start),
                  words) == 0;
}

/* Bold within the title, or a line of its own, is a name; what is only in italics,
 * a work. */
static double score_marks(struct found *found, const char *words)
{
    double value = 0;
    bool work = false;

    for (size_t i = 0; i < found->article->blocks.count && i < OPENING; i++) {
        const struct block *block = block_at(found, i);

        value = fmax(value, i > 0 && strcmp(block->fold, words) == 0 ? 1.5 : 0);
        for (size_t j = 0; j < block->run_count; j++) {
            work = work || is_run_of(found, block, &block->run[j], MARK_EMPHASIS, words);
            if (block->fate == FATE_TITLE &&
                is_run_of(found, block, &block->run[j], MARK_STRONG, words))
                value = 2;
        }
    }
    return work && value <= 0 ? -3 : value;
}

/* "Common Timber: a platform for …", or a text that calls it one: no person. */
static double score_firm(struct found *found, const struct title *title, size_t last,
                         const char *words)
{
    size_t to = title->word[last - 1].to;

    for (size_t i = last; i < title->count && i < last + 3 && title->text[to] != ' '; i++)
        if (is_word(found->arena, title, i, WORDS_FIRM))
            return -3;
    for (size_t i = 0; i < found->article->blocks.count && i < OPENING; i++) {
        const char *fold = block_at(found, i)->fold, *at = strstr(fold, words);

        if (at != NULL && words_end(WORDS_FIRM, arena_strndup(found->arena, fold,
                                                              (size_t)(at - fold) + 1)))
            return -4;
    }
    return 0;
}

/* "Ada's interview", "Guest: Ada, London", "Weaver Ada". */
static double score_habits(struct found *found, const struct title *title, size_t first,
                           size_t last)
{
    size_t to = title->word[last - 1].to, from = title->word[first].from;
    bool owns = last < title->count && is_word(found->arena, title, last, WORDS_GENERIC) &&
                (strncmp(title->text + to, "'s ", 3) == 0 ||
                 strncmp(title->text + to, "’s ", strlen("’s ")) == 0);
    bool guest = first > 0 && is_word(found->arena, title, first - 1, WORDS_GENERIC) &&
                 has_sign(title, title->word[first - 1].to, from, ":");
    bool place = first > 0 && has_sign(title, title->word[first - 1].to, from, ",") &&
                 name_begins_capital(title->text + title->word[first - 1].from) &&
                 !is_word(found->arena, title, first - 1, WORDS_GENERIC);

    if (is_epithet(found, title, first))
        return -4;
    if (!name_begins_capital(title->text + from))
        return 0;
    return (owns ? 3 : 0) + (guest ? 3 : 0) - (place ? 2 : 0) +
           (first > 0 && is_epithet(found, title, first - 1) ? 4 : 0);
}

/* "Spotlight on ABC", "Interview with Ada Quill (Maker of Boats)": initials of a thing,
 * and what is said of the name before it. */
static double score_aside(const struct title *title, size_t first, size_t last)
{
    size_t from = title->word[first].from, to = title->word[last - 1].to;
    bool initials = true, shouted = true;

    for (size_t i = first; i < last; i++)
        initials = initials && title->word[i].to - title->word[i].from <= ACRONYM_BYTES;
    for (size_t i = from; i < to; i++)
        initials = initials && (title->text[i] == ' ' || g_ascii_isupper(title->text[i]));
    for (const char *at = title->text; initials && *at != '\0'; at++)
        shouted = shouted && !g_ascii_islower(*at);
    return (initials && !shouted ? -4 : 0) +
           (first > 0 && words_begin(WORDS_GENERIC, title->fold) &&
            title->text[from - 1] == '(' ? -3 : 0);
}

/* "Interview with ROLE, NAME": the text has the name. */
static bool is_behind_role(struct found *found, const struct evidence *evidence,
                           const struct title *title, size_t first, size_t last)
{
    const char *name = title_stretch(found->arena, title, first, last);

    return first > 1 && last == title->count && name_is_likely(name) &&
           has_sign(title, title->word[first - 1].to, title->word[first].from, ",") &&
           words_begin(WORDS_GENERIC, title->fold) &&
           strstr(evidence->body, fold(found->arena, name)) != NULL;
}

static double score_stretch(struct found *found, const struct evidence *evidence,
                            const struct title *title, size_t first, size_t last)
{
    const char *name = title_stretch(found->arena, title, first, last);
    double value = name_score(found, evidence, name);

    for (size_t i = first; i + 1 < last; i++)
        if (title_is_parted(title, i, i + 1))
            return -9;
    if (first > 0 && title_is_parted(title, first - 1, first))
        value += 1.5;
    if (last < title->count && title_is_parted(title, last - 1, last))
        value += 1;
    if (first == 0 && last == title->count)
        value += 1;
    if (first > 0 && series_titles(found->series, title->fold, first) >= 2 &&
        series_titles(found->series, title->fold, first) >
        series_titles(found->series, title->fold, first + 1))
        value += 3;
    if (last < title->count && !title_is_parted(title, last - 1, last) &&
        name_begins_capital(title->text + title->word[last].from))
        value -= 1;
    if (is_behind_role(found, evidence, title, first, last))
        value += 4;
    return value + score_place(found, title, first, last) +
           score_habits(found, title, first, last) +
           score_marks(found, fold(found->arena, name)) +
           score_firm(found, title, last, fold(found->arena, name)) +
           score_aside(title, first, last);
}

static const char *contact_heading(struct found *found)
{
    for (size_t i = found->article->blocks.count; i-- > 1;) {
        const struct block *block = &found->article->blocks.item[i];

        if (block->words <= 10 && words_begin(WORDS_CONTACT, block->fold) &&
            !block_asks(block))
            return block->fold;
    }
    return "";
}

static const char *opening_fold(struct found *found)
{
    struct buf body = {0};
    const char *all;

    for (size_t i = 1; i < found->article->blocks.count && i < 12; i++)
        buf_puts(&body, found->article->blocks.item[i].fold);
    all = arena_strdup(found->arena, buf_text(&body));
    buf_free(&body);
    return all;
}

/* The labels that two or more blocks begin with. */
static const char *labels_of(struct found *found)
{
    GHashTable *seen = g_hash_table_new(g_str_hash, g_str_equal);
    struct buf out = {0};
    const char *all;

    buf_putc(&out, '\n');
    for (size_t i = 0; i < found->article->blocks.count; i++) {
        const struct block *block = &found->article->blocks.item[i];
        const char *label = block->fate == FATE_NONE && block->kind == BLOCK_PARAGRAPH
                          ? label_of_line(found->arena, block, 0, block->bytes) : NULL;

        if (label != NULL && !g_hash_table_add(seen, (gpointer)(uintptr_t)label) &&
            out.len < LABELS_BYTES)
            buf_printf(&out, "%s\n", label);
    }
    g_hash_table_destroy(seen);
    all = arena_strdup(found->arena, buf_text(&out));
    buf_free(&out);
    return all;
}

static void drop_figures(char *stem)
{
    char *to = stem;

    for (char *at = stem; *at != '\0'; at++)
        if (!g_ascii_isdigit(*at))
            *to++ = *at;
    *to = '\0';
}

static const char *stem_fold(struct found *found)
{
    char *stem = arena_strdup(found->arena, found->article->stem == NULL ? ""
                                                                        : found->article->stem);

    drop_figures(stem);
    return fold(found->arena, stem);
}

/* ---- The role -------------------------------------------------------------------------- */

/* One to four words, none of them with a capital: "head gardener". */
static bool is_lower(const struct title *title, size_t first, size_t last)
{
    for (size_t i = first; i < last; i++)
        if (name_begins_capital(title->text + title->word[i].from))
            return false;
    return last - first <= 4;
}

/* "An afternoon with" is no role of who is met. */
static bool is_with(const char *fold)
{
    static const char *const words[] = { " with ", " avec ", " mit ", " con ", " com ", " met ",
                                         " amb " };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(fold, words[i]) == 0)
            return true;
    return false;
}

/* TEXT without the words that name a kind of article: "gestionnaire" of
 * "Portrait de gestionnaire :"; NULL when nothing is left. */
static const char *role_of(struct arena *arena, const char *text)
{
    struct title words = { .text = text };
    size_t first = 0, last;
    bool dropped = true, of = false;
    const char *role;
    char *lower;

    title_part(arena, &words);
    for (size_t i = 0; i + 1 < words.count; i++)
        if (memchr(text + words.word[i].to, ':',
                   words.word[i + 1].from - words.word[i].to) != NULL)
            first = i + 1;
    while (dropped && first < words.count) {
        const char *rest = fold(arena, text + words.word[first].from);

        bool generic = words_begin(WORDS_GENERIC, rest);

        dropped = generic || words_begin(WORDS_OF, rest) ||
                  g_ascii_isdigit(text[words.word[first].from]);
        of = of || (!generic && words_begin(WORDS_OF, rest));
        first += dropped;
    }
    last = words.count;
    if (last > 0 && is_with(fold(arena, title_stretch(arena, &words, last - 1, last))))
        return NULL;
    while (last > first &&
           words_are(WORDS_OF, fold(arena, title_stretch(arena, &words, last - 1, last))))
        last--;
    if (first >= last || !(of || is_lower(&words, first, last)))
        return NULL;
    role = title_stretch(arena, &words, first, last);
    if (name_is_likely(role) || strlen(role) > 80)
        return NULL;
    if (first > 0 && name_begins_capital(role) && !g_ascii_isupper(role[1])) {
        lower = arena_strdup(arena, role);
        lower[0] = g_ascii_tolower(lower[0]);
        return lower;
    }
    return role;
}

/* The end of the words, FIRST on, that a round bracket closes. */
static size_t aside_end(const struct title *title, size_t first)
{
    size_t last = first + 1;

    while (last < title->count && memchr(title->text + title->word[last - 1].to, ')',
                                         title->word[last].from - title->word[last - 1].to) == NULL)
        last++;
    return last;
}

/* What stands before the name is a kind of article and perhaps a role; what
 * stands behind it, after a comma or a dash, a role. */
static void role_around(struct found *found, const struct title *title, size_t first,
                        size_t last)
{
    if (last < title->count) {
        size_t sign = title->word[last - 1].to;
        const char *behind = title->text + title->word[last].from;
        bool comma = title->text[sign] != ':' && title->text[sign + 1] != ':' &&
                     (strchr(",(", title->text[sign]) != NULL ||
                      title_is_parted(title, last - 1, last));

        if (comma && strlen(behind) < 80 && strchr(behind, '?') == NULL &&
            strchr(behind, '|') == NULL) {
            found->role = title_stretch(found->arena, title, last,
                                        title->text[sign + 1] == '(' ? aside_end(title, last)
                                                                     : title->count);
            return;
        }
    }
    if (first > 0)
        found->role = role_of(found->arena,
                              arena_strndup(found->arena, title->text, title->word[first].from));
}

static void soften_capitals(struct found *found)
{
    if (text_is_capitals(found->name, strlen(found->name)))
        found->name = name_with_small_letters(found->arena, found->name);
    if (found->role != NULL && text_is_capitals(found->role, strlen(found->role))) {
        char *small = g_utf8_strdown(found->role, -1);

        found->role = arena_strdup(found->arena, small);
        g_free(small);
    }
}

/* ---- Choosing --------------------------------------------------------------------------- */

static double choose(struct found *found, const struct evidence *evidence,
                     const struct title *title, size_t *first, size_t *last)
{
    double best = 0;

    for (size_t i = 0; i < title->count; i++)
        for (size_t j = i + 1; j <= title->count && j <= i + 6; j++) {
            double value = score_stretch(found, evidence, title, i, j);

            if (value > best) {
                best = value;
                *first = i;
                *last = j;
            }
        }
    return best;
}

static bool is_title_text(const struct block *block)
{
    return block->words > 0 && block->words <= TITLE_WORDS &&
           strchr(block->text, '\n') == NULL && !block->furniture &&
           (block->kind == BLOCK_HEADING || block->kind == BLOCK_PARAGRAPH);
}

/* What stands again and again as a paragraph of its own is a speaker's label. */
static bool is_repeated(const struct article *article, const struct block *block)
{
    size_t count = 0;

    for (size_t i = 0; i < article->blocks.count && count < 3; i++)
        count += strcmp(article->blocks.item[i].fold, block->fold) == 0;
    return count >= 3;
}

/* The title: what the source says, else the first block when it is short and
 * no sentence. The block that says it is marked. */
static const char *take_title(struct found *found)
{
    struct article *article = found->article;
    struct block *first = NULL;
    size_t i;

    for (i = 0; i < article->blocks.count && first == NULL; i++)
        if (article->blocks.item[i].fate == FATE_NONE && article->blocks.item[i].bytes > 0)
            first = &article->blocks.item[i];
    if (first == NULL || !is_title_text(first) || is_repeated(article, first))
        return article->title;
    if (article->title != NULL) {
        const char *title = fold(found->arena, article->title);

        if (strcmp(title, first->fold) == 0 ||
            (first->kind == BLOCK_HEADING && strstr(title, first->fold) != NULL))
            first->fate = FATE_TITLE;
        return article->title;
    }
    if (strchr(".:", first->text[first->bytes - 1]) != NULL ||
        (block_asks(first) && first->kind != BLOCK_HEADING) ||
        (first->kind == BLOCK_HEADING && i < article->blocks.count &&
         block_asks(first)))
        return NULL;
    first->fate = FATE_TITLE;
    return first->text;
}

static const char *name_of_stem(struct found *found)
{
    char *name = arena_strdup(found->arena, found->article->stem == NULL ? found->article->path
                                                                        : found->article->stem);
    size_t number = strspn(name, "0123456789-_. ");
    bool start = true;

    name += name[number] == '\0' ? 0 : number;
    for (char *at = name; *at != '\0'; at++) {
        if (*at == '-' || *at == '_' || *at == '.' || *at == '+')
            *at = ' ';
        if (start)
            *at = g_ascii_toupper(*at);
        start = *at == ' ';
    }
    return text_clean(found->arena, name, strlen(name));
}

/* "Interview", "Q", "Part One": words for a kind of text, nobody's name. */
static bool is_generic(struct arena *arena, const char *name)
{
    const char *at = fold(arena, name);

    if (strlen(at) <= SHORT_WORD)
        return true;
    while (at[1] != '\0') {
        size_t length = words_prefix(WORDS_GENERIC, at);

        if (length == 0)
            return false;
        at += length;
    }
    return true;
}

void find_name_doubt(struct found *found)
{
    struct doubt said;

    if (found->name_score >= SURE_NAME)
        return;
    found_doubt(found, (struct place){ found->article->path, 0, 0 },
                "the name “%s” is a guess from the title; correct it in the portrait",
                found->name);
    said = found->doubts.item[found->doubts.count - 1];
    memmove(found->doubts.item + 1, found->doubts.item,
            (found->doubts.count - 1) * sizeof said);
    found->doubts.item[0] = said;
}

/* Is one of the two names part of the other, word by word? */
static bool is_same_person(struct arena *arena, const char *one, const char *other)
{
    const char *a = fold(arena, one), *b = fold(arena, other);

    return strstr(a, b) != NULL || strstr(b, a) != NULL;
}

/* Does the opening name somebody else than the title, or in full who there has one
 * name only? */
static bool is_better(struct arena *arena, const char *said, const char *introduced)
{
    return said == NULL || !is_same_person(arena, said, introduced) ||
           (fold_words(fold(arena, said)) == 1 && name_is_likely(introduced) &&
            fold_words(fold(arena, introduced)) == 2);
}

/* The name that TITLE tells, or the opening better; *BEST: how sure it is. */
static void take_name(struct found *found, const struct evidence *evidence,
                      const struct title *title, double *best)
{
    size_t first = 0, last = 0;
    const char *said = NULL, *introduced;

    *best = title->text == NULL ? -1 : choose(found, evidence, title, &first, &last);
    if (*best > 0)
        said = title_stretch(found->arena, title, first, last);
    introduced = name_introduced(found, evidence, best);
    if (introduced != NULL && is_better(found->arena, said, introduced)) {
        found->name = introduced;
    } else if (said != NULL && (*best >= 3 || (*best >= 1 && name_is_likely(said)))) {
        found->name = said;
        if (found->role == NULL)
            role_around(found, title, first, last);
    } else if (title->count > 0) {
        found->name = title_stretch(found->arena, title, 0, title->count);
    }
}

/* Does the text say the name that the title says? */
static bool is_said_again(const struct found *found)
{
    const char *name = found->name == NULL ? "" : fold(found->arena, found->name);

    for (size_t i = 0; i < found->article->blocks.count && i < OPENING; i++)
        if (fold_words(name) >= 2 && block_at(found, i)->fate == FATE_NONE &&
            block_at(found, i)->kind != BLOCK_HEADING &&
            strstr(block_at(found, i)->fold, name) != NULL)
            return true;
    return false;
}

/* Who says a name of his own in answer has it, unless the title is surer or the text
 * says its name, too. */
static void take_own(struct found *found, double *best)
{
    const char *name = name_of_oneself(found);

    if (name == NULL || (*best >= SURE_NAME && is_said_again(found)) ||
        (found->name != NULL && is_same_person(found->arena, found->name, name)))
        return;
    found->name = name;
    found->role = found->article->role;
    *best = OWN_SCORE;
}

void find_person(struct found *found)
{
    const struct article *article = found->article;
    struct evidence evidence = { stem_fold(found), contact_heading(found), opening_fold(found),
                                 labels_of(found) };
    const char *said = take_title(found);
    struct title title = { .text = said != NULL && strlen(said) > TITLE_BYTES ? NULL : said };
    double best = 0;

    found->name = article->name;
    found->role = article->role;
    found->organisation = article->organisation;
    if (title.text != NULL)
        title_part(found->arena, &title);
    if (found->name == NULL)
        take_name(found, &evidence, &title, &best);
    if (article->name == NULL && best < OWN_SCORE)
        take_own(found, &best);
    if (found->name != NULL && article->name == NULL && is_generic(found->arena, found->name))
        found->name = NULL;
    found->name_score = article->name != NULL ? SURE_NAME : best;
    if (found->name == NULL) {
        found->name = name_of_stem(found);
        found->name_score = 0;
    }
    soften_capitals(found);
}
