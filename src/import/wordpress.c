/* What WordPress does to a post when it shows it (wpautop, shortcodes), as far
 * as the text goes. The block editor's posts have their paragraphs already. */
#include "import/wordpress.h"

#include <glib.h>
#include <string.h>

/* Bytes, but for the searches: of closing brackets, in a post. */
enum { LONGEST_SHORTCODE = 2000, LONGEST_ENCLOSED = 20000, MOST_SEARCHES = 20000 };

struct filter {
    struct buf *out;
    struct article *article;
    const char *text, *end;
    int line;
    bool paragraphs;            /* to be made from empty lines */
    bool after_block;           /* a block's tag stands just before */
    int verbatim;               /* inside pre, script, style */
    bool caption;               /* inside [caption] */
    bool picture;               /* its picture has been seen */
    size_t searches;            /* of closing brackets */
};

/* ---- Tags ------------------------------------------------------------------------- */

static bool is_name(const char *at, const char *end, const char *name)
{
    size_t length = strlen(name);

    return (size_t)(end - at) > length && g_ascii_strncasecmp(at, name, length) == 0 &&
           !g_ascii_isalnum(at[length]);
}

static bool is_block_tag(const char *tag, const char *end)
{
    static const char *const names[] = { "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul",
        "ol", "li", "table", "tbody", "thead", "tr", "td", "th", "blockquote", "pre", "hr",
        "section", "article", "figure", "figcaption", "dl", "dt", "dd", "form", "br", "script",
        "style", "iframe", "!--", "address", "center", NULL };

    tag += *tag == '<';
    tag += *tag == '/';
    for (const char *const *name = names; *name != NULL; name++)
        if (is_name(tag, end, *name) || (**name == '!' && *tag == '!'))
            return true;
    return false;
}

static const char *tag_end(const char *tag, const char *end)
{
    const char *stop;

    if (end - tag > 4 && strncmp(tag, "<!--", 4) == 0) {
        stop = g_strstr_len(tag, end - tag, "-->");
        return stop == NULL ? end : stop + 3;
    }
    stop = memchr(tag, '>', (size_t)(end - tag));
    return stop == NULL ? end : stop + 1;
}

static bool is_verbatim(const char *tag, const char *end)
{
    return is_name(tag, end, "pre") || is_name(tag, end, "script") || is_name(tag, end, "style");
}

static const char *take_tag(struct filter *filter, const char *tag)
{
    const char *stop = tag_end(tag, filter->end);

    if (tag[1] == '/' && filter->verbatim > 0 && is_verbatim(tag + 2, stop))
        filter->verbatim--;
    else if (is_verbatim(tag + 1, stop))
        filter->verbatim++;
    if (filter->caption && is_name(tag + 1, stop, "img"))
        filter->picture = true;
    buf_append(filter->out, tag, (size_t)(stop - tag));
    filter->after_block = is_block_tag(tag, stop);
    if (filter->caption && filter->picture && tag[1] != '/' && is_name(tag + 1, stop, "img") &&
        g_strstr_len(stop, filter->end - stop < 5 ? filter->end - stop : 5, "</a>") == NULL) {
        buf_puts(filter->out, "<figcaption>");
        filter->picture = false;
    } else if (filter->caption && filter->picture && is_name(tag + 2, stop, "a")) {
        buf_puts(filter->out, "<figcaption>");
        filter->picture = false;
    }
    return stop;
}

/* ---- Shortcodes ---------------------------------------------------------------------- */

/* Is there a "[/NAME]" not far behind? */
static bool is_closed(struct filter *filter, const char *name, const char *stop)
{
    size_t room = (size_t)(filter->end - stop);
    char *closing;
    bool closed;

    if (filter->searches++ >= MOST_SEARCHES)
        return false;
    closing = g_strdup_printf("[/%.*s]", (int)(stop - name), name);
    closed = g_strstr_len(stop, (gssize)(room > LONGEST_ENCLOSED ? LONGEST_ENCLOSED : room),
                          closing) != NULL;
    g_free(closing);
    return closed;
}

/* The end of a shortcode at the bracket AT, NULL when it is only a word in
 * brackets. */
