/* What the file says of itself: document information and XMP, which agree,
 * language, how to open it. */
#include "pdf/finish.h"
#include "base/arena.h"
#include "base/utf8.h"
#include "book/identifier.h"

#include <stdio.h>
#include <string.h>

#define PROGRAM "florilege " FLORILEGE_VERSION

/* ---- Document information -------------------------------------------------------- */

/* The date of the book as "YYYYMMDD"; "" when there is none. */
static void compact_date(const char *date, char compact[9])
{
    size_t length = 0;

    for (; date != NULL && *date != '\0' && length < 8; date++)
        if (*date >= '0' && *date <= '9')
            compact[length++] = *date;
    compact[length == 8 ? 8 : 0] = '\0';
}

static void put_entry(struct buf *out, const char *key, const char *text)
{
    if (text == NULL || *text == '\0')
        return;
    buf_printf(out, " /%s ", key);
    put_text(out, text);
}

/* LIST with commas between, in ARENA; NULL for an empty one. */
static const char *joined(struct arena *arena, const char **list, size_t count)
{
    struct buf text = {0};
    const char *made = NULL;

    for (size_t i = 0; i < count; i++)
        buf_printf(&text, "%s%s", i > 0 ? ", " : "", list[i]);
    if (count > 0)
        made = arena_strdup(arena, buf_text(&text));
    buf_free(&text);
    return made;
}

static void write_info(struct finishing *finishing, struct arena *arena)
{
    const struct book *book = finishing->book;
    struct buf *out = &finishing->file.out;
    char date[9];

    finishing->info = object_take(&finishing->file, 1);
    object_begin(&finishing->file, finishing->info);
    buf_puts(out, "<<");
    put_entry(out, "Title", finishing->sheets->book->title);
    put_entry(out, "Author", joined(arena, book->editors, book->editor_count));
    put_entry(out, "Subject", book->description);
    put_entry(out, "Keywords", joined(arena, book->subjects, book->subject_count));
    put_entry(out, "Creator", PROGRAM);
    put_entry(out, "Producer", PROGRAM);
    compact_date(book->date, date);
    if (date[0] != '\0')
        buf_printf(out, " /CreationDate (D:%s000000Z) /ModDate (D:%s000000Z)", date, date);
    if (finishing->exchange)
        buf_puts(out, " /Trapped /False");
    buf_puts(out, ">>");
    object_end(&finishing->file);
}

/* ---- XMP ----------------------------------------------------------------------------- */

static void put_xml(struct buf *out, const char *text)
{
    for (const char *at = text, *end = text + strlen(text); at < end;) {
        uint32_t code = utf8_next(&at, end);

        if (code == '&')
            buf_puts(out, "&amp;");
        else if (code == '<')
            buf_puts(out, "&lt;");
        else if (code == '>')
            buf_puts(out, "&gt;");
        else if (code >= ' ' && code != UTF8_BAD)
            buf_put_code(out, code);
        else
            buf_putc(out, ' ');
    }
}

static void put_property(struct buf *out, const char *name, const char *text)
{
    if (text == NULL || *text == '\0')
        return;
    buf_printf(out, "   <%s>", name);
    put_xml(out, text);
    buf_printf(out, "</%s>\n", name);
}

/* A property with a default text in no language. */
static void put_alternative(struct buf *out, const char *name, const char *text)
{
    if (text == NULL || *text == '\0')
        return;
    buf_printf(out, "   <%s><rdf:Alt><rdf:li xml:lang=\"x-default\">", name);
    put_xml(out, text);
    buf_printf(out, "</rdf:li></rdf:Alt></%s>\n", name);
}

static void put_list(struct buf *out, const char *name, const char *kind, const char *const *list,
                     size_t count)
{
    if (count == 0)
        return;
    buf_printf(out, "   <%s><rdf:%s>", name, kind);
    for (size_t i = 0; i < count; i++) {
        buf_puts(out, "<rdf:li>");
        put_xml(out, list[i]);
        buf_puts(out, "</rdf:li>");
    }
    buf_printf(out, "</rdf:%s></%s>\n", kind, name);
}

/* What PDF/A does not know of itself must be described to it. */
struct extension { const char *schema, *uri, *prefix, *property, *type, *description; };

static const struct extension accessible = {
    "PDF/UA identification schema", "http://www.aiim.org/pdfua/ns/id/", "pdfuaid", "part",
    "Integer", "Part of ISO 14289 that this file conforms to",
};

static const struct extension exchanged[] = {
    { "PDF/X identification schema", "http://www.npes.org/pdfx/ns/id/", "pdfxid",
      "GTS_PDFXVersion", "Text", "Version of PDF/X that this file conforms to" },
    { "Adobe PDF schema", "http://ns.adobe.com/pdf/1.3/", "pdf", "Trapped", "Text",
      "Whether inks that touch were made to overlap" },
};

