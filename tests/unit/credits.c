/* What the colophon says of the typefaces. */
#include "base/file.h"
#include "layout/credits.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* A book of one page that holds a node of KIND. */
static struct book *new_book(struct arena *arena, enum node_kind kind)
{
    struct book *book = ARENA_NEW(arena, struct book);

    book->arena = arena;
    book->front = ARENA_NEW(arena, struct page);
    book->front_count = 1;
    book->front->body = node_new(arena, NODE_SECTION, (struct place){ NULL, 0, 0 });
    node_append(book->front->body, node_new(arena, kind, (struct place){ NULL, 0, 0 }));
    return book;
}

static bool names(const struct book *book, const char *family)
{
    for (size_t i = 0; i < book->font_count; i++)
        if (strncmp(book->fonts[i], family, strlen(family)) == 0)
            return true;
    return false;
}

static void only_what_the_text_needs(void **state)
{
    struct arena *arena = arena_new();
    struct style *style = style_load(file_data_folder(arena), "classique");
    struct book *plain = new_book(arena, NODE_PARAGRAPH), *strong = new_book(arena, NODE_STRONG);
    struct book *code = new_book(arena, NODE_CODE);

    (void)state;
    assert_non_null(style);
    assert_true(credits_set(plain, style));
    assert_int_equal(plain->font_count, 1);
    assert_string_equal(plain->fonts[0],
                        "EB Garamond (Georg Duffner), SIL Open Font License 1.1");
    assert_true(credits_set(strong, style));
    assert_true(names(strong, "Lato") && !names(strong, "DejaVu"));
    assert_true(credits_set(code, style));
    assert_true(names(code, "DejaVu Sans Mono") && !names(code, "Lato"));
    style_free(style);
    arena_free(arena);
}

/* A family without a licence on file would stand in the colophon bare. */
static void every_style_has_its_licences(void **state)
{
    struct arena *arena = arena_new();
    char *data = file_data_folder(arena), *folder = path_join(arena, data, "styles");
    size_t count, seen = 0;
    char **names_of_styles = folder_list(arena, folder, &count);

    (void)state;
    for (size_t i = 0; i < count; i++) {
        char *path = path_join(arena, folder, names_of_styles[i]);
        struct book *book = new_book(arena, NODE_CODE);
        struct style *style;

        if (!file_exists(path_join(arena, path, "print.yaml")))
            continue;
        style = style_load(data, names_of_styles[i]);
        assert_non_null(style);
        assert_true(credits_set(book, style));
        for (size_t j = 0; j < book->font_count; j++)
            assert_non_null(strstr(book->fonts[j], ", "));
        style_free(style);
        seen++;
    }
    assert_true(seen > 0);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_what_the_text_needs),
        cmocka_unit_test(every_style_has_its_licences),
    };

    return cmocka_run_group_tests_name("credits", tests, NULL, NULL);
}
