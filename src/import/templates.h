/* What a site's own program fills in before it reads the Markdown: Liquid's
 * {% include %} and {{ site.url }}, Hugo's {{< figure >}}, kramdown's {: .note},
 * captions that came along from WordPress. */
#ifndef IMPORT_TEMPLATES_H
#define IMPORT_TEMPLATES_H

#include "import/block.h"

/* Appends TEXT to OUT, line for line, without them: one that names a picture
 * becomes it, one that is an address its path; others are taken off and named in
 * ARTICLE's remarks, what they enclose stays. LINE is the text's first. */
void templates_fill(struct buf *out, struct article *article, const char *text, size_t bytes,
                    int line);

#endif
