/* Raw HTML in Markdown: tags go, text stays. */
#include "book/markdown.h"
#include "base/buf.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

static bool is_tag(const char *html, const char *name)
{
    size_t length = strlen(name);

    html += html[0] == '<';
    return g_ascii_strncasecmp(html, name, length) == 0 && !g_ascii_isalnum(html[length]);
}

bool html_is_break(const char *html)
{
    return is_tag(html, "br");
}

bool html_is_comment(const char *html)
{
    const char *end;

    if (strncmp(html, "<!--", 4) != 0)
        return false;
    end = strstr(html + 4, "-->");
    return end == NULL || end[3 + strspn(end + 3, " \n\t")] == '\0';
}

/* Past the tag or comment at HTML; its end when it is never closed. */
static const char *skip_tag(const char *html)
{
    const char *end = strncmp(html, "<!--", 4) == 0 ? strstr(html + 4, "-->") : strchr(html, '>');

    if (end == NULL)
        return html + strlen(html);
    return end + (*end == '-' ? 3 : 1);
}

/* Past a script or style with all its content. */
static const char *skip_element(const char *html, const char *name)
{
    for (const char *at = skip_tag(html); *at != '\0'; at++)
        if (at[0] == '<' && at[1] == '/' && is_tag(at + 2, name))
            return skip_tag(at);
    return html + strlen(html);
}

static const char *put_entity(struct buf *out, const char *at)
{
    static const struct { const char *name, *text; } entities[] = {
        { "&amp;", "&" }, { "&lt;", "<" }, { "&gt;", ">" }, { "&quot;", "\"" },
        { "&apos;", "'" }, { "&#39;", "'" }, { "&nbsp;", "\xC2\xA0" }, { "&#160;", "\xC2\xA0" },
        { "&laquo;", "«" }, { "&raquo;", "»" }, { "&eacute;", "é" }, { "&egrave;", "è" },
        { "&agrave;", "à" }, { "&rsquo;", "’" }, { "&hellip;", "…" }, { "&mdash;", "—" },
        { "&ndash;", "–" },
    };

    for (size_t i = 0; i < sizeof entities / sizeof *entities; i++)
        if (strncmp(at, entities[i].name, strlen(entities[i].name)) == 0) {
            buf_puts(out, entities[i].text);
            return at + strlen(entities[i].name);
        }
    buf_putc(out, '&');
    return at + 1;
}

/* Tells what goes: once for a piece, by its first tag that opens something. */
static void tell(const char *html, struct place at)
{
    const char *tag = html;

    while ((tag = strchr(tag, '<')) != NULL) {
        if (g_ascii_isalpha(tag[1])) {
            size_t length = 1;

            while (g_ascii_isalnum(tag[length]))
                length++;
            diag(DIAG_WARNING, at, "raw-html", "%s; write it as Markdown",
                 is_tag(tag, "img") ? "a picture in raw HTML is left out"
                 : is_tag(tag, "script") || is_tag(tag, "style") ? "a script is left out"
                 : "raw HTML is left out, only its text is kept");
            return;
        }
        tag++;
    }
}

static bool ends_in_space(const struct buf *text)
{
    return text->len == 0 || text->data[text->len - 1] == ' ';
}

const char *html_strip(struct arena *arena, const char *html, struct place at)
{
    struct buf text = {0};
    const char *made;

    tell(html, at);
    for (const char *c = html; *c != '\0';) {
        if (is_tag(c, "script") && *c == '<')
            c = skip_element(c, "script");
        else if (is_tag(c, "style") && *c == '<')
            c = skip_element(c, "style");
        else if (*c == '<' && (g_ascii_isalpha(c[1]) || strchr("/!?", c[1]) != NULL))
            c = skip_tag(c);
        else if (*c == '&')
            c = put_entity(&text, c);
        else if (*c == '\n' || *c == ' ' || *c == '\t') {
            if (!ends_in_space(&text))
                buf_putc(&text, ' ');
            c++;
        } else
            buf_putc(&text, *c++);
    }
    if (text.len > 0 && ends_in_space(&text))
        buf_cut(&text, text.len - 1);
    made = arena_strdup(arena, buf_text(&text));
    buf_free(&text);
    return made;
}
