/* A set line as items of the display list. Its words are put side by side in
 * the order they are seen; those of one element, ink and height make one item,
 * and the words of one link one rectangle, or more where others part them. The
 * items then come in the order they are read. */
#include "layout/bidi.h"
#include "layout/line.h"
#include "layout/parts.h"

#include <stdlib.h>
#include <string.h>

/* A piece as it is put. */
struct slot {
    const struct piece *piece;
    const struct lexeme *lexeme;
    dim width, space;
    int64_t letters;            /* of its letters, those that space comes after */
    bool spaced;                /* a word space follows in the text, */
    uint8_t space_level;        /* of this level */
    bool hyphen;                /* put in by the breaker */
};

struct putter {
    struct arena *arena;
    const struct set_line *line;
    const struct parts *parts;
    const struct span *spans;
    dim x, y;
    item_list *items;
    linked *linked;
    void *context;
    struct slot *slots;
    size_t count;
    struct word *words;
    size_t word_count;
    int64_t glyphs, spaces;     /* passed so far, at scale 1 */
    int64_t letters;            /* passed, where they are spaced */
    const struct span *run;     /* span of the item being filled, NULL: none */
    uint32_t link, link_element;
    dim link_x, link_ascent, link_descent;
    const struct span *struck;  /* where the line through words began, NULL: none */
    const struct fount *struck_fount;
    dim struck_x;
};

/* ---- Slots ------------------------------------------------------------------------------ */

static void add_slot(struct putter *putter, uint32_t index)
{
    const struct parts *parts = putter->parts;
    const struct piece *piece = &parts->paragraph->piece[index];
    struct slot *slot = &putter->slots[putter->count++];

    slot->piece = piece;
    slot->width = parts_width(parts, index);
    slot->space = index < parts->last ? piece->space : 0;
    slot->spaced = piece->space > 0 || (index == parts->last && piece->kind == PIECE_BREAK);
    if (piece->kind == PIECE_WORD) {
        slot->lexeme = parts_lexeme(parts, index);
        slot->letters = parts->letter == 0 ? 0 : parts_letters(parts, index);
        if (index == parts->last && slot->lexeme != piece->lexeme)
            slot->spaced = false;
        return;
    }
    if (putter->count > 1 && (slot->spaced || piece->kind == PIECE_LEADER))
        putter->slots[putter->count - 2].spaced = true;
}

static void list_slots(struct putter *putter)
{
    const struct parts *parts = putter->parts;

    putter->slots = ARENA_ARRAY(putter->arena, (size_t)parts->last - parts->first + 2,
                                struct slot);
    for (uint32_t i = parts->first; i <= parts->last; i++)
        add_slot(putter, i);
    if (parts->hyphen != NULL) {
        struct slot *slot = &putter->slots[putter->count++];

        slot->piece = &parts->paragraph->piece[parts->last];
        slot->lexeme = parts->hyphen;
        slot->width = parts->hyphen->width;
        slot->hyphen = true;
    }
}

/* The level of what stands between slot INDEX and the next: of the space, or
 * where two words touch the lower of theirs. */
static uint8_t level_between(const struct slot *slots, size_t index, size_t count)
{
    const struct piece *piece = slots[index].piece;
    uint8_t level = piece->level;

    if (slots[index].spaced)
        return piece->space_level;
    if (index + 1 < count && slots[index + 1].piece->level < level)
        level = slots[index + 1].piece->level;
    return level;
}

/* Puts words and spaces in the order they are seen. Of the spaces each stands after
 * what is then before it. */
static void reorder(struct putter *putter)
{
    size_t count = putter->count * 2, kept = 0;
    struct slot *old = ARENA_ARRAY(putter->arena, putter->count, struct slot);
    uint8_t *level = ARENA_ARRAY(putter->arena, count, uint8_t);
    size_t *order = ARENA_ARRAY(putter->arena, count, size_t);
    bool spaced = putter->slots[putter->count - 1].spaced;

    memcpy(old, putter->slots, putter->count * sizeof *old);
    for (size_t i = 0; i < putter->count; i++) {
        level[2 * i] = old[i].piece->level;
        level[2 * i + 1] = level_between(old, i, putter->count);
    }
    bidi_order(level, count - 1, order);
    for (size_t i = 0; i < count - 1; i++) {
        const struct slot *from = &old[order[i] / 2];

        if (order[i] % 2 == 0) {
            putter->slots[kept] = *from;
            putter->slots[kept].space = 0;
            putter->slots[kept++].spaced = false;
        } else if (kept > 0 && from->spaced) {
            putter->slots[kept - 1].space += from->space;
            putter->slots[kept - 1].spaced = true;
            putter->slots[kept - 1].space_level = level[order[i]];
        }
    }
    putter->slots[kept - 1].spaced = spaced;
    putter->slots[kept - 1].space_level = 0;
}

/* ---- Words --------------------------------------------------------------------------------- */

