/* The finder's way through an article: person, tail, questions, opening; then
 * what no part has claimed is kept in the book and told. */
#include "import/find.h"
#include "book/network.h"

#include <glib.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void found_doubt(struct found *found, struct place at, const char *format, ...)
{
    struct buf text = {0};
    va_list args;
    char line[512];

    va_start(args, format);
    vsnprintf(line, sizeof line, format, args);
    va_end(args);
    buf_puts(&text, line);
    *VEC_PUSH(&found->doubts) = (struct doubt){
        at, text_clean(found->arena, buf_text(&text), text.len) };
    buf_free(&text);
}

static void drop_furniture(struct article *article)
{
    for (size_t i = 0; i < article->blocks.count; i++)
        if (article->blocks.item[i].furniture) {
            article->blocks.item[i].fate = FATE_LEFT_OUT;
            article->blocks.item[i].why = "furniture of the page";
        }
}

/* "Question 1" as all of a block: the number of what stands below. */
static bool is_number_label(struct found *found, const struct block *block)
{
    size_t end = strlen(block->fold);
    char *fold;

    if (block->words > 2 || end < 4 || !g_ascii_isdigit(block->fold[end - 2]))
        return false;
    fold = arena_strdup(found->arena, block->fold);
    while (end > 1 && (g_ascii_isdigit(fold[end - 1]) || fold[end - 1] == ' '))
        end--;
    if (fold[end] == '\0')
        return false;
    fold[end + 1] = '\0';
    return words_are(WORDS_ASKS, fold);
}

static bool is_text(const struct block *block)
{
    return block->kind == BLOCK_PARAGRAPH && block->bytes > 0 && block->fate == FATE_NONE;
}

/* Such labels tell that a paragraph between them and an answer is the question. */
static void take_number_labels(struct found *found)
{
    struct block *block = found->article->blocks.item;
    size_t count = found->article->blocks.count, labels = 0;

    for (size_t i = 0; i + 2 < count; i++)
        labels += is_number_label(found, &block[i]) && is_text(&block[i + 1]) &&
                  block[i + 2].bytes > 0 && !is_number_label(found, &block[i + 2]);
    for (size_t i = 0; labels >= 2 && i + 2 < count; i++) {
        if (!is_number_label(found, &block[i]) || !is_text(&block[i + 1]) ||
            is_number_label(found, &block[i + 2]))
            continue;
        block[i].fate = FATE_LEFT_OUT;
        block[i].why = "number of a question";
        block_set_off(&block[i + 1]);
    }
}

/* Nothing is lost: what has no fate yet goes where it stands. */
static void settle(struct found *found)
{
    bool answering = false;

    for (size_t i = 0; i < found->article->blocks.count; i++) {
        struct block *block = &found->article->blocks.item[i];

        answering = answering || block->fate == FATE_QUESTION;
        if (block->fate != FATE_NONE)
            continue;
        block->fate = answering ? FATE_ANSWER : FATE_INTRODUCTION;
        if (found->questions == 0 && !answering)
            continue;
        found_doubt(found, block->at, "kept where it stands: “%.60s”", block->text);
    }
}

/* Front matter that names a network: "twitter: name". */
static void take_named(struct found *found)
{
    for (size_t i = 0; i < found->article->contacts.count; i++) {
        const struct named *named = &found->article->contacts.item[i];
        struct block line = { .at = { found->article->path, 1, 0 } };

        line.text = arena_printf(found->arena, "%s : %s", named->name, named->value);
        line.bytes = strlen(line.text);
        contact_line(found, &line, 0, line.bytes, true);
    }
}

static void doubt_links(struct found *found)
{
    for (size_t i = 0; i < found->article->blocks.count; i++) {
        const struct block *block = &found->article->blocks.item[i];

        if (block->fate != FATE_LEFT_OUT && strstr(block->text, "][") != NULL)
            found_doubt(found, block->at, "perhaps a link without an address: “%.60s”",
                        strstr(block->text, "]["));
        for (size_t j = 0; j < block->run_count && block->fate != FATE_LEFT_OUT; j++)
            if (block->run[j].url != NULL && !address_is_sound(block->run[j].url))
                found_doubt(found, block->at, "the link to “%.80s” leads nowhere from here; its "
                            "text is kept", block->run[j].url);
    }
}

