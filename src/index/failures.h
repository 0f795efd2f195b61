/* failures.h: what the clusters of failures (the list `failures`) are made of, and the same
 * failures counted another way. */
#ifndef BOTTEGA_INDEX_FAILURES_H
#define BOTTEGA_INDEX_FAILURES_H

#include "index/list.h"

/* One cluster, looked into. */
struct cluster {
    int64_t repositories;
    struct group_vec by_repo; /* the ones with most of them */
    struct group_vec by_rule; /* rules that fired last; "" for none */
    /* The instance that ended last. Owned; "" when the cluster is empty by now. */
    char *instance_id, *run, *dir; /* dir: absolute */
    char *log;                     /* in the folder; "" without one */
    char *reason;
    int64_t line; /* what the signature is taken from */
};
WARN_UNUSED int cluster_load(struct index *idx, const char *signature, const char *failure_class,
                             const char *phase, const struct cancel *stop, struct cluster *out,
                             struct error *err);
void cluster_release(struct cluster *c);
/* Appends the query that selects the members. */
void cluster_add_query(struct str *out, const char *signature, const char *failure_class,
                       const char *phase);

/* Counts by two things at once. */
enum cross_kind { CROSS_CLASS, CROSS_REPOSITORY, CROSS_RULE };
struct cross {
    struct strv rows, columns; /* most first; in the order of the process */
    int64_t *n;                /* [row * columns.n + column] */
    double *seconds;           /* [row]; 0 where nobody counts them */
    int64_t *all;              /* [row]: the sum */
};
/* Class by phase and repository by state, of what failed; rules by the state that came of it. */
WARN_UNUSED int cross_load(struct index *idx, enum cross_kind kind, const struct cancel *stop,
                           struct cross *out, struct error *err);
void cross_release(struct cross *c);
/* Appends the query for a row, in one column (< 0: all). */
void cross_add_query(struct str *out, enum cross_kind kind, const struct cross *c, size_t row,
                     long column);

#endif
