/* The table of networks, and addresses made from what people write. */
#include "book/network.h"
#include "base/nearest.h"

#include <glib.h>
#include <string.h>

static const struct network networks[] = {
    { "twitter", "Twitter", "https://twitter.com/%s", "twitter.com x.com", true, "x|twiter|" },
    { "facebook", "Facebook", "https://www.facebook.com/%s", "facebook.com fb.com fb.me", false,
      "fb|page facebook|" },
    { "linkedin", "LinkedIn", "https://www.linkedin.com/in/%s", "linkedin.com", false,
      "linked in|linked-in|" },
    { "google-plus", "Google+", NULL, "plus.google.com", false,
      "google+|google +|google plus|g+|googleplus|" },
    { "instagram", "Instagram", "https://www.instagram.com/%s", "instagram.com instagr.am", true,
      "insta|" },
    { "youtube", "YouTube", "https://www.youtube.com/@%s", "youtube.com youtu.be", true,
      "you tube|" },
    { "flickr", "Flickr", "https://www.flickr.com/photos/%s", "flickr.com flic.kr", false, NULL },
    { "mastodon", "Mastodon", NULL, "mastodon.social mastodon.online mstdn.social fosstodon.org "
      "hachyderm.io mamot.fr piaille.fr mastodon.quebec jasette.facil.services", true, NULL },
    { "bluesky", "Bluesky", "https://bsky.app/profile/%s", "bsky.app", true, "bsky|blue sky|" },
    { "threads", "Threads", "https://www.threads.net/@%s", "threads.net threads.com", true, NULL },
    { "tiktok", "TikTok", "https://www.tiktok.com/@%s", "tiktok.com", true, "tik tok|" },
    { "github", "GitHub", "https://github.com/%s", "github.com github.io", false, "git hub|" },
    { "gitlab", "GitLab", "https://gitlab.com/%s", "gitlab.com", false, NULL },
    { "medium", "Medium", "https://medium.com/@%s", "medium.com", true, NULL },
    { "tumblr", "Tumblr", "https://%s.tumblr.com/", "tumblr.com", false, NULL },
    { "pinterest", "Pinterest", "https://www.pinterest.com/%s", "pinterest.com pinterest.ca "
      "pinterest.fr", false, NULL },
    { "vimeo", "Vimeo", "https://vimeo.com/%s", "vimeo.com", false, NULL },
    { "soundcloud", "SoundCloud", "https://soundcloud.com/%s", "soundcloud.com", false, NULL },
    { "bandcamp", "Bandcamp", "https://%s.bandcamp.com/", "bandcamp.com", false, NULL },
    { "twitch", "Twitch", "https://www.twitch.tv/%s", "twitch.tv", false, NULL },
    { "reddit", "Reddit", "https://www.reddit.com/user/%s", "reddit.com", false, NULL },
    { "telegram", "Telegram", "https://t.me/%s", "t.me telegram.me", true, NULL },
    { "snapchat", "Snapchat", "https://www.snapchat.com/add/%s", "snapchat.com", false, NULL },
    { "foursquare", "Foursquare", "https://foursquare.com/%s", "foursquare.com", false, NULL },
    { "slideshare", "SlideShare", "https://www.slideshare.net/%s", "slideshare.net", false, NULL },
    { "delicious", "Delicious", NULL, "delicious.com del.icio.us", false, NULL },
    { "behance", "Behance", "https://www.behance.net/%s", "behance.net", false, NULL },
    { "dribbble", "Dribbble", "https://dribbble.com/%s", "dribbble.com", false, "dribble|" },
    { "goodreads", "Goodreads", "https://www.goodreads.com/%s", "goodreads.com", false, NULL },
    { "orcid", "ORCID", "https://orcid.org/%s", "orcid.org", false, NULL },
    { "about-me", "About.me", "https://about.me/%s", "about.me", false, "about.me|aboutme|" },
    { "quora", "Quora", "https://www.quora.com/profile/%s", "quora.com", false, NULL },
    { "skype", "Skype", NULL, "", false, NULL },
    { "podcast", "Podcast", NULL, "", false, "balado|baladodiffusion|" },
    { "newsletter", "Newsletter", NULL, "substack.com", false, "infolettre|lettre|substack|" },
    { "blog", "Blog", NULL, "wordpress.com blogspot.com blogspot.ca typepad.com", false,
      "blogue|weblog|mon blogue|mon blog|" },
    { "site", "Site", NULL, "", false,
      "web|website|site web|site internet|homepage|url|home page|page web|" },
    { "mail", "Mail", NULL, "", false,
      "email|e-mail|courriel|mél|mel|courrier|adresse courriel|" },
};

