/* Stands in for stages that have not landed; goes when they have. */
#include "book/book.h"
#include "book/compose.h"
#include "epub/epub.h"
#include "import/import.h"
#include "layout/layout.h"
#include "pdf/pdf.h"
#pragma GCC diagnostic ignored "-Wunused-parameter"
#define W __attribute__((weak))
W struct book *book_load(const char *f, const char *d) { diag(DIAG_ERROR, (struct place){ f, 0, 0 }, "pending", "no reader"); return NULL; }
W void book_free(struct book *b) { }
W void compose(struct book *b) { }
W struct style *style_load(const char *d, const char *n) { diag(DIAG_ERROR, (struct place){ n, 0, 0 }, "pending", "no style"); return NULL; }
W void style_free(struct style *s) { }
W struct layout *layout_new(const struct book *b, const struct style *s, struct pool *p) { diag(DIAG_ERROR, (struct place){ b->folder, 0, 0 }, "pending", "no layout"); return NULL; }
W void layout_free(struct layout *l) { }
W const struct pages *layout_pages(const struct layout *l) { return NULL; }
W const struct pages *layout_cover(struct layout *l, dim w, dim h) { return NULL; }
W bool pdf_write(struct publish *o, const struct book *b, const struct pages *p, const struct pages *c, enum pdf_kind k) { publish_fail(o); return false; }
W bool pdf_preview(const struct pages *p, uint32_t g, int w, struct buf *o) { return false; }
W bool epub_write(struct publish *o, const struct book *b, const struct pages *p, const struct style *s, const struct buf *c, struct pool *q) { publish_fail(o); return false; }
W bool import_files(const char *const *f, size_t c, const struct import_options *o) { return false; }
W const struct destination *pages_lookup(const struct pages *p, const char *i) { return NULL; }
