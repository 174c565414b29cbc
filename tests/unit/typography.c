/* The language rules, each for and against. In the tables "_" stands for a
 * no-break space, "~" for the narrow one. */
#include "base/buf.h"
#include "base/file.h"
#include "book/typography.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <glib.h>

struct sample { const char *in, *out; };

static char *shown(struct arena *arena, const char *text)
{
    struct buf buf = {0};
    char *copy;

    for (; *text != '\0'; text++)
        if (*text == '_')
            buf_puts(&buf, "\xC2\xA0");
        else if (*text == '~')
            buf_puts(&buf, "\xE2\x80\xAF");
        else
            buf_putc(&buf, *text);
    copy = arena_strdup(arena, buf_text(&buf));
    buf_free(&buf);
    return copy;
}

/* Each sample comes out as said, and a second time changes nothing. */
static void check_samples(const char *language, const struct sample *samples, size_t count)
{
    struct arena *arena = arena_new();

    for (size_t i = 0; i < count; i++) {
        const char *out = shown(arena, samples[i].out);
        const char *once = typography_text(arena, shown(arena, samples[i].in), language);

        assert_string_equal(once, out);
        assert_string_equal(typography_text(arena, once, language), out);
    }
    arena_free(arena);
}

#define CHECK(language, samples) \
    check_samples(language, samples, sizeof samples / sizeof *samples)

static void apostrophes(void **state)
{
    static const struct sample french[] = {
        { "l'été d'Ada aujourd'hui", "l’été d’Ada aujourd’hui" },
        { "l'\"essai\"", "l’«_essai_»" },
        { "rock 'n' roll", "rock ’n’ roll" },
        { "un mot 'seul' ici", "un mot «_seul_» ici" },
        { "j´ai", "j’ai" },
        { "6' de haut", "6′ de haut" },
    };
    static const struct sample english[] = {
        { "don't", "don’t" }, { "the dudes' house", "the dudes’ house" },
        { "in the '90s", "in the ’90s" }, { "'tis so", "’tis so" },
        { "'one' and 'two'", "‘one’ and ‘two’" },
        { "a 5'10\" man", "a 5′10″ man" },
        { "(that's it)", "(that’s it)" }, { "\"'Yes' is all\"", "“‘Yes’ is all”" },
    };
    static const struct sample other[] = {
        { "l'acqua 'x' \"y\" z...", "l’acqua 'x' \"y\" z…" },
        { "Wort : 80% ; ja ?", "Wort : 80% ; ja ?" },
    };

    (void)state;
    CHECK("en-US", english);
    CHECK("sv", other);
    CHECK("fr-CA", french);
}

static void quotations(void **state)
{
    static const struct sample french[] = {
        { "le mot \"poste\" ici", "le mot «_poste_» ici" },
        { "le mot “poste”.", "le mot «_poste_»." },
        { "« poste »", "«_poste_»" }, { "«poste»", "«_poste_»" },
        { "«   poste   »", "«_poste_»" },
        { "« a « b » c »", "«_a “b” c_»" },
        { "« a \" b \" c »", "«_a “b” c_»" },
        { "« fin « x ».» Puis", "«_fin “x”._» Puis" },
        { "\"a 'b' c\"", "«_a “b” c_»" },
        { "(\"x\")", "(«_x_»)" },
        { "« x_»_à", "«_x_» à" },
        { "un écran de 27\" neuf", "un écran de 27″ neuf" },
        { "« né en 1984 »", "«_né en 1984_»" },
        { "\"né en 1984\"", "«_né en 1984_»" },
        { "„Wort“ dit-il", "«_Wort_» dit-il" },
        { "\"Un début sans fin", "«_Un début sans fin" },
        { "une fin sans début\"", "une fin sans début_»" },
        { "«", "«" },
    };
    static const struct sample english[] = {
        { "\"Yes,\" he said", "“Yes,” he said" },
        { "\"He said 'no'\"", "“He said ‘no’”" },
        { "(\"x\")—\"y\"", "(“x”)—“y”" },
        { "a 27\" screen", "a 27″ screen" },
        { "« kept »", "« kept »" },
        { "“kept”", "“kept”" },
    };

    (void)state;
    CHECK("fr-CA", french);
    CHECK("en", english);
}

