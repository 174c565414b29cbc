/* The preflight: each of its rules, once where it must speak and once where it
 * must not; the table of rules; the report as JSON. */
#include "base/buf.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/publish.h"
#include "book/check.h"
#include "book/yaml.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "scratch.h"

#define COUNT(array) (sizeof (array) / sizeof *(array))

struct trial {
    struct arena *arena;
    const char *folder, *data;
    struct buf told;
};

static void keep(void *context, const struct diagnostic *d)
{
    struct trial *trial = context;

    buf_printf(&trial->told, "%s:%d:%d: %s [%s]\n", path_name(d->at.path), d->at.line, d->at.col,
               d->message, d->rule);
}

static void put(struct trial *trial, const char *name, const char *text)
{
    assert_true(publish_bytes(path_join(trial->arena, trial->folder, name), text, strlen(text)));
}

/* A portrait whose only answer is TEXT. */
static void put_answer(struct trial *trial, const char *text)
{
    put(trial, "portraits/ada.md", arena_printf(trial->arena,
        "---\nname: Ada Exemple\ndate: 2020-01-01\n---\n\n## Oui?\n\n%s\n", text));
}

static void begin(struct trial *trial)
{
    char name[] = "/tmp/florilege-check-XXXXXX";

    *trial = (struct trial){ .arena = arena_new() };
    assert_non_null(mkdtemp(name));
    trial->folder = arena_strdup(trial->arena, name);
    trial->data = file_data_folder(trial->arena);
    put(trial, "anthology.yaml", "title: Essai\nlanguage: fr-CA\n"
        "work: urn:uuid:11111111-2222-4333-8444-555555555555\n");
    put_answer(trial, "Une réponse.");
}

static void end(struct trial *trial)
{
    remove_tree(trial->arena, trial->folder);
    buf_free(&trial->told);
    arena_free(trial->arena);
}

/* Reads and checks; what was told. */
static const char *check(struct trial *trial)
{
    struct book *book;

    buf_cut(&trial->told, 0);
    diag_set_sink(keep, trial);
    book = book_load(trial->folder, trial->data);
    assert_non_null(book);
    check_book(book);
    book_free(book);
    diag_set_sink(NULL, NULL);
    return buf_text(&trial->told);
}

static void a_sound_book_is_silent(void **state)
{
    struct trial trial;

    (void)state;
    begin(&trial);
    assert_string_equal(check(&trial), "");
    end(&trial);
}

static void expect(struct trial *trial, const char *rule, bool told)
{
    const char *tag = arena_printf(trial->arena, "[%s]", rule);
    const char *said = check(trial);

    if ((strstr(said, tag) != NULL) != told)
        fail_msg("%s: said “%s”", rule, said);
}

/* Everything that is printed is looked through: each of these has a sign too odd. */
static void every_text_is_checked(void **state)
{
    static const char *const places[] = { "ada.md:5:", "ada.md:7:", "ada.md:9:", "ada.md:11:",
                                          "avant.md:3:", "avant.md:5:", "apres.md:1:" };
    struct trial trial;
    const char *said;

    (void)state;
    begin(&trial);
    put(&trial, "anthology.yaml", "title: Essai\nlanguage: fr-CA\nfront: [avant.md]\n"
        "back: [apres.md]\nwork: urn:uuid:11111111-2222-4333-8444-555555555555\n");
    put(&trial, "portraits/ada.md", "---\nname: Ada Exemple\ndate: 2020-01-01\n---\n"
        "Un \xEF\xBF\xBD.\n\n## Un \xEF\xBF\xBD?\n\nUn \xEF\xBF\xBD.[^n]\n\n[^n]: Un \xEF\xBF\xBD.\n");
    put(&trial, "avant.md", "# Avant\n\nUn \xEF\xBF\xBD.[^n]\n\n[^n]: Un \xEF\xBF\xBD.\n");
    put(&trial, "apres.md", "# Un \xEF\xBF\xBD\n\nUn mot.\n");
    said = check(&trial);
    for (size_t i = 0; i < COUNT(places); i++)
        if (strstr(said, places[i]) == NULL)
            fail_msg("nothing at %s in “%s”", places[i], said);
    end(&trial);
}

