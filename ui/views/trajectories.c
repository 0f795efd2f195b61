#include "ui/app.h"
#include "ui/handlers.h"
#include "ui/listing.h"
#include "ui/views/attempt.h"
#include "ui/sign.h"
#include "ui/views/target.h"
#include "ui/views/views.h"
#include "ui/widgets/text.h"

#include <stdlib.h>
#include <string.h>

enum { REST_MS = 80, PREVIEW_STEPS = 60, SIBLINGS = 20 };

struct trajectories {
    struct view *view;
    struct listing *list;
    struct text *text;
    struct timer *rest;
    struct job *job;
    uint32_t shown; /* that the preview tells of */
};

static const char *const columns[] = { "instance_id", "run",      "attempt",  "outcome",
                                       "exit_status", "steps",    "errors",   "files",
                                       "tokens_out",  "cost_usd", "scaffold", "model",
                                       "format",      "flags",    NULL };

/* ---- the preview ---- */

struct preview_job {
    struct job job;
    uint32_t id;
    const char *root;
    struct doc *doc;
};

/* The other attempts at the same task, each a door. */
static int add_siblings(struct index *idx, const struct attempt_row *r, struct doc *doc,
                        struct error *err)
{
    uint32_t *ids = NULL;
    size_t n = 0;
    int rc = attempt_find(idx, r->instance_id, &ids, &n, err);
    if (rc == 0 && n > 1) {
        doc_line(doc, ROLE_TEXT, "");
        doc_addf(doc, ROLE_HEADER, "attempts at it (%zu)", n);
        doc_end(doc);
    }
    for (size_t i = 0; rc == 0 && n > 1 && i < n && i < SIBLINGS; i++) {
        struct attempt_row other;
        rc = attempt_get(idx, ids[i], &other, err);
        if (rc == 0) {
            doc_door(doc, "trajectory %u", ids[i]);
            doc_addf(doc, state_ink(other.outcome), "%s ", state_sign(other.outcome));
            doc_add(doc, ids[i] == r->id ? ROLE_STRONG : ROLE_TEXT, other.run);
            doc_addf(doc, ROLE_DIM, " · %s · %lld turns", other.model, (long long)other.turns);
            doc_end(doc);
        }
        attempt_row_release(&other);
    }
    if (rc == 0 && n > SIBLINGS) {
        doc_addf(doc, ROLE_DIM, "… %zu more: / id:%s", n - SIBLINGS, r->instance_id);
        doc_end(doc);
    }
    free(ids);
    return rc;
}

static int work(struct job *job, struct lane *lane, struct error *err)
{
    struct preview_job *j = (struct preview_job *)job;
    struct attempt_row r = { 0 };
    struct index *idx;
    int rc = lane_index(lane, &idx, err);
    if (rc == 0)
        rc = attempt_get(idx, j->id, &r, err);
    if (rc < 0)
        return rc;
    j->doc = doc_new();
    attempt_add_summary(&r, j->root, j->doc);
    rc = add_siblings(idx, &r, j->doc, err);
    attempt_row_release(&r);
    return rc;
}

static void done(struct job *job, int rc, const struct error *err)
{
    struct preview_job *j = (struct preview_job *)job;
    struct trajectories *t = job->owner;
    if (t) {
        t->job = NULL;
        if (rc < 0)
            text_set_empty(t->text, error_text(err));
        else
            text_set_doc(t->text, j->doc, t->shown == j->id);
        t->shown = j->id;
    }
    if (j->doc && (!t || rc < 0))
        doc_free(j->doc);
    free(j);
}

static void start(void *payload)
{
    struct trajectories *t = payload;
    struct preview_job *j = xcalloc(1, sizeof(*j));
    j->job = (struct job){ .work = work, .done = done, .owner = t };
    j->id = table_id(t->list->table);
    j->root = t->view->app->ws->root;
    job_drop(&t->job);
    t->job = &j->job;
    lane_push(&t->view->app->loop, LANE_DETAIL, &j->job);
}

static void on_moved(void *payload)
{
    struct trajectories *t = payload;
    job_drop(&t->job);
    if (table_id(t->list->table))
        timer_start(t->rest, REST_MS);
    else if (!t->list->ids.n)
        text_set_empty(t->text, "");
}

