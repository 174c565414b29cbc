/* The reading list of a series: each title once, its other spellings noted. A
 * title cut short, or a letter or two away, is the same; other figures make
 * another title. */
#ifndef IMPORT_READINGS_H
#define IMPORT_READINGS_H

#include "import/find.h"

struct readings;

struct readings *readings_new(void);
void readings_free(struct readings *readings);

/* Takes up the titles of an existing reading-list.yaml; false after an error. */
bool readings_load(struct readings *readings, const char *path);

/* Adds a title that a portrait recommends. */
void readings_add(struct readings *readings, const struct found_title *title);

/* Chooses the spelling (the commonest, then the longest) and the id of each
 * new title. Before asking for ids. */
void readings_settle(struct readings *readings);

/* The id of a title that was added. Borrowed. */
const char *readings_id(const struct readings *readings, const char *title);

/* How many are new since loading. */
size_t readings_added(const struct readings *readings);

/* The new titles, or with ALL the whole list, as YAML; titles in another
 * language than LANGUAGE say so. */
void readings_write(const struct readings *readings, bool all, const char *language,
                    struct buf *out);

#endif
