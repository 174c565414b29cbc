/* The blocks of the text: each of the model's kinds as XHTML. */
#ifndef EPUB_BLOCK_H
#define EPUB_BLOCK_H

#include "epub/writer.h"

write_kind block_element, block_section, block_heading, block_list,
    block_item, block_paragraph, block_code_block, block_table, block_cell,
    block_figure, block_monogram, block_void, block_nothing;

#endif
