#include "index/store.h"

#include <stdlib.h>
#include <string.h>

/* Sets know the answer by their bits; nothing asked is known by the repositories. */
static int count_sets(struct index *idx, const struct list_spec *spec, int64_t *out,
                      struct error *err)
{
    struct id_set set = { NULL, 0 };
    int rc = sets_of_query(idx, spec->query, true, &set, err);
    *out = id_set_count(&set);
    id_set_release(&set);
    return rc;
}

static int count_sql(struct index *idx, const struct list_spec *spec, int64_t *out,
                     struct error *err)
{
    struct str sql = STR_INIT;
    sqlite3_stmt *st;
    int at;
    str_add(&sql, "SELECT count(*)");
    list_add_from(spec, &sql);
    int rc = list_query(idx, spec, sql.s, &at, &st, err);
    if (rc == 0 && (rc = store_step(idx, st, err)) > 0) {
        *out = sqlite3_column_int64(st, 0);
        sqlite3_reset(st);
        rc = 0;
    }
    str_release(&sql);
    return rc;
}

int list_count(struct index *idx, const struct list_spec *spec, const struct cancel *stop,
               int64_t *out, struct error *err)
{
    *out = 0;
    int rc = store_begin_read(idx, err);
    if (rc < 0)
        return rc;
    store_watch(idx, stop);
    if (list_has_sets(spec))
        rc = count_sets(idx, spec, out, err);
    else if (spec->kind == LIST_INSTANCES && !(spec->query && spec->query->n_words))
        rc = store_int(idx, 0, out, err, "SELECT sum(instances) FROM repositories", "");
    else
        rc = count_sql(idx, spec, out, err);
    store_watch(idx, NULL);
    return store_end(idx, rc, err);
}

void group_vec_release(struct group_vec *g)
{
    for (size_t i = 0; i < g->n; i++) {
        free(g->v[i].key);
        free(g->v[i].key2);
    }
    free(g->v);
    memset(g, 0, sizeof(*g));
}

void group_vec_add(struct group_vec *g, sqlite3_stmt *st, bool two)
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

int list_groups(struct index *idx, const struct list_spec *spec, const int by[2],
                const struct cancel *stop, struct group_vec *out, struct error *err)
{
    size_t n;
    const struct list_column *cols = list_columns(spec->kind, &n);
    struct str sql = STR_INIT;
    sqlite3_stmt *st;
    int at;
    group_vec_release(out);
    const char *second = by[1] < 0 ? NULL : cols[by[1]].sql;
    str_addf(&sql, "SELECT %s, %s, count(*), %s", cols[by[0]].sql, second ? second : "''",
             spec->kind == LIST_INSTANCES ? "sum(t.seconds), max(t.ended)" : "0, 0");
    list_add_from(spec, &sql);
    str_addf(&sql, " GROUP BY 1%s ORDER BY 3 DESC, 1, 2", second ? ", 2" : "");
    store_watch(idx, stop);
    int rc = list_query(idx, spec, sql.s, &at, &st, err);
    if (rc == 0)
        while ((rc = store_step(idx, st, err)) > 0)
            group_vec_add(out, st, by[1] >= 0);
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
