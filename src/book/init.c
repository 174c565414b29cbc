/* The files of a new anthology: two invented people who show what a portrait
 * may hold. */
#include "book/init.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/publish.h"

#include <glib.h>
#include <string.h>

/* In these texts {uuid} is the work's identifier. */
static const struct { const char *path, *text; } files[] = {
    { "anthology.yaml",
      "# The book. florilege-content(5) tells every key.\n"
      "title: An Anthology\n"
      "subtitle: Portraits in questions and answers\n"
      "slug: anthology\n"
      "language: en-US             # fr-CA, de, es, …: decides the typography\n"
      "editors: [Your Name]\n"
      "publisher: {name: Your Press}\n"
      "rights: © Your Press\n"
      "description: What the book is about, in two or three sentences.\n"
      "work: {uuid}\n"
      "style: classique            # poche, grands-caracteres, or ./my-style here\n"
      "order: surname              # title, date or listed\n"
      "front: [front/preface.md]\n"
      "toc-depth: 1                # 2 lists the questions too\n" },
    { "front/preface.md",
      "# Preface\n\n"
      "This page stands before the portraits. Write here why these people are in one "
      "book, then replace the two portraits by your own, or let `florilege import` make "
      "them from your sources.\n" },
    { "portraits/robin-example.md",
      "---\n"
      "name: Robin Example\n"
      "role: keeper of a lighthouse\n"
      "organisation: Society of Invented Lights\n"
      "accounts: [\"@invented_lights\"]\n"
      "date: 2024-03-01\n"
      "source: https://example.org/interviews/robin-example\n"
      "contacts:\n"
      "  - {network: mastodon, url: \"https://example.social/@robin\"}\n"
      "  - {network: mail, url: \"mailto:robin@example.org\"}\n"
      "reading: [tides-for-beginners, a-short-history-of-lamps]\n"
      "---\n\n"
      "Nobody of this name exists, which makes an interview easy to arrange. Text before "
      "the first question introduces the person.\n\n"
      "## Is a heading a question?\n\n"
      "Yes, every heading of the highest level in the file is one, and what follows is "
      "its answer. It may hold several paragraphs, *emphasis*, [links](https://example.org)"
      "[^why], and lists:\n\n"
      "- the lamp is cleaned in the morning,\n"
      "- the log is written at noon,\n"
      "- the lamp is lit at dusk.\n\n"
      "[^why]: In print, a note stands at the foot of the page that calls it.\n\n"
      "## What does a day look like?\n\n"
      "Mostly weather. A quotation is set apart:\n\n"
      "> The sea keeps no appointments, but it is never late.\n" },
    { "portraits/sam-sample.md",
      "---\n"
      "name: Sam Sample\n"
      "role: mender of clocks\n"
      "date: 2024-04-12\n"
      "contacts:\n"
      "  - {network: site, url: \"https://example.com/clocks\"}\n"
      "  - {network: facebook, note: \"Kept for the family.\"}\n"
      "reading: [a-short-history-of-lamps]\n"
      "---\n\n"
      "The second portrait is there so that the order of names, the directory and the "
      "shared reading list have something to do.\n\n"
      "## Which clock is the hardest?\n\n"
      "The one that works, because its owner asks why it was opened.\n\n"
      "## And without a photo?\n\n"
      "A monogram is drawn. With a file photos/sam-sample.jpg, the photo takes its place.\n" },
    { "reading-list.yaml",
      "- id: tides-for-beginners\n"
      "  title: Tides for Beginners\n"
      "  author: A. N. Author\n"
      "- id: a-short-history-of-lamps\n"
      "  title: A Short History of Lamps\n"
      "  url: https://example.org/lamps\n" },
};

static bool is_free(struct arena *arena, const char *folder)
{
    size_t count;

    if (file_exists(folder)) {
        diag(DIAG_ERROR, (struct place){ folder, 0, 0 }, "not-empty",
             "a file stands here; give the name of a new folder");
        return false;
    }
    if (folder_list(arena, folder, &count) == NULL)
        return false;
    if (count > 0)
        diag(DIAG_ERROR, (struct place){ folder, 0, 0 }, "not-empty",
             "this folder is not empty; give the name of a new one");
    return count == 0;
}

static void put_text(struct publish *file, const char *text, const char *uuid)
{
    const char *mark = strstr(text, "{uuid}");

    if (mark == NULL) {
        publish_write(file, text, strlen(text));
        return;
    }
    publish_write(file, text, (size_t)(mark - text));
    publish_write(file, "urn:uuid:", strlen("urn:uuid:"));
    publish_write(file, uuid, strlen(uuid));
    put_text(file, mark + strlen("{uuid}"), uuid);
}

bool init_folder(const char *folder)
{
    enum { FILES = sizeof files / sizeof *files };
    struct arena *arena = arena_new();
    struct publish *list[FILES] = {0};
    char *uuid;
    bool made = false;

    if (!is_free(arena, folder))
        goto done;
    uuid = g_uuid_string_random();
    for (size_t i = 0; i < FILES; i++) {
        list[i] = publish_new(path_join(arena, folder, files[i].path));
        put_text(list[i], files[i].text, uuid);
        if (publish_has_failed(list[i]))
            break;
    }
    g_free(uuid);
    made = publish_commit_all(list, FILES);
done:
    arena_free(arena);
    return made;
}
