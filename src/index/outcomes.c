#include "index/outcomes.h"

#include "index/store.h"

#include <stdlib.h>
#include <string.h>

/* ---- instance by run ---- */

static int load_runs(struct index *idx, struct outcome_matrix *m, struct error *err)
{
    sqlite3_stmt *st;
    int rc = store_query(idx, &st, err,
                         "SELECT run FROM attempts GROUP BY run ORDER BY count(*) DESC, run", "");
    while (rc == 0 && (rc = store_step(idx, st, err)) > 0) {
        if (m->runs.n < MATRIX_RUNS)
            strv_add(&m->runs, store_text(st, 0));
        else
            m->more_runs++;
        rc = 0;
    }
    strv_sort(&m->runs);
    return rc;
}

static struct outcome_cell *row_of(struct outcome_matrix *m, const char *instance, size_t *cap)
{
    bool same = m->instances.n && strcmp(m->instances.v[m->instances.n - 1], instance) == 0;
    if (!same) {
        strv_add(&m->instances, instance);
        if (m->instances.n > *cap) {
            *cap = *cap ? *cap * 2 : 256;
            m->cells = xrealloc(m->cells, *cap * m->runs.n * sizeof(*m->cells));
        }
        memset(&m->cells[(m->instances.n - 1) * m->runs.n], 0, m->runs.n * sizeof(*m->cells));
    }
    return &m->cells[(m->instances.n - 1) * m->runs.n];
}

static uint16_t small(sqlite3_stmt *st, int column)
{
    int64_t n = sqlite3_column_int64(st, column);
    return n > UINT16_MAX ? UINT16_MAX : (uint16_t)n;
}

static void take_cell(sqlite3_stmt *st, struct outcome_matrix *m, size_t *cap)
{
    struct outcome_cell *row = row_of(m, store_text(st, 0), cap);
    const char *run = store_text(st, 1);
    for (size_t k = 0; k < m->runs.n; k++)
        if (strcmp(m->runs.v[k], run) == 0)
            row[k] = (struct outcome_cell){ small(st, 2), small(st, 3), small(st, 4) };
}

int outcome_matrix_load(struct index *idx, const struct cancel *stop, struct outcome_matrix *out,
                        struct error *err)
{
    sqlite3_stmt *st;
    size_t cap = 0;
    memset(out, 0, sizeof(*out));
    strv_init(&out->runs);
    strv_init(&out->instances);
    store_watch(idx, stop);
    int rc = load_runs(idx, out, err);
    if (rc == 0)
        rc = store_query(idx, &st, err,
                         "SELECT instance_id, run, count(*), total(outcome = 'resolved'), "
                         "total(outcome IN ('unresolved', 'partial', 'no-patch')) FROM attempts "
                         "GROUP BY instance_id, run ORDER BY instance_id, run",
                         "");
    while (rc == 0 && (rc = store_step(idx, st, err)) > 0) {
        take_cell(st, out, &cap);
        rc = 0;
    }
    store_watch(idx, NULL);
    return rc;
}

void outcome_matrix_release(struct outcome_matrix *m)
{
    strv_release(&m->runs);
    strv_release(&m->instances);
    free(m->cells);
    m->cells = NULL;
}

/* ---- how often solved ---- */

/* `from`: where the groups of this kind begin. */
static struct solved_counts *counts_of(struct solved_list *l, size_t from, const char *scaffold,
                                       const char *model)
{
    for (size_t i = from; i < l->n; i++)
        if (strcmp(l->v[i].scaffold, scaffold) == 0 && strcmp(l->v[i].model, model) == 0)
            return &l->v[i];
    l->v = xrealloc(l->v, (l->n + 1) * sizeof(*l->v));
    memset(&l->v[l->n], 0, sizeof(*l->v));
    l->v[l->n].scaffold = xstrdup(scaffold);
    l->v[l->n].model = xstrdup(model);
    return &l->v[l->n++];
}

static void take_counts(sqlite3_stmt *st, struct solved_counts *c)
{
    int64_t solved = sqlite3_column_int64(st, 2), graded = sqlite3_column_int64(st, 3);
    int64_t tasks = sqlite3_column_int64(st, 4);
    if (!graded)
        c->ungraded += tasks;
    else
        c->tasks[solved > SOLVED_MOST ? SOLVED_MOST : solved] += tasks;
    c->attempts += graded * tasks;
    c->most = graded > c->most ? graded : c->most;
}

static int load_counts(struct index *idx, struct solved_list *l, const char *by, struct error *err)
{
    sqlite3_stmt *st;
    size_t from = l->n;
    char *sql = str_format(
        "SELECT scaffold, model, solved, graded, count(*) FROM (SELECT %s, "
        "total(outcome = 'resolved') AS solved, total(outcome IN ('resolved', 'unresolved', "
        "'partial', 'no-patch')) AS graded FROM attempts GROUP BY instance_id%s) "
        "GROUP BY 1, 2, 3, 4 ORDER BY 1, 2",
        *by ? "scaffold, model" : "'' AS scaffold, '' AS model", by);
    int rc = store_query(idx, &st, err, sql, "");
    while (rc == 0 && (rc = store_step(idx, st, err)) > 0) {
        take_counts(st, counts_of(l, from, store_text(st, 0), store_text(st, 1)));
        rc = 0;
    }
    free(sql);
    return rc;
}

int solved_load(struct index *idx, const struct cancel *stop, struct solved_list *out,
                struct error *err)
{
    memset(out, 0, sizeof(*out));
    store_watch(idx, stop);
    int rc = load_counts(idx, out, "", err);
    if (rc == 0)
        rc = load_counts(idx, out, ", scaffold, model", err);
    store_watch(idx, NULL);
    return rc;
}

void solved_release(struct solved_list *l)
{
    for (size_t i = 0; i < l->n; i++) {
        free(l->v[i].scaffold);
        free(l->v[i].model);
    }
    free(l->v);
    memset(l, 0, sizeof(*l));
}
