/* Days as people write them above an article. */
#include "import/dates.h"
#include "import/words.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

/* The beginnings of the months' names, folded, by language; three letters tell
 * them, but June from July. */
static const char *const months[][12] = {
    { "jan", "feb", "mar", "apr", "may", "june", "july", "aug", "sep", "oct", "nov", "dec" },
    { "janv", "fev", "mars", "avr", "mai", "juin", "juil", "aout", "sept", "oct", "nov", "dec" },
    { "jan", "feb", "marz", "apr", "mai", "juni", "juli", "aug", "sep", "okt", "nov", "dez" },
    { "ene", "feb", "mar", "abr", "may", "juni", "juli", "ago", "sep", "oct", "nov", "dic" },
    { "gen", "feb", "mar", "apr", "mag", "giu", "lug", "ago", "set", "ott", "nov", "dic" },
};

static const char *const weekdays[] = {
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "lundi",
    "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche", "montag", "dienstag",
    "mittwoch", "donnerstag", "freitag", "samstag", "sonntag", "lunes", "martes", "miercoles",
    "jueves", "viernes", "sabado", "domingo", "le", "on", "the", "of", "de", "del", "den", "am",
};

static int month_of(const char *word)
{
    for (size_t i = 0; i < sizeof months / sizeof *months; i++)
        for (int j = 0; j < 12; j++)
            if (strncmp(word, months[i][j], strlen(months[i][j])) == 0)
                return j + 1;
    return 0;
}

static bool is_filler(const char *word)
{
    for (size_t i = 0; i < sizeof weekdays / sizeof *weekdays; i++)
        if (strcmp(word, weekdays[i]) == 0)
            return true;
    return false;
}

struct day { long year, month, day; };

/* One word of a date: "2012", "05" of an ISO date, "14th", "mai". */
static bool take_word(struct day *day, const char *word)
{
    char *end;
    long number = strtol(word, &end, 10);
    bool ordinal = strcmp(end, "st") == 0 || strcmp(end, "nd") == 0 || strcmp(end, "rd") == 0 ||
                   strcmp(end, "th") == 0 || strcmp(end, "er") == 0;

    if (end == word) {
        if (is_filler(word))
            return true;
        if (day->month != 0)
            return false;
        day->month = month_of(word);
        return day->month != 0;
    }
    if (*end != '\0' && !ordinal)
        return false;
    if (number >= 1970 && number < 2100 && day->year == 0)
        day->year = number;
    else if (day->year != 0 && day->month == 0 && number >= 1 && number <= 12)
        day->month = number;
    else if (number >= 1 && number <= 31 && day->day == 0)
        day->day = number;
    else
        return false;
    return true;
}

const char *date_of_line(struct arena *arena, const char *fold)
{
    struct day day = {0};
    char **words, *text;
    bool good = true;

    fold += words_prefix(WORDS_DATE, fold);
    text = g_strstrip(g_strdup(fold));
    words = g_strsplit(text, " ", -1);
    for (char **word = words; good && *word != NULL; word++)
        good = take_word(&day, *word);
    g_strfreev(words);
    g_free(text);
    if (!good || day.year == 0 || day.month == 0 || day.day == 0)
        return NULL;
    return arena_printf(arena, "%04ld-%02ld-%02ld", day.year, day.month, day.day);
}