/* Where the pen stands, from the room's left edge. */
static dim pen(const struct putter *putter)
{
    const struct parts *parts = putter->parts;
    int64_t x = parts->start + putter->glyphs * parts->stretch / 65536
        + putter->letters * parts->letter;

    if (parts->spaces > 0)
        x += putter->spaces * parts->spread / parts->spaces;
    return (dim)x;
}

static bool goes_on(const struct span *run, const struct span *span)
{
    return run != NULL && run->element == span->element && run->rise == span->rise
        && memcmp(&run->style->ink, &span->style->ink, sizeof run->style->ink) == 0;
}

static struct item *start_item(struct putter *putter, enum item_kind kind,
                               const struct span *span)
{
    struct item *item = VEC_PUSH(putter->items);

    item->kind = kind;
    item->element = span->element;
    item->ink = span->style != NULL ? span->style->ink : (struct ink){ 0, 0, 0 };
    item->x = putter->x + pen(putter);
    item->y = putter->y - span->rise;
    putter->run = NULL;
    return item;
}

static void put_lexeme(struct putter *putter, struct item *item, const struct slot *slot)
{
    const struct lexeme *lexeme = slot->lexeme;
    int64_t letters = putter->letters;

    for (uint16_t i = 0; i < lexeme->piece_count; i++) {
        struct word *word = &putter->words[putter->word_count++];

        word->x = putter->x + pen(putter) - item->x;
        word->shaped = lexeme->pieces[i];
        word->level = slot->piece->level;
        if (slot->hyphen)
            word->flags |= WORD_HYPHEN;
        if (slot->spaced && i + 1 == lexeme->piece_count) {
            word->flags |= WORD_SPACE;
            word->space_level = slot->space_level & 15;
        }
        item->words.count++;
        putter->glyphs += word->shaped->width;
        if (putter->parts->letter != 0)
            putter->letters += shape_letters(word->shaped);
    }
    putter->letters = letters + slot->letters;
}

static void put_word(struct putter *putter, const struct slot *slot, const struct span *span)
{
    struct item *item;

    if (slot->lexeme->piece_count == 0)
        return;
    if (!goes_on(putter->run, span)) {
        item = start_item(putter, ITEM_WORDS, span);
        item->words.word = &putter->words[putter->word_count];
        item->words.stretch = putter->parts->stretch;
        item->words.letter = putter->parts->letter;
        putter->run = span;
    }
    item = &putter->items->item[putter->items->count - 1];
    put_lexeme(putter, item, slot);
}

/* Dots on a grid that starts at the room's left edge, so that those of all lines
 * stand below each other. */
static void put_leader(struct putter *putter, const struct slot *slot, const struct span *span)
{
    const struct lexeme *dot = putter->parts->dot;
    dim from = pen(putter), to, pitch = dot->width * 2;
    struct item *item;
    struct word *words;

    putter->glyphs += slot->width;
    to = pen(putter);
    from += pitch / 2;
    from += (pitch - from % pitch) % pitch;
    if (dot->piece_count == 0 || to - from < pitch)
        return;
    item = start_item(putter, ITEM_WORDS, span);
    item->element = ELEMENT_ARTIFACT;
    item->x = putter->x + from;
    item->words.stretch = 65536;
    words = ARENA_ARRAY(putter->arena, (size_t)((to - from) / pitch + 1), struct word);
    item->words.word = words;
    for (dim x = from; x + dot->width + pitch / 4 <= to; x += pitch) {
        words[item->words.count].x = x - from;
        words[item->words.count++].shaped = dot->pieces[0];
    }
}

static void put_box(struct putter *putter, const struct slot *slot, const struct span *span)
{
    if (span->node != NULL && span->node->picture != NULL) {
        struct item *item = start_item(putter, ITEM_PICTURE, span);

        item->y -= span->height;
        item->picture.picture = span->node->picture;
        item->picture.width = span->width;
        item->picture.height = span->height + span->depth;
    }
    putter->glyphs += slot->width;
    putter->run = NULL;
}

/* ---- Links --------------------------------------------------------------------------------- */

static void end_link(struct putter *putter, dim to)
{
    if (putter->link != 0 && putter->linked != NULL && to > putter->link_x)
        putter->linked(putter->context, putter->link, putter->link_element,
                       putter->x + putter->link_x, putter->y - putter->link_ascent,
                       to - putter->link_x, putter->link_ascent + putter->link_descent);
    putter->link = 0;
}

