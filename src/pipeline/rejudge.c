#include "pipeline/private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* One instance while it is judged again. */
struct rejudging {
    struct synthesis s;
    json_t *status, *was; /* status.json, and evaluation.json as they stand */
    struct evaluation ev;
    struct analysis a;
    bool was_accepted, other_f2p, other_p2p, other_verdict, other_signals;
    bool undecided; /* all is well but that it was not run often enough */
};

void rejudgement_release(struct rejudgement *r)
{
    free(r->why);
    memset(r, 0, sizeof(*r));
}

static void set_word(char *slot, size_t size, const char *text)
{
    (void)snprintf(slot, size, "%s", text);
}

/* ---- reading ---- */

/* A pipe in the place of a file would never end. */
static int check_file(const struct synthesis *s, const char *name, bool needed, struct error *err)
{
    struct stat st;
    char *path = path_is_safe(name) ? round_path(s, name) : NULL;
    int rc = 0;
    if (!path)
        rc = error_set(err, E_PARSE, "round %d: %s is no name of a file of it", s->round, name);
    else if (stat(path, &st) < 0)
        rc = needed ? error_set(err, E_IO, "round %d: %s is gone", s->round, name) : 0;
    else if (!S_ISREG(st.st_mode))
        rc = error_set(err, E_IO, "round %d: %s is no file", s->round, name);
    free(path);
    return rc;
}

static int check_round(const struct synthesis *s, struct error *err)
{
    static const struct {
        const char *name;
        bool needed;
    } files[] = { { "findings.json", true },     { "evaluation.json", true },
                  { "Dockerfile", false },       { "requirements.lock", false },
                  { "eval_skeleton.sh", false }, { "eval.sh", false } };
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < ARRAY_LEN(files); i++)
        rc = check_file(s, files[i].name, files[i].needed, err);
    return rc;
}

/* A verdict that is no acceptance stands on the furthest round, which its evidence names. */
static int standing_round(const json_t *status)
{
    int n = 0;
    bool accepted = strcmp(json_get_str(status, "state", ""), "accepted") == 0;
    if (!accepted && sscanf(json_get_str(status, "log", ""), "round-%9d/", &n) == 1 && n > 0)
        return n;
    int64_t last = json_get_int(status, "round", 0);
    return last > 0 && last < 1000000 ? (int)last : 0;
}

/* Tests that were in the report when it was written; -1: nobody says. */
static int64_t tests_then(const json_t *run)
{
    static const char *const counts[] = { "passed", "failed", "skipped", "error" };
    int64_t n = 0;
    for (size_t i = 0; i < ARRAY_LEN(counts); i++) {
        int64_t k = json_get_int(run, counts[i], -1);
        if (k < 0)
            return -1;
        n += k;
    }
    return n;
}

/* A report may have been torn when it came, but it must not have lost tests since. */
static int read_report(const struct synthesis *s, struct eval_run *r, const json_t *then,
                       struct error *err)
{
    int64_t had = tests_then(then);
    int rc = check_file(s, r->xml, had > 0, err);
    char *path = rc == 0 ? round_path(s, r->xml) : NULL;
    if (path && path_exists(path) && junit_read(path, r, err) < 0) {
        if (had >= 0 && (int64_t)r->n_tests == had)
            error_clear(err);
        else
            rc = E_PARSE;
    }
    if (rc == E_PARSE)
        error_prefix(err, "round %d", s->round);
    free(path);
    return rc;
}

/* The words of a log whose middle was not kept were never compared. */
static int read_words(const struct synthesis *s, struct eval_run *r, struct error *err)
{
    static const char cut[] = "\n[bottega: ";
    struct str text = STR_INIT, why = STR_INIT;
    int rc = check_file(s, r->log, true, err);
    char *path = rc == 0 ? round_path(s, r->log) : NULL;
    if (rc == 0)
        rc = file_read(path, &text, err);
    if (rc == 0) {
        free(r->contradiction);
        r->contradiction = NULL;
        if (!memmem(text.s, text.len, cut, sizeof(cut) - 1) && !textlog_agrees(&text, r, &why))
            r->contradiction = str_detach(&why);
    }
    free(path);
    str_release(&text);
    str_release(&why);
    return rc;
}

