/* Labels are read by shape: capitals, a colon or a dash, few words. */
#include "import/label.h"
#include "import/find.h"
#include "import/lists.h"
#include "base/utf8.h"

#include <glib.h>
#include <string.h>

enum { LABEL_BYTES = 48, LABEL_WORDS = 4, TEAM_WORDS = 6, TIME_BYTES = 12, LINE_BYTES = 80,
       BARE_BYTES = 20 };

bool label_is_turn(const char *fold)
{
    return words_are(WORDS_ASKS, fold) || words_are(WORDS_ANSWERS, fold);
}

/* The fold of a label; turns may be counted, "Q1", "Question 2". */
static const char *fold_label(struct arena *arena, const char *text, size_t bytes)
{
    const char *fold = words_fold(arena, text, bytes), *turn;
    size_t end = strlen(fold) - 1;

    while (end > 1 && (g_ascii_isdigit(fold[end - 1]) || fold[end - 1] == ' '))
        end--;
    if (fold[end] == '\0' || fold[end + 1] == '\0')
        return fold;
    turn = arena_printf(arena, "%.*s ", (int)end, fold);
    return label_is_turn(turn) ? turn : fold;
}

/* A few words in bold before text that is not: a label without a colon. */
static size_t bold_label(struct arena *arena, const struct block *block)
{
    size_t end = block_marked_prefix(block, MARK_STRONG);

    if (end == 0 || end >= block->bytes || end > LABEL_BYTES ||
        memchr(block->text, '\n', end) != NULL || text_asks(block->text, end) ||
        fold_words(words_fold(arena, block->text, end)) > LABEL_WORDS ||
        block_marks(block, 0, block->bytes) != 0)
        return 0;
    return end;
}

/* Bytes of a time, "[00:12:05]" or "0:12", and the space around it. */
static size_t time_length(const char *text, size_t bytes)
{
    size_t from = strspn(text, " [("), to = from;

    if (!g_ascii_isdigit(text[from]))
        return 0;
    to += strspn(text + from, "0123456789:.");
    if (to > bytes || to < from + 4 || to > from + TIME_BYTES ||
        !g_ascii_isdigit(text[to - 1]) || memchr(text + from, ':', to - from) == NULL)
        return 0;
    to += strspn(text + to, ")]");
    return to + strspn(text + to, " ");
}

/* Does the full stop at INDEX belong to a name: "S.F.", "Dr. Low", "site.org"? */
static bool is_stop_of_name(const struct block *block, size_t from, size_t index)
{
    size_t word = index;

    if (strchr(" \n", block->text[index + 1]) == NULL)
        return true;
    while (word > from && strchr(" .", block->text[word - 1]) == NULL)
        word--;
    return index - word <= 3;
}

/* Bytes of a dash between spaces. */
static size_t dash_length(const char *text)
{
    return strncmp(text, " \xE2\x80\x93 ", 5) == 0 || strncmp(text, " \xE2\x80\x94 ", 5) == 0
         ? 4 : 0;
}

/* "MF", "ADA QUILL": letters, and none of them small. */
static bool text_is_upper(const char *text, size_t bytes)
{
    size_t upper = 0;

    for (const char *at = text, *end = text + bytes; at < end;) {
        uint32_t code = utf8_next(&at, end);

        if (g_unichar_islower(code))
            return false;
        upper += g_unichar_isupper(code);
    }
    return upper >= 2;
}

/* One or two words that begin with capitals. */
static bool is_short_name(const char *text, size_t bytes)
{
    const char *end = text + bytes, *space = memchr(text, ' ', bytes);
    const char *first = text, *second = space == NULL ? text : space + 1;

    return g_unichar_isupper(utf8_next(&first, end)) &&
           g_unichar_isupper(utf8_next(&second, end)) &&
           (space == NULL || memchr(space + 1, ' ', (size_t)(end - space - 1)) == NULL);
}

/* Where the name that begins at FROM ends with a colon, a short one or one in
 * capitals with a dash, or a turn's word with a full stop; 0 when it does not. */
static size_t name_end(struct arena *arena, const struct block *block, size_t from)
{
    for (size_t i = from; i < block->bytes && i <= from + LABEL_BYTES; i++) {
        bool colon = block->text[i] == ':';

        if (block->text[i] == '\n' || (colon && i == from))
            return 0;
        if (i > from && dash_length(block->text + i) > 0)
            return text_is_upper(block->text + from, i - from) ||
                   is_short_name(block->text + from, i - from) ? i : 0;
        if (colon && g_ascii_isdigit(block->text[i - 1]) && g_ascii_isdigit(block->text[i + 1]))
            continue;
        if (colon || (block->text[i] == '.' && block->text[i + 1] == ' ' &&
                      label_is_turn(fold_label(arena, block->text + from, i - from))))
            return i;
        if (strchr("?!", block->text[i]) != NULL ||
            (block->text[i] == '.' && !is_stop_of_name(block, from, i)))
            return 0;
    }
    return 0;
}

