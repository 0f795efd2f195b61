/* loop.h: the one libuv loop of the screen, its idle counter, and its timers and watches.
 *
 * The idle counter is raised *before* anything starts that will come back (a lane's job, a
 * counted timer, a child) and lowered after its result was taken in. Zero means that nothing is
 * in flight: tests and scripts wait for it, and a safe quit looks at it.
 * Everything here runs on the loop's thread; only lane.c has other threads.
 */
#ifndef BOTTEGA_UI_LOOP_H
#define BOTTEGA_UI_LOOP_H

#include "base/base.h"

#include <uv.h>

struct lanes;

struct loop {
    uv_loop_t uv;
    int busy; /* the idle counter */
    struct lanes *lanes;
};

void loop_init(struct loop *l);
/* Runs what is left to close; everything that was made on it must have been freed. */
void loop_release(struct loop *l);

void loop_begin(struct loop *l);
void loop_end(struct loop *l);
bool loop_idle(const struct loop *l);

/* One turn: sleeps until something happens (`wait`), or only takes what is there. */
void loop_turn(struct loop *l, bool wait);

typedef void (*loop_fn)(void *payload);

/* A timer that fires once per start. Counted: in flight while it runs. */
struct timer;
struct timer *timer_new(struct loop *l, bool counted, loop_fn fn, void *payload);
void timer_start(struct timer *t, int64_t ms);  /* again: from now on */
void timer_repeat(struct timer *t, int64_t ms); /* until stopped; never counted */
void timer_stop(struct timer *t);
void timer_free(struct timer *t); /* NULL is no error */

/* Calls `fn` with the name of what changed in a folder (or the file itself); bursts come one by
 * one. NULL when the path cannot be watched. */
typedef void (*watch_fn)(void *payload, const char *name);
struct watch;
struct watch *watch_new(struct loop *l, const char *path, watch_fn fn, void *payload);
void watch_free(struct watch *w);

#endif
