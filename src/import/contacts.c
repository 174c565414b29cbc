/* Lines of contacts: "Twitter : @name", "Blog via example.org", a linked word,
 * an address alone. What comes out is normalised to network and handle or
 * address by the networks' table; a sentence where a link would be is a note. */
#include "import/find.h"
#include "book/network.h"
#include "base/utf8.h"

#include <glib.h>
#include <string.h>

enum { LABEL_WORDS = 5, LINE_WORDS = 12 };

struct line {
    struct found *found;
    const struct block *block;
    const char *text;           /* of the line or the piece of it */
    size_t from;                /* its offset in the block */
    const char *label;          /* NULL: none */
    const struct network *network;
    const char *value;
    size_t added;
    bool headed;                /* "Follow Ada: …", the heading in the line itself */
};

size_t handle_length(const char *text)
{
    size_t length = 1;

    if (text[0] != '@')
        return 0;
    while (g_ascii_isalnum(text[length]) || text[length] == '_' ||
           ((text[length] == '.' || text[length] == '-') && g_ascii_isalnum(text[length + 1])))
        length++;
    if (text[length] == '@') {                  /* @name@server */
        size_t server = handle_length(text + length);

        return server > 2 ? length + server : length;
    }
    return length > 2 ? length : 0;
}

/* ---- The parts of a line ------------------------------------------------------ */

/* The network that a label names, by the whole of it or by its last words:
 * "Mon blogue", "Page Facebook". */
static const struct network *network_of_label(struct arena *arena, const char *label)
{
    const char *at = label;

    for (int i = 0; i < LABEL_WORDS && *at != '\0'; i++) {
        const struct network *network = network_lookup(at);

        if (network != NULL)
            return network;
        at += strcspn(at, " '\xE2");
        at += *at == '\xE2' ? 3 : *at != '\0';
    }
    at = strrchr(label, ' ');
    if (at != NULL)
        return network_of_label(arena, arena_strndup(arena, label, (size_t)(at - label)));
    return NULL;
}

static bool is_colon(const char *at)
{
    return *at == ':' && strncmp(at, "://", 3) != 0 && strncmp(at, "::", 2) != 0 &&
           !(g_ascii_isdigit(at[1]));
}

/* The sign that parts label from value, and its length. */
static const char *separator(const char *text, size_t *length)
{
    static const char *const signs[] = { " – ", " — ", " - ", " → ", " via ", " = ",
                                         "\xC2\xA0– ", NULL };

    for (const char *at = text; *at != '\0'; at++) {
        if (is_colon(at)) {
            *length = 1;
            return at;
        }
        for (const char *const *sign = signs; *sign != NULL; sign++)
            if (strncmp(at, *sign, strlen(*sign)) == 0) {
                *length = strlen(*sign);
                return at;
            }
    }
    return NULL;
}

static void part(struct line *line)
{
    struct arena *arena = line->found->arena;
    size_t length = 0;
    const char *sign = separator(line->text, &length);
    const char *fold;

    line->value = line->text;
    line->headed = words_begin(WORDS_CONTACT, words_fold(arena, line->text,
                                                         strlen(line->text)));
    if (sign == NULL) {
        size_t word = strcspn(line->text, " ");
        const char *first = arena_strndup(arena, line->text, word);

        line->network = network_lookup(first);
        if (line->network != NULL) {
            line->label = first;
            line->value = line->text + word;
        }
    } else {
        line->label = text_clean(arena, line->text, (size_t)(sign - line->text));
        fold = words_fold(arena, line->label, strlen(line->label));
        if (fold_words(fold) > LABEL_WORDS || fold_words(fold) == 0) {
            line->label = NULL;
            return;
        }
        line->network = network_of_label(arena, line->label);
        line->value = sign + length;
        if (line->headed && line->network == NULL)
            line->label = NULL;
    }
    line->value = text_clean(arena, line->value, strlen(line->value));
}

/* ---- Contacts ------------------------------------------------------------------- */

