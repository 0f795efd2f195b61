#include "pipeline/private.h"

#include <stdlib.h>
#include <string.h>

void job_result_release(struct job_result *r)
{
    free(r->reason);
    memset(r, 0, sizeof(*r));
}

static void set_word(char *slot, size_t size, const char *text)
{
    size_t n = strnlen(text, size - 1);
    memcpy(slot, text, n);
    slot[n] = '\0';
}

static void result_from_status(struct job_result *out, const json_t *doc)
{
    set_word(out->state, sizeof(out->state), json_get_str(doc, "state", "error"));
    set_word(out->failure_class, sizeof(out->failure_class),
             json_get_str(doc, "failure_class", ""));
    out->reason = xstrdup(json_get_str(doc, "reason", ""));
    out->seconds = json_get_num(doc, "seconds", 0);
    out->f2p = json_get_int(doc, "f2p", 0);
    out->p2p = json_get_int(doc, "p2p", 0);
}

static int read_status(const struct synthesis *s, json_t **doc, struct error *err)
{
    char *path = str_format("%s/status.json", s->dir);
    int rc = json_read_file(path, doc, err);
    free(path);
    return rc;
}

/* What a failure outside the container means for the instance. */
static enum failure_class class_of_error(int rc, enum phase p)
{
    static const enum failure_class by_phase[PHASES] = {
        [PHASE_FETCH] = FAIL_FETCH,           [PHASE_EXPLORE] = FAIL_FETCH,
        [PHASE_IMAGE] = FAIL_BASE_IMAGE,      [PHASE_LOCK] = FAIL_RESOLVE,
        [PHASE_BUILD] = FAIL_PROJECT_INSTALL, [PHASE_EVALUATE] = FAIL_COLLECT,
        [PHASE_ANALYZE] = FAIL_COLLECT,
    };
    switch (rc) {
    case E_DISK:
        return FAIL_DISK;
    case E_ENGINE:
        return FAIL_ENGINE;
    case E_TIMEOUT:
        return FAIL_TIMEOUT;
    default:
        return by_phase[p];
    }
}

static bool is_infrastructure(int rc)
{
    return rc == E_NETWORK || rc == E_ENGINE || rc == E_DISK || rc == E_IO;
}

/* Ends the instance with what `rc` and `err` say of phase `p`. */
static int end_by_error(struct synthesis *s, int rc, enum phase p, struct error *err)
{
    struct analysis a;
    struct evaluation ev;
    if (rc == E_CANCELLED)
        return rc;
    analysis_init(&a);
    evaluation_init(&ev);
    ev.reached = p;
    a.class = class_of_error(rc, p);
    a.reason = xstrdup(error_text(err));
    a.is_finish = true;
    rc = write_status(s, is_infrastructure(rc) ? "error" : failure_info(a.class)->state, &ev, &a,
                      err);
    analysis_release(&a);
    evaluation_release(&ev);
    return rc;
}

static int prepare(struct synthesis *s, struct error *err)
{
    int rc = mirror_ensure(s->job->ws, s->in.repo, s->in.base_commit, s->job->stop, err);
    if (rc == 0)
        rc = mirror_open(s->job->ws, s->in.repo, &s->mirror, err);
    return rc;
}

static int explore(struct synthesis *s, struct error *err)
{
    struct request rq = { s->mirror, NULL };
    int rc = agent_rules_new(NULL, &s->agent, err);
    if (rc == 0)
        rc = s->agent->explore(s->agent, &s->in, &rq, &s->findings, err);
    return rc;
}

static int base_image(struct synthesis *s, struct error *err)
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
    int rc = lock_resolve(s, err);
    phase_end(s, PHASE_LOCK, rc == 0);
    if (rc < 0)
        return round_failed(ev, PHASE_LOCK, "lock.log", rc, err);
    return write_round(s, "requirements.lock", &s->lock, err);
}

static int step_build(struct synthesis *s, const struct feedback *fb, struct evaluation *ev,
                      struct error *err)
{
    str_clear(&s->dockerfile);
    int rc = s->agent->dockerfile(s->agent, &s->findings, fb, &s->dockerfile, err);
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
    str_clear(&s->skeleton);
    str_clear(&s->script);
    int rc = s->agent->evalscript(s->agent, &s->findings, fb, &s->skeleton, err);
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
            if (ev->runs[k].condition == COND_BASE && t && t->status == TEST_PASSED)
                return false;
        }
    }
    strv_add_list(&s->findings.plan.deselect, &ev->unfixed);
    a->class = FAIL_FIX_FAILS;
    a->reason =
        str_format("%zu tests fail under every condition and are deselected", ev->unfixed.n);
    a->rule = xstrdup("deselect");
    a->remedy = str_format("deselect %s", ev->unfixed.v[0]);
    a->again_evalscript = true;
    return true;
}

static int judge_round(struct synthesis *s, struct evaluation *ev, struct analysis *a,
                       struct error *err)
{
    int rc = 0;
    phase_begin(s, PHASE_ANALYZE);
    if (ev->accepted) {
        a->is_finish = a->solvable = true;
        a->reason = xstrdup(ev->reason);
    } else if (!deselect_hopeless(s, ev, a)) {
        rc = s->agent->analyze(s->agent, ev, &s->findings, a, err);
    }
    if (rc == 0)
        rc = write_round_json(s, "evaluation.json", evaluation_to_json(ev), err);
    if (rc == 0)
        rc = write_round_json(s, "analysis.json", analysis_to_json(a), err);
    phase_end(s, PHASE_ANALYZE, rc == 0);
    return rc;
}