/* A capital, or a single word. */
static bool begins_name(const struct block *block, size_t from, size_t to)
{
    const char *at = block->text + from, *end = block->text + to;

    while (to > from && block->text[to - 1] == ' ')
        to--;
    return g_unichar_isupper(utf8_next(&at, end)) ||
           memchr(block->text + from, ' ', to - from) == NULL;
}

/* "Ada Quill" or "Ada (0:12)" alone on the first line. */
static bool line_label(struct arena *arena, const struct block *block, size_t from,
                       struct label *label)
{
    size_t end = block_line_end(block, 0), to = end;

    if (end > from + LABEL_BYTES + TIME_BYTES)
        return false;
    while (to > from && strchr(" :", block->text[to - 1]) != NULL)
        to--;
    if (to > from + LABEL_BYTES + 2 * TIME_BYTES)
        return false;
    for (size_t i = from + 1; i < to; i++)
        if (time_length(block->text + i, to - i) == to - i && to == end) {
            to = i;
            break;
        }
    if (to <= from || to - from > LABEL_BYTES || !begins_name(block, from, to) ||
        strchr(".?!,;", block->text[to - 1]) != NULL)
        return false;
    label->fold = fold_label(arena, block->text + from, to - from);
    *label = (struct label){ from, to, end, true, label->fold };
    return fold_words(label->fold) > 0 && fold_words(label->fold) <= LABEL_WORDS;
}

/* Bytes of the sign of an item that stands before a label, or of a time. */
static size_t before_label(const struct block *block)
{
    int number;
    bool sure;
    size_t sign = list_sign(block->text, block->bytes, &number, &sure);

    sign = number > 0 ? 0 : sign;
    return sign + time_length(block->text + sign, block->bytes - sign);
}

bool label_read(struct arena *arena, const struct block *block, struct label *label)
{
    size_t from = before_label(block), to = name_end(arena, block, from), end;

    if (block->kind != BLOCK_PARAGRAPH && block->kind != BLOCK_ITEM &&
        block->kind != BLOCK_HEADING)
        return false;
    if (from == 0 && block->kind != BLOCK_HEADING && (end = bold_label(arena, block)) > 0) {
        to = end;
        while (to > 0 && strchr(" :", block->text[to - 1]) != NULL)
            to--;
        end += block->text[end] == ':';
        end += time_length(block->text + end, block->bytes - end);
        *label = (struct label){ 0, to, end, false, fold_label(arena, block->text, to) };
        return fold_words(label->fold) > 0;
    }
    if (to == 0 || !begins_name(block, from, to))
        return line_label(arena, block, from, label);
    end = dash_length(block->text + to);
    *label = (struct label){ from, to, to + (end > 0 ? end : 1), false,
                             fold_label(arena, block->text + from, to - from) };
    for (size_t i = from + 1; i < to; i++)
        if (time_length(block->text + i, to - i) == to - i) {
            label->to = i;
            label->fold = fold_label(arena, block->text + from, i - from);
            break;
        }
    if (fold_words(label->fold) > (end > 0 ? LABEL_WORDS : TEAM_WORDS) ||
        fold_words(label->fold) == 0 ||
        (block->kind == BLOCK_HEADING && !label_is_turn(label->fold)))
        return false;
    end = label->length;
    return end >= block->bytes || block->text[end] == ' ' || block->text[end] == '\n' ||
           (unsigned char)block->text[end] == 0xC2 ||
           (label_is_turn(label->fold) && block->text[to] == ':');
}

bool label_read_bare(struct arena *arena, const struct block *block, struct label *label)
{
    const char *end = block->text + block->bytes, *behind, *at = block->text;
    size_t bytes = strcspn(block->text, " \n\xC2");

    if (block->kind != BLOCK_PARAGRAPH || bytes < 2 || bytes > BARE_BYTES ||
        !g_unichar_isupper(g_utf8_get_char(block->text)))
        return false;
    while (at < block->text + bytes)
        if (!g_unichar_isalpha(utf8_next(&at, end)))
            return false;
    behind = at + strspn(at, " \xC2\xA0");
    at = behind;
    if (behind == block->text + bytes || behind == end ||
        (!text_is_upper(block->text, bytes) && strchr("(\"'", *behind) == NULL && !g_unichar_isupper(utf8_next(&at, end)) &&
         strncmp(behind, "“", strlen("“")) != 0 && strncmp(behind, "¿", strlen("¿")) != 0))
        return false;
    *label = (struct label){ 0, bytes, bytes, false, words_fold(arena, block->text, bytes) };
    return true;
}

const char *label_of_line(struct arena *arena, const struct block *block, size_t from, size_t to)
{
    struct block line = { .kind = BLOCK_PARAGRAPH, .text = block->text + from,
                          .bytes = to - from };
    struct label label;

    if (memchr(block->text + from, ':', to - from < LINE_BYTES ? to - from : LINE_BYTES) == NULL)
        return NULL;
    return label_read(arena, &line, &label) && !label.line ? label.fold : NULL;
}