/* Rules of a text: a bad answer, a good one. */
static const struct { const char *rule, *bad, *good; } texts[] = {
    { "odd-sign", "Un mot\xE2\x80\x8B coupé.", "Un 👩‍👧 joint et un mot." },
    { "odd-sign", "Un signe \xEF\x81\x8A privé.", "Un signe ☺ public." },
    { "odd-sign", "Un \xEF\xBF\xBD perdu.", "Un é trouvé." },
    { "lone-j", "Un beau métier. J", "J. est là, Mary J Blige aussi." },
    { "lone-j", "Content! J Et encore.", "Le plan J est prêt." },
    { "lone-j", "Un jardin (et bientôt deux J).", "Tout était prêt (sauf nous) le jour J." },
    { "lone-j", "« À demain J » dit-elle.", "Voici (le jour J) enfin." },
    { "reference-left", "Voir [le port][port].", "Voir [le port][port].\n\n[port]: https://a.org" },
    { "heading-mark", "##Et ensuite?", "#motclic et la suite" },
    { "hidden-question", "**Et que faites-vous ensuite?**", "Et **que** faites-vous ensuite?" },
    { "residue", "Laisser un commentaire", "Laisser un commentaire ne sert à rien si personne ne le "
      "lit, et personne ne lit plus les commentaires depuis que les machines les écrivent toutes." },
    { "residue", "Reply", "Replyons-nous." },
    { "spacing", "Un  mot de trop.", "Un mot.\n\n    deux  espaces en code" },
    { "spacing", "Un mot , puis.", "Un mot, puis." },
    { "not-nfc", "Un e\xCC\x81t\xC3\xA9.", "Un été." },
    { "name-spelling", "Avec Ada Exempel et.", "Avec Ada Exemple et Ada Lovelace." },
    { "name-spelling", "Avec Adá Exemple.", "Avec Ada." },
    { "handle-spelling", "Suivre @ExempleQc ou @exempleqc.", "Suivre @exempleqc, @exempleqc." },
    { "language-misfit",
      "The keeper of the lamp is the one that you have to thank for it, and it was not the "
      "harbour that they had for their own: the sea is what it is, and you are with it to the "
      "end of the day. That was the way of it and this is what they have for you.",
      "The lamp, c’est le mot que les marins ont pour dire la lumière qui est sur le quai, et "
      "il est dans les livres que je lis pour vous." },
};

static void rules_of_texts_speak_and_are_silent(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(texts); i++) {
        struct trial trial;

        begin(&trial);
        put_answer(&trial, texts[i].bad);
        expect(&trial, texts[i].rule, true);
        put_answer(&trial, texts[i].good);
        expect(&trial, texts[i].rule, false);
        end(&trial);
    }
}

/* Rules of other files: the same. */
static const struct { const char *rule, *path, *bad, *good; } files[] = {
    { "title-twice", "reading-list.yaml",
      "- {id: a, title: Une histoire du quai}\n- {id: b, title: Une histoire du qua}\n",
      "- {id: a, title: Une histoire du quai}\n- {id: b, title: Une histoire du port}\n" },
    { "title-twice", "reading-list.yaml",
      "- {id: a, title: Été au port}\n- {id: b, title: \"Ete au port\"}\n",
      "- {id: a, title: Été au port}\n- {id: b, title: Été au port et ailleurs}\n" },
    { "address-gone", "portraits/bob.md",
      "---\nname: Bob\ncontacts: [{network: google-plus, url: \"https://plus.google.com/1\"}]\n---\n"
      "## A?\n\nB.\n",
      "---\nname: Bob\ncontacts: [{network: site, url: \"https://exemple.org/plus.google.com\"}]\n"
      "---\n## A?\n\nB.\n" },
    { "name-spelling", "portraits/bob.md",
      "---\nname: Bob\norganisation: Presses-du-quai\n---\n## A?\n\nB.\n",
      "---\nname: Bob\norganisation: Presses du port\n---\n## A?\n\nB.\n" },
};

static void rules_of_files_speak_and_are_silent(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(files); i++) {
        struct trial trial;

        begin(&trial);
        put(&trial, "portraits/cle.md", "---\nname: Clé\norganisation: Presses du quai\n"
            "reading: []\n---\n## A?\n\nB.\n");
        put(&trial, files[i].path, files[i].bad);
        expect(&trial, files[i].rule, true);
        put(&trial, files[i].path, files[i].good);
        expect(&trial, files[i].rule, false);
        end(&trial);
    }
}

