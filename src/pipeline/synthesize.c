#include "pipeline/private.h"

#include <stdlib.h>
#include <string.h>

/* Ends the instance in phase `p`, before any round or between two. */
static int end_early(struct synthesis *s, enum phase p, enum failure_class class, const char *state,
                     const char *reason, struct error *err)
{
    struct analysis a;
    struct evaluation ev;
    analysis_init(&a);
    evaluation_init(&ev);
    ev.reached = p;
    a.class = class;
    free(a.reason);
    a.reason = xstrdup(reason);
    if (strcmp(state, "error") != 0)
        images_drop(s, false);
    int rc = write_status(s, state, &ev, &a, err);
    analysis_release(&a);
    evaluation_release(&ev);
    return rc;
}

/* Ends the instance with what `rc` and `err` say of phase `p`. */
static int end_by_error(struct synthesis *s, int rc, enum phase p, struct error *err)
{
    enum failure_class class = class_of_error(rc, p);
    /* What no fetch brings will not be there the next time. */
    const char *state = is_infrastructure(rc)                     ? "error"
                        : rc == E_NOTFOUND && class == FAIL_FETCH ? "failed"
                                                                  : failure_info(class)->state;
    if (rc == E_CANCELLED)
        return rc;
    char *reason = xstrdup(error_text(err));
    error_clear(err);
    rc = end_early(s, p, class, state, reason, err);
    free(reason);
    return rc;
}

static int find_python(void *payload UNUSED, const struct mirror_entry *e, struct error *err UNUSED)
{
    return str_ends(e->path, ".py") && e->kind != ENTRY_DIR;
}

static int explore(struct synthesis *s, struct error *err)
{
    struct request rq = { s->mirror, NULL };
    return s->agent->explore(s->agent, &s->in, &rq, &s->findings, err);
}

/* Settles what the last round says into the final files. */
static int end_rounds(struct synthesis *s, const struct evaluation *ev, struct analysis *a,
                      struct error *err)
{
    const char *state = a->solvable ? "accepted" : failure_info(a->class)->state;
    int rc = a->solvable ? recipe_keep(s, err) : 0;
    if (rc == 0)
        rc = write_final(s, a->solvable, err);
    if (rc == 0)
        rc = write_status(s, state, ev, a, err);
    images_drop(s, a->solvable);
    return rc;
}

