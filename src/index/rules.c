#include "index/rules.h"

#include "index/store.h"

#include <stdlib.h>

#define FIRINGS                                                                                    \
    " FROM rounds t JOIN environments e ON e.instance = t.instance AND e.run_id = t.run_id "       \
    "WHERE e.latest = 1 AND t.rule > '' "

static struct rule_counts *counts_of(struct map *m, const char *rule)
{
    struct rule_counts *c = map_get(m, rule);
    if (!c) {
        c = xcalloc(1, sizeof(*c));
        map_put(m, rule, c);
    }
    return c;
}

static int read_counts(struct index *idx, struct map *out, struct error *err)
{
    sqlite3_stmt *st = NULL;
    int rc = store_query(idx, &st, err,
                         "SELECT t.rule, count(*), count(DISTINCT e.id), "
                         "count(DISTINCT CASE WHEN e.state = 'accepted' THEN e.id END)" FIRINGS
                         "GROUP BY 1",
                         "");
    while (rc >= 0 && (rc = store_step(idx, st, err)) > 0) {
        struct rule_counts *c = counts_of(out, store_text(st, 0));
        c->fired = sqlite3_column_int64(st, 1);
        c->instances = sqlite3_column_int64(st, 2);
        c->accepted = sqlite3_column_int64(st, 3);
    }
    if (rc == 0)
        rc = store_query(idx, &st, err,
                         "SELECT rule, count(*) FROM environments WHERE latest = 1 AND rule > '' "
                         "AND state = 'accepted' GROUP BY 1",
                         "");
    while (rc >= 0 && (rc = store_step(idx, st, err)) > 0)
        counts_of(out, store_text(st, 0))->last = sqlite3_column_int64(st, 1);
    return rc;
}

int rules_count(struct index *idx, const struct cancel *stop, struct map *out, struct error *err)
{
    store_watch(idx, stop);
    int rc = read_counts(idx, out, err);
    store_watch(idx, NULL);
    return rc;
}

int rule_instances(struct index *idx, const char *rule, int64_t most, const struct cancel *stop,
                   rule_instance_fn fn, void *payload, struct error *err)
{
    sqlite3_stmt *st = NULL;
    store_watch(idx, stop);
    int rc = store_query(idx, &st, err,
                         "SELECT e.instance_id, e.run, e.state, t.remedy, min(t.round)" FIRINGS
                         "AND t.rule = ? GROUP BY e.id ORDER BY e.ended DESC, e.id LIMIT ?",
                         "si", rule, most);
    while (rc >= 0 && (rc = store_step(idx, st, err)) > 0)
        fn(payload,
           &(struct rule_instance){ store_text(st, 0), store_text(st, 1), store_text(st, 2),
                                    store_text(st, 3), sqlite3_column_int64(st, 4) });
    store_watch(idx, NULL);
    return rc;
}
