/* Is what was found an interview? Blogs and exports hold texts of every kind with
 * headings that ask: help for readers, lessons, reports, portraits told by others.
 * What speaks for an interview and against it is summed, each by a weight that is
 * roughly a log-odds, as everywhere in the finder: whether the questions ask, and ask
 * somebody, whether the answers speak of oneself, what the text calls itself. */
#include "import/find.h"
#include "import/asking.h"
#include "import/text.h"

#include <glib.h>
#include <string.h>

enum { SHOWING_WORDS = 60,         /* enough to say "I" or "you" in */
       SPEAKING_WORDS = 150,       /* enough to say "I" in more than once */
       TOPIC_WORDS = 10,           /* of a heading that numbers what is asked */
       HELP_WORDS = 4,             /* of a heading that says no more than "FAQ" */
       HEARD_WORDS = 300,          /* enough of answers to tell who speaks */
       ONE_ANSWER = 250,           /* words of an answer to the only question */
       LONG_ANSWERS = 700,         /* words each: of a text that asks now and then */
       SERIES = 3 };               /* articles that ask the same */

/* Below nothing a text is doubtful, and below this evidently no interview. */
static const double EVIDENT = -1;

/* The questions and answers of an article, counted. */
struct talk {
    size_t questions, words;
    size_t asking, speaking;        /* questions that ask; that speak to somebody */
    size_t own;                     /* that speak of who asks, more than of anybody */
    size_t shared;                  /* that others of the series ask, too, and not again at once */
    const char *before;             /* the fold of the question before */
    bool waiting;                   /* and it has no answer yet */
    size_t unanswered;              /* right above another, or at the end */
    size_t answers;                 /* words of answers */
    size_t heard, mine;             /* of the first of them; of oneself among these */
    const char *language;           /* NULL when it is none whose words are known */
    bool pronouns;                  /* long enough, in a language that must show them */
};

/* ---- What is said about it ---------------------------------------------------------- */

static const char *fold_of(const struct found *found, const char *text)
{
    return text == NULL ? "" : words_fold(found->arena, text, strlen(text));
}

/* Neither "Frequently asked questions" nor what recruiters ask is an interview to print. */
static bool names_interview(const char *fold)
{
    return words_have(WORDS_INTERVIEW, fold) && !words_have(WORDS_HELP, fold) &&
           !words_have(WORDS_HIRING, fold);
}

static bool is_titled_interview(const struct found *found)
{
    for (size_t i = 0; i < found->last; i++)
        if (block_at(found, i)->fate == FATE_TITLE && names_interview(block_at(found, i)->fold))
            return true;
    return names_interview(fold_of(found, found->article->title)) ||
           names_interview(fold_of(found, found->article->stem));
}

static bool opens_as_interview(const struct found *found)
{
    for (size_t i = 0; i < found->last && i <= found->first; i++)
        if (block_at(found, i)->fate != FATE_QUESTION &&
            names_interview(block_at(found, i)->fold))
            return true;
    return false;
}

static bool is_titled_help(const struct found *found)
{
    return words_have(WORDS_HELP, fold_of(found, found->article->title));
}

/* A heading, or a line that says no more. */
static bool heads_help(const struct block *block)
{
    return !block->furniture && block->kind != BLOCK_ITEM &&
           (block->kind == BLOCK_HEADING || block->fate == FATE_TITLE ||
            block->words <= HELP_WORDS) &&
           words_have(WORDS_HELP, block->fold);
}

static bool is_headed_help(const struct found *found)
{
    for (size_t i = 0; i < found->article->blocks.count; i++)
        if (heads_help(block_at(found, i)))
            return true;
    return is_titled_help(found);
}

/* Does a heading of hardly more words, "FAQ", stand right over the first question? */
static bool is_below_help(const struct found *found)
{
    size_t first = 0;

    while (first < found->last && block_at(found, first)->fate != FATE_QUESTION)
        first++;
    return first > 0 && first < found->last && heads_help(block_at(found, first - 1)) &&
           block_at(found, first - 1)->words <= HELP_WORDS;
}

/* ---- Who speaks ---------------------------------------------------------------------- */

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
static bool is_told(const struct found *found, const struct talk *talk)
{
    if (!talk->pronouns || found->label_words > 0 || talk->asking > 0 || talk->speaking > 0)
        return false;
    for (size_t i = 0; i < found->last; i++) {
        const struct block *block = block_at(found, i);

        if (block->fate == FATE_QUESTION ? block->kind != BLOCK_HEADING
                                         : block->fate == FATE_ANSWER &&
                                           speaks_unquoted(found, block))
            return false;
    }
    return true;
}

static void count_question(const struct found *found, struct block *block, struct talk *talk)
{
    size_t yours = words_count(WORDS_YOU, block->fold);

    talk->questions++;
    talk->unanswered += talk->waiting;
    talk->waiting = true;
    talk->asking += block_asks(block) || words_begin(WORDS_ASKING, block->fold);
    talk->speaking += yours > 0;
    talk->own += words_count(WORDS_I, block->fold) > yours;
    talk->shared += series_count(found->series, block) >= SERIES &&
                    (talk->before == NULL || strcmp(talk->before, block->fold) != 0);
    talk->before = block->fold;
}

static bool must_show_pronouns(const char *language)
{
    static const char *const languages[] = { "fr", "en", "de" };

    for (size_t i = 0; language != NULL && i < sizeof languages / sizeof *languages; i++)
        if (strcmp(language, languages[i]) == 0)
            return true;
    return false;
}

