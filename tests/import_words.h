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

static inline bool is_note_called(const struct block *note, const struct block *block,
                                  const struct run *run)
{
    return note->kind == BLOCK_NOTE && (run->marks & MARK_NOTE) != 0 &&
           strlen(note->label) == run->end - run->start &&
           strncmp(note->label, block->text + run->start, run->end - run->start) == 0;
}

/* The notes, in the order in which they are called. */
static inline void put_notes_text(struct buf *out, const struct article *article)
{
    const struct block *block = article->blocks.item;
    size_t count = article->blocks.count;
    bool *done = calloc(count + 1, sizeof *done);

    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < block[i].run_count && is_printed(&block[i]); j++)
            for (size_t k = 0; k < count; k++)
                if (!done[k] && is_note_called(&block[k], &block[i], &block[i].run[j])) {
                    put_block_text(out, &block[k]);
                    done[k] = true;
                }
    free(done);
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
    put_notes_text(expected, article);
    write_portrait(&markdown, found, NULL, NULL, 0, "en");
    body = strstr(buf_text(&markdown) + 4, "\n---\n");
    if (body == NULL)
        abort();
    markdown_letters(text, body + 5, strlen(body + 5), true);
    buf_free(&markdown);
    return strcmp(buf_text(expected), buf_text(text)) == 0;
}

#endif