enum { COUNT = sizeof networks / sizeof *networks };

/* Is WORD, of LENGTH bytes, one of LIST's, each followed by MARK? */
static bool is_listed(const char *list, char mark, const char *word, size_t length)
{
    for (const char *at = list; at != NULL && *at != '\0';) {
        const char *end = strchr(at, mark);
        size_t one = end == NULL ? strlen(at) : (size_t)(end - at);

        if (one == length && strncmp(at, word, length) == 0)
            return true;
        at += one + (end != NULL);
    }
    return false;
}

const struct network *network_lookup(const char *name)
{
    char *lower = g_utf8_strdown(name, -1);
    const struct network *found = NULL;

    g_strstrip(lower);
    for (size_t i = 0; found == NULL && i < COUNT; i++)
        if (strcmp(networks[i].key, lower) == 0
            || g_ascii_strcasecmp(networks[i].label, lower) == 0
            || is_listed(networks[i].spellings, '|', lower, strlen(lower)))
            found = &networks[i];
    g_free(lower);
    return found;
}

const char *network_nearest(const char *name)
{
    const char *keys[COUNT];

    for (size_t i = 0; i < COUNT; i++)
        keys[i] = networks[i].key;
    return nearest(name, keys, COUNT);
}

/* The host of an address, without scheme, "www." and port. */
static const char *host_of(const char *url, size_t *length)
{
    const char *scheme = strstr(url, "://"), *host = scheme == NULL ? url : scheme + 3;

    if (g_ascii_strncasecmp(host, "www.", 4) == 0)
        host += 4;
    else if (g_ascii_strncasecmp(host, "m.", 2) == 0)
        host += 2;
    *length = strcspn(host, "/?#:");
    return host;
}

/* Is HOST one of the network's, or below one ("name.tumblr.com")? */
static bool has_host(const struct network *network, const char *host, size_t length)
{
    char *lower = g_ascii_strdown(host, (gssize)length);
    bool found = false;

    for (const char *at = lower; !found && at != NULL && strchr(at, '.') != NULL;) {
        found = is_listed(network->hosts, ' ', at, strlen(at));
        at = strchr(at, '.') + 1;
    }
    g_free(lower);
    return found;
}

const struct network *network_of_address(const char *url)
{
    size_t length;
    const char *host = host_of(url, &length);

    if (g_ascii_strncasecmp(url, "mailto:", 7) == 0)
        return network_lookup("mail");
    for (size_t i = 0; i < COUNT; i++)
        if (has_host(&networks[i], host, length))
            return &networks[i];
    return NULL;
}

static bool is_mail(const char *text)
{
    const char *at = strchr(text, '@');

    return at != NULL && at > text && strchr(at + 1, '@') == NULL && strchr(at + 1, '.') != NULL
        && strpbrk(text, " /:") == NULL;
}

static bool is_handle(const char *text)
{
    size_t length = strlen(text);

    if (length == 0 || length > 60 || text[length - 1] == '.')
        return false;
    for (const char *c = text; *c != '\0'; c++)
        if (!g_ascii_isalnum(*c) && strchr("_.-", *c) == NULL)
            return false;
    return true;
}

