/* Pictures and fonts of the e-book. The pictures are made here. */
#include "base/diag.h"
#include "base/file.h"
#include "base/publish.h"
#include "epub/image.h"
#include "epub/subset.h"
#include "scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <hb.h>

/* The left half dark, the right half light. */
static struct buf make_picture(int width, int height, bool alpha, const char *type)
{
    GdkPixbuf *pixbuf = gdk_pixbuf_new(GDK_COLORSPACE_RGB, alpha, 8, width, height);
    GdkPixbuf *half = gdk_pixbuf_new_subpixbuf(pixbuf, 0, 0, width / 2, height);
    struct buf out = {0};
    gchar *bytes;
    gsize count;

    gdk_pixbuf_fill(pixbuf, 0xE0E0E080);
    gdk_pixbuf_fill(half, 0x202020FF);
    assert_true(gdk_pixbuf_save_to_buffer(pixbuf, &bytes, &count, type, NULL, NULL));
    buf_append(&out, bytes, count);
    g_free(bytes);
    g_object_unref(half);
    g_object_unref(pixbuf);
    return out;
}

/* JPEG with a segment of MARKER and CONTENT put in at its start. */
static void put_segment(struct buf *jpeg, unsigned char marker, const char *content, size_t count)
{
    struct buf out = {0};
    const unsigned char head[] = { 0xFF, marker, (unsigned char)((count + 2) >> 8),
                                   (unsigned char)(count + 2) };

    buf_append(&out, jpeg->data, 2);
    buf_append(&out, head, sizeof head);
    buf_append(&out, content, count);
    buf_append(&out, jpeg->data + 2, jpeg->len - 2);
    buf_free(jpeg);
    *jpeg = out;
}

/* Exif that says: turn by a quarter, clockwise. */
static const char exif[] =
    "Exif\0\0II\x2A\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0";

struct result { bool done; struct buf out; enum image_type type; int said; char message[300]; };

static void note(void *context, const struct diagnostic *diagnostic)
{
    struct result *result = context;

    result->said++;
    g_strlcpy(result->message, diagnostic->message, sizeof result->message);
}

/* FILE as a picture of WIDTH × HEIGHT, upright. */
static struct result run(const struct buf *file, enum picture_kind kind, int orientation,
                         int width, int height, struct cache *cache)
{
    char path[] = "/tmp/florilege-image-XXXXXX";
    struct picture picture = { .path = path, .kind = kind, .orientation = orientation,
                               .width = width, .height = height,
                               .at = { "a.md", 3, 1 } };
    struct result result = {0};

    close(mkstemp(path));
    assert_true(publish_bytes(path, file->data, file->len));
    diag_set_sink(note, &result);
    result.done = image_convert(&picture, DIAG_ERROR, cache, &result.out, &result.type);
    diag_set_sink(NULL, NULL);
    unlink(path);
    return result;
}

static GdkPixbuf *decoded(const struct buf *out)
{
    GdkPixbufLoader *loader = gdk_pixbuf_loader_new();
    GdkPixbuf *pixbuf;

    assert_true(gdk_pixbuf_loader_write(loader, (const guchar *)out->data, out->len, NULL));
    assert_true(gdk_pixbuf_loader_close(loader, NULL));
    pixbuf = g_object_ref(gdk_pixbuf_loader_get_pixbuf(loader));
    g_object_unref(loader);
    return pixbuf;
}

static void expect_size(const struct result *result, int width, int height)
{
    GdkPixbuf *pixbuf = decoded(&result->out);

    assert_int_equal(gdk_pixbuf_get_width(pixbuf), width);
    assert_int_equal(gdk_pixbuf_get_height(pixbuf), height);
    g_object_unref(pixbuf);
}

static bool holds(const struct buf *buf, const char *text)
{
    size_t count = strlen(text);

    for (size_t i = 0; i + count <= buf->len; i++)
        if (memcmp(buf->data + i, text, count) == 0)
            return true;
    return false;
}

