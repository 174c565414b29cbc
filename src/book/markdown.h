/* Markdown to nodes, by cmark-gfm with footnotes, tables, bare addresses and
 * ~~struck~~ text. Beyond it:
 *   [text]{lang=en}, *text*{lang=en}, [text](address){lang=en}: a phrase in
 *     another language;
 *   ## Heading {#slug}: the heading's own address, kept when its words change;
 *   a picture alone in its paragraph is a figure, its title the caption.
 * Raw HTML is left out, its text kept, with a warning; pictures that cannot be
 * had are left out with a warning. Nesting deeper than 64 is flattened. */
#ifndef BOOK_MARKDOWN_H
#define BOOK_MARKDOWN_H

#include "book/book.h"

struct markdown_source {
    const char *path;           /* of the file; lives as long as the nodes */
    int line;                   /* in the file, of the text's first */
    const char *id;             /* notes are "ID-note-1" */
    const char *folder;         /* the content's, which pictures must be in */
};

struct markdown {
    struct node *body;          /* a SECTION; headings as blocks in it */
    struct note *notes;
    size_t note_count;
};

/* TEXT is valid UTF-8 without NUL. Links are as written: links_resolve() checks
 * and resolves them when the whole book is read. False, after an error, when the
 * text is one that no person wrote and that would take minutes or gigabytes. */
bool markdown_read(struct arena *arena, const struct markdown_source *source,
                   const char *text, size_t bytes, struct markdown *out);

/* Makes the reader ready for threads; before the first of them. */
void markdown_prepare(void);

/* Where the YAML between the two lines `---` at the top of a file is, and
 * where the text after it begins. All zeros but body_line (1) and body when
 * there is none. */
struct front_matter {
    const char *yaml;           /* NULL: none */
    size_t yaml_bytes;
    const char *body;
    size_t body_bytes;
    int body_line;
};

/* False, after an error at PATH, when it is never closed. */
bool front_matter_split(const char *path, const char *text, size_t bytes,
                        struct front_matter *out);

/* ---- Shared by the readers of Markdown ----------------------------------- */

/* Which of cmark's extensions are safe for this text. False as above. */
struct markdown_extensions { bool tables, autolink; };
bool markdown_guard(const struct markdown_source *source, const char *text, size_t bytes,
                    struct markdown_extensions *use);

/* Parses TEXT with OPTIONS of cmark, ~~strikes~~ and the extensions to USE; the
 * caller frees the tree. */
struct cmark_node;
struct cmark_node *markdown_parse(const char *text, size_t bytes,
                                  const struct markdown_extensions *use, int options);

/* The text of raw HTML without its tags, in the arena; "" when none is left.
 * Tells by a warning what goes. INLINE: a single tag. */
const char *html_strip(struct arena *arena, const char *html, struct place at);

/* Does this raw HTML say a line break? A comment alone? */
bool html_is_break(const char *html);
bool html_is_comment(const char *html);

/* Makes figures below ROOT and takes paragraphs and headings without words out, the
 * latter with a warning. Recursive: the depth
 * of what was read is bounded. */
void markdown_tidy(struct arena *arena, struct node *root);

/* Turns the marks {lang=…} and {#slug} below ROOT into languages and ids. */
void marks_apply(struct arena *arena, struct node *root);

/* Warns of notes that nothing calls, which cmark drops, and of calls whose note
 * is missing. TEXT is the source. False, after an error, when notes call each
 * other in a circle or deeper than once. */
bool notes_check(const struct markdown_source *source, const char *text, size_t bytes,
                 const struct markdown *read);

/* Lowers the headings among the children of ROOT and below so that they begin
 * at LEVEL and never skip one. */
void headings_level(struct node *root, int level);

#endif
