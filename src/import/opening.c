/* What stands before the first question: the introduction that the whole series
 * shares, the particular one, the photo and its credit; and the accounts that a
 * person runs, told in the opening or in answer to the question for them. */
#include "import/find.h"
#include "import/dates.h"

#include <string.h>

enum { CREDIT_WORDS = 12, HANDLES_MOST = 12, DATE_WORDS = 7 };

/* ---- Credit -------------------------------------------------------------------- */

/* "Credit: NAME", "Photo by NAME", "© NAME": the offset of the name. */
static size_t after_credit(const struct block *block)
{
    const char *colon = strchr(block->text, ':'), *by;

    if (block->words > CREDIT_WORDS || block->bytes == 0 ||
        block_asks(block))
        return 0;
    if (strncmp(block->text, "©", 2) == 0)
        return 2;
    if (!words_begin(WORDS_CREDIT, block->fold))
        return 0;
    if (colon != NULL)
        return (size_t)(colon - block->text) + 1;
    by = strstr(block->text, " by ");
    if (by != NULL)
        return (size_t)(by - block->text) + 4;
    by = strstr(block->text, " par ");
    return by == NULL ? 0 : (size_t)(by - block->text) + 5;
}

static void take_credit(struct found *found, struct block *block)
{
    size_t offset = after_credit(block);
    const char *name;

    if (offset == 0 || found->credit != NULL)
        return;
    name = text_clean(found->arena, block->text + offset, block->bytes - offset);
    if (name[0] == '\0')
        return;
    found->credit = name;
    block->fate = FATE_CREDIT;
}

/* ---- Photo ----------------------------------------------------------------------- */

/* A block that is a picture alone, in the opening, is the photo. */
static void take_photo(struct found *found, struct block *block)
{
    const struct run *picture = block_picture(block);

    if (picture == NULL || found->photo != NULL)
        return;
    found->photo = picture->picture;
    found->photo_alt = picture->alt;
    if (block->bytes == 0) {
        block->fate = FATE_META;
    } else {
        struct run *run = ARENA_ARRAY(found->arena, block->run_count, struct run);
        size_t count = 0;

        for (size_t i = 0; i < block->run_count; i++)
            if (&block->run[i] != picture)
                run[count++] = block->run[i];
        block->run = run;
        block->run_count = count;
    }
}

static void take_caption(struct found *found, size_t index)
{
    struct block *block = block_at(found, index);

    if (block->fate != FATE_NONE || !block->caption || index == 0 ||
        block_at(found, index - 1)->fate != FATE_META)
        return;
    take_credit(found, block);
    if (block->fate != FATE_NONE)
        return;
    block->fate = found->photo_alt == NULL ? FATE_META : FATE_LEFT_OUT;
    block->why = "caption of the photo";
    if (found->photo_alt == NULL)
        found->photo_alt = block->text;
}

/* ---- Introductions ------------------------------------------------------------------ */

static bool is_meta_line(const struct block *block)
{
    return block->words <= 8 && words_begin(WORDS_FURNITURE, block->fold) &&
           !block_asks(block);
}

/* A line that tells the day is no introduction. */
static void take_date(struct found *found, struct block *block)
{
    const char *date = block->words > DATE_WORDS ? NULL : date_of_line(found->arena, block->fold);

    if (date == NULL)
        return;
    if (found->date == NULL)
        found->date = date;
    block->fate = FATE_META;
}

/* Text between the title and the first question. */
static void take_opening(struct found *found)
{
    for (size_t i = 0; i < found->first; i++) {
        struct block *block = block_at(found, i);

        take_caption(found, i);
        if (block->fate != FATE_NONE)
            continue;
        take_photo(found, block);
        if (block->fate == FATE_NONE)
            take_credit(found, block);
        if (block->fate == FATE_NONE)
            take_date(found, block);
        if (block->fate != FATE_NONE)
            continue;
        if (block->kind == BLOCK_RULE) {
            block->fate = FATE_LEFT_OUT;
            block->why = "separator";
        } else if (is_meta_line(block)) {
            block->fate = FATE_LEFT_OUT;
            block->why = "furniture of the page";
        } else if (found->questions > 0 && series_is_common(found->series, block)) {
            block->fate = FATE_COMMON;
        } else {
            block->fate = FATE_INTRODUCTION;
        }
    }
}