static void put_extensions(struct buf *out, const struct extension *extensions, size_t count)
{
    buf_puts(out, "   <pdfaExtension:schemas><rdf:Bag>");
    for (size_t i = 0; i < count; i++)
        buf_printf(out, "<rdf:li rdf:parseType=\"Resource\">\n"
                   "    <pdfaSchema:schema>%s</pdfaSchema:schema>\n"
                   "    <pdfaSchema:namespaceURI>%s</pdfaSchema:namespaceURI>\n"
                   "    <pdfaSchema:prefix>%s</pdfaSchema:prefix>\n"
                   "    <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">\n"
                   "     <pdfaProperty:name>%s</pdfaProperty:name>\n"
                   "     <pdfaProperty:valueType>%s</pdfaProperty:valueType>\n"
                   "     <pdfaProperty:category>internal</pdfaProperty:category>\n"
                   "     <pdfaProperty:description>%s</pdfaProperty:description>\n"
                   "    </rdf:li></rdf:Seq></pdfaSchema:property>\n"
                   "   </rdf:li>", extensions[i].schema, extensions[i].uri, extensions[i].prefix,
                   extensions[i].property, extensions[i].type, extensions[i].description);
    buf_puts(out, "</rdf:Bag></pdfaExtension:schemas>\n");
}

static const char packet_start[] =
    "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
    "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
    " <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
    "  <rdf:Description rdf:about=\"\"\n"
    "    xmlns:dc=\"http://purl.org/dc/elements/1.1/\"\n"
    "    xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"\n"
    "    xmlns:xmpMM=\"http://ns.adobe.com/xap/1.0/mm/\"\n"
    "    xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\"\n"
    "    xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\"\n"
    "    xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\"\n"
    "    xmlns:pdfxid=\"http://www.npes.org/pdfx/ns/id/\"\n"
    "    xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\"\n"
    "    xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\"\n"
    "    xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n";

static const char packet_end[] =
    "  </rdf:Description>\n </rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>\n";

static void put_conformance(const struct finishing *finishing, const char *identifier,
                            struct buf *out)
{
    bool tagged = finishing->structure != NULL;

    if (finishing->archival) {
        put_property(out, "pdfaid:part", "2");
        put_property(out, "pdfaid:conformance", tagged ? "A" : "B");
    }
    if (tagged) {
        put_property(out, "pdfuaid:part", "1");
        put_extensions(out, &accessible, 1);
    }
    if (finishing->exchange) {
        put_property(out, "pdfxid:GTS_PDFXVersion", "PDF/X-4");
        put_property(out, "pdf:Trapped", "False");
        put_property(out, "xmpMM:DocumentID", identifier);
        put_property(out, "xmpMM:VersionID", "1");
        put_property(out, "xmpMM:RenditionClass", "default");
        put_extensions(out, exchanged, sizeof exchanged / sizeof *exchanged);
    }
}

static void put_dates(struct buf *out, const char *date)
{
    char compact[9], full[32];

    compact_date(date, compact);
    if (compact[0] == '\0')
        return;
    snprintf(full, sizeof full, "%.4s-%.2s-%.2sT00:00:00Z", compact, compact + 4, compact + 6);
    put_property(out, "xmp:CreateDate", full);
    put_property(out, "xmp:ModifyDate", full);
    put_property(out, "xmp:MetadataDate", full);
}

static void write_xmp(struct finishing *finishing, struct arena *arena)
{
    const struct book *book = finishing->book;
    const struct pages *pages = finishing->sheets->book;
    const char *identifier = identifier_of_print(arena, book);
    struct buf out = {0};
    int number = object_take(&finishing->file, 1);

    buf_puts(&out, packet_start);
    put_alternative(&out, "dc:title", pages->title);
    put_list(&out, "dc:creator", "Seq", book->editors, book->editor_count);
    put_alternative(&out, "dc:description", book->description);
    put_list(&out, "dc:subject", "Bag", book->subjects, book->subject_count);
    put_list(&out, "dc:language", "Bag", &pages->language, 1);
    put_list(&out, "dc:publisher", "Bag", &book->publisher.name, book->publisher.name != NULL);
    put_alternative(&out, "dc:rights", book->rights);
    put_property(&out, "dc:identifier", identifier);
    put_property(&out, "pdf:Keywords", joined(arena, book->subjects, book->subject_count));
    put_property(&out, "pdf:Producer", PROGRAM);
    put_property(&out, "xmp:CreatorTool", PROGRAM);
    put_dates(&out, book->date);
    put_conformance(finishing, identifier, &out);
    buf_puts(&out, packet_end);
    object_stream(&finishing->file, number, "/Type /Metadata /Subtype /XML", buf_text(&out),
                  out.len, false);
    buf_printf(&finishing->catalog, " /Metadata %d 0 R", number);
    buf_free(&out);
}

void metadata_write(struct finishing *finishing)
{
    struct arena *arena = arena_new();

    write_info(finishing, arena);
    write_xmp(finishing, arena);
    buf_puts(&finishing->catalog, " /Lang ");
    put_text(&finishing->catalog, finishing->sheets->book->language);
    buf_printf(&finishing->catalog, " /ViewerPreferences <</DisplayDocTitle true%s>>",
               finishing->kind == PDF_READING ? "" : " /PrintScaling /None");
    arena_free(arena);
}
