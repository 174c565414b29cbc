/* Cuts a galley into pages: see paginate.h for the method. What cannot be had
 * (a heading at the foot, a widow) costs so much that it is chosen only where
 * there is no other way; a box higher than a page is let run over the foot. */
#include "layout/paginate.h"

#include <glib.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* What a page may cost, beside the lines' own demerits. */
enum {
    COST_SHORT = 400000,        /* a page a line short; by the square of the lines */
    COST_SHORT_MORE = 12000,    /* and each half line more, past hope */
    COST_UNLIKE = 1500000,      /* the two pages of a spread not alike, a line */
    COST_UNLIKE_MOST = 2000000,
    COST_HYPHEN = 12000,        /* times the style's penalty; the same for: */
    COST_WIDOW = 25000,
    COST_STRANDED = 200000000,
    COST_NOTE_CUT = 600000,     /* a note that goes on overleaf */
    COST_CLING = 100000,        /* a list parted from what leads to it, or a line from it */
    COST_LAST = 300000,         /* a last page of few lines; by the square of what lacks */
    COST_LAST_GOOD = 60000,     /* and each line that lacks to a good one */
    COST_SPREAD = 30000,        /* lines of space more above a heading, squared */
    COST_LENGTH_MOST = 350000   /* of a paragraph's other length */
};

enum { KEPT = 28, LAST_LINES = 5, LAST_LINES_LOOSE = 3, LAST_LINES_GOOD = 9, SHORT_HOPE = 3,
       SHORT_MOST = 5, NOTE_LEAST = 2, EVEN_LEAST = 12, LENT_MOST = 12 };

struct state {
    struct cut cut;
    uint8_t debt;               /* half lines the first page of the spread is short */
    uint32_t carried;           /* lines of notes that go on overleaf */
    int64_t cost;
    int32_t from;               /* the state whose page ends here; -1: the start */
};

/* A height that can be reached after some block of the page, the cheapest way. */
struct rung { int64_t cost; int32_t below; uint8_t length; };

enum { MOST_HALVES = 400 };

/* The rungs at each height after one block. */
struct layer { int low, high; int32_t rung[MOST_HALVES + 1]; };

struct pager {
    const struct galley *galley;
    const struct area *area;
    const struct style *style;
    const uint32_t *called;     /* lines of notes called before each block */
    int full;                   /* half lines of the page being filled */
    VEC(struct state) states;   /* all that were kept, page after page */
    VEC(struct state) next;     /* those after the page being filled */
    VEC(struct rung) rungs;
    GHashTable *seen;           /* place → index + 1 in next */
    bool ended;
    struct state end;           /* the cheapest end of the part */
};

/* ---- What a block may be ------------------------------------------------------------- */

static int lengths_of(const struct block *block)
{
    return block->boxes > 0 ? block->boxes : block->lengths;
}

static int lines_of(const struct block *block, int length)
{
    return block->boxes > 0 ? 1 : block->length[length].count;
}

static int64_t length_cost(const struct block *block, int length)
{
    int64_t cost;

    if (block->boxes > 0)
        return block->box[length]->cost;
    cost = block->length[length].cost - block->length[0].cost;
    return length == 0 ? 0 : cost < 0 ? 0 : cost > COST_LENGTH_MOST ? COST_LENGTH_MOST : cost;
}

/* ---- What a page end costs --------------------------------------------------------- */

/* Of ending a page before LINE of BLOCK set in LENGTH. */
static int64_t cost_inside(const struct style *style, const struct block *block, int length,
                           int line)
{
    int count = block->length[length].count;
    int64_t cost = 0;

    if (block->whole)
        cost += COST_STRANDED;
    if (line < 2)
        cost += (int64_t)COST_WIDOW * style->penalty.orphan;
    if (count - line < 2)
        cost += (int64_t)COST_WIDOW * style->penalty.widow;
    if (block->length[length].line[line - 1].hyphenated)
        cost += (int64_t)COST_HYPHEN * style->penalty.page_hyphen;
    return cost;
}

