/* What the readers of a content folder share while a book is read. */
#ifndef BOOK_READER_H
#define BOOK_READER_H

#include "book/book.h"
#include "book/yaml.h"

/* Titles by id, while portraits ask for them. */
struct title_index;

/* anthology.yaml into BOOK; the paths of front and back pages and the raw
 * cover are read too. False after an error. */
bool anthology_read(struct book *book);

/* reading-list.yaml, when there is one, into BOOK->titles, in alphabetical
 * order. NULL after an error; else free it. */
struct title_index *reading_list_read(struct book *book);
struct title *title_lookup(const struct title_index *index, const char *id);
/* The id nearest to a misspelt one, or NULL. */
const char *title_nearest(const struct title_index *index, const char *id);
void title_index_free(struct title_index *index);

/* Does a file of portraits/ with this NAME hold a portrait? Not when it begins
 * with '.' or '_' or ends in ".new.md". */
bool file_is_portrait(const char *name);

/* A portrait from its file; NULL after an error. */
struct portrait *portrait_read(struct book *book, const struct title_index *titles,
                               const char *path);

/* A page of front or back into PAGE; false after an error. */
bool page_read(struct book *book, const char *path, struct place at, struct page *page);

/* The contacts of VALUE, a list. False after an error. */
bool contacts_read(struct arena *arena, const struct yaml *value, struct contact **contacts,
                   size_t *count);

/* False, after an error, when PATH is there as a link that leads out of the content
 * folder: a book that somebody else wrote would publish what it leads to. */
bool reader_may_read(const struct book *book, const char *path);

/* Checks a date, a language: NULL values pass; false after an error. */
bool reader_date(struct arena *arena, const struct yaml *map, const char *key, const char **date);
bool reader_language(struct arena *arena, const struct yaml *map, const char *key,
                    const char **language);

/* Applies the language rules to a string that may be NULL. */
void reader_set_in_type(struct book *book, const char **text, const char *language);

/* Orders the portraits, drafts left out; divisions too. False after an error. */
bool order_portraits(struct book *book);

/* BOOK->titles in alphabetical order; before anything points at them. */
void order_titles(struct book *book);

/* Fills each title's readers from the portraits of the book. */
void collect_readers(struct book *book);

/* Every link of the book checked: relative ones become targets, what leads
 * nowhere is told and becomes plain text. */
void links_resolve(struct book *book);

#endif
