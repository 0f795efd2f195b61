/* pool.h: the local engine: `bottega worker` children on the supervisor's loop.
 *
 * The pool spawns and talks; what an item is, it does not know. A worker holds the batch's
 * lock file open (descriptor 3), so that the lock is free only when the last worker is gone.
 */
#ifndef BOTTEGA_DISPATCH_POOL_H
#define BOTTEGA_DISPATCH_POOL_H

#include "dispatch/line.h"

struct pool;

struct worker {
    struct pool *pool;
    int number; /* 1 for "w1" */
    char name[16];
    int pid;
    bool ready;          /* it said so */
    bool leaving;        /* its stdin is closed: it gets no more items */
    size_t item;         /* 0: idle */
    int64_t since;       /* clock_ms when the item began */
    int64_t began;       /* UTC seconds of the same */
    int64_t stopping_at; /* clock_ms when its stdin was closed; 0: it is open */
    char *phase;         /* last one told; NULL */
    int64_t round;
    struct lines lines;
    uv_process_t child;
    uv_pipe_t in, out;
    int open_handles;
    int status, signal; /* once it exited */
    char buffer[8192];
};

struct pool_ops {
    void (*on_event)(void *payload, struct worker *w, const json_t *doc);
    /* It is gone and all it said has been heard; freed right after. */
    void (*on_exit)(void *payload, struct worker *w);
};

struct pool {
    uv_loop_t *loop;
    const struct strv *argv; /* of a worker, without its name; borrowed */
    int lock_fd;
    const struct pool_ops *ops;
    void *payload;
    struct worker **workers;
    size_t n, cap;
};

void pool_release(struct pool *p);
/* Starts one more; its first event is "ready". */
WARN_UNUSED int pool_spawn(struct pool *p, struct error *err);
void worker_send(struct worker *w, const json_t *doc);
/* No more items: it ends after the one it has. */
void worker_leave(struct worker *w);
/* … and gives that one up as well, cleanly. */
void worker_stop(struct worker *w);
void worker_kill(struct worker *w);
/* A worker without an item that takes more; NULL. */
struct worker *pool_idle(struct pool *p);
size_t pool_staying(const struct pool *p); /* not leaving */
bool pool_knows(const struct pool *p, int pid);

#endif
