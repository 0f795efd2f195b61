/* detail.h: one environment's folder, read for `show` and for the environment's tabs.
 *
 * Reads files, not the index, so it is right while a worker writes. Texts are borrowed from the
 * documents that it holds. Missing files are no error: what is there is shown.
 */
#ifndef BOTTEGA_INDEX_DETAIL_H
#define BOTTEGA_INDEX_DETAIL_H

#include "base/base.h"
#include "config/config.h"

enum { DETAIL_REPEATS = 16 };

/* How a file of a round differs from the last one before that has it. */
enum detail_change { CHANGE_ABSENT, CHANGE_NEW, CHANGE_SAME, CHANGE_DIFFERS };

struct detail_test {
    const char *id, *base, *test_only; /* "passed" "failed" "missing" …; "" was not run */
    const char *with_fix[DETAIL_REPEATS];
    size_t n_with_fix;
    const char *verdict; /* "F2P" "P2P" "blocks" … */
    const char *message; /* may be "" */
};

struct detail_run { /* one evaluation */
    const char *condition;
    int64_t k, exit_code, marker;
    bool timed_out, oom;
    double seconds;
    const char *log, *xml; /* names inside the round's folder */
    int64_t passed, failed, skipped, errors;
};

struct detail_clause {
    bool ok;
    const char *why;
};

struct detail_round {
    int n;
    int base;           /* of a round by hand: the one that it stands on; else 0 */
    char *dir;          /* absolute */
    struct strv files;  /* what is in it, sorted */
    json_t *evaluation; /* may be NULL */
    json_t *analysis;   /* may be NULL */
    json_t *hand;       /* NULL: made by rule */
    const char *reached, *failure_class, *reason, *rule, *remedy, *log; /* "" when unknown */
    int64_t line;
    size_t f2p, p2p;
    bool accepted;
    enum detail_change dockerfile, lock, script;
    int lock_added, lock_removed; /* requirement lines, likewise */
    struct detail_run *runs;
    size_t n_runs;
    struct detail_test *tests;
    size_t n_tests;
    struct detail_clause *clauses;
    size_t n_clauses;
};

struct detail {
    char *instance_id, *repo, *run; /* run NULL: never tried */
    char *dir;                      /* absolute; NULL: never tried */
    json_t *instance;               /* the row; NULL when it cannot be found */
    json_t *status, *cost, *image;  /* may be NULL */
    struct strv reviews;            /* "needs-attention (ada)", as it holds now */
    struct detail_round *rounds;
    size_t n_rounds;
    struct detail_round *last; /* where the evidence stands; NULL without rounds */
    int packages;              /* in the lock that stands; -1: there is none */
    char as_of[11];            /* "2020-03-06": what was on the index then could be taken; "" */
};

struct index;

/* `run` NULL: the latest. E_NOTFOUND names the id, or the run that does not have it. */
WARN_UNUSED int detail_load(struct index *idx, const char *run, const char *instance_id,
                            struct detail *out, struct error *err);
void detail_release(struct detail *d);

/* The round `n`, 0 for the last; NULL when there is none. */
const struct detail_round *detail_round(const struct detail *d, int n);
/* The round that `r` changed: the last before it that has the file, or before the end of the one
 * that a person started from. NULL: it is the first. */
const struct detail_round *detail_before(const struct detail *d, const struct detail_round *r,
                                         const char *name);
/* The path of a file: `name` as it stands in the folder or, for a round's file, in round `n`
 * (0: the accepted or last one). "test_only-1", "build", "lock" name logs. E_NOTFOUND lists
 * what there is. */
WARN_UNUSED int detail_file(const struct detail *d, const char *name, int n, struct str *path,
                            struct error *err);

#endif
