#include "pipeline/private.h"

#include <stdlib.h>
#include <string.h>

/* What one test did, over all runs. */
struct story {
    enum test_status base, before; /* first runs of base and test_only */
    enum test_status worst, best;  /* of test_with_fix; missing counts as worst */
    bool ever_before;              /* passed in any test_only run */
    bool bad_before;               /* failed in any test_only run */
    bool waver;                    /* runs with the fix do not end equally */
};

bool test_is_bad(enum test_status s)
{
    return s == TEST_FAILED || s == TEST_ERROR;
}

/* How bad: a test that is gone is worse than one that is skipped, better than one that fails. */
static int badness(enum test_status s)
{
    static const int rank[TEST_STATUSES] = {
        [TEST_PASSED] = 0,  [TEST_XFAILED] = 1, [TEST_SKIPPED] = 2,
        [TEST_MISSING] = 3, [TEST_FAILED] = 4,  [TEST_ERROR] = 5
    };
    return rank[s];
}

static struct story story_of(const struct evaluation *ev, const char *id)
{
    struct story s = { TEST_MISSING, TEST_MISSING, TEST_PASSED, TEST_ERROR, false, false, false };
    bool fixed = false;
    for (size_t i = 0; i < ev->n_runs; i++) {
        const struct eval_run *r = &ev->runs[i];
        const struct test_result *t = run_find(r, id);
        enum test_status now = t ? t->status : TEST_MISSING;
        if (r->condition == COND_BASE) {
            s.base = now;
        } else if (r->condition == COND_TEST_ONLY) {
            if (r->k == 1)
                s.before = now;
            s.ever_before = s.ever_before || now == TEST_PASSED;
            s.bad_before = s.bad_before || test_is_bad(now);
        } else {
            fixed = true;
            if (badness(now) > badness(s.worst))
                s.worst = now;
            if (badness(now) < badness(s.best))
                s.best = now;
        }
    }
    if (!fixed)
        s.worst = s.best = TEST_MISSING;
    s.waver = s.best == TEST_PASSED && s.worst != TEST_PASSED;
    return s;
}

const struct eval_run *first_run(const struct evaluation *ev, enum condition c)
{
    for (size_t i = 0; i < ev->n_runs; i++)
        if (ev->runs[i].condition == c && ev->runs[i].k == 1)
            return &ev->runs[i];
    return NULL;
}

/* pytest names a file that it could not collect "tests.test_a", with neither class nor file. */
static bool file_errored(const struct eval_run *r, const char *id)
{
    size_t n = strcspn(id, ":");
    char *module = xstrndup(id, n > 3 && memcmp(id + n - 3, ".py", 3) == 0 ? n - 3 : n);
    for (char *p = module; *p; p++)
        if (*p == '/')
            *p = '.';
    char *with_file = xstrndup(id, n);
    const struct test_result *t = run_find(r, module), *f = run_find(r, with_file);
    bool errored = (t && t->status == TEST_ERROR) || (f && f->status == TEST_ERROR);
    free(module);
    free(with_file);
    return errored;
}

/* An error of collection in one file keeps pytest from running the others: their tests are not
 * missing, they were not asked, and the base says what they are. */
static bool was_not_asked(const struct evaluation *ev, const char *id, const struct story *s)
{
    const struct eval_run *r = first_run(ev, COND_TEST_ONLY);
    return s->before == TEST_MISSING && r && (r->exit_code == 2 || !r->n_tests) &&
           !file_errored(r, id);
}

/* ---- ids that move ---- */

/* Where the ids of a function's parameters begin: "t.py::f[" of "t.py::f[a[1]]"; 0: it has none. */
static size_t stem_of(const char *id)
{
    const char *bracket = strchr(id, '[');
    return bracket && strstr(id, "::") && strstr(id, "::") < bracket ? (size_t)(bracket - id) + 1
                                                                     : 0;
}

/* The first test of a sorted run that is not before `stem`. */
static size_t stem_begins(const struct eval_run *r, const char *stem, size_t n)
{
    size_t low = 0, high = r->n_tests;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (strncmp(r->tests[mid].id, stem, n) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

/* How many of the stem's tests ran well in a run; 0 when one did not. */
static size_t stem_is_well(const struct eval_run *r, const char *stem, size_t n)
{
    size_t first = stem_begins(r, stem, n), i = first;
    for (; i < r->n_tests && strncmp(r->tests[i].id, stem, n) == 0; i++)
        if (test_is_bad(r->tests[i].status))
            return 0;
    return i - first;
}

/* An id may hold what the code under test gives it, or chance. Where as many of a function's tests
 * are well in every run, and only their names differ, nothing is broken, flaky or fixed. */
static bool has_moved(const struct evaluation *ev, const char *id)
{
    size_t n = stem_of(id), before = 0;
    bool missing = false;
    for (size_t i = 0; n && i < ev->n_runs; i++) {
        const struct eval_run *r = &ev->runs[i];
        if (r->condition == COND_BASE)
            continue;
        size_t well = stem_is_well(r, id, n);
        if (!well || (before && well != before))
            return false;
        before = well;
        missing = missing || !run_find(r, id);
    }
    return missing;
}

/* Puts one test into the lists that it belongs to. */
static void sort_test(struct evaluation *ev, const char *id)
{
    struct story s = story_of(ev, id);
    bool failed_before = test_is_bad(s.before) || s.before == TEST_MISSING;
    bool passed_before =
        s.before == TEST_PASSED || (s.base == TEST_PASSED && was_not_asked(ev, id, &s));
    if (strv_has(&ev->deselected, id))
        return;
    if (has_moved(ev, id))
        strv_add(&ev->moved, id);
    else if (s.waver)
        strv_add(&ev->flaky, id);
    else if (passed_before && s.worst == TEST_PASSED && !s.bad_before)
        strv_add(&ev->p2p, id);
    else if (passed_before && (test_is_bad(s.worst) || s.worst == TEST_MISSING))
        strv_add(s.base == TEST_PASSED ? &ev->broken : &ev->unfixed,
                 id); /* new tests break nothing */
    else if (failed_before && s.worst == TEST_PASSED && !s.ever_before)
        strv_add(&ev->f2p, id);
    else if (test_is_bad(s.worst))
        strv_add(&ev->unfixed, id);
}

void sort_tests(struct evaluation *ev)
{
    struct map seen;
    map_init(&seen, NULL);
    for (size_t i = 0; i < ev->n_runs; i++) {
        if (ev->runs[i].condition == COND_BASE)
            continue;
        for (size_t k = 0; k < ev->runs[i].n_tests; k++)
            map_put(&seen, ev->runs[i].tests[k].id, NULL);
    }
    for (struct map_entry *e = NULL; (e = map_next(&seen, e));)
        sort_test(ev, e->key);
    map_release(&seen);
}
