/* What gathers the whole book: the directory of contacts, the shared reading
 * list, the notes of the e-book, the history of the editions, the colophon. */
#include "book/collate.h"
#include "book/compose_parts.h"
#include "book/statement.h"

#include <stdlib.h>
#include <string.h>

/* ---- Directory --------------------------------------------------------------------- */

static void add_directory_entry(struct composer *composer, struct node *terms,
                                const struct portrait *portrait)
{
    struct node *term = say_node(composer, terms, NODE_TERM, ROLE_DIRECTORY_ENTRY);

    say_format(composer, term, "entry-page", 2,
               say_reference(composer, portrait->id,
                             node_text(composer->arena, portrait->sort_name)),
               say_page_ref(composer, portrait->id));
    for (size_t i = 0; i < portrait->contact_count; i++) {
        const struct contact *contact = &portrait->contacts[i];
        struct node *link = say_contact(composer, contact);

        if (link == NULL)
            link = node_text(composer->arena, contact->note != NULL ? contact->note : "");
        say_format(composer, say_node(composer, terms, NODE_DETAIL, ROLE_NONE), "contact", 2,
                   node_text(composer->arena, say_label(composer, contact)), link);
    }
}

struct by_surname { const char *key; const struct portrait *portrait; };

static int compare(const void *a, const void *b)
{
    const struct by_surname *one = a, *two = b;
    int order = strcmp(one->key, two->key);

    return order != 0 ? order : strcmp(one->portrait->id, two->portrait->id);
}

/* Those with contacts, by surname; *COUNT of them. */
static struct by_surname *sort_portraits(struct composer *composer, size_t *count)
{
    const struct book *book = composer->book;
    struct by_surname *list = ARENA_ARRAY(composer->arena, book->portrait_count,
                                          struct by_surname);
    struct collator *collator = collator_new(book->language);

    *count = 0;
    for (size_t i = 0; i < book->portrait_count; i++)
        if (book->portraits[i]->contact_count > 0)
            list[(*count)++] = (struct by_surname){
                collator_key(composer->arena, collator, book->portraits[i]->sort_name),
                book->portraits[i]
            };
    collator_free(collator);
    qsort(list, *count, sizeof *list, compare);
    return list;
}

void compose_directory(struct composer *composer)
{
    size_t count;
    const struct by_surname *portraits = sort_portraits(composer, &count);
    struct node *terms;

    if (count == 0)
        return;
    terms = say_node(composer,
                     compose_fixed_part(composer, PART_DIRECTORY,
                                        say_word(composer, "directory"))->body,
                     NODE_TERMS, ROLE_DIRECTORY);
    for (size_t i = 0; i < count; i++)
        add_directory_entry(composer, terms, portraits[i].portrait);
}

/* ---- Reading list -------------------------------------------------------------------- */

static void add_readers(struct composer *composer, struct node *item, const struct title *title)
{
    struct node **names = ARENA_ARRAY(composer->arena, title->reader_count, struct node *);
    struct node *list = say_loose_list(composer);

    if (title->reader_count == 0)
        return;
    for (size_t i = 0; i < title->reader_count; i++) {
        const struct portrait *reader = title->readers[i];

        names[i] = say_loose_list(composer);
        say_format(composer, names[i], "person-page", 2,
                   say_reference(composer, reader->id,
                                 node_text(composer->arena, reader->name)),
                   say_page_ref(composer, reader->id));
    }
    say_list(composer, list, names, title->reader_count);
    say_format(composer, say_node(composer, item, NODE_PARAGRAPH, ROLE_RECOMMENDS),
               "recommended-by", 1, list);
}

static void add_reading_entry(struct composer *composer, struct node *list,
                              const struct title *title)
{
    struct node *item = say_node(composer, list, NODE_ITEM, ROLE_READING_ENTRY);

    item->id = compose_id(composer, arena_printf(composer->arena, "reading-%s",
                                                 slug_new(composer->arena, title->id)));
    say_title(composer, say_node(composer, item, NODE_PARAGRAPH, ROLE_NONE), title);
    if (title->url != NULL)
        node_append(say_node(composer, item, NODE_PARAGRAPH, ROLE_SOURCE),
                    say_link(composer, title->url,
                             node_text(composer->arena, say_address(composer, title->url))));
    add_readers(composer, item, title);
}

void compose_reading_list(struct composer *composer)
{
    const struct book *book = composer->book;
    struct node *list;

    if (book->title_count == 0)
        return;
    list = say_node(composer,
                    compose_fixed_part(composer, PART_READING,
                                       say_word(composer, "reading-list"))->body,
                    NODE_LIST, ROLE_READING);
    for (size_t i = 0; i < book->title_count; i++)
        add_reading_entry(composer, list, &book->titles[i]);
}

