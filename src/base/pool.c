/* Threads that wait for a batch, take its jobs by a counter, and keep each
 * job's diagnostics until the batch is done. */
#include "base/pool.h"
#include "base/diag.h"
#include "base/memory.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

enum { MOST_WORKERS = 64 };

struct worker {
    struct pool *pool;
    pthread_t thread;
    int number;
};

struct pool {
    pthread_mutex_t lock;
    pthread_cond_t wake, done;
    struct worker worker[MOST_WORKERS];
    int workers, started;       /* the caller's thread is worker 0 */
    bool ending;
    unsigned batch;
    int busy;
    pool_job *job;
    void *context;
    size_t next, count;
    struct diag_held **held;
};

static void work(struct pool *pool, int number)
{
    pthread_mutex_lock(&pool->lock);
    while (pool->next < pool->count) {
        size_t index = pool->next++;

        pthread_mutex_unlock(&pool->lock);
        diag_hold();
        pool->job(pool->context, index, number);
        pool->held[index] = diag_take();
        pthread_mutex_lock(&pool->lock);
    }
    pthread_mutex_unlock(&pool->lock);
}

static void *run(void *context)
{
    struct worker *worker = context;
    struct pool *pool = worker->pool;
    unsigned seen = 0;

    pthread_mutex_lock(&pool->lock);
    for (;;) {
        while (!pool->ending && pool->batch == seen)
            pthread_cond_wait(&pool->wake, &pool->lock);
        if (pool->ending)
            break;
        seen = pool->batch;
        pthread_mutex_unlock(&pool->lock);
        work(pool, worker->number);
        pthread_mutex_lock(&pool->lock);
        if (--pool->busy == 0)
            pthread_cond_signal(&pool->done);
    }
    pthread_mutex_unlock(&pool->lock);
    return NULL;
}

struct pool *pool_new(int workers)
{
    struct pool *pool = memory_new(1, sizeof *pool);

    if (workers <= 0)
        workers = (int)sysconf(_SC_NPROCESSORS_ONLN);
    pool->workers = workers < 1 ? 1 : workers > MOST_WORKERS ? MOST_WORKERS : workers;
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->wake, NULL);
    pthread_cond_init(&pool->done, NULL);
    for (pool->started = 1; pool->started < pool->workers; pool->started++) {
        struct worker *worker = &pool->worker[pool->started];

        *worker = (struct worker){ .pool = pool, .number = pool->started };
        if (pthread_create(&worker->thread, NULL, run, worker) != 0)
            break;      /* fewer threads do the same work */
    }
    return pool;
}

void pool_free(struct pool *pool)
{
    if (pool == NULL)
        return;
    pthread_mutex_lock(&pool->lock);
    pool->ending = true;
    pthread_cond_broadcast(&pool->wake);
    pthread_mutex_unlock(&pool->lock);
    for (int i = 1; i < pool->started; i++)
        pthread_join(pool->worker[i].thread, NULL);
    pthread_cond_destroy(&pool->wake);
    pthread_cond_destroy(&pool->done);
    pthread_mutex_destroy(&pool->lock);
    free(pool);
}

int pool_workers(const struct pool *pool)
{
    return pool->workers;
}

void pool_run(struct pool *pool, size_t count, pool_job *job, void *context)
{
    struct diag_held **held = memory_new(count, sizeof *held);

    pthread_mutex_lock(&pool->lock);
    pool->job = job;
    pool->context = context;
    pool->next = 0;
    pool->count = count;
    pool->held = held;
    pool->busy = pool->started - 1;
    pool->batch++;
    pthread_cond_broadcast(&pool->wake);
    pthread_mutex_unlock(&pool->lock);
    work(pool, 0);
    pthread_mutex_lock(&pool->lock);
    while (pool->busy > 0)
        pthread_cond_wait(&pool->done, &pool->lock);
    pthread_mutex_unlock(&pool->lock);
    for (size_t i = 0; i < count; i++)
        diag_release(held[i]);
    free(held);
}
