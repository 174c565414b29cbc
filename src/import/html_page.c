/* The article among the furniture of a page. Each container weighs what text it
 * holds, links aside. What is named as an article and holds most of the text is
 * the article; else the way goes down from the page to the smallest container
 * that still holds most. Names alone do not decide: a side bar by name that
 * holds the text is none. */
#include "import/html.h"
#include "import/words.h"

#include <glib.h>
#include <string.h>

enum { ROOT = 0, PROSE = 60 };       /* bytes of an introduction, at least */

static size_t text_weight(const struct block *block)
{
    size_t linked = 0;

    for (size_t i = 0; i < block->run_count; i++)
        if (block->run[i].url != NULL)
            linked += block->run[i].end - block->run[i].start;
    return block->bytes - linked;
}

static struct container *container_of(container_list *list, uint32_t number)
{
    return number == ROOT ? NULL : &list->item[number - 1];
}

/* Text below each container, and of all; parents stand before children. */
static size_t weigh(const struct article *article, container_list *list)
{
    size_t all = 0;

    for (size_t i = 0; i < article->blocks.count; i++) {
        const struct block *block = &article->blocks.item[i];
        struct container *container = container_of(list, block->container);

        all += text_weight(block);
        if (container != NULL)
            container->weight += text_weight(block);
    }
    for (size_t i = list->count; i-- > 0;) {
        struct container *parent = container_of(list, list->item[i].parent);

        if (parent != NULL)
            parent->weight += list->item[i].weight;
    }
    return all;
}

/* Furniture goes down to children; what holds half of the page is none, nor is
 * anything around it. */
static void settle_hints(container_list *list, size_t all)
{
    for (size_t i = 0; i < list->count; i++) {
        struct container *container = &list->item[i];
        const struct container *parent = container_of(list, container->parent);

        if (container->hint >= HINT_FURNITURE && container->weight * 2 > all)
            container->hint = HINT_NONE;
        if (parent != NULL && parent->hint >= HINT_FURNITURE)
            container->hint = parent->hint;
    }
    for (size_t i = 0; i < list->count; i++)
        list->item[i].weight = 0;
}

static size_t weigh_again(const struct article *article, container_list *list)
{
    size_t all = 0;

    for (size_t i = 0; i < article->blocks.count; i++) {
        const struct block *block = &article->blocks.item[i];
        struct container *container = container_of(list, block->container);

        if (container == NULL || container->hint < HINT_FURNITURE) {
            all += text_weight(block);
            if (container != NULL)
                container->weight += text_weight(block);
        }
    }
    for (size_t i = list->count; i-- > 0;) {
        struct container *parent = container_of(list, list->item[i].parent);

        if (parent != NULL)
            parent->weight += list->item[i].weight;
    }
    return all;
}

/* The smallest container that is named as main and holds six tenths. */
static uint32_t choose_named(const container_list *list, size_t all)
{
    uint32_t best = ROOT;

    for (size_t i = 0; i < list->count; i++)
        if (list->item[i].hint == HINT_MAIN && list->item[i].weight * 10 >= all * 6)
            best = (uint32_t)i + 1;
    return best;
}

static bool is_inside(const container_list *list, uint32_t number, uint32_t chosen)
{
    while (number != ROOT && number > chosen)
        number = list->item[number - 1].parent;
    return number == chosen;
}

/* Sentences that are not linked: no menu, no button, no line that warns of cookies. */
static bool is_prose(const struct block *block)
{
    return !block->furniture && block->bytes >= PROSE && block->kind == BLOCK_PARAGRAPH &&
           text_weight(block) * 10 >= block->bytes * 7 &&
           strchr(".!?:", block->text[block->bytes - 1]) != NULL &&
           strstr(block->text, "cookie") == NULL && strstr(block->text, "Cookie") == NULL;
}

/* Does prose stand within container AROUND before its child INSIDE begins? Then that
 * is the article's introduction. */
static bool is_introduced(const struct article *article, const container_list *list,
                          uint32_t around, uint32_t inside)
{
    for (size_t i = 0; i < article->blocks.count; i++) {
        const struct block *block = &article->blocks.item[i];

        if (is_inside(list, block->container, inside))
            return false;
        if (is_inside(list, block->container, around) && is_prose(block) &&
            (block->container == ROOT ||
             list->item[block->container - 1].hint < HINT_FURNITURE))
            return true;
    }
    return false;
}

/* Down from the page while one child holds nine tenths of all text; questions in
 * a list have an introduction before it. */
