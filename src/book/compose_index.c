/* The index of people, organisations and accounts. What the book knows by name
 * is looked for in the text of the portraits, handles are found by their form;
 * each place gets an anchor, once in a block for a name. Names are compared
 * letter by letter, whole words only, on one text node: what stands half in
 * italics is not found. Handles and hashtags get the span that keeps them whole,
 * in the editor's pages too. */
#include "base/buf.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "book/collate.h"
#include "book/compose_parts.h"

#include <stdlib.h>
#include <string.h>

/* Something that the index lists. */
struct entry {
    const char *name;           /* as it is printed */
    const char *sort;           /* what its place depends on */
    const char *key;            /* of the collation */
    const char *slug;
    const struct portrait *owner;       /* whose own pages do not count */
    const char *seen_in;        /* the part and block of the last mention */
    size_t seen_block;
    size_t number;              /* of anchors in that part */
    VEC(const char *) targets;
};

/* How long the names are that begin with one word: bytes, each once, the longest
 * first. */
struct lengths { VEC(size_t) list; };

struct indexer {
    struct composer *composer;
    GHashTable *entries;        /* by name; of handles, in lower case */
    GHashTable *named;          /* entries by what stands for them in a text, see fold() */
    GHashTable *lengths;        /* of these, by first word */
    struct buf folded;
    VEC(struct entry *) list;
    const struct part *part;    /* being read */
    size_t block;
    bool anchors;               /* PART is a portrait */
};

/* ---- Entries and their words ------------------------------------------------------ */

static struct entry *add_entry(struct indexer *indexer, const char *key, const char *name,
                               const char *sort)
{
    struct entry *entry = g_hash_table_lookup(indexer->entries, key);

    if (entry != NULL)
        return entry;
    entry = g_new0(struct entry, 1);
    entry->name = name;
    entry->sort = sort;
    entry->slug = slug_new(indexer->composer->arena, name);
    g_hash_table_insert(indexer->entries, (gpointer)(uintptr_t)key, entry);
    *VEC_PUSH(&indexer->list) = entry;
    return entry;
}

static bool in_word(const char *at)
{
    gunichar code = (unsigned char)*at;

    if (code < 0x80)
        return g_ascii_isalnum(*at);
    code = g_utf8_get_char(at);
    return g_unichar_isalnum(code) || g_unichar_ismark(code);
}

/* Bytes of the word that TEXT begins with. */
static size_t word_length(const char *text, const char *end)
{
    const char *at = text;

    while (at < end && in_word(at))
        at = g_utf8_next_char(at);
    return (size_t)(at - text);
}

/* Appends at most MOST bytes of TEXT, or few more, every space as ' '. */
static void fold(const char *text, const char *end, size_t most, struct buf *out)
{
    size_t start = out->len;

    while (text < end && out->len - start < most) {
        const char *next = g_utf8_next_char(text);

        if (g_unichar_isspace(g_utf8_get_char(text)))
            buf_putc(out, ' ');
        else
            buf_append(out, text, (size_t)(next - text));
        text = next;
    }
}

static void add_length(struct lengths *lengths, size_t length)
{
    size_t at = lengths->list.count;

    for (size_t i = 0; i < lengths->list.count; i++)
        if (lengths->list.item[i] == length)
            return;
    *VEC_PUSH(&lengths->list) = length;
    for (; at > 0 && lengths->list.item[at - 1] < length; at--)
        lengths->list.item[at] = lengths->list.item[at - 1];
    lengths->list.item[at] = length;
}

/* Entries keep what stood for another before. */
static void add_name(struct indexer *indexer, const char *text, struct entry *entry)
{
    struct arena *arena = indexer->composer->arena;
    size_t first = word_length(text, text + strlen(text));
    char *word = arena_strndup(arena, text, first), *name;
    struct lengths *lengths;

    if (first == 0)
        return;
    buf_cut(&indexer->folded, 0);
    fold(text, text + strlen(text), strlen(text), &indexer->folded);
    name = arena_strdup(arena, buf_text(&indexer->folded));
    if (!g_hash_table_contains(indexer->named, name))
        g_hash_table_insert(indexer->named, name, entry);
    lengths = g_hash_table_lookup(indexer->lengths, word);
    if (lengths == NULL) {
        lengths = memory_new(1, sizeof *lengths);
        g_hash_table_insert(indexer->lengths, word, lengths);
    }
    add_length(lengths, strlen(name));
}

