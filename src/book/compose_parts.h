/* The composers of the parts: each adds its parts to the sequence, or nothing
 * where there is nothing to say. Private to compose*.c. */
#ifndef BOOK_COMPOSE_PARTS_H
#define BOOK_COMPOSE_PARTS_H

#include "book/say.h"

/* A new part at the end, its body an empty section. The matter follows from the
 * kind. */
struct part *compose_part(struct composer *composer, enum part_kind kind, const char *id,
                      const char *title, const char *language);

/* A part of a kind that comes once, in the book's language, under a heading. */
struct part *compose_fixed_part(struct composer *composer, enum part_kind kind, const char *title);

/* WANTED, or WANTED-2, -3 … when it is taken; from now on in use. */
const char *compose_id(struct composer *composer, const char *wanted);

void compose_cover(struct composer *composer);
void compose_half_title(struct composer *composer);
void compose_title_page(struct composer *composer);
void compose_imprint(struct composer *composer);
struct part *compose_contents(struct composer *composer);   /* empty until filled */
void compose_fill_contents(struct composer *composer, struct part *contents);
struct part *compose_news(struct composer *composer);       /* or NULL; empty until filled */
void compose_fill_news(struct composer *composer, struct part *news);
void compose_pages(struct composer *composer, struct page *pages, size_t count,
                   enum part_kind kind);
void compose_portraits(struct composer *composer);
void compose_directory(struct composer *composer);
void compose_reading_list(struct composer *composer);
void compose_index(struct composer *composer);
void compose_notes(struct composer *composer);
void compose_history(struct composer *composer);
void compose_colophon(struct composer *composer);

#endif
