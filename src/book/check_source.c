/* The preflight of what the model does not keep: the source's own signs, the
 * files beside the portraits, addresses, and whether a text is in its language. */
#include "base/file.h"
#include "base/utf8.h"
#include "book/check_parts.h"
#include "book/reader.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

/* ---- Lines ------------------------------------------------------------------------- */

/* Not in code, tables or indentation: a space too many. */
static const char *find_spacing(const char *line, const char *end)
{
    if (line < end && (*line == ' ' || *line == '\t' || *line == '|'))
        return NULL;
    for (const char *c = line; c + 1 < end; c++) {
        if (*c == '`')
            return NULL;
        if (*c == ' ' && c > line && c[1] == ' ' && c + 2 < end && c[2] != ' '
            && strchr(".-*+>:|#", c[-1]) == NULL)
            return c;
        if (*c == ' ' && c > line && (c[1] == ',' || (c[1] == '.' && c + 2 < end && c[2] == ' ')))
            return c;
    }
    return NULL;
}

static struct place place_in(const char *path, int line, const char *start, const char *at)
{
    return (struct place){ path, line, (int)utf8_length(start, (size_t)(at - start)) + 1 };
}

/* Where a line is not in NFC; NULL when it is. */
static const char *find_unjoined(const char *line, const char *end)
{
    char *normal;
    size_t same = 0;

    for (const char *c = line; c < end && same == 0; c++)
        same = (unsigned char)*c >= 0x80;
    if (same == 0)
        return NULL;
    normal = utf8_new_nfc(line, (size_t)(end - line));
    same = 0;
    while (line + same < end && normal[same] == line[same])
        same++;
    free(normal);
    return line + same == end ? NULL : line + utf8_cut(line, same);
}

void check_source(struct arena *scratch, const char *path)
{
    size_t bytes;
    const char *line = file_read_text(scratch, path, &bytes), *end;
    bool in_front, told_form = false;

    if (line == NULL)
        return;
    end = line + bytes;
    in_front = strncmp(line, "---\n", 4) == 0;
    for (int number = 1; line < end; number++) {
        const char *feed = memchr(line, '\n', (size_t)(end - line));
        const char *stop = feed == NULL ? end : feed;
        const char *found = told_form ? NULL : find_unjoined(line, stop);

        if (found != NULL)
            check_tell("not-nfc", place_in(path, number, line, found),
                       "a letter and its accent are two signs from here on; save as NFC");
        told_form = told_form || found != NULL;
        found = in_front ? NULL : find_spacing(line, stop);
        if (found != NULL)
            check_tell("spacing", place_in(path, number, line, found), "a space too many");
        if (number > 1 && in_front && strncmp(line, "---", 3) == 0)
            in_front = false;
        line = feed == NULL ? end : feed + 1;
    }
}

/* ---- Files -------------------------------------------------------------------------- */

void check_files(struct arena *scratch, const struct book *book)
{
    const char *folder = path_join(scratch, book->folder, "portraits");
    size_t count;
    char **names = folder_list(scratch, folder, &count);

    for (size_t i = 0; i < count; i++) {
        const char *path = path_join(scratch, folder, names[i]);
        size_t length = strlen(names[i]);

        if (file_is_portrait(names[i]) || names[i][0] == '.' || names[i][0] == '_')
            continue;
        if (length > 7 && strcmp(names[i] + length - 7, ".new.md") == 0)
            check_tell("new-file", (struct place){ path, 0, 0 },
                       "the importer's new version of %.*s.md; compare them, then delete it",
                       (int)length - 7, names[i]);
        else
            check_tell("stray-file", (struct place){ path, 0, 0 },
                       "no portrait, so not in the book");
    }
}

/* ---- Addresses ------------------------------------------------------------------------ */

