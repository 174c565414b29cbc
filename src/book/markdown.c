/* cmark-gfm's tree to ours. It is walked by events, without recursion, so that
 * no depth of nesting can exhaust the stack; texts that follow each other are
 * joined, soft line ends become spaces, columns of bytes become columns of code
 * points. */
#include "book/markdown.h"
#include "book/picture.h"
#include "base/buf.h"
#include "base/utf8.h"

#define CMARK_NO_SHORT_NAMES
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <glib.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { DEEPEST = 64 };

struct reader {
    struct arena *arena;
    const struct markdown_source *source;
    VEC(size_t) lines;          /* where each line of the text begins */
    const char *text;
    size_t bytes;
    struct { int line; size_t byte; int col; } near;    /* the last place asked for */
    struct place last;          /* of the last node that knew its own */
    struct node *current;       /* children go here */
    int depth;                  /* open containers */
    bool told_depth;
    struct buf pending;         /* text not yet a node */
    struct place pending_at;
    int row;                    /* column of a table's next cell */
    const unsigned char *aligns;
    VEC(struct note *) notes;
};

/* ---- Places ---------------------------------------------------------------- */

static void find_lines(struct reader *reader)
{
    *VEC_PUSH(&reader->lines) = 0;
    for (size_t i = 0; i < reader->bytes; i++)
        if (reader->text[i] == '\n')
            *VEC_PUSH(&reader->lines) = i + 1;
    reader->near.line = 1;
    reader->near.col = 1;
}

static size_t line_length(const struct reader *reader, int line)
{
    size_t next = (size_t)line < reader->lines.count ? reader->lines.item[line] : reader->bytes;

    return next - reader->lines.item[line - 1];
}

static bool begins_code(char c)
{
    return ((unsigned char)c & 0xC0) != 0x80;
}

/* Byte column to code point column, counted from the last place on the line, so
 * that a long line is gone through once. */
static struct place place_of(struct reader *reader, int line, int column)
{
    struct place at = { reader->source->path, reader->source->line, 0 };
    size_t byte = column < 1 ? 0 : (size_t)column - 1;
    const char *text;

    if (line < 1 || (size_t)line > reader->lines.count)
        return at;
    text = reader->text + reader->lines.item[line - 1];
    if (byte > line_length(reader, line))
        byte = line_length(reader, line);
    if (line != reader->near.line) {
        reader->near.line = line;
        reader->near.byte = 0;
        reader->near.col = 1;
    }
    for (; reader->near.byte < byte; reader->near.byte++)
        reader->near.col += begins_code(text[reader->near.byte]);
    for (; reader->near.byte > byte; reader->near.byte--)
        reader->near.col -= begins_code(text[reader->near.byte - 1]);
    at.line += line - 1;
    at.col = reader->near.col;
    return at;
}

/* Where the node begins. Cmark's columns of links are those of their last line,
 * so the words tell, one bracket further; nodes that extensions made know
 * nothing, and stand where the last one did. */
static struct place place_of_node(struct reader *reader, cmark_node *node)
{
    cmark_node *words = cmark_node_first_child(node);
    bool is_link = cmark_node_get_type(node) == CMARK_NODE_LINK && words != NULL
        && cmark_node_get_start_column(words) > 1;
    cmark_node *from = is_link ? words : node;

    if (cmark_node_get_start_line(from) > 0 && cmark_node_get_start_column(from) > 0)
        reader->last = place_of(reader, cmark_node_get_start_line(from),
                                cmark_node_get_start_column(from) - is_link);
    else if (reader->last.line == 0)
        reader->last = place_of(reader, 1, 1);
    return reader->last;
}

/* ---- Text ------------------------------------------------------------------ */

/* Text without what is forbidden, in NFC; a copy of it only where needed. */
static void put_text(struct buf *out, const char *text, struct place at)
{
    const char *from = text, *end = text + strlen(text);
    bool ascii = true;

    for (const char *next = text; next < end;) {
        const char *before = next;
        uint32_t code = utf8_next(&next, end);

        ascii = ascii && code < 0x80;
        if (utf8_is_text(code))
            continue;
        diag(DIAG_WARNING, at, "control-character",
             "the control character U+%04X is left out; delete it", (unsigned)code);
        buf_append(out, from, (size_t)(before - from));
        from = next;
    }
    if (ascii) {
        buf_append(out, from, (size_t)(end - from));
    } else {
        char *normal = utf8_new_nfc(from, (size_t)(end - from));

        buf_puts(out, normal);
        free(normal);
    }
}

