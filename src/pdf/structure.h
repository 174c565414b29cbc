/* The structure tree (ISO 32000-1, 14.7) from the elements of the display list.
 * Marks and links are given page by page in reading order; an element's kids
 * then stand in the order in which they appear, text and child elements mixed,
 * and one that goes on over pages stays one. */
#ifndef PDF_STRUCTURE_H
#define PDF_STRUCTURE_H

#include "pdf/sheet.h"

struct finishing;
struct structure;

struct structure *structure_new(const struct sheets *sheets);
void structure_free(struct structure *structure);

/* The tag of an element's content: "P", "H2"; NULL for an artifact. */
const char *structure_tag(const struct structure *structure, uint32_t element);

/* The tag of a phrase that is marked for its text's sake. */
#define STRUCTURE_PHRASE "Span"

/* MCID of SHEET belongs to ELEMENT; they count up in each sheet. With a TEXT it
 * belongs to a phrase of the element, which reads so. */
void structure_mark(struct structure *structure, uint32_t sheet, uint32_t element, int mcid,
                    const char *text);

/* A link annotation, object ANNOTATION on SHEET, belongs to ELEMENT; returns
 * its StructParent. */
int structure_link(struct structure *structure, uint32_t sheet, uint32_t element,
                   int annotation);

/* Writes all of it and its entry of the catalog. */
void structure_write(struct structure *structure, struct finishing *finishing);

#endif
