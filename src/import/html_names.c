/* The table of elements, sorted by name, and the classes that themes of blogs
 * give to articles and to what stands around them. */
#include "import/html_names.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

static const struct html_name names[] = {
    { "a", HTML_LINK, 0, 0, false },
    { "address", HTML_BLOCK, 0, 0, true },
    { "article", HTML_BLOCK, 0, HINT_MAIN, true },
    { "aside", HTML_BLOCK, 0, HINT_FURNITURE, true },
    { "audio", HTML_SKIP, 0, 0, false },
    { "b", HTML_MARK, MARK_STRONG, 0, false },
    { "base", HTML_BASE, 0, 0, false },
    { "blockquote", HTML_QUOTE, 0, 0, true },
    { "body", HTML_BLOCK, 0, 0, true },
    { "br", HTML_BREAK, 0, 0, false },
    { "button", HTML_SKIP, 0, 0, false },
    { "canvas", HTML_SKIP, 0, 0, false },
    { "caption", HTML_BLOCK, 0, 0, false },
    { "center", HTML_BLOCK, 0, 0, true },
    { "cite", HTML_MARK, MARK_EMPHASIS, 0, false },
    { "code", HTML_MARK, MARK_CODE, 0, false },
    { "dd", HTML_BLOCK, 0, 0, false },
    { "del", HTML_MARK, MARK_STRIKE, 0, false },
    { "details", HTML_BLOCK, 0, 0, true },
    { "dir", HTML_LIST, 0, 0, true },
    { "div", HTML_BLOCK, 0, 0, true },
    { "dl", HTML_BLOCK, 0, 0, true },
    { "dt", HTML_TERM, 0, 0, false },
    { "em", HTML_MARK, MARK_EMPHASIS, 0, false },
    { "embed", HTML_SKIP, 0, 0, false },
    { "fieldset", HTML_BLOCK, 0, 0, true },
    { "figcaption", HTML_CAPTION, 0, 0, false },
    { "figure", HTML_BLOCK, 0, 0, false },
    { "footer", HTML_BLOCK, 0, HINT_FURNITURE, true },
    { "form", HTML_BLOCK, 0, HINT_COMMENTS, true },
    { "h1", HTML_HEADING, 1, 0, false },
    { "h2", HTML_HEADING, 2, 0, false },
    { "h3", HTML_HEADING, 3, 0, false },
    { "h4", HTML_HEADING, 4, 0, false },
    { "h5", HTML_HEADING, 5, 0, false },
    { "h6", HTML_HEADING, 6, 0, false },
    { "header", HTML_BLOCK, 0, 0, true },
    { "hgroup", HTML_BLOCK, 0, 0, true },
    { "hr", HTML_RULE, 0, 0, false },
    { "html", HTML_ROOT, 0, 0, false },
    { "i", HTML_MARK, MARK_EMPHASIS, 0, false },
    { "iframe", HTML_SKIP, 0, 0, false },
    { "img", HTML_PICTURE, 0, 0, false },
    { "kbd", HTML_MARK, MARK_CODE, 0, false },
    { "label", HTML_SKIP, 0, 0, false },
    { "legend", HTML_BLOCK, 0, 0, false },
    { "li", HTML_ITEM, 0, 0, true },
    { "link", HTML_HEAD_LINK, 0, 0, false },
    { "main", HTML_BLOCK, 0, HINT_MAIN, true },
    { "map", HTML_SKIP, 0, 0, false },
    { "menu", HTML_LIST, 0, 0, true },
    { "meta", HTML_META, 0, 0, false },
    { "nav", HTML_BLOCK, 0, HINT_FURNITURE, true },
    { "noscript", HTML_SKIP, 0, 0, false },
    { "object", HTML_SKIP, 0, 0, false },
    { "ol", HTML_LIST, 1, 0, true },
    { "option", HTML_SKIP, 0, 0, false },
    { "p", HTML_BLOCK, 0, 0, false },
    { "pre", HTML_PRE, 0, 0, false },
    { "s", HTML_MARK, MARK_STRIKE, 0, false },
    { "samp", HTML_MARK, MARK_CODE, 0, false },
    { "script", HTML_SKIP, 0, 0, false },
    { "section", HTML_BLOCK, 0, 0, true },
    { "select", HTML_SKIP, 0, 0, false },
    { "span", HTML_SPAN, 0, 0, false },
    { "strike", HTML_MARK, MARK_STRIKE, 0, false },
    { "strong", HTML_MARK, MARK_STRONG, 0, false },
    { "style", HTML_SKIP, 0, 0, false },
    { "summary", HTML_TERM, 0, 0, false },
    { "sup", HTML_SUPERIOR, 0, 0, false },
    { "svg", HTML_SKIP, 0, 0, false },
    { "table", HTML_TABLE, 0, 0, true },
    { "tbody", HTML_BLOCK, 0, 0, false },
    { "td", HTML_CELL, 0, 0, true },
    { "template", HTML_SKIP, 0, 0, false },
    { "textarea", HTML_SKIP, 0, 0, false },
    { "tfoot", HTML_BLOCK, 0, 0, false },
    { "th", HTML_CELL, 0, 0, true },
    { "thead", HTML_BLOCK, 0, 0, false },
    { "time", HTML_TIME, 0, 0, false },
    { "title", HTML_TITLE, 0, 0, false },
    { "tr", HTML_ROW, 0, 0, false },
    { "tt", HTML_MARK, MARK_CODE, 0, false },
    { "ul", HTML_LIST, 0, 0, true },
    { "video", HTML_SKIP, 0, 0, false },
};

