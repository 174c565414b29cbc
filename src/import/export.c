/* XML by libxml2's push parser. Of each item, or entry, the few fields that matter
 * are gathered; comments, terms, authors are passed over. */
#include "import/export.h"
#include "import/dates.h"
#include "import/html.h"
#include "import/sound.h"
#include "import/store.h"
#include "import/words.h"
#include "import/wordpress.h"
#include "base/file.h"
#include "base/utf8.h"
#include "book/network.h"

#include <glib.h>
#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNK = 64 * 1024, POST_LIMIT = 24 * 1024 * 1024 };

enum field {
    FIELD_TITLE, FIELD_LINK, FIELD_CONTENT, FIELD_SUMMARY, FIELD_ID, FIELD_NAME, FIELD_STATUS,
    FIELD_TYPE, FIELD_DATE, FIELD_PASSWORD, FIELD_ATTACHMENT, FIELD_META_KEY,
    FIELD_META_VALUE, FIELD_GUID, FIELD_PUBLISHED, FIELD_DRAFT,
    ITEM_FIELDS, FIELD_CHANNEL_TITLE = ITEM_FIELDS, FIELD_CHANNEL_LANGUAGE,
    FIELDS, FIELD_NONE = FIELDS
};

/* Those without a prefix stand right within the item. */
static const struct { const char *prefix, *name; enum field field; } fields[] = {
    { NULL, "title", FIELD_TITLE }, { NULL, "link", FIELD_LINK },
    { "content", "encoded", FIELD_CONTENT }, { "wp", "post_id", FIELD_ID },
    { "wp", "post_name", FIELD_NAME }, { "wp", "status", FIELD_STATUS },
    { "wp", "post_type", FIELD_TYPE }, { "wp", "post_date", FIELD_DATE },
    { "wp", "post_password", FIELD_PASSWORD }, { "wp", "attachment_url", FIELD_ATTACHMENT },
    { "wp", "meta_key", FIELD_META_KEY }, { "wp", "meta_value", FIELD_META_VALUE },
    { NULL, "description", FIELD_SUMMARY }, { NULL, "guid", FIELD_GUID },
    { NULL, "pubDate", FIELD_PUBLISHED }, { "dc", "date", FIELD_PUBLISHED },
    { NULL, "content", FIELD_CONTENT }, { NULL, "summary", FIELD_SUMMARY },
    { NULL, "id", FIELD_GUID }, { NULL, "published", FIELD_PUBLISHED },
    { "app", "draft", FIELD_DRAFT }, { "blogger", "type", FIELD_TYPE },
    { "blogger", "status", FIELD_STATUS },
};

struct reader {
    const char *path;
    const struct source_options *options;
    source_taken *taken;
    void *context;
    xmlParserCtxtPtr parser;
    struct buf text[FIELDS];
    enum field field;
    int depth, field_depth, item_depth, skip_depth;
    int content_line, summary_line;
    size_t items;
    bool markup;                /* the field's text is made of elements, not of their text */
    bool wordpress;             /* an export of WordPress, whose lines are paragraphs */
    bool other;                 /* an entry of a blog's settings or comments */
    char *thumbnail;
    xmlEntity entity;           /* the last HTML entity that was asked for */
    xmlChar entity_text[8];
    bool failed, told;
    bool raw;                   /* of another encoding, which libxml2 converts */
    struct sound sound;
};

static struct place place_of(const struct reader *reader)
{
    int line = reader->parser == NULL || reader->parser->input == NULL
             ? 0 : reader->parser->input->line;

    return (struct place){ reader->path, line, 0 };
}

static void refuse(struct reader *reader, const char *rule, const char *why)
{
    if (!reader->told)
        diag(DIAG_ERROR, place_of(reader), rule, "%s", why);
    reader->told = reader->failed = true;
    if (reader->parser != NULL)
        xmlStopParser(reader->parser);
}

/* ---- Posts ------------------------------------------------------------------------- */

static const char *field_text(struct reader *reader, struct article *article, enum field field)
{
    const struct buf *text = &reader->text[field];
    const char *clean = text_clean(article->arena, buf_text(text), text->len);

    return *clean == '\0' ? NULL : clean;
}