/* Of ending a page after BLOCK. */
static int64_t cost_after(const struct block *block, int length)
{
    if (block->keep_next)
        return COST_STRANDED;
    if (block->lead && !block->last && block->boxes == 0 && block->length[length].count == 1)
        return COST_STRANDED;
    return block->cling ? COST_CLING : 0;
}

/* Lists may end where their entries do, and need no force to do other. */
static int looseness(const struct pager *pager)
{
    return pager->galley->loose ? 20 : 1;
}

/* Of a page that ends short: by the square of the lines; where it is short
 * beyond hope, hardly more, so that nothing is stretched in vain. */
static int64_t cost_short(const struct pager *pager, int halves)
{
    int near = halves < 2 * SHORT_HOPE ? halves : 2 * SHORT_HOPE;
    int64_t cost = (int64_t)COST_SHORT * near * near / 4
        + (int64_t)COST_SHORT_MORE * (halves - near);

    return cost / looseness(pager);
}

static int64_t cost_unlike(int halves)
{
    int64_t cost = (int64_t)COST_UNLIKE * halves / 2;

    return cost < COST_UNLIKE_MOST ? cost : COST_UNLIKE_MOST;
}

/* ---- States ------------------------------------------------------------------------ */

static gpointer key_of(const struct state *state)
{
    guint64 key = (guint64)state->cut.block << 32 | (guint64)(state->cut.line & 0xfff) << 20
        | (guint64)(state->cut.length & 0xf) << 16 | (guint64)(state->debt & 0xf) << 12
        | (state->carried & 0xfff);

    return GSIZE_TO_POINTER((gsize)key);
}

static void offer(struct pager *pager, const struct state *state)
{
    gpointer key = key_of(state);
    gsize index = GPOINTER_TO_SIZE(g_hash_table_lookup(pager->seen, key));

    if (index == 0) {
        *VEC_PUSH(&pager->next) = *state;
        g_hash_table_insert(pager->seen, key, GSIZE_TO_POINTER(pager->next.count));
    } else if (state->cost < pager->next.item[index - 1].cost) {
        pager->next.item[index - 1] = *state;
    }
}

static int compare_states(const void *a, const void *b)
{
    const struct state *x = a, *y = b;

    if (x->cost != y->cost)
        return x->cost < y->cost ? -1 : 1;
    if (x->cut.block != y->cut.block)
        return x->cut.block < y->cut.block ? -1 : 1;
    if (x->cut.line != y->cut.line)
        return x->cut.line < y->cut.line ? -1 : 1;
    if (x->cut.length != y->cut.length)
        return x->cut.length < y->cut.length ? -1 : 1;
    if (x->debt != y->debt)
        return x->debt < y->debt ? -1 : 1;
    return (x->carried > y->carried) - (x->carried < y->carried);
}

/* ---- Filling a page ------------------------------------------------------------------ */

struct filling {
    struct pager *pager;
    struct state start;
    int32_t from;               /* the start's number */
    bool second;                /* page of a spread */
    bool desperate;             /* no page end was found near the foot */
    const struct state *target; /* when the way to it is asked for */
    int32_t found;              /* the rung below it */
    size_t offered;             /* ends that strand nothing */
};

/* How many of WANTED lines of notes stand on a page whose text ends at BOTTOM:
 * all, or as many as fit; -1 when that is no way to cut them. */
static int settle_notes(const struct pager *pager, int bottom, int wanted)
{
    int fit = wanted;

    while (fit > 0 && bottom + notes_height(pager->area, pager->style, fit) > pager->full)
        fit--;
    if (fit < wanted && wanted - fit < NOTE_LEAST)
        fit = wanted - NOTE_LEAST;
    if (fit == wanted || (fit >= NOTE_LEAST && wanted - fit >= NOTE_LEAST))
        return fit;
    return -1;
}

static bool same_state(const struct state *a, const struct state *b)
{
    return a->cost == b->cost && key_of(a) == key_of(b);
}

