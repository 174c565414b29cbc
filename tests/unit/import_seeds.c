/* Three real interviews, ../shared/seeds, imported, read back as a book, and
 * compared with what a person has found in them, ../shared/golden: as raw text,
 * as pages with furniture around, and as a WordPress export. Skipped where they
 * are not. */
#include "base/buf.h"
#include "base/file.h"
#include "base/utf8.h"
#include "book/book.h"
#include "book/network.h"
#include "book/yaml.h"
#include "import/import.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define SHARED "../shared"

static const char *const people[] = { "carl-olivier-perras-beaulieu", "caroline-audet",
                                      "melissa-carroll" };
enum { PEOPLE = sizeof people / sizeof *people };

enum form { FORM_TEXT, FORM_PAGE, FORM_EXPORT };

struct seeds {
    struct arena *arena;
    enum form form;
    char folder[64];
    struct book *book;
    bool missing;
};

static void be_silent(void *context, const struct diagnostic *diagnostic)
{
    (void)context;
    if (diagnostic->severity == DIAG_ERROR)
        fprintf(stderr, "%s:%d: %s\n", diagnostic->at.path, diagnostic->at.line,
                diagnostic->message);
}

/* The importer's summary goes to stdout, where the results of the tests go. */
static bool import_quietly(const char *const *files, size_t count,
                           const struct import_options *options)
{
    int out = dup(STDOUT_FILENO), nowhere = open("/dev/null", O_WRONLY);
    bool good;

    fflush(stdout);
    dup2(nowhere, STDOUT_FILENO);
    good = import_files(files, count, options);
    fflush(stdout);
    dup2(out, STDOUT_FILENO);
    close(out);
    close(nowhere);
    return good;
}

/* ---- Seeds in other forms ------------------------------------------------------------- */

static bool is_question_line(const struct yaml *golden, int line)
{
    const struct yaml *questions = yaml_lookup(golden, "questions");

    for (size_t i = 0; i < questions->count; i++)
        if (atoi(yaml_lookup(questions->items[i], "line")->text) == line)
            return true;
    return false;
}

static bool is_blank(const char *line)
{
    for (const char *end = line + strlen(line); line < end;) {
        uint32_t code = utf8_next(&line, end);

        if (code != ' ' && code != 0xA0)
            return false;
    }
    return true;
}

/* The text behind a bullet or "1-"; NULL. */
static const char *after_sign(const char *line, const char **list)
{
    static const char *const signs[] = { "•", "·", "–" };

    line += strspn(line, " ");
    *list = "ul";
    for (size_t i = 0; i < 3; i++)
        if (strncmp(line, signs[i], strlen(signs[i])) == 0)
            return line + strlen(signs[i]);
    *list = "ol";
    return line[0] >= '1' && line[0] <= '9' && line[1] == '-' ? line + 2 : NULL;
}

static void put_escaped(struct buf *out, const char *line)
{
    for (; *line != '\0'; line++) {
        if (*line == '&')
            buf_puts(out, "&amp;");
        else if (*line == '<')
            buf_puts(out, "&lt;");
        else
            buf_putc(out, *line);
    }
}

static char *next_line(char **text)
{
    char *line = *text, *end = strchr(line, '\n');

    if (*line == '\0')
        return NULL;
    *text = end == NULL ? line + strlen(line) : end + 1;
    if (end != NULL)
        *end = '\0';
    return line;
}

/* Paragraphs, lists and bold questions; the first line is the title. */
static void put_page(struct buf *out, char *text, const struct yaml *golden)
{
    const char *list, *open = NULL, *item;
    bool paragraph = false;
    char *line = next_line(&text);

    buf_printf(out, "<!DOCTYPE html><html lang=\"fr-CA\"><head><title>%s | Le blogue</title></head>"
               "<body><div class=\"site-header\"><h1>Le blogue</h1></div><div class=\"menu\"><ul>"
               "<li><a href=\"/\">Accueil</a></li></ul></div><div class=\"post\"><h2>%s</h2>"
               "<div class=\"entry-content\">\n", line, line);
    for (int number = 2; (line = next_line(&text)) != NULL; number++) {
        bool blank = is_blank(line);

        item = blank ? NULL : after_sign(line, &list);
        if (open != NULL && item == NULL && !blank) {
            buf_printf(out, "</%s>\n", open);
            open = NULL;
        }
        if (item != NULL) {
            if (open == NULL)
                buf_printf(out, "<%s>\n", open = list);
            buf_puts(out, "<li>");
            put_escaped(out, item);
            buf_puts(out, "</li>\n");
        } else if (blank) {
            buf_puts(out, paragraph ? "</p>\n" : "");
            paragraph = false;
        } else {
            bool bold = is_question_line(golden, number);

            buf_puts(out, paragraph ? "<br />\n" : "<p>");
            buf_puts(out, bold ? "<strong>" : "");
            put_escaped(out, line);
            buf_puts(out, bold ? "</strong>" : "");
            paragraph = true;
        }
    }
    buf_puts(out, "</div></div><div class=\"sidebar\"><h3>Archives</h3><p>Mai 2012</p></div>"
             "</body></html>\n");
}

