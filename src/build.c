/* From a folder of content to books. Every piece is written beside its place;
 * only when all are sound do they appear. */
#include "build.h"

#include "base/clock.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/cache.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/pool.h"
#include "base/publish.h"
#include "book/book.h"
#include "book/compose.h"
#include "book/edition.h"
#include "book/vcard.h"
#include "epub/epub.h"
#include "epub/onix.h"
#include "layout/credits.h"
#include "layout/layout.h"
#include "pdf/booklet.h"
#include "pdf/cover.h"
#include "pdf/flatplan.h"
#include "pdf/pdf.h"

#include <assert.h>
#include <stdio.h>

enum { MOST_PIECES = 16, COVER_WIDTH = 1600 };

/* Bytes of pictures that are kept: those of some thousands of portraits. */
enum { MOST_KEPT = 1 << 30 };

struct work {
    const struct build_options *options;
    struct arena *arena;
    const char *data;
    struct book *book;
    struct style *style;
    struct pool *pool;
    struct cache *cache;
    struct layout *layout;
    const struct pages *pages, *cover;
    struct publish *piece[MOST_PIECES];
    size_t pieces;
    struct publish *print;      /* the print PDF, once it is written */
    double since;
};

/* Tells the time since the last stage ended, when asked to. */
static void stage_done(struct work *work, const char *stage)
{
    double now = clock_seconds();

    if (work->options->timings)
        fprintf(stderr, "%-8s %.3f\n", stage, now - work->since);
    work->since = now;
}

/* A piece of the result: DIR/SLUG + SUFFIX. */
static struct publish *start_piece(struct work *work, const char *suffix)
{
    const char *name = arena_printf(work->arena, "%s%s", work->book->slug, suffix);
    struct publish *piece = publish_new(path_join(work->arena, work->options->folder, name));

    assert(work->pieces < MOST_PIECES);
    work->piece[work->pieces++] = piece;
    return piece;
}

static bool read_style(struct work *work)
{
    const char *style = work->options->style != NULL ? work->options->style : work->book->style;

    work->style = style_load(work->data, style);
    return work->style != NULL && credits_set(work->book, work->style);
}

static bool read_content(struct work *work)
{
    work->data = file_data_folder(work->arena);
    if (work->data == NULL)
        return false;
    work->book = book_load(work->options->content, work->data);
    if (work->book == NULL || !edition_choose(work->book, work->data, work->options->edition)
        || !read_style(work))
        return false;
    book_check_date(work->book);
    compose(work->book);
    stage_done(work, "read");
    return true;
}

/* Of the layout, what its threads spent together. */
static void tell_layout(const struct work *work)
{
    struct layout_times times = layout_times(work->layout);

    if (work->options->timings)
        fprintf(stderr, "%-8s %.3f\n%-8s %.3f\n%-8s %.3f\n", "shape", times.shape, "lines",
                times.lines, "pages", times.pages);
}

static bool lay_out(struct work *work)
{
    work->pool = pool_new(work->options->jobs);
    work->layout = layout_new(work->book, work->style, work->pool);
    if (work->layout == NULL)
        return false;
    work->pages = layout_pages(work->layout);
    stage_done(work, "layout");
    tell_layout(work);
    return true;
}

static bool write_pdf(struct work *work)
{
    return pdf_write(start_piece(work, ".pdf"), work->book, work->pages,
                     layout_cover(work->layout, work->style->width, work->style->height),
                     PDF_READING, work->pool);
}

static bool write_epub(struct work *work)
{
    const struct pages *cover = layout_cover(work->layout, DIM_OF_PT(400), DIM_OF_PT(640));
    struct buf picture = {0};
    bool written = cover != NULL && pdf_preview(cover, 0, COVER_WIDTH, &picture)
        && epub_write(start_piece(work, ".epub"), work->book, work->pages, work->style,
                      &picture, work->pool);

    buf_free(&picture);
    return written;
}

/* The trade's record of the book, beside the e-book. */
static bool write_onix(struct work *work)
{
    struct publish *piece = start_piece(work, "-onix.xml");
    struct buf record = {0};
    bool written = onix_write(work->book, work->pages, &record);

    publish_write(piece, record.data, record.len);
    buf_free(&record);
    return written;
}

/* Nothing where nobody has a contact. */
static bool write_contacts(struct work *work)
{
    struct buf cards = {0};

    vcard_write(work->book, &cards);
    if (cards.len > 0)
        publish_write(start_piece(work, "-contacts.vcf"), cards.data, cards.len);
    buf_free(&cards);
    return true;
}

static bool write_print(struct work *work)
{
    work->print = start_piece(work, "-print.pdf");
    return pdf_write(work->print, work->book, work->pages, NULL,
                     work->style->colour ? PDF_PRINT_COLOUR : PDF_PRINT, work->pool);
}