/* A set of labels of notes; destroy it. */
static GHashTable *labels_new(void)
{
    return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

static bool is_call(const struct run *run)
{
    return (run->marks & MARK_NOTE) != 0;
}

static gchar *called_label(const struct block *block, const struct run *run)
{
    return g_strndup(block->text + run->start, run->end - run->start);
}

static bool calls_one_of(GHashTable *labels, const struct block *block, const struct run *run)
{
    gchar *label = called_label(block, run);
    bool there = g_hash_table_contains(labels, label);

    g_free(label);
    return there;
}

/* A call of a note that is not there, or within a note, is only its figure. */
static void settle_calls(struct article *article)
{
    GHashTable *labels = labels_new();

    for (size_t i = 0; i < article->blocks.count; i++) {
        const struct block *block = &article->blocks.item[i];

        if (block->kind == BLOCK_NOTE && block->label != NULL)
            g_hash_table_add(labels, g_strdup(block->label));
    }
    for (size_t i = 0; i < article->blocks.count; i++) {
        struct block *block = &article->blocks.item[i];

        for (size_t j = 0; j < block->run_count; j++)
            if (is_call(&block->run[j]) && (block->kind == BLOCK_NOTE ||
                                            !calls_one_of(labels, block, &block->run[j])))
                block->run[j].marks &= ~(unsigned)MARK_NOTE;
    }
    g_hash_table_destroy(labels);
}

static bool is_printed(const struct block *block)
{
    return block->fate == FATE_QUESTION || block->fate == FATE_ANSWER ||
           block->fate == FATE_INTRODUCTION;
}

/* A note that nothing in print calls would be dropped by readers of Markdown:
 * it is a paragraph where it stands. */
static void settle_uncalled(struct article *article)
{
    GHashTable *labels = labels_new();

    for (size_t i = 0; i < article->blocks.count; i++) {
        const struct block *block = &article->blocks.item[i];

        for (size_t j = 0; j < block->run_count && is_printed(block); j++)
            if (is_call(&block->run[j]))
                g_hash_table_add(labels, called_label(block, &block->run[j]));
    }
    for (size_t i = 0; i < article->blocks.count; i++) {
        struct block *block = &article->blocks.item[i];

        if (block->kind == BLOCK_NOTE &&
            (block->label == NULL || !g_hash_table_contains(labels, block->label))) {
            block->kind = BLOCK_PARAGRAPH;
            block->label = NULL;
        }
    }
    g_hash_table_destroy(labels);
}

static void count_unanswered(struct found *found)
{
    bool waiting = false;

    for (size_t i = 0; i < found->article->blocks.count; i++) {
        const struct block *block = &found->article->blocks.item[i];

        if (block->fate == FATE_QUESTION && !block->goes_on) {
            found->unanswered += waiting;
            waiting = true;
        } else if (block->fate == FATE_ANSWER) {
            waiting = false;
        }
    }
    found->unanswered += waiting;
}

void find(struct found *found, struct article *article, const struct series *series)
{
    *found = (struct found){
        .article = article, .arena = article->arena, .series = series,
        .credit = article->credit, .date = article->date, .photo = article->photo,
        .photo_alt = article->photo_alt, .language = article->language,
    };
    drop_furniture(article);
    take_number_labels(found);
    settle_calls(article);
    find_person(found);
    find_sections(found);
    find_questions(found);
    find_kind(found);
    find_nearby(found);
    find_opening(found);
    find_role(found);
    find_name_doubt(found);
    take_named(found);
    settle(found);
    settle_uncalled(article);
    doubt_links(found);
    count_unanswered(found);
}

void found_free(struct found *found)
{
    free(found->contacts.item);
    free(found->titles.item);
    free(found->accounts.item);
    free(found->doubts.item);
}