/* A heading, a line with a number that is no sentence, or another question: no answer. */
static bool answers_nothing(const struct block *block)
{
    if (block->kind == BLOCK_HEADING ||
        (block_asks(block) && asking_statements(block->text) == 0))
        return true;
    return block->words <= TOPIC_WORDS && block->bytes > 0 &&
           (block->ordered || g_ascii_isdigit(block->text[0])) &&
           strchr(".!", block->text[block->bytes - 1]) == NULL;
}

static struct talk hear(const struct found *found)
{
    struct talk talk = { .language = found->article->spoken };

    for (size_t i = 0; i < found->last; i++) {
        struct block *block = block_at(found, i);

        if (block->fate != FATE_QUESTION && block->fate != FATE_ANSWER)
            continue;
        talk.words += block->words;
        if (block->fate == FATE_ANSWER) {
            talk.waiting = talk.waiting && answers_nothing(block);
            talk.answers += block->words;
            if (talk.heard >= HEARD_WORDS)
                continue;
            talk.heard += block->words;
            talk.mine += words_count(WORDS_I, block->fold);
        } else if (!block->goes_on) {
            count_question(found, block, &talk);
        }
    }
    talk.unanswered += talk.waiting;
    talk.pronouns = talk.words >= SHOWING_WORDS && must_show_pronouns(talk.language);
    return talk;
}

/* ---- For and against ------------------------------------------------------------------ */

/* Do the questions ask, or are they turns of a dialogue, or those of a series? */
static double weigh_asking(const struct found *found, const struct talk *talk)
{
    double weight = found->label_words > 0 ? 2 : 0;

    if (talk->asking * 2 >= talk->questions)
        return weight + 1;
    if (weight > 0 || talk->asking * 3 >= talk->questions || talk->shared * 2 >= talk->questions)
        return weight;
    return -3;
}

static double weigh_speaking(const struct talk *talk)
{
    if (talk->speaking * 10 >= talk->questions * 3)
        return 2;
    if (!talk->pronouns || talk->speaking * 10 >= talk->questions * 2)
        return 0;
    return talk->questions < 4 ? -1 : -2;
}

/* Of a hundred words of an answer, five or so speak of oneself. */
static double weigh_answers(const struct talk *talk)
{
    if (talk->mine * 50 >= talk->heard && talk->mine > 0)
        return 2;
    if (!talk->pronouns || talk->mine * 66 >= talk->heard ||
        (talk->mine > 0 && talk->heard < SPEAKING_WORDS))
        return 0;
    return talk->mine * 200 >= talk->heard ? -1 : -2;
}

/* Most of them are not answered: it is a list of what one might ask. */
static double weigh_list(const struct talk *talk)
{
    return talk->questions >= 3 && talk->unanswered * 2 > talk->questions ? -10 : 0;
}

/* One question hardly makes an interview, least of all over a long text; nor do answers
 * go on for pages. */
static double weigh_size(const struct talk *talk)
{
    double weight = talk->answers > talk->questions * LONG_ANSWERS ? -1 : 0;

    if (talk->questions == 1)
        return weight - (talk->words > ONE_ANSWER ? 5 : 2);
    return talk->questions == 2 ? weight - 1 : weight;
}

/* What the text calls itself. */
static double weigh_name(const struct found *found)
{
    return 1.5 * is_titled_interview(found) + 0.5 * opens_as_interview(found);
}

/* "Can I pay by card?": who asks so speaks of himself, and wants no portrait. */
static double weigh_help(const struct found *found, const struct talk *talk)
{
    double weight = 0;

    if (talk->language != NULL && talk->own * 10 >= talk->questions * 3 && talk->own > 1)
        weight -= talk->own * 10 >= talk->questions * 6 ? 6 : 3;
    if (words_have(WORDS_HIRING, fold_of(found, found->article->title)))
        weight -= 6;
    if (is_titled_help(found) || (found->label_words == 0 && is_headed_help(found)))
        weight -= is_titled_help(found) || is_below_help(found) ||
                  found->name_score < SURE_NAME ? 8 : 2;
    return weight;
}

static double weigh(const struct found *found, const char **why)
{
    struct talk talk = hear(found);
    double help = weigh_help(found, &talk);
    double sum = weigh_asking(found, &talk) + weigh_speaking(&talk) + weigh_answers(&talk) +
                 weigh_list(&talk) + weigh_size(&talk) + weigh_name(found) + help -
                 (is_told(found, &talk) ? 4 : 0);

    *why = weigh_list(&talk) < 0 ? "most of what it asks is not answered"
         : help < 0 ? "readers ask this, of themselves"
         : talk.asking == 0 ? "it tells of somebody, and asks nothing"
         : "nobody speaks to anybody here";
    return sum;
}

/* ---- Taking it back -------------------------------------------------------------------- */

static void give_back(struct found *found)
{
    for (size_t i = 0; i < found->last; i++)
        if (block_at(found, i)->fate == FATE_QUESTION || block_at(found, i)->fate == FATE_ANSWER)
            block_at(found, i)->fate = FATE_NONE;
    found->first = found->last;
    found->questions = 0;
    found->sureness = 0;
}

void find_kind(struct found *found)
{
    const char *why;
    double weight;

    if (found->questions == 0)
        return;
    weight = weigh(found, &why);
    if (weight <= 0)
        found->foreign = why;
    if (weight >= EVIDENT)
        return;
    found_doubt(found, block_at(found, found->first)->at, "%s; it is taken for no interview", why);
    give_back(found);
}
