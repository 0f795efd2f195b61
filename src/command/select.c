#include "command/select.h"

#include "command/where.h"

#include <stdio.h>
#include <stdlib.h>

void workload_release(struct workload *p)
{
    strv_release(&p->pick.ids);
}

int workload_make(struct invocation *inv, const char *run, select_fn select, struct workload *out,
                  struct error *err)
{
    struct select_spec want = { .named = &inv->args->names,
                                .where = args_text(inv->args, "where", NULL),
                                .run = run,
                                .stop = inv->stop };
    struct query *q = NULL;
    int rc = where_parse(inv->workspace, want.where, LIST_INSTANCES, &q,
                         err); /* its error shows the place */
    query_free(q);
    if (rc == 0)
        rc = index_open_current(inv->workspace, inv->stop, &want.idx, err);
    if (rc == 0)
        rc = select(&want, &out->pick, err);
    if (rc == 0 && args_flag(inv->args, "dry-run"))
        rc = selection_mean(&want, &out->mean_seconds, err);
    if (want.idx)
        index_close(want.idx);
    return rc;
}

/* ---- --dry-run ---- */

static void print_json(const struct workload *p, const char *verb, const char *run, int64_t jobs,
                       double seconds)
{
    json_t *doc = json_object();
    json_put_text(doc, "verb", verb);
    json_put_text(doc, "run", run);
    json_put_int(doc, "instances", (int64_t)p->pick.ids.n);
    json_put_int(doc, "finished", p->pick.finished);
    json_put_int(doc, "jobs", jobs);
    json_object_set_new(doc, "seconds", seconds > 0 ? json_real(seconds) : json_null());
    json_object_set_new(doc, "ids", json_from_strv(&p->pick.ids));
    char *line = json_line_new(doc);
    printf("%s\n", line);
    free(line);
    json_decref(doc);
}

void workload_print(const struct invocation *inv, const struct workload *p, const char *verb,
                    const char *run, int64_t jobs)
{
    struct str line = STR_INIT;
    double seconds = p->mean_seconds * (double)p->pick.ids.n / (double)jobs;
    if (inv->json) {
        print_json(p, verb, run, jobs, seconds);
        return;
    }
    for (size_t i = 0; i < p->pick.ids.n; i++)
        printf("%s\n", p->pick.ids.v[i]);
    str_addf(&line, "would %s %zu in the run %s, %lld at a time", verb, p->pick.ids.n, run,
             (long long)jobs);
    if (p->pick.finished)
        str_addf(&line, "; %lld ended before", (long long)p->pick.finished);
    str_add(&line, seconds > 0 ? "; about " : "; nobody knows yet how long it takes");
    if (seconds > 0)
        text_add_seconds(&line, seconds);
    printf("%s; no cost: the rules ask no model\n", line.s);
    str_release(&line);
}
