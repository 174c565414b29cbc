/* Markdown by cmark-gfm, rendered to HTML with positions and read from there,
 * so that raw HTML in it is read as well. Before, what writers of series take
 * for Markdown is made so: "##Question" without a space or with one that does
 * not break, a heading glued to the paragraph above. */
#include "import/markdown.h"
#include "import/html.h"
#include "import/templates.h"
#include "base/utf8.h"
#include "book/markdown.h"
#include "book/network.h"
#include "book/yaml.h"

#include <cmark-gfm.h>
#include <glib.h>
#include <stdlib.h>
#include <string.h>

struct header { const char *yaml; size_t bytes; int lines; const char *body; };

/* ---- Front matter -------------------------------------------------------------------- */

static const char *line_end(const char *text, const char *end)
{
    const char *feed = memchr(text, '\n', (size_t)(end - text));

    return feed == NULL ? end : feed;
}

static bool is_fence(const char *line, const char *stop, char sign)
{
    size_t length = (size_t)(stop - line);

    while (length > 3 && (line[length - 1] == ' ' || line[length - 1] == '\t'))
        length--;
    return length == 3 && line[0] == sign && line[1] == sign && line[2] == sign;
}

static bool is_key_line(const char *line, const char *stop)
{
    const char *at = line;

    while (at < stop && (g_ascii_isalnum(*at) || *at == '_' || *at == '-'))
        at++;
    return at > line && at < stop && (*at == ':' || *at == ' ');
}

/* The front matter between its fences. One that is never closed ends before
 * the first empty line or heading, and is told. */
static struct header split(const struct article *article, const char *text, const char *end,
                           char sign)
{
    struct header matter = { .body = text };
    const char *line = line_end(text, end) + 1, *last = NULL;
    int lines = 1;

    if (!is_fence(text, line_end(text, end), sign))
        return matter;
    matter.yaml = line < end ? line : end;
    for (; line < end; line = line_end(line, end) + 1) {
        const char *stop = line_end(line, end);

        lines++;
        if (is_fence(line, stop, sign) || (sign == '-' && is_fence(line, stop, '.'))) {
            matter.bytes = (size_t)(line - matter.yaml);
            matter.lines = lines;
            matter.body = stop < end ? stop + 1 : end;
            return matter;
        }
        if (last == NULL && (stop == line || *line == '#'))
            last = line;
    }
    if (!is_key_line(matter.yaml, line_end(matter.yaml, end)))
        return (struct header){ .body = text };
    diag(DIAG_WARNING, (struct place){ article->path, 1, 1 }, "front-matter",
         "front matter that is never closed; it is taken to end at the first empty line");
    matter.body = last == NULL ? end : last;
    matter.bytes = (size_t)(matter.body - matter.yaml);
    for (const char *at = text; at < matter.body; at++)
        matter.lines += *at == '\n';
    return matter;
}

/* The fields that hold what we look for, under the names of several habits. */
static const struct { const char *key; size_t offset; } fields[] = {
    { "name", offsetof(struct article, name) }, { "author_name", offsetof(struct article, name) },
    { "person", offsetof(struct article, name) },
    { "interviewee", offsetof(struct article, name) },
    { "title", offsetof(struct article, title) },
    { "role", offsetof(struct article, role) }, { "summary", offsetof(struct article, role) },
    { "job", offsetof(struct article, role) }, { "profession", offsetof(struct article, role) },
    { "jobtitle", offsetof(struct article, role) },
    { "organisation", offsetof(struct article, organisation) },
    { "organization", offsetof(struct article, organisation) },
    { "company", offsetof(struct article, organisation) },
    { "date", offsetof(struct article, date) }, { "published", offsetof(struct article, date) },
    { "source", offsetof(struct article, link) }, { "canonical", offsetof(struct article, link) },
    { "permalink", offsetof(struct article, link) }, { "url", offsetof(struct article, link) },
    { "lang", offsetof(struct article, language) },
    { "language", offsetof(struct article, language) },
    { "photo", offsetof(struct article, photo) }, { "portrait", offsetof(struct article, photo) },
    { "image", offsetof(struct article, photo) }, { "cover", offsetof(struct article, photo) },
    { "thumbnail", offsetof(struct article, photo) },
    { "featured_image", offsetof(struct article, photo) },
    { "photo-alt", offsetof(struct article, photo_alt) },
    { "image_alt", offsetof(struct article, photo_alt) },
    { "photo-credit", offsetof(struct article, credit) },
    { "photographer", offsetof(struct article, credit) },
    { "credit", offsetof(struct article, credit) }, { "credits", offsetof(struct article, credit) },
};

