#include "ui/views/steps.h"

#include <stdlib.h>
#include <string.h>

enum { AHEAD = 60, CHUNK = 400 };

static const struct step *step_at(const struct steps *s, size_t row)
{
    return &s->attempt->row.steps.v[s->seen[row]];
}

/* ---- lines, read as they show ---- */

struct lines_job {
    struct job job;
    struct attempt_ref *attempt;
    size_t from, to;
    struct step_line *lines;
};

static int work(struct job *job, struct lane *lane UNUSED, struct error *err)
{
    struct lines_job *j = (struct lines_job *)job;
    return attempt_lines(j->attempt, j->from, j->to, &job->stop, j->lines, err);
}

static void take_line(struct step_line *to, struct step_line *from)
{
    if (!to->what && from->what) {
        *to = *from;
        memset(from, 0, sizeof(*from));
    }
    free(from->what);
    free(from->tool);
}

static void done(struct job *job, int rc, const struct error *err)
{
    struct lines_job *j = (struct lines_job *)job;
    struct steps *s = job->owner;
    struct step_line ignored = { NULL, NULL };
    for (size_t i = j->from; i < j->to; i++) {
        take_line(s ? &s->lines[i] : &ignored, &j->lines[i - j->from]);
        free(ignored.what);
        free(ignored.tool);
        ignored = (struct step_line){ NULL, NULL };
    }
    if (s) {
        s->job = NULL;
        if (rc < 0)
            app_complain(s->app, "%s", error_text(err));
        window_touch(s->table->win);
    }
    attempt_drop(j->attempt);
    free(j->lines);
    free(j);
}

static void start(struct steps *s, size_t from, size_t to)
{
    struct lines_job *j = xcalloc(1, sizeof(*j));
    j->job = (struct job){ .work = work, .done = done, .owner = s };
    j->attempt = attempt_hold(s->attempt);
    j->from = from;
    j->to = to;
    j->lines = xcalloc(to - from + 1, sizeof(*j->lines));
    s->job = &j->job;
    lane_push(&s->app->loop, LANE_FILE, &j->job);
}

/* ---- the model ---- */

static size_t count(void *model)
{
    return ((struct steps *)model)->n_seen;
}

static uint32_t id_of(void *model, size_t row)
{
    return (uint32_t)((struct steps *)model)->seen[row] + 1;
}

static void need(void *model, size_t first, size_t n)
{
    struct steps *s = model;
    size_t end = first + n < s->n_seen ? first + n : s->n_seen;
    for (size_t row = first; row < end && !s->job; row++) {
        size_t step = s->seen[row], last = s->attempt->row.steps.n;
        if (s->lines[step].what)
            continue;
        size_t to = step + n + AHEAD;
        start(s, step, to < last ? to : last);
    }
}

static ink_t kind_ink(const struct step *st)
{
    static const ink_t inks[STEP_KINDS] = {
        [STEP_SYSTEM] = ROLE_DIM,      [STEP_USER] = ROLE_HEADER, [STEP_ASSISTANT] = ROLE_STRONG,
        [STEP_OBSERVATION] = ROLE_DIM, [STEP_EVENT] = ROLE_DIM,   [STEP_EXIT] = ROLE_WARNING,
    };
    return st->flags & (STEP_DEMO | STEP_COPIED) ? ROLE_DIM : inks[st->kind];
}

static void add_marks(const struct step *st, struct str *out)
{
    static const struct {
        unsigned flag;
        const char *sign;
    } signs[] = { { STEP_FORMAT, "format " }, { STEP_EDIT, "± " },   { STEP_SUBMIT, "submit " },
                  { STEP_MASKED, "mask " },   { STEP_BRANCH, "↳ " }, { STEP_DEMO, "demo " },
                  { STEP_COPIED, "copy " } };
    for (size_t i = 0; i < ARRAY_LEN(signs); i++)
        if (st->flags & signs[i].flag)
            str_add(out, signs[i].sign);
    str_rtrim(out);
}

