/* Tiles of quarter and half discs, as in a floor of encaustic tiles. A book
 * without portraits has tiles by number. */
#include "layout/pattern.h"

#include <string.h>

enum { TILE_COLUMNS = 6, TILE_STEPS = 16 };

/* FNV-1a, 32 bits. */
static uint32_t hash_text(const char *text, uint32_t hash)
{
    for (; text != NULL && *text != '\0'; text++)
        hash = (hash ^ (unsigned char)*text) * 16777619u;
    return hash;
}

/* Spreads a hash's bits: neighbours in, strangers out. */
static uint32_t stir(uint32_t x)
{
    x ^= x >> 16;
    x *= 0x7feb352du;
    x ^= x >> 15;
    x *= 0x846ca68bu;
    return x ^ x >> 16;
}

struct palette palette_of(const struct book *book)
{
    static const struct palette palettes[] = {
        { { 246, 241, 231 }, { 29, 42, 58 },
          { { 29, 53, 87 }, { 193, 80, 46 }, { 222, 170, 75 }, { 120, 156, 158 } } },
        { { 244, 241, 234 }, { 38, 40, 36 },
          { { 44, 74, 62 }, { 214, 140, 69 }, { 173, 63, 55 }, { 188, 194, 161 } } },
        { { 247, 243, 236 }, { 46, 34, 52 },
          { { 74, 48, 84 }, { 201, 92, 84 }, { 230, 178, 120 }, { 134, 152, 184 } } },
        { { 243, 241, 237 }, { 28, 40, 46 },
          { { 30, 78, 92 }, { 228, 163, 62 }, { 203, 94, 60 }, { 164, 188, 184 } } },
    };
    uint32_t hash = stir(hash_text(book->work, hash_text(book->slug, 2166136261u)));

    return palettes[hash % (sizeof palettes / sizeof palettes[0])];
}

/* ---- Forms in a square of side 1024, turned by quarters ------------------------------- */

struct pen { struct shape_step *step; uint32_t count; dim side; int turn; };

static void turn(const struct pen *pen, int x, int y, dim *out_x, dim *out_y)
{
    for (int i = 0; i < pen->turn; i++) {
        int swap = x;

        x = 1024 - y;
        y = swap;
    }
    *out_x = (dim)((int64_t)x * pen->side / 1024);
    *out_y = (dim)((int64_t)y * pen->side / 1024);
}

static void pen_to(struct pen *pen, enum shape_op op, int x, int y)
{
    struct shape_step *step = &pen->step[pen->count++];

    step->op = op;
    turn(pen, x, y, &step->x[0], &step->y[0]);
}

static void pen_curve(struct pen *pen, int x1, int y1, int x2, int y2, int x, int y)
{
    struct shape_step *step = &pen->step[pen->count++];

    step->op = SHAPE_CURVE;
    turn(pen, x1, y1, &step->x[0], &step->y[0]);
    turn(pen, x2, y2, &step->x[1], &step->y[1]);
    turn(pen, x, y, &step->x[2], &step->y[2]);
}

/* A quarter disc of radius R around the corner (0, 0). */
static void draw_quarter(struct pen *pen, int r)
{
    int k = r * 5523 / 10000;

    pen_to(pen, SHAPE_MOVE, 0, 0);
    pen_to(pen, SHAPE_LINE, r, 0);
    pen_curve(pen, r, k, k, r, 0, r);
    pen->step[pen->count++].op = SHAPE_CLOSE;
}

static void draw_leaf(struct pen *pen)
{
    int k = 1024 * 5523 / 10000;

    pen_to(pen, SHAPE_MOVE, 0, 1024);
    pen_curve(pen, 0, 1024 - k, 1024 - k, 0, 1024, 0);
    pen_curve(pen, 1024, k, k, 1024, 0, 1024);
    pen->step[pen->count++].op = SHAPE_CLOSE;
}

