/* The preflight of a text: each node of a tree, by what its kind may hide. */
#include "base/utf8.h"
#include "book/check_parts.h"

#include <glib.h>
#include <string.h>

enum { LONG_PARAGRAPH = 2500, SHORT_LINE = 120, PRINT_PIXELS = 600 };

/* How pieces of web pages begin, in lower case. */
static const char *const furniture[] = {
    "autres portraits", "laisser un commentaire", "laissez un commentaire", "leave a reply",
    "leave a comment", "one response to", "one comment", "responses to", "votre adresse",
    "your email address", "partager :", "partager:", "partager sur", "partagez", "share this",
    "share on", "tweet this", "related posts", "articles similaires", "sur le même sujet",
    "lire aussi", "read more", "previous post", "next post", "article précédent",
    "article suivant", "posted in", "posted by", "publié dans", "filed under", "tagged with",
    "étiquettes :", "mots-clés :", "subscribe to", "abonnez-vous", "sign up for", "cookies",
    "©", "copyright", "all rights reserved", "tous droits réservés", "reply", "répondre",
    "chargement…", "loading…", "j'aime", "j’aime ça :", "like this:", "imprimer",
    "notify me of", "save my name", "enregistrer mon nom",
};

static bool is_odd(uint32_t code)
{
    return (code >= 0x200B && code <= 0x200F) || code == 0xFEFF || code == 0x00AD
        || (code >= 0xE000 && code <= 0xF8FF) || (code >= 0x202A && code <= 0x202E)
        || (code >= 0x2060 && code <= 0x2064) || code == 0xFFFD || code == 0xFFFC
        || code >= 0xF0000;
}

/* U+200D joins emoji, U+200E and U+200F belong to scripts written leftwards. */
static bool is_joiner(uint32_t code)
{
    return code == 0x200D || code == 0x200C;
}

static void check_signs(const struct node *node)
{
    const char *at = node->text, *end = at + strlen(at);

    while (at < end) {
        uint32_t code = utf8_next(&at, end);

        if (is_odd(code) && !is_joiner(code)) {
            check_tell("odd-sign", node->at, "the sign U+%04X; delete or replace it",
                       (unsigned)code);
            return;
        }
    }
}

/* A bracket or a quotation mark that closes: "(… sous peu J)". */
static bool closes(const char *text)
{
    static const char *const signs[] = { ")", "]", "»", "”", "\xC2\xA0»", "\xE2\x80\xAF»" };

    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (strncmp(text, signs[i], strlen(signs[i])) == 0)
            return true;
    return false;
}

/* The day when it begins is no smiley: "le jour J". */
static bool is_day(const char *text, const char *at)
{
    return at - text >= 4 && (strncmp(at - 4, "jour", 4) == 0 || strncmp(at - 4, "Jour", 4) == 0);
}

/* "… content J": a J alone, at the end of the text, of a sentence or of what
 * stands in brackets. */
static bool has_lone_j(const char *text)
{
    for (const char *at = text; (at = strstr(at, " J")) != NULL; at++) {
        const char *before = at;
        uint32_t last = utf8_prev(&before, text);
        bool ends = last == '.' || last == '!' || last == '?' || last == ')' || last == 0x2026;

        if (is_day(text, at))
            continue;
        if (closes(at + 2) && last != 0)
            return true;
        if (at[2] == '\0' ? last != 0 && last != '&' : ends && at[2] == ' ')
            return true;
    }
    return false;
}

static void check_quotes(const struct node *node)
{
    const char *found = strchr(node->text, '"');

    if (found == NULL)
        found = strchr(node->text, '\'');
    if (found != NULL)
        check_tell("straight-quote", node->at, "a straight %s is left; write the right one",
                   *found == '"' ? "quotation mark" : "apostrophe");
}

static void check_marks(const struct node *node)
{
    const char *found = strstr(node->text, "][");

    if (found != NULL && strchr(found + 2, ']') != NULL)
        check_tell("reference-left", node->at, "a link by name without its address; write "
                   "[name]: https://… on a line of its own");
}

static void check_text_node(const struct node *node)
{
    check_signs(node);
    check_quotes(node);
    check_marks(node);
    if (has_lone_j(node->text))
        check_tell("lone-j", node->at, "a J alone: a smiley that lost its font? Write “:)” or "
                   "delete it");
}

/* ---- Paragraphs ------------------------------------------------------------------- */

static bool is_furniture(const char *flat)
{
    char *lower = g_utf8_strdown(flat, -1);
    bool found = false;

    for (size_t i = 0; !found && i < sizeof furniture / sizeof *furniture; i++) {
        size_t length = strlen(furniture[i]);

        found = strncmp(lower, furniture[i], length) == 0
            && !g_unichar_isalpha(g_utf8_get_char(lower + length));
    }
    g_free(lower);
    return found;
}

static bool is_heading_mark(const char *flat)
{
    size_t marks = strspn(flat, "#");

    return marks >= 2 && marks <= 6 && flat[marks] != '\0' && flat[marks] != ' ';
}

/* Is the paragraph one emphasis that asks? */
static bool is_hidden_question(const struct node *node, const char *flat)
{
    size_t length = strlen(flat);

    return node->first != NULL && node->first == node->last && length > 8
        && (node->first->kind == NODE_STRONG || node->first->kind == NODE_EMPHASIS)
        && flat[length - 1] == '?';
}

static void check_paragraph(struct arena *scratch, const struct node *node)
{
    const char *flat = node_flat(scratch, node);
    size_t signs = utf8_length(flat, strlen(flat));

    if (signs > LONG_PARAGRAPH)
        check_tell("long-paragraph", node->at, "a paragraph of %zu signs; part it", signs);
    if (signs < SHORT_LINE && is_furniture(flat))
        check_tell("residue", node->at, "“%s” looks like furniture of a web page; delete it",
                   flat);
    if (is_heading_mark(flat))
        check_tell("heading-mark", node->at, "a heading without a space behind the #; put one");
    if (is_hidden_question(node, flat))
        check_tell("hidden-question", node->at, "this looks like a question; begin it with ##");
}

/* ---- Pictures ----------------------------------------------------------------------- */

void check_picture(const struct picture *picture)
{
    if (picture->alt == NULL)
        check_tell("no-alt", picture->at, "a picture without a description; say what it shows");
    if (picture->kind != PICTURE_SVG
        && (picture->width < PRINT_PIXELS || picture->height < PRINT_PIXELS))
        check_tell("picture-small", picture->at,
                   "%d by %d pixels are few for print; %d print 5 cm well", picture->width,
                   picture->height, PRINT_PIXELS);
}

void check_text(struct arena *scratch, const struct node *root)
{
    for (const struct node *node = root; node != NULL; node = node_next(node, root)) {
        if (node->kind == NODE_TEXT)
            check_text_node(node);
        else if (node->kind == NODE_PARAGRAPH)
            check_paragraph(scratch, node);
        else if (node->picture != NULL)
            check_picture(node->picture);
    }
}
