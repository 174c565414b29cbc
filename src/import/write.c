/* Blocks in a row as Markdown: questions as headings of the second level,
 * lists, quotations and tables with the prefixes of their lines; and the front
 * matter. */
#include "import/write.h"
#include "book/yaml.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_DEPTH = 8, MOST_QUOTES = 8, MOST_CELLS = 64,
       LONGEST_FENCE = 255 };

struct writer {
    struct buf *out;
    const struct block *block;
    size_t count;
    const struct block *before;         /* the last one written */
    int width[MOST_DEPTH + 1];          /* of the markers of open items, by depth */
    int quote[MOST_DEPTH + 1];          /* how many quotations these stand in */
    int depth;                          /* of the open item */
    size_t columns;                     /* of the table begun */
};

/* ---- Lines ------------------------------------------------------------------------ */

static void put_spaces(struct buf *out, int count)
{
    while (count-- > 0)
        buf_putc(out, ' ');
}

static void put_quotes(struct buf *out, int quote)
{
    while (quote-- > 0)
        buf_puts(out, "> ");
}

static int quote_of(const struct block *block)
{
    return block->quote > MOST_QUOTES ? MOST_QUOTES : block->quote;
}

/* What a line begins with in the open item of DEPTH, in QUOTE quotations: some
 * are around the items, others within. */
static void put_prefix(struct writer *writer, int depth, int quote)
{
    int open = 0;

    for (int i = 1; i <= depth; i++) {
        put_quotes(writer->out, writer->quote[i] - open);
        put_spaces(writer->out, writer->width[i]);
        open = writer->quote[i];
    }
    put_quotes(writer->out, quote - open);
}

/* TEXT, its second and later lines behind that prefix. */
static void put_lines(struct writer *writer, const char *text, int depth, int quote)
{
    for (; *text != '\0'; text++) {
        buf_putc(writer->out, *text);
        if (*text == '\n' && text[1] != '\0')
            put_prefix(writer, depth, quote);
    }
}

/* Of the item that BLOCK is or goes on with: one deeper than the open one at
 * most, and none whose quotation has ended. */
static int depth_of(const struct writer *writer, const struct block *block)
{
    int depth = block->depth > MOST_DEPTH ? MOST_DEPTH : block->depth, most = writer->depth;

    while (most > 0 && writer->quote[most] > quote_of(block))
        most--;
    most += block->kind == BLOCK_ITEM;
    return depth > most ? most : depth;
}

static int number_of(const struct block *item)
{
    return item->number > 0 ? item->number % 1000000 : 1;
}

/* Would the item be read as a further line of the paragraph above? A list
 * within an item that counts from another number than 1 would. */
static bool needs_empty_line(const struct writer *writer, const struct block *item)
{
    return item->ordered && number_of(item) != 1 && depth_of(writer, item) > writer->depth;
}

/* An empty line, but between items of a list that has no paragraphs. */
static void part_from_before(struct writer *writer, const struct block *block)
{
    const struct block *before = writer->before;
    bool tight = before != NULL && block->kind == BLOCK_ITEM && before->kind == BLOCK_ITEM &&
                 before->quote == block->quote && !needs_empty_line(writer, block) &&
                 (before->ordered == block->ordered || before->depth != block->depth);

    if (before == NULL || tight)
        return;
    if (before->quote > 0 && block->quote > 0)
        put_prefix(writer, depth_of(writer, block) - (block->kind == BLOCK_ITEM),
                   quote_of(before) < quote_of(block) ? quote_of(before) : quote_of(block));
    while (writer->out->len > 0 && writer->out->data[writer->out->len - 1] == ' ')
        buf_cut(writer->out, writer->out->len - 1);
    buf_putc(writer->out, '\n');
}

/* ---- Kinds ------------------------------------------------------------------------- */

static void put_text(struct writer *writer, const struct block *block, int depth, bool heading)
{
    struct buf text = {0};

    if (block->label != NULL) {
        struct run run = { .end = strlen(block->label), .marks = MARK_STRONG };
        struct block label = { .text = block->label, .bytes = run.end, .run = &run,
                               .run_count = 1 };

        write_inline(&text, &label, true);
        buf_puts(&text, ": ");
    }
    write_inline(&text, block, heading);
    put_lines(writer, buf_text(&text), depth, quote_of(block));
    buf_putc(writer->out, '\n');
    buf_free(&text);
}

/* Into the address of the picture that was just written. */
static void put_title(struct buf *out, const char *title)
{
    if (out->len < 2 || out->data[out->len - 2] != ')')
        return;
    buf_cut(out, out->len - 2);
    buf_puts(out, " \"");
    for (; *title != '\0'; title++) {
        if (*title == '"' || *title == '\\')
            buf_putc(out, '\\');
        buf_putc(out, *title == '\n' ? ' ' : *title);
    }
    buf_puts(out, "\")\n");
}

static bool is_title(const struct writer *writer, const struct block *block);

static void put_paragraph(struct writer *writer, const struct block *block)
{
    int depth = depth_of(writer, block);
    const struct block *next = block + 1;

    writer->depth = depth;
    put_prefix(writer, depth, quote_of(block));
    put_text(writer, block, depth, false);
    if (next < writer->block + writer->count && is_title(writer, next))
        put_title(writer->out, next->text);
}

