/* Text to lines: shaping, breaking, what a line is made of. */
#include "base/diag.h"
#include "base/file.h"
#include "layout/shape.h"
#include "layout/text.h"
#include "pdf/reading.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "golden.h"

struct bench {
    struct arena *arena;
    struct fonts *fonts;
    struct style *style;
    struct typesetter *typesetter;
};

static int set_up(void **state)
{
    struct bench *bench = calloc(1, sizeof *bench);
    char *data;

    bench->arena = arena_new();
    data = file_data_folder(bench->arena);
    bench->fonts = fonts_load(data);
    bench->style = style_load(data, "classique");
    assert_non_null(bench->fonts);
    assert_non_null(bench->style);
    bench->typesetter = typesetter_new(bench->fonts, bench->style);
    *state = bench;
    return 0;
}

static int tear_down(void **state)
{
    struct bench *bench = *state;

    typesetter_free(bench->typesetter);
    style_free(bench->style);
    fonts_free(bench->fonts);
    arena_free(bench->arena);
    free(bench);
    return 0;
}

/* ---- What tests set and see ------------------------------------------------- */

static const struct place here = { "test.md", 7, 1 };

static struct span text_span(const struct text_style *style, const char *text, const char *lang)
{
    return (struct span){ .kind = SPAN_TEXT, .text = text, .bytes = strlen(text),
                          .style = style, .lang = lang };
}

static struct settings set_text(struct bench *bench, const struct text_style *style,
                                const char *text, const char *lang, dim width)
{
    struct room *room = ARENA_NEW(bench->arena, struct room);
    struct span *span = ARENA_NEW(bench->arena, struct span);

    room->width = width;
    *span = text_span(style, text, lang);
    return text_set(bench->typesetter, bench->arena, style, room, span, 1, here);
}

static item_list put(struct bench *bench, const struct set_line *line, const struct span *span)
{
    item_list items = {0};

    set_line_put(bench->arena, line, span, 0, 0, &items, NULL, NULL);
    return items;
}

/* What the words of a line say, with their spaces; hyphens put in as "=". */
static void say(const item_list *items, struct buf *out)
{
    for (size_t i = 0; i < items->count; i++) {
        const struct item *item = &items->item[i];

        for (uint32_t w = 0; item->kind == ITEM_WORDS && w < item->words.count; w++) {
            const struct word *word = &item->words.word[w];

            if (word->flags & WORD_HYPHEN)
                buf_puts(out, "=");
            else
                buf_append(out, word->shaped->text, word->shaped->bytes);
            if (word->flags & WORD_SPACE)
                buf_puts(out, " ");
        }
    }
}

/* Where the last glyph of the line ends. */
static dim right_end(const item_list *items)
{
    const struct item *item = &items->item[items->count - 1];
    const struct word *word = &item->words.word[item->words.count - 1];
    int64_t letters = item->words.letter == 0 ? 0 : shape_letters(word->shaped) - 1;

    return item->x + word->x + (dim)((int64_t)word->shaped->width * item->words.stretch / 65536)
        + (dim)(letters * item->words.letter);
}

static char *line_text(struct bench *bench, const struct set_line *line, const struct span *span)
{
    item_list items = put(bench, line, span);
    struct buf out = {0};
    char *text;

    say(&items, &out);
    text = arena_strdup(bench->arena, buf_text(&out));
    buf_free(&out);
    free(items.item);
    return text;
}

static const char *const prose =
    "The compositor sets each line twice in his mind before his hand moves: once for what it says"
    " and once for how it will stand between its neighbours. A comfortable paragraph, he maintains,"
    " is the one nobody notices, because its spaces agree with one another and its right-hand edge"
    " is as straight as its left. Everything else is decoration.";

/* ---- Shaping ------------------------------------------------------------------ */

static void words_are_shaped_once(void **state)
{
    struct bench *bench = *state;
    struct text_style same = bench->style->body, other = same;
    struct fount *fount = shape_fount(bench->typesetter, &same, "fr-CA");
    const struct lexeme *word = shape_word(bench->typesetter, fount, "encre", 5, LEXEME_TEXT);

    assert_ptr_equal(word, shape_word(bench->typesetter, fount, "encre", 5, LEXEME_TEXT));
    same.indent = 99;
    assert_ptr_equal(fount, shape_fount(bench->typesetter, &same, "fr-CA"));
    other.italic = true;
    assert_ptr_not_equal(fount, shape_fount(bench->typesetter, &other, "fr-CA"));
    assert_ptr_not_equal(fount, shape_fount(bench->typesetter, &same, "en"));
}

/* Every byte of the text belongs to a glyph, in order, and no glyph is missing. */
static void glyphs_say_their_text(void **state)
{
    static const char *const words[] = {
        "efficient", "l’été", "e\xCC\x81pi", "10\xC2\xA0%", "«\xC2\xA0oui\xC2\xA0»",
        "\xE2\x80\xAF;", "Привет", "漢字とかな", "ಕನ್ನಡ", "😀👍", "naïve→", "ﬁn",
    };
    struct bench *bench = *state;

    for (int italic = 0; italic < 2; italic++) {
        struct text_style style = bench->style->body;
        struct fount *fount;

        style.italic = italic != 0;
        fount = shape_fount(bench->typesetter, &style, "fr-CA");
        for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
            const struct lexeme *lexeme = shape_word(bench->typesetter, fount, words[i],
                                                     strlen(words[i]), LEXEME_TEXT);
            struct buf said = {0};

            for (uint16_t p = 0; p < lexeme->piece_count; p++) {
                const struct shaped *shaped = lexeme->pieces[p];
                size_t bytes = 0;

                for (uint16_t g = 0; g < shaped->count; g++) {
                    assert_int_not_equal(shaped->glyphs[g].id, 0);
                    bytes += shaped->glyphs[g].bytes;
                }
                assert_int_equal(bytes, shaped->bytes);
                assert_int_not_equal(shaped->glyphs[0].bytes, 0);
                buf_append(&said, shaped->text, shaped->bytes);
            }
            assert_string_equal(buf_text(&said), words[i]);
            assert_int_equal(lexeme->lost_count, 0);
            buf_free(&said);
        }
    }
}

