/* Finishing: sheets, with the fonts and pictures that cairo embedded, become a
 * file: drawn, tagged, linked, labelled, described. The steps share this; each
 * adds its objects to the file and its entries to the catalog. */
#ifndef PDF_FINISH_H
#define PDF_FINISH_H

#include "base/pool.h"
#include "base/publish.h"
#include "pdf/content.h"
#include "pdf/drawn.h"
#include "pdf/object.h"
#include "pdf/pdf.h"
#include "pdf/sheet.h"

/* What cairo embedded for some sheets. */
struct embedded {
    struct typecase *typecase;
    struct plates *plates;
    struct drawn drawn;
};

struct finishing {
    const struct book *book;
    const struct sheets *sheets;
    enum pdf_kind kind;
    const struct typecase *typecase;
    const struct plates *plates;
    struct object_file file;
    int tree, *page;                /* the objects of the page tree, of each sheet */
    struct buf catalog;             /* its entries so far */
    bool archival, exchange;        /* it claims to be PDF/A-2, PDF/X-4 */
    int rgb;                        /* the colour space that RGB is in; 0: the output's */
    struct structure *structure;    /* NULL: not tagged */
    int info, outlines;             /* the objects of the document information and of
                                       the bookmarks' root; 0: none */
};

/* Writes SHEETS to OUT. False after an error, told by diag(). */
bool finish(struct publish *out, const struct book *book, const struct sheets *sheets,
            enum pdf_kind kind, struct embedded *embedded, struct pool *pool);

/* intent.c: what the colours mean, and so what the file may claim to be. Before
 * the pages. */
void intent_write(struct finishing *finishing);

/* metadata.c: document information, XMP, language, the viewer's preferences. */
void metadata_write(struct finishing *finishing);

/* navigate.c: destinations, bookmarks, page labels. */
void navigate_write(struct finishing *finishing);

/* navigate.c: the annotations of a sheet's links, as objects; the numbers of
 * all are appended to REFS as an array's items. */
void navigate_links(struct finishing *finishing, uint32_t sheet, struct buf *refs);

#endif
