/* Reads CSS as far as it takes to know where each rule begins and ends: comments
 * and strings are respected, blocks may nest (@media, @supports). What comes in
 * must have its braces and strings closed; what is inside a declaration is the
 * style's own affair. */
#include "epub/stylesheet.h"

#include "base/diag.h"
#include "base/file.h"
#include "base/memory.h"
#include "epub/selector.h"

#include <glib.h>

#include <stdlib.h>
#include <string.h>

enum { DEEPEST = 8 };

struct stylesheet {
    char *text;                 /* comments blanked out */
    size_t bytes;
    GHashTable *classes;        /* named by any selector */
    VEC(struct selector *) selectors;   /* in the order of the text */
    const char *stop;           /* where reading gave up */
};

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

/* The next selector of a list with commas, which moves past it; false at its
 * end. */
static bool next_selector(struct range *list, struct range *selector)
{
    const char *at = list->at;
    int depth = 0;

    if (at >= list->end)
        return false;
    for (; at < list->end && (depth > 0 || *at != ','); at++)
        depth += *at == '(' || *at == '[' ? 1 : *at == ')' || *at == ']' ? -1 : 0;
    *selector = trim((struct range){ list->at, at });
    list->at = at < list->end ? at + 1 : at;
    return true;
}

/* ---- loading ----------------------------------------------------------- */

/* The classes of a list of selectors, to NAMES. */
static void note_classes(GHashTable *names, struct range selectors)
{
    for (const char *at = selectors.at; at < selectors.end; at++) {
        const char *stop = at + 1;

        if (*at != '.')
            continue;
        while (stop < selectors.end && is_name_byte(*stop))
            stop++;
        g_hash_table_add(names, g_strndup(at + 1, (gsize)(stop - at - 1)));
    }
}

static void note_selectors(struct stylesheet *sheet, struct arena *arena, struct range list)
{
    struct range text;

    note_classes(sheet->classes, list);
    while (next_selector(&list, &text))
        *VEC_PUSH(&sheet->selectors) = selector_new(arena, text);
}

static bool scan_within(struct stylesheet *sheet, struct arena *arena, const struct rule *rule,
                        int depth);

/* Notes the selectors of all rules; false where the text is no sheet, from
 * sheet->stop on. */
static bool scan(struct stylesheet *sheet, struct arena *arena, struct range range, int depth)
{
    struct rule rule;

    while (next_rule(&range, &rule)) {
        if (!is_at_rule(&rule))
            note_selectors(sheet, arena, rule.prelude);
        else if (holds_rules(&rule) && !scan_within(sheet, arena, &rule, depth))
            return false;
    }
    sheet->stop = trim(range).at;
    return sheet->stop == range.end;
}

static bool scan_within(struct stylesheet *sheet, struct arena *arena, const struct rule *rule,
                        int depth)
{
    sheet->stop = rule->prelude.at;
    return depth < DEEPEST && scan(sheet, arena, rule->block, depth + 1);
}

/* The line of TEXT, from 1, that AT is in. */
static int line_of(const char *text, const char *at)
{
    int line = 1;

    for (; text < at; text++)
        line += *text == '\n';
    return line;
}

/* The first address in TEXT of what the e-book does not carry; NULL when there is
 * none. */
static const char *find_address(const char *text)
{
    for (const char *at = text; *at != '\0'; at++) {
        const char *address = at + strlen("url(");

        if (g_ascii_strncasecmp(at, "@import", strlen("@import")) == 0)
            return at;
        if (g_ascii_strncasecmp(at, "url(", strlen("url(")) != 0)
            continue;
        address += strspn(address, " \t\n'\"");
        if (*address != '#' && g_ascii_strncasecmp(address, "data:", strlen("data:")) != 0)
            return at;
    }
    return NULL;
}

/* Tells what no sheet of an e-book may have; false then. */
static bool check_sheet(struct stylesheet *sheet, struct arena *arena, const char *path)
{
    const char *text = sheet->text, *address = find_address(text);

    if (!scan(sheet, arena, (struct range){ text, text + sheet->bytes }, 0)) {
        diag(DIAG_ERROR, (struct place){ path, line_of(text, sheet->stop), 0 }, "stylesheet",
             "the rule that begins here has a brace or a string that is not closed, or a brace "
             "too many; mend it");
        return false;
    }
    if (address != NULL)
        diag(DIAG_ERROR, (struct place){ path, line_of(text, address), 0 }, "stylesheet",
             "an e-book takes nothing from elsewhere, and carries no other files of a style; "
             "take this @import or url() out");
    return address == NULL;
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
    sheet->text = text;
    sheet->bytes = bytes;
    sheet->classes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    if (check_sheet(sheet, arena, path))
        return sheet;
    stylesheet_free(sheet);
    return NULL;
}

