/* The ledger as YAML, in the order that ledger.c reads. */
#include "book/ledger.h"
#include "book/yaml.h"

static void write_isbns(const struct edition *edition, struct buf *out)
{
    const char *const pairs[][2] = { { "epub", edition->isbn_epub },
                                     { "print", edition->isbn_print } };

    if (edition->isbn_epub == NULL && edition->isbn_print == NULL)
        return;
    buf_puts(out, "  isbn: ");
    yaml_write_flow(out, pairs, 2);
    buf_putc(out, '\n');
}

static void write_printings(const struct edition *edition, struct buf *out)
{
    if (edition->printing_count > 0)
        buf_puts(out, "  printings:\n");
    for (size_t i = 0; i < edition->printing_count; i++) {
        const struct printing *printing = &edition->printings[i];

        buf_printf(out, "    - number: %d\n", printing->number);
        yaml_write_pair(out, 6, "date", printing->date);
        yaml_write_pair(out, 6, "note", printing->note);
    }
}

static void write_hashes(int indent, const char *key, const struct ledger_hash *list, size_t count,
                         struct buf *out)
{
    if (count > 0)
        buf_printf(out, "%*s%s:\n", indent, "", key);
    for (size_t i = 0; i < count; i++)
        yaml_write_pair(out, indent + 2, list[i].name, list[i].sha256);
}

static void write_portrait(const struct ledger_portrait *portrait, struct buf *out)
{
    buf_puts(out, "    ");
    yaml_write_scalar(out, portrait->id);
    buf_puts(out, ":\n");
    yaml_write_pair(out, 6, "sha256", portrait->sha256);
    yaml_write_pair(out, 6, "page", portrait->page);
    yaml_write_pair(out, 6, "mark", ledger_mark_name(portrait->mark));
    write_hashes(6, "questions", portrait->questions, portrait->question_count, out);
}

static void write_entry(const struct ledger_entry *entry, struct buf *out)
{
    buf_printf(out, "- number: %d\n", entry->edition.number);
    yaml_write_pair(out, 2, "date", entry->edition.date);
    write_isbns(&entry->edition, out);
    yaml_write_pair(out, 2, "note", entry->edition.note);
    write_printings(&entry->edition, out);
    yaml_write_pair(out, 2, "book", entry->book);
    write_hashes(2, "files", entry->files, entry->file_count, out);
    yaml_write_pair(out, 2, "program", entry->program);
    yaml_write_list(out, 2, "reading", (const char *const *)entry->reading,
                    entry->reading_count);
    if (entry->portrait_count > 0)
        buf_puts(out, "  portraits:\n");
    for (size_t i = 0; i < entry->portrait_count; i++)
        write_portrait(&entry->portraits[i], out);
}

void ledger_write(const struct ledger *ledger, struct buf *out)
{
    buf_puts(out, "# The ledger of editions, written by `florilege edition`.\n");
    for (size_t i = 0; i < ledger->count; i++)
        write_entry(&ledger->entries[i], out);
}