/* French and English turn them; other languages leave quotation marks alone. */
/* An answer in a language is told unless its language is said. */
static void languages_are_known_by_their_words(void **state)
{
    static const struct { const char *language, *text; } samples[] = {
        { "de", "Das ist nicht der Hafen, und die Lampe ist auch nicht für mich. Ich bin mit dem Boot "
                "auf dem See, und wir sind wie die Vögel: Sie wissen nicht, was der Tag ist. Den Weg zu "
                "den Leuten im Ort und eine Karte, auf der ich ihn sehe, habe ich auch." },
        { "es", "El puerto es para los barcos y las redes, pero el mar es como una casa: hay lo que hay. "
                "Por eso yo digo que es muy bueno, con su luz y mi perro. Los días del año nos dan más "
                "para los libros, las cartas y este cuaderno, como una lámpara." },
        { "it", "Il porto non è che una casa per gli altri, ma anche per me. Ci sono le reti, come nel "
                "libro che ho letto: mi piace più il mare che la terra, con una lampada della nonna. Non "
                "è anche così per gli amici? Si dice di sì, e non ho che il mare, ma è più che una casa." },
        { "pt", "O porto não é como uma casa, mas eu gosto do mar e da luz no cais. Os barcos, as redes "
                "e um cão: é o que há para mim, com mais ou menos vento. Não é por mim que eu conto, mas "
                "para os amigos, que no fim do dia, com uma lâmpada, lêem o jornal da terra." },
        { "nl", "Het is een haven met boten, maar ik ben niet bij het water als het waait. Wat zij van "
                "het dorp weten, dat zijn ook de namen van een boot; nog meer dan dat wil ik niet voor "
                "mij, wel een lamp op het dek, naar het oosten, als het aan mij ligt." },
    };

    (void)state;
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        struct trial trial;

        begin(&trial);
        put_answer(&trial, samples[i].text);
        expect(&trial, "language-misfit", true);
        put(&trial, "portraits/ada.md",
            arena_printf(trial.arena, "---\nname: Ada\nlanguage: %s\n---\n\n## A?\n\n%s\n",
                         samples[i].language, samples[i].text));
        expect(&trial, "language-misfit", false);
        end(&trial);
    }
}

static void straight_quotes_are_told(void **state)
{
    struct trial trial;

    (void)state;
    begin(&trial);
    put_answer(&trial, "Elle dit \"oui\" et c'est tout.");
    expect(&trial, "straight-quote", false);
    put(&trial, "portraits/ada.md", "---\nname: Ada\nlanguage: de\n---\n\n## Ja?\n\nDas \"Wort\".\n");
    expect(&trial, "straight-quote", false);
    put(&trial, "portraits/ada.md", "---\nname: Ada\nlanguage: sv\n---\n\n## Ja?\n\nEtt \"ord\".\n");
    expect(&trial, "straight-quote", true);
    end(&trial);
}

static void titles_without_readers_are_told(void **state)
{
    struct trial trial;

    (void)state;
    begin(&trial);
    put(&trial, "reading-list.yaml", "- {id: a, title: Un}\n");
    expect(&trial, "reading-unread", true);
    put(&trial, "portraits/ada.md", "---\nname: Ada\nreading: [a]\n---\n## A?\n\nB.\n");
    expect(&trial, "reading-unread", false);
    end(&trial);
}

static void files_beside_portraits_are_told(void **state)
{
    struct trial trial;

    (void)state;
    begin(&trial);
    put(&trial, "portraits/_note.md", "x");
    put(&trial, "portraits/.cache", "x");
    assert_string_equal(check(&trial), "");
    put(&trial, "portraits/ada.new.md", "x");
    put(&trial, "portraits/liste.txt", "x");
    assert_string_equal(check(&trial),
        "ada.new.md:0:0: the importer's new version of ada.md; compare them, then delete it "
        "[new-file]\n"
        "liste.txt:0:0: no portrait, so not in the book [stray-file]\n");
    end(&trial);
}

static void long_paragraphs_are_told(void **state)
{
    struct trial trial;
    struct buf text = {0};

    (void)state;
    begin(&trial);
    while (text.len < 2400)
        buf_puts(&text, "é lu ");
    put_answer(&trial, text.data);
    expect(&trial, "long-paragraph", false);
    while (text.len < 3200)
        buf_puts(&text, "é lu ");
    put_answer(&trial, text.data);
    expect(&trial, "long-paragraph", true);
    buf_free(&text);
    end(&trial);
}

/* An SVG needs no pixels; a small PNG has few. */
static void pictures_are_checked(void **state)
{
    struct trial trial;
    size_t bytes;
    const char *png;

    (void)state;
    begin(&trial);
    png = file_read(trial.arena, "tests/golden/portrait/photos/sound.png", 0, &bytes);
    assert_true(publish_bytes(path_join(trial.arena, trial.folder, "photos/p.png"), png, bytes));
    put(&trial, "photos/d.svg", "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'></svg>");
    put_answer(&trial, "![](../photos/p.png)");
    expect(&trial, "no-alt", true);
    expect(&trial, "picture-small", true);
    put_answer(&trial, "![Un dessin.](../photos/d.svg)");
    expect(&trial, "no-alt", false);
    expect(&trial, "picture-small", false);
    end(&trial);
}

static void places_are_those_of_the_source(void **state)
{
    struct trial trial;

    (void)state;
    begin(&trial);
    put_answer(&trial, "Été , puis.\n\n##Quoi");
    assert_string_equal(check(&trial),
        "ada.md:8:4: a space too many [spacing]\n"
        "ada.md:10:1: a heading without a space behind the #; put one [heading-mark]\n");
    end(&trial);
}

