/* Finishing: the file that cairo drew becomes a book: tagged, linked, labelled,
 * described. The steps share this; each adds its objects to the file and its
 * entries to the catalog. */
#ifndef PDF_FINISH_H
#define PDF_FINISH_H

#include "base/publish.h"
#include "pdf/object.h"
#include "pdf/pdf.h"
#include "pdf/sheet.h"

struct structure;

struct finishing {
    const struct book *book;
    const struct sheets *sheets;
    enum pdf_kind kind;
    struct object_file file;
    int tree, *page;                /* the objects of the page tree, of each sheet */
    struct buf catalog;             /* its entries so far */
    struct structure *structure;    /* NULL: not tagged */
    int info, outlines;             /* the objects of the document information and of
                                       the bookmarks' root; 0: none */
    bool coloured;                  /* something else than grey was drawn */
};

/* Finishes DRAWN, cairo's file, into OUT. False after an error, told by diag(). */
bool finish(struct publish *out, const struct book *book, const struct sheets *sheets,
            enum pdf_kind kind, const struct buf *drawn);

/* metadata.c: document information, XMP, output intent, language, the viewer's
 * preferences. */
void metadata_write(struct finishing *finishing);

/* navigate.c: destinations, bookmarks, page labels. */
void navigate_write(struct finishing *finishing);

/* navigate.c: the annotations of a sheet's links, as objects; the numbers of
 * all are appended to REFS as an array's items. */
void navigate_links(struct finishing *finishing, uint32_t sheet, struct buf *refs);

#endif