static const char *clean(struct reader *reader, const char *text, struct place at)
{
    struct buf out = {0};
    const char *kept;

    put_text(&out, text, at);
    kept = arena_strdup(reader->arena, buf_text(&out));
    buf_free(&out);
    return kept;
}

static struct node *append(struct reader *reader, enum node_kind kind, struct place at)
{
    struct node *node = node_new(reader->arena, kind, at);

    node_append(reader->current, node);
    return node;
}

static void flush(struct reader *reader)
{
    if (reader->pending.len == 0)
        return;
    append(reader, NODE_TEXT, reader->pending_at)->text =
        arena_strndup(reader->arena, reader->pending.data, reader->pending.len);
    buf_cut(&reader->pending, 0);
}

static void add_text(struct reader *reader, cmark_node *node, const char *text)
{
    if (reader->pending.len == 0)
        reader->pending_at = place_of_node(reader, node);
    put_text(&reader->pending, text, reader->pending_at);
}

/* ---- A function a kind ------------------------------------------------------ */

static void enter_text(struct reader *reader, cmark_node *from)
{
    add_text(reader, from, cmark_node_get_literal(from));
}

/* Between signs of scripts that write no spaces, a line end is none either. */
static void enter_soft_break(struct reader *reader, cmark_node *from)
{
    const char *end = reader->pending.data + reader->pending.len, *next;
    cmark_node *after = cmark_node_next(from);

    if (reader->pending.len > 0 && after != NULL
        && cmark_node_get_type(after) == CMARK_NODE_TEXT) {
        next = cmark_node_get_literal(after);
        if (g_unichar_iswide(utf8_prev(&end, reader->pending.data))
            && g_unichar_iswide(utf8_next(&next, next + strlen(next))))
            return;
    }
    add_text(reader, from, " ");
}

static void enter_line_break(struct reader *reader, cmark_node *from)
{
    append(reader, NODE_LINE_BREAK, place_of_node(reader, from));
}

static void enter_code(struct reader *reader, cmark_node *from)
{
    struct place at = place_of_node(reader, from);
    bool is_block = cmark_node_get_type(from) == CMARK_NODE_CODE_BLOCK;
    struct node *code = append(reader, is_block ? NODE_CODE_BLOCK : NODE_CODE, at);
    char *text = arena_strdup(reader->arena, clean(reader, cmark_node_get_literal(from), at));
    size_t length = strlen(text);

    if (is_block && length > 0 && text[length - 1] == '\n')
        text[length - 1] = '\0';
    code->text = text;
}

static void enter_html(struct reader *reader, cmark_node *from)
{
    const char *html = cmark_node_get_literal(from), *text;
    struct place at = place_of_node(reader, from);

    if (html_is_break(html)) {
        append(reader, NODE_LINE_BREAK, at);
        return;
    }
    if (html_is_comment(html))
        return;
    text = html_strip(reader->arena, html, at);
    if (text[0] == '\0')
        return;
    if (cmark_node_get_type(from) == CMARK_NODE_HTML_BLOCK) {
        struct node *line = node_text(reader->arena, clean(reader, text, at));

        line->at = at;
        node_append(append(reader, NODE_PARAGRAPH, at), line);
    } else {
        add_text(reader, from, text);
    }
}

static void enter_note_ref(struct reader *reader, cmark_node *from)
{
    struct node *ref = append(reader, NODE_NOTE_REF, place_of_node(reader, from));
    size_t number = (size_t)strtoul(cmark_node_get_literal(from), NULL, 10);

    while (reader->notes.count < number) {
        struct note *note = ARENA_NEW(reader->arena, struct note);

        *VEC_PUSH(&reader->notes) = note;
        note->number = (int)reader->notes.count;
        note->id = arena_printf(reader->arena, "%s-note-%d", reader->source->id, note->number);
    }
    if (number == 0)            /* not a number: an unknown cmark-gfm */
        return;
    ref->note = reader->notes.item[number - 1];
    if (ref->note->ref == NULL)
        ref->note->ref = ref;
}