static int run_round(struct synthesis *s, struct evaluation *ev, struct analysis *a, enum phase *at,
                     struct error *err)
{
    struct feedback fb = { .round = s->round, .cache_mounts = s->job->engine->buildkit };
    ev->round = s->round;
    ev->dir = s->round_dir;
    *at = PHASE_IMAGE;
    int rc = dir_make(s->round_dir, err);
    if (rc == 0)
        rc = write_round_json(s, "findings.json", findings_to_json(&s->findings), err);
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

/* Settles what the last round says into the final files. */
static int end_rounds(struct synthesis *s, const struct evaluation *ev, struct analysis *a,
                      struct error *err)
{
    const char *state = a->solvable ? "accepted" : failure_info(a->class)->state;
    int rc = write_final(s, err);
    if (rc == 0)
        rc = write_status(s, state, ev, a, err);
    if (!a->solvable && s->tag &&
        strcmp(config_text(&s->job->ws->config, "image.keep"), "all") != 0)
        (void)!image_remove(s->job->engine, s->tag, NULL);
    return rc;
}

static int run_rounds(struct synthesis *s, struct error *err)
{
    int64_t most = config_int(&s->job->ws->config, "synthesis.rounds");
    int64_t limit = config_int(&s->job->ws->config, "synthesis.limit");
    bool finished = false;
    int rc = 0;
    for (s->round = 1; rc == 0 && !finished; s->round++) {
        struct evaluation ev;
        struct analysis a;
        enum phase at = PHASE_IMAGE;
        evaluation_init(&ev);
        analysis_init(&a);
        free(s->round_dir);
        s->round_dir = str_format("%s/round-%d", s->dir, s->round);
        rc = run_round(s, &ev, &a, &at, err);
        finished = a.is_finish || s->round >= most || clock_ms() - s->begin_ms > limit;
        if (rc < 0)
            rc = end_by_error(s, rc, at, err) < 0 ? rc : 1;
        else if (finished)
            rc = end_rounds(s, &ev, &a, err);
        analysis_release(&a);
        evaluation_release(&ev);
        if (finished)
            break;
    }
    return rc > 0 ? 0 : rc;
}

static void synthesis_release(struct synthesis *s)
{
    struct str *texts[] = { &s->base, &s->lock, &s->dockerfile, &s->skeleton, &s->script };
    for (size_t i = 0; i < ARRAY_LEN(texts); i++)
        str_release(texts[i]);
    if (s->agent)
        s->agent->free(s->agent);
    mirror_close(s->mirror);
    findings_release(&s->findings);
    instance_release(&s->in);
    free(s->dir);
    free(s->round_dir);
    free(s->tag);
    free(s->image_id);
}

static int synthesis_init(struct synthesis *s, struct job_context *job, const char *instance_id,
                          struct error *err)
{
    memset(s, 0, sizeof(*s));
    struct str *texts[] = { &s->base, &s->lock, &s->dockerfile, &s->skeleton, &s->script };
    for (size_t i = 0; i < ARRAY_LEN(texts); i++)
        str_init(texts[i]);
    s->job = job;
    s->started = clock_utc();
    s->begin_ms = clock_ms();
    findings_init(&s->findings);
    int rc = tasks_find(job->ws, instance_id, &s->in, err);
    if (rc < 0)
        return rc;
    char *folder = repo_folder_new(s->in.repo);
    s->dir = workspace_path(job->ws, "runs/%s/%s/%s", job->run, folder, instance_id);
    s->round_dir = str_format("%s/round-1", s->dir);
    free(folder);
    return dir_make(s->round_dir, err);
}

static int begin(struct synthesis *s, struct error *err)
{
    char *path = str_format("%s/instance.json", s->dir);
    int rc = json_write_file(path, s->in.row, err);
    free(path);
    return rc < 0 ? rc : write_status(s, "running", NULL, NULL, err);
}

static int work(struct synthesis *s, struct error *err)
{
    int rc = begin(s, err);
    if (rc < 0)
        return rc;
    phase_begin(s, PHASE_FETCH);
    rc = prepare(s, err);
    if (rc == 0)
        rc = patches_settle(s, err);
    phase_end(s, PHASE_FETCH, rc == 0);
    if (rc < 0)
        return end_by_error(s, rc, PHASE_FETCH, err);
    phase_begin(s, PHASE_EXPLORE);
    rc = explore(s, err);
    phase_end(s, PHASE_EXPLORE, rc == 0);
    return rc < 0 ? end_by_error(s, rc, PHASE_EXPLORE, err) : run_rounds(s, err);
}

int synthesize_instance(struct job_context *job, const char *instance_id, struct job_result *out,
                        struct error *err)
{
    struct synthesis s;
    json_t *status = NULL;
    memset(out, 0, sizeof(*out));
    int rc = synthesis_init(&s, job, instance_id, err);
    bool finished =
        rc == 0 && read_status(&s, &status, NULL) == 0 && json_get_bool(status, "is_finish", false);
    if (rc == 0 && !finished) {
        rc = work(&s, err);
        json_decref(status);
        status = NULL;
        if (rc == 0)
            rc = read_status(&s, &status, err);
    }
    if (rc == 0)
        result_from_status(out, status);
    json_decref(status);
    synthesis_release(&s);
    return rc;
}
