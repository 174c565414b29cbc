/* Sources of any kind: a file, a folder or a zip of them. The kind is seen from
 * the content. */
#ifndef IMPORT_SOURCE_H
#define IMPORT_SOURCE_H

#include "import/block.h"

enum source_kind {
    SOURCE_TEXT, SOURCE_HTML, SOURCE_MARKDOWN, SOURCE_EXPORT, SOURCE_ZIP, SOURCE_PICTURE,
    SOURCE_OTHER
};

/* What the first bytes of a file are. */
enum source_kind source_kind(const char *bytes, size_t count);

/* Called for each article found, which it then owns. False ends the reading. */
typedef bool source_taken(void *context, struct article *article);

struct _GHashTable;
struct source_options {
    bool drafts;                        /* unpublished posts too */
    struct _GHashTable *attachments;    /* filled: number to address; or NULL */
};

/* Reads the file, folder or zip at PATH. False after an error. */
bool source_read(const char *path, const struct source_options *options, source_taken *taken,
                 void *context);

/* Reads the bytes of one text, HTML or Markdown file as an article. NULL after
 * an error. For tests, too. */
struct article *source_article(const char *path, const char *bytes, size_t count);

/* The blocks as text, one a line, for tests. */
void source_print(const struct article *article, struct buf *out);

#endif