/* ---- the view ---- */

static int on_open(struct view *v, const char *arg, struct error *err)
{
    struct trajectories *t = xcalloc(1, sizeof(*t));
    v->data = t;
    t->view = v;
    struct window *split = window_new_split(v->win, SPLIT_COLUMNS, true);
    struct window *left = window_new_split(split, SPLIT_ROWS, false);
    t->list = listing_new(v->app, left, LIST_TRAJECTORIES, columns);
    t->list->empty = "No trajectories yet. `bottega import PATH…` reads files and folders of "
                     "SWE-agent, mini-swe-agent, OpenHands, ATIF, Inspect and others.";
    t->text = text_new(v->app, split);
    t->text->wrap = true;
    t->rest = timer_new(&v->app->loop, true, start, t);
    t->list->table->moved = on_moved;
    t->list->table->payload = t;
    v->list = left;
    v->side = t->text->win;
    v->focus = t->list->table->win;
    return arg ? listing_filter(t->list, arg, err) : 0;
}

static void on_close(struct view *v)
{
    struct trajectories *t = v->data;
    if (!t)
        return;
    job_drop(&t->job);
    timer_free(t->rest);
    listing_free(t->list);
    free(t);
}

static unsigned holds(struct view *v UNUSED)
{
    return 0;
}

static void state(struct view *v, struct str *left, struct str *right)
{
    const struct trajectories *t = v->data;
    str_add(left, view_title(v));
    listing_state(t->list, left, right);
}

static void add_door(const struct trajectories *t, struct str *out)
{
    if (table_id(t->list->table))
        str_addf(out, "trajectory %u", table_id(t->list->table));
}

static void enter(struct view *v)
{
    struct trajectories *t = v->data;
    struct str door = STR_INIT;
    if (v->focus == t->text->win)
        text_add_door(t->text, &door);
    if (!door.len)
        add_door(t, &door);
    if (door.len)
        view_follow(v->app, door.s);
    str_release(&door);
}

static bool back(struct view *v)
{
    struct trajectories *t = v->data;
    return t->list->filter.len && !v->depth && listing_filter(t->list, "", NULL) == 0;
}

static void changed(struct view *v)
{
    struct trajectories *t = v->data;
    listing_refresh(t->list);
}

static void target(struct view *v, struct target *out)
{
    const struct trajectories *t = v->data;
    target_of_listing(t->list, out);
}

static bool sibling(struct view *v, int step, struct str *door)
{
    struct trajectories *t = v->data;
    struct table *table = t->list->table;
    size_t at = table->cursor;
    if (step < 0 ? at == 0 : at + 1 >= t->list->ids.n)
        return false;
    table_move_to(table, step < 0 ? at - 1 : at + 1);
    add_door(t, door);
    return door->len > 0;
}

/* ---- beside each other ---- */

int act_compare(struct app *a, int value UNUSED, const char *arg UNUSED, struct error *err)
{
    enum { MOST = 4 };
    const struct trajectories *t = a->view->data;
    const uint32_t *ids;
    uint32_t first = 0;
    struct str door = STR_INIT;
    size_t n;
    if (a->view->ops == &trajectories_view) {
        ids = t->list->table->marks;
        n = t->list->table->n_marks;
    } else {
        n = trajectory_others(a, &ids, &first);
    }
    if (n < 2)
        return error_set(err, E_USAGE, "compare wants two attempts or more; space marks them");
    str_add(&door, "compare");
    if (first)
        str_addf(&door, " %u", first);
    for (size_t i = 0, left = MOST - (first != 0); i < n && left; i++) {
        if (ids[i] != first) {
            str_addf(&door, " %u", ids[i]);
            left--;
        }
    }
    if (n > MOST)
        app_say(a, "the first %d of %zu", MOST, n);
    view_follow(a, door.s);
    str_release(&door);
    return 0;
}

const struct view_ops trajectories_view = {
    .name = "trajectories",
    .title = "Trajectories",
    .context = IN_TRAJECTORIES,
    .open = on_open,
    .close = on_close,
    .holds = holds,
    .state = state,
    .enter = enter,
    .back = back,
    .changed = changed,
    .target = target,
    .sibling = sibling,
};
