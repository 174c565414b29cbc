/* A selector is held as its compounds from right to left, so that an element is
 * asked first whether it is the subject at all. */
#include "epub/selector.h"

#include <glib.h>

#include <stdlib.h>
#include <string.h>

struct compound {
    struct range element;       /* empty: any */
    struct range classes;       /* ".a.b" */
    char combinator;            /* to the compound on its left: ' ' > + ~, 0 for none */
};

struct selector {
    struct range text;
    struct compound *compound;  /* the subject first */
    size_t count;
    bool used;
};

/* An open element, and the sibling before it. */
struct element { struct range name, classes; };
struct level { struct element now, before; };
struct path { VEC(struct level) levels; size_t depth; };

static bool is_name_byte(char c)
{
    return g_ascii_isalnum(c) || c == '-' || c == '_' || (c & 0x80) != 0;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

static bool is_combinator(char c)
{
    return is_space(c) || c == '>' || c == '+' || c == '~';
}

static size_t length(struct range range)
{
    return (size_t)(range.end - range.at);
}

/* ---- reading ----------------------------------------------------------- */

/* The start of the compound that ends at END. */
static const char *compound_start(const char *start, const char *end)
{
    int depth = 0;

    for (; end > start; end--) {
        char c = end[-1];

        if (c == ')' || c == ']')
            depth++;
        else if (c == '(' || c == '[')
            depth--;
        else if (depth == 0 && is_combinator(c))
            break;
    }
    return end;
}

static struct compound read_compound(struct range text)
{
    struct compound compound = { { text.at, text.at }, { text.at, text.at }, 0 };

    while (compound.element.end < text.end && is_name_byte(*compound.element.end))
        compound.element.end++;
    compound.classes.at = compound.classes.end = compound.element.end;
    if (compound.classes.at < text.end && *compound.classes.at == '*')
        compound.classes.at = ++compound.classes.end;
    while (compound.classes.end < text.end
           && (*compound.classes.end == '.' || is_name_byte(*compound.classes.end)))
        compound.classes.end++;
    return compound;
}

/* The combinator that ends at *END, which moves before it; 0 when there is none. */
static char take_combinator(const char *start, const char **end)
{
    char combinator = 0;

    while (*end > start && is_combinator((*end)[-1])) {
        char c = *--*end;

        if (combinator == 0 || combinator == ' ')
            combinator = is_space(c) ? ' ' : c;
    }
    return combinator;
}

struct selector *selector_new(struct arena *arena, struct range text)
{
    struct selector *selector = ARENA_NEW(arena, struct selector);
    VEC(struct compound) list = {0};
    const char *end = text.end;

    selector->text = text;
    while (end > text.at) {
        const char *start = compound_start(text.at, end);
        struct compound *compound = VEC_PUSH(&list);

        *compound = read_compound((struct range){ start, end });
        end = start;
        compound->combinator = take_combinator(text.at, &end);
    }
    selector->count = list.count;
    selector->compound = ARENA_ARRAY(arena, list.count + 1, struct compound);
    if (list.count > 0)
        memcpy(selector->compound, list.item, list.count * sizeof *list.item);
    free(list.item);
    return selector;
}

struct range selector_text(const struct selector *selector)
{
    return selector->text;
}

bool selector_is_used(const struct selector *selector)
{
    return selector->used;
}

/* ---- matching ---------------------------------------------------------- */

/* Is CLASS one of the element's, which are separated by spaces? */
static bool has_class(struct range classes, struct range class)
{
    while (classes.at < classes.end) {
        const char *stop = memchr(classes.at, ' ', length(classes));
        struct range one = { classes.at, stop == NULL ? classes.end : stop };

        if (length(one) == length(class) && memcmp(one.at, class.at, length(one)) == 0)
            return true;
        classes.at = stop == NULL ? classes.end : stop + 1;
    }
    return false;
}

static bool answers(const struct compound *compound, const struct element *element)
{
    struct range rest = compound->classes;

    if (length(compound->element) > 0
        && (length(compound->element) != length(element->name)
            || memcmp(compound->element.at, element->name.at, length(element->name)) != 0))
        return false;
    while (rest.at < rest.end) {
        const char *stop = rest.at + 1;

        while (stop < rest.end && *stop != '.')
            stop++;
        if (!has_class(element->classes, (struct range){ rest.at + 1, stop }))
            return false;
        rest.at = stop;
    }
    return true;
}

/* Do the compounds from NUMBER on fit around the element at DEPTH? Of siblings
 * only the one before is known; what asks for more of them is believed. */
static bool fits(const struct selector *selector, size_t number, const struct path *path,
                 size_t depth)
{
    const struct level *level = path->levels.item;
    char combinator = selector->compound[number].combinator;
    const struct compound *left = &selector->compound[number + 1];

    if (number + 1 == selector->count)
        return true;
    switch (combinator) {
    case '+':
        return answers(left, &level[depth].before) && (left->combinator == '+'
                                                       || fits(selector, number + 1, path, depth));
    case '~':
        return true;
    case '>':
        return depth > 0 && answers(left, &level[depth - 1].now)
            && fits(selector, number + 1, path, depth - 1);
    default:
        while (depth-- > 0)
            if (answers(left, &level[depth].now) && fits(selector, number + 1, path, depth))
                return true;
        return false;
    }
}

static void ask(struct selector **selectors, size_t count, const struct path *path)
{
    size_t depth = path->depth - 1;

    for (size_t i = 0; i < count; i++)
        if (!selectors[i]->used && selectors[i]->count > 0
            && answers(selectors[i]->compound, &path->levels.item[depth].now))
            selectors[i]->used = fits(selectors[i], 0, path, depth);
}

/* ---- walking ----------------------------------------------------------- */

/* The tag from behind its '<' to before its '>'. */
static struct element read_element(struct range tag)
{
    static const char attribute[] = " class=\"";
    struct element element = { { tag.at, tag.at }, { tag.at, tag.at } };
    const char *class;

    while (element.name.end < tag.end && is_name_byte(*element.name.end))
        element.name.end++;
    class = g_strstr_len(tag.at, tag.end - tag.at, attribute);
    if (class != NULL) {
        const char *start = class + sizeof attribute - 1;
        const char *stop = memchr(start, '"', (size_t)(tag.end - start));

        element.classes = (struct range){ start, stop == NULL ? tag.end : stop };
    }
    return element;
}

static void open_element(struct path *path, struct element element)
{
    struct level *level;

    if (path->depth == path->levels.count)
        VEC_PUSH(&path->levels);
    level = &path->levels.item[path->depth++];
    level->before = level->now;
    level->now = element;
}

/* What was below is forgotten: the next child has no sibling before it. */
static void close_element(struct path *path)
{
    if (path->depth < path->levels.count)
        path->levels.item[path->depth] = (struct level){ { { "", "" }, { "", "" } },
                                                         { { "", "" }, { "", "" } } };
    if (path->depth > 0)
        path->depth--;
}

void selector_walk(struct selector **selectors, size_t count, const char *xhtml, size_t bytes)
{
    const char *at = xhtml, *end = xhtml + bytes;
    struct path path = {0};

    while ((at = memchr(at, '<', (size_t)(end - at))) != NULL) {
        const char *stop = memchr(at, '>', (size_t)(end - at));

        if (stop == NULL)
            break;
        if (at[1] == '/') {
            close_element(&path);
        } else if (g_ascii_isalpha(at[1])) {
            open_element(&path, read_element((struct range){ at + 1, stop }));
            ask(selectors, count, &path);
            if (stop[-1] == '/')
                close_element(&path);
        }
        at = stop;
    }
    free(path.levels.item);
}
