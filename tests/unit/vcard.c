/* The cards of the contacts. */
#include "base/buf.h"
#include "book/vcard.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct book *new_book(struct arena *arena, struct portrait *portrait)
{
    struct book *book = ARENA_NEW(arena, struct book);

    book->arena = arena;
    book->work = "urn:uuid:0f0e0d0c-0b0a-4908-8706-050403020100";
    book->portraits = ARENA_NEW(arena, struct portrait *);
    book->portraits[0] = portrait;
    book->portrait_count = 1;
    return book;
}

static void cards_hold_the_contacts(void **state)
{
    struct arena *arena = arena_new();
    struct contact contacts[] = {
        { .label = "Twitter", .handle = "@ada", .url = "https://twitter.com/ada" },
        { .label = "Mail", .url = "mailto:ada@x.example" },
        { .label = "Facebook", .note = "gardé, pour soi; merci" },
        { .label = "Google+", .handle = "Ada L" },
    };
    struct portrait portrait = { .id = "ada", .name = "Ada, dite L.", .sort_name = "Love; Lace, Ada",
                                 .role = "math\\ics", .organisation = "Société\nA", .contacts = contacts,
                                 .contact_count = 4 };
    struct book *book = new_book(arena, &portrait);
    struct buf out = {0};

    (void)state;
    vcard_write(book, &out);
    assert_string_equal(buf_text(&out),
        "BEGIN:VCARD\r\nVERSION:4.0\r\nKIND:individual\r\n"
        "UID:urn:uuid:7da3375e-2c92-5f81-8ac7-0457231aefce\r\n"
        "FN:Ada\\, dite L.\r\nN:Love\\; Lace;Ada;;;\r\nTITLE:math\\\\ics\r\nORG:Société\\nA\r\n"
        "item1.URL:https://twitter.com/ada\r\nitem1.X-ABLabel:Twitter\r\n"
        "EMAIL:ada@x.example\r\n"
        "NOTE:Facebook: gardé\\, pour soi\\; merci\\nGoogle+: Ada L\r\nEND:VCARD\r\n");
    buf_free(&out);
    arena_free(arena);
}

/* Lines of at most 75 bytes, whole characters, and unfolding gives the text. */
static void long_lines_are_folded(void **state)
{
    struct arena *arena = arena_new();
    struct contact contact = { .label = "x", .note = "é" };
    struct portrait portrait = { .id = "x", .name = "x", .sort_name = "x", .contacts = &contact,
                                 .contact_count = 1 };
    struct book *book = new_book(arena, &portrait);
    struct buf role = {0}, out = {0}, flat = {0};

    (void)state;
    for (int i = 0; i < 200; i++)
        buf_puts(&role, i % 3 == 0 ? "é" : i % 7 == 0 ? "😀" : "a");
    portrait.role = buf_text(&role);
    vcard_write(book, &out);
    for (const char *line = buf_text(&out), *end; *line != '\0'; line = end + 2) {
        end = strstr(line, "\r\n");
        assert_non_null(end);
        assert_true(end - line <= 75);
        assert_int_not_equal((unsigned char)line[*line == ' '] & 0xC0, 0x80);
        if (*line != ' ' && flat.len > 0)
            buf_putc(&flat, '\n');
        buf_append(&flat, line + (*line == ' '), (size_t)(end - line) - (*line == ' '));
    }
    assert_non_null(strstr(buf_text(&flat), portrait.role));
    buf_free(&role);
    buf_free(&out);
    buf_free(&flat);
    arena_free(arena);
}

static void nobody_to_follow_is_no_card(void **state)
{
    struct arena *arena = arena_new();
    struct portrait portrait = { .id = "x", .name = "x", .sort_name = "x" };
    struct buf out = {0};

    (void)state;
    vcard_write(new_book(arena, &portrait), &out);
    assert_int_equal(out.len, 0);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cards_hold_the_contacts),
        cmocka_unit_test(long_lines_are_folded),
        cmocka_unit_test(nobody_to_follow_is_no_card),
    };

    return cmocka_run_group_tests_name("vcard", tests, NULL, NULL);
}
