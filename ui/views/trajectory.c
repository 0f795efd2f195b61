#include "ui/views/trajectory.h"

#include "ui/handlers.h"
#include "ui/views/steps.h"
#include "ui/sign.h"
#include "ui/views/target.h"
#include "ui/views/views.h"
#include "ui/widgets/text.h"

#include <stdlib.h>
#include <string.h>

struct trajectory {
    struct view *view;
    uint32_t id;
    struct window *left;
    struct attempt_ref *attempt; /* NULL until it is read */
    struct steps *steps;
    struct text *text;
    enum trajectory_side side;
    bool terse;       /* without reasoning */
    uint32_t *others; /* attempts at the same task, in order */
    size_t n_others;
    struct job *load, *body, *search;
    struct str needle;
    struct view *from;
};

static struct trajectory *of(const struct app *a)
{
    return a->view->data;
}

/* ---- the pane at the right ---- */

struct body_job {
    struct job job;
    struct attempt_ref *attempt;
    enum trajectory_side side;
    bool terse;
    size_t step;
    struct doc *doc;
};

static int patch_doc(struct str *patch, const char *none, struct doc **out)
{
    *out = doc_new();
    if (patch->len)
        doc_text(*out, ink_of_diff, patch->s, patch->len);
    else
        doc_line(*out, ROLE_DIM, none);
    str_release(patch);
    return 0;
}

static int work_gold(struct body_job *j, struct lane *lane, struct error *err)
{
    struct index *idx;
    struct detail d;
    struct str patch = STR_INIT;
    int rc = lane_index(lane, &idx, err);
    if (rc < 0)
        return rc;
    if (detail_load(idx, NULL, j->attempt->row.instance_id, &d, NULL) == 0)
        str_add(&patch, json_get_str(d.instance, "patch", ""));
    detail_release(&d);
    return patch_doc(&patch,
                     "The task of this trajectory is not in the workspace: "
                     "`bottega import` brings its row, and the fix with it.",
                     &j->doc);
}

static int work_body(struct job *job, struct lane *lane, struct error *err)
{
    struct body_job *j = (struct body_job *)job;
    struct str patch = STR_INIT;
    if (j->side == SIDE_GOLD)
        return work_gold(j, lane, err);
    if (j->side != SIDE_PATCH)
        return attempt_body(j->attempt, j->step, j->side == SIDE_RAW, j->terse, &j->doc, err);
    int rc = attempt_patch(&j->attempt->row, &patch, err);
    if (rc < 0)
        return rc;
    return patch_doc(&patch, "It ends without a patch.", &j->doc);
}

static void done_body(struct job *job, int rc, const struct error *err)
{
    struct body_job *j = (struct body_job *)job;
    struct trajectory *t = job->owner;
    if (t) {
        t->body = NULL;
        if (rc < 0) {
            text_set_empty(t->text, error_text(err));
        } else {
            text_set_doc(t->text, j->doc, false);
            j->doc = NULL;
        }
    }
    doc_free(j->doc);
    attempt_drop(j->attempt);
    free(j);
}

static const char *const side_titles[] = {
    [SIDE_BODY] = "step",
    [SIDE_RAW] = "step, as its file has it",
    [SIDE_PATCH] = "submitted patch",
    [SIDE_GOLD] = "gold patch",
};

static void show_side(struct trajectory *t)
{
    size_t step = t->steps ? steps_here(t->steps) : 0;
    if (!t->attempt || step >= t->attempt->row.steps.n)
        return;
    struct body_job *j = xcalloc(1, sizeof(*j));
    job_drop(&t->body);
    j->job = (struct job){ .work = work_body, .done = done_body, .owner = t };
    j->attempt = attempt_hold(t->attempt);
    j->side = t->side;
    j->terse = t->terse;
    j->step = step;
    t->body = &j->job;
    free(t->text->win->title);
    t->text->win->title = xstrdup(side_titles[t->side]);
    lane_push(&t->view->app->loop, t->side == SIDE_GOLD ? LANE_DETAIL : LANE_FILE, &j->job);
}

static void on_moved(void *payload)
{
    struct trajectory *t = payload;
    if (t->side == SIDE_BODY || t->side == SIDE_RAW)
        show_side(t);
    window_touch(t->view->app->state);
}

/* ---- the attempt ---- */

struct load_job {
    struct job job;
    uint32_t id;
    struct attempt_row row;
    uint32_t *others;
    size_t n_others;
};

