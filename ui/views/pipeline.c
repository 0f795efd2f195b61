#include "ui/app.h"
#include "ui/handlers.h"
#include "ui/listing.h"
#include "ui/prompt.h"
#include "ui/sign.h"
#include "ui/views/live.h"
#include "ui/views/stages.h"
#include "ui/views/target.h"
#include "ui/views/views.h"
#include "ui/views/workers.h"
#include "ui/widgets/bar.h"
#include "ui/widgets/text.h"

#include <stdlib.h>
#include <string.h>

enum { TICK_MS = 1000, BAR_COLUMNS = 20 };

struct pipeline {
    struct view *view;
    struct stages *stages;
    struct listing *batches;
    struct window *bar; /* how the batch under the cursor goes */
    struct workers *workers;
    struct text *log;
    struct str log_path;
    struct live *live;  /* of the batch under the cursor, when it runs */
    char *batch;        /* whose it is; NULL */
    struct timer *tick; /* ages, while something runs */
};

static const char *const columns[] = { "batch", "state", "done",    "total", "failed", "running",
                                       "run",   "stage", "created", "agent", NULL };

static struct pipeline *of(const struct app *a)
{
    return a->view->data;
}

/* ---- the log on the right ---- */

static void show_log(struct pipeline *p)
{
    const struct live_worker *w = p->live ? workers_at(p->workers) : NULL;
    char *path = NULL;
    if (!p->batch)
        return;
    if (w && w->n)
        path =
            workspace_path(p->view->app->ws, "batches/%s/log/%lld.log", p->batch, (long long)w->n);
    else if (!p->live)
        path = workspace_path(p->view->app->ws, "batches/%s/supervisor.log", p->batch);
    if (!path || strcmp(path, p->log_path.s) == 0) {
        free(path);
        return;
    }
    str_set(&p->log_path, path);
    if (path_exists(path)) {
        text_set_file(p->log, path, ink_of_log, 0);
        text_follow(p->log, true);
    } else {
        text_set_empty(p->log, w ? "Its log has not begun." : "Its supervisor left no words.");
    }
    char *title = w ? str_format("log of %s: %s", w->name, w->instance_id)
                    : str_format("supervisor of %s", p->batch);
    window_set_title(p->log->win, title);
    free(title);
    free(path);
}

static void on_worker(void *payload)
{
    show_log(payload);
}

/* ---- the batch under the cursor ---- */

static void on_live(void *payload)
{
    struct pipeline *p = payload;
    workers_set(p->workers, p->live);
    show_log(p);
    window_touch(p->bar);
    window_touch(p->view->app->keys);
}

static void on_tick(void *payload)
{
    struct pipeline *p = payload;
    if (p->live && p->live->n_workers)
        workers_touch(p->workers);
}

static void watch_batch(struct pipeline *p)
{
    const struct row *row = listing_row(p->batches);
    const char *batch = row ? listing_text(p->batches, row, "batch") : NULL;
    bool same = batch && p->batch && strcmp(batch, p->batch) == 0;
    if (same && p->live && p->live->client)
        return;
    if (!same) {
        live_free(p->live);
        p->live = NULL;
        free(p->batch);
        p->batch = batch ? xstrdup(batch) : NULL;
        str_clear(&p->log_path);
        text_set_empty(p->log, batch ? "" : "The log of a worker stands here while a batch runs.");
    }
    if (p->live && !p->live->client) {
        live_free(p->live);
        p->live = NULL;
    }
    if (batch && p->view->app->view == p->view)
        p->live = live_new(p->view->app, batch, on_live, p);
    if (p->live)
        timer_repeat(p->tick, TICK_MS);
    else
        timer_stop(p->tick);
    on_live(p);
}

static void on_moved(void *payload)
{
    watch_batch(payload);
}

/* ---- the line above the workers ---- */

static void add_results(const struct live *l, struct str *out)
{
    for (int r = 0; r < RESULTS; r++)
        if (l->results[r])
            str_addf(out, "  %s %lld", state_sign(result_name(r)), (long long)l->results[r]);
}

static void add_live_bar(const struct live *l, struct str *out)
{
    str_addf(out, "%s %s ", state_sign(l->state), l->batch);
    bar_add(out, l->done, l->total, BAR_COLUMNS);
    str_addf(out, " %lld/%lld  %lld at a time", (long long)l->done, (long long)l->total,
             (long long)l->jobs);
    add_results(l, out);
    if (l->why.len)
        str_addf(out, "  %s", l->why.s);
}

static void paint_bar(struct window *w, const struct canvas *c)
{
    const struct pipeline *p = w->data;
    struct str line = STR_INIT;
    canvas_clear(c);
    if (p->live && p->live->client)
        add_live_bar(p->live, &line);
    else if (p->batch)
        str_addf(&line, "%s does not run", p->batch);
    canvas_text(c, 0, 1, c->r.w - 1, p->live ? ROLE_BAR : ROLE_DIM, line.s);
    str_release(&line);
}

static const struct window_ops bar_ops = { .paint = paint_bar };

/* ---- the view ---- */

static void make_left(struct pipeline *p, struct window *split)
{
    struct window *left = window_new_split(split, SPLIT_ROWS, true);
    p->stages = stages_new(p->view->app, left);
    stages_table(p->stages)->win->fixed = (int)stages_rows() + 1;
    struct window *below = window_new_split(left, SPLIT_ROWS, false);
    window_set_title(below, "batches");
    p->batches = listing_new(p->view->app, below, LIST_BATCHES, columns);
    p->batches->empty = "No batches yet. s starts one over every instance that has no end yet.";
    p->batches->table->moved = on_moved;
    p->batches->table->payload = p;
    table_sort(p->batches->table, 8, true);
    p->view->list = left;
    p->view->focus = p->batches->table->win;
}

