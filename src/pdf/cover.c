/* The sheet of a cover: one ground as far as the bleed, on it the back, the
 * spine, and the front. Or front and back as pages. */
#include "pdf/cover.h"
#include "pdf/sheet.h"

#include <string.h>

enum { BACK, SPINE, FRONT, PARTS };

dim cover_spine(const struct book *book, uint32_t pages)
{
    double caliper = book->paper.caliper > 0 ? book->paper.caliper : 0.1;

    return DIM_OF_MM((pages + 1) / 2 * caliper);
}

/* Which way a spine reads: up in the Latin countries and in Germany, else down. */
static int turn_of(const struct book *book)
{
    static const char *const up[] = { "fr", "it", "es", "pt", "ca", "ro", "de" };

    for (size_t i = 0; i < sizeof up / sizeof *up; i++)
        if (strncmp(book->language, up[i], 2) == 0)
            return -1;
    return 1;
}

static struct item ground_of(const struct jacket *jacket, dim width, dim height)
{
    const dim bleed = COVER_BLEED;

    return (struct item){ .kind = ITEM_RULE, .element = ELEMENT_ARTIFACT, .x = -bleed,
                          .y = -bleed, .ink = jacket->paper,
                          .rule = { width + 2 * bleed, height + 2 * bleed } };
}

static struct placed front_of(const struct jacket *jacket, dim x)
{
    const struct pages *front = &jacket->front;

    return (struct placed){ .page = front->page, .x = x, .y = -jacket->front_bleed,
                            .width = front->width, .height = front->height, .scale = 1 };
}

/* The printed file has an even number of pages, and so has the book. */
bool cover_write(struct publish *out, const struct book *book, struct layout *layout,
                 struct pool *pool)
{
    const struct pages *pages = layout_pages(layout);
    dim spine = cover_spine(book, pages->count), width = pages->width, bleed = COVER_BLEED;
    const struct jacket *jacket = layout_jacket(layout, spine, bleed);
    struct sheets *sheets = sheets_blank(pages, 1, 2 * width + spine, pages->height, bleed);
    const struct item ground = ground_of(jacket, 2 * width + spine, pages->height);
    const struct laid_page ground_page = { .items = &ground, .item_count = 1 };
    const struct placed placed[PARTS] = {
        [BACK] = { .page = jacket->back.page, .scale = 1 },
        [SPINE] = { .page = jacket->spine.page, .x = width, .width = jacket->spine.width,
                    .height = jacket->spine.height, .scale = 1, .quarter = turn_of(book) },
        [FRONT] = front_of(jacket, width + spine),
    };
    bool done;

    sheets->sheet[0].page = &ground_page;
    sheets->sheet[0].placed = placed;
    sheets->sheet[0].placed_count = PARTS;
    done = sheets_write(out, book, sheets, PDF_PRINT_COLOUR, pool);
    sheets_free(sheets);
    return done;
}

bool cover_write_pages(struct publish *out, const struct book *book, struct layout *layout,
                       struct pool *pool)
{
    const struct pages *pages = layout_pages(layout);
    const struct jacket *jacket = layout_jacket(layout, 0, COVER_BLEED);
    struct sheets *sheets = sheets_blank(pages, 2, pages->width, pages->height, COVER_BLEED);
    const struct item ground = ground_of(jacket, pages->width, pages->height);
    const struct laid_page ground_page = { .items = &ground, .item_count = 1 };
    const struct placed front = front_of(jacket, 0);
    const struct placed back = { .page = jacket->back.page, .scale = 1 };
    bool done;

    sheets->sheet[0].placed = &front;
    sheets->sheet[1].placed = &back;
    for (int i = 0; i < 2; i++) {
        sheets->sheet[i].page = &ground_page;
        sheets->sheet[i].placed_count = 1;
    }
    done = sheets_write(out, book, sheets, PDF_PRINT_COLOUR, pool);
    sheets_free(sheets);
    return done;
}