static int work_load(struct job *job, struct lane *lane, struct error *err)
{
    struct load_job *j = (struct load_job *)job;
    struct index *idx;
    int rc = lane_index(lane, &idx, err);
    if (rc == 0)
        rc = attempt_get(idx, j->id, &j->row, err);
    return rc < 0 ? rc : attempt_find(idx, j->row.instance_id, &j->others, &j->n_others, err);
}

static void take_attempt(struct trajectory *t, struct load_job *j)
{
    struct view *v = t->view;
    t->attempt = attempt_ref_new(&j->row);
    t->others = j->others;
    t->n_others = j->n_others;
    j->others = NULL;
    t->steps = steps_new(v->app, t->left, t->attempt);
    t->steps->table->moved = on_moved;
    t->steps->table->payload = t;
    v->focus = t->steps->table->win;
    if (v->app->view == v) {
        view_reflow(v->app);
        app_focus(v->app, v->focus);
    }
    show_side(t);
    app_touch_all(v->app);
}

static void done_load(struct job *job, int rc, const struct error *err)
{
    struct load_job *j = (struct load_job *)job;
    struct trajectory *t = job->owner;
    if (t) {
        t->load = NULL;
        if (rc < 0)
            text_set_empty(t->text, error_text(err));
        else
            take_attempt(t, j);
    }
    attempt_row_release(&j->row);
    free(j->others);
    free(j);
}

/* ---- the view ---- */

static int on_open(struct view *v, const char *arg, struct error *err)
{
    long id = arg ? strtol(arg, NULL, 10) : 0;
    if (id <= 0 || id > UINT32_MAX)
        return error_set(err, E_USAGE, "which trajectory? 5 lists them");
    struct trajectory *t = xcalloc(1, sizeof(*t));
    struct load_job *j = xcalloc(1, sizeof(*j));
    v->data = t;
    t->view = v;
    t->id = (uint32_t)id;
    t->from = v->app->view;
    str_init(&t->needle);
    struct window *split = window_new_split(v->win, SPLIT_COLUMNS, true);
    t->left = window_new_split(split, SPLIT_ROWS, false);
    t->text = text_new(v->app, split);
    t->text->wrap = true;
    text_set_empty(t->text, "Reading …");
    v->list = t->left;
    v->side = v->focus = t->text->win;
    j->job = (struct job){ .work = work_load, .done = done_load, .owner = t };
    j->id = t->id;
    t->load = &j->job;
    lane_push(&v->app->loop, LANE_DETAIL, &j->job);
    return 0;
}

static void on_close(struct view *v)
{
    struct trajectory *t = v->data;
    if (!t)
        return;
    job_drop(&t->load);
    job_drop(&t->body);
    job_drop(&t->search);
    steps_free(t->steps);
    attempt_drop(t->attempt);
    str_release(&t->needle);
    free(t->others);
    free(t);
}

static unsigned holds(struct view *v)
{
    const struct trajectory *t = v->data;
    return t->attempt ? NEEDS_STEPS : 0;
}

static size_t place_among_others(const struct trajectory *t)
{
    for (size_t i = 0; i < t->n_others; i++)
        if (t->others[i] == t->id)
            return i;
    return 0;
}

static void state(struct view *v, struct str *left, struct str *right)
{
    const struct trajectory *t = v->data;
    const struct attempt_row *r = t->attempt ? &t->attempt->row : NULL;
    if (!r) {
        str_add(left, view_title(v));
        return;
    }
    str_addf(left, "%s · %s %s · %s", r->instance_id, state_sign(r->outcome), r->outcome, r->run);
    if (*r->model)
        str_addf(left, " · %s", r->model);
    if (t->n_others > 1)
        str_addf(left, " · attempt %zu of %zu", place_among_others(t) + 1, t->n_others);
    str_addf(right, "%s · step %zu of %zu", side_titles[t->side], steps_here(t->steps) + 1,
             r->steps.n);
}

static void enter(struct view *v)
{
    struct trajectory *t = v->data;
    if (v->focus != t->text->win)
        app_focus(v->app, t->text->win);
}

static bool back(struct view *v)
{
    struct trajectory *t = v->data;
    if (t->search) {
        job_drop(&t->search);
        app_say(v->app, "given up");
        return true;
    }
    if (!t->steps || v->focus == t->steps->table->win)
        return false;
    app_focus(v->app, t->steps->table->win);
    return true;
}

static void target(struct view *v, struct target *out)
{
    const struct trajectory *t = v->data;
    memset(out, 0, sizeof(*out));
    strv_init(&out->ids);
    if (t->attempt)
        out->id = xstrdup(t->attempt->row.instance_id);
}

/* ---- actions ---- */

