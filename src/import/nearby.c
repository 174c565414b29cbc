/* Who is named near the questions, where the title's name is hardly one: the labels
 * of answers, "Ada's answers", "Guest: Ada Quill", headings over questions, the text
 * of the first picture. Of several all are named. */
#include "import/find.h"
#include "import/label.h"
#include "import/names.h"

#include <glib.h>
#include <string.h>

enum { NAMES_MOST = 12, NEAR = 6, NAME_WORDS = 4, LINE_WORDS = 12, INITIALS_BYTES = 3 };

struct person { const char *name, *fold; size_t turns; };
struct people { struct person item[NAMES_MOST]; size_t count; };

static const char *fold_of(const struct found *found, const char *text)
{
    return words_fold(found->arena, text, strlen(text));
}

static void put(struct found *found, struct people *people, const char *name)
{
    const char *fold = fold_of(found, name);

    for (size_t i = 0; i < people->count; i++)
        if (strcmp(people->item[i].fold, fold) == 0) {
            people->item[i].turns++;
            return;
        }
    if (people->count < NAMES_MOST)
        people->item[people->count++] = (struct person){ name, fold, 1 };
}

/* Is one of them who has the name already? */
static bool are_known(const struct found *found, const struct people *people)
{
    const char *name = found->name == NULL ? "" : fold_of(found, found->name);

    for (size_t i = 0; i < people->count; i++)
        if (strstr(name, people->item[i].fold) != NULL ||
            (name[0] != '\0' && strstr(people->item[i].fold, name) != NULL))
            return true;
    return false;
}

static void take(struct found *found, const struct people *people, double score)
{
    struct buf all = {0};

    if (people->count == 0 || (found->name_score >= SURE_NAME && are_known(found, people)))
        return;
    for (size_t i = 0; i < people->count; i++)
        buf_printf(&all, "%s%s", i > 0 ? ", " : "",
                   text_is_capitals(people->item[i].name, strlen(people->item[i].name))
                   ? name_with_small_letters(found->arena, people->item[i].name)
                   : people->item[i].name);
    found->name = arena_strdup(found->arena, buf_text(&all));
    found->name_score = score;
    found->role = found->article->role;
    buf_free(&all);
}

/* ---- Labels of answers ------------------------------------------------------------- */

/* The word behind NAME, at AT in a text, with it: "Ada Quill"; NULL when that is no name. */
static const char *with_behind(struct found *found, const char *at, size_t length)
{
    const char *full;

    if (at[length] != ' ' || !name_begins_capital(at + length + 1))
        return NULL;
    full = arena_strndup(found->arena, at,
                         length + 1 + strcspn(at + length + 1, " ,.;:!?’'\n()"));
    return name_is_likely(full) ? full : NULL;
}

/* The same of the word before it, within TEXT, when it is neither a greeting nor how
 * one is addressed. */
static const char *with_before(struct found *found, const char *text, const char *at,
                               size_t length)
{
    const char *from = at, *full, *first;

    if (at < text + 2 || at[-1] != ' ' || (at[length] != '\0' && g_ascii_isalnum(at[length])))
        return NULL;
    from--;
    while (from > text && strchr(" \n(“«\"", from[-1]) == NULL)
        from--;
    first = words_fold(found->arena, from, (size_t)(at - from));
    full = arena_strndup(found->arena, from, (size_t)(at - from) + length);
    return name_is_likely(full) && !words_are(WORDS_HELLO, first) &&
           !words_are(WORDS_ADDRESS, first) && !words_begin(WORDS_GENERIC, first) &&
           !words_begin(WORDS_QUESTION, first) && !words_begin(WORDS_REPLY, first) ? full : NULL;
}

