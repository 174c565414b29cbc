/* A lexer of content streams (ISO 32000-1, 7.8.2), and the few operators that
 * finishing changes; all others go through byte for byte. Texts within an
 * ActualText are decoded by the font's own map, and where that says the same,
 * the ActualText goes. */
#include "pdf/content.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

enum { DEEPEST = 16, LONGEST_STRING = 4096 };

enum scope_kind { SCOPE_OTHER, SCOPE_ACTUAL };

struct scope {
    enum scope_kind kind;
    size_t start, end;          /* of its BDC in the output */
};

struct rewriter {
    struct content_page *page;
    const unsigned char *at, *end;
    const unsigned char *operands;      /* where those of the next operator begin */
    struct buf *out;
    struct scope scope[DEEPEST];
    int depth;
    struct cmap *font;
    struct buf actual, decoded;         /* of the ActualText one is in */
    bool in_actual, unknown;
    int codes;                          /* shown in it, the last of them, and its font */
    uint32_t code;
    struct cmap *code_font;
    int next_mcid;
};

/* ---- Tokens --------------------------------------------------------------- */

static bool is_space(int c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0;
}

static bool is_delimiter(int c)
{
    return c == '(' || c == ')' || c == '<' || c == '>' || c == '[' || c == ']' || c == '{'
        || c == '}' || c == '/' || c == '%';
}

static const unsigned char *skip_word(const unsigned char *at, const unsigned char *end)
{
    while (at < end && !is_space(*at) && !is_delimiter(*at))
        at++;
    return at;
}

static const unsigned char *skip_string(const unsigned char *at, const unsigned char *end)
{
    int depth = 0;

    for (; at < end; at++) {
        if (*at == '\\')
            at++;
        else if (*at == '(')
            depth++;
        else if (*at == ')' && --depth == 0)
            return at + 1;
    }
    return end;
}

static const unsigned char *skip_to(const unsigned char *at, const unsigned char *end, int c)
{
    const unsigned char *found = memchr(at, c, (size_t)(end - at));

    return found != NULL ? found + 1 : end;
}

/* After the token at AT; *OPERATOR tells whether it is one. */
static const unsigned char *skip_token(const unsigned char *at, const unsigned char *end,
                                       bool *operator)
{
    *operator = false;
    switch (*at) {
    case '(': return skip_string(at, end);
    case '%': return skip_to(at, end, '\n');
    case '/': return skip_word(at + 1, end);
    case '<': return at + 1 < end && at[1] == '<' ? at + 2 : skip_to(at, end, '>');
    case '>': return at + 1 < end && at[1] == '>' ? at + 2 : at + 1;
    case '[': case ']': case '{': case '}': case ')': return at + 1;
    default:
        *operator = !((*at >= '0' && *at <= '9') || *at == '-' || *at == '+' || *at == '.');
        return skip_word(at, end);
    }
}

/* ---- Operators ------------------------------------------------------------- */

/* Copies the operator that ends at END with its operands. */
static void copy(struct rewriter *r, const unsigned char *end)
{
    buf_append(r->out, r->operands, (size_t)(end - r->operands));
}

static const char *find_key(const struct rewriter *r, const unsigned char *end, const char *key)
{
    const char *found = g_strstr_len((const char *)r->operands, end - r->operands, key);

    return found != NULL ? found + strlen(key) : NULL;
}

static void open_scope(struct rewriter *r, enum scope_kind kind, size_t start)
{
    if (r->depth < DEEPEST)
        r->scope[r->depth] = (struct scope){ kind, start, r->out->len };
    r->depth++;
}

static void begin_mark(struct rewriter *r, long number)
{
    struct content_mark *mark = number >= 0 && number < (long)r->page->mark_count
        ? &r->page->marks[number] : NULL;
    size_t start = r->out->len;

    if (mark == NULL || mark->tag == NULL) {
        buf_puts(r->out, "\n/Artifact BMC");
    } else {
        mark->mcid = r->next_mcid++;
        buf_printf(r->out, "\n/%s <</MCID %d>> BDC", mark->tag, mark->mcid);
    }
    open_scope(r, SCOPE_OTHER, start);
}

