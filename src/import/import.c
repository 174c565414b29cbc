/* The way of an import, in three turns over the articles: learn what the series
 * repeats, find the interviews, write them. Sources are read in the first;
 * between the turns the articles are put aside. */
#include "import/import.h"
#include "import/find.h"
#include "import/pictures.h"
#include "import/readings.h"
#include "import/report.h"
#include "import/source.h"
#include "import/spool.h"
#include "import/store.h"
#include "import/write.h"
#include "base/file.h"
#include "base/publish.h"
#include "book/book.h"
#include "book/yaml.h"

#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { KEEP_BYTES = 32 * 1024 * 1024 };

struct import {
    const char *const *files;
    size_t file_count;
    const struct import_options *options;
    struct arena *arena;
    struct series *series;
    struct readings *readings;
    struct store *store;
    struct spool *articles;         /* in the order of the sources */
    struct buf common;              /* the introduction that all share, what is new of it */
    const char *common_before;      /* that of earlier imports; NULL */
    GHashTable *common_seen;
    GHashTable *attachments;        /* of exports: number to address */
    GChecksum *content;             /* of all sources: the work's identifier */
    size_t portraits;
    const char *language;
    const char *title;              /* of the first article, for a series of one */
    bool dated;                     /* a portrait has a date, which is the book's */
    struct buf report;
    struct tally tally;
    bool failed;
};

#define COMMON "front/introduction.md"

typedef bool turn(struct import *import, struct found *found);

static char *in_folder(const struct import *import, const char *path)
{
    return path_join(import->arena, import->options->folder, path);
}

/* ---- Turns --------------------------------------------------------------------------- */

static void found_drop(struct found *found)
{
    struct article *article = found->article;

    found_free(found);
    article_free(article);
}

/* A source without text is an error, but among others. */
static bool pass_empty(struct article *article)
{
    bool among = article->among;

    if (!among)
        diag(DIAG_ERROR, (struct place){ article->path, 0, 0 }, "empty", "there is no text in it");
    article_free(article);
    return among;
}

/* First turn: one article of a source. */
static bool learn(void *context, struct article *article)
{
    struct import *import = context;
    bool good;

    if (article->blocks.count == 0)
        return pass_empty(article);
    find_prepare(article);
    series_learn(import->series, article);
    g_checksum_update(import->content, (const guchar *)article->sha256, -1);
    good = spool_add(import->articles, article);
    article_free(article);
    return good;
}

/* Each article once, with what is found in it. */
static bool each(struct import *import, turn *take)
{
    bool good = true;

    for (size_t i = 0; good && i < spool_count(import->articles); i++) {
        struct article *article = spool_load(import->articles, i);
        struct found *found;

        if (article == NULL)
            return false;
        progress("portraits", i, spool_count(import->articles));
        found = ARENA_NEW(article->arena, struct found);
        find(found, article, import->series);
        good = take(import, found);
        found_drop(found);
    }
    return good;
}

static bool learn_all(struct import *import)
{
    struct source_options options = { import->options->drafts, import->attachments };
    bool good = true;

    for (size_t i = 0; i < import->file_count; i++) {
        progress("sources", i, import->file_count);
        good = source_read(import->files[i], &options, learn, import) && good;
    }
    if (good && series_articles(import->series) == 0) {
        diag(DIAG_ERROR, (struct place){ import->files[0], 0, 0 }, "empty",
             "no article was found in what was given");
        good = false;
    }
    return good;
}

/* Of many files or posts one stays out, and is named, that is evidently no interview
 * or where no question was found, or hardly one if a folder or export brought it. One
 * that is given alone is meant. */
static bool is_passed_over(const struct import *import, const struct found *found)
{
    if (found->article->among)
        return found->foreign != NULL || found->questions < 2;
    return series_articles(import->series) > 1 && (found->foreign != NULL || found->questions == 0);
}

/* ---- Second turn: titles, names, the common introduction -------------------------------- */

static bool collect(struct import *import, struct found *found)
{
    struct article *article = found->article;

    if (is_passed_over(import, found))
        return true;
    import->portraits++;
    import->dated = import->dated || found->date != NULL;
    for (size_t i = 0; i < found->titles.count; i++)
        readings_add(import->readings, &found->titles.item[i]);
    store_id(import->store, article->key, article->sha256, found->name);
    if (import->title == NULL)
        import->title = arena_strdup(import->arena, found->name);
    for (size_t i = 0; i < article->blocks.count; i++) {
        struct block *block = &article->blocks.item[i];
        gchar *fold;

        if (block->fate != FATE_COMMON || g_hash_table_contains(import->common_seen, block->fold))
            continue;
        fold = g_strdup(block->fold);
        g_hash_table_add(import->common_seen, fold);
        if (import->common.len > 0)
            buf_putc(&import->common, '\n');
        write_blocks(&import->common, block, 1, FATE_COMMON);
    }
    return true;
}

