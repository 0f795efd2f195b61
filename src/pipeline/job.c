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

void job_result_set(struct job_result *out, const char *state, const char *class,
                    const char *reason)
{
    set_word(out->state, sizeof(out->state), state);
    set_word(out->failure_class, sizeof(out->failure_class), class);
    free(out->reason);
    out->reason = xstrdup(reason);
}

void job_result_read(struct job_result *out, const json_t *doc)
{
    job_result_set(out, json_get_str(doc, "state", "error"), json_get_str(doc, "failure_class", ""),
                   json_get_str(doc, "reason", ""));
    out->seconds = json_get_num(doc, "seconds", 0);
    out->round = json_get_int(doc, "round", 0);
    out->f2p = json_get_int(doc, "f2p", 0);
    out->p2p = json_get_int(doc, "p2p", 0);
}

int status_read(const struct synthesis *s, json_t **doc, struct error *err)
{
    char *path = str_format("%s/status.json", s->dir);
    int rc = json_read_file(path, doc, err);
    free(path);
    return rc;
}

/* What a failure outside the container means for the instance. */
enum failure_class class_of_error(int rc, enum phase p)
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
    case E_FAIL:
        return p == PHASE_FETCH     ? FAIL_PATCH_SPLIT
               : p == PHASE_EXPLORE ? FAIL_NONE_COLLECTED
                                    : by_phase[p];
    default:
        return by_phase[p];
    }
}

bool is_infrastructure(int rc)
{
    return rc == E_NETWORK || rc == E_ENGINE || rc == E_DISK || rc == E_IO;
}

/* The engine keeps a container running whose worker was killed. */
int synthesis_sweep(struct synthesis *s, struct error *err)
{
    char *name = str_format("%s/%s", s->job->run, s->in.instance_id);
    int rc = engine_remove_leftovers(s->job->engine, s->job->ws->id, name, err);
    free(name);
    return rc;
}

int synthesis_fetch(struct synthesis *s, struct error *err)
{
    int rc = mirror_ensure(s->job->ws, s->in.repo, s->in.base_commit, s->job->stop, err);
    if (rc == 0)
        rc = mirror_open(s->job->ws, s->in.repo, &s->mirror, err);
    return rc < 0 ? rc : patches_settle(s, err);
}

void synthesis_release(struct synthesis *s)
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
    strv_release(&s->built);
    json_decref(s->hand);
    json_decref(s->plain);
    json_decref(s->recipe);
    free(s->tag);
    free(s->image_id);
}

int synthesis_init(struct synthesis *s, struct job_context *job, const char *instance_id,
                   struct error *err)
{
    memset(s, 0, sizeof(*s));
    struct str *texts[] = { &s->base, &s->lock, &s->dockerfile, &s->skeleton, &s->script };
    for (size_t i = 0; i < ARRAY_LEN(texts); i++)
        str_init(texts[i]);
    s->job = job;
    s->started = clock_utc();
    s->begin_ms = clock_ms();
    strv_init(&s->built);
    findings_init(&s->findings);
    int rc = tasks_find(job->ws, instance_id, &s->in, err);
    if (rc < 0)
        return rc;
    char *folder = repo_folder_new(s->in.repo);
    s->dir = workspace_path(job->ws, "runs/%s/%s/%s", job->run, folder, instance_id);
    free(folder);
    return 0;
}