static void what_has_no_glyph_is_dropped(void **state)
{
    struct bench *bench = *state;
    struct fount *fount = shape_fount(bench->typesetter, &bench->style->body, "en");
    const char *word = "a\xC2\xAD" "b\xE2\x80\x8B" "c\xEF\xBB\xBF" "d";
    const struct lexeme *lexeme = shape_word(bench->typesetter, fount, word, strlen(word),
                                             LEXEME_TEXT);
    const struct lexeme *plain = shape_word(bench->typesetter, fount, "abcd", 4, LEXEME_TEXT);

    assert_int_equal(lexeme->width, plain->width);
    assert_int_equal(lexeme->piece_count, 1);
    assert_string_equal(lexeme->pieces[0]->text, "abcd");
}

static void small_caps_keep_their_text(void **state)
{
    struct bench *bench = *state;
    struct text_style style = bench->style->body;
    const struct lexeme *plain, *small, *caps;
    struct fount *fount = shape_fount(bench->typesetter, &style, "fr");

    plain = shape_word(bench->typesetter, fount, "atelier", 7, LEXEME_TEXT);
    style.small_caps = true;
    small = shape_word(bench->typesetter, shape_fount(bench->typesetter, &style, "fr"),
                       "atelier", 7, LEXEME_TEXT);
    style.small_caps = false;
    style.caps = true;
    caps = shape_word(bench->typesetter, shape_fount(bench->typesetter, &style, "fr"),
                      "straße", 7, LEXEME_TEXT);
    assert_int_not_equal(plain->pieces[0]->glyphs[0].id, small->pieces[0]->glyphs[0].id);
    assert_ptr_equal(plain->pieces[0]->face, small->pieces[0]->face);
    assert_string_equal(small->pieces[0]->text, "atelier");
    assert_string_equal(caps->pieces[0]->text, "straße");
    assert_int_equal(caps->pieces[0]->count, 7);        /* STRASSE */
}

/* The last letter of each word has brought it along. */
static void tracking_is_not_added_to_spaces(void **state)
{
    struct bench *bench = *state;
    struct text_style tracked = bench->style->body;
    struct fount *plain = shape_fount(bench->typesetter, &tracked, "en"), *fount;
    dim word = shape_word(bench->typesetter, plain, "mill", 4, LEXEME_KEEP)->width;

    tracked.tracking = tracked.size / 10;
    fount = shape_fount(bench->typesetter, &tracked, "en");
    assert_int_equal(shape_word(bench->typesetter, fount, "mill", 4, LEXEME_KEEP)->width,
                     word + 4 * tracked.tracking);
    assert_int_equal(fount->space, plain->space);
}

static void faces_fit_the_use(void **state)
{
    struct bench *bench = *state;
    struct text_style style = bench->style->body;

    assert_string_equal(fonts_cut("EB Garamond", DIM_OF_PT(10.5), 400), "EB Garamond 12");
    assert_string_equal(fonts_cut("EB Garamond", DIM_OF_PT(8), 400), "EB Garamond 08");
    assert_string_equal(fonts_cut("EB Garamond", DIM_OF_PT(8), 700), "Lato");
    assert_string_equal(fonts_cut("Lato", DIM_OF_PT(8), 700), "Lato");
    style.weight = 700;
    assert_true(typesetter_face(bench->typesetter, &style)->bold);
    style.weight = 400;
    assert_false(typesetter_face(bench->typesetter, &style)->bold);
    assert_true(typesetter_face(bench->typesetter, &style)->serif);
    assert_int_equal(typesetter_face(bench->typesetter, &style)->size, style.size);
}

/* One sign of each script that a name may be written in. */
static void scripts_have_their_faces(void **state)
{
    static const struct { const char *lang, *sign, *family; } cases[] = {
        { "ru", "Ж", "EB Garamond" }, { "el", "λ", "EB Garamond" },
        { "ko", "김", "NanumMyeongjo" }, { "ko", "가", "NanumMyeongjo" },
        { "en", "김", "NanumMyeongjo" },
        { "ja", "金", "Droid Sans Fallback" }, { "zh-Hans", "书", "Droid Sans Fallback" },
        { "ar", "ل", "Noto Naskh Arabic" }, { "he", "א", "Noto Sans Hebrew" },
        { "hi", "अ", "Noto Sans Devanagari" }, { "th", "ส", "Noto Sans Thai" },
    };
    struct bench *bench = *state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fount *fount = shape_fount(bench->typesetter, &bench->style->body, cases[i].lang);
        const struct lexeme *word = shape_word(bench->typesetter, fount, cases[i].sign,
                                               strlen(cases[i].sign), LEXEME_TEXT);

        assert_int_equal(word->lost_count, 0);
        assert_string_equal(word->pieces[0]->face->family, cases[i].family);
    }
}

struct caught { int warnings; char message[200], rule[40]; struct place at; };

static void catch(void *context, const struct diagnostic *d)
{
    struct caught *caught = context;

    caught->warnings++;
    caught->at = d->at;
    strncpy(caught->message, d->message, sizeof caught->message - 1);
    strncpy(caught->rule, d->rule, sizeof caught->rule - 1);
}

