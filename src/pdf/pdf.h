/* PDF from a display list: cairo embeds fonts and pictures; the pages' contents,
 * structure, links, bookmarks, labels and metadata are written here. The same
 * pages give the same bytes. */
#ifndef PDF_PDF_H
#define PDF_PDF_H

#include "base/pool.h"
#include "base/publish.h"
#include "layout/page.h"

enum pdf_kind {
    PDF_READING,        /* colour, links, bookmarks, tags */
    PDF_PRINT,          /* grey, bleed, no links */
    PDF_PRINT_COLOUR,   /* the same in colour */
    PDF_PLAN            /* the same, for the editor's printer */
};

/* Writes to OUT; COVER, when not NULL, is put before PAGES as C1 and a blank
 * C2. False after an error, told by diag(); OUT is then marked as failed. */
bool pdf_write(struct publish *out, const struct book *book, const struct pages *pages,
               const struct pages *cover, enum pdf_kind kind, struct pool *pool);

/* One page as a PNG of WIDTH pixels, appended to PNG. */
struct buf;
bool pdf_preview(const struct pages *pages, uint32_t page, int width, struct buf *png);

#endif
