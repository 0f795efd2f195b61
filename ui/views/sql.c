#include "index/sql.h"

#include "ui/app.h"
#include "ui/handlers.h"
#include "ui/views/views.h"
#include "ui/widgets/grid.h"

#include <stdlib.h>
#include <string.h>

/* More rows than this are not read: a person looks, a program takes `list --sql`. */
enum { ROWS_MOST = 10000, CELL_MOST = 2000 };

struct sql_view {
    struct view *view;
    char *text;
    struct window *line; /* shows the statement */
    struct grid *grid;
    struct job *job;
    bool more;      /* than ROWS_MOST */
    size_t columns; /* of the result; what is above TABLE_COLUMNS does not show */
    bool ran;       /* to the end, at least once */
};

struct sql_job {
    struct job job;
    char *text;
    struct grid_data data;
    long id_column, run_column; /* -1: none */
    size_t rows, columns;
    bool more;
};

/* ---- on the lane ---- */

static void take_names(struct sql_job *j, const char *const *names, size_t n)
{
    j->columns = n;
    j->id_column = j->run_column = -1;
    for (size_t i = 0; i < n && i < TABLE_COLUMNS; i++) {
        strv_add(&j->data.titles, names[i]);
        if (strcmp(names[i], "instance_id") == 0)
            j->id_column = (long)i;
        else if (strcmp(names[i], "run") == 0)
            j->run_column = (long)i;
    }
}

/* A row that names an instance opens it. */
static void add_door(struct sql_job *j, const struct sql_value *values)
{
    struct str door = STR_INIT;
    const struct sql_value *id = j->id_column < 0 ? NULL : &values[j->id_column];
    const struct sql_value *run = j->run_column < 0 ? NULL : &values[j->run_column];
    if (id && id->type == SQL_TEXT)
        str_addf(&door, "environment %s %s",
                 run && run->type == SQL_TEXT && run->len ? run->text : "-", id->text);
    strv_add(&j->data.doors, door.s);
    str_release(&door);
}

static int on_row(void *payload, const char *const *names, const struct sql_value *values, size_t n)
{
    struct sql_job *j = payload;
    if (!values) {
        take_names(j, names, n);
        return 0;
    }
    j->more = j->rows == ROWS_MOST;
    if (j->more)
        return E_CANCELLED;
    for (size_t i = 0; i < j->data.titles.n; i++) {
        struct str cell = STR_INIT;
        struct sql_value v = values[i];
        v.len = v.len < CELL_MOST ? v.len : CELL_MOST;
        sql_value_add_text(&cell, &v);
        strv_add(&j->data.cells, cell.s);
        if (v.type == SQL_INT || v.type == SQL_REAL)
            j->data.right |= 1u << i;
        str_release(&cell);
    }
    add_door(j, values);
    j->rows++;
    return 0;
}

static int work(struct job *job, struct lane *lane, struct error *err)
{
    struct sql_job *j = (struct sql_job *)job;
    struct index *idx;
    int rc = lane_index(lane, &idx, err);
    if (rc == 0)
        rc = sql_each(idx, j->text, &job->stop, on_row, j, err);
    return j->more ? 0 : rc;
}

/* ---- on the loop ---- */

static void done(struct job *job, int rc, const struct error *err)
{
    struct sql_job *j = (struct sql_job *)job;
    struct sql_view *s = job->owner;
    if (s) {
        s->job = NULL;
        if (rc < 0) {
            grid_set_empty(s->grid, error_text(err));
        } else {
            str_set(&s->grid->empty, "No rows.");
            grid_set(s->grid, &j->data, s->ran);
            s->more = j->more;
            s->columns = j->columns;
            s->ran = true;
        }
        window_touch(s->view->app->state);
        window_touch(s->view->app->keys);
    }
    grid_data_release(&j->data);
    free(j->text);
    free(j);
}

