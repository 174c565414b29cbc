/* Pictures that lie beside a source are brought along. */
#ifndef IMPORT_PICTURES_H
#define IMPORT_PICTURES_H

#include "import/find.h"
#include "import/store.h"

/* Copies the portrait's photo and the pictures of its text into the folder and
 * gives the blocks their new paths, NULL where there is none (told as a doubt).
 * Returns the photo's path from portraits/, NULL without one. */
const char *pictures_bring(struct found *found, struct store *store, const char *id);

#endif
