/* What repeats from article to article. Only hashes are kept, each once for an
 * article, so that a series of any size is learnt in little memory. */
#include "import/find.h"
#include "base/utf8.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

enum { TITLE_WORDS = 12, TITLE_BYTES = 400, BEGINNING_WORDS = 5, SHORT_BLOCK = 400,
       VOTING_BYTES = 1000 };      /* of each article: enough to tell its language */

/* Tables of hash to number of articles and the last of them, packed: a million
 * blocks of a large export must fit. */
#define PACK(articles, last) ((uintptr_t)(articles) << 20 | (uintptr_t)((last) & 0xFFFFF))
#define ARTICLES(packed) ((size_t)((uintptr_t)(packed) >> 20))
#define LAST(packed) ((uint32_t)((uintptr_t)(packed) & 0xFFFFF))

enum { MOST_HASHES = 250000, FORGET_AFTER = 500 };

struct series {
    struct arena *arena;
    GHashTable *blocks, *beginnings, *titles;
    GHashTable *known;                  /* hashes of what is common already */
    guint most;                         /* hashes in a table before some are forgotten */
    uint32_t articles;
    size_t votes[WORDS_LANGUAGES];
    size_t spaced, unspaced;            /* question marks with a space before, without */
    VEC(const char *) some_titles;      /* as written, the first of them */
    const char *declared;               /* language, of the first that says */
    const char *name;
};

struct series *series_new(void)
{
    struct arena *arena = arena_new();
    struct series *series = ARENA_NEW(arena, struct series);

    series->arena = arena;
    series->most = MOST_HASHES;
    series->blocks = g_hash_table_new(g_direct_hash, g_direct_equal);
    series->beginnings = g_hash_table_new(g_direct_hash, g_direct_equal);
    series->titles = g_hash_table_new(g_direct_hash, g_direct_equal);
    series->known = g_hash_table_new(g_direct_hash, g_direct_equal);
    return series;
}

void series_free(struct series *series)
{
    if (series == NULL)
        return;
    g_hash_table_destroy(series->blocks);
    g_hash_table_destroy(series->beginnings);
    g_hash_table_destroy(series->titles);
    g_hash_table_destroy(series->known);
    free(series->some_titles.item);
    arena_free(series->arena);
}

/* ---- Counting ---------------------------------------------------------------- */

static gboolean is_forgotten(gpointer hash, gpointer packed, gpointer series)
{
    (void)hash;
    return ARTICLES(packed) == 1 &&
           LAST(packed) + FORGET_AFTER < (((struct series *)series)->articles & 0xFFFFF);
}

/* What only one article has said, and long ago, is forgotten when there is too
 * much of it. */
static void count(struct series *series, GHashTable *table, uint64_t hash)
{
    gpointer key = (gpointer)(uintptr_t)hash, packed = g_hash_table_lookup(table, key);

    if (packed != NULL && LAST(packed) == (series->articles & 0xFFFFF))
        return;
    if (packed == NULL && g_hash_table_size(table) >= series->most) {
        g_hash_table_foreach_remove(table, is_forgotten, series);
        if (g_hash_table_size(table) > series->most / 2)
            series->most *= 2;
    }
    g_hash_table_insert(table, key,
                        (gpointer)PACK(packed == NULL ? 1 : ARTICLES(packed) + 1,
                                       series->articles));
}

static size_t articles_of(GHashTable *table, uint64_t hash)
{
    return ARTICLES(g_hash_table_lookup(table, (gpointer)(uintptr_t)hash));
}

static uint64_t beginning(const char *fold)
{
    return fold_hash(fold, fold_after(fold, BEGINNING_WORDS));
}

/* Question marks tell French of Canada, set without a space, from French of
 * France. */
static void count_spaces(struct series *series, const struct block *block)
{
    const char *mark = block->text;

    while ((mark = strchr(mark, '?')) != NULL) {
        const char *at = mark;
        uint32_t before = utf8_prev(&at, block->text);

        if (before == ' ' || before == 0xA0 || before == 0x202F || before == 0x2009)
            series->spaced++;
        else if (before != '?' && before != '!')
            series->unspaced++;
        mark++;
    }
}

static void learn_title(struct series *series, const char *title)
{
    char *fold = words_fold(series->arena, title, strlen(title));
    size_t words = fold_words(fold);

    for (size_t i = 1; i <= words && i <= TITLE_WORDS; i++)
        count(series, series->titles, fold_hash(fold, fold_after(fold, i)));
    if (series->some_titles.count < 64)
        *VEC_PUSH(&series->some_titles) = arena_strdup(series->arena, title);
}

