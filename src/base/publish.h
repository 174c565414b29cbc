/* Files published whole: written beside their place, then fsync and rename.
 * Until commit the old file stands; after a failure or a signal no piece of the
 * new one is left. A failure is told by diag() once and sticks:
 * writers go on and ask at commit. */
#ifndef BASE_PUBLISH_H
#define BASE_PUBLISH_H

#include <stdbool.h>
#include <stddef.h>

struct publish;

/* Starts a new content for PATH, whose folder is made when missing. Never
 * NULL; a failure shows at commit. A link is replaced, not followed; a folder or
 * a device is refused. What killed processes left in the folder is removed. */
struct publish *publish_new(const char *path);
void publish_write(struct publish *publish, const void *bytes, size_t count);

/* The name of the piece being written, to read what was written so far. */
const char *publish_path(const struct publish *publish);

/* The name it will have, for messages. */
const char *publish_target(const struct publish *publish);

/* Marks the content as failed: commit will drop it. */
void publish_fail(struct publish *publish);

/* Has something failed, and been told, so that there is no use in going on? */
bool publish_has_failed(const struct publish *publish);

/* Marks the content as a means to another: commit will drop it, and fail when
 * it has failed. */
void publish_withhold(struct publish *publish);

/* fsync, then rename; frees. False when anything failed since the start. */
bool publish_commit(struct publish *publish);

/* Commits what belongs together: every piece is synced first, and none renamed
 * unless all are sound; a rename that the system then refuses leaves those before
 * it in place. Frees all; NULL entries are skipped. */
bool publish_commit_all(struct publish **list, size_t count);

/* new, write and commit in one. */
bool publish_bytes(const char *path, const void *bytes, size_t count);

/* The same for one of many files of a folder: it may still go in a power cut until
 * the folder is synced, at the end. */
bool publish_one_of_many(const char *path, const void *bytes, size_t count);
void publish_sync_folder(const char *folder);

/* Catches the signals that end a program, and those of its own faults: removes
 * the pieces and ends by the signal. What was ignored at the start (nohup) stays
 * so. Pieces still open at exit() are removed too. From the first rename of a
 * commit to the next publish_new() a signal is let pass, but for a fault: files
 * that belong together appear together. */
void publish_catch_signals(void);

#endif
