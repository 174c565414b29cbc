/* The importer on sources of every shape: golden files, import-NAME with what
 * becomes of each in import-NAME.out; every word kept or named; importing again;
 * what it refuses. */
#include "import_help.h"
#include "import_words.h"
#include "import/dates.h"
#include "import/find.h"
#include "import/source.h"
#include "import/spool.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <zip.h>

#define GOLDEN "tests/golden"
#define CORPUS "../shared/corpus/posts"

/* ---- Golden files ------------------------------------------------------------------- */

static void put_file(struct place_to_import *place, struct buf *out, const char *name)
{
    const char *text = place_file(place, name);

    if (text != NULL)
        buf_printf(out, "==== %s\n%s", name, text);
}

static void put_folder(struct place_to_import *place, struct buf *out, const char *folder)
{
    size_t count;
    char **names = folder_list(place->arena, path_join(place->arena, place->folder, folder),
                               &count);

    for (size_t i = 0; i < count; i++)
        put_file(place, out, arena_printf(place->arena, "%s/%s", folder, names[i]));
}

/* All that an import of SOURCE makes, as one text. */
static void import_as_text(const char *source, struct buf *out)
{
    struct place_to_import *place = place_new();

    place_import_one(place, source);
    buf_puts(out, buf_text(&place->said));
    put_file(place, out, "anthology.yaml");
    put_folder(place, out, "front");
    put_folder(place, out, "portraits");
    put_file(place, out, "reading-list.yaml");
    put_file(place, out, "import-report.txt");
    place_free(place);
}

static bool is_source(const char *name)
{
    size_t length = strlen(name);

    return strncmp(name, "import-", 7) == 0 &&
           (length < 4 || strcmp(name + length - 4, ".out") != 0);
}

static void compare_golden(struct arena *arena, const char *name)
{
    const char *path = arena_printf(arena, GOLDEN "/%s", name);
    const char *expected_path = arena_printf(arena, "%s.out", path);
    struct buf text = {0};

    import_as_text(path, &text);
    if (getenv("FLORILEGE_GOLDEN_WRITE") != NULL) {
        FILE *file = fopen(expected_path, "wb");

        assert_non_null(file);
        fwrite(text.data, 1, text.len, file);
        fclose(file);
    } else {
        size_t bytes;
        const char *expected = file_read(arena, expected_path, 0, &bytes);

        assert_non_null(expected);
        if (strcmp(expected, buf_text(&text)) != 0)
            fail_msg("%s does not become what %s says; see `make golden`:\n%s", path,
                     expected_path, buf_text(&text));
    }
    buf_free(&text);
}

static void each_shape_becomes_what_it_should(void **state)
{
    struct arena *arena = arena_new();
    size_t count, sources = 0;
    char **names = folder_list(arena, GOLDEN, &count);

    (void)state;
    for (size_t i = 0; i < count; i++)
        if (is_source(names[i])) {
            compare_golden(arena, names[i]);
            sources++;
        }
    assert_true(sources > 5);
    arena_free(arena);
}

/* ---- Every word ------------------------------------------------------------------------ */

/* What stands in the portrait is what the finder gave it, to the letter. */
static void compare_text(struct found *found)
{
    struct buf expected = {0}, text = {0};

    if (!words_are_kept(found, &expected, &text))
        fail_msg("%s reads back as\n%s\nin place of\n%s", found->article->path,
                 buf_text(&text), buf_text(&expected));
    buf_free(&expected);
    buf_free(&text);
}

static bool find_and_compare(void *context, struct article *article)
{
    struct series *series = series_new();
    struct found found;

    (void)context;
    find_prepare(article);
    series_learn(series, article);
    find(&found, article, series);
    compare_text(&found);
    for (size_t i = 0; i < article->blocks.count; i++)
        assert_int_not_equal(article->blocks.item[i].fate, FATE_NONE);
    found_free(&found);
    series_free(series);
    article_free(article);
    return true;
}

static void compare_folder(const char *folder, const char *beginning)
{
    struct source_options options = {0};
    struct arena *arena = arena_new();
    size_t count;
    char **names = folder_list(arena, folder, &count);

    for (size_t i = 0; i < count; i++)
        if (strncmp(names[i], beginning, strlen(beginning)) == 0 &&
            strstr(names[i], ".out") == NULL)
            source_read(path_join(arena, folder, names[i]), &options, find_and_compare, NULL);
    arena_free(arena);
}