static void put_item(struct writer *writer, const struct block *block)
{
    int depth = depth_of(writer, block);
    char marker[16];

    if (depth < 1)
        depth = 1;
    if (block->ordered)
        g_snprintf(marker, sizeof marker, "%d. ", number_of(block));
    else
        g_strlcpy(marker, "- ", sizeof marker);
    writer->depth = depth;
    writer->width[depth] = (int)strlen(marker);
    writer->quote[depth] = quote_of(block);
    put_prefix(writer, depth - 1, quote_of(block));
    buf_puts(writer->out, marker);
    put_text(writer, block, depth, false);
}

static void put_heading(struct writer *writer, const struct block *block)
{
    writer->depth = 0;
    put_prefix(writer, 0, quote_of(block));
    buf_puts(writer->out, "### ");
    put_text(writer, block, 0, true);
}

static void put_fence(struct buf *out, char sign, size_t longest)
{
    for (size_t i = 0; i < 3 || i <= longest; i++)
        buf_putc(out, sign);
    buf_putc(out, '\n');
}

/* A fence of more than 255 signs is taken for one of 255: then it is made of the
 * other sign. */
static void put_code(struct writer *writer, const struct block *block)
{
    int depth = depth_of(writer, block);
    size_t ticks = text_row(block->text, block->bytes, '`');
    size_t tildes = text_row(block->text, block->bytes, '~');
    char sign = ticks >= LONGEST_FENCE && tildes < ticks ? '~' : '`';
    struct buf text = {0};

    put_fence(&text, sign, sign == '`' ? ticks : tildes);
    buf_puts(&text, block->text);
    if (block->bytes == 0 || block->text[block->bytes - 1] != '\n')
        buf_putc(&text, '\n');
    put_fence(&text, sign, sign == '`' ? ticks : tildes);
    put_prefix(writer, depth, quote_of(block));
    put_lines(writer, buf_text(&text), depth, quote_of(block));
    buf_free(&text);
}

static void put_rule(struct writer *writer, const struct block *block)
{
    writer->depth = 0;
    put_prefix(writer, 0, quote_of(block));
    buf_puts(writer->out, "***\n");
}

static void put_note(struct writer *writer, const struct block *block)
{
    writer->depth = 0;
    put_prefix(writer, 0, quote_of(block));
    buf_printf(writer->out, "[^%s]: ", block->label);
    write_inline(writer->out, block, true);
    buf_putc(writer->out, '\n');
}

/* ---- Tables -------------------------------------------------------------------------- */

static size_t cells_of(const struct block *row, size_t *start)
{
    size_t cells = 0;

    for (size_t i = 0; i < row->run_count && cells < MOST_CELLS; i++)
        if (row->run[i].marks == MARK_CELL)
            start[cells++] = row->run[i].start;
    if (cells == 0)
        start[cells++] = 0;
    start[cells] = row->bytes;
    return cells;
}

static void put_row_of(struct writer *writer, const struct block *row, size_t columns)
{
    struct arena *arena = arena_new();
    size_t start[MOST_CELLS + 1], cells = cells_of(row, start);

    put_prefix(writer, 0, quote_of(row));
    buf_putc(writer->out, '|');
    for (size_t i = 0; i < columns; i++) {
        buf_putc(writer->out, ' ');
        if (i < cells) {
            struct block cell = block_slice(arena, row, start[i], start[i + 1]);

            for (size_t j = 0; j < cell.run_count; j++)
                cell.run[j].marks &= ~(unsigned)MARK_CELL;
            write_inline(writer->out, &cell, true);
            buf_putc(writer->out, ' ');
        }
        buf_putc(writer->out, '|');
    }
    buf_putc(writer->out, '\n');
    arena_free(arena);
}

/* The most cells of a row in the table that BLOCK begins. */
static size_t table_columns(const struct writer *writer, const struct block *block)
{
    size_t columns = 1, start[MOST_CELLS + 1];

    for (; block < writer->block + writer->count && block->kind == BLOCK_ROW; block++) {
        size_t cells = cells_of(block, start);

        columns = cells > columns ? cells : columns;
    }
    return columns;
}

static void put_row(struct writer *writer, const struct block *block)
{
    bool first = writer->before == NULL || writer->before->kind != BLOCK_ROW;

    writer->depth = 0;
    if (first)
        writer->columns = table_columns(writer, block);
    put_row_of(writer, block, writer->columns);
    if (!first)
        return;
    put_prefix(writer, 0, quote_of(block));
    buf_putc(writer->out, '|');
    for (size_t i = 0; i < writer->columns; i++)
        buf_puts(writer->out, " --- |");
    buf_putc(writer->out, '\n');
}

static void (*const put_kind[])(struct writer *, const struct block *) = {
    [BLOCK_PARAGRAPH] = put_paragraph, [BLOCK_HEADING] = put_heading, [BLOCK_ITEM] = put_item,
    [BLOCK_CODE] = put_code, [BLOCK_RULE] = put_rule, [BLOCK_ROW] = put_row,
    [BLOCK_NOTE] = put_note,
};

