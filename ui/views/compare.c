#include "ui/handlers.h"
#include "ui/sign.h"
#include "ui/views/align.h"
#include "ui/views/attempt.h"
#include "ui/views/target.h"
#include "ui/views/views.h"
#include "ui/widgets/table.h"
#include "ui/widgets/text.h"

#include <stdlib.h>
#include <string.h>

/* Attempts at one task beside each other: a row for what all of them did, gaps where one did
 * something of its own; below, the step of the first and of another one. */
struct compare {
    struct view *view;
    uint32_t ids[ALIGN_MOST];
    struct attempt_ref *attempts[ALIGN_MOST];
    size_t *turns[ALIGN_MOST]; /* steps that are turns of the model */
    size_t n_turns[ALIGN_MOST];
    struct strv what[ALIGN_MOST]; /* a line for each of them */
    size_t n, other;              /* shown beside the first */
    struct align_rows rows;
    struct table *table;
    char *titles[ALIGN_MOST]; /* of its columns */
    struct text *left, *right;
    struct job *load, *bodies[2];
};

static struct compare *of(const struct app *a)
{
    return a->view->data;
}

/* ---- reading ---- */

struct load_job {
    struct job job;
    uint32_t ids[ALIGN_MOST];
    struct attempt_row rows[ALIGN_MOST];
    struct attempt_ref *refs[ALIGN_MOST];
    size_t *turns[ALIGN_MOST], n_turns[ALIGN_MOST];
    struct strv what[ALIGN_MOST];
    size_t n;
    bool lines; /* the second half: of LANE_FILE */
};

static int work_rows(struct load_job *j, struct lane *lane, struct error *err)
{
    struct index *idx;
    int rc = lane_index(lane, &idx, err);
    for (size_t k = 0; rc == 0 && k < j->n; k++)
        rc = attempt_get(idx, j->ids[k], &j->rows[k], err);
    return rc;
}

/* Blanks and prompts differ where the action does not. */
static char *key_new(const struct step_line *l)
{
    struct str key = STR_INIT;
    if (l->tool)
        str_addf(&key, "%s ", l->tool);
    for (const char *p = l->what ? l->what : ""; *p; p++)
        if (!strchr(" \t", *p) || (key.len && key.s[key.len - 1] != ' '))
            str_addc(&key, *p == '\t' ? ' ' : *p);
    str_rtrim(&key);
    return str_detach(&key);
}

static int read_turns(struct load_job *j, size_t k, struct error *err)
{
    struct attempt_ref *a = j->refs[k];
    const struct step_vec *steps = &a->row.steps;
    int rc = 0;
    j->turns[k] = xcalloc(steps->n + 1, sizeof(*j->turns[k]));
    for (size_t i = 0; rc == 0 && i < steps->n && !cancel_raised(&j->job.stop); i++) {
        struct step_line line = { NULL, NULL };
        if (steps->v[i].kind != STEP_ASSISTANT || (steps->v[i].flags & (STEP_DEMO | STEP_COPIED)))
            continue;
        rc = attempt_lines(a, i, i + 1, &j->job.stop, &line, err);
        char *key = key_new(&line);
        j->turns[k][j->n_turns[k]++] = i;
        strv_add(&j->what[k], key);
        free(key);
        free(line.what);
        free(line.tool);
    }
    return rc;
}

static int work_load(struct job *job, struct lane *lane, struct error *err)
{
    struct load_job *j = (struct load_job *)job;
    int rc = 0;
    if (!j->lines)
        return work_rows(j, lane, err);
    for (size_t k = 0; rc == 0 && k < j->n; k++)
        rc = read_turns(j, k, err);
    return rc;
}

static void load_free(struct load_job *j)
{
    for (size_t k = 0; k < ALIGN_MOST; k++) {
        attempt_row_release(&j->rows[k]);
        attempt_drop(j->refs[k]);
        free(j->turns[k]);
        strv_release(&j->what[k]);
    }
    free(j);
}

static void show(struct compare *c);

static void take_lines(struct compare *c, struct load_job *j)
{
    const char *const *keys[ALIGN_MOST];
    for (size_t k = 0; k < c->n; k++) {
        c->turns[k] = j->turns[k];
        c->n_turns[k] = j->n_turns[k];
        c->what[k] = j->what[k];
        j->turns[k] = NULL;
        strv_init(&j->what[k]);
        keys[k] = (const char *const *)c->what[k].v;
    }
    align(keys, c->n_turns, c->n, &c->rows);
    size_t first = align_divergence(&c->rows, 0, 1);
    table_reset(c->table, first < c->rows.n ? first : 0);
    show(c);
    app_touch_all(c->view->app);
}

static void start_load(struct compare *c, bool lines);
static void set_columns(struct compare *c);