static void every_word_is_kept_or_named(void **state)
{
    struct buf said = {0};

    (void)state;
    diag_set_sink(hear, &said);
    compare_folder(GOLDEN, "import-");
    compare_folder(CORPUS, "");
    compare_folder("../shared/seeds", "");
    compare_folder("tests/fuzz/text", "");
    compare_folder("tests/fuzz/html", "");
    compare_folder("tests/fuzz/markdown", "");
    diag_set_sink(NULL, NULL);
    buf_free(&said);
}

static void signs_of_markdown_stay_signs(void **state)
{
    static const char *const nasty[] = {
        "#FF", "# one", "1- first", "1. first", "12) x", "+ plus", "- dash", "-", "+", "* star",
        "*", "***", "===", "---", "> more", "a*b*c", "**bold**", "_it_", "snake_case", "a_b_",
        "`code`", "``", "[link](http://x.example)", "[ref][]", "[ref]: http://x.example",
        "![p](x)", "!", "a!", "&amp; &lt; &#35; & x", "<b>x</b>", "<", "a < b", "<!-- c -->",
        "http://a_b.example/c_d*e", "www.example.org/a_b", "x@example.org", "a\\b", "\\", "\\*",
        "~~s~~", "~x~", "| a | b |", "|", "%", "C #", "x ##", "{lang=en}", "[^1]", "[^1]: note",
        "$x$", ":smile:", "\"q\"", "1.", "2)", "1.5 x", "- [ ] todo", "a\\", "[x]", "]", "[",
        "](", "*a", "a*", "__init__", "=", "+1", "-1", "1-2", "~~~", "```", "    four",
        "http://example.org/(a)", "a  b", "&nbsp;", "!\\[", "<a@b.example>", "<'@b>", "#", "##", "####### 7",
    };

    (void)state;
    for (size_t i = 0; i < sizeof nasty / sizeof *nasty; i++) {
        struct article *article = article_new("nasty");
        struct maker maker;
        struct place at = { "nasty", 1, 1 };

        maker_init(&maker, article);
        maker_open(&maker, BLOCK_PARAGRAPH, at);
        maker_text(&maker, nasty[i], strlen(nasty[i]), 0, NULL);
        maker_open(&maker, BLOCK_HEADING, at)->level = 2;
        maker_text(&maker, nasty[i], strlen(nasty[i]), 0, NULL);
        maker_text(&maker, "?", 1, MARK_STRONG, NULL);
        maker_open(&maker, BLOCK_PARAGRAPH, at);
        maker_text(&maker, nasty[i], strlen(nasty[i]), MARK_STRONG, NULL);
        maker_break(&maker);
        maker_text(&maker, nasty[i], strlen(nasty[i]), MARK_EMPHASIS, "https://example.org/");
        maker_text(&maker, nasty[i], strlen(nasty[i]), 0, NULL);
        maker_open(&maker, BLOCK_ITEM, at)->depth = 1;
        maker_text(&maker, nasty[i], strlen(nasty[i]), 0, NULL);
        maker_close(&maker);
        maker_free(&maker);
        article->title = "A Name";
        find_and_compare(NULL, article);
    }
}

/* ---- Importing again ---------------------------------------------------------------------- */

#define STORY "Interview with Ada Quill\n\nAda folds paper.\n\nWhy paper?\n\nIt was there.\n\n" \
              "Who taught you?\n\nRain.\n"
#define PORTRAIT "portraits/ada-quill.md"

static const char *story(struct place_to_import *place, const char *text)
{
    return place_source(place, "ada.txt", text, strlen(text));
}

static void assert_said(const struct place_to_import *place, const char *what)
{
    if (strstr(buf_text(&place->said), what) == NULL)
        fail_msg("“%s” was not said, but:\n%s", what, buf_text(&place->said));
}

/* ---- Between the turns ----------------------------------------------------------------- */

/* What a portrait would be made of ARTICLE, and all its blocks. */
static void put_all(struct buf *out, struct article *article, const struct series *series)
{
    struct found found;

    source_print(article, out);
    find(&found, article, series);
    write_portrait(out, &found, NULL, NULL, 0, "en");
    for (size_t i = 0; i < found.doubts.count; i++)
        buf_printf(out, "%d %s\n", found.doubts.item[i].at.line, found.doubts.item[i].text);
    buf_printf(out, "%s %s %s\n", article->path, article->key, article->stem);
    found_free(&found);
    article_free(article);
}

