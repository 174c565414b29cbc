/* Scalars and small collections as YAML that reads back the same. */
#include "book/yaml.h"
#include "base/utf8.h"

#include <string.h>

/* Words that other readers of YAML take for something else than text. */
static bool is_word_of_yaml(const char *text)
{
    static const char *const words[] = { "~", "null", "true", "false", "yes", "no", "on", "off",
                                         "y", "n" };
    char lower[8];
    size_t length = strlen(text);

    if (length >= sizeof lower)
        return false;
    for (size_t i = 0; i <= length; i++)
        lower[i] = (char)(text[i] >= 'A' && text[i] <= 'Z' ? text[i] + 32 : text[i]);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(lower, words[i]) == 0)
            return true;
    return false;
}

/* Letters and other signs beyond ASCII that are neither spaces nor controls. */
static bool is_plain_code(uint32_t code)
{
    return code > 0xA0 && utf8_is_text(code) && code != 0x2028 && code != 0x2029 && code != 0xFEFF
        && !(code >= 0x2000 && code <= 0x200F) && code != 0x202F && code != 0x3000;
}

/* Safe without quotes anywhere: starts with a letter, a digit or a slash, and
 * holds no sign with a meaning but those that mean nothing inside a word. */
static bool is_plain(const char *text)
{
    const char *at = text, *end = text + strlen(text);
    char last = at == end ? ' ' : end[-1];

    if (last == ' ' || last == ':' || is_word_of_yaml(text) || strchr(" -+.", text[0]) != NULL)
        return false;
    while (at < end) {
        uint32_t code = utf8_next(&at, end);

        if (code >= 0x80 ? !is_plain_code(code)
            : code < ' ' || code == 0x7F || strchr("\"'`{}[],&*!|>%@#=?<\\", (int)code) != NULL)
            return false;
        if (code == ':' && *at == ' ')
            return false;
    }
    return true;
}

static void write_quoted(struct buf *out, const char *text)
{
    const char *at = text, *end = text + strlen(text);

    buf_putc(out, '"');
    while (at < end) {
        const char *from = at;
        uint32_t code = utf8_next(&at, end);

        if (code == '"' || code == '\\')
            buf_printf(out, "\\%c", (int)code);
        else if (code == '\n')
            buf_puts(out, "\\n");
        else if (code == '\t')
            buf_puts(out, "\\t");
        else if (code < 0x20 || code == 0x7F)
            buf_printf(out, "\\x%02X", (unsigned)code);
        else if (code >= 0x80 && code < 0x10000 && !is_plain_code(code))
            buf_printf(out, "\\u%04X", (unsigned)code);
        else
            buf_append(out, from, (size_t)(at - from));
    }
    buf_putc(out, '"');
}

void yaml_write_scalar(struct buf *out, const char *text)
{
    if (is_plain(text))
        buf_puts(out, text);
    else
        write_quoted(out, text);
}

void yaml_write_pair(struct buf *out, int indent, const char *key, const char *value)
{
    if (value == NULL)
        return;
    buf_printf(out, "%*s", indent, "");
    yaml_write_scalar(out, key);
    buf_puts(out, ": ");
    yaml_write_scalar(out, value);
    buf_putc(out, '\n');
}

void yaml_write_list(struct buf *out, int indent, const char *key, const char *const *items,
                     size_t count)
{
    if (count == 0)
        return;
    buf_printf(out, "%*s%s: [", indent, "", key);
    for (size_t i = 0; i < count; i++) {
        buf_puts(out, i == 0 ? "" : ", ");
        yaml_write_scalar(out, items[i]);
    }
    buf_puts(out, "]\n");
}

void yaml_write_flow(struct buf *out, const char *const (*pairs)[2], size_t count)
{
    bool first = true;

    buf_putc(out, '{');
    for (size_t i = 0; i < count; i++) {
        if (pairs[i][1] == NULL)
            continue;
        buf_puts(out, first ? "" : ", ");
        yaml_write_scalar(out, pairs[i][0]);
        buf_puts(out, ": ");
        yaml_write_scalar(out, pairs[i][1]);
        first = false;
    }
    buf_putc(out, '}');
}
