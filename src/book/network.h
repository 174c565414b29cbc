/* Networks where people are found: one table of names, spellings and address
 * forms, shared by the reader of contacts and the importer; and what makes an
 * address sound. */
#ifndef BOOK_NETWORK_H
#define BOOK_NETWORK_H

#include "base/arena.h"

#include <stdbool.h>

struct network {
    const char *key;        /* "twitter" */
    const char *label;      /* "Twitter" */
    const char *address;    /* "https://twitter.com/%s", NULL when there is none */
    const char *hosts;      /* "twitter.com x.com": addresses that belong to it */
    bool at_sign;           /* handles are written @handle */
    const char *spellings;  /* other names, lower case, ended by '|' each; NULL */
};

/* By key or any known spelling ("Google +", "linkedin", "Blogue"), any case;
 * NULL when unknown. */
const struct network *network_lookup(const char *name);

/* By the host of an address; NULL when none fits. */
const struct network *network_of_address(const char *url);

/* The key nearest to a misspelt one, or NULL. */
const char *network_nearest(const char *name);

/* A whole address from what people write: "facebook.com/x" gets https:// (and
 * www. where the network has it), a mail address mailto:, a handle the
 * network's form; NETWORK may be NULL. NULL when it is no address. In the
 * arena. */
char *network_address(struct arena *arena, const struct network *network, const char *written);

/* The handle in an address of a network: "@MelC_Mtl"; NULL when there is none
 * to be seen. In the arena. */
char *network_handle(struct arena *arena, const struct network *network, const char *url);

/* Is it an absolute http, https or mailto address that could exist, not too long
 * for servers and files to hold? */
bool address_is_sound(const char *url);

/* URL with the signs that must not stand in an address (space, quotes, braces,
 * a lone %) written as %XX; spaces at the ends go. In the arena. */
char *address_clean(struct arena *arena, const char *url);

#endif
