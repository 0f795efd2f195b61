#include "ui/listing.h"

#include "ui/app.h"
#include "ui/data.h"
#include "ui/listing_jobs.h"
#include "ui/sign.h"

#include <stdlib.h>
#include <string.h>

/* The first page only, or all; staying with the row under the cursor, or at the top. */
static void start_load(struct listing *l, bool page, bool stay);

static const struct list_column *columns_of(const struct listing *l)
{
    size_t n;
    return list_columns(l->kind, &n);
}

static void drop_rows(struct listing *l)
{
    for (size_t i = 0; i < l->n_rows; i++)
        row_release(&l->rows[i]);
    free(l->rows);
    l->rows = NULL;
    l->n_rows = 0;
}

/* ---- jobs that come back ---- */

static void take_rows(struct listing *l, struct rows_found *found)
{
    drop_rows(l);
    l->rows = found->v;
    l->n_rows = found->n;
    l->first_row = found->first;
    memset(found, 0, sizeof(*found));
}

static size_t row_of(const struct listing *l, uint32_t id, size_t otherwise)
{
    for (size_t i = 0; id && i < l->ids.n; i++)
        if (l->ids.v[i] == id)
            return i;
    return otherwise;
}

/* The row that somebody waits for, or went to since the load began; else where the load says. */
static size_t row_after(const struct listing *l, const struct load_job *j, uint32_t here)
{
    uint32_t wanted = l->table->wanted ? l->table->wanted : here != j->from ? here : 0;
    return row_of(l, wanted, l->loaded ? j->at : 0);
}

static void on_load(struct job *job, int rc, const struct error *err)
{
    struct load_job *j = (struct load_job *)job;
    struct listing *l = job->owner;
    if (l) {
        uint32_t here = table_id(l->table);
        size_t at = l->table->cursor;
        l->load = NULL;
        job_drop(&l->fetch); /* its rows are of the ids before */
        str_set(&l->trouble, rc < 0 ? error_text(err) : "");
        if (rc == 0) {
            id_vec_release(&l->ids);
            l->ids = j->ids;
            memset(&j->ids, 0, sizeof(j->ids));
            take_rows(l, &j->rows);
            at = row_after(l, j, here);
            l->loaded = true;
            l->whole = j->whole;
        }
        if (rc == 0 && !l->whole)
            start_load(l, false, true);
        if (rc < 0 && l->ids.n) /* the rows of before stay */
            app_complain(l->app, "%s", error_text(err));
        window_touch(l->line);
        window_touch(l->app->state);
        window_touch(l->app->keys);
        table_reset(l->table, at);
        if (l->whole)
            l->table->wanted = 0;
    }
    load_job_free(j);
}

static void start_load(struct listing *l, bool page, bool stay)
{
    size_t rows = table_rows(l->table);
    struct load_job *j = load_job_new(l->kind, l->filter.s);
    job_drop(&l->load);
    j->job.done = on_load;
    j->job.owner = l;
    j->sort = l->sort;
    j->desc = l->desc;
    j->page = page;
    j->from = table_id(l->table);
    j->id = l->table->wanted ? l->table->wanted : stay ? j->from : 0;
    j->row = page ? 0 : l->table->cursor; /* a new filter begins at the top */
    j->around = rows > 20 ? rows : 20;
    l->load = &j->job;
    lane_push(&l->app->loop, LANE_LIST, &j->job);
}

static void on_fetch(struct job *job, int rc, const struct error *err)
{
    struct fetch_job *j = (struct fetch_job *)job;
    struct listing *l = job->owner;
    if (l) {
        l->fetch = NULL;
        str_set(&l->trouble, rc < 0 ? error_text(err) : "");
        if (rc == 0)
            take_rows(l, &j->rows);
        window_touch(l->table->win);
        if (rc == 0 && l->table->moved)
            l->table->moved(l->table->payload);
    }
    fetch_job_free(j);
}

