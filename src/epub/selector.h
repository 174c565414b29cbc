/* CSS selectors, as far as a document's elements, classes and their order can
 * answer them: `section.part-title > p + p:first-child`. What stands in brackets
 * or behind a colon is taken as given. */
#ifndef EPUB_SELECTOR_H
#define EPUB_SELECTOR_H

#include "base/arena.h"
#include "base/buf.h"

#include <stdbool.h>
#include <stddef.h>

struct range { const char *at, *end; };

struct selector;

/* TEXT must outlive it; in the arena. */
struct selector *selector_new(struct arena *arena, struct range text);

struct range selector_text(const struct selector *selector);
/* Has an element of any document answered to it? */
bool selector_is_used(const struct selector *selector);

/* Walks a well-formed document in which '<' and '>' stand for tags only, and
 * notes which of the selectors its elements answer to. */
void selector_walk(struct selector **selectors, size_t count, const char *xhtml, size_t bytes);

#endif
