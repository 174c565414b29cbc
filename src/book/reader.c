/* Values that several readers take: dates, languages, strings set in type. */
#include "book/reader.h"
#include "base/file.h"
#include "book/forms.h"
#include "book/typography.h"

bool reader_may_read(const struct book *book, const char *path)
{
    if (!file_exists(path) || path_within(book->folder, path))
        return true;
    diag(DIAG_ERROR, (struct place){ path, 0, 0 }, "link-outside",
         "this link leads out of the content folder; put the file itself here");
    return false;
}

bool reader_date(struct arena *arena, const struct yaml *map, const char *key, const char **date)
{
    const char *given = NULL;

    if (!yaml_string(map, key, &given))
        return false;
    if (given == NULL)
        return true;
    *date = form_date(arena, given);
    if (*date == NULL)
        diag(DIAG_ERROR, yaml_lookup(map, key)->at, "wrong-value",
             "“%s” is no date; write YYYY-MM-DD, YYYY-MM or YYYY", given);
    return *date != NULL;
}

bool reader_language(struct arena *arena, const struct yaml *map, const char *key,
                    const char **language)
{
    const char *given = NULL, *form;

    if (!yaml_string(map, key, &given))
        return false;
    if (given == NULL)
        return true;
    form = form_language(arena, given);
    if (form == NULL) {
        diag(DIAG_ERROR, yaml_lookup(map, key)->at, "wrong-value",
             "“%s” is no language; write a BCP 47 tag, as fr-CA or en", given);
        return false;
    }
    *language = form;
    return true;
}

void reader_set_in_type(struct book *book, const char **text, const char *language)
{
    if (*text != NULL)
        *text = typography_text(book->arena, *text, language);
}
