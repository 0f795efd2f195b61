#include "pipeline/private.h"

#include <stdlib.h>

static const struct eval_run *last_run(const struct evaluation *ev)
{
    return &ev->runs[ev->n_runs - 1];
}

/* With the fix nothing ran: the environment, not the change, is at fault. */
static bool ran_tests(const struct eval_run *r)
{
    for (size_t i = 0; i < r->n_tests; i++)
        if (r->tests[i].status == TEST_PASSED || r->tests[i].status == TEST_FAILED)
            return true;
    return false;
}

void judge_now(struct synthesis *s, struct evaluation *ev)
{
    char *runner_file = runner_file_new(&s->in.patch);
    struct judge_rules rules = { .repeats =
                                     (int)config_int(&s->job->ws->config, "evaluation.repeats"),
                                 .dishonesty = script_dishonesty(&s->skeleton, NULL),
                                 .runner_file = runner_file };
    judge(ev, &rules);
    free(runner_file);
}

/* Whether the runs so far already say no: a status that is not the tests' own does. Tests that fail
 * with the fix do not, beside an F2P: they may be deselected, but only when they fail every time;
 * else chance picks what is left. */
static bool is_hopeless(const struct evaluation *ev)
{
    return ev->failed != FAIL_NONE || !ev->f2p.n || ev->broken.n || ev->flaky.n ||
           !ev->clauses[0].ok;
}

static int evaluate_repeats(struct synthesis *s, struct evaluation *ev, struct error *err)
{
    int repeats = (int)config_int(&s->job->ws->config, "evaluation.repeats");
    int rc = 0;
    for (int k = 2; rc == 0 && k <= repeats && ev->failed == FAIL_NONE; k++) {
        rc = evaluate_once(s, ev, COND_TEST_WITH_FIX, k, err);
        if (rc == 0)
            rc = evaluate_once(s, ev, COND_TEST_ONLY, k, err);
    }
    return rc;
}

/* One look at the image tells more than the repeats and costs less: what it refuses is not
 * repeated. Tests that are still to be deselected wait for it. */
static int evaluate_rest(struct synthesis *s, struct evaluation *ev, struct error *err)
{
    int rc = ev->unfixed.n ? 0 : controls_run(s, ev, err);
    if (rc == 0)
        judge_now(s, ev);
    bool refused = ev->controls.leaks.n || ev->controls.gutted_passes || ev->controls.unstable;
    return rc < 0 || refused ? rc : evaluate_repeats(s, ev, err);
}

int evaluate(struct synthesis *s, struct evaluation *ev, struct error *err)
{
    int rc = evaluate_once(s, ev, COND_TEST_WITH_FIX, 1, err);
    ev->reached = PHASE_EVALUATE;
    if (rc < 0 || ev->failed != FAIL_NONE)
        goto out;
    if (!ran_tests(last_run(ev))) {
        ev->failed = FAIL_COLLECT;
        goto out;
    }
    rc = evaluate_once(s, ev, COND_TEST_ONLY, 1, err);
    if (rc == 0 && ev->failed == FAIL_NONE)
        rc = evaluate_once(s, ev, COND_BASE, 1, err);
    if (rc < 0)
        goto out;
    judge_now(s, ev);
    if (!is_hopeless(ev))
        rc = evaluate_rest(s, ev, err);
out:
    if (rc == 0)
        judge_now(s, ev);
    return rc;
}
