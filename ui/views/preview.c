#include "ui/views/preview.h"

#include "ui/app.h"

#include <stdlib.h>

enum { REST_MS = 80 };

struct preview {
    struct app *app;
    preview_fn fn;
    void *payload;
    struct timer *rest;
    struct job *job;
    char *run, *id;
};

struct detail_job {
    struct job job;
    char *run, *id;
    struct detail d;
    bool filled;
};

static int work(struct job *job, struct lane *lane, struct error *err)
{
    struct detail_job *j = (struct detail_job *)job;
    struct index *idx;
    int rc = lane_index(lane, &idx, err);
    if (rc == 0)
        rc = detail_load(idx, j->run, j->id, &j->d, err);
    j->filled = rc == 0;
    return rc;
}

static void done(struct job *job, int rc, const struct error *err)
{
    struct detail_job *j = (struct detail_job *)job;
    struct preview *p = job->owner;
    if (p) {
        p->job = NULL;
        p->fn(p->payload, rc == 0 ? &j->d : NULL, err);
        j->filled = false;
    }
    if (j->filled)
        detail_release(&j->d);
    free(j->run);
    free(j->id);
    free(j);
}

static void start(void *payload)
{
    struct preview *p = payload;
    struct detail_job *j;
    if (!p->id)
        return;
    j = xcalloc(1, sizeof(*j));
    j->job = (struct job){ .work = work, .done = done, .owner = p };
    j->run = p->run ? xstrdup(p->run) : NULL;
    j->id = xstrdup(p->id);
    p->job = &j->job;
    lane_push(&p->app->loop, LANE_DETAIL, &j->job);
}

struct preview *preview_new(struct app *a, preview_fn fn, void *payload)
{
    struct preview *p = xcalloc(1, sizeof(*p));
    p->app = a;
    p->fn = fn;
    p->payload = payload;
    p->rest = timer_new(&a->loop, true, start, p);
    return p;
}

void preview_free(struct preview *p)
{
    if (!p)
        return;
    job_drop(&p->job);
    timer_free(p->rest);
    free(p->run);
    free(p->id);
    free(p);
}

void preview_want(struct preview *p, const char *run, const char *id, bool now)
{
    char *new_run = run && *run ? xstrdup(run) : NULL, *new_id = id ? xstrdup(id) : NULL;
    job_drop(&p->job);
    free(p->run);
    free(p->id);
    p->run = new_run;
    p->id = new_id;
    if (!id)
        timer_stop(p->rest);
    else if (now)
        start(p);
    else
        timer_start(p->rest, REST_MS);
}
