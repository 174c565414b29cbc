/* The role and the organisation that the introduction tells: "NAME, weaver at
 * Loom & Sons, …", "NAME is a weaver who …". Only what stands right behind the
 * name is read, and only what is short; what is taken so is told. A role that
 * ends in "at X", or "founder of X", is parted. */
#include "import/find.h"
#include "base/utf8.h"

#include <glib.h>
#include <string.h>

enum { ROLE_WORDS = 4, FIRM_WORDS = 6, FIRM_BYTES = 60, OPENING_BLOCKS = 8,
       OF_BYTES = 40 };

static const char *const at_signs[] = { " chez ", " at ", " @ ", " bei ", " presso ", NULL };

/* ---- Organisations ------------------------------------------------------------------ */

/* The bytes of the word at TEXT, signs that end a phrase left out. */
static size_t word_length(const char *text)
{
    size_t length = strcspn(text, " \n,;:()!?“”«»\"");

    while (length > 0 && text[length - 1] == '.')
        length--;
    return length;
}

/* A capital or a figure in the word: "Kew", "kiwiHR", "3M". */
static bool has_capital(const char *word, size_t bytes)
{
    for (const char *at = word, *end = word + bytes; at < end;) {
        uint32_t code = utf8_next(&at, end);

        if (g_unichar_isupper(code) || g_unichar_isdigit(code))
            return true;
    }
    return false;
}

static bool is_joint(const char *word, size_t bytes)
{
    static const char *const joints[] = { "&", "and", "et", "und", "y", "of", "de", "du", "des",
                                          "la", "le", "les", "the", "for", "pour", "l’" };

    for (size_t i = 0; i < sizeof joints / sizeof *joints; i++)
        if (strlen(joints[i]) == bytes && strncmp(word, joints[i], bytes) == 0)
            return true;
    return false;
}

/* Bytes of the name of an organisation at TEXT: words with capitals, small ones
 * between them; 0 when there is none. */
static size_t firm_length(const char *text)
{
    size_t end = 0, at = 0;

    for (int words = 0; words < FIRM_WORDS; words++) {
        size_t length = word_length(text + at);

        if (length == 0 || at + length > FIRM_BYTES ||
            (!has_capital(text + at, length) && !is_joint(text + at, length)))
            break;
        if (has_capital(text + at, length))
            end = at + length;
        at += length;
        if (text[at] != ' ')
            break;
        at++;
    }
    return end;
}

/* "… at X" in TEXT, its bytes up to END: where the sign begins and the name of
 * the organisation behind it. */
static const char *find_at(const char *text, const char *end, const char **firm)
{
    for (const char *const *sign = at_signs; *sign != NULL; sign++) {
        const char *at = g_strstr_len(text, end - text, *sign);

        if (at != NULL && at > text && firm_length(at + strlen(*sign)) > 0) {
            *firm = at + strlen(*sign);
            return at;
        }
    }
    return NULL;
}

/* "founder of X": who founds or leads is of an organisation, a head of hair is
 * not. */
static const char *find_of(const char *text, const char **firm)
{
    static const char *const leaders[] = { "founder", "co-founder", "cofounder", "owner", "ceo",
        "cto", "coo", "cfo", "cio", "cmo", "president", "chair", "director", "editor",
        "editor-in-chief", "fondateur", "fondatrice", "cofondateur", "cofondatrice",
        "co-fondateur", "co-fondatrice", "pdg", "président", "présidente", "directeur",
        "directrice", "gérant", "gérante", "gründer", "gründerin", "geschäftsführer",
        "geschäftsführerin", "fundador", "fundadora", "cofundador", "cofundadora", "director",
        "directora", "fondatore", "fondatrice" };
    static const char *const signs[] = { " of ", " de ", " d’", " d'", " du ", " von ", " di " };
    char *lower = g_utf8_strdown(text, (gssize)strcspn(text, " "));
    const char *found = NULL;
    bool leads = false;

    for (size_t i = 0; i < sizeof leaders / sizeof *leaders; i++)
        leads = leads || strcmp(lower, leaders[i]) == 0;
    g_free(lower);
    for (size_t i = 0; leads && found == NULL && i < sizeof signs / sizeof *signs; i++) {
        const char *at = strstr(text, signs[i]);

        if (at != NULL && has_capital(at + strlen(signs[i]), word_length(at + strlen(signs[i])))) {
            *firm = at + strlen(signs[i]);
            found = at;
        }
    }
    return found;
}

/* Parts the role that the title or the front matter tells. */
static void part_role(struct found *found)
{
    const char *end = found->role + strlen(found->role), *firm;
    const char *at = find_at(found->role, end, &firm);

    if (at == NULL)
        at = find_of(found->role, &firm);
    if (at == NULL || found->organisation != NULL || firm_length(firm) != strlen(firm))
        return;
    found->organisation = arena_strdup(found->arena, firm);
    found->role = arena_strndup(found->arena, found->role, (size_t)(at - found->role));
}

/* ---- Behind the name ------------------------------------------------------------------ */

static const char *behind_article(const char *text, bool *article)
{
    static const char *const articles[] = { "an ", "a ", "the ", "our ", "une ", "un ", "la ",
        "le ", "l’", "notre ", "eine ", "ein ", "die ", "der ", "una ", "uno ", "uma ", "um " };

    for (size_t i = 0; i < sizeof articles / sizeof *articles; i++)
        if (strncmp(text, articles[i], strlen(articles[i])) == 0) {
            *article = true;
            return text + strlen(articles[i]);
        }
    *article = false;
    return text;
}

