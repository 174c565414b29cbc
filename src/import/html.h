/* HTML to blocks: whole pages as they were saved, or pieces of content. */
#ifndef IMPORT_HTML_H
#define IMPORT_HTML_H

#include "import/block.h"

#include <stdint.h>

/* Appends the blocks of a page, what is not its article marked as furniture,
 * and takes title, date, language, address and site from its head. False after
 * an error: nested too deep. */
bool html_read(struct article *article, const char *text, size_t bytes);

/* Appends the blocks of a piece whose first line is LINE of the source. With
 * POSITIONS lines come from data-sourcepos attributes. */
bool html_read_piece(struct article *article, const char *text, size_t bytes, int line,
                     bool positions);

/* ---- Shared with html_page.c ------------------------------------------------ */

enum hint {
    HINT_NONE, HINT_MAIN, HINT_FURNITURE,
    HINT_COMMENTS           /* furniture whatever its size */
};

struct container {
    uint32_t parent;
    enum hint hint;
    size_t weight, own;
    bool list;              /* a list or an item: part of an article, never all of it */
};

/* What a page says of itself. */
struct page_facts {
    const char *title, *og_title, *site, *og_image, *date, *link;
};

typedef VEC(struct container) container_list;

/* Chooses the container that holds the article; what stands outside it becomes
 * furniture, the heading that is its title aside. */
void page_choose(struct article *article, container_list *containers,
                 const struct page_facts *facts);

#endif