/* As the old editor kept it: no paragraphs, questions in bold. */
static void put_post(struct buf *out, char *text, const struct yaml *golden, const char *slug)
{
    char *line = next_line(&text);

    buf_printf(out, "<item><title>%s</title><content:encoded><![CDATA[", line);
    for (int number = 2; (line = next_line(&text)) != NULL; number++) {
        bool bold = is_question_line(golden, number);

        buf_printf(out, "%s%s%s\n", bold ? "<strong>" : "", line, bold ? "</strong>" : "");
    }
    buf_printf(out, "]]></content:encoded><wp:post_name>%s</wp:post_name>"
               "<wp:post_id>%zu</wp:post_id><wp:status>publish</wp:status>"
               "<wp:post_type>post</wp:post_type></item>\n", slug, strlen(slug));
}

static const char *write_source(struct seeds *seeds, const char *name, const struct buf *text)
{
    const char *path = arena_printf(seeds->arena, "%s/.%s", seeds->folder, name);
    FILE *file = fopen(path, "wb");

    assert_non_null(file);
    assert_int_equal(fwrite(text->data, 1, text->len, file), text->len);
    fclose(file);
    return path;
}

/* The sources of the form, at most PEOPLE; their number. */
static size_t make_sources(struct seeds *seeds, const char *files[PEOPLE])
{
    struct buf text = {0};
    size_t bytes;

    if (seeds->form == FORM_EXPORT)
        buf_puts(&text, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" "
                 "xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" "
                 "xmlns:wp=\"http://wordpress.org/export/1.1/\"><channel>"
                 "<title>Le blogue</title><wp:wxr_version>1.1</wp:wxr_version>\n");
    for (size_t i = 0; i < PEOPLE; i++) {
        const struct yaml *golden = yaml_load(seeds->arena, arena_printf(seeds->arena,
            SHARED "/golden/%s.json", people[i]));
        char *seed;

        files[i] = arena_printf(seeds->arena, SHARED "/seeds/%s.txt", people[i]);
        seed = file_read_text(seeds->arena, files[i], &bytes);
        if (seeds->form == FORM_PAGE) {
            buf_cut(&text, 0);
            put_page(&text, seed, golden);
            files[i] = write_source(seeds, arena_printf(seeds->arena, "%s.html", people[i]), &text);
        } else if (seeds->form == FORM_EXPORT) {
            put_post(&text, seed, golden, people[i]);
        }
    }
    if (seeds->form == FORM_EXPORT) {
        buf_puts(&text, "</channel></rss>\n");
        files[0] = write_source(seeds, "export.xml", &text);
    }
    buf_free(&text);
    return seeds->form == FORM_EXPORT ? 1 : PEOPLE;
}

static int import_seeds(void **state, enum form form)
{
    struct seeds *seeds = calloc(1, sizeof *seeds);
    struct import_options options = {0};
    const char *files[PEOPLE];

    assert_non_null(seeds);
    *state = seeds;
    seeds->form = form;
    seeds->arena = arena_new();
    seeds->missing = !folder_exists(SHARED "/golden");
    if (seeds->missing)
        return 0;
    strcpy(seeds->folder, "/tmp/florilege-seeds-XXXXXX");
    assert_non_null(mkdtemp(seeds->folder));
    options.folder = seeds->folder;
    diag_set_sink(be_silent, NULL);
    assert_true(import_quietly(files, make_sources(seeds, files), &options));
    seeds->book = book_load(seeds->folder, file_data_folder(seeds->arena));
    assert_non_null(seeds->book);
    return 0;
}

static int import_texts(void **state)
{
    return import_seeds(state, FORM_TEXT);
}

