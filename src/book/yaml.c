/* Text to tree, over libyaml's events. What comes in is valid UTF-8; what goes
 * out is a tree in the arena. Refused: see the header. */
#include "book/yaml.h"
#include "base/file.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

enum { DEEPEST = 64, LARGEST = 64 << 20 };

struct reader {
    struct arena *arena;
    yaml_parser_t parser;
    const char *path;
    int line;                   /* of the text's first line */
    const char *text;
};

static struct place place_of(const struct reader *reader, yaml_mark_t mark)
{
    return (struct place){ reader->path, (int)mark.line + reader->line, (int)mark.column + 1 };
}

static void tell(const struct reader *reader)
{
    const yaml_parser_t *parser = &reader->parser;

    if (parser->error == YAML_READER_ERROR)     /* which knows the place by its offset alone */
        diag(DIAG_ERROR, file_place(reader->path, reader->line, reader->text,
                                    parser->problem_offset), "yaml",
             "%s; take it out", parser->problem);
    else if (parser->context != NULL)
        diag(DIAG_ERROR, place_of(reader, parser->problem_mark), "yaml",
             "not YAML: %s, %s that begins at line %d", parser->problem, parser->context,
             (int)parser->context_mark.line + reader->line);
    else
        diag(DIAG_ERROR, place_of(reader, parser->problem_mark), "yaml", "not YAML: %s",
             parser->problem == NULL ? "out of memory" : parser->problem);
}

static bool next_event(struct reader *reader, yaml_event_t *event)
{
    if (yaml_parser_parse(&reader->parser, event))
        return true;
    tell(reader);
    return false;
}

static bool is_ascii(const char *text, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++)
        if ((unsigned char)text[i] >= 0x80)
            return false;
    return true;
}

static const char *scalar_text(struct reader *reader, const char *text, size_t bytes)
{
    char *normal;
    const char *kept;

    if (is_ascii(text, bytes))
        return arena_strndup(reader->arena, text, bytes);
    normal = utf8_new_nfc(text, bytes);
    kept = arena_strdup(reader->arena, normal);
    free(normal);
    return kept;
}

/* Escapes can make signs that no XML and no font takes. */
static bool is_clean(const struct reader *reader, const yaml_event_t *event)
{
    const char *text = (const char *)event->data.scalar.value;
    const char *end = text + event->data.scalar.length;

    while (text < end) {
        uint32_t code = utf8_next(&text, end);

        if (!utf8_is_text(code)) {
            diag(DIAG_ERROR, place_of(reader, event->start_mark), "yaml",
                 "the control character U+%04X; take it out", (unsigned)code);
            return false;
        }
    }
    return true;
}

static bool is_nothing(const yaml_event_t *event)
{
    const char *text = (const char *)event->data.scalar.value;

    return event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE
        && (text[0] == '\0' || strcmp(text, "~") == 0 || strcmp(text, "null") == 0);
}

static struct yaml *read_scalar(struct reader *reader, const yaml_event_t *event)
{
    struct yaml *value;

    if (!is_clean(reader, event))
        return NULL;
    value = ARENA_NEW(reader->arena, struct yaml);
    value->at = place_of(reader, event->start_mark);
    value->kind = is_nothing(event) ? YAML_NULL : YAML_SCALAR;
    value->quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
    value->text = value->kind == YAML_NULL ? ""
        : scalar_text(reader, (const char *)event->data.scalar.value, event->data.scalar.length);
    return value;
}

static int compare_keys(const void *a, const void *b)
{
    const struct yaml *const *left = a, *const *right = b;
    int order = strcmp((*left)->key, (*right)->key);

    return order != 0 ? order
        : (*left)->key_at.line != (*right)->key_at.line
        ? (*left)->key_at.line - (*right)->key_at.line
        : (*left)->key_at.col - (*right)->key_at.col;
}

static bool sort_keys(struct reader *reader, struct yaml *map)
{
    bool unique = true;

    map->by_key = ARENA_ARRAY(reader->arena, map->count, struct yaml *);
    if (map->count > 0) {
        memcpy(map->by_key, map->items, map->count * sizeof *map->items);
        qsort(map->by_key, map->count, sizeof *map->by_key, compare_keys);
    }
    for (size_t i = 1; i < map->count; i++) {
        const struct yaml *first = map->by_key[i - 1], *second = map->by_key[i];

        if (strcmp(first->key, second->key) != 0)
            continue;
        diag(DIAG_ERROR, second->key_at, "yaml-twice",
             "“%s” stands here a second time, the first is at line %d; keep one", second->key,
             first->key_at.line);
        unique = false;
    }
    return unique;
}

static struct yaml *read_value(struct reader *reader, const yaml_event_t *event, int depth);

/* One value with its event taken from the parser; NULL after an error, or at
 * the END of the collection, which *ENDED tells. */
static struct yaml *read_next(struct reader *reader, int depth, yaml_event_type_t end, bool *ended)
{
    yaml_event_t event;
    struct yaml *value = NULL;

    *ended = false;
    if (!next_event(reader, &event))
        return NULL;
    if (event.type == end)
        *ended = true;
    else
        value = read_value(reader, &event, depth);
    yaml_event_delete(&event);
    return value;
}

