/* Writing XML: a thin layer over libxml2's writer that holds the document in
 * memory, escapes, and keeps what XML cannot hold out of it. Line breaks are
 * written where the caller asks, never guessed: in running text a space counts. */
#ifndef EPUB_XML_H
#define EPUB_XML_H

#include "base/buf.h"

#include <stdbool.h>
#include <stddef.h>

struct xml;

/* A document that begins with its declaration and, when DOCTYPE is not NULL,
 * `<!DOCTYPE …>` with that text. */
struct xml *xml_new(const char *doctype);

void xml_open(struct xml *xml, const char *element);
/* Of the element just opened; a NULL value writes nothing. */
void xml_attribute(struct xml *xml, const char *name, const char *value);
/* lang and xml:lang, the same; NULL writes nothing. */
void xml_language(struct xml *xml, const char *language);
void xml_text(struct xml *xml, const char *text);
void xml_bytes(struct xml *xml, const char *text, size_t bytes);
/* An element without content closes itself: <br/>. */
void xml_close(struct xml *xml);
/* As xml_close(), but <span></span>: for readers that take XHTML for HTML. */
void xml_close_fully(struct xml *xml);
void xml_newline(struct xml *xml);

/* A whole element with text, on a line of its own. */
void xml_leaf(struct xml *xml, const char *element, const char *text);

/* Ends the document, appends it to OUT and frees. False when libxml2 failed
 * anywhere on the way. */
bool xml_finish(struct xml *xml, struct buf *out);

#endif