/* "Ada" of "Ada Quill", where the text says so; else NAME. */
static const char *in_full(struct found *found, const char *name)
{
    size_t length = strlen(name);

    for (size_t i = 0; strchr(name, ' ') == NULL && i < found->article->blocks.count; i++)
        for (const char *at = block_at(found, i)->text; (at = strstr(at, name)) != NULL;
             at += length) {
            const char *full = with_behind(found, at, length);

            if (full != NULL)
                return full;
        }
    return name;
}

/* The same, or "Quill", where the text below the title first says so. */
static void complete(struct found *found)
{
    const char *name = found->name, *full = NULL;
    size_t length = strlen(name);

    for (size_t i = 0; strchr(name, ' ') == NULL && i < found->article->blocks.count; i++) {
        const char *text = block_at(found, i)->text, *at = strstr(text, name);

        if (at == NULL || block_at(found, i)->fate == FATE_TITLE)
            continue;
        full = with_behind(found, at, length);
        if (full == NULL)
            full = with_before(found, text, at, length);
        break;
    }
    if (full != NULL && !words_have(WORDS_FIRM, fold_of(found, full)))
        found->name = full;
}

static const char *label_name(struct found *found, const struct block *block)
{
    struct label label;

    if (block->label != NULL && block->kind != BLOCK_NOTE)
        return block->label;
    if (block->kind != BLOCK_PARAGRAPH || !label_read(found->arena, block, &label) || label.line)
        return NULL;
    return text_clean(found->arena, block->text + label.from, label.to - label.from);
}

static bool is_name(const struct found *found, const char *name)
{
    const char *fold = fold_of(found, name);
    size_t length = strlen(name);

    return name_begins_capital(name) &&
           (length > INITIALS_BYTES || (length > 1 && g_ascii_islower(name[length - 1]))) &&
           strpbrk(name, "0123456789@/") == NULL && !label_is_turn(fold) &&
           fold_words(fold) <= NAME_WORDS && !words_begin(WORDS_QUESTION, fold) &&
           !words_begin(WORDS_GENERIC, fold) && !words_end(WORDS_GENERIC, fold);
}

/* Two or more whose labels begin most first answers. */
static void take_labels(struct found *found)
{
    struct people seen = {0}, people = {0};
    size_t labelled = 0;
    bool asked = false;

    for (size_t i = found->first; i < found->last; i++) {
        const struct block *block = block_at(found, i);
        const char *name = block->fate == FATE_ANSWER ? label_name(found, block) : NULL;

        if (name != NULL && is_name(found, name)) {
            put(found, &seen, name);
            labelled += asked;
        }
        asked = block->fate == FATE_QUESTION || (asked && block->fate != FATE_ANSWER);
    }
    for (size_t i = 0; i < seen.count; i++)
        if (seen.item[i].turns >= 2)
            put(found, &people, in_full(found, seen.item[i].name));
    if (people.count >= 2 && !found->own_label && !are_known(found, &seen) &&
        labelled * 2 >= found->questions)
        take(found, &people, SURE_NAME);
}

/* ---- Lines and headings --------------------------------------------------------------- */

/* "Ada Quill" of "Ada Quill's answers"; NULL. */
static const char *of_owner(struct found *found, const struct block *block)
{
    static const char *const signs[] = { "'s ", "’s " };

    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        const char *at = strstr(block->text, signs[i]), *behind;

        if (at == NULL)
            continue;
        behind = fold_of(found, at + strlen(signs[i]));
        if (words_begin(WORDS_ANSWERS, behind) || words_begin(WORDS_RESPONSES, behind))
            return arena_strndup(found->arena, block->text, (size_t)(at - block->text));
    }
    return NULL;
}

/* "Ada Quill" of "Guest: Ada Quill" and "Interview with Ada Quill, gardener"; NULL. */
static const char *of_line(struct found *found, const struct block *block)
{
    struct title words = { .text = block->text };
    const char *best = NULL;
    size_t from = 1;

    title_part(found->arena, &words);
    while (from < words.count && from <= NAME_WORDS &&
           !words_are(WORDS_GUEST, words_fold(found->arena, block->text, words.word[from].from)))
        from++;
    for (size_t to = from + 2; to <= words.count && to <= from + NAME_WORDS; to++) {
        const char *name = title_stretch(found->arena, &words, from, to);

        if (title_is_parted(&words, to - 2, to - 1))
            break;
        best = name_is_likely(name) ? name : best;
    }
    return from > NAME_WORDS ? NULL : best;
}

