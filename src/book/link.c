/* Links of the text: addresses are cleaned, links to other files of the content
 * become targets in the book, and what leads nowhere is told and keeps only its
 * words. Links within links and links without words go too. */
#include "book/network.h"
#include "book/reader.h"
#include "base/file.h"

#include <glib.h>
#include <string.h>

struct linker {
    struct book *book;
    GHashTable *targets;        /* every id: portraits, pages, questions, headings */
};

static void add(struct linker *linker, const char *id)
{
    g_hash_table_add(linker->targets, (gpointer)(uintptr_t)id);
}

static void add_headings(struct linker *linker, const struct node *root)
{
    for (const struct node *node = root; node != NULL; node = node_next(node, root))
        if (node->kind == NODE_HEADING && node->id != NULL)
            add(linker, node->id);
}

static void add_notes(struct linker *linker, const struct note *notes, size_t count)
{
    for (size_t i = 0; i < count; i++)
        add_headings(linker, notes[i].body);
}

static void add_portrait(struct linker *linker, const struct portrait *portrait)
{
    add(linker, portrait->id);
    add_headings(linker, portrait->introduction);
    for (size_t i = 0; i < portrait->question_count; i++) {
        add(linker, portrait->questions[i].anchor);
        add_headings(linker, portrait->questions[i].answer);
    }
    add_notes(linker, portrait->notes, portrait->note_count);
}

static void add_pages(struct linker *linker, const struct page *pages, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        add(linker, pages[i].id);
        add_headings(linker, pages[i].body);
        add_notes(linker, pages[i].notes, pages[i].note_count);
    }
}

static void collect_targets(struct linker *linker)
{
    const struct book *book = linker->book;

    for (size_t i = 0; i < book->portrait_count; i++)
        add_portrait(linker, book->portraits[i]);
    add_pages(linker, book->front, book->front_count);
    add_pages(linker, book->back, book->back_count);
}

/* "ada.md#slug", "#slug", "../portraits/ada.md": an id of the book, or NULL. */
static const char *find_target(const struct linker *linker, const char *id, const char *url)
{
    struct arena *arena = linker->book->arena;
    const char *mark = strchr(url, '#');
    char *path = mark == NULL ? arena_strdup(arena, url)
        : arena_strndup(arena, url, (size_t)(mark - url));
    const char *forms[2];

    if (path[0] != '\0')
        id = slug_new(arena, path_stem(arena, path));
    if (path[0] == '\0' && mark == NULL)
        return NULL;
    forms[0] = mark == NULL ? id : arena_printf(arena, "%s-q-%s", id, mark + 1);
    forms[1] = mark == NULL ? id : mark + 1;
    for (size_t i = 0; i < 2; i++)
        if (g_hash_table_contains(linker->targets, forms[i]))
            return forms[i];
    return NULL;
}

static bool has_scheme(const char *url)
{
    const char *c = url;

    while (g_ascii_isalnum(*c) || *c == '+' || *c == '-' || *c == '.')
        c++;
    return *c == ':' && c > url;
}

/* The address of LINK made sound, or its target found. False, after a warning,
 * when it leads nowhere. */
static bool resolve(const struct linker *linker, struct node *link, const char *id)
{
    const char *url = address_clean(linker->book->arena, link->url);

    if (address_is_sound(url)) {
        link->url = url;
        return true;
    }
    link->target = has_scheme(url) ? NULL : find_target(linker, id, url);
    if (link->target == NULL)
        diag(DIAG_WARNING, link->at, "dead-link",
             "the link “%s” leads nowhere; write a whole address, https://…, or the file of a "
             "portrait; its words are kept", link->url);
    link->url = NULL;
    return link->target != NULL;
}

/* Does LINK stay a link? False after a warning. */
static bool keep(const struct linker *linker, struct node *link, const char *id)
{
    if (link->first == NULL) {
        diag(DIAG_WARNING, link->at, "empty-link", "a link without words; give it some");
        return false;
    }
    return resolve(linker, link, id);
}

/* Puts the children of the node at *LINK in its place. */
static void splice(struct node *parent, struct node **link)
{
    struct node *node = *link;

    for (struct node *child = node->first; child != NULL; child = child->next)
        child->parent = parent;
    if (node->first == NULL) {
        *link = node->next;
        return;
    }
    node->last->next = node->next;
    *link = node->first;
}

/* Goes through the children of PARENT; what lost its link is gone through
 * again, as its parent's. Depth is bounded by the reader of Markdown. */
static void resolve_children(const struct linker *linker, struct node *parent, const char *id,
                             bool in_link)
{
    struct node **link = &parent->first;

    parent->last = NULL;
    while (*link != NULL) {
        struct node *node = *link;

        if (node->kind == NODE_LINK && (in_link || !keep(linker, node, id))) {
            splice(parent, link);
            continue;
        }
        resolve_children(linker, node, id, in_link || node->kind == NODE_LINK);
        parent->last = node;
        link = &node->next;
    }
}

static void resolve_tree(const struct linker *linker, struct node *root, const char *id)
{
    resolve_children(linker, root, id, false);
}

static void resolve_notes(const struct linker *linker, struct note *notes, size_t count,
                          const char *id)
{
    for (size_t i = 0; i < count; i++)
        resolve_tree(linker, notes[i].body, id);
}

static void resolve_portrait(const struct linker *linker, struct portrait *portrait)
{
    if (portrait->introduction != NULL)
        resolve_tree(linker, portrait->introduction, portrait->id);
    for (size_t i = 0; i < portrait->question_count; i++) {
        resolve_tree(linker, portrait->questions[i].heading, portrait->id);
        resolve_tree(linker, portrait->questions[i].answer, portrait->id);
    }
    resolve_notes(linker, portrait->notes, portrait->note_count, portrait->id);
}

static void resolve_pages(const struct linker *linker, struct page *pages, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        resolve_tree(linker, pages[i].body, pages[i].id);
        resolve_notes(linker, pages[i].notes, pages[i].note_count, pages[i].id);
    }
}

void links_resolve(struct book *book)
{
    struct linker linker = { book, g_hash_table_new(g_str_hash, g_str_equal) };

    collect_targets(&linker);
    for (size_t i = 0; i < book->portrait_count; i++)
        resolve_portrait(&linker, book->portraits[i]);
    resolve_pages(&linker, book->front, book->front_count);
    resolve_pages(&linker, book->back, book->back_count);
    g_hash_table_destroy(linker.targets);
}
