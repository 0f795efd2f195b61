#include "index/store.h"

#include <stdlib.h>
#include <string.h>

/* Rows that are looked up one by one rather than by a pass over an index, or over the table. */
enum { FEW = 5000, MANY = 50000 };

/* Rows that a first page looks at before its query is answered as a whole. */
enum { NEAR = 4000 };

void id_vec_release(struct id_vec *ids)
{
    free(ids->v);
    memset(ids, 0, sizeof(*ids));
}

void id_vec_add(struct id_vec *ids, uint32_t id)
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

void list_add_from(const struct list_spec *spec, struct str *sql)
{
    str_addf(sql, " %s WHERE ", list_from(spec->kind));
    bool of_run = query_has_key(spec->query, "run");
    if (spec->kind == LIST_INSTANCES)
        str_add(sql, of_run ? "t.run > ''" : "t.latest = 1");
    else if (spec->kind == LIST_ROUNDS)
        str_add(sql, of_run ? "e.run > ''" : "e.latest = 1");
    else if (spec->kind == LIST_RUNS || spec->kind == LIST_FAILURES)
        str_add(sql, "t.instances > 0");
    else
        str_add(sql, "1");
    query_add_where(spec->query, sql);
}

/* What sorting by a column means where its index holds more: the rest breaks ties. */
static const struct {
    const char *column, *order;
} orders[] = {
    { "t.state", "t.state, t.failure_class, t.seconds, t.ended" },
    { "t.failure_class", "t.failure_class, t.phase, t.seconds, t.ended" },
    { "t.signature", "t.signature, t.failure_class, t.phase, t.ended, t.repository" },
    { "t.rule", "t.rule, t.state, t.seconds, t.ended" },
};

static const char *order_of(const struct list_spec *spec)
{
    const char *column = sort_column(spec)->sql;
    for (size_t i = 0; spec->kind == LIST_INSTANCES && i < ARRAY_LEN(orders); i++)
        if (strcmp(orders[i].column, column) == 0)
            return orders[i].order;
    return column;
}

/* " ORDER BY a, b" and the ties: "t.id" where speed counts, names where output must be equal. An
 * index walked in its order gives equal keys by id: "" keeps SQLite from sorting them once more. */
static void add_order(const struct list_spec *spec, const char *ties, struct str *sql)
{
    struct strv parts = STRV_INIT;
    const char *order = order_of(spec);
    if (order == sort_column(spec)->sql)
        strv_add(&parts, order);
    else
        strv_split(&parts, order, ",");
    strv_split(&parts, ties, ",");
    for (size_t i = 0; i < parts.n; i++)
        str_addf(sql, "%s%s%s", i ? ", " : " ORDER BY ", parts.v[i], spec->desc ? " DESC" : "");
    strv_release(&parts);
}

/* Rows that follow the row in the next parameter: a greater key, or the same and a greater id. */
static void add_after(const struct list_spec *spec, struct str *sql)
{
    str_addf(sql, "(%s, t.id) %s (SELECT %s, t.id %s WHERE t.id = ?)", order_of(spec),
             spec->desc ? "<" : ">", order_of(spec), list_from(spec->kind));
}

int list_query(struct index *idx, const struct list_spec *spec, const char *sql, int *at,
               sqlite3_stmt **st, struct error *err)
{
    int rc = store_query(idx, st, err, sql, "");
    *at = 1;
    if (rc == 0)
        query_bind(spec->query, *st, at);
    return rc;
}

/* ---- ids ---- */

/* How ids are asked for. */
struct ask {
    const struct list_spec *spec;
    uint32_t after;            /* 0: from the start */
    size_t n;                  /* 0: all */
    const struct query *query; /* as SQL */
    const char *json;          /* only these ids; NULL: any */
    bool picks;                /* rows are taken by pick() inside the statement */
};

static int collect(struct index *idx, sqlite3_stmt *st, struct id_vec *out, struct error *err)
{
    int rc;
    while ((rc = store_step(idx, st, err)) > 0)
        id_vec_add(out, (uint32_t)sqlite3_column_int64(st, 0));
    return rc;
}

/* SQLite may look at terms in any order; CASE lets pick() see only rows that passed the others. */
static void add_pick(const struct ask *a, struct str *sql)
{
    str_add(sql, " AND CASE WHEN t.latest = 1");
    if (a->after) {
        str_add(sql, " AND ");
        add_after(a->spec, sql);
    }
    str_add(sql, " THEN pick(t.id) END");
}