static bool is(const struct reader *reader, enum field field, const char *value)
{
    return g_ascii_strcasecmp(buf_text(&reader->text[field]), value) == 0;
}

/* Is the post one to import? Published ones; others on request, as drafts. */
static bool is_wanted(const struct reader *reader, bool *draft)
{
    bool published = (is(reader, FIELD_STATUS, "publish") || is(reader, FIELD_STATUS, "live") ||
                      is(reader, FIELD_STATUS, "")) &&
                     reader->text[FIELD_PASSWORD].len == 0 && !is(reader, FIELD_DRAFT, "yes");

    *draft = !published;
    if (reader->other || (!is(reader, FIELD_TYPE, "post") && !is(reader, FIELD_TYPE, "")))
        return false;
    return published || (reader->options->drafts && !is(reader, FIELD_STATUS, "trash") &&
                         !is(reader, FIELD_STATUS, "soft_trashed") &&
                         !is(reader, FIELD_STATUS, "auto-draft") &&
                         !is(reader, FIELD_STATUS, "inherit"));
}

static void note_attachment(struct reader *reader)
{
    if (reader->options->attachments != NULL && reader->text[FIELD_ATTACHMENT].len > 0)
        g_hash_table_replace(reader->options->attachments,
                             g_strdup(buf_text(&reader->text[FIELD_ID])),
                             g_strdup(buf_text(&reader->text[FIELD_ATTACHMENT])));
}

/* A post of WordPress has a number; one of a feed a name of its own. */
static const char *key_of(struct reader *reader, struct article *article)
{
    static const enum field keys[] = { FIELD_ID, FIELD_GUID, FIELD_LINK };

    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const char *key = field_text(reader, article, keys[i]);

        if (key != NULL)
            return arena_printf(article->arena, "%s#%s", reader->path, key);
    }
    return arena_printf(article->arena, "%s#%zu", reader->path, reader->items);
}

/* "2011-03-10" of that and a time, or of "Thu, 10 Mar 2011 14:03:18 +0000"; NULL. */
static const char *date_of(struct reader *reader, struct article *article)
{
    const char *date = field_text(reader, article, FIELD_DATE), *day;
    size_t hour;

    if (date == NULL)
        date = field_text(reader, article, FIELD_PUBLISHED);
    if (date == NULL || strncmp(date, "0000", 4) == 0)
        return NULL;
    if (g_ascii_isdigit(date[0]) && strlen(date) >= 10 && date[4] == '-')
        return arena_strndup(article->arena, date, 10);
    day = strchr(date, ',');
    day = day == NULL ? date : day + 1;
    hour = strcspn(day, ":");
    return date_of_line(article->arena, words_fold(article->arena, day, hour < 2 ? 0 : hour - 2));
}

/* "ada-quill" of "https://example.org/2011/03/ada-quill/"; NULL. */
static const char *stem_of_link(struct arena *arena, const char *link)
{
    size_t end = link == NULL ? 0 : strcspn(link, "?#");
    const char *stem;

    while (end > 0 && link[end - 1] == '/')
        end--;
    if (end == 0)
        return NULL;
    stem = path_stem(arena, arena_strndup(arena, link, end));
    return *stem == '\0' || strchr(stem, '.') != NULL ? NULL : stem;
}

/* The title of a feed may be HTML, "Ada &amp;#8211; Quill": what that shows. */
static const char *title_of(struct reader *reader, struct article *article)
{
    const char *title = field_text(reader, article, FIELD_TITLE);
    struct article *piece;

    if (title == NULL || reader->wordpress || strpbrk(title, "&<") == NULL)
        return title;
    piece = article_new(reader->path);
    if (html_read_piece(piece, title, strlen(title), 0, false) && piece->blocks.count == 1)
        title = arena_strdup(article->arena, piece->blocks.item[0].text);
    article_free(piece);
    return title;
}