/* A container of KIND: what follows goes into it until it is left. */
static struct node *open_node(struct reader *reader, cmark_node *from, enum node_kind kind)
{
    struct node *node = append(reader, kind, place_of_node(reader, from));

    reader->current = node;
    cmark_node_set_user_data(from, node);
    return node;
}

static void enter_heading(struct reader *reader, cmark_node *from)
{
    open_node(reader, from, NODE_HEADING)->level = cmark_node_get_heading_level(from);
}

static void enter_list(struct reader *reader, cmark_node *from)
{
    struct node *list = open_node(reader, from, NODE_LIST);

    list->ordered = cmark_node_get_list_type(from) == CMARK_ORDERED_LIST;
    list->start = list->ordered ? cmark_node_get_list_start(from) : 0;
    list->tight = cmark_node_get_list_tight(from) != 0;
}

static void enter_table(struct reader *reader, cmark_node *from)
{
    reader->aligns = cmark_gfm_extensions_get_table_alignments(from);
    open_node(reader, from, NODE_TABLE);
}

static void enter_row(struct reader *reader, cmark_node *from)
{
    reader->row = 0;
    open_node(reader, from, NODE_ROW)->header =
        cmark_gfm_extensions_get_table_row_is_header(from) != 0;
}

static void enter_cell(struct reader *reader, cmark_node *from)
{
    char align = reader->aligns == NULL ? 0 : (char)reader->aligns[reader->row++];

    open_node(reader, from, NODE_CELL)->align = align == 'c' ? 0 : align == 'r' ? 1 : -1;
}

static void enter_link(struct reader *reader, cmark_node *from)
{
    struct node *link = open_node(reader, from, NODE_LINK);

    link->url = clean(reader, cmark_node_get_url(from), link->at);
}

/* Cmark's table says which note it is by its order at the end of the tree. */
static void enter_note(struct reader *reader, cmark_node *from)
{
    size_t index = 0;
    struct node *body = node_new(reader->arena, NODE_SECTION, place_of_node(reader, from));

    while (index < reader->notes.count && reader->notes.item[index]->body != NULL)
        index++;
    if (index < reader->notes.count)
        reader->notes.item[index]->body = body;
    body->parent = reader->current;     /* for the way back; cut afterwards */
    reader->current = body;
    cmark_node_set_user_data(from, body);
}

/* The words of a picture's alternative text. */
static const char *alt_text(struct reader *reader, cmark_node *image, struct place at)
{
    struct buf alt = {0};
    cmark_iter *walk = cmark_iter_new(image);
    const char *made;

    for (cmark_event_type event; (event = cmark_iter_next(walk)) != CMARK_EVENT_DONE;) {
        cmark_node *node = cmark_iter_get_node(walk);
        const char *text = cmark_node_get_literal(node);

        if (event == CMARK_EVENT_ENTER && cmark_node_get_type(node) == CMARK_NODE_SOFTBREAK)
            buf_putc(&alt, ' ');
        else if (event == CMARK_EVENT_ENTER && text != NULL)
            put_text(&alt, text, at);
    }
    cmark_iter_free(walk);
    made = alt.len == 0 ? NULL : arena_strdup(reader->arena, alt.data);
    buf_free(&alt);
    return made;
}

static void enter_image(struct reader *reader, cmark_node *from)
{
    struct place at = place_of_node(reader, from);
    struct picture *picture = picture_load(reader->arena, reader->source->folder,
                                           reader->source->path, cmark_node_get_url(from),
                                           DIAG_WARNING, at);
    const char *title = cmark_node_get_title(from);
    struct node *image;

    if (picture == NULL)
        return;
    picture->alt = alt_text(reader, from, at);
    image = append(reader, NODE_IMAGE, at);
    image->picture = picture;
    if (title != NULL && title[0] != '\0')
        image->text = clean(reader, title, at);     /* until it is a figure's caption */
}

/* ---- The walk ------------------------------------------------------------------ */

