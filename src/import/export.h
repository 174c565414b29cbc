/* WordPress exports (WXR 1.0 to 1.2) and feeds (RSS 2.0, Atom, in which Blogger
 * exports), streamed: the memory is that of one post, whatever the size of the export. */
#ifndef IMPORT_EXPORT_H
#define IMPORT_EXPORT_H

#include "import/source.h"

/* Gives bytes into BUFFER, at most ROOM; 0 at the end, -1 after an error. */
typedef long export_feed(void *context, char *buffer, size_t room);

/* Reads the posts of the export at PATH, which FEED gives. Refused: entities and
 * document types of its own, nesting deeper than libxml2's 256; an export that
 * is cut short is told with its line. False after an error. */
bool export_read(const char *path, export_feed *feed, void *feed_context,
              const struct source_options *options, source_taken *taken, void *context);

#endif