static void fill(struct reader *reader, struct article *article, const struct buf *content)
{
    article->key = key_of(reader, article);
    article->title = title_of(reader, article);
    article->stem = field_text(reader, article, FIELD_NAME);
    article->link = field_text(reader, article, FIELD_LINK);
    if (article->stem == NULL)
        article->stem = stem_of_link(article->arena, article->link);
    article->language = field_text(reader, article, FIELD_CHANNEL_LANGUAGE);
    article->series = field_text(reader, article, FIELD_CHANNEL_TITLE);
    article->folder = path_folder(article->arena, reader->path);
    article->image_id = arena_strdup(article->arena, reader->thumbnail);
    article->among = true;
    article->date = date_of(reader, article);
    if (article->link != NULL && !address_is_sound(article->link))
        article->link = NULL;
    article->sha256 = sha256_of(article->arena, buf_text(content), content->len);
}

static void give_post(struct reader *reader)
{
    bool summary = reader->text[FIELD_CONTENT].len == 0, draft;
    const struct buf *content = &reader->text[summary ? FIELD_SUMMARY : FIELD_CONTENT];
    int line = summary ? reader->summary_line : reader->content_line;
    struct article *article;
    struct buf html = {0};

    if (is(reader, FIELD_TYPE, "attachment")) {
        note_attachment(reader);
        return;
    }
    reader->items++;
    if (!is_wanted(reader, &draft) || content->len == 0)
        return;
    article = article_new(reader->path);
    fill(reader, article, content);
    article->draft = draft;
    if (reader->wordpress)
        wordpress_html(&html, article, content->data, content->len, line);
    else
        buf_append(&html, content->data, content->len);
    if (!html_read_piece(article, buf_text(&html), html.len, line, false)) {
        article_free(article);
        reader->failed = reader->told = true;
    } else if (!reader->taken(reader->context, article)) {
        reader->failed = reader->told = true;
    }
    buf_free(&html);
    if (reader->failed)
        xmlStopParser(reader->parser);
}

/* ---- The parser's calls ----------------------------------------------------------------- */

static enum field lookup_field(const struct reader *reader, const char *prefix, const char *name)
{
    if (reader->item_depth == 0) {
        if (reader->depth > 3 || prefix != NULL)
            return FIELD_NONE;
        return strcmp(name, "title") == 0 ? FIELD_CHANNEL_TITLE
             : strcmp(name, "language") == 0 ? FIELD_CHANNEL_LANGUAGE : FIELD_NONE;
    }
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (strcmp(name, fields[i].name) == 0 &&
            (prefix == NULL ? fields[i].prefix == NULL && reader->depth == reader->item_depth + 1
                            : fields[i].prefix != NULL && strcmp(prefix, fields[i].prefix) == 0))
            return fields[i].field;
    return FIELD_NONE;
}

static struct buf *field_buf(struct reader *reader, enum field field)
{
    return field == FIELD_NONE ? NULL : &reader->text[field];
}

/* May the field take that much more? Refused otherwise. */
static bool has_room(struct reader *reader, size_t bytes)
{
    if (!reader->failed && field_buf(reader, reader->field)->len + bytes > POST_LIMIT)
        refuse(reader, "too-large", "a post of more than 24 MB");
    return !reader->failed;
}

/* Attributes come as five pointers each: name, prefix, address, start and end of the
 * value, in which libxml2 leaves "&amp;" as "&#38;". Of one the value, which g_free takes. */
static char *value_of(const xmlChar *const *attribute)
{
    char *raw = g_strndup((const char *)attribute[3], (gsize)(attribute[4] - attribute[3]));
    char **parts = g_strsplit(raw, "&#38;", -1), *value = g_strjoinv("&", parts);

    g_strfreev(parts);
    g_free(raw);
    return value;
}

/* The value of the attribute NAME, without a prefix, which g_free takes; NULL. */
static char *attribute(const char *name, const xmlChar **list, int count)
{
    for (int i = 0; i < count; i++, list += 5)
        if (list[1] == NULL && strcmp((const char *)list[0], name) == 0)
            return value_of(list);
    return NULL;
}

static bool has_attribute(const char *name, const char *value, const xmlChar **list, int count)
{
    char *text = attribute(name, list, count);
    bool has = text != NULL && strcmp(text, value) == 0;

    g_free(text);
    return has;
}

