/* Resources and addresses of the e-book. */
#include "epub/rendition.h"

#include <string.h>

struct resource *rendition_add(struct rendition *rendition, const char *path, const char *id,
                               const char *media_type)
{
    struct resource *resource = VEC_PUSH(&rendition->resources);

    resource->path = path;
    resource->id = id;
    resource->media_type = media_type;
    return resource;
}

const char *rendition_file(struct rendition *rendition, const struct part *part)
{
    return arena_printf(rendition->arena, "text/%s.xhtml", part->id);
}

bool rendition_address(const struct rendition *rendition, const struct part *from,
                       const char *target, struct buf *out)
{
    const char *stand_in = g_hash_table_lookup(rendition->stand_ins, target);
    const struct part *part = g_hash_table_lookup(rendition->parts, target);

    if (stand_in != NULL)
        target = stand_in;
    buf_cut(out, 0);
    if (part == NULL)
        return false;
    if (from == NULL)
        buf_puts(out, "text/");
    if (part != from)
        buf_printf(out, "%s.xhtml", part->id);
    if (part == from || strcmp(target, part->id) != 0)
        buf_printf(out, "#%s", target);
    return true;
}
