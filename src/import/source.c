/* Which reader a source needs, and the way to it. */
#include "import/source.h"
#include "import/archive.h"
#include "import/decode.h"
#include "import/html.h"
#include "import/markdown.h"
#include "import/store.h"
#include "import/text.h"
#include "import/export.h"
#include "base/file.h"
#include "base/utf8.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SNIFF = 8192, FILE_LIMIT = 48 * 1024 * 1024, DEEPEST = 16,
       LABEL_BYTES = 40 };

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

/* Does "**" at AT open what is bold: a word touches it, and it closes in its line? */
static bool opens_bold(const char *text, const char *at)
{
    const char *stop = at + strcspn(at, "\n"), *close = g_strstr_len(at + 2, stop - at - 2, "**");

    return (at == text || strchr("\n (", at[-1]) != NULL) && strchr(" *\n", at[2]) == NULL &&
           close != NULL;
}

/* "*Why?*", "_Who?_": a line between signs of emphasis, and no others in it. */
static bool is_emphasis_line(const char *line)
{
    size_t bytes = strcspn(line, "\r\n");

    while (bytes > 0 && line[bytes - 1] == ' ')
        bytes--;
    return (line[0] == '*' || line[0] == '_') && bytes >= 5 && line[bytes - 1] == line[0] &&
           line[1] != ' ' && line[bytes - 2] != ' ' &&
           memchr(line + 1, line[0], bytes - 2) == NULL;
}

/* "*Ada:* There.": a label between signs of emphasis, before text. */
static bool is_emphasis_label(const char *line)
{
    size_t bytes = strcspn(line, "\r\n:");

    return (line[0] == '*' || line[0] == '_') && bytes >= 2 && bytes <= LABEL_BYTES &&
           line[1] != ' ' && line[bytes] == ':' && line[bytes + 1] == line[0] &&
           memchr(line + 1, line[0], bytes - 1) == NULL;
}

/* A break that is written out, at the end of a line. */
static bool ends_in_break(const char *line)
{
    size_t bytes = strcspn(line, "\r\n");

    return (bytes > 4 && strncmp(line + bytes - 4, "<br>", 4) == 0) ||
           (bytes > 5 && strncmp(line + bytes - 5, "<br/>", 5) == 0) ||
           (bytes > 6 && strncmp(line + bytes - 6, "<br />", 6) == 0);
}

/* "| --- | --- |" below the heads of a table. */
static bool is_table_line(const char *line)
{
    size_t bytes = strcspn(line, "\r\n");

    return line[0] == '|' && bytes >= 5 && strspn(line, "|-: ") == bytes &&
           memchr(line, '-', bytes) != NULL;
}

/* Is the LINE a quotation that a line without text ends? */
static bool is_quotation(const char *line)
{
    const char *next = line + strcspn(line, "\n");

    return strncmp(line, "> ", 2) == 0 && (*next == '\0' || next[1] == '\0' || next[1] == '\n');
}