struct aside { struct series *series; struct spool *memory, *file; VEC(struct article *) articles; };

static bool put_aside(void *context, struct article *article)
{
    struct aside *aside = context;

    find_prepare(article);
    series_learn(aside->series, article);
    *VEC_PUSH(&aside->articles) = article;
    return spool_add(aside->memory, article) && spool_add(aside->file, article);
}

static void articles_put_aside_come_back_whole(void **state)
{
    struct source_options options = {0};
    struct aside aside = { series_new(), spool_new(SIZE_MAX), spool_new(1000), {0} };
    struct arena *arena = arena_new();
    size_t count;
    char **names = folder_list(arena, GOLDEN, &count);

    (void)state;
    for (size_t i = 0; i < count; i++)
        if (is_source(names[i]))
            assert_true(source_read(path_join(arena, GOLDEN, names[i]), &options, put_aside,
                                    &aside));
    assert_int_equal(spool_count(aside.memory), aside.articles.count);
    for (size_t i = aside.articles.count; i-- > 0;) {
        struct buf as_read = {0}, of_memory = {0}, of_file = {0};

        put_all(&as_read, aside.articles.item[i], aside.series);
        put_all(&of_memory, spool_load(aside.memory, i), aside.series);
        put_all(&of_file, spool_load(aside.file, i), aside.series);
        assert_string_equal(buf_text(&as_read), buf_text(&of_memory));
        assert_string_equal(buf_text(&as_read), buf_text(&of_file));
        buf_free(&as_read);
        buf_free(&of_memory);
        buf_free(&of_file);
    }
    free(aside.articles.item);
    spool_free(aside.memory);
    spool_free(aside.file);
    series_free(aside.series);
    arena_free(arena);
}

static void the_same_source_again_changes_nothing(void **state)
{
    struct place_to_import *place = place_new();
    const char *before, *memory;

    (void)state;
    assert_true(place_import_one(place, story(place, STORY)));
    assert_said(place, "1 new portrait, 0 titles added to the reading list\n");
    before = place_file(place, PORTRAIT);
    memory = place_file(place, "import.yaml");
    assert_true(place_import_one(place, story(place, STORY)));
    assert_said(place, "0 new portraits, 1 unchanged, 0 titles");
    assert_string_equal(before, place_file(place, PORTRAIT));
    assert_string_equal(memory, place_file(place, "import.yaml"));
    assert_true(place_import_one(place, place_source(place, "renamed.txt", STORY, strlen(STORY))));
    assert_said(place, "0 new portraits, 1 unchanged, 0 titles");
    assert_string_equal(before, place_file(place, PORTRAIT));
    assert_true(place_import_one(place, place_source(place, "other.txt", STORY "\nAnd snow.\n",
                                                     strlen(STORY "\nAnd snow.\n"))));
    assert_said(place, "1 new portrait, 0 titles");
    place_free(place);
}

static void a_changed_source_updates_what_nobody_edited(void **state)
{
    struct place_to_import *place = place_new();

    (void)state;
    assert_true(place_import_one(place, story(place, STORY)));
    assert_true(place_import_one(place, story(place, STORY "\nAnd now?\n\nMore rain.\n")));
    assert_said(place, "0 new portraits, 1 updated");
    assert_non_null(strstr(place_file(place, PORTRAIT), "## And now?\n\nMore rain."));
    place_free(place);
}

