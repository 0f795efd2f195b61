#include "ui/handlers.h"
#include "ui/views/views.h"
#include "ui/widgets/table.h"

#include <stdlib.h>
#include <string.h>

/* Tasks by runs: how many of the attempts resolved each. */
struct matrix {
    struct view *view;
    struct table *table;
    struct outcome_matrix m;
    struct job *load;
    bool loaded;
    struct str trouble;
};

struct load_job {
    struct job job;
    struct outcome_matrix m;
};

static int work(struct job *job, struct lane *lane, struct error *err)
{
    struct load_job *j = (struct load_job *)job;
    struct index *idx;
    int rc = lane_index(lane, &idx, err);
    return rc < 0 ? rc : outcome_matrix_load(idx, &job->stop, &j->m, err);
}

static void set_columns(struct matrix *v)
{
    struct table_column columns[MATRIX_RUNS + 1] = { { "instance", "instance", false, false,
                                                       true } };
    for (size_t k = 0; k < v->m.runs.n; k++)
        columns[k + 1] = (struct table_column){ v->m.runs.v[k], v->m.runs.v[k], true, false, true };
    table_set_columns(v->table, columns, v->m.runs.n + 1);
}

static void done(struct job *job, int rc, const struct error *err)
{
    struct load_job *j = (struct load_job *)job;
    struct matrix *v = job->owner;
    if (v) {
        v->load = NULL;
        v->loaded = true;
        str_set(&v->trouble, rc < 0 ? error_text(err) : "");
        if (rc == 0) {
            struct outcome_matrix old = v->m;
            size_t at = v->table->cursor;
            v->m = j->m;
            j->m = old;
            set_columns(v);
            table_reset(v->table, at < v->m.instances.n ? at : 0);
        }
        app_touch_all(v->view->app);
    }
    outcome_matrix_release(&j->m);
    free(j);
}

static void start(struct matrix *v)
{
    struct load_job *j = xcalloc(1, sizeof(*j));
    job_drop(&v->load);
    j->job = (struct job){ .work = work, .done = done, .owner = v };
    strv_init(&j->m.runs);
    strv_init(&j->m.instances);
    v->load = &j->job;
    lane_push(&v->view->app->loop, LANE_LIST, &j->job);
}

/* ---- the table ---- */

static size_t count(void *model)
{
    return ((struct matrix *)model)->m.instances.n;
}

static uint32_t id_of(void *model UNUSED, size_t row)
{
    return (uint32_t)row + 1;
}

static bool cell(void *model, size_t row, size_t column, struct str *out, ink_t *ink)
{
    const struct matrix *v = model;
    if (!column) {
        text_add_shown(out, v->m.instances.v[row], strlen(v->m.instances.v[row]));
        return true;
    }
    const struct outcome_cell *c = &v->m.cells[row * v->m.runs.n + column - 1];
    bool graded = c->resolved || c->unresolved;
    if (!c->attempts)
        str_add(out, "·");
    else if (c->attempts == 1)
        str_add(out, c->resolved ? "●" : c->unresolved ? "✕" : "○");
    else if (graded)
        str_addf(out, "%d/%d", c->resolved, c->attempts);
    else
        str_addf(out, "○%d", c->attempts);
    *ink = !c->attempts || !graded     ? ROLE_DIM
           : c->resolved == 0          ? ROLE_REJECTED
           : c->resolved < c->attempts ? ROLE_WARNING
                                       : ROLE_ACCEPTED;
    return true;
}

static void empty(void *model, struct str *out)
{
    const struct matrix *v = model;
    str_add(out, v->trouble.len ? v->trouble.s
                 : v->loaded    ? "No trajectories yet. `bottega import PATH…` brings them."
                                : "Reading …");
}

static const struct table_model model_ops = {
    .count = count,
    .cell = cell,
    .id = id_of,
    .empty = empty,
};

/* ---- the view ---- */

static int on_open(struct view *v, const char *arg UNUSED, struct error *err UNUSED)
{
    struct matrix *m = xcalloc(1, sizeof(*m));
    v->data = m;
    m->view = v;
    str_init(&m->trouble);
    strv_init(&m->m.runs);
    strv_init(&m->m.instances);
    m->table = table_new(v->win, &model_ops, m);
    set_columns(m);
    v->focus = m->table->win;
    start(m);
    return 0;
}

static void on_close(struct view *v)
{
    struct matrix *m = v->data;
    job_drop(&m->load);
    outcome_matrix_release(&m->m);
    str_release(&m->trouble);
    free(m);
}

static unsigned holds(struct view *v UNUSED)
{
    return 0;
}

static void state(struct view *v, struct str *left, struct str *right)
{
    const struct matrix *m = v->data;
    str_add(left, "Tasks by runs: resolved of attempts");
    if (m->m.more_runs)
        str_addf(left, " · %zu runs with fewer attempts have no column", m->m.more_runs);
    str_addf(right, "row %zu of %zu", m->table->cursor + 1, m->m.instances.n);
}

static void enter(struct view *v)
{
    const struct matrix *m = v->data;
    struct str door = STR_INIT;
    if (m->table->cursor >= m->m.instances.n)
        return;
    str_add(&door, "trajectories ");
    query_add_word(&door, "id", m->m.instances.v[m->table->cursor]);
    view_follow(v->app, door.s);
    str_release(&door);
}

static bool back(struct view *v UNUSED)
{
    return false;
}

static void changed(struct view *v)
{
    start(v->data);
}

int act_matrix(struct app *a, int value UNUSED, const char *arg UNUSED, struct error *err UNUSED)
{
    view_follow(a, "matrix ");
    return 0;
}

const struct view_ops matrix_view = {
    .name = "matrix",
    .title = "Outcomes",
    .context = IN_MATRIX,
    .open = on_open,
    .close = on_close,
    .holds = holds,
    .state = state,
    .enter = enter,
    .back = back,
    .changed = changed,
};
