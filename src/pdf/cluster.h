/* The clusters of a word: glyphs that stand for one text together. */
#ifndef PDF_CLUSTER_H
#define PDF_CLUSTER_H

#include "layout/page.h"

struct cluster {
    uint32_t first, count;      /* of the word's glyphs */
    const char *text;
    size_t bytes;
};

/* The cluster after *CLUSTER, which is all zeros at first; false after the last. */
bool cluster_next(const struct word *word, struct cluster *cluster);

#endif