static void edit(struct place_to_import *place, const char *name, const char *text)
{
    FILE *file = fopen(arena_printf(place->arena, "%s/%s", place->folder, name), "ab");

    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void an_edited_portrait_is_never_overwritten(void **state)
{
    struct place_to_import *place = place_new();
    const char *edited;

    (void)state;
    assert_true(place_import_one(place, story(place, STORY)));
    edit(place, PORTRAIT, "\nA line by hand.\n");
    edited = place_file(place, PORTRAIT);
    assert_true(place_import_one(place, story(place, STORY)));
    assert_null(place_file(place, "portraits/ada-quill.new.md"));
    assert_true(place_import_one(place, story(place, STORY "\nAnd now?\n\nMore rain.\n")));
    assert_said(place, "was edited by hand and is left alone");
    assert_string_equal(edited, place_file(place, PORTRAIT));
    assert_non_null(strstr(place_file(place, "portraits/ada-quill.new.md"), "More rain."));
    place_free(place);
}

static void a_portrait_by_hand_is_not_overwritten(void **state)
{
    struct place_to_import *place = place_new();

    (void)state;
    folder_make(arena_printf(place->arena, "%s/portraits", place->folder));
    edit(place, PORTRAIT, "---\nname: Ada Quill\n---\n");
    assert_true(place_import_one(place, story(place, STORY)));
    assert_said(place, "edited");
    assert_string_equal(place_file(place, PORTRAIT), "---\nname: Ada Quill\n---\n");
    assert_non_null(place_file(place, "portraits/ada-quill.new.md"));
    place_free(place);
}

static void two_people_of_one_name_have_two_ids(void **state)
{
    struct place_to_import *place = place_new();
    const char *files[2];

    (void)state;
    files[0] = place_source(place, "one.txt", STORY, strlen(STORY));
    files[1] = place_source(place, "two.txt", STORY "\nStill?\n\nYes.\n",
                            strlen(STORY "\nStill?\n\nYes.\n"));
    for (int i = 0; i < 2; i++) {
        assert_true(place_import(place, files, 2, false));
        assert_null(strstr(place_file(place, PORTRAIT), "Still?"));
        assert_non_null(strstr(place_file(place, "portraits/ada-quill-2.md"), "Still?"));
    }
    place_free(place);
}

#define LOG "Log of the quay\n\nThe crane was oiled.\n\nA rope was lost.\n"

static void among_several_no_interview_is_left_out(void **state)
{
    struct place_to_import *place = place_new();
    const char *files[2];
    size_t count;

    (void)state;
    files[0] = story(place, STORY);
    files[1] = place_source(place, "log.txt", LOG, strlen(LOG));
    assert_true(place_import(place, files, 2, false));
    assert_said(place, "1 new portrait");
    folder_list(place->arena, arena_printf(place->arena, "%s/portraits", place->folder), &count);
    assert_int_equal(count, 1);
    assert_true(place_import_one(place, files[1]));
    assert_said(place, "1 new portrait");
    place_free(place);
}

#define READS "\nReading\n\nPaper Boats\nThe Long Fold\n"

static void an_edited_reading_list_is_only_added_to(void **state)
{
    struct place_to_import *place = place_new();
    const char *list = "# mine\n- id: boats\n  title: Paper Boats\n  note: keep\n";

    (void)state;
    edit(place, "reading-list.yaml", list);
    assert_true(place_import_one(place, story(place, STORY READS)));
    assert_said(place, "1 title added to the reading list");
    assert_int_equal(strncmp(place_file(place, "reading-list.yaml"), list, strlen(list)), 0);
    assert_non_null(strstr(place_file(place, "reading-list.yaml"), "title: The Long Fold"));
    assert_non_null(strstr(place_file(place, PORTRAIT), "reading: [boats, the-long-fold]"));
    place_free(place);
}

#define COMMON "We sit down with people who work with their hands, and listen.\n\n"
#define TOLD(name) "Interview with " name "\n\n" COMMON name " is here.\n\nWhy?\n\nNo.\n"

static void who_comes_later_is_read_like_the_first(void **state)
{
    struct place_to_import *place = place_new();
    const char *files[2], *before;

    (void)state;
    files[0] = place_source(place, "one.txt", TOLD("Ada Quill"), strlen(TOLD("Ada Quill")));
    files[1] = place_source(place, "two.txt", TOLD("Bo Reed"), strlen(TOLD("Bo Reed")));
    assert_true(place_import(place, files, 2, false));
    before = place_file(place, "front/introduction.md");
    assert_non_null(strstr(before, "work with their hands"));
    files[0] = place_source(place, "three.txt", TOLD("Cy Dale"), strlen(TOLD("Cy Dale")));
    assert_true(place_import_one(place, files[0]));
    assert_null(strstr(place_file(place, "portraits/cy-dale.md"), "work with their hands"));
    assert_string_equal(before, place_file(place, "front/introduction.md"));
    place_free(place);
}

static void a_dry_run_writes_nothing(void **state)
{
    struct place_to_import *place = place_new();
    const char *file = story(place, STORY);
    size_t count;

    (void)state;
    assert_true(place_import(place, &file, 1, true));
    assert_said(place, "portraits/ada-quill.md: new");
    assert_said(place, "Ada Quill; 2 questions");
    folder_list(place->arena, place->folder, &count);
    assert_int_equal(count, 1);         /* the sources */
    place_free(place);
}

/* ---- Dates ------------------------------------------------------------------------------------ */

static void days_above_an_article_are_read(void **state)
{
    static const struct { const char *line, *date; } days[] = {
        { "Publié le lundi 14 mai 2012", "2012-05-14" }, { "1er juillet 2019", "2019-07-01" },
        { "June 3rd, 2020", "2020-06-03" }, { "Posted on 14 Feb 2021", "2021-02-14" },
        { "2012-05-14", "2012-05-14" }, { "3. März 2018", "2018-03-03" },
        { "14/05/2012", NULL }, { "May 2012", NULL }, { "In May 2012, 14 of us left", NULL },
        { "2012", NULL }, { "", NULL }, { "14 32 2012", NULL },
    };
    struct arena *arena = arena_new();

    (void)state;
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        const char *date = date_of_line(arena, words_fold(arena, days[i].line,
                                                          strlen(days[i].line)));

        if (days[i].date == NULL)
            assert_null(date);
        else
            assert_string_equal(date, days[i].date);
    }
    arena_free(arena);
}

