/* Inline nodes to spans. What comes in is the inside of a paragraph; what goes
 * out is a list of spans that remember where in the model each text stands,
 * and the links, elements and notes met on the way. */
#include "layout/flow.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

enum { CONTENTS_MOST = 400, /* bytes */
       TAB_COLUMNS = 4 };

typedef void put_inline(struct flow *flow, const struct node *node, struct tone tone,
                        span_list *spans);

static struct span *put_span(enum span_kind kind, struct tone tone, span_list *spans)
{
    struct span *span = VEC_PUSH(spans);

    span->kind = kind;
    span->style = tone.style;
    span->lang = tone.lang;
    span->element = tone.element;
    span->link = tone.link;
    span->keep = tone.keep;
    span->address = tone.address;
    span->struck = tone.struck;
    return span;
}

void spans_made(const char *text, struct tone tone, span_list *spans)
{
    struct span *span;

    if (text[0] == '\0')
        return;
    span = put_span(SPAN_TEXT, tone, spans);
    span->text = text;
    span->bytes = strlen(text);
}

static struct tone looking(struct flow *flow, struct tone tone, enum look kind)
{
    tone.style = look(flow->looks, flow->shared->style, tone.style, kind);
    return tone;
}

static void put_text(struct flow *flow, const struct node *node, struct tone tone,
                     span_list *spans)
{
    size_t count = spans->count;

    (void)flow;
    spans_made(node->text, tone, spans);
    if (spans->count > count)
        spans->item[count].node = node;
}

static void put_emphasis(struct flow *flow, const struct node *node, struct tone tone,
                         span_list *spans)
{
    spans_of(flow, node, looking(flow, tone, LOOK_ITALIC), spans);
}

static void put_strong(struct flow *flow, const struct node *node, struct tone tone,
                       span_list *spans)
{
    spans_of(flow, node, looking(flow, tone, LOOK_STRONG), spans);
}

static void put_struck(struct flow *flow, const struct node *node, struct tone tone,
                       span_list *spans)
{
    tone.struck = true;
    spans_of(flow, node, tone, spans);
}

static void put_code(struct flow *flow, const struct node *node, struct tone tone,
                     span_list *spans)
{
    tone = looking(flow, tone, LOOK_CODE);
    tone.element = galley_element(flow->galley, ELEMENT_CODE, tone.element);
    tone.keep = true;
    put_text(flow, node, tone, spans);
}

/* A text that is an address breaks at its signs. */
static bool is_address(const struct node *link)
{
    const struct node *text = link->first;

    return text != NULL && text->next == NULL && text->kind == NODE_TEXT
        && strchr(text->text, ' ') == NULL
        && (strstr(text->text, "://") != NULL || strchr(text->text, '/') != NULL
            || strchr(text->text, '@') != NULL || strchr(text->text, '.') != NULL);
}

static uint32_t put_seed(struct flow *flow, const struct node *node, uint32_t element)
{
    struct link_seed *seed = VEC_PUSH(&flow->galley->seeds);

    seed->url = node->url;
    seed->target = node->target;
    seed->element = element;
    return (uint32_t)flow->galley->seeds.count;
}

/* The words of the first picture within a link that has some; NULL without. */
static const char *pictured(const struct node *link)
{
    for (const struct node *node = link; node != NULL; node = node_next(node, link))
        if (node->kind == NODE_IMAGE && node->alt != NULL && !utf8_blank(node->alt))
            return node->alt;
    return NULL;
}

/* What a link is, told with each piece of it: its text, or how that begins; that
 * of a picture is what it shows. NULL: nothing says it. */
static const char *contents_of(struct arena *arena, const struct node *link)
{
    const char *text = node_flat(arena, link);

    if (utf8_blank(text))
        text = pictured(link);
    if (text == NULL)
        return NULL;
    if (strlen(text) <= CONTENTS_MOST)
        return text;
    return arena_printf(arena, "%.*s…", (int)utf8_cut(text, CONTENTS_MOST), text);
}

