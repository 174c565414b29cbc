/* Who a book is, in names that change with the edition and with nothing else:
 * shared by the PDF, which carries its own, and the EPUB, whose page list names
 * the PDF's. */
#ifndef BOOK_IDENTIFIER_H
#define BOOK_IDENTIFIER_H

#include "book/book.h"

/* A UUID made from a name in the space of another (RFC 9562, version 5), as a
 * URN. SPACE is a URN too; one that is no UUID counts as bytes. In the arena. */
const char *identifier_uuid(struct arena *arena, const char *space, const char *name);

/* The thirteen digits of an ISBN as a person writes it; NULL of NULL. */
const char *identifier_isbn(struct arena *arena, const char *written);

/* Of this edition of the e-book: a UUID of the work's space. */
const char *identifier_of_epub(struct arena *arena, const struct book *book);

/* Of this edition in print and as PDF: "urn:isbn:…" when the ledger has one for
 * print, else a UUID. */
const char *identifier_of_print(struct arena *arena, const struct book *book);

#endif
