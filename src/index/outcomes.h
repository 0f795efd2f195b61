/* outcomes.h: attempts counted: instance by run, and how often each task is solved. */
#ifndef BOTTEGA_INDEX_OUTCOMES_H
#define BOTTEGA_INDEX_OUTCOMES_H

#include "base/base.h"

struct index;

/* Attempts at a task in a run. */
struct outcome_cell {
    uint16_t attempts, resolved, unresolved; /* the rest nobody graded, or a grader could not */
};
enum { MATRIX_RUNS = 24 };
struct outcome_matrix {
    struct strv runs;           /* those with the most attempts */
    struct strv instances;      /* in the order of names */
    struct outcome_cell *cells; /* instances.n times runs.n */
    size_t more_runs;           /* that have no column */
};
/* E_CANCELLED within milliseconds of `stop`. */
WARN_UNUSED int outcome_matrix_load(struct index *idx, const struct cancel *stop,
                                    struct outcome_matrix *out, struct error *err);
void outcome_matrix_release(struct outcome_matrix *m);

/* How many tasks were solved how often: the first of a list counts all attempts, the others those
 * of one scaffold and model. */
enum { SOLVED_MOST = 16 };
struct solved_counts {
    char *scaffold, *model;
    int64_t tasks[SOLVED_MOST + 1]; /* by the number of attempts that resolved it; the last: more */
    int64_t ungraded;               /* tasks of which no attempt was graded */
    int64_t attempts, most;         /* graded attempts; most of them at one task */
};
struct solved_list {
    struct solved_counts *v;
    size_t n;
};
WARN_UNUSED int solved_load(struct index *idx, const struct cancel *stop, struct solved_list *out,
                            struct error *err);
void solved_release(struct solved_list *l);

#endif