static int compare(const void *name, const void *entry)
{
    return strcmp(name, ((const struct html_name *)entry)->name);
}

const struct html_name *html_lookup(const char *name)
{
    static const struct html_name other = { "", HTML_OTHER, 0, 0, false };
    const struct html_name *found = bsearch(name, names, sizeof names / sizeof *names,
                                            sizeof *names, compare);

    return found == NULL ? &other : found;
}

/* ---- Classes ---------------------------------------------------------------------- */

static const char *const main_classes[] = {
    "entry-content", "post-content", "article-content", "post-body", "article-body",
    "articlebody", "entry", "hentry", "post-entry", "story-body", "td-post-content", "blog-post",
    "the-content", "single-content", "main-content", "post", "e-content", "article", NULL
};
static const char *const furniture_classes[] = {
    "sidebar", "side-bar", "widget", "widget-area", "menu", "nav", "navbar", "navigation",
    "post-navigation", "nav-links", "site-footer", "site-header", "footer", "masthead",
    "colophon", "breadcrumb", "breadcrumbs", "related", "related-posts", "relatedposts",
    "jp-relatedposts", "yarpp", "share", "sharing", "share-buttons", "social", "social-links",
    "social-share", "sharedaddy", "addtoany_share_save_container", "pagination", "pager",
    "cookie", "cookie-notice", "newsletter", "subscribe", "signup", "popup", "modal", "banner",
    "advert", "advertisement", "ads", "ad", "entry-meta", "post-meta", "entry-footer",
    "post-footer", "tags", "tag-links", "cat-links", "author-box", "search", "searchform",
    "skip-link", "screen-reader-text", "complementary", "contentinfo", "visually-hidden",
    "toc", "table-of-contents", "ez-toc-container", "postmetadata", "wp-block-latest-posts",
    "post-edit-link", "edit-link", "byline", "author-info", "blogroll", "archives", NULL
};
static const char *const comment_classes[] = {
    "comments", "comments-area", "comment-list", "commentlist", "comment-respond", "respond",
    "comment-form", "commentform", "comment", "disqus_thread", "discussion", "reply", NULL
};

static bool is_in(const char *const *list, const char *word, size_t length)
{
    for (; *list != NULL; list++)
        if (strlen(*list) == length && g_ascii_strncasecmp(*list, word, length) == 0)
            return true;
    return false;
}

enum hint html_class_hint(const char *value)
{
    enum hint hint = HINT_NONE;

    while (*(value += strspn(value, " \t\n")) != '\0') {
        size_t length = strcspn(value, " \t\n");

        if (is_in(comment_classes, value, length))
            return HINT_COMMENTS;
        if (is_in(furniture_classes, value, length))
            hint = HINT_FURNITURE;
        else if (hint == HINT_NONE && is_in(main_classes, value, length))
            hint = HINT_MAIN;
        value += length;
    }
    return hint;
}

bool html_has_class(const char *value, const char *word)
{
    const char *const list[] = { word, NULL };

    while (value != NULL && *(value += strspn(value, " \t\n")) != '\0') {
        size_t length = strcspn(value, " \t\n");

        if (is_in(list, value, length))
            return true;
        value += length;
    }
    return false;
}

int html_voice(const char *value)
{
    char *lower;
    int voice;

    if (value == NULL)
        return 0;
    lower = g_ascii_strdown(value, -1);
    voice = (strstr(lower, "interviewer") != NULL) - (strstr(lower, "interviewee") != NULL);
    g_free(lower);
    return voice;
}
