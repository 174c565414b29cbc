/* An article packed is an image of its structs: what they point at follows
 * them, and each pointer holds an offset from the start until the image is in
 * memory again. So packing keeps nothing but what is live, and loading is one
 * read and one addition a pointer. */
#include "import/spool.h"
#include "base/memory.h"

#include <assert.h>
#include <stdalign.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct spool {
    size_t memory;
    struct buf kept;            /* images, until they are too large */
    FILE *file;                 /* then all of them */
    size_t end;                 /* bytes of all images */
    VEC(size_t) starts;
};

static const struct place nowhere = { "temporary file", 0, 0 };

/* The texts of an article; offsets of `const char *` members. */
static const size_t article_texts[] = {
    offsetof(struct article, path), offsetof(struct article, key), offsetof(struct article, stem),
    offsetof(struct article, folder), offsetof(struct article, title),
    offsetof(struct article, name), offsetof(struct article, role),
    offsetof(struct article, organisation), offsetof(struct article, date),
    offsetof(struct article, link), offsetof(struct article, language),
    offsetof(struct article, spoken),
    offsetof(struct article, photo), offsetof(struct article, photo_alt),
    offsetof(struct article, credit), offsetof(struct article, image),
    offsetof(struct article, image_id), offsetof(struct article, series),
    offsetof(struct article, sha256), offsetof(struct article, archive),
};
static const size_t account_texts[] = { 0 };
static const size_t contact_texts[] = { offsetof(struct named, name),
                                        offsetof(struct named, value) };
static const size_t remark_texts[] = { offsetof(struct remark, at.path),
                                       offsetof(struct remark, text) };
static const size_t block_texts[] = { offsetof(struct block, label), offsetof(struct block, text),
                                      offsetof(struct block, at.path),
                                      offsetof(struct block, fold), offsetof(struct block, why) };
static const size_t run_texts[] = { offsetof(struct run, url), offsetof(struct run, picture),
                                    offsetof(struct run, alt) };

struct shape { size_t bytes; const size_t *texts; size_t text_count; };
#define SHAPE(type, texts) { sizeof(type), texts, sizeof(texts) / sizeof *(texts) }

static const struct shape of_article = SHAPE(struct article, article_texts);
static const struct shape of_account = SHAPE(const char *, account_texts);
static const struct shape of_contact = SHAPE(struct named, contact_texts);
static const struct shape of_remark = SHAPE(struct remark, remark_texts);
static const struct shape of_block = SHAPE(struct block, block_texts);
static const struct shape of_run = SHAPE(struct run, run_texts);

/* ---- Packing ------------------------------------------------------------------------ */

struct image {
    struct buf bytes;
    const char *path;           /* that all blocks point at: put once */
    size_t path_at;
};

static void align(struct buf *bytes)
{
    while (bytes->len % alignof(max_align_t) != 0)
        buf_putc(bytes, '\0');
}

static size_t pointer_at(const char *memory)
{
    size_t value;

    static_assert(sizeof value == sizeof(char *), "an offset takes the place of a pointer");
    memcpy(&value, memory, sizeof value);
    return value;
}

static void set_pointer(char *memory, size_t value)
{
    memcpy(memory, &value, sizeof value);
}

static size_t put_text(struct image *image, const char *text)
{
    size_t at = image->bytes.len;

    if (text == NULL)
        return 0;
    if (text == image->path && image->path_at > 0)
        return image->path_at;
    if (text == image->path)
        image->path_at = at;
    buf_append(&image->bytes, text, strlen(text) + 1);
    return at;
}

/* COUNT structs and their texts; the offset of the structs, 0 for none. */
static size_t put_items(struct image *image, const void *items, size_t count,
                        const struct shape *shape)
{
    size_t at;

    if (count == 0)
        return 0;
    align(&image->bytes);
    at = image->bytes.len;
    buf_append(&image->bytes, items, count * shape->bytes);
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < shape->text_count; j++) {
            const char *text = *(const char *const *)(const void *)
                               ((const char *)items + i * shape->bytes + shape->texts[j]);
            size_t text_at = put_text(image, text);

            set_pointer(image->bytes.data + at + i * shape->bytes + shape->texts[j], text_at);
        }
    return at;
}

static size_t put_blocks(struct image *image, const struct article *article)
{
    size_t at = put_items(image, article->blocks.item, article->blocks.count, &of_block);

    for (size_t i = 0; i < article->blocks.count; i++) {
        const struct block *block = &article->blocks.item[i];
        size_t runs = put_items(image, block->run, block->run_count, &of_run);

        set_pointer(image->bytes.data + at + i * sizeof *block + offsetof(struct block, run),
                    runs);
    }
    return at;
}

