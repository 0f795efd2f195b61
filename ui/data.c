#include "ui/data.h"

#include "dispatch/dispatch.h"
#include "ui/app.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { SETTLE_MS = 150 };

struct data {
    struct app *app;
    struct watch *watch;
    struct timer *settle; /* bursts of commits become one refresh */
    struct job *catch_up, *running;
    char *folder, *index_name; /* of the index */
    struct str trouble, summary;
};

/* ---- running batches ---- */

struct running_job {
    struct job job;
    struct workspace *ws;
    struct str summary;
};

static int on_batch(void *payload, const struct row *row)
{
    struct running_job *j = payload;
    struct batch_status s;
    const char *id = row->cells[list_column_find(LIST_BATCHES, "batch")].text;
    if (batch_status(j->ws, id, &s, NULL) == 0 && s.alive)
        str_addf(&j->summary, " · ◐ %s %lld/%lld", id, (long long)s.done, (long long)s.total);
    batch_status_release(&s);
    return 0;
}

static int running_work(struct job *job, struct lane *lane, struct error *err)
{
    struct running_job *j = (struct running_job *)job;
    struct query *q = NULL;
    struct index *idx;
    struct list_spec spec = { .kind = LIST_BATCHES };
    int rc = lane_index(lane, &idx, err);
    if (rc == 0)
        rc = query_parse("state:running,paused", LIST_BATCHES, &q, NULL, err);
    spec.query = q;
    if (rc == 0)
        rc = list_each(idx, &spec, &job->stop, on_batch, j, err);
    query_free(q);
    return rc;
}

static void running_done(struct job *job, int rc, const struct error *err UNUSED)
{
    struct running_job *j = (struct running_job *)job;
    struct data *d = job->owner;
    if (d) {
        d->running = NULL;
        if (rc == 0 && strcmp(d->summary.s, j->summary.s) != 0) {
            str_set(&d->summary, j->summary.s);
            window_touch(d->app->state);
        }
    }
    str_release(&j->summary);
    free(j);
}

static void ask_running(struct data *d)
{
    struct running_job *j = xcalloc(1, sizeof(*j));
    job_drop(&d->running);
    j->job = (struct job){ .work = running_work, .done = running_done, .owner = d };
    j->ws = d->app->ws;
    str_init(&j->summary);
    d->running = &j->job;
    lane_push(&d->app->loop, LANE_DETAIL, &j->job);
}

/* ---- the index ---- */

struct catch_up_job {
    struct job job;
    struct workspace *ws;
};

static int catch_up_work(struct job *job, struct lane *lane UNUSED, struct error *err)
{
    struct index *idx = NULL;
    int rc = index_open(((struct catch_up_job *)job)->ws, INDEX_WRITE, &idx, err);
    if (rc == 0)
        rc = index_catch_up(idx, &job->stop, err);
    if (idx)
        index_close(idx);
    return rc;
}

static void catch_up_done(struct job *job, int rc, const struct error *err)
{
    struct data *d = job->owner;
    if (d) {
        d->catch_up = NULL;
        str_set(&d->trouble, rc < 0 ? error_text(err) : "");
        if (rc < 0)
            app_complain(d->app, "%s", error_text(err));
        view_tell_changed(d->app);
        ask_running(d);
    }
    free(job);
}

void data_catch_up(struct data *d)
{
    if (d->catch_up || d->app->read_only)
        return;
    struct catch_up_job *j = xcalloc(1, sizeof(*j));
    j->job = (struct job){ .work = catch_up_work, .done = catch_up_done, .owner = d };
    j->ws = d->app->ws;
    d->catch_up = &j->job;
    lane_push(&d->app->loop, LANE_FILE, &j->job);
}

static void on_settled(void *payload)
{
    struct data *d = payload;
    view_tell_changed(d->app);
    ask_running(d);
}

/* Who only opens the index makes files beside it; a commit writes into one of them. */
static bool is_commit(const struct data *d, const char *name)
{
    struct stat st;
    const char *rest = name + strlen(d->index_name);
    if (!str_starts(name, d->index_name) || strcmp(rest, "-shm") == 0)
        return false;
    if (!*rest)
        return true;
    char *path = str_format("%s/%s", d->folder, name);
    bool any = stat(path, &st) == 0 && st.st_size > 0;
    free(path);
    return any;
}

static void on_watch(void *payload, const char *name)
{
    struct data *d = payload;
    if (is_commit(d, name))
        timer_start(d->settle, SETTLE_MS);
}

/* ---- */

struct data *data_new(struct app *app)
{
    struct data *d = xcalloc(1, sizeof(*d));
    const char *path = config_text(&app->ws->config, "index.path");
    char *full = *path == '/' ? xstrdup(path) : workspace_path(app->ws, "%s", path);
    char *slash = strrchr(full, '/');
    d->app = app;
    str_init(&d->trouble);
    str_init(&d->summary);
    d->index_name = xstrdup(slash + 1);
    *slash = '\0';
    d->settle = timer_new(&app->loop, true, on_settled, d);
    d->folder = full;
    d->watch = watch_new(&app->loop, *full ? full : "/", on_watch, d);
    data_catch_up(d);
    ask_running(d);
    return d;
}

void data_free(struct data *d)
{
    if (!d)
        return;
    job_drop(&d->catch_up);
    job_drop(&d->running);
    timer_free(d->settle);
    watch_free(d->watch);
    str_release(&d->trouble);
    str_release(&d->summary);
    free(d->folder);
    free(d->index_name);
    free(d);
}

const char *data_trouble(const struct data *d)
{
    return d->trouble.s;
}

bool data_catching_up(const struct data *d)
{
    return d->catch_up != NULL;
}

void data_add_running(const struct data *d, struct str *out)
{
    str_add(out, d->summary.s);
}
