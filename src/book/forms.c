/* Dates, languages, ISBNs, initials: read strictly, written in one form. */
#include "book/forms.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/utf8.h"

#include <errno.h>
#include <glib.h>
#include <stdlib.h>
#include <string.h>

/* The number of COUNT digits at TEXT, -1 when they are none. */
static int digits(const char *text, int count)
{
    int number = 0;

    for (int i = 0; i < count; i++) {
        if (!g_ascii_isdigit(text[i]))
            return -1;
        number = number * 10 + (text[i] - '0');
    }
    return number;
}

static int days_in(int year, int month)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return days[month - 1] + (month == 2 && leap);
}

/* How many bytes at TEXT are a date: 4, 7 or 10; 0 for none. */
static size_t date_length(const char *text)
{
    int year = digits(text, 4), month, day;

    if (year < 1)
        return 0;
    if (text[4] != '-')
        return 4;
    month = digits(text + 5, 2);
    if (month < 1 || month > 12)
        return 0;
    if (text[7] != '-')
        return 7;
    day = digits(text + 8, 2);
    return day >= 1 && day <= days_in(year, month) ? 10 : 0;
}

char *form_date(struct arena *arena, const char *text)
{
    size_t length = date_length(text);

    if (length == 0 || (text[length] != '\0'
                        && (length < 10 || (text[length] != 'T' && text[length] != ' '))))
        return NULL;
    return arena_strndup(arena, text, length);
}

bool date_is_whole(const char *text)
{
    return date_length(text) == 10 && text[10] == '\0';
}

char *date_of_seconds(struct arena *arena, long long seconds)
{
    long long days = seconds / 86400;
    int year = 1970, month = 1;

    for (; days >= 365 + (days_in(year, 2) == 29); year++)
        days -= 365 + (days_in(year, 2) == 29);
    for (; days >= days_in(year, month); month++)
        days -= days_in(year, month);
    return arena_printf(arena, "%04d-%02d-%02d", year, month, (int)days + 1);
}

char *date_of_environment(struct arena *arena)
{
    const char *given = getenv("SOURCE_DATE_EPOCH");
    char *end;
    long long seconds;

    if (given == NULL || given[0] == '\0')
        return NULL;
    errno = 0;
    seconds = strtoll(given, &end, 10);
    if (errno == 0 && *end == '\0' && seconds >= 0 && seconds < 253402300800LL)
        return date_of_seconds(arena, seconds);
    diag(DIAG_WARNING, (struct place){ NULL, 0, 0 }, "no-date",
         "$SOURCE_DATE_EPOCH is no number of seconds: %s; it is passed over", given);
    return NULL;
}

static bool is_language(const char *text)
{
    size_t part = 0, parts = 1;

    for (const char *c = text; *c != '\0'; c++) {
        if (*c == '-') {
            if (part == 0)
                return false;
            part = 0;
            parts++;
        } else if (!(parts == 1 ? g_ascii_isalpha(*c) : g_ascii_isalnum(*c))
                   || ++part > (parts == 1 ? 3 : 8)) {
            return false;
        }
    }
    return part > 0 && (parts > 1 || part > 1) && strcspn(text, "-") > 1;
}

char *form_language(struct arena *arena, const char *text)
{
    char *tag = arena_strdup(arena, text);
    size_t start = 0;

    if (!is_language(text))
        return NULL;
    for (size_t i = 0; tag[i] != '\0'; i++) {
        size_t length = strcspn(tag + start, "-");

        if (tag[i] == '-')
            start = i + 1;
        else if (start > 0 && (length == 2 || (length == 4 && i == start)))
            tag[i] = g_ascii_toupper(tag[i]);
        else
            tag[i] = g_ascii_tolower(tag[i]);
    }
    return tag;
}

enum { ISBN_FIGURES = 13 };

/* The figures of TEXT, the first 13 into ISBN; how many there are, or -1 when it
 * holds another sign than hyphens and spaces. */
static int isbn_figures(const char *text, char isbn[ISBN_FIGURES + 1])
{
    int count = 0;

    for (const char *c = text; *c != '\0'; c++) {
        if (*c == '-' || *c == ' ')
            continue;
        if (!g_ascii_isdigit(*c))
            return -1;
        if (count < ISBN_FIGURES)
            isbn[count] = *c;
        count++;
    }
    isbn[count < ISBN_FIGURES ? count : ISBN_FIGURES] = '\0';
    return count;
}

/* The last figure that the first twelve call for (ISO 2108). */
static int isbn_check(const char *isbn)
{
    int sum = 0;

    for (int i = 0; i < ISBN_FIGURES - 1; i++)
        sum += (isbn[i] - '0') * (i % 2 == 0 ? 1 : 3);
    return (10 - sum % 10) % 10;
}

static bool isbn_has_prefix(const char *isbn)
{
    return strncmp(isbn, "978", 3) == 0 || strncmp(isbn, "979", 3) == 0;
}

