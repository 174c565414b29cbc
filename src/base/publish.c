/* Pieces beside their place, `.NAME.PID-N.part`. The names of those that are
 * open stand in a fixed table, so that a signal handler can remove them; what a
 * process left that had no time to, the next one that writes there removes. */
#include "base/publish.h"
#include "base/arena.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/utf8.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    OPEN_PIECES = 64,
    LONGEST_NAME = 200,         /* bytes of NAME in a piece's, which has 255 at most */
    SWEPT = 16                  /* folders that are looked through for pieces */
};

struct publish {
    struct arena *arena;
    char *path, *piece;
    int file;
    int slot;
    bool failed;
    bool withheld;              /* not to appear: it only served another */
    bool of_many;               /* its folder is synced by who writes them */
};

static char pieces[OPEN_PIECES][PATH_MAX];
static volatile sig_atomic_t piece_open[OPEN_PIECES];
static volatile sig_atomic_t appearing;     /* from the first rename to the next piece */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void remove_pieces(void)
{
    for (int i = 0; i < OPEN_PIECES; i++)
        if (piece_open[i])
            unlink(pieces[i]);
}

static void end_by_fault(int signal_number)
{
    remove_pieces();
    signal(signal_number, SIG_DFL);
    raise(signal_number);
}

static void end_by_signal(int signal_number)
{
    if (!appearing)             /* else the work is done: all its files appear, or none */
        end_by_fault(signal_number);
}

/* What nohup ignores stays ignored, what a sanitizer catches stays its own. */
static void catch(int signal_number, void (*end)(int))
{
    struct sigaction action = { .sa_handler = end }, before;

    sigemptyset(&action.sa_mask);
    if (sigaction(signal_number, NULL, &before) == 0 && before.sa_handler == SIG_DFL)
        sigaction(signal_number, &action, NULL);
}

void publish_catch_signals(void)
{
    static const int signals[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE, SIGXCPU };
    /* By a trap GLib ends when there is no memory, by the others libraries do. */
    static const int faults[] = { SIGABRT, SIGTRAP, SIGSEGV, SIGBUS, SIGILL, SIGFPE };

    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
        catch(signals[i], end_by_signal);
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++)
        catch(faults[i], end_by_fault);
    atexit(remove_pieces);      /* out of memory ends by exit() */
    signal(SIGXFSZ, SIG_IGN);   /* write() then fails with EFBIG, which is told */
}

static struct place place_of(const struct publish *publish)
{
    return (struct place){ publish->path, 0, 0 };
}

static void fail(struct publish *publish, const char *doing)
{
    if (!publish->failed)
        diag_errno(place_of(publish), "unwritable", doing);
    publish->failed = true;
}

/* Takes a free slot of the table for the piece's name; -1 when none is. */
static int take_slot(const char *piece)
{
    int slot = -1;

    pthread_mutex_lock(&lock);
    for (int i = 0; slot < 0 && i < OPEN_PIECES; i++) {
        if (!piece_open[i] && strlen(piece) < sizeof pieces[i]) {
            strcpy(pieces[i], piece);
            piece_open[i] = 1;
            slot = i;
        }
    }
    pthread_mutex_unlock(&lock);
    return slot;
}

/* ---- What a killed process left ------------------------------------------------- */

/* The process that the piece NAME was of; 0 when it is no piece. */
static long owner_of(const char *name)
{
    const char *tail = strrchr(name, '.');
    unsigned number;
    long owner;
    int length = 0;

    if (name[0] != '.' || tail == name || strcmp(tail, ".part") != 0)
        return 0;
    do {
        tail--;
    } while (tail > name && *tail != '.');
    if (tail == name || sscanf(tail, ".%ld-%u.part%n", &owner, &number, &length) != 2)
        return 0;
    return length > 0 && tail[length] == '\0' && owner > 0 ? owner : 0;
}

static void sweep(struct arena *arena, const char *folder)
{
    DIR *open_folder = opendir(folder);
    const struct dirent *entry;

    while (open_folder != NULL && (entry = readdir(open_folder)) != NULL) {
        long owner = owner_of(entry->d_name);

        if (owner > 0 && kill((pid_t)owner, 0) < 0 && errno == ESRCH)
            unlink(path_join(arena, folder, entry->d_name));
    }
    if (open_folder != NULL)
        closedir(open_folder);
}

/* Each of the first folders once: an import writes thousands of files into one. */
static void sweep_once(struct arena *arena, const char *folder)
{
    static char *swept[SWEPT];
    size_t i = 0;

    pthread_mutex_lock(&lock);
    while (i < SWEPT && swept[i] != NULL && strcmp(swept[i], folder) != 0)
        i++;
    if (i < SWEPT && swept[i] == NULL) {
        swept[i] = memory_strdup(folder);
        sweep(arena, folder);
    }
    pthread_mutex_unlock(&lock);
}