/* The address of an entry of Atom; of Blogger's entries, which are posts. */
static void take_attributes(struct reader *reader, const char *name, const xmlChar **list,
                            int count)
{
    static const char kind[] = "http://schemas.google.com/g/2005#kind";
    char *value;

    if (strcmp(name, "link") == 0 && has_attribute("rel", "alternate", list, count)) {
        value = attribute("href", list, count);
        buf_cut(&reader->text[FIELD_LINK], 0);
        buf_puts(&reader->text[FIELD_LINK], value == NULL ? "" : value);
        g_free(value);
    } else if (strcmp(name, "category") == 0 && has_attribute("scheme", kind, list, count)) {
        value = attribute("term", list, count);
        reader->other = value == NULL || !g_str_has_suffix(value, "#post");
        g_free(value);
    }
}

static void put_escaped(struct buf *out, const char *text, size_t bytes)
{
    char *escaped = g_markup_escape_text(text, (gssize)bytes);

    buf_puts(out, escaped);
    g_free(escaped);
}

/* The tag of an element within a field of markup, as HTML. */
static void put_tag(struct buf *out, const char *name, const xmlChar **list, int count)
{
    buf_printf(out, "<%s", name);
    for (int i = 0; i < count; i++, list += 5) {
        char *value = value_of(list);

        buf_printf(out, " %s=\"", (const char *)list[0]);
        put_escaped(out, value, strlen(value));
        buf_putc(out, '"');
        g_free(value);
    }
    buf_putc(out, '>');
}

static bool is_item(const char *name)
{
    return strcmp(name, "item") == 0 || strcmp(name, "entry") == 0;
}

static void start_item(struct reader *reader)
{
    reader->item_depth = reader->depth;
    reader->other = false;
    for (size_t i = 0; i < ITEM_FIELDS; i++)
        buf_cut(&reader->text[i], 0);
    g_free(reader->thumbnail);
    reader->thumbnail = NULL;
}

static void start_field(struct reader *reader, const xmlChar **list, int count)
{
    reader->field_depth = reader->depth;
    reader->markup = has_attribute("type", "xhtml", list, count);
    if (reader->field == FIELD_META_KEY || reader->field == FIELD_META_VALUE)
        buf_cut(field_buf(reader, reader->field), 0);
    if (reader->field == FIELD_CONTENT)
        reader->content_line = place_of(reader).line;
    if (reader->field == FIELD_SUMMARY)
        reader->summary_line = place_of(reader).line;
}

static void start(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                  int namespaces, const xmlChar **list, int count, int defaulted,
                  const xmlChar **attributes)
{
    struct reader *reader = context;
    const char *tag = (const char *)name;

    (void)uri, (void)namespaces, (void)list, (void)defaulted;
    reader->depth++;
    reader->wordpress = reader->wordpress ||
                        (prefix != NULL && strcmp((const char *)prefix, "wp") == 0);
    if (reader->item_depth == 0 && prefix == NULL && is_item(tag)) {
        start_item(reader);
    } else if (reader->skip_depth == 0 && prefix != NULL && strcmp(tag, "comment") == 0) {
        reader->skip_depth = reader->depth;
    } else if (reader->field == FIELD_NONE && reader->skip_depth == 0) {
        if (reader->item_depth > 0 && prefix == NULL &&
            reader->depth == reader->item_depth + 1)
            take_attributes(reader, tag, attributes, count);
        reader->field = lookup_field(reader, (const char *)prefix, tag);
        if (reader->field != FIELD_NONE)
            start_field(reader, attributes, count);
    } else if (reader->field != FIELD_NONE && reader->markup && has_room(reader, 0)) {
        put_tag(field_buf(reader, reader->field), tag, attributes, count);
    }
}

static void end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    struct reader *reader = context;

    (void)prefix, (void)uri;
    if (reader->failed)
        return;
    if (reader->field != FIELD_NONE && reader->markup && reader->depth > reader->field_depth)
        buf_printf(field_buf(reader, reader->field), "</%s>", (const char *)name);
    if (reader->field != FIELD_NONE && reader->field_depth == reader->depth) {
        if (reader->field == FIELD_META_VALUE && is(reader, FIELD_META_KEY, "_thumbnail_id")) {
            g_free(reader->thumbnail);
            reader->thumbnail = g_strdup(buf_text(&reader->text[FIELD_META_VALUE]));
        }
        reader->field = FIELD_NONE;
    }
    if (reader->skip_depth == reader->depth)
        reader->skip_depth = 0;
    if (reader->item_depth == reader->depth) {
        reader->item_depth = 0;
        give_post(reader);
    }
    reader->depth--;
}

