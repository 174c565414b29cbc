/* Networks, addresses and slugs. */
#include "base/arena.h"
#include "book/book.h"
#include "book/network.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static int set_up(void **state)
{
    *state = arena_new();
    return 0;
}

static int tear_down(void **state)
{
    arena_free(*state);
    return 0;
}

static void networks_have_many_spellings(void **state)
{
    static const char *const pairs[][2] = {
        { "twitter", "twitter" }, { "Twitter", "twitter" }, { " X ", "twitter" },
        { "Google +", "google-plus" }, { "Google+", "google-plus" }, { "Blogue", "blog" },
        { "Linkedin", "linkedin" }, { "Courriel", "mail" }, { "MÉL", "mail" },
        { "Site web", "site" }, { "about.me", "about-me" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        assert_non_null(network_lookup(pairs[i][0]));
        assert_string_equal(network_lookup(pairs[i][0])->key, pairs[i][1]);
    }
    assert_null(network_lookup("Minitel"));
    assert_null(network_lookup(""));
    assert_string_equal(network_nearest("twiter"), "twitter");
}

static void addresses_tell_their_network(void **state)
{
    (void)state;
    assert_string_equal(network_of_address("https://x.com/a")->key, "twitter");
    assert_string_equal(network_of_address("http://www.facebook.com/a")->key, "facebook");
    assert_string_equal(network_of_address("https://ada.tumblr.com/")->key, "tumblr");
    assert_string_equal(network_of_address("mailto:a@b.ca")->key, "mail");
    assert_null(network_of_address("https://netflix.com/a"));
    assert_null(network_of_address("https://example.org/x.com"));
}

static void addresses_are_made_from_what_people_write(void **state)
{
    static const struct { const char *network, *written, *url; } cases[] = {
        { "twitter", "@MelC_Mtl", "https://twitter.com/MelC_Mtl" },
        { "twitter", "MelC_Mtl", "https://twitter.com/MelC_Mtl" },
        { "twitter", "http://twitter.com/#!/ada", "http://twitter.com/ada" },
        { "facebook", "facebook.com/MelCMtl", "https://www.facebook.com/MelCMtl" },
        { "facebook", "www.facebook.com/carl", "https://www.facebook.com/carl" },
        { "facebook", "jean.dupont", "https://www.facebook.com/jean.dupont" },
        { "facebook", "Je le garde perso.", NULL },
        { "facebook", "Melissa Carroll", NULL },
        { "linkedin", "www.linkedin.com/in/x", "https://www.linkedin.com/in/x" },
        { "linkedin", "linkedin.com/in/x", "https://www.linkedin.com/in/x" },
        { "mail", "ada@example.org", "mailto:ada@example.org" },
        { "mastodon", "@ada@example.social", "https://example.social/@ada" },
        { "mastodon", "@ada", NULL },
        { "google-plus", "+Ada", NULL },
        { "bluesky", "@ada.bsky.social", "https://bsky.app/profile/ada.bsky.social" },
        { "youtube", "@ada", "https://www.youtube.com/@ada" },
        { "tumblr", "ada", "https://ada.tumblr.com/" },
        { "site", " example.org/a b ", NULL },
        { "site", "example.org", "https://example.org" },
        { NULL, "example.org/x?y=1", "https://example.org/x?y=1" },
        { NULL, "https://example.org/a b", "https://example.org/a%20b" },
        { NULL, "no address", NULL },
        { NULL, "etc.", NULL },
        { NULL, "1.5", NULL },
        { NULL, "https://localhost/x", NULL },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct network *network =
            cases[i].network == NULL ? NULL : network_lookup(cases[i].network);
        char *url = network_address(*state, network, cases[i].written);

        if (cases[i].url == NULL)
            assert_null(url);
        else
            assert_string_equal(url, cases[i].url);
    }
}

static void handles_are_seen_in_addresses(void **state)
{
    static const struct { const char *url, *handle; } cases[] = {
        { "https://twitter.com/MelC_Mtl", "@MelC_Mtl" },
        { "https://x.com/ada/", "@ada" },
        { "https://twitter.com/ada/status/12", NULL },
        { "https://www.facebook.com/MelCMtl", "MelCMtl" },
        { "https://www.linkedin.com/in/x", "x" },
        { "https://www.linkedin.com/company/x", NULL },
        { "https://www.youtube.com/@ada", "@ada" },
        { "https://ada.tumblr.com/", "ada" },
        { "https://www.tumblr.com/ada", NULL },
        { "https://bandcamp.com/", NULL },
        { "https://bsky.app/profile/ada.bsky.social", "@ada.bsky.social" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *handle = network_handle(*state, network_of_address(cases[i].url), cases[i].url);

        if (cases[i].handle == NULL)
            assert_null(handle);
        else
            assert_string_equal(handle, cases[i].handle);
    }
}

static void sound_addresses_could_exist(void **state)
{
    static const char *const good[] = {
        "https://example.org", "http://example.org:8080/a?b=c#d", "https://例え.jp/é",
        "mailto:ada@example.org?subject=a%20b", "HTTPS://EXAMPLE.ORG/", "http://127.0.0.1/",
        "https://a_b.example.org/(x)",
    };
    static const char *const bad[] = {
        "", "example.org", "https://", "https://example", "https:///a", "https://exa mple.org",
        "https://example.org/a b", "https://example.org/%zz", "ftp://example.org/",
        "javascript:alert(1)", "mailto:ada", "mailto:@example.org", "https://-a.org",
        "https://example..org", "https://example.org:port/", "http://http//example.org",
        "https://example.org/<x>", "https://example.o", "https://a-.org",
    };

    char longest[8002] = "https://example.org/";
    size_t head = strlen(longest);

    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_true(address_is_sound(good[i]));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(address_is_sound(bad[i]));
    memset(longest + head, 'a', 8000 - head);
    assert_true(address_is_sound(longest));
    longest[8000] = 'a';
    assert_false(address_is_sound(longest));
    assert_string_equal(address_clean(*state, " https://a.org/{x}|100%\xC2\xA0"),
                        "https://a.org/%7Bx%7D%7C100%25");
    assert_string_equal(address_clean(*state, " "), "");
    assert_string_equal(address_clean(*state, ""), "");
}

static void slugs_are_plain(void **state)
{
    static const char *const pairs[][2] = {
        { "Melissa Carroll", "melissa-carroll" },
        { "Carl-Olivier Perras Beaulieu", "carl-olivier-perras-beaulieu" },
        { "Élise d’Œuvre-Noël", "elise-d-oeuvre-noel" },
        { "  Þór Æsir ß ", "thor-aesir-ss" },
        { "e\xCC\x81", "e" },
        { "Иван Щукин", "ivan-shchukin" },
        { "Σωκράτης", "sokratis" },
        { "東京", "6771-4eac" },
        { "100 % C++?", "100-c" },
        { "😀", "x" },
        { "", "x" },
    };

    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        assert_string_equal(slug_new(*state, pairs[i][0]), pairs[i][1]);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(networks_have_many_spellings),
        TEST(addresses_tell_their_network),
        TEST(addresses_are_made_from_what_people_write),
        TEST(handles_are_seen_in_addresses),
        TEST(sound_addresses_could_exist),
        TEST(slugs_are_plain),
    };

    return cmocka_run_group_tests_name("network", tests, NULL, NULL);
}