static int import_pages(void **state)
{
    return import_seeds(state, FORM_PAGE);
}

static int import_export(void **state)
{
    return import_seeds(state, FORM_EXPORT);
}

static int remove_seeds(void **state)
{
    struct seeds *seeds = *state;

    if (seeds->book != NULL) {
        char *command = arena_printf(seeds->arena, "rm -r %s", seeds->folder);

        book_free(seeds->book);
        assert_int_equal(system(command), 0);
    }
    arena_free(seeds->arena);
    free(seeds);
    return 0;
}

/* ---- Comparing ---------------------------------------------------------------------- */

static bool is_space(uint32_t code)
{
    return code == ' ' || code == '\n' || code == 0xA0 || code == 0x202F || code == 0x2009;
}

/* As notes/import.md says: one space for any run, none before ; : ! ? », none
 * behind «, curly double quotes as guillemets. */
static const char *normal(struct arena *arena, const char *text)
{
    char *composed = utf8_new_nfc(text, strlen(text)), *copy;
    const char *at = composed, *end = composed + strlen(composed);
    struct buf out = {0};
    bool space = false;

    while (at < end) {
        uint32_t code = utf8_next(&at, end);

        if (is_space(code)) {
            space = true;
            continue;
        }
        if (code == 0x201C)
            code = 0xAB;
        if (code == 0x201D)
            code = 0xBB;
        if (space && out.len > 0 && code != 0xBB && !(code < 0x80 && strchr(";:!?", (int)code)) &&
            !(out.len >= 2 && memcmp(out.data + out.len - 2, "«", 2) == 0))
            buf_putc(&out, ' ');
        space = false;
        buf_put_code(&out, code);
    }
    copy = arena_strdup(arena, buf_text(&out));
    buf_free(&out);
    free(composed);
    return copy;
}

static const char *flat(struct arena *arena, const struct node *node)
{
    return normal(arena, node_flat(arena, node));
}

static const char *string(const struct yaml *map, const char *key)
{
    const char *text = NULL;

    assert_true(yaml_string(map, key, &text));
    return text;
}

static void assert_begins(const char *text, const char *beginning)
{
    if (strncmp(text, beginning, strlen(beginning)) != 0)
        fail_msg("“%.80s” does not begin with “%s”", text, beginning);
}

static void assert_ends(const char *text, const char *end)
{
    size_t bytes = strlen(text), length = strlen(end);

    if (bytes < length || strcmp(text + bytes - length, end) != 0)
        fail_msg("“%s” does not end in “%s”", bytes > 80 ? text + bytes - 80 : text, end);
}

static const struct portrait *portrait_of(const struct seeds *seeds, const char *id)
{
    for (size_t i = 0; i < seeds->book->portrait_count; i++)
        if (strcmp(seeds->book->portraits[i]->id, id) == 0)
            return seeds->book->portraits[i];
    fail_msg("no portrait %s", id);
    return NULL;
}

typedef void comparison(const struct seeds *seeds, const struct yaml *golden,
                        const struct portrait *portrait);

static void each(void **state, comparison *compare)
{
    const struct seeds *seeds = *state;

    if (seeds->missing)
        skip();
    for (size_t i = 0; i < PEOPLE; i++) {
        const char *path = arena_printf(seeds->arena, SHARED "/golden/%s.json", people[i]);
        const struct yaml *golden = yaml_load(seeds->arena, path);

        assert_non_null(golden);
        compare(seeds, golden, portrait_of(seeds, people[i]));
    }
}

/* ---- Questions and answers --------------------------------------------------------------- */

static const char *kind_of(const struct node *block)
{
    if (block->kind == NODE_LIST)
        return block->ordered ? "ol" : "ul";
    return block->kind == NODE_PARAGRAPH ? "p" : node_kind_name(block->kind);
}

static size_t count_items(const struct node *list)
{
    size_t count = 0;

    for (const struct node *item = list->first; item != NULL; item = item->next)
        count++;
    return count;
}