static void characters(void *context, const xmlChar *text, int bytes)
{
    struct reader *reader = context;
    struct buf *buf = field_buf(reader, reader->field);

    if (buf == NULL || !has_room(reader, (size_t)bytes))
        return;
    if (reader->markup)
        put_escaped(buf, (const char *)text, (size_t)bytes);
    else
        buf_append(buf, text, (size_t)bytes);
}

static void refuse_doctype(void *context, const xmlChar *name, const xmlChar *public,
                           const xmlChar *system)
{
    (void)name, (void)public, (void)system;
    refuse(context, "doctype", "a document type declaration, which no export and no feed has; "
           "remove it");
}

/* XML's own five, and HTML's, which damaged exports use bare. */
static xmlEntityPtr entity(void *context, const xmlChar *name)
{
    struct reader *reader = context;
    xmlEntityPtr own = xmlGetPredefinedEntity(name);
    const htmlEntityDesc *html = own != NULL ? NULL : htmlEntityLookup(name);

    if (own != NULL || html == NULL)
        return own;
    reader->entity_text[utf8_put((char *)reader->entity_text, html->value)] = '\0';
    reader->entity = (xmlEntity){ .type = XML_ENTITY_DECL, .name = name,
                                  .orig = reader->entity_text, .content = reader->entity_text,
                                  .length = (int)strlen((char *)reader->entity_text),
                                  .etype = XML_INTERNAL_PREDEFINED_ENTITY };
    return &reader->entity;
}

/* ---- Feeding ------------------------------------------------------------------------------- */

static void feed_chunk(struct reader *reader, const char *bytes, size_t count)
{
    const struct buf *sound;

    if (reader->raw) {
        xmlParseChunk(reader->parser, bytes, (int)count, 0);
        return;
    }
    sound = sound_feed(&reader->sound, bytes, count);
    xmlParseChunk(reader->parser, buf_text(sound), (int)sound->len, 0);
}

static void tell_end(struct reader *reader)
{
    const xmlError *error = xmlCtxtGetLastError(reader->parser);

    if (reader->told || (reader->parser->wellFormed && reader->depth == 0))
        return;
    reader->failed = reader->told = true;
    diag(DIAG_ERROR, (struct place){ reader->path, error != NULL ? error->line : 0, 0 },
         "export", "the export is cut short or damaged here%s%.*s; export it again",
         error != NULL ? ": " : "", error != NULL && error->message != NULL
             ? (int)strcspn(error->message, "\n") : 0,
         error != NULL && error->message != NULL ? error->message : "");
}

bool export_read(const char *path, export_feed *feed, void *feed_context,
              const struct source_options *options, source_taken *taken, void *context)
{
    xmlSAXHandler handler = { .initialized = XML_SAX2_MAGIC, .startElementNs = start,
                              .endElementNs = end, .characters = characters,
                              .cdataBlock = characters, .internalSubset = refuse_doctype,
                              .getEntity = entity };
    struct reader reader = { .path = path, .options = options, .taken = taken,
                             .context = context, .field = FIELD_NONE };
    char *chunk = g_malloc(CHUNK);
    long got = 0;
    bool first = true;

    reader.parser = xmlCreatePushParserCtxt(&handler, &reader, NULL, 0, path);
    xmlCtxtUseOptions(reader.parser, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    while (!reader.failed && reader.parser->wellFormed &&
           (got = feed(feed_context, chunk, CHUNK)) > 0) {
        if (first)
            reader.raw = sound_is_other_encoding(chunk, (size_t)got);
        first = false;
        feed_chunk(&reader, chunk, (size_t)got);
    }
    if (!reader.failed && got == 0 && reader.parser->wellFormed)
        xmlParseChunk(reader.parser, NULL, 0, 1);
    reader.failed = reader.failed || got < 0;
    if (got >= 0)
        tell_end(&reader);
    xmlFreeParserCtxt(reader.parser);
    for (size_t i = 0; i < sizeof reader.text / sizeof *reader.text; i++)
        buf_free(&reader.text[i]);
    g_free(reader.thumbnail);
    sound_free(&reader.sound);
    g_free(chunk);
    return !reader.failed;
}