static void arrive(struct filling *filling, const struct state *state, int32_t rung, bool end)
{
    struct pager *pager = filling->pager;

    filling->offered += state->cost - filling->start.cost < COST_STRANDED;
    if (filling->target != NULL) {
        if (same_state(filling->target, state))
            filling->found = rung;
    } else if (!end) {
        offer(pager, state);
    } else if (!pager->ended || state->cost < pager->end.cost) {
        pager->ended = true;
        pager->end = *state;
    }
}

/* Half lines left free at the foot. */
static int slack_of(const struct pager *pager, int bottom, int notes)
{
    int slack = pager->full - bottom - notes_height(pager->area, pager->style, notes);

    return slack < 0 ? 0 : slack;
}

/* A page may end before CUT, its text at BOTTOM, with WANTED lines of notes. */
static void end_page(struct filling *filling, struct cut cut, int bottom, int wanted,
                     int64_t cost, int32_t rung)
{
    struct pager *pager = filling->pager;
    int notes = settle_notes(pager, bottom, wanted), slack;
    struct state state = { .cut = cut, .from = filling->from };

    if (notes < 0 && !filling->desperate)
        return;
    if (notes < 0)
        notes = 0;              /* all go overleaf */
    slack = notes < wanted ? 0 : slack_of(pager, bottom, notes);
    if (slack > 2 * SHORT_MOST && !filling->desperate)
        return;
    cost += cost_short(pager, slack) + (notes < wanted ? COST_NOTE_CUT : 0);
    if (!filling->second)
        state.debt = (uint8_t)(slack > 15 ? 15 : slack);
    else if (!pager->galley->loose)
        cost += cost_unlike(abs(slack - filling->start.debt));
    state.carried = (uint32_t)(wanted - notes);
    state.cut.notes = filling->start.cut.notes + (uint32_t)notes;
    state.cost = filling->start.cost + cost;
    arrive(filling, &state, rung, false);
}

/* Of a last page whose text ends at BOTTOM. */
static int64_t cost_last(const struct pager *pager, int bottom)
{
    int least = pager->galley->loose ? LAST_LINES_LOOSE : LAST_LINES;
    int lack = least - bottom / 2, wanted = LAST_LINES_GOOD - bottom / 2;
    int64_t cost = wanted > 0 && !pager->galley->loose ? COST_LAST_GOOD * wanted : 0;

    return lack > 0 ? cost + (int64_t)COST_LAST * lack * lack : cost;
}

/* The part may end on this page. */
static void end_part(struct filling *filling, int bottom, int wanted, int64_t cost, int32_t rung)
{
    struct pager *pager = filling->pager;
    struct cut cut = { .block = (uint32_t)pager->galley->blocks.count };
    struct state state = { .cut = cut, .from = filling->from };

    if (settle_notes(pager, bottom, wanted) < wanted) {
        end_page(filling, cut, bottom, wanted, cost, rung);
        return;
    }
    if (filling->start.from >= 0)
        cost += cost_last(pager, bottom);
    state.cost = filling->start.cost + cost;
    state.cut.notes = filling->start.cut.notes + (uint32_t)wanted;
    arrive(filling, &state, rung, true);
}

/* Lines of notes called from the start of the page up to LINES lines of BLOCK. */
static int wanted_notes(const struct filling *filling, uint32_t block, int length, int lines)
{
    const struct pager *pager = filling->pager;
    uint32_t before = pager->called[block];

    if (lines > 0 && pager->called[block + 1] > before)
        before += (uint32_t)note_lines_called(pager->galley, block, length, lines);
    return (int)(before - filling->start.cut.notes);
}

/* Ends inside BLOCK, whose lines from FIRST on start at TOP. */
static void end_inside(struct filling *filling, uint32_t index, int length, int first, int top,
                       int64_t cost, int32_t rung)
{
    const struct pager *pager = filling->pager;
    const struct block *block = &pager->galley->blocks.item[index];
    bool notes = pager->called[index + 1] > filling->start.cut.notes;

    for (int line = first + 1; line < block->length[length].count; line++) {
        int bottom = top + block_height(pager->area, block, length, line - first);
        struct cut cut = { .block = index, .line = line, .length = (uint8_t)length };

        if (bottom > pager->full)
            break;
        if (!notes && !filling->desperate && bottom < pager->full - 2 * SHORT_MOST)
            continue;
        end_page(filling, cut, bottom, wanted_notes(filling, index, length, line),
                 cost + cost_inside(pager->style, block, length, line), rung);
    }
}

