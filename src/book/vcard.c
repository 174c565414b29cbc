/* Cards from the model. Lines end in CR LF and are folded at 75 bytes, never
 * within a character (RFC 6350, 3.2); commas, semicolons, backslashes and line
 * feeds are escaped in text (3.4), addresses stand as they are. Each link is an
 * URL in a group with its network's name, as address books show it. */
#include "book/vcard.h"
#include "base/utf8.h"
#include "book/identifier.h"

#include <glib.h>
#include <string.h>

enum { FOLD = 75 };             /* bytes of a line, without its end */

/* A line of NAME (with parameters and colon) and VALUE. */
static void put_line(struct buf *out, const char *name, const char *value)
{
    struct buf line = {0};
    size_t at = 0, room = FOLD;

    buf_puts(&line, name);
    buf_puts(&line, value);
    while (line.len - at > room) {
        size_t end = utf8_cut(line.data, at + room);

        buf_append(out, line.data + at, end - at);
        buf_puts(out, "\r\n ");
        at = end;
        room = FOLD - 1;        /* the space that goes on counts */
    }
    buf_append(out, line.data + at, line.len - at);
    buf_puts(out, "\r\n");
    buf_free(&line);
}

static void escape(struct buf *out, const char *text)
{
    for (; *text != '\0'; text++)
        if (*text == '\n') {
            buf_puts(out, "\\n");
        } else {
            if (*text == ',' || *text == ';' || *text == '\\')
                buf_putc(out, '\\');
            buf_putc(out, *text);
        }
}

static void put_text(struct buf *out, const char *name, const char *text)
{
    struct buf value = {0};

    if (text == NULL)
        return;
    escape(&value, text);
    put_line(out, name, buf_text(&value));
    buf_free(&value);
}

/* "Carroll, Melissa" is family and given name. */
static void put_name(struct buf *out, const char *sort_name)
{
    const char *comma = strstr(sort_name, ", ");
    struct buf value = {0};
    char *family = comma == NULL ? g_strdup(sort_name)
                                 : g_strndup(sort_name, (gsize)(comma - sort_name));

    escape(&value, family);
    buf_putc(&value, ';');
    if (comma != NULL)
        escape(&value, comma + 2);
    buf_puts(&value, ";;;");
    put_line(out, "N:", buf_text(&value));
    buf_free(&value);
    g_free(family);
}

static void put_contact(struct buf *out, const struct contact *contact, int *group)
{
    char name[32];

    if (contact->url != NULL && g_str_has_prefix(contact->url, "mailto:")) {
        put_line(out, "EMAIL:", contact->url + strlen("mailto:"));
    } else if (contact->url != NULL) {
        g_snprintf(name, sizeof name, "item%d.URL:", ++*group);
        put_line(out, name, contact->url);
        g_snprintf(name, sizeof name, "item%d.X-ABLabel:", *group);
        put_text(out, name, contact->label);
    }
}

/* What is said where there is no link: "Facebook: …" */
static void put_notes(struct buf *out, const struct portrait *portrait)
{
    struct buf note = {0};

    for (size_t i = 0; i < portrait->contact_count; i++) {
        const struct contact *contact = &portrait->contacts[i];

        if (contact->note == NULL && (contact->url != NULL || contact->handle == NULL))
            continue;
        buf_printf(&note, "%s%s: %s", note.len > 0 ? "\n" : "", contact->label,
                   contact->note != NULL ? contact->note : contact->handle);
    }
    if (note.len > 0)
        put_text(out, "NOTE:", buf_text(&note));
    buf_free(&note);
}

/* The same in every edition, as long as the portrait keeps its id. */
static void put_card(struct buf *out, const struct book *book, const struct portrait *portrait)
{
    int group = 0;

    put_line(out, "BEGIN:", "VCARD");
    put_line(out, "VERSION:", "4.0");
    put_line(out, "KIND:", "individual");
    put_line(out, "UID:", identifier_uuid(book->arena, book->work, portrait->id));
    put_text(out, "FN:", portrait->name);
    put_name(out, portrait->sort_name);
    put_text(out, "TITLE:", portrait->role);
    put_text(out, "ORG:", portrait->organisation);
    for (size_t i = 0; i < portrait->contact_count; i++)
        put_contact(out, &portrait->contacts[i], &group);
    put_notes(out, portrait);
    put_line(out, "END:", "VCARD");
}

void vcard_write(const struct book *book, struct buf *out)
{
    for (size_t i = 0; i < book->portrait_count; i++)
        if (book->portraits[i]->contact_count > 0)
            put_card(out, book, book->portraits[i]);
}
