/* The front of the cover: the editor's picture over the whole of it, or drawn:
 * title and subtitle in balanced lines, a mosaic of the portraits, the editors
 * and the publisher. Sizes follow the width asked for. */
#include "layout/cover.h"

#include <stdlib.h>
#include <string.h>

struct text_style *cover_style(struct cover *cover, enum role role, dim size, dim leading)
{
    const struct style *style = cover->layout->style;
    struct text_style *own = ARENA_NEW(cover->layout->arena, struct text_style);

    *own = *role_style(style, role, &style->body);
    own->size = size;
    own->leading = leading;
    own->align = ALIGN_LEFT;
    own->hyphenate = false;
    own->indent = own->left = own->right = 0;
    own->ink = cover->palette.text;
    return own;
}

struct set_text cover_words(struct cover *cover, const char *words,
                                 const struct text_style *style, dim room)
{
    struct tone tone = { .style = style, .lang = cover->layout->book->language };

    tone.element = galley_element(cover->flow->galley, ELEMENT_P, 0);
    return text_made(cover->flow, words, tone, room);
}

/* Is a word of it parted, at a hyphen of its own? */
static bool is_parted(const struct set_text *text)
{
    for (int i = 0; i < text->setting.count; i++)
        if (text->setting.line[i].hyphenated)
            return true;
    return false;
}

struct set_text cover_balanced(struct cover *cover, const char *words,
                                    const struct text_style *style, dim room)
{
    struct set_text text = cover_words(cover, words, style, room), narrower;
    dim low = room / 2, high = room;

    if (text.setting.count < 2)
        return text;
    while (high - low > DIM_OF_PT(4)) {
        dim middle = low + (high - low) / 2;

        narrower = cover_words(cover, words, style, middle);
        if (narrower.setting.count <= text.setting.count && text_extent(&narrower) <= middle
            && (is_parted(&text) || !is_parted(&narrower))) {
            text = narrower;
            high = middle;
        } else {
            low = middle;
        }
    }
    return text;
}

/* As large as lets every word stand whole, within four lines; only a word that
 * would make it small is parted at its hyphen. */
static struct set_text set_title(struct cover *cover)
{
    dim room = cover->width - 2 * cover->margin, size = cover->width / 7;
    dim parting = size * 2 / 3, least = cover->width / 30;
    struct set_text text;

    for (;; size = size * 9 / 10) {
        const struct text_style *style = cover_style(cover, ROLE_TITLE, size, size * 21 / 20);
        bool fits;

        text = cover_words(cover, cover->layout->book->title, style, room);
        fits = text.setting.count <= 4 && text_extent(&text) <= room;
        if ((fits && (size < parting || !is_parted(&text))) || size < least)
            return cover_balanced(cover, cover->layout->book->title, style, room);
    }
}

static dim put_subtitle(struct cover *cover, dim y)
{
    const char *subtitle = cover->layout->book->subtitle;
    dim size = cover->width / 21;
    struct set_text text;

    if (subtitle == NULL)
        return y;
    text = cover_balanced(cover, subtitle, cover_style(cover, ROLE_SUBTITLE, size, size * 13 / 10),
                        cover->width - 2 * cover->margin);
    y = text_put(cover->flow, &text, cover->margin, y + size * 8 / 10, cover->making);
    return y;
}

char *cover_names(const struct cover *cover)
{
    const struct book *book = cover->layout->book;
    struct buf text = {0};
    char *names;

    for (size_t i = 0; i < book->editor_count; i++)
        buf_printf(&text, i > 0 ? ", %s" : "%s", book->editors[i]);
    if (book->editor_count == 0 && book->publisher.name != NULL)
        buf_puts(&text, book->publisher.name);
    names = arena_strdup(cover->layout->arena, buf_text(&text));
    buf_free(&text);
    return names;
}

/* The editors' names at the foot; returns the upper edge of what they take. */
static dim put_names(struct cover *cover)
{
    const char *names = cover_names(cover);
    dim size = cover->width / 26, leading = size * 13 / 10;
    dim y = cover->height - cover->margin;
    struct set_text text;

    if (names[0] == '\0')
        return cover->height - cover->margin;
    text = cover_balanced(cover, names, cover_style(cover, ROLE_EDITOR, size, leading),
                        cover->width - 2 * cover->margin);
    y -= (text.setting.count - 1) * leading;
    text_put(cover->flow, &text, cover->margin, y, cover->making);
    return y - leading * 3 / 2;
}

static void draw(struct cover *cover)
{
    struct set_text title;
    dim y, foot, side = (cover->width - 2 * cover->margin) / 6;

    rule_put(cover->making, 0, 0, cover->width, cover->height, cover->palette.paper);
    title = set_title(cover);
    y = cover->margin + title.style->size * 8 / 10;
    y = text_put(cover->flow, &title, cover->margin, y, cover->making);
    y = put_subtitle(cover, y - title.style->leading + title.style->size / 4 + cover->width / 28);
    foot = put_names(cover);
    y = foot - (foot - y) / side * side;
    if (foot > y)
        pattern_put(cover->layout->book, &cover->palette, cover->layout->arena, cover->margin, y,
                    side * 6, foot - y, cover->making);
}

/* The editor's own picture, cropped to the page. */
static void put_picture(struct cover *cover)
{
    const struct picture *picture = cover->layout->book->cover;
    uint32_t element = galley_element(cover->flow->galley, ELEMENT_FIGURE, 0);

    cover->flow->galley->elements.item[element].alt
        = picture->alt == NULL ? cover->layout->book->title : picture->alt;
    photo_put(cover->making, picture, element, 0, 0, cover->width, cover->height);
}

static void *seal(struct arena *arena, void *list, size_t count, size_t size)
{
    void *copy = arena_array(arena, count, size);

    if (count > 0)
        memcpy(copy, list, count * size);
    free(list);
    return copy;
}

void cover_pages(struct cover *cover, struct pages *pages)
{
    struct layout *layout = cover->layout;
    struct galley *galley = cover->flow->galley;
    struct laid_page *page = ARENA_NEW(layout->arena, struct laid_page);

    page->item_count = (uint32_t)cover->making->items.count;
    page->items = seal(layout->arena, cover->making->items.item, page->item_count,
                       sizeof *page->items);
    page->label = "C1";
    page->opening = true;
    free(cover->making->links.item);
    *pages = (struct pages){ .width = cover->width, .height = cover->height, .page = page,
                             .count = 1, .title = layout->book->title,
                             .language = layout->book->language };
    pages->element_count = (uint32_t)galley->elements.count;
    pages->elements = seal(layout->arena, galley->elements.item, galley->elements.count,
                           sizeof *pages->elements);
    galley->elements.item = NULL;
    pages->starts = ARENA_NEW(layout->arena, struct page_start);
    faces_number(layout, pages);
}

const struct pages *layout_cover(struct layout *layout, dim width, dim height)
{
    struct galley galley = { .columns = 1, .column = width };
    struct flow flow = worker_flow(layout, 0, &galley, layout->arena);
    struct making making = {0};
    struct cover cover = { .layout = layout, .flow = &flow, .making = &making,
                           .palette = palette_of(layout->book), .width = width,
                           .height = height, .margin = width / 12 };

    galley_element(&galley, ELEMENT_DOCUMENT, 0);
    galley.elements.item[0].lang = layout->book->language;
    if (layout->book->cover != NULL && layout->book->cover->width > 0)
        put_picture(&cover);
    else
        draw(&cover);
    cover_pages(&cover, &layout->cover);
    galley_clear(&galley);
    return &layout->cover;
}