/* A scalar, the first of a list, or a name or src within. */
static const struct yaml *scalar(const struct yaml *value)
{
    for (int i = 0; value != NULL && i < 4; i++) {
        if (value->kind == YAML_SCALAR)
            return value;
        if (value->kind == YAML_LIST && value->count > 0)
            value = value->items[0];
        else if (yaml_lookup(value, "name") != NULL)
            value = yaml_lookup(value, "name");
        else
            value = yaml_lookup(value, "src");
    }
    return NULL;
}

static void take_field(struct article *article, const char *key, const struct yaml *value)
{
    const struct network *network = network_lookup(key);
    const struct yaml *found = scalar(value);

    if (found == NULL || *found->text == '\0')
        return;
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (g_ascii_strcasecmp(key, fields[i].key) == 0) {
            const char **field = (const char **)(void *)((char *)article + fields[i].offset);

            if (*field == NULL)
                *field = text_clean(article->arena, found->text, strlen(found->text));
            return;
        }
    if (network != NULL)
        *VEC_PUSH(&article->contacts) = (struct named){ network->key, found->text };
}

static void take_draft(struct article *article, const struct yaml *map)
{
    const struct yaml *draft = yaml_lookup(map, "draft"), *published = yaml_lookup(map,
                                                                                   "published");

    article->draft = (draft != NULL && strcmp(draft->text, "true") == 0) ||
                     (published != NULL && strcmp(published->text, "false") == 0);
    if (article->date != NULL && (strcmp(article->date, "true") == 0 ||
                                  strcmp(article->date, "false") == 0))
        article->date = NULL;
}

/* Short, and no sentence: a summary may be either. */
static bool is_role(const char *text)
{
    size_t bytes = strlen(text);

    return bytes > 0 && bytes <= 160 && strchr(".!?", text[bytes - 1]) == NULL;
}

/* A date's day; an address or a role that is none is dropped. */
static void settle_fields(struct article *article)
{
    if (article->date != NULL && strlen(article->date) > 10)
        article->date = arena_strndup(article->arena, article->date, 10);
    for (const char *at = article->date; at != NULL && *at != '\0'; at++)
        if (!g_ascii_isdigit(*at) && *at != '-') {
            article->date = NULL;
            break;
        }
    if (article->link != NULL && !address_is_sound(article->link))
        article->link = NULL;
    if (article->role != NULL && !is_role(article->role))
        article->role = NULL;
}

/* Does a plain value hold what YAML would take for a key or a comment? */
static bool needs_quotes(const char *value, const char *stop)
{
    if (value >= stop || strchr("\"'[{|>&*!%@`#-", *value) != NULL)
        return value < stop && strchr("&*!%@`", *value) != NULL;
    for (const char *at = value; at + 1 < stop; at++)
        if ((at[0] == ':' && at[1] == ' ') || (at[0] == ' ' && at[1] == '#'))
            return true;
    return stop[-1] == ':';
}

static void put_quoted(struct buf *out, const char *value, const char *stop)
{
    buf_putc(out, '"');
    for (; value < stop; value++) {
        if (*value == '"' || *value == '\\')
            buf_putc(out, '\\');
        buf_putc(out, *value);
    }
    buf_putc(out, '"');
}

/* Has the key of a LINE at the margin been there? Then it and what goes on with it
 * is left out, and told. */
static bool is_twice(struct article *article, GHashTable *keys, const char *line,
                     const char *colon, int number)
{
    const char *key = arena_strndup(article->arena, line, (size_t)(colon - line));

    if (g_hash_table_add(keys, (gpointer)(uintptr_t)key))
        return false;
    *VEC_PUSH(&article->remarks) = (struct remark){
        { article->path, number, 1 },
        arena_printf(article->arena, "“%s” stands twice in the front matter; the first is taken",
                     key) };
    return true;
}

/* The front matter with such values quoted, "title: Interview: A. B." is what
 * people write, and each key once. */
