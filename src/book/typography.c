/* The typography of a language. */
#include "book/typography.h"

void typography_apply(struct arena *arena, struct node *root, const char *language)
{
    (void)arena;
    (void)root;
    (void)language;
}

const char *typography_text(struct arena *arena, const char *text, const char *language)
{
    (void)arena;
    (void)language;
    return text;
}
