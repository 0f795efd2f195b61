#include "index/failures.h"

#include "index/signature.h"
#include "index/store.h"

#include <stdlib.h>
#include <string.h>

#define FAILED_STATES "failed,rejected,error"
#define MEMBERS                                                                                    \
    " FROM environments WHERE latest = 1 AND signature = ? AND failure_class = ? AND phase = ?"

/* ---- one cluster ---- */

static int read_groups(struct index *idx, sqlite3_stmt *st, struct group_vec *out,
                       struct error *err)
{
    int rc;
    while ((rc = store_step(idx, st, err)) > 0)
        group_vec_add(out, st, false);
    return rc;
}

static int read_sample(struct index *idx, sqlite3_stmt *st, struct cluster *out, struct error *err)
{
    int rc = store_step(idx, st, err);
    if (rc <= 0)
        return rc;
    char *folder = repo_folder_new(store_text(st, 2));
    out->instance_id = xstrdup(store_text(st, 0));
    out->run = xstrdup(store_text(st, 1));
    out->dir =
        workspace_path(idx->ws, "runs/%s/%s/%s", store_text(st, 1), folder, store_text(st, 0));
    out->log = xstrdup(store_text(st, 3));
    out->line = signature_line(out->dir, out->log, sqlite3_column_int64(st, 4));
    out->reason = xstrdup(store_text(st, 5));
    sqlite3_reset(st);
    free(folder);
    return 0;
}

static int load(struct index *idx, const char *const key[3], struct cluster *out, struct error *err)
{
    sqlite3_stmt *st = NULL;
    int rc = store_int(idx, 0, &out->repositories, err, "SELECT count(DISTINCT repository)" MEMBERS,
                       "sss", key[0], key[1], key[2]);
    if (rc == 0)
        rc = store_query(idx, &st, err,
                         "SELECT instance_id, run, repo, log, line, reason" MEMBERS
                         " ORDER BY ended DESC, id LIMIT 1",
                         "sss", key[0], key[1], key[2]);
    if (rc == 0)
        rc = read_sample(idx, st, out, err);
    if (rc == 0)
        rc = store_query(
            idx, &st, err,
            "SELECT r.repo, '', g.n, 0, 0 FROM (SELECT repository, count(*) AS n" MEMBERS
            " GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 5) g "
            "JOIN repositories r ON r.id = g.repository ORDER BY 3 DESC, 1",
            "sss", key[0], key[1], key[2]);
    if (rc == 0)
        rc = read_groups(idx, st, &out->by_repo, err);
    if (rc == 0)
        rc = store_query(idx, &st, err,
                         "SELECT rule, '', count(*), sum(seconds), max(ended)" MEMBERS
                         " GROUP BY 1 ORDER BY 3 DESC, 1 LIMIT 8",
                         "sss", key[0], key[1], key[2]);
    return rc < 0 ? rc : read_groups(idx, st, &out->by_rule, err);
}

int cluster_load(struct index *idx, const char *signature, const char *failure_class,
                 const char *phase, const struct cancel *stop, struct cluster *out,
                 struct error *err)
{
    const char *const key[3] = { signature, failure_class, phase };
    memset(out, 0, sizeof(*out));
    store_watch(idx, stop);
    int rc = load(idx, key, out, err);
    store_watch(idx, NULL);
    if (rc < 0)
        cluster_release(out);
    return rc;
}

void cluster_release(struct cluster *c)
{
    group_vec_release(&c->by_repo);
    group_vec_release(&c->by_rule);
    free(c->instance_id);
    free(c->run);
    free(c->dir);
    free(c->log);
    free(c->reason);
    memset(c, 0, sizeof(*c));
}

void cluster_add_query(struct str *out, const char *signature, const char *failure_class,
                       const char *phase)
{
    query_add_word(out, "signature", signature);
    query_add_word(out, "class", failure_class);
    query_add_word(out, "phase", phase);
}

/* ---- counts by two things ---- */

/* Each gives row, column, n, seconds. */
static const struct {
    const char *sql, *row_key, *column_key, *always;
    const char *columns; /* their order; what is not named follows */
} crosses[] = {
    [CROSS_CLASS] = { "SELECT failure_class, phase, sum(instances), sum(ms) / 1000.0 "
                      "FROM signatures WHERE instances > 0 GROUP BY 1, 2",
                      "class", "phase", "state:" FAILED_STATES,
                      "fetch|explore|image|lock|build|evaluate|analyze" },
    [CROSS_REPOSITORY] = { "SELECT repo, 'failed', failed, 0.0 FROM repositories WHERE failed > 0 "
                           "UNION ALL SELECT repo, 'rejected', rejected, 0.0 FROM repositories "
                           "WHERE rejected > 0 UNION ALL "
                           "SELECT repo, 'error', error, 0.0 FROM repositories WHERE error > 0",
                           "repo", "state", "state:" FAILED_STATES, "failed|rejected|error" },
    [CROSS_RULE] = { "SELECT rule, state, count(*), sum(seconds) FROM environments "
                     "WHERE latest = 1 AND rule > '' GROUP BY 1, 2",
                     "rule", "state", "", "accepted|rejected|failed|error|running" },
};

struct cross_cell {
    size_t row, column;
    int64_t n;
    double seconds;
};
struct cross_cells {
    struct cross_cell *v;
    size_t n, cap;
    struct map rows; /* name -> place + 1 */
    struct strv row_names, column_names;
};

