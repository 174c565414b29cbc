/* Raw text, in any encoding. */
#include "fuzz_import.h"
#include "import/decode.h"
#include "import/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct article *article = article_new("fuzz");
    size_t count;
    char *text;

    diag_set_sink(hear_nothing, NULL);
    text = decode_text(article->arena, "fuzz", (const char *)data, size, &count);
    if (text != NULL && text_read(article, text, count))
        fuzz_article(NULL, article);
    else
        article_free(article);
    return 0;
}
