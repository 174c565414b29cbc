/* Kids are kept as lists through one array, for thousands of pages; then every
 * element that appears is written once, and the parent tree over them. */
#include "pdf/structure.h"
#include "base/memory.h"
#include "pdf/finish.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

enum { NONE = -1, DEEPEST_HEADING = 6, LEAF_KEYS = 64 };

enum kid_kind { KID_ELEMENT, KID_MARK, KID_LINK, KID_PHRASE };

struct kid {
    enum kid_kind kind;
    int value;                  /* element, mark's id, annotation's object, phrase */
    uint32_t sheet;
    int next;
};

struct state {                  /* of an element */
    int first, last;            /* kids */
    int object;                 /* 0: not seen */
    int level;                  /* HEADING: as written */
    bool used;                  /* something belongs to it or below */
    bool bullets;               /* L: its items have signs before them */
    bool block;                 /* QUOTE: has blocks in it */
    bool placed;                /* FIGURE: box is known */
    uint32_t sheet;             /* of the box */
    dim box[4];                 /* left, top, right, bottom, from the trim's corner */
};

struct phrase {                 /* that tells its text itself */
    uint32_t element;           /* that it is a kid of */
    uint32_t sheet;
    int mcid, object;
    char *text;
};

struct structure {
    const struct sheets *sheets;
    struct state *state;
    VEC(struct kid) kids;
    VEC(struct phrase) phrases;
    VEC(uint32_t) owners;       /* of every mark, sheet by sheet: an element, or a
                                   phrase, counted after all elements */
    size_t *owners_from;        /* of each sheet; one more at the end */
    VEC(uint32_t) link_owners;
};

static const char *const names[ELEMENT_KINDS] = {
    [ELEMENT_DOCUMENT] = "Document", [ELEMENT_PART] = "Part", [ELEMENT_SECT] = "Sect",
    [ELEMENT_P] = "P", [ELEMENT_L] = "L", [ELEMENT_LI] = "LI", [ELEMENT_LBL] = "Lbl",
    [ELEMENT_LBODY] = "LBody", [ELEMENT_TOC] = "TOC", [ELEMENT_TOCI] = "TOCI",
    [ELEMENT_LINK] = "Link", [ELEMENT_FIGURE] = "Figure", [ELEMENT_CAPTION] = "Caption",
    [ELEMENT_TABLE] = "Table", [ELEMENT_TR] = "TR", [ELEMENT_TH] = "TH", [ELEMENT_TD] = "TD",
    [ELEMENT_NOTE] = "Note", [ELEMENT_SPAN] = "Span", [ELEMENT_CODE] = "Code",
    [ELEMENT_INDEX] = "Index", [ELEMENT_REFERENCE] = "Reference",
};

static const struct element *element_of(const struct structure *structure, uint32_t element)
{
    return &structure->sheets->elements[element];
}

const char *structure_tag(const struct structure *structure, uint32_t element)
{
    static const char *const headings[] = { "H1", "H1", "H2", "H3", "H4", "H5", "H6" };

    if (element == ELEMENT_ARTIFACT)
        return NULL;
    switch (element_of(structure, element)->kind) {
    case ELEMENT_HEADING: return headings[structure->state[element].level];
    case ELEMENT_QUOTE: return structure->state[element].block ? "BlockQuote" : "Quote";
    default: return names[element_of(structure, element)->kind];
    }
}

/* ---- What the elements are like ------------------------------------------------ */

static void use(struct structure *structure, uint32_t element)
{
    while (element != ELEMENT_ARTIFACT && !structure->state[element].used) {
        structure->state[element].used = true;
        element = element_of(structure, element)->parent;
    }
}

static void widen(dim box[4], dim left, dim top, dim right, dim bottom)
{
    box[0] = left < box[0] ? left : box[0];
    box[1] = top < box[1] ? top : box[1];
    box[2] = right > box[2] ? right : box[2];
    box[3] = bottom > box[3] ? bottom : box[3];
}

