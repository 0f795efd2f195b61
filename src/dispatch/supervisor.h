/* supervisor.h: what the supervisor's files share. One loop, one thread but the index's. */
#ifndef BOTTEGA_DISPATCH_SUPERVISOR_H
#define BOTTEGA_DISPATCH_SUPERVISOR_H

#include "dispatch/control.h"
#include "dispatch/files.h"
#include "dispatch/guard.h"
#include "dispatch/indexer.h"
#include "dispatch/pool.h"
#include "dispatch/queue.h"

enum supervisor_state { SUP_RUNNING, SUP_PAUSED, SUP_CANCELLED, SUP_DONE };

/* A state file that the disk refused; written as soon as it takes it. */
struct unsaved {
    struct unsaved *next;
    size_t n;
    json_t *doc;
};

struct supervisor {
    const struct workspace *ws;
    struct batch batch;
    struct strv worker_argv;
    uv_loop_t loop;
    uv_timer_t tick;
    uv_signal_t signals[3];
    struct queue queue;
    struct pool pool;
    struct control control;
    struct guard guard;
    int64_t room_at; /* clock_ms: old images are not looked at before */
    struct indexer *indexer;
    struct unsaved *unsaved;
    enum supervisor_state state;
    int64_t jobs;
    char *why; /* what holds it back or ended it; NULL */
    int lock_fd;
    int failed_starts;   /* workers that died before they were ready, in a row */
    int64_t start_after; /* clock_ms: no worker is started before */
    bool changed;        /* watchers have not seen the latest counts */
    bool ending;         /* control is closed, workers are gone */
    int64_t written_at;  /* clock_ms of supervisor.json */
};

void supervisor_status(struct supervisor *s, struct batch_status *out); /* batch_status_release */
/* Gives out work, or, when none is left or the batch is cancelled, brings it to its end. */
void supervisor_step(struct supervisor *s);
/* Something changed that people wait for: a step, then supervisor.json and the watchers. */
void supervisor_changed(struct supervisor *s);
void supervisor_set_why(struct supervisor *s, const char *why);
void supervisor_cancel(struct supervisor *s, const char *why);
/* A dated line on stderr, which is supervisor.log. */
void supervisor_log(const char *fmt, ...) PRINTF(1, 2);
void supervisor_save(struct supervisor *s, size_t n, json_t *doc); /* steals `doc` */

/* orders.c */
void supervisor_command(void *payload, struct control_client *c, const json_t *doc);

/* assign.c */
void items_give_out(struct supervisor *s);
void items_on_event(void *payload, struct worker *w, const json_t *doc);
void items_on_exit(void *payload, struct worker *w);
/* Reads what earlier supervisors left. */
WARN_UNUSED int items_load(struct supervisor *s, struct error *err);

#endif