static void put_link(struct flow *flow, const struct node *node, struct tone tone,
                     span_list *spans)
{
    uint32_t seed;

    tone.element = galley_element(flow->galley, ELEMENT_LINK, tone.element);
    tone.link = seed = put_seed(flow, node, tone.element);
    tone.address = tone.address || is_address(node);
    flow->galley->seeds.item[seed - 1].contents = contents_of(flow->keep, node);
    spans_of(flow, node, tone, spans);
}

static void put_image(struct flow *flow, const struct node *node, struct tone tone,
                      span_list *spans)
{
    const struct picture *picture = node->picture;
    struct frame frame = { .element = tone.element, .lang = tone.lang };
    dim height = tone.style->size;
    struct span *span;

    if (picture == NULL || picture->width <= 0 || picture->height <= 0)
        return;
    tone.element = flow_picture(flow, node, &frame);
    span = put_span(SPAN_BOX, tone, spans);
    span->node = node;
    span->height = height * 8 / 10;
    span->depth = height * 2 / 10;
    span->width = (dim)((int64_t)height * picture->width / picture->height);
    if (span->width > flow->galley->column)
        span->width = flow->galley->column;
}

static void put_mark(struct flow *flow, const struct node *node, struct tone tone,
                     span_list *spans)
{
    (void)flow;
    put_span(SPAN_MARK, tone, spans)->node = node;
}

static void put_note_ref(struct flow *flow, const struct node *node, struct tone tone,
                         span_list *spans)
{
    struct link_seed *seed;
    struct span *span;

    put_mark(flow, node, tone, spans);
    tone.element = galley_element(flow->galley, ELEMENT_LINK,
                                  galley_element(flow->galley, ELEMENT_REFERENCE, tone.element));
    tone.link = put_seed(flow, node, tone.element);
    seed = &flow->galley->seeds.item[tone.link - 1];
    seed->target = node->note->id;
    tone.keep = true;
    tone = looking(flow, tone, LOOK_SUPERIOR);
    spans_made(arena_printf(flow->keep, "%d", node->note->number), tone, spans);
    span = &spans->item[spans->count - 1];
    seed->contents = span->text;
    span->rise = tone.style->size * 55 / 100;
}

static void put_break(struct flow *flow, const struct node *node, struct tone tone,
                      span_list *spans)
{
    (void)flow;
    put_span(SPAN_BREAK, tone, spans)->node = node;
}

static void put_phrase(struct flow *flow, const struct node *node, struct tone tone,
                       span_list *spans)
{
    if (node->lang != NULL) {
        tone.element = galley_element(flow->galley, ELEMENT_SPAN, tone.element);
        flow->galley->elements.item[tone.element].lang = node->lang;
        tone.lang = node->lang;
    }
    tone.style = role_style(flow->shared->style, node->role, tone.style);
    tone.keep = tone.keep || node->role == ROLE_HANDLE;
    spans_of(flow, node, tone, spans);
}

/* Dots as those of all other entries, whatever an entry is set in: only then they
 * stand below each other. */
static void put_leader(struct flow *flow, struct tone tone, span_list *spans)
{
    tone.style = &flow->shared->style->body;
    put_span(SPAN_LEADER, tone, spans);
}

/* The number itself; in a table of contents it is put beside the last line. */
static void put_page_ref(struct flow *flow, const struct node *node, struct tone tone,
                         span_list *spans)
{
    const char *label = refs_label(flow->shared->refs, node->target, NULL);

    if (tone.toc)
        put_leader(flow, tone, spans);
    tone.element = galley_element(flow->galley, ELEMENT_LINK, tone.element);
    tone.link = put_seed(flow, node, tone.element);
    flow->galley->seeds.item[tone.link - 1].contents = label;
    tone.keep = true;
    if (tone.toc) {
        flow->tail = label;
        flow->tail_tone = tone;
    } else {
        spans_made(label, tone, spans);
    }
}