static void compare_answer(const struct seeds *seeds, const struct yaml *golden,
                           const struct node *answer)
{
    const struct yaml *blocks = yaml_lookup(golden, "blocks");
    const struct yaml *items = yaml_lookup(golden, "list_items");
    const struct node *block = answer->first, *last = answer->last;
    size_t lists = 0;

    for (size_t i = 0; i < blocks->count; i++, block = block->next) {
        if (block == NULL)
            fail_msg("%zu blocks in place of %zu: %s", i, blocks->count, string(golden, "q"));
        assert_string_equal(kind_of(block), blocks->items[i]->text);
        if (block->kind == NODE_LIST) {
            assert_non_null(items);
            assert_int_equal(count_items(block), atoi(items->items[lists++]->text));
        }
    }
    if (block != NULL)
        fail_msg("a block too many: “%s”", flat(seeds->arena, block));
    while (last->kind == NODE_LIST || last->kind == NODE_ITEM)
        last = last->last;
    assert_begins(flat(seeds->arena, answer->first->kind == NODE_PARAGRAPH ? answer->first
                                                                         : answer),
                  normal(seeds->arena, string(golden, "answer_first")));
    assert_ends(flat(seeds->arena, last->parent),
                normal(seeds->arena, string(golden, "answer_last")));
}

static void compare_questions(const struct seeds *seeds, const struct yaml *golden,
                              const struct portrait *portrait)
{
    const struct yaml *questions = yaml_lookup(golden, "questions");

    assert_int_equal(portrait->question_count, questions->count);
    for (size_t i = 0; i < questions->count; i++) {
        const struct yaml *item = questions->items[i];

        assert_string_equal(flat(seeds->arena, portrait->questions[i].heading),
                            normal(seeds->arena, string(item, "q")));
        compare_answer(seeds, item, portrait->questions[i].answer);
    }
}

static void questions_and_answers_are_whole(void **state)
{
    each(state, compare_questions);
}

/* ---- People ------------------------------------------------------------------------------- */

static void compare_person(const struct seeds *seeds, const struct yaml *golden,
                           const struct portrait *portrait)
{
    const struct yaml *role = yaml_lookup(golden, "role"), *intro;
    const struct node *block = portrait->introduction->first;

    assert_string_equal(portrait->name, string(golden, "person"));
    assert_string_equal(portrait->role, string(role, "value"));
    intro = yaml_lookup(golden, "introduction");
    for (size_t i = 0; i < intro->count; i++, block = block->next) {
        assert_non_null(block);
        assert_begins(flat(seeds->arena, block),
                      normal(seeds->arena, string(intro->items[i], "first60")));
        assert_ends(flat(seeds->arena, block),
                    normal(seeds->arena, string(intro->items[i], "last40")));
    }
    assert_null(block);
}

static void people_and_introductions(void **state)
{
    each(state, compare_person);
}

static void compare_common(const struct seeds *seeds, const struct yaml *golden,
                           const struct portrait *portrait)
{
    const struct yaml *common = yaml_lookup(golden, "boilerplate_intro");
    const struct node *block;

    (void)portrait;
    assert_int_equal(seeds->book->front_count, 1);
    block = seeds->book->front[0].body->first;
    if (block->kind == NODE_HEADING)
        block = block->next;
    for (size_t i = 0; i < common->count; i++, block = block->next) {
        assert_non_null(block);
        assert_begins(flat(seeds->arena, block),
                      normal(seeds->arena, string(common->items[i], "first60")));
    }
    assert_null(block);
}

static void the_common_introduction_is_said_once(void **state)
{
    each(state, compare_common);
}

/* ---- Contacts, accounts, titles -------------------------------------------------------------- */

static bool is_address(const struct yaml *golden, const char *url)
{
    const struct yaml *accepted = yaml_lookup(golden, "accept_urls");

    if (strcmp(string(golden, "url"), url) == 0)
        return true;
    for (size_t i = 0; accepted != NULL && i < accepted->count; i++)
        if (strcmp(accepted->items[i]->text, url) == 0)
            return true;
    return false;
}

static void compare_contacts(const struct seeds *seeds, const struct yaml *golden,
                             const struct portrait *portrait)
{
    const struct yaml *contacts = yaml_lookup(golden, "contacts");

    assert_int_equal(portrait->contact_count, contacts->count);
    for (size_t i = 0; i < contacts->count; i++) {
        const struct yaml *item = contacts->items[i];
        const struct contact *contact = &portrait->contacts[i];
        const char *value = string(item, "value");

        assert_string_equal(contact->network, network_lookup(string(item, "network"))->key);
        if (yaml_lookup(item, "url") == NULL) {
            assert_null(contact->url);
            assert_string_equal(contact->note, value);
        } else if (!is_address(item, contact->url)) {
            fail_msg("%s is not %s", contact->url, string(item, "url"));
        }
        if (value[0] == '@')
            assert_string_equal(contact->handle, value);
    }
    (void)seeds;
}

