/* Nodes and phrases for the composers of the parts. */
#include "book/say.h"
#include "book/network.h"

#include <stdarg.h>
#include <string.h>

static struct node *new_node(struct composer *composer, enum node_kind kind, enum role role)
{
    struct node *node = ARENA_NEW(composer->arena, struct node);

    node->kind = kind;
    node->role = role;
    return node;
}

/* ---- Nodes -------------------------------------------------------------------- */

struct node *say_loose_list(struct composer *composer)
{
    return new_node(composer, NODE_SPAN, ROLE_NONE);
}

struct node *say_node(struct composer *composer, struct node *parent, enum node_kind kind,
                      enum role role)
{
    struct node *node = new_node(composer, kind, role);

    node_append(parent, node);
    return node;
}

struct node *say_text(struct composer *composer, struct node *parent, const char *text)
{
    struct node *node = node_text(composer->arena, text);

    node_append(parent, node);
    return node;
}

struct node *say_line(struct composer *composer, struct node *parent, enum node_kind kind,
                      enum role role, const char *text)
{
    struct node *node = say_node(composer, parent, kind, role);

    say_text(composer, node, text);
    return node;
}

struct node *say_heading(struct composer *composer, struct node *parent, int level,
                         const char *text)
{
    struct node *heading = say_line(composer, parent, NODE_HEADING, ROLE_NONE, text);

    heading->level = level;
    return heading;
}

bool say_same_language(const char *one, const char *two)
{
    size_t length = strcspn(one, "-_");

    return length == strcspn(two, "-_") && g_ascii_strncasecmp(one, two, length) == 0;
}

struct node *say_phrase(struct composer *composer, const char *text, const char *language)
{
    struct node *span;

    if (language == NULL || say_same_language(language, composer->book->language))
        return node_text(composer->arena, text);
    span = new_node(composer, NODE_SPAN, ROLE_NONE);
    span->lang = language;
    say_text(composer, span, text);
    return span;
}

struct node *say_link(struct composer *composer, const char *url, struct node *content)
{
    struct node *link = new_node(composer, NODE_LINK, ROLE_NONE);

    link->url = url;
    node_append(link, content);
    return link;
}

struct node *say_reference(struct composer *composer, const char *target, struct node *content)
{
    struct node *link = new_node(composer, NODE_LINK, ROLE_NONE);

    link->target = target;
    node_append(link, content);
    return link;
}

struct node *say_page_ref(struct composer *composer, const char *target)
{
    struct node *reference = new_node(composer, NODE_PAGE_REF, ROLE_NONE);

    reference->target = target;
    return reference;
}

struct node *say_handle(struct composer *composer, const char *text)
{
    struct node *span = new_node(composer, NODE_SPAN, ROLE_HANDLE);

    say_text(composer, span, text);
    return span;
}

/* ---- Words ----------------------------------------------------------------------- */

const char *say_word(const struct composer *composer, const char *key)
{
    return strings_text(composer->book->strings, key);
}

struct saying { struct composer *composer; struct node *parent; struct node *nodes[10]; };

/* Appends NODE, or what it holds when it is a span that says nothing itself. */
static void append(struct node *parent, struct node *node)
{
    if (node->kind == NODE_SPAN && node->role == ROLE_NONE && node->lang == NULL)
        node_move_children(parent, node);
    else
        node_append(parent, node);
}

static void say_piece(void *context, const char *text, size_t bytes, int argument)
{
    struct saying *saying = context;

    if (argument < 0)
        say_text(saying->composer, saying->parent,
                 arena_strndup(saying->composer->arena, text, bytes));
    else if (saying->nodes[argument] != NULL) {
        append(saying->parent, saying->nodes[argument]);
        saying->nodes[argument] = NULL;     /* a node stands in one place */
    }
}

void say_format(struct composer *composer, struct node *parent, const char *key, int count, ...)
{
    struct saying saying = { .composer = composer, .parent = parent };
    va_list nodes;

    va_start(nodes, count);
    for (int i = 0; i < count; i++)
        saying.nodes[i] = va_arg(nodes, struct node *);
    va_end(nodes);
    strings_pieces(composer->book->strings, key, say_piece, &saying);
}

/* KEY, or a form of it for the letters that NEXT begins with, "list-two-i": "e Inés"
 * where else is "y Ada". */
static const char *key_before(struct composer *composer, const char *key, const struct node *next)
{
    enum { LETTERS = 3 };
    char *plain = g_str_to_ascii(node_flat(composer->arena, next), "C");
    char *lower = g_ascii_strdown(plain, -1);
    const char *own = NULL;

    for (int letters = LETTERS; letters > 0 && own == NULL; letters--) {
        own = arena_printf(composer->arena, "%s-%.*s", key, letters, lower);
        if (strings_lookup(composer->book->strings, own) == NULL)
            own = NULL;
    }
    g_free(lower);
    g_free(plain);
    return own != NULL ? own : key;
}

void say_list(struct composer *composer, struct node *parent, struct node *const *nodes,
              size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *key = count == 2 ? "list-two" : i + 1 < count ? "list-more" : "list-last";

        if (i > 0)      /* what stands between the two */
            say_format(composer, parent, key_before(composer, key, nodes[i]), 0);
        append(parent, nodes[i]);
    }
}

const char *say_address(struct composer *composer, const char *url)
{
    static const char *const heads[] = { "https://", "http://", "mailto:", NULL };
    size_t length;

    for (int i = 0; heads[i] != NULL; i++)
        if (g_str_has_prefix(url, heads[i])) {
            url += strlen(heads[i]);
            break;
        }
    if (g_str_has_prefix(url, "www."))
        url += 4;
    length = strlen(url);
    if (length > 1 && url[length - 1] == '/')
        length--;
    return arena_strndup(composer->arena, url, length);
}

const char *say_label(const struct composer *composer, const struct contact *contact)
{
    const struct network *network = contact->network == NULL ? NULL
                                    : network_lookup(contact->network);
    const char *label = NULL;

    if (network != NULL && strcmp(contact->label, network->label) == 0)
        label = strings_lookup(composer->book->strings,
                               arena_printf(composer->arena, "network-%s", network->key));
    return label != NULL ? label : contact->label;
}

struct node *say_contact(struct composer *composer, const struct contact *contact)
{
    if (contact->url == NULL)
        return contact->handle == NULL ? NULL : say_handle(composer, contact->handle);
    return say_link(composer, contact->url,
                    contact->handle != NULL
                        ? say_handle(composer, contact->handle)
                        : node_text(composer->arena, say_address(composer, contact->url)));
}

void say_title(struct composer *composer, struct node *parent, const struct title *title)
{
    struct node *name = new_node(composer, NODE_EMPHASIS, ROLE_NONE);

    node_append(name, say_phrase(composer, title->title, title->language));
    node_append(parent, title->url == NULL ? name : say_link(composer, title->url, name));
    if (title->author != NULL)
        say_text(composer, parent, arena_printf(composer->arena, ", %s", title->author));
    if (title->date != NULL)
        say_text(composer, parent,
                 arena_printf(composer->arena, ", %s",
                              strings_date(composer->arena, composer->book->strings, title->date)));
}