int act_step_flag(struct app *a, int value, const char *arg UNUSED, struct error *err)
{
    unsigned flags = (unsigned)(value < 0 ? -value : value);
    return steps_go_flag(of(a)->steps, flags, value < 0 ? -1 : 1)
               ? 0
               : error_set(err, E_NOTFOUND, "no such step %s this one",
                           value < 0 ? "before" : "after");
}

int act_side(struct app *a, int value, const char *arg UNUSED, struct error *err UNUSED)
{
    struct trajectory *t = of(a);
    t->side = t->side == (enum trajectory_side)value ? SIDE_BODY : (enum trajectory_side)value;
    show_side(t);
    app_touch_all(a);
    return 0;
}

int act_terse(struct app *a, int value UNUSED, const char *arg UNUSED, struct error *err UNUSED)
{
    struct trajectory *t = of(a);
    t->terse = !t->terse;
    app_say(a, t->terse ? "reasoning is hidden" : "reasoning is shown");
    show_side(t);
    return 0;
}

int act_fold(struct app *a, int value UNUSED, const char *arg UNUSED, struct error *err UNUSED)
{
    struct trajectory *t = of(a);
    steps_fold(t->steps, !t->steps->turns_only);
    show_side(t);
    app_touch_all(a);
    return 0;
}

static void go_to(struct app *a, uint32_t id)
{
    char *door = str_format("trajectory %u", id);
    view_replace(a, door);
    free(door);
}

size_t trajectory_others(const struct app *a, const uint32_t **ids, uint32_t *here)
{
    *here = of(a)->id;
    *ids = of(a)->others;
    return of(a)->n_others;
}

int act_attempt(struct app *a, int value, const char *arg UNUSED, struct error *err)
{
    const struct trajectory *t = of(a);
    size_t at = place_among_others(t) + (size_t)value;
    if (at >= t->n_others)
        return error_set(err, E_NOTFOUND, "this is the %s attempt at %s",
                         value < 0 ? "first" : "last", t->attempt->row.instance_id);
    go_to(a, t->others[at]);
    return 0;
}

/* ---- search over all steps ---- */

struct search_job {
    struct job job;
    struct attempt_ref *attempt;
    char *needle;
    size_t from, found;
    int step;
};

static int work_search(struct job *job, struct lane *lane UNUSED, struct error *err)
{
    struct search_job *j = (struct search_job *)job;
    return attempt_search(j->attempt, j->from, j->step, j->needle, &job->stop, &j->found, err);
}

static void done_search(struct job *job, int rc, const struct error *err)
{
    struct search_job *j = (struct search_job *)job;
    struct trajectory *t = job->owner;
    if (t) {
        t->search = NULL;
        if (rc < 0)
            app_complain(t->view->app, "%s", error_text(err));
        else if (j->found >= j->attempt->row.steps.n)
            app_complain(t->view->app, "no step %s holds “%s”", j->step < 0 ? "before" : "after it",
                         j->needle);
        else
            steps_go(t->steps, j->found);
    }
    attempt_drop(j->attempt);
    free(j->needle);
    free(j);
}

int act_find_step(struct app *a, int value, const char *arg, struct error *err)
{
    struct trajectory *t = of(a);
    if (*arg)
        str_set(&t->needle, arg);
    if (!t->needle.len)
        return error_set(err, E_USAGE, "find what? `:find-step WORDS`");
    struct search_job *j = xcalloc(1, sizeof(*j));
    job_drop(&t->search);
    j->job = (struct job){ .work = work_search, .done = done_search, .owner = t };
    j->attempt = attempt_hold(t->attempt);
    j->needle = xstrdup(t->needle.s);
    j->step = value;
    j->from = steps_here(t->steps) + (size_t)value;
    t->search = &j->job;
    lane_push(&a->loop, LANE_FILE, &j->job);
    return 0;
}

int act_trajectory_of_list(struct app *a, int value, const char *arg UNUSED, struct error *err)
{
    struct trajectory *t = of(a);
    struct str door = STR_INIT;
    if (!view_alive(a, t->from) || !t->from->ops->sibling || t->from->ops != &trajectories_view)
        return error_set(err, E_USAGE, "this one was not opened from a list");
    bool there = t->from->ops->sibling(t->from, value, &door);
    if (there)
        view_replace(a, door.s);
    str_release(&door);
    return there ? 0
                 : error_set(err, E_NOTFOUND, "this is the %s of the list",
                             value < 0 ? "first" : "last");
}

const struct view_ops trajectory_view = {
    .name = "trajectory",
    .title = "Trajectory",
    .context = IN_TRAJECTORY,
    .open = on_open,
    .close = on_close,
    .holds = holds,
    .state = state,
    .enter = enter,
    .back = back,
    .target = target,
};
