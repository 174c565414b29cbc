/* The sequence of the book: from people and titles to parts, each a tree of
 * nodes that says every word the book prints, but page numbers. What comes in
 * is a loaded book; what goes out is book->parts. A part with nothing to say is
 * left out. Page numbers are NODE_PAGE_REF nodes, for the layout to fill in. */
#ifndef BOOK_COMPOSE_H
#define BOOK_COMPOSE_H

#include "book/book.h"

void compose(struct book *book);

#endif
