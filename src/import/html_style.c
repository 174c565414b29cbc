/* Styles are numbered as they come, each by its way from the outermost element
 * that has a class or a style to the innermost. */
#include "import/html_style.h"
#include "import/find.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

enum { FEWEST = 3 };            /* that ask, before a style is believed */

struct styles { GHashTable *numbers; };

struct styles *styles_new(void)
{
    struct styles *styles = g_new(struct styles, 1);

    styles->numbers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return styles;
}

void styles_free(struct styles *styles)
{
    if (styles == NULL)
        return;
    g_hash_table_destroy(styles->numbers);
    g_free(styles);
}

/* The number of what NAME says, VALUE, in text of the style AROUND; 0 when there
 * are too many. */
static unsigned number_of(struct styles *styles, unsigned around, const char *name,
                          const char *value)
{
    char *key = g_strdup_printf("%u %s %s", around, name, value);
    gpointer known = g_hash_table_lookup(styles->numbers, key);
    unsigned number = known != NULL ? GPOINTER_TO_UINT(known)
                                    : g_hash_table_size(styles->numbers) + 1;

    if (known == NULL && number <= STYLE_MOST)
        g_hash_table_insert(styles->numbers, key, GUINT_TO_POINTER(number));
    else
        g_free(key);
    return number > STYLE_MOST ? 0 : number;
}

unsigned styles_enter(struct styles *styles, unsigned around, const char *tag,
                      const xmlChar **attributes)
{
    static const char *const telling[] = { "class", "style", "color" };
    unsigned number = tag == NULL ? around : number_of(styles, around, "", tag);

    for (; attributes != NULL && attributes[0] != NULL; attributes += 2)
        for (size_t i = 0; i < G_N_ELEMENTS(telling); i++)
            if (attributes[1] != NULL &&
                g_ascii_strcasecmp((const char *)attributes[0], telling[i]) == 0)
                number = number_of(styles, number, telling[i], (const char *)attributes[1]);
    return number;
}

/* Does "PROPERTY: value" of STYLE begin with one of VALUES, in small letters or
 * capitals? */
static bool says(const char *style, const char *property, const char *const *values)
{
    size_t length = strlen(property);

    for (const char *at = style; *at != '\0'; at += strcspn(at, ";"), at += *at == ';') {
        const char *value;

        at += strspn(at, " \t\n");
        if (g_ascii_strncasecmp(at, property, length) != 0)
            continue;
        value = at + length + strspn(at + length, " ");
        if (*value != ':')
            continue;
        value += 1 + strspn(value + 1, " ");
        for (const char *const *wanted = values; *wanted != NULL; wanted++)
            if (g_ascii_strncasecmp(value, *wanted, strlen(*wanted)) == 0)
                return true;
    }
    return false;
}

unsigned style_marks(const char *style)
{
    static const char *const heavy[] = { "bold", "600", "700", "800", "900", NULL };
    static const char *const slanted[] = { "italic", "oblique", NULL };

    if (style == NULL)
        return 0;
    return (says(style, "font-weight", heavy) || says(style, "font", heavy) ? MARK_STRONG : 0) |
           (says(style, "font-style", slanted) || says(style, "font", slanted) ? MARK_EMPHASIS : 0);
}

/* ---- The questions' style ------------------------------------------------------------ */

struct tally { size_t all, asking; };

static unsigned style_of(const struct run *run)
{
    return run->marks >> STYLE_SHIFT;
}

/* The end of the stretch of one style that begins with run INDEX. */
static size_t stretch_end(const struct block *block, size_t index)
{
    unsigned style = style_of(&block->run[index]);

    while (index < block->run_count &&
           (block->run[index].start == block->run[index].end ||
            style_of(&block->run[index]) == style))
        index++;
    return index;
}

static bool counts(const struct block *block)
{
    return (block->kind == BLOCK_PARAGRAPH || block->kind == BLOCK_ITEM) && !block->furniture &&
           !block->caption;
}

/* Tallies of each style; [0] is of all text, whatever its style. */
static struct tally *take_tallies(const struct styles *styles, const struct article *article,
                                  size_t first)
{
    struct tally *tally = g_new0(struct tally, g_hash_table_size(styles->numbers) + 1);

    for (size_t i = first; i < article->blocks.count; i++) {
        const struct block *block = &article->blocks.item[i];

        for (size_t from = 0, to; counts(block) && from < block->run_count; from = to) {
            size_t start = block->run[from].start, end;
            unsigned style = style_of(&block->run[from]);
            bool asks;

            to = stretch_end(block, from);
            end = block->run[to - 1].end;
            if (end < start + 2)
                continue;
            asks = text_asks(block->text + start, end - start);
            tally[0].all++;
            tally[0].asking += asks;
            if (style > 0) {
                tally[style].all++;
                tally[style].asking += asks;
            }
        }
    }
    return tally;
}

/* Most of what has the style asks, hardly any of what has it not. */
static bool is_questions(const struct tally *tally, unsigned style)
{
    size_t others = tally[0].all - tally[style].all;

    return style > 0 && tally[style].asking >= FEWEST &&
           tally[style].asking * 10 >= tally[style].all * 6 && others * 2 >= tally[style].all &&
           (tally[0].asking - tally[style].asking) * 4 <= others;
}

static void settle_block(struct block *block, const struct tally *tally)
{
    bool styled = false;

    for (size_t i = 0; i < block->run_count; i++) {
        struct run *run = &block->run[i];
        unsigned style = style_of(run);

        styled = styled || style > 0;
        run->marks &= (1u << STYLE_SHIFT) - 1;
        if (counts(block) && is_questions(tally, style))
            run_set_off(run);
    }
    if (styled)
        block_join_runs(block);
}

void styles_settle(const struct styles *styles, struct article *article, size_t first)
{
    struct tally *tally = take_tallies(styles, article, first);

    for (size_t i = first; i < article->blocks.count; i++)
        settle_block(&article->blocks.item[i], tally);
    g_free(tally);
}
