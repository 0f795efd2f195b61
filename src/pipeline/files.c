#include "pipeline/private.h"

#include <stdlib.h>
#include <string.h>

char *round_path(const struct synthesis *s, const char *name)
{
    return str_format("%s/%s", s->round_dir, name);
}

int write_round(const struct synthesis *s, const char *name, const struct str *text,
                struct error *err)
{
    char *path = round_path(s, name);
    int rc = file_write(path, text->s, text->len, err);
    free(path);
    return rc;
}

int write_round_json(const struct synthesis *s, const char *name, json_t *doc, struct error *err)
{
    char *path = round_path(s, name);
    int rc = json_write_file(path, doc, err);
    free(path);
    json_decref(doc);
    return rc;
}

static int write_doc(const struct synthesis *s, const char *name, json_t *doc, struct error *err)
{
    char *path = str_format("%s/%s", s->dir, name);
    int rc = json_write_file(path, doc, err);
    free(path);
    json_decref(doc);
    return rc;
}

static void put_time(json_t *doc, const char *key, int64_t utc)
{
    struct str text = STR_INIT;
    clock_format(utc, &text);
    json_put_text(doc, key, text.s);
    str_release(&text);
}

static void put_evidence(json_t *doc, const struct synthesis *s, const struct analysis *a)
{
    char *log = !a || !a->log || !*a->log ? NULL
                : strchr(a->log, '/')     ? xstrdup(a->log)
                                          : str_format("round-%d/%s", s->round, a->log);
    json_put_text(doc, "log", log);
    json_put_int(doc, "line", a ? a->line : 0);
    free(log);
}

int write_status(struct synthesis *s, const char *state, const struct evaluation *ev,
                 const struct analysis *a, struct error *err)
{
    json_t *doc = json_object();
    bool done = strcmp(state, "running") != 0 && strcmp(state, "new") != 0;
    enum failure_class class = a ? a->class : FAIL_NONE;
    json_put_int(doc, "format", 1);
    json_put_text(doc, "instance_id", s->in.instance_id);
    json_put_text(doc, "repo", s->in.repo);
    json_put_text(doc, "run", s->job->run);
    json_put_text(doc, "state", state);
    json_put_bool(doc, "is_finish", done && strcmp(state, "error") != 0);
    json_put_bool(doc, "solvable", a && a->solvable);
    json_put_int(doc, "round", s->round);
    json_put_text(doc, "failure_class", class == FAIL_NONE ? NULL : failure_info(class)->name);
    json_put_text(doc, "reason", a ? a->reason : NULL);
    json_put_text(doc, "phase", phase_name(ev ? ev->reached : PHASE_FETCH));
    json_put_text(doc, "agent", s->job->agent);
    put_time(doc, "started", s->started);
    if (done)
        put_time(doc, "ended", clock_utc());
    json_object_set_new(doc, "seconds", json_real((double)(clock_ms() - s->begin_ms) / 1000));
    json_put_int(doc, "f2p", ev ? (int64_t)ev->f2p.n : 0);
    json_put_int(doc, "p2p", ev ? (int64_t)ev->p2p.n : 0);
    json_put_text(doc, "python", s->findings.plan.python);
    put_evidence(doc, s, a);
    return write_doc(s, "status.json", doc, err);
}

static int write_cost(struct synthesis *s, struct error *err)
{
    json_t *doc = json_object(), *seconds = json_object();
    json_put_int(doc, "format", 1);
    for (enum phase p = 0; p < PHASES; p++)
        json_object_set_new(seconds, phase_name(p), json_real(s->phase_seconds[p]));
    json_object_set_new(doc, "seconds", seconds);
    json_object_set_new(doc, "bytes", json_pack("{sI}", "image", (json_int_t)s->image_size));
    json_object_set_new(doc, "cost_usd", json_real(0));
    return write_doc(s, "cost.json", doc, err);
}

int write_final(struct synthesis *s, bool accepted, struct error *err)
{
    const struct {
        const char *name;
        const struct str *text;
    } files[] = { { "Dockerfile", &s->dockerfile },
                  { "requirements.lock", &s->lock },
                  { "eval_skeleton.sh", &s->skeleton },
                  { "eval.sh", &s->script } };
    int rc = write_cost(s, err);
    for (size_t i = 0; rc == 0 && i < ARRAY_LEN(files); i++) {
        char *path = str_format("%s/%s", s->dir, files[i].name);
        if (files[i].text->len)
            rc = file_write(path, files[i].text->s, files[i].text->len, err);
        free(path);
    }
    if (rc == 0 && accepted) {
        json_t *doc = json_pack("{si ss ss ss sI}", "format", 1, "tag", s->tag, "id", s->image_id,
                                "base", s->base.s, "size", (json_int_t)s->image_size);
        rc = write_doc(s, "image.json", doc, err);
    }
    return rc;
}

void job_labels(const struct synthesis *s, struct strv *out)
{
    strv_addf(out, "bottega.workspace=%s", s->job->ws->id);
    strv_addf(out, "bottega.job=%s/%s", s->job->run, s->in.instance_id);
}