static void make_right(struct pipeline *p, struct window *split)
{
    struct window *right = window_new_split(split, SPLIT_ROWS, true);
    struct window *above = window_new_split(right, SPLIT_ROWS, false);
    p->bar = window_new(above, &bar_ops, p);
    p->bar->fixed = 1;
    p->workers = workers_new(above, on_worker, p);
    p->log = text_new(p->view->app, right);
    p->log->win->weight = 2;
    p->view->side = right;
}

static int on_open(struct view *v, const char *arg UNUSED, struct error *err UNUSED)
{
    struct pipeline *p = xcalloc(1, sizeof(*p));
    v->data = p;
    p->view = v;
    str_init(&p->log_path);
    p->tick = timer_new(&v->app->loop, false, on_tick, p);
    struct window *split = window_new_split(v->win, SPLIT_COLUMNS, true);
    make_left(p, split);
    make_right(p, split);
    return 0;
}

static void on_close(struct view *v)
{
    struct pipeline *p = v->data;
    timer_free(p->tick);
    live_free(p->live);
    stages_free(p->stages);
    listing_free(p->batches);
    workers_free(p->workers);
    str_release(&p->log_path);
    free(p->batch);
    free(p);
}

static unsigned holds(struct view *v)
{
    const struct pipeline *p = v->data;
    unsigned held = NEEDS_INSTANCES;
    if (listing_row(p->batches))
        held |= NEEDS_BATCH;
    if (p->live && p->live->client)
        held |= NEEDS_LIVE;
    return held;
}

static void state(struct view *v, struct str *left, struct str *right)
{
    const struct pipeline *p = v->data;
    str_add(left, view_title(v));
    listing_state(p->batches, left, right);
}

static void add_door(const struct pipeline *p, struct str *out)
{
    const struct window *focus = p->view->focus;
    const struct live_worker *w = workers_at(p->workers);
    const struct row *row = listing_row(p->batches);
    const char *run = row ? listing_text(p->batches, row, "run") : "";
    if (focus == stages_table(p->stages)->win) {
        stages_add_door(p->stages, out);
    } else if (focus == workers_window(p->workers) && w && *w->instance_id) {
        str_addf(out, "environment %s %s", *run ? run : "-", w->instance_id);
    } else if (focus == p->log->win && p->log->file) {
        str_addf(out, "file %zu %s", p->log->cursor + 1, textfile_path(p->log->file));
    } else if (row) {
        str_add(out, "instances ");
        query_add_word(out, "run", run);
    }
}

static void enter(struct view *v)
{
    struct str door = STR_INIT;
    add_door(v->data, &door);
    if (door.len)
        view_follow(v->app, door.s);
    str_release(&door);
}

static bool back(struct view *v)
{
    struct pipeline *p = v->data;
    return p->batches->filter.len && listing_filter(p->batches, "", NULL) == 0;
}

static void changed(struct view *v)
{
    struct pipeline *p = v->data;
    listing_refresh(p->batches);
    stages_refresh(p->stages);
}

static void shown(struct view *v)
{
    watch_batch(v->data);
}

static void hidden(struct view *v)
{
    struct pipeline *p = v->data;
    timer_stop(p->tick);
    live_free(p->live);
    p->live = NULL;
    workers_set(p->workers, NULL);
}

static void target(struct view *v UNUSED, struct target *out)
{
    *out = (struct target){ .kind = LIST_INSTANCES, .all = true };
}

/* ---- orders ---- */

int act_pause(struct app *a, int value UNUSED, const char *arg UNUSED, struct error *err UNUSED)
{
    struct live *l = of(a)->live;
    bool paused = strcmp(l->state, "paused") == 0;
    live_order(l, paused ? "resume" : "pause", -1);
    app_say(a, paused ? "%s goes on" : "%s begins nothing new; what runs goes on", l->batch);
    return 0;
}

int act_jobs(struct app *a, int value, const char *arg UNUSED, struct error *err)
{
    struct live *l = of(a)->live;
    if (l->jobs + value < 1)
        return error_set(err, E_USAGE, "one at a time is the least; p pauses");
    live_order(l, "jobs", l->jobs + value);
    app_say(a, "%s: %lld at a time", l->batch, (long long)l->jobs + value);
    return 0;
}

static void on_confirm(struct app *a, const char *text)
{
    struct live *l = a->view->ops == &pipeline_view ? of(a)->live : NULL;
    if (!l || (*text != 'y' && *text != 'Y')) {
        app_say(a, "nothing was cancelled");
        return;
    }
    live_order(l, "cancel", -1);
    app_say(a, "%s stops; s resumes it", l->batch);
}

static const struct prompt_ops confirm = {
    .label = "cancel this batch? What is finished stays. y or n: ",
    .kind = 3,
    .accept = on_confirm,
};

int act_cancel(struct app *a, int value UNUSED, const char *arg, struct error *err UNUSED)
{
    if (*arg)
        on_confirm(a, arg);
    else
        prompt_open(a, &confirm, "");
    return 0;
}

const struct view_ops pipeline_view = {
    .name = "pipeline",
    .title = "Pipeline",
    .context = IN_PIPELINE,
    .open = on_open,
    .close = on_close,
    .holds = holds,
    .state = state,
    .enter = enter,
    .back = back,
    .changed = changed,
    .shown = shown,
    .hidden = hidden,
    .target = target,
};