static void add_target(struct entry *entry, const char *target)
{
    if (entry->targets.count > 0 && entry->targets.item[entry->targets.count - 1] == target)
        return;
    *VEC_PUSH(&entry->targets) = target;
}

static struct entry *add_handle(struct indexer *indexer, const char *handle, size_t length)
{
    struct arena *arena = indexer->composer->arena;
    const char *name = arena_strndup(arena, handle, length);
    char *key = arena_strdup(arena, name);
    struct entry *entry;

    for (char *c = key; *c != '\0'; c++)
        *c = g_ascii_tolower(*c);
    entry = add_entry(indexer, key, name, name + 1);
    entry->slug = arena_printf(arena, "at-%s", slug_new(arena, name + 1));
    return entry;
}

/* "Service de police (SPVM)" is also known by either half. */
static void add_organisation(struct indexer *indexer, const struct portrait *portrait)
{
    struct arena *arena = indexer->composer->arena;
    const char *name = portrait->organisation, *open;
    struct entry *entry;
    size_t length;

    if (name == NULL)
        return;
    if (g_hash_table_contains(indexer->entries, name))
        return;
    entry = add_entry(indexer, name, name, name);
    add_name(indexer, name, entry);
    open = strstr(name, " (");
    length = strlen(name);
    if (open == NULL || name[length - 1] != ')')
        return;
    add_name(indexer, arena_strndup(arena, name, (size_t)(open - name)), entry);
    add_name(indexer, arena_strndup(arena, open + 2, length - (size_t)(open - name) - 3), entry);
}

static void add_person(struct indexer *indexer, const struct portrait *portrait)
{
    struct entry *entry;

    if (g_hash_table_contains(indexer->entries, portrait->name))
        return;
    entry = add_entry(indexer, portrait->name, portrait->sort_name, portrait->sort_name);
    entry->slug = slug_new(indexer->composer->arena, portrait->name);
    entry->owner = portrait;
    add_name(indexer, portrait->name, entry);
}

static void collect_names(struct indexer *indexer)
{
    const struct book *book = indexer->composer->book;

    for (size_t i = 0; i < book->portrait_count; i++) {
        add_person(indexer, book->portraits[i]);
        add_organisation(indexer, book->portraits[i]);
    }
}

/* ---- Finding them in a text ------------------------------------------------------------ */

static bool in_handle(char c)
{
    return g_ascii_isalnum(c) || c == '_';
}

/* Of "@name" or "@name@host.tld" at TEXT; 0 when it is none. */
static size_t handle_length(const char *text, const char *end)
{
    const char *at = text + 1, *host;
    bool dotted = false;

    while (at < end && in_handle(*at))
        at++;
    if (at == text + 1)
        return 0;
    for (host = at + 1; at < end && *at == '@' && host < end
                        && (in_handle(*host) || *host == '-'
                            || (*host == '.' && host + 1 < end && in_handle(host[1]))); host++)
        dotted |= *host == '.';
    return (size_t)((dotted ? host : at) - text);
}

/* Of "#tag", letters of any script. */
static size_t tag_length(const char *text, const char *end)
{
    const char *at = text + 1;

    while (at < end && (*at == '_' || word_length(at, end) > 0))
        at += *at == '_' ? 1 : word_length(at, end);
    return at == text + 1 ? 0 : (size_t)(at - text);
}

/* Bytes of TEXT that fold to COUNT. */
static size_t unfolded(const char *text, size_t count)
{
    const char *at = text;

    while (count > 0) {
        const char *next = g_utf8_next_char(at);

        count -= g_unichar_isspace(g_utf8_get_char(at)) ? 1 : (size_t)(next - at);
        at = next;
    }
    return (size_t)(at - text);
}

static struct lengths *lengths_of(const struct indexer *indexer, const char *text, size_t first)
{
    char word[256];

    if (first >= sizeof word)
        return NULL;
    memcpy(word, text, first);
    word[first] = '\0';
    return g_hash_table_lookup(indexer->lengths, word);
}

/* The entry that TEXT names, by the longest name that does not go on as a longer
 * word, and the name's bytes there; NULL for none. FIRST: bytes of its first word. */
