/* What the author of a page set off by a class or an inline style, where no
 * element says it: paragraphs of the class "question", a span in red. A class
 * is known by where it comes again, not by its name: when most stretches of one
 * style ask and hardly any others do, they are the questions'. */
#ifndef IMPORT_HTML_STYLE_H
#define IMPORT_HTML_STYLE_H

#include "import/block.h"

#include <libxml/xmlstring.h>

/* While a page is read, the bits of a run's marks above these hold its style. */
enum { STYLE_SHIFT = 8, STYLE_MOST = 0xFFFF };

struct styles;
struct styles *styles_new(void);
void styles_free(struct styles *styles);

/* The number of the style of an element with these ATTRIBUTES that stands in
 * text of the style AROUND; the same as AROUND when they say nothing. TAG: when
 * the element itself is a style, "u"; else NULL. */
unsigned styles_enter(struct styles *styles, unsigned around, const char *tag,
                      const xmlChar **attributes);

/* Takes the styles out of the marks of all blocks from FIRST on; stretches that
 * have the questions' style get MARK_STRONG and MARK_SET_OFF. */
void styles_settle(const struct styles *styles, struct article *article, size_t first);

/* Bold and italics that a style attribute says; NULL says nothing. */
unsigned style_marks(const char *style);

#endif