static int read_runs(struct rejudging *j, struct error *err)
{
    const json_t *runs = json_object_get(j->was, "runs");
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < j->ev.n_runs; i++) {
        rc = read_report(&j->s, &j->ev.runs[i], json_array_get(runs, i), err);
        if (rc == 0)
            rc = read_words(&j->s, &j->ev.runs[i], err);
    }
    return rc;
}

/* The judge reads the fix too, which a row may leave to the mirror. */
static int settle_patches(struct synthesis *s, struct error *err)
{
    struct error none = ERROR_INIT;
    int rc = 0;
    if (mirror_open(s->job->ws, s->in.repo, &s->mirror, &none) == 0)
        rc = patches_settle(s, err);
    else if (!s->in.patch.len)
        rc = error_set(err, E_MISSING,
                       "its fix stands in the mirror; `bottega mirror %s` brings it", s->in.repo);
    error_release(&none);
    return rc;
}

/* ---- judging ---- */

static int judge_again(struct rejudging *j, struct error *err)
{
    judge_now(&j->s, &j->ev);
    if (!j->ev.controls.ran)
        return 0;
    int rc = check_file(&j->s, j->ev.controls.log, true, err);
    if (rc == 0)
        rc = check_file(&j->s, "controls.xml", false, err);
    if (rc == 0)
        rc = controls_read(&j->s, &j->ev, err);
    if (rc == 0)
        judge_now(&j->s, &j->ev);
    return rc;
}

static bool differs(const json_t *doc, const char *key, const struct strv *now)
{
    struct strv then = STRV_INIT, sorted = STRV_INIT;
    json_get_strv(doc, key, &then);
    strv_add_list(&sorted, now);
    strv_sort(&then);
    strv_sort(&sorted);
    bool other = then.n != sorted.n;
    for (size_t i = 0; i < sorted.n && !other; i++)
        other = strcmp(then.v[i], sorted.v[i]) != 0;
    strv_release(&then);
    strv_release(&sorted);
    return other;
}

static int runs_with_fix(const struct evaluation *ev)
{
    int n = 0;
    for (size_t i = 0; i < ev->n_runs; i++)
        n += ev->runs[i].condition == COND_TEST_WITH_FIX;
    return n;
}

static int repeats_asked_for(const struct rejudging *j)
{
    return (int)config_int(&j->s.job->ws->config, "evaluation.repeats");
}

/* Runs that said no at once were not repeated; now that they say yes, that is missing. */
static bool lacks_repeats(const struct rejudging *j)
{
    const struct evaluation *ev = &j->ev;
    return runs_with_fix(ev) < repeats_asked_for(j) && ev->failed == FAIL_NONE && ev->f2p.n &&
           !ev->broken.n && !ev->unfixed.n && !ev->flaky.n && ev->clauses[3].ok &&
           ev->clauses[4].ok;
}

static void compare(struct rejudging *j)
{
    const char *now = j->ev.accepted ? "" : failure_info(j->ev.verdict)->name;
    j->was_accepted = strcmp(json_get_str(j->status, "state", ""), "accepted") == 0;
    j->other_f2p = differs(j->was, "f2p", &j->ev.f2p);
    j->other_p2p = differs(j->was, "p2p", &j->ev.p2p);
    j->other_verdict =
        j->was_accepted != j->ev.accepted || strcmp(json_get_str(j->was, "verdict", ""), now) != 0;
    j->other_signals = !json_equal(json_object_get(j->was, "signals"), j->ev.signals);
    j->undecided = j->other_verdict && lacks_repeats(j);
}

/* What the analysis would have said of this verdict; its moves are nobody's. */
static int analyze(struct rejudging *j, struct error *err)
{
    int rc = agent_rules_new(j->s.job->ws->root, &j->s.agent, err);
    return rc < 0 ? rc : round_analyze(&j->s, &j->ev, &j->a, err);
}

