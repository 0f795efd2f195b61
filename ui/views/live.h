/* live.h: one running batch, as its supervisor tells it: counts, workers, phases. */
#ifndef BOTTEGA_UI_LIVE_H
#define BOTTEGA_UI_LIVE_H

#include "dispatch/dispatch.h"
#include "ui/loop.h"

struct app;

struct live_worker {
    char *name, *instance_id, *phase; /* owned; instance_id "" when idle */
    int64_t n, round;                 /* item of the batch */
    int64_t since;                    /* clock_ms of the phase's begin */
};

struct live {
    struct app *app;
    struct link *link;     /* of the client's callbacks */
    struct client *client; /* NULL: nobody answers */
    char *batch;
    char state[16];
    struct str why;
    int64_t jobs, total, done, running, queued;
    int64_t results[RESULTS];
    struct live_worker *workers;
    size_t n_workers;
    loop_fn changed;
    void *payload;
};

/* Asks for a batch; NULL when no supervisor of it lives. */
struct live *live_new(struct app *a, const char *batch, loop_fn changed, void *payload);
void live_free(struct live *l); /* NULL is no error */
/* Sends an order; n < 0: without a number. */
void live_order(struct live *l, const char *word, int64_t n);

#endif