static void missing_characters_are_told_once(void **state)
{
    struct bench *bench = *state;
    struct fount *fount = shape_fount(bench->typesetter, &bench->style->body, "en");
    struct caught caught = {0};
    const char *text = "lost \xF3\xB0\x80\x80 and \xF3\xB0\x80\x80.";
    const struct lexeme *lost;

    set_text(bench, &bench->style->body, text, "en", DIM_OF_MM(115));
    lost = shape_word(bench->typesetter, fount, "\xF3\xB0\x80\x80", 4, LEXEME_TEXT);
    assert_int_equal(lost->lost_count, 1);
    assert_int_equal(lost->piece_count, 1);
    assert_int_not_equal(lost->pieces[0]->glyphs[0].id, 0);
    assert_string_equal(lost->pieces[0]->text, "\xF3\xB0\x80\x80");
    diag_set_sink(catch, &caught);
    fonts_tell_missing(bench->fonts);
    fonts_tell_missing(bench->fonts);
    diag_set_sink(NULL, NULL);
    assert_int_equal(caught.warnings, 1);
    assert_int_equal(caught.at.line, 7);
    assert_non_null(strstr(caught.message, "U+F0000"));
}

/* Of each language once, where it first stands; not of a word or two, nor where
 * nothing is hyphenated. */
static void missing_dictionaries_are_told_once(void **state)
{
    struct bench *bench = *state;
    struct text_style plain = bench->style->body;
    struct caught caught = {0};

    plain.hyphenate = false;
    set_text(bench, &plain, prose, "tlh", DIM_OF_MM(115));
    set_text(bench, &bench->style->body, "a fine line of words", "tlh", DIM_OF_MM(115));
    set_text(bench, &bench->style->body, prose, "en", DIM_OF_MM(115));
    diag_set_sink(catch, &caught);
    fonts_tell_missing(bench->fonts);
    assert_int_equal(caught.warnings, 0);
    set_text(bench, &bench->style->body, prose, "tlh", DIM_OF_MM(115));
    set_text(bench, &bench->style->body, prose, "tlh", DIM_OF_MM(100));
    fonts_tell_missing(bench->fonts);
    fonts_tell_missing(bench->fonts);
    diag_set_sink(NULL, NULL);
    assert_int_equal(caught.warnings, 1);
    assert_string_equal(caught.rule, "no-hyphens");
    assert_int_equal(caught.at.line, 7);
    assert_non_null(strstr(caught.message, "“tlh”"));
}

/* In German they are of any noun, elsewhere of names, which better stay whole. */
static void capitals_are_names_but_in_german(void **state)
{
    static const struct { const char *lang, *word; bool name; } cases[] = {
        { "de", "Druckerei", false }, { "de-AT", "Druckerei", false },
        { "fr", "Montréal", true }, { "fr", "imprimeur", false }, { "en", "Druckerei", true },
    };
    struct bench *bench = *state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fount *fount = shape_fount(bench->typesetter, &bench->style->body, cases[i].lang);

        assert_int_equal(shape_word(bench->typesetter, fount, cases[i].word,
                                    strlen(cases[i].word), LEXEME_TEXT)->name, cases[i].name);
    }
}

/* ---- Lines ---------------------------------------------------------------------- */

static void full_lines_reach_the_edge(void **state)
{
    struct bench *bench = *state;
    struct span span = text_span(&bench->style->body, prose, "en");
    dim width = DIM_OF_MM(100);
    struct settings settings = set_text(bench, &bench->style->body, prose, "en", width);

    assert_in_range(settings.best.count, 4, 6);
    for (int i = 0; i < settings.best.count; i++) {
        const struct set_line *line = &settings.best.line[i];
        item_list items = put(bench, line, &span);
        const struct item *last = &items.item[items.count - 1];
        const struct word *word = &last->words.word[last->words.count - 1];
        const struct fount *fount = shape_fount(bench->typesetter, &bench->style->body, "en");
        const struct lexeme *end = word->flags & WORD_HYPHEN ? fount->hyphen
            : shape_word(bench->typesetter, shape_fount(bench->typesetter, &bench->style->body,
                                                        "en"),
                         word->shaped->text, word->shaped->bytes, LEXEME_TEXT);
        dim edge = right_end(&items) - (dim)((int64_t)end->hang_right * line->stretch / 65536);

        if (i + 1 < settings.best.count)
            assert_true(abs(edge - width) < DIM_PT / 20);
        else
            assert_true(edge <= width + DIM_PT / 20);
        assert_in_range(line->stretch, 65536 * 98 / 100 - 1, 65536 * 102 / 100 + 1);
        assert_in_range(line->ratio, 700, 1400);
        assert_false(line->overfull);
        free(items.item);
    }
}

static void lines_say_all_the_text(void **state)
{
    struct bench *bench = *state;
    struct span span = text_span(&bench->style->body, prose, "en");

    for (int width = 30; width < 120; width += 15) {
        struct settings settings = set_text(bench, &bench->style->body, prose, "en",
                                            DIM_OF_MM(width));
        struct setting lengths[] = { settings.best, settings.shorter, settings.longer,
                                     settings.longest };

        for (int k = 0; k < 4; k++) {
            struct buf all = {0};

            for (int i = 0; i < lengths[k].count; i++) {
                char *text = line_text(bench, &lengths[k].line[i], &span);
                size_t length = strlen(text);

                if (length > 0 && text[length - 1] == '=')
                    text[length - 1] = '\0';
                buf_puts(&all, text);
            }
            if (lengths[k].count > 0)
                assert_string_equal(buf_text(&all), prose);
            buf_free(&all);
        }
        assert_true(settings.shorter.count == 0
                    || settings.shorter.count == settings.best.count - 1);
        assert_true(settings.longer.count == 0
                    || settings.longer.count == settings.best.count + 1);
        assert_true(settings.longest.count == 0
                    || settings.longest.count == settings.best.count + 2);
    }
}

