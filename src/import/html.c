/* HTML by libxml2's SAX parser: no tree is built, elements stand on a stack of
 * ours, so that memory follows the text and not the markup. Nesting deeper than
 * 512 is refused. Scripts, forms' fields and embedded things have no text. */
#include "import/html.h"
#include "import/html_names.h"
#include "import/html_style.h"
#include "import/html_table.h"
#include "import/words.h"

#include <glib.h>
#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>
#include <stdlib.h>
#include <string.h>

enum { DEEPEST = 512 };

struct frame {
    const struct html_name *name;
    unsigned marks, style;      /* before it */
    const char *url, *title;    /* of the link around */
    const char *note;
    uint32_t container;
    int skip, quote, depth;
    bool ordered, caption;
    bool pending;               /* an item whose first text is still to come */
    bool reference;             /* a superior figure that calls a footnote */
    int number;                 /* of a list: the last item's */
    size_t table;               /* of a table: its first block */
    uint32_t row, column;
    uint32_t cells;             /* of a row: so far */
    int voice;                  /* who says it, by a class */
};

struct reader {
    struct maker maker;
    struct article *article;
    htmlParserCtxtPtr parser;
    VEC(struct frame) stack;
    container_list containers;
    struct styles *styles;
    struct frame now;           /* what holds for text that comes */
    struct page_facts facts;
    struct buf title;
    const char *base;
    int line;                   /* of the piece's first */
    int position;               /* from data-sourcepos */
    bool positions, in_title, whole, failed;
    uint32_t rows;
};

/* ---- Places and addresses ------------------------------------------------------------ */

static struct place place_of(const struct reader *reader)
{
    int line = reader->positions ? reader->position
             : reader->parser->input == NULL ? 0 : reader->parser->input->line;

    return (struct place){ reader->article->path,
                           line == 0 ? 0 : line + reader->line - 1, 0 };
}

static const char *attribute(const xmlChar **attributes, const char *name)
{
    for (; attributes != NULL && attributes[0] != NULL; attributes += 2)
        if (g_ascii_strcasecmp((const char *)attributes[0], name) == 0)
            return (const char *)attributes[1];
    return NULL;
}

/* A relative address against the page's own; "//example.org/", which leaves only the
 * protocol to it, is sound without. */
static const char *resolve(const struct reader *reader, const char *address)
{
    const char *base = reader->base != NULL ? reader->base : reader->article->link;
    char *whole;
    const char *copy;

    if (base == NULL && strncmp(address, "//", 2) == 0 && g_ascii_isalnum(address[2]))
        return arena_printf(reader->article->arena, "https:%s", address);
    if (base == NULL || strstr(address, "://") != NULL || strchr(address, ':') != NULL)
        return address;
    whole = g_uri_resolve_relative(base, address, G_URI_FLAGS_PARSE_RELAXED, NULL);
    if (whole == NULL)
        return address;
    copy = arena_strdup(reader->article->arena, whole);
    g_free(whole);
    return copy;
}

/* ---- Blocks --------------------------------------------------------------------------- */

static void open_block(struct reader *reader, enum block_kind kind)
{
    struct block *block = maker_open(&reader->maker, kind, place_of(reader));

    block->quote = reader->now.quote;
    block->depth = reader->now.depth;
    block->container = reader->now.container;
    block->caption = reader->now.caption;
    block->row = reader->now.row;
    block->column = reader->now.column;
    block->voice = reader->now.voice;
}

/* Opens what stands for text here: an item's first paragraph is the item. */
static void open_text(struct reader *reader)
{
    if (reader->now.note != NULL) {
        open_block(reader, BLOCK_NOTE);
        reader->maker.now.label = reader->now.note;
        reader->maker.now.depth = 0;
        reader->now.note = NULL;
    } else if (reader->now.pending && reader->now.depth > 0) {
        open_block(reader, BLOCK_ITEM);
        reader->maker.now.ordered = reader->now.ordered;
        reader->maker.now.number = reader->now.number;
        reader->now.pending = false;
    } else {
        open_block(reader, BLOCK_PARAGRAPH);
    }
}

static bool is_blank(const char *text, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++)
        if (strchr(" \t\n\r\f", text[i]) == NULL)
            return false;
    return true;
}

