/* The text of a part as an XHTML document. */
#ifndef EPUB_XHTML_H
#define EPUB_XHTML_H

#include "epub/rendition.h"

extern const char xhtml_media_type[];

/* Appends the document of PART to OUT. Marks the page breaks of the part as
 * written; reads nothing else that another part's call writes, so parts can be
 * written in parallel. False when libxml2 failed. */
bool xhtml_write(const struct rendition *rendition, const struct part *part, struct buf *out);

/* The start of any XHTML document of the book, up to and with the opened body,
 * for the navigation document too. STYLESHEET is its address, or NULL. */
struct xml;
struct xml *xhtml_start(const char *language, const char *title, const char *stylesheet);

#endif