/* ---- Writing -------------------------------------------------------------------- */

/* Does nothing, or a file, stand where PUBLISH is to appear? A device would be
 * gone with the rename. */
static bool is_replaceable(const struct publish *publish)
{
    struct stat info;

    if (stat(publish->path, &info) < 0 || S_ISREG(info.st_mode))
        return true;
    diag(DIAG_ERROR, place_of(publish), "unwritable", "%s stands where this file should be; "
         "give another name", S_ISDIR(info.st_mode) ? "a folder" : "something that is no file");
    return false;
}

/* Where the content of PATH grows; NAME is cut between its letters. */
static char *name_of_piece(struct arena *arena, const char *folder, const char *name)
{
    static unsigned count;
    size_t length = strlen(name);
    unsigned number;

    pthread_mutex_lock(&lock);
    number = count++;
    pthread_mutex_unlock(&lock);
    if (length > LONGEST_NAME)
        length = utf8_cut(name, LONGEST_NAME);
    return arena_printf(arena, "%s/.%.*s.%ld-%u.part", folder, (int)length, name,
                        (long)getpid(), number);
}

struct publish *publish_new(const char *path)
{
    struct arena *arena = arena_new();
    struct publish *publish = ARENA_NEW(arena, struct publish);
    char *folder = path_folder(arena, path);

    appearing = 0;
    *publish = (struct publish){ .arena = arena, .path = arena_strdup(arena, path), .file = -1 };
    publish->piece = name_of_piece(arena, folder, path_name(path));
    publish->slot = take_slot(publish->piece);
    if (!folder_make(folder) || !is_replaceable(publish)) {
        publish->failed = true;
        return publish;
    }
    sweep_once(arena, folder);
    publish->file = open(publish->piece, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (publish->file < 0)
        fail(publish, "write here");
    return publish;
}

void publish_write(struct publish *publish, const void *bytes, size_t count)
{
    if (!publish->failed && !file_write_bytes(publish->file, bytes, count))
        fail(publish, "write this file");
}

const char *publish_path(const struct publish *publish)
{
    return publish->piece;
}

const char *publish_target(const struct publish *publish)
{
    return publish->path;
}

void publish_fail(struct publish *publish)
{
    publish->failed = true;
}

bool publish_has_failed(const struct publish *publish)
{
    return publish->failed;
}

void publish_withhold(struct publish *publish)
{
    publish->withheld = true;
}

static void settle(struct publish *publish)
{
    if (publish->failed)
        return;
    if (fsync(publish->file) < 0)
        fail(publish, "finish this file");
    if (close(publish->file) < 0)
        fail(publish, "finish this file");
    publish->file = -1;
}

void publish_sync_folder(const char *folder)
{
    int file = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (file < 0)
        return;
    fsync(file);
    close(file);
}

static void drop(struct publish *publish)
{
    if (publish == NULL)
        return;
    if (publish->file >= 0)
        close(publish->file);
    unlink(publish->piece);
    if (publish->slot >= 0)
        piece_open[publish->slot] = 0;
    arena_free(publish->arena);
}

bool publish_commit_all(struct publish **list, size_t count)
{
    bool sound = true;

    for (size_t i = 0; i < count; i++) {
        if (list[i] == NULL)
            continue;
        settle(list[i]);
        sound = sound && !list[i]->failed;
    }
    appearing = sound;
    for (size_t i = 0; sound && i < count; i++)
        if (list[i] != NULL && !list[i]->withheld
            && rename(list[i]->piece, list[i]->path) < 0) {
            fail(list[i], "put this file in its place");
            sound = false;
        }
    for (size_t i = 0; i < count; i++) {
        if (list[i] != NULL && sound && !list[i]->of_many)
            publish_sync_folder(path_folder(list[i]->arena, list[i]->path));
        drop(list[i]);
    }
    return sound;
}

bool publish_commit(struct publish *publish)
{
    return publish_commit_all(&publish, 1);
}

static bool publish_whole(const char *path, const void *bytes, size_t count, bool of_many)
{
    struct publish *publish = publish_new(path);

    publish->of_many = of_many;
    publish_write(publish, bytes, count);
    return publish_commit(publish);
}

bool publish_bytes(const char *path, const void *bytes, size_t count)
{
    return publish_whole(path, bytes, count, false);
}

bool publish_one_of_many(const char *path, const void *bytes, size_t count)
{
    return publish_whole(path, bytes, count, true);
}
