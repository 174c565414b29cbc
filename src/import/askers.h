/* The speakers of an article, for speakers.c alone. */
#ifndef IMPORT_ASKERS_H
#define IMPORT_ASKERS_H

#include "import/find.h"
#include "import/label.h"

enum { SPEAKERS_MOST = 64 };

struct speaker {
    const char *fold, *name;    /* as written */
    size_t same;            /* the speaker this is another name of, or itself */
    size_t turns, asking;
    size_t after;           /* turns that follow one who asks */
    size_t lines;           /* labels on a line of their own */
    size_t words;           /* of the blocks that the labels begin */
    size_t marked;          /* turns that are all in bold or italics */
    int voice;              /* turns that the page gives the interviewer, less the other's */
    bool asks;
    bool seen;              /* counted among those who answer */
};

struct speakers {
    struct speaker item[SPEAKERS_MOST];
    size_t count;
    bool near[SPEAKERS_MOST][SPEAKERS_MOST];    /* turns of both, one right behind the other */
    bool lines;             /* labels on lines of their own count */
    const char *bare[2];    /* the names of two that stand without a sign; NULL */
};

/* The number of who is called so, put in when new; SPEAKERS_MOST when there is no
 * room. */
size_t speaker_lookup(struct speakers *speakers, const char *fold);

/* The speaker of a block by number, and the LABEL that says so; SPEAKERS_MOST for
 * none. */
size_t speaker_of(const struct found *found, struct speakers *speakers, size_t index,
                  struct label *label);

/* Blocks that ask and have no label, nor one above them, from right above the first
 * label on. */
size_t speakers_asking_without(const struct found *found, struct speakers *speakers);

/* Is the label a part of the person's name, its initials, or a word for an
 * answer? */
bool speaker_is_own(const struct found *found, const char *fold);

/* Fills the empty SPEAKERS with who asks, and others who ask as often; false when
 * nobody does. */
bool speakers_choose(const struct found *found, struct speakers *speakers);

#endif
