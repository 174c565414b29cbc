/* Markdown sources with any front matter, in any encoding. */
#include "fuzz_import.h"
#include "import/markdown.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_source(markdown_source_read, data, size);
    return 0;
}
