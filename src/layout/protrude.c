/* The table of protrusion, sorted by code. */
#include "layout/protrude.h"

#include <stddef.h>

static const struct { uint16_t code, left, right; } table[] = {
    { '!', 0, 100 }, { '"', 300, 300 }, { '\'', 300, 300 }, { '(', 100, 0 },
    { ')', 0, 200 }, { '*', 200, 300 }, { ',', 0, 600 }, { '-', 0, 700 },
    { '.', 0, 700 }, { '/', 100, 200 }, { ':', 0, 500 }, { ';', 0, 400 },
    { '?', 0, 100 }, { 'A', 50, 50 }, { 'F', 0, 50 }, { 'J', 50, 0 },
    { 'K', 0, 50 }, { 'L', 0, 50 }, { 'T', 50, 50 }, { 'V', 50, 50 },
    { 'W', 50, 50 }, { 'X', 50, 50 }, { 'Y', 50, 50 }, { '[', 50, 0 },
    { ']', 0, 50 }, { 'k', 0, 50 }, { 'r', 0, 50 }, { 't', 0, 70 },
    { 'v', 50, 50 }, { 'w', 50, 50 }, { 'x', 50, 50 }, { 'y', 0, 70 },
    { 0xAB, 200, 0 }, { 0xBB, 0, 200 }, { 0xC0, 50, 50 }, { 0x2010, 0, 700 },
    { 0x2013, 200, 300 }, { 0x2014, 150, 200 }, { 0x2018, 300, 400 },
    { 0x2019, 300, 400 }, { 0x201A, 400, 0 }, { 0x201C, 300, 300 },
    { 0x201D, 300, 300 }, { 0x201E, 400, 0 }, { 0x2026, 0, 200 },
    { 0x2039, 200, 0 }, { 0x203A, 0, 200 },
};

/* The row of CODE, or -1. */
static int find(uint32_t code)
{
    int low = 0, high = (int)(sizeof table / sizeof *table) - 1;

    while (low <= high) {
        int middle = (low + high) / 2;

        if (table[middle].code == code)
            return middle;
        if (table[middle].code < code)
            low = middle + 1;
        else
            high = middle - 1;
    }
    return -1;
}

int protrude_left(uint32_t code)
{
    int row = find(code);

    return row < 0 ? 0 : table[row].left;
}

int protrude_right(uint32_t code)
{
    int row = find(code);

    return row < 0 ? 0 : table[row].right;
}