static void clear_layer(struct layer *layer)
{
    layer->low = MOST_HALVES + 1;
    layer->high = -1;
}

/* Reaches HEIGHT; keeps the cheaper way. */
static void reach(struct pager *pager, struct layer *layer, int height, int64_t cost,
                  int32_t below, int length)
{
    struct rung *rung;

    if (layer->high < 0)
        layer->low = height, layer->high = height - 1;
    while (layer->low > height)
        layer->rung[--layer->low] = -1;
    while (layer->high < height)
        layer->rung[++layer->high] = -1;
    if (layer->rung[height] < 0) {
        rung = VEC_PUSH(&pager->rungs);
        layer->rung[height] = (int32_t)(pager->rungs.count - 1);
    } else {
        rung = &pager->rungs.item[layer->rung[height]];
        if (rung->cost <= cost)
            return;
    }
    *rung = (struct rung){ cost, below, (uint8_t)length };
}

/* Puts the block in one length above a rung. */
static void put_length(struct filling *filling, uint32_t index, int length, int top,
                       int spread, int32_t below, struct layer *layer)
{
    struct pager *pager = filling->pager;
    const struct block *block = &pager->galley->blocks.item[index];
    int64_t cost = (below < 0 ? 0 : pager->rungs.item[below].cost) + length_cost(block, length);
    int end = top + block_height(pager->area, block, length, lines_of(block, length));

    cost += (int64_t)COST_SPREAD * spread * spread;
    if (block->boxes == 0)
        end_inside(filling, index, length, 0, top, cost, below);
    if (end > pager->full && below < 0 && block->boxes > 0 && length == block->boxes - 1)
        end = pager->full;      /* higher than any page */
    if (end <= pager->full)
        reach(pager, layer, end, cost, below, length + spread * LENGTH_SPREAD);
}

/* Ends after the block that LAYER stands on. */
static void end_after(struct filling *filling, uint32_t index, const struct layer *layer)
{
    const struct pager *pager = filling->pager;
    const struct block *block = &pager->galley->blocks.item[index];
    int wanted = wanted_notes(filling, index + 1, 0, 0);
    struct cut cut = { .block = index + 1 };

    for (int height = layer->low; height <= layer->high; height++) {
        int32_t rung = layer->rung[height];

        if (rung < 0)
            continue;
        if (index + 1 == pager->galley->blocks.count)
            end_part(filling, height, wanted, pager->rungs.item[rung].cost, rung);
        else
            end_page(filling, cut, height, wanted,
                     pager->rungs.item[rung].cost
                         + cost_after(block, pager->rungs.item[rung].length & LENGTH_MASK),
                     rung);
    }
}

/* What is left of the block that the page starts in. */
static void put_rest(struct filling *filling, struct layer *layer)
{
    struct pager *pager = filling->pager;
    const struct cut *cut = &filling->start.cut;
    const struct block *block = &pager->galley->blocks.item[cut->block];
    int rest = block->length[cut->length].count - (int)cut->line;
    int end = block_height(pager->area, block, cut->length, rest);

    end_inside(filling, cut->block, cut->length, (int)cut->line, 0, 0, -1);
    if (end <= pager->full)
        reach(pager, layer, end, 0, -1, cut->length);
}

static void put_block(struct filling *filling, uint32_t index, const struct layer *below,
                      struct layer *above)
{
    struct pager *pager = filling->pager;
    const struct block *block = &pager->galley->blocks.item[index];
    const struct block *before = below->high < 0 ? NULL : block - 1;
    int low = before == NULL ? 0 : below->low, high = before == NULL ? 0 : below->high;

