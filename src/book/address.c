/* What makes an address sound: the subset of RFC 3986 that a reader can follow
 * from a book, with letters beyond ASCII left to the reading system. */
#include "book/network.h"
#include "base/buf.h"
#include "base/utf8.h"

#include <glib.h>
#include <string.h>

/* Bytes that servers can be counted on to take (RFC 9110, 4.1). */
enum { ADDRESS_MOST = 8000 };

static bool is_escape(const char *at)
{
    return at[0] == '%' && g_ascii_isxdigit(at[1]) && g_ascii_isxdigit(at[2]);
}

/* May this byte stand in an address as it is? */
static bool is_allowed(const char *at)
{
    unsigned char c = (unsigned char)*at;

    if (c == '%')
        return is_escape(at);
    return c > ' ' && c != 0x7F && strchr("\"<>\\^`{|}[]", c) == NULL;
}

static bool is_host(const char *host, size_t length)
{
    size_t dots = 0, label = 0;

    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)host[i];

        if (c == '.') {
            if (label == 0 || host[i - 1] == '-')
                return false;
            dots++;
            label = 0;
        } else if (g_ascii_isalnum((char)c) || c >= 0x80 || c == '_' || (c == '-' && label > 0)) {
            if (++label > 63 * (c >= 0x80 ? 4 : 1))
                return false;
        } else {
            return false;
        }
    }
    return dots > 0 && (label > 1 || (label == 1 && g_ascii_isdigit(host[length - 1])))
        && host[length - 1] != '-';
}

static bool is_port(const char *text, size_t length)
{
    if (length > 5)
        return false;
    for (size_t i = 0; i < length; i++)
        if (!g_ascii_isdigit(text[i]))
            return false;
    return true;
}

static bool is_sound_web(const char *rest)
{
    size_t length = strcspn(rest, "/?#"), host = strcspn(rest, ":/?#");

    if (!is_host(rest, host)
        || (host < length && !is_port(rest + host + 1, length - host - 1)))
        return false;
    for (const char *c = rest + length; *c != '\0'; c++)
        if (!is_allowed(c))
            return false;
    return true;
}

static bool is_sound_mail(const char *rest)
{
    const char *at = strchr(rest, '@');

    if (at == NULL || at == rest || !is_host(at + 1, strcspn(at + 1, "?")))
        return false;
    for (const char *c = rest; *c != '\0'; c++)
        if (!is_allowed(c))
            return false;
    return true;
}

bool address_is_sound(const char *url)
{
    if (strlen(url) > ADDRESS_MOST)
        return false;
    if (g_ascii_strncasecmp(url, "http://", 7) == 0)
        return is_sound_web(url + 7);
    if (g_ascii_strncasecmp(url, "https://", 8) == 0)
        return is_sound_web(url + 8);
    if (g_ascii_strncasecmp(url, "mailto:", 7) == 0)
        return is_sound_mail(url + 7);
    return false;
}

static bool is_space(uint32_t code)
{
    return code == ' ' || code == '\t' || code == '\n' || code == 0xA0 || code == 0x202F
        || (code >= 0x2000 && code <= 0x200B) || code == 0xFEFF;
}

char *address_clean(struct arena *arena, const char *url)
{
    const char *at = url, *end = url + strlen(url), *before;
    struct buf clean = {0};
    char *made;

    while (before = at, is_space(utf8_next(&at, end)) && before < end)
        ;
    at = before;
    while (before = end, end > at && is_space(utf8_prev(&before, at)))
        end = before;
    for (; at < end; at++) {
        if (is_allowed(at))
            buf_putc(&clean, *at);
        else
            buf_printf(&clean, "%%%02X", (unsigned)(unsigned char)*at);
    }
    made = arena_strdup(arena, buf_text(&clean));
    buf_free(&clean);
    return made;
}
