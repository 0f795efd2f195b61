/* stage.h: what a worker does with one item. */
#ifndef BOTTEGA_DISPATCH_STAGE_H
#define BOTTEGA_DISPATCH_STAGE_H

#include "dispatch/dispatch.h"

struct engine; /* container/ */

/* What a worker keeps from item to item. */
struct stage_host {
    struct engine *engine; /* NULL until a stage wants it */
};

/* One item through one stage; all borrowed. */
struct stage_job {
    const struct workspace *ws;
    const struct batch *batch; /* without ids */
    const char *instance_id;
    int64_t try;     /* 1: the first */
    const char *log; /* path of log/<n>.log; stderr stands in it already, at its end */
    struct stage_host *host;
    struct cancel *stop;
    void (*on_phase)(void *payload, int round, const char *phase);
    void *payload;
};

struct stage {
    const char *name;
    /* Fills `out`, which starts zeroed. A negative return is no verdict: E_CANCELLED leaves
     * the item as it was, anything else ends it in `error`, to be tried again. */
    int (*run)(const struct stage_job *job, struct item_result *out, struct error *err);
    /* Whether this machine has what it needs; NULL: it always has. E_MISSING, E_ENGINE. */
    int (*ready)(const struct workspace *ws, struct error *err);
    const char *help;
};

const struct stage *stage_find(const char *name); /* NULL: unknown */
void stage_host_release(struct stage_host *host);

/* stage_pipeline.c: pipeline/ on this host's container engine. */
int stage_synthesize(const struct stage_job *job, struct item_result *out, struct error *err);
int stage_verify(const struct stage_job *job, struct item_result *out, struct error *err);
int stage_has_engine(const struct workspace *ws, struct error *err);
int stage_can_synthesize(const struct workspace *ws, struct error *err);

#endif
