/* What the composers of the parts share: the state of the work, and short ways
 * to say things in nodes. Private to compose*.c. */
#ifndef BOOK_SAY_H
#define BOOK_SAY_H

#include "book/book.h"
#include "book/strings.h"

#include <glib.h>

struct composer {
    struct book *book;
    struct arena *arena;        /* the book's */
    struct part *parts;         /* room for all; they never move */
    size_t part_count;
    GHashTable *ids;            /* all in use */
    const char *fixed[PART_KINDS];      /* ids of the parts that come once */
};

/* ---- Nodes: each is appended to PARENT ------------------------------------- */

struct node *say_node(struct composer *composer, struct node *parent, enum node_kind kind,
                      enum role role);
struct node *say_text(struct composer *composer, struct node *parent, const char *text);
/* A block of a single text. */
struct node *say_line(struct composer *composer, struct node *parent, enum node_kind kind,
                      enum role role, const char *text);
struct node *say_heading(struct composer *composer, struct node *parent, int level,
                         const char *text);

/* ---- Nodes not yet in a tree ------------------------------------------------ */

/* TEXT, in a SPAN when LANGUAGE (may be NULL) is not that of the book. */
struct node *say_phrase(struct composer *composer, const char *text, const char *language);
struct node *say_link(struct composer *composer, const char *url, struct node *content);
struct node *say_reference(struct composer *composer, const char *target, struct node *content);
struct node *say_page_ref(struct composer *composer, const char *target);
struct node *say_handle(struct composer *composer, const char *text);

/* ---- The book's own words ---------------------------------------------------- */

/* A list of nodes to be appended elsewhere: fill it as a parent. */
struct node *say_loose_list(struct composer *composer);

const char *say_word(const struct composer *composer, const char *key);

/* Appends the text of KEY to PARENT, COUNT nodes (struct node *) in the places of
 * {0}, {1}, …; of a loose list, what it holds. */
void say_format(struct composer *composer, struct node *parent, const char *key, int count, ...);

/* Appends the nodes as a list of the language, "a, b and c". */
void say_list(struct composer *composer, struct node *parent, struct node *const *nodes,
              size_t count);

/* "facebook.com/x" of "https://www.facebook.com/x/". */
const char *say_address(struct composer *composer, const char *url);

/* Are they the same language, whatever the region? */
bool say_same_language(const char *one, const char *two);

/* "Twitter"; for what is no network's name, the word of the book's language. */
const char *say_label(const struct composer *composer, const struct contact *contact);

/* A contact's link, or NULL when it has none. */
struct node *say_contact(struct composer *composer, const struct contact *contact);

/* A title of the reading list: its name, linked to URL (may be NULL), author
 * and date, appended to PARENT. */
void say_title(struct composer *composer, struct node *parent, const struct title *title);

#endif