enum shape {
    LEAF,
    CONTAINER,
    WRAPPER,                    /* a container that can be left out: its content stays sound */
    MEMBER,                     /* stands and falls with the wrapper around it */
    PICTURE
};

static const struct {
    const char *type;
    enum shape shape;
    void (*enter)(struct reader *reader, cmark_node *from);     /* NULL: open KIND */
    enum node_kind kind;
} kinds[] = {
    { "text", LEAF, enter_text, NODE_TEXT },
    { "softbreak", LEAF, enter_soft_break, NODE_TEXT },
    { "paragraph", CONTAINER, NULL, NODE_PARAGRAPH },
    { "link", WRAPPER, enter_link, NODE_LINK },
    { "emph", WRAPPER, NULL, NODE_EMPHASIS },
    { "strong", WRAPPER, NULL, NODE_STRONG },
    { "heading", CONTAINER, enter_heading, NODE_HEADING },
    { "item", MEMBER, NULL, NODE_ITEM },
    { "list", WRAPPER, enter_list, NODE_LIST },
    { "block_quote", WRAPPER, NULL, NODE_QUOTE },
    { "linebreak", LEAF, enter_line_break, NODE_LINE_BREAK },
    { "image", PICTURE, enter_image, NODE_IMAGE },
    { "code", LEAF, enter_code, NODE_CODE },
    { "code_block", LEAF, enter_code, NODE_CODE_BLOCK },
    { "html_inline", LEAF, enter_html, NODE_TEXT },
    { "html_block", LEAF, enter_html, NODE_PARAGRAPH },
    { "thematic_break", LEAF, NULL, NODE_RULE },
    { "strikethrough", WRAPPER, NULL, NODE_STRIKE },
    { "footnote_reference", LEAF, enter_note_ref, NODE_NOTE_REF },
    { "footnote_definition", CONTAINER, enter_note, NODE_SECTION },
    { "table", CONTAINER, enter_table, NODE_TABLE },
    { "table_header", CONTAINER, enter_row, NODE_ROW },
    { "table_row", CONTAINER, enter_row, NODE_ROW },
    { "table_cell", CONTAINER, enter_cell, NODE_CELL },
};

enum { KINDS = sizeof kinds / sizeof *kinds };

static size_t index_of_kind(cmark_node *node)
{
    cmark_node_type kind = cmark_node_get_type(node);   /* some have no string */
    const char *type = kind == CMARK_NODE_FOOTNOTE_REFERENCE ? "footnote_reference"
                       : kind == CMARK_NODE_FOOTNOTE_DEFINITION ? "footnote_definition"
                       : cmark_node_get_type_string(node);
    size_t i = 0;

    while (i < KINDS && strcmp(kinds[i].type, type) != 0)
        i++;
    return i;
}

static bool holds_others(size_t i)
{
    return kinds[i].shape == CONTAINER || kinds[i].shape == WRAPPER || kinds[i].shape == MEMBER;
}

/* Nested too deep to have a node of its own? */
static bool is_flattened(struct reader *reader, cmark_node *from, size_t i)
{
    if (kinds[i].shape == MEMBER)
        return cmark_node_get_user_data(cmark_node_parent(from)) == NULL;
    if (kinds[i].shape != WRAPPER || reader->depth <= DEEPEST)
        return false;
    if (!reader->told_depth)
        diag(DIAG_WARNING, place_of_node(reader, from), "nesting",
             "nested deeper than %d; what is deeper is flattened", DEEPEST);
    reader->told_depth = true;
    return true;
}

static void enter(struct reader *reader, cmark_node *from, size_t i)
{
    if (kinds[i].enter != enter_text && kinds[i].enter != enter_soft_break)
        flush(reader);
    reader->depth += holds_others(i);
    if (is_flattened(reader, from, i))
        return;
    if (kinds[i].enter != NULL)
        kinds[i].enter(reader, from);
    else if (holds_others(i))
        open_node(reader, from, kinds[i].kind);
    else
        append(reader, kinds[i].kind, place_of_node(reader, from));
}

static void leave(struct reader *reader, cmark_node *from)
{
    struct node *node = cmark_node_get_user_data(from);

    flush(reader);
    reader->depth--;
    if (node != NULL)
        reader->current = node->parent;
}

