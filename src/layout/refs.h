/* References to pages: which label the page of an id has, as far as known. */
#ifndef LAYOUT_REFS_H
#define LAYOUT_REFS_H

#include "base/arena.h"
#include "book/book.h"

#include <stdbool.h>
#include <stdint.h>

struct refs;

struct refs *refs_new(void);
void refs_free(struct refs *refs);

/* Says that ID stands on PAGE, whose label is LABEL (borrowed). */
void refs_set(struct refs *refs, const char *id, uint32_t page, const char *label);

/* The label of the page of ID, "0" while it is not known; the page in *PAGE
 * when PAGE is not NULL. */
const char *refs_label(const struct refs *refs, const char *id, uint32_t *page);

/* The page references below NODE, each page once, runs of three pages and more
 * joined: "12, 14–16". In ARENA. */
char *refs_ranges(const struct refs *refs, struct arena *arena, const struct node *node);

/* Does the text below NODE depend on page labels? */
bool refs_needed(const struct node *node);

/* All labels below NODE in one string, to see whether they changed. */
char *refs_signature(const struct refs *refs, struct arena *arena, const struct node *node);

#endif