static void german(void **state)
{
    static const struct sample samples[] = {
        { "Sie sagte: \"Ja.\"", "Sie sagte: „Ja.“" }, { "das \"Wort\", das", "das „Wort“, das" },
        { "\"Er rief 'Halt' und ging\"", "„Er rief ‚Halt‘ und ging“" },
        { "\"Er las \"Faust\" gern\"", "„Er las ‚Faust‘ gern“" },
        { "ein 'Wort' allein", "ein ‚Wort‘ allein" },
        { "„Wort“ und ‚Wort‘", "„Wort“ und ‚Wort‘" }, { "„Er rief ‚Halt‘“", "„Er rief ‚Halt‘“" },
        { "„Wort” und „Wort\"", "„Wort“ und „Wort“" }, { "“Wort” hier", "„Wort“ hier" },
        { "“Er rief ‘Halt’ und ging”", "„Er rief ‚Halt‘ und ging“" },
        { "„ Wort “", "„Wort“" }, { "(\"Wort\")", "(„Wort“)" }, { "\"Wort\"-Liste", "„Wort“-Liste" },
        { "»Wort« und ›Wort‹", "»Wort« und ›Wort‹" },
        { "Wie geht's? Hans' Haus", "Wie geht’s? Hans’ Haus" }, { "geht‘s so", "geht’s so" },
        { "So 'n Ding, 's ist gut", "So ’n Ding, ’s ist gut" },
        { "27\" breit", "27″ breit" }, { "80% und 10€ und 15 Uhr", "80_% und 10_€ und 15_Uhr" },
        { "z. B. Dr. Wolf, Nr. 5", "z._B. Dr._Wolf, Nr._5" },
        { "Was? Nein! Doch: ja; gut", "Was? Nein! Doch: ja; gut" },
        { "Ruhe -- und Arbeit...", "Ruhe – und Arbeit…" },
    };
    static const struct sample swiss[] = {
        { "das \"Wort\"", "das «Wort»" }, { "„Wort“ und “Wort”", "«Wort» und «Wort»" },
        { "« Wort »", "«Wort»" }, { "\"Er rief 'Halt' und ging\"", "«Er rief ‹Halt› und ging»" },
        { "Wie geht's?", "Wie geht’s?" }, { "«‹Halt›, rief er»", "«‹Halt›, rief er»" },
    };

    (void)state;
    CHECK("de", samples);
    CHECK("de-AT", samples);
    CHECK("de-CH", swiss);
}

static void spanish(void **state)
{
    static const struct sample spain[] = {
        { "la palabra \"tinta\", dijo", "la palabra «tinta», dijo" },
        { "\"Leí \"Nada\" de joven\"", "«Leí “Nada” de joven»" },
        { "\"Dijo: \"leí 'Nada' ayer\"\"", "«Dijo: “leí ‘Nada’ ayer”»" },
        { "la “tinta” y la «tinta»", "la “tinta” y la «tinta»" },
        { "“Leí \"Nada\" de joven”", "“Leí ‘Nada’ de joven”" }, { "« tinta »", "«tinta»" },
        { "„tinta“ y tinta", "«tinta» y tinta" },
        { "¿\"Tinta\"? ¡\"Papel\"!", "¿«Tinta»? ¡«Papel»!" }, { "\"¿Tinta?\"", "«¿Tinta?»" },
        { "¿Qué? ¡Ah!: sí; no", "¿Qué? ¡Ah!: sí; no" },
        { "—¿Y usted? —preguntó.", "—¿Y usted? —preguntó." },
        { "Sr. Paz, n.º 5, 20 km y 80%", "Sr._Paz, n.º_5, 20_km y 80%" }, { "o'clock", "o’clock" },
    };
    static const struct sample americas[] = {
        { "la palabra \"tinta\"", "la palabra “tinta”" }, { "\"Leí 'Nada' ayer\"", "“Leí ‘Nada’ ayer”" },
        { "\"Leí \"Nada\" ayer\"", "“Leí ‘Nada’ ayer”" }, { "« tinta »", "“tinta”" },
    };

    (void)state;
    CHECK("es", spain);
    CHECK("es-ES", spain);
    CHECK("es-MX", americas);
    CHECK("es-419", americas);
}

