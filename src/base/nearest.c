/* Edit distance by rows (Damerau's, with neighbours swapped counted once), and
 * the least of a list. Long words have no near name. */
#include "base/nearest.h"

#include <string.h>

enum { LONGEST = 63 };

static int lower(char c)
{
    return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
}

static int least(int a, int b)
{
    return a < b ? a : b;
}

static int distance(const char *a, size_t a_length, const char *b, size_t b_length)
{
    int rows[3][LONGEST + 1];
    int *before = rows[0], *above = rows[1], *row = rows[2];

    for (size_t j = 0; j <= b_length; j++)
        above[j] = (int)j;
    for (size_t i = 1; i <= a_length; i++) {
        int *spare = before;

        row[0] = (int)i;
        for (size_t j = 1; j <= b_length; j++) {
            int change = lower(a[i - 1]) != lower(b[j - 1]);

            row[j] = least(least(above[j], row[j - 1]) + 1, above[j - 1] + change);
            if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2])
                && lower(a[i - 2]) == lower(b[j - 1]))
                row[j] = least(row[j], before[j - 2] + 1);
        }
        before = above;
        above = row;
        row = spare;
    }
    return above[b_length];
}

const char *nearest(const char *word, const char *const *names, size_t count)
{
    size_t length = strlen(word);
    const char *found = NULL;
    int best = length < 3 ? 1 : (int)(length + 2) / 3;

    if (length > LONGEST)
        return NULL;
    for (size_t i = 0; i < count; i++) {
        size_t name_length = names[i] == NULL ? 0 : strlen(names[i]);
        int d;

        if (name_length == 0 || name_length > LONGEST)
            continue;
        d = distance(word, length, names[i], name_length);
        if (d < best || (d == best && found == NULL)) {
            best = d;
            found = names[i];
        }
    }
    return found;
}
