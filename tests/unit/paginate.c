/* The pagination alone, on galleys of blank lines. */
#include "layout/paginate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

/* Pages of ten lines; notes of half a line's leading. */
static const struct style style = {
    .body = { .leading = 12 * DIM_PT }, .note = { .leading = 6 * DIM_PT },
    .grid = 12 * DIM_PT, .penalty = { .page_hyphen = 1000, .widow = 2000, .orphan = 2000 },
};
static const struct area area = {
    .measure = 300 * DIM_PT, .half = 6 * DIM_PT, .lines = 10, .drop = 9 * DIM_PT,
};

struct trial { struct arena *arena; struct galley galley; };

static struct trial trial_new(void)
{
    struct trial trial = { .arena = arena_new() };

    trial.galley.columns = 1;
    return trial;
}

static void trial_end(struct trial *trial)
{
    galley_clear(&trial->galley);
    arena_free(trial->arena);
}

static struct setting lines_of(struct trial *trial, int count, int64_t cost)
{
    return (struct setting){ .count = count, .cost = cost,
                             .line = ARENA_ARRAY(trial->arena, (size_t)count, struct set_line) };
}

static struct block *add_text(struct trial *trial, int lines)
{
    struct block *block = VEC_PUSH(&trial->galley.blocks);

    block->style = &style.body;
    block->body = true;
    block->length[0] = lines_of(trial, lines, 0);
    block->lengths = 1;
    return block;
}

static struct block *add_box(struct trial *trial, int height)
{
    struct making making = {0};
    struct block *block = VEC_PUSH(&trial->galley.blocks);

    block->box[0] = box_new(trial->arena, &making, height);
    block->boxes = 1;
    return block;
}

static struct block *add_heading(struct trial *trial)
{
    struct block *block = add_text(trial, 1);

    block->keep_next = block->whole = true;
    return block;
}

static struct pagination cut(struct trial *trial)
{
    return paginate(&trial->galley, &area, &style, trial->arena);
}

static void fills_pages(void **state)
{
    struct trial trial = trial_new();
    struct pagination result;

    (void)state;
    add_text(&trial, 25);
    result = cut(&trial);
    assert_int_equal(result.count, 3);
    assert_int_equal(result.cut[1].line, 10);
    assert_int_equal(result.cut[2].line, 20);
    trial_end(&trial);
}

static void leaves_no_widow_and_no_orphan(void **state)
{
    struct trial trial = trial_new();
    struct pagination result;

    (void)state;
    add_text(&trial, 9);
    add_text(&trial, 4);        /* 9 + 1 would leave its first line alone */
    add_text(&trial, 9);
    result = cut(&trial);
    assert_int_equal(result.cut[1].block, 1);
    assert_int_equal(result.cut[1].line, 0);
    trial_end(&trial);

    trial = trial_new();
    add_text(&trial, 11);       /* 10 would leave its last line alone */
    add_text(&trial, 18);
    result = cut(&trial);
    assert_int_equal(result.cut[1].line, 9);
    trial_end(&trial);
}

static void takes_a_paragraph_longer_to_reach_the_foot(void **state)
{
    struct trial trial = trial_new();
    struct block *block = add_text(&trial, 9);
    struct pagination result;

    (void)state;
    block->length[1] = lines_of(&trial, 10, 5000);
    block->lengths = 2;
    add_text(&trial, 3);
    result = cut(&trial);
    assert_int_equal(result.length[0], 1);
    assert_int_equal(result.cut[1].block, 1);
    assert_int_equal(result.cut[1].line, 0);
    trial_end(&trial);
}

static void keeps_headings_with_two_lines(void **state)
{
    struct trial trial = trial_new();
    struct pagination result;

    (void)state;
    add_text(&trial, 8);
    add_heading(&trial);
    add_text(&trial, 6)->lead = true;
    result = cut(&trial);
    assert_int_equal(result.cut[1].block, 1);   /* the heading goes overleaf */
    trial_end(&trial);

    trial = trial_new();
    add_text(&trial, 8);
    add_heading(&trial);
    add_text(&trial, 1)->lead = true;           /* alone, and more follows */
    add_text(&trial, 6);
    result = cut(&trial);
    assert_int_equal(result.cut[1].block, 1);
    trial_end(&trial);

    trial = trial_new();
    add_text(&trial, 8);
    add_heading(&trial);
    add_text(&trial, 1)->lead = true;           /* the whole answer */
    trial.galley.blocks.item[2].last = true;
    add_heading(&trial);
    add_text(&trial, 6)->lead = true;
    result = cut(&trial);
    assert_int_equal(result.cut[1].block, 3);
    trial_end(&trial);
}

static void ends_no_page_with_a_hyphen(void **state)
{
    struct trial trial = trial_new();
    struct set_line *line;
    struct block *block = add_text(&trial, 30);
    struct pagination result;

    (void)state;
    line = ARENA_ARRAY(trial.arena, 30, struct set_line);
    line[9].hyphenated = true;
    block->length[0].line = line;
    result = cut(&trial);
    assert_int_not_equal(result.cut[1].line, 10);
    trial_end(&trial);
}