static void put_text(struct reader *reader, const char *text, size_t bytes)
{
    if (!reader->maker.open && is_blank(text, bytes))
        return;
    if (!reader->maker.open)
        open_text(reader);
    reader->maker.title = reader->now.title;
    maker_text(&reader->maker, text, bytes, reader->now.marks | reader->now.style << STYLE_SHIFT,
               reader->now.url);
}

/* ---- Elements -------------------------------------------------------------------------- */

static void enter_container(struct reader *reader, const struct html_name *name,
                            const xmlChar **attributes)
{
    static const char *const keys[] = { "class", "id", "role", "itemprop" };
    struct container *container;
    enum hint hint = name->hint;
    bool body = strcmp(name->name, "body") == 0;

    for (size_t i = 0; !body && i < sizeof keys / sizeof *keys; i++) {
        const char *value = attribute(attributes, keys[i]);
        enum hint other = value == NULL ? HINT_NONE : html_class_hint(value);

        if (other > hint || (other == HINT_FURNITURE && hint != HINT_COMMENTS))
            hint = other;
    }
    if (hint == HINT_FURNITURE && strcmp(name->name, "article") == 0)
        hint = HINT_MAIN;
    container = VEC_PUSH(&reader->containers);
    *container = (struct container){ .parent = reader->now.container, .hint = hint,
                                     .list = name->kind == HTML_LIST ||
                                             name->kind == HTML_ITEM ||
                                             strcmp(name->name, "dl") == 0 };
    reader->now.container = (uint32_t)reader->containers.count;
}

static bool is_furniture(const xmlChar **attributes)
{
    const char *class = attribute(attributes, "class");

    return class != NULL && html_class_hint(class) >= HINT_FURNITURE;
}

static void start_picture(struct reader *reader, const xmlChar **attributes)
{
    static const char *const keys[] = { "data-orig-file", "data-lazy-src", "data-src", "src" };
    const char *alt = attribute(attributes, "alt"), *width = attribute(attributes, "width");
    const char *class = attribute(attributes, "class"), *source = NULL;

    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const char *value = attribute(attributes, keys[i]);

        if (value != NULL && *value != '\0' && strncmp(value, "data:", 5) != 0)
            source = value;
        if (source != NULL && i < 3)
            break;
    }
    if (html_has_class(class, "wp-smiley") || html_has_class(class, "emoji")) {
        if (alt != NULL)
            put_text(reader, alt, strlen(alt));
        return;
    }
    if (source == NULL || (width != NULL && strcmp(width, "1") == 0))
        return;
    if (!reader->maker.open)
        open_text(reader);
    maker_picture(&reader->maker, source, alt != NULL && *alt != '\0' ? alt : NULL,
                  reader->now.url);
}

/* A footnote's name of letters and figures only. */
static const char *note_label(struct reader *reader, const char *name)
{
    char *label = arena_printf(reader->article->arena, "n%s", name);

    for (char *at = label; *at != '\0'; at++)
        if (!g_ascii_isalnum(*at))
            *at = '-';
    return name[0] != '\0' && name[strspn(name, "0123456789")] == '\0' ? label + 1 : label;
}

static void start_link(struct reader *reader, const xmlChar **attributes)
{
    const char *href = attribute(attributes, "href"), *title = attribute(attributes, "title");
    const struct frame *above = reader->stack.count < 2 ? NULL
                              : &reader->stack.item[reader->stack.count - 2];

    reader->now.url = reader->now.title = NULL;
    if (href == NULL)
        return;
    if (above != NULL && above->reference && strncmp(href, "#fn", 3) == 0) {
        href += 3 + (href[3] == '-' || href[3] == ':');
        if (!reader->maker.open)
            open_text(reader);
        href = note_label(reader, href);
        maker_text(&reader->maker, href, strlen(href), MARK_NOTE, NULL);
        reader->now.skip++;
    } else if (html_has_class(attribute(attributes, "class"), "footnote-backref")) {
        reader->now.skip++;
    } else if (href[0] != '#' && href[0] != '\0') {
        reader->now.url = arena_strdup(reader->article->arena, resolve(reader, href));
        if (reader->positions && title != NULL && *title != '\0')
            reader->now.title = text_clean(reader->article->arena, title, strlen(title));
    }
}

