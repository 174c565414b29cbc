/* A portrait and the page that tells where to follow the person; divisions,
 * where the editor grouped the portraits. The trees of the readers are hung into
 * the parts as they are. */
#include "book/compose_parts.h"
#include "book/network.h"
#include "book/typography.h"

#include <string.h>

enum { MOST_CODES = 4 };        /* squares to scan on a contact page */

/* ---- The opening ------------------------------------------------------------------ */

static void add_face(struct composer *composer, struct node *opening,
                     const struct portrait *portrait)
{
    const struct book *book = composer->book;
    struct node *figure;

    if (portrait->photo == NULL) {
        figure = say_node(composer, opening, NODE_MONOGRAM, ROLE_NONE);
        figure->text = portrait->monogram;
        figure->alt = "";
        return;
    }
    figure = say_node(composer, opening, NODE_FIGURE, ROLE_NONE);
    figure->picture = portrait->photo;
    if (!say_same_language(portrait->language, book->language))
        figure->lang = book->language;
    if (portrait->photo->alt == NULL)
        figure->alt = strings_format(composer->arena, book->strings, "photo-alt", 1,
                                     portrait->name);
    if (portrait->photo->credit != NULL)
        say_line(composer, figure, NODE_PARAGRAPH, ROLE_CREDIT,
                 strings_format(composer->arena, book->strings, "photo-credit", 1,
                                portrait->photo->credit));
}

/* A line in the book's language within a portrait of another. */
static struct node *add_own_line(struct composer *composer, struct node *parent, enum role role,
                                 const struct portrait *portrait)
{
    struct node *line = say_node(composer, parent, NODE_PARAGRAPH, role);

    if (!say_same_language(portrait->language, composer->book->language))
        line->lang = composer->book->language;
    return line;
}

static void add_opening(struct composer *composer, struct node *body,
                        const struct portrait *portrait)
{
    struct node *opening = say_node(composer, body, NODE_SECTION, ROLE_OPENING);

    add_face(composer, opening, portrait);
    say_heading(composer, opening, 1, portrait->name)->role = ROLE_NAME;
    if (portrait->role != NULL)
        say_line(composer, opening, NODE_PARAGRAPH, ROLE_JOB, portrait->role);
    if (portrait->organisation != NULL)
        say_line(composer, opening, NODE_PARAGRAPH, ROLE_ORGANISATION, portrait->organisation);
    if (portrait->is_new || portrait->is_revised)
        say_text(composer, add_own_line(composer, opening, ROLE_NEW_MARK, portrait),
                 say_word(composer, portrait->is_new ? "new" : "revised"));
}

/* ---- Questions and answers ---------------------------------------------------------- */

static void add_question(struct composer *composer, struct node *body,
                         const struct question *question)
{
    struct node *section = say_node(composer, body, NODE_SECTION, ROLE_QNA);
    struct node *heading = question->heading, *answer = question->answer;

    section->at = question->at;
    heading->kind = NODE_HEADING;
    heading->role = ROLE_QUESTION;
    heading->level = 2;
    heading->id = question->anchor;
    node_append(section, heading);
    if (answer == NULL || answer->first == NULL)
        return;
    answer->role = ROLE_ANSWER;
    node_append(section, answer);
}

/* "Interview published on DATE: ADDRESS". A source that is no address is a
 * sentence of its own. */
static void say_source(struct composer *composer, struct node *line,
                       const struct portrait *portrait)
{
    bool linked = portrait->source != NULL && address_is_sound(portrait->source);
    struct node *when = NULL, *where = NULL;

    if (portrait->date != NULL)
        when = node_text(composer->arena, strings_on_date(composer->arena, composer->book->strings,
                                                          portrait->date));
    if (portrait->source != NULL)
        where = node_text(composer->arena, linked ? say_address(composer, portrait->source)
                                                  : typography_text(composer->arena,
                                                                    portrait->source,
                                                                    portrait->language));
    if (when != NULL && linked) {
        say_format(composer, line, "interview-source", 2, when,
                   say_link(composer, portrait->source, where));
        return;
    }
    if (when != NULL)
        say_format(composer, line, "interview", 1, when);
    if (when != NULL && where != NULL)
        say_text(composer, line, ". ");
    if (where != NULL)
        say_format(composer, line, "source", 1,
                   linked ? say_link(composer, portrait->source, where) : where);
}

