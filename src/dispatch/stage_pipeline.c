#include "dispatch/stage.h"

#include "agents/rules/playbook.h"
#include "dispatch/room.h"
#include "pipeline/pipeline.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef int (*instance_fn)(struct job_context *c, const char *instance_id, struct job_result *out,
                           struct error *err);

/* One worker asks for the engine once; a daemon that was restarted is the same engine. */
static int open_engine(const struct stage_job *job, const struct engine **out, struct error *err)
{
    struct stage_host *host = job->host;
    if (!host->engine) {
        struct engine *e = xcalloc(1, sizeof(*e));
        int rc = engine_open(&job->ws->config, job->ws->root, e, err);
        if (rc < 0) {
            engine_release(e);
            free(e);
            return rc;
        }
        host->engine = e;
    }
    *out = host->engine;
    return 0;
}

void stage_host_release(struct stage_host *host)
{
    if (host->engine)
        engine_release(host->engine);
    free(host->engine);
    host->engine = NULL;
}

static void on_phase(void *payload, int round, enum phase phase)
{
    const struct stage_job *job = payload;
    job->on_phase(job->payload, round, phase_name(phase));
}

static void take_result(struct job_result *r, struct item_result *out)
{
    out->state = xstrdup(r->state);
    out->failure_class = *r->failure_class ? xstrdup(r->failure_class) : NULL;
    out->reason = r->reason && *r->reason ? xstrdup(r->reason) : NULL;
    out->seconds = r->seconds;
    out->round = r->round;
    out->f2p = r->f2p;
    out->p2p = r->p2p;
}

static int context_init(struct job_context *c, const struct stage_job *job, struct error *err)
{
    *c = (struct job_context){ .ws = job->ws,
                               .run = job->batch->run,
                               .agent = job->batch->agent,
                               .stop = job->stop,
                               .on_phase = on_phase,
                               .payload = (void *)(uintptr_t)job };
    return open_engine(job, &c->engine, err);
}

/* A daemon that is down would burn the tries of the whole queue within a minute: every item
 * waits here until it is back. */
static int wait_for_engine(const struct stage_job *job, const struct engine *e, struct error *err)
{
    enum { EVERY_MS = 2000 };
    int64_t until = clock_ms() + config_int(&job->ws->config, "dispatch.engine-wait");
    bool told = false;
    int rc;
    while ((rc = engine_ping(e, err)) == E_ENGINE && clock_ms() < until) {
        if (!told)
            job->on_phase(job->payload, 0, "wait-for-engine");
        told = true;
        for (int ms = 0; ms < EVERY_MS; ms += 100) {
            if (cancel_raised(job->stop))
                return error_set(err, E_CANCELLED, "cancelled");
            usleep(100000);
        }
    }
    if (rc == 0)
        error_clear(err);
    return rc;
}

/* What the manifest says a person asked; false: nothing. */
static bool read_asked(const struct batch *b, struct asked *out)
{
    const json_t *texts = json_object_get(b->options, "by_hand");
    *out = (struct asked){ .ticket = b->id,
                           .from_round = (int)json_get_int(b->options, "from_round", 0),
                           .dockerfile = json_get_str(texts, "dockerfile", NULL),
                           .script = json_get_str(texts, "eval", NULL),
                           .lock = json_get_str(texts, "requirements", NULL) };
    return out->from_round > 0 || out->dockerfile || out->script || out->lock;
}

/* Before the disk is short, which would hold the queue. */
static void make_room(const struct stage_job *job, const struct engine *e)
{
    struct error err = ERROR_INIT;
    size_t n = 0;
    if (room_make(job->ws, e, &n, &err) < 0)
        fprintf(stderr, "no room could be made: %s\n", error_text(&err));
    else if (n)
        fprintf(stderr, "the engine's disk is nearly full: %zu old images are gone\n", n);
    error_release(&err);
}

static int run_stage(const struct stage_job *job, instance_fn fn, struct item_result *out,
                     struct error *err)
{
    struct job_context c;
    struct job_result r = { 0 };
    struct asked asked;
    int rc = context_init(&c, job, err);
    c.asked = read_asked(job->batch, &asked) ? &asked : NULL;
    if (rc == 0)
        rc = wait_for_engine(job, c.engine, err);
    if (rc == 0) {
        make_room(job, c.engine);
        rc = fn(&c, job->instance_id, &r, err);
    }
    if (rc == 0)
        take_result(&r, out);
    job_result_release(&r);
    return rc;
}

int stage_synthesize(const struct stage_job *job, struct item_result *out, struct error *err)
{
    return run_stage(job, synthesize_instance, out, err);
}

/* `times` proofs; the first that fails is the result. */
int stage_verify(const struct stage_job *job, struct item_result *out, struct error *err)
{
    int64_t times = json_get_int(job->batch->options, "times", 1);
    double seconds = 0;
    int rc = 0;
    for (int64_t k = 0; rc == 0 && k < times; k++) {
        item_result_release(out);
        rc = run_stage(job, verify_instance, out, err);
        seconds += out->seconds;
        if (rc == 0 && strcmp(out->state, "accepted") != 0)
            break;
    }
    out->seconds = seconds;
    return rc;
}

int stage_has_engine(const struct workspace *ws, struct error *err)
{
    struct engine engine;
    int rc = engine_open(&ws->config, ws->root, &engine, err);
    engine_release(&engine);
    return rc;
}

/* A playbook of the workspace's own that cannot be read would stop every instance. */
int stage_can_synthesize(const struct workspace *ws, struct error *err)
{
    struct playbook *playbook;
    int rc = playbook_load(ws->root, &playbook, err);
    playbook_free(playbook);
    return rc < 0 ? rc : stage_has_engine(ws, err);
}
