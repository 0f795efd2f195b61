#include "index/store.h"

#include <stdlib.h>
#include <string.h>

void id_vec_release(struct id_vec *ids)
{
    free(ids->v);
    memset(ids, 0, sizeof(*ids));
}

static void id_vec_add(struct id_vec *ids, uint32_t id)
{
    if (ids->n == ids->cap) {
        ids->cap = ids->cap ? ids->cap * 2 : 256;
        ids->v = xrealloc(ids->v, ids->cap * sizeof(*ids->v));
    }
    ids->v[ids->n++] = id;
}

static const struct list_column *sort_column(const struct list_spec *spec)
{
    size_t n;
    const struct list_column *cols = list_columns(spec->kind, &n);
    return &cols[(size_t)spec->sort < n ? spec->sort : 0];
}

/* "FROM … WHERE …" of the kind and the query. */
static void add_from(const struct list_spec *spec, struct str *sql)
{
    str_addf(sql, " %s WHERE ", list_from(spec->kind));
    bool of_run = query_has_key(spec->query, "run");
    if (spec->kind == LIST_INSTANCES)
        str_add(sql, of_run ? "t.run_id > 0" : "t.latest = 1");
    else if (spec->kind == LIST_ROUNDS)
        str_add(sql, of_run ? "e.run_id > 0" : "e.latest = 1");
    else if (spec->kind == LIST_RUNS)
        str_add(sql, "t.instances > 0");
    else
        str_add(sql, "1");
    query_add_where(spec->query, sql);
}

static void add_order(const struct list_spec *spec, const char *ties, struct str *sql)
{
    const char *way = spec->desc ? " DESC" : "";
    str_addf(sql, " ORDER BY %s%s%s", sort_column(spec)->sql, way, ties);
}

static int prepare(struct index *idx, const struct list_spec *spec, const char *sql, int *at,
                   sqlite3_stmt **st, struct error *err)
{
    int rc = store_query(idx, st, err, sql, "");
    *at = 1;
    if (rc == 0)
        query_bind(spec->query, *st, at);
    return rc;
}

static int collect_ids(struct index *idx, sqlite3_stmt *st, struct id_vec *out, struct error *err)
{
    int rc;
    while ((rc = store_step(idx, st, err)) > 0)
        id_vec_add(out, (uint32_t)sqlite3_column_int64(st, 0));
    return rc;
}

int list_ids(struct index *idx, const struct list_spec *spec, const struct cancel *stop,
             struct id_vec *out, struct error *err)
{
    struct str sql = STR_INIT;
    sqlite3_stmt *st;
    int at;
    out->n = 0;
    str_add(&sql, "SELECT t.id");
    add_from(spec, &sql);
    add_order(spec, spec->desc ? ", t.id DESC" : ", t.id", &sql);
    store_watch(idx, stop);
    int rc = prepare(idx, spec, sql.s, &at, &st, err);
    if (rc == 0)
        rc = collect_ids(idx, st, out, err);
    store_watch(idx, NULL);
    str_release(&sql);
    return rc;
}

/* Rows that follow `after` have a greater key, or the same key and a greater id. */
static void add_after(const struct list_spec *spec, struct str *sql)
{
    const char *column = sort_column(spec)->sql;
    str_addf(sql, " AND (%s, t.id) %s (SELECT %s, t.id %s WHERE t.id = ?)", column,
             spec->desc ? "<" : ">", column, list_from(spec->kind));
}

int list_page(struct index *idx, const struct list_spec *spec, uint32_t after, size_t n,
              struct id_vec *out, struct error *err)
{
    struct str sql = STR_INIT;
    sqlite3_stmt *st;
    int at;
    out->n = 0;
    str_add(&sql, "SELECT t.id");
    add_from(spec, &sql);
    if (after)
        add_after(spec, &sql);
    add_order(spec, spec->desc ? ", t.id DESC LIMIT ?" : ", t.id LIMIT ?", &sql);
    int rc = prepare(idx, spec, sql.s, &at, &st, err);
    if (rc == 0) {
        if (after)
            sqlite3_bind_int64(st, at++, after);
        sqlite3_bind_int64(st, at, (int64_t)n);
        rc = collect_ids(idx, st, out, err);
    }
    str_release(&sql);
    return rc;
}

int list_count(struct index *idx, const struct list_spec *spec, const struct cancel *stop,
               int64_t *out, struct error *err)
{
    struct str sql = STR_INIT;
    sqlite3_stmt *st;
    int at;
    *out = 0;
    str_add(&sql, "SELECT count(*)");
    add_from(spec, &sql);
    store_watch(idx, stop);
    int rc = prepare(idx, spec, sql.s, &at, &st, err);
    if (rc == 0 && (rc = store_step(idx, st, err)) > 0) {
        *out = sqlite3_column_int64(st, 0);
        sqlite3_reset(st);
        rc = 0;
    }
    store_watch(idx, NULL);
    str_release(&sql);
    return rc;
}

/* ---- rows ---- */

static void add_columns(enum list_kind kind, struct str *sql)
{
    size_t n;
    const struct list_column *cols = list_columns(kind, &n);
    str_add(sql, "SELECT t.id");
    for (size_t i = 0; i < n; i++)
        str_addf(sql, ", %s", cols[i].sql);
}