/* A line knows where in the text it begins, even within a word. */
static void lines_know_their_place(void **state)
{
    struct bench *bench = *state;
    struct node *node = node_text(bench->arena, prose);
    struct span span = text_span(&bench->style->body, prose + 4, "en");
    struct room room = { .width = DIM_OF_MM(29) };
    struct settings settings;
    bool within = false;

    span.node = node;
    span.offset = 4;
    settings = text_set(bench->typesetter, bench->arena, &bench->style->body, &room, &span, 1,
                        here);
    assert_int_equal(settings.best.line[0].offset, 4);
    for (int i = 0; i < settings.best.count; i++) {
        const struct set_line *line = &settings.best.line[i];
        char *text = line_text(bench, line, &span);

        assert_ptr_equal(line->node, node);
        assert_memory_equal(prose + line->offset, text, 4);
        within |= line->offset > 4 && prose[line->offset - 1] != ' ';
    }
    assert_true(within);
}

static void count_hyphens(struct bench *bench, const char *text, const char *lang,
                          const struct text_style *style, int *hyphens, int *lines)
{
    struct settings settings = set_text(bench, style, text, lang, DIM_OF_MM(30));

    *hyphens = 0;
    *lines = settings.best.count;
    for (int i = 0; i < settings.best.count; i++)
        *hyphens += settings.best.line[i].hyphenated;
}

static void hyphens_follow_the_language(void **state)
{
    struct bench *bench = *state;
    struct text_style style = bench->style->body;
    int hyphens, lines;

    count_hyphens(bench, prose, "en", &style, &hyphens, &lines);
    assert_in_range(hyphens, 1, lines);
    count_hyphens(bench, prose, "tlh", &style, &hyphens, &lines);
    assert_in_range(hyphens, 0, 1);     /* right-|hand: a hyphen of the text */
    style.hyphenate = false;
    count_hyphens(bench, prose, "en", &style, &hyphens, &lines);
    assert_in_range(hyphens, 0, 1);
}

/* The cuts of WORD in LANG, as "im·pri·meur"; what is better left whole, as ":". */
static const char *cut_word(struct bench *bench, const char *word, const char *lang,
                            enum lexeme_mode mode)
{
    struct fount *fount = shape_fount(bench->typesetter, &bench->style->body, lang);
    const struct lexeme *lexeme = shape_word(bench->typesetter, fount, word, strlen(word), mode);
    struct buf out = {0};
    size_t from = 0;
    char *text;

    shape_hyphenate(bench->typesetter, lexeme);
    for (uint16_t i = 0; i < lexeme->cut_count; i++) {
        buf_append(&out, word + from, lexeme->cuts[i].at - from);
        buf_puts(&out, lexeme->cuts[i].kind == CUT_LAST_RESORT ? ":"
                       : lexeme->cuts[i].kind == CUT_HYPHEN ? "·" : "|");
        from = lexeme->cuts[i].at;
    }
    buf_puts(&out, word + from);
    text = arena_strdup(bench->arena, buf_text(&out));
    buf_free(&out);
    return text;
}

static void words_are_cut_where_they_may(void **state)
{
    static const struct { const char *lang, *cut; enum lexeme_mode mode; } cases[] = {
        { "fr-CA", "l’im·pri·meur", LEXEME_TEXT }, { "fr", "consti·tu·tion", LEXEME_TEXT },
        { "en-US", "ty·pog·ra·phy", LEXEME_TEXT }, { "en-US", "pa·per", LEXEME_TEXT },
        { "de", "Buch·stä·ben", LEXEME_TEXT }, { "de-CH", "Stra·ßen", LEXEME_TEXT },
        { "es-MX", "im·pren·tas", LEXEME_TEXT }, { "es", "ni·ños", LEXEME_TEXT },
        { "es-419", "pá·gi·nas", LEXEME_TEXT },
        { "it", "ti·po·gra·fico", LEXEME_TEXT }, { "nl-NL", "druk·ker", LEXEME_TEXT },
        { "pt", "im·pres·são", LEXEME_TEXT }, { "pt-BR", "com·po·si·ção", LEXEME_TEXT },
        { "tlh", "typography", LEXEME_TEXT },
        { "en", "type­·set", LEXEME_TEXT },
        { "fr", "peut-|être", LEXEME_TEXT }, { "fr", "dit-|elle", LEXEME_TEXT },
        { "fr", "y-a", LEXEME_TEXT },
        { "fr", "ren:dez-|vous", LEXEME_TEXT },
        { "en", "SPVM", LEXEME_TEXT }, { "en", "CON:FI:DENCE", LEXEME_TEXT },
        { "en", "@typography", LEXEME_TEXT }, { "en", "#typography", LEXEME_TEXT },
        { "en", "typography2", LEXEME_TEXT }, { "en", "typography", LEXEME_KEEP },
        { "en", "either/|other", LEXEME_TEXT }, { "en", "1998–2012", LEXEME_TEXT },
        { "en", "word—|word", LEXEME_TEXT },
        { "en", "letter_|spacing_|between_|lines", LEXEME_TEXT },
        { "en", "<name>_|<version>_|<kind>", LEXEME_TEXT },
        { "en", "@letter_spacing_between_lines", LEXEME_TEXT }, { "en", "letter_space", LEXEME_TEXT },
        { "en", "https://|www.|example.|org/|journal_|de_|bord.|html", LEXEME_TEXT },
        { "en", "typographers.|example.org", LEXEME_TEXT },
        { "en", "typographers.org", LEXEME_TEXT }, { "en", "@typo.graphers", LEXEME_TEXT },
        { "en", "manuscript.txt", LEXEME_TEXT }, { "en", "morn·ing.”", LEXEME_TEXT },
        { "en", "someone|@example.org", LEXEME_ADDRESS },
        { "en", "some-|one|@mills-|of-|paper.org", LEXEME_KEEP },
        { "en", "@someone@example.org", LEXEME_KEEP },
        { "ja", "漢|字|と|か|な", LEXEME_TEXT },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char word[100];
        size_t length = 0;

        for (const char *c = cases[i].cut; *c != '\0'; c++)
            if (*c == '|' || (*c == ':' && c[1] != '/'))
                continue;
            else if (strncmp(c, "·", 2) == 0)
                c++;
            else
                word[length++] = *c;
        word[length] = '\0';
        assert_string_equal(cut_word(*state, word, cases[i].lang, cases[i].mode), cases[i].cut);
    }
}