static void small_pictures_keep_their_bytes(void **state)
{
    struct buf plain = make_picture(40, 30, false, "jpeg"), tagged = {0};
    struct result result;

    (void)state;
    buf_append(&tagged, plain.data, plain.len);
    put_segment(&tagged, 0xFE, "a comment", 9);
    put_segment(&tagged, 0xE1, "Exif\0\0secret place", 18);
    result = run(&tagged, PICTURE_JPEG, 1, 40, 30, NULL);
    assert_true(result.done);
    assert_int_equal(result.type, IMAGE_JPEG);
    assert_int_equal(result.out.len, plain.len);
    assert_memory_equal(result.out.data, plain.data, plain.len);
    buf_free(&result.out);
    put_segment(&tagged, 0xE2, "ICC_PROFILE\0\1\1colours", 21);
    result = run(&tagged, PICTURE_JPEG, 1, 40, 30, NULL);
    assert_true(result.done && holds(&result.out, "ICC_PROFILE") && !holds(&result.out, "secret"));
    buf_free(&result.out);
    buf_free(&tagged);
    buf_free(&plain);
}

static void pictures_stand_upright(void **state)
{
    struct buf file = make_picture(40, 30, false, "jpeg");
    struct result result;

    (void)state;
    put_segment(&file, 0xE1, exif, sizeof exif - 1);
    result = run(&file, PICTURE_JPEG, 6, 30, 40, NULL);
    assert_true(result.done);
    assert_false(holds(&result.out, "Exif"));
    expect_size(&result, 30, 40);
    buf_free(&result.out);
    buf_free(&file);
}

static void large_pictures_are_scaled(void **state)
{
    struct buf file = make_picture(3200, 400, false, "png");
    struct result result = run(&file, PICTURE_PNG, 1, 3200, 400, NULL);

    (void)state;
    assert_true(result.done);
    assert_int_equal(result.type, IMAGE_PNG);
    expect_size(&result, 1600, 200);
    buf_free(&result.out);
    buf_free(&file);
}

static void expect_same(const struct result *a, const struct result *b)
{
    assert_true(a->done && b->done);
    assert_int_equal(a->type, b->type);
    assert_int_equal(a->out.len, b->out.len);
    assert_memory_equal(a->out.data, b->out.data, a->out.len);
}

/* What comes out of the cache is what went in, in any type. */
static void large_pictures_are_kept(void **state)
{
    static const char *const types[] = { "png", "jpeg" };
    static const enum picture_kind kinds[] = { PICTURE_PNG, PICTURE_JPEG };
    struct arena *arena = arena_new();
    char folder[] = "/tmp/florilege-image-XXXXXX";
    struct cache *cache;

    (void)state;
    assert_non_null(mkdtemp(folder));
    cache = cache_open(folder, 1 << 20);
    assert_non_null(cache);
    for (size_t i = 0; i < 2; i++) {
        struct buf file = make_picture(3200, 400, false, types[i]);
        struct result fresh = run(&file, kinds[i], 1, 3200, 400, NULL);
        struct result made = run(&file, kinds[i], 1, 3200, 400, cache);
        struct result kept = run(&file, kinds[i], 1, 3200, 400, cache);
        size_t entries;

        expect_same(&fresh, &made);
        expect_same(&fresh, &kept);
        folder_list(arena, folder, &entries);
        assert_int_equal(entries, i + 1);
        buf_free(&fresh.out);
        buf_free(&made.out);
        buf_free(&kept.out);
        buf_free(&file);
    }
    cache_close(cache);
    remove_tree(arena, folder);
    arena_free(arena);
}

static void pictures_that_changed_are_refused(void **state)
{
    struct buf file = make_picture(1800, 400, false, "png");
    struct result result = run(&file, PICTURE_PNG, 1, 1801, 400, NULL);

    (void)state;
    assert_false(result.done);
    assert_int_equal(result.said, 1);
    assert_non_null(strstr(result.message, "changed"));
    buf_free(&result.out);
    buf_free(&file);
}

