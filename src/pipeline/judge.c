#include "pipeline/private.h"

#include <stdlib.h>
#include <string.h>

static bool clause(struct evaluation *ev, int number, bool ok, const char *fmt, ...) PRINTF(4, 5);
static bool clause(struct evaluation *ev, int number, bool ok, const char *fmt, ...)
{
    struct str why = STR_INIT;
    va_list ap;
    va_start(ap, fmt);
    str_vaddf(&why, fmt, ap);
    va_end(ap);
    free(ev->clauses[number - 1].why);
    ev->clauses[number - 1].ok = ok;
    ev->clauses[number - 1].why = str_detach(&why);
    return ok;
}

static bool report_agrees(const struct eval_run *r)
{
    bool bad = false;
    for (size_t i = 0; i < r->n_tests; i++)
        bad = bad || test_is_bad(r->tests[i].status);
    return r->exit_code == 0 ? !bad && r->n_tests > 0 : r->exit_code != 1 || bad;
}

/* Whether somebody else than the test command made the status: the marker is another number, or 0
 * stands over a failed test or over none at all. */
static bool status_is_made(const struct eval_run *r)
{
    if (r->timed_out || r->oom)
        return false;
    return (r->marker >= 0 && r->marker != r->exit_code) ||
           (r->exit_code == 0 && !report_agrees(r));
}

static const struct eval_run *made_status(const struct evaluation *ev)
{
    for (size_t i = 0; i < ev->n_runs; i++)
        if (status_is_made(&ev->runs[i]))
            return &ev->runs[i];
    return NULL;
}

static void judge_status(struct evaluation *ev)
{
    for (size_t i = 0; i < ev->n_runs; i++) {
        const struct eval_run *r = &ev->runs[i];
        const char *c = condition_name(r->condition);
        if (r->marker != r->exit_code) {
            clause(ev, 1, false, "%s-%d: the engine says %d, the marker %d", c, r->k, r->exit_code,
                   r->marker);
            return;
        }
        if (r->contradiction) {
            clause(ev, 1, false, "%s-%d: %s", c, r->k, r->contradiction);
            return;
        }
        if (!report_agrees(r)) {
            clause(ev, 1, false, "%s-%d: status %d disagrees with the report of %zu tests", c, r->k,
                   r->exit_code, r->n_tests);
            return;
        }
    }
    clause(ev, 1, true, "status, marker and report agree in %zu runs", ev->n_runs);
}

static void judge_before(struct evaluation *ev)
{
    const struct eval_run *r = first_run(ev, COND_TEST_ONLY);
    if (!r)
        clause(ev, 2, false, "test_only was not run");
    else if (r->timed_out || r->oom)
        clause(ev, 2, false, "test_only ended by %s", r->oom ? "the memory limit" : "time");
    else if (r->exit_code == 0)
        clause(ev, 2, false, "test_only passes");
    else if (r->exit_code != 1 && r->exit_code != 2)
        clause(ev, 2, false, "test_only ends with %d, which is no failed test", r->exit_code);
    else
        clause(ev, 2, true, "test_only ends with %d", r->exit_code);
}

static int count_runs(const struct evaluation *ev, enum condition c)
{
    int n = 0;
    for (size_t i = 0; i < ev->n_runs; i++)
        n += ev->runs[i].condition == c;
    return n;
}

static void judge_after(struct evaluation *ev, const struct judge_rules *rules)
{
    int repeats = count_runs(ev, COND_TEST_WITH_FIX);
    for (size_t i = 0; i < ev->n_runs; i++) {
        const struct eval_run *r = &ev->runs[i];
        if (r->condition == COND_TEST_WITH_FIX && r->exit_code != 0) {
            clause(ev, 3, false, "test_with_fix-%d ends with %d", r->k, r->exit_code);
            return;
        }
    }
    if (!ev->f2p.n)
        clause(ev, 3, false, "no test fails before and passes after");
    else if (ev->flaky.n)
        clause(ev, 3, false, "%zu tests do not end equally", ev->flaky.n);
    else if (ev->broken.n)
        clause(ev, 3, false, "%zu tests that passed fail or are gone", ev->broken.n);
    else if (ev->controls.unstable)
        clause(ev, 3, false, "%s in repeat %d", unstable_text(ev->controls.unstable_how),
               ev->controls.unstable);
    else if (repeats < rules->repeats)
        clause(ev, 3, false, "%d of %d runs with the fix", repeats, rules->repeats);
    else
        clause(ev, 3, true, "F2P %zu, P2P %zu in %d equal runs", ev->f2p.n, ev->p2p.n, repeats);
}

static void judge_patches(struct evaluation *ev, const struct judge_rules *rules)
{
    bool all = ev->n_runs > 0;
    if (rules->runner_file) {
        clause(ev, 5, false, "the fix brings %s, which the test runner reads", rules->runner_file);
        return;
    }
    for (size_t i = 0; i < ev->n_runs; i++)
        all = all && ev->runs[i].patched;
    clause(ev, 5, all, all ? "the patches applied in every run" : "a patch did not apply");
}

