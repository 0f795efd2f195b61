#include "ui/views/overview_data.h"

#include "container/container.h"
#include "dispatch/dispatch.h"
#include "ui/app.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PACE_SECONDS = 3600, PACE_LEAST = 30, LOOK_EVERY_MS = 30000 };

/* ---- counts ---- */

struct count_job {
    struct job job;
    struct overview counts;
};

static int count_work(struct job *job, struct lane *lane, struct error *err)
{
    struct index *idx;
    int rc = lane_index(lane, &idx, err);
    if (rc == 0)
        rc = overview_load(idx, app_now(), &job->stop, &((struct count_job *)job)->counts, err);
    return rc;
}

static void count_done(struct job *job, int rc, const struct error *err)
{
    struct overview_data *d = job->owner;
    if (d) {
        d->counting = NULL;
        str_set(&d->trouble, rc < 0 ? error_text(err) : "");
        d->counted = rc == 0;
        d->counts = ((struct count_job *)job)->counts;
        d->changed(d->payload);
    }
    free(job);
}

static void start_count(struct overview_data *d)
{
    struct count_job *j = xcalloc(1, sizeof(*j));
    job_drop(&d->counting);
    j->job = (struct job){ .work = count_work, .done = count_done, .owner = d };
    d->counting = &j->job;
    lane_push(&d->app->loop, LANE_LIST, &j->job);
}

/* ---- what needs a person, and what runs ---- */

struct ask_job {
    struct job job;
    struct workspace *ws;
    struct index *idx; /* of the lane, while it works */
    struct attention attentions[ATTENTIONS];
    struct running_batch *running;
    size_t n;
};

static void running_release(struct running_batch *v, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        free(v[i].id);
        free(v[i].run);
    }
    free(v);
}

static const struct cell *cell_of(const struct row *row, const char *column)
{
    return &row->cells[list_column_find(LIST_BATCHES, column)];
}

/* What ended within the last hour says how the next ones will. Only a synthesis leaves such
 * ends in the index; of others their whole time is known. */
static double pace(struct index *idx, const struct row *row, int64_t done)
{
    bool ends = strcmp(cell_of(row, "stage")->text, "synthesize") == 0;
    int64_t now = app_now(), since = cell_of(row, "created")->n;
    if (ends && since < now - PACE_SECONDS)
        since = now - PACE_SECONDS;
    if (now - since < PACE_LEAST)
        return 0;
    if (ends && run_ended_since(idx, cell_of(row, "run")->text, since, &done, NULL) < 0)
        return 0;
    return (double)done * 3600.0 / (double)(now - since);
}

static int on_batch(void *payload, const struct row *row)
{
    struct ask_job *j = payload;
    struct batch_status s;
    const char *id = cell_of(row, "batch")->text, *run = cell_of(row, "run")->text;
    if (batch_status(j->ws, id, &s, NULL) == 0 && strcmp(s.state, "done") != 0 &&
        strcmp(s.state, "cancelled") != 0 && strcmp(s.state, "superseded") != 0) {
        j->running = xrealloc(j->running, (j->n + 1) * sizeof(*j->running));
        struct running_batch *b = &j->running[j->n++];
        *b = (struct running_batch){
            .id = xstrdup(id),
            .run = xstrdup(run),
            .done = s.done,
            .total = s.total,
            .jobs = s.jobs,
            .failed = s.results[RESULT_FAILED] + s.results[RESULT_REJECTED],
            .error = s.results[RESULT_ERROR],
            .per_hour = s.alive ? pace(j->idx, row, s.done) : 0,
        };
        memcpy(b->state, s.state, sizeof(b->state));
    }
    batch_status_release(&s);
    return 0;
}

static int ask_work(struct job *job, struct lane *lane, struct error *err)
{
    struct ask_job *j = (struct ask_job *)job;
    struct query *q = NULL;
    int rc = lane_index(lane, &j->idx, err);
    if (rc == 0)
        rc = query_parse("-state:done,cancelled,superseded", LIST_BATCHES, &q, NULL, err);
    struct list_spec spec = { .kind = LIST_BATCHES, .query = q };
    if (rc == 0)
        rc = list_each(j->idx, &spec, &job->stop, on_batch, j, err);
    query_free(q);
    return rc < 0 ? rc : attention_load(j->idx, &job->stop, j->attentions, err);
}

