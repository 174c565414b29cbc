/* The YAML between two lines of hyphens at the top of a Markdown file. */
#include "book/markdown.h"

#include <string.h>

/* Is the line at AT only MARK and spaces? */
static bool is_line(const char *at, const char *end, const char *mark)
{
    size_t length = strlen(mark);

    if ((size_t)(end - at) < length || strncmp(at, mark, length) != 0)
        return false;
    at += length;
    while (at < end && (*at == ' ' || *at == '\t'))
        at++;
    return at == end || *at == '\n';
}

static const char *next_line(const char *at, const char *end)
{
    const char *feed = memchr(at, '\n', (size_t)(end - at));

    return feed == NULL ? end : feed + 1;
}

bool front_matter_split(const char *path, const char *text, size_t bytes,
                        struct front_matter *out)
{
    const char *end = text + bytes, *at;
    int line = 2;

    *out = (struct front_matter){ .body = text, .body_bytes = bytes, .body_line = 1 };
    if (!is_line(text, end, "---"))
        return true;
    out->yaml = next_line(text, end);
    for (at = out->yaml; at < end; at = next_line(at, end), line++) {
        if (!is_line(at, end, "---") && !is_line(at, end, "..."))
            continue;
        out->yaml_bytes = (size_t)(at - out->yaml);
        out->body = next_line(at, end);
        out->body_bytes = (size_t)(end - out->body);
        out->body_line = line + 1;
        return true;
    }
    diag(DIAG_ERROR, (struct place){ path, 1, 1 }, "front-matter",
         "the front matter that begins here is never closed; end it with a line “---”");
    return false;
}
