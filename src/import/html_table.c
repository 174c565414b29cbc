/* Tables are told by their cells: short paragraphs are data, unless the first
 * column asks and the second does not, or names who speaks. */
#include "import/html_table.h"
#include "import/find.h"
#include "import/label.h"

#include <glib.h>
#include <string.h>

enum { CELL_BYTES = 300, FEW_ROWS = 3, FEW_TURNS = 4, LABEL_WORDS = 4 };

/* ---- Kinds ---------------------------------------------------------------------- */

/* Two columns or more, each cell a short paragraph. */
static bool is_data(const struct article *article, size_t first)
{
    uint32_t row = 0, column = 0, most = 0, rows = 0;

    for (size_t i = first; i < article->blocks.count; i++) {
        const struct block *block = &article->blocks.item[i];

        if (block->kind != BLOCK_PARAGRAPH || block->row == 0 || block->bytes > CELL_BYTES ||
            block->quote > 0 || block->depth > 0 ||
            (block->row == row && block->column == column))
            return false;
        rows += block->row != row;
        row = block->row;
        column = block->column;
        most = column > most ? column : most;
    }
    return rows >= 2 && most >= 2;
}

/* Of two columns: how many rows, how many cells of each ask, and how many of the
 * first have few words; TEXTS: what these say, each once. */
struct columns {
    size_t rows, asking[3], labels;
    GHashTable *texts;
};

static void count_cell(struct columns *columns, const struct block *block)
{
    columns->asking[block->column] += block_asks(block);
    if (block->column != 1)
        return;
    columns->rows++;
    columns->labels += block_words(block) <= LABEL_WORDS;
    g_hash_table_add(columns->texts, (gpointer)(uintptr_t)block->text);
}

/* False when the table has other columns, or anything before a row's first. */
static bool count_columns(struct columns *columns, const struct article *article, size_t first)
{
    uint32_t row = 0;

    for (size_t i = first; i < article->blocks.count; i++) {
        const struct block *block = &article->blocks.item[i];

        if (block->row == 0 || block->column < 1 || block->column > 2 ||
            (block->row != row && block->column != 1) ||
            (block->row == row && block->column == 1))
            return false;
        row = block->row;
        count_cell(columns, block);
    }
    return true;
}

/* The first column asks, the second answers. */
static bool is_interview(const struct columns *columns)
{
    return columns->asking[1] >= FEW_ROWS && columns->asking[1] * 2 >= columns->rows &&
           columns->asking[2] * 2 < columns->asking[1];
}

/* The first column names two or three who take turns. */
static bool is_talk(const struct columns *columns)
{
    size_t texts = g_hash_table_size(columns->texts);

    return columns->rows >= FEW_TURNS && columns->labels == columns->rows && texts >= 2 &&
           texts <= 3 && texts * 2 <= columns->rows && columns->asking[2] >= 2;
}

/* ---- What becomes of them --------------------------------------------------------- */

/* "Question | Answer" above the columns says nothing more. */
static bool is_head(struct arena *arena, const struct block *block)
{
    return label_is_turn(words_fold(arena, block->text, block->bytes));
}

static void set_off(struct article *article, size_t first)
{
    uint32_t head = is_head(article->arena, &article->blocks.item[first])
                  ? article->blocks.item[first].row : 0;

    for (size_t i = first; i < article->blocks.count; i++) {
        struct block *block = &article->blocks.item[i];

        block->furniture = block->furniture || block->row == head;
        if (block->column == 1)
            block_set_off(block);
    }
}

static void add_cell(struct article *article, struct block *row, const struct block *cell)
{
    struct arena *arena = article->arena;
    struct run *run = ARENA_ARRAY(arena, row->run_count + cell->run_count + 2, struct run);
    size_t offset = row->bytes + (row->bytes > 0), count = 0;

    for (size_t i = 0; i < row->run_count; i++)
        run[count++] = row->run[i];
    if (row->bytes > 0)
        run[count++] = (struct run){ .start = row->bytes, .end = offset };
    run[count++] = (struct run){ .start = offset, .end = offset, .marks = MARK_CELL };
    for (size_t i = 0; i < cell->run_count; i++) {
        run[count] = cell->run[i];
        run[count].start += offset;
        run[count++].end += offset;
    }
    row->text = arena_printf(arena, "%s%s%s", row->text, row->bytes > 0 ? "\n" : "", cell->text);
    row->bytes = strlen(row->text);
    row->run = run;
    row->run_count = count;
}

static void join_rows(struct article *article, size_t first)
{
    size_t to = first;

    for (size_t i = first; i < article->blocks.count;) {
        struct block row = article->blocks.item[i];

        row.kind = BLOCK_ROW;
        row.text = "";
        row.bytes = row.run_count = 0;
        for (; i < article->blocks.count && article->blocks.item[i].row == row.row; i++)
            add_cell(article, &row, &article->blocks.item[i]);
        article->blocks.item[to++] = row;
    }
    article->blocks.count = to;
}

void table_settle(struct article *article, size_t first)
{
    struct columns columns = { .texts = g_hash_table_new(g_str_hash, g_str_equal) };
    bool two = count_columns(&columns, article, first);

    if (two && is_interview(&columns))
        set_off(article, first);
    else if (!(two && is_talk(&columns)) && is_data(article, first))
        join_rows(article, first);
    g_hash_table_destroy(columns.texts);
}