static bool same(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static void add(struct line *line, struct found_contact contact)
{
    struct found *found = line->found;

    line->added++;
    for (size_t i = 0; i < found->contacts.count; i++) {
        const struct found_contact *other = &found->contacts.item[i];

        if (same(other->network, contact.network) && same(other->handle, contact.handle) &&
            same(other->url, contact.url) && same(other->note, contact.note))
            return;
    }
    contact.at = line->block->at;
    *VEC_PUSH(&found->contacts) = contact;
}

static void add_address(struct line *line, const char *url)
{
    const struct network *network = line->network, *host = network_of_address(url);

    if (network != NULL && network->address != NULL && host != network)
        network = host;                 /* an address elsewhere */
    if (host != NULL && (network == NULL || strcmp(network->key, "site") == 0))
        network = host;
    if (network == NULL && strncmp(url, "mailto:", 7) == 0)
        network = network_lookup("mail");
    add(line, (struct found_contact){
        .network = network != NULL ? network->key
                 : line->label != NULL && line->network == NULL ? line->label : "site",
        .url = url,
    });
}

static void add_handle(struct line *line, const char *handle)
{
    const char *key = "twitter";

    if (line->network != NULL)
        key = line->network->key;
    else if (line->label != NULL)
        key = line->label;
    else
        found_doubt(line->found, line->block->at, "%s taken for a name on Twitter", handle);
    add(line, (struct found_contact){ .network = key, .handle = handle });
}

/* A word that is only a name on a network: figures, points, capitals inside. */
static bool is_bare_name(const struct line *line, const char *word)
{
    bool sign = false;

    if (line->network == NULL || line->network->address == NULL || strlen(word) < 3)
        return false;
    for (const char *at = word; *at != '\0'; at++) {
        if (!g_ascii_isalnum(*at) && strchr("._-", *at) == NULL)
            return false;
        sign = sign || !g_ascii_isalpha(*at) || (at > word && g_ascii_isupper(*at) &&
                                                g_ascii_islower(at[-1]));
    }
    return sign || line->network->at_sign;
}

static void take_word(struct line *line, char *word)
{
    struct arena *arena = line->found->arena;
    size_t length = strlen(word), handle;
    char *url;

    while (length > 0 && strchr(",;.)!", word[length - 1]) != NULL)
        word[--length] = '\0';
    while (*word == '(' || *word == '<')
        word++;
    handle = handle_length(word);
    if (handle > 0) {
        add_handle(line, arena_strndup(arena, word, handle));
        return;
    }
    if (strchr(word, '.') == NULL)
        return;
    url = network_address(arena, strchr(word, '/') != NULL ? line->network : NULL, word);
    if (url != NULL && address_is_sound(url))
        add_address(line, url);
}

/* Links over the line's text. */
static void take_links(struct line *line)
{
    const struct block *block = line->block;
    size_t end = line->from + strlen(line->text);

    for (size_t i = 0; i < block->run_count; i++) {
        const struct run *run = &block->run[i];
        char *url;

        if (run->url == NULL || run->start < line->from || run->start >= end ||
            (i > 0 && block->run[i - 1].end == run->start && same(block->run[i - 1].url, run->url)))
            continue;
        if (handle_length(block->text + run->start) == run->end - run->start &&
            network_of_address(run->url) != NULL &&
            (line->network == NULL || network_of_address(run->url) == line->network)) {
            line->network = network_of_address(run->url);
            add_handle(line, arena_strndup(line->found->arena, block->text + run->start,
                                           run->end - run->start));
            continue;
        }
        url = address_clean(line->found->arena, run->url);
        if (address_is_sound(url))
            add_address(line, url);
    }
}

static void take_words(struct line *line)
{
    char *words = arena_strdup(line->found->arena, line->value);
    size_t count = fold_words(words_fold(line->found->arena, words, strlen(words)));
    char *rest = NULL;

    for (char *word = strtok_r(words, " \n", &rest); word != NULL;
         word = strtok_r(NULL, " \n", &rest))
        take_word(line, word);
    if (line->added == 0 && count > 0 && strchr(line->value, ' ') == NULL &&
        is_bare_name(line, line->value)) {
        const char *url = network_address(line->found->arena, line->network, line->value);

        if (line->network->at_sign)
            add_handle(line, arena_printf(line->found->arena, "@%s", line->value));
        else if (url != NULL)
            add_address(line, url);
    }
}

static bool is_contact(const struct line *line, bool section)
{
    size_t words = 0;

    for (const char *at = line->text; *at != '\0'; at++)
        words += *at == ' ';
    if (line->added == 0)
        return section && line->label != NULL && line->value[0] != '\0';
    if (line->headed)
        return words < 2 * LINE_WORDS;
    if (line->network != NULL && line->label != NULL)
        return section || words < LINE_WORDS;
    return words < (section ? LINE_WORDS : 2);
}

static bool read_piece(struct found *found, const struct block *block, size_t from, size_t to,
                       bool section)
{
    struct line line = { .found = found, .block = block, .from = from };
    size_t before = found->contacts.count;

    line.text = arena_strndup(found->arena, block->text + from, to - from);
    if (to == from)
        return false;
    part(&line);
    take_links(&line);
    if (line.added == 0)
        take_words(&line);
    if (!is_contact(&line, section)) {
        found->contacts.count = before;
        return false;
    }
    if (line.added == 0)
        add(&line, (struct found_contact){
            .network = line.network != NULL ? line.network->key : line.label,
            .note = line.value });
    return true;
}

/* Several contacts on a line are parted by a bar or a dot. */
bool contact_line(struct found *found, const struct block *block, size_t from, size_t to,
                  bool section)
{
    static const char *const bars[] = { " | ", " • ", " · ", NULL };
    bool any = false;

    for (size_t at = from; at < to; at++)
        for (const char *const *bar = bars; *bar != NULL; bar++)
            if (at >= from && at + strlen(*bar) < to &&
                strncmp(block->text + at, *bar, strlen(*bar)) == 0) {
                any = read_piece(found, block, from, at, section) || any;
                from = at + strlen(*bar);
            }
    return read_piece(found, block, from, to, section) || any;
}
