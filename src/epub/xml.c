/* XML documents in memory. What comes in is valid UTF-8; characters that XML
 * 1.0 forbids (controls, U+FFFE) go out as U+FFFD. */
#include "epub/xml.h"

#include "base/memory.h"
#include "base/utf8.h"

#include <libxml/xmlwriter.h>

#include <string.h>

struct xml {
    xmlBufferPtr content;
    xmlTextWriterPtr writer;
    bool failed;
};

static void check(struct xml *xml, int written)
{
    if (written < 0)
        xml->failed = true;
}

struct xml *xml_new(const char *doctype)
{
    struct xml *xml = memory_new(1, sizeof *xml);

    xml->content = xmlBufferCreate();
    xml->writer = xmlNewTextWriterMemory(xml->content, 0);
    if (xml->writer == NULL)
        memory_exhausted();
    xmlBufferSetAllocationScheme(xml->content, XML_BUFFER_ALLOC_DOUBLEIT);
    check(xml, xmlTextWriterStartDocument(xml->writer, NULL, "UTF-8", NULL));
    if (doctype != NULL)
        check(xml, xmlTextWriterWriteFormatRaw(xml->writer, "<!DOCTYPE %s>\n", doctype));
    return xml;
}

void xml_open(struct xml *xml, const char *element)
{
    check(xml, xmlTextWriterStartElement(xml->writer, BAD_CAST element));
}

static bool is_forbidden(uint32_t code)
{
    return (code < 0x20 && code != '\t' && code != '\n' && code != '\r')
        || code == 0xFFFE || code == 0xFFFF;
}

/* Length of the longest start of TEXT that XML can hold. */
static size_t allowed(const char *text, size_t bytes)
{
    const char *at = text, *end = text + bytes, *before = text;

    while (at < end) {
        /* Only controls and what begins with EF can be forbidden. */
        if ((unsigned char)*at >= 0x20 && (unsigned char)*at < 0xEF) {
            before = ++at;
            continue;
        }
        if (is_forbidden(utf8_next(&at, end)))
            return (size_t)(before - text);
        before = at;
    }
    return bytes;
}

/* TEXT with U+FFFD for what is forbidden; free() it. */
static char *clean(const char *text, size_t bytes)
{
    const char *at = text, *end = text + bytes;
    struct buf out = {0};

    while (at < end) {
        uint32_t code = utf8_next(&at, end);

        buf_put_code(&out, is_forbidden(code) || code == UTF8_BAD ? 0xFFFD : code);
    }
    return out.data;
}

void xml_bytes(struct xml *xml, const char *text, size_t bytes)
{
    char *copy;

    if (bytes == 0)
        return;
    if (allowed(text, bytes) < bytes) {
        copy = clean(text, bytes);
    } else {
        copy = memory_new(1, bytes + 1);
        memcpy(copy, text, bytes);
    }
    check(xml, xmlTextWriterWriteString(xml->writer, BAD_CAST copy));
    free(copy);
}

void xml_text(struct xml *xml, const char *text)
{
    size_t bytes = strlen(text);

    if (bytes > 0 && allowed(text, bytes) == bytes)
        check(xml, xmlTextWriterWriteString(xml->writer, BAD_CAST text));
    else
        xml_bytes(xml, text, bytes);
}

void xml_attribute(struct xml *xml, const char *name, const char *value)
{
    if (value == NULL)
        return;
    check(xml, xmlTextWriterStartAttribute(xml->writer, BAD_CAST name));
    xml_text(xml, value);
    check(xml, xmlTextWriterEndAttribute(xml->writer));
}

void xml_language(struct xml *xml, const char *language)
{
    xml_attribute(xml, "lang", language);
    xml_attribute(xml, "xml:lang", language);
}

void xml_close(struct xml *xml)
{
    check(xml, xmlTextWriterEndElement(xml->writer));
}

void xml_close_fully(struct xml *xml)
{
    check(xml, xmlTextWriterFullEndElement(xml->writer));
}

void xml_newline(struct xml *xml)
{
    check(xml, xmlTextWriterWriteString(xml->writer, BAD_CAST "\n"));
}

void xml_leaf(struct xml *xml, const char *element, const char *text)
{
    xml_open(xml, element);
    xml_text(xml, text);
    xml_close(xml);
    xml_newline(xml);
}

bool xml_finish(struct xml *xml, struct buf *out)
{
    bool done;

    check(xml, xmlTextWriterEndDocument(xml->writer));
    xmlFreeTextWriter(xml->writer);
    buf_append(out, xmlBufferContent(xml->content), (size_t)xmlBufferLength(xml->content));
    xmlBufferFree(xml->content);
    done = !xml->failed;
    free(xml);
    return done;
}
