/* Values out of a tree: single ones by key, whole maps by a table of fields.
 * Each wrong value is told at its place, with what was expected. */
#include "book/yaml.h"
#include "base/nearest.h"
#include "base/utf8.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int compare_to_key(const void *key, const void *item)
{
    return strcmp(key, (*(struct yaml *const *)item)->key);
}

const struct yaml *yaml_lookup(const struct yaml *map, const char *key)
{
    struct yaml **found;

    if (map == NULL || map->kind != YAML_MAP || map->count == 0)
        return NULL;
    found = bsearch(key, map->by_key, map->count, sizeof *map->by_key, compare_to_key);
    return found == NULL || (*found)->kind == YAML_NULL ? NULL : *found;
}

bool yaml_expect(const struct yaml *value, enum yaml_kind kind, const char *what)
{
    static const char *const names[] = { "nothing", "a text", "a list", "a map (key: value)" };

    if (value->kind == kind)
        return true;
    diag(DIAG_ERROR, value->at, "wrong-value", "%s must be %s, not %s", what, names[kind],
         names[value->kind]);
    return false;
}

/* A text short enough for a message, cut between code points. */
struct shown { char text[52]; };

static struct shown show(const char *text)
{
    struct shown shown;
    size_t length = strlen(text);

    if (length < sizeof shown.text) {
        memcpy(shown.text, text, length + 1);
        return shown;
    }
    length = utf8_cut(text, sizeof shown.text - sizeof "…");
    memcpy(shown.text, text, length);
    memcpy(shown.text + length, "…", sizeof "…");
    return shown;
}

static bool expect_key(const struct yaml *value, enum yaml_kind kind)
{
    char what[80];

    snprintf(what, sizeof what, "“%s”", show(value->key).text);
    return yaml_expect(value, kind, what);
}

/* The scalar of KEY, or NULL; false after an error. Nothing but spaces says nothing:
 * it would be an empty title or name in the books, which no e-book may hold. */
static bool take_scalar(const struct yaml *map, const char *key, const struct yaml **out)
{
    const struct yaml *value = yaml_lookup(map, key);

    *out = NULL;
    if (value == NULL)
        return true;
    if (!expect_key(value, YAML_SCALAR))
        return false;
    if (!utf8_blank(value->text))
        *out = value;
    return true;
}

bool yaml_string(const struct yaml *map, const char *key, const char **out)
{
    const struct yaml *value;

    if (!take_scalar(map, key, &value))
        return false;
    if (value != NULL)
        *out = value->text;
    return true;
}

bool yaml_value_int(const struct yaml *value, const char *key, int least, int most, int *out)
{
    char *end = NULL;
    long number;

    errno = 0;
    number = value->kind == YAML_SCALAR ? strtol(value->text, &end, 10) : 0;
    if (end == NULL || end == value->text || *end != '\0' || errno != 0 || number < least
        || number > most) {
        diag(DIAG_ERROR, value->at, "wrong-value",
             "“%s” must be a whole number from %d to %d, not “%s”", key, least, most,
             show(value->text).text);
        return false;
    }
    *out = (int)number;
    return true;
}

/* Digits, at most one point, no exponent: strtod() would ask the locale. */
static bool parse_decimal(const char *text, double *out)
{
    bool negative = text[0] == '-', seen = false;
    double number = 0, unit = 1;
    const char *c = text + negative;

    for (; *c >= '0' && *c <= '9'; c++, seen = true)
        number = number * 10 + (*c - '0');
    if (*c == '.')
        for (c++; *c >= '0' && *c <= '9'; c++, seen = true)
            number += (*c - '0') * (unit /= 10);
    *out = negative ? -number : number;
    return seen && *c == '\0';
}

bool yaml_value_real(const struct yaml *value, const char *key, double least, double most,
                     double *out)
{
    double number;

    if (value->kind != YAML_SCALAR || !parse_decimal(value->text, &number) || number < least
        || number > most) {
        diag(DIAG_ERROR, value->at, "wrong-value",
             "“%s” must be a number from %g to %g, not “%s”", key, least, most,
             show(value->text).text);
        return false;
    }
    *out = number;
    return true;
}

bool yaml_int(const struct yaml *map, const char *key, int least, int most, int *out)
{
    const struct yaml *value = yaml_lookup(map, key);

    return value == NULL || yaml_value_int(value, key, least, most, out);
}

bool yaml_real(const struct yaml *map, const char *key, double least, double most, double *out)
{
    const struct yaml *value = yaml_lookup(map, key);

    return value == NULL || yaml_value_real(value, key, least, most, out);
}

bool yaml_bool(const struct yaml *map, const char *key, bool *out)
{
    static const char *const words[] = { "false", "no", "off", "true", "yes", "on" };
    const struct yaml *value = yaml_lookup(map, key);

    if (value == NULL)
        return true;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (value->kind == YAML_SCALAR && strcmp(value->text, words[i]) == 0) {
            *out = i >= 3;
            return true;
        }
    diag(DIAG_ERROR, value->at, "wrong-value", "“%s” must be true or false, not “%s”", key,
         show(value->text).text);
    return false;
}