static void done_load(struct job *job, int rc, const struct error *err)
{
    struct load_job *j = (struct load_job *)job;
    struct compare *c = job->owner;
    if (c)
        c->load = NULL;
    if (c && rc < 0)
        text_set_empty(c->left, error_text(err));
    else if (c && j->lines)
        take_lines(c, j);
    else if (c) {
        for (size_t k = 0; k < c->n; k++)
            c->attempts[k] = attempt_ref_new(&j->rows[k]);
        set_columns(c);
        start_load(c, true);
    }
    load_free(j);
}

static void start_load(struct compare *c, bool lines)
{
    struct load_job *j = xcalloc(1, sizeof(*j));
    j->job = (struct job){ .work = work_load, .done = done_load, .owner = c };
    memcpy(j->ids, c->ids, sizeof(j->ids));
    j->n = c->n;
    j->lines = lines;
    for (size_t k = 0; k < ALIGN_MOST; k++) {
        strv_init(&j->what[k]);
        j->refs[k] = lines && k < c->n ? attempt_hold(c->attempts[k]) : NULL;
    }
    c->load = &j->job;
    lane_push(&c->view->app->loop, lines ? LANE_FILE : LANE_DETAIL, &j->job);
}

/* ---- the two bodies ---- */

struct body_job {
    struct job job;
    struct attempt_ref *attempt;
    size_t step;
    int side;
    struct doc *doc;
};

static int work_body(struct job *job, struct lane *lane UNUSED, struct error *err)
{
    struct body_job *j = (struct body_job *)job;
    return attempt_body(j->attempt, j->step, false, false, &j->doc, err);
}

static void done_body(struct job *job, int rc, const struct error *err)
{
    struct body_job *j = (struct body_job *)job;
    struct compare *c = job->owner;
    if (c) {
        struct text *t = j->side ? c->right : c->left;
        c->bodies[j->side] = NULL;
        if (rc < 0)
            text_set_empty(t, error_text(err));
        else
            text_set_doc(t, j->doc, false);
    }
    if (!c || rc < 0)
        doc_free(j->doc);
    attempt_drop(j->attempt);
    free(j);
}

static void show_body(struct compare *c, int side, size_t k)
{
    const struct align_row *row = &c->rows.v[c->table->cursor];
    struct text *t = side ? c->right : c->left;
    const struct attempt_row *r = &c->attempts[k]->row;
    free(t->win->title);
    t->win->title = str_format("%s %s %s", state_sign(r->outcome), r->run, r->model);
    job_drop(&c->bodies[side]);
    if (row->at[k] < 0) {
        text_set_empty(t, "It does nothing of this kind here.");
        return;
    }
    struct body_job *j = xcalloc(1, sizeof(*j));
    j->job = (struct job){ .work = work_body, .done = done_body, .owner = c };
    j->attempt = attempt_hold(c->attempts[k]);
    j->step = c->turns[k][row->at[k]];
    j->side = side;
    c->bodies[side] = &j->job;
    lane_push(&c->view->app->loop, LANE_FILE, &j->job);
}

static void show(struct compare *c)
{
    if (c->table->cursor >= c->rows.n)
        return;
    show_body(c, 0, 0);
    show_body(c, 1, c->other);
}

static void on_moved(void *payload)
{
    struct compare *c = payload;
    show(c);
    window_touch(c->view->app->state);
}

/* ---- the table ---- */

static size_t count(void *model)
{
    return ((struct compare *)model)->rows.n;
}

static uint32_t id_of(void *model UNUSED, size_t row)
{
    return (uint32_t)row + 1;
}

static bool cell(void *model, size_t i, size_t column, struct str *out, ink_t *ink)
{
    const struct compare *c = model;
    const struct align_row *row = &c->rows.v[i];
    *ink = row->same ? ROLE_DIM : ROLE_STRONG;
    if (column == 0) {
        str_add(out, row->same ? "=" : "≠");
    } else if (row->at[column - 1] >= 0) {
        size_t k = column - 1;
        const struct step *s = &c->attempts[k]->row.steps.v[c->turns[k][row->at[k]]];
        str_addf(out, "%zu %s", c->turns[k][row->at[k]] + 1, c->what[k].v[row->at[k]]);
        *ink = s->flags & STEP_ERROR ? ROLE_ERROR : *ink;
    }
    return true;
}

static void empty(void *model, struct str *out)
{
    const struct compare *c = model;
    str_add(out, c->load ? "Reading …" : "Neither of them did anything.");
}

static const struct table_model model_ops = {
    .count = count,
    .cell = cell,
    .id = id_of,
    .empty = empty,
};

static void set_columns(struct compare *c)
{
    static const char *const names[ALIGN_MOST] = { "first", "second", "third", "fourth" };
    struct table_column columns[ALIGN_MOST + 1] = { { "same", "", false, false, false } };
    for (size_t k = 0; k < c->n; k++) {
        const struct attempt_row *r = c->attempts[k] ? &c->attempts[k]->row : NULL;
        free(c->titles[k]);
        c->titles[k] = r ? str_format("%s %s %s", state_sign(r->outcome), r->run, r->model)
                         : xstrdup(names[k]);
        columns[k + 1] = (struct table_column){ names[k], c->titles[k], false, true, false };
    }
    table_set_columns(c->table, columns, c->n + 1);
}