static void add_ask(const struct ask *a, struct str *sql)
{
    struct list_spec spec = *a->spec;
    spec.query = a->query;
    str_add(sql, "SELECT t.id");
    list_add_from(&spec, sql);
    if (a->json)
        str_add(sql, " AND t.id IN (SELECT value FROM json_each(?))");
    if (a->after) {
        str_add(sql, " AND ");
        add_after(a->spec, sql);
    }
    if (a->picks)
        add_pick(a, sql);
    add_order(a->spec, a->picks ? "" : "t.id", sql);
    str_add(sql, " LIMIT ?");
}

static int ask_sql(struct index *idx, const struct ask *a, struct id_vec *out, struct error *err)
{
    struct list_spec values = { .query = a->query };
    struct str sql = STR_INIT;
    sqlite3_stmt *st;
    int at;
    add_ask(a, &sql);
    int rc = list_query(idx, &values, sql.s, &at, &st, err);
    if (rc == 0) {
        if (a->json)
            sqlite3_bind_text(st, at++, a->json, -1, SQLITE_TRANSIENT);
        for (int i = 0; a->after && i < 1 + a->picks; i++)
            sqlite3_bind_int64(st, at++, a->after);
        sqlite3_bind_int64(st, at, a->picks ? 1 : a->n ? (int64_t)a->n : -1);
        rc = collect(idx, st, out, err);
    }
    str_release(&sql);
    return rc;
}

/* All rows in the order of the column's index; `pick` sees them in that order, takes what is in
 * the set (NULL: everything), and is true, which is the one row of the statement, when it has
 * enough. */
static int ask_scan(struct index *idx, struct ask a, const struct id_set *set, struct id_vec *out,
                    struct error *err)
{
    struct id_vec last = { NULL, 0, 0 };
    a.query = NULL;
    a.picks = true;
    idx->pick_from = set;
    idx->picked = out;
    idx->pick_limit = a.n;
    int rc = ask_sql(idx, &a, &last, err);
    idx->pick_from = NULL;
    idx->picked = NULL;
    id_vec_release(&last);
    return rc;
}

/* So few rows that looking each of them up and sorting is faster. */
static int ask_few(struct index *idx, struct ask a, const struct id_set *set, struct id_vec *out,
                   struct error *err)
{
    struct str json = STR_INIT;
    for (size_t id = 0; id < set->bits; id++)
        if (id_set_has(set, (uint32_t)id))
            str_addf(&json, "%c%zu", json.len ? ',' : '[', id);
    str_add(&json, json.len ? "]" : "[]");
    a.query = NULL;
    a.json = json.s;
    int rc = ask_sql(idx, &a, out, err);
    str_release(&json);
    return rc;
}

/* A page of a query whose matches are not rare: the first rows in order are looked at, one by one.
 * False: they held less than a page. */
static bool ask_near(struct index *idx, const struct ask *a, struct id_vec *out, int *rc,
                     struct error *err)
{
    struct list_spec all = { .kind = LIST_INSTANCES }, values = { .query = a->spec->query };
    struct str sql = STR_INIT;
    sqlite3_stmt *st;
    int at;
    str_add(&sql, "SELECT t.id FROM (SELECT t.id AS near");
    list_add_from(&all, &sql);
    add_order(a->spec, "", &sql);
    str_addf(&sql, " LIMIT %d) CROSS JOIN environments t ON t.id = near WHERE 1", NEAR);
    query_add_where(a->spec->query, &sql);
    add_order(a->spec, "t.id", &sql);
    str_add(&sql, " LIMIT ?");
    *rc = list_query(idx, &values, sql.s, &at, &st, err);
    if (*rc == 0) {
        sqlite3_bind_int64(st, at, (int64_t)a->n);
        *rc = collect(idx, st, out, err);
    }
    str_release(&sql);
    if (*rc < 0 || out->n == a->n)
        return true;
    out->n = 0;
    return false;
}

static bool has_phrase(const struct query *q)
{
    for (size_t i = 0; i < q->n_words; i++)
        if (q->words[i].is_match)
            return true;
    return false;
}

static bool is_indexed(const struct list_spec *spec)
{
    return spec->kind == LIST_INSTANCES && (sort_column(spec)->flags & COL_INDEXED);
}

