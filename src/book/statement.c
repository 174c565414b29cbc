/* Edition statements, from the ledger and the portraits' marks. */
#include "book/statement.h"
#include "book/strings.h"

static const char *with_date(struct arena *arena, const struct book *book, const char *text,
                             const char *date)
{
    if (date == NULL)
        return text;
    return strings_format(arena, book->strings, "edition-dated", 2, text,
                          strings_date(arena, book->strings, date));
}

const char *statement_of_edition(struct arena *arena, const struct book *book)
{
    bool enlarged = false, revised = false;
    const char *edition;

    if (book->edition == NULL)
        return NULL;
    for (size_t i = 0; i < book->portrait_count; i++) {
        enlarged |= book->portraits[i]->is_new;
        revised |= book->portraits[i]->is_revised && !book->portraits[i]->is_new;
    }
    edition = strings_ordinal(arena, book->strings, "edition", book->edition->number);
    if (!enlarged && !revised)
        return edition;
    return strings_format(arena, book->strings,
                          !enlarged ? "edition-revised"
                          : revised ? "edition-revised-enlarged" : "edition-enlarged",
                          2, edition,
                          strings_ordinal(arena, book->strings, "ordinal", book->edition->number));
}

const char *statement_line(struct arena *arena, const struct book *book,
                           const struct edition *edition)
{
    return with_date(arena, book,
                     strings_ordinal(arena, book->strings, "edition", edition->number),
                     edition->date);
}

const char *statement_of_printing(struct arena *arena, const struct book *book,
                                  const struct printing *printing)
{
    return with_date(arena, book,
                     strings_ordinal(arena, book->strings, "printing", printing->number),
                     printing->date);
}