static void put_page_refs(struct flow *flow, const struct node *node, struct tone tone,
                          span_list *spans)
{
    spans_made(refs_ranges(flow->shared->refs, flow->arena, node), tone, spans);
}

void spans_of(struct flow *flow, const struct node *node, struct tone tone, span_list *spans)
{
    static put_inline *const put[NODE_KINDS] = {
        [NODE_TEXT] = put_text, [NODE_EMPHASIS] = put_emphasis, [NODE_STRONG] = put_strong,
        [NODE_STRIKE] = put_struck, [NODE_CODE] = put_code,
        [NODE_LINK] = put_link, [NODE_IMAGE] = put_image,
        [NODE_NOTE_REF] = put_note_ref, [NODE_LINE_BREAK] = put_break,
        [NODE_SPAN] = put_phrase, [NODE_ANCHOR] = put_mark,
        [NODE_PAGE_REF] = put_page_ref, [NODE_PAGE_REFS] = put_page_refs,
    };

    for (const struct node *child = node->first; child != NULL; child = child->next) {
        if (child->id != NULL && child->kind != NODE_ANCHOR)
            put_mark(flow, child, tone, spans);
        if (put[child->kind] != NULL)
            put[child->kind](flow, child, tone, spans);
        else
            spans_of(flow, child, tone, spans);
    }
}

/* Bytes FROM to END of NODE's text. */
static void put_part(const struct node *node, size_t from, size_t end, struct tone tone,
                     span_list *spans)
{
    struct span *span;

    if (end <= from)
        return;
    span = put_span(SPAN_TEXT, tone, spans);
    span->text = node->text + from;
    span->bytes = end - from;
    span->node = node;
    span->offset = from;
}

/* Spaces that stay: as many no-break spaces, a tab as those up to the next column
 * of a multiple of TAB_COLUMNS. Returns the column after them. */
static size_t put_spaces(struct arena *arena, const char *text, size_t count, size_t column,
                         struct tone tone, span_list *spans)
{
    struct buf kept = {0};

    for (size_t i = 0; i < count; i++) {
        size_t next = text[i] == '\t' ? (column / TAB_COLUMNS + 1) * TAB_COLUMNS : column + 1;

        for (; column < next; column++)
            buf_puts(&kept, "\xC2\xA0");
    }
    spans_made(arena_strdup(arena, buf_text(&kept)), tone, spans);
    buf_free(&kept);
    return column;
}

/* One line of code: a single space between words may part the line, those that
 * indent and align are kept. */
static void put_code_line(struct arena *arena, const struct node *node, size_t from, size_t end,
                          struct tone tone, span_list *spans)
{
    const char *text = node->text;
    size_t column = 0, start = from;

    while (from < end) {
        size_t words = strcspn(text + from, " \t"), spaces;

        if (words > end - from)
            words = end - from;
        column += utf8_length(text + from, words);
        from += words;
        spaces = strspn(text + from, " \t");
        if (from > start && spaces == 1 && text[from] == ' ') {
            column++;
            from++;
            continue;
        }
        put_part(node, start, from, tone, spans);
        if (from + spaces < end)
            column = put_spaces(arena, text + from, spaces, column, tone, spans);
        start = from += spaces;
    }
    put_part(node, start, end, tone, spans);
}

void spans_code(struct arena *arena, const struct node *node, struct tone tone, span_list *spans)
{
    const char *text = node->text;

    for (size_t from = 0, end; text[from] != '\0'; from = end) {
        end = from + strcspn(text + from, "\n");
        put_code_line(arena, node, from, end, tone, spans);
        if (text[end] == '\n') {
            end++;
            if (text[end] != '\0')
                put_span(SPAN_BREAK, tone, spans);
        }
    }
}

const struct span *spans_seal(struct arena *arena, span_list *spans, size_t *count)
{
    struct span *copy = ARENA_ARRAY(arena, spans->count, struct span);

    if (spans->count > 0)
        memcpy(copy, spans->item, spans->count * sizeof *copy);
    *count = spans->count;
    free(spans->item);
    return copy;
}