static void begin_actual(struct rewriter *r, const char *text, const unsigned char *end)
{
    unsigned char bytes[LONGEST_STRING];
    const unsigned char *at = memchr(text, '<', (size_t)((const char *)end - text));
    size_t start = r->out->len, count = 0;

    copy(r, end);
    open_scope(r, SCOPE_ACTUAL, start);
    buf_cut(&r->actual, 0);
    buf_cut(&r->decoded, 0);
    r->in_actual = true;
    r->codes = 0;
    r->unknown = at == NULL;
    if (at == NULL)
        return;
    hex_read(at + 1, end, bytes, sizeof bytes, &count);
    if (count >= 2)
        utf16_append(&r->actual, bytes + 2, count - 2);
}

static void begin_marked(struct rewriter *r, const unsigned char *end)
{
    const char *mcid = find_key(r, end, "/MCID"), *text = find_key(r, end, "/ActualText");
    size_t start = r->out->len;

    if (mcid != NULL) {
        begin_mark(r, strtol(mcid, NULL, 10));
    } else if (text != NULL && !r->in_actual) {
        begin_actual(r, text, end);
    } else {
        copy(r, end);
        open_scope(r, SCOPE_OTHER, start);
    }
}

static bool same_text(const struct buf *a, const struct buf *b)
{
    char *left = g_utf8_normalize(buf_text(a), -1, G_NORMALIZE_NFC);
    char *right = g_utf8_normalize(buf_text(b), -1, G_NORMALIZE_NFC);
    bool same = left != NULL && right != NULL && strcmp(left, right) == 0;

    g_free(left);
    g_free(right);
    return same;
}

/* Takes the bytes from START to END out of what was written. */
static void take_out(struct buf *out, size_t start, size_t end)
{
    memmove(out->data + start, out->data + end, out->len - end);
    buf_cut(out, out->len - (end - start));
}

static void end_marked(struct rewriter *r, const unsigned char *end)
{
    const struct scope *scope;

    if (r->depth == 0)
        return;
    scope = &r->scope[--r->depth];
    if (r->depth >= DEEPEST || scope->kind == SCOPE_OTHER) {
        copy(r, end);
        return;
    }
    r->in_actual = false;
    if ((!r->unknown && same_text(&r->actual, &r->decoded))
        || (r->codes == 1 && cmap_learn(r->code_font, r->code, buf_text(&r->actual))))
        take_out(r->out, scope->start, scope->end);
    else
        copy(r, end);
}

/* Greys are set as greys: r = g = b, however it is written. */
static void set_colour(struct rewriter *r, const unsigned char *end, const char *grey)
{
    double part[3];
    char *after = (char *)(uintptr_t)r->operands;

    for (int i = 0; i < 3; i++)
        part[i] = g_ascii_strtod(after, &after);
    if (part[0] == part[1] && part[1] == part[2]) {
        buf_putc(r->out, '\n');
        buf_printf(r->out, "%d.%03d %s", (int)part[0],
                   (int)((part[0] - (int)part[0]) * 1000 + 0.5), grey);
        return;
    }
    r->page->coloured = true;
    copy(r, end);
}

static void set_font(struct rewriter *r, const unsigned char *end)
{
    const unsigned char *name = memchr(r->operands, '/', (size_t)(end - r->operands));

    copy(r, end);
    if (name == NULL)
        return;
    name++;
    r->font = r->page->font(r->page->context, (const char *)name,
                            (size_t)(skip_word(name, end) - name));
}