static struct entry *find_named(struct indexer *indexer, const char *text, const char *end,
                                size_t first, size_t *length)
{
    const struct lengths *lengths = lengths_of(indexer, text, first);
    struct buf *folded = &indexer->folded;

    if (lengths == NULL)
        return NULL;
    buf_cut(folded, 0);
    fold(text, end, lengths->list.item[0], folded);
    for (size_t i = 0; i < lengths->list.count; i++) {
        size_t count = lengths->list.item[i];
        struct entry *entry;

        if (count > folded->len)
            continue;
        buf_cut(folded, count);
        entry = g_hash_table_lookup(indexer->named, buf_text(folded));
        *length = entry == NULL ? 0 : unfolded(text, count);
        if (entry != NULL && word_length(text + *length, end) == 0)
            return entry;
    }
    return NULL;
}

/* ---- Putting anchors and spans ------------------------------------------------------------ */

/* Only portraits are indexed, and a name once in a block. */
static bool wants_anchor(const struct indexer *indexer, const struct entry *entry)
{
    return indexer->anchors && entry->owner != indexer->part->portrait
        && (entry->seen_in != indexer->part->id || entry->seen_block != indexer->block);
}

static struct node *add_anchor(struct indexer *indexer, struct node *parent, struct entry *entry)
{
    struct composer *composer = indexer->composer;
    const char *part = indexer->part->id;
    struct node *anchor = say_node(composer, parent, NODE_ANCHOR, ROLE_NONE);

    if (entry->seen_in != part)
        entry->number = 0;
    entry->seen_in = part;
    entry->seen_block = indexer->block;
    anchor->id = compose_id(composer, arena_printf(composer->arena, "%s-index-%s-%zu", part,
                                                   entry->slug, ++entry->number));
    add_target(entry, anchor->id);
    return anchor;
}

/* The id of the question that NODE belongs to, else of the part. */
static const char *question_around(const struct indexer *indexer, const struct node *node)
{
    while (node != NULL && node->role != ROLE_QNA)
        node = node->parent;
    return node == NULL ? indexer->part->id : node->first->id;
}

/* A text node being cut up under its parent. */
struct cut {
    struct indexer *indexer;
    struct node *parent, *source;
    const char *from;           /* what was not appended yet */
};

static void put_text(struct cut *cut, const char *to)
{
    struct node *node;

    if (to == cut->from)
        return;
    node = node_text(cut->indexer->composer->arena,
                     arena_strndup(cut->indexer->composer->arena, cut->from,
                                   (size_t)(to - cut->from)));
    node->at = cut->source->at;
    node_append(cut->parent, node);
    cut->from = to;
}

static size_t put_handle(struct cut *cut, const char *at, const char *end)
{
    struct indexer *indexer = cut->indexer;
    size_t length = *at == '@' ? handle_length(at, end) : tag_length(at, end);
    struct entry *entry;
    struct node *span;

    if (length == 0)
        return 1;
    put_text(cut, at);
    entry = *at == '@' ? add_handle(indexer, at, length) : NULL;
    if (entry != NULL && wants_anchor(indexer, entry))
        add_anchor(indexer, cut->parent, entry);
    span = say_handle(indexer->composer,
                      arena_strndup(indexer->composer->arena, at, length));
    span->at = span->first->at = cut->source->at;
    node_append(cut->parent, span);
    cut->from = at + length;
    return length;
}

/* Where what is said at AT begins for a line: behind the last space, so that a
 * text is set the same whether it is cut there or not. */
static const char *word_start(const struct cut *cut, const char *at)
{
    while (at > cut->from && at[-1] != ' ')
        at--;
    return at;
}

static size_t put_name(struct cut *cut, const char *at, const char *end)
{
    size_t first = word_length(at, end), length = 0;
    struct entry *entry = find_named(cut->indexer, at, end, first, &length);

    if (entry == NULL)
        return first;
    if (wants_anchor(cut->indexer, entry)) {
        put_text(cut, word_start(cut, at));
        add_anchor(cut->indexer, cut->parent, entry)->target
            = question_around(cut->indexer, cut->parent);
    }
    return length;
}

/* Does "@" or "#" at AT begin a handle, rather than stand in an address or a
 * number? By the sign before it, in the text from START. */
static bool begins_handle(const char *start, const char *at)
{
    const char *before = at;

    if (*at != '@' && *at != '#')
        return false;
    if (at == start)
        return true;
    utf8_prev(&before, start);
    return !in_word(before) && strchr("_/.&-", *before) == NULL;
}