static void walk(struct reader *reader, cmark_node *document)
{
    cmark_iter *iter = cmark_iter_new(document);
    cmark_event_type event;

    while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
        cmark_node *from = cmark_iter_get_node(iter);
        size_t i = index_of_kind(from);

        if (i == KINDS)
            continue;
        if (event == CMARK_EVENT_EXIT) {
            if (holds_others(i))
                leave(reader, from);
            continue;
        }
        enter(reader, from, i);
        if (kinds[i].shape == PICTURE)
            cmark_iter_reset(iter, from, CMARK_EVENT_EXIT);
    }
    cmark_iter_free(iter);
}

static void attach(cmark_parser *parser, const char *extension)
{
    cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(extension));
}

void markdown_prepare(void)
{
    cmark_gfm_core_extensions_ensure_registered();
}

/* While cmark-gfm parses inlines, the characters that its extensions wait for
 * stand in tables that all its parsers share; afterwards they are taken out. */
static cmark_node *parse_fed(cmark_parser *parser)
{
    static pthread_mutex_t cmark_lock = PTHREAD_MUTEX_INITIALIZER;
    cmark_node *document;

    pthread_mutex_lock(&cmark_lock);
    document = cmark_parser_finish(parser);
    pthread_mutex_unlock(&cmark_lock);
    return document;
}

cmark_node *markdown_parse(const char *text, size_t bytes, const struct markdown_extensions *use,
                           int options)
{
    cmark_parser *parser;
    cmark_node *document;

    markdown_prepare();
    parser = cmark_parser_new(options);
    attach(parser, "strikethrough");
    if (use->tables)
        attach(parser, "table");
    if (use->autolink)
        attach(parser, "autolink");
    cmark_parser_feed(parser, text, bytes);
    document = parse_fed(parser);
    cmark_parser_free(parser);
    return document;
}

/* ---- After the walk ------------------------------------------------------------- */

static void finish(struct reader *reader, struct markdown *out)
{
    marks_apply(reader->arena, out->body);
    markdown_tidy(reader->arena, out->body);
    out->note_count = reader->notes.count;
    out->notes = ARENA_ARRAY(reader->arena, out->note_count, struct note);
    for (size_t i = 0; i < out->note_count; i++) {
        struct note *note = reader->notes.item[i];

        if (note->body == NULL)
            note->body = node_new(reader->arena, NODE_SECTION, note->ref->at);
        note->body->parent = NULL;
        marks_apply(reader->arena, note->body);
        markdown_tidy(reader->arena, note->body);
        out->notes[i] = *note;
    }
}

/* The references hold notes by address: from the working list to the array.
 * What was only on its way is forgotten. */
static void settle(struct node *root, struct markdown *out)
{
    for (struct node *node = root; node != NULL; node = node_next(node, root)) {
        if (node->kind == NODE_NOTE_REF && node->note != NULL)
            node->note = &out->notes[node->note->number - 1];
        if (node->kind == NODE_IMAGE)
            node->text = NULL;
    }
}

bool markdown_read(struct arena *arena, const struct markdown_source *source,
                   const char *text, size_t bytes, struct markdown *out)
{
    struct reader reader = { .arena = arena, .source = source, .text = text, .bytes = bytes };
    struct markdown_extensions use;
    cmark_node *document;
    bool sound;

    *out = (struct markdown){0};
    if (!markdown_guard(source, text, bytes, &use))
        return false;
    document = markdown_parse(text, bytes, &use,
                              CMARK_OPT_FOOTNOTES | CMARK_OPT_STRIKETHROUGH_DOUBLE_TILDE);
    find_lines(&reader);
    out->body = node_new(arena, NODE_SECTION, (struct place){ source->path, source->line, 1 });
    reader.current = out->body;
    walk(&reader, document);
    cmark_node_free(document);
    finish(&reader, out);
    sound = notes_check(source, text, bytes, out);
    settle(out->body, out);
    for (size_t i = 0; i < out->note_count; i++)
        settle(out->notes[i].body, out);
    buf_free(&reader.pending);
    free(reader.lines.item);
    free(reader.notes.item);
    return sound;
}
