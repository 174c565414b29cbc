/* Is every word that the finder kept in the portrait that is written, and
 * nothing else? For the tests and the fuzzers. */
#ifndef TESTS_IMPORT_WORDS_H
#define TESTS_IMPORT_WORDS_H

#include "import/find.h"
#include "import/markdown.h"
#include "import/source.h"
#include "import/write.h"

#include <stdlib.h>
#include <string.h>

/* Spaces are no words. */
static inline void put_solid(struct buf *out, const char *text, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++)
        if (strchr(" \n\t", text[i]) == NULL)
            buf_putc(out, text[i]);
}

static inline void put_block_text(struct buf *out, const struct block *block)
{
    if (block->label != NULL && block->kind != BLOCK_NOTE) {
        put_solid(out, block->label, strlen(block->label));
        buf_putc(out, ':');
    }
    for (size_t i = 0; i < block->run_count; i++)
        if ((block->run[i].marks & MARK_NOTE) == 0)
            put_solid(out, block->text + block->run[i].start,
                      block->run[i].end - block->run[i].start);
}

static inline bool is_printed(const struct block *block)
{
    return (block->fate == FATE_INTRODUCTION || block->fate == FATE_QUESTION ||
            block->fate == FATE_ANSWER) && block->kind != BLOCK_RULE;
}

/* What stands in the portrait is what the finder gave it, to the letter. Both
 * are appended, for a message. */
static inline bool words_are_kept(struct found *found, struct buf *expected, struct buf *text)
{
    struct article *article = found->article;
    struct buf markdown = {0};
    const char *body;

    for (size_t i = 0; i < article->blocks.count; i++)
        for (size_t j = 0; j < article->blocks.item[i].run_count; j++)
            article->blocks.item[i].run[j].picture = NULL;
    for (size_t i = 0; i < article->blocks.count; i++)
        if (is_printed(&article->blocks.item[i]) && article->blocks.item[i].kind != BLOCK_NOTE)
            put_block_text(expected, &article->blocks.item[i]);
    for (size_t i = 0; i < article->blocks.count; i++)
        if (article->blocks.item[i].kind == BLOCK_NOTE)
            put_block_text(expected, &article->blocks.item[i]);
    write_portrait(&markdown, found, NULL, NULL, 0, "en");
    body = strstr(buf_text(&markdown) + 4, "\n---\n");
    if (body == NULL)
        abort();
    markdown_letters(text, body + 5, strlen(body + 5), true);
    buf_free(&markdown);
    return strcmp(buf_text(expected), buf_text(text)) == 0;
}

#endif
