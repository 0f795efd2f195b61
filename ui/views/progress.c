#include "ui/views/progress.h"

#include "formats/formats.h"
#include "index/sql.h"
#include "ui/app.h"

#include <stdlib.h>
#include <string.h>

struct progress {
    struct app *app;
    struct window *win;
    struct job *job;
    struct str text;
};

struct progress_job {
    struct job job;
    struct str curator; /* who asks */
    struct str text;
};

static const char counts[] =
    "SELECT curator, count(*) FILTER (WHERE text = 'accept'), count(*) FILTER (WHERE text = "
    "'drop'), count(*) FILTER (WHERE text = 'unsure') FROM reviews WHERE kind = 'mark' AND text "
    "IN ('accept', 'drop', 'unsure') GROUP BY curator ORDER BY count(*) DESC";

static int on_row(void *payload, const char *const *names UNUSED, const struct sql_value *v,
                  size_t n UNUSED)
{
    struct progress_job *j = payload;
    if (!v)
        return 0;
    bool own = strcmp(v[0].text, j->curator.s) == 0;
    str_addf(&j->text, "%s%s%s: %lld accept, %lld drop, %lld unsure", j->text.len ? " · " : "",
             v[0].text, own ? " (you)" : "", (long long)v[1].n, (long long)v[2].n,
             (long long)v[3].n);
    return 0;
}

static int work(struct job *job, struct lane *lane, struct error *err)
{
    struct progress_job *j = (struct progress_job *)job;
    struct index *idx;
    int rc = lane_index(lane, &idx, err);
    return rc < 0 ? rc : sql_each(idx, counts, &job->stop, on_row, j, err);
}

static void done(struct job *job, int rc, const struct error *err)
{
    struct progress_job *j = (struct progress_job *)job;
    struct progress *p = job->owner;
    if (p) {
        p->job = NULL;
        str_clear(&p->text);
        if (rc < 0)
            str_add(&p->text, error_text(err));
        else if (j->text.len)
            text_add_shown(&p->text, j->text.s, j->text.len);
        else
            str_addf(&p->text, "you are %s; nobody has decided on anything yet", j->curator.s);
        window_touch(p->win);
    }
    str_release(&j->curator);
    str_release(&j->text);
    free(j);
}

void progress_refresh(struct progress *p)
{
    struct progress_job *j = xcalloc(1, sizeof(*j));
    job_drop(&p->job);
    j->job = (struct job){ .work = work, .done = done, .owner = p };
    str_init(&j->curator);
    str_init(&j->text);
    review_curator(&p->app->ws->config, &j->curator);
    p->job = &j->job;
    lane_push(&p->app->loop, LANE_DETAIL, &j->job);
}

static void paint(struct window *w, const struct canvas *c)
{
    const struct progress *p = w->data;
    canvas_clear(c);
    canvas_text(c, 0, 1, 10, ROLE_DIM, "decided:");
    canvas_text(c, 0, 10, c->r.w - 11, ROLE_TEXT, p->text.s);
}

static const struct window_ops ops = { .paint = paint };

struct progress *progress_new(struct app *a, struct window *parent)
{
    struct progress *p = xcalloc(1, sizeof(*p));
    p->app = a;
    str_init(&p->text);
    p->win = window_new(parent, &ops, p);
    p->win->fixed = 1;
    progress_refresh(p);
    return p;
}

void progress_free(struct progress *p)
{
    if (!p)
        return;
    job_drop(&p->job);
    str_release(&p->text);
    free(p);
}
