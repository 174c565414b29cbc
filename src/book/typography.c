/* The typography of a language: what comes in is a tree as the editor typed it,
 * what goes out is the same tree with its signs and spaces set. The text of each
 * block is laid out as one list of letters, whatever emphasis and links stand in
 * it, the rules pass over the list (typography_rules.c), and the letters go back
 * to the nodes they came from. */
#include "book/typography.h"
#include "base/utf8.h"
#include "book/letters.h"

#include <stdlib.h>
#include <string.h>

/* A language that began at a node and ends with it. */
struct scope {
    const struct rules *rules;
    uint32_t block;             /* the block that NUMBER counts in */
    uint32_t number;
};

struct setter {
    struct arena *arena;
    struct letters letters;
    VEC(struct run) runs;
    VEC(struct scope) scopes;   /* open ones, the innermost last */
    uint32_t block;             /* counts blocks */
    int kept;                   /* handles we are inside of */
    bool emptied;               /* some text lost its last letter */
};

static letters_pass *const passes[] = {
    letters_collapse_spaces, letters_set_dots, letters_set_dashes, letters_set_quotes,
    letters_space_quotes, letters_space_signs, letters_hold_numbers,
};

/* ---- From nodes to letters ------------------------------------------------ */

static uint32_t add_run(struct setter *setter, struct node *node)
{
    struct scope *scope = &setter->scopes.item[setter->scopes.count - 1];
    struct run *run;

    if (scope->block != setter->block) {
        scope->block = setter->block;
        scope->number = setter->letters.scopes++;
    }
    run = VEC_PUSH(&setter->runs);
    *run = (struct run){ node, scope->rules, scope->number };
    return (uint32_t)setter->runs.count - 1;
}

static void add_letter(struct setter *setter, uint32_t run, uint32_t code, bool kept)
{
    letters_put(&setter->letters, (struct letter){ code & 0x1FFFFF, kept, run });
}

static void add_text(struct setter *setter, struct node *node)
{
    const char *at = node->text, *end = at + strlen(at);
    uint32_t run = add_run(setter, node);

    while (at < end) {
        uint32_t code = utf8_next(&at, end);

        add_letter(setter, run, code == UTF8_BAD ? 0xFFFD : code, setter->kept > 0);
    }
}

static void add_object(struct setter *setter, uint32_t code)
{
    add_letter(setter, add_run(setter, NULL), code, true);
}

/* ---- From letters back to nodes ------------------------------------------- */

static void put_text(struct setter *setter, struct node *node, const struct buf *text)
{
    if (strcmp(buf_text(text), node->text) == 0)
        return;
    node->text = arena_strndup(setter->arena, buf_text(text), text->len);
    if (text->len == 0)
        setter->emptied = true;
}

/* Runs never change their order, so one walk serves all of them. */
static void put_back(struct setter *setter)
{
    const struct letter *letter = setter->letters.list.item;
    const struct letter *end = letter + setter->letters.list.count;
    struct buf text = {0};

    for (uint32_t run = 0; run < setter->runs.count; run++) {
        buf_cut(&text, 0);
        for (; letter < end && letter->run == run; letter++)
            buf_put_code(&text, letter->code);
        if (setter->runs.item[run].node != NULL)
            put_text(setter, setter->runs.item[run].node, &text);
    }
    buf_free(&text);
}

static void set_block(struct setter *setter)
{
    struct letters out = { .scopes = setter->letters.scopes, .runs = setter->runs.item };

    setter->letters.runs = setter->runs.item;
    if (setter->letters.list.count > 0) {
        letters_protect(&setter->letters);
        for (size_t i = 0; i < sizeof passes / sizeof *passes; i++) {
            struct letters in = setter->letters;

            out.list.count = 0;
            passes[i](&in, &out);
            setter->letters = out;
            out = in;
        }
        put_back(setter);
    }
    free(out.list.item);
    setter->letters.list.count = 0;
    setter->letters.scopes = 0;
    setter->runs.count = 0;
    setter->block++;
}

/* ---- The walk ------------------------------------------------------------- */

static void open_scope(struct setter *setter, const char *language)
{
    *VEC_PUSH(&setter->scopes) = (struct scope){ rules_lookup(language), 0, 0 };
}

static void enter(struct setter *setter, struct node *node)
{
    if (node_is_block(node->kind))
        set_block(setter);
    if (node->lang != NULL)
        open_scope(setter, node->lang);
    if (node->role == ROLE_HANDLE)
        setter->kept++;
    if (node->kind == NODE_TEXT)
        add_text(setter, node);
    else if (node->kind == NODE_CODE || node->kind == NODE_IMAGE || node->kind == NODE_NOTE_REF)
        add_object(setter, OBJECT);
    else if (node->kind == NODE_LINE_BREAK)
        add_object(setter, LINE_END);
}

static void leave(struct setter *setter, const struct node *node)
{
    if (node->lang != NULL)
        setter->scopes.count--;
    if (node->role == ROLE_HANDLE)
        setter->kept--;
}

static void walk(struct setter *setter, struct node *root)
{
    struct node *node = root;

    for (;;) {
        enter(setter, node);
        if (node->first != NULL) {
            node = node->first;
            continue;
        }
        while (node != root && node->next == NULL) {
            leave(setter, node);
            node = node->parent;
        }
        leave(setter, node);
        if (node == root)
            return;
        node = node->next;
    }
}

static void drop_empty_children(struct node *parent)
{
    struct node **link = &parent->first;

    parent->last = NULL;
    while (*link != NULL) {
        struct node *child = *link;

        if (child->kind == NODE_TEXT && child->text[0] == '\0') {
            *link = child->next;
        } else {
            parent->last = child;
            link = &child->next;
        }
    }
}

void typography_apply(struct arena *arena, struct node *root, const char *language)
{
    struct setter setter = { .arena = arena, .block = 1 };

    open_scope(&setter, language);
    walk(&setter, root);
    set_block(&setter);
    if (setter.emptied)
        for (struct node *node = root; node != NULL; node = node_next(node, root))
            drop_empty_children(node);
    free(setter.letters.list.item);
    free(setter.runs.item);
    free(setter.scopes.item);
}

const char *typography_text(struct arena *arena, const char *text, const char *language)
{
    struct node node = { .kind = NODE_TEXT, .text = text };

    if (text == NULL || text[0] == '\0')
        return text;
    typography_apply(arena, &node, language);
    return node.text;
}