static int run_rounds(struct synthesis *s, struct error *err)
{
    int64_t most = config_int(&s->job->ws->config, "synthesis.rounds");
    int64_t limit = config_int(&s->job->ws->config, "synthesis.limit");
    bool finished = false;
    int rc = 0;
    recipe_begin(s);
    for (s->round = 1; rc == 0 && !finished; s->round++) {
        struct evaluation ev;
        struct analysis a;
        enum phase at = PHASE_IMAGE;
        free(s->round_dir);
        s->round_dir = str_format("%s/round-%d", s->dir, s->round);
        if (round_is_by_hand(s))
            continue;
        evaluation_init(&ev);
        analysis_init(&a);
        rc = round_is_finished(s) ? round_replay(s, &ev, &a, &at, err)
                                  : round_run(s, &ev, &a, &at, err);
        finished = a.is_finish || s->round - s->recipe_rounds >= most ||
                   clock_ms() - s->begin_ms - s->recipe_ms > limit;
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

static int begin(struct synthesis *s, const json_t *status, struct error *err)
{
    char *path = str_format("%s/instance.json", s->dir);
    int rc = dir_make(s->dir, err);
    if (rc == 0)
        rc = json_write_file(path, s->in.row, err);
    if (rc == 0)
        rc = resume(s, status, err);
    free(path);
    return rc < 0 ? rc : write_status(s, "running", NULL, NULL, err);
}

static int work(struct synthesis *s, const json_t *status, struct error *err)
{
    /* A playbook that cannot be read says nothing of the instance. */
    int rc = agent_rules_new(s->job->ws->root, &s->agent, err);
    if (rc == 0)
        rc = begin(s, status, err);
    if (rc == 0)
        rc = synthesis_sweep(s, err);
    if (rc < 0)
        return rc;
    phase_begin(s, PHASE_FETCH);
    rc = synthesis_fetch(s, err);
    phase_end(s, PHASE_FETCH, rc == 0);
    if (rc < 0)
        return end_by_error(s, rc, PHASE_FETCH, err);
    rc = mirror_walk(s->mirror, s->in.base_commit, find_python, NULL, err);
    if (rc == 0)
        return end_early(s, PHASE_FETCH, FAIL_NONE_COLLECTED, "failed",
                         "the repository has no Python file at the base commit", err);
    if (rc < 0)
        return end_by_error(s, rc, PHASE_FETCH, err);
    phase_begin(s, PHASE_EXPLORE);
    rc = explore(s, err);
    phase_end(s, PHASE_EXPLORE, rc == 0);
    return rc < 0 ? end_by_error(s, rc, PHASE_EXPLORE, err) : run_rounds(s, err);
}

/* What was cancelled is not running: its rounds wait for the next call. */
static void put_back(struct synthesis *s, struct error *err)
{
    struct error other = ERROR_INIT;
    if (write_status(s, "new", NULL, NULL, &other) < 0)
        error_prefix(err, "%s", error_text(&other));
    error_release(&other);
}

/* From a round on: puts it aside, and what is left is an instance on its way. A round by hand is
 * tried by hand once more. */
static int again(struct synthesis *s, bool *by_hand, struct job_result *out, struct error *err)
{
    const struct asked *asked = s->job->asked;
    int last = 0, rc = last_round(s, &last, err);
    *by_hand = asked->dockerfile || asked->script || asked->lock;
    if (rc < 0 || *by_hand || (!last && asked->from_round == 1))
        return rc;
    char *aside = str_format("%s/aside/%s", s->dir, asked->ticket);
    char *part = str_format("%s.part", aside);
    bool begun = path_is_dir(aside) || path_is_dir(part);
    free(aside);
    free(part);
    free(s->round_dir);
    s->round_dir = str_format("%s/round-%d", s->dir, asked->from_round);
    if (!begun && asked->from_round > last) {
        char *why = str_format("there is no round %d: it has %d", asked->from_round, last);
        job_result_set(out, "failed", "", why);
        free(why);
        return 0;
    }
    *by_hand = !begun && round_is_by_hand(s);
    return *by_hand ? 0 : put_aside(s, err);
}

/* Ends what is not ended. */
static int go_on(struct synthesis *s, struct job_result *out, struct error *err)
{
    json_t *status = NULL;
    bool finished = status_read(s, &status, NULL) == 0 && json_get_bool(status, "is_finish", false);
    int rc = finished ? 0 : work(s, status, err);
    if (rc == E_CANCELLED)
        put_back(s, err);
    if (rc == 0 && !finished) {
        json_decref(status);
        status = NULL;
        rc = status_read(s, &status, err);
    }
    if (rc == 0)
        job_result_read(out, status);
    json_decref(status);
    return rc;
}

static int try_by_hand(struct synthesis *s, struct job_result *out, struct error *err)
{
    json_t *status = NULL;
    (void)!status_read(s, &status, NULL);
    int rc = hand_try(s, status, out, err);
    json_decref(status);
    return rc;
}

int synthesize_instance(struct job_context *job, const char *instance_id, struct job_result *out,
                        struct error *err)
{
    struct synthesis s;
    bool by_hand = false;
    memset(out, 0, sizeof(*out));
    int rc = synthesis_init(&s, job, instance_id, err);
    if (rc == 0 && job->asked)
        rc = again(&s, &by_hand, out, err);
    if (rc == 0 && !*out->state)
        rc = by_hand ? try_by_hand(&s, out, err) : go_on(&s, out, err);
    synthesis_release(&s);
    return rc;
}
