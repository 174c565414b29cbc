/* One part of the book, a tree of nodes, becomes an XHTML document. */
#include "epub/xhtml.h"

#include "epub/vocabulary.h"
#include "epub/writer.h"

const char xhtml_media_type[] = "application/xhtml+xml";

struct xml *xhtml_start(const char *language, const char *title, const char *stylesheet)
{
    struct xml *xml = xml_new("html");

    xml_open(xml, "html");
    xml_attribute(xml, "xmlns", "http://www.w3.org/1999/xhtml");
    xml_attribute(xml, "xmlns:epub", "http://www.idpf.org/2007/ops");
    xml_language(xml, language);
    xml_newline(xml);
    xml_open(xml, "head");
    xml_newline(xml);
    xml_leaf(xml, "title", title);
    if (stylesheet != NULL) {
        xml_open(xml, "link");
        xml_attribute(xml, "rel", "stylesheet");
        xml_attribute(xml, "type", "text/css");
        xml_attribute(xml, "href", stylesheet);
        xml_close(xml);
        xml_newline(xml);
    }
    xml_close(xml);
    xml_newline(xml);
    xml_open(xml, "body");
    return xml;
}

static void write_body(struct writer *writer)
{
    const struct part *part = writer->part;
    struct term term = vocabulary_part(part);

    xml_open(writer->xml, term.element != NULL ? term.element : "section");
    xml_attribute(writer->xml, "epub:type", term.type);
    xml_attribute(writer->xml, "role", term.aria);
    writer_class(writer, arena_printf(writer->arena, "part-%s", part_kind_name(part->kind)));
    xml_attribute(writer->xml, "id", part->id);
    xml_newline(writer->xml);
    writer_breaks_of_part(writer, false);
    writer_breaks_of(writer, part->body, true);
    writer_children(writer, part->body);
    writer_breaks_of_part(writer, true);
    xml_close(writer->xml);
    xml_newline(writer->xml);
    xml_close(writer->xml);
    xml_newline(writer->xml);
}

bool xhtml_write(const struct rendition *rendition, const struct part *part, struct buf *out)
{
    struct writer writer = { .rendition = rendition, .part = part, .arena = arena_new() };
    bool done;

    writer.xml = xhtml_start(part->language, part->title, "../epub.css");
    xml_attribute(writer.xml, "epub:type", vocabulary_matter(part));
    xml_newline(writer.xml);
    write_body(&writer);
    done = xml_finish(writer.xml, out);
    buf_free(&writer.address);
    arena_free(writer.arena);
    return done;
}
