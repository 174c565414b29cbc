/* Raw text to blocks. What comes in has no marks but its lines: an empty line
 * ends a paragraph, a sign and a space begin an item, three or more of the same
 * sign are a rule. Text wrapped at a column or anywhere is joined again; text
 * without empty lines, or with lines that are paragraphs, has one in every line. */
#include "import/text.h"
#include "import/lists.h"
#include "base/utf8.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_LINES = 1000000,
       LONG_LINE = 240 };           /* that nobody has wrapped */

struct line {
    const char *text;           /* spaces trimmed */
    size_t bytes;
    int indent;                 /* code points of space before */
};

struct reader {
    struct maker maker;
    VEC(struct line) lines;
    bool wrapped;               /* lines are broken at a column */
    bool ragged;                /* lines are broken anywhere */
    bool dense;                 /* few empty lines, or long ones: each is a paragraph */
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

static bool split_lines(struct reader *reader, const char *text, size_t bytes)
{
    const char *end = text + bytes;

    while (text < end) {
        if (reader->lines.count == MOST_LINES) {
            diag(DIAG_ERROR, (struct place){ reader->maker.article->path, MOST_LINES + 1, 0 },
                 "too-large", "more than a million lines; split the text");
            return false;
        }
        const char *stop = memchr(text, '\n', (size_t)(end - text));

        if (stop == NULL)
            stop = end;
        *VEC_PUSH(&reader->lines) = trim(text, (size_t)(stop - text));
        text = stop + 1;
    }
    return true;
}

/* ---- The shape of the file -------------------------------------------------- */

static size_t first_word(const struct line *line)
{
    const char *space = memchr(line->text, ' ', line->bytes);

    return space == NULL ? line->bytes : (size_t)(space - line->text);
}

static bool is_sentence_end(const struct line *line)
{
    return line->bytes > 0 && strchr(".!?:;\"*)", line->text[line->bytes - 1]) != NULL;
}

/* Does a line go on with the sentence of the one BEFORE? */
static bool goes_on(const struct line *before, const struct line *line)
{
    const char *at = line->text, *end = at + line->bytes;

    return before->bytes > 0 && line->bytes > 0 && !is_sentence_end(before) &&
           g_unichar_islower(utf8_next(&at, end)) &&
           memchr(line->text, '@', line->bytes) == NULL &&
           memchr(line->text, '/', line->bytes) == NULL;
}

/* Wrapped text: of two lines in a row, the first word of the second would
 * nearly always not have fitted in the first. Ragged text, as some pages break
 * it: many lines begin in the middle of a sentence. */
static void see_shape(struct reader *reader)
{
    size_t pairs = 0, full = 0, empty = 0, longest = 0, filled = 0, joined = 0;

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
        joined += goes_on(line, next);
        full += utf8_length(line->text, line->bytes) + first_word(next) + 8 > longest;
    }
    reader->wrapped = longest >= 50 && longest <= 110 && pairs >= 4 && full * 10 >= pairs * 7;
    reader->ragged = !reader->wrapped && longest <= 160 && joined >= 5 && joined * 3 >= pairs;
    reader->dense = !reader->wrapped && filled >= 6 &&
                    (empty * 12 < filled ||
                     (!reader->ragged && longest > LONG_LINE && pairs * 2 >= filled));
}

/* ---- Lines ------------------------------------------------------------------- */

static struct place place_of(const struct reader *reader, size_t index)
{
    return (struct place){ reader->maker.article->path, (int)index + 1,
                           reader->lines.item[index].indent + 1 };
}

/* A line that may begin an item is a paragraph of its own in wrapped text; what
 * it is, is seen later, with what stands around it. */
static bool may_be_item(const struct line *line)
{
    int number;
    bool sure;

    return list_sign(line->text, line->bytes, &number, &sure) > 0;
}

static void put(struct reader *reader, const char *text, size_t bytes)
{
    maker_text(&reader->maker, text, bytes, 0, NULL);
}

/* One line that is not empty; FIRST of its group. */
static void read_line(struct reader *reader, size_t index, bool first)
{
    const struct line *line = &reader->lines.item[index];

    if (list_is_rule(line->text, line->bytes)) {
        maker_open(&reader->maker, BLOCK_RULE, place_of(reader, index));
        put(reader, line->text, line->bytes);
        maker_close(&reader->maker);
        return;
    }
    if (!first && reader->ragged && reader->maker.open && goes_on(line - 1, line))
        put(reader, " ", 1);
    else if (first || reader->dense || !reader->maker.open ||
        (reader->wrapped && may_be_item(line)))
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
    bool first = true, good;

    maker_init(&reader.maker, article);
    good = split_lines(&reader, text, bytes);
    if (good)
        see_shape(&reader);
    for (size_t i = 0; good && i < reader.lines.count; i++) {
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
    return good;
}