static void italian(void **state)
{
    static const struct sample samples[] = {
        { "l'acqua e un po' d'aria", "l’acqua e un po’ d’aria" },
        { "disse: \"Sì\".", "disse: «Sì»." }, { "l'\"arte\" di fare", "l’«arte» di fare" },
        { "\"ho letto \"Cuore\" ieri\"", "«ho letto “Cuore” ieri»" },
        { "un “termine” «detto»", "un “termine” «detto»" }, { "« detto »", "«detto»" },
        { "gli anni '90, 'sto libro", "gli anni ’90, ’sto libro" },
        { "perche' no? Ah! Ecco: si'", "perche’ no? Ah! Ecco: si’" },
        { "il dott. Neri, n. 5, 80%", "il dott._Neri, n._5, 80%" },
    };

    (void)state;
    CHECK("it", samples);
    CHECK("it-CH", samples);
}

static void portuguese(void **state)
{
    static const struct sample brazil[] = {
        { "a palavra \"tinta\"", "a palavra “tinta”" }, { "\"li 'Nada' ontem\"", "“li ‘Nada’ ontem”" },
        { "« tinta » e „tinta”", "“tinta” e “tinta”" }, { "copo d'água", "copo d’água" },
        { "O quê? Ah! Sim: não; 80%", "O quê? Ah! Sim: não; 80%" }, { "Sr. Reis, nº 5", "Sr._Reis, nº_5" },
    };
    static const struct sample portugal[] = {
        { "a palavra \"tinta\"", "a palavra «tinta»" }, { "\"li \"Nada\" ontem\"", "«li “Nada” ontem»" },
        { "a “tinta” e a « tinta »", "a “tinta” e a «tinta»" }, { "copo d'água", "copo d’água" },
    };

    (void)state;
    CHECK("pt-BR", brazil);
    CHECK("pt", brazil);
    CHECK("pt-PT", portugal);
    CHECK("pt-MZ", portugal);
}

static void dutch(void **state)
{
    static const struct sample samples[] = {
        { "het woord \"inkt\", zei hij", "het woord ‘inkt’, zei hij" },
        { "het woord 'inkt'", "het woord ‘inkt’" },
        { "\"Ik las \"Max\" graag\"", "‘Ik las “Max” graag’" },
        { "'Ik las \"Max\" graag'", "‘Ik las “Max” graag’" },
        { "het “woord” en ‘woord’", "het “woord” en ‘woord’" }, { "„woord” en «woord»", "‘woord’ en ‘woord’" },
        { "foto's van zo'n auto", "foto’s van zo’n auto" },
        { "'s Morgens om 't even, zo 'n man", "’s Morgens om ’t even, zo ’n man" },
        { "‘s morgens in ‘t veld", "’s morgens in ’t veld" }, { "de jaren '90", "de jaren ’90" },
        { "\"'t Is laat\", zei ze", "‘’t Is laat’, zei ze" },
        { "Wat? Ja! Zo: nee; 80%", "Wat? Ja! Zo: nee; 80%" },
        { "prof. Vos, blz. 12, nr. 5", "prof._Vos, blz._12, nr._5" },
    };

    (void)state;
    CHECK("nl", samples);
    CHECK("nl-BE", samples);
}

static void dots(void **state)
{
    static const struct sample french[] = {
        { "bon...", "bon…" }, { "bon.....", "bon…" }, { "bon..", "bon.." },
        { "[...]", "[…]" }, { "O.L..", "O.L.." },
    };
    static const struct sample english[] = {
        { "well...", "well…" }, { "well....", "well...." }, { "etc.", "etc." },
    };

    (void)state;
    CHECK("fr-CA", french);
    CHECK("en", english);
}