static void text_in_pictures_goes(void **state)
{
    GdkPixbuf *pixbuf = gdk_pixbuf_new(GDK_COLORSPACE_RGB, true, 8, 5, 5);
    struct buf file = {0};
    struct result result;
    gchar *bytes;
    gsize count;

    (void)state;
    gdk_pixbuf_fill(pixbuf, 0xFF);
    assert_true(gdk_pixbuf_save_to_buffer(pixbuf, &bytes, &count, "png", NULL,
                                          "tEXt::Author", "somebody", NULL));
    buf_append(&file, bytes, count);
    assert_true(holds(&file, "somebody"));
    result = run(&file, PICTURE_PNG, 1, 5, 5, NULL);
    assert_true(result.done && !holds(&result.out, "somebody"));
    expect_size(&result, 5, 5);
    buf_free(&result.out);
    buf_free(&file);
    g_free(bytes);
    g_object_unref(pixbuf);
}

static void broken_pictures_are_refused(void **state)
{
    struct buf file = make_picture(200, 200, false, "jpeg"), text = {0};
    struct result result;

    (void)state;
    buf_cut(&file, file.len - 40);
    result = run(&file, PICTURE_JPEG, 1, 200, 200, NULL);
    assert_false(result.done);
    assert_int_equal(result.said, 1);
    assert_non_null(strstr(result.message, "cut short"));
    buf_free(&result.out);
    buf_free(&file);
    file = make_picture(20, 20, false, "png");
    file.data[file.len / 2] ^= 1;
    result = run(&file, PICTURE_PNG, 1, 20, 20, NULL);
    assert_false(result.done);
    assert_int_equal(result.said, 1);
    buf_free(&result.out);
    buf_puts(&text, "not a picture at all");
    result = run(&text, PICTURE_PNG, 1, 20, 20, NULL);
    assert_false(result.done);
    assert_int_equal(result.said, 1);
    buf_free(&result.out);
    buf_cut(&text, 0);
    buf_puts(&text, "GIF89a");
    result = run(&text, PICTURE_GIF, 1, 20, 20, NULL);
    assert_false(result.done);
    buf_free(&result.out);
    buf_free(&text);
    buf_free(&file);
}

static void expect_svg(const char *in, const char *left)
{
    struct buf out = {0};

    assert_null(image_clean_svg(in, strlen(in), &out));
    if (strstr(buf_text(&out), left) == NULL)
        fail_msg("%s is not in %s", left, buf_text(&out));
    assert_null(strstr(buf_text(&out), "evil"));
    buf_free(&out);
}

static const char bomb[] =
    "<!DOCTYPE svg [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>]>"
    "<svg xmlns='http://www.w3.org/2000/svg'><style>&b;</style></svg>";

static void svg_is_made_harmless(void **state)
{
    struct buf out = {0}, deep = {0};

    (void)state;
    expect_svg("<svg xmlns='http://www.w3.org/2000/svg' onload='evil()'><script>evil()</script>"
               "<rect width='3' style='fill: url( http://evil.example/)'/></svg>",
               "<rect width=\"3\"/></svg>");
    expect_svg("<svg xmlns='http://www.w3.org/2000/svg' xmlns:x='http://www.w3.org/1999/xlink'>"
               "<a x:href='http://evil.example/'><circle r='1'/></a><use x:href='#k'/></svg>",
               "<use x:href=\"#k\"/>");
    expect_svg("<!DOCTYPE svg SYSTEM 'http://evil.example/'><!-- evil --><?evil?>"
               "<svg xmlns='http://www.w3.org/2000/svg'><metadata>evil</metadata>"
               "<style>@import 'evil';</style><style>.a { fill: red }</style></svg>",
               "<style>.a { fill: red }</style>");
    expect_svg("<svg xmlns='http://www.w3.org/2000/svg'><style>a{fill:URL(http://evil.example/)}</style>"
               "<rect width='3' fill='Url(\t\"#k\")' style='fill:u\\72l(http://evil.example/)'/></svg>",
               "<style/><rect width=\"3\" fill=\"Url( &quot;#k&quot;)\"/></svg>");
    expect_svg("<svg xmlns='http://www.w3.org/2000/svg' xml:base='http://evil.example/' xml:lang='fr'>"
               "<rect width='3' style='background: image-set(\"http://evil.example/\" 1x)'/>"
               "<rect width='4' filter='SRC(\"//evil.example/\")'/></svg>",
               "<rect width=\"3\"/><rect width=\"4\"/></svg>");
    for (int i = 0; i < 400; i++)
        buf_puts(&deep, i == 0 ? "<svg xmlns='http://www.w3.org/2000/svg'>" : "<g>");
    for (int i = 0; i < 400; i++)
        buf_puts(&deep, i == 399 ? "</svg>" : "</g>");
    assert_non_null(image_clean_svg(deep.data, deep.len, &out));
    buf_free(&deep);
    assert_non_null(image_clean_svg("<html/>", 7, &out));
    assert_non_null(image_clean_svg("<svg", 4, &out));
    assert_non_null(image_clean_svg("", 0, &out));
    assert_non_null(image_clean_svg(bomb, sizeof bomb - 1, &out));
    buf_free(&out);
}