/* ---- What a line may hold ---------------------------------------------------------- */

static void ragged_lines_keep_their_spaces(void **state)
{
    struct bench *bench = *state;
    struct text_style style = bench->style->body;
    dim width = DIM_OF_MM(60);

    for (enum align align = ALIGN_LEFT; align <= ALIGN_RIGHT; align++) {
        struct settings settings;

        style.align = align;
        settings = set_text(bench, &style, prose, "en", width);
        for (int i = 0; i < settings.best.count; i++) {
            const struct set_line *line = &settings.best.line[i];
            dim right = line->left + line->width;

            assert_int_equal(line->ratio, 1000);
            assert_int_equal(line->stretch, 65536);
            assert_true(right <= width);
            if (align == ALIGN_LEFT)
                assert_int_equal(line->left, 0);
            else if (align == ALIGN_RIGHT)
                assert_true(width - right <= 1);
            else
                assert_true(abs(line->left - (width - right)) <= 1);
        }
    }
}

static bool ends_in_lone_letter(const char *line)
{
    size_t length = strlen(line);

    while (length > 0 && line[length - 1] == ' ')
        length--;
    return length > 1 && g_ascii_isalpha(line[length - 1]) && line[length - 2] == ' ';
}

/* Flush left, a paragraph is offered longer: with lines that end earlier, none of
 * them far from the edge, few in a word of one letter, the last no stump. */
/* A title breaks before a name rather than at its hyphen. */
static void titles_leave_names_whole(void **state)
{
    static const char *const titles[] = {
        "Pour suivre Marie-Claire Bonnefoy-Lagarde", "Pour suivre Jean Bonnefoy-Lagarde",
    };
    struct bench *bench = *state;
    const struct text_style *style = &bench->style->heading[1];

    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++) {
        struct span span = text_span(style, titles[i], "fr");
        dim whole = text_width(bench->typesetter, &span, 1);

        for (int part = 11; part < 20; part++) {
            struct settings settings = set_text(bench, style, titles[i], "fr", whole * part / 20);

            for (int line = 0; line < settings.best.count; line++)
                assert_false(settings.best.line[line].hyphenated);
        }
    }
}

static void ragged_text_comes_in_several_lengths(void **state)
{
    static const char *const text =
        "A large page is read at a slower pace. I keep a lamp, a lens and a marker beside it, and"
        " a friend comes on a Friday to turn what I have read into a list. A week later I hear a"
        " summary of it; a month later a joke about it. I would not call it a method, but a habit"
        " it certainly is, and I should miss it if a day came without a page.";
    struct bench *bench = *state;
    struct text_style style = bench->style->body;
    struct span span = text_span(&style, text, "en");
    int offered = 0, lines = 0, lone = 0;

    style.align = ALIGN_LEFT;
    style.hyphenate = false;
    for (int width = 70; width < 110; width += 4) {
        dim measure = DIM_OF_MM(width);
        struct settings settings = set_text(bench, &style, text, "en", measure);
        const struct setting *lengths[] = { &settings.best, &settings.longer, &settings.longest };

        for (int k = 0; k < 3; k++)
            for (int i = 0; i < lengths[k]->count; i++) {
                const struct set_line *line = &lengths[k]->line[i];
                bool last = i + 1 == lengths[k]->count;

                offered += k > 0 && last;
                assert_true(line->width <= measure);
                assert_true(line->width >= (last ? style.size * 5 / 2 : measure * 65 / 100));
                lines += !last;
                lone += !last && ends_in_lone_letter(line_text(bench, line, &span));
            }
    }
    assert_true(offered >= 6);
    assert_true(lone * 20 <= lines);
}

/* Words struck through have one line each, from where they begin in a line to where
 * they end in it, over their spaces, within the height of small letters. */
static void struck_words_have_a_line(void **state)
{
    struct bench *bench = *state;
    const struct text_style *style = &bench->style->body;
    const struct face *face = typesetter_face(bench->typesetter, style);
    struct span spans[] = { text_span(style, "It says ", "en"), text_span(style, prose, "en"),
                            text_span(style, ", or so.", "en") };
    struct room room = { .width = DIM_OF_MM(60) };
    struct setting setting;

    spans[1].struck = true;
    setting = text_set(bench->typesetter, bench->arena, style, &room, spans, 3, here).best;
    assert_true(setting.count > 4);
    for (int i = 0; i < setting.count; i++) {
        item_list items = put(bench, &setting.line[i], spans);
        const struct item *rule = NULL;
        dim end;

        for (size_t k = 0; k < items.count; k++)
            if (items.item[k].kind == ITEM_RULE) {
                assert_null(rule);
                rule = &items.item[k];
            }
        assert_non_null(rule);
        assert_int_equal(rule->element, ELEMENT_ARTIFACT);
        assert_true(-rule->y > rule->rule.height && -rule->y < face->x_height);
        assert_in_range(rule->rule.height, DIM_PT / 8, DIM_PT);
        assert_true(i == 0 ? rule->x > DIM_OF_PT(20) : abs(rule->x) < DIM_OF_PT(2));
        end = rule->x + rule->rule.width;
        if (i + 1 < setting.count)
            assert_true(abs(end - room.width) < DIM_OF_PT(4));
        else
            assert_true(end < setting.line[i].width - DIM_OF_PT(15));
        free(items.item);
    }
}

