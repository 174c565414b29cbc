/* References to pages: labels, and runs of pages for the index. */
#include "layout/refs.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

struct trial { struct arena *arena; struct refs *refs; struct node *node; };

/* A node of page references to the pages named, by their ids "p1", "p2", … */
static struct trial trial_new(const char *ids[], size_t count)
{
    struct trial trial = { arena_new(), refs_new(), NULL };

    trial.node = node_new(trial.arena, NODE_PAGE_REFS, (struct place){ "test", 1, 1 });
    for (uint32_t page = 0; page < 20; page++)
        refs_set(trial.refs, arena_printf(trial.arena, "p%u", page), page,
                 page < 2 ? "ii" : arena_printf(trial.arena, "%u", page));
    for (size_t i = 0; i < count; i++) {
        struct node *ref = node_new(trial.arena, NODE_PAGE_REF, (struct place){ "test", 1, 1 });

        ref->target = ids[i];
        node_append(trial.node, ref);
    }
    return trial;
}

static void check_ranges(const char *ids[], size_t count, const char *expected)
{
    struct trial trial = trial_new(ids, count);

    assert_string_equal(refs_ranges(trial.refs, trial.arena, trial.node), expected);
    refs_free(trial.refs);
    arena_free(trial.arena);
}

static void pages_are_sorted_and_said_once(void **state)
{
    const char *ids[] = { "p9", "p3", "p9", "p5" };

    (void)state;
    check_ranges(ids, 4, "3, 5, 9");
    check_ranges(ids, 0, "");
}

static void runs_of_three_are_joined(void **state)
{
    const char *ids[] = { "p12", "p14", "p15", "p16", "p18", "p19" };

    (void)state;
    check_ranges(ids, 6, "12, 14–16, 18, 19");
}

static void what_is_not_known_yet_is_zero(void **state)
{
    const char *ids[] = { "nobody" };
    struct trial trial = trial_new(ids, 1);
    char *before = refs_signature(trial.refs, trial.arena, trial.node);

    (void)state;
    assert_string_equal(refs_label(trial.refs, "nobody", NULL), "0");
    assert_true(refs_needed(trial.node));
    refs_set(trial.refs, "nobody", 7, "7");
    assert_string_not_equal(before, refs_signature(trial.refs, trial.arena, trial.node));
    refs_free(trial.refs);
    arena_free(trial.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_are_sorted_and_said_once),
        cmocka_unit_test(runs_of_three_are_joined),
        cmocka_unit_test(what_is_not_known_yet_is_zero),
    };

    return cmocka_run_group_tests_name("refs", tests, NULL, NULL);
}