static void draw_half(struct pen *pen)
{
    int k = 512 * 5523 / 10000;

    pen_to(pen, SHAPE_MOVE, 0, 0);
    pen_curve(pen, 0, k, 512 - k, 512, 512, 512);
    pen_curve(pen, 512 + k, 512, 1024, k, 1024, 0);
    pen->step[pen->count++].op = SHAPE_CLOSE;
}

static void draw_disc(struct pen *pen)
{
    int r = 360, k = r * 5523 / 10000, c = 512;

    pen_to(pen, SHAPE_MOVE, c + r, c);
    pen_curve(pen, c + r, c + k, c + k, c + r, c, c + r);
    pen_curve(pen, c - k, c + r, c - r, c + k, c - r, c);
    pen_curve(pen, c - r, c - k, c - k, c - r, c, c - r);
    pen_curve(pen, c + k, c - r, c + r, c - k, c + r, c);
    pen->step[pen->count++].op = SHAPE_CLOSE;
}

static void draw_triangle(struct pen *pen)
{
    pen_to(pen, SHAPE_MOVE, 0, 0);
    pen_to(pen, SHAPE_LINE, 1024, 0);
    pen_to(pen, SHAPE_LINE, 0, 1024);
    pen->step[pen->count++].op = SHAPE_CLOSE;
}

static void draw_form(struct pen *pen, uint32_t form)
{
    switch (form) {
    case 0: case 1: draw_quarter(pen, 1024); break;
    case 2: draw_leaf(pen); break;
    case 3: draw_half(pen); break;
    case 4: draw_disc(pen); break;
    case 5: draw_triangle(pen); break;
    default: draw_quarter(pen, 640); break;
    }
}

/* ---- The mosaic -------------------------------------------------------------------------- */

static struct item *add_item(struct making *making, enum item_kind kind, dim x, dim y,
                             struct ink ink)
{
    struct item *item = VEC_PUSH(&making->items);

    item->kind = kind;
    item->element = ELEMENT_ARTIFACT;
    item->x = x;
    item->y = y;
    item->ink = ink;
    return item;
}

static void put_tile(uint32_t hash, bool edge, const struct palette *palette,
                     struct arena *arena, dim x, dim y, dim side, struct making *making)
{
    struct pen pen = { ARENA_ARRAY(arena, TILE_STEPS, struct shape_step), 0, side,
                       (int)(hash >> 4 & 3) };
    uint32_t ground = hash >> 8 & 3, figure = (ground + 1 + (hash >> 12) % 3) & 3;
    bool bare = !edge && (hash >> 16 & 7) == 0;
    struct item *item;

    if (!bare) {
        item = add_item(making, ITEM_RULE, x, y, palette->tone[ground]);
        item->rule.width = item->rule.height = side;
    }
    draw_form(&pen, hash % 7);
    item = add_item(making, ITEM_SHAPE, x, y,
                    (hash >> 20 & 3) == 0 && !bare && !edge ? palette->paper : palette->tone[figure]);
    item->shape.step = pen.step;
    item->shape.count = pen.count;
}

/* Tiles at the edge are never bare nor of paper, so that the mosaic has one. */
static bool is_edge(int i, int rows)
{
    int column = i % TILE_COLUMNS, row = i / TILE_COLUMNS;

    return column == 0 || column == TILE_COLUMNS - 1 || row == 0 || row == rows - 1;
}

void pattern_put(const struct book *book, const struct palette *palette, struct arena *arena,
                 dim x, dim y, dim width, dim height, struct making *making)
{
    dim side = width / TILE_COLUMNS;
    int rows = height / side;
    uint32_t seed = hash_text(book->slug, 2166136261u);

    for (int i = 0; i < rows * TILE_COLUMNS; i++) {
        uint32_t hash = seed;

        if (book->portrait_count > 0)
            hash = hash_text(book->portraits[(size_t)i % book->portrait_count]->id, hash);
        hash = stir(hash + (uint32_t)i * 2654435761u);
        put_tile(hash, is_edge(i, rows), palette, arena, x + i % TILE_COLUMNS * side,
                 y + i / TILE_COLUMNS * side, side, making);
    }
}
