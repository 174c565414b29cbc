/* Stands in for the importer until it lands. */
#include "base/diag.h"
#include "import/import.h"

bool __attribute__((weak)) import_files(const char *const *files, size_t count,
                                        const struct import_options *options)
{
    (void)count;
    (void)options;
    diag(DIAG_ERROR, (struct place){ files[0], 0, 0 }, "pending", "no importer yet");
    return false;
}
