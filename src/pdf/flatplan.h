/* The flat plan (chemin de fer): all spreads of the book as small true pages on
 * a few sheets, parts and signatures marked: the editor's overview. */
#ifndef PDF_FLATPLAN_H
#define PDF_FLATPLAN_H

#include "base/publish.h"
#include "layout/layout.h"

/* Writes the plan to PDF, and all its sheets, one below the other, to PNG.
 * False after an error, told by diag(); both are then marked as failed. */
bool flatplan_write(struct publish *pdf, struct publish *png, const struct book *book,
                    struct layout *layout, struct pool *pool);

#endif
