/* The package document: metadata, manifest, spine. */
#ifndef EPUB_PACKAGE_H
#define EPUB_PACKAGE_H

#include "epub/facts.h"
#include "epub/rendition.h"

/* Appends package.opf to OUT; false when libxml2 failed. */
bool package_write(const struct rendition *rendition, const struct facts *facts,
                   struct buf *out);

#endif