static void rules_are_sorted_and_explained(void **state)
{
    size_t count;
    const struct rule *rules = check_rules(&count);
    struct buf out = {0};

    (void)state;
    for (size_t i = 0; i < count; i++) {
        assert_true(i == 0 || strcmp(rules[i - 1].name, rules[i].name) < 0);
        assert_ptr_equal(check_rule_lookup(rules[i].name), &rules[i]);
        assert_true(strlen(rules[i].explanation) > 10);
    }
    assert_null(check_rule_lookup("nonsense"));
    check_rules_print(&out);
    assert_non_null(strstr(buf_text(&out), "lone-j (warning)\n"));
    buf_free(&out);
}

/* Looks for the rules that the files of a folder name in diagnostics. */
static size_t find_rules(struct arena *arena, const char *folder)
{
    size_t count, bytes, found = 0;
    char **names = folder_list(arena, folder, &count);

    for (size_t i = 0; i < count; i++) {
        const char *path = path_join(arena, folder, names[i]);
        const char *text = folder_exists(path) ? "" : file_read(arena, path, 0, &bytes);

        for (; (text = strstr(text, "    diag(")) != NULL; text++) {
            const char *quote = strchr(text, '"');
            const char *rule = arena_strndup(arena, quote + 1, strcspn(quote + 1, "\""));

            /* the argument, not a key within an earlier one */
            if (quote[strlen(rule) + 2] != ',' || rule[strspn(rule, "abcdefghijklmnopqrstuvwxyz-8")]
                || strcspn(text, ";") < (size_t)(quote - text))
                continue;
            if (check_rule_lookup(rule) == NULL)
                fail_msg("%s: the rule %s is not in the table", names[i], rule);
            found++;
        }
    }
    return found;
}

/* What a command may tell of content and sources, `florilege help rules` explains. */
static void every_rule_is_in_the_table(void **state)
{
    struct arena *arena = arena_new();

    (void)state;
    assert_true(find_rules(arena, "src/book") > 30);
    assert_true(find_rules(arena, "src/layout") > 3);
    assert_true(find_rules(arena, "src/import") > 5);
    assert_true(find_rules(arena, "src") > 5);
    arena_free(arena);
}

static void the_report_is_json(void **state)
{
    struct trial trial;
    struct buf out = {0};
    struct yaml *report;

    (void)state;
    begin(&trial);
    put_answer(&trial, "Un  \\\"mot\\\". J");
    struct check_options options = { trial.folder, trial.data, true, false };
    assert_true(check_content(&options, &out));
    /* JSON is YAML. */
    report = yaml_parse(trial.arena, "report", 1, out.data, out.len);
    assert_non_null(report);
    assert_int_equal(report->kind, YAML_LIST);
    assert_int_equal(report->count, 2);
    assert_string_equal(yaml_lookup(report->items[0], "rule")->text, "spacing");
    assert_string_equal(yaml_lookup(report->items[0], "line")->text, "8");
    assert_string_equal(yaml_lookup(report->items[0], "severity")->text, "warning");
    buf_cut(&out, 0);
    options.strict = true;
    assert_false(check_content(&options, &out));
    buf_cut(&out, 0);
    put_answer(&trial, "Rien.");
    assert_true(check_content(&options, &out));
    assert_string_equal(buf_text(&out), "[]\n");
    buf_cut(&out, 0);
    options.content = "no\xFF\n\"folder\"";
    assert_false(check_content(&options, &out));
    assert_non_null(strstr(buf_text(&out), "\"no\xEF\xBF\xBD\\u000a\\\"folder\\\"\""));
    buf_free(&out);
    end(&trial);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sound_book_is_silent),
        cmocka_unit_test(every_text_is_checked),
        cmocka_unit_test(rules_of_texts_speak_and_are_silent),
        cmocka_unit_test(rules_of_files_speak_and_are_silent),
        cmocka_unit_test(languages_are_known_by_their_words),
        cmocka_unit_test(straight_quotes_are_told),
        cmocka_unit_test(titles_without_readers_are_told),
        cmocka_unit_test(files_beside_portraits_are_told),
        cmocka_unit_test(long_paragraphs_are_told),
        cmocka_unit_test(pictures_are_checked),
        cmocka_unit_test(places_are_those_of_the_source),
        cmocka_unit_test(rules_are_sorted_and_explained),
        cmocka_unit_test(every_rule_is_in_the_table),
        cmocka_unit_test(the_report_is_json),
    };

    return cmocka_run_group_tests_name("check", tests, NULL, NULL);
}