static const char *const gone[] = {
    "plus.google.com", "delicious.com", "del.icio.us", "friendfeed.com", "klout.com",
    "orkut.com", "posterous.com", "geocities.com", "formspring.me", "vine.co", "storify.com",
    "feedburner.com", "picasaweb.google.com", "google.com/reader", "digg.com/users",
    "yfrog.com", "twitpic.com", "app.net", "empire.kred", "path.com",
};

/* Is HOST the host of URL, or what it ends with? */
static bool leads_to(const char *url, const char *host)
{
    const char *start = strstr(url, "://"), *found;

    if (start == NULL)
        return false;
    start += 3;
    found = strstr(start, host);
    return found != NULL && (found == start || found[-1] == '.')
        && strcspn(start, "/") >= (size_t)(found - start);
}

static void check_address(const char *url, struct place at)
{
    for (size_t i = 0; url != NULL && i < sizeof gone / sizeof *gone; i++)
        if (leads_to(url, gone[i]))
            check_tell("address-gone", at, "%s has closed; replace %s, or say so in a note",
                       gone[i], url);
}

void check_addresses(const struct book *book)
{
    for (size_t p = 0; p < book->portrait_count; p++)
        for (size_t i = 0; i < book->portraits[p]->contact_count; i++)
            check_address(book->portraits[p]->contacts[i].url,
                          book->portraits[p]->contacts[i].at);
    for (size_t i = 0; i < book->title_count; i++)
        check_address(book->titles[i].url, book->titles[i].at);
}

/* ---- Language -------------------------------------------------------------------------- */

/* Small words that are frequent in one of these languages and rare in the
 * others, each between spaces. */
static const struct { const char *language, *words; } small_words[] = {
    { "fr", " le les des une est dans pour que qui pas sur avec vous nous au ce mais je il elle " },
    { "en", " the and of to is was that with for you have this not are they what my it we your " },
    { "es", " el los las una es por con para pero como más su muy yo del lo mi nos hay este " },
    { "de", " der die das und ist nicht ein eine mit auf für ich sie wir auch wie zu den dem im " },
    { "it", " il gli che di è una con per non sono mi ma anche come più nel della si ho ci " },
    { "nl", " het een van dat ik niet zijn op voor met maar ook als aan bij wat naar nog wel zij " },
    { "pt", " o os as um uma é com para não que mais mas como eu do da em no na por " },
};

enum { LANGUAGES = sizeof small_words / sizeof *small_words, FEW = 30 };

static void count_words(const char *flat, size_t hits[LANGUAGES])
{
    char *lower = g_utf8_strdown(flat, -1);

    for (char *word = lower; *word != '\0';) {
        size_t length = strcspn(word, " .,;:!?()«»“”’'\"\n");
        char key[16];

        if (length > 0 && length < sizeof key - 2) {
            g_snprintf(key, sizeof key, " %.*s ", (int)length, word);
            for (size_t i = 0; i < LANGUAGES; i++)
                hits[i] += strstr(small_words[i].words, key) != NULL;
        }
        word += length + (word[length] != '\0');
    }
    g_free(lower);
}

void check_language_fits(struct arena *scratch, const struct portrait *portrait)
{
    size_t hits[LANGUAGES] = {0}, best = 0, own = LANGUAGES;

    for (size_t i = 0; i < portrait->question_count; i++)
        count_words(node_flat(scratch, portrait->questions[i].answer), hits);
    if (portrait->introduction != NULL)
        count_words(node_flat(scratch, portrait->introduction), hits);
    for (size_t i = 0; i < LANGUAGES; i++) {
        if (hits[i] > hits[best])
            best = i;
        if (strncmp(portrait->language, small_words[i].language, 2) == 0)
            own = i;
    }
    if (own < LANGUAGES && best != own && hits[best] >= FEW && hits[best] > 2 * hits[own])
        check_tell("language-misfit", portrait->at,
                   "the text looks like “%s”, but its language is “%s”; write “language: %s” "
                   "into its front matter",
                   small_words[best].language, portrait->language, small_words[best].language);
}