static void cut_text(struct indexer *indexer, struct node *parent, struct node *source)
{
    const char *at = source->text, *end = at + strlen(at);
    struct cut cut = { indexer, parent, source, at };

    while (at < end) {
        if (begins_handle(source->text, at))
            at += put_handle(&cut, at, end);
        else if (word_length(at, end) > 0)
            at += put_name(&cut, at, end);
        else
            at = g_utf8_next_char(at);
    }
    if (cut.from == source->text)
        node_append(parent, source);
    else
        put_text(&cut, end);
}

/* Replaces PARENT's texts by their pieces. */
static void cut_children(struct indexer *indexer, struct node *parent)
{
    struct node *child = parent->first, *next;

    parent->first = parent->last = NULL;
    for (; child != NULL; child = next) {
        next = child->next;
        if (child->kind == NODE_TEXT)
            cut_text(indexer, parent, child);
        else
            node_append(parent, child);
    }
}

/* ---- The walk through the parts ------------------------------------------------------------- */

static void point_to_portrait(struct indexer *indexer, const struct portrait *portrait)
{
    add_target(g_hash_table_lookup(indexer->entries, portrait->name), portrait->id);
    if (portrait->organisation != NULL)
        add_target(g_hash_table_lookup(indexer->entries, portrait->organisation), portrait->id);
}

static void point_to_account(struct indexer *indexer, const char *handle, const char *target)
{
    if (handle != NULL && handle[0] == '@'
        && handle_length(handle, handle + strlen(handle)) == strlen(handle))
        add_target(add_handle(indexer, handle, strlen(handle)), target);
}

/* The accounts that a contact page prints. */
static void point_to_accounts(struct indexer *indexer, const struct part *part)
{
    const struct portrait *portrait = part->portrait;

    for (size_t i = 0; i < portrait->contact_count; i++)
        point_to_account(indexer, portrait->contacts[i].handle, part->id);
    for (size_t i = 0; i < portrait->account_count; i++)
        point_to_account(indexer, portrait->accounts[i], part->id);
}

static bool is_made(enum role role)
{
    return role == ROLE_HANDLE || role == ROLE_NAME || role == ROLE_JOB
           || role == ROLE_ORGANISATION || role == ROLE_CREDIT || role == ROLE_SOURCE;
}

static void read_tree(struct indexer *indexer, struct node *root)
{
    for (struct node *node = root; node != NULL; node = node_next(node, root)) {
        if (node_is_block(node->kind))
            indexer->block++;
        if (node->first != NULL && !is_made(node->role))
            cut_children(indexer, node);
    }
}

/* Notes get their handles, but no anchors. */
static void read_text(struct indexer *indexer, const struct part *part)
{
    indexer->part = part;
    indexer->anchors = part->kind == PART_PORTRAIT;
    read_tree(indexer, part->body);
    indexer->anchors = false;
    for (size_t i = 0; i < part->note_count; i++)
        read_tree(indexer, part->notes[i].body);
}

static void read_part(struct indexer *indexer, const struct part *part)
{
    if (part->kind == PART_PORTRAIT)
        point_to_portrait(indexer, part->portrait);
    if (part->kind == PART_CONTACT)
        point_to_accounts(indexer, part);
    if (part->kind == PART_PORTRAIT || part->kind == PART_FRONT || part->kind == PART_BACK)
        read_text(indexer, part);
}

/* ---- The part ------------------------------------------------------------------------------- */

static void add_index_entry(struct composer *composer, struct node *list,
                            const struct entry *entry)
{
    struct node *item = say_node(composer, list, NODE_ITEM, ROLE_INDEX_ENTRY);
    struct node *line = say_node(composer, item, NODE_PARAGRAPH, ROLE_NONE);
    struct node *pages = node_new(composer->arena, NODE_PAGE_REFS, (struct place){ NULL, 0, 0 });

    for (size_t i = 0; i < entry->targets.count; i++)
        node_append(pages, say_page_ref(composer, entry->targets.item[i]));
    say_format(composer, line, "index-entry", 2,
               entry->name[0] == '@' ? say_handle(composer, entry->name)
                                     : node_text(composer->arena, entry->name),
               pages);
}

static struct node *add_letter(struct composer *composer, struct node *body, uint32_t letter)
{
    struct node *section = say_node(composer, body, NODE_SECTION, ROLE_INDEX), *list;
    char text[8] = {0};