/* The digits of TEXT with one hyphen where other signs part them. */
static char *isbn_in_parts(struct arena *arena, const char *text)
{
    struct buf out = {0};
    bool parted = false;
    char *isbn;

    for (; *text != '\0'; text++) {
        if (!g_ascii_isdigit(*text)) {
            parted = out.len > 0;
            continue;
        }
        if (parted)
            buf_putc(&out, '-');
        buf_putc(&out, *text);
        parted = false;
    }
    isbn = arena_strdup(arena, buf_text(&out));
    buf_free(&out);
    return isbn;
}

char *form_isbn(struct arena *arena, const char *text)
{
    char isbn[ISBN_FIGURES + 1];

    if (isbn_figures(text, isbn) != ISBN_FIGURES || !isbn_has_prefix(isbn)
        || isbn[ISBN_FIGURES - 1] - '0' != isbn_check(isbn))
        return NULL;
    return isbn_in_parts(arena, text);
}

char *form_isbn_fault(struct arena *arena, const char *text)
{
    char isbn[ISBN_FIGURES + 1];
    int count = isbn_figures(text, isbn);

    if (count < 0)
        return arena_strdup(arena, "it holds other signs than figures, hyphens and spaces");
    if (count != ISBN_FIGURES)
        return arena_printf(arena, "it has %d figure%s, not 13", count, count == 1 ? "" : "s");
    if (!isbn_has_prefix(isbn))
        return arena_strdup(arena, "it begins with neither 978 nor 979");
    return arena_printf(arena, "its last figure, a check on the others, is %c and should be %d; "
                        "one of them is a slip", isbn[ISBN_FIGURES - 1], isbn_check(isbn));
}

/* Where what stands in brackets behind NAME begins, with the space before it: the
 * name in another script, a name at birth. Its end where nothing does. */
static const char *bracket_of(const char *name)
{
    const char *end = name + strlen(name), *open = strrchr(name, '(');

    return open != NULL && open > name + 1 && open[-1] == ' ' && end[-1] == ')' ? open - 1 : end;
}

/* The initial of each word between spaces: its first letter that begins a piece
 * (d’Exemple has E, Carl-Olivier C) and is a capital or of a script without
 * case. The last word takes the last place. */
static size_t collect_initials(const char *name, uint32_t *initials, size_t most)
{
    const char *at = name, *end = bracket_of(name);
    size_t count = 0;
    bool in_piece = false, has_initial = false;

    while (at < end) {
        uint32_t code = utf8_next(&at, end);

        if (!g_unichar_isalnum(code)) {
            in_piece = false;
            has_initial = has_initial && !g_unichar_isspace(code);
            continue;
        }
        if (!in_piece && !has_initial && !g_unichar_islower(code)) {
            has_initial = true;
            count += count < most;
            initials[count - 1] = code;
        }
        in_piece = true;
    }
    return count;
}

char *form_monogram(struct arena *arena, const char *name)
{
    enum { MOST = 3 };
    uint32_t initials[MOST];
    size_t count = collect_initials(name, initials, MOST);
    struct buf text = {0};
    char *made;

    for (size_t i = 0; i < count; i++)
        buf_put_code(&text, initials[i]);
    if (count == 0 && name[0] != '\0') {
        const char *at = name;

        buf_put_code(&text, g_unichar_toupper(utf8_next(&at, name + strlen(name))));
    }
    made = arena_strdup(arena, buf_text(&text));
    buf_free(&text);
    return made;
}

/* Names in Chinese, Japanese or Korean signs begin with the family's. */
static bool is_family_first(const char *name)
{
    const char *at = name;

    return g_unichar_iswide(utf8_next(&at, name + strlen(name)));
}

static bool is_particle(const char *word, size_t bytes)
{
    static const char list[] = " de del della dello dei degli di da dal dalla do dos das du des la "
                               "le li lo los el van von vom zum zur den der ter ten te 't ’t ";
    char *lower = g_utf8_strdown(word, (gssize)bytes), *key = g_strdup_printf(" %s ", lower);
    bool found = strstr(list, key) != NULL;

    g_free(key);
    g_free(lower);
    return found;
}

/* The space before the family's name, of NAME whose last space is at SPACE: a
 * particle with a capital belongs to it, with those behind it: "Mario De Luca",
 * "Jo Van den Berg", but "Jan van den Berg". A first name stays before it. */
static const char *family_space(const char *name, const char *space)
{
    const char *family = space;

    for (const char *end = space; end > name;) {
        const char *word = end;

        while (word > name && word[-1] != ' ')
            word--;
        if (word == name || !is_particle(word, (size_t)(end - word)))
            break;
        end = word - 1;
        if (g_unichar_isupper(g_utf8_get_char(word)))
            family = end;
    }
    return family;
}

char *form_sort_name(struct arena *arena, const char *name)
{
    const char *behind = bracket_of(name);
    char *plain = arena_strndup(arena, name, (size_t)(behind - name));
    const char *space = strrchr(plain, ' ');

    if (space == NULL || strchr(name, ',') != NULL || is_family_first(name))
        return arena_strdup(arena, name);
    space = family_space(plain, space);
    return arena_printf(arena, "%s, %.*s%s", space + 1, (int)(space - plain), plain, behind);
}
