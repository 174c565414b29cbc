/* Tables from the model's kinds and roles to EPUB's terms. */
#include "epub/vocabulary.h"

#include <string.h>

#define COUNT(array) (sizeof (array) / sizeof *(array))

/* epub:type "revision-history" and the like have no role in DPUB-ARIA. */
static const struct {
    struct term term;
    const char *matter;
    bool landmark;
} parts[PART_KINDS] = {
    [PART_COVER]      = { { NULL, "cover", NULL }, "cover", true },
    [PART_HALF_TITLE] = { { NULL, "halftitlepage", NULL }, "frontmatter", false },
    [PART_TITLE]      = { { NULL, "titlepage", NULL }, "frontmatter", true },
    [PART_IMPRINT]    = { { NULL, "copyright-page", NULL }, "frontmatter", true },
    [PART_TOC]        = { { "nav", "toc", "doc-toc" }, "frontmatter", true },
    [PART_FRONT]      = { { NULL, NULL, NULL }, "frontmatter", true },
    [PART_NEWS]       = { { NULL, NULL, NULL }, "frontmatter", false },
    [PART_DIVISION]   = { { NULL, "part", "doc-part" }, "bodymatter", false },
    [PART_PORTRAIT]   = { { NULL, "chapter", "doc-chapter" }, "bodymatter", false },
    [PART_CONTACT]    = { { NULL, NULL, NULL }, "bodymatter", false },
    [PART_DIRECTORY]  = { { NULL, "appendix", "doc-appendix" }, "backmatter", true },
    [PART_READING]    = { { NULL, "bibliography", "doc-bibliography" }, "backmatter", true },
    [PART_INDEX]      = { { NULL, "index", "doc-index" }, "backmatter", true },
    [PART_NOTES]      = { { NULL, "endnotes", "doc-endnotes" }, "backmatter", true },
    [PART_HISTORY]    = { { NULL, "revision-history", NULL }, "backmatter", false },
    [PART_COLOPHON]   = { { NULL, "colophon", "doc-colophon" }, "backmatter", true },
    [PART_BACK]       = { { NULL, NULL, NULL }, "backmatter", true },
};

/* Pages of front and back that have a name of their own, by id. */
static const struct { const char *id; struct term term; } pages[] = {
    { "acknowledgements", { NULL, "acknowledgments", "doc-acknowledgments" } },
    { "acknowledgments", { NULL, "acknowledgments", "doc-acknowledgments" } },
    { "afterword", { NULL, "afterword", "doc-afterword" } },
    { "annexe", { NULL, "appendix", "doc-appendix" } },
    { "appendix", { NULL, "appendix", "doc-appendix" } },
    { "avant-propos", { NULL, "foreword", "doc-foreword" } },
    { "conclusion", { NULL, "conclusion", "doc-conclusion" } },
    { "dedicace", { NULL, "dedication", "doc-dedication" } },
    { "dedication", { NULL, "dedication", "doc-dedication" } },
    { "epilogue", { NULL, "epilogue", "doc-epilogue" } },
    { "foreword", { NULL, "foreword", "doc-foreword" } },
    { "introduction", { NULL, "introduction", "doc-introduction" } },
    { "postface", { NULL, "afterword", "doc-afterword" } },
    { "preface", { NULL, "preface", "doc-preface" } },
    { "prologue", { NULL, "prologue", "doc-prologue" } },
    { "remerciements", { NULL, "acknowledgments", "doc-acknowledgments" } },
};

static const struct { enum role role; enum node_kind kind; struct term term; } nodes[] = {
    { ROLE_OPENING, NODE_SECTION, { "header", NULL, NULL } },
    { ROLE_INTRODUCTION, NODE_SECTION, { "div", NULL, NULL } },
    { ROLE_QNA, NODE_SECTION, { "section", "qna", "doc-qna" } },
    { ROLE_ANSWER, NODE_SECTION, { "div", NULL, NULL } },
    { ROLE_SUBTITLE, NODE_PARAGRAPH, { NULL, "subtitle", "doc-subtitle" } },
    { ROLE_TOC, NODE_LIST, { "ol", NULL, NULL } },
    { ROLE_INDEX, NODE_SECTION, { "section", "index-group", NULL } },
    { ROLE_INDEX, NODE_LIST, { "ul", "index-entry-list", NULL } },
    { ROLE_INDEX_ENTRY, NODE_ITEM, { NULL, "index-entry", NULL } },
};

struct term vocabulary_part(const struct part *part)
{
    if (part->kind == PART_FRONT || part->kind == PART_BACK)
        for (size_t i = 0; i < COUNT(pages); i++)
            if (strcmp(part->id, pages[i].id) == 0)
                return pages[i].term;
    return parts[part->kind].term;
}

struct term vocabulary_node(const struct node *node)
{
    if (node->role != ROLE_NONE)
        for (size_t i = 0; i < COUNT(nodes); i++)
            if (nodes[i].role == node->role && nodes[i].kind == node->kind)
                return nodes[i].term;
    return (struct term){ NULL, NULL, NULL };
}

const char *vocabulary_matter(const struct part *part)
{
    return parts[part->kind].matter;
}

const char *vocabulary_landmark(const struct part *part)
{
    return parts[part->kind].landmark ? vocabulary_part(part).type : NULL;
}
