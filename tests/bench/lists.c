/* lists WORKSPACE: how long the index takes to answer a screen: its first page when the query
 * is new ("new") and again ("first"), all ids, the last page; medians of nine. Make the workspace
 * with tests/bench/mkindex. */
#include "index/index.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { TIMES = 9, PAGE = 50 };

static const struct {
    enum list_kind kind;
    const char *query, *sort;
} asks[] = {
    { LIST_INSTANCES, "", "instance_id" },
    { LIST_INSTANCES, "", "repo" },
    { LIST_INSTANCES, "", "state" },
    { LIST_INSTANCES, "", "-seconds" },
    { LIST_INSTANCES, "", "-p2p" },
    { LIST_INSTANCES, "", "-ended" },
    { LIST_INSTANCES, "", "title" },
    { LIST_INSTANCES, "", "python" },
    { LIST_INSTANCES, "state:failed", "instance_id" },
    { LIST_INSTANCES, "state:failed,rejected class:sdist-build", "-seconds" },
    { LIST_INSTANCES, "-state:accepted", "repo" },
    { LIST_INSTANCES, "f2p:>0 seconds:>60", "instance_id" },
    { LIST_INSTANCES, "p2p:>100", "-ended" },
    { LIST_INSTANCES, "repo:dialect-0/*", "instance_id" },
    { LIST_INSTANCES, "python:3.8", "instance_id" },
    { LIST_INSTANCES, "sandbox", "instance_id" },
    { LIST_INSTANCES, "s", "instance_id" },
    { LIST_INSTANCES, "sand unicode -state:new", "-seconds" },
    { LIST_INSTANCES, "*ndbo*", "instance_id" },
    { LIST_INSTANCES, "id:*-1234*", "instance_id" },
    { LIST_INSTANCES, "run:dev-1", "instance_id" },
    { LIST_INSTANCES, "run:dev-1 state:failed", "-seconds" },
    { LIST_INSTANCES, "rule:wrong-copy state:rejected", "-seconds" },
    { LIST_FAILURES, "", "-seconds" },
    { LIST_FAILURES, "class:flaky instances:>9", "-last" },
    { LIST_TRAJECTORIES, "", "instance_id" },
    { LIST_TRAJECTORIES, "", "-steps" },
    { LIST_TRAJECTORIES, "", "-cost_usd" },
    { LIST_TRAJECTORIES, "", "model" },
    { LIST_TRAJECTORIES, "outcome:resolved", "instance_id" },
    { LIST_TRAJECTORIES, "outcome:resolved steps:>50", "-cost_usd" },
    { LIST_TRAJECTORIES, "model:qwen3-coder exit:LimitsExceeded", "instance_id" },
    { LIST_TRAJECTORIES, "solved:1..2", "instance_id" },
    { LIST_REPOSITORIES, "", "repo" },
    { LIST_REPOSITORIES, "", "-last_activity" },
};

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *v)
{
    qsort(v, TIMES, sizeof(*v), by_value);
    return v[TIMES / 2];
}

static long resident_kib(const char *field)
{
    char line[256];
    long kib = 0;
    FILE *f = fopen("/proc/self/status", "re");
    while (f && fgets(line, sizeof(line), f))
        if (strncmp(line, field, strlen(field)) == 0)
            kib = strtol(line + strlen(field) + 1, NULL, 10);
    if (f)
        fclose(f);
    return kib;
}

/* The first screen, its rows, all ids, and the page before the last. */
static int ask(struct index *idx, size_t i, struct error *err)
{
    struct list_spec spec = { .kind = asks[i].kind, .desc = *asks[i].sort == '-' };
    struct id_vec ids = { 0 }, page = { 0 };
    double first[TIMES], all[TIMES], last[TIMES], cold = 0;
    struct query *q = NULL;
    int rc = query_parse(asks[i].query, spec.kind, &q, NULL, err);
    spec.query = q;
    spec.sort = list_column_find(spec.kind, asks[i].sort + spec.desc);
    for (int k = 0; rc == 0 && k < TIMES; k++) {
        struct row rows[PAGE];
        double t = now_ms();
        rc = list_page(idx, &spec, 0, PAGE, &page, err);
        if (rc == 0)
            rc = list_rows(idx, spec.kind, page.v, page.n, rows, err);
        first[k] = now_ms() - t;
        cold = k ? cold : first[0];
        for (size_t r = 0; rc == 0 && r < page.n; r++)
            row_release(&rows[r]);
        t = now_ms();
        if (rc == 0)
            rc = list_ids(idx, &spec, NULL, &ids, err);
        all[k] = now_ms() - t;
        t = now_ms();
        if (rc == 0 && ids.n > PAGE)
            rc = list_page(idx, &spec, ids.v[ids.n - PAGE], PAGE, &page, err);
        last[k] = now_ms() - t;
    }
    if (rc == 0)
        printf("%-12s %-42s %-14s %8zu %8.1f %8.1f %8.1f %8.1f\n", list_kind_name(spec.kind),
               asks[i].query, asks[i].sort, ids.n, cold, median(first), median(all), median(last));
    id_vec_release(&ids);
    id_vec_release(&page);
    query_free(q);
    return rc;
}

