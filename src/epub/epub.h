/* The e-book: an EPUB 3.3 container from the model's parts. Of the layout it
 * knows the page map and the faces. */
#ifndef EPUB_EPUB_H
#define EPUB_EPUB_H

#include "base/buf.h"
#include "base/pool.h"
#include "base/publish.h"
#include "layout/page.h"
#include "layout/style.h"

/* COVER is a picture's bytes, JPEG or PNG. False after an error, told by
 * diag(); OUT is then marked as failed. */
bool epub_write(struct publish *out, const struct book *book, const struct pages *pages,
                const struct style *style, const struct buf *cover, struct pool *pool);

#endif