static void pack(struct image *image, const struct article *article)
{
    size_t accounts, contacts, remarks, blocks;

    put_items(image, article, 1, &of_article);
    accounts = put_items(image, article->accounts.item, article->accounts.count, &of_account);
    contacts = put_items(image, article->contacts.item, article->contacts.count, &of_contact);
    remarks = put_items(image, article->remarks.item, article->remarks.count, &of_remark);
    blocks = put_blocks(image, article);
    set_pointer(image->bytes.data + offsetof(struct article, accounts.item), accounts);
    set_pointer(image->bytes.data + offsetof(struct article, contacts.item), contacts);
    set_pointer(image->bytes.data + offsetof(struct article, remarks.item), remarks);
    set_pointer(image->bytes.data + offsetof(struct article, blocks.item), blocks);
    align(&image->bytes);
}

/* ---- Unpacking ----------------------------------------------------------------------- */

/* An offset at MEMORY becomes the address in the image that starts at BASE. */
static void *restore_pointer(char *base, char *memory)
{
    size_t offset = pointer_at(memory);
    char *address = offset == 0 ? NULL : base + offset;

    memcpy(memory, &address, sizeof address);
    return address;
}

static void restore_items(char *base, void *items, size_t count, const struct shape *shape)
{
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < shape->text_count; j++)
            restore_pointer(base, (char *)items + i * shape->bytes + shape->texts[j]);
}

/* An array that may grow: it leaves the image. FIELD is its pointer. */
static void *restore_array(char *base, void *field, size_t count, const struct shape *shape)
{
    const char *from = restore_pointer(base, field);
    char *items = count == 0 ? NULL : memory_resize(NULL, count * shape->bytes);

    if (count > 0)
        memcpy(items, from, count * shape->bytes);
    restore_items(base, items, count, shape);
    return items;
}

static struct article *unpack(struct arena *arena, char *base)
{
    struct article *article = (struct article *)(void *)base;

    restore_items(base, base, 1, &of_article);
    article->arena = arena;
#define RESTORE(vec, shape) \
    ((vec).item = restore_array(base, &(vec).item, (vec).count, shape), (vec).cap = (vec).count)
    RESTORE(article->accounts, &of_account);
    RESTORE(article->contacts, &of_contact);
    RESTORE(article->remarks, &of_remark);
    RESTORE(article->blocks, &of_block);
#undef RESTORE
    for (size_t i = 0; i < article->blocks.count; i++) {
        struct block *block = &article->blocks.item[i];

        restore_pointer(base, (char *)&block->run);
        restore_items(base, block->run, block->run_count, &of_run);
    }
    return article;
}

/* ---- Keeping --------------------------------------------------------------------------- */

struct spool *spool_new(size_t memory)
{
    struct spool *spool = memory_new(1, sizeof *spool);

    spool->memory = memory;
    return spool;
}

void spool_free(struct spool *spool)
{
    if (spool == NULL)
        return;
    if (spool->file != NULL)
        fclose(spool->file);
    buf_free(&spool->kept);
    free(spool->starts.item);
    free(spool);
}

size_t spool_count(const struct spool *spool)
{
    return spool->starts.count;
}

static bool write_file(struct spool *spool, const struct buf *bytes)
{
    if (fseeko(spool->file, 0, SEEK_END) == 0 &&
        fwrite(buf_text(bytes), 1, bytes->len, spool->file) == bytes->len)
        return true;
    diag_errno(nowhere, "unwritable", "write it");
    return false;
}

static bool move_to_file(struct spool *spool)
{
    bool good;

    spool->file = tmpfile();
    if (spool->file == NULL) {
        diag_errno(nowhere, "unwritable", "make one, which so many sources need");
        return false;
    }
    good = write_file(spool, &spool->kept);
    buf_free(&spool->kept);
    return good;
}

bool spool_add(struct spool *spool, const struct article *article)
{
    struct image image = { .path = article->path };
    bool good = true;

    pack(&image, article);
    if (spool->file == NULL && spool->end + image.bytes.len > spool->memory)
        good = move_to_file(spool);
    if (spool->file == NULL)
        buf_append(&spool->kept, image.bytes.data, image.bytes.len);
    else
        good = good && write_file(spool, &image.bytes);
    *VEC_PUSH(&spool->starts) = spool->end;
    spool->end += image.bytes.len;
    buf_free(&image.bytes);
    return good;
}

static bool read_file(struct spool *spool, size_t start, char *bytes, size_t count)
{
    if (fseeko(spool->file, (off_t)start, SEEK_SET) == 0 &&
        fread(bytes, 1, count, spool->file) == count)
        return true;
    diag_errno(nowhere, "unreadable", "read it again");
    return false;
}

struct article *spool_load(struct spool *spool, size_t index)
{
    bool last = index + 1 == spool->starts.count;
    size_t start = spool->starts.item[index];
    size_t count = (last ? spool->end : spool->starts.item[index + 1]) - start;
    struct arena *arena = arena_new();
    char *bytes = arena_alloc(arena, count);

    if (spool->file == NULL) {
        memcpy(bytes, spool->kept.data + start, count);
    } else if (!read_file(spool, start, bytes, count)) {
        arena_free(arena);
        return NULL;
    }
    return unpack(arena, bytes);
}
