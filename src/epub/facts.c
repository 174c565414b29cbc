/* Facts drawn from the model and the pages. */
#include "epub/facts.h"

#include "book/forms.h"
#include "book/identifier.h"
#include "book/strings.h"

#include <glib.h>

#include <string.h>

bool facts_is_person(const char *name)
{
    return !g_unichar_islower(g_utf8_get_char(name));
}

const char *facts_inverted(struct arena *arena, const char *name)
{
    return facts_is_person(name) ? form_sort_name(arena, name) : name;
}

static const char *statement_of(struct arena *arena, const struct book *book)
{
    for (size_t i = 0; i < book->part_count; i++) {
        const struct part *part = &book->parts[i];

        if (part->kind != PART_TITLE && part->kind != PART_IMPRINT)
            continue;
        for (const struct node *node = part->body; node != NULL; node = node_next(node, part->body))
            if (node->role == ROLE_EDITION)
                return node_flat(arena, node);
    }
    return NULL;
}

static void add_language(struct facts *facts, struct arena *arena, GHashTable *seen,
                         const char *language)
{
    const char **longer;

    if (language == NULL || !g_hash_table_add(seen, (gpointer)(uintptr_t)language))
        return;
    longer = ARENA_ARRAY(arena, facts->language_count + 1, const char *);
    if (facts->language_count > 0)
        memcpy(longer, facts->languages, facts->language_count * sizeof *longer);
    longer[facts->language_count++] = language;
    facts->languages = longer;
}

/* One walk over all text. */
static void look_through(struct facts *facts, struct arena *arena, const struct book *book)
{
    GHashTable *seen = g_hash_table_new(g_str_hash, g_str_equal);

    facts->described = true;
    add_language(facts, arena, seen, book->language);
    for (size_t i = 0; i < book->part_count; i++) {
        const struct part *part = &book->parts[i];

        add_language(facts, arena, seen, part->language);
        facts->index = facts->index || part->kind == PART_INDEX;
        facts->notes = facts->notes || part->kind == PART_NOTES;
        for (const struct node *node = part->body; node != NULL;
             node = node_next(node, part->body)) {
            add_language(facts, arena, seen, node->lang);
            facts->headings = facts->headings || node->kind == NODE_HEADING;
            if ((node->kind == NODE_FIGURE || node->kind == NODE_IMAGE)
                && (node->alt == NULL || *node->alt == '\0'))
                facts->described = false;
        }
    }
    g_hash_table_destroy(seen);
}

/* Sentences on what is there, and no other. */
static const char *summary_of(struct arena *arena, const struct book *book,
                              const struct facts *facts)
{
    const struct { bool there; const char *key; } sentences[] = {
        { true, "a11y-structure" },
        { facts->page_source != NULL, "a11y-pages" },
        { facts->described, "a11y-pictures" },
        { facts->notes, "a11y-notes" },
        { facts->language_count > 1, "a11y-languages" },
    };
    const char *summary = NULL;

    for (size_t i = 0; i < sizeof sentences / sizeof *sentences; i++) {
        const char *text = strings_text(book->strings, sentences[i].key);

        if (sentences[i].there)
            summary = summary == NULL ? text : arena_printf(arena, "%s %s", summary, text);
    }
    return summary;
}

struct facts facts_of(struct arena *arena, const struct book *book, const struct pages *pages)
{
    const struct edition *edition = book->edition;
    struct facts facts = { .work = book->work, .number = edition == NULL ? 0 : edition->number };

    facts.edition = identifier_of_epub(arena, book);
    facts.isbn_epub = edition == NULL ? NULL : identifier_isbn(arena, edition->isbn_epub);
    facts.isbn_print = edition == NULL ? NULL : identifier_isbn(arena, edition->isbn_print);
    facts.statement = statement_of(arena, book);
    facts.pages = pages == NULL ? 0 : pages->count;
    facts.page_source = facts.pages == 0 ? NULL : identifier_of_print(arena, book);
    look_through(&facts, arena, book);
    facts.summary = summary_of(arena, book, &facts);
    return facts;
}