/* Where an item's ink lies. */
static void widen_by_item(dim box[4], const struct item *item)
{
    const struct word *last = item->kind == ITEM_WORDS && item->words.count > 0
        ? &item->words.word[item->words.count - 1] : NULL;

    switch (item->kind) {
    case ITEM_WORDS:
        if (last != NULL)
            widen(box, item->x, item->y - last->shaped->face->ascent,
                  item->x + last->x + last->shaped->width,
                  item->y + last->shaped->face->descent);
        break;
    case ITEM_RULE:
        widen(box, item->x, item->y, item->x + item->rule.width, item->y + item->rule.height);
        break;
    case ITEM_PICTURE:
        widen(box, item->x, item->y, item->x + item->picture.width,
              item->y + item->picture.height);
        break;
    case ITEM_MATRIX:
        widen(box, item->x, item->y, item->x + item->matrix.side, item->y + item->matrix.side);
        break;
    case ITEM_SHAPE:
        for (uint32_t i = 0; i < item->shape.count; i++) {
            const struct shape_step *step = &item->shape.step[i];
            int points = step->op == SHAPE_CURVE ? 3 : step->op == SHAPE_CLOSE ? 0 : 1;

            for (int k = 0; k < points; k++)
                widen(box, item->x + step->x[k], item->y + step->y[k],
                      item->x + step->x[k], item->y + step->y[k]);
        }
        break;
    }
}

/* The figure that an item belongs to gets its box, on its first page. */
static void box_figure(struct structure *structure, uint32_t sheet, uint32_t element,
                       const struct item *item)
{
    struct state *state;

    while (element != 0 && element_of(structure, element)->kind != ELEMENT_FIGURE)
        element = element_of(structure, element)->parent;
    state = &structure->state[element];
    if (element == 0 || (state->placed && state->sheet != sheet))
        return;
    if (!state->placed) {
        state->placed = true;
        state->sheet = sheet;
        state->box[0] = state->box[1] = INT32_MAX;
        state->box[2] = state->box[3] = INT32_MIN;
    }
    widen_by_item(state->box, item);
}

/* A label that is one sign, and no letter or figure, makes its list a bulleted
 * one. */
static void note_bullet(struct structure *structure, uint32_t element, const struct item *item)
{
    const struct shaped *label;

    if (element_of(structure, element)->kind != ELEMENT_LBL || item->kind != ITEM_WORDS
        || item->words.count != 1)
        return;
    label = item->words.word[0].shaped;
    if (!g_unichar_isalnum(g_utf8_get_char(label->text))
        && g_utf8_strlen(label->text, label->bytes) == 1)
        structure->state[element_of(structure, element_of(structure, element)->parent)->parent]
            .bullets = true;
}

static void look_at_sheet(struct structure *structure, uint32_t index)
{
    const struct sheet *sheet = &structure->sheets->sheet[index];

    for (uint32_t i = 0; sheet->page != NULL && i < sheet->page->item_count; i++) {
        uint32_t element = sheet_element(sheet, sheet->page->items[i].element);

        use(structure, element);
        if (element == ELEMENT_ARTIFACT)
            continue;
        box_figure(structure, index, element, &sheet->page->items[i]);
        note_bullet(structure, element, &sheet->page->items[i]);
    }
    for (uint32_t i = 0; sheet->page != NULL && i < sheet->page->link_count; i++)
        use(structure, sheet_element(sheet, sheet->page->links[i].element));
}

static bool is_phrase(enum element_kind kind)
{
    return kind == ELEMENT_LINK || kind == ELEMENT_SPAN || kind == ELEMENT_CODE
        || kind == ELEMENT_REFERENCE || kind == ELEMENT_NOTE || kind == ELEMENT_LBL;
}

/* Headings never skip a level, whatever the text did; quotations of whole
 * blocks are told from those within a line. */
static void look_at_elements(struct structure *structure)
{
    int level = 0;

    for (uint32_t i = 1; i < structure->sheets->element_count; i++) {
        const struct element *element = element_of(structure, i);
        struct state *state = &structure->state[i], *parent = &structure->state[element->parent];

        if (!state->used)
            continue;
        if (!is_phrase(element->kind))
            parent->block = true;
        if (element->kind != ELEMENT_HEADING)
            continue;
        state->level = element->level <= level ? element->level : level + 1;
        state->level = state->level < 1 ? 1
            : state->level > DEEPEST_HEADING ? DEEPEST_HEADING : state->level;
        level = state->level;
    }
}

struct structure *structure_new(const struct sheets *sheets)
{
    struct structure *structure = memory_new(1, sizeof *structure);