static void contacts_are_normalised(void **state)
{
    each(state, compare_contacts);
}

static void compare_accounts(const struct seeds *seeds, const struct yaml *golden,
                             const struct portrait *portrait)
{
    const struct yaml *accounts = yaml_lookup(golden, "accounts");
    size_t handles = 0;

    (void)seeds;
    for (size_t i = 0; i < accounts->count; i++) {
        const char *value = string(accounts->items[i], "value");

        if (value == NULL || value[0] != '@')
            continue;
        assert_true(handles < portrait->account_count);
        assert_string_equal(portrait->accounts[handles++], value);
    }
    assert_int_equal(portrait->account_count, handles);
}

static void accounts_are_the_handles_they_run(void **state)
{
    each(state, compare_accounts);
}

static bool is_title(const struct arena *arena, const struct title *title, const char *text)
{
    (void)arena;
    if (strcmp(title->title, text) == 0)
        return true;
    for (size_t i = 0; i < title->variant_count; i++)
        if (strcmp(title->variants[i], text) == 0)
            return true;
    return false;
}

static void compare_reading(const struct seeds *seeds, const struct yaml *golden,
                            const struct portrait *portrait)
{
    const struct yaml *list = yaml_lookup(golden, "reading_list");
    struct arena *arena = seeds->arena;

    assert_int_equal(portrait->reading_count, list->count);
    for (size_t i = 0; i < list->count; i++) {
        struct title title = *portrait->reading[i];

        title.title = normal(arena, title.title);
        if (!is_title(arena, &title, normal(arena, list->items[i]->text)))
            fail_msg("%s is not %s", title.title, list->items[i]->text);
    }
    assert_int_equal(seeds->book->title_count, 9);
}

static void titles_stand_once_in_the_list(void **state)
{
    each(state, compare_reading);
}

static void compare_credit(const struct seeds *seeds, const struct yaml *golden,
                           const struct portrait *portrait)
{
    const struct yaml *credit = yaml_lookup(golden, "photo_credit");
    size_t bytes;
    const char *text = file_read_text(seeds->arena, portrait->path, &bytes);

    assert_non_null(text);
    if (credit == NULL)
        assert_null(strstr(text, "photo-credit:"));
    else
        assert_non_null(strstr(text, arena_printf(seeds->arena, "\nphoto-credit: %s\n",
                                                  string(credit, "name"))));
}

static void photographers_are_credited(void **state)
{
    each(state, compare_credit);
}

/* ---- What must not be there ------------------------------------------------------------------- */

static void compare_residue(const struct seeds *seeds, const struct yaml *golden,
                            const struct portrait *portrait)
{
    const struct yaml *residue = yaml_lookup(golden, "residue");
    const char *report, *text;
    size_t bytes;

    text = file_read_text(seeds->arena, portrait->path, &bytes);
    report = file_read_text(seeds->arena, path_join(seeds->arena, seeds->folder,
                                                    "import-report.txt"), &bytes);
    for (size_t i = 0; i < residue->count; i++) {
        const struct yaml *item = residue->items[i];

        assert_null(strstr(text, string(item, "text")));
        if (seeds->form == FORM_TEXT)
            assert_non_null(strstr(report, arena_printf(seeds->arena, "%s.txt:%s: left out",
                                                        portrait->id, string(item, "line"))));
    }
}

static void residue_is_left_out_and_named(void **state)
{
    each(state, compare_residue);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(questions_and_answers_are_whole),
        cmocka_unit_test(people_and_introductions),
        cmocka_unit_test(the_common_introduction_is_said_once),
        cmocka_unit_test(contacts_are_normalised),
        cmocka_unit_test(accounts_are_the_handles_they_run),
        cmocka_unit_test(titles_stand_once_in_the_list),
        cmocka_unit_test(photographers_are_credited),
        cmocka_unit_test(residue_is_left_out_and_named),
    };

    return cmocka_run_group_tests_name("seeds as text", tests, import_texts, remove_seeds) +
           cmocka_run_group_tests_name("seeds as pages", tests, import_pages, remove_seeds) +
           cmocka_run_group_tests_name("seeds as an export", tests, import_export, remove_seeds);
}
