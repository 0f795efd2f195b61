#include "ui/views/stages.h"

#include "index/index.h"
#include "ui/app.h"

#include <stdlib.h>
#include <string.h>

enum state { NEW, SCREENED, RUNNING, ACCEPTED, REJECTED, FAILED, ERROR, STATES };

static const char *const state_names[STATES] = { "new",      "screened", "running", "accepted",
                                                 "rejected", "failed",   "error" };

struct stages {
    struct app *app;
    struct table *table;
    struct job *job;
    int64_t n[STATES];
    bool counted;
};

/* Each number of a row is the sum of some states; the row's door shows them all. */
static const struct stage_row {
    const char *name;
    unsigned counts[4]; /* todo, running, done, failed: bits of enum state */
    const char *query;
} rows[] = {
    { "collect", { 0, 0, 0x7f, 0 }, "" },
    { "screen", { 0, 0, 0x7f & ~(1u << SCREENED), 1u << SCREENED }, "-state:screened" },
    { "synthesize",
      { 1u << NEW, 1u << RUNNING, 1u << ACCEPTED | 1u << REJECTED, 1u << FAILED | 1u << ERROR },
      "-state:screened" },
};

static const struct table_column columns[] = {
    { .name = "stage", .title = "stage" },
    { .name = "todo", .title = "todo", .right = true },
    { .name = "running", .title = "running", .right = true },
    { .name = "done", .title = "done", .right = true },
    { .name = "failed", .title = "failed", .right = true },
};

/* ---- counting ---- */

struct count_states {
    struct job job;
    int64_t n[STATES];
};

static int work(struct job *job, struct lane *lane, struct error *err)
{
    struct count_states *j = (struct count_states *)job;
    struct list_spec spec = { .kind = LIST_INSTANCES };
    const int by[2] = { list_column_find(LIST_INSTANCES, "state"), -1 };
    struct group_vec groups = { 0 };
    struct index *idx;
    int rc = lane_index(lane, &idx, err);
    if (rc == 0)
        rc = list_groups(idx, &spec, by, &job->stop, &groups, err);
    for (size_t i = 0; i < groups.n; i++)
        for (size_t s = 0; s < STATES; s++)
            if (strcmp(groups.v[i].key, state_names[s]) == 0)
                j->n[s] = groups.v[i].n;
    group_vec_release(&groups);
    return rc;
}

static void done(struct job *job, int rc, const struct error *err UNUSED)
{
    struct stages *s = job->owner;
    if (s) {
        s->job = NULL;
        s->counted = rc == 0;
        memcpy(s->n, ((struct count_states *)job)->n, sizeof(s->n));
        window_touch(s->table->win);
    }
    free(job);
}

void stages_refresh(struct stages *s)
{
    struct count_states *j = xcalloc(1, sizeof(*j));
    job_drop(&s->job);
    j->job = (struct job){ .work = work, .done = done, .owner = s };
    s->job = &j->job;
    lane_push(&s->app->loop, LANE_LIST, &j->job);
}

/* ---- the table ---- */

static size_t count(void *model UNUSED)
{
    return ARRAY_LEN(rows);
}

size_t stages_rows(void)
{
    return ARRAY_LEN(rows);
}

static uint32_t id_of(void *model UNUSED, size_t row)
{
    return (uint32_t)row + 1;
}

static bool cell(void *model, size_t row, size_t column, struct str *out, ink_t *ink)
{
    const struct stages *s = model;
    int64_t sum = 0;
    if (column == 0) {
        str_add(out, rows[row].name);
        return true;
    }
    unsigned states = rows[row].counts[column - 1];
    for (size_t i = 0; i < STATES; i++)
        sum += states >> i & 1 ? s->n[i] : 0;
    if (!states || (sum == 0 && s->counted)) {
        str_add(out, "–");
        *ink = ROLE_DIM;
        return true;
    }
    text_add_count(out, sum);
    *ink = column == 4 ? ROLE_FAILED : column == 2 ? ROLE_RUNNING : ROLE_TEXT;
    return s->counted;
}

static void empty(void *model UNUSED, struct str *out UNUSED)
{
}

static const struct table_model model_ops = {
    .count = count,
    .cell = cell,
    .id = id_of,
    .empty = empty,
};

struct stages *stages_new(struct app *a, struct window *parent)
{
    struct stages *s = xcalloc(1, sizeof(*s));
    s->app = a;
    s->table = table_new(parent, &model_ops, s);
    table_set_columns(s->table, columns, ARRAY_LEN(columns));
    stages_refresh(s);
    return s;
}

void stages_free(struct stages *s)
{
    job_drop(&s->job);
    free(s);
}

struct table *stages_table(struct stages *s)
{
    return s->table;
}

void stages_add_door(const struct stages *s, struct str *out)
{
    str_addf(out, "instances %s", rows[s->table->cursor].query);
}
