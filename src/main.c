/* The command line: one table of commands, each with its options, its usage
 * and its function. Exit status 0 done, 1 refused or failed, 2 wrong usage. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/publish.h"
#include "book/book.h"
#include "book/check.h"
#include "book/init.h"
#include "build.h"
#include "editions.h"
#include "import/import.h"
#include "pdf/booklet.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { DONE = 0, FAILED = 1, WRONG_USAGE = 2 };

struct command {
    const char *name;
    int (*run)(const struct command *command, int argc, char **argv);
    const char *arguments;
    const char *summary;
    const char *details;        /* options, a line each */
};

static int wrong_usage(const struct command *command, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static int wrong_usage(const struct command *command, const char *format, ...)
{
    va_list args;

    fprintf(stderr, "florilege %s: ", command->name);
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fprintf(stderr, "\nusage: florilege %s %s\n", command->name, command->arguments);
    return WRONG_USAGE;
}

static bool has_option(const struct option *options, int value)
{
    while (options->name != NULL && options->val != value)
        options++;
    return options->name != NULL;
}

/* A folder or file named "" would be that of the root. */
static bool is_any_empty(char **arguments)
{
    while (*arguments != NULL && **arguments != '\0')
        arguments++;
    return *arguments != NULL;
}

/* The next option's character; -1 at the end; '?' after telling what is wrong.
 * Commands with --output take -o too. */
static int next_option(const struct command *command, int argc, char **argv,
                       const struct option *options)
{
    int option, at = optind;

    opterr = 0;
    option = getopt_long(argc, argv, has_option(options, 'o') ? ":o:" : ":", options, NULL);
    if (option == ':')
        wrong_usage(command, "%s needs a value", argv[optind - 1]);
    else if (option == '?' && optind == at)     /* amid several letters, as -xo */
        wrong_usage(command, "unknown option -%c", optopt);
    else if (option == '?')
        wrong_usage(command, "unknown option %s", argv[optind - 1]);
    else if (option == -1 ? is_any_empty(argv + optind) : option == 'o' && *optarg == '\0')
        wrong_usage(command, "the name of a file or folder is empty");
    else
        return option;
    return '?';
}

/* A whole number from LEAST to MOST; false when TEXT is none. */
static bool read_number(const char *text, int least, int most, int *number)
{
    char *end;
    long value;

    errno = 0;
    value = strtol(text, &end, 10);
    if (errno != 0 || end == text || *end != '\0' || value < least || value > most)
        return false;
    *number = (int)value;
    return true;
}

/* ---- build --------------------------------------------------------------- */

static const struct { const char *name; enum output output; } outputs[] = {
    { "epub", OUTPUT_EPUB }, { "pdf", OUTPUT_PDF }, { "print", OUTPUT_PRINT },
    { "booklet", OUTPUT_BOOKLET }, { "cover", OUTPUT_COVER }, { "flatplan", OUTPUT_FLATPLAN },
};

/* "epub,pdf" as a set; 0 when a name is unknown, which *BAD then points at. */
static unsigned read_outputs(const char *list, const char **bad)
{
    unsigned set = 0;

    while (*list != '\0') {
        size_t length = strcspn(list, ","), i, count = sizeof outputs / sizeof *outputs;

        for (i = 0; i < count; i++)
            if (strlen(outputs[i].name) == length && strncmp(list, outputs[i].name, length) == 0)
                break;
        *bad = list;
        if (i == count)
            return 0;
        set |= outputs[i].output;
        list += length + (list[length] == ',');
    }
    return set;
}

/* One option of build into OPTIONS; false after telling what is wrong. */
static bool take_build_option(const struct command *command, int option,
                              struct build_options *options)
{
    const char *bad = "";

    switch (option) {
    case 'o': options->folder = optarg; return true;
    case 's': options->style = optarg; return true;
    case 'S': options->strict = true; return true;
    case 'c': options->cover = true; return true;
    case 'n': options->cache = false; return true;
    case 't': options->timings = true; return true;
    case 'O':
        options->outputs = read_outputs(optarg, &bad);
        if (options->outputs != 0)
            return true;
        wrong_usage(command, "--only knows no “%.*s”; it knows epub, pdf, print, booklet, "
                    "cover, flatplan", (int)strcspn(bad, ","), bad);
        return false;
    case 'e':
        if (read_number(optarg, 1, INT_MAX, &options->edition))
            return true;
        wrong_usage(command, "--edition is a number from 1");
        return false;
    case 'j':
        if (read_number(optarg, 1, 64, &options->jobs))
            return true;
        wrong_usage(command, "--jobs is a number from 1 to 64");
        return false;
    default:
        return false;
    }
}

static int run_build(const struct command *command, int argc, char **argv)
{
    static const struct option long_options[] = {
        { "only", required_argument, NULL, 'O' }, { "style", required_argument, NULL, 's' },
        { "edition", required_argument, NULL, 'e' }, { "jobs", required_argument, NULL, 'j' },
        { "cover", no_argument, NULL, 'c' }, { "no-cache", no_argument, NULL, 'n' },
        { "strict", no_argument, NULL, 'S' }, { "timings", no_argument, NULL, 't' },
        { "output", required_argument, NULL, 'o' }, { NULL, 0, NULL, 0 },
    };
    struct build_options options = { .content = "content", .folder = "build/book",
                                     .outputs = OUTPUT_EPUB | OUTPUT_PDF, .cache = true };
    int option;

    while ((option = next_option(command, argc, argv, long_options)) != -1)
        if (!take_build_option(command, option, &options))
            return WRONG_USAGE;
    if (options.cover && (options.outputs & OUTPUT_BOOKLET) == 0)
        return wrong_usage(command, "--cover is that of a booklet: --only booklet --cover; the "
                           "cover alone is --only cover");
    if (argc - optind > 1)
        return wrong_usage(command, "one folder of content at a time");
    if (optind < argc)
        options.content = argv[optind];
    return build(&options) ? DONE : FAILED;
}

/* ---- import -------------------------------------------------------------- */

static int run_import(const struct command *command, int argc, char **argv)
{
    static const struct option long_options[] = {
        { "dry-run", no_argument, NULL, 'n' }, { "drafts", no_argument, NULL, 'd' },
        { "output", required_argument, NULL, 'o' }, { NULL, 0, NULL, 0 },
    };
    struct import_options options = { .folder = "content" };
    int option;

    while ((option = next_option(command, argc, argv, long_options)) != -1) {
        switch (option) {
        case 'o': options.folder = optarg; break;
        case 'n': options.dry_run = true; break;
        case 'd': options.drafts = true; break;
        default: return WRONG_USAGE;
        }
    }
    if (optind == argc)
        return wrong_usage(command, "name at least one source");
    return import_files((const char *const *)argv + optind, (size_t)(argc - optind), &options)
        ? DONE : FAILED;
}

/* ---- edition ------------------------------------------------------------- */

static const struct edition_action {
    const char *name;
    bool (*run)(const struct edition_options *options);
    const char *takes;          /* its options */
} edition_actions[] = {
    { "status", editions_status, "" }, { "diff", editions_diff, "ft" },
    { "new", editions_new, "depn" }, { "reprint", editions_reprint, "dn" },
};

static const struct edition_action *find_action(const char *name)
{
    for (size_t i = 0; i < sizeof edition_actions / sizeof *edition_actions; i++)
        if (strcmp(edition_actions[i].name, name) == 0)
            return &edition_actions[i];
    return NULL;
}

/* The first option GIVEN that ACTION has no use for; NULL when there is none. */
static const char *idle_option(const struct edition_action *action, const char *given,
                               const struct option *options)
{
    given += strspn(given, action->takes);
    while (*given != '\0' && options->val != *given)
        options++;
    return *given == '\0' ? NULL : options->name;
}

static bool take_edition_option(const struct command *command, int option,
                                struct edition_options *options)
{
    switch (option) {
    case 'd': options->date = optarg; return true;
    case 'e': options->isbn_epub = optarg; return true;
    case 'p': options->isbn_print = optarg; return true;
    case 'n': options->note = optarg; return true;
    case 'f':
    case 't':
        if (read_number(optarg, 1, INT_MAX, option == 'f' ? &options->from : &options->to))
            return true;
        wrong_usage(command, "--from and --to take the number of an edition");
        return false;
    default:
        return false;
    }
}

static int run_edition(const struct command *command, int argc, char **argv)
{
    static const struct option long_options[] = {
        { "date", required_argument, NULL, 'd' }, { "isbn-epub", required_argument, NULL, 'e' },
        { "isbn-print", required_argument, NULL, 'p' }, { "note", required_argument, NULL, 'n' },
        { "from", required_argument, NULL, 'f' }, { "to", required_argument, NULL, 't' },
        { NULL, 0, NULL, 0 },
    };
    struct edition_options options = { .content = "content" };
    const struct edition_action *action;
    char given[sizeof long_options / sizeof *long_options] = "";
    int option;

    while ((option = next_option(command, argc, argv, long_options)) != -1) {
        if (!take_edition_option(command, option, &options))
            return WRONG_USAGE;
        if (strchr(given, option) == NULL)
            given[strlen(given)] = (char)option;
    }
    if (optind == argc)
        return wrong_usage(command, "say status, diff, new or reprint");
    action = find_action(argv[optind]);
    if (action == NULL)
        return wrong_usage(command, "“%s” is none of status, diff, new, reprint", argv[optind]);
    if (idle_option(action, given, long_options) != NULL)
        return wrong_usage(command, "%s takes no --%s", action->name,
                           idle_option(action, given, long_options));
    if (argc - optind > 2)
        return wrong_usage(command, "one folder of content at a time");
    if (argc - optind == 2)
        options.content = argv[optind + 1];
    return action->run(&options) ? DONE : FAILED;
}

/* ---- booklet ------------------------------------------------------------- */

/* A length in millimetres; the program sets no locale, so with a point. */
static bool read_length(const char *text, double *length)
{
    char *end;

    *length = strtod(text, &end);
    return end != text && *end == '\0' && *length >= 0 && *length < 1000;
}

static bool is_same_file(const char *one, const char *two)
{
    return path_within(one, two) && path_within(two, one);
}

static bool take_booklet_option(const struct command *command, int option,
                                struct booklet_options *options)
{
    switch (option) {
    case 'p': options->paper = optarg; return true;
    case 'm': options->marks = true; return true;
    case 's': options->scale = true; return true;
    case 'b': options->back_cover = true; return true;
    case 'C': options->cover = optarg; return true;
    case 'n':
        if (read_number(optarg, 1, 1000, &options->sheets))
            return true;
        wrong_usage(command, "--sheets is a number from 1");
        return false;
    case 'c':
        if (read_length(optarg, &options->creep))
            return true;
        wrong_usage(command, "--creep is the thickness of a sheet in millimetres, as 0.1");
        return false;
    default:
        return false;
    }
}

static int run_booklet(const struct command *command, int argc, char **argv)
{
    static const struct option long_options[] = {
        { "paper", required_argument, NULL, 'p' }, { "sheets", required_argument, NULL, 'n' },
        { "creep", required_argument, NULL, 'c' }, { "marks", no_argument, NULL, 'm' },
        { "scale", no_argument, NULL, 's' }, { "back-cover", no_argument, NULL, 'b' },
        { "cover", required_argument, NULL, 'C' },
        { NULL, 0, NULL, 0 },
    };
    struct booklet_options options = { .paper = NULL };
    struct publish *piece;
    const char *refusal;
    int option;

    while ((option = next_option(command, argc, argv, long_options)) != -1)
        if (!take_booklet_option(command, option, &options))
            return WRONG_USAGE;
    refusal = booklet_refuses(&options);
    if (refusal != NULL)
        return wrong_usage(command, "--%s", refusal);
    if (argc - optind != 2)
        return wrong_usage(command, "name the PDF to read and the one to write");
    if (is_same_file(argv[optind], argv[optind + 1])
        || (options.cover != NULL && is_same_file(options.cover, argv[optind + 1])))
        return wrong_usage(command, "the booklet cannot take the place of its source");
    piece = publish_new(argv[optind + 1]);
    if (!publish_has_failed(piece) && !booklet_write(piece, argv[optind], &options))
        publish_fail(piece);
    return publish_commit(piece) ? DONE : FAILED;
}

/* ---- check --------------------------------------------------------------- */

static int run_check(const struct command *command, int argc, char **argv)
{
    static const struct option long_options[] = {
        { "format", required_argument, NULL, 'f' }, { "strict", no_argument, NULL, 'S' },
        { NULL, 0, NULL, 0 },
    };
    struct check_options options = { .content = "content" };
    struct arena *arena;
    struct buf report = {0};
    bool sound;
    int option;

    while ((option = next_option(command, argc, argv, long_options)) != -1) {
        if (option == 'S')
            options.strict = true;
        else if (option != 'f')
            return WRONG_USAGE;
        else if (strcmp(optarg, "json") != 0 && strcmp(optarg, "text") != 0)
            return wrong_usage(command, "--format is text or json, not %s", optarg);
        else
            options.json = strcmp(optarg, "json") == 0;
    }
    if (argc - optind > 1)
        return wrong_usage(command, "one folder of content at a time");
    if (optind < argc)
        options.content = argv[optind];
    arena = arena_new();
    options.data = file_data_folder(arena);
    sound = options.data != NULL && check_content(&options, &report);
    fputs(buf_text(&report), stdout);
    buf_free(&report);
    arena_free(arena);
    return sound ? DONE : FAILED;
}

/* ---- init ---------------------------------------------------------------- */

static int run_init(const struct command *command, int argc, char **argv)
{
    static const struct option long_options[] = { { NULL, 0, NULL, 0 } };
    struct arena *arena;

    if (next_option(command, argc, argv, long_options) != -1)
        return WRONG_USAGE;
    if (argc - optind != 1)
        return wrong_usage(command, "name one folder");
    if (!init_folder(argv[optind]))
        return FAILED;
    arena = arena_new();
    printf("%s holds a small anthology; now: florilege build %s\n", argv[optind],
           path_for_shell(arena, argv[optind]));
    arena_free(arena);
    return DONE;
}

/* ---- help ---------------------------------------------------------------- */

static int run_help(const struct command *command, int argc, char **argv);

static const struct command commands[] = {
    { "build", run_build,
      "[-o DIR] [--only LIST] [--style NAME] [--edition N] [--cover] [--jobs N]"
      " [--no-cache] [--strict] [--timings] [CONTENT]",
      "make the books",
      "  -o DIR          where the books go (build/book)\n"
      "  --only LIST     of epub, pdf, print, booklet, cover, flatplan (epub,pdf)\n"
      "  --style NAME    a style, or the path of one, instead of the anthology's\n"
      "  --edition N     the N-th edition again, if the content still is that edition's\n"
      "  --cover         the outer sheet of the booklet is a cover\n"
      "  --jobs N        threads (one for each processor)\n"
      "  --no-cache      keep no pictures made ready, and take none kept before\n"
      "  --strict        warnings refuse the build\n"
      "  --timings       tell the seconds of each stage\n"
      "  CONTENT         the anthology's folder (content)\n" },
    { "import", run_import, "[-o CONTENT] [--dry-run] [--drafts] FILE…",
      "turn sources into portraits",
      "  -o CONTENT      the anthology's folder, made when missing (content)\n"
      "  --dry-run       tell what would be written, and write nothing\n"
      "  --drafts        unpublished posts of an export too\n"
      "  FILE            text, HTML, Markdown, a blog’s export or feed, a zip or a folder\n" },
    { "check", run_check, "[--format text|json] [--strict] [CONTENT]",
      "tell what would look wrong in the book",
      "  --format FORM   text, a line each on stderr, or json, on stdout (text)\n"
      "  --strict        warnings count as errors\n"
      "  CONTENT         the anthology's folder (content)\n"
      "\n`florilege help rules` explains every rule.\n" },
    { "edition", run_edition,
      "status|diff|new|reprint [--date YYYY-MM-DD] [--isbn-epub ISBN] [--isbn-print ISBN]"
      " [--note TEXT] [--from N] [--to N] [CONTENT]",
      "close an edition, tell what changed since",
      "  status          what changed since the last edition, and what it calls for\n"
      "  diff            the same between two editions, and which pages moved\n"
      "  new             close the present state as the next edition\n"
      "  reprint         record a further printing of the last edition\n"
      "  --date DATE     of the edition or printing (SOURCE_DATE_EPOCH's, else today)\n"
      "  --isbn-epub ISBN   of the edition's e-book\n"
      "  --isbn-print ISBN  of its printed book\n"
      "  --note TEXT     for the edition history\n"
      "  --from N        diff: the edition to compare (the last)\n"
      "  --to N          diff: with which (the present state)\n"
      "  CONTENT         the anthology's folder (content)\n" },
    { "booklet", run_booklet,
      "[--paper a4|letter|a3] [--sheets N] [--creep MM] [--marks] [--scale] [--back-cover]"
      " [--cover COVER.pdf] IN.pdf OUT.pdf",
      "impose a PDF on sheets to fold and staple",
      "  --paper NAME    a4, letter or a3 (a4)\n"
      "  --sheets N      sheets in a signature (all in one)\n"
      "  --creep MM      thickness of a sheet: inner pages move towards the spine\n"
      "  --marks         fold and crop marks\n"
      "  --scale         bring the pages to the size of the paper\n"
      "  --back-cover    the last page stays last, blank ones come before it\n"
      "  --cover PDF     a sheet around all: its first page in front, its second behind\n" },
    { "init", run_init, "DIR", "make a small anthology to start from", "" },
    { "help", run_help, "[COMMAND|rules]", "explain a command, or the rules that messages name", "" },
};

enum { COMMANDS = sizeof commands / sizeof *commands };

static const struct command *find_command(const char *name)
{
    for (size_t i = 0; i < COMMANDS; i++)
        if (strcmp(commands[i].name, name) == 0)
            return &commands[i];
    return NULL;
}

static void print_commands(FILE *out)
{
    fputs("florilege publishes anthologies of interview portraits.\n\n"
          "usage: florilege COMMAND [OPTION…] [ARGUMENT…]\n\n", out);
    for (size_t i = 0; i < COMMANDS; i++)
        fprintf(out, "  %-9s %s\n", commands[i].name, commands[i].summary);
    fputs("\n`florilege help COMMAND` tells more, florilege(1) all.\n", out);
}

static int run_help(const struct command *command, int argc, char **argv)
{
    const struct command *asked;

    if (argc == 1) {
        print_commands(stdout);
        return DONE;
    }
    if (strcmp(argv[1], "rules") == 0) {
        struct buf rules = {0};

        check_rules_print(&rules);
        fputs(buf_text(&rules), stdout);
        buf_free(&rules);
        return DONE;
    }
    asked = find_command(argv[1]);
    if (asked == NULL)
        return wrong_usage(command, "no command “%s”", argv[1]);
    printf("florilege %s: %s\n\nusage: florilege %s %s\n", asked->name, asked->summary,
           asked->name, asked->arguments);
    if (asked->details[0] != '\0')
        printf("\n%s", asked->details);
    return DONE;
}

/* The command that ARGV names, or what stands for one. */
static int run(int argc, char **argv)
{
    const struct command *command;

    if (argc < 2) {
        print_commands(stderr);
        return WRONG_USAGE;
    }
    if (strcmp(argv[1], "--version") == 0) {
        puts("florilege " FLORILEGE_VERSION);
        return DONE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
        print_commands(stdout);
        return DONE;
    }
    command = find_command(argv[1]);
    if (command == NULL) {
        fprintf(stderr, "florilege: no command “%s”\n", argv[1]);
        print_commands(stderr);
        return WRONG_USAGE;
    }
    for (int i = 2; i < argc && strcmp(argv[i], "--") != 0; i++)
        if (strcmp(argv[i], "--help") == 0)
            return run_help(command, 2, argv);
    optind = 1;
    return command->run(command, argc - 1, argv + 1);
}

/* Else a file of ours would take the number of a standard stream that is closed,
 * and the messages to that stream. What is written to one still fails. */
static void occupy_standard_streams(void)
{
    int file;

    do {
        file = open("/dev/null", O_RDONLY);
    } while (file >= 0 && file <= STDERR_FILENO);
    if (file >= 0)
        close(file);
}

int main(int argc, char **argv)
{
    int status;

    occupy_standard_streams();
    publish_catch_signals();
    status = run(argc, argv);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        diag_errno((struct place){ NULL, 0, 0 }, "unwritable", "write to the standard output");
        status = FAILED;
    }
    return status;
}
