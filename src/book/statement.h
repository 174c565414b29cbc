/* What the book says of its editions, in its own words: "Second edition,
 * revised and enlarged". For the parts and for the metadata of both books. */
#ifndef BOOK_STATEMENT_H
#define BOOK_STATEMENT_H

#include "book/book.h"

/* Of the edition being built, enlarged only when portraits are new in it, revised
 * only when some were changed; NULL before the first edition. In the arena. */
const char *statement_of_edition(struct arena *arena, const struct book *book);

/* "Second edition, 14 May 2012" of any edition of the ledger. */
const char *statement_line(struct arena *arena, const struct book *book,
                           const struct edition *edition);

/* "2nd printing, June 2013". */
const char *statement_of_printing(struct arena *arena, const struct book *book,
                                  const struct printing *printing);

#endif
