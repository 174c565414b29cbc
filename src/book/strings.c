/* The book's own words: up to three files, the nearest to the language first.
 * What comes in is YAML maps of key to text; anything else in them is refused. */
#include "book/strings.h"
#include "base/buf.h"
#include "base/file.h"
#include "book/typography.h"
#include "book/yaml.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/upluralrules.h>

enum { FILES = 3, ARGUMENTS = 10 };

struct strings {
    const char *language;
    const struct yaml *files[FILES];
    size_t count;
};

/* ---- Loading ---------------------------------------------------------------- */

static bool set_texts(struct arena *arena, struct yaml *map, const char *language)
{
    if (!yaml_expect(map, YAML_MAP, "the file of strings"))
        return false;
    for (size_t i = 0; i < map->count; i++) {
        if (!yaml_expect(map->items[i], YAML_SCALAR, "a string"))
            return false;
        map->items[i]->text = typography_text(arena, map->items[i]->text, language);
    }
    return true;
}

/* Adds the file of NAME, if there is one; its texts are set as in LANGUAGE. */
static bool add_file(struct arena *arena, struct strings *strings, const char *folder,
                     const char *name, const char *language)
{
    char *path = path_join(arena, folder, arena_printf(arena, "%s.yaml", name));
    struct yaml *map;

    if (!file_exists(path))
        return true;
    map = yaml_load(arena, path);
    if (map == NULL || !set_texts(arena, map, language))
        return false;
    strings->files[strings->count++] = map;
    return true;
}

struct strings *strings_load(struct arena *arena, const char *data, const char *language)
{
    struct strings *strings = ARENA_NEW(arena, struct strings);
    char *folder = path_join(arena, data, "styles/strings");
    char *plain = arena_strndup(arena, language, strcspn(language, "-_"));
    bool regional = strcmp(plain, language) != 0, english = strcmp(plain, "en") == 0;

    strings->language = arena_strdup(arena, language);
    if ((regional && !add_file(arena, strings, folder, language, language))
        || !add_file(arena, strings, folder, plain, language)
        || (!english && !add_file(arena, strings, folder, "en", "en")))
        return NULL;
    if (strings->count == 0) {
        diag(DIAG_ERROR, (struct place){ folder, 0, 0 }, "no-strings",
             "the folder has no en.yaml: the program is not installed whole");
        return NULL;
    }
    return strings;
}

/* ---- Looking up --------------------------------------------------------------- */

const char *strings_lookup(const struct strings *strings, const char *key)
{
    for (size_t i = 0; i < strings->count; i++) {
        const struct yaml *value = yaml_lookup(strings->files[i], key);

        if (value != NULL)
            return value->text;
    }
    return NULL;
}

const char *strings_text(const struct strings *strings, const char *key)
{
    const char *text = strings_lookup(strings, key);

    assert(text != NULL);
    return text;
}

void strings_pieces(const struct strings *strings, const char *key, strings_say *say,
                    void *context)
{
    const char *text = strings_text(strings, key);

    while (*text != '\0') {
        size_t plain = strcspn(text, "{");

        if (plain == 0 && text[1] >= '0' && text[1] <= '9' && text[2] == '}') {
            say(context, NULL, 0, text[1] - '0');
            text += 3;
            continue;
        }
        plain = plain == 0 ? 1 : plain;
        say(context, text, plain, -1);
        text += plain;
    }
}

struct filling { struct buf text; const char *arguments[ARGUMENTS]; };

static void fill(void *context, const char *text, size_t bytes, int argument)
{
    struct filling *filling = context;

    if (argument < 0)
        buf_append(&filling->text, text, bytes);
    else if (filling->arguments[argument] != NULL)
        buf_puts(&filling->text, filling->arguments[argument]);
}

static char *format(struct arena *arena, const struct strings *strings, const char *key,
                    struct filling *filling)
{
    char *text;

    strings_pieces(strings, key, fill, filling);
    text = arena_strndup(arena, buf_text(&filling->text), filling->text.len);
    buf_free(&filling->text);
    return text;
}

char *strings_format(struct arena *arena, const struct strings *strings,
                     const char *key, int count, ...)
{
    struct filling filling = {0};
    va_list arguments;

    assert(count <= ARGUMENTS);
    va_start(arguments, count);
    for (int i = 0; i < count; i++)
        filling.arguments[i] = va_arg(arguments, const char *);
    va_end(arguments);
    return format(arena, strings, key, &filling);
}

