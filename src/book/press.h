/* The profile of a press: what a printer gives for their machine and paper, so
 * that others see the colours it prints (ICC.1, class "prtr"). */
#ifndef BOOK_PRESS_H
#define BOOK_PRESS_H

#include "base/arena.h"
#include "base/diag.h"

struct press {
    const char *path;
    const char *name;           /* as the profile describes itself */
    int components;             /* of its colours: 1 grey, 3 RGB, 4 CMYK */
    const char *bytes;          /* the profile, whole */
    size_t count;
};

/* The profile that WRITTEN names, from the content's FOLDER, in the arena. NULL
 * when it is none of a press, told by diag() at AT. */
struct press *press_load(struct arena *arena, const char *folder, const char *written,
                         struct place at);

#endif
