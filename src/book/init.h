/* A small anthology to start from, that builds at once. */
#ifndef BOOK_INIT_H
#define BOOK_INIT_H

#include <stdbool.h>

/* Writes anthology.yaml, a preface, two portraits and a reading list into
 * FOLDER, made when missing; refuses a folder that holds anything. The work's
 * identifier is new each time. */
bool init_folder(const char *folder);

#endif