static void tell_verdict(const struct rejudging *j, struct rejudgement *out, struct str *why)
{
    const struct failure_info *info = failure_info(j->a.class);
    bool yes = j->ev.accepted;
    const char *state = j->undecided ? "undecided" : yes ? "new" : info->state;
    set_word(out->after.state, sizeof(out->after.state), state);
    set_word(out->after.failure_class, sizeof(out->after.failure_class),
             yes || j->undecided ? "" : info->name);
    if (j->undecided)
        str_addf(why,
                 "round %d says F2P %zu in %d of %d runs: synthesize --from-round %d makes it anew",
                 j->s.round, j->ev.f2p.n, runs_with_fix(&j->ev), repeats_asked_for(j), j->s.round);
    else if (yes && round_is_by_hand(&j->s))
        str_addf(why, "round %d says yes: %s; synthesize --from-round %d tries it again",
                 j->s.round, j->ev.reason, j->s.round);
    else if (yes)
        str_addf(why, "round %d says yes: %s; synthesize builds its image and looks at it",
                 j->s.round, j->ev.reason);
    else
        str_add(why, j->a.reason);
}

/* The first of `a` that is not in `b`. */
static const char *first_alone(const struct strv *a, const struct strv *b)
{
    for (size_t i = 0; i < a->n; i++)
        if (!strv_has(b, a->v[i]))
            return a->v[i];
    return NULL;
}

static void tell_list(const struct rejudging *j, const char *name, const char *key,
                      const struct strv *now, struct str *why)
{
    struct strv then = STRV_INIT;
    json_get_strv(j->was, key, &then);
    const char *gone = first_alone(&then, now), *came = first_alone(now, &then);
    str_addf(why, "%s%s %zu -> %zu", why->len ? "; " : "", name, then.n, now->n);
    if (came)
        str_addf(why, ", new %s", came);
    if (gone)
        str_addf(why, ", gone %s", gone);
    strv_release(&then);
}

static void tell(const struct rejudging *j, struct rejudgement *out)
{
    struct str why = STR_INIT;
    out->judged = true;
    out->changed = j->other_verdict || j->other_f2p || j->other_p2p;
    out->undecided = j->undecided;
    out->signals = j->other_signals && !j->undecided;
    set_word(out->before.state, sizeof(out->before.state), json_get_str(j->status, "state", ""));
    set_word(out->before.failure_class, sizeof(out->before.failure_class),
             json_get_str(j->status, "failure_class", ""));
    out->before.f2p = json_array_size(json_object_get(j->was, "f2p"));
    out->before.p2p = json_array_size(json_object_get(j->was, "p2p"));
    out->after = out->before;
    out->after.f2p = j->ev.f2p.n;
    out->after.p2p = j->ev.p2p.n;
    if (j->other_verdict)
        tell_verdict(j, out, &why);
    if (!j->other_verdict && j->other_f2p)
        tell_list(j, "F2P", "f2p", &j->ev.f2p, &why);
    if (!j->other_verdict && j->other_p2p)
        tell_list(j, "P2P", "p2p", &j->ev.p2p, &why);
    out->why = str_detach(&why);
}

/* ---- writing ---- */

static void put_evidence(struct rejudging *j)
{
    bool named = j->a.log && *j->a.log && !j->ev.accepted;
    char *log = !named                  ? NULL
                : strchr(j->a.log, '/') ? xstrdup(j->a.log)
                                        : str_format("round-%d/%s", j->s.round, j->a.log);
    json_put_text(j->status, "log", log);
    json_put_int(j->status, "line", named ? j->a.line : 0);
    free(log);
}

static void put_verdict(struct rejudging *j, const struct rejudgement *r)
{
    json_t *doc = j->status;
    bool is_new = strcmp(r->after.state, "new") == 0;
    json_put_text(doc, "state", r->after.state);
    json_put_bool(doc, "is_finish", !is_new && strcmp(r->after.state, "error") != 0);
    json_put_bool(doc, "solvable", false);
    json_put_text(doc, "failure_class", *r->after.failure_class ? r->after.failure_class : NULL);
    json_put_text(doc, "reason", r->why);
    if (is_new)
        json_object_del(doc, "ended");
    put_evidence(j);
}

