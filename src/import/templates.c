/* Templates in Markdown are taken off before it is read: braces would be shown as
 * they stand. Code keeps them. */
#include "import/templates.h"

#include <glib.h>
#include <string.h>

enum { LONGEST_TEMPLATE = 2000, LONGEST_CAPTION = 4000, LONGEST_NAMED = 80 };

struct filter {
    struct buf *out;
    struct article *article;
    const char *text, *end;
    int line;
};

struct span { const char *from, *to; };

/* ---- Parts of a template -------------------------------------------------------------- */

static bool begins(const struct filter *filter, const char *at, const char *with)
{
    return (size_t)(filter->end - at) >= strlen(with) && strncmp(at, with, strlen(with)) == 0;
}

/* Behind the next CLOSING not far from AT, NULL when there is none. */
static const char *behind(const struct filter *filter, const char *at, const char *closing,
                          ptrdiff_t most)
{
    ptrdiff_t room = filter->end - at;
    const char *stop = g_strstr_len(at, room > most ? most : room, closing);

    return stop == NULL ? NULL : stop + strlen(closing);
}

/* The value of KEY="…" in a template, empty when it has none. */
static struct span value_of(struct span inside, const char *key)
{
    size_t length = strlen(key);

    for (const char *at = inside.from + 1; at + length + 2 < inside.to; at++) {
        const char *from = at + length + 2, *to;

        if (at[-1] != ' ' || strncmp(at, key, length) != 0 || at[length] != '=' ||
            (at[length + 1] != '"' && at[length + 1] != '\''))
            continue;
        to = memchr(from, at[length + 1], (size_t)(inside.to - from));
        if (to != NULL && to > from)
            return (struct span){ from, to };
    }
    return (struct span){ NULL, NULL };
}

static bool is_picture(struct span word)
{
    static const char *const endings[] = { ".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg" };

    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        ptrdiff_t length = (ptrdiff_t)strlen(endings[i]);

        if (word.to - word.from > length &&
            g_ascii_strncasecmp(word.to - length, endings[i], (gsize)length) == 0)
            return true;
    }
    return false;
}

/* The first word of a template that is a picture's path, or with SLASH anything
 * that has one; quotes and signs part words. */
static struct span path_in(struct span inside, bool slash)
{
    static const char parting[] = " \t\n\"'=|<>%{}";

    for (const char *from = inside.from; from < inside.to;) {
        struct span word = { from, from };

        while (word.to < inside.to && strchr(parting, *word.to) == NULL)
            word.to++;
        if (is_picture(word) ||
            (slash && memchr(word.from, '/', (size_t)(word.to - word.from)) != NULL))
            return word;
        from = word.to + 1;
    }
    return (struct span){ NULL, NULL };
}

/* ---- Taking them off ------------------------------------------------------------------- */

static void put_span(struct filter *filter, struct span span)
{
    buf_append(filter->out, span.from, (size_t)(span.to - span.from));
}

/* What a picture shows: in brackets, where neither those nor lines may stand. */
static void put_words(struct filter *filter, struct span words)
{
    for (const char *at = words.from; at < words.to; at++)
        buf_putc(filter->out, *at == '\n' || strchr("[]\\", *at) != NULL ? ' ' : *at);
}

static bool put_picture(struct filter *filter, struct span inside)
{
    static const char *const keys[] = { "caption", "alt", "title" };
    struct span path = path_in(inside, false), words = {0};

    if (path.from == NULL)
        return false;
    for (size_t i = 0; i < sizeof keys / sizeof *keys && words.from == NULL; i++)
        words = value_of(inside, keys[i]);
    buf_puts(filter->out, "![");
    if (words.from != NULL)
        put_words(filter, words);
    buf_puts(filter->out, "](");
    put_span(filter, path);
    buf_putc(filter->out, ')');
    return true;
}

/* Is it a variable that stands for the site's own address, {{ site.baseurl }}? */
static bool is_own_address(struct span inside)
{
    return g_strstr_len(inside.from, inside.to - inside.from, "url") != NULL ||
           g_strstr_len(inside.from, inside.to - inside.from, "root") != NULL;
}

/* Does a template stand inside an address, "](…" or src="…"? */
static bool is_in_address(const struct filter *filter, const char *at)
{
    return at > filter->text && strchr("(\"'", at[-1]) != NULL;
}

static void remark(struct filter *filter, struct span whole)
{
    ptrdiff_t bytes = whole.to - whole.from;

    *VEC_PUSH(&filter->article->remarks) = (struct remark){
        { filter->article->path, filter->line, 0 },
        arena_printf(filter->article->arena, "shortcode %.*s left out",
                     (int)(bytes > LONGEST_NAMED ? LONGEST_NAMED : bytes), whole.from) };
}

/* {% /alert %}, {{< /details >}}, {% endif %} close what was told already. */
static bool is_closing(struct span inside)
{
    while (inside.from < inside.to && strchr(" -", *inside.from) != NULL)
        inside.from++;
    return inside.from < inside.to &&
           (*inside.from == '/' || strncmp(inside.from, "end", 3) == 0);
}

static void put_template(struct filter *filter, struct span whole, struct span inside)
{
    struct span path;

    if (is_in_address(filter, whole.from)) {
        path = path_in(inside, true);
        if (path.from != NULL)
            put_span(filter, path);
    } else if (!put_picture(filter, inside) && !is_closing(inside) && !is_own_address(inside)) {
        remark(filter, whole);
    }
}

