/* Which reader a source needs, and the way to it. */
#include "import/source.h"
#include "import/decode.h"
#include "import/html.h"
#include "import/markdown.h"
#include "import/store.h"
#include "import/text.h"
#include "base/file.h"
#include "base/utf8.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

enum { SNIFF = 8192, FILE_LIMIT = 96 * 1024 * 1024 };

/* ---- Kinds ------------------------------------------------------------------------ */

static bool begins(const char *bytes, size_t count, const char *what, size_t length)
{
    return count >= length && memcmp(bytes, what, length) == 0;
}

static bool is_picture(const char *bytes, size_t count)
{
    return begins(bytes, count, "\xFF\xD8\xFF", 3) || begins(bytes, count, "\x89PNG", 4) ||
           begins(bytes, count, "GIF8", 4) ||
           (count > 12 && begins(bytes, count, "RIFF", 4) && memcmp(bytes + 8, "WEBP", 4) == 0);
}

static bool is_front_matter(const char *text)
{
    return strncmp(text, "---\n", 4) == 0 || strncmp(text, "---\r", 4) == 0 ||
           strncmp(text, "+++\n", 4) == 0;
}

/* Two headings, or links or emphasis as Markdown writes them. */
static bool is_markdown(const char *text)
{
    size_t signs = 0;

    for (const char *line = text; line != NULL && *line != '\0'; line = strchr(line, '\n')) {
        size_t level;

        line += *line == '\n';
        level = strspn(line, "#");
        signs += level > 0 && level <= 6 && (level > 1 || line[level] == ' ') &&
                 line[level] != '\n' && line[level] != '\0';
    }
    for (const char *at = text; (at = strstr(at, "](")) != NULL; at += 2)
        signs += strncmp(at + 2, "http", 4) == 0 ? 2 : 1;
    for (const char *at = text; (at = strstr(at, "**")) != NULL; at += 2)
        signs += g_ascii_isalpha(at[2]) && at > text && (at[-1] == '\n' || at[-1] == ' ');
    return signs >= 2;
}

static bool is_html(const char *text)
{
    static const char *const tags[] = { "<html", "<!doctype html", "<body", "<article", "<div",
                                        "<p>", "<p ", "<h1", "<h2", "<head", NULL };

    text += strspn(text, " \n\t\r");
    if (*text != '<')
        return false;
    for (const char *const *tag = tags; *tag != NULL; tag++)
        if (strstr(text, *tag) != NULL)
            return true;
    return false;
}

enum source_kind source_kind(const char *bytes, size_t count)
{
    enum source_kind kind = SOURCE_TEXT;
    char *head, *lower;

    if (begins(bytes, count, "PK\3\4", 4) || begins(bytes, count, "PK\5\6", 4))
        return SOURCE_ZIP;
    if (is_picture(bytes, count))
        return SOURCE_PICTURE;
    if (begins(bytes, count, "%PDF", 4) || begins(bytes, count, "\x7F" "ELF", 4) ||
        begins(bytes, count, "\xD0\xCF\x11\xE0", 4) || begins(bytes, count, "\x1F\x8B", 2))
        return SOURCE_OTHER;
    if (begins(bytes, count, "\xEF\xBB\xBF", 3)) {
        bytes += 3;
        count -= 3;
    }
    head = g_strndup(bytes, count < SNIFF ? count : SNIFF);
    lower = g_ascii_strdown(head, -1);
    if (strstr(lower, "<rss") != NULL && (strstr(lower, "wordpress.org/export") != NULL ||
                                          strstr(lower, "<wp:wxr_version") != NULL))
        kind = SOURCE_WXR;
    else if (is_html(lower))
        kind = SOURCE_HTML;
    else if (is_front_matter(head) || is_markdown(head))
        kind = SOURCE_MARKDOWN;
    g_free(head);
    g_free(lower);
    return kind;
}

/* ---- One file ------------------------------------------------------------------------ */

typedef bool reader(struct article *article, const char *text, size_t bytes);

static reader *const readers[] = {
    [SOURCE_TEXT] = text_read, [SOURCE_HTML] = html_read,
    [SOURCE_MARKDOWN] = markdown_source_read,
};

struct article *source_article(const char *path, const char *bytes, size_t count)
{
    struct article *article = article_new(path);
    size_t length;
    char *text = decode_text(article->arena, article->path, bytes, count, &length);
    enum source_kind kind;

    if (text == NULL) {
        article_free(article);
        return NULL;
    }
    kind = source_kind(text, length);
    article->sha256 = sha256_of(article->arena, bytes, count);
    article->stem = path_stem(article->arena, path);
    article->folder = path_folder(article->arena, path);
    if (kind >= sizeof readers / sizeof *readers || readers[kind] == NULL)
        kind = SOURCE_TEXT;
    if (readers[kind](article, text, length))
        return article;
    article_free(article);
    return NULL;
}

static bool read_file(const char *path, source_taken *taken, void *context)
{
    struct arena *arena = arena_new();
    struct article *article = NULL;
    size_t count;
    char *bytes = file_read(arena, path, FILE_LIMIT, &count);

    if (bytes != NULL) {
        enum source_kind kind = source_kind(bytes, count);

        if (kind == SOURCE_PICTURE || kind == SOURCE_OTHER)
            diag(DIAG_ERROR, (struct place){ path, 0, 0 }, "kind",
                 "no text: give text, HTML, Markdown or a WordPress export");
        else
            article = source_article(path, bytes, count);
    }
    arena_free(arena);
    return article != NULL && taken(context, article);
}

bool source_read(const char *path, const struct source_options *options, source_taken *taken,
                 void *context)
{
    (void)options;
    return read_file(path, taken, context);
}

/* ---- For tests -------------------------------------------------------------------------- */

void source_print(const struct article *article, struct buf *out)
{
    static const char *const kinds[] = { "paragraph", "heading", "item", "code", "rule", "row",
                                         "note" };

    for (size_t i = 0; i < article->blocks.count; i++) {
        const struct block *block = &article->blocks.item[i];

        buf_printf(out, "%d %s", block->at.line, kinds[block->kind]);
        if (block->kind == BLOCK_HEADING)
            buf_printf(out, " %d", block->level);
        if (block->depth > 0)
            buf_printf(out, " depth %d", block->depth);
        if (block->quote > 0)
            buf_printf(out, " quote %d", block->quote);
        if (block->ordered)
            buf_printf(out, " number %d", block->number);
        if (block->furniture)
            buf_puts(out, " furniture");
        if (block->caption)
            buf_puts(out, " caption");
        buf_puts(out, ": ");
        for (const char *at = block->text; *at != '\0'; at++)
            buf_putc(out, *at == '\n' ? '/' : *at);
        buf_putc(out, '\n');
    }
}