/* Proofs were of the tests that were promised then. */
static int write_status_again(struct rejudging *j, const struct rejudgement *r, struct error *err)
{
    json_t *doc = j->status;
    char *path = str_format("%s/status.json", j->s.dir);
    if (j->other_verdict)
        put_verdict(j, r);
    else if (j->was_accepted)
        json_put_text(doc, "reason", j->ev.reason);
    if (j->other_verdict || json_get_int(doc, "round", 0) == j->s.round) {
        json_put_int(doc, "f2p", (int64_t)j->ev.f2p.n);
        json_put_int(doc, "p2p", (int64_t)j->ev.p2p.n);
    }
    if (j->other_f2p || j->other_verdict) {
        json_object_del(doc, "verified");
        json_object_del(doc, "verify_failed");
    }
    int rc = json_write_file(path, doc, err);
    free(path);
    return rc;
}

/* status.json first: cut off after it, the same call sees the same change again. The image of what
 * is not accepted any more is nobody's. */
static int write_change(struct rejudging *j, const struct rejudgement *r, struct error *err)
{
    char *image = str_format("%s/image.json", j->s.dir);
    int rc = write_status_again(j, r, err);
    if (rc == 0 && j->was_accepted && !j->ev.accepted)
        (void)unlink(image);
    if (rc == 0)
        rc = write_round_json(&j->s, "evaluation.json", evaluation_to_json(&j->ev), err);
    free(image);
    return rc;
}

/* The document as it stands, but for the signals: the verdict is not judged by them. */
static int write_signals(struct rejudging *j, struct error *err)
{
    json_object_set(j->was, "signals", j->ev.signals);
    return write_round_json(&j->s, "evaluation.json", json_incref(j->was), err);
}

/* ---- one instance ---- */

static int rejudge(struct rejudging *j, struct rejudgement *out, struct error *err)
{
    struct synthesis *s = &j->s;
    int rc = status_read(s, &j->status, err);
    if (rc == 0 && json_get_int(j->status, "format", 1) > 1)
        rc = error_set(err, E_NEWER, "status.json is of a later format");
    s->round = out->round = rc == 0 ? standing_round(j->status) : 0;
    s->round_dir = str_format("%s/round-%d", s->dir, s->round);
    if (rc < 0 || s->round == 0 || !path_is_dir(s->round_dir))
        return rc;
    rc = check_round(s, err);
    if (rc == 0)
        rc = round_read(s, &j->ev, &j->was, err);
    if (rc < 0 || !j->ev.n_runs)
        return rc;
    rc = settle_patches(s, err);
    if (rc == 0)
        rc = read_runs(j, err);
    if (rc == 0)
        rc = judge_again(j, err);
    if (rc < 0)
        return rc;
    signals_fill(s, &j->ev);
    compare(j);
    if (j->other_verdict)
        rc = analyze(j, err);
    if (rc == 0)
        tell(j, out);
    return rc;
}

int rejudge_instance(struct job_context *job, const char *instance_id, bool write,
                     struct rejudgement *out, struct error *err)
{
    struct rejudging j = { .status = NULL };
    memset(out, 0, sizeof(*out));
    evaluation_init(&j.ev);
    analysis_init(&j.a);
    int rc = synthesis_init(&j.s, job, instance_id, err);
    if (rc == 0)
        rc = rejudge(&j, out, err);
    if (rc == 0 && out->changed && !out->undecided && write)
        rc = write_change(&j, out, err);
    else if (rc == 0 && out->signals && write)
        rc = write_signals(&j, err);
    if (rc < 0)
        error_prefix(err, "%s", instance_id);
    analysis_release(&j.a);
    evaluation_release(&j.ev);
    json_decref(j.status);
    json_decref(j.was);
    synthesis_release(&j.s);
    return rc;
}