    structure->sheets = sheets;
    structure->state = memory_new(sheets->element_count + 1, sizeof *structure->state);
    structure->owners_from = memory_new(sheets->count + 1, sizeof *structure->owners_from);
    for (uint32_t i = 0; i < sheets->element_count; i++)
        structure->state[i].first = structure->state[i].last = NONE;
    for (uint32_t i = 0; i < sheets->count; i++)
        look_at_sheet(structure, i);
    look_at_elements(structure);
    return structure;
}

void structure_free(struct structure *structure)
{
    if (structure == NULL)
        return;
    free(structure->state);
    free(structure->owners_from);
    for (size_t i = 0; i < structure->phrases.count; i++)
        free(structure->phrases.item[i].text);
    free(structure->phrases.item);
    free(structure->kids.item);
    free(structure->owners.item);
    free(structure->link_owners.item);
    free(structure);
}

/* ---- Kids ------------------------------------------------------------------------ */

static void add_kid(struct structure *structure, uint32_t parent, struct kid kid)
{
    struct state *state = &structure->state[parent];
    int index = (int)structure->kids.count;

    kid.next = NONE;
    *VEC_PUSH(&structure->kids) = kid;
    if (state->last == NONE)
        state->first = index;
    else
        structure->kids.item[state->last].next = index;
    state->last = index;
}

static bool is_cell(enum element_kind kind)
{
    return kind == ELEMENT_TD || kind == ELEMENT_TH;
}

static void appear(struct structure *structure, uint32_t element, uint32_t sheet);

/* A row appears with all its cells, empty ones too. */
static void appear_cells(struct structure *structure, uint32_t row, uint32_t sheet)
{
    for (uint32_t i = row + 1; i < structure->sheets->element_count; i++) {
        if (element_of(structure, i)->parent < row)
            return;
        if (element_of(structure, i)->parent == row && is_cell(element_of(structure, i)->kind))
            appear(structure, i, sheet);
    }
}

/* At its first appearance an element becomes a kid of its parent, and so does
 * that of its own. */
static void appear(struct structure *structure, uint32_t element, uint32_t sheet)
{
    struct state *state = &structure->state[element];

    if (state->object == 0 && element != 0)     /* a row may bring its cell along */
        appear(structure, element_of(structure, element)->parent, sheet);
    if (state->object != 0)
        return;
    state->object = 1;                          /* numbered when written */
    if (element != 0)
        add_kid(structure, element_of(structure, element)->parent,
                (struct kid){ KID_ELEMENT, (int)element, sheet, NONE });
    if (element_of(structure, element)->kind == ELEMENT_TR)
        appear_cells(structure, element, sheet);
}

void structure_mark(struct structure *structure, uint32_t sheet, uint32_t element, int mcid,
                    const char *text)
{
    uint32_t owner = element;

    appear(structure, element, sheet);
    if (text != NULL) {
        int phrase = (int)structure->phrases.count;

        *VEC_PUSH(&structure->phrases) = (struct phrase){ element, sheet, mcid, 0,
                                                          g_strdup(text) };
        add_kid(structure, element, (struct kid){ KID_PHRASE, phrase, sheet, NONE });
        owner = structure->sheets->element_count + (uint32_t)phrase;
    } else {
        add_kid(structure, element, (struct kid){ KID_MARK, mcid, sheet, NONE });
    }
    *VEC_PUSH(&structure->owners) = owner;
    structure->owners_from[sheet + 1] = structure->owners.count;
}

int structure_link(struct structure *structure, uint32_t sheet, uint32_t element, int annotation)
{
    appear(structure, element, sheet);
    add_kid(structure, element, (struct kid){ KID_LINK, annotation, sheet, NONE });
    *VEC_PUSH(&structure->link_owners) = element;
    return (int)(structure->sheets->count + structure->link_owners.count - 1);
}

/* ---- Writing ----------------------------------------------------------------------- */

/* Numbers the elements that appeared, and the phrases. */
static void number_elements(struct structure *structure, struct object_file *file)
{
    for (uint32_t i = 0; i < structure->sheets->element_count; i++)
        if (structure->state[i].object != 0)
            structure->state[i].object = object_take(file, 1);
    for (size_t i = 0; i < structure->phrases.count; i++)
        structure->phrases.item[i].object = object_take(file, 1);
}