static void mend_yaml(struct article *article, struct buf *out, const char *text,
                      const char *end)
{
    GHashTable *keys = g_hash_table_new(g_str_hash, g_str_equal);
    bool twice = false;
    int number = 2;

    for (const char *line = text; line < end; line = line_end(line, end) + 1, number++) {
        const char *stop = line_end(line, end), *colon = memchr(line, ':', (size_t)(stop - line));
        const char *value = colon == NULL ? stop : colon + 1;
        bool key = colon != NULL && is_key_line(line, stop);

        while (value < stop && *value == ' ')
            value++;
        if (key)
            twice = is_twice(article, keys, line, colon, number);
        if (key && !twice && needs_quotes(value, stop)) {
            buf_append(out, line, (size_t)(value - line));
            put_quoted(out, value, stop);
        } else if (!twice) {
            buf_append(out, line, (size_t)(stop - line));
        }
        buf_putc(out, '\n');
    }
    g_hash_table_destroy(keys);
}

static bool take_yaml(struct article *article, const struct header *matter)
{
    struct buf text = {0};
    const struct yaml *map;

    mend_yaml(article, &text, matter->yaml, matter->yaml + matter->bytes);
    map = yaml_parse(article->arena, article->path, 2, buf_text(&text), text.len);
    buf_free(&text);
    if (map == NULL || map->kind != YAML_MAP)
        return map != NULL;
    for (size_t i = 0; i < map->count; i++)
        take_field(article, map->items[i]->key, map->items[i]);
    for (size_t i = 0; i < map->count; i++)
        if (map->items[i]->kind == YAML_MAP || map->items[i]->kind == YAML_LIST)
            for (size_t j = 0; j < map->items[i]->count; j++)
                if (map->items[i]->items[j]->key != NULL &&
                    network_lookup(map->items[i]->items[j]->key) != NULL)
                    take_field(article, map->items[i]->items[j]->key, map->items[i]->items[j]);
    take_draft(article, map);
    return true;
}

/* TOML as Hugo writes it: key = "value" lines. */
static void take_toml(struct article *article, const struct header *matter)
{
    const char *end = matter->yaml + matter->bytes;

    for (const char *line = matter->yaml; line < end; line = line_end(line, end) + 1) {
        const char *stop = line_end(line, end), *sign = memchr(line, '=', (size_t)(stop - line));
        struct yaml value = { .kind = YAML_SCALAR };
        char *key, *text;

        if (sign == NULL)
            continue;
        key = g_strstrip(g_strndup(line, (gsize)(sign - line)));
        text = g_strstrip(g_strndup(sign + 1, (gsize)(stop - sign - 1)));
        if (strlen(text) >= 2 && strchr("\"'", text[0]) != NULL) {
            text[strlen(text) - 1] = '\0';
            value.text = arena_strdup(article->arena, text + 1);
        } else {
            value.text = arena_strdup(article->arena, text);
        }
        take_field(article, key, &value);
        g_free(key);
        g_free(text);
    }
}

/* ---- What is nearly Markdown --------------------------------------------------------- */

/* A heading's signs and the offset of its words: "##Question", "## Q" with any
 * space. One sign needs a space, or every hashtag were a heading. */
static size_t heading_signs(const char *line, const char *stop, const char **words)
{
    size_t signs = strspn(line, "#");
    const char *at = line + signs;
    const char *next = at;

    if (signs == 0 || signs > 6 || at >= stop)
        return 0;
    while (at < stop) {
        uint32_t code = utf8_next(&next, stop);

        if (code != ' ' && code != '\t' && code != 0xA0 && code != 0x202F)
            break;
        at = next;
    }
    *words = at;
    return at > line + signs || signs > 1 ? signs : 0;
}

static bool is_code_fence(const char *line, const char *stop)
{
    return stop - line >= 3 && (strncmp(line, "```", 3) == 0 || strncmp(line, "~~~", 3) == 0);
}

/* Puts a line that was meant to be bold or in italics, "** Why? **", "*Why? *", which
 * cmark reads as asterisks for the spaces inside; false when it is no such line. */
static bool put_loose_marks(struct buf *out, const char *line, const char *stop)
{
    size_t signs = strspn(line, "*");
    const char *from = line + signs, *to = stop;

    while (to > line && strchr(" \t\r", to[-1]) != NULL)
        to--;
    if (signs == 0 || signs > 3 || to - from <= (ptrdiff_t)signs || (signs == 1 && *from == ' ') ||
        strncmp(to - signs, line, signs) != 0)
        return false;
    to -= signs;
    if (memchr(from, '*', (size_t)(to - from)) != NULL || (*from != ' ' && to[-1] != ' '))
        return false;
    while (from < to && *from == ' ')
        from++;
    while (to > from && to[-1] == ' ')
        to--;
    if (from == to)
        return false;
    buf_printf(out, "%.*s%.*s%.*s", (int)signs, line, (int)(to - from), from, (int)signs, line);
    return true;
}

