/* Raw text to blocks. What comes in has no marks but its lines: an empty line
 * ends a paragraph, a sign and a space begin an item, three or more of the same
 * sign are a rule. Text wrapped at a column is joined again; text without empty
 * lines has a paragraph in every line. */
#include "import/text.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

struct line {
    const char *text;           /* spaces trimmed */
    size_t bytes;
    int indent;                 /* code points of space before */
};

struct reader {
    struct maker maker;
    VEC(struct line) lines;
    bool wrapped;               /* lines are broken at a column */
    bool dense;                 /* no empty lines: each is a paragraph */
    int number;                 /* of the last ordered item, 0: none */
};

static bool is_space(uint32_t code)
{
    return code == ' ' || code == '\t' || code == 0xA0 || code == 0x202F || code == 0x3000 ||
           (code >= 0x2000 && code <= 0x200B) || code == 0xFEFF || code == '\f' || code == '\v';
}

static struct line trim(const char *text, size_t bytes)
{
    const char *end = text + bytes;
    struct line line = {0};

    for (const char *next = text; text < end && is_space(utf8_next(&next, end)); text = next)
        line.indent++;
    for (const char *last = end; end > text && is_space(utf8_prev(&last, text)); end = last)
        ;
    line.text = text;
    line.bytes = (size_t)(end - text);
    return line;
}

static void split_lines(struct reader *reader, const char *text, size_t bytes)
{
    const char *end = text + bytes;

    while (text < end) {
        const char *stop = memchr(text, '\n', (size_t)(end - text));

        if (stop == NULL)
            stop = end;
        *VEC_PUSH(&reader->lines) = trim(text, (size_t)(stop - text));
        text = stop + 1;
    }
}

/* ---- The shape of the file -------------------------------------------------- */

static size_t first_word(const struct line *line)
{
    const char *space = memchr(line->text, ' ', line->bytes);

    return space == NULL ? line->bytes : (size_t)(space - line->text);
}

/* Wrapped text: of two lines in a row, the first word of the second would
 * nearly always not have fitted in the first. */
static void see_shape(struct reader *reader)
{
    size_t pairs = 0, full = 0, empty = 0, longest = 0, filled = 0;

    for (size_t i = 0; i < reader->lines.count; i++) {
        const struct line *line = &reader->lines.item[i];
        size_t length = utf8_length(line->text, line->bytes) + (size_t)line->indent;

        empty += line->bytes == 0;
        filled += line->bytes > 0;
        if (length > longest)
            longest = length;
    }
    for (size_t i = 1; i < reader->lines.count; i++) {
        const struct line *line = &reader->lines.item[i - 1], *next = line + 1;

        if (line->bytes == 0 || next->bytes == 0)
            continue;
        pairs++;
        full += utf8_length(line->text, line->bytes) + first_word(next) + 8 > longest;
    }
    reader->wrapped = longest >= 50 && longest <= 110 && pairs >= 4 && full * 10 >= pairs * 7;
    reader->dense = !reader->wrapped && filled >= 6 && empty * 12 < filled;
}

/* ---- Lines ------------------------------------------------------------------- */

static bool is_rule(const struct line *line)
{
    size_t signs = 0;

    if (line->bytes < 3 || strchr("*-_=~#.+", line->text[0]) == NULL)
        return false;
    for (size_t i = 0; i < line->bytes; i++) {
        if (line->text[i] == line->text[0])
            signs++;
        else if (line->text[i] != ' ')
            return false;
    }
    return signs >= 3 && line->text[0] != '.';
}

static bool is_bullet(uint32_t code)
{
    static const uint32_t bullets[] = {
        0x2022, 0xB7, 0x2023, 0x2043, 0x25AA, 0x25AB, 0x25CF, 0x25CB, 0x25E6, 0x25A0, 0x25BA,
        0x2013, 0x2014, 0x2219, 0x27A4, 0x2192, 0xF0B7, 0xF0A7, '-', '*', '+', 0
    };

    for (const uint32_t *bullet = bullets; *bullet != 0; bullet++)
        if (*bullet == code)
            return true;
    return false;
}

