/* overview_data.h: what the overview shows, read off the loop by three jobs: counts of the index,
 * what needs a person and what runs, and the machine. Each part shows as soon as it is there. */
#ifndef BOTTEGA_UI_OVERVIEW_DATA_H
#define BOTTEGA_UI_OVERVIEW_DATA_H

#include "index/overview.h"
#include "ui/lane.h"

struct app;

/* A batch that is not at its end. */
struct running_batch {
    char *id, *run;
    char state[16];
    int64_t done, total, jobs, failed, error;
    double per_hour; /* over the last hour at most; 0: nothing ended since */
};

struct machine {
    char *engine; /* "docker 20.10.24", or why there is none */
    bool has_engine;
    int64_t cores, memory, memory_free, disk, disk_free; /* bytes; 0 unknown */
};

struct overview_data {
    struct app *app;
    loop_fn changed;
    void *payload;
    struct job *counting, *asking, *looking;
    bool counted, asked, looked; /* which parts are there */
    struct overview counts;
    struct attention attentions[ATTENTIONS];
    struct running_batch *running;
    size_t n_running;
    struct machine machine;
    int64_t looked_at;  /* clock_ms; 0: never */
    struct str trouble; /* why there are no counts; "" when there are */
};

struct overview_data *overview_data_new(struct app *a, loop_fn changed, void *payload);
void overview_data_free(struct overview_data *d); /* NULL is no error */
/* Reads the index and the batches again. */
void overview_data_refresh(struct overview_data *d);
/* Looks at the machine, unless that was a moment ago. */
void overview_data_look(struct overview_data *d);

#endif