/* The list that an item stands in counts it. */
static void start_item(struct reader *reader, const xmlChar **attributes)
{
    const char *id = attribute(attributes, "id"), *value = attribute(attributes, "value");

    for (size_t i = reader->stack.count - 1; i-- > 0;) {
        struct frame *list = &reader->stack.item[i];

        if (list->name->kind != HTML_LIST)
            continue;
        list->number = value != NULL && atoi(value) > 0 ? atoi(value) : list->number + 1;
        reader->now.number = list->number;
        reader->now.ordered = list->name->value == 1;
        break;
    }
    reader->now.pending = true;
    if (id != NULL && strncmp(id, "fn-", 3) == 0) {
        reader->now.note = note_label(reader, id + 3);
        reader->now.pending = false;
    }
}

static void start_list(struct reader *reader, const xmlChar **attributes)
{
    const char *start = attribute(attributes, "start");

    if (reader->now.depth < 100)
        reader->now.depth++;
    reader->now.pending = false;
    reader->stack.item[reader->stack.count - 1].number =
        start != NULL && atoi(start) > 0 ? atoi(start) - 1 : 0;
}

static void take_meta(struct reader *reader, const xmlChar **attributes)
{
    static const struct { const char *name; size_t offset; } wanted[] = {
        { "og:title", offsetof(struct page_facts, og_title) },
        { "og:site_name", offsetof(struct page_facts, site) },
        { "og:image", offsetof(struct page_facts, og_image) },
        { "og:url", offsetof(struct page_facts, link) },
        { "article:published_time", offsetof(struct page_facts, date) },
        { "date", offsetof(struct page_facts, date) },
        { "dc.date", offsetof(struct page_facts, date) },
        { "datepublished", offsetof(struct page_facts, date) },
    };
    const char *name = attribute(attributes, "property");
    const char *content = attribute(attributes, "content");

    if (name == NULL)
        name = attribute(attributes, "name");
    if (name == NULL)
        name = attribute(attributes, "itemprop");
    for (size_t i = 0; name != NULL && content != NULL && *content != '\0' &&
                       i < sizeof wanted / sizeof *wanted; i++)
        if (g_ascii_strcasecmp(name, wanted[i].name) == 0) {
            const char **fact = (const char **)(void *)((char *)&reader->facts + wanted[i].offset);

            if (*fact == NULL)
                *fact = text_clean(reader->article->arena, content, strlen(content));
        }
}

static void take_head(struct reader *reader, const struct html_name *name,
                      const xmlChar **attributes)
{
    struct arena *arena = reader->article->arena;
    const char *href = attribute(attributes, "href"), *lang = attribute(attributes, "lang");
    const char *time = attribute(attributes, "datetime");

    if (name->kind == HTML_META)
        take_meta(reader, attributes);
    else if (name->kind == HTML_BASE && href != NULL && strstr(href, "://") != NULL)
        reader->base = arena_strdup(arena, href);
    else if (name->kind == HTML_HEAD_LINK && href != NULL &&
             html_has_class(attribute(attributes, "rel"), "canonical"))
        reader->facts.link = arena_strdup(arena, href);
    else if (name->kind == HTML_ROOT && lang != NULL && *lang != '\0')
        reader->article->language = arena_strdup(arena, lang);
    else if (name->kind == HTML_TIME && time != NULL && reader->facts.date == NULL)
        reader->facts.date = arena_strdup(arena, time);
}

/* A second line of the title, set as a heading. */
static bool is_subtitle(const char *class)
{
    return class != NULL && (strstr(class, "subtitle") != NULL ||
                             strstr(class, "standfirst") != NULL || strstr(class, "tagline") != NULL);
}

/* A heading that is a button shows and hides what stands below it. */
static bool opens_section(const struct reader *reader, const struct html_name *name)
{
    return strcmp(name->name, "button") == 0 && reader->maker.open &&
           reader->maker.now.kind == BLOCK_HEADING && reader->maker.text.len == 0;
}

/* A page that is a component of a program stands in a template, first and without a
 * title. */
static bool is_component(const struct reader *reader, const struct html_name *name)
{
    return strcmp(name->name, "template") == 0 && reader->title.len == 0 &&
           reader->article->blocks.count == 0 && reader->maker.text.len == 0;
}