static const char garamond[] = "/usr/share/fonts/opentype/ebgaramond/EBGaramond12-Regular.otf";

static struct buf cut_down(const char *text)
{
    struct characters characters = {0};
    struct buf out = {0};

    characters_add(&characters, text, strlen(text));
    subset_font(garamond, 0, &characters, &out);
    characters_free(&characters);
    return out;
}

static bool has_glyph(const struct buf *font, uint32_t code)
{
    hb_blob_t *blob = hb_blob_create(font->data, (unsigned)font->len, HB_MEMORY_MODE_READONLY,
                                     NULL, NULL);
    hb_face_t *face = hb_face_create(blob, 0);
    hb_font_t *scaled = hb_font_create(face);
    hb_codepoint_t glyph;
    bool has = hb_font_get_nominal_glyph(scaled, code, &glyph);

    hb_font_destroy(scaled);
    hb_face_destroy(face);
    hb_blob_destroy(blob);
    return has;
}

/* Does small capitals change how the font sets "é"? */
static bool has_small_capitals(const struct buf *font)
{
    hb_blob_t *blob = hb_blob_create(font->data, (unsigned)font->len, HB_MEMORY_MODE_READONLY,
                                     NULL, NULL);
    hb_face_t *face = hb_face_create(blob, 0);
    hb_font_t *scaled = hb_font_create(face);
    hb_feature_t wish = { HB_TAG('s', 'm', 'c', 'p'), 1, 0, (unsigned)-1 };
    hb_codepoint_t glyph[2];

    for (unsigned i = 0; i < 2; i++) {
        hb_buffer_t *buffer = hb_buffer_create();

        hb_buffer_add_utf8(buffer, "é", -1, 0, -1);
        hb_buffer_guess_segment_properties(buffer);
        hb_shape(scaled, buffer, &wish, i);
        glyph[i] = hb_buffer_get_glyph_infos(buffer, NULL)->codepoint;
        hb_buffer_destroy(buffer);
    }
    hb_font_destroy(scaled);
    hb_face_destroy(face);
    hb_blob_destroy(blob);
    return glyph[0] != glyph[1];
}

static void fonts_hold_what_is_used(void **state)
{
    struct buf font, again;

    (void)state;
    if (!file_exists(garamond))
        skip();
    font = cut_down("Été 1912 fi");
    again = cut_down("Été 1912 fi");
    assert_int_equal(font.len, again.len);
    assert_memory_equal(font.data, again.data, font.len);
    assert_true(font.len > 1000 && font.len < 60000);
    assert_true(has_glyph(&font, 0xC9) && has_glyph(&font, '9'));
    assert_false(has_glyph(&font, 'Z'));
    assert_true(has_small_capitals(&font));
    assert_string_equal(subset_media_type(&font), "font/otf");
    buf_free(&font);
    buf_free(&again);
    font = cut_down("漢");
    assert_int_equal(font.len, 0);
    buf_free(&font);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(small_pictures_keep_their_bytes),
        cmocka_unit_test(pictures_stand_upright),
        cmocka_unit_test(large_pictures_are_scaled),
        cmocka_unit_test(large_pictures_are_kept),
        cmocka_unit_test(pictures_that_changed_are_refused),
        cmocka_unit_test(text_in_pictures_goes),
        cmocka_unit_test(broken_pictures_are_refused),
        cmocka_unit_test(svg_is_made_harmless),
        cmocka_unit_test(fonts_hold_what_is_used),
    };

    return cmocka_run_group_tests_name("image", tests, NULL, NULL);
}