static const char *shortcode_end(struct filter *filter, const char *at)
{
    static const char *const known[] = { "gallery", "caption", "embed", "audio", "video",
        "playlist", "youtube", "vimeo", "soundcloud", "twitter", "instagram", "tweet", "toc",
        "contact-form", "contact-form-7", "wp_caption", "googlemaps", "slideshare", NULL };
    const char *end = filter->end - at > LONGEST_SHORTCODE ? at + LONGEST_SHORTCODE : filter->end;
    const char *name = at + 1 + (at[1] == '/'), *stop = name, *close;

    while (stop < end && (g_ascii_isalnum(*stop) || *stop == '_' || *stop == '-'))
        stop++;
    if (stop >= end || stop == name || !g_ascii_islower(*name))
        return NULL;
    close = memchr(stop, ']', (size_t)(end - stop));
    if (close == NULL || memchr(stop, '[', (size_t)(close - stop)) != NULL)
        return NULL;
    if (*stop != ']' && *stop != ' ' && *stop != '/')
        return NULL;
    if (at[1] == '/' || memchr(stop, '=', (size_t)(close - stop)) != NULL)
        return close + 1;
    for (const char *const *word = known; *word != NULL; word++)
        if (strlen(*word) == (size_t)(stop - name) && strncmp(*word, name, strlen(*word)) == 0)
            return close + 1;
    return *stop == ']' && is_closed(filter, name, stop) ? close + 1 : NULL;
}

static void remark(struct filter *filter, const char *from, const char *to)
{
    struct remark *remark = VEC_PUSH(&filter->article->remarks);

    remark->at = (struct place){ filter->article->path, filter->line, 0 };
    remark->text = arena_printf(filter->article->arena, "shortcode %.*s left out",
                                (int)(to - from > 80 ? 80 : to - from), from);
}

/* caption="…" of an old caption, which has no text behind its picture. */
static void put_old_caption(struct filter *filter, const char *from, const char *to)
{
    const char *at = g_strstr_len(from, to - from, "caption=\"");
    const char *stop = at == NULL ? NULL : memchr(at + 9, '"', (size_t)(to - at - 9));

    if (stop != NULL && stop > at + 9) {
        buf_puts(filter->out, "<figcaption>");
        buf_append(filter->out, at + 9, (size_t)(stop - at - 9));
        buf_puts(filter->out, "</figcaption>");
    }
}

static const char *take_shortcode(struct filter *filter, const char *at)
{
    const char *stop = shortcode_end(filter, at);

    if (stop == NULL) {
        buf_putc(filter->out, *at);
        filter->after_block = false;
        return at + 1;
    }
    if (is_name(at + 1, stop, "caption") || is_name(at + 1, stop, "wp_caption")) {
        buf_puts(filter->out, "<figure>");
        filter->caption = true;
        filter->picture = false;
        put_old_caption(filter, at, stop);
    } else if (at[1] == '/' && (is_name(at + 2, stop, "caption") ||
                                is_name(at + 2, stop, "wp_caption"))) {
        buf_puts(filter->out, filter->caption ? "</figcaption></figure>" : "</figure>");
        filter->caption = false;
    } else {
        if (at[1] != '/')
            remark(filter, at, stop);
        return stop;
    }
    filter->after_block = true;
    return stop;
}

/* ---- Lines ------------------------------------------------------------------------------ */

/* One line feed or more with spaces between: a paragraph, a break or, beside a
 * block, nothing. */
static const char *take_lines(struct filter *filter, const char *at)
{
    const char *stop = at;
    int feeds = 0;

    while (stop < filter->end && strchr(" \t\n", *stop) != NULL)
        feeds += *stop++ == '\n';
    filter->line += feeds;
    if (feeds > 1 && filter->caption) {             /* never closed */
        buf_puts(filter->out, "</figcaption></figure>");
        filter->caption = false;
    }
    if (filter->verbatim == 0 && filter->paragraphs && feeds > 0 && !filter->after_block &&
        stop < filter->end && !(*stop == '<' && is_block_tag(stop, filter->end)))
        buf_puts(filter->out, feeds > 1 ? "<p>" : "<br>");
    buf_append(filter->out, at, (size_t)(stop - at));
    return stop;
}

void wordpress_html(struct buf *out, struct article *article, const char *text, size_t bytes,
                    int line)
{
    struct filter filter = { .out = out, .article = article, .text = text, .end = text + bytes,
                             .line = line, .after_block = true };
    const char *at = text;

    filter.paragraphs = g_strstr_len(text, (gssize)bytes, "<!-- wp:") == NULL;
    while (at < filter.end) {
        if (*at == '\n') {
            at = take_lines(&filter, at);
        } else if (*at == '<' && at + 1 < filter.end &&
                   (g_ascii_isalpha(at[1]) || at[1] == '/' || at[1] == '!')) {
            const char *stop = take_tag(&filter, at);

            for (; at < stop; at++)
                filter.line += *at == '\n';
        } else if (*at == '[' && filter.verbatim == 0) {
            at = take_shortcode(&filter, at);
        } else {
            if (!g_ascii_isspace(*at))
                filter.after_block = false;
            buf_putc(out, *at++);
        }
    }
}
