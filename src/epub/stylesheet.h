/* The style's epub.css: which classes it knows, and, once the text is written,
 * the same sheet without the rules that nothing in this book answers to. */
#ifndef EPUB_STYLESHEET_H
#define EPUB_STYLESHEET_H

#include "base/arena.h"
#include "base/buf.h"

#include <stdbool.h>
#include <stddef.h>

struct stylesheet;

/* NULL after an error, told by diag() with its line: braces or strings that are not
 * closed, or something taken from elsewhere. */
struct stylesheet *stylesheet_load(struct arena *arena, const char *path);
void stylesheet_free(struct stylesheet *sheet);

bool stylesheet_has_class(const struct stylesheet *sheet, const char *name);

/* Is FAMILY named, in quotes, in a declaration of the sheet? */
bool stylesheet_has_family(const struct stylesheet *sheet, const char *family);

/* Finds out which selectors something in the finished documents answers to, and
 * takes from them the class attributes that are in none of these. An element has
 * one class at most. */
void stylesheet_apply(struct stylesheet *sheet, struct buf *const *documents, size_t count);

/* Appends the sheet: no comments, only selectors that something answered
 * to, no rule or @media block without content. */
void stylesheet_write(const struct stylesheet *sheet, struct buf *out);

#endif