/* Reads a map's key, then its value, which carries it. */
static struct yaml *read_pair(struct reader *reader, int depth, bool *ended)
{
    struct yaml *key = read_next(reader, depth, YAML_MAPPING_END_EVENT, ended), *value;
    bool cut;

    if (key == NULL)
        return NULL;
    if (key->kind == YAML_LIST || key->kind == YAML_MAP) {
        diag(DIAG_ERROR, key->at, "yaml", "a list or map as a key; keys are words");
        return NULL;
    }
    value = read_next(reader, depth, YAML_NO_EVENT, &cut);
    if (value == NULL)
        return NULL;
    value->key = key->text;
    value->key_at = key->at;
    return value;
}

static struct yaml *read_collection(struct reader *reader, const yaml_event_t *start, int depth)
{
    VEC(struct yaml *) items = {0};
    bool is_map = start->type == YAML_MAPPING_START_EVENT, ended = false;
    struct yaml *made = ARENA_NEW(reader->arena, struct yaml), *item;

    made->kind = is_map ? YAML_MAP : YAML_LIST;
    made->at = place_of(reader, start->start_mark);
    made->text = "";
    if (depth >= DEEPEST) {
        diag(DIAG_ERROR, made->at, "yaml", "nested deeper than %d; make it flatter", DEEPEST);
        return NULL;
    }
    while ((item = is_map ? read_pair(reader, depth + 1, &ended)
                          : read_next(reader, depth + 1, YAML_SEQUENCE_END_EVENT, &ended)) != NULL)
        *VEC_PUSH(&items) = item;
    made->count = items.count;
    made->items = ARENA_ARRAY(reader->arena, items.count, struct yaml *);
    if (items.count > 0)
        memcpy(made->items, items.item, items.count * sizeof *items.item);
    free(items.item);
    if (!ended || (is_map && !sort_keys(reader, made)))
        return NULL;
    return made;
}

static struct yaml *read_value(struct reader *reader, const yaml_event_t *event, int depth)
{
    switch (event->type) {
    case YAML_SCALAR_EVENT:
        return read_scalar(reader, event);
    case YAML_SEQUENCE_START_EVENT:
    case YAML_MAPPING_START_EVENT:
        return read_collection(reader, event, depth);
    default:
        diag(DIAG_ERROR, place_of(reader, event->start_mark), "yaml",
             "“*%s” repeats a value by name; write the value itself",
             event->type == YAML_ALIAS_EVENT ? (const char *)event->data.alias.anchor : "");
        return NULL;
    }
}

/* Takes the next event and tells its type; NO_EVENT after an error. */
static yaml_event_type_t skip_event(struct reader *reader, struct place *at)
{
    yaml_event_t event;
    yaml_event_type_t type;

    if (!next_event(reader, &event))
        return YAML_NO_EVENT;
    type = event.type;
    *at = place_of(reader, event.start_mark);
    yaml_event_delete(&event);
    return type;
}

static struct yaml *read_document(struct reader *reader)
{
    struct place at;
    struct yaml *root;
    yaml_event_type_t type;
    bool cut;

    if (skip_event(reader, &at) != YAML_STREAM_START_EVENT)
        return NULL;
    type = skip_event(reader, &at);
    if (type == YAML_STREAM_END_EVENT) {
        root = ARENA_NEW(reader->arena, struct yaml);
        root->text = "";
        root->at = (struct place){ reader->path, reader->line, 1 };
        return root;
    }
    if (type == YAML_NO_EVENT)
        return NULL;
    root = read_next(reader, 0, YAML_NO_EVENT, &cut);
    if (root == NULL || skip_event(reader, &at) != YAML_DOCUMENT_END_EVENT)
        return NULL;
    type = skip_event(reader, &at);
    if (type == YAML_DOCUMENT_START_EVENT)
        diag(DIAG_ERROR, at, "yaml", "a second document begins here; keep one in a file");
    return type == YAML_STREAM_END_EVENT ? root : NULL;
}

struct yaml *yaml_parse(struct arena *arena, const char *path, int line, const char *text,
                        size_t bytes)
{
    struct reader reader = { .arena = arena, .path = path, .line = line, .text = text };
    struct yaml *root;

    if (bytes > LARGEST) {
        diag(DIAG_ERROR, (struct place){ path, line, 0 }, "too-large",
             "more than %d MB of YAML; split it", LARGEST >> 20);
        return NULL;
    }
    if (!yaml_parser_initialize(&reader.parser)) {
        diag(DIAG_ERROR, (struct place){ path, line, 0 }, "yaml", "out of memory");
        return NULL;
    }
    yaml_parser_set_encoding(&reader.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&reader.parser, (const unsigned char *)text, bytes);
    root = read_document(&reader);
    yaml_parser_delete(&reader.parser);
    return root;
}

struct yaml *yaml_load(struct arena *arena, const char *path)
{
    size_t bytes;
    const char *text = file_read_text(arena, path, &bytes);

    return text == NULL ? NULL : yaml_parse(arena, arena_strdup(arena, path), 1, text, bytes);
}