/* The page that most of an element's marks need not name: its first mark's. */
static int first_sheet(const struct structure *structure, const struct state *state)
{
    for (int i = state->first; i != NONE; i = structure->kids.item[i].next)
        if (structure->kids.item[i].kind == KID_MARK)
            return (int)structure->kids.item[i].sheet;
    return NONE;
}

static void put_kid(const struct structure *structure, const struct finishing *finishing,
                    const struct kid *kid, int sheet, struct buf *out)
{
    int page = finishing->page[kid->sheet];

    switch (kid->kind) {
    case KID_ELEMENT:
        put_ref(out, structure->state[kid->value].object);
        break;
    case KID_MARK:
        if ((int)kid->sheet == sheet) {
            buf_putc(out, ' ');
            put_number(out, kid->value);
            break;
        }
        buf_printf(out, " <</Type /MCR /Pg %d 0 R /MCID %d>>", page, kid->value);
        break;
    case KID_PHRASE:
        put_ref(out, structure->phrases.item[kid->value].object);
        break;
    case KID_LINK:
        buf_printf(out, " <</Type /OBJR /Pg %d 0 R /Obj %d 0 R>>", page, kid->value);
        break;
    }
}

static void put_box(const struct structure *structure, const struct state *state,
                    struct buf *out)
{
    const struct sheet *sheet = &structure->sheets->sheet[state->sheet];

    buf_puts(out, " /A <</O /Layout /Placement /Block /BBox [");
    put_points(out, state->box[0] + sheet->bleed);
    put_points(out, sheet->height + sheet->bleed - state->box[3]);
    put_points(out, state->box[2] + sheet->bleed);
    put_points(out, sheet->height + sheet->bleed - state->box[1]);
    buf_puts(out, "]>>");
}

static void put_attributes(const struct structure *structure, uint32_t index, struct buf *out)
{
    const struct element *element = element_of(structure, index);
    const struct state *state = &structure->state[index];

    if (element->lang != NULL) {
        buf_puts(out, " /Lang ");
        put_text(out, element->lang);
    }
    if (element->kind == ELEMENT_FIGURE) {
        buf_puts(out, " /Alt ");
        put_text(out, element->alt != NULL ? element->alt : "");
    }
    if (element->id != NULL) {
        buf_puts(out, " /ID ");
        put_text(out, element->id);
    }
    if (element->kind == ELEMENT_FIGURE && state->placed)
        put_box(structure, state, out);
    if (element->kind == ELEMENT_L)
        buf_printf(out, " /A <</O /List /ListNumbering /%s>>",
                   element->ordered ? "Decimal" : state->bullets ? "Disc" : "None");
    if (element->kind == ELEMENT_TH)
        buf_puts(out, " /A <</O /Table /Scope /Column>>");
}

static void write_element(const struct structure *structure, struct finishing *finishing,
                          uint32_t index, int root)
{
    const struct state *state = &structure->state[index];
    struct buf *out = &finishing->file.out;
    int parent = index == 0 ? root : structure->state[element_of(structure, index)->parent].object;
    int sheet = first_sheet(structure, state);

    object_begin(&finishing->file, state->object);
    buf_printf(out, "<</Type /StructElem /S /%s /P %d 0 R", structure_tag(structure, index),
               parent);
    if (sheet != NONE)
        buf_printf(out, " /Pg %d 0 R", finishing->page[sheet]);
    put_attributes(structure, index, out);
    buf_puts(out, " /K [");
    for (int i = state->first; i != NONE; i = structure->kids.item[i].next)
        put_kid(structure, finishing, &structure->kids.item[i], sheet, out);
    buf_puts(out, "]>>");
    object_end(&finishing->file);
}

static void write_phrase(const struct structure *structure, struct finishing *finishing,
                         const struct phrase *phrase)
{
    struct buf *out = &finishing->file.out;

    object_begin(&finishing->file, phrase->object);
    buf_printf(out, "<</Type /StructElem /S /" STRUCTURE_PHRASE " /P %d 0 R /Pg %d 0 R /ActualText ",
               structure->state[phrase->element].object, finishing->page[phrase->sheet]);
    put_text(out, phrase->text);
    buf_printf(out, " /K %d>>", phrase->mcid);
    object_end(&finishing->file);
}

