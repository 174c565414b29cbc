/* Diagnostics: counted, then printed, given to the sink, or held for the
 * thread that asked for it. */
#include "base/diag.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/memory.h"

#include <errno.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct held_one {
    enum severity severity;
    int line, col;
    char *path, *rule, *message;
};

struct diag_held {
    VEC(struct held_one) list;
    struct diag_held *outer;    /* the hold that this one is within */
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static size_t counts[DIAG_ERROR + 1];
static diag_sink *current_sink;
static void *sink_context;
static bool progress_shown;
static _Thread_local struct diag_held *held_here;

const char *severity_name(enum severity severity)
{
    static const char *const names[] = { "note", "warning", "error" };

    return names[severity];
}

static void clear_progress(void)
{
    if (progress_shown)
        fputs("\r\033[K", stderr);
    progress_shown = false;
}

/* What a terminal would obey becomes INSTEAD: one diagnostic is one line. */
static void disarm(char *text, char instead)
{
    for (; *text != '\0'; text++)
        if ((unsigned char)*text < ' ' || *text == 0x7F)
            *text = instead;
}

/* In one write, so that the lines of two programs on one terminal do not mix. */
static void print(void *context, const struct diagnostic *d)
{
    struct buf line = {0};

    (void)context;
    clear_progress();
    buf_puts(&line, d->at.path != NULL ? d->at.path : "florilege");
    disarm(line.data, '?');
    buf_putc(&line, ':');
    if (d->at.line > 0)
        buf_printf(&line, "%d:", d->at.line);
    if (d->at.line > 0 && d->at.col > 0)
        buf_printf(&line, "%d:", d->at.col);
    buf_printf(&line, " %s: %s [%s]\n", severity_name(d->severity), d->message, d->rule);
    fputs(line.data, stderr);
    buf_free(&line);
}

static void give(const struct diagnostic *d)
{
    pthread_mutex_lock(&lock);
    counts[d->severity]++;
    (current_sink != NULL ? current_sink : print)(sink_context, d);
    pthread_mutex_unlock(&lock);
}

static void take(const struct diagnostic *d)
{
    struct held_one *one;

    if (held_here == NULL) {
        give(d);
        return;
    }
    one = VEC_PUSH(&held_here->list);
    *one = (struct held_one){ d->severity, d->at.line, d->at.col, memory_strdup(d->at.path),
                              memory_strdup(d->rule), memory_strdup(d->message) };
}

void diag(enum severity severity, struct place at, const char *rule, const char *format, ...)
{
    va_list args;
    struct diagnostic d = { severity, at, rule, NULL };
    char *message;
    int length;

    va_start(args, format);
    length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    message = memory_new((size_t)(length < 0 ? 0 : length) + 1, 1);
    va_start(args, format);
    vsnprintf(message, (size_t)(length < 0 ? 0 : length) + 1, format, args);
    va_end(args);
    disarm(message, ' ');
    d.message = message;
    take(&d);
    free(message);
}

void diag_errno(struct place at, const char *rule, const char *doing)
{
    diag(DIAG_ERROR, at, rule, "cannot %s: %s", doing, strerror(errno));
}

size_t diag_count(enum severity severity)
{
    size_t count;

    pthread_mutex_lock(&lock);
    count = counts[severity];
    pthread_mutex_unlock(&lock);
    return count;
}

void diag_reset(void)
{
    pthread_mutex_lock(&lock);
    memset(counts, 0, sizeof counts);
    pthread_mutex_unlock(&lock);
}

void diag_set_sink(diag_sink *sink, void *context)
{
    pthread_mutex_lock(&lock);
    current_sink = sink;
    sink_context = context;
    pthread_mutex_unlock(&lock);
}

void diag_hold(void)
{
    struct diag_held *held = memory_new(1, sizeof *held);

    held->outer = held_here;
    held_here = held;
}

struct diag_held *diag_take(void)
{
    struct diag_held *held = held_here;

    held_here = held->outer;
    if (held->list.count > 0)
        return held;
    diag_drop(held);
    return NULL;
}

void diag_release(struct diag_held *held)
{
    for (size_t i = 0; held != NULL && i < held->list.count; i++) {
        const struct held_one *one = &held->list.item[i];

        take(&(struct diagnostic){ one->severity, { one->path, one->line, one->col },
                                   one->rule, one->message });
    }
    diag_drop(held);
}

void diag_drop(struct diag_held *held)
{
    if (held == NULL)
        return;
    for (size_t i = 0; i < held->list.count; i++) {
        struct held_one *one = &held->list.item[i];

        free(one->path);
        free(one->rule);
        free(one->message);
    }
    free(held->list.item);
    free(held);
}

void progress(const char *what, size_t done, size_t total)
{
    static double start, last;
    double now;

    if (!isatty(STDERR_FILENO))
        return;
    now = clock_seconds();
    pthread_mutex_lock(&lock);
    if (start == 0)
        start = now;
    if (now - start >= 1 && now - last >= 0.1) {
        fprintf(stderr, "\r\033[K%s %zu/%zu", what, done, total);
        fflush(stderr);
        progress_shown = true;
        last = now;
    }
    pthread_mutex_unlock(&lock);
}

void progress_end(void)
{
    pthread_mutex_lock(&lock);
    clear_progress();
    pthread_mutex_unlock(&lock);
}