static void start_kind(struct reader *reader, const struct html_name *name,
                       const xmlChar **attributes)
{
    const char *class = attribute(attributes, "class");

    switch (name->kind) {
    case HTML_SKIP:
        reader->now.skip += !opens_section(reader, name) && !is_component(reader, name);
        break;
    case HTML_HEADING:
        open_block(reader, is_subtitle(class) ? BLOCK_PARAGRAPH : BLOCK_HEADING);
        reader->maker.now.level = name->value;
        reader->now.pending = false;
        break;
    case HTML_PRE: open_block(reader, BLOCK_CODE); break;
    case HTML_RULE: open_block(reader, BLOCK_RULE); maker_close(&reader->maker); break;
    case HTML_BREAK: if (reader->maker.open) maker_break(&reader->maker); break;
    case HTML_PICTURE: start_picture(reader, attributes); break;
    case HTML_LINK: start_link(reader, attributes); break;
    case HTML_MARK: reader->now.marks |= (unsigned)name->value; break;
    case HTML_SPAN: case HTML_BLOCK:
        reader->now.marks |= style_marks(attribute(attributes, "style"));
        break;
    case HTML_TERM: reader->now.marks |= MARK_STRONG; break;
    case HTML_QUOTE: reader->now.quote++; break;
    case HTML_LIST: start_list(reader, attributes); break;
    case HTML_ITEM: start_item(reader, attributes); break;
    case HTML_CAPTION: reader->now.caption = true; break;
    case HTML_TITLE: reader->in_title = reader->title.len == 0; break;
    case HTML_SUPERIOR:
        reader->stack.item[reader->stack.count - 1].reference =
            html_has_class(class, "footnote-ref");
        break;
    case HTML_TABLE:
        reader->stack.item[reader->stack.count - 1].table = reader->article->blocks.count;
        reader->now.row = reader->now.column = 0;
        break;
    case HTML_ROW: reader->now.row = ++reader->rows; reader->now.column = 0;
        if (reader->stack.count > 1)
            reader->stack.item[reader->stack.count - 1].row = reader->now.row;
        break;
    case HTML_CELL: break;
    default: break;
    }
    if (name->kind == HTML_BLOCK && html_has_class(class, "wp-caption-text"))
        reader->now.caption = true;
}

/* Cells are counted in their row's frame, which outlives them. */
static void count_cell(struct reader *reader)
{
    for (size_t i = reader->stack.count - 1; i-- > 0;)
        if (reader->stack.item[i].name->kind == HTML_ROW) {
            reader->now.row = reader->stack.item[i].row;
            reader->now.column = ++reader->stack.item[i].cells;
            return;
        }
}

static bool breaks_paragraph(enum element_kind kind)
{
    return kind == HTML_BLOCK || kind == HTML_HEADING || kind == HTML_LIST || kind == HTML_ITEM ||
           kind == HTML_QUOTE || kind == HTML_PRE || kind == HTML_RULE || kind == HTML_TABLE ||
           kind == HTML_ROW || kind == HTML_CELL || kind == HTML_CAPTION || kind == HTML_TERM;
}

static void see_position(struct reader *reader, const xmlChar **attributes)
{
    const char *position = attribute(attributes, "data-sourcepos");

    if (position != NULL)
        reader->position = atoi(position);
}

/* React's "className" is left in pages that were saved as they were written. */
static void see_voice(struct reader *reader, const xmlChar **attributes)
{
    int voice = html_voice(attribute(attributes, "class"));

    if (voice == 0)
        voice = html_voice(attribute(attributes, "className"));
    if (voice != 0)
        reader->now.voice = voice;
}

static void start(void *context, const xmlChar *tag, const xmlChar **attributes)
{
    struct reader *reader = context;
    const struct html_name *name = html_lookup((const char *)tag);
    struct frame *frame;

    if (reader->failed)
        return;
    if (reader->stack.count >= DEEPEST) {
        diag(DIAG_ERROR, place_of(reader), "nesting", "elements nested more than %d deep",
             DEEPEST);
        reader->failed = true;
        xmlStopParser(reader->parser);
        return;
    }
    if (reader->positions)
        see_position(reader, attributes);
    frame = VEC_PUSH(&reader->stack);
    *frame = reader->now;
    frame->name = name;
    frame->number = 0;
    frame->cells = 0;
    take_head(reader, name, attributes);
    if (reader->now.skip > 0) {
        reader->now.skip += name->kind == HTML_SKIP;
        return;
    }
    if (breaks_paragraph(name->kind))
        maker_close(&reader->maker);
    if (name->container || (name->kind == HTML_BLOCK && is_furniture(attributes)))
        enter_container(reader, name, attributes);
    if (name->kind == HTML_CELL)
        count_cell(reader);
    if (name->kind != HTML_LINK)
        reader->now.style = styles_enter(reader->styles, reader->now.style,
                                         name->kind == HTML_OTHER ? (const char *)tag : NULL,
                                         attributes);
    see_voice(reader, attributes);
    start_kind(reader, name, attributes);
}