static int owner_object(const struct structure *structure, uint32_t owner)
{
    uint32_t elements = structure->sheets->element_count;

    return owner < elements ? structure->state[owner].object
                            : structure->phrases.item[owner - elements].object;
}

/* The value of a key of the parent tree: a sheet's marks, or a link. */
static void put_owner(const struct structure *structure, uint32_t key, struct buf *out)
{
    uint32_t sheets = structure->sheets->count;

    buf_printf(out, " %u", (unsigned)key);
    if (key >= sheets) {
        put_ref(out, structure->state[structure->link_owners.item[key - sheets]].object);
        return;
    }
    buf_puts(out, " [");
    for (size_t i = structure->owners_from[key]; i < structure->owners_from[key + 1]; i++)
        put_ref(out, owner_object(structure, structure->owners.item[i]));
    buf_putc(out, ']');
}

/* A number tree of two levels (ISO 32000-1, 7.9.7). */
static int write_parents(struct structure *structure, struct object_file *file)
{
    uint32_t keys = structure->sheets->count + (uint32_t)structure->link_owners.count;
    int leaves = (int)((keys + LEAF_KEYS - 1) / LEAF_KEYS);
    int root = object_take(file, 1 + leaves);

    for (uint32_t i = 1; i <= structure->sheets->count; i++)
        if (structure->owners_from[i] < structure->owners_from[i - 1])
            structure->owners_from[i] = structure->owners_from[i - 1];
    object_begin(file, root);
    buf_puts(&file->out, "<</Kids [");
    for (int leaf = 0; leaf < leaves; leaf++)
        put_ref(&file->out, root + 1 + leaf);
    buf_puts(&file->out, "]>>");
    object_end(file);
    for (int leaf = 0; leaf < leaves; leaf++) {
        uint32_t first = (uint32_t)leaf * LEAF_KEYS, end = first + LEAF_KEYS;

        end = end < keys ? end : keys;
        object_begin(file, root + 1 + leaf);
        buf_printf(&file->out, "<</Limits [%u %u] /Nums [", (unsigned)first, (unsigned)end - 1);
        for (uint32_t key = first; key < end; key++)
            put_owner(structure, key, &file->out);
        buf_puts(&file->out, "]>>");
        object_end(file);
    }
    return root;
}

struct named { const char *id; int object; };

static int by_id(const void *a, const void *b)
{
    return strcmp(((const struct named *)a)->id, ((const struct named *)b)->id);
}

/* The elements that have ids, as a name tree in one node; nothing without any. */
static void put_ids(const struct structure *structure, struct buf *out)
{
    VEC(struct named) list = {0};

    for (uint32_t i = 0; i < structure->sheets->element_count; i++)
        if (structure->state[i].object != 0 && element_of(structure, i)->id != NULL)
            *VEC_PUSH(&list) = (struct named){ element_of(structure, i)->id,
                                               structure->state[i].object };
    if (list.count == 0)
        return;
    qsort(list.item, list.count, sizeof *list.item, by_id);
    buf_puts(out, " /IDTree <</Names [");
    for (size_t i = 0; i < list.count; i++) {
        put_text(out, list.item[i].id);
        put_ref(out, list.item[i].object);
    }
    buf_puts(out, "]>>");
    free(list.item);
}

void structure_write(struct structure *structure, struct finishing *finishing)
{
    struct object_file *file = &finishing->file;
    int root = object_take(file, 1), parents;

    structure->state[0].object = 1;
    number_elements(structure, file);
    for (uint32_t i = 0; i < structure->sheets->element_count; i++)
        if (structure->state[i].object != 0)
            write_element(structure, finishing, i, root);
    for (size_t i = 0; i < structure->phrases.count; i++)
        write_phrase(structure, finishing, &structure->phrases.item[i]);
    parents = write_parents(structure, file);
    object_begin(file, root);
    buf_printf(&file->out, "<</Type /StructTreeRoot /K [%d 0 R] /ParentTree %d 0 R "
               "/ParentTreeNextKey %zu", structure->state[0].object, parents,
               structure->sheets->count + structure->link_owners.count);
    put_ids(structure, &file->out);
    buf_puts(&file->out, ">>");
    object_end(file);
    buf_printf(&finishing->catalog, " /StructTreeRoot %d 0 R /MarkInfo <</Marked true>>", root);
}