/* ---- Third turn: files --------------------------------------------------------------- */

static void count_outcome(struct import *import, enum outcome outcome)
{
    import->tally.new += outcome == STORE_NEW;
    import->tally.updated += outcome == STORE_UPDATED;
    import->tally.same += outcome == STORE_SAME;
    import->tally.kept += outcome == STORE_KEPT;
    import->tally.beside += outcome == STORE_BESIDE;
    import->failed = import->failed || outcome == STORE_FAILED;
}

static const char **reading_ids(const struct import *import, const struct found *found,
                                size_t *count)
{
    const char **ids = ARENA_ARRAY(found->arena, found->titles.count, const char *);

    *count = 0;
    for (size_t i = 0; i < found->titles.count; i++) {
        const char *id = readings_id(import->readings, found->titles.item[i].title);
        size_t j = 0;

        while (j < *count && strcmp(ids[j], id) != 0)
            j++;
        if (j == *count)
            ids[(*count)++] = id;
    }
    return ids;
}

static bool write_one(struct import *import, struct found *found)
{
    struct article *article = found->article;
    const char *id, *path, *photo, **ids;
    struct buf text = {0};
    enum outcome outcome;
    size_t count;

    if (is_passed_over(import, found)) {
        report_passed_over(&import->report, found);
        import->tally.passed++;
        return true;
    }
    if (article->image == NULL && article->image_id != NULL)
        article->image = g_hash_table_lookup(import->attachments, article->image_id);
    id = store_id(import->store, article->key, article->sha256, found->name);
    path = arena_printf(found->arena, "portraits/%s.md", id);
    photo = pictures_bring(found, import->store, id);
    ids = reading_ids(import, found, &count);
    write_portrait(&text, found, photo, ids, count, import->language);
    outcome = store_write(import->store, path, article->sha256, &text);
    buf_free(&text);
    count_outcome(import, outcome);
    report_portrait(&import->report, found, path, outcome);
    return outcome != STORE_FAILED;
}

/* ---- What all share ------------------------------------------------------------------ */

static bool write_common(struct import *import)
{
    struct buf page = {0};
    enum outcome outcome;

    if (import->common.len == 0)
        return true;
    buf_puts(&page, import->common_before == NULL ? "# Introduction\n" : import->common_before);
    buf_putc(&page, '\n');
    buf_append(&page, import->common.data, import->common.len);
    outcome = store_write(import->store, COMMON, NULL, &page);
    buf_free(&page);
    buf_printf(&import->report, "\nfront/introduction.md: what all sources say before the "
               "first question, once\n");
    return outcome != STORE_FAILED;
}

/* A list that somebody edited is only added to. */
static bool write_readings(struct import *import)
{
    const char *path = "reading-list.yaml", *full = in_folder(import, path);
    bool ours = store_is_ours(import->store, path), good = true;
    struct buf out = {0};
    size_t bytes;

    import->tally.titles = readings_added(import->readings);
    if (import->tally.titles == 0)
        return true;
    if (ours) {
        readings_write(import->readings, true, import->language, &out);
        good = store_write(import->store, path, NULL, &out) != STORE_FAILED;
    } else {
        const char *old = file_read_text(import->arena, full, &bytes);

        buf_puts(&out, old);
        if (out.len > 0 && out.data[out.len - 1] != '\n')
            buf_putc(&out, '\n');
        readings_write(import->readings, false, import->language, &out);
        good = import->options->dry_run || publish_bytes(full, out.data, out.len);
    }
    buf_free(&out);
    return good;
}

/* A version 8 UUID (RFC 9562): the first bits of the sources' hash. */
static void put_work(struct import *import, struct buf *out)
{
    const char *sum = g_checksum_get_string(import->content);

    buf_printf(out, "work: urn:uuid:%.8s-%.4s-8%.3s-a%.3s-%.12s\n", sum, sum + 8, sum + 13,
               sum + 17, sum + 20);
}

