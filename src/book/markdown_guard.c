/* What would make cmark-gfm take minutes or gigabytes is seen before it is
 * called, by counts of one pass over the source. Where an extension alone is at
 * fault it is switched off with a warning, and its marks stay as text; else the
 * text is refused. No text that a person wrote comes near these bounds. */
#include "book/markdown.h"

#include <glib.h>
#include <limits.h>
#include <string.h>

enum {
    MOST_LINES = 250 * 1000,
    MOST_MARKS = 1000 * 1000,           /* signs that may begin a mark: a node each */
    MOST_PAIRS = 50 * 1000 * 1000,      /* sum of squares, a paragraph each */
    MOST_COLUMNS = 100,
    MOST_BARS = 1000,                   /* in a line of a table */
    MOST_CELLS = 200 * 1000,
    MOST_EXPANSION = 64 << 20,          /* bytes of addresses, once a use */
    MOST_WORD = 2 << 20                 /* bytes without a space, of any script */
};

/* The counts of a document; those of `run` are of lines without an empty one
 * between them, which no paragraph exceeds. */
struct counts {
    size_t lines, marks, brackets, longest_reference, longest_word, deepest;
    struct { size_t brackets, hosts, columns; } run;
    double bracket_pairs, host_pairs, cells;
    bool has_table, wide;
    int bracket_line;           /* where the brackets became too many, */
    int word_line;              /* and a word too long */
};

static bool is_blank(const char *line, const char *end)
{
    while (line < end && (*line == ' ' || *line == '\t'))
        line++;
    return line == end;
}

/* The columns of a line that may be the second of a table, else 0. */
static size_t delimiter_columns(const char *line, const char *end)
{
    size_t bars = 0;

    for (; line < end; line++) {
        if (strchr("|:- \t\v\f>", *line) == NULL)
            return 0;
        bars += *line == '|';
    }
    return bars == 0 ? 0 : bars + 1;
}

static size_t count_bars(const char *line, const char *end)
{
    size_t bars = 0;

    while (line < end && (line = memchr(line, '|', (size_t)(end - line))) != NULL) {
        bars++;
        line++;
    }
    return bars;
}

/* "[label]: address", by its length. */
static size_t reference_length(const char *line, const char *end)
{
    while (line < end && (*line == ' ' || *line == '>'))
        line++;
    return line < end && *line == '[' ? (size_t)(end - line) : 0;
}

/* How many lists and quotations may be open where this line begins one, by its
 * marks and what it is indented; 0 when it begins none. */
static size_t count_containers(const char *line, const char *end)
{
    size_t marks = 0, columns = 0;

    while (line < end) {
        const char *mark = line;

        if (*line == ' ' || *line == '\t') {
            columns += *line++ == '\t' ? 4 : 1;
            continue;
        }
        while (line < end && g_ascii_isdigit(*line))
            line++;
        if (line == end || strchr(line == mark ? "-+*>" : ".)", *line) == NULL
            || (*line != '>' && line + 1 < end && line[1] != ' ' && line[1] != '\t'))
            break;
        line++;
        marks++;
    }
    return marks == 0 ? 0 : marks + columns / 2;
}

static void count_signs(struct counts *counts, const char *line, const char *end)
{
    static const bool is_mark[UCHAR_MAX + 1] = {
        ['*'] = true, ['_'] = true, ['`'] = true, ['['] = true, [']'] = true, ['!'] = true,
        ['<'] = true, ['&'] = true, ['\\'] = true, ['~'] = true,
    };

    for (const char *c = line; c < end; c++) {
        counts->marks += is_mark[(unsigned char)*c];
        if (*c == '[')
            counts->run.brackets++;
        else if (*c == '@' || (*c == '.' && c - line >= 3 && memcmp(c - 3, "www", 3) == 0)
                 || (*c == '/' && c > line && c[-1] == ':'))
            counts->run.hosts++;
    }
}

/* The most bytes without a space between them. */
static size_t longest_word(const char *line, const char *end)
{
    size_t longest = 0;

    while (line < end) {
        const char *space = memchr(line, ' ', (size_t)(end - line));
        const char *word_end = space != NULL ? space : end;

        if ((size_t)(word_end - line) > longest)
            longest = (size_t)(word_end - line);
        line = word_end + 1;
    }
    return longest;
}

