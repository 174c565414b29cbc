/* YAML read into a tree of values that know their place, and the checked ways
 * to take strings, numbers and lists out of it. Everything that reads YAML
 * (anthology, front matter, reading list, ledger, styles, strings) goes through
 * here, so that each wrong value is told with path, line and column. Scalars
 * have no type until asked for: `title: no` is the title "no".
 *
 * Refused: aliases (*name), keys that are no scalars or come twice, nesting
 * deeper than 64, more than 64 MiB, control characters, a second document. */
#ifndef BOOK_YAML_H
#define BOOK_YAML_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"

#include <stdbool.h>
#include <stddef.h>

enum yaml_kind { YAML_NULL, YAML_SCALAR, YAML_LIST, YAML_MAP };

struct yaml {
    enum yaml_kind kind;
    bool quoted;                /* SCALAR: written in quotes or as a block */
    const char *text;           /* SCALAR: in NFC; "" otherwise */
    struct place at;
    const char *key;            /* in a map: under which key, else NULL */
    struct place key_at;
    struct yaml **items;        /* LIST, MAP: in the order of the file */
    size_t count;
    struct yaml **by_key;       /* MAP: the same, sorted by key */
};

/* ---- Reading ------------------------------------------------------------- */

/* The tree of BYTES of valid UTF-8 in the arena, NULL after an error. Empty
 * text is a NULL value. PATH must live as long as the tree; LINE is that of the
 * text's first line (1 for a file, 2 for front matter). */
struct yaml *yaml_parse(struct arena *arena, const char *path, int line,
                        const char *text, size_t bytes);

/* The tree of a file. */
struct yaml *yaml_load(struct arena *arena, const char *path);

/* ---- Taking values out ---------------------------------------------------- */

/* The value of KEY; NULL when MAP is NULL or no map, has no such key, or the
 * key has no value. */
const struct yaml *yaml_lookup(const struct yaml *map, const char *key);

/* Each leaves *OUT alone and says true when KEY is absent or empty; says false,
 * after an error, when the value is none of the kind. A string that is empty or
 * all spaces counts as absent. */
bool yaml_string(const struct yaml *map, const char *key, const char **out);
bool yaml_int(const struct yaml *map, const char *key, int least, int most, int *out);
bool yaml_real(const struct yaml *map, const char *key, double least, double most, double *out);
bool yaml_bool(const struct yaml *map, const char *key, bool *out);

/* A list of scalars; a single scalar is a list of one. */
bool yaml_strings(struct arena *arena, const struct yaml *map, const char *key,
                  const char ***out, size_t *count);

/* The index in NAMES (ended by NULL) of the value. */
bool yaml_choice(const struct yaml *map, const char *key, const char *const *names, int *out);

/* The same of a value in hand; KEY only for the message. */
bool yaml_value_int(const struct yaml *value, const char *key, int least, int most, int *out);
bool yaml_value_real(const struct yaml *value, const char *key, double least, double most,
                     double *out);

/* False, after an error, unless VALUE (not NULL) is of KIND; WHAT names it:
 * "`contacts`", "a style". */
bool yaml_expect(const struct yaml *value, enum yaml_kind kind, const char *what);

/* Warns of each key of MAP that is not in NAMES (ended by NULL), with the
 * nearest that is. */
void yaml_check_keys(const struct yaml *map, const char *const *names);

/* ---- Whole maps into structs ----------------------------------------------- */

enum yaml_type {
    YAML_TO_STRING,             /* const char * */
    YAML_TO_INT,                /* int */
    YAML_TO_REAL,               /* double */
    YAML_TO_BOOL,               /* bool */
    YAML_TO_STRINGS,            /* const char **, and a size_t at `count` */
    YAML_TO_VALUE,              /* const struct yaml *, for the caller to read */
    YAML_TO_NOTHING             /* known and left unread */
};

struct yaml_field {
    const char *key;
    enum yaml_type type;
    bool required;
    size_t offset;              /* of the member in INTO */
    size_t count;               /* STRINGS: offset of their number */
    double least, most;         /* INT, REAL */
};

/* Fills INTO from MAP by the table; keys that are not in it are told as unknown
 * (warning), missing required ones as errors at the map's place. WHAT names the
 * map: "a portrait". False after an error; the sound fields are filled even
 * then. */
bool yaml_read(struct arena *arena, const struct yaml *map, const char *what,
               const struct yaml_field *fields, size_t count, void *into);

/* ---- Writing ---------------------------------------------------------------- */

/* TEXT as a scalar that reads back the same, in block and in flow context:
 * plain where that is safe, else in double quotes. On one line. */
void yaml_write_scalar(struct buf *out, const char *text);

/* `KEY: VALUE` on a line, INDENT spaces in; nothing for a NULL value. */
void yaml_write_pair(struct buf *out, int indent, const char *key, const char *value);

/* `KEY: [A, B]` on a line; nothing for an empty list. */
void yaml_write_list(struct buf *out, int indent, const char *key,
                     const char *const *items, size_t count);

/* `{a: b, c: d}`: COUNT pairs of key and value, NULL values left out. */
void yaml_write_flow(struct buf *out, const char *const (*pairs)[2], size_t count);

#endif