static uint32_t choose_heavy(const struct article *article, const container_list *list,
                             size_t all)
{
    uint32_t best = ROOT;

    for (size_t i = 0; i < list->count; i++)
        if (list->item[i].parent == best && !list->item[i].list &&
            list->item[i].weight * 10 >= all * 9 &&
            !is_introduced(article, list, best, (uint32_t)i + 1))
            best = (uint32_t)i + 1;
    return best;
}

/* ---- Title --------------------------------------------------------------------------- */

/* The heading that the page's title repeats, longest first; else its first
 * heading of the first level. */
static struct block *title_block(struct article *article, const struct page_facts *facts)
{
    const char *whole = facts->og_title != NULL ? facts->og_title : facts->title;
    const char *all = words_fold(article->arena, whole == NULL ? "" : whole,
                                 whole == NULL ? 0 : strlen(whole));
    const char *site = words_fold(article->arena, facts->site == NULL ? "" : facts->site,
                                  facts->site == NULL ? 0 : strlen(facts->site));
    struct block *best = NULL, *first = NULL;
    size_t longest = 0;

    for (size_t i = 0; i < article->blocks.count; i++) {
        struct block *block = &article->blocks.item[i];
        const char *fold;

        if (block->kind != BLOCK_HEADING)
            continue;
        fold = words_fold(article->arena, block->text, block->bytes);
        if (first == NULL && block->level == 1 && strcmp(fold, site) != 0)
            first = block;
        if (fold_words(fold) > 0 && strstr(all, fold) != NULL && strcmp(fold, site) != 0 &&
            strlen(fold) > longest) {
            longest = strlen(fold);
            best = block;
        }
    }
    return best != NULL ? best : first;
}

/* "Title | Site": what stands before the last sign that parts. */
static const char *without_site(struct arena *arena, const char *title)
{
    static const char *const signs[] = { " | ", " » ", " « ", " – ", " — ", " - ", " :: ", NULL };
    size_t cut = strlen(title);

    for (const char *const *sign = signs; *sign != NULL; sign++) {
        const char *at = g_strrstr(title, *sign);

        if (at != NULL && at > title) {
            cut = (size_t)(at - title);
            break;
        }
    }
    return arena_strndup(arena, title, cut);
}

static void take_title(struct article *article, const struct page_facts *facts,
                       struct block *heading)
{
    if (heading != NULL) {
        article->title = heading->text;
        heading->furniture = false;
        heading->fate = FATE_TITLE;
    } else if (facts->og_title != NULL) {
        article->title = facts->og_title;
    } else if (facts->title != NULL) {
        article->title = without_site(article->arena, facts->title);
    }
}

/* The day of "2012-05-14T08:00:00+00:00"; NULL when it begins otherwise. */
static const char *day_of(struct arena *arena, const char *date)
{
    for (int i = 0; i < 10; i++)
        if (date == NULL || (i == 4 || i == 7 ? date[i] != '-' : !g_ascii_isdigit(date[i])))
            return NULL;
    return arena_strndup(arena, date, 10);
}

/* Links, and nothing between them but signs. */
static bool is_menu(const struct block *block)
{
    size_t links = 0;

    for (size_t i = 0; i < block->run_count; i++)
        links += block->run[i].url != NULL && block->run[i].start < block->run[i].end;
    return links >= 2 && block->kind != BLOCK_HEADING && text_weight(block) * 5 <= block->bytes;
}

/* Menus that no element names, above the first heading or sentence. */
static void drop_menus(struct article *article)
{
    for (size_t i = 0; i < article->blocks.count; i++) {
        struct block *block = &article->blocks.item[i];

        if (block->furniture)
            continue;
        if (block->kind == BLOCK_HEADING || is_prose(block))
            return;
        block->furniture = is_menu(block);
    }
}

void page_choose(struct article *article, container_list *containers,
                 const struct page_facts *facts)
{
    size_t all = weigh(article, containers);
    uint32_t chosen;

    settle_hints(containers, all);
    all = weigh_again(article, containers);
    chosen = choose_named(containers, all);
    if (chosen == ROOT)
        chosen = choose_heavy(article, containers, all);
    for (size_t i = 0; i < article->blocks.count; i++) {
        struct block *block = &article->blocks.item[i];
        const struct container *container = container_of(containers, block->container);

        block->furniture = (container != NULL && container->hint >= HINT_FURNITURE) ||
                           (chosen != ROOT && !is_inside(containers, block->container, chosen));
    }
    drop_menus(article);
    take_title(article, facts, title_block(article, facts));
    article->series = facts->site;
    if (facts->link != NULL && strncmp(facts->link, "http", 4) == 0)
        article->link = facts->link;
    article->date = day_of(article->arena, facts->date);
    article->image = facts->og_image;
}