/* ---- Ends --------------------------------------------------------------------------------- */

/* What held before the element holds again; but what was taken up inside it
 * (an item's sign, a note's label) is not given back. */
static void end(void *context, const xmlChar *tag)
{
    struct reader *reader = context;
    struct frame frame;

    (void)tag;
    if (reader->failed || reader->stack.count == 0)
        return;
    frame = reader->stack.item[--reader->stack.count];
    if (reader->now.skip == 0 && breaks_paragraph(frame.name->kind))
        maker_close(&reader->maker);
    if (reader->now.skip == 0 && frame.name->kind == HTML_TABLE)
        table_settle(reader->article, frame.table);
    if (frame.name->kind == HTML_TITLE)
        reader->in_title = false;
    if (frame.name->kind != HTML_ITEM && frame.name->kind != HTML_LIST)
        frame.pending = frame.pending && reader->now.pending;
    if (reader->now.note == NULL)
        frame.note = NULL;
    frame.reference = false;
    reader->now = frame;
}

static void characters(void *context, const xmlChar *text, int bytes)
{
    struct reader *reader = context;

    if (reader->failed)
        return;
    if (reader->in_title)
        buf_append(&reader->title, text, (size_t)bytes);
    else if (reader->now.skip == 0)
        put_text(reader, (const char *)text, (size_t)bytes);
}

/* ---- Running --------------------------------------------------------------------------------- */

static bool parse(struct reader *reader, const char *text, size_t bytes)
{
    htmlSAXHandler handler = { .startElement = start, .endElement = end,
                               .characters = characters, .cdataBlock = NULL,
                               .ignorableWhitespace = characters };

    if (bytes == 0)
        return true;
    if (bytes > INT32_MAX / 2) {
        diag(DIAG_ERROR, place_of(reader), "too-large", "too large to be read as HTML");
        return false;
    }
    reader->parser = htmlCreateMemoryParserCtxt(text, (int)bytes);
    if (reader->parser == NULL)
        return false;
    *reader->parser->sax = handler;
    reader->parser->userData = reader;
    htmlCtxtUseOptions(reader->parser, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR |
                       HTML_PARSE_NOWARNING | HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC);
    xmlSwitchEncoding(reader->parser, XML_CHAR_ENCODING_UTF8);
    htmlParseDocument(reader->parser);
    maker_close(&reader->maker);
    htmlFreeParserCtxt(reader->parser);
    return !reader->failed;
}

static bool read_all(struct reader *reader, const char *text, size_t bytes)
{
    struct article *article = reader->article;
    size_t first = article->blocks.count;
    bool good;

    maker_init(&reader->maker, article);
    reader->styles = styles_new();
    good = parse(reader, text, bytes);
    if (good && reader->whole) {
        article->page = true;
        if (reader->title.len > 0)
            reader->facts.title = text_clean(article->arena, reader->title.data,
                                             reader->title.len);
        page_choose(article, &reader->containers, &reader->facts);
    }
    styles_settle(reader->styles, article, first);
    styles_free(reader->styles);
    maker_free(&reader->maker);
    free(reader->stack.item);
    free(reader->containers.item);
    buf_free(&reader->title);
    return good;
}

bool html_read(struct article *article, const char *text, size_t bytes)
{
    struct reader reader = { .article = article, .line = 1, .whole = true };

    return read_all(&reader, text, bytes);
}

bool html_read_piece(struct article *article, const char *text, size_t bytes, int line,
                     bool positions)
{
    struct reader reader = { .article = article, .line = line, .positions = positions };

    return read_all(&reader, text, bytes);
}
