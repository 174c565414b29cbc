/* The contacts of all portraits as vCards 4.0 (RFC 6350), for an address book:
 * a card for each person who can be found somewhere. */
#ifndef BOOK_VCARD_H
#define BOOK_VCARD_H

#include "base/buf.h"
#include "book/book.h"

/* Appends the cards in the book's order; nothing when nobody has a contact. */
void vcard_write(const struct book *book, struct buf *out);

#endif
