/* Lines of the report. Places are path:line, so that editors can jump there. */
#include "import/report.h"

#include <string.h>

enum { EXCERPT = 72 };

static const char *const outcomes[] = {
    [STORE_NEW] = "new", [STORE_SAME] = "unchanged", [STORE_UPDATED] = "updated",
    [STORE_KEPT] = "edited by hand, left alone",
    [STORE_BESIDE] = "edited by hand; the new text stands beside it as .new.md",
    [STORE_FAILED] = "not written",
};

void report_start(struct buf *out)
{
    buf_puts(out, "What the last import did, what it left out of the book and why, and where it\n"
                  "was not sure. Written anew by each import.\n");
}

static void put_place(struct buf *out, struct place at)
{
    buf_printf(out, "  %s:", at.path);
    if (at.line > 0)
        buf_printf(out, "%d:", at.line);
    buf_putc(out, ' ');
}

/* The start of TEXT on one line. */
static void put_excerpt(struct buf *out, const char *text)
{
    size_t length = strlen(text);

    if (length > EXCERPT) {
        length = EXCERPT;
        while (length > 0 && ((unsigned char)text[length] & 0xC0) == 0x80)
            length--;
    }
    for (size_t i = 0; i < length; i++)
        buf_putc(out, text[i] == '\n' ? ' ' : text[i]);
    if (text[length] != '\0')
        buf_puts(out, "…");
}

static void put_left_out(struct buf *out, const struct found *found)
{
    for (size_t i = 0; i < found->article->blocks.count; i++) {
        const struct block *block = &found->article->blocks.item[i];

        if (block->fate != FATE_LEFT_OUT)
            continue;
        put_place(out, block->at);
        buf_printf(out, "left out (%s): ", block->why);
        put_excerpt(out, block->text);
        buf_putc(out, '\n');
    }
}

static void put_words(struct buf *out, const struct found *found)
{
    size_t all = found->label_words, left = found->label_words;

    for (size_t i = 0; i < found->article->blocks.count; i++) {
        const struct block *block = &found->article->blocks.item[i];
        size_t words = block_words(block);

        all += words;
        left += block->fate == FATE_LEFT_OUT ? words : 0;
    }
    buf_printf(out, "  words: %zu in the source, %zu kept, %zu left out\n", all, all - left, left);
}

static void put_count(struct buf *out, size_t count, const char *one, const char *many)
{
    buf_printf(out, "%zu %s", count, count == 1 ? one : many);
}

static void put_person(struct buf *out, const struct found *found)
{
    buf_printf(out, "  %s", found->name);
    if (found->role != NULL)
        buf_printf(out, ", %s", found->role);
    if (found->organisation != NULL)
        buf_printf(out, ", %s", found->organisation);
    buf_puts(out, "; ");
    put_count(out, found->questions, "question", "questions");
    if (found->unanswered > 0)
        buf_printf(out, " (%zu unanswered)", found->unanswered);
    buf_puts(out, ", ");
    put_count(out, found->contacts.count, "contact", "contacts");
    buf_puts(out, ", ");
    put_count(out, found->titles.count, "title", "titles");
    if (found->questions > 0)
        buf_printf(out, "; %d %% sure", (int)(found->sureness * 100));
    buf_putc(out, '\n');
}

void report_portrait(struct buf *out, const struct found *found, const char *path,
                     enum outcome outcome)
{
    buf_printf(out, "\n%s", found->article->path);
    if (strcmp(found->article->key, found->article->path) != 0 && found->article->title != NULL)
        buf_printf(out, ", “%s”", found->article->title);
    buf_printf(out, " → %s: %s\n", path, outcomes[outcome]);
    put_person(out, found);
    if (found->questions == 0)
        buf_puts(out, "  no question was found: all of it stands as an introduction\n");
    put_words(out, found);
    put_left_out(out, found);
    for (size_t i = 0; i < found->article->remarks.count; i++) {
        put_place(out, found->article->remarks.item[i].at);
        buf_printf(out, "%s\n", found->article->remarks.item[i].text);
    }
    for (size_t i = 0; i < found->doubts.count; i++) {
        put_place(out, found->doubts.item[i].at);
        buf_printf(out, "unsure: %s\n", found->doubts.item[i].text);
    }
}

void report_passed_over(struct buf *out, const struct found *found)
{
    const char *title = found->article->title != NULL ? found->article->title : found->name;

    buf_printf(out, "\n%s: left out, no interview was found in it", found->article->key);
    if (found->foreign != NULL)
        buf_printf(out, " (%s)", found->foreign);
    buf_printf(out, ": “%s”\n", title);
}

static void put_part(struct buf *out, size_t count, const char *one, const char *many, bool always)
{
    if (count == 0 && !always)
        return;
    if (out->len > 0)
        buf_puts(out, ", ");
    put_count(out, count, one, many);
}

void report_summary(struct buf *out, const struct tally *tally)
{
    put_part(out, tally->new, "new portrait", "new portraits", true);
    put_part(out, tally->updated, "updated", "updated", false);
    put_part(out, tally->same + tally->kept, "unchanged", "unchanged", false);
    put_part(out, tally->beside, "edited by hand and left alone", "edited by hand and left alone",
             false);
    put_part(out, tally->passed, "left out", "left out", false);
    put_part(out, tally->titles, "title added to the reading list",
             "titles added to the reading list", true);
    buf_putc(out, '\n');
}