/* ---- Numbers --------------------------------------------------------------------- */

/* The file that has KEY; the number of files when none does. */
static size_t find_file(const struct strings *strings, const char *key)
{
    size_t file = 0;

    while (file < strings->count && yaml_lookup(strings->files[file], key) == NULL)
        file++;
    return file;
}

/* Has the language FORM of KEY? English, the last file, has forms that others do
 * without: its own count only where it says KEY-other as well. */
static bool has_form(struct arena *arena, const struct strings *strings, const char *key,
                     const char *form)
{
    size_t file = find_file(strings, form), last = strings->count - 1;

    return file < last
        || (file == last
            && find_file(strings, arena_printf(arena, "%s-other", key)) == last);
}

/* "KEY-few": the plural category of NUMBER, where the strings have it. */
static char *choose_form(struct arena *arena, const struct strings *strings,
                         const char *key, int number, UPluralType type)
{
    UErrorCode status = U_ZERO_ERROR;
    UPluralRules *rules = uplrules_openForType(strings->language, type, &status);
    UChar category[16] = {0};
    char word[16] = "other", *full;

    if (U_SUCCESS(status))
        uplrules_select(rules, number, category, 15, &status);
    for (int i = 0; U_SUCCESS(status) && i < 16; i++)
        word[i] = (char)category[i];
    uplrules_close(rules);
    full = arena_printf(arena, "%s-%s", key, word);
    return has_form(arena, strings, key, full) ? full : arena_printf(arena, "%s-other", key);
}

char *strings_count(struct arena *arena, const struct strings *strings,
                    const char *key, int number)
{
    return strings_format(arena, strings,
                          choose_form(arena, strings, key, number, UPLURAL_TYPE_CARDINAL), 1,
                          arena_printf(arena, "%d", number));
}

char *strings_ordinal(struct arena *arena, const struct strings *strings,
                      const char *key, int number)
{
    char *own = arena_printf(arena, "%s-%d", key, number);

    if (!has_form(arena, strings, key, own))
        own = choose_form(arena, strings, key, number, UPLURAL_TYPE_ORDINAL);
    return strings_format(arena, strings, own, 2, arena_printf(arena, "%d", number),
                          arena_printf(arena, "%d", number - 1));
}

/* ---- Dates --------------------------------------------------------------------------- */

/* How many of year, month and day DATE has; 0 when it is no date. */
static int read_date(const char *date, int part[3])
{
    static const int width[3] = { 4, 2, 2 };
    int count = 0;

    for (const char *at = date; count < 3; at++) {
        part[count] = 0;
        for (int i = 0; i < width[count]; i++, at++) {
            if (*at < '0' || *at > '9')
                return 0;
            part[count] = part[count] * 10 + (*at - '0');
        }
        count++;
        if (*at == '\0')
            break;
        if (*at != '-' || count == 3)
            return 0;
    }
    return count > 1 && (part[1] < 1 || part[1] > 12) ? 0 : count;
}

const char *strings_date(struct arena *arena, const struct strings *strings, const char *date)
{
    int part[3], count = read_date(date, part);
    const char *month, *year, *day;

    if (count < 2)
        return date;
    month = strings_text(strings, arena_printf(arena, "month-%d", part[1]));
    year = arena_printf(arena, "%d", part[0]);
    if (count == 2)
        return strings_format(arena, strings, "date-month", 2, month, year);
    day = part[2] == 1 ? strings_text(strings, "first-day") : arena_printf(arena, "%d", part[2]);
    return strings_format(arena, strings, "date-day", 3, day, month, year);
}

const char *strings_on_date(struct arena *arena, const struct strings *strings, const char *date)
{
    static const char *const keys[] = { "in-year", "in-year", "in-month", "on-day" };
    int part[3], count = read_date(date, part);
    const char *key = keys[count], *own = NULL;

    if (count == 3)
        own = arena_printf(arena, "on-day-%d", part[2]);
    if (own != NULL && strings_lookup(strings, own) != NULL)
        key = own;
    return strings_format(arena, strings, key, 1, strings_date(arena, strings, date));
}