    g_unichar_to_utf8(letter, text);
    say_heading(composer, section, 2,
                letter == 0 ? say_word(composer, "index-other")
                            : arena_strdup(composer->arena, text))->role = ROLE_INDEX_LETTER;
    list = say_node(composer, section, NODE_LIST, ROLE_INDEX);
    list->tight = true;
    return list;
}

/* Is LETTER, with its accent, one of the alphabet, as Ñ is in Spanish? BASE has none. */
static bool is_of_alphabet(const struct collator *collator, gunichar letter, gunichar base)
{
    char one[8] = {0}, two[8] = {0};

    g_unichar_to_utf8(letter, one);
    g_unichar_to_utf8(base, two);
    return letter != base && collator_parts(collator, one, two);
}

/* The letter that TEXT stands under: its first one, upper case, without accents
 * that the language does not sort by; 0 for a digit or sign. */
static uint32_t first_letter(const struct collator *collator, const char *text)
{
    gunichar first = g_utf8_get_char(text), parts[8];

    if (first == 0x152 || first == 0x153)
        return 'O';
    if (first == 0xC6 || first == 0xE6)
        return 'A';
    if (!g_unichar_isalpha(first) || g_unichar_fully_decompose(first, FALSE, parts, 8) == 0)
        return 0;
    return g_unichar_toupper(is_of_alphabet(collator, first, parts[0]) ? first : parts[0]);
}

static int compare(const void *a, const void *b)
{
    const struct entry *one = *(struct entry *const *)a, *two = *(struct entry *const *)b;
    int order = strcmp(one->key, two->key);

    return order != 0 ? order : strcmp(one->name, two->name);
}

static void sort_entries(struct indexer *indexer, const struct collator *collator)
{
    for (size_t i = 0; i < indexer->list.count; i++)
        indexer->list.item[i]->key = collator_key(indexer->composer->arena, collator,
                                                  indexer->list.item[i]->sort);
    qsort(indexer->list.item, indexer->list.count, sizeof *indexer->list.item, compare);
}

/* An index of the portrayed alone would only repeat the table of contents. */
static bool is_worth(const struct indexer *indexer)
{
    for (size_t i = 0; i < indexer->list.count; i++) {
        const struct entry *entry = indexer->list.item[i];

        if (entry->targets.count > (entry->owner != NULL))
            return true;
    }
    return false;
}

static void add_index(struct indexer *indexer)
{
    struct composer *composer = indexer->composer;
    struct collator *collator = collator_new(composer->book->language);
    struct node *body = NULL, *list = NULL;
    uint32_t letter = 0;

    sort_entries(indexer, collator);
    for (size_t i = 0; i < indexer->list.count; i++) {
        const struct entry *entry = indexer->list.item[i];
        uint32_t begins = first_letter(collator, entry->sort);

        if (entry->targets.count == 0)
            continue;
        if (body == NULL)
            body = compose_fixed_part(composer, PART_INDEX, say_word(composer, "index"))->body;
        if (list == NULL || begins != letter)
            list = add_letter(composer, body, begins);
        letter = begins;
        add_index_entry(composer, list, entry);
    }
    collator_free(collator);
}

static void free_lengths(void *thing)
{
    struct lengths *lengths = thing;

    free(lengths->list.item);
    free(lengths);
}

static void free_entries(struct indexer *indexer)
{
    for (size_t i = 0; i < indexer->list.count; i++) {
        free(indexer->list.item[i]->targets.item);
        g_free(indexer->list.item[i]);
    }
    free(indexer->list.item);
    g_hash_table_destroy(indexer->entries);
    g_hash_table_destroy(indexer->named);
    g_hash_table_destroy(indexer->lengths);
    buf_free(&indexer->folded);
}

void compose_index(struct composer *composer)
{
    struct indexer indexer = { .composer = composer };

    indexer.entries = g_hash_table_new(g_str_hash, g_str_equal);
    indexer.named = g_hash_table_new(g_str_hash, g_str_equal);
    indexer.lengths = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, free_lengths);
    collect_names(&indexer);
    for (size_t i = 0; i < composer->part_count; i++)
        read_part(&indexer, &composer->parts[i]);
    if (is_worth(&indexer))
        add_index(&indexer);
    free_entries(&indexer);
}
