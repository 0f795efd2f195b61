/* stage.h: what a worker does with one item. */
#ifndef BOTTEGA_DISPATCH_STAGE_H
#define BOTTEGA_DISPATCH_STAGE_H

#include "dispatch/dispatch.h"

/* One item through one stage; all borrowed. */
struct stage_job {
    const struct workspace *ws;
    const struct batch *batch; /* without ids */
    const char *instance_id;
    const char *log; /* path of log/<n>.log; stderr stands in it already, at its end */
    struct cancel *stop;
    void (*on_phase)(void *payload, int round, const char *phase);
    void *payload;
};

struct stage {
    const char *name;
    /* Fills `out`, which starts zeroed. A negative return is no verdict: E_CANCELLED leaves
     * the item as it was, anything else ends it in `error`, to be tried again. */
    int (*run)(const struct stage_job *job, struct item_result *out, struct error *err);
    const char *help;
};

const struct stage *stage_find(const char *name); /* NULL: unknown */

#endif
