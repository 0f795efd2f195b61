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
    printf("resident %ld KiB, at most %ld KiB\n", resident_kib("VmRSS"), resident_kib("VmHWM"));
    if (rc < 0)
        fprintf(stderr, "%s\n", error_text(&err));
    index_close(idx);
    workspace_release(&ws);
    error_release(&err);
    return rc < 0;
}