static void dashes(void **state)
{
    static const struct sample samples[] = {
        { "ink - and paper", "ink – and paper" }, { "(ink) - (paper)", "(ink) – (paper)" },
        { "ink, - 3 kinds", "ink, – 3 kinds" }, { "3 - 2 = 1", "3 - 2 = 1" },
        { "well-made ink -dry", "well-made ink -dry" }, { "a - - b", "a - - b" },
        { "ink -- and paper", "ink – and paper" }, { "ink --- and paper", "ink — and paper" },
        { "ink--and", "ink—and" }, { "-- Ink", "– Ink" }, { "ink --and", "ink --and" },
        { "pages 3--4", "pages 3--4" }, { "a ---- b", "a ---- b" }, { "well-kept", "well-kept" },
        { "ink – and", "ink – and" }, { "--help", "--help" },
    };

    (void)state;
    CHECK("en", samples);
    CHECK("fr-CA", samples);
    CHECK("de", samples);
}

static void signs_in_canada(void **state)
{
    static const struct sample samples[] = {
        { "Quoi ?", "Quoi?" }, { "Quoi_?", "Quoi?" }, { "Quoi?", "Quoi?" },
        { "ah ! oui", "ah! oui" }, { "un ; deux", "un; deux" },
        { "Note: oui", "Note_: oui" }, { "Note : oui", "Note_: oui" },
        { "Twitter :_@ada", "Twitter_: @ada" },
        { "Sur Twitter: @ada, @bob", "Sur Twitter_: @ada, @bob" },
        { "Question #jeudi : quoi", "Question #jeudi_: quoi" },
        { "à 10:30 ou 4:3", "à 10:30 ou 4:3" },
        { "Juste une?!? Non", "Juste une?!? Non" },
        { "Juste une ? ! ? Non", "Juste une?!? Non" },
        { "« Quoi ? »", "«_Quoi?_»" }, { "« Quoi » ?", "«_Quoi_»?" },
        { "(s'il s'apprend) !", "(s’il s’apprend)!" },
        { "(?)", "(?)" }, { "? seul", "? seul" }, { ": seul", ": seul" },
        { "C:\\mots", "C:\\mots" }, { "std::mot", "std::mot" },
        { "le « ? » rouge", "le «_?_» rouge" },
        { "mot ?x", "mot ?x" },
        { "voici :", "voici_:" }, { "bilan : 80 %", "bilan_: 80_%" },
    };

    (void)state;
    CHECK("fr-CA", samples);
}

static void signs_in_france(void **state)
{
    static const struct sample samples[] = {
        { "Quoi ?", "Quoi~?" }, { "Quoi?", "Quoi~?" }, { "Quoi_?", "Quoi~?" },
        { "ah! oui", "ah~! oui" }, { "un; deux", "un~; deux" },
        { "Note: oui", "Note_: oui" },
        { "Juste une?!? Non", "Juste une~?!? Non" },
        { "Juste une ? ! Non", "Juste une~?! Non" },
        { "« Quoi? » dit-il", "«_Quoi~?_» dit-il" },
        { "(?) et [!]", "(?) et [!]" }, { "site.fr/?q=1", "site.fr/?q=1" },
        { "voir https://a.fr/b?c=d;e!", "voir https://a.fr/b?c=d;e~!" },
    };

    (void)state;
    CHECK("fr-FR", samples);
    CHECK("fr", samples);
    CHECK("fr-BE", samples);
}

static void signs_in_english_stay(void **state)
{
    static const struct sample samples[] = {
        { "What? Note: yes; no!", "What? Note: yes; no!" },
        { "80% of $10", "80% of $10" }, { "20 GB", "20_GB" }, { "10 000", "10 000" },
        { "Dr. Who and Mr. X", "Dr._Who and Mr._X" }, { "on p. 12", "on p._12" },
        { "lab no. 5, oh no. Yes", "lab no._5, oh no. Yes" },
    };

    (void)state;
    CHECK("en-GB", samples);
}