bool yaml_strings(struct arena *arena, const struct yaml *map, const char *key,
                  const char ***out, size_t *count)
{
    const struct yaml *value = yaml_lookup(map, key);
    bool is_list = value != NULL && value->kind == YAML_LIST;
    size_t kept = 0;
    const char **list;

    if (value == NULL)
        return true;
    if (value->kind == YAML_MAP)
        return expect_key(value, YAML_LIST);
    list = ARENA_ARRAY(arena, is_list ? value->count : 1, const char *);
    for (size_t i = 0; i < (is_list ? value->count : 1); i++) {
        const struct yaml *item = is_list ? value->items[i] : value;

        if (item->kind != YAML_NULL && !yaml_expect(item, YAML_SCALAR, "an item of this list"))
            return false;
        if (!utf8_blank(item->text))
            list[kept++] = item->text;
    }
    *out = list;
    *count = kept;
    return true;
}

static size_t count_names(const char *const *names)
{
    size_t count = 0;

    while (names[count] != NULL)
        count++;
    return count;
}

bool yaml_choice(const struct yaml *map, const char *key, const char *const *names, int *out)
{
    const struct yaml *value;
    struct buf list = {0};
    const char *near;

    if (!take_scalar(map, key, &value))
        return false;
    if (value == NULL)
        return true;
    for (int i = 0; names[i] != NULL; i++) {
        if (strcmp(value->text, names[i]) == 0) {
            *out = i;
            buf_free(&list);
            return true;
        }
        buf_printf(&list, "%s%s", i == 0 ? "" : names[i + 1] == NULL ? " or " : ", ", names[i]);
    }
    near = nearest(value->text, names, count_names(names));
    diag(DIAG_ERROR, value->at, "wrong-value", "“%s” must be %s, not “%s”%s%s%s", key,
         buf_text(&list), show(value->text).text, near == NULL ? "" : "; “", near == NULL ? "" : near,
         near == NULL ? "" : "”?");
    buf_free(&list);
    return false;
}

static void tell_unknown(const struct yaml *value, const char *const *names, size_t count)
{
    const char *near = nearest(value->key, names, count);

    if (near != NULL)
        diag(DIAG_WARNING, value->key_at, "unknown-key", "unknown key “%s”; “%s”?",
             show(value->key).text, near);
    else
        diag(DIAG_WARNING, value->key_at, "unknown-key", "unknown key “%s”; take it out",
             show(value->key).text);
}

static bool is_among(const char *word, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(word, names[i]) == 0)
            return true;
    return false;
}

static void check_keys(const struct yaml *map, const char *const *names, size_t count)
{
    for (size_t i = 0; i < map->count; i++)
        if (!is_among(map->items[i]->key, names, count))
            tell_unknown(map->items[i], names, count);
}

void yaml_check_keys(const struct yaml *map, const char *const *names)
{
    if (map != NULL && map->kind == YAML_MAP)
        check_keys(map, names, count_names(names));
}

static bool read_field(struct arena *arena, const struct yaml *map, const struct yaml_field *field,
                       char *into)
{
    void *member = into + field->offset;

    switch (field->type) {
    case YAML_TO_STRING:
        return yaml_string(map, field->key, member);
    case YAML_TO_INT:
        return yaml_int(map, field->key, (int)field->least, (int)field->most, member);
    case YAML_TO_REAL:
        return yaml_real(map, field->key, field->least, field->most, member);
    case YAML_TO_BOOL:
        return yaml_bool(map, field->key, member);
    case YAML_TO_STRINGS:
        return yaml_strings(arena, map, field->key, member,
                            (size_t *)(void *)(into + field->count));
    case YAML_TO_VALUE:
        *(const struct yaml **)member = yaml_lookup(map, field->key);
        return true;
    case YAML_TO_NOTHING:
        break;
    }
    return true;
}

bool yaml_read(struct arena *arena, const struct yaml *map, const char *what,
               const struct yaml_field *fields, size_t count, void *into)
{
    const char **names = ARENA_ARRAY(arena, count, const char *);
    bool sound = true;

    if (!yaml_expect(map, YAML_MAP, what))
        return false;
    for (size_t i = 0; i < count; i++) {
        const struct yaml *value = yaml_lookup(map, fields[i].key);

        names[i] = fields[i].key;
        if (!read_field(arena, map, &fields[i], into))
            sound = false;
        if (fields[i].required
            && (value == NULL || (value->kind == YAML_SCALAR && utf8_blank(value->text)))) {
            diag(DIAG_ERROR, map->at, "missing-key", "%s needs “%s:”; add it", what,
                 fields[i].key);
            sound = false;
        }
    }
    check_keys(map, names, count);
    return sound;
}