/* Not more lines in a row end in a hyphen than the style allows, whether it stood in
 * the text, in an address or was put in; and the last line is no stump. */
static void hyphens_make_no_ladder(void **state)
{
    static const char *const text =
        "The press-room keeps a half-finished stock-list at example.org/stock-list/half-made-"
        "lists/print-room-shelf-by-shelf-and-day-by-day.html, a well-thumbed sample-book from"
        " the type-foundry, two hand-written order-books and a never-emptied waste-bin. Its"
        " long-serving over-seer calls the set-up good-natured book-keeping; the shop-floor"
        " calls it a wait-and-see affair, to be put right in an any-day-now spring-clean. So"
        " it stays.";
    struct bench *bench = *state;
    const struct style *style = bench->style;

    for (int width = 60; width < 120; width++) {
        struct setting best = set_text(bench, &style->body, text, "en", DIM_OF_MM(width)).best;
        int row = 0;

        for (int i = 0; i < best.count; i++) {
            row = best.line[i].hyphenated ? row + 1 : 0;
            assert_true(row <= style->hyphens_max);
        }
        assert_true(best.line[best.count - 1].width >= style->body.size * 5 / 2);
    }
}

/* The words of a line as they are seen, from left to right, with their spaces. */
static char *seen(struct bench *bench, const struct set_line *line, const struct span *span)
{
    item_list items = put(bench, line, span);
    struct buf out = {0};
    dim x = INT32_MIN;
    char *text;

    for (size_t i = 0; i < items.count; i++)
        for (uint32_t w = 0; w < items.item[i].words.count; w++) {
            const struct word *word = &items.item[i].words.word[w];

            assert_true(items.item[i].x + word->x >= x);
            x = items.item[i].x + word->x;
        }
    say(&items, &out);
    text = arena_strdup(bench->arena, buf_text(&out));
    buf_free(&out);
    free(items.item);
    return text;
}

/* The same words as they are read. */
static char *heard(struct bench *bench, const struct set_line *line, const struct span *span)
{
    item_list items = put(bench, line, span);
    char *text = reading_new(&items.item[0]);

    assert_int_equal(items.count, 1);
    free(items.item);
    return text;
}

/* Hebrew stands from right to left, each word too; numbers and Latin words within it
 * from left to right; signs and brackets belong to what is around them. */
static void right_to_left_words_are_put_in_order(void **state)
{
    static const struct { const char *text, *seen; } cases[] = {
        { "one אבג two", "one גבא two" },
        { "one אבג, דהו two", "one והד ,גבא two" },
        { "one אבג: two", "one גבא: two" },
        { "אבג, דהו", "והד ,גבא" },
        { "אבג דהו.", ".והד גבא" },
        { "אבג one two דהו", "והד one two גבא" },
        { "אבג one. דהו", "והד .one גבא" },
        { "אבג, one two.", ".one two ,גבא" },
        { "one אבג. two", "one גבא. two" },
        { "אבג 12 34 דהו", "והד 34 12 גבא" },
        { "אבג (דהו) זחט", "טחז )והד( גבא" },    /* the brackets are drawn turned */
        { "one two three", "one two three" },
    };
    struct bench *bench = *state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *text = cases[i].text;
        struct span span = text_span(&bench->style->body, text, "he");
        struct settings settings = set_text(bench, &bench->style->body, text, "he",
                                            DIM_OF_MM(100));
        char *read;

        assert_int_equal(settings.best.count, 1);
        assert_string_equal(seen(bench, settings.best.line, &span), cases[i].seen);
        read = heard(bench, settings.best.line, &span);
        assert_string_equal(read, text);
        free(read);
    }
}

/* What is read first comes first, wherever it stands. */
static void items_come_as_they_are_read(void **state)
{
    struct bench *bench = *state;
    const struct text_style *style = &bench->style->body;
    struct room room = { .width = DIM_OF_MM(100), .turned = true };
    struct span spans[4] = { text_span(style, "אבג ", "he"), text_span(style, "one ", "en"),
                             text_span(style, "two", "en"), text_span(style, " דהו", "he") };
    struct settings settings;
    item_list items;

    for (uint32_t i = 0; i < 4; i++)
        spans[i].element = i + 1;
    settings = text_set(bench->typesetter, bench->arena, style, &room, spans, 4, here);
    items = put(bench, &settings.best.line[0], spans);
    assert_int_equal(items.count, 4);
    for (uint32_t i = 0; i < 4; i++)
        assert_int_equal(items.item[i].element, i + 1);
    assert_true(items.item[3].x < items.item[1].x && items.item[1].x < items.item[2].x
                && items.item[2].x < items.item[0].x);
    free(items.item);
}

