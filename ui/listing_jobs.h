/* listing_jobs.h: what a lane does for listing.c. Private to the two. */
#ifndef BOTTEGA_UI_LISTING_JOBS_H
#define BOTTEGA_UI_LISTING_JOBS_H

#include "ui/lane.h"

struct rows_found {
    struct row *v;
    size_t first, n;
};

struct load_job {
    struct job job;
    enum list_kind kind;
    char *filter;
    int sort;
    bool desc, page; /* page: the first ids only */
    uint32_t id;     /* row to find again; 0: none */
    uint32_t from;   /* row under the cursor when it began */
    size_t row;      /* where it stood */
    size_t around;   /* rows to fetch before and after */
    /* results */
    struct id_vec ids;
    bool whole;
    size_t at; /* where it stands now */
    struct rows_found rows;
};
struct load_job *load_job_new(enum list_kind kind, const char *filter);
void load_job_free(struct load_job *j);

struct fetch_job {
    struct job job;
    enum list_kind kind;
    uint32_t *ids;
    struct rows_found rows;
};
struct fetch_job *fetch_job_new(enum list_kind kind, const uint32_t *ids, size_t first, size_t n);
void fetch_job_free(struct fetch_job *j);

struct count_job {
    struct job job;
    enum list_kind kind;
    int64_t total;
};
struct count_job *count_job_new(enum list_kind kind);

#endif
