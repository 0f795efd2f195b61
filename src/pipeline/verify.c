#include "pipeline/private.h"

#include <stdlib.h>
#include <string.h>

/* What the accepted round left: the texts, the tests that it deselects and promises. */
struct promise {
    json_t *status;
    struct strv f2p;
    struct strv deselected;
};

static int read_text(const struct synthesis *s, const char *name, struct str *out,
                     struct error *err)
{
    char *path = str_format("%s/%s", s->dir, name);
    int rc = file_read(path, out, err);
    free(path);
    return rc;
}

static int read_doc(const struct synthesis *s, const char *name, json_t **out, struct error *err)
{
    char *path = str_format("%s/round-%d/%s", s->dir, s->round, name);
    int rc = json_read_file(path, out, err);
    free(path);
    return rc;
}

static int read_promise(struct synthesis *s, struct promise *p, struct error *err)
{
    json_t *findings = NULL, *evaluation = NULL;
    s->round = (int)json_get_int(p->status, "round", 1);
    int rc = read_text(s, "Dockerfile", &s->dockerfile, err);
    if (rc == 0)
        rc = read_text(s, "eval_skeleton.sh", &s->skeleton, err);
    if (rc == 0 && read_text(s, "requirements.lock", &s->lock, NULL) < 0)
        str_clear(&s->lock); /* nothing to install is no file */
    if (rc == 0)
        rc = read_doc(s, "findings.json", &findings, err);
    if (rc == 0)
        rc = findings_from_json(findings, &s->findings, err);
    if (rc == 0)
        rc = read_doc(s, "evaluation.json", &evaluation, err);
    if (rc == 0) {
        json_get_strv(evaluation, "f2p", &p->f2p);
        json_get_strv(evaluation, "deselected", &p->deselected);
        strv_sort(&p->f2p);
    }
    json_decref(findings);
    json_decref(evaluation);
    return rc;
}

/* verify-<n>, the first that is free. */
static int make_folder(struct synthesis *s, struct error *err)
{
    for (int n = 1;; n++) {
        free(s->round_dir);
        s->round_dir = str_format("%s/verify-%d", s->dir, n);
        if (!path_exists(s->round_dir))
            return dir_make(s->round_dir, err);
    }
}

static int phase(struct synthesis *s, enum phase p, int (*step)(struct synthesis *, struct error *),
                 struct error *err)
{
    phase_begin(s, p);
    int rc = step(s, err);
    phase_end(s, p, rc == 0);
    return rc;
}

/* The first way in which what was seen is not what was promised. */
static void compare(const struct promise *p, struct evaluation *ev)
{
    const char *lost = NULL, *more = NULL;
    if (!ev->accepted)
        return;
    for (size_t i = 0; i < p->f2p.n && !lost; i++)
        if (!strv_has(&ev->f2p, p->f2p.v[i]))
            lost = p->f2p.v[i];
    for (size_t i = 0; i < ev->f2p.n && !more; i++)
        if (!strv_has(&p->f2p, ev->f2p.v[i]))
            more = ev->f2p.v[i];
    if (!lost && !more)
        return;
    free(ev->reason);
    ev->reason = lost ? str_format("%s was F2P and is not", lost)
                      : str_format("%s is F2P and was not", more);
    ev->accepted = false;
    ev->verdict = FAIL_FLAKY;
}

/* A build that the index let down proves nothing against the environment. */
static int index_away(const struct synthesis *s, int rc, struct error *err)
{
    struct str text = STR_INIT;
    char *log = round_path(s, "build.log");
    if (rc == E_FAIL && file_read(log, &text, NULL) == 0 && looks_like_network(&text)) {
        error_clear(err);
        rc = error_set(err, E_NETWORK, "the package index did not answer");
    }
    str_release(&text);
    free(log);
    return rc;
}

static int prove(struct synthesis *s, const struct promise *p, struct evaluation *ev,
                 struct error *err)
{
    enum phase at = PHASE_FETCH;
    int rc = phase(s, at, synthesis_fetch, err);
    if (rc == 0)
        rc = phase(s, at = PHASE_IMAGE, base_image, err);
    if (rc == 0)
        rc = index_away(s, phase(s, at = PHASE_BUILD, build_image, err), err);
    if (rc == 0) {
        phase_begin(s, at = PHASE_EVALUATE);
        strv_add_list(&ev->deselected, &p->deselected);
        rc = evaluate(s, ev, err);
        phase_end(s, PHASE_EVALUATE, rc == 0);
    }
    ev->reached = at;
    if (rc == E_FAIL || rc == E_TIMEOUT) {
        ev->failed = ev->verdict = class_of_error(rc, at);
        ev->reason = xstrdup(error_text(err));
        error_clear(err);
        return 0;
    }
    if (rc == 0)
        compare(p, ev);
    return rc;
}

static int count_proof(struct synthesis *s, struct promise *p, bool ok, struct error *err)
{
    const char *key = ok ? "verified" : "verify_failed";
    char *path = str_format("%s/status.json", s->dir);
    json_put_int(p->status, key, json_get_int(p->status, key, 0) + 1);
    int rc = json_write_file(path, p->status, err);
    free(path);
    return rc;
}

static void tell(const struct synthesis *s, const struct evaluation *ev, struct job_result *out)
{
    job_result_set(out, ev->accepted ? "accepted" : "rejected",
                   ev->accepted ? "" : failure_info(ev->verdict)->name, ev->reason);
    out->seconds = (double)(clock_ms() - s->begin_ms) / 1000;
    out->round = s->round;
    out->f2p = (int64_t)ev->f2p.n;
    out->p2p = (int64_t)ev->p2p.n;
}

static int verify(struct synthesis *s, struct promise *p, struct job_result *out, struct error *err)
{
    struct evaluation ev;
    evaluation_init(&ev);
    int rc = read_promise(s, p, err);
    if (rc == 0)
        rc = synthesis_sweep(s, err);
    if (rc == 0)
        rc = make_folder(s, err);
    ev.dir = s->round_dir;
    ev.round = s->round;
    if (rc == 0)
        rc = prove(s, p, &ev, err);
    if (rc == 0)
        rc = write_round_json(s, "evaluation.json", evaluation_to_json(&ev), err);
    if (rc == 0)
        rc = count_proof(s, p, ev.accepted, err);
    if (rc == 0)
        tell(s, &ev, out);
    else if (s->round_dir) /* no proof either way: it is done again */
        (void)!tree_remove(s->round_dir, NULL);
    if (s->tag)
        (void)!image_remove(s->job->engine, s->tag, NULL);
    evaluation_release(&ev);
    return rc;
}

int verify_instance(struct job_context *job, const char *instance_id, struct job_result *out,
                    struct error *err)
{
    struct synthesis s;
    struct promise p = { NULL, STRV_INIT, STRV_INIT };
    memset(out, 0, sizeof(*out));
    int rc = synthesis_init(&s, job, instance_id, err);
    s.verifying = true;
    if (rc == 0 && (status_read(&s, &p.status, NULL) < 0 ||
                    strcmp(json_get_str(p.status, "state", ""), "accepted") != 0))
        job_result_set(out, "failed", "", "not accepted: there is nothing to verify");
    else if (rc == 0)
        rc = verify(&s, &p, out, err);
    json_decref(p.status);
    strv_release(&p.f2p);
    strv_release(&p.deselected);
    synthesis_release(&s);
    return rc;
}