static size_t first_line_words(const struct found *found, const struct block *block)
{
    return fold_words(words_fold(found->arena, block->text, block_line_end(block, 0)));
}

/* A line before the first question that says whose answers follow. */
static bool take_line(struct found *found)
{
    for (size_t i = found->first; i > 0 && found->first - i < NEAR; i--) {
        const struct block *block = block_at(found, i - 1);
        struct people people = {0};
        const char *name;

        if (block->words < 2 || first_line_words(found, block) > LINE_WORDS || block->furniture ||
            block->fate == FATE_TITLE)
            continue;
        name = of_owner(found, block);
        name = name == NULL ? of_line(found, block) : name;
        if (name == NULL || !name_is_likely(name) || !is_name(found, name))
            continue;
        put(found, &people, name);
        take(found, &people, SURE_NAME);
        return true;
    }
    return false;
}

/* Do blocks other than headings have the last word of the name? */
static bool is_told(const struct found *found, const char *name)
{
    const char *fold = fold_of(found, name), *last = fold + strlen(fold) - 1;

    while (last > fold && *--last != ' ')
        ;
    for (size_t i = 0; i < found->article->blocks.count; i++)
        if (block_at(found, i)->kind != BLOCK_HEADING &&
            strstr(block_at(found, i)->fold, last) != NULL)
            return true;
    return false;
}

static bool is_headed_by_name(const struct found *found, const struct block *block)
{
    return block->kind == BLOCK_HEADING && block->fate != FATE_QUESTION &&
           block->fate != FATE_TITLE && !block->furniture && block->words <= NAME_WORDS &&
           name_is_likely(block->text) && is_name(found, block->text) &&
           !words_have(WORDS_FIRM, block->fold) && !words_begin(WORDS_CONTACT, block->fold) &&
           !words_have(WORDS_OF, block->fold) && !words_have(WORDS_YOU, block->fold);
}

/* Names as headings right over questions. */
static void take_headings(struct found *found)
{
    struct people people = {0};
    const struct block *over = NULL;
    size_t start = found->first > NEAR ? found->first - NEAR : 0;

    for (size_t i = start; i < found->last; i++) {
        const struct block *block = block_at(found, i);

        if (block->fate == FATE_QUESTION && over != NULL)
            put(found, &people, over->text);
        if (block->kind == BLOCK_HEADING || block->fate == FATE_ANSWER)
            over = is_headed_by_name(found, block) ? block : NULL;
    }
    if (people.count >= 2 || found->name_score < SURE_NAME ||
        (people.count == 1 && is_told(found, people.item[0].name)))
        take(found, &people, SURE_NAME);
}

/* The text of the first picture before the questions. */
static void take_picture(struct found *found)
{
    for (size_t i = 0; i < found->first; i++) {
        const struct run *picture = block_picture(block_at(found, i));
        struct people people = {0};

        if (picture == NULL)
            continue;
        if (picture->alt != NULL && name_is_likely(picture->alt) && is_name(found, picture->alt))
            put(found, &people, picture->alt);
        take(found, &people, SURE_NAME);
        return;
    }
}

void find_nearby(struct found *found)
{
    if (found->questions == 0 || found->article->name != NULL)
        return;
    if (found->name != NULL && strlen(found->name) > INITIALS_BYTES && is_name(found, found->name))
        complete(found);
    take_labels(found);
    if (found->own_label || found->name_score >= SURER_NAME || take_line(found))
        return;
    take_headings(found);
    if (found->name_score == 0)
        take_picture(found);
}
