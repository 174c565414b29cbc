/* The objects are walked once for each page, and once for what the catalog and
 * the trailer hold; a walk never enters a page but its own. */
#include "pdf/graph.h"
#include "base/memory.h"

#include <stdlib.h>

enum { MEMBERS = 200, NOBODY = -1 };

struct usage {
    bool first;                 /* by the first page */
    int pages;                  /* other pages: 0, 1, 2 for more */
    uint32_t page;              /* the last of them */
    bool others, outlines;
};

struct walker {
    const struct object_file *file;
    const struct roots *roots;
    struct graph *graph;
    struct usage *usage;        /* by object, then by unit */
    uint32_t *seen;             /* by object: the walk that saw it last */
    uint32_t walk;
    bool *is_page;
    VEC(int) stack;
    VEC(uint32_t) used;         /* objects of every page */
    size_t *used_from;
};

/* ---- Walks -------------------------------------------------------------------- */

static void meet(struct walker *walker, int number)
{
    if (number >= walker->file->next || walker->seen[number] == walker->walk
        || walker->is_page[number] || walker->file->object.item[number].length == 0)
        return;
    walker->seen[number] = walker->walk;
    *VEC_PUSH(&walker->stack) = number;
}

static void meet_references(struct walker *walker, int number, int but)
{
    const struct object *object = &walker->file->object.item[number];
    const char *at = walker->file->out.data + object->start, *end = at + object->head, *start;
    int reference;

    while ((reference = object_reference(&at, end, &start)) != 0)
        if (reference != but)
            meet(walker, reference);
}

/* Every object reached from what is on the stack. */
static void walk(struct walker *walker, void (*note)(struct walker *, int))
{
    while (walker->stack.count > 0) {
        int number = walker->stack.item[--walker->stack.count];

        note(walker, number);
        meet_references(walker, number, 0);
    }
}

static void note_page(struct walker *walker, int number)
{
    struct usage *usage = &walker->usage[number];
    uint32_t page = walker->walk;

    *VEC_PUSH(&walker->used) = (uint32_t)number;
    if (page == 0) {
        usage->first = true;
    } else {
        usage->pages += usage->pages < 2;
        usage->page = page;
    }
}

static void note_other(struct walker *walker, int number)
{
    walker->usage[number].others = true;
}

static void note_outline(struct walker *walker, int number)
{
    walker->usage[number].outlines = true;
}

static void walk_pages(struct walker *walker)
{
    const struct roots *roots = walker->roots;

    for (uint32_t i = 0; i < roots->page_count; i++) {
        walker->walk = i;
        walker->used_from[i] = walker->used.count;
        note_page(walker, roots->page[i]);
        meet_references(walker, roots->page[i], roots->tree);
        walk(walker, note_page);
    }
    walker->used_from[roots->page_count] = walker->used.count;
}

static void walk_rest(struct walker *walker)
{
    const struct roots *roots = walker->roots;

    walker->walk = roots->page_count;
    meet_references(walker, roots->catalog, roots->outlines);
    meet(walker, roots->info);
    walk(walker, note_other);
    walker->walk++;
    if (roots->outlines != 0)
        meet(walker, roots->outlines);
    walk(walker, note_outline);
}

/* ---- Units ---------------------------------------------------------------------- */

static struct unit *add_unit(struct graph *graph, int *members, int number)
{
    struct unit *unit = &graph->unit[graph->units++];

    unit->member = &graph->member[*members];
    unit->count = 1;
    graph->member[(*members)++] = number;
    graph->unit_of[number] = graph->units - 1;
    return unit;
}

/* Objects that go into the same streams. */
static int group_of(const struct usage *usage)
{
    return usage->outlines ? 0 : usage->first ? 1 : usage->pages > 0 ? 2 : usage->others ? 3
        : NOBODY;
}

static bool stands_alone(const struct walker *walker, int number)
{
    return walker->file->object.item[number].stream || walker->is_page[number]
        || number == walker->roots->catalog || number == walker->roots->tree;
}

static void add_single_units(struct walker *walker, int *members)
{
    for (int i = 1; i < walker->file->next; i++) {
        bool catalog = i == walker->roots->catalog;

        if (catalog || (stands_alone(walker, i) && group_of(&walker->usage[i]) != NOBODY))
            add_unit(walker->graph, members, i)->is_page = walker->is_page[i];
    }
}

