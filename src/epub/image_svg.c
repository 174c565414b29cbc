/* SVG is a document: it is read as XML without network, entities or DTD, and
 * written anew without what could run, call home or tell who drew it. */
#include "epub/image.h"

#include <glib.h>
#include <libxml/hash.h>
#include <libxml/parser.h>
#include <libxml/tree.h>

#include <string.h>

enum { DEEPEST = 256 };

static const char svg_namespace[] = "http://www.w3.org/2000/svg";
static const char xlink_namespace[] = "http://www.w3.org/1999/xlink";

/* Elements of SVG that do not stay. */
static bool is_unwanted(const xmlNode *node)
{
    static const char *const names[] = {
        "script", "foreignObject", "metadata", "handler", "listener", "iframe", "audio", "video",
        "animate", "animateColor", "animateMotion", "animateTransform", "set",
    };

    if (node->type == XML_TEXT_NODE)
        return false;
    if (node->type != XML_ELEMENT_NODE)
        return true;            /* comments, instructions, entities, CDATA of scripts */
    if (node->ns == NULL || strcmp((const char *)node->ns->href, svg_namespace) != 0)
        return true;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp((const char *)node->name, names[i]) == 0)
            return true;
    return false;
}

/* Does a url( of TEXT lead elsewhere than into the picture? */
static bool has_address(const char *text)
{
    const char *at = text;

    while ((at = strstr(at, "url(")) != NULL) {
        at += 4;
        at += strspn(at, " \t\n'\"");
        if (*at != '#')
            return true;
    }
    return false;
}

/* Does TEXT refer to something outside of the picture? The names of CSS are the
 * same in capitals; a backslash can write any of them otherwise. */
static bool is_outside(const char *text)
{
    static const char *const words[] = { "@import", "javascript:", "image(", "image-set(", "src(",
                                         "\\" };
    char *lower = g_ascii_strdown(text, -1);
    bool outside = has_address(lower);

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        outside = outside || strstr(lower, words[i]) != NULL;
    g_free(lower);
    return outside;
}

static bool attribute_stays(const xmlAttr *attribute, const char *value)
{
    const char *name = (const char *)attribute->name;
    const char *space = attribute->ns == NULL ? NULL : (const char *)attribute->ns->href;

    if (space != NULL && strcmp(space, xlink_namespace) != 0
        && attribute->ns->prefix != NULL && strcmp((const char *)attribute->ns->prefix, "xml") != 0)
        return false;
    if (strncmp(name, "on", 2) == 0 || strcmp(name, "base") == 0)
        return false;           /* scripts; where all references would lead */
    if (strcmp(name, "href") == 0)
        return *value == '#' || strncmp(value, "data:image/png;", 15) == 0
            || strncmp(value, "data:image/jpeg;", 16) == 0;
    return !is_outside(value);
}

static void clean_attributes(xmlNode *node)
{
    xmlAttr *next;

    for (xmlAttr *attribute = node->properties; attribute != NULL; attribute = next) {
        xmlChar *value = xmlNodeListGetString(node->doc, attribute->children, 1);

        next = attribute->next;
        if (!attribute_stays(attribute, value == NULL ? "" : (const char *)value))
            xmlRemoveProp(attribute);
        xmlFree(value);
    }
}

/* False where it is nested too deep. */
static bool clean(xmlNode *node, int depth)
{
    xmlNode *next;

    if (depth > DEEPEST)
        return false;
    clean_attributes(node);
    for (xmlNode *child = node->children; child != NULL; child = next) {
        xmlChar *text = NULL;
        bool style = strcmp((const char *)node->name, "style") == 0;
        bool unwanted = is_unwanted(child) && !(style && child->type == XML_CDATA_SECTION_NODE);

        next = child->next;
        if (style)
            text = xmlNodeGetContent(child);
        unwanted = unwanted || (text != NULL && is_outside((const char *)text));
        xmlFree(text);
        if (unwanted) {
            xmlUnlinkNode(child);
            xmlFreeNode(child);
        } else if (child->type == XML_ELEMENT_NODE && !clean(child, depth + 1)) {
            return false;
        }
    }
    return true;
}

static void ignore(void *context, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void ignore(void *context, const char *format, ...)
{
    (void)context;
    (void)format;
}

/* Leaves the document nothing but its root: no DTD, comments, instructions. */
static void keep_root(xmlDoc *doc)
{
    const xmlNode *root = xmlDocGetRootElement(doc);
    xmlNode *next;

    for (xmlNode *node = doc->children; node != NULL; node = next) {
        next = node->next;
        if (node != root) {
            xmlUnlinkNode(node);
            xmlFreeNode(node);
        }
    }
}

static xmlDoc *parse(const char *bytes, size_t count)
{
    xmlParserCtxt *context = xmlNewParserCtxt();
    xmlDoc *doc;

    context->sax->warning = context->sax->error = ignore;
    doc = xmlCtxtReadMemory(context, bytes, (int)count, NULL, NULL,
                            XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    xmlFreeParserCtxt(context);
    return doc;
}

/* Entities of its own, which could grow without end or reach for files. */
static bool declares_entities(xmlDoc *doc)
{
    const xmlDtd *dtd = xmlGetIntSubset(doc);

    return dtd != NULL && dtd->entities != NULL && xmlHashSize(dtd->entities) > 0;
}

const char *image_clean_svg(const char *bytes, size_t count, struct buf *out)
{
    xmlDoc *doc = count > INT32_MAX ? NULL : parse(bytes, count);
    xmlNode *root = doc == NULL ? NULL : xmlDocGetRootElement(doc);
    const char *refused = NULL;
    xmlChar *text;
    int length;

    if (root == NULL)
        refused = "it is not well-formed XML";
    else if (strcmp((const char *)root->name, "svg") != 0 || is_unwanted(root))
        refused = "it is not SVG";
    else if (declares_entities(doc))
        refused = "it declares entities; save it anew as plain SVG";
    else if (!clean(root, 0))
        refused = "it is nested too deep";
    if (refused == NULL) {
        keep_root(doc);
        xmlDocDumpMemoryEnc(doc, &text, &length, "UTF-8");
        buf_append(out, text, (size_t)length);
        xmlFree(text);
    }
    xmlFreeDoc(doc);
    return refused;
}