/* "^^^^" below a line of about its length, as reStructuredText has them. */
static bool is_underline(const char *before, const char *line, const char *stop)
{
    ptrdiff_t length = stop - line, above = line - 1 - before;

    if (length < 4 || above < 4 || strchr("^\"+", *line) == NULL || length < above - 2 ||
        length > above + 2)
        return false;
    while (line + 1 < stop && line[1] == *line)
        line++;
    return line + 1 == stop;
}

/* Markdown that cmark reads the same lines of: nothing is changed but spaces
 * behind the signs of headings and inside those of marked lines, and underlines. */
static void mend(struct buf *out, const char *text, const char *end)
{
    const char *before = text;
    bool code = false;

    for (const char *line = text; line < end;) {
        const char *stop = line_end(line, end), *words = line;
        size_t signs = code ? 0 : heading_signs(line, stop, &words);

        if (is_code_fence(line, stop))
            code = !code;
        if (signs > 0) {
            buf_append(out, line, signs);
            buf_putc(out, ' ');
            buf_append(out, words, (size_t)(stop - words));
        } else if (!code && line > text && is_underline(before, line, stop)) {
            for (const char *at = line; at < stop; at++)
                buf_putc(out, '-');
        } else if (code || !put_loose_marks(out, line, stop)) {
            buf_append(out, line, (size_t)(stop - line));
        }
        buf_putc(out, '\n');
        before = line;
        line = stop + 1;
    }
}

/* ---- Rendering ----------------------------------------------------------------------- */

static bool read_body(struct article *article, const struct buf *body, int line)
{
    const int options = CMARK_OPT_FOOTNOTES | CMARK_OPT_UNSAFE | CMARK_OPT_SOURCEPOS;
    struct markdown_source source = { .path = article->path, .line = line };
    struct markdown_extensions use;
    cmark_node *root;
    char *html;
    bool good;

    if (!markdown_guard(&source, buf_text(body), body->len, &use))
        return false;
    root = markdown_parse(buf_text(body), body->len, &use, options);
    html = cmark_render_html(root, options, NULL);
    good = html_read_piece(article, html, strlen(html), line, true);
    cmark_get_default_mem_allocator()->free(html);
    cmark_node_free(root);
    return good;
}

bool markdown_source_read(struct article *article, const char *text, size_t bytes)
{
    const char *end = text + bytes;
    struct header matter = split(article, text, end, '-');
    bool toml = matter.yaml == NULL, good;
    struct buf body = {0}, filled = {0};

    if (toml)
        matter = split(article, text, end, '+');
    if (matter.yaml != NULL && toml)
        take_toml(article, &matter);
    else if (matter.yaml != NULL && !take_yaml(article, &matter))
        return false;
    settle_fields(article);
    templates_fill(&filled, article, matter.body, (size_t)(end - matter.body), matter.lines + 1);
    mend(&body, buf_text(&filled), buf_text(&filled) + filled.len);
    buf_free(&filled);
    good = read_body(article, &body, matter.lines + 1);
    buf_free(&body);
    return good;
}

/* ---- Reading back -------------------------------------------------------------------- */

static void put_letters(struct buf *out, const char *text)
{
    for (; *text != '\0'; text++)
        if (*text != ' ' && *text != '\n' && *text != '\t')
            buf_putc(out, *text);
}

void markdown_letters(struct buf *out, const char *markdown, size_t bytes, bool notes)
{
    const struct markdown_extensions all = { .tables = true, .autolink = true };
    cmark_node *root = markdown_parse(markdown, bytes, &all,
                                      notes ? CMARK_OPT_FOOTNOTES : CMARK_OPT_DEFAULT);
    cmark_iter *iter = cmark_iter_new(root);
    cmark_event_type event;
    int pictures = 0;

    while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(iter);
        cmark_node_type type = cmark_node_get_type(node);

        if (type == CMARK_NODE_IMAGE)
            pictures += event == CMARK_EVENT_ENTER ? 1 : -1;
        else if (pictures == 0 && (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE ||
                                   type == CMARK_NODE_CODE_BLOCK ||
                                   type == CMARK_NODE_HTML_INLINE ||
                                   type == CMARK_NODE_HTML_BLOCK))
            put_letters(out, cmark_node_get_literal(node));
    }
    cmark_iter_free(iter);
    cmark_node_free(root);
}