static void add_source(struct composer *composer, struct node *body,
                       const struct portrait *portrait)
{
    if (portrait->date != NULL || portrait->source != NULL)
        say_source(composer, add_own_line(composer, body, ROLE_SOURCE, portrait), portrait);
}

static struct part *add_portrait(struct composer *composer, const struct portrait *portrait,
                                 const struct part *parent)
{
    struct part *part = compose_part(composer, PART_PORTRAIT, portrait->id, portrait->name,
                                     portrait->language);

    part->portrait = portrait;
    part->parent = parent;
    part->notes = portrait->notes;
    part->note_count = portrait->note_count;
    part->body->at = portrait->at;
    add_opening(composer, part->body, portrait);
    if (portrait->introduction != NULL && portrait->introduction->first != NULL) {
        portrait->introduction->role = ROLE_INTRODUCTION;
        node_append(part->body, portrait->introduction);
    }
    for (size_t i = 0; i < portrait->question_count; i++)
        add_question(composer, part->body, &portrait->questions[i]);
    add_source(composer, part->body, portrait);
    return part;
}

/* ---- The contact page ------------------------------------------------------------------ */

static void add_code(struct composer *composer, struct node *terms, const struct contact *contact,
                     const char *label)
{
    struct node *code = say_node(composer, terms, NODE_SQUARE_CODE, ROLE_NONE);

    code->text = contact->url;
    code->alt = strings_format(composer->arena, composer->book->strings, "code-alt", 2, label,
                               contact->handle != NULL ? contact->handle
                                                       : say_address(composer, contact->url));
}

/* A contact's terms; true when a square was added. */
static bool add_contact(struct composer *composer, struct node *terms,
                        const struct contact *contact, bool wants_code)
{
    struct node *detail, *link = say_contact(composer, contact);

    say_line(composer, terms, NODE_TERM, ROLE_NONE, say_label(composer, contact));
    detail = say_node(composer, terms, NODE_DETAIL, ROLE_NONE);
    if (link != NULL)
        node_append(detail, link);
    if (contact->note != NULL) {
        if (link != NULL)
            say_node(composer, detail, NODE_LINE_BREAK, ROLE_NONE);
        say_text(composer, detail, contact->note);
    }
    if (!wants_code || contact->url == NULL || !g_str_has_prefix(contact->url, "http"))
        return false;
    add_code(composer, terms, contact, say_label(composer, contact));
    return true;
}

static void add_contacts(struct composer *composer, struct node *body,
                         const struct portrait *portrait)
{
    struct node *terms;
    int codes = 0;

    if (portrait->contact_count == 0)
        return;
    terms = say_node(composer, body, NODE_TERMS, ROLE_CONTACTS);
    for (size_t i = 0; i < portrait->contact_count; i++)
        codes += add_contact(composer, terms, &portrait->contacts[i], codes < MOST_CODES);
}

/* A section under a heading, and in it an empty list. */
static struct node *add_list(struct composer *composer, struct node *body, enum role role,
                             const char *key)
{
    struct node *section = say_node(composer, body, NODE_SECTION, role), *list;

    say_heading(composer, section, 2, say_word(composer, key));
    list = say_node(composer, section, NODE_LIST, ROLE_NONE);
    list->tight = true;
    return list;
}

static struct node *add_item(struct composer *composer, struct node *list, enum role role)
{
    struct node *item = say_node(composer, list, NODE_ITEM, role);

    return say_node(composer, item, NODE_PARAGRAPH, ROLE_NONE);
}