static void numbers(void **state)
{
    static const struct sample samples[] = {
        { "80%", "80_%" }, { "80 %", "80_%" }, { "80~%", "80_%" },
        { "% de temps", "% de temps" }, { "%20", "%20" },
        { "10$ et 5 €", "10_$ et 5_€" }, { "$10", "$10" }, { "1$50", "1$50" },
        { "10 M$ par an", "10_M$ par an" }, { "3 millions", "3_millions" },
        { "5 km à pied", "5_km à pied" }, { "5 kilos", "5 kilos" }, { "20 °C", "20_°C" },
        { "10 000 abonnés", "10_000 abonnés" }, { "1 234 567", "1_234_567" },
        { "7200", "7200" }, { "en 2010 300 mots", "en 2010 300 mots" },
        { "514 555 1234", "514 555 1234" }, { "514 555-1234", "514 555-1234" },
        { "10 0000", "10 0000" }, { "12 345,50", "12_345,50" },
        { "9 h – 9 h 15", "9_h – 9_h_15" }, { "9h15", "9h15" }, { "9 heures", "9 heures" },
        { "(9-1-1)", "(9-1-1)" }, { "de 18 et 34 ans", "de 18 et 34 ans" },
    };

    (void)state;
    CHECK("fr-CA", samples);
    CHECK("fr-FR", samples);
}

static void abbreviations(void **state)
{
    static const struct sample samples[] = {
        { "M. Untel", "M._Untel" }, { "Mme Unetelle", "Mme_Unetelle" },
        { "Dr House et Me Tremblay", "Dr_House et Me_Tremblay" },
        { "chez H&M. Le reste", "chez H&M. Le reste" },
        { "M. le maire", "M. le maire" }, { "n° 5", "n°_5" }, { "no 12", "no_12" },
        { "p. 12", "p._12" }, { "vol. II", "vol._II" }, { "cap. 12", "cap. 12" },
        { "le temps. 12 mots", "le temps. 12 mots" }, { "(M. X)", "(M._X)" },
    };

    (void)state;
    CHECK("fr-CA", samples);
}

static void spaces(void **state)
{
    static const struct sample samples[] = {
        { "  un   deux _ trois ", "un deux trois" }, { "_Quoi", "Quoi" },
        { "vite._Comment", "vite. Comment" }, { "métier de_gestionnaire", "métier de gestionnaire" },
        { "(SPVM)._Je", "(SPVM). Je" }, { "Louis_XIV", "Louis_XIV" },
        { "un\ndeux\ttrois", "un deux trois" },
        { "Fin.  Début", "Fin. Début" },
    };

    (void)state;
    CHECK("fr-CA", samples);
}

static void untouched(void **state)
{
    static const struct sample samples[] = {
        { "http://a.org/b...c'd", "http://a.org/b...c'd" },
        { "https://a.org/x?y=\"z\"", "https://a.org/x?y=«_z_»" },
        { "www.a.org/l'x.", "www.a.org/l'x." },
        { "(http://a.org)...", "(http://a.org)…" },
        { "ecrire@l-a.org: oui", "ecrire@l-a.org_: oui" },
        { "@l.audet! et @Heavy_Fr:", "@l.audet! et @Heavy_Fr_:" },
        { "#GGI. #FF?", "#GGI. #FF?" },
        { "Bon :) et ; ) puis : )", "Bon :) et ; ) puis : )" },
        { "Bon :-D !", "Bon :-D!" }, { "Bon :smile: oui", "Bon :smile: oui" },
        { "note :(voir)", "note :(voir)" },
        { "bureau_😉 Heureusement", "bureau_😉 Heureusement" },
    };

    (void)state;
    CHECK("fr-CA", samples);
}

/* ---- Across nodes ------------------------------------------------------------- */

static struct node *add(struct arena *arena, struct node *parent, enum node_kind kind,
                        const char *text)
{
    struct node *node = node_new(arena, kind, (struct place){ NULL, 0, 0 });

    node->text = text;
    node_append(parent, node);
    return node;
}

static void marks_are_followed_across_nodes(void **state)
{
    struct arena *arena = arena_new();
    struct node *paragraph = node_new(arena, NODE_PARAGRAPH, (struct place){ NULL, 0, 0 });
    struct node *one = add(arena, paragraph, NODE_TEXT, "dit \"");
    struct node *strong = add(arena, paragraph, NODE_STRONG, NULL);
    struct node *two = add(arena, strong, NODE_TEXT, "un mot");
    struct node *three = add(arena, paragraph, NODE_TEXT, "\" et ");
    struct node *code = add(arena, paragraph, NODE_CODE, "\"x\" : y...");
    struct node *four = add(arena, paragraph, NODE_TEXT, " : oui");

    (void)state;
    typography_apply(arena, paragraph, "fr-CA");
    assert_string_equal(one->text, shown(arena, "dit «_"));
    assert_string_equal(two->text, "un mot");
    assert_string_equal(three->text, shown(arena, "_» et "));
    assert_string_equal(code->text, "\"x\" : y...");
    assert_string_equal(four->text, shown(arena, "_: oui"));
    arena_free(arena);
}