/* ---- Notes ------------------------------------------------------------------------------ */

static void add_notes(struct composer *composer, struct node *body, const struct part *part)
{
    struct node *section = say_node(composer, body, NODE_SECTION, ROLE_NONE), *heading, *list;

    if (!say_same_language(part->language, composer->book->language))
        section->lang = part->language;
    heading = say_node(composer, section, NODE_HEADING, ROLE_NONE);
    heading->level = 2;
    node_append(heading, say_reference(composer, part->id,
                                       node_text(composer->arena, part->title)));
    list = say_node(composer, section, NODE_LIST, ROLE_NONE);
    list->ordered = true;
    list->start = 1;
    for (size_t i = 0; i < part->note_count; i++) {
        struct node *item = say_node(composer, list, NODE_ITEM, ROLE_NONE);

        item->note = (struct note *)(uintptr_t)&part->notes[i];
        item->id = part->notes[i].id;
        node_append(item, part->notes[i].body);
    }
}

void compose_notes(struct composer *composer)
{
    size_t count = composer->part_count;
    struct part *notes = NULL;

    for (size_t i = 0; i < count; i++) {
        if (composer->parts[i].note_count == 0)
            continue;
        if (notes == NULL)
            notes = compose_fixed_part(composer, PART_NOTES, say_word(composer, "notes"));
        add_notes(composer, notes->body, &composer->parts[i]);
    }
}

/* ---- History and colophon ------------------------------------------------------------------ */

static void add_edition(struct composer *composer, struct node *body,
                        const struct edition *edition)
{
    struct node *line = say_line(composer, body, NODE_PARAGRAPH, ROLE_HISTORY_ENTRY,
                                 statement_line(composer->arena, composer->book, edition));

    if (edition->note != NULL)
        say_text(composer, line, arena_printf(composer->arena, ". %s", edition->note));
    for (size_t i = 0; i < edition->printing_count; i++) {
        const struct printing *printing = &edition->printings[i];

        line = say_line(composer, body, NODE_PARAGRAPH, ROLE_HISTORY_ENTRY,
                        statement_of_printing(composer->arena, composer->book, printing));
        if (printing->note != NULL)
            say_text(composer, line, arena_printf(composer->arena, ". %s", printing->note));
    }
}

/* Up to the edition being built; a first one without printings has no history. */
void compose_history(struct composer *composer)
{
    const struct book *book = composer->book;
    struct node *body;
    size_t count = 0;

    while (book->edition != NULL && count < book->edition_count
           && book->editions[count].number <= book->edition->number)
        count++;
    if (count == 0 || (count == 1 && book->editions[0].printing_count == 0))
        return;
    body = compose_fixed_part(composer, PART_HISTORY, say_word(composer, "history"))->body;
    for (size_t i = 0; i < count; i++)
        add_edition(composer, body, &book->editions[i]);
}

static void add_sum(struct composer *composer, struct node *body)
{
    const struct book *book = composer->book;
    size_t questions = 0;

    for (size_t i = 0; i < book->portrait_count; i++)
        questions += book->portraits[i]->question_count;
    say_line(composer, body, NODE_PARAGRAPH, ROLE_COLOPHON_LINE,
             strings_format(composer->arena, book->strings, "colophon-content", 3, book->title,
                            strings_count(composer->arena, book->strings, "portraits",
                                          (int)book->portrait_count),
                            strings_count(composer->arena, book->strings, "questions",
                                          (int)questions)));
}

static void add_colophon_line(struct composer *composer, struct node *body, const char *key,
                              const char *text)
{
    say_line(composer, body, NODE_PARAGRAPH, ROLE_COLOPHON_LINE,
             strings_format(composer->arena, composer->book->strings, key, 1, text));
}

void compose_colophon(struct composer *composer)
{
    const struct book *book = composer->book;
    struct node *body = compose_fixed_part(composer, PART_COLOPHON,
                                           say_word(composer, "colophon"))->body;

    add_sum(composer, body);
    if (book->edition != NULL && book->edition->date != NULL)
        add_colophon_line(composer, body, "colophon-date",
                          strings_date(composer->arena, book->strings, book->edition->date));
    for (size_t i = 0; i < book->font_count; i++)
        add_colophon_line(composer, body, "colophon-typeface", book->fonts[i]);
    add_colophon_line(composer, body, "colophon-tool", FLORILEGE_VERSION);
}