/* Behind the verb and the article between a name and a role. */
static const char *behind_verb(const char *text, bool *article)
{
    static const char *const verbs[] = { " is ", " est ", " ist ", " es ", " è ", " é " };

    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (strncmp(text, verbs[i], strlen(verbs[i])) == 0)
            return behind_article(text + strlen(verbs[i]), article);
    return NULL;
}

static bool is_stop(const char *word, size_t bytes)
{
    static const char *const stops[] = { "who", "that", "which", "whose", "based", "living",
        "from", "in", "on", "with", "and", "at", "for", "qui", "que", "dont", "et", "à", "au",
        "en", "dans", "basée", "basé", "chez", "pour", "und", "aus", "bei", "mit", "que", "y",
        "che", "con", "presso", "@" };

    for (size_t i = 0; i < sizeof stops / sizeof *stops; i++)
        if (strlen(stops[i]) == bytes && strncmp(word, stops[i], bytes) == 0)
            return true;
    return false;
}

/* Words that say who somebody is, and no role. */
static bool is_plain_noun(const char *fold)
{
    static const char *const nouns[] = { "woman", "man", "person", "people", "mother", "father",
        "friend", "fan", "native", "member", "one", "first", "last", "femme", "homme", "personne",
        "mere", "pere", "amie", "ami", "premiere", "premier", "fille", "fils", "frau", "mann",
        "mensch", "freundin", "freund", "mujer", "hombre", "persona", "amiga", "amigo", "kind",
        "sort", "part", "name" };

    for (size_t i = 0; i < sizeof nouns / sizeof *nouns; i++) {
        const char *at = strstr(fold, nouns[i]);

        if (at != NULL && at[-1] == ' ' && at[strlen(nouns[i])] == ' ')
            return true;
    }
    return false;
}

/* "CTO", "UX": two capitals or more and nothing else. */
static bool is_acronym(const char *word, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++)
        if (!g_ascii_isupper(word[i]))
            return false;
    return bytes >= 2;
}

/* Bytes of the few small words at TEXT that may be a role: up to a sign or a
 * word that leads on; 0 when a capital or too much comes first. */
static size_t role_length(struct arena *arena, const char *text)
{
    size_t at = 0, end = 0;

    for (int words = 0; words <= ROLE_WORDS; words++) {
        size_t length = word_length(text + at);

        if (length == 0 || is_stop(text + at, length))
            break;
        if (words == ROLE_WORDS ||
            (has_capital(text + at, length) && !is_acronym(text + at, length)))
            return 0;
        end = at + length;
        if (text[end] != ' ')
            break;
        at = end + 1;
    }
    return end == 0 || is_plain_noun(words_fold(arena, text, end)) ? 0 : end;
}

/* The organisation behind the role at TEXT, LENGTH bytes of it, or behind "of"
 * within it, which ends it; NULL when there is none. */
static const char *firm_behind(const char *text, size_t *length)
{
    const char *firm, *at = find_of(text, &firm);

    if (at != NULL && (size_t)(at - text) <= OF_BYTES && firm_length(firm) > 0) {
        *length = (size_t)(at - text);
        return firm;
    }
    at = find_at(text, text + *length + strlen(" presso "), &firm);
    return *length > 0 && at == text + *length ? firm : NULL;
}

static void take(struct found *found, const struct block *block, const char *role, size_t bytes,
                 const char *firm)
{
    if (firm != NULL && found->organisation == NULL)
        found->organisation = arena_strndup(found->arena, firm, firm_length(firm));
    if (found->role != NULL)
        return;
    found->role = arena_strndup(found->arena, role, bytes);
    found_doubt(found, block->at, "the role “%s” is from the introduction", found->role);
}

/* What stands behind the name at TEXT; false when it is no role. */
static bool take_behind(struct found *found, const struct block *block, const char *text)
{
    const char *firm;
    bool article = false, comma = strncmp(text, ", ", 2) == 0;
    const char *role = comma ? behind_article(text + 2, &article) : behind_verb(text, &article);
    size_t length = role == NULL ? 0 : role_length(found->arena, role);

    firm = role == NULL ? NULL : firm_behind(role, &length);
    if (length == 0 || (firm == NULL && !(article && !comma) && !(comma && role[length] == ',')))
        return false;
    if (comma && words_begin(WORDS_OF, words_fold(found->arena, role, length)))
        return false;
    take(found, block, role, length, firm);
    return true;
}

static bool take_opening(struct found *found, const struct block *block)
{
    size_t length = strlen(found->name);

    for (const char *at = block->text; (at = strstr(at, found->name)) != NULL; at += length)
        if (take_behind(found, block, at + length))
            return true;
    return false;
}

/* Is the title's role an organisation: "NAME, Kew Gardens" where the text says
 * "at Kew Gardens"? */
static bool is_firm(struct found *found, const struct block *block)
{
    for (const char *const *sign = at_signs; *sign != NULL; sign++)
        if (strstr(block->text, arena_printf(found->arena, "%s%s", *sign, found->role)) != NULL)
            return true;
    return false;
}

/* "who …" behind a name in the title goes on with a sentence. */
static bool leads_on(const char *role)
{
    return is_stop(role, word_length(role));
}

void find_role(struct found *found)
{
    if (found->role != NULL && found->article->role == NULL && leads_on(found->role))
        found->role = NULL;
    if (found->role != NULL)
        part_role(found);
    for (size_t i = 0; i < found->first && i < OPENING_BLOCKS; i++) {
        const struct block *block = &found->article->blocks.item[i];

        if (block->fate != FATE_INTRODUCTION || block->bytes == 0)
            continue;
        if (found->role != NULL && found->organisation == NULL && is_firm(found, block)) {
            found->organisation = found->role;
            found->role = NULL;
        }
        if ((found->role == NULL || found->organisation == NULL) && take_opening(found, block))
            return;
    }
}
