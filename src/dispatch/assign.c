#include "container/container.h"
#include "dispatch/orphan.h"
#include "dispatch/room.h"
#include "dispatch/supervisor.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_FAILED_STARTS = 5, START_PAUSE_MS = 500, ROOM_PAUSE_MS = 60000 };

static const char *instance_of(const struct supervisor *s, size_t n)
{
    return s->batch.ids.v[n - 1];
}

static char *utc_new(int64_t utc)
{
    struct str text = STR_INIT;
    clock_format(utc, &text);
    return str_detach(&text);
}

int items_load(struct supervisor *s, struct error *err)
{
    int rc = 0;
    for (size_t n = 1; rc == 0 && n <= s->queue.n; n++) {
        struct item i;
        rc = item_read(s->ws, s->batch.id, n, &i, err);
        if (i.state == ITEM_DONE && i.result.state)
            queue_set_ended(&s->queue, n, result_by_name(i.result.state), i.tries);
        else
            queue_set_tries(&s->queue, n, i.tries);
        item_release(&i);
    }
    return rc;
}

/* ---- beginning ---- */

static void save_begun(struct supervisor *s, const struct worker *w)
{
    struct item i = { .state = ITEM_RUNNING, .tries = s->queue.items[w->item].tries };
    i.worker = xstrdup(w->name);
    i.started = utc_new(w->began);
    supervisor_save(s, w->item, item_to_json(&i, w->item, instance_of(s, w->item)));
    item_release(&i);
}

static void begin(struct supervisor *s, struct worker *w, size_t n)
{
    w->item = n;
    w->since = clock_ms();
    w->began = clock_utc();
    w->round = 0;
    free(w->phase);
    w->phase = NULL;
    save_begun(s, w);
    json_t *doc = json_object();
    json_put_text(doc, "cmd", "run");
    json_put_int(doc, "n", (int64_t)n);
    json_put_text(doc, "instance_id", instance_of(s, n));
    json_put_int(doc, "try", s->queue.items[n].tries);
    worker_send(w, doc);
    json_decref(doc);
    s->changed = true;
}

/* As many workers as there is work for, no more than jobs. */
static void fit_pool(struct supervisor *s)
{
    int64_t work = s->queue.counts[ITEM_QUEUED] + s->queue.counts[ITEM_RUNNING];
    size_t want = (size_t)(work < s->jobs ? work : s->jobs);
    while (pool_staying(&s->pool) < want && clock_ms() >= s->start_after) {
        struct error err = ERROR_INIT;
        if (pool_spawn(&s->pool, &err) < 0) {
            supervisor_log("%s", error_text(&err));
            s->start_after = clock_ms() + START_PAUSE_MS;
        }
        error_release(&err);
    }
    for (size_t i = s->pool.n; i > 0 && pool_staying(&s->pool) > (size_t)s->jobs; i--)
        if (!s->pool.workers[i - 1]->leaving)
            worker_leave(s->pool.workers[i - 1]);
}

/* Nothing runs, so nobody waits for this: images of before make room. */
static void make_room(struct supervisor *s)
{
    struct error err = ERROR_INIT;
    struct engine e;
    size_t n = 0;
    if (s->queue.counts[ITEM_RUNNING] || clock_ms() < s->room_at)
        return;
    int rc = engine_open(&s->ws->config, s->ws->root, &e, &err);
    if (rc == 0)
        rc = room_make(s->ws, &e, &n, &err);
    if (rc < 0)
        supervisor_log("no room could be made: %s", error_text(&err));
    else
        supervisor_log("%s: %zu old images are gone", s->guard.why.s, n);
    if (n)
        s->guard.looked_at = 0;
    s->room_at = clock_ms() + ROOM_PAUSE_MS;
    engine_release(&e);
    error_release(&err);
}

void items_give_out(struct supervisor *s)
{
    struct worker *w;
    if (s->state != SUP_RUNNING || s->unsaved)
        return;
    fit_pool(s);
    while ((w = pool_idle(&s->pool))) {
        if (!guard_allows(&s->guard, s->ws, s->queue.counts[ITEM_RUNNING], clock_ms())) {
            supervisor_set_why(s, s->guard.why.s);
            if (s->guard.engine_short)
                make_room(s);
            return;
        }
        size_t n = queue_take(&s->queue, clock_ms());
        if (!n)
            return;
        supervisor_set_why(s, NULL);
        begin(s, w, n);
    }
}

/* ---- ending ---- */

static void tell_done(struct supervisor *s, const struct worker *w, size_t n, const json_t *result)
{
    json_t *event = json_object();
    json_put_text(event, "event", "done");
    json_put_int(event, "n", (int64_t)n);
    json_put_text(event, "instance_id", instance_of(s, n));
    json_put_text(event, "worker", w->name);
    json_put_int(event, "tries", s->queue.items[n].tries);
    json_object_update(event, (json_t *)(uintptr_t)result);
    control_broadcast(&s->control, event);
    json_decref(event);
}

static void end_item(struct supervisor *s, struct worker *w, size_t n,
                     const struct item_result *result)
{
    struct item i = { .state = ITEM_DONE, .tries = s->queue.items[n].tries, .result = *result };
    i.worker = w->name;
    i.started = utc_new(w->began);
    i.ended = utc_new(clock_utc());
    queue_end(&s->queue, n, result_by_name(result->state));
    supervisor_save(s, n, item_to_json(&i, n, instance_of(s, n)));
    if (*s->batch.run)
        indexer_tell(s->indexer, instance_of(s, n));
    json_t *doc = item_result_to_json(result);
    tell_done(s, w, n, doc);
    json_decref(doc);
    free(i.started);
    free(i.ended);
}

