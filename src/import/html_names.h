/* What the elements of HTML mean for text, and what classes hint at. */
#ifndef IMPORT_HTML_NAMES_H
#define IMPORT_HTML_NAMES_H

#include "import/html.h"

enum element_kind {
    HTML_OTHER,             /* inline, nothing to it */
    HTML_BLOCK, HTML_HEADING, HTML_LIST, HTML_ITEM, HTML_QUOTE, HTML_PRE, HTML_BREAK, HTML_RULE,
    HTML_PICTURE, HTML_LINK, HTML_MARK, HTML_SKIP, HTML_TABLE, HTML_ROW, HTML_CELL,
    HTML_CAPTION, HTML_TITLE, HTML_META, HTML_HEAD_LINK, HTML_TIME, HTML_ROOT, HTML_BASE,
    HTML_SPAN, HTML_SUPERIOR, HTML_TERM
};

struct html_name {
    const char *name;
    enum element_kind kind;
    int value;              /* level of a heading, marks of a MARK, 1: ordered LIST */
    enum hint hint;
    bool container;
};

const struct html_name *html_lookup(const char *name);

/* What the value of class, id, role or itemprop hints at. */
enum hint html_class_hint(const char *value);

/* Is WORD one of the words of VALUE? */
/* Whose words the class VALUE says they are: 1 the interviewer's, -1 the
 * interviewee's, 0 nobody's. NULL says nothing. */
int html_voice(const char *value);

bool html_has_class(const char *value, const char *word);

#endif
