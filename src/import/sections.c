/* What stands behind the last answer: contacts under their heading, the
 * reading list, other posts, comments, buttons. A heading counts only with the
 * right lines below it, so that an answer that speaks of books or of Twitter
 * stays an answer. */
#include "import/find.h"
#include "import/names.h"

#include <stdlib.h>
#include <string.h>

enum { HEADING_WORDS = 10, TITLE_BYTES = 240, ANSWER_BYTES = 260,
       CLOSING_BLOCKS = 3, CLOSING_BYTES = 600 };

static size_t block_count(const struct found *found)
{
    return found->article->blocks.count;
}

static void leave_out(struct block *block, const char *why)
{
    block->fate = FATE_LEFT_OUT;
    block->why = why;
}

static bool is_open(const struct found *found, size_t index)
{
    return index < block_count(found) && block_at(found, index)->fate == FATE_NONE;
}

/* The next block that is still open and no rule, from INDEX on. */
static size_t next_open(const struct found *found, size_t index)
{
    while (index < block_count(found) &&
           (!is_open(found, index) || block_at(found, index)->kind == BLOCK_RULE))
        index++;
    return index;
}

static bool is_short(const struct block *block, size_t words)
{
    return block->bytes > 0 && block->words <= words && block->kind != BLOCK_CODE &&
           strchr(block->text, '\n') == NULL;
}

/* Is a later block long enough for an answer, and none of the furniture? */
static bool answers_after(const struct found *found, size_t index)
{
    for (size_t i = index + 1; i < block_count(found); i++) {
        const struct block *block = block_at(found, i);

        if (block->fate == FATE_NONE && block->bytes > ANSWER_BYTES &&
            strchr(block->text, '\n') == NULL && block_marks(block, 0, block->bytes) == 0 &&
            !series_is_common(found->series, block))
            return true;
    }
    return false;
}

/* ---- Comments ----------------------------------------------------------------- */

static bool is_comments(const struct block *block)
{
    bool heading = block->kind == BLOCK_HEADING;

    if (words_count_comments(block->fold))
        return block->words <= 20;
    return block->kind != BLOCK_ITEM && words_begin(WORDS_COMMENTS, block->fold) &&
           (words_are(WORDS_COMMENTS, block->fold) ||
            (block->words <= (heading ? 12u : 9u) &&
             !block_asks(block)));
}

static size_t text_before(const struct found *found, size_t index)
{
    size_t bytes = 0;

    for (size_t i = 0; i < index; i++)
        bytes += block_at(found, i)->fate == FATE_LEFT_OUT ? 0 : block_at(found, i)->bytes;
    return bytes;
}

/* From the first sign of comments in the second half on, all is theirs. */
static void drop_comments(struct found *found)
{
    size_t half = text_before(found, block_count(found)) / 3;

    for (size_t i = 1, before = 0; i < block_count(found); i++) {
        before += block_at(found, i - 1)->bytes;
        if (!is_open(found, i) || before < half || !is_comments(block_at(found, i)))
            continue;
        for (size_t j = i; j < block_count(found); j++)
            if (block_at(found, j)->fate == FATE_NONE)
                leave_out(block_at(found, j), "comments and their form");
        return;
    }
}

/* ---- Contacts ------------------------------------------------------------------ */

/* Takes the block's lines as contacts; true when all or, in a section, the
 * first of them are. Nothing is added otherwise. */
static bool take_contacts(struct found *found, size_t index, bool section)
{
    const struct block *block = block_at(found, index);
    size_t before = found->contacts.count, good = 0, bad = 0;

    if (block->bytes == 0 || block->bytes > 1200)
        return false;
    for (size_t from = 0, to; from < block->bytes; from = to + 1) {
        to = block_line_end(block, from);
        if (contact_line(found, block, from, to, section))
            good++;
        else
            bad++;
    }
    if (good > 0 && bad == 0)
        return true;
    found->contacts.count = before;
    return false;
}