/* Back into the queue: with its tries counted, or (cancelled) as if it had not been begun. */
static void return_item(struct supervisor *s, size_t n, int64_t due, bool counted)
{
    struct item i = { .state = ITEM_QUEUED };
    if (!counted)
        s->queue.items[n].tries--;
    i.tries = s->queue.items[n].tries;
    queue_return(&s->queue, n, due);
    supervisor_save(s, n, item_to_json(&i, n, instance_of(s, n)));
    if (!counted && *s->batch.run)
        indexer_tell(s->indexer, instance_of(s, n));
}

static bool tries_left(const struct supervisor *s, size_t n)
{
    return s->queue.items[n].tries <= config_int(&s->ws->config, "dispatch.retries");
}

static void tell_retry(struct supervisor *s, size_t n, int64_t wait, const char *reason)
{
    json_t *event = json_object();
    json_put_text(event, "event", "retry");
    json_put_int(event, "n", (int64_t)n);
    json_put_text(event, "instance_id", instance_of(s, n));
    json_put_int(event, "tries", s->queue.items[n].tries);
    json_object_set_new(event, "wait", json_real((double)wait / 1000));
    json_put_text(event, "reason", reason);
    control_broadcast(&s->control, event);
    json_decref(event);
    supervisor_log("%s: try %d ended in error (%s); again in %lld s", instance_of(s, n),
                   (int)s->queue.items[n].tries, reason ? reason : "no reason given",
                   (long long)wait / 1000);
}

static void on_done(struct supervisor *s, struct worker *w, const json_t *doc)
{
    struct item_result r;
    size_t n = w->item;
    item_result_from_json(&r, doc);
    if (!r.state)
        r.state = xstrdup("error");
    w->item = 0;
    if (result_by_name(r.state) == RESULT_ERROR && tries_left(s, n)) {
        int64_t base = config_int(&s->ws->config, "dispatch.backoff");
        int64_t wait = queue_backoff(base, s->queue.items[n].tries);
        tell_retry(s, n, wait, r.reason);
        return_item(s, n, clock_ms() + wait, true);
    } else {
        end_item(s, w, n, &r);
    }
    item_result_release(&r);
}

static void on_phase(struct supervisor *s, struct worker *w, const json_t *doc)
{
    const char *phase = json_get_str(doc, "phase", "");
    if (!w->phase && *s->batch.run) /* it has begun: the lists may say so */
        indexer_tell(s->indexer, instance_of(s, w->item));
    free(w->phase);
    w->phase = xstrdup(phase);
    w->round = json_get_int(doc, "round", 0);
    control_broadcast(&s->control, doc);
}

/* What a worker says of an item that is not its own is not listened to. */
void items_on_event(void *payload, struct worker *w, const json_t *doc)
{
    struct supervisor *s = payload;
    const char *event = json_get_str(doc, "event", "");
    bool own = w->item && json_get_int(doc, "n", 0) == (int64_t)w->item;
    if (strcmp(event, "ready") == 0) {
        w->ready = true;
        s->failed_starts = 0;
    } else if (own && strcmp(event, "phase") == 0) {
        on_phase(s, w, doc);
        return;
    } else if (own && strcmp(event, "done") == 0) {
        on_done(s, w, doc);
    } else if (own && strcmp(event, "stopped") == 0) {
        size_t n = w->item;
        w->item = 0;
        return_item(s, n, clock_ms(), false);
    }
    s->changed = true;
    if (w->leaving && !w->item)
        worker_stop(w);
    supervisor_step(s);
}

/* ---- a worker's death ---- */

static bool is_worker(void *payload, int pid)
{
    struct supervisor *s = payload;
    return pool_knows(&s->pool, pid);
}

static void on_start_failed(struct supervisor *s, const struct worker *w)
{
    supervisor_log("%s ended before it was ready (status %d, signal %d)", w->name, w->status,
                   w->signal);
    s->start_after = clock_ms() + START_PAUSE_MS;
    if (++s->failed_starts >= MOST_FAILED_STARTS && s->pool.n == 0)
        supervisor_cancel(s, "workers end before they are ready; supervisor.log says more");
}

static void give_back(struct supervisor *s, struct worker *w)
{
    struct item_result r = { 0 };
    size_t n = w->item;
    w->item = 0;
    if (s->state == SUP_CANCELLED) { /* it left before it read of the item, or while at it */
        return_item(s, n, clock_ms(), false);
        return;
    }
    char *how = w->signal ? str_format("signal %d", w->signal) : str_format("status %d", w->status);
    supervisor_log("%s (pid %d) died of %s while working on %s", w->name, w->pid, how,
                   instance_of(s, n));
    if (tries_left(s, n)) {
        return_item(s, n, clock_ms(), true);
    } else {
        r.state = xstrdup("error");
        r.reason = str_format("the worker died of %s each of the %d times that it was tried", how,
                              (int)s->queue.items[n].tries);
        end_item(s, w, n, &r);
    }
    item_result_release(&r);
    free(how);
}

void items_on_exit(void *payload, struct worker *w)
{
    struct supervisor *s = payload;
    size_t ended = orphans_end(is_worker, s);
    if (ended)
        supervisor_log("ended %zu processes that %s had left", ended, w->name);
    if (w->item)
        give_back(s, w);
    else if (!w->ready)
        on_start_failed(s, w);
    supervisor_changed(s);
}
