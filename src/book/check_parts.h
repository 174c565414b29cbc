/* The parts of the preflight, for check.c. Each tells by check_tell(). */
#ifndef BOOK_CHECK_PARTS_H
#define BOOK_CHECK_PARTS_H

#include "book/book.h"

/* A diagnostic of the named rule, with the gravity its table says. */
void check_tell(const char *rule, struct place at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* A tree of text: signs, quotes, marks left over, residue, long paragraphs,
 * hidden questions, pictures. */
void check_text(struct arena *scratch, const struct node *root);

/* Pictures of print: alternative text and size. */
void check_picture(const struct picture *picture);

/* Names, handles and titles across the whole book. */
void check_names(struct arena *scratch, const struct book *book);
void check_handles(struct arena *scratch, const struct book *book);
void check_titles(struct arena *scratch, const struct book *book);

/* Contacts and addresses that lead to networks that are gone. */
void check_addresses(const struct book *book);

/* Does the text of a portrait look like its language? */
void check_language_fits(struct arena *scratch, const struct portrait *portrait);

/* What only the source shows: normal form, spacing. And files of portraits/
 * that are not in the book. */
void check_source(struct arena *scratch, const char *path);
void check_files(struct arena *scratch, const struct book *book);

#endif
