/* What the parts of a book and the roles in its text are called in EPUB: the
 * terms of the EPUB Structural Semantics Vocabulary (epub:type) and of DPUB-ARIA
 * (role), which go together wherever both know the thing. */
#ifndef EPUB_VOCABULARY_H
#define EPUB_VOCABULARY_H

#include "book/book.h"

struct term {
    const char *element;        /* NULL: the usual one of its kind */
    const char *type;           /* epub:type, or NULL */
    const char *aria;           /* role, or NULL */
};

/* Of a part's section. Front and back pages are known by their ids: "preface",
 * "postface". */
struct term vocabulary_part(const struct part *part);

/* Of a node within a part. */
struct term vocabulary_node(const struct node *node);

/* "frontmatter", "bodymatter", "backmatter" or "cover": of the part's body. */
const char *vocabulary_matter(const struct part *part);

/* What the landmark of a part of this kind is called, NULL when it is none. */
const char *vocabulary_landmark(const struct part *part);

#endif