/* Where the first page of a spread must be short, the second is as short. */
static void spreads_are_short_alike(void **state)
{
    struct trial trial = trial_new();
    struct pagination result;

    (void)state;
    add_text(&trial, 9)->keep_next = false;
    add_text(&trial, 3)->whole = true;
    add_text(&trial, 30);
    result = cut(&trial);
    assert_int_equal(result.cut[1].block, 1);
    assert_int_equal(result.cut[2].block, 2);
    assert_int_equal(result.cut[2].line, 6);    /* 3 + 6 lines */
    assert_int_equal(result.cut[3].line, 16);
    trial_end(&trial);
}

static void add_note(struct trial *trial, struct block *block, int lines, int called_in)
{
    struct note_set *note = VEC_PUSH(&trial->galley.notes);

    block->note_count = 1;
    note->line[0] = called_in;
    note->lines = lines;
}

static void notes_stand_on_the_page_that_calls_them(void **state)
{
    struct trial trial = trial_new();
    struct pagination result;

    (void)state;
    add_note(&trial, add_text(&trial, 30), 3, 2);
    result = cut(&trial);
    assert_int_equal(result.cut[1].notes, 3);
    /* three lines of notes and the space above them take three of the ten */
    assert_int_equal(result.cut[1].line, 7);
    assert_int_equal(result.cut[2].line, 17);
    trial_end(&trial);
}

static void long_notes_go_on_overleaf(void **state)
{
    struct trial trial = trial_new();
    struct pagination result;
    uint32_t before = 0;

    (void)state;
    add_note(&trial, add_text(&trial, 12), 60, 2);
    result = cut(&trial);
    assert_true(result.count > 3);
    assert_int_equal(result.cut[result.count].notes, 60);
    for (uint32_t i = 1; i <= result.count; i++) {
        assert_true(result.cut[i].notes >= before);
        before = result.cut[i].notes;
    }
    trial_end(&trial);
}

static void a_box_shrinks_to_fit(void **state)
{
    struct trial trial = trial_new();
    struct making making = {0};
    struct block *block;
    struct pagination result;

    (void)state;
    add_text(&trial, 4);
    block = VEC_PUSH(&trial.galley.blocks);
    for (int i = 0; i < 3; i++) {
        block->box[i] = box_new(trial.arena, &making, 16 - 2 * i);
        block->box[i]->cost = i * 20000;
    }
    block->boxes = 3;
    add_text(&trial, 10);
    result = cut(&trial);
    assert_int_equal(result.length[1], 2);      /* 12 half lines: 4 + 6 lines */
    assert_int_equal(result.cut[1].block, 2);
    trial_end(&trial);
}

/* Rather is the page before far too short. */
static void a_picture_keeps_its_caption(void **state)
{
    struct trial trial = trial_new();
    struct pagination result;

    (void)state;
    add_text(&trial, 4);
    add_box(&trial, 12)->keep_next = true;
    add_text(&trial, 1);
    result = cut(&trial);
    assert_int_equal(result.count, 2);
    assert_true(result.cut[1].block < 2);
    trial_end(&trial);
}

/* The page before ends short instead. */
static void a_line_is_no_last_page(void **state)
{
    struct trial trial = trial_new();
    struct pagination result;

    (void)state;
    add_text(&trial, 10);
    add_text(&trial, 1);
    result = cut(&trial);
    assert_int_equal(result.count, 2);
    assert_int_equal(result.cut[1].block, 0);
    assert_in_range(result.cut[1].line, 7, 8);
    trial_end(&trial);
}

/* One line more of it where that is not dear. */
static void a_last_page_is_better_fuller(void **state)
{
    static const struct { int64_t cost; uint8_t length; } cases[] = { { 40000, 1 }, { 90000, 0 } };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct trial trial = trial_new();
        struct block *block = add_text(&trial, 16);
        struct pagination result;

        block->length[1] = lines_of(&trial, 17, cases[i].cost);
        block->lengths = 2;
        result = cut(&trial);
        assert_int_equal(result.count, 2);
        assert_int_equal(result.length[0], cases[i].length);
        trial_end(&trial);
    }
}

/* The columns before lend some lines to a last page that would have hardly any. */
static void a_last_page_of_columns_has_some_lines(void **state)
{
    struct trial trial = trial_new();
    struct pagination result;

    (void)state;
    trial.galley.columns = 2;
    trial.galley.loose = true;
    for (int i = 0; i < 42; i++)
        add_text(&trial, 1);
    result = paginate_part(&trial.galley, &area, &style, trial.arena);
    assert_int_equal(result.count, 6);
    assert_int_equal(result.cut[2].block, 20);
    assert_in_range(result.cut[4].block, 28, 31);
    assert_in_range(result.cut[5].block - result.cut[4].block, 5, 7);
    trial_end(&trial);
}

