/* The signs that questions begin with: "#3 Why?", "2/ Who?", "Question 4 - When?",
 * "▶ Where?", "== How? ==". What they are is not known before; an article tells
 * its own, by beginning several questions with the same. */
#ifndef IMPORT_LEADS_H
#define IMPORT_LEADS_H

#include "import/block.h"

/* Takes such signs off the paragraphs of ARTICLE, parts their lines from what
 * stands around them, and sets them off. */
void leads_find(struct article *article);

#endif