static void each_language_has_its_rules(void **state)
{
    struct arena *arena = arena_new();
    struct node *section = node_new(arena, NODE_SECTION, (struct place){ NULL, 0, 0 });
    struct node *paragraph = add(arena, section, NODE_PARAGRAPH, NULL);
    struct node *one = add(arena, paragraph, NODE_TEXT, "« le titre ");
    struct node *span = add(arena, paragraph, NODE_SPAN, NULL);
    struct node *two = add(arena, span, NODE_TEXT, "Who's \"it\"? Me: 80%");
    struct node *three = add(arena, paragraph, NODE_TEXT, " \"déjà\" lu » : oui ?");
    struct node *other = add(arena, section, NODE_PARAGRAPH, NULL);
    struct node *four = add(arena, other, NODE_TEXT, "\"neuf\"");

    (void)state;
    span->lang = "en";
    typography_apply(arena, section, "fr-CA");
    assert_string_equal(one->text, shown(arena, "«_le titre "));
    assert_string_equal(two->text, "Who’s “it”? Me: 80%");
    assert_string_equal(three->text, shown(arena, " “déjà” lu_»_: oui?"));
    assert_string_equal(four->text, shown(arena, "«_neuf_»"));
    arena_free(arena);
}

static void texts_left_empty_go(void **state)
{
    struct arena *arena = arena_new();
    struct node *paragraph = node_new(arena, NODE_PARAGRAPH, (struct place){ NULL, 0, 0 });
    struct node *handle, *name;

    (void)state;
    add(arena, paragraph, NODE_TEXT, " ");
    handle = add(arena, paragraph, NODE_SPAN, NULL);
    handle->role = ROLE_HANDLE;
    name = add(arena, handle, NODE_TEXT, "@l'x : \"y\"");
    add(arena, paragraph, NODE_LINE_BREAK, NULL);
    add(arena, paragraph, NODE_TEXT, "  ");
    typography_apply(arena, paragraph, "fr-CA");
    assert_ptr_equal(paragraph->first, handle);
    assert_string_equal(name->text, "@l'x : \"y\"");
    assert_int_equal(paragraph->last->kind, NODE_LINE_BREAK);
    assert_null(paragraph->last->next);
    arena_free(arena);
}

/* ---- Whatever comes -------------------------------------------------------------- */

static void twice_is_once(void **state)
{
    static const char *const tokens[] = {
        "a", "é", "B", "1", "19", "\"", "'", "“", "”", "‘", "’", "«", "»", "„", "...", ".", ",",
        ";", ":", "!", "?", " ", " ", " ", "\xC2\xA0", "\xE2\x80\xAF", "%", "$", "h", "M.", "Mme",
        "n°", "10 000", "9 h 15", "@x", "#y", "http://a.b", "(", ")", "—", ": )", ":)", "km",
        "‚", "‹", "›", "t", "s"
    };
    static const char *const languages[] = { "fr-CA", "fr-FR", "en", "de", "de-CH", "es", "es-MX",
                                             "it", "pt", "pt-PT", "nl", "sv" };
    struct arena *arena = arena_new();
    struct buf text = {0};
    uint32_t seed = 7;

    (void)state;
    for (int i = 0; i < 60000; i++) {
        const char *language = languages[i % (sizeof languages / sizeof *languages)], *once;

        buf_cut(&text, 0);
        buf_puts(&text, "x");
        for (int j = 0; j < i % 13; j++) {
            seed = seed * 1664525 + 1013904223;
            buf_puts(&text, tokens[(seed >> 16) % (sizeof tokens / sizeof *tokens)]);
        }
        once = typography_text(arena, arena_strdup(arena, buf_text(&text)), language);
        if (strcmp(typography_text(arena, once, language), once) != 0)
            fail_msg("%s: “%s” becomes “%s”, then “%s”", language, buf_text(&text), once,
                     typography_text(arena, once, language));
    }
    buf_free(&text);
    arena_free(arena);
}