/* A literal string's bytes; escapes as far as they stand for one byte. */
static const unsigned char *read_literal(const unsigned char *at, const unsigned char *end,
                                         unsigned char *to, size_t *count)
{
    static const char names[] = "nrtbf", bytes[] = "\n\r\t\b\f";
    const unsigned char *after = skip_string(at, end);

    *count = 0;
    for (at++; at < after - 1 && *count < LONGEST_STRING; at++) {
        const char *name;

        if (*at != '\\') {
            to[(*count)++] = *at;
            continue;
        }
        at++;
        name = *at != 0 ? strchr(names, *at) : NULL;
        if (*at >= '0' && *at <= '7') {
            int value = 0;

            for (int i = 0; i < 3 && *at >= '0' && *at <= '7'; i++)
                value = value * 8 + *at++ - '0';
            at--;
            to[(*count)++] = (unsigned char)value;
        } else {
            to[(*count)++] = name != NULL ? (unsigned char)bytes[name - names] : *at;
        }
    }
    return after;
}

/* What a string shown within an ActualText says by the font's map. */
static void note_codes(struct rewriter *r, const unsigned char *bytes, size_t count)
{
    size_t width;

    if (count == 0)
        return;
    if (r->font == NULL) {
        r->unknown = true;
        return;
    }
    width = (size_t)cmap_width(r->font);
    r->codes += (int)(count / width);
    r->code = width == 2 && count >= 2 ? (uint32_t)(bytes[0] << 8 | bytes[1]) : bytes[0];
    r->code_font = r->font;
    if (!cmap_decode(r->font, bytes, count, &r->decoded))
        r->unknown = true;
}

static void show_text(struct rewriter *r, const unsigned char *end)
{
    unsigned char bytes[LONGEST_STRING];
    const unsigned char *at = r->operands;
    size_t count;

    copy(r, end);
    while (r->in_actual && at < end) {
        if (*at != '(' && *at != '<') {
            at++;
            continue;
        }
        at = *at == '(' ? read_literal(at, end, bytes, &count)
                        : hex_read(at + 1, end, bytes, sizeof bytes, &count);
        note_codes(r, bytes, count);
    }
}

/* An inline image: its bytes are passed over to "EI" between spaces. */
static const unsigned char *skip_image(const unsigned char *at, const unsigned char *end)
{
    for (at++; at + 3 < end; at++)
        if (is_space(at[0]) && at[1] == 'E' && at[2] == 'I' && is_space(at[3]))
            return at;
    return end;
}

static void operate(struct rewriter *r, const char *name, size_t length,
                    const unsigned char *end)
{
    if (length == 3 && memcmp(name, "BDC", 3) == 0)
        begin_marked(r, end);
    else if (length == 3 && memcmp(name, "BMC", 3) == 0) {
        size_t start = r->out->len;

        copy(r, end);
        open_scope(r, SCOPE_OTHER, start);
    } else if (length == 3 && memcmp(name, "EMC", 3) == 0)
        end_marked(r, end);
    else if (length == 2 && (memcmp(name, "rg", 2) == 0 || memcmp(name, "RG", 2) == 0))
        set_colour(r, end, name[0] == 'r' ? "g" : "G");
    else if (length == 2 && memcmp(name, "Tf", 2) == 0)
        set_font(r, end);
    else if (length == 2 && (memcmp(name, "Tj", 2) == 0 || memcmp(name, "TJ", 2) == 0))
        show_text(r, end);
    else
        copy(r, end);
}

int content_rewrite(struct content_page *page, const unsigned char *stream, size_t bytes,
                    struct buf *out)
{
    struct rewriter r = { .page = page, .at = stream, .end = stream + bytes,
                          .operands = stream, .out = out };

    for (uint32_t i = 0; i < page->mark_count; i++)
        page->marks[i].mcid = -1;
    while (r.at < r.end) {
        const unsigned char *start = r.at;
        bool operator;

        if (is_space(*start)) {
            r.at++;
            continue;
        }
        r.at = skip_token(start, r.end, &operator);
        if (!operator)
            continue;
        if (r.at - start == 2 && memcmp(start, "ID", 2) == 0)
            r.at = skip_image(r.at, r.end);
        operate(&r, (const char *)start, (size_t)(r.at - start), r.at);
        r.operands = r.at;
    }
    buf_free(&r.actual);
    buf_free(&r.decoded);
    return r.next_mcid;
}