/* A turned paragraph begins and ends at the right; its first indent is there. */
static void turned_paragraphs_begin_at_the_right(void **state)
{
    static const char *const text =
        "אבג דהו זחט יכל מנס עפצ קרש תאב גדה וזח טיכ למנ סעפ צקר שתא בגד הוז חטי כלמ נסע פצק רשת";
    struct bench *bench = *state;
    struct span span = text_span(&bench->style->body, text, "he");
    struct room room = { .width = DIM_OF_MM(50), .indent = DIM_OF_PT(12), .turned = true };
    struct setting setting = text_set(bench->typesetter, bench->arena, &bench->style->body, &room,
                                      &span, 1, here).best;
    const struct set_line *last = &setting.line[setting.count - 1];

    assert_true(setting.count >= 3);
    assert_int_equal(setting.line[0].left, 0);
    assert_true(abs(setting.line[0].width - (room.width - room.indent)) < DIM_PT);
    assert_true(last->left > DIM_OF_MM(2));
    assert_true(abs(last->left + last->width - room.width) < DIM_PT);
}

static void endless_words_are_broken(void **state)
{
    struct bench *bench = *state;
    size_t length = 100000;
    char *endless = arena_alloc(bench->arena, length + 1);
    struct settings settings;
    size_t warnings = diag_count(DIAG_WARNING);

    memset(endless, 'w', length);
    settings = set_text(bench, &bench->style->body, endless, "en", DIM_OF_MM(100));
    assert_true(settings.best.count > 1000);
    for (int i = 0; i < settings.best.count; i++)
        assert_false(settings.best.line[i].overfull);
    assert_int_equal(diag_count(DIAG_WARNING), warnings);
}

/* An address beside one that nothing parts is still parted at its signs. */
static void addresses_keep_their_places(void **state)
{
    struct bench *bench = *state;
    struct text_style style = bench->style->body;
    const char *text = arena_printf(bench->arena, "See https://journal.example.org/of-the-harbour-and"
                                    "-its-people-in-all-weathers or https://example.org/%0100d.", 7);
    struct span span = text_span(&style, text, "en");
    struct settings settings;
    bool within = false;

    style.align = ALIGN_LEFT;
    style.hyphenate = false;
    settings = set_text(bench, &style, text, "en", DIM_OF_MM(70));
    assert_true(settings.best.count >= 4);
    for (int i = 0; i + 1 < settings.best.count; i++) {
        const char *line = line_text(bench, &settings.best.line[i], &span);

        if (strstr(line, "00") == NULL)
            assert_non_null(strchr("/.- ", line[strlen(line) - 1]));
        within |= line[strlen(line) - 1] == '0';
    }
    assert_true(within);
}

static void overfull_lines_are_told(void **state)
{
    struct bench *bench = *state;
    struct caught caught = {0};
    struct room room = { .width = DIM_OF_MM(40) };
    struct span spans[3] = { text_span(&bench->style->body, "A box ", "en"),
                             { .kind = SPAN_BOX, .width = DIM_OF_MM(60), .height = DIM_PT },
                             text_span(&bench->style->body, " in it.", "en") };
    struct settings settings;

    diag_set_sink(catch, &caught);
    settings = text_set(bench->typesetter, bench->arena, &bench->style->body, &room, spans, 3,
                        here);
    diag_set_sink(NULL, NULL);
    assert_int_equal(settings.best.count, 3);
    assert_true(settings.best.line[1].overfull);
    assert_int_equal(caught.warnings, 1);
    assert_string_equal(caught.rule, "overfull");
    assert_int_equal(caught.at.line, 7);
}

static void leaders_reach_the_number(void **state)
{
    struct bench *bench = *state;
    struct text_style style = bench->style->body;
    struct room room = { .width = DIM_OF_MM(60) };
    struct span spans[3] = {
        text_span(&style, "An entry of the contents whose title takes more than one line", "en"),
        { .kind = SPAN_LEADER, .style = &style, .element = 3 },
        text_span(&style, "128", "en"),
    };
    struct settings settings;
    item_list items;

    style.align = ALIGN_LEFT;
    settings = text_set(bench->typesetter, bench->arena, &style, &room, spans, 3, here);
    assert_int_equal(settings.best.count, 2);
    items = put(bench, &settings.best.line[1], spans);
    assert_true(items.count >= 3);
    assert_int_equal(items.item[items.count - 2].element, ELEMENT_ARTIFACT);
    assert_true(items.item[items.count - 2].words.count > 5);
    assert_true(abs(right_end(&items) - room.width) < DIM_PT / 20);
    free(items.item);
}

static void right_to_left_words_are_turned(void **state)
{
    struct bench *bench = *state;
    const char *text = "the sign שלום עולם here";
    struct span span = text_span(&bench->style->body, text, "en");
    struct settings settings = set_text(bench, &bench->style->body, text, "en", DIM_OF_MM(100));
    item_list items = put(bench, &settings.best.line[0], &span);
    const struct word *word = items.item[0].words.word;

    assert_int_equal(items.item[0].words.count, 5);
    assert_string_equal(word[2].shaped->text, "םלוע");  /* as it is seen */
    assert_string_equal(word[3].shaped->text, "םולש");
    assert_true(word[2].x < word[3].x && word[3].x < word[4].x);
    free(items.item);
}

struct rectangles { int count; dim x[8], width[8]; uint32_t link[8]; };

static void note_link(void *context, uint32_t link, uint32_t element, dim x, dim y, dim width,
                      dim height)
{
    struct rectangles *rectangles = context;

    (void)element;
    (void)y;
    assert_true(height > 0);
    assert_true(rectangles->count < 8);
    rectangles->link[rectangles->count] = link;
    rectangles->x[rectangles->count] = x;
    rectangles->width[rectangles->count++] = width;
}