    for (int height = low; height <= high; height++) {
        int32_t rung = before == NULL ? -1 : below->rung[height];
        int top = block_top(before, block, height, 0);

        if (before != NULL && rung < 0)
            continue;
        for (int length = 0; length < lengths_of(block); length++)
            put_length(filling, index, length, top, 0, rung, above);
        for (int spread = 1; before != NULL && spread <= block->spread; spread++)
            put_length(filling, index, 0, top + 2 * spread, spread, rung, above);
    }
}

/* Tries every filling of one page. */
static void fill(struct filling *filling)
{
    struct pager *pager = filling->pager;
    uint32_t index = filling->start.cut.block, count = (uint32_t)pager->galley->blocks.count;
    struct layer layers[2], *below = &layers[0], *above = &layers[1];

    pager->rungs.count = 0;
    filling->offered = 0;
    clear_layer(below);
    if (index == count) {
        end_part(filling, 0, wanted_notes(filling, count, 0, 0), 0, -1);
        return;
    }
    for (bool rest = filling->start.cut.line > 0; index < count; index++, rest = false) {
        struct layer *swap = below;

        clear_layer(above);
        if (rest)
            put_rest(filling, above);
        else
            put_block(filling, index, below, above);
        if (above->high < 0)
            break;
        end_after(filling, index, above);
        below = above;
        above = swap;
    }
}

static void fill_page(struct pager *pager, int32_t from, bool second,
                      const struct state *target, int32_t *found)
{
    struct filling filling = { .pager = pager, .start = pager->states.item[from], .from = from,
                               .second = second, .target = target, .found = -2 };

    fill(&filling);
    if (filling.offered == 0 && filling.found < -1) {
        filling.desperate = true;
        fill(&filling);
    }
    if (found != NULL)
        *found = filling.found;
}

/* ---- The whole part -------------------------------------------------------------------- */

static int height_of_page(const struct pager *pager, uint32_t page)
{
    int full = pager->area->lines * 2;

    if (pager->galley->head != NULL && page < (uint32_t)pager->galley->columns)
        full -= pager->galley->head->height;
    if (page < pager->galley->even_from
        && page + (uint32_t)pager->galley->columns >= pager->galley->even_from)
        full -= pager->galley->lent;
    if (pager->galley->even_height > 0 && page >= pager->galley->even_from
        && full > pager->galley->even_height)
        full = pager->galley->even_height;
    return full > MOST_HALVES ? MOST_HALVES : full;
}

static void keep_best(struct pager *pager)
{
    qsort(pager->next.item, pager->next.count, sizeof *pager->next.item, compare_states);
    for (size_t i = 0; i < pager->next.count && i < KEPT; i++)
        *VEC_PUSH(&pager->states) = pager->next.item[i];
    pager->next.count = 0;
    g_hash_table_remove_all(pager->seen);
}

static void search(struct pager *pager)
{
    size_t first = 0, end = 1;

    *VEC_PUSH(&pager->states) = (struct state){ .from = -1 };
    for (uint32_t page = 0; first < end; page++) {
        pager->full = height_of_page(pager, page);
        for (size_t i = first; i < end; i++)
            if (!pager->ended || pager->states.item[i].cost < pager->end.cost)
                fill_page(pager, (int32_t)i, page % 2 == 1, NULL, NULL);
        first = end;
        if (pager->next.count > 0)
            keep_best(pager);
        end = pager->states.count;
    }
}

static uint32_t count_pages(const struct pager *pager)
{
    uint32_t count = 1;

    for (int32_t i = pager->end.from; pager->states.item[i].from >= 0;
         i = pager->states.item[i].from)
        count++;
    return count;
}

/* Writes down the lengths on the way to STATE. */
static void trace_lengths(struct pager *pager, const struct state *state, uint32_t page,
                          uint8_t *length)
{
    const struct galley *galley = pager->galley;
    const struct cut *start = &pager->states.item[state->from].cut;
    uint32_t block = state->cut.block;
    int32_t rung;

    pager->full = height_of_page(pager, page);
    fill_page(pager, state->from, page % 2 == 1, state, &rung);
    if (state->cut.line > 0)
        length[block] = state->cut.length;
    for (; rung >= 0 && block > start->block; rung = pager->rungs.item[rung].below)
        length[--block] = pager->rungs.item[rung].length;
    if (start->line > 0 && start->block < galley->blocks.count)
        length[start->block] = start->length;
}