static bool add_what(const struct steps *s, size_t step, struct str *out, ink_t *ink)
{
    const struct step_line *l = &s->lines[step];
    if (!l->what)
        return false;
    if (l->tool && s->attempt->row.steps.v[step].kind == STEP_ASSISTANT)
        str_addf(out, "%s ", l->tool);
    str_add(out, l->what);
    *ink = kind_ink(&s->attempt->row.steps.v[step]);
    return true;
}

static bool cell(void *model, size_t row, size_t column, struct str *out, ink_t *ink)
{
    const struct steps *s = model;
    const struct step *st = step_at(s, row);
    switch (column) {
    case 0:
        str_addf(out, "%zu", s->seen[row] + 1);
        *ink = ROLE_DIM;
        break;
    case 1:
        str_add(out, step_kind_name(st->kind));
        *ink = kind_ink(st);
        break;
    case 2:
        return add_what(s, s->seen[row], out, ink);
    case 3:
        if (st->exit >= 0)
            str_addf(out, "%d", st->exit);
        else if (st->flags & STEP_ERROR)
            str_add(out, "✕");
        *ink = st->flags & STEP_ERROR ? ROLE_ERROR : ROLE_DIM;
        break;
    default:
        add_marks(st, out);
        *ink = ROLE_WARNING;
    }
    return true;
}

static void empty(void *model UNUSED, struct str *out)
{
    str_add(out, "No turn of the model. f shows every step.");
}

static const struct table_model model_ops = {
    .count = count,
    .cell = cell,
    .id = id_of,
    .need = need,
    .empty = empty,
};

static const struct table_column columns[] = {
    { "step", "#", true, false, false },    { "kind", "kind", false, false, false },
    { "what", "what", false, true, false }, { "exit", "exit", true, false, false },
    { "marks", "", false, false, false },
};

/* ---- which steps ---- */

static void list_steps(struct steps *s)
{
    const struct step_vec *all = &s->attempt->row.steps;
    s->n_seen = 0;
    for (size_t i = 0; i < all->n; i++)
        if (!s->turns_only || all->v[i].kind == STEP_ASSISTANT || all->v[i].kind == STEP_EXIT)
            s->seen[s->n_seen++] = i;
}

struct steps *steps_new(struct app *a, struct window *parent, struct attempt_ref *attempt)
{
    struct steps *s = xcalloc(1, sizeof(*s));
    s->app = a;
    s->attempt = attempt_hold(attempt);
    s->lines = xcalloc(attempt->row.steps.n + 1, sizeof(*s->lines));
    s->seen = xcalloc(attempt->row.steps.n + 1, sizeof(*s->seen));
    list_steps(s);
    s->table = table_new(parent, &model_ops, s);
    table_set_columns(s->table, columns, ARRAY_LEN(columns));
    return s;
}

void steps_free(struct steps *s)
{
    if (!s)
        return;
    job_drop(&s->job);
    for (size_t i = 0; i < s->attempt->row.steps.n; i++) {
        free(s->lines[i].what);
        free(s->lines[i].tool);
    }
    attempt_drop(s->attempt);
    free(s->lines);
    free(s->seen);
    free(s);
}

size_t steps_here(const struct steps *s)
{
    return s->table->cursor < s->n_seen ? s->seen[s->table->cursor] : s->attempt->row.steps.n;
}

void steps_go(struct steps *s, size_t step)
{
    size_t row = 0;
    while (row + 1 < s->n_seen && s->seen[row] < step)
        row++;
    if (s->n_seen)
        table_move_to(s->table, row);
}

bool steps_go_flag(struct steps *s, unsigned flags, int direction)
{
    for (size_t row = s->table->cursor + (size_t)direction; row < s->n_seen;
         row += (size_t)direction) {
        if (step_at(s, row)->flags & flags) {
            table_move_to(s->table, row);
            return true;
        }
    }
    return false;
}

void steps_fold(struct steps *s, bool turns_only)
{
    size_t here = steps_here(s);
    s->turns_only = turns_only;
    list_steps(s);
    table_reset(s->table, 0);
    steps_go(s, here);
}