/* What SLOT adds to the link being followed; TO is where the one before ended. */
static void follow_link(struct putter *putter, const struct slot *slot, const struct span *span,
                        dim to)
{
    dim ascent = putter->line->ascent, descent = putter->line->descent;

    if (slot->piece->kind == PIECE_MARK)
        return;
    if (span->link != putter->link || span->element != putter->link_element)
        end_link(putter, to);
    if (span->link == 0)
        return;
    if (slot->lexeme != NULL) {
        ascent = slot->lexeme->fount->face->ascent + span->rise;
        descent = slot->lexeme->fount->face->descent - span->rise;
    }
    if (putter->link == 0) {
        putter->link = span->link;
        putter->link_element = span->element;
        putter->link_x = pen(putter);
        putter->link_ascent = ascent;
        putter->link_descent = descent;
    }
    if (ascent > putter->link_ascent)
        putter->link_ascent = ascent;
    if (descent > putter->link_descent)
        putter->link_descent = descent;
}

/* ---- Words struck through ------------------------------------------------------------------- */

static void end_stroke(struct putter *putter, dim to)
{
    const struct span *span = putter->struck;
    struct item *item;

    putter->struck = NULL;
    if (span == NULL || to <= putter->struck_x)
        return;
    item = start_item(putter, ITEM_RULE, span);
    item->element = ELEMENT_ARTIFACT;
    item->x = putter->x + putter->struck_x;
    item->y -= putter->struck_fount->strike;
    item->rule.width = to - putter->struck_x;
    item->rule.height = putter->struck_fount->stroke;
}

/* A stroke goes through words of one height, and the spaces between them; TO is
 * where the slot before ended. */
static void follow_stroke(struct putter *putter, const struct slot *slot,
                          const struct span *span, dim to)
{
    if (slot->piece->kind == PIECE_MARK)
        return;
    if (putter->struck != NULL
        && (!span->struck || span->rise != putter->struck->rise
            || span->style->size != putter->struck->style->size))
        end_stroke(putter, to);
    if (!span->struck || slot->lexeme == NULL || putter->struck != NULL)
        return;
    putter->struck = span;
    putter->struck_fount = slot->lexeme->fount;
    putter->struck_x = pen(putter);
}

/* ---- The line ------------------------------------------------------------------------------- */

static void put_slot(struct putter *putter, const struct slot *slot)
{
    const struct span *span = &putter->spans[slot->piece->span];

    switch (slot->piece->kind) {
    case PIECE_WORD:
        put_word(putter, slot, span);
        break;
    case PIECE_BOX:
        put_box(putter, slot, span);
        break;
    case PIECE_LEADER:
        put_leader(putter, slot, span);
        break;
    default:
        break;
    }
}

static void put_slots(struct putter *putter)
{
    size_t words = 0;
    dim to = 0;

    for (size_t i = 0; i < putter->count; i++)
        if (putter->slots[i].lexeme != NULL)
            words += putter->slots[i].lexeme->piece_count;
    putter->words = ARENA_ARRAY(putter->arena, words, struct word);
    for (size_t i = 0; i < putter->count; i++) {
        const struct slot *slot = &putter->slots[i];

        follow_link(putter, slot, &putter->spans[slot->piece->span], to);
        follow_stroke(putter, slot, &putter->spans[slot->piece->span], to);
        put_slot(putter, slot);
        to = pen(putter);
        putter->spaces += slot->space;
    }
    end_link(putter, to);
    end_stroke(putter, to);
}

/* The level that all of an item's words have at least; what has no words is read
 * with what stands before it, which is of level BEFORE. */
static uint8_t level_of(const struct item *item, uint8_t before)
{
    uint8_t least = BIDI_LEVELS - 1;

    if (item->kind != ITEM_WORDS)
        return before;
    for (uint32_t i = 0; i < item->words.count; i++)
        if (item->words.word[i].level < least)
            least = item->words.word[i].level;
    return least;
}

/* Puts the items from FIRST on in the order they are read. */
static void put_in_reading_order(struct putter *putter, size_t first)
{
    size_t count = putter->items->count - first;
    struct item *item = putter->items->item + first;
    struct item *seen = ARENA_ARRAY(putter->arena, count, struct item);
    uint8_t *level = ARENA_ARRAY(putter->arena, count, uint8_t), before = 0;
    size_t *order = ARENA_ARRAY(putter->arena, count, size_t);

    for (size_t i = 0; i < count; i++) {
        seen[i] = item[i];
        level[i] = before = level_of(&item[i], before);
    }
    bidi_read(level, count, order);
    for (size_t i = 0; i < count; i++)
        item[i] = seen[order[i]];
}

void set_line_put(struct arena *arena, const struct set_line *line, const struct span *span,
                  dim x, dim y, item_list *items, linked *told, void *context)
{
    struct putter putter = { .arena = arena, .line = line, .parts = line->parts, .spans = span,
                             .x = x, .y = y, .items = items, .linked = told,
                             .context = context };
    size_t first = items->count;

    if (putter.parts->last < putter.parts->first
        || putter.parts->first >= putter.parts->paragraph->count)
        return;
    list_slots(&putter);
    if (putter.parts->paragraph->bidi)
        reorder(&putter);
    put_slots(&putter);
    if (putter.parts->paragraph->bidi)
        put_in_reading_order(&putter, first);
}