static void end_run(struct counts *counts, int line)
{
    double brackets = (double)counts->run.brackets, hosts = (double)counts->run.hosts;

    counts->bracket_pairs += brackets * brackets;
    counts->host_pairs += hosts * hosts;
    counts->brackets += counts->run.brackets;
    if (counts->bracket_pairs > MOST_PAIRS && counts->bracket_line == 0)
        counts->bracket_line = line;
    memset(&counts->run, 0, sizeof counts->run);
}

static void count_line(struct counts *counts, const char *line, const char *end, int first)
{
    size_t columns = delimiter_columns(line, end), reference = reference_length(line, end);
    size_t containers = count_containers(line, end), word = longest_word(line, end);

    counts->lines++;
    if (is_blank(line, end)) {
        end_run(counts, first + (int)counts->lines - 1);
        return;
    }
    count_signs(counts, line, end);
    if (columns > counts->run.columns)
        counts->run.columns = columns;
    if (columns > MOST_COLUMNS || count_bars(line, end) > MOST_BARS)
        counts->wide = true;
    counts->has_table = counts->has_table || columns > 0;
    counts->cells += (double)counts->run.columns;
    if (reference > counts->longest_reference)
        counts->longest_reference = reference;
    if (containers > counts->deepest)
        counts->deepest = containers;
    if (word > counts->longest_word) {
        counts->longest_word = word;
        counts->word_line = first + (int)counts->lines - 1;
    }
}

static void count_all(struct counts *counts, const char *text, size_t bytes, int first)
{
    const char *end = text + bytes;

    while (text < end) {
        const char *feed = memchr(text, '\n', (size_t)(end - text));

        count_line(counts, text, feed == NULL ? end : feed, first);
        text = feed == NULL ? end : feed + 1;
    }
    end_run(counts, first + (int)counts->lines);
}

static bool refuse(struct place at, const char *what)
{
    diag(DIAG_ERROR, at, "too-large", "%s; split the text", what);
    return false;
}

/* memmem() is no POSIX. */
static bool holds(const char *text, size_t bytes, const char *word)
{
    const char *end = text + bytes;
    size_t length = strlen(word);

    while ((text = memchr(text, word[0], (size_t)(end - text))) != NULL) {
        if ((size_t)(end - text) >= length && memcmp(text, word, length) == 0)
            return true;
        text++;
    }
    return false;
}

bool markdown_guard(const struct markdown_source *source, const char *text, size_t bytes,
                    struct markdown_extensions *use)
{
    struct counts counts = {0};
    struct place at = { source->path, source->line, 0 };

    count_all(&counts, text, bytes, source->line);
    use->tables = counts.has_table && !counts.wide && counts.cells <= MOST_CELLS;
    if (counts.has_table && !use->tables)
        diag(DIAG_WARNING, at, "too-large", "tables of more than %d columns or %d cells; "
             "they are set as text", MOST_COLUMNS, MOST_CELLS);
    use->autolink = counts.host_pairs <= MOST_PAIRS;
    if (!use->autolink)
        diag(DIAG_WARNING, at, "too-large", "a paragraph of thousands of addresses; those "
             "without <> are no links");
    /* Each of its signs is a node of cmark's until it is found to be none. */
    use->autolink = use->autolink
        && (holds(text, bytes, "www.") || holds(text, bytes, "://") || holds(text, bytes, "@"));
    if (counts.lines > MOST_LINES)
        return refuse(at, "more than 250,000 lines");
    if (counts.longest_word > MOST_WORD) {
        at.line = counts.word_line;
        return refuse(at, "two million letters without a space");
    }
    if (counts.marks > MOST_MARKS)
        return refuse(at, "more than a million marks");
    /* An empty line is held against every list that is open. */
    if ((double)counts.deepest * (double)counts.lines > MOST_PAIRS)
        return refuse(at, "lists within thousands of lists");
    if (counts.bracket_line > 0) {
        at.line = counts.bracket_line;
        return refuse(at, "a paragraph that ends here has thousands of brackets");
    }
    if ((double)counts.longest_reference * (double)counts.brackets > MOST_EXPANSION)
        return refuse(at, "links by name whose addresses would fill 64 MB");
    return true;
}
