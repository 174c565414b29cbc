/* The output intent: a profile that the machine has, or the press's own, with
 * which pages for a printer are PDF/X-4 too (ISO 15930-7). A missing profile is a
 * warning; the file then does not claim to be PDF/A. */
#include "pdf/finish.h"
#include "base/arena.h"
#include "base/diag.h"
#include "base/file.h"
#include "book/press.h"

#include <stdio.h>

/* A profile that Debian's icc-profiles-free has, or others. */
struct profile { const char *name, *description; int components; const char *paths[4]; };

static const struct profile rgb = {
    "sRGB IEC61966-2.1", "sRGB", 3,
    { "/usr/share/color/icc/sRGB.icc", "/usr/local/share/color/icc/sRGB.icc",
      "/usr/share/color/icc/colord/sRGB.icc", "/usr/share/color/icc/ghostscript/srgb.icc" },
};

static const struct profile grey = {
    "Gray gamma 2.2", "Gray", 1,
    { "/usr/share/color/icc/Gray.icc", "/usr/local/share/color/icc/Gray.icc",
      "/usr/share/color/icc/colord/Gray.icc", "/usr/share/color/icc/ghostscript/sgray.icc" },
};

static int write_profile(struct finishing *finishing, int components, const char *bytes,
                         size_t count)
{
    int number = object_take(&finishing->file, 1);
    char entries[16];

    snprintf(entries, sizeof entries, "/N %d", components);
    object_stream(&finishing->file, number, entries, bytes, count, true);
    return number;
}

/* The number of the profile's object; 0, after a warning, when the machine has none. */
static int write_known(struct finishing *finishing, const struct profile *profile)
{
    struct arena *arena = arena_new();
    const char *path = NULL, *bytes = NULL;
    size_t count = 0;
    int number = 0;

    for (size_t i = 0; path == NULL && i < sizeof profile->paths / sizeof *profile->paths; i++)
        if (file_exists(profile->paths[i]))
            path = profile->paths[i];
    if (path != NULL)
        bytes = file_read(arena, path, 0, &count);
    if (bytes != NULL)
        number = write_profile(finishing, profile->components, bytes, count);
    else
        diag(DIAG_WARNING, (struct place){ profile->paths[0], 0, 0 }, "colour-profile",
             "no profile here, so that the PDF cannot be PDF/A; install icc-profiles-free");
    arena_free(arena);
    return number;
}

static void put_intent(struct finishing *finishing, const char *kind, const char *condition,
                       const char *description, int profile)
{
    struct buf *out = &finishing->catalog;

    buf_printf(out, "<</Type /OutputIntent /S /%s /OutputConditionIdentifier ", kind);
    put_text(out, condition);
    buf_puts(out, " /Info ");
    put_text(out, description);
    buf_printf(out, " /DestOutputProfile %d 0 R>>", profile);
}

/* Both standards ask for one profile, and know no RGB that is not the press's: ours
 * is sRGB. */
static void write_press(struct finishing *finishing, const struct press *press)
{
    int profile = write_profile(finishing, press->components, press->bytes, press->count);
    int screen = finishing->kind == PDF_PRINT ? 0 : write_known(finishing, &rgb);

    if (screen != 0) {
        finishing->rgb = object_take(&finishing->file, 1);
        object_begin(&finishing->file, finishing->rgb);
        buf_printf(&finishing->file.out, "[/ICCBased %d 0 R]", screen);
        object_end(&finishing->file);
    }
    finishing->archival = finishing->kind == PDF_PRINT || screen != 0;
    finishing->exchange = finishing->archival && finishing->book->date != NULL;
    buf_puts(&finishing->catalog, " /OutputIntents [");
    put_intent(finishing, "GTS_PDFA1", "Custom", press->name, profile);
    if (finishing->exchange)
        put_intent(finishing, "GTS_PDFX", "Custom", press->name, profile);
    buf_putc(&finishing->catalog, ']');
}

static bool is_for_press(enum pdf_kind kind)
{
    return kind == PDF_PRINT || kind == PDF_PRINT_COLOUR;
}

void intent_write(struct finishing *finishing)
{
    const struct profile *known = finishing->kind == PDF_PRINT ? &grey : &rgb;
    int profile;

    if (finishing->book->press != NULL && is_for_press(finishing->kind)) {
        write_press(finishing, finishing->book->press);
        return;
    }
    profile = write_known(finishing, known);
    if (profile == 0)
        return;
    finishing->archival = true;
    buf_puts(&finishing->catalog, " /OutputIntents [");
    put_intent(finishing, "GTS_PDFA1", known->name, known->description, profile);
    buf_putc(&finishing->catalog, ']');
}