static void need(void *model, size_t first, size_t n)
{
    struct listing *l = model;
    size_t last = first + n < l->ids.n ? first + n : l->ids.n;
    if (first >= last || l->trouble.len)
        return;
    if (first >= l->first_row && last <= l->first_row + l->n_rows)
        return;
    first = first > n ? first - n : 0;
    last = last + n < l->ids.n ? last + n : l->ids.n;
    job_drop(&l->fetch);
    struct fetch_job *j = fetch_job_new(l->kind, l->ids.v + first, first, last - first);
    j->job.done = on_fetch;
    j->job.owner = l;
    l->fetch = &j->job;
    lane_push(&l->app->loop, LANE_LIST, &j->job);
}

static void on_count(struct job *job, int rc, const struct error *err UNUSED)
{
    struct count_job *j = (struct count_job *)job;
    struct listing *l = job->owner;
    if (l) {
        l->count = NULL;
        l->total = rc == 0 ? j->total : -1;
        window_touch(l->line);
    }
    free(j);
}

static void start_count(struct listing *l)
{
    struct count_job *j = count_job_new(l->kind);
    job_drop(&l->count);
    j->job.done = on_count;
    j->job.owner = l;
    l->count = &j->job;
    lane_push(&l->app->loop, LANE_DETAIL, &j->job);
}

/* ---- the table's model ---- */

static size_t count(void *model)
{
    return ((struct listing *)model)->ids.n;
}

static uint32_t id_of(void *model, size_t row)
{
    const struct listing *l = model;
    return row < l->ids.n ? l->ids.v[row] : 0;
}

static const struct row *row_at(const struct listing *l, size_t i)
{
    if (i < l->first_row || i >= l->first_row + l->n_rows)
        return NULL;
    return &l->rows[i - l->first_row];
}

static bool is_state(const struct list_column *col)
{
    return strcmp(col->name, "state") == 0 || strcmp(col->name, "outcome") == 0;
}

static bool cell(void *model, size_t i, size_t column, struct str *out, ink_t *ink)
{
    const struct listing *l = model;
    const struct row *row = row_at(l, i);
    const struct list_column *col = &columns_of(l)[l->chosen[column]];
    if (!row)
        return false;
    if (!row->id) { /* it went away since the ids were read */
        str_add(out, column ? "" : "(gone)");
        *ink = ROLE_DIM;
        return true;
    }
    const struct cell *c = &row->cells[l->chosen[column]];
    if (is_state(col)) {
        str_addf(out, "%s ", state_sign(c->text));
        *ink = state_ink(c->text);
    }
    cell_add_text(out, col, c, app_now());
    if (strcmp(out->s, "–") == 0 || strcmp(out->s, "0") == 0)
        *ink = ROLE_DIM;
    return true;
}

static void empty(void *model, struct str *out)
{
    const struct listing *l = model;
    if (data_catching_up(l->app->data) && !l->ids.n)
        str_add(out, "Reading the workspace's files …");
    else if (l->trouble.len)
        str_add(out, l->trouble.s);
    else if (*data_trouble(l->app->data) && !l->filter.len)
        str_add(out, data_trouble(l->app->data));
    else if (!l->loaded)
        str_add(out, "Reading …");
    else if (l->filter.len)
        str_addf(out, "Nothing matches “%s”. / changes the filter, Esc takes it away.",
                 l->filter.s);
    else
        str_add(out, l->empty);
}

static void sort(void *model, size_t column, bool desc)
{
    struct listing *l = model;
    l->sort = l->chosen[column];
    l->desc = desc;
    start_load(l, true, false); /* one sorts to see what comes first */
}

static int filter(void *model, const char *text, struct error *err)
{
    return listing_filter(model, text, err);
}

static const char *filter_text(void *model)
{
    return ((struct listing *)model)->filter.s;
}

static int kind(void *model)
{
    return (int)((struct listing *)model)->kind;
}

static const struct table_model model_ops = {
    .count = count,
    .cell = cell,
    .id = id_of,
    .need = need,
    .empty = empty,
    .sort = sort,
    .filter = filter,
    .filter_text = filter_text,
    .kind = kind,
};

/* ---- the filter's line ---- */