void stylesheet_free(struct stylesheet *sheet)
{
    if (sheet == NULL)
        return;
    g_hash_table_destroy(sheet->classes);
    free(sheet->selectors.item);
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

static const char class_start[] = " class=\"";

/* The class attribute of the tag from AT to before END; empty when none or kept. */
static struct range idle_class(GHashTable *kept, const char *at, const char *end)
{
    const char *start = g_strstr_len(at, end - at, class_start), *name, *stop;
    char *class;
    bool idle;

    if (start == NULL)
        return (struct range){ end, end };
    name = start + sizeof class_start - 1;
    stop = memchr(name, '"', (size_t)(end - name));
    class = g_strndup(name, (gsize)(stop - name));
    idle = !g_hash_table_contains(kept, class);
    g_free(class);
    return idle ? (struct range){ start, stop + 1 } : (struct range){ end, end };
}

/* Idle classes out, in place: what stays moves to the front. */
static void strip(GHashTable *kept, struct buf *xhtml)
{
    const char *at = xhtml->data, *end = at + xhtml->len, *tag;
    size_t length = 0;

    while (at < end && (tag = memchr(at, '<', (size_t)(end - at))) != NULL) {
        const char *stop = memchr(tag, '>', (size_t)(end - tag));
        struct range class;

        if (stop == NULL)
            break;
        class = idle_class(kept, tag, stop);
        memmove(xhtml->data + length, at, (size_t)(class.at - at));
        length += (size_t)(class.at - at);
        at = class.end;
        if (class.at == class.end)
            at = stop;
    }
    memmove(xhtml->data + length, at, (size_t)(end - at));
    buf_cut(xhtml, length + (size_t)(end - at));
}

void stylesheet_apply(struct stylesheet *sheet, struct buf *const *documents, size_t count)
{
    GHashTable *kept = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    for (size_t i = 0; i < count; i++)
        selector_walk(sheet->selectors.item, sheet->selectors.count, documents[i]->data,
                      documents[i]->len);
    for (size_t i = 0; i < sheet->selectors.count; i++)
        if (selector_is_used(sheet->selectors.item[i]))
            note_classes(kept, selector_text(sheet->selectors.item[i]));
    for (size_t i = 0; i < count; i++)
        strip(kept, documents[i]);
    g_hash_table_destroy(kept);
}

/* ---- writing ----------------------------------------------------------- */

/* Where the writer is: rules come as they were read, so do their selectors. */
struct writing {
    const struct stylesheet *sheet;
    size_t next;                /* selector */
    struct buf *out;
};

/* Writes the selectors that are used, with commas; false when none is. */
static bool write_selectors(struct writing *writing, struct range list)
{
    struct range text;
    bool any = false;

    while (next_selector(&list, &text)) {
        const struct selector *selector = writing->sheet->selectors.item[writing->next++];

        if (!selector_is_used(selector))
            continue;
        if (any)
            buf_puts(writing->out, ", ");
        buf_append(writing->out, text.at, (size_t)(text.end - text.at));
        any = true;
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

static void write_rules(struct writing *writing, struct range range);

static void write_prelude(struct writing *writing, const struct rule *rule)
{
    buf_append(writing->out, rule->prelude.at, (size_t)(rule->prelude.end - rule->prelude.at));
}

static void write_nested(struct writing *writing, const struct rule *rule)
{
    size_t before = writing->out->len, empty;

    write_prelude(writing, rule);
    buf_puts(writing->out, " {\n");
    empty = writing->out->len;
    write_rules(writing, rule->block);
    if (writing->out->len == empty)
        buf_cut(writing->out, before);
    else
        buf_puts(writing->out, "}\n");
}

static void write_rule(struct writing *writing, const struct rule *rule)
{
    if (holds_rules(rule)) {
        write_nested(writing, rule);
    } else if (is_at_rule(rule)) {
        write_prelude(writing, rule);
        if (rule->has_block)
            write_block(rule->block, writing->out);
        else
            buf_puts(writing->out, ";\n");
    } else if (write_selectors(writing, rule->prelude) && rule->has_block) {
        write_block(rule->block, writing->out);
    }
}

static void write_rules(struct writing *writing, struct range range)
{
    struct rule rule;

    while (next_rule(&range, &rule))
        write_rule(writing, &rule);
}

void stylesheet_write(const struct stylesheet *sheet, struct buf *out)
{
    struct writing writing = { sheet, 0, out };

    write_rules(&writing, (struct range){ sheet->text, sheet->text + sheet->bytes });
}
