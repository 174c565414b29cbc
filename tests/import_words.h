/* Is every word that the finder kept in the portrait that is written, and
 * nothing else? For the tests and the fuzzers. */
#ifndef TESTS_IMPORT_WORDS_H
#define TESTS_IMPORT_WORDS_H

#include "import/find.h"
#include "import/source.h"
#include "import/write.h"

#include <stdlib.h>
#include <string.h>

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

/* Spaces are no words. */
static inline void put_solid(struct buf *out, const char *text, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++)
        if (strchr(" \n\t", text[i]) == NULL)
            buf_putc(out, text[i]);
}

/* The text of Markdown, pictures and calls of notes aside. */
static inline void put_markdown_text(struct buf *out, const char *markdown)
{
    static const char *const names[] = { "table", "strikethrough", "autolink" };
    cmark_parser *parser;
    cmark_node *root;
    cmark_iter *iter;
    cmark_event_type event;
    int pictures = 0;

    cmark_gfm_core_extensions_ensure_registered();
    parser = cmark_parser_new(CMARK_OPT_FOOTNOTES);
    for (size_t i = 0; i < 3; i++)
        cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(names[i]));
    cmark_parser_feed(parser, markdown, strlen(markdown));
    root = cmark_parser_finish(parser);
    iter = cmark_iter_new(root);
    while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(iter);
        cmark_node_type type = cmark_node_get_type(node);

        if (type == CMARK_NODE_IMAGE)
            pictures += event == CMARK_EVENT_ENTER ? 1 : -1;
        else if (pictures == 0 && (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE ||
                                   type == CMARK_NODE_CODE_BLOCK ||
                                   type == CMARK_NODE_HTML_INLINE ||
                                   type == CMARK_NODE_HTML_BLOCK))
            put_solid(out, cmark_node_get_literal(node), strlen(cmark_node_get_literal(node)));
    }
    cmark_iter_free(iter);
    cmark_node_free(root);
    cmark_parser_free(parser);
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
    put_markdown_text(text, body + 5);
    buf_free(&markdown);
    return strcmp(buf_text(expected), buf_text(text)) == 0;
}

#endif
