/* The writer of one part's document: what the writers of blocks and of inlines
 * share. A row of its table says how each kind of node is written, the
 * vocabulary what its role adds. */
#ifndef EPUB_WRITER_H
#define EPUB_WRITER_H

#include "epub/rendition.h"
#include "epub/xml.h"

struct writer {
    const struct rendition *rendition;
    const struct part *part;
    struct xml *xml;
    struct arena *arena;        /* of this document alone */
    struct buf address;
    const struct note *note;            /* the one being written, and its last */
    const struct node *last_of_note;    /* paragraph, which takes the way back */
};

/* Writes NODE as ELEMENT, the usual name of its kind. */
typedef void write_kind(struct writer *writer, const struct node *node, const char *element);

void writer_node(struct writer *writer, const struct node *node);
void writer_children(struct writer *writer, const struct node *node);
/* The same for a node that stands where its kind does not expect it: no breaks
 * before it, no line of its own. */
void writer_bare(struct writer *writer, const struct node *node);
bool writer_holds_blocks(const struct node *node);

/* Opens ELEMENT, or the one the vocabulary has for the node's role, with role,
 * class, id and language. */
void writer_open(struct writer *writer, const struct node *node, const char *element);
/* Only classes that the style knows are written. */
void writer_class(struct writer *writer, const char *class);
/* Labels that are heard are in the book's language; NULL where that is AROUND. */
const char *writer_label_language(struct writer *writer, const char *around);

/* A page break, as a block or within a line; once. */
void writer_break(struct writer *writer, struct page_break *mark, bool block);
/* Those right at the start of NODE itself. */
void writer_breaks_of(struct writer *writer, const struct node *node, bool block);
/* Those at the very start of NODE, however deep, before it. */
void writer_breaks_before(struct writer *writer, const struct node *node);
/* Those of the part itself, at its start or its end; at its end also what found
 * no place, so that no page is ever lost. */
void writer_breaks_of_part(struct writer *writer, bool at_end);

#endif