/* A heading over contacts, or NULL-like false: begins with such words, asks
 * nothing, and contacts follow. */
static bool is_contact_heading(struct found *found, size_t index)
{
    const struct block *block = block_at(found, index);
    size_t before = found->contacts.count, next = next_open(found, index + 1);
    bool good;

    if (!is_short(block, HEADING_WORDS) || !words_begin(WORDS_CONTACT, block->fold) ||
        next >= block_count(found))
        return false;
    good = take_contacts(found, next, true);
    found->contacts.count = before;
    return good;
}

static size_t take_contact_blocks(struct found *found, size_t index)
{
    for (; index < block_count(found); index++) {
        struct block *block = block_at(found, index);

        if (block->fate != FATE_NONE || block->kind == BLOCK_RULE)
            continue;
        if (words_are(WORDS_READING, block->fold) || words_begin(WORDS_RELATED, block->fold) ||
            words_begin(WORDS_CREDIT, block->fold) || block->kind == BLOCK_HEADING ||
            !take_contacts(found, index, true))
            break;
        block->fate = FATE_CONTACT;
    }
    return index;
}

/* "Follow Ada on …": contacts in a sentence that begins like their heading. */
static bool is_contact_sentence(const struct block *block)
{
    return words_begin(WORDS_CONTACT, block->fold);
}

/* Is the block before INDEX a question? Then what stands there answers it. */
static bool asks_before(const struct found *found, size_t index)
{
    while (index-- > 0)
        if (is_open(found, index) && block_at(found, index)->kind != BLOCK_RULE)
            return block_asks(block_at(found, index));
    return false;
}

/* The block where contacts begin, block_count() when there are none: the last
 * heading over contacts, else two or more lines of contacts at the end. */
static size_t find_contacts(struct found *found)
{
    size_t count = block_count(found), tail = count, lines = 0;

    for (size_t i = count; i-- > 1;) {
        if (!is_open(found, i) || !is_contact_heading(found, i))
            continue;
        if (block_asks(block_at(found, i))) {
            take_contacts(found, next_open(found, i + 1), true);
            return count;               /* a question: its answer stays one */
        }
        block_at(found, i)->fate = FATE_META;
        take_contact_blocks(found, i + 1);
        return i;
    }
    for (size_t i = count; i-- > 1;) {
        size_t before = found->contacts.count;

        if (!is_open(found, i) || block_at(found, i)->kind == BLOCK_RULE)
            continue;
        if (!take_contacts(found, i, false))
            break;
        lines += found->contacts.count - before;
        found->contacts.count = before;
        tail = i;
    }
    if (lines == 0 || (lines < 2 && !is_contact_sentence(block_at(found, tail))))
        return count;
    if (asks_before(found, tail)) {
        take_contacts(found, tail, false);
        return count;
    }
    take_contact_blocks(found, tail);
    return tail;
}

/* ---- Reading list --------------------------------------------------------------- */

static bool is_title_block(const struct block *block)
{
    if (block->bytes == 0 || block->kind == BLOCK_HEADING || block->kind == BLOCK_CODE ||
        words_begin(WORDS_RELATED, block->fold) || words_begin(WORDS_FURNITURE, block->fold))
        return false;
    for (size_t from = 0, to; from < block->bytes; from = to + 1) {
        to = block_line_end(block, from);
        if (to - from > TITLE_BYTES)
            return false;
    }
    return true;
}

static bool is_reading_heading(const struct found *found, size_t index)
{
    const struct block *block = block_at(found, index);
    size_t next = next_open(found, index + 1);

    return is_short(block, 6) && !block_asks(block) &&
           (words_are(WORDS_READING, block->fold) ||
            (words_begin(WORDS_READING, block->fold) &&
             (block->kind == BLOCK_HEADING || block->text[block->bytes - 1] == ':'))) &&
           next < block_count(found) && is_title_block(block_at(found, next)) &&
           !answers_after(found, index);
}