/* A line that nothing follows but the tail is no break of thought. */
static void drop_rules(struct found *found)
{
    size_t count = found->article->blocks.count;
    bool answer = false;

    for (size_t i = found->first; i < count; i++) {
        struct block *block = block_at(found, i);
        size_t next = i + 1;

        if (block->fate != FATE_NONE || block->kind != BLOCK_RULE) {
            answer = block->fate == FATE_ANSWER || (answer && block->fate == FATE_LEFT_OUT);
            continue;
        }
        while (next < count && (block_at(found, next)->fate == FATE_LEFT_OUT ||
                                block_at(found, next)->kind == BLOCK_RULE))
            next++;
        if (answer && next < count && block_at(found, next)->fate == FATE_ANSWER) {
            block->fate = FATE_ANSWER;
        } else {
            block->fate = FATE_LEFT_OUT;
            block->why = "separator";
        }
    }
}

static void drop_pull_quotes(struct found *found)
{
    size_t count = found->article->blocks.count;

    for (size_t i = 0; i < count; i++) {
        struct block *quote = block_at(found, i);

        if (quote->quote == 0 || (quote->fate != FATE_ANSWER && quote->fate != FATE_INTRODUCTION) ||
            quote->words < 5)
            continue;
        for (size_t j = i > 24 ? i - 24 : 0; j < count && j < i + 25; j++) {
            const struct block *other = block_at(found, j);

            if (j != i && other->quote == 0 && other->fate == quote->fate &&
                strstr(other->fold, quote->fold) != NULL) {
                quote->fate = FATE_LEFT_OUT;
                quote->why = "pull quote; the text says it too";
                break;
            }
        }
    }
}

/* ---- Accounts ------------------------------------------------------------------------ */

static void add_account(struct found *found, const char *handle, size_t bytes)
{
    for (size_t i = 0; i < found->accounts.count; i++)
        if (strlen(found->accounts.item[i]) == bytes &&
            strncmp(found->accounts.item[i], handle, bytes) == 0)
            return;
    if (found->accounts.count < HANDLES_MOST)
        *VEC_PUSH(&found->accounts) = arena_strndup(found->arena, handle, bytes);
}

static void take_handles(struct found *found, const struct block *block)
{
    for (const char *at = block->text; (at = strchr(at, '@')) != NULL;) {
        size_t length = at > block->text && (at[-1] == '.' || at[-1] == '_' ||
                        (at[-1] >= '0' && at[-1] <= 'z' && at[-1] != ':')) ? 0
                                                                         : handle_length(at);

        if (length > 0)
            add_account(found, at, length);
        at += length > 0 ? length : 1;
    }
}

/* A question for the accounts or the firm that somebody works for. */
static bool asks_accounts(const struct block *block)
{
    return block->fate == FATE_QUESTION && words_have(WORDS_RUNS, block->fold) &&
           (strstr(block->fold, " compte ") != NULL || strstr(block->fold, " comptes ") != NULL ||
            strstr(block->fold, " marque ") != NULL || strstr(block->fold, " account ") != NULL ||
            strstr(block->fold, " accounts ") != NULL || strstr(block->fold, " brand ") != NULL ||
            strstr(block->fold, " page ") != NULL) &&
           (strstr(block->fold, " pour quel") != NULL || strstr(block->fold, " quel") == block->fold ||
            strstr(block->fold, " which ") != NULL || strstr(block->fold, " what ") != NULL);
}

static void take_accounts(struct found *found)
{
    bool taking = false;

    for (size_t i = 0; i < found->article->blocks.count; i++) {
        const struct block *block = block_at(found, i);

        if (block->fate == FATE_QUESTION)
            taking = asks_accounts(block);
        else if (taking && block->fate == FATE_ANSWER)
            take_handles(found, block);
    }
    for (size_t i = 0; i < found->article->accounts.count; i++)
        add_account(found, found->article->accounts.item[i],
                    strlen(found->article->accounts.item[i]));
}

void find_opening(struct found *found)
{
    take_opening(found);
    for (size_t i = found->last; i < found->article->blocks.count; i++)
        if (block_at(found, i)->fate == FATE_NONE)
            take_credit(found, block_at(found, i));
    drop_rules(found);
    drop_pull_quotes(found);
    take_accounts(found);
}
