/* What can be asked of laid-out pages: their text form for tests, the place of
 * an id. */
#include "layout/page.h"
#include "base/buf.h"

#include <stdlib.h>
#include <string.h>

/* ---- Lookup ----------------------------------------------------------------------------- */

static int compare_id(const void *id, const void *destination)
{
    return strcmp(id, ((const struct destination *)destination)->id);
}

const struct destination *pages_lookup(const struct pages *pages, const char *id)
{
    if (pages->destination_count == 0)
        return NULL;
    return bsearch(id, pages->destinations, pages->destination_count,
                   sizeof *pages->destinations, compare_id);
}

/* ---- Text form --------------------------------------------------------------------------- */

/* Points with one decimal: enough to see a shift, and stable. */
static void print_dim(struct buf *out, dim d)
{
    int tenths = (int)(((int64_t)d * 10 + (d < 0 ? -DIM_PT / 2 : DIM_PT / 2)) / DIM_PT);

    buf_printf(out, "%s%d.%d", tenths < 0 ? "-" : "", abs(tenths) / 10, abs(tenths) % 10);
}

static void print_place(struct buf *out, dim x, dim y)
{
    print_dim(out, x);
    buf_putc(out, ' ');
    print_dim(out, y);
}

static void print_words(struct buf *out, const struct item *item)
{
    const struct face *face = item->words.word[0].shaped->face;

    buf_printf(out, " %s%s%s ", face->family, face->bold ? " bold" : "",
               face->italic ? " italic" : "");
    print_dim(out, face->size);
    buf_puts(out, " “");
    for (uint32_t i = 0; i < item->words.count; i++) {
        const struct word *word = &item->words.word[i];

        buf_append(out, word->shaped->text, word->shaped->bytes);
        if (word->flags & WORD_SPACE)
            buf_putc(out, ' ');
    }
    buf_puts(out, "”");
}

static void print_item(const struct item *item, struct buf *out)
{
    static const char *const names[] = { "words", "rule", "picture", "matrix", "shape" };

    buf_printf(out, "  %s ", names[item->kind]);
    print_place(out, item->x, item->y);
    if (item->element == ELEMENT_ARTIFACT)
        buf_puts(out, " artifact");
    if (item->kind == ITEM_WORDS && item->words.count > 0) {
        print_words(out, item);
    } else if (item->kind == ITEM_RULE) {
        buf_putc(out, ' ');
        print_place(out, item->rule.width, item->rule.height);
    } else if (item->kind == ITEM_PICTURE) {
        buf_putc(out, ' ');
        print_place(out, item->picture.width, item->picture.height);
    } else if (item->kind == ITEM_MATRIX) {
        buf_printf(out, " %d modules ", item->matrix.modules);
        print_dim(out, item->matrix.side);
    } else if (item->kind == ITEM_SHAPE) {
        buf_printf(out, " %u steps", item->shape.count);
    }
    buf_putc(out, '\n');
}

static void print_link(const struct link *link, struct buf *out)
{
    buf_puts(out, "  link ");
    print_place(out, link->x, link->y);
    buf_putc(out, ' ');
    print_place(out, link->width, link->height);
    buf_printf(out, " %s%s\n", link->url != NULL ? "" : "#",
               link->url != NULL ? link->url : link->target != NULL ? link->target : "");
}

static void print_page(const struct pages *pages, uint32_t number, struct buf *out)
{
    const struct laid_page *page = &pages->page[number];
    const struct page_start *start = &pages->starts[number];

    buf_printf(out, "page %s %s%s%s", page->label,
               page->part == NULL ? "-" : part_kind_name(page->part->kind),
               page->opening ? " opening" : "", page->blank ? " blank" : "");
    if (start->node != NULL)
        buf_printf(out, " from %s +%zu", node_kind_name(start->node->kind), start->offset);
    buf_putc(out, '\n');
    for (uint32_t i = 0; i < page->item_count; i++)
        print_item(&page->items[i], out);
    for (uint32_t i = 0; i < page->link_count; i++)
        print_link(&page->links[i], out);
}

void pages_print(const struct pages *pages, struct buf *out)
{
    for (uint32_t i = 0; i < pages->count; i++)
        print_page(pages, i, out);
    for (uint32_t i = 0; i < pages->bookmark_count; i++)
        buf_printf(out, "bookmark %d %s %s\n", pages->bookmarks[i].level,
                   pages->page[pages->bookmarks[i].page].label, pages->bookmarks[i].title);
    for (uint32_t i = 0; i < pages->destination_count; i++) {
        const struct destination *destination = &pages->destinations[i];

        buf_printf(out, "destination %s %s ", destination->id,
                   pages->page[destination->page].label);
        print_dim(out, destination->y);
        buf_putc(out, '\n');
    }
}