static void links_and_elements_part_the_line(void **state)
{
    struct bench *bench = *state;
    const struct text_style *style = &bench->style->body;
    struct room room = { .width = DIM_OF_MM(100) };
    struct span spans[4] = { text_span(style, "See ", "en"), text_span(style, "the two", "en"),
                             text_span(style, " words", "en"), text_span(style, ", here.", "en") };
    struct rectangles rectangles = {0};
    struct settings settings;
    item_list items = {0};

    spans[1].link = spans[2].link = 4;
    spans[1].element = spans[2].element = 9;
    settings = text_set(bench->typesetter, bench->arena, style, &room, spans, 4, here);
    set_line_put(bench->arena, &settings.best.line[0], spans, DIM_PT, 0, &items, note_link,
                 &rectangles);
    assert_int_equal(items.count, 3);
    assert_int_equal(items.item[1].element, 9);
    assert_int_equal(items.item[1].words.count, 3);
    assert_int_equal(rectangles.count, 1);
    assert_int_equal(rectangles.link[0], 4);
    assert_int_equal(rectangles.x[0], items.item[1].x);
    assert_int_equal(rectangles.x[0] + rectangles.width[0], items.item[2].x);
    free(items.item);
}

static void breaks_marks_and_nothing(void **state)
{
    struct bench *bench = *state;
    const struct text_style *style = &bench->style->body;
    struct room room = { .width = DIM_OF_MM(100), .indent = DIM_OF_PT(12) };
    struct span spans[5] = { text_span(style, "  first ", "en"), { .kind = SPAN_BREAK },
                             text_span(style, " second", "en"), { .kind = SPAN_MARK },
                             text_span(style, "", "en") };
    struct settings settings = text_set(bench->typesetter, bench->arena, style, &room, spans, 5,
                                        here);

    assert_int_equal(settings.best.count, 2);
    assert_int_equal(settings.best.line[0].left, DIM_OF_PT(12));
    assert_int_equal(settings.best.line[1].left, 0);
    assert_string_equal(line_text(bench, &settings.best.line[0], spans), "first ");
    assert_string_equal(line_text(bench, &settings.best.line[1], spans), "second");
    assert_int_equal(settings.best.line[1].last_span, 3);
    settings = text_set(bench->typesetter, bench->arena, style, &room, spans, 0, here);
    assert_int_equal(settings.best.count, 0);
    assert_null(settings.best.line);
    settings = text_set(bench->typesetter, bench->arena, style, &room, &spans[4], 1, here);
    assert_int_equal(settings.best.count, 0);
}

/* ---- Golden ------------------------------------------------------------------------------ */

static void dump(struct bench *bench, const struct span *span, const struct setting *setting,
                 const char *name, struct buf *out)
{
    buf_printf(out, "%s: %d lines, cost %lld\n", name, setting->count, (long long)setting->cost);
    for (int i = 0; i < setting->count; i++) {
        const struct set_line *line = &setting->line[i];

        buf_printf(out, "  %4d %+5.1f %7.2f %7.2f %c %s\n", line->ratio,
                   (line->stretch - 65536) / 655.36, PT_OF_DIM(line->left),
                   PT_OF_DIM(line->width), line->hyphenated ? '-' : ' ',
                   line_text(bench, line, span));
    }
}

static void lines_are_as_they_were(void **state)
{
    struct bench *bench = *state;
    size_t bytes;
    char *text = file_read_text(bench->arena, "tests/golden/lines.txt", &bytes);
    struct buf out = {0};

    for (char *line = strtok(text, "\n"); line != NULL; line = strtok(NULL, "\n")) {
        char *bar = strchr(line, '|');
        struct span span;
        struct settings settings;

        *bar = '\0';
        span = text_span(&bench->style->body, bar + 1, line);
        settings = set_text(bench, &bench->style->body, bar + 1, line, DIM_OF_MM(80));
        dump(bench, &span, &settings.best, "best", &out);
        dump(bench, &span, &settings.shorter, "shorter", &out);
        dump(bench, &span, &settings.longer, "longer", &out);
    }
    golden_check("lines.layout", buf_text(&out));
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_shaped_once),
        cmocka_unit_test(glyphs_say_their_text),
        cmocka_unit_test(what_has_no_glyph_is_dropped),
        cmocka_unit_test(small_caps_keep_their_text),
        cmocka_unit_test(tracking_is_not_added_to_spaces),
        cmocka_unit_test(faces_fit_the_use),
        cmocka_unit_test(scripts_have_their_faces),
        cmocka_unit_test(missing_characters_are_told_once),
        cmocka_unit_test(missing_dictionaries_are_told_once),
        cmocka_unit_test(capitals_are_names_but_in_german),
        cmocka_unit_test(full_lines_reach_the_edge),
        cmocka_unit_test(lines_say_all_the_text),
        cmocka_unit_test(lines_know_their_place),
        cmocka_unit_test(hyphens_follow_the_language),
        cmocka_unit_test(words_are_cut_where_they_may),
        cmocka_unit_test(ragged_lines_keep_their_spaces),
        cmocka_unit_test(titles_leave_names_whole),
        cmocka_unit_test(ragged_text_comes_in_several_lengths),
        cmocka_unit_test(hyphens_make_no_ladder),
        cmocka_unit_test(struck_words_have_a_line),
        cmocka_unit_test(right_to_left_words_are_put_in_order),
        cmocka_unit_test(items_come_as_they_are_read),
        cmocka_unit_test(turned_paragraphs_begin_at_the_right),
        cmocka_unit_test(endless_words_are_broken),
        cmocka_unit_test(addresses_keep_their_places),
        cmocka_unit_test(overfull_lines_are_told),
        cmocka_unit_test(leaders_reach_the_number),
        cmocka_unit_test(right_to_left_words_are_turned),
        cmocka_unit_test(links_and_elements_part_the_line),
        cmocka_unit_test(breaks_marks_and_nothing),
        cmocka_unit_test(lines_are_as_they_were),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
