/* The package document after EPUB 3.3 and EPUB Accessibility 1.1. Its date of
 * change is the book's, never the clock's. */
#include "epub/package.h"

#include "epub/xml.h"

#include <stdio.h>
#include <string.h>

struct package {
    const struct rendition *rendition;
    const struct book *book;
    const struct facts *facts;
    struct xml *xml;
    int creators;
};

/* ---- metadata ---------------------------------------------------------- */

static void close_line(struct package *package)
{
    xml_close(package->xml);
    xml_newline(package->xml);
}

/* A Dublin Core element; nothing for NULL. */
static void write_dc(struct package *package, const char *element, const char *id,
                     const char *text)
{
    if (text == NULL)
        return;
    xml_open(package->xml, element);
    xml_attribute(package->xml, "id", id);
    xml_text(package->xml, text);
    close_line(package);
}

/* A property of the book, or with REFINES ("#id") of another entry. */
static void write_meta(struct package *package, const char *refines, const char *property,
                       const char *scheme, const char *text)
{
    if (text == NULL)
        return;
    xml_open(package->xml, "meta");
    xml_attribute(package->xml, "refines", refines);
    xml_attribute(package->xml, "property", property);
    xml_attribute(package->xml, "scheme", scheme);
    xml_text(package->xml, text);
    close_line(package);
}

/* Codes of ONIX list 5: 15 is ISBN-13, 22 a URN. */
static void write_identifier(struct package *package, const char *id, const char *text,
                             const char *code)
{
    char refines[32];

    if (text == NULL)
        return;
    snprintf(refines, sizeof refines, "#%s", id);
    write_dc(package, "dc:identifier", id, text);
    write_meta(package, refines, "identifier-type", "onix:codelist5", code);
}

static void write_identifiers(struct package *package)
{
    const struct facts *facts = package->facts;

    write_identifier(package, "edition", facts->edition, "22");
    if (facts->isbn_epub != NULL)
        write_identifier(package, "isbn", arena_printf(package->rendition->arena, "urn:isbn:%s",
                                                       facts->isbn_epub), "15");
    write_identifier(package, "work", facts->work, "22");
    write_meta(package, NULL, "dcterms:isVersionOf", NULL, facts->work);
}

static void write_titles(struct package *package)
{
    const struct book *book = package->book;

    write_dc(package, "dc:title", "title", book->title);
    write_meta(package, "#title", "title-type", NULL, "main");
    if (book->subtitle != NULL) {
        write_meta(package, "#title", "display-seq", NULL, "1");
        write_dc(package, "dc:title", "subtitle", book->subtitle);
        write_meta(package, "#subtitle", "title-type", NULL, "subtitle");
        write_meta(package, "#subtitle", "display-seq", NULL, "2");
    }
    write_meta(package, NULL, "schema:bookEdition", NULL, package->facts->statement);
    if (book->collection.name != NULL) {
        xml_open(package->xml, "meta");
        xml_attribute(package->xml, "id", "collection");
        xml_attribute(package->xml, "property", "belongs-to-collection");
        xml_text(package->xml, book->collection.name);
        close_line(package);
        write_meta(package, "#collection", "collection-type", NULL, "series");
        write_meta(package, "#collection", "group-position", NULL, book->collection.number);
    }
}

/* ROLE is a MARC relator: edt edits, ive is interviewed. */
static void write_person(struct package *package, const char *element, const char *name,
                         const char *sort_name, const char *role)
{
    struct arena *arena = package->rendition->arena;
    const char *id = arena_printf(arena, "person-%d", ++package->creators);
    const char *refines = arena_printf(arena, "#%s", id);

    write_dc(package, element, id, name);
    write_meta(package, refines, "role", "marc:relators", role);
    write_meta(package, refines, "file-as", NULL,
               sort_name != NULL ? sort_name : facts_inverted(arena, name));
}

static void write_people(struct package *package)
{
    const struct book *book = package->book;

    for (size_t i = 0; i < book->editor_count; i++)
        write_person(package, "dc:creator", book->editors[i], NULL, "edt");
    for (size_t i = 0; i < book->portrait_count; i++)
        write_person(package, "dc:contributor", book->portraits[i]->name,
                     book->portraits[i]->sort_name, "ive");
}

/* Where the texts come from, each address once and in the book's order. */
static void write_sources(struct package *package)
{
    const struct book *book = package->book;
    GHashTable *seen = g_hash_table_new(g_str_hash, g_str_equal);

    if (package->facts->isbn_print != NULL)
        write_dc(package, "dc:source", NULL, package->facts->page_source);
    for (size_t i = 0; i < book->portrait_count; i++) {
        const char *source = book->portraits[i]->source;

        if (source != NULL && g_hash_table_add(seen, (gpointer)(uintptr_t)source))
            write_dc(package, "dc:source", NULL, source);
    }
    g_hash_table_destroy(seen);
}