/* A picture that was not found leaves nothing to write. */
static bool is_nothing(const struct block *block)
{
    return block->bytes == 0 && block_picture(block) == NULL && block->label == NULL &&
           (block->kind == BLOCK_PARAGRAPH || block->kind == BLOCK_HEADING);
}

/* A caption is written as the title of the picture before it. */
static bool is_title(const struct writer *writer, const struct block *block)
{
    return block->caption && block > writer->block && block[-1].bytes == 0 &&
           block[-1].fate == block->fate && block_picture(&block[-1]) != NULL;
}

static void put_block(struct writer *writer, const struct block *block)
{
    if (is_nothing(block) || is_title(writer, block))
        return;
    if (!(block->kind == BLOCK_ROW && writer->before != NULL &&
          writer->before->kind == BLOCK_ROW))
        part_from_before(writer, block);
    put_kind[block->kind](writer, block);
    writer->before = block;
}

void write_blocks(struct buf *out, const struct block *block, size_t count, enum fate fate)
{
    struct writer writer = { .out = out, .block = block, .count = count };

    for (size_t i = 0; i < count; i++)
        if (block[i].fate == fate)
            put_block(&writer, &block[i]);
}

/* ---- The portrait ----------------------------------------------------------------------- */

static void put_question(struct writer *writer, const struct block *block, bool goes_on)
{
    struct buf text = {0};

    if (!goes_on) {
        buf_puts(writer->out, writer->before == NULL ? "" : "\n");
        buf_puts(writer->out, "## ");
    } else if (writer->out->len > 0 && writer->out->data[writer->out->len - 1] == '\n') {
        buf_cut(writer->out, writer->out->len - 1);
        buf_putc(writer->out, ' ');
    }
    write_inline(&text, block, true);
    buf_puts(writer->out, buf_text(&text));
    buf_putc(writer->out, '\n');
    buf_free(&text);
    writer->before = block;
    writer->depth = 0;
}

/* A question's look is not part of it: marks that all of it has go. */
static struct block plain_question(struct arena *arena, const struct block *block)
{
    struct block plain = *block;
    unsigned marks = block_marks(block, 0, block->bytes) & (MARK_STRONG | MARK_EMPHASIS);

    block_unmark(arena, &plain, marks);
    plain.quote = 0;
    return plain;
}

static void put_portrait(struct buf *out, const struct found *found)
{
    const struct article *article = found->article;
    struct writer writer = { .out = out, .block = article->blocks.item,
                             .count = article->blocks.count };
    bool asked = false;

    for (size_t i = 0; i < writer.count; i++) {
        const struct block *block = &writer.block[i];
        struct block plain;

        if (block->kind == BLOCK_NOTE)
            continue;
        if (block->fate == FATE_QUESTION) {
            plain = plain_question(found->arena, block);
            put_question(&writer, &plain, asked && block->goes_on);
            writer.before = block;
            asked = true;
        } else if (block->fate == FATE_ANSWER || block->fate == FATE_INTRODUCTION) {
            put_block(&writer, block);
        }
    }
    for (size_t i = 0; i < writer.count; i++)
        if (writer.block[i].kind == BLOCK_NOTE)
            put_block(&writer, &writer.block[i]);
}

static void put_contacts(struct buf *out, const struct found *found)
{
    if (found->contacts.count > 0)
        buf_puts(out, "contacts:\n");
    for (size_t i = 0; i < found->contacts.count; i++) {
        const struct found_contact *contact = &found->contacts.item[i];
        const char *const pairs[][2] = {
            { "network", contact->network }, { "handle", contact->handle },
            { "url", contact->url }, { "note", contact->note },
        };

        buf_puts(out, "  - ");
        yaml_write_flow(out, pairs, sizeof pairs / sizeof *pairs);
        buf_putc(out, '\n');
    }
}

void write_portrait(struct buf *out, const struct found *found, const char *photo,
                    const char *const *reading, size_t reading_count, const char *language)
{
    const struct article *article = found->article;

    buf_puts(out, "---\n");
    yaml_write_pair(out, 0, "name", found->name);
    yaml_write_pair(out, 0, "role", found->role);
    yaml_write_pair(out, 0, "organisation", found->organisation);
    yaml_write_list(out, 0, "accounts", found->accounts.item, found->accounts.count);
    yaml_write_pair(out, 0, "photo", photo);
    if (photo != NULL)
        yaml_write_pair(out, 0, "photo-alt", found->photo_alt);
    yaml_write_pair(out, 0, "photo-credit", found->credit);
    yaml_write_pair(out, 0, "date", found->date);
    yaml_write_pair(out, 0, "source", article->link);
    if (found->language != NULL && strcmp(found->language, language) != 0)
        yaml_write_pair(out, 0, "language", found->language);
    if (article->draft)
        buf_puts(out, "draft: true\n");
    put_contacts(out, found);
    yaml_write_list(out, 0, "reading", reading, reading_count);
    buf_puts(out, "---\n\n");
    put_portrait(out, found);
}