/* The outlines' root comes first of its group, since it stands for all. */
static void add_streams(struct walker *walker, int *members, int group)
{
    struct unit *unit = NULL;

    if (group == 0 && walker->roots->outlines != 0) {
        unit = add_unit(walker->graph, members, walker->roots->outlines);
        unit->compressed = true;
    }
    for (int i = 1; i < walker->file->next; i++) {
        if (walker->graph->unit_of[i] != NOBODY || group_of(&walker->usage[i]) != group
            || stands_alone(walker, i))
            continue;
        if (unit == NULL || unit->count == MEMBERS) {
            unit = add_unit(walker->graph, members, i);
            unit->compressed = true;
            continue;
        }
        walker->graph->unit_of[i] = walker->graph->units - 1;
        walker->graph->member[(*members)++] = i;
        unit->count++;
    }
}

static void join_usage(struct usage *all, const struct usage *one)
{
    all->first = all->first || one->first;
    all->others = all->others || one->others;
    all->outlines = all->outlines || one->outlines;
    if (all->pages == 1 && one->pages == 1 && all->page != one->page)
        all->pages = 2;
    else if (one->pages > all->pages)
        all->pages = one->pages;
    if (one->pages > 0)
        all->page = one->page;
}

static void classify(struct walker *walker, struct unit *unit)
{
    struct usage all = {0};

    for (int i = 0; i < unit->count; i++)
        join_usage(&all, &walker->usage[unit->member[i]]);
    unit->page = all.page;
    if (unit->member[0] == walker->roots->catalog)
        unit->class = UNIT_CATALOG;
    else if (all.outlines)
        unit->class = UNIT_OUTLINES;
    else if (all.first)
        unit->class = UNIT_FIRST_PAGE;
    else if (all.pages == 1 && !all.others)
        unit->class = UNIT_PAGE;
    else
        unit->class = all.pages > 1 ? UNIT_SHARED : UNIT_OTHER;
}

/* What each page but the first uses and does not have for itself. */
static void list_shared(struct walker *walker)
{
    struct graph *graph = walker->graph;
    uint32_t *seen = memory_new((size_t)graph->units + 1, sizeof *seen);
    size_t count = 0;

    graph->shared = memory_new(walker->used.count + 1, sizeof *graph->shared);
    graph->shared_from = memory_new(walker->roots->page_count + 1U,
                                    sizeof *graph->shared_from);
    for (uint32_t page = 1; page < walker->roots->page_count; page++) {
        graph->shared_from[page] = count;
        for (size_t i = walker->used_from[page]; i < walker->used_from[page + 1]; i++) {
            int unit = graph->unit_of[walker->used.item[i]];
            enum unit_class class = graph->unit[unit].class;

            if (seen[unit] == page || class == UNIT_PAGE || class == UNIT_OTHER)
                continue;
            seen[unit] = page;
            graph->shared[count++] = (uint32_t)unit;
        }
    }
    graph->shared_from[walker->roots->page_count] = count;
    free(seen);
}

static void open_walker(struct walker *walker)
{
    size_t count = (size_t)walker->file->next + 1;

    walker->usage = memory_new(count, sizeof *walker->usage);
    walker->seen = memory_new(count, sizeof *walker->seen);
    walker->is_page = memory_new(count, sizeof *walker->is_page);
    walker->used_from = memory_new(walker->roots->page_count + 1U,
                                   sizeof *walker->used_from);
    for (size_t i = 0; i < count; i++)
        walker->seen[i] = UINT32_MAX;
    for (uint32_t i = 0; i < walker->roots->page_count; i++)
        walker->is_page[walker->roots->page[i]] = true;
}

static void close_walker(struct walker *walker)
{
    free(walker->usage);
    free(walker->seen);
    free(walker->is_page);
    free(walker->used_from);
    free(walker->stack.item);
    free(walker->used.item);
}

struct graph *graph_new(const struct object_file *file, const struct roots *roots)
{
    struct graph *graph = memory_new(1, sizeof *graph);
    struct walker walker = { .file = file, .roots = roots, .graph = graph };
    size_t count = (size_t)file->next + 1;
    int members = 0;

    graph->unit = memory_new(count, sizeof *graph->unit);
    graph->member = memory_new(count, sizeof *graph->member);
    graph->unit_of = memory_new(count, sizeof *graph->unit_of);
    for (size_t i = 0; i < count; i++)
        graph->unit_of[i] = NOBODY;
    open_walker(&walker);
    walk_pages(&walker);
    walk_rest(&walker);
    add_single_units(&walker, &members);
    for (int group = 0; group <= 3; group++)
        add_streams(&walker, &members, group);
    for (int i = 0; i < graph->units; i++)
        classify(&walker, &graph->unit[i]);
    list_shared(&walker);
    close_walker(&walker);
    return graph;
}

void graph_free(struct graph *graph)
{
    if (graph == NULL)
        return;
    free(graph->unit);
    free(graph->member);
    free(graph->unit_of);
    free(graph->shared);
    free(graph->shared_from);
    free(graph);
}