static void start(struct sql_view *s)
{
    struct sql_job *j = xcalloc(1, sizeof(*j));
    job_drop(&s->job);
    j->job = (struct job){ .work = work, .done = done, .owner = s };
    j->text = xstrdup(s->text);
    grid_data_init(&j->data);
    s->job = &j->job;
    lane_push(&s->view->app->loop, LANE_OUTSIDE, &j->job);
}

static void paint_line(struct window *w, const struct canvas *c)
{
    const struct sql_view *s = w->data;
    struct str shown = STR_INIT;
    canvas_clear(c);
    text_add_shown(&shown, s->text, strlen(s->text));
    canvas_text(c, 0, 1, c->r.w - 2, ROLE_STRONG, shown.s);
    str_release(&shown);
}

static const struct window_ops line_ops = { .paint = paint_line };

static int on_open(struct view *v, const char *arg, struct error *err UNUSED)
{
    struct sql_view *s = xcalloc(1, sizeof(*s));
    v->data = s;
    s->view = v;
    s->text = xstrdup(arg);
    s->line = window_new(v->win, &line_ops, s);
    s->line->fixed = 1;
    s->grid = grid_new(v->win);
    v->focus = s->grid->table->win;
    grid_set_empty(s->grid, "Reading … Esc gives up.");
    start(s);
    return 0;
}

static void on_close(struct view *v)
{
    struct sql_view *s = v->data;
    job_drop(&s->job);
    grid_free(s->grid);
    free(s->text);
    free(s);
}

static void state(struct view *v, struct str *left, struct str *right)
{
    const struct sql_view *s = v->data;
    size_t n = s->grid->data.titles.n ? s->grid->data.cells.n / s->grid->data.titles.n : 0;
    str_addf(left, "%s%s", view_title(v), s->job ? " · reading …" : "");
    if (s->columns > TABLE_COLUMNS)
        str_addf(left, " · the first %d of %zu columns", (int)TABLE_COLUMNS, s->columns);
    if (!n)
        return;
    str_add(right, "row ");
    text_add_count(right, (int64_t)s->grid->table->cursor + 1);
    str_add(right, " of ");
    text_add_count(right, (int64_t)n);
    str_add(right, s->more ? "+" : "");
}

static void enter(struct view *v)
{
    const struct sql_view *s = v->data;
    const char *door = grid_door(s->grid);
    if (*door)
        view_follow(v->app, door);
    else
        app_say(v->app, "a row opens when its columns have instance_id");
}

static bool back(struct view *v)
{
    struct sql_view *s = v->data;
    if (!s->job)
        return false;
    job_drop(&s->job);
    if (!s->ran)
        grid_set_empty(s->grid, "Given up. q goes back.");
    window_touch(v->app->state);
    return true;
}

static void changed(struct view *v)
{
    struct sql_view *s = v->data;
    if (s->ran) /* what was given up stays so */
        start(s);
}

const struct view_ops sql_view = {
    .name = "sql",
    .title = "SQL",
    .context = IN_ANY,
    .open = on_open,
    .close = on_close,
    .state = state,
    .enter = enter,
    .back = back,
    .changed = changed,
};

/* ---- its action ---- */

int act_sql(struct app *a, int value UNUSED, const char *arg, struct error *err UNUSED)
{
    if (*arg)
        view_open(a, &sql_view, arg);
    else
        palette_open(a, "sql SELECT ");
    return 0;
}

void sql_complete(struct app *a UNUSED, const char *word, struct strv *out)
{
    static const char *const words[] = {
        "SELECT",       "FROM",     "WHERE",   "GROUP BY",     "ORDER BY", "LIMIT",
        "environments", "rounds",   "batches", "repositories", "runs",     "instances",
        "signatures",   "count(*)", "sum(",    "avg(",         "DESC",
    };
    for (size_t i = 0; *word && i < ARRAY_LEN(words); i++)
        if (strncasecmp(words[i], word, strlen(word)) == 0)
            strv_add(out, words[i]);
}