static void paint_line(struct window *w, const struct canvas *c)
{
    const struct listing *l = w->data;
    struct str shown = STR_INIT, counts = STR_INIT;
    canvas_clear(c);
    text_add_shown(&shown, l->filter.s, l->filter.len);
    text_add_count(&counts, (int64_t)l->ids.n);
    if (!l->whole)
        str_add(&counts, "+");
    if (l->total >= 0) {
        str_add(&counts, " of ");
        text_add_count(&counts, l->total);
    }
    canvas_text(c, 0, 1, 8, ROLE_DIM, "filter:");
    canvas_text(c, 0, 9, c->r.w - 24, ROLE_STRONG, shown.s);
    canvas_right(c, 0, 22, ROLE_STATUS, counts.s);
    str_release(&shown);
    str_release(&counts);
}

static const struct window_ops line_ops = { .paint = paint_line };

/* ---- */

static void choose_columns(struct listing *l, const char *const *names)
{
    struct table_column cols[TABLE_COLUMNS];
    const struct list_column *all = columns_of(l);
    size_t n = 0;
    for (; names[n] && n < TABLE_COLUMNS; n++) {
        int c = list_column_find(l->kind, names[n]);
        l->chosen[n] = c;
        bool words = strcmp(all[c].name, "reason") == 0 || strcmp(all[c].name, "signature") == 0 ||
                     strcmp(all[c].name, "title") == 0;
        cols[n] = (struct table_column){ .name = all[c].name,
                                         .title = all[c].title,
                                         .right = all[c].flags & COL_RIGHT,
                                         .grow = words,
                                         .middle = n == 0 && !words };
    }
    table_set_columns(l->table, cols, n);
}

struct listing *listing_new(struct app *a, struct window *parent, enum list_kind k,
                            const char *const *columns)
{
    struct listing *l = xcalloc(1, sizeof(*l));
    l->app = a;
    l->kind = k;
    l->total = -1;
    str_init(&l->filter);
    str_init(&l->trouble);
    l->line = window_new(parent, &line_ops, l);
    l->line->fixed = 1;
    l->line->hidden = true;
    l->table = table_new(parent, &model_ops, l);
    choose_columns(l, columns);
    l->table->sorted = 0;
    start_load(l, true, true);
    return l;
}

void listing_free(struct listing *l)
{
    if (!l)
        return;
    job_drop(&l->load);
    job_drop(&l->fetch);
    job_drop(&l->count);
    drop_rows(l);
    id_vec_release(&l->ids);
    str_release(&l->filter);
    str_release(&l->trouble);
    free(l);
}

int listing_filter(struct listing *l, const char *text, struct error *err)
{
    struct query *q = NULL;
    int rc = saved_parse(l->app->ws, text, l->kind, &q, NULL, err);
    query_free(q);
    if (rc < 0 || strcmp(text, l->filter.s) == 0)
        return rc;
    str_set(&l->filter, text);
    l->line->hidden = !l->filter.len;
    view_reflow(l->app);
    if (l->filter.len && l->total < 0)
        start_count(l);
    start_load(l, true, true);
    return 0;
}

void listing_refresh(struct listing *l)
{
    l->total = -1;
    if (l->filter.len)
        start_count(l);
    start_load(l, false, true);
}

const struct row *listing_row(const struct listing *l)
{
    const struct row *row = l->table->cursor < l->ids.n ? row_at(l, l->table->cursor) : NULL;
    return row && row->id ? row : NULL;
}

const char *listing_text(const struct listing *l, const struct row *row, const char *column)
{
    return row->cells[list_column_find(l->kind, column)].text;
}

void listing_state(const struct listing *l, struct str *left, struct str *right)
{
    const struct table *t = l->table;
    if (t->sorted >= 0 && (t->sorted || t->desc))
        str_addf(left, " · by %s %s", t->cols[t->sorted].title, t->desc ? "▾" : "▴");
    if (t->n_marks)
        str_addf(left, " · %zu marked", t->n_marks);
    if (!l->ids.n)
        return;
    str_add(right, "row ");
    text_add_count(right, (int64_t)t->cursor + 1);
    str_add(right, " of ");
    text_add_count(right, (int64_t)l->ids.n);
    if (!l->whole)
        str_add(right, "+");
}