static void read_row(sqlite3_stmt *st, enum list_kind kind, struct row *r)
{
    const struct list_column *cols = list_columns(kind, &r->n);
    r->id = (uint32_t)sqlite3_column_int64(st, 0);
    r->cells = xcalloc(r->n, sizeof(*r->cells));
    for (size_t i = 0; i < r->n; i++) {
        int c = (int)i + 1;
        if (cols[i].type == COL_TEXT)
            r->cells[i].text = xstrdup(store_text(st, c));
        else if (cols[i].type == COL_SECONDS || cols[i].type == COL_MONEY)
            r->cells[i].x = sqlite3_column_double(st, c);
        else
            r->cells[i].n = sqlite3_column_int64(st, c);
    }
}

void row_release(struct row *r)
{
    for (size_t i = 0; i < r->n; i++)
        free(r->cells[i].text);
    free(r->cells);
    memset(r, 0, sizeof(*r));
}

int list_rows(struct index *idx, enum list_kind kind, const uint32_t *ids, size_t n,
              struct row *out, struct error *err)
{
    struct str sql = STR_INIT;
    sqlite3_stmt *st;
    int rc = 0;
    memset(out, 0, n * sizeof(*out));
    add_columns(kind, &sql);
    str_addf(&sql, " %s WHERE t.id = ?", list_from(kind));
    for (size_t i = 0; rc == 0 && i < n; i++) {
        rc = store_query(idx, &st, err, sql.s, "i", (int64_t)ids[i]);
        if (rc == 0 && (rc = store_step(idx, st, err)) > 0) {
            read_row(st, kind, &out[i]);
            sqlite3_reset(st);
            rc = 0;
        }
    }
    str_release(&sql);
    return rc;
}

int list_each(struct index *idx, const struct list_spec *spec, int64_t limit,
              const struct cancel *stop, list_row_fn fn, void *payload, struct error *err)
{
    static const char *const ties[LIST_KINDS] = {
        [LIST_REPOSITORIES] = ", t.repo",
        [LIST_INSTANCES] = ", t.instance_id, t.run",
        [LIST_RUNS] = ", t.run",
        [LIST_BATCHES] = ", t.batch",
        [LIST_ROUNDS] = ", e.instance_id, e.run, t.round",
    };
    struct str sql = STR_INIT;
    sqlite3_stmt *st;
    int at;
    add_columns(spec->kind, &sql);
    add_from(spec, &sql);
    add_order(spec, ties[spec->kind], &sql);
    str_add(&sql, " LIMIT ?");
    store_watch(idx, stop);
    int rc = prepare(idx, spec, sql.s, &at, &st, err);
    if (rc == 0) {
        sqlite3_bind_int64(st, at, limit ? limit : -1);
        while ((rc = store_step(idx, st, err)) > 0) {
            struct row row = { 0 };
            read_row(st, spec->kind, &row);
            int said = fn(payload, &row);
            row_release(&row);
            if (said) {
                sqlite3_reset(st);
                rc = said;
                break;
            }
        }
    }
    store_watch(idx, NULL);
    str_release(&sql);
    return rc;
}

/* ---- counts ---- */

void group_vec_release(struct group_vec *g)
{
    for (size_t i = 0; i < g->n; i++) {
        free(g->v[i].key);
        free(g->v[i].key2);
    }
    free(g->v);
    memset(g, 0, sizeof(*g));
}

static void group_vec_add(struct group_vec *g, sqlite3_stmt *st, bool two)
{
    if (g->n == g->cap) {
        g->cap = g->cap ? g->cap * 2 : 32;
        g->v = xrealloc(g->v, g->cap * sizeof(*g->v));
    }
    g->v[g->n++] = (struct group){
        .key = xstrdup(store_text(st, 0)),
        .key2 = two ? xstrdup(store_text(st, 1)) : NULL,
        .n = sqlite3_column_int64(st, 2),
        .seconds = sqlite3_column_double(st, 3),
        .last = sqlite3_column_int64(st, 4),
    };
}

int list_groups(struct index *idx, const struct list_spec *spec, int by, int by2,
                const struct cancel *stop, struct group_vec *out, struct error *err)
{
    size_t n;
    const struct list_column *cols = list_columns(spec->kind, &n);
    struct str sql = STR_INIT;
    sqlite3_stmt *st;
    int at;
    group_vec_release(out);
    str_addf(&sql, "SELECT %s, %s, count(*), %s", cols[by].sql, by2 < 0 ? "''" : cols[by2].sql,
             spec->kind == LIST_INSTANCES ? "sum(t.seconds), max(t.ended)" : "0, 0");
    add_from(spec, &sql);
    str_add(&sql, " GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2");
    store_watch(idx, stop);
    int rc = prepare(idx, spec, sql.s, &at, &st, err);
    if (rc == 0)
        while ((rc = store_step(idx, st, err)) > 0)
            group_vec_add(out, st, by2 >= 0);
    store_watch(idx, NULL);
    str_release(&sql);
    return rc;
}

int list_funnel(struct index *idx, struct funnel *out, struct error *err)
{
    sqlite3_stmt *st;
    int rc = store_query(idx, &st, err,
                         "SELECT total(instances), total(instances - screened), "
                         "total(instances - screened - new), total(accepted + rejected), "
                         "total(accepted) FROM repositories",
                         "");
    memset(out, 0, sizeof(*out));
    if (rc == 0 && (rc = store_step(idx, st, err)) > 0) {
        *out = (struct funnel){
            sqlite3_column_int64(st, 0), sqlite3_column_int64(st, 1), sqlite3_column_int64(st, 2),
            sqlite3_column_int64(st, 3), sqlite3_column_int64(st, 4),
        };
        sqlite3_reset(st);
        rc = 0;
    }
    return rc;
}