static int groups(struct index *idx, const char *by, const char *by2, struct error *err)
{
    struct list_spec spec = { .kind = LIST_INSTANCES };
    struct group_vec g = { 0 };
    double t = now_ms();
    int columns[2] = { list_column_find(LIST_INSTANCES, by),
                       by2 ? list_column_find(LIST_INSTANCES, by2) : -1 };
    int rc = list_groups(idx, &spec, columns, NULL, &g, err);
    printf("groups by %s %s: %zu in %.1f ms\n", by, by2 ? by2 : "", g.n, now_ms() - t);
    group_vec_release(&g);
    return rc;
}

/* ---- what the overview and the failures ask ---- */

static int ask_overview(struct index *idx, struct error *err)
{
    struct overview o;
    return overview_load(idx, 1700600000, NULL, &o, err);
}

static int ask_attention(struct index *idx, struct error *err)
{
    struct attention a[ATTENTIONS];
    return attention_load(idx, NULL, a, err);
}

static int ask_cross(struct index *idx, enum cross_kind kind, struct error *err)
{
    struct cross c;
    int rc = cross_load(idx, kind, NULL, &c, err);
    cross_release(&c);
    return rc;
}

static int ask_classes(struct index *idx, struct error *err)
{
    return ask_cross(idx, CROSS_CLASS, err);
}

static int ask_repositories(struct index *idx, struct error *err)
{
    return ask_cross(idx, CROSS_REPOSITORY, err);
}

static int ask_rules(struct index *idx, struct error *err)
{
    return ask_cross(idx, CROSS_RULE, err);
}

static int on_largest(void *payload, const struct row *row)
{
    for (int i = 0; i < 3; i++) {
        static const char *const columns[] = { "signature", "failure_class", "phase" };
        strv_add(payload, row->cells[list_column_find(LIST_FAILURES, columns[i])].text);
    }
    return 0;
}

static int ask_cluster(struct index *idx, struct error *err)
{
    struct list_spec spec = { .kind = LIST_FAILURES, .limit = 1, .desc = true };
    struct strv key = STRV_INIT;
    struct cluster c;
    spec.sort = list_column_find(LIST_FAILURES, "instances");
    int rc = list_each(idx, &spec, NULL, on_largest, &key, err);
    if (rc == 0 && key.n == 3)
        rc = cluster_load(idx, key.v[0], key.v[1], key.v[2], NULL, &c, err);
    if (rc == 0 && key.n == 3)
        cluster_release(&c);
    strv_release(&key);
    return rc;
}

static int ask_values(struct index *idx, struct error *err)
{
    struct strv values = STRV_INIT;
    int rc = query_complete(idx, LIST_INSTANCES, "repo", "", NULL, &values, err);
    strv_release(&values);
    return rc;
}

static const struct {
    const char *name;
    int (*ask)(struct index *idx, struct error *err);
} screens[] = {
    { "overview: funnel and hours", ask_overview },
    { "overview: needs a person", ask_attention },
    { "failures: class by phase", ask_classes },
    { "failures: by repository", ask_repositories },
    { "failures: by rule", ask_rules },
    { "failures: found, and looked into", ask_cluster },
    { "values of repo:", ask_values },
};

static int ask_screens(struct index *idx, struct error *err)
{
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < ARRAY_LEN(screens); i++) {
        double begin = now_ms(), first;
        rc = screens[i].ask(idx, err);
        first = now_ms() - begin;
        if (rc == 0)
            rc = screens[i].ask(idx, err);
        printf("%-34s %8.1f ms, again %8.1f ms\n", screens[i].name, first,
               now_ms() - begin - first);
    }
    return rc;
}

int main(int argc, char **argv)
{
    struct workspace ws;
    struct error err = ERROR_INIT;
    struct index *idx = NULL;
    if (argc != 2)
        return 2;
    int rc = workspace_open(&ws, argv[1], NULL, &err);
    double t = now_ms();
    if (rc == 0)
        rc = index_open_current(&ws, NULL, &idx, &err);
    printf("open and catch up %.1f ms, resident %ld KiB\n", now_ms() - t, resident_kib("VmRSS"));
    printf("%-12s %-42s %-14s %8s %8s %8s %8s %8s\n", "list", "query", "sort", "rows", "new ms",
           "first ms", "ids ms", "last ms");
    for (size_t i = 0; rc == 0 && i < ARRAY_LEN(asks); i++)
        rc = ask(idx, i, &err);
    if (rc == 0)
        rc = groups(idx, "state", NULL, &err);
    if (rc == 0)
        rc = groups(idx, "failure_class", "phase", &err);
    if (rc == 0)
        rc = ask_screens(idx, &err);
    printf("resident %ld KiB, at most %ld KiB\n", resident_kib("VmRSS"), resident_kib("VmHWM"));
    if (rc < 0)
        fprintf(stderr, "%s\n", error_text(&err));
    index_close(idx);
    workspace_release(&ws);
    error_release(&err);
    return rc < 0;
}
