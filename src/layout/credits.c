/* Families of a style that a book's text needs, as lines for its colophon. A
 * family of which the file knows nothing is named alone. */
#include "layout/credits.h"
#include "base/file.h"
#include "book/yaml.h"
#include "layout/fonts.h"

#include <string.h>

enum { BOLD = 700 };

/* What stands in the text of a book. */
struct needs { bool strong, code; };

static void look_at(const struct node *root, struct needs *needs)
{
    for (const struct node *node = root; node != NULL; node = node_next(node, root)) {
        needs->strong |= node->kind == NODE_STRONG;
        needs->code |= node->kind == NODE_CODE || node->kind == NODE_CODE_BLOCK;
    }
}

static void look_at_notes(const struct note *notes, size_t count, struct needs *needs)
{
    for (size_t i = 0; i < count; i++)
        look_at(notes[i].body, needs);
}

static void look_at_pages(const struct page *pages, size_t count, struct needs *needs)
{
    for (size_t i = 0; i < count; i++) {
        look_at(pages[i].body, needs);
        look_at_notes(pages[i].notes, pages[i].note_count, needs);
    }
}

static struct needs needs_of(const struct book *book)
{
    struct needs needs = {0};

    for (size_t i = 0; i < book->portrait_count; i++) {
        const struct portrait *portrait = book->portraits[i];

        look_at(portrait->introduction, &needs);
        look_at_notes(portrait->notes, portrait->note_count, &needs);
        for (size_t j = 0; j < portrait->question_count; j++) {
            look_at(portrait->questions[j].heading, &needs);
            look_at(portrait->questions[j].answer, &needs);
        }
    }
    look_at_pages(book->front, book->front_count, &needs);
    look_at_pages(book->back, book->back_count, &needs);
    return needs;
}

/* "Lato (Łukasz Dziedzic), SIL Open Font License 1.1" */
static const char *credit(struct arena *arena, const struct yaml *known, const char *family)
{
    const struct yaml *entry = yaml_lookup(known, family);
    const char *by = NULL, *licence = NULL;

    yaml_string(entry, "by", &by);
    yaml_string(entry, "licence", &licence);
    return arena_printf(arena, "%s%s%s%s%s%s", family, by == NULL ? "" : " (",
                        by == NULL ? "" : by, by == NULL ? "" : ")",
                        licence == NULL ? "" : ", ", licence == NULL ? "" : licence);
}

static void add(struct book *book, const struct yaml *known, const char *family)
{
    const char *line = credit(book->arena, known, family);

    for (size_t i = 0; i < book->font_count; i++)
        if (strcmp(book->fonts[i], line) == 0)
            return;
    book->fonts[book->font_count++] = line;
}

bool credits_set(struct book *book, const struct style *style)
{
    char *path = path_join(book->arena, style->data, "fonts/licences.yaml");
    const struct yaml *known = file_exists(path) ? yaml_load(book->arena, path) : NULL;
    const char *code = style->code.family;
    struct needs needs = needs_of(book);

    if (file_exists(path) && (known == NULL || !yaml_expect(known, YAML_MAP, "the licences")))
        return false;
    book->fonts = ARENA_ARRAY(book->arena, style->family_count + 2, const char *);
    book->font_count = 0;
    add(book, known, style->body.family);
    if (needs.strong)
        add(book, known, fonts_cut(style->body.family, style->body.size, BOLD));
    for (size_t i = 0; i < style->family_count; i++)
        if (needs.code || code == NULL || strcmp(style->families[i].family, code) != 0)
            add(book, known, style->families[i].family);
    return true;
}