/* "@ada@example.social" lives at https://example.social/@ada. */
static char *federated_address(struct arena *arena, const char *handle)
{
    const char *name = handle + (handle[0] == '@'), *at = strchr(name, '@');

    if (at == NULL || at == name || strchr(at, '.') == NULL || strpbrk(name, " /:") != NULL)
        return NULL;
    return arena_printf(arena, "https://%s/@%.*s", at + 1, (int)(at - name), name);
}

/* An address without its scheme: a host with a dot, perhaps a path. */
static char *bare_address(struct arena *arena, const char *written)
{
    size_t length, before = strcspn(written, "/");
    const char *host = host_of(written, &length);
    const char *dot = g_strrstr_len(host, (gssize)length, ".");
    const struct network *network = network_of_address(written);
    const char *www = "";

    if (dot == NULL || dot == host || host + length - dot < 3 || !g_ascii_isalpha(dot[1])
        || strpbrk(written, " @") != NULL)
        return NULL;
    if (network != NULL && network->address != NULL && before == length
        && strncmp(network->address, "https://www.", 12) == 0
        && strncmp(network->address + 12, written, length) == 0)
        www = "www.";
    return arena_printf(arena, "https://%s%s", www, written);
}

/* Addresses of the network from before it had good ones. */
static char *modern_form(struct arena *arena, char *url)
{
    char *mark = strstr(url, "twitter.com/#!/");

    if (mark == NULL)
        return url;
    mark += strlen("twitter.com/");
    return arena_printf(arena, "%.*s%s", (int)(mark - url), url, mark + 3);
}

static char *address_of(struct arena *arena, const struct network *network, const char *written)
{
    const char *handle = written + (written[0] == '@');

    if (g_ascii_strncasecmp(written, "http://", 7) == 0
        || g_ascii_strncasecmp(written, "https://", 8) == 0
        || g_ascii_strncasecmp(written, "mailto:", 7) == 0)
        return modern_form(arena, address_clean(arena, written));
    if (network != NULL && strcmp(network->key, "mastodon") == 0 && strchr(written, '/') == NULL)
        return federated_address(arena, written);
    if (written[0] != '@' && is_mail(written))
        return arena_printf(arena, "mailto:%s", written);
    if (network != NULL && network->address != NULL && is_handle(handle)
        && network_of_address(written) != network) {
        const char *place = strstr(network->address, "%s");

        return arena_printf(arena, "%.*s%s%s", (int)(place - network->address),
                            network->address, handle, place + 2);
    }
    if (written[0] == '@')
        return NULL;
    written = bare_address(arena, written);
    return written == NULL ? NULL : modern_form(arena, address_clean(arena, written));
}

char *network_address(struct arena *arena, const struct network *network, const char *written)
{
    char *text = arena_strdup(arena, written), *made;

    g_strstrip(text);
    made = address_of(arena, network, text);
    return made != NULL && address_is_sound(made) ? made : NULL;
}

char *network_handle(struct arena *arena, const struct network *network, const char *url)
{
    size_t length, before;
    const char *host = host_of(url, &length), *path = host + length;
    const char *place = network->address == NULL ? NULL : strstr(network->address, "%s");
    char *name;

    if (place == NULL || !has_host(network, host, length))
        return NULL;
    before = strcspn(host, ".");
    if (place[2] == '.')                        /* "%s.tumblr.com" */
        return g_ascii_strncasecmp(host + before, place + 2, length - before) != 0
            || place[2 + length - before] != '/' ? NULL : arena_strndup(arena, host, before);
    before = (size_t)(place - strstr(network->address + 8, "/"));
    if (strncmp(path, place - before, before) == 0)
        path += before;
    else if (place[-1] == '@' && strncmp(path, place - before, before - 1) == 0)
        path += before - 1;
    else
        return NULL;
    name = arena_strndup(arena, path, strcspn(path, "/?#"));
    if (!is_handle(name) || (path[strlen(name)] == '/' && path[strlen(name) + 1] != '\0'))
        return NULL;
    return network->at_sign ? arena_printf(arena, "@%s", name) : name;
}
