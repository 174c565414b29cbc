/* The day of publication, when a line above the article tells it. */
#ifndef IMPORT_DATES_H
#define IMPORT_DATES_H

#include "base/arena.h"

/* "2012-05-14" of the fold of "Publié le lundi 14 mai 2012", "May 14th, 2012",
 * "2012-05-14" and their like in five languages; NULL when the line says
 * anything more, or not year, month and day. Days by figures alone are read
 * only with the year first. */
const char *date_of_line(struct arena *arena, const char *fold);

#endif