static int ask_sets(struct index *idx, const struct ask *a, struct id_vec *out, struct error *err)
{
    bool indexed = is_indexed(a->spec);
    struct id_set set = { NULL, 0 };
    int rc;
    if (a->n && !a->after && indexed && !has_phrase(a->spec->query) &&
        ask_near(idx, a, out, &rc, err))
        return rc;
    rc = sets_of_query(idx, a->spec->query, false, &set, err);
    int64_t n = rc < 0 ? 0 : id_set_count(&set);
    if (rc == 0 && n <= (indexed ? FEW : MANY))
        rc = ask_few(idx, *a, &set, out, err);
    else if (rc == 0 && indexed)
        rc = ask_scan(idx, *a, &set, out, err);
    else if (rc == 0)
        rc = ask_sql(idx, a, out, err);
    id_set_release(&set);
    return rc;
}

bool list_has_sets(const struct list_spec *spec)
{
    return spec->kind == LIST_INSTANCES && spec->query && spec->query->n_words &&
           !query_has_key(spec->query, "run");
}

static int ask_ids(struct index *idx, const struct ask *a, const struct cancel *stop,
                   struct id_vec *out, struct error *err)
{
    out->n = 0;
    int rc = store_begin_read(idx, err);
    if (rc < 0)
        return rc;
    store_watch(idx, stop);
    if (list_has_sets(a->spec))
        rc = ask_sets(idx, a, out, err);
    else if (is_indexed(a->spec) && !(a->query && a->query->n_words))
        rc = ask_scan(idx, *a, NULL, out, err);
    else
        rc = ask_sql(idx, a, out, err);
    store_watch(idx, NULL);
    if (rc == 0 && out->n < out->cap / 2 + out->cap / 4) { /* held as long as the list shows */
        out->cap = out->n + 1;
        out->v = xrealloc(out->v, out->cap * sizeof(*out->v));
    }
    return store_end(idx, rc, err);
}

int list_ids(struct index *idx, const struct list_spec *spec, const struct cancel *stop,
             struct id_vec *out, struct error *err)
{
    struct ask a = { .spec = spec, .query = spec->query };
    return ask_ids(idx, &a, stop, out, err);
}

int list_page(struct index *idx, const struct list_spec *spec, uint32_t after, size_t n,
              struct id_vec *out, struct error *err)
{
    struct ask a = { .spec = spec, .query = spec->query, .after = after, .n = n };
    return ask_ids(idx, &a, spec->stop, out, err);
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

/* Steps through rows until the end or until `fn` has enough. */
static int give_rows(struct index *idx, enum list_kind kind, sqlite3_stmt *st, list_row_fn fn,
                     void *payload, struct error *err)
{
    int rc;
    while ((rc = store_step(idx, st, err)) > 0) {
        struct row row = { 0 };
        read_row(st, kind, &row);
        rc = fn(payload, &row);
        row_release(&row);
        if (rc)
            break;
    }
    sqlite3_reset(st);
    return rc;
}

int list_each(struct index *idx, const struct list_spec *spec, const struct cancel *stop,
              list_row_fn fn, void *payload, struct error *err)
{
    static const char *const ties[LIST_KINDS] = {
        [LIST_REPOSITORIES] = "t.repo",
        [LIST_INSTANCES] = "t.instance_id,t.run",
        [LIST_RUNS] = "t.run",
        [LIST_BATCHES] = "t.batch",
        [LIST_ROUNDS] = "e.instance_id,e.run,t.round",
        [LIST_FAILURES] = "t.signature,t.failure_class,t.phase",
        [LIST_TRAJECTORIES] = "t.instance_id,t.run,t.attempt,t.id",
    };
    struct str sql = STR_INIT;
    sqlite3_stmt *st;
    int at;
    add_columns(spec->kind, &sql);
    list_add_from(spec, &sql);
    add_order(spec, ties[spec->kind], &sql);
    str_add(&sql, " LIMIT ?");
    store_watch(idx, stop);
    int rc = list_query(idx, spec, sql.s, &at, &st, err);
    if (rc == 0) {
        sqlite3_bind_int64(st, at, spec->limit ? spec->limit : -1);
        rc = give_rows(idx, spec->kind, st, fn, payload, err);
    }
    store_watch(idx, NULL);
    str_release(&sql);
    return rc;
}
