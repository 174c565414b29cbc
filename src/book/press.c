/* The profile of a press, as lcms2 reads it. */
#include "book/press.h"
#include "base/file.h"

#include <glib.h>
#include <lcms2.h>
#include <string.h>

enum { LARGEST = 16 << 20, LONGEST_NAME = 256 };    /* bytes */

static int components_of(cmsColorSpaceSignature space)
{
    switch (space) {
    case cmsSigGrayData: return 1;
    case cmsSigRgbData: return 3;
    case cmsSigCmykData: return 4;
    default: return 0;
    }
}

static const char *wrong_class(cmsProfileClassSignature class)
{
    switch (class) {
    case cmsSigOutputClass: return NULL;
    case cmsSigDisplayClass: return "is the profile of a screen";
    case cmsSigInputClass: return "is the profile of a scanner or a camera";
    default: return "is no profile of a device";
    }
}

/* Fills what PROFILE says of itself; what is wrong with it, or NULL. */
static const char *read_profile(struct arena *arena, cmsHPROFILE profile, struct press *press)
{
    char name[LONGEST_NAME] = "";
    const char *wrong = wrong_class(cmsGetDeviceClass(profile));

    press->components = components_of(cmsGetColorSpace(profile));
    if (wrong == NULL && press->components == 0)
        wrong = "has other colours than grey, RGB or CMYK";
    if (wrong == NULL && cmsGetProfileVersion(profile) >= 5)
        wrong = "is of a version that PDF does not know";
    cmsGetProfileInfoASCII(profile, cmsInfoDescription, "en", "US", name, sizeof name);
    press->name = arena_strdup(arena, name[0] != '\0' ? name : "press");
    return wrong;
}

/* Is it as long as its header says (the first four bytes)? */
static bool is_whole(const char *bytes, size_t count)
{
    guint32 size = 0;

    if (count >= sizeof size)
        memcpy(&size, bytes, sizeof size);
    return count >= sizeof size && GUINT32_FROM_BE(size) == count;
}

struct press *press_load(struct arena *arena, const char *folder, const char *written,
                         struct place at)
{
    struct press *press = ARENA_NEW(arena, struct press);
    const char *path = path_join(arena, folder, written), *wrong = NULL;
    cmsHPROFILE profile;

    if (!file_exists(path))
        wrong = "is not here";
    else if (!path_within(folder, path))
        wrong = "is outside the content folder; copy it into it";
    if (wrong != NULL) {
        diag(DIAG_ERROR, at, "press-profile", "%s %s", written, wrong);
        return NULL;
    }
    press->path = path;
    press->bytes = file_read(arena, path, LARGEST, &press->count);
    if (press->bytes == NULL)
        return NULL;
    profile = cmsOpenProfileFromMem(press->bytes, (cmsUInt32Number)press->count);
    if (profile == NULL || !is_whole(press->bytes, press->count))
        wrong = "is no colour profile, or not a whole one";
    else
        wrong = read_profile(arena, profile, press);
    if (profile != NULL)
        cmsCloseProfile(profile);
    if (wrong != NULL)
        diag(DIAG_ERROR, at, "press-profile", "%s %s; ask the printer for the ICC profile of "
             "their press", written, wrong);
    return wrong != NULL ? NULL : press;
}