static void write_description(struct package *package)
{
    const struct book *book = package->book;

    for (size_t i = 0; i < package->facts->language_count; i++)
        write_dc(package, "dc:language", NULL, package->facts->languages[i]);
    write_dc(package, "dc:publisher", NULL, book->publisher.name);
    write_dc(package, "dc:rights", NULL, book->rights);
    write_dc(package, "dc:description", NULL, book->description);
    for (size_t i = 0; i < book->subject_count; i++)
        write_dc(package, "dc:subject", NULL, book->subjects[i]);
    write_sources(package);
    write_dc(package, "dc:date", NULL, book->date);
    write_meta(package, NULL, "dcterms:modified", NULL,
               arena_printf(package->rendition->arena, "%sT00:00:00Z", book->date));
}

/* ---- accessibility ----------------------------------------------------- */

static void write_feature(struct package *package, bool there, const char *feature)
{
    write_meta(package, NULL, "schema:accessibilityFeature", NULL, there ? feature : NULL);
}

static void write_accessibility(struct package *package)
{
    const struct facts *facts = package->facts;

    write_meta(package, NULL, "schema:accessMode", NULL, "textual");
    write_meta(package, NULL, "schema:accessMode", NULL, "visual");
    if (facts->described)
        write_meta(package, NULL, "schema:accessModeSufficient", NULL, "textual");
    write_feature(package, true, "tableOfContents");
    write_feature(package, true, "readingOrder");
    write_feature(package, facts->headings, "structuralNavigation");
    write_feature(package, true, "displayTransformability");
    write_feature(package, true, "ARIA");
    write_feature(package, facts->described, "alternativeText");
    write_feature(package, facts->index, "index");
    write_feature(package, facts->pages > 0, "pageBreakMarkers");
    write_feature(package, facts->pages > 0, "pageNavigation");
    write_meta(package, NULL, "pageBreakSource", NULL, facts->page_source);
    write_meta(package, NULL, "schema:accessibilityHazard", NULL, "none");
    write_meta(package, NULL, "schema:accessibilitySummary", NULL,
               facts->summary);
}

/* A claim of conformance and who makes it, together or not at all. */
static void write_conformance(struct package *package)
{
    if (package->book->certified_by == NULL)
        return;
    xml_open(package->xml, "meta");
    xml_attribute(package->xml, "id", "conformance");
    xml_attribute(package->xml, "property", "dcterms:conformsTo");
    xml_text(package->xml, "EPUB Accessibility 1.1 - WCAG 2.2 Level AA");
    close_line(package);
    write_meta(package, "#conformance", "a11y:certifiedBy", NULL, package->book->certified_by);
}

/* ---- the document ------------------------------------------------------ */

static void write_links(struct package *package)
{
    const struct rendition *rendition = package->rendition;

    for (size_t i = 0; i < rendition->resources.count; i++) {
        const struct resource *resource = &rendition->resources.item[i];

        if (!resource->linked)
            continue;
        xml_open(package->xml, "link");
        xml_attribute(package->xml, "rel", "record");
        xml_attribute(package->xml, "href", resource->path);
        xml_attribute(package->xml, "media-type", resource->media_type);
        xml_attribute(package->xml, "properties", resource->properties);
        close_line(package);
    }
}

static void write_metadata(struct package *package)
{
    xml_open(package->xml, "metadata");
    xml_attribute(package->xml, "xmlns:dc", "http://purl.org/dc/elements/1.1/");
    xml_newline(package->xml);
    write_identifiers(package);
    write_titles(package);
    write_people(package);
    write_description(package);
    write_accessibility(package);
    write_conformance(package);
    write_links(package);
    close_line(package);
}

static void write_manifest(struct package *package)
{
    const struct rendition *rendition = package->rendition;

    xml_open(package->xml, "manifest");
    xml_newline(package->xml);
    for (size_t i = 0; i < rendition->resources.count; i++) {
        const struct resource *resource = &rendition->resources.item[i];

        if (resource->linked)
            continue;
        xml_open(package->xml, "item");
        xml_attribute(package->xml, "id", resource->id);
        xml_attribute(package->xml, "href", resource->path);
        xml_attribute(package->xml, "media-type", resource->media_type);
        xml_attribute(package->xml, "properties", resource->properties);
        close_line(package);
    }
    close_line(package);
}

static void write_spine(struct package *package)
{
    const struct rendition *rendition = package->rendition;

    xml_open(package->xml, "spine");
    xml_attribute(package->xml, "toc", "ncx");
    xml_newline(package->xml);
    for (size_t i = 0; i < rendition->resources.count; i++) {
        if (!rendition->resources.item[i].in_spine)
            continue;
        xml_open(package->xml, "itemref");
        xml_attribute(package->xml, "idref", rendition->resources.item[i].id);
        close_line(package);
    }
    close_line(package);
}

bool package_write(const struct rendition *rendition, const struct facts *facts,
                   struct buf *out)
{
    struct package package = { rendition, rendition->book, facts, xml_new(NULL), 0 };

    xml_open(package.xml, "package");
    xml_attribute(package.xml, "xmlns", "http://www.idpf.org/2007/opf");
    xml_attribute(package.xml, "version", "3.0");
    xml_attribute(package.xml, "unique-identifier", "edition");
    xml_attribute(package.xml, "xml:lang", rendition->book->language);
    xml_newline(package.xml);
    write_metadata(&package);
    write_manifest(&package);
    write_spine(&package);
    close_line(&package);
    return xml_finish(package.xml, out);
}