static bool write_anthology(struct import *import)
{
    const char *path = "anthology.yaml", *title = series_name(import->series);
    struct buf out = {0};
    bool good;

    if (file_exists(in_folder(import, path))) {
        if (import->common.len > 0 && !file_exists(in_folder(import, COMMON)))
            diag(DIAG_NOTE, (struct place){ in_folder(import, path), 0, 0 }, "front",
                 "to print the common introduction, add front/introduction.md to `front`");
        return true;
    }
    if (title == NULL)
        title = series_title(import->series);
    if (title == NULL)
        title = import->portraits == 1 ? import->title : "Portraits";
    yaml_write_pair(&out, 0, "title", title);
    yaml_write_pair(&out, 0, "slug", slug_new(import->arena, title));
    yaml_write_pair(&out, 0, "language", import->language);
    put_work(import, &out);
    if (!import->dated)
        buf_puts(&out, "# The date of the book is that of its newest portrait, or of its newest\n"
                       "# edition (edition new --date). No source told one: write \"date: YYYY-MM-DD\"\n"
                       "# into the front matter of a portrait.\n");
    if (import->common.len > 0)
        buf_puts(&out, "front: [front/introduction.md]\n");
    good = import->options->dry_run ||
           publish_bytes(in_folder(import, path), buf_text(&out), out.len);
    buf_free(&out);
    return good;
}

/* The language of the anthology that is there, else of the sources. */
static bool find_language(struct import *import)
{
    const char *path = in_folder(import, "anthology.yaml");
    const struct yaml *anthology;

    if (file_exists(path)) {
        anthology = yaml_load(import->arena, path);
        if (anthology == NULL || !yaml_string(anthology, "language", &import->language))
            return false;
    }
    if (import->language == NULL)
        import->language = series_language(import->series);
    return true;
}

/* ---- The whole ----------------------------------------------------------------------- */

/* The introduction that earlier imports found common is known from the start,
 * so that a portrait that comes later is read as the first ones were. */
static bool know_common(struct import *import)
{
    const char *path = in_folder(import, COMMON);
    struct article *article;
    size_t bytes;
    char *text;

    if (!file_exists(path))
        return true;
    text = file_read_text(import->arena, path, &bytes);
    if (text == NULL)
        return false;
    import->common_before = text;
    article = source_article(path, text, bytes);
    if (article == NULL)
        return false;
    find_prepare(article);
    for (size_t i = 0; i < article->blocks.count; i++)
        if (article->blocks.item[i].words > 3) {
            series_know(import->series, &article->blocks.item[i]);
            g_hash_table_add(import->common_seen, g_strdup(article->blocks.item[i].fold));
        }
    article_free(article);
    return true;
}

static bool load(struct import *import)
{
    const char *list = in_folder(import, "reading-list.yaml");

    import->store = store_load(import->options->folder, import->options->dry_run);
    return import->store != NULL && know_common(import) &&
           (!file_exists(list) || readings_load(import->readings, list));
}

static bool finish(struct import *import)
{
    struct buf line = {0};
    bool good = true;

    report_summary(&line, &import->tally);
    if (import->options->dry_run)
        fputs(buf_text(&import->report), stdout);
    else
        good = publish_bytes(in_folder(import, "import-report.txt"), buf_text(&import->report),
                             import->report.len);
    if (import->options->dry_run)
        printf("\nwould be: ");
    fputs(buf_text(&line), stdout);
    buf_free(&line);
    return good;
}

static bool run(struct import *import)
{
    bool good;

    if (!load(import) || !learn_all(import) || !find_language(import) || !each(import, collect))
        return false;
    if (import->portraits == 0) {
        diag(DIAG_ERROR, (struct place){ import->files[0], 0, 0 }, "empty",
             "no interview was found in what was given");
        return false;
    }
    readings_settle(import->readings);
    report_start(&import->report);
    good = write_anthology(import) && write_common(import) && write_readings(import) &&
           each(import, write_one);
    progress_end();
    return store_finish(import->store) && good && finish(import);
}

bool import_files(const char *const *files, size_t count, const struct import_options *options)
{
    struct import import = {
        .files = files, .file_count = count, .options = options, .arena = arena_new(),
        .series = series_new(), .articles = spool_new(KEEP_BYTES), .readings = readings_new(),
        .common_seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
        .attachments = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free),
        .content = g_checksum_new(G_CHECKSUM_SHA256),
    };
    bool good = run(&import);

    progress_end();
    buf_free(&import.common);
    buf_free(&import.report);
    g_hash_table_destroy(import.common_seen);
    g_hash_table_destroy(import.attachments);
    g_checksum_free(import.content);
    series_free(import.series);
    spool_free(import.articles);
    readings_free(import.readings);
    store_free(import.store);
    arena_free(import.arena);
    return good;
}