/* Behind the template at AT; NULL when it is none. */
static const char *take_template(struct filter *filter, const char *at)
{
    static const char *const signs[][2] = { { "{{<", ">}}" }, { "{{%", "%}}" }, { "{{", "}}" },
                                            { "{%", "%}" } };

    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        struct span whole = { at, NULL }, inside = { at + strlen(signs[i][0]), NULL };

        if (!begins(filter, at, signs[i][0]))
            continue;
        whole.to = behind(filter, inside.from, signs[i][1], LONGEST_TEMPLATE);
        if (whole.to == NULL)
            return NULL;
        inside.to = whole.to - strlen(signs[i][1]);
        put_template(filter, whole, inside);
        return whole.to;
    }
    return NULL;
}

/* {: .note}, {:target="_blank"}, and at the end of a line {#there}, {.wide}: lists of
 * attributes. */
static const char *take_attributes(const struct filter *filter, const char *at)
{
    bool ends = begins(filter, at, "{#") || begins(filter, at, "{.");
    const char *stop = ends || begins(filter, at, "{:") ? behind(filter, at, "}", LONGEST_TEMPLATE)
                                                        : NULL;

    if (stop == NULL || memchr(at, '\n', (size_t)(stop - at)) != NULL)
        return NULL;
    return ends && stop < filter->end && strchr("\r\n", *stop) == NULL ? NULL : stop;
}

/* Behind the picture at AT, Markdown's or a tag, with a link about it; AT when
 * there is none. */
static const char *picture_end(const struct filter *filter, const char *at)
{
    const char *stop = at + strspn(at, " !");

    if (begins(filter, stop, "<a "))
        stop = behind(filter, stop, ">", LONGEST_CAPTION);
    if (stop != NULL && begins(filter, stop, "<img"))
        stop = behind(filter, stop, ">", LONGEST_CAPTION);
    else if (stop != NULL)
        stop = *stop == '[' || stop[-1] == '!' ? behind(filter, stop, ")", LONGEST_CAPTION) : NULL;
    if (stop != NULL && begins(filter, stop, "]("))
        stop = behind(filter, stop, ")", LONGEST_CAPTION);
    if (stop != NULL && begins(filter, stop, "</a>"))
        stop += strlen("</a>");
    return stop == NULL ? at : stop;
}

/* [caption id=…]PICTURE WORDS[/caption], its brackets often escaped. */
static const char *take_caption(struct filter *filter, const char *at)
{
    const char *bracket = at + (*at == '\\'), *from, *closing, *words, *stop;

    if (!begins(filter, bracket, "[caption "))
        return NULL;
    from = behind(filter, bracket, "]", LONGEST_TEMPLATE);
    closing = from == NULL ? NULL : behind(filter, from, "[/caption", LONGEST_CAPTION);
    stop = closing == NULL ? NULL : behind(filter, closing, "]", 3);
    if (stop == NULL)
        return NULL;
    closing -= strlen("[/caption");
    closing -= closing[-1] == '\\';
    words = picture_end(filter, from);
    if (words > closing)
        return NULL;
    if (words > from && *from == '!' && from[1] == '!')
        from++;
    put_span(filter, (struct span){ from, words });
    buf_puts(filter->out, "<figcaption>");
    put_span(filter, (struct span){ words, closing });
    buf_puts(filter->out, "</figcaption>");
    return stop;
}

/* ---- Code ------------------------------------------------------------------------------- */

/* Behind the code at AT: `in a line`, or between fences. */
static const char *code_end(const struct filter *filter, const char *at)
{
    size_t signs = strspn(at, *at == '~' ? "~" : "`");
    bool fence = signs >= 3 && (at == filter->text || at[-1] == '\n');
    char *closing = g_strndup(at, signs);
    const char *feed = memchr(at, '\n', (size_t)(filter->end - at)), *stop;

    stop = g_strstr_len(at + signs, (fence || feed == NULL ? filter->end : feed) - at -
                        (gssize)signs, closing);
    g_free(closing);
    if (stop != NULL)
        return stop + signs;
    return fence ? filter->end : at + signs;
}

static bool is_code(const struct filter *filter, const char *at)
{
    return *at == '`' || (begins(filter, at, "~~~") && (at == filter->text || at[-1] == '\n'));
}

/* Behind what is to be taken off at AT, its lines kept; NULL when nothing is. */
static const char *take(struct filter *filter, const char *at)
{
    const char *stop = NULL;

    if (*at == '{')
        stop = take_template(filter, at);
    if (stop == NULL && *at == '{')
        stop = take_attributes(filter, at);
    if (*at == '[' || begins(filter, at, "\\[")) {
        stop = take_caption(filter, at);
        if (stop != NULL)               /* its own lines have been put */
            return stop;
    }
    for (const char *inside = at; stop != NULL && inside < stop; inside++)
        if (*inside == '\n')
            buf_putc(filter->out, '\n');
    return stop;
}

/* Behind the sign at AT and what follows of which nothing is taken off. */
static const char *plain_end(const struct filter *filter, const char *at)
{
    for (at++; at < filter->end && (*at == '\0' || strchr("`~{[\\", *at) == NULL); at++)
        ;
    return at;
}

void templates_fill(struct buf *out, struct article *article, const char *text, size_t bytes,
                    int line)
{
    struct filter filter = { .out = out, .article = article, .text = text,
                             .end = text + bytes, .line = line };

    for (const char *at = text; at < filter.end;) {
        const char *stop = is_code(&filter, at) ? code_end(&filter, at) : NULL;
        bool whole = stop != NULL;

        if (stop == NULL)
            stop = take(&filter, at);
        whole = whole || stop == NULL;
        if (stop == NULL)
            stop = plain_end(&filter, at);
        if (whole)
            buf_append(out, at, (size_t)(stop - at));
        for (; at < stop; at++)
            filter.line += *at == '\n';
    }
}
