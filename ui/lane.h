/* lane.h: worker threads beside the loop.
 *
 * A lane is one thread with a queue and, on demand, its own handle of the index. Jobs of a lane
 * run one after the other; lanes run side by side, so a long search in a log never delays a
 * list. A job is made on the loop's thread, worked on by the lane, and handed back on the
 * loop's thread by `done`, always and once, cancelled or not. In between its maker must not
 * touch what `work` reads and writes.
 */
#ifndef BOTTEGA_UI_LANE_H
#define BOTTEGA_UI_LANE_H

#include "index/index.h"
#include "ui/loop.h"

/* LANE_OUTSIDE is for what may take its time: programs that are asked, a SELECT of a person. */
enum lane_id { LANE_LIST, LANE_DETAIL, LANE_FILE, LANE_OUTSIDE, LANES };

struct lane;

/* The first member of what a maker hands over. */
struct job {
    /* On the lane's thread. */
    int (*work)(struct job *job, struct lane *lane, struct error *err);
    /* On the loop's thread; frees the job. `owner` is NULL when nobody waits any more. */
    void (*done)(struct job *job, int rc, const struct error *err);
    void *owner;
    struct cancel stop;
    int rc;
    struct error err;
    struct job *next;
};

void lanes_init(struct loop *l, const struct workspace *ws);
/* Cancels what waits, waits for what runs, and ends the threads. */
void lanes_release(struct loop *l);

void lane_push(struct loop *l, enum lane_id id, struct job *job);
/* `*job` was pushed and is not wanted any more; NULL is no error. */
void job_drop(struct job **job);

/* For `work`: this lane's index, opened on the first call; E_MISSING when there is none yet. */
WARN_UNUSED int lane_index(struct lane *lane, struct index **out, struct error *err);

#endif
