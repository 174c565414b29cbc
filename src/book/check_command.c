/* `florilege check`: the folder read and checked, its diagnostics on stderr or
 * as JSON. */
#include "base/file.h"
#include "base/utf8.h"
#include "book/check.h"

#include <string.h>

/* A string of JSON (RFC 8259): controls escaped, the rest as UTF-8; bytes of a
 * file's name that are none become U+FFFD. */
static void put_json(struct buf *out, const char *text)
{
    const char *end = text + strlen(text);

    buf_putc(out, '"');
    while (text < end) {
        uint32_t code = utf8_next(&text, end);

        if (code == '"' || code == '\\')
            buf_printf(out, "\\%c", (char)code);
        else if (code < 0x20)
            buf_printf(out, "\\u%04x", (unsigned)code);
        else
            buf_put_code(out, code == UTF8_BAD ? 0xFFFD : code);
    }
    buf_putc(out, '"');
}

static void put_diagnostic(void *context, const struct diagnostic *d)
{
    struct buf *out = context;

    buf_puts(out, out->len > 1 ? ",\n  {" : "\n  {");
    if (d->at.path != NULL) {
        buf_puts(out, "\"path\": ");
        put_json(out, d->at.path);
        buf_puts(out, ", ");
    }
    if (d->at.line > 0)
        buf_printf(out, "\"line\": %d, ", d->at.line);
    if (d->at.line > 0 && d->at.col > 0)
        buf_printf(out, "\"column\": %d, ", d->at.col);
    buf_printf(out, "\"severity\": \"%s\", \"rule\": ", severity_name(d->severity));
    put_json(out, d->rule);
    buf_puts(out, ", \"message\": ");
    put_json(out, d->message);
    buf_putc(out, '}');
}

bool check_content(const struct check_options *options, struct buf *out)
{
    size_t errors = diag_count(DIAG_ERROR), warnings = diag_count(DIAG_WARNING);
    struct book *book;

    if (options->json) {
        buf_putc(out, '[');
        diag_set_sink(put_diagnostic, out);
    }
    book = book_load(options->content, options->data);
    if (book != NULL) {
        book_check_date(book);
        check_book(book);
    }
    book_free(book);
    if (options->json) {
        diag_set_sink(NULL, NULL);
        buf_puts(out, out->len > 1 ? "\n]\n" : "]\n");
    }
    return diag_count(DIAG_ERROR) == errors
        && (!options->strict || diag_count(DIAG_WARNING) == warnings);
}
