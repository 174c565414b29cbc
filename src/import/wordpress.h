/* WordPress's own habits of content: no paragraphs but empty lines, shortcodes
 * in brackets. */
#ifndef IMPORT_WORDPRESS_H
#define IMPORT_WORDPRESS_H

#include "import/block.h"

/* Appends a post's content to OUT as HTML, line for line: paragraphs where
 * lines are empty, breaks where they end, captions as figures; other shortcodes
 * are taken off and named in ARTICLE's remarks, what they enclose stays. LINE is
 * the content's first. */
void wordpress_html(struct buf *out, struct article *article, const char *text, size_t bytes,
                    int line);

#endif
