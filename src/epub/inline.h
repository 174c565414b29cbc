/* What stands within a line: text, links, notes, pictures. */
#ifndef EPUB_INLINE_H
#define EPUB_INLINE_H

#include "epub/writer.h"

write_kind inline_text, inline_emphasis, inline_code, inline_link, inline_image,
    inline_note_ref, inline_anchor, inline_page_ref, inline_page_refs;

/* The path of the picture in the container; NULL when it is not there. */
const char *inline_picture_path(struct writer *writer, const struct node *node);
/* <img>, with a role or NULL. */
void inline_picture(struct writer *writer, const struct node *node, const char *path,
                    const char *role);

/* From the note that is being written to where it is called; NODE holds it. */
void inline_way_back(struct writer *writer, const struct node *node);

#endif
