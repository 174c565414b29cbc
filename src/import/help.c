/* Questions that readers ask are no interview: a page of help asks as they would,
 * "How do I …?", and speaks to nobody. Nor is a lesson whose headings ask, or what
 * tells of somebody below headings that do not. */
#include "import/find.h"
#include "import/text.h"

#include <string.h>

enum { LESSON_WORDS = 60, HELP_WORDS = 4,
       VOTING_WORDS = 300,         /* enough to tell a language */
       FEW_SMALL_WORDS = 8 };      /* an eighth of them */

struct voted { const char *language; size_t words; };

/* The language of questions and answers, and their words; NULL when it is none of
 * those whose words are known. */
static struct voted language_of(const struct found *found)
{
    size_t votes[WORDS_LANGUAGES] = {0}, best, asked = 0;
    struct voted voted = {0};

    for (size_t i = 0; i < found->last; i++) {
        const struct block *block = block_at(found, i);

        if (block->fate != FATE_QUESTION && block->fate != FATE_ANSWER)
            continue;
        voted.words += block->words;
        if (asked >= VOTING_WORDS)
            continue;
        asked += block->words;
        words_vote(block->fold, votes);
    }
    best = words_voted(votes);
    if (votes[best] * FEW_SMALL_WORDS >= asked)
        voted.language = words_languages[best];
    return voted;
}

static bool is_headed_help(const struct found *found)
{
    const char *title = found->article->title == NULL ? ""
                      : words_fold(found->arena, found->article->title,
                                   strlen(found->article->title));

    for (size_t i = 0; i < found->article->blocks.count; i++)
        if ((block_at(found, i)->kind == BLOCK_HEADING || block_at(found, i)->fate == FATE_TITLE) &&
            !block_at(found, i)->furniture &&
            words_have(WORDS_HELP, block_at(found, i)->fold))
            return true;
    return words_have(WORDS_HELP, title);
}

/* "Frequently asked questions" are none that an interview has. */
static bool names_interview(const char *fold)
{
    return words_have(WORDS_INTERVIEW, fold) && !words_have(WORDS_HELP, fold);
}

/* Does the title, the file's name or the opening say that it is an interview? */
static bool is_called_interview(const struct found *found)
{
    const char *const said[] = { found->article->title, found->article->stem };

    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        if (said[i] != NULL &&
            names_interview(words_fold(found->arena, said[i], strlen(said[i]))))
            return true;
    for (size_t i = 0; i < found->last && i <= found->first; i++)
        if (block_at(found, i)->fate != FATE_QUESTION &&
            names_interview(block_at(found, i)->fold))
            return true;
    return false;
}

/* Does a heading of hardly more words, "FAQ", stand right over the first question? */
static bool is_below_help(const struct found *found)
{
    size_t first = 0;

    while (first < found->last && block_at(found, first)->fate != FATE_QUESTION)
        first++;
    return first > 0 && first < found->last &&
           block_at(found, first - 1)->kind == BLOCK_HEADING &&
           block_at(found, first - 1)->words <= HELP_WORDS &&
           words_have(WORDS_HELP, block_at(found, first - 1)->fold);
}

/* "Can I pay by card?": who asks so speaks of himself, and wants no portrait. Most
 * questions do, or a quarter below a heading that says so. */
static bool is_help(const struct found *found)
{
    size_t own = 0;

    for (size_t i = 0; i < found->last; i++) {
        const struct block *block = block_at(found, i);

        own += block->fate == FATE_QUESTION && !block->goes_on &&
               words_have(WORDS_I, block->fold) && !words_have(WORDS_YOU, block->fold);
    }
    if (is_headed_help(found) && (found->name_score < SURE_NAME || is_below_help(found)) &&
        found->label_words == 0 && !is_called_interview(found))
        return true;
    return own >= 2 && language_of(found).language != NULL &&
           (own * 10 >= found->questions * 6 ||
            (own * 4 >= found->questions && is_headed_help(found)));
}

/* Is it long enough to say "I" or "you", in a language that must? */
static bool shows_pronouns(const struct found *found)
{
    static const char *const languages[] = { "fr", "en", "de" };
    struct voted voted = language_of(found);

    for (size_t i = 0; voted.language != NULL && i < sizeof languages / sizeof *languages; i++)
        if (strcmp(voted.language, languages[i]) == 0)
            return voted.words >= LESSON_WORDS;
    return false;
}

/* Nobody speaks to anybody, nor of himself, in questions and answers of some length
 * that nothing calls an interview: headings of a lesson ask so. */
static bool is_lesson(const struct found *found)
{
    if (found->questions < 3 || found->label_words > 0 || found->name_score >= SURE_NAME ||
        is_called_interview(found))
        return false;
    for (size_t i = 0; i < found->last; i++) {
        const struct block *block = block_at(found, i);
        bool asked = block->fate == FATE_QUESTION;

        if ((asked || block->fate == FATE_ANSWER) && words_have(WORDS_I, block->fold))
            return false;
        if (asked && words_have(WORDS_YOU, block->fold))
            return false;
    }
    return shows_pronouns(found);
}

/* The bytes of a quotation mark at the beginning of TEXT; 0 when none stands there. */
static size_t quotation_mark(const char *text, const char *end)
{
    static const char *const marks[] = { "“", "”", "„", "«", "»", "\"" };

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if ((size_t)(end - text) >= strlen(marks[i]) &&
            strncmp(text, marks[i], strlen(marks[i])) == 0)
            return strlen(marks[i]);
    return 0;
}

/* Does a block say "I" other than in quotation marks? */
static bool speaks_unquoted(const struct found *found, const struct block *block)
{
    const char *end = block->text + block->bytes, *fold;
    struct buf outside = {0};
    bool quoted = false;

    for (const char *at = block->text; at < end;) {
        size_t mark = quotation_mark(at, end);

        quoted = quoted != (mark > 0);
        if (mark == 0 && !quoted)
            buf_putc(&outside, *at);
        at += mark > 0 ? mark : 1;
    }
    fold = words_fold(found->arena, buf_text(&outside), outside.len);
    buf_free(&outside);
    return words_have(WORDS_I, fold);
}

/* Headings that neither ask nor speak to anybody, over what is told of somebody: who
 * speaks of himself is quoted. */
static bool is_told(const struct found *found)
{
    if (found->label_words > 0)
        return false;
    for (size_t i = 0; i < found->last; i++) {
        const struct block *block = block_at(found, i);

        if (block->fate == FATE_QUESTION &&
            (block->kind != BLOCK_HEADING || block_asks(block) ||
             words_have(WORDS_YOU, block->fold)))
            return false;
        if (block->fate == FATE_ANSWER && speaks_unquoted(found, block))
            return false;
    }
    return shows_pronouns(found);
}

/* None of them is a question of an interview. */
static void give_back(struct found *found, const char *why)
{
    for (size_t i = 0; i < found->last; i++)
        if (block_at(found, i)->fate == FATE_QUESTION || block_at(found, i)->fate == FATE_ANSWER)
            block_at(found, i)->fate = FATE_NONE;
    found_doubt(found, block_at(found, found->first)->at, "%s; it is taken for no interview", why);
    found->first = found->last;
    found->questions = 0;
    found->foreign = true;
    found->sureness = 0;
}

void find_help(struct found *found)
{
    if (found->questions > 0 && is_help(found))
        give_back(found, "readers ask this, of themselves");
    else if (is_lesson(found))
        give_back(found, "nobody speaks to anybody here");
    else if (found->questions > 1 && is_told(found))
        give_back(found, "it tells of somebody, and asks nothing");
}
