/* A pool of threads for work that splits into numbered jobs. Diagnostics come
 * out in the order of the jobs whatever the threads do, so that one thread or
 * many give the same output. */
#ifndef BASE_POOL_H
#define BASE_POOL_H

#include <stddef.h>

struct pool;

/* WORKERS threads; 0: one for each processor. */
struct pool *pool_new(int workers);
void pool_free(struct pool *pool);
int pool_workers(const struct pool *pool);

/* Calls JOB(context, index, worker) for every index below COUNT and returns
 * when all are done. WORKER is below pool_workers() and never in two calls at
 * a time, so it can choose an arena or a font map. Not from within a job. */
typedef void pool_job(void *context, size_t index, int worker);
void pool_run(struct pool *pool, size_t count, pool_job *job, void *context);

#endif
