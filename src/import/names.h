/* What looks like the name of a person. */
#ifndef IMPORT_NAMES_H
#define IMPORT_NAMES_H

#include <stdbool.h>

/* Two to five words that begin with capitals, particles aside. */
bool name_is_likely(const char *text);

#endif