static const char *title_of(const struct article *article)
{
    const char *title = article->title;

    if (title == NULL && article->blocks.count > 0)
        title = article->blocks.item[0].text;
    return title == NULL || strlen(title) > TITLE_BYTES ? NULL : title;
}

void series_learn(struct series *series, const struct article *article)
{
    const char *title = title_of(article);
    size_t voted = 0;

    series->articles++;
    for (size_t i = 0; i < article->blocks.count; i++) {
        const struct block *block = &article->blocks.item[i];

        if (block->furniture || block->words == 0)
            continue;
        count(series, series->blocks, fold_hash(block->fold, strlen(block->fold)));
        if (block->bytes <= SHORT_BLOCK && block->words > BEGINNING_WORDS)
            count(series, series->beginnings, beginning(block->fold));
        if ((voted += block->bytes) < VOTING_BYTES)
            words_vote(block->fold, series->votes);
        count_spaces(series, block);
    }
    if (title != NULL)
        learn_title(series, title);
    if (series->declared == NULL && article->language != NULL)
        series->declared = arena_strdup(series->arena, article->language);
    if (series->name == NULL && article->series != NULL)
        series->name = arena_strdup(series->arena, article->series);
}

/* ---- Asking --------------------------------------------------------------------- */

size_t series_articles(const struct series *series)
{
    return series->articles;
}

size_t series_count(const struct series *series, const struct block *block)
{
    return articles_of(series->blocks, fold_hash(block->fold, strlen(block->fold)));
}

size_t series_beginnings(const struct series *series, const struct block *block)
{
    if (block->bytes > SHORT_BLOCK || block->words <= BEGINNING_WORDS)
        return 0;
    return articles_of(series->beginnings, beginning(block->fold));
}

size_t series_titles(const struct series *series, const char *fold, size_t words)
{
    return words == 0 ? 0 : articles_of(series->titles, fold_hash(fold, fold_after(fold, words)));
}

void series_know(struct series *series, const struct block *block)
{
    gpointer key = (gpointer)(uintptr_t)fold_hash(block->fold, strlen(block->fold));

    g_hash_table_add(series->known, key);
}

bool series_is_common(const struct series *series, const struct block *block)
{
    gpointer key = (gpointer)(uintptr_t)fold_hash(block->fold, strlen(block->fold));
    size_t articles = series_count(series, block);

    return g_hash_table_contains(series->known, key) ||
           (articles >= 2 && articles * 2 > series->articles);
}

const char *series_name(const struct series *series)
{
    return series->name;
}

/* The end in TITLE of its first WORDS words, signs behind them left out. */
static size_t written_end(struct arena *arena, const char *title, size_t words)
{
    size_t end = 0;

    for (const char *at = title; *at != '\0';) {
        size_t word = strcspn(at, " \xC2");      /* a space, or the first byte of one */

        if (word == 0)
            word = 1;
        if (fold_words(words_fold(arena, title, (size_t)(at - title) + word)) > words)
            break;
        at += word;
        if (fold_words(words_fold(arena, at - word, word)) > 0)
            end = (size_t)(at - title);
    }
    return end;
}

const char *series_title(const struct series *series)
{
    size_t best = 0, most = 0;
    const char *from = NULL;

    for (size_t i = 0; i < series->some_titles.count; i++) {
        const char *title = series->some_titles.item[i];
        char *fold = words_fold(series->arena, title, strlen(title));

        size_t words = fold_words(fold);

        for (words = words > TITLE_WORDS ? TITLE_WORDS : words; words > 1; words--) {
            size_t titles = series_titles(series, fold, words);

            if (titles < 2 || titles * 2 <= series->articles)
                continue;
            if (words > best || (words == best && titles > most)) {
                best = words;
                most = titles;
                from = title;
            }
            break;
        }
    }
    if (from == NULL)
        return NULL;
    return arena_strndup(series->arena, from, written_end(series->arena, from, best));
}

const char *series_language(const struct series *series)
{
    size_t best = words_voted(series->votes);

    if (series->declared != NULL)
        return series->declared;
    if (series->votes[best] == 0)
        return "en";
    if (strcmp(words_languages[best], "fr") == 0)
        return series->unspaced >= series->spaced ? "fr-CA" : "fr-FR";
    return words_languages[best];
}