/* The offset of an item's text behind its sign; 0 when LINE begins none. */
static size_t after_bullet(const struct line *line)
{
    const char *at = line->text, *end = at + line->bytes;

    if (!is_bullet(utf8_next(&at, end)) || !is_space(utf8_next(&at, end)))
        return 0;
    return (size_t)(at - line->text);
}

/* The same for "1-", "2.", "3)"; *NUMBER is the figure. */
static size_t after_number(const struct line *line, int *number)
{
    const char *at = line->text, *end = at + line->bytes;
    size_t digits = 0;

    *number = 0;
    while (digits < line->bytes && digits < 3 && at[digits] >= '0' && at[digits] <= '9')
        *number = *number * 10 + at[digits++] - '0';
    if (digits == 0 || digits > 2 || digits == line->bytes)
        return 0;
    at += digits;
    if (strchr(".-)", *at) == NULL)
        return 0;
    if (*at++ == '.' && at < end && *at == '-')
        at++;
    return is_space(utf8_next(&at, end)) ? (size_t)(at - line->text) : 0;
}

static struct place place_of(const struct reader *reader, size_t index)
{
    return (struct place){ reader->maker.article->path, (int)index + 1,
                           reader->lines.item[index].indent + 1 };
}

/* Opens an item when the line begins one; the offset of its text, else 0. An
 * ordered one is the first or follows the one before. */
static size_t open_item(struct reader *reader, size_t index)
{
    const struct line *line = &reader->lines.item[index];
    size_t offset = after_bullet(line);
    struct block *block;
    int number = 0;

    if (offset == 0) {
        offset = after_number(line, &number);
        if (offset == 0 || (number != 1 && number != reader->number + 1))
            return 0;
        reader->number = number;
    }
    block = maker_open(&reader->maker, BLOCK_ITEM, place_of(reader, index));
    block->depth = 1;
    block->ordered = number > 0;
    block->number = number;
    return offset;
}

static void put(struct reader *reader, const char *text, size_t bytes)
{
    maker_text(&reader->maker, text, bytes, 0, NULL);
}

/* One line that is not empty; FIRST of its group. */
static void read_line(struct reader *reader, size_t index, bool first)
{
    const struct line *line = &reader->lines.item[index];
    bool in_item = reader->maker.open && reader->maker.now.kind == BLOCK_ITEM;
    size_t offset;

    if (is_rule(line)) {
        maker_open(&reader->maker, BLOCK_RULE, place_of(reader, index));
        put(reader, line->text, line->bytes);
        maker_close(&reader->maker);
        return;
    }
    offset = open_item(reader, index);
    if (offset > 0) {
        put(reader, line->text + offset, line->bytes - offset);
        return;
    }
    if (first || reader->dense || !reader->maker.open ||
        (in_item && !reader->wrapped && line->indent == 0))
        maker_open(&reader->maker, BLOCK_PARAGRAPH, place_of(reader, index));
    else if (reader->wrapped)
        put(reader, " ", 1);
    else
        maker_break(&reader->maker);
    put(reader, line->text, line->bytes);
}

bool text_read(struct article *article, const char *text, size_t bytes)
{
    struct reader reader = {0};
    bool first = true;

    maker_init(&reader.maker, article);
    split_lines(&reader, text, bytes);
    see_shape(&reader);
    for (size_t i = 0; i < reader.lines.count; i++) {
        if (reader.lines.item[i].bytes == 0) {
            maker_close(&reader.maker);
            first = true;
        } else {
            read_line(&reader, i, first);
            first = false;
        }
    }
    maker_close(&reader.maker);
    maker_free(&reader.maker);
    free(reader.lines.item);
    return true;
}