/* ---- Pictures -------------------------------------------------------------------------------- */

/* The bytes that tell a PNG; nothing reads further. */
static const char png[] = "\x89PNG\r\n\x1A\n";

static void zip_put(zip_t *zip, const char *name, const char *bytes, size_t count)
{
    zip_source_t *source = zip_source_buffer(zip, bytes, count, 0);

    assert_non_null(source);
    assert_true(zip_file_add(zip, name, source, ZIP_FL_ENC_UTF_8) >= 0);
}

static void pictures_within_a_zip_are_brought(void **state)
{
    static const char page[] = "<h1>Interview with Ada Quill</h1><p><img src='./Ada%20Q_files/a.png'"
        " alt='Ada folds'></p><p><b>Why paper?</b></p><p>It was there. <img src="
        "'https://x.example.org/uploads/2019/b.png'></p><p><b>More?</b></p><p>No.</p>";
    struct place_to_import *place = place_new();
    const char *path = place_source(place, "site.zip", "", 0);
    zip_t *zip = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, NULL);

    (void)state;
    assert_non_null(zip);
    zip_put(zip, "site/Ada Q.html", page, sizeof page - 1);
    zip_put(zip, "site/Ada Q_files/a.png", png, sizeof png - 1);
    zip_put(zip, "uploads/2019/b.png", png, sizeof png - 1);
    assert_int_equal(zip_close(zip), 0);
    assert_true(place_import_one(place, path));
    assert_non_null(place_file(place, "photos/ada-quill.png"));
    assert_non_null(place_file(place, "photos/ada-quill-b.png"));
    assert_non_null(strstr(place_file(place, PORTRAIT), "photo: \"../photos/ada-quill.png\"\n"
                                                        "photo-alt: Ada folds\n"));
    assert_null(strstr(place_file(place, "import-report.txt"), "was not found"));
    place_free(place);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_shape_becomes_what_it_should),
        cmocka_unit_test(every_word_is_kept_or_named),
        cmocka_unit_test(signs_of_markdown_stay_signs),
        cmocka_unit_test(articles_put_aside_come_back_whole),
        cmocka_unit_test(the_same_source_again_changes_nothing),
        cmocka_unit_test(a_changed_source_updates_what_nobody_edited),
        cmocka_unit_test(an_edited_portrait_is_never_overwritten),
        cmocka_unit_test(a_portrait_by_hand_is_not_overwritten),
        cmocka_unit_test(two_people_of_one_name_have_two_ids),
        cmocka_unit_test(among_several_no_interview_is_left_out),
        cmocka_unit_test(an_edited_reading_list_is_only_added_to),
        cmocka_unit_test(who_comes_later_is_read_like_the_first),
        cmocka_unit_test(a_dry_run_writes_nothing),
        cmocka_unit_test(days_above_an_article_are_read),
        cmocka_unit_test(pictures_within_a_zip_are_brought),
    };

    return cmocka_run_group_tests_name("import", tests, NULL, NULL);
}
