#include "index/overview.h"

#include "index/store.h"

#include <string.h>

static const struct stage_count stages[OVERVIEW_STAGES] = {
    { .name = "collected", .query = "", .why = "`bottega import FILE…` brings tasks" },
    { .name = "screened in", .query = "-state:screened" },
    { .name = "built", .query = "state:accepted,rejected", .why = "s synthesizes environments" },
    { .name = "proven", .query = "state:accepted", .why = "s synthesizes environments" },
    { .name = "rolled out", .why = "no attempts are in the workspace" },
    { .name = "kept", .why = "follows from attempts" },
    { .name = "exported", .why = "follows from what is kept" },
};

static const struct attention attentions[ATTENTIONS] = {
    { .query = "state:accepted unverified:>0", .text = "accepted, but a proof anew failed" },
    { .query = "class:leak,script-dishonest", .text = "the fix or its tests leak" },
    { .query = "class:flaky", .text = "tests are flaky" },
    { .query = "class:needs-network", .text = "tests want the network" },
    { .query = "class:no-f2p", .text = "no test fails without the fix" },
    { .query = "state:failed,rejected rule:\"\"", .text = "failed, and no rule knew a move" },
    { .query = "state:error", .text = "the machine failed: s tries again" },
};

static int load_hours(struct index *idx, int64_t now, struct overview *out, struct error *err)
{
    int64_t since = now - (int64_t)OVERVIEW_HOURS * 3600;
    sqlite3_stmt *st;
    int rc = store_query(idx, &st, err,
                         "SELECT (ended - ?1 - 1) / 3600, count(*), sum(state = 'accepted'), "
                         "sum(seconds), sum(cost_usd) FROM environments "
                         "WHERE latest = 1 AND ended > ?1 AND ended <= ?2 GROUP BY 1",
                         "ii", since, now);
    if (rc < 0)
        return rc;
    while ((rc = store_step(idx, st, err)) > 0) {
        int64_t hour = sqlite3_column_int64(st, 0);
        if (hour < 0 || hour >= OVERVIEW_HOURS)
            continue;
        out->hours[hour] = (struct hour_count){
            sqlite3_column_int64(st, 1),
            sqlite3_column_int64(st, 2),
            sqlite3_column_double(st, 3),
            sqlite3_column_double(st, 4),
        };
    }
    return rc;
}

int overview_load(struct index *idx, int64_t now, const struct cancel *stop, struct overview *out,
                  struct error *err)
{
    struct funnel f = { 0 };
    memset(out, 0, sizeof(*out));
    memcpy(out->stages, stages, sizeof(stages));
    store_watch(idx, stop);
    int rc = list_funnel(idx, &f, err);
    if (rc == 0)
        rc = load_hours(idx, now, out, err);
    if (rc == 0)
        rc = store_int(idx, 0, &out->last_ended, err,
                       "SELECT max(ended) FROM environments WHERE latest = 1", "");
    store_watch(idx, NULL);
    const int64_t counts[] = { f.collected, f.screened_in, f.built, f.proven };
    for (size_t i = 0; i < ARRAY_LEN(counts); i++)
        out->stages[i].n = counts[i];
    return rc;
}

int attention_load(struct index *idx, const struct cancel *stop, struct attention out[ATTENTIONS],
                   struct error *err)
{
    int rc = 0;
    memcpy(out, attentions, sizeof(attentions));
    for (size_t i = 0; rc == 0 && i < ATTENTIONS; i++) {
        struct list_spec spec = { .kind = LIST_INSTANCES };
        struct query *q = NULL;
        rc = query_parse(out[i].query, LIST_INSTANCES, &q, NULL, err);
        spec.query = q;
        if (rc == 0)
            rc = list_count(idx, &spec, stop, &out[i].n, err);
        query_free(q);
    }
    return rc;
}

int run_ended_since(struct index *idx, const char *run, int64_t since, int64_t *out,
                    struct error *err)
{
    return store_int(idx, 0, out, err,
                     "SELECT count(*) FROM environments "
                     "WHERE run_id = (SELECT id FROM runs WHERE run = ?) AND ended > ?",
                     "si", run, since);
}