static void add_accounts(struct composer *composer, struct node *body,
                         const struct portrait *portrait)
{
    struct node *list;

    if (portrait->account_count == 0)
        return;
    list = add_list(composer, body, ROLE_ACCOUNTS, "accounts");
    for (size_t i = 0; i < portrait->account_count; i++) {
        const char *account = portrait->accounts[i];
        struct node *line = add_item(composer, list, ROLE_NONE);

        if (address_is_sound(account))
            node_append(line, say_link(composer, account,
                                       node_text(composer->arena,
                                                 say_address(composer, account))));
        else if (account[0] == '@')
            node_append(line, say_handle(composer, account));
        else
            say_text(composer, line, account);
    }
}

static void add_recommended(struct composer *composer, struct node *body,
                            const struct portrait *portrait)
{
    struct node *list;

    if (portrait->reading_count == 0)
        return;
    list = add_list(composer, body, ROLE_RECOMMENDS, "recommends");
    for (size_t i = 0; i < portrait->reading_count; i++)
        say_title(composer, add_item(composer, list, ROLE_READING_ENTRY), portrait->reading[i]);
}

static void add_contact_page(struct composer *composer, const struct part *parent)
{
    const struct portrait *portrait = parent->portrait;
    struct part *part;

    if (portrait->contact_count + portrait->account_count + portrait->reading_count == 0)
        return;
    part = compose_part(composer, PART_CONTACT,
                        compose_id(composer, arena_printf(composer->arena, "%s-contact",
                                                          portrait->id)),
                        strings_format(composer->arena, composer->book->strings, "follow", 1,
                                       portrait->name),
                        composer->book->language);
    part->portrait = portrait;
    part->parent = parent;
    say_heading(composer, part->body, 1, part->title);
    add_contacts(composer, part->body, portrait);
    add_accounts(composer, part->body, portrait);
    add_recommended(composer, part->body, portrait);
}

/* ---- Their order ------------------------------------------------------------------------ */

static void add_both(struct composer *composer, const struct portrait *portrait,
                     const struct part *division)
{
    add_contact_page(composer, add_portrait(composer, portrait, division));
}

/* The portraits of DIVISION, each taken out of LEFT. */
static void add_division(struct composer *composer, const struct division *division,
                         GHashTable *left)
{
    char *slug = slug_new(composer->arena, division->title);
    const char *id = compose_id(composer, arena_printf(composer->arena, "part-%s", slug));
    struct part *part = compose_part(composer, PART_DIVISION, id, division->title,
                                     composer->book->language);

    say_heading(composer, part->body, 1, division->title);
    for (size_t i = 0; i < division->id_count; i++) {
        const struct portrait *portrait = g_hash_table_lookup(left, division->ids[i]);

        if (portrait != NULL)
            add_both(composer, portrait, part);
        g_hash_table_remove(left, division->ids[i]);
    }
}

static GHashTable *index_portraits(const struct book *book)
{
    GHashTable *table = g_hash_table_new(g_str_hash, g_str_equal);

    for (size_t i = 0; i < book->portrait_count; i++)
        g_hash_table_insert(table, (gpointer)(uintptr_t)book->portraits[i]->id,
                            book->portraits[i]);
    return table;
}

/* Portraits that are in no division come behind them. */
void compose_portraits(struct composer *composer)
{
    const struct book *book = composer->book;
    GHashTable *divided = g_hash_table_new(g_str_hash, g_str_equal);
    GHashTable *left = index_portraits(book);

    for (size_t i = 0; i < book->division_count; i++)
        for (size_t j = 0; j < book->divisions[i].id_count; j++)
            g_hash_table_add(divided, (gpointer)(uintptr_t)book->divisions[i].ids[j]);
    for (size_t i = 0; i < book->division_count; i++)
        add_division(composer, &book->divisions[i], left);
    for (size_t i = 0; i < book->portrait_count; i++)
        if (!g_hash_table_contains(divided, book->portraits[i]->id))
            add_both(composer, book->portraits[i], NULL);
    g_hash_table_destroy(left);
    g_hash_table_destroy(divided);
}
