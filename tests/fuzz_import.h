/* What the fuzzers of the importer's readers share: an article is found and
 * written, and reading it back must give the same words. */
#ifndef TESTS_FUZZ_IMPORT_H
#define TESTS_FUZZ_IMPORT_H

#include "import/decode.h"
#include "import_words.h"

#include <stdint.h>
#include <stdio.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static inline void hear_nothing(void *context, const struct diagnostic *diagnostic)
{
    (void)context, (void)diagnostic;
}

static inline bool fuzz_article(void *context, struct article *article)
{
    struct series *series = series_new();
    struct buf expected = {0}, text = {0};
    struct found found;

    (void)context;
    find_prepare(article);
    series_learn(series, article);
    find(&found, article, series);
    if (!words_are_kept(&found, &expected, &text)) {
        fprintf(stderr, "expected %s\nread     %s\n", buf_text(&expected), buf_text(&text));
        abort();
    }
    for (size_t i = 0; i < article->blocks.count; i++)
        if (article->blocks.item[i].fate == FATE_NONE)
            abort();
    buf_free(&expected);
    buf_free(&text);
    found_free(&found);
    series_free(series);
    article_free(article);
    return true;
}

/* A source of one article, in any encoding, by the reader of its kind, whatever kind
 * it seems to be. */
static inline void fuzz_source(bool (*read)(struct article *, const char *, size_t),
                               const uint8_t *data, size_t size)
{
    struct article *article = article_new("fuzz");
    size_t count;
    char *text;

    diag_set_sink(hear_nothing, NULL);
    source_kind((const char *)data, size);
    text = decode_text(article->arena, "fuzz", (const char *)data, size, &count);
    if (text != NULL && read(article, text, count))
        fuzz_article(NULL, article);
    else
        article_free(article);
}

#endif
