#include "ui/listing_jobs.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_PAGE = 200 };

static void rows_release(struct rows_found *r)
{
    for (size_t i = 0; i < r->n; i++)
        row_release(&r->v[i]);
    free(r->v);
}

static int fetch_rows(struct index *idx, enum list_kind kind, const uint32_t *ids,
                      struct rows_found *r, struct error *err)
{
    r->v = xcalloc(r->n + 1, sizeof(*r->v));
    int rc = r->n ? list_rows(idx, kind, ids, r->n, r->v, err) : 0;
    if (rc < 0) {
        free(r->v);
        memset(r, 0, sizeof(*r));
    }
    return rc;
}

/* ---- ids, and the rows around the cursor ---- */

static size_t find_again(const struct load_job *j)
{
    for (size_t i = 0; j->id && i < j->ids.n; i++)
        if (j->ids.v[i] == j->id)
            return i;
    if (j->id && j->row < j->ids.n)
        return j->row;
    return j->id && j->ids.n ? j->ids.n - 1 : 0;
}

static int read_ids(struct load_job *j, struct index *idx, const struct list_spec *spec,
                    struct error *err)
{
    int rc;
    if (j->page) {
        rc = list_page(idx, spec, 0, FIRST_PAGE, &j->ids, err);
        j->whole = j->ids.n < FIRST_PAGE;
    } else {
        rc = list_ids(idx, spec, &j->job.stop, &j->ids, err);
        j->whole = true;
    }
    return rc;
}

static int load_work(struct job *job, struct lane *lane, struct error *err)
{
    struct load_job *j = (struct load_job *)job;
    struct query *q = NULL;
    struct index *idx;
    int rc = lane_index(lane, &idx, err);
    if (rc == 0)
        rc = saved_parse(index_workspace(idx), j->filter, j->kind, &q, NULL, err);
    struct list_spec spec = {
        .kind = j->kind, .query = q, .sort = j->sort, .desc = j->desc, .stop = &job->stop
    };
    if (rc == 0)
        rc = read_ids(j, idx, &spec, err);
    query_free(q);
    if (rc < 0)
        return rc;
    j->at = find_again(j);
    j->rows.first = j->at > j->around ? j->at - j->around : 0;
    size_t last = j->at + 2 * j->around < j->ids.n ? j->at + 2 * j->around : j->ids.n;
    j->rows.n = last - j->rows.first;
    return fetch_rows(idx, j->kind, j->ids.v + j->rows.first, &j->rows, err);
}

struct load_job *load_job_new(enum list_kind kind, const char *filter)
{
    struct load_job *j = xcalloc(1, sizeof(*j));
    j->job.work = load_work;
    j->kind = kind;
    j->filter = xstrdup(filter);
    return j;
}

void load_job_free(struct load_job *j)
{
    rows_release(&j->rows);
    id_vec_release(&j->ids);
    free(j->filter);
    free(j);
}

/* ---- rows that came into sight ---- */

static int fetch_work(struct job *job, struct lane *lane, struct error *err)
{
    struct fetch_job *j = (struct fetch_job *)job;
    struct index *idx;
    int rc = lane_index(lane, &idx, err);
    return rc < 0 ? rc : fetch_rows(idx, j->kind, j->ids, &j->rows, err);
}

struct fetch_job *fetch_job_new(enum list_kind kind, const uint32_t *ids, size_t first, size_t n)
{
    struct fetch_job *j = xcalloc(1, sizeof(*j));
    j->job.work = fetch_work;
    j->kind = kind;
    j->ids = xcalloc(n + 1, sizeof(*ids));
    memcpy(j->ids, ids, n * sizeof(*ids));
    j->rows.first = first;
    j->rows.n = n;
    return j;
}

void fetch_job_free(struct fetch_job *j)
{
    if (j->rows.v)
        rows_release(&j->rows);
    free(j->ids);
    free(j);
}

/* ---- how many there are in all ---- */

static int count_work(struct job *job, struct lane *lane, struct error *err)
{
    struct count_job *j = (struct count_job *)job;
    struct list_spec spec = { .kind = j->kind };
    struct index *idx;
    int rc = lane_index(lane, &idx, err);
    return rc < 0 ? rc : list_count(idx, &spec, &job->stop, &j->total, err);
}

struct count_job *count_job_new(enum list_kind kind)
{
    struct count_job *j = xcalloc(1, sizeof(*j));
    j->job.work = count_work;
    j->kind = kind;
    return j;
}