/* Texts that would take minutes if a rule looked back or ahead without end. */
static void nothing_takes_long(void **state)
{
    static const char *const pieces[] = { "!", "! ", "'", "\"", "@", "a@", ":", ":a", "www.", "1 234 ",
                                          "#", ".", "« ", " \"a", "h", "M. ", "http://" };
    static const char *const ends[] = { "a", " 0000", "" };
    struct arena *arena = arena_new();
    struct buf text = {0};

    (void)state;
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        buf_cut(&text, 0);
        while (text.len < 200000)
            buf_puts(&text, pieces[i]);
        buf_puts(&text, ends[i % 3]);
        assert_non_null(typography_text(arena, buf_text(&text), "fr-FR"));
        buf_puts(&text, "a");
        assert_non_null(typography_text(arena, buf_text(&text), "fr-CA"));
        buf_puts(&text, " 0000");
        assert_non_null(typography_text(arena, buf_text(&text), "en"));
    }
    buf_free(&text);
    arena_free(arena);
}

/* Letters and digits of TEXT alone. */
static char *bare(struct arena *arena, const char *text)
{
    struct buf buf = {0};
    char *copy;

    for (const char *at = text; *at != '\0'; at = g_utf8_next_char(at))
        if (g_unichar_isalnum(g_utf8_get_char(at)))
            buf_put_code(&buf, g_utf8_get_char(at));
    copy = arena_strdup(arena, buf_text(&buf));
    buf_free(&buf);
    return copy;
}

static void check_line(struct arena *arena, char *line)
{
    static const char *const never[] = { "  ", " ?", " !", " ;", "\xC2\xA0?", " :", "'", "\"",
                                         "...", " »", "« ", "»\xC2\xA0" };
    const char *set = typography_text(arena, line, "fr-CA");

    for (size_t i = 0; i < sizeof never / sizeof *never; i++)
        if (strstr(set, never[i]) != NULL)
            fail_msg("“%s” is left in: %s", never[i], set);
    assert_string_equal(bare(arena, line), bare(arena, set));
    assert_string_equal(typography_text(arena, set, "fr-CA"), set);
}

static void real_interviews_are_set(void **state)
{
    static const char *const names[] = { "carl-olivier-perras-beaulieu", "caroline-audet",
                                         "melissa-carroll" };
    struct arena *arena = arena_new();

    (void)state;
    if (!folder_exists("../shared/seeds")) {
        arena_free(arena);
        skip();
    }
    for (size_t i = 0; i < 3; i++) {
        size_t bytes;
        char *path = arena_printf(arena, "../shared/seeds/%s.txt", names[i]);
        char *text = file_read_text(arena, path, &bytes), *next = NULL;

        assert_non_null(text);
        for (char *line = strtok_r(text, "\n", &next); line != NULL;
             line = strtok_r(NULL, "\n", &next))
            check_line(arena, line);
    }
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(apostrophes),
        cmocka_unit_test(quotations),
        cmocka_unit_test(german),
        cmocka_unit_test(spanish),
        cmocka_unit_test(italian),
        cmocka_unit_test(portuguese),
        cmocka_unit_test(dutch),
        cmocka_unit_test(dots),
        cmocka_unit_test(dashes),
        cmocka_unit_test(signs_in_canada),
        cmocka_unit_test(signs_in_france),
        cmocka_unit_test(signs_in_english_stay),
        cmocka_unit_test(numbers),
        cmocka_unit_test(abbreviations),
        cmocka_unit_test(spaces),
        cmocka_unit_test(untouched),
        cmocka_unit_test(marks_are_followed_across_nodes),
        cmocka_unit_test(each_language_has_its_rules),
        cmocka_unit_test(texts_left_empty_go),
        cmocka_unit_test(twice_is_once),
        cmocka_unit_test(nothing_takes_long),
        cmocka_unit_test(real_interviews_are_set),
    };

    return cmocka_run_group_tests_name("typography", tests, NULL, NULL);
}