/* The author behind a dash, "by", "de", when it looks like a name. */
static void part_author(struct found *found, struct found_title *title)
{
    static const char *const signs[] = { " — ", " – ", ", by ", " by ", ", de ", ", par ", NULL };

    for (const char *const *sign = signs; *sign != NULL; sign++) {
        const char *at = strstr(title->title, *sign);

        if (at == NULL || at == title->title || !name_is_likely(at + strlen(*sign)))
            continue;
        title->author = arena_strdup(found->arena, at + strlen(*sign));
        title->title = text_clean(found->arena, title->title, (size_t)(at - title->title));
        return;
    }
}

static void take_titles(struct found *found, const struct block *block)
{
    int line = 0;

    for (size_t from = 0, to; from < block->bytes; from = to + 1, line++) {
        struct block part;
        struct found_title *title;

        to = block_line_end(block, from);
        part = block_slice(found->arena, block, from, to);
        if (part.bytes == 0)
            continue;
        title = VEC_PUSH(&found->titles);
        title->title = part.text;
        title->at = block->at;
        title->at.line += block->at.line > 0 && !found->article->page ? line : 0;
        for (size_t i = 0; i < part.run_count && title->url == NULL; i++)
            title->url = part.run[i].url;
        part_author(found, title);
    }
}

static void find_reading(struct found *found, size_t from)
{
    for (size_t i = from; i < block_count(found); i++) {
        if (!is_open(found, i) || !is_reading_heading(found, i))
            continue;
        if (i < found->last)
            found->last = i;
        block_at(found, i)->fate = FATE_META;
        for (size_t j = i + 1; j < block_count(found); j++) {
            struct block *block = block_at(found, j);

            if (block->fate != FATE_NONE || block->kind == BLOCK_RULE)
                continue;
            if (!is_title_block(block) || is_contact_heading(found, j))
                return;
            take_titles(found, block);
            block->fate = FATE_READING;
        }
        return;
    }
}

/* ---- Other posts ------------------------------------------------------------------- */

static bool is_link_list(const struct block *block)
{
    return is_short(block, 20) || (block->run_count > 0 && block->run[0].url != NULL);
}

/* A heading over other posts, and the short lines below it. */
static void drop_related(struct found *found)
{
    for (size_t i = 1; i < block_count(found); i++) {
        struct block *block = block_at(found, i);

        if (!is_open(found, i) || !is_short(block, HEADING_WORDS) ||
            !words_begin(WORDS_RELATED, block->fold) ||
            block_asks(block) || answers_after(found, i))
            continue;
        if (i < found->last)
            found->last = i;
        leave_out(block, "heading over other posts");
        for (size_t j = i + 1; j < block_count(found) && is_open(found, j); j++) {
            block = block_at(found, j);
            if (words_are(WORDS_READING, block->fold) || is_contact_heading(found, j) ||
                is_reading_heading(found, j) || block->kind == BLOCK_RULE || !is_link_list(block))
                break;
            leave_out(block, "link to another post");
        }
    }
}

/* ---- Who wrote it, newsletters ------------------------------------------------------- */

static bool is_closing_heading(const struct block *block)
{
    return is_short(block, HEADING_WORDS) && !block_asks(block) &&
           words_begin(WORDS_CLOSING, block->fold) &&
           (block->kind == BLOCK_HEADING ||
            (block_marks(block, 0, block->bytes) & MARK_STRONG) != 0);
}

/* A question in bold or a heading, and no link to another text. */
static bool asks_aloud(const struct block *block)
{
    return block->fate == FATE_NONE && block_asks(block) &&
           (block->kind == BLOCK_HEADING || block_marks(block, 0, block->bytes) != 0) &&
           (block->run_count == 0 || block->run[0].url == NULL);
}

/* The end of the section below the heading at INDEX, few blocks of few words; the
 * index itself when there is more, or it tells of the person. */
