/* Pictures as files: where they are, what they are by their bytes, how large
 * they are. Only headers are read here; nothing is decoded. */
#ifndef BOOK_PICTURE_H
#define BOOK_PICTURE_H

#include "book/book.h"

/* The picture that WRITTEN names, a path from the folder of the file FROM, or
 * from the content FOLDER when it begins with '/'. NULL, after a diagnostic of
 * SEVERITY at AT, when it is missing, outside FOLDER, broken, of a kind we
 * do not read, or not what its name says. */
struct picture *picture_load(struct arena *arena, const char *folder, const char *from,
                             const char *written, enum severity severity, struct place at);

/* Kind, size and orientation from the bytes of a file. NULL when sound, else
 * what is wrong, in plain words. */
const char *picture_probe(const char *data, size_t bytes, struct picture *picture);


#endif