static size_t row_of(struct cross_cells *cells, const char *name)
{
    uintptr_t at = (uintptr_t)map_get(&cells->rows, name);
    if (!at) {
        strv_add(&cells->row_names, name);
        at = cells->row_names.n;
        map_put(&cells->rows, name, (void *)at);
    }
    return at - 1;
}

static void add_cell(struct cross_cells *cells, sqlite3_stmt *st)
{
    if (cells->n == cells->cap) {
        cells->cap = cells->cap ? cells->cap * 2 : 64;
        cells->v = xrealloc(cells->v, cells->cap * sizeof(*cells->v));
    }
    size_t row = row_of(cells, store_text(st, 0));
    strv_add_once(&cells->column_names, store_text(st, 1));
    cells->v[cells->n++] = (struct cross_cell){
        .row = row,
        .column = (size_t)strv_find(&cells->column_names, store_text(st, 1)),
        .n = sqlite3_column_int64(st, 2),
        .seconds = sqlite3_column_double(st, 3),
    };
}

struct order {
    size_t row;
    int64_t n;
    double seconds;
    const char *name;
};

static int by_cost(const void *a, const void *b)
{
    const struct order *x = a, *y = b;
    if (x->seconds != y->seconds)
        return x->seconds < y->seconds ? 1 : -1;
    if (x->n != y->n)
        return x->n < y->n ? 1 : -1;
    return strcmp(x->name, y->name);
}

/* Rows by what they cost; place[r] is where the row r comes to stand. */
static size_t *order_rows(const struct cross_cells *cells, struct cross *out)
{
    size_t n = cells->row_names.n, *place = xcalloc(n + 1, sizeof(*place));
    struct order *rows = xcalloc(n + 1, sizeof(*rows));
    for (size_t i = 0; i < n; i++)
        rows[i] = (struct order){ .row = i, .name = cells->row_names.v[i] };
    for (size_t i = 0; i < cells->n; i++) {
        rows[cells->v[i].row].n += cells->v[i].n;
        rows[cells->v[i].row].seconds += cells->v[i].seconds;
    }
    qsort(rows, n, sizeof(*rows), by_cost);
    out->all = xcalloc(n + 1, sizeof(*out->all));
    out->seconds = xcalloc(n + 1, sizeof(*out->seconds));
    for (size_t i = 0; i < n; i++) {
        strv_add(&out->rows, rows[i].name);
        out->all[i] = rows[i].n;
        out->seconds[i] = rows[i].seconds;
        place[rows[i].row] = i;
    }
    free(rows);
    return place;
}

static void order_columns(const struct cross_cells *cells, const char *order, struct cross *out)
{
    struct strv words = STRV_INIT;
    strv_split(&words, order, "|");
    for (size_t i = 0; i < words.n; i++)
        if (strv_has(&cells->column_names, words.v[i]))
            strv_add(&out->columns, words.v[i]);
    for (size_t i = 0; i < cells->column_names.n; i++)
        strv_add_once(&out->columns, cells->column_names.v[i]);
    strv_release(&words);
}

static void fill(const struct cross_cells *cells, const char *order, struct cross *out)
{
    size_t *place = order_rows(cells, out);
    order_columns(cells, order, out);
    out->n = xcalloc(out->rows.n * out->columns.n + 1, sizeof(*out->n));
    for (size_t i = 0; i < cells->n; i++) {
        const struct cross_cell *c = &cells->v[i];
        long column = strv_find(&out->columns, cells->column_names.v[c->column]);
        out->n[place[c->row] * out->columns.n + (size_t)column] = c->n;
    }
    free(place);
}

int cross_load(struct index *idx, enum cross_kind kind, const struct cancel *stop,
               struct cross *out, struct error *err)
{
    struct cross_cells cells = { .row_names = STRV_INIT, .column_names = STRV_INIT };
    sqlite3_stmt *st = NULL;
    memset(out, 0, sizeof(*out));
    strv_init(&out->rows);
    strv_init(&out->columns);
    map_init(&cells.rows, NULL);
    store_watch(idx, stop);
    int rc = store_query(idx, &st, err, crosses[kind].sql, "");
    if (rc == 0)
        while ((rc = store_step(idx, st, err)) > 0)
            add_cell(&cells, st);
    store_watch(idx, NULL);
    if (rc == 0)
        fill(&cells, crosses[kind].columns, out);
    free(cells.v);
    map_release(&cells.rows);
    strv_release(&cells.row_names);
    strv_release(&cells.column_names);
    return rc;
}

void cross_release(struct cross *c)
{
    strv_release(&c->rows);
    strv_release(&c->columns);
    free(c->n);
    free(c->seconds);
    free(c->all);
    memset(c, 0, sizeof(*c));
}

void cross_add_query(struct str *out, enum cross_kind kind, const struct cross *c, size_t row,
                     long column)
{
    bool of_state = strcmp(crosses[kind].column_key, "state") == 0;
    query_add_word(out, crosses[kind].row_key, c->rows.v[row]);
    if (column >= 0)
        query_add_word(out, crosses[kind].column_key, c->columns.v[column]);
    if (*crosses[kind].always && !(of_state && column >= 0))
        str_addf(out, " %s", crosses[kind].always);
}