/* A column may end a line short; its letters stand as far from each other as in
 * the others. */
static void letters_of_an_index_are_not_forced_apart(void **state)
{
    struct trial trial = trial_new();
    struct pagination result;

    (void)state;
    trial.galley.columns = 2;
    trial.galley.loose = true;
    for (int letter = 0; letter < 6; letter++) {
        struct block *block = add_heading(&trial);

        block->spread = 1;
        block = add_text(&trial, letter % 2 == 0 ? 3 : 4);
        block->whole = true;
    }
    result = cut(&trial);
    assert_int_equal(result.count, 3);
    assert_int_equal(result.cut[1].block, 4);       /* nine lines of ten */
    for (int block = 0; block < 12; block++)
        assert_int_equal(result.length[block], 0);
    trial_end(&trial);
}

static void add_code(struct trial *trial)
{
    struct making making = {0};

    add_box(trial, 10)->close = box_new(trial->arena, &making, 8);
    trial->galley.closes = true;
}

/* All of them, and only where that makes a page fewer. */
static void boxes_close_up_to_spare_a_page(void **state)
{
    static const struct { int lines, height; uint32_t pages; } cases[] = {
        { 0, 10, 1 }, { 2, 8, 1 }, { 3, 10, 2 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct trial trial = trial_new();
        struct pagination result;

        add_code(&trial);
        add_code(&trial);
        if (cases[i].lines > 0)
            add_text(&trial, cases[i].lines)->whole = true;
        result = paginate_part(&trial.galley, &area, &style, trial.arena);
        assert_int_equal(result.count, cases[i].pages);
        assert_int_equal(trial.galley.blocks.item[0].box[0]->height, cases[i].height);
        assert_int_equal(trial.galley.blocks.item[1].box[0]->height, cases[i].height);
        trial_end(&trial);
    }
}

static void a_box_higher_than_a_page_stands_alone(void **state)
{
    struct trial trial = trial_new();
    struct pagination result;

    (void)state;
    add_text(&trial, 4);
    add_box(&trial, 60);
    add_text(&trial, 4);
    result = cut(&trial);
    assert_int_equal(result.count, 3);
    trial_end(&trial);
}

static void nothing_is_one_page(void **state)
{
    struct trial trial = trial_new();

    (void)state;
    assert_int_equal(cut(&trial).count, 1);
    trial_end(&trial);
}

/* Every block and line is on one page, in order, whatever the galley. */
static void nothing_is_lost(void **state)
{
    uint32_t seed = 7;

    (void)state;
    for (int round = 0; round < 200; round++) {
        struct trial trial = trial_new();
        struct pagination result;

        for (int i = 0; i < 40; i++) {
            struct block *block;

            seed = seed * 1664525u + 1013904223u;
            block = add_text(&trial, 1 + (int)(seed >> 20) % 14);
            block->keep_next = (seed >> 8) % 3 == 0;
            block->whole = (seed >> 10) % 3 == 0;
            block->spread = (seed >> 12) % 4 == 0;
            block->before = (int)(seed >> 14) % 4;
        }
        result = cut(&trial);
        for (uint32_t i = 0; i < result.count; i++) {
            const struct cut *from = &result.cut[i], *to = from + 1;

            assert_true(to->block > from->block
                        || (to->block == from->block && to->line > from->line));
            assert_true(to->block == 40
                        || (int)to->line < trial.galley.blocks.item[to->block].length[0].count);
        }
        assert_int_equal(result.cut[result.count].block, 40);
        trial_end(&trial);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fills_pages),
        cmocka_unit_test(leaves_no_widow_and_no_orphan),
        cmocka_unit_test(takes_a_paragraph_longer_to_reach_the_foot),
        cmocka_unit_test(keeps_headings_with_two_lines),
        cmocka_unit_test(ends_no_page_with_a_hyphen),
        cmocka_unit_test(spreads_are_short_alike),
        cmocka_unit_test(notes_stand_on_the_page_that_calls_them),
        cmocka_unit_test(long_notes_go_on_overleaf),
        cmocka_unit_test(a_box_shrinks_to_fit),
        cmocka_unit_test(a_picture_keeps_its_caption),
        cmocka_unit_test(a_line_is_no_last_page),
        cmocka_unit_test(a_last_page_is_better_fuller),
        cmocka_unit_test(a_last_page_of_columns_has_some_lines),
        cmocka_unit_test(letters_of_an_index_are_not_forced_apart),
        cmocka_unit_test(boxes_close_up_to_spare_a_page),
        cmocka_unit_test(a_box_higher_than_a_page_stands_alone),
        cmocka_unit_test(nothing_is_one_page),
        cmocka_unit_test(nothing_is_lost),
    };

    return cmocka_run_group_tests_name("paginate", tests, NULL, NULL);
}
