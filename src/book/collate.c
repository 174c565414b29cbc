/* ICU's collation as sort keys. Equal keys are left to the caller to part. */
#include "book/collate.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/ucol.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>

struct collator { UCollator *icu; };

struct collator *collator_new(const char *language)
{
    struct collator *made = memory_new(1, sizeof *made);
    char locale[ULOC_FULLNAME_CAPACITY];
    UErrorCode error = U_ZERO_ERROR;

    uloc_forLanguageTag(language, locale, sizeof locale, NULL, &error);
    if (U_FAILURE(error))
        locale[0] = '\0';
    error = U_ZERO_ERROR;
    made->icu = ucol_open(locale, &error);
    if (U_FAILURE(error))
        made->icu = NULL;
    return made;
}

void collator_free(struct collator *collator)
{
    if (collator != NULL && collator->icu != NULL)
        ucol_close(collator->icu);
    free(collator);
}

const char *collator_key(struct arena *arena, const struct collator *collator, const char *text)
{
    size_t bytes = strlen(text);
    UChar *wide;
    UErrorCode error = U_ZERO_ERROR;
    int32_t length, size;
    char *key;

    if (collator->icu == NULL || bytes > 100000)
        return arena_strdup(arena, text);
    wide = memory_new(bytes + 1, sizeof *wide);
    u_strFromUTF8(wide, (int32_t)bytes + 1, &length, text, (int32_t)bytes, &error);
    size = U_FAILURE(error) ? 0 : ucol_getSortKey(collator->icu, wide, length, NULL, 0);
    key = arena_alloc(arena, (size_t)size + 1);
    if (size > 0)
        ucol_getSortKey(collator->icu, wide, length, (uint8_t *)key, size);
    free(wide);
    return key;
}

bool collator_parts(const struct collator *collator, const char *one, const char *two)
{
    UErrorCode error = U_ZERO_ERROR;
    UCollationResult order;

    if (collator->icu == NULL)
        return false;
    ucol_setStrength(collator->icu, UCOL_PRIMARY);
    order = ucol_strcollUTF8(collator->icu, one, -1, two, -1, &error);
    ucol_setStrength(collator->icu, UCOL_DEFAULT_STRENGTH);
    return U_SUCCESS(error) && order != UCOL_EQUAL;
}
