/* The e-book in the making: what its writers share. A rendition is filled from
 * left to right (pictures, text, fonts, navigation, package), each stage adding
 * resources; the container takes them in that order. */
#ifndef EPUB_RENDITION_H
#define EPUB_RENDITION_H

#include "base/buf.h"
#include "epub/pagemap.h"
#include "epub/stylesheet.h"
#include "layout/style.h"

#include <glib.h>

/* A file of the publication, in the folder EPUB/ of the container. */
struct resource {
    const char *path;           /* "text/ada.xhtml" */
    const char *id;             /* in the manifest */
    const char *media_type;
    const char *properties;     /* of the manifest item, or NULL */
    struct buf content;
    bool in_spine;
    bool linked;                /* a record about the book, not part of it */
};

struct rendition {
    struct arena *arena;
    const struct book *book;
    const struct pages *pages;          /* may be NULL */
    const struct style *style;
    struct pagemap *pagemap;
    struct stylesheet *stylesheet;
    GHashTable *parts;          /* id of a part or node → const struct part * */
    GHashTable *stand_ins;      /* id of an anchor that is not written → the id that
                                   is pointed to instead */
    GHashTable *pictures;       /* struct picture * → path, of those that are in */
    const char *cover;          /* path of the cover's picture, or NULL */
    VEC(struct resource) resources;
};

/* Adds a resource; good until the next one is added. */
struct resource *rendition_add(struct rendition *rendition, const char *path, const char *id,
                               const char *media_type);

/* The file of the part, in the folder text/. */
const char *rendition_file(struct rendition *rendition, const struct part *part);

/* Sets OUT to the address of the part or node TARGET for a link in FROM (NULL:
 * from outside the folder text/). False when the book has no such place. */
bool rendition_address(const struct rendition *rendition, const struct part *from,
                       const char *target, struct buf *out);

#endif
