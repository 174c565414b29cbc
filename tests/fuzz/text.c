/* Raw text, in any encoding. */
#include "fuzz_import.h"
#include "import/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_source(text_read, data, size);
    return 0;
}
