/* instance.h: one task: a merged pull request with its statement and its two patches.
 *
 * Field names are OpenSWE's and SWE-bench's. `row` is the whole row as imported, unknown
 * fields included, and is what instance.json and exports write. All members are owned.
 */
#ifndef BOTTEGA_INSTANCE_H
#define BOTTEGA_INSTANCE_H

#include "base/base.h"

struct instance {
    char *instance_id; /* "pallets__click-1309"; passes path_is_safe */
    char *repo;        /* "pallets/click" */
    char *base_commit; /* 40 hex digits */
    char *end_commit;  /* the merged tree; NULL when the row has none */
    char *created_at;  /* as in the row, "" when absent */
    char *version;     /* as in the row, "" when absent */
    char *problem_statement;
    struct str patch;      /* the fix, bytes of a git diff; empty only with an end_commit */
    struct str test_patch; /* the tests, likewise */
    int64_t pull_number;   /* 0 when unknown */
    json_t *row;
};

/* Fills `in` from a row; E_PARSE says which field is missing or wrong. Takes a reference of
 * `row`. */
WARN_UNUSED int instance_from_row(struct instance *in, json_t *row, struct error *err);
void instance_release(struct instance *in);

#endif
