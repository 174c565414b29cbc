/* Reads CSS as far as it takes to know where each rule begins and ends: comments
 * and strings are respected, blocks may nest (@media, @supports). What comes in
 * must have its braces and strings closed; what is inside a declaration is the
 * style's own affair. */
#include "epub/stylesheet.h"

#include "base/diag.h"
#include "base/file.h"
#include "base/memory.h"

#include <glib.h>

#include <stdlib.h>
#include <string.h>

enum { DEEPEST = 8 };

struct stylesheet {
    const char *path;
    char *text;                 /* comments blanked out */
    size_t bytes;
    GHashTable *classes;        /* named by any selector */
    GHashTable *used;           /* "p", ".credit", "p.credit" of the documents */
};

struct range { const char *at, *end; };

/* A rule `prelude { block }`, or a statement `prelude;`. */
struct rule {
    struct range prelude, block;
    bool has_block;
};

static bool is_name_byte(char c)
{
    return g_ascii_isalnum(c) || c == '-' || c == '_' || (c & 0x80) != 0;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

static struct range trim(struct range range)
{
    while (range.at < range.end && is_space(*range.at))
        range.at++;
    while (range.end > range.at && is_space(range.end[-1]))
        range.end--;
    return range;
}

/* Past the string that begins at AT; END when it does not close. */
static const char *skip_string(const char *at, const char *end)
{
    char quote = *at++;

    while (at < end && *at != quote)
        at += *at == '\\' && at + 1 < end ? 2 : 1;
    return at < end ? at + 1 : end;
}

/* Comments to spaces, line feeds kept, so that lines stay what they are. */
static void blank_comments(char *text, size_t bytes)
{
    char *at = text, *end = text + bytes;

    while (at < end) {
        if (*at == '"' || *at == '\'') {
            at += skip_string(at, end) - at;
        } else if (at + 1 < end && at[0] == '/' && at[1] == '*') {
            char *stop = strstr(at + 2, "*/");

            stop = stop == NULL ? end : stop + 2;
            for (; at < stop; at++)
                if (*at != '\n')
                    *at = ' ';
        } else {
            at++;
        }
    }
}

/* ---- rules ------------------------------------------------------------- */

/* The end of the block whose opening brace is at AT. */
static const char *block_end(const char *at, const char *end)
{
    int depth = 0;

    while (at < end) {
        if (*at == '"' || *at == '\'') {
            at = skip_string(at, end);
            continue;
        }
        if (*at == '{')
            depth++;
        else if (*at == '}' && --depth == 0)
            return at;
        at++;
    }
    return NULL;
}

/* The next rule of RANGE, which moves past it. False at the end, or where braces
 * do not close; then RANGE is not empty. */
static bool next_rule(struct range *range, struct rule *rule)
{
    const char *at;

    *range = trim(*range);
    for (at = range->at; at < range->end && *at != '{' && *at != ';' && *at != '}';)
        at = *at == '"' || *at == '\'' ? skip_string(at, range->end) : at + 1;
    if (at >= range->end || *at == '}')
        return false;
    rule->prelude = trim((struct range){ range->at, at });
    rule->has_block = *at == '{';
    if (rule->has_block) {
        const char *stop = block_end(at, range->end);

        if (stop == NULL)
            return false;
        rule->block = (struct range){ at + 1, stop };
        at = stop;
    }
    range->at = at + 1;
    return true;
}

/* Does the block hold rules rather than declarations? */
static bool holds_rules(const struct rule *rule)
{
    static const char *const names[] = { "@media", "@supports" };
    size_t bytes = (size_t)(rule->prelude.end - rule->prelude.at);

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (bytes > strlen(names[i]) && memcmp(rule->prelude.at, names[i], strlen(names[i])) == 0)
            return rule->has_block;
    return false;
}

static bool is_at_rule(const struct rule *rule)
{
    return rule->prelude.at < rule->prelude.end && *rule->prelude.at == '@';
}

static char *copy_range(struct range range)
{
    return g_strndup(range.at, (gsize)(range.end - range.at));
}

/* ---- loading ----------------------------------------------------------- */

static void note_classes(struct stylesheet *sheet, struct range selectors)
{
    for (const char *at = selectors.at; at < selectors.end; at++) {
        const char *stop = at + 1;

        if (*at != '.')
            continue;
        while (stop < selectors.end && is_name_byte(*stop))
            stop++;
        g_hash_table_add(sheet->classes, g_strndup(at + 1, (gsize)(stop - at - 1)));
    }
}

/* Notes the classes of all rules; false where the text is no sheet. */
static bool scan(struct stylesheet *sheet, struct range range, int depth)
{
    struct rule rule;

    while (next_rule(&range, &rule)) {
        if (!is_at_rule(&rule))
            note_classes(sheet, rule.prelude);
        else if (holds_rules(&rule) && (depth == DEEPEST || !scan(sheet, rule.block, depth + 1)))
            return false;
    }
    return trim(range).at == trim(range).end;
}

struct stylesheet *stylesheet_load(struct arena *arena, const char *path)
{
    struct stylesheet *sheet;
    size_t bytes;
    char *text = file_read_text(arena, path, &bytes);

    if (text == NULL)
        return NULL;
    blank_comments(text, bytes);
    sheet = memory_new(1, sizeof *sheet);
    sheet->path = path;
    sheet->text = text;
    sheet->bytes = bytes;
    sheet->classes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    sheet->used = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    if (!scan(sheet, (struct range){ text, text + bytes }, 0)) {
        diag(DIAG_ERROR, (struct place){ path, 0, 0 }, "stylesheet",
             "a brace or a string in it is not closed; close it");
        stylesheet_free(sheet);
        return NULL;
    }
    return sheet;
}

void stylesheet_free(struct stylesheet *sheet)
{
    if (sheet == NULL)
        return;
    g_hash_table_destroy(sheet->classes);
    g_hash_table_destroy(sheet->used);
    free(sheet);
}

bool stylesheet_has_class(const struct stylesheet *sheet, const char *name)
{
    return g_hash_table_contains(sheet->classes, name);
}

bool stylesheet_has_family(const struct stylesheet *sheet, const char *family)
{
    char *quoted = g_strdup_printf("\"%s\"", family);
    bool has = strstr(sheet->text, quoted) != NULL;

    g_free(quoted);
    return has;
}

/* ---- use --------------------------------------------------------------- */

/* Adds BEFORE and NAME joined, when they are not there yet. */
static void use(struct stylesheet *sheet, struct range before, const char *dot, struct range name)
{
    char key[256];
    int length = g_snprintf(key, sizeof key, "%.*s%s%.*s", (int)(before.end - before.at), before.at,
                            dot, (int)(name.end - name.at), name.at);

    if (length < (int)sizeof key && !g_hash_table_contains(sheet->used, key))
        g_hash_table_add(sheet->used, g_strdup(key));
}

/* The tag from behind its '<' to before its '>'. */
static void mark_tag(struct stylesheet *sheet, struct range tag)
{
    static const char attribute[] = " class=\"";
    struct range element = { tag.at, tag.at }, none = { "", "" };
    const char *at;

    while (element.end < tag.end && is_name_byte(*element.end))
        element.end++;
    use(sheet, element, "", none);
    at = g_strstr_len(tag.at, tag.end - tag.at, attribute);
    for (at = at == NULL ? tag.end : at + sizeof attribute - 1; at < tag.end && *at != '"';) {
        struct range name = { at, at };

        while (name.end < tag.end && *name.end != ' ' && *name.end != '"')
            name.end++;
        use(sheet, none, ".", name);
        use(sheet, element, ".", name);
        at = name.end + (name.end < tag.end && *name.end == ' ');
    }
}

/* The writer escapes '<' and '>' everywhere else, so these are tags. */
void stylesheet_mark(struct stylesheet *sheet, const char *xhtml, size_t bytes)
{
    const char *at = xhtml, *end = xhtml + bytes;

    while ((at = memchr(at, '<', (size_t)(end - at))) != NULL) {
        const char *stop = memchr(at, '>', (size_t)(end - at));

        if (stop == NULL)
            return;
        if (g_ascii_isalpha(at[1]))
            mark_tag(sheet, (struct range){ at + 1, stop });
        at = stop;
    }
}

/* ---- writing ----------------------------------------------------------- */

/* Is the compound selector, "p.credit:hover", of what was marked? Only its
 * element and classes are asked; what is between parentheses is not. */
static bool compound_is_used(const struct stylesheet *sheet, struct range compound)
{
    const char *at = compound.at, *element_end = at;

    while (element_end < compound.end && is_name_byte(*element_end))
        element_end++;
    if (element_end > at) {
        char *name = copy_range((struct range){ at, element_end });
        bool used = g_hash_table_contains(sheet->used, name);

        g_free(name);
        if (!used)
            return false;
    }
    for (at = element_end; at < compound.end && *at != ':' && *at != '['; ) {
        const char *stop = at + 1;
        char *key;
        bool used;

        while (stop < compound.end && is_name_byte(*stop))
            stop++;
        key = g_strdup_printf("%.*s%.*s", (int)(element_end - compound.at), compound.at,
                              (int)(stop - at), at);
        used = *at != '.' || g_hash_table_contains(sheet->used, key);
        g_free(key);
        if (!used)
            return false;
        at = stop;
    }
    return true;
}

/* The end of the piece that begins at AT: where one of STOPS stands outside
 * parentheses and brackets. */
static const char *piece_end(const char *at, const char *end, const char *stops)
{
    int depth = 0;

    for (; at < end; at++) {
        if (*at == '(' || *at == '[')
            depth++;
        else if (*at == ')' || *at == ']')
            depth--;
        else if (depth == 0 && strchr(stops, *at) != NULL)
            break;
    }
    return at;
}

static bool selector_is_used(const struct stylesheet *sheet, struct range selector)
{
    static const char combinators[] = " \t\n>+~";

    while (selector.at < selector.end) {
        const char *stop = piece_end(selector.at, selector.end, combinators);

        if (stop > selector.at
            && !compound_is_used(sheet, (struct range){ selector.at, stop }))
            return false;
        selector.at = stop < selector.end ? stop + 1 : stop;
    }
    return true;
}

/* Writes the selectors that are used, with commas; false when none is. */
static bool write_selectors(const struct stylesheet *sheet, struct range list, struct buf *out)
{
    bool any = false;

    while (list.at < list.end) {
        const char *stop = piece_end(list.at, list.end, ",");
        struct range selector = trim((struct range){ list.at, stop });

        if (selector_is_used(sheet, selector)) {
            if (any)
                buf_puts(out, ", ");
            buf_append(out, selector.at, (size_t)(selector.end - selector.at));
            any = true;
        }
        list.at = stop < list.end ? stop + 1 : stop;
    }
    return any;
}

/* Declarations, one a line. */
static void write_block(struct range block, struct buf *out)
{
    buf_puts(out, " {\n");
    while (trim(block).at < block.end) {
        const char *stop;
        struct range line;

        for (stop = block.at; stop < block.end && *stop != ';';)
            stop = *stop == '"' || *stop == '\'' ? skip_string(stop, block.end) : stop + 1;
        line = trim((struct range){ block.at, stop });
        if (line.at < line.end) {
            buf_puts(out, "  ");
            buf_append(out, line.at, (size_t)(line.end - line.at));
            buf_puts(out, ";\n");
        }
        block.at = stop < block.end ? stop + 1 : stop;
    }
    buf_puts(out, "}\n");
}

static void write_rules(const struct stylesheet *sheet, struct range range, struct buf *out);

static void write_nested(const struct stylesheet *sheet, const struct rule *rule, struct buf *out)
{
    size_t before = out->len, empty;

    buf_append(out, rule->prelude.at, (size_t)(rule->prelude.end - rule->prelude.at));
    buf_puts(out, " {\n");
    empty = out->len;
    write_rules(sheet, rule->block, out);
    if (out->len == empty)
        buf_cut(out, before);
    else
        buf_puts(out, "}\n");
}

static void write_rule(const struct stylesheet *sheet, const struct rule *rule, struct buf *out)
{
    if (holds_rules(rule)) {
        write_nested(sheet, rule, out);
    } else if (is_at_rule(rule)) {
        buf_append(out, rule->prelude.at, (size_t)(rule->prelude.end - rule->prelude.at));
        if (rule->has_block)
            write_block(rule->block, out);
        else
            buf_puts(out, ";\n");
    } else {
        if (rule->has_block && write_selectors(sheet, rule->prelude, out))
            write_block(rule->block, out);
    }
}

static void write_rules(const struct stylesheet *sheet, struct range range, struct buf *out)
{
    struct rule rule;

    while (next_rule(&range, &rule))
        write_rule(sheet, &rule, out);
}

void stylesheet_write(const struct stylesheet *sheet, struct buf *out)
{
    write_rules(sheet, (struct range){ sheet->text, sheet->text + sheet->bytes }, out);
}