/* ---- the view ---- */

static size_t read_ids(const char *arg, uint32_t ids[ALIGN_MOST])
{
    struct strv words = STRV_INIT;
    size_t n = 0;
    strv_split(&words, arg ? arg : "", " ");
    for (size_t i = 0; i < words.n && n < ALIGN_MOST; i++)
        if (strtoul(words.v[i], NULL, 10))
            ids[n++] = (uint32_t)strtoul(words.v[i], NULL, 10);
    strv_release(&words);
    return n;
}

static int on_open(struct view *v, const char *arg, struct error *err)
{
    uint32_t ids[ALIGN_MOST] = { 0 };
    size_t n = read_ids(arg, ids);
    if (n < 2)
        return error_set(err, E_USAGE, "compare wants two to four trajectories; space marks them");
    struct compare *c = xcalloc(1, sizeof(*c));
    v->data = c;
    c->view = v;
    c->n = n;
    c->other = 1;
    memcpy(c->ids, ids, sizeof(ids));
    for (size_t k = 0; k < ALIGN_MOST; k++)
        strv_init(&c->what[k]);
    struct window *split = window_new_split(v->win, SPLIT_ROWS, true);
    c->table = table_new(split, &model_ops, c);
    set_columns(c);
    struct window *below = window_new_split(split, SPLIT_COLUMNS, true);
    c->left = text_new(v->app, below);
    c->right = text_new(v->app, below);
    c->left->wrap = c->right->wrap = true;
    c->table->moved = on_moved;
    c->table->payload = c;
    v->focus = c->table->win;
    start_load(c, false);
    return 0;
}

static void on_close(struct view *v)
{
    struct compare *c = v->data;
    if (!c)
        return;
    job_drop(&c->load);
    job_drop(&c->bodies[0]);
    job_drop(&c->bodies[1]);
    for (size_t k = 0; k < ALIGN_MOST; k++) {
        attempt_drop(c->attempts[k]);
        free(c->turns[k]);
        free(c->titles[k]);
        strv_release(&c->what[k]);
    }
    align_rows_release(&c->rows);
    free(c);
}

static unsigned holds(struct view *v)
{
    const struct compare *c = v->data;
    return c->rows.n ? NEEDS_STEPS : 0;
}

static void state(struct view *v, struct str *left, struct str *right)
{
    const struct compare *c = v->data;
    size_t same = 0;
    for (size_t i = 0; i < c->rows.n; i++)
        same += c->rows.v[i].same;
    str_add(left, c->attempts[0] ? c->attempts[0]->row.instance_id : view_title(v));
    for (size_t k = 0; k < c->n && c->attempts[k]; k++)
        str_addf(left, " · %s %s", state_sign(c->attempts[k]->row.outcome),
                 c->attempts[k]->row.run);
    if (c->rows.n)
        str_addf(right, "%zu of %zu rows equal · row %zu", same, c->rows.n, c->table->cursor + 1);
}

static void enter(struct view *v)
{
    const struct compare *c = v->data;
    size_t k = v->focus == c->right->win ? c->other : 0;
    char *door = str_format("trajectory %u", c->ids[k]);
    view_follow(v->app, door);
    free(door);
}

static bool back(struct view *v)
{
    struct compare *c = v->data;
    if (v->focus == c->table->win)
        return false;
    app_focus(v->app, c->table->win);
    return true;
}

static void target(struct view *v, struct target *out)
{
    const struct compare *c = v->data;
    memset(out, 0, sizeof(*out));
    strv_init(&out->ids);
    if (c->attempts[0])
        out->id = xstrdup(c->attempts[0]->row.instance_id);
}

int act_divergence(struct app *a, int value, const char *arg UNUSED, struct error *err)
{
    struct compare *c = of(a);
    size_t row = align_divergence(&c->rows, c->table->cursor + (size_t)value, value);
    if (row >= c->rows.n)
        return error_set(err, E_NOTFOUND, "they do not part %s this row",
                         value < 0 ? "before" : "after");
    table_move_to(c->table, row);
    return 0;
}

int act_other(struct app *a, int value UNUSED, const char *arg UNUSED, struct error *err UNUSED)
{
    struct compare *c = of(a);
    c->other = c->other + 1 < c->n ? c->other + 1 : 1;
    show(c);
    app_touch_all(a);
    return 0;
}

const struct view_ops compare_view = {
    .name = "compare",
    .title = "Compare",
    .context = IN_COMPARE,
    .open = on_open,
    .close = on_close,
    .holds = holds,
    .state = state,
    .enter = enter,
    .back = back,
    .target = target,
};
