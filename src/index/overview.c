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

#define FAILED "state:failed,rejected,error"
#define OF_CLASS(classes)                                                                          \
    "SELECT total(instances) FROM signatures WHERE failure_class IN (" classes ")"

/* `sql` counts what the query selects, from the clusters or along one index: this is looked at
 * every few seconds while a batch runs. */
static const struct {
    const char *query, *text, *sql;
} attentions[ATTENTIONS] = {
    { "state:accepted unverified:>0", "accepted, but a proof anew failed",
      "SELECT count(*) FROM environments INDEXED BY latest_verify_failed "
      "WHERE latest = 1 AND verify_failed > 0 AND state = 'accepted'" },
    { "class:leak,script-dishonest " FAILED, "the fix or its tests leak",
      OF_CLASS("'leak', 'script-dishonest'") },
    { "class:flaky " FAILED, "tests are flaky", OF_CLASS("'flaky'") },
    { "class:needs-network " FAILED, "tests want the network", OF_CLASS("'needs-network'") },
    { "class:no-f2p " FAILED, "no test fails without the fix", OF_CLASS("'no-f2p'") },
    { "state:failed,rejected rule:\"\"", "failed, and no rule knew a move",
      "SELECT count(*) FROM environments "
      "WHERE latest = 1 AND rule = '' AND state IN ('failed', 'rejected')" },
    { "state:error", "the machine failed: s tries again", "SELECT total(error) FROM repositories" },
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
    store_watch(idx, stop);
    for (size_t i = 0; rc == 0 && i < ATTENTIONS; i++) {
        out[i] = (struct attention){ attentions[i].query, attentions[i].text, 0 };
        rc = store_int(idx, 0, &out[i].n, err, attentions[i].sql, "");
    }
    store_watch(idx, NULL);
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