/* A folder that takes no file is told once, by the first piece. */
static bool has_failed(const struct work *work)
{
    for (size_t i = 0; i < work->pieces; i++)
        if (publish_has_failed(work->piece[i]))
            return true;
    return false;
}

static bool impose(struct work *work, const struct publish *cover)
{
    const struct booklet_options options = {
        .paper = work->book->booklet.paper, .sheets = work->book->booklet.sheets,
        .creep = work->book->booklet.creep, .marks = work->book->booklet.marks,
        .scale = work->book->booklet.scale, .cover = cover == NULL ? NULL : publish_path(cover),
        .anthology = path_join(work->book->arena, work->book->folder, "anthology.yaml"),
    };

    return booklet_write(start_piece(work, "-booklet.pdf"), publish_path(work->print), &options);
}

/* Imposes the print PDF, and the cover if there is to be one. What was written
 * only for that is dropped. */
static bool write_booklet(struct work *work)
{
    bool asked = work->print != NULL, written = asked || write_print(work);
    struct publish *cover = NULL;

    if (work->options->cover || work->book->booklet.cover) {
        cover = start_piece(work, "-booklet-cover.pdf");
        written = written && cover_write_pages(cover, work->book, work->layout,
                                               work->pool);
    }
    written = written && !has_failed(work) && impose(work, cover);
    if (!asked)
        publish_withhold(work->print);
    if (cover != NULL)
        publish_withhold(cover);
    return written;
}

static bool write_cover(struct work *work)
{
    return cover_write(start_piece(work, "-cover.pdf"), work->book, work->layout,
                       work->pool);
}

static bool write_flatplan(struct work *work)
{
    struct publish *pdf = start_piece(work, "-flatplan.pdf");

    return flatplan_write(pdf, start_piece(work, "-flatplan.png"), work->book, work->layout,
                          work->pool);
}

/* In the order of the work; each is told as a stage of its own. */
static const struct {
    enum output output;
    const char *stage;
    bool (*write)(struct work *work);
} writers[] = {
    { OUTPUT_PDF, "pdf", write_pdf },
    { OUTPUT_EPUB, "epub", write_epub },
    { OUTPUT_EPUB, "onix", write_onix },
    { OUTPUT_EPUB, "contacts", write_contacts },
    { OUTPUT_PRINT, "print", write_print },
    { OUTPUT_BOOKLET, "booklet", write_booklet },
    { OUTPUT_COVER, "cover", write_cover },
    { OUTPUT_FLATPLAN, "flatplan", write_flatplan },
};

static bool write_books(struct work *work)
{
    if (!folder_make(work->options->folder))
        return false;
    if (work->options->cache)
        work->book->cache = work->cache = cache_open(NULL, MOST_KEPT);
    for (size_t i = 0; i < sizeof writers / sizeof *writers; i++) {
        if ((work->options->outputs & writers[i].output) == 0)
            continue;
        if (!writers[i].write(work) || has_failed(work))
            return false;
        stage_done(work, writers[i].stage);
    }
    return true;
}

static bool refuse_warnings(const struct work *work)
{
    if (!work->options->strict || diag_count(DIAG_WARNING) == 0)
        return false;
    diag(DIAG_ERROR, (struct place){ work->options->content, 0, 0 }, "strict",
         "%zu warnings, and --strict takes them for errors; nothing was written",
         diag_count(DIAG_WARNING));
    return true;
}

bool build(const struct build_options *options)
{
    struct work work = { .options = options, .arena = arena_new(), .since = clock_seconds() };
    bool done = read_content(&work) && lay_out(&work) && write_books(&work)
        && !refuse_warnings(&work);

    if (!done)
        for (size_t i = 0; i < work.pieces; i++)
            publish_fail(work.piece[i]);
    done = publish_commit_all(work.piece, work.pieces) && done;
    progress_end();
    stage_done(&work, "publish");
    layout_free(work.layout);
    style_free(work.style);
    pool_free(work.pool);
    cache_close(work.cache);
    book_free(work.book);
    arena_free(work.arena);
    return done;
}

const char **build_first_pages(struct book *book, const char *data, struct arena *arena)
{
    struct build_options options = {0};
    struct work work = { .options = &options, .arena = arena, .data = data, .book = book };
    const char **labels = ARENA_ARRAY(arena, book->portrait_count, const char *);

    if (!read_style(&work)) {
        style_free(work.style);
        return NULL;
    }
    compose(book);
    if (!lay_out(&work))
        labels = NULL;
    for (size_t i = 0; labels != NULL && i < book->portrait_count; i++) {
        const struct destination *first = pages_lookup(work.pages, book->portraits[i]->id);

        if (first != NULL)
            labels[i] = arena_strdup(arena, work.pages->page[first->page].label);
    }
    layout_free(work.layout);
    style_free(work.style);
    pool_free(work.pool);
    return labels;
}
