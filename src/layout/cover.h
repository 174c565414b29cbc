/* What the drawn parts of a cover share: the front, and for the printer the back
 * and the spine. Internal to the layout. */
#ifndef LAYOUT_COVER_H
#define LAYOUT_COVER_H

#include "layout/job.h"
#include "layout/pattern.h"

struct cover {
    struct layout *layout;
    struct flow *flow;
    struct making *making;
    struct palette palette;
    dim width, height, margin;
};

/* A role's style at another size, flush left, in the cover's ink. */
struct text_style *cover_style(struct cover *cover, enum role role, dim size, dim leading);

struct set_text cover_words(struct cover *cover, const char *words,
                            const struct text_style *style, dim room);

/* The words in the narrowest room that takes no more lines than the widest:
 * lines of like length. */
struct set_text cover_balanced(struct cover *cover, const char *words,
                               const struct text_style *style, dim room);

/* The editors, or without any the publisher; "" for none. */
char *cover_names(const struct cover *cover);

/* What was made as one page of PAGES, its elements under the document. */
void cover_pages(struct cover *cover, struct pages *pages);

#endif
