/* overview.h: the workspace in a few numbers. Each is the count of a query, so that a screen
 * can open the rows that it counts. */
#ifndef BOTTEGA_INDEX_OVERVIEW_H
#define BOTTEGA_INDEX_OVERVIEW_H

#include "index/list.h"

/* From pull request to training data, in order. */
struct stage_count {
    const char *name, *query; /* query NULL: there are no rows of this stage yet */
    const char *why;          /* … and that is because */
    int64_t n;
};
enum { OVERVIEW_STAGES = 7, OVERVIEW_HOURS = 24 };

struct hour_count {
    int64_t ended, accepted;
    double seconds, cost_usd;
};
struct overview {
    struct stage_count stages[OVERVIEW_STAGES];
    struct hour_count hours[OVERVIEW_HOURS]; /* the last one ends at `now` */
    int64_t last_ended;                      /* of all; 0: nothing ended yet */
};
WARN_UNUSED int overview_load(struct index *idx, int64_t now, const struct cancel *stop,
                              struct overview *out, struct error *err);

/* What no machine decides, or none has yet. */
struct attention {
    const char *query, *text;
    int64_t n;
};
enum { ATTENTIONS = 7 };
WARN_UNUSED int attention_load(struct index *idx, const struct cancel *stop,
                               struct attention out[ATTENTIONS], struct error *err);

/* How many instances ended in a run since a moment: a batch's pace. */
WARN_UNUSED int run_ended_since(struct index *idx, const char *run, int64_t since, int64_t *out,
                                struct error *err);

#endif