/* Two headings, links, tables, quotations, breaks or emphasis as Markdown writes them. */
static bool is_markdown(const char *text)
{
    size_t signs = 0;

    for (const char *line = text; line != NULL && *line != '\0'; line = strchr(line, '\n')) {
        size_t level;

        line += *line == '\n';
        signs += is_quotation(line);
        level = strspn(line, "#");
        signs += level > 0 && level <= 6 && (level > 1 || line[level] == ' ') &&
                 line[level] != '\n' && line[level] != '\0';
        signs += is_emphasis_line(line) + is_emphasis_label(line) + ends_in_break(line) +
                 2u * is_table_line(line);
    }
    for (const char *at = text; (at = strstr(at, "](")) != NULL; at += 2)
        signs += strncmp(at + 2, "http", 4) == 0 ? 2 : 1;
    for (const char *at = text; (at = strstr(at, "**")) != NULL; at += 2)
        signs += at[2] != '\0' && opens_bold(text, at);
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

/* Is the first element that of an export or a feed? */
static bool is_export(const char *text)
{
    const char *at = text;

    while (at != NULL && (at = strchr(at, '<')) != NULL && (at[1] == '?' || at[1] == '!'))
        at = strstr(at, strncmp(at, "<!--", 4) == 0 ? "-->" : ">");
    return at != NULL && (at == text || strncmp(text + strspn(text, " \t\r\n"), "<", 1) == 0) &&
           ((strncmp(at, "<rss", 4) == 0 && g_ascii_isspace(at[4])) ||
            (strncmp(at, "<feed", 5) == 0 && g_ascii_isspace(at[5]) &&
             strstr(at, "w3.org/2005/atom") != NULL));
}

/* Is one byte in fifty a control that no text has? Fonts, sounds, programs. */
static bool is_binary(const char *bytes, size_t count)
{
    static const char of_text[] = "\t\n\v\f\r\032\033";
    size_t seen = count < SNIFF ? count : SNIFF, controls = 0;

    for (size_t i = 0; i < seen; i++)
        controls += (unsigned char)bytes[i] < ' '
            && memchr(of_text, bytes[i], sizeof of_text - 1) == NULL;
    return controls * 50 > seen && !decode_is_wide(bytes, count);
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
        begins(bytes, count, "\xD0\xCF\x11\xE0", 4) || begins(bytes, count, "\x1F\x8B", 2) ||
        is_binary(bytes, count))
        return SOURCE_OTHER;
    if (begins(bytes, count, "\xEF\xBB\xBF", 3)) {
        bytes += 3;
        count -= 3;
    }
    head = g_strndup(bytes, count < SNIFF ? count : SNIFF);
    lower = g_ascii_strdown(head, -1);
    if (is_export(lower))
        kind = SOURCE_EXPORT;
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

struct feed { int file; const char *path; };

static long feed_file(void *context, char *buffer, size_t room)
{
    struct feed *feed = context;
    ssize_t got;

    do
        got = read(feed->file, buffer, room);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        diag_errno((struct place){ feed->path, 0, 0 }, "unreadable", "read this file");
    return got;
}

static bool read_export(const char *path, const struct source_options *options,
                        source_taken *taken, void *context)
{
    struct feed feed = { open(path, O_RDONLY | O_CLOEXEC), path };
    bool good;

    if (feed.file < 0) {
        diag_errno((struct place){ path, 0, 0 }, "unreadable", "read this file");
        return false;
    }
    good = export_read(path, feed_file, &feed, options, taken, context);
    close(feed.file);
    return good;
}

static bool read_bytes(const char *path, bool among, source_taken *taken, void *context)
{
    struct arena *arena = arena_new();
    struct article *article = NULL;
    size_t count;
    char *bytes = file_read(arena, path, FILE_LIMIT, &count);

    if (bytes != NULL)
        article = source_article(path, bytes, count);
    arena_free(arena);
    if (article == NULL)
        return false;
    article->among = among;
    return taken(context, article);
}

/* The kind of a file by its first bytes; SOURCE_OTHER with an error when it
 * cannot be read. */
static enum source_kind kind_of_file(const char *path, bool *readable)
{
    char head[SNIFF + 1];
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    ssize_t got = file < 0 ? -1 : read(file, head, SNIFF);

    *readable = got >= 0;
    if (got < 0)
        diag_errno((struct place){ path, 0, 0 }, "unreadable", "read this file");
    if (file >= 0)
        close(file);
    return got < 0 ? SOURCE_OTHER : source_kind(head, (size_t)got);
}

/* AMONG: met in a folder, where pictures and other files are passed over. */
static bool read_file(const char *path, bool among, const struct source_options *options,
                      source_taken *taken, void *context)
{
    bool readable;
    enum source_kind kind = kind_of_file(path, &readable);

    if (!readable)
        return false;
    if (kind == SOURCE_EXPORT)
        return read_export(path, options, taken, context);
    if (kind == SOURCE_ZIP)
        return archive_read(path, options, taken, context);
    if (kind != SOURCE_PICTURE && kind != SOURCE_OTHER)
        return read_bytes(path, among, taken, context);
    if (!among)
        diag(DIAG_ERROR, (struct place){ path, 0, 0 }, "kind",
             "no text: give text, HTML, Markdown, an export or feed of a blog, or a zip or folder of "
             "them");
    return among;
}

/* Files of a folder in the order of their names, then its folders. Hidden ones
 * and links to folders are passed over. */
static bool read_folder(const char *path, int depth, const struct source_options *options,
                        source_taken *taken, void *context)
{
    struct arena *arena = arena_new();
    size_t count;
    char **names = folder_list(arena, path, &count);
    bool good = names != NULL;

    for (size_t i = 0; i < count; i++) {
        const char *full = path_join(arena, path, names[i]);
        struct stat info;

        if (names[i][0] == '.' || lstat(full, &info) < 0)
            continue;
        if (S_ISDIR(info.st_mode) && depth < DEEPEST)
            good = read_folder(full, depth + 1, options, taken, context) && good;
        else if (S_ISREG(info.st_mode))
            good = read_file(full, true, options, taken, context) && good;
    }
    arena_free(arena);
    return good;
}

bool source_read(const char *path, const struct source_options *options, source_taken *taken,
                 void *context)
{
    if (folder_exists(path))
        return read_folder(path, 0, options, taken, context);
    return read_file(path, false, options, taken, context);
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
