/* Addresses within a text: each is given once, so that links and bookmarks of
 * one edition lead to the same place in the next. */
#ifndef BOOK_ANCHOR_H
#define BOOK_ANCHOR_H

#include "book/book.h"

#include <glib.h>

/* WANTED, or the first of WANTED-2, WANTED-3 … that TAKEN has not, which then has
 * it. TAKEN maps strings, borrowed, to what anchor_take() counts in it. */
const char *anchor_take(struct arena *arena, GHashTable *taken, const char *wanted);

/* The words that were written as {#words} behind headings below ROOT, which may
 * be NULL, become addresses of the text ID: "ID-q-words". */
void anchor_headings(struct arena *arena, GHashTable *taken, const char *id,
                     struct node *root);

#endif