static size_t closing_end(const struct found *found, size_t index)
{
    const char *name = found->name == NULL ? "" : words_fold(found->arena, found->name,
                                                             strlen(found->name));
    int level = block_at(found, index)->level;
    size_t i = index + 1, blocks = 0;

    for (; i < block_count(found) && is_open(found, i); i++) {
        const struct block *block = block_at(found, i);

        if (block->kind == BLOCK_RULE || is_closing_heading(block) || asks_aloud(block) ||
            (block->kind == BLOCK_HEADING && block->level <= level))
            break;
        if (++blocks > CLOSING_BLOCKS || block->bytes > CLOSING_BYTES ||
            (fold_words(name) > 0 && strstr(block->fold, name) != NULL))
            return index;
    }
    return i;
}

/* Does nothing that is set off ask behind INDEX? A box may stand between questions. */
static bool is_behind_questions(const struct found *found, size_t index)
{
    for (size_t i = index + 1; i < block_count(found); i++)
        if (asks_aloud(block_at(found, i)))
            return false;
    return true;
}

static void drop_closing(struct found *found)
{
    for (size_t i = block_count(found) / 3 + 1; i < block_count(found); i++) {
        size_t end;

        if (!is_open(found, i) || !is_closing_heading(block_at(found, i)))
            continue;
        if (i < found->last && is_behind_questions(found, i))
            found->last = i;
        end = closing_end(found, i);
        for (size_t j = i; j < end; j++)
            leave_out(block_at(found, j), "who wrote it, or what the site offers");
    }
}

/* ---- Buttons ---------------------------------------------------------------------------- */

/* Thanks and the reply to them end an interview, however often they come. */
static bool is_farewell(const struct block *block)
{
    return words_begin(WORDS_THANKS, block->fold) || words_begin(WORDS_REPLY, block->fold);
}

static bool is_furniture(const struct found *found, const struct block *block)
{
    if (block->bytes == 0)
        return false;
    return (words_begin(WORDS_FURNITURE, block->fold) && block->words <= 8 &&
            !block_asks(block)) ||
           (series_articles(found->series) >= 3 && series_is_common(found->series, block) &&
            !is_farewell(block) && !block_asks(block));
}

/* From the end upwards: buttons, footers, what all articles of the series end
 * with. */
static void drop_footer(struct found *found)
{
    for (size_t i = block_count(found); i-- > 1;) {
        struct block *block = block_at(found, i);

        if (block->fate != FATE_NONE)
            continue;
        if (block->kind == BLOCK_RULE)
            leave_out(block, "separator");
        else if (is_furniture(found, block))
            leave_out(block, "furniture of the page");
        else
            break;
    }
}

static bool is_credit(const struct block *block)
{
    return is_short(block, 10) && words_begin(WORDS_CREDIT, block->fold) &&
           strchr(block->text, ':') != NULL;
}

/* What is left behind the tail's start is not thrown away: it goes on with
 * the last answer, and the report names it. */
static void settle_tail(struct found *found)
{
    for (size_t i = found->last; i < block_count(found); i++) {
        struct block *block = block_at(found, i);

        if (block->fate != FATE_NONE || is_credit(block))
            continue;
        if (block->kind == BLOCK_RULE) {
            leave_out(block, "separator");
        } else if (is_furniture(found, block)) {
            leave_out(block, "furniture of the page");
        } else if (!take_contacts(found, i, false)) {
            block->fate = FATE_ANSWER;
            found_doubt(found, block->at, "stands behind the last answer, kept there: “%.60s”",
                        block->text);
        } else {
            block->fate = FATE_CONTACT;
        }
    }
}

void find_sections(struct found *found)
{
    size_t contacts;

    found->last = block_count(found);
    drop_comments(found);
    drop_footer(found);
    contacts = find_contacts(found);
    if (contacts < found->last)
        found->last = contacts;
    drop_related(found);
    drop_closing(found);
    find_reading(found, contacts < block_count(found) ? contacts : block_count(found) / 2);
    settle_tail(found);
    while (found->last > 0 && block_at(found, found->last - 1)->fate == FATE_LEFT_OUT)
        found->last--;
}