static void judge_script(struct evaluation *ev, const struct judge_rules *rules)
{
    const struct controls *c = &ev->controls;
    if (rules->dishonesty)
        clause(ev, 4, false, "%s", rules->dishonesty);
    else if (c->gutted_passes)
        clause(ev, 4, false, "%d F2P tests pass with their files empty", c->gutted_passes);
    else if (c->reversed && c->reversed_exit == 0)
        clause(ev, 4, false, "the tests pass with the fix reversed");
    else if (c->ran)
        clause(ev, 4, true, "the status is the tests' own; with empty test files it is %d",
               c->gutted_exit);
    else
        clause(ev, 4, true, "the script's status is the tests' own");
}

static void judge_leaks(struct evaluation *ev)
{
    const struct controls *c = &ev->controls;
    struct strv words = STRV_INIT;
    if (c->leaks.n) {
        strv_split(&words, c->leaks.v[0], "\t");
        clause(ev, 6, false, "%s: %s%s", words.n > 1 ? words.v[1] : "",
               words.n > 2 ? words.v[2] : c->leaks.v[0], c->leaks.n > 1 ? ", and more" : "");
    } else if (c->ran)
        clause(ev, 6, true, "no later commit, no other copy, no line of the fix in the image");
    else
        clause(ev, 6, true, "the image was not looked at: the runs say no");
    strv_release(&words);
}

/* The first that holds is the verdict. */
static enum failure_class verdict_of(struct evaluation *ev, const struct judge_rules *rules,
                                     struct str *why)
{
    const struct eval_run *made = made_status(ev);
    const struct eval_run *before = first_run(ev, COND_TEST_ONLY);
    bool ran_nothing = made && ev->failed == FAIL_COLLECT;
    if (ran_nothing) {
        str_addf(why, "%s-%d ends with 0, and no test ran", condition_name(made->condition),
                 made->k);
        return FAIL_SCRIPT_DISHONEST;
    }
    if (ev->failed != FAIL_NONE) {
        str_add(why, ev->failed_why ? ev->failed_why : failure_info(ev->failed)->text);
        return ev->failed;
    }
    if (ev->flaky.n) {
        str_addf(why, "%zu tests do not end equally in equal runs, first %s", ev->flaky.n,
                 ev->flaky.v[0]);
        return FAIL_FLAKY;
    }
    if (ev->broken.n) {
        str_addf(why, "the fix breaks %zu tests, first %s", ev->broken.n, ev->broken.v[0]);
        return FAIL_P2P_BROKEN;
    }
    if (ev->unfixed.n) {
        str_addf(why, "%zu tests still fail with the fix, first %s", ev->unfixed.n,
                 ev->unfixed.v[0]);
        return FAIL_FIX_FAILS;
    }
    if (!ev->f2p.n) {
        str_add(why, "no test fails before the fix and passes after it");
        return FAIL_NO_F2P;
    }
    if (made || !ev->clauses[3].ok) {
        str_add(why, ev->clauses[made ? 0 : 3].why);
        return FAIL_SCRIPT_DISHONEST;
    }
    if (rules->runner_file) {
        str_add(why, ev->clauses[4].why);
        return FAIL_SCRIPT_DISHONEST;
    }
    if (before && before->exit_code == 0) { /* what is new came with the fix */
        str_add(why, "the tests of the pull request pass without the fix");
        return FAIL_NO_F2P;
    }
    if (ev->controls.unstable) {
        str_add(why, ev->clauses[2].why);
        return FAIL_FLAKY;
    }
    if (!ev->clauses[5].ok) {
        str_add(why, ev->clauses[5].why);
        return FAIL_LEAK;
    }
    for (size_t i = 0; i < CLAUSES; i++) {
        if (!ev->clauses[i].ok) {
            str_addf(why, "clause %zu: %s", i + 1, ev->clauses[i].why);
            return FAIL_COLLECT;
        }
    }
    return FAIL_NONE;
}

void judge(struct evaluation *ev, const struct judge_rules *rules)
{
    struct str why = STR_INIT;
    struct strv *lists[] = {
        &ev->f2p, &ev->p2p, &ev->broken, &ev->unfixed, &ev->flaky, &ev->moved
    };
    for (size_t i = 0; i < ARRAY_LEN(lists); i++)
        strv_clear(lists[i]);
    sort_tests(ev);
    judge_status(ev);
    judge_before(ev);
    judge_after(ev, rules);
    judge_script(ev, rules);
    judge_patches(ev, rules);
    judge_leaks(ev);
    ev->verdict = verdict_of(ev, rules, &why);
    ev->accepted = ev->verdict == FAIL_NONE;
    if (ev->accepted)
        str_setf(&why, "F2P %zu, P2P %zu", ev->f2p.n, ev->p2p.n);
    free(ev->reason);
    ev->reason = str_detach(&why);
}
