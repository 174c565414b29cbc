/* HTML pages, in any encoding. */
#include "fuzz_import.h"
#include "import/html.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_source(html_read, data, size);
    return 0;
}