static void ask_done(struct job *job, int rc, const struct error *err UNUSED)
{
    struct ask_job *j = (struct ask_job *)job;
    struct overview_data *d = job->owner;
    if (d) {
        d->asking = NULL;
        d->asked = rc == 0;
        memcpy(d->attentions, j->attentions, sizeof(d->attentions));
        running_release(d->running, d->n_running);
        d->running = j->running;
        d->n_running = j->n;
        j->running = NULL;
        j->n = 0;
        d->changed(d->payload);
    }
    running_release(j->running, j->n);
    free(j);
}

static void start_ask(struct overview_data *d)
{
    struct ask_job *j = xcalloc(1, sizeof(*j));
    job_drop(&d->asking);
    j->job = (struct job){ .work = ask_work, .done = ask_done, .owner = d };
    j->ws = d->app->ws;
    d->asking = &j->job;
    lane_push(&d->app->loop, LANE_DETAIL, &j->job);
}

/* ---- the machine ---- */

struct look_job {
    struct job job;
    struct workspace *ws;
    struct machine machine;
};

static int64_t meminfo(const char *text, const char *key)
{
    long long kib = 0;
    const char *line = strstr(text, key);
    return line && sscanf(line + strlen(key), " %lld kB", &kib) == 1 ? (int64_t)kib * 1024 : 0;
}

static int look_work(struct job *job, struct lane *lane UNUSED, struct error *err UNUSED)
{
    struct look_job *j = (struct look_job *)job;
    struct machine *m = &j->machine;
    struct engine e;
    struct error why = ERROR_INIT;
    struct str text = STR_INIT;
    if (file_read("/proc/meminfo", &text, NULL) == 0) {
        m->memory = meminfo(text.s, "MemTotal:");
        m->memory_free = meminfo(text.s, "MemAvailable:");
    }
    m->cores = sysconf(_SC_NPROCESSORS_ONLN);
    if (!disk_space(j->ws->root, &m->disk_free, &m->disk))
        m->disk = 0;
    m->has_engine = engine_open(&j->ws->config, j->ws->root, &e, &why) == 0;
    m->engine = m->has_engine
                    ? str_format("%s %s", e.kind == ENGINE_PODMAN ? "podman" : "docker", e.version)
                    : xstrdup(error_text(&why));
    engine_release(&e);
    error_release(&why);
    str_release(&text);
    return 0;
}

static void look_done(struct job *job, int rc, const struct error *err UNUSED)
{
    struct look_job *j = (struct look_job *)job;
    struct overview_data *d = job->owner;
    if (d)
        d->looking = NULL;
    if (d && rc == 0) {
        free(d->machine.engine);
        d->machine = j->machine;
        j->machine.engine = NULL;
        d->looked = true;
        d->changed(d->payload);
    }
    free(j->machine.engine);
    free(j);
}

void overview_data_look(struct overview_data *d)
{
    int64_t now = clock_ms();
    if (d->looking || (d->looked_at && now - d->looked_at < LOOK_EVERY_MS))
        return;
    d->looked_at = now;
    struct look_job *j = xcalloc(1, sizeof(*j));
    j->job = (struct job){ .work = look_work, .done = look_done, .owner = d };
    j->ws = d->app->ws;
    d->looking = &j->job;
    lane_push(&d->app->loop, LANE_OUTSIDE, &j->job);
}

/* ---- */

void overview_data_refresh(struct overview_data *d)
{
    start_count(d);
    start_ask(d);
}

struct overview_data *overview_data_new(struct app *a, loop_fn changed, void *payload)
{
    struct overview_data *d = xcalloc(1, sizeof(*d));
    d->app = a;
    d->changed = changed;
    d->payload = payload;
    str_init(&d->trouble);
    return d;
}

void overview_data_free(struct overview_data *d)
{
    if (!d)
        return;
    job_drop(&d->counting);
    job_drop(&d->asking);
    job_drop(&d->looking);
    running_release(d->running, d->n_running);
    free(d->machine.engine);
    str_release(&d->trouble);
    free(d);
}
