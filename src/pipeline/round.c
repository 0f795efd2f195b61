#include "pipeline/private.h"

#include <stdlib.h>
#include <string.h>

int base_image(struct synthesis *s, struct error *err)
{
    char *log = round_path(s, "base.log");
    struct base_request rq = { .version = s->findings.plan.python,
                               .log = log,
                               .stop = s->job->stop };
    str_clear(&s->base);
    int rc = image_base_ensure(s->job->engine, &s->job->ws->config, &rq, &s->base, err);
    free(log);
    return rc;
}

/* A step that failed inside the container is the round's result, not the end. */
static int round_failed(struct evaluation *ev, enum phase p, const char *log, int rc,
                        struct error *err)
{
    ev->reached = p;
    if (rc != E_FAIL && rc != E_TIMEOUT)
        return rc;
    ev->failed = class_of_error(rc, p);
    ev->failed_log = xstrdup(log);
    ev->failed_why = xstrdup(error_text(err));
    error_clear(err);
    return 1;
}

static int step_lock(struct synthesis *s, struct evaluation *ev, struct error *err)
{
    phase_begin(s, PHASE_LOCK);
    int rc = s->has_lock ? 0 : lock_resolve(s, err);
    phase_end(s, PHASE_LOCK, rc == 0);
    if (rc < 0)
        return round_failed(ev, PHASE_LOCK, "lock.log", rc, err);
    return write_round(s, "requirements.lock", &s->lock, err);
}

static int step_build(struct synthesis *s, const struct feedback *fb, struct evaluation *ev,
                      struct error *err)
{
    int rc = 0;
    if (!s->has_dockerfile) {
        str_clear(&s->dockerfile);
        rc = s->agent->dockerfile(s->agent, &s->findings, fb, &s->dockerfile, err);
    }
    if (rc == 0)
        rc = write_round(s, "Dockerfile", &s->dockerfile, err);
    if (rc < 0)
        return rc;
    phase_begin(s, PHASE_BUILD);
    rc = build_image(s, err);
    phase_end(s, PHASE_BUILD, rc == 0);
    return rc < 0 ? round_failed(ev, PHASE_BUILD, "build.log", rc, err) : 0;
}

static int step_evaluate(struct synthesis *s, const struct feedback *fb, struct evaluation *ev,
                         struct error *err)
{
    int rc = 0;
    str_clear(&s->script);
    if (!s->has_skeleton) {
        str_clear(&s->skeleton);
        rc = s->agent->evalscript(s->agent, &s->findings, fb, &s->skeleton, err);
    }
    if (rc < 0)
        return rc;
    script_fill(&s->skeleton, &s->in.test_patch, &s->script);
    rc = write_round(s, "eval_skeleton.sh", &s->skeleton, err);
    if (rc == 0)
        rc = write_round(s, "eval.sh", &s->script, err);
    if (rc < 0)
        return rc;
    phase_begin(s, PHASE_EVALUATE);
    strv_clear(&ev->deselected);
    strv_add_list(&ev->deselected, &s->findings.plan.deselect);
    rc = evaluate(s, ev, err);
    phase_end(s, PHASE_EVALUATE, rc == 0);
    return rc;
}

/* Tests that fail whatever the fix, beside a sound F2P, are named in the script (DESIGN 5.3). */
static bool deselect_hopeless(struct synthesis *s, struct evaluation *ev, struct analysis *a)
{
    if (ev->failed != FAIL_NONE || !ev->f2p.n || ev->broken.n || ev->flaky.n || !ev->unfixed.n)
        return false;
    for (size_t i = 0; i < ev->unfixed.n; i++) {
        const char *id = ev->unfixed.v[i];
        for (size_t k = 0; k < ev->n_runs; k++) {
            const struct test_result *t = run_find(&ev->runs[k], id);
            if (t && t->status == TEST_PASSED) /* without the fix it does not fail */
                return false;
        }
    }
    strv_add_list(&s->findings.plan.deselect, &ev->unfixed);
    a->class = FAIL_FIX_FAILS;
    analysis_say(&a->reason, str_format("%zu tests fail under every condition and are deselected",
                                        ev->unfixed.n));
    analysis_say(&a->rule, xstrdup("deselect"));
    analysis_say(&a->remedy, str_format("deselect %s", ev->unfixed.v[0]));
    a->again_evalscript = true;
    return true;
}

int round_analyze(struct synthesis *s, struct evaluation *ev, struct analysis *a, struct error *err)
{
    if (!ev->accepted && s->hand) /* what it says counts, what it would do next does not */
        return s->agent->analyze(s->agent, ev, &s->findings, a, err);
    if (!ev->accepted && deselect_hopeless(s, ev, a))
        return 0;
    if (!ev->accepted && s->in_recipe)
        return recipe_give_up(s, ev, a, err);
    if (!ev->accepted)
        return s->agent->analyze(s->agent, ev, &s->findings, a, err);
    a->is_finish = a->solvable = true;
    analysis_say(&a->reason, xstrdup(ev->reason));
    return 0;
}

static int judge_round(struct synthesis *s, struct evaluation *ev, struct analysis *a,
                       struct error *err)
{
    phase_begin(s, PHASE_ANALYZE);
    int rc = round_analyze(s, ev, a, err);
    if (rc == 0 && s->hand)
        hand_settle(a);
    if (rc == 0 && ev->n_runs)
        signals_fill(s, ev);
    if (rc == 0)
        rc = write_round_json(s, "evaluation.json", evaluation_to_json(ev), err);
    if (rc == 0)
        rc = write_round_json(s, "analysis.json", analysis_to_json(a), err);
    phase_end(s, PHASE_ANALYZE, rc == 0);
    return rc;
}

int round_run(struct synthesis *s, struct evaluation *ev, struct analysis *a, enum phase *at,
              struct error *err)
{
    struct feedback fb = { .round = s->round, .cache_mounts = s->job->engine->buildkit };
    ev->round = s->round;
    ev->dir = s->round_dir;
    *at = PHASE_IMAGE;
    int rc = tree_remove(s->round_dir, err); /* a try that was cut off left half its logs */
    if (rc == 0)
        rc = dir_make(s->round_dir, err);
    if (rc == 0 && s->hand)
        rc = write_round_json(s, "hand.json", json_incref(s->hand), err);
    if (rc == 0)
        rc = write_round_json(s, "findings.json", findings_to_json(&s->findings), err);
    if (rc == 0 && s->in_recipe)
        rc = write_round_json(s, "recipe.json", json_incref(s->recipe), err);
    if (rc == 0) {
        phase_begin(s, PHASE_IMAGE);
        rc = base_image(s, err);
        phase_end(s, PHASE_IMAGE, rc == 0);
    }
    if (rc == 0) {
        *at = PHASE_LOCK;
        rc = step_lock(s, ev, err);
    }
    if (rc == 0) {
        *at = PHASE_BUILD;
        rc = step_build(s, &fb, ev, err);
    }
    if (rc == 0) {
        *at = PHASE_EVALUATE;
        rc = step_evaluate(s, &fb, ev, err);
    }
    return rc < 0 ? rc : judge_round(s, ev, a, err);
}