static struct pagination trace(struct pager *pager, struct arena *arena)
{
    struct pagination result = { .count = count_pages(pager), .cost = pager->end.cost };
    struct cut *cut = ARENA_ARRAY(arena, result.count + 1, struct cut);
    uint8_t *length = ARENA_ARRAY(arena, pager->galley->blocks.count + 1, uint8_t);
    struct state state = pager->end;

    for (uint32_t page = result.count; page-- > 0; state = pager->states.item[state.from]) {
        cut[page + 1] = state.cut;
        trace_lengths(pager, &state, page, length);
    }
    result.cut = cut;
    result.length = length;
    return result;
}

static const uint32_t *count_notes(const struct galley *galley, struct arena *arena)
{
    uint32_t *called = ARENA_ARRAY(arena, galley->blocks.count + 2, uint32_t);

    for (uint32_t i = 0; i < galley->blocks.count; i++)
        called[i + 1] = called[i] + (uint32_t)note_lines_called(galley, i, 0, -1);
    called[galley->blocks.count + 1] = called[galley->blocks.count];
    return called;
}

struct pagination paginate(const struct galley *galley, const struct area *area,
                           const struct style *style, struct arena *arena)
{
    struct pager pager = { .galley = galley, .area = area, .style = style };
    struct pagination result;

    pager.called = count_notes(galley, arena);
    pager.seen = g_hash_table_new(g_direct_hash, g_direct_equal);
    search(&pager);
    result = trace(&pager, arena);
    g_hash_table_destroy(pager.seen);
    free(pager.states.item);
    free(pager.next.item);
    free(pager.rungs.item);
    return result;
}

/* The columns of the last page, from EVEN_FROM on, as low as they can be. */
static void even_out(struct galley *galley, const struct area *area, const struct style *style,
                     struct arena *arena, struct pagination *best)
{
    uint32_t most = galley->even_from + (uint32_t)galley->columns;
    int low = 4, high = area->lines * 2;

    while (high - low > 2) {
        int middle = (low + high) / 4 * 2;
        struct pagination tried;

        galley->even_height = middle;
        tried = paginate(galley, area, style, arena);
        if (tried.count <= most) {
            *best = tried;
            high = middle;
        } else {
            low = middle;
        }
    }
    galley->even_height = high;
}

/* The columns of the last page even; those before lend it some lines where it
 * would have hardly any. */
static struct pagination paginate_even(struct galley *galley, const struct area *area,
                                       const struct style *style, struct arena *arena)
{
    struct pagination best = paginate(galley, area, style, arena);
    uint32_t columns = (uint32_t)galley->columns, pages = (best.count + columns - 1) / columns;

    galley->even_from = (pages - 1) * columns;
    even_out(galley, area, style, arena, &best);
    while (pages > 1 && galley->even_height < EVEN_LEAST && galley->lent < LENT_MOST) {
        galley->lent += 2;
        even_out(galley, area, style, arena, &best);
    }
    return best;
}

/* Each box that has one trades places with its close one. */
static void swap_close(struct galley *galley)
{
    for (size_t i = 0; i < galley->blocks.count; i++) {
        struct block *block = &galley->blocks.item[i];
        struct box *box = block->box[0];

        if (block->close == NULL)
            continue;
        block->box[0] = block->close;
        block->close = box;
    }
}

struct pagination paginate_part(struct galley *galley, const struct area *area,
                                const struct style *style, struct arena *arena)
{
    struct pagination best, close;

    if (galley->columns > 1)
        return paginate_even(galley, area, style, arena);
    best = paginate(galley, area, style, arena);
    if (!galley->closes || best.count == 1)
        return best;
    swap_close(galley);
    close = paginate(galley, area, style, arena);
    if (close.count < best.count)
        return close;
    swap_close(galley);
    return best;
}
