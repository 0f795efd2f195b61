#include "dispatch/supervisor.h"

#include "dispatch/orphan.h"
#include "dispatch/room.h"
#include "dispatch/socket.h"
#include "dispatch/stage.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <unistd.h>

enum { TICK_MS = 200, WRITE_EVERY_MS = 2000, LOCK_TRIES = 1200, LOCK_PAUSE_US = 50000 };

static const char *const state_names[] = { "running", "paused", "cancelled", "done" };

void supervisor_log(const char *fmt, ...)
{
    struct str line = STR_INIT;
    va_list ap;
    clock_format(clock_utc(), &line);
    str_addc(&line, ' ');
    va_start(ap, fmt);
    str_vaddf(&line, fmt, ap);
    va_end(ap);
    fprintf(stderr, "%s\n", line.s);
    str_release(&line);
}

/* ---- what it says of itself ---- */

void supervisor_status(struct supervisor *s, struct batch_status *out)
{
    memset(out, 0, sizeof(*out));
    strcpy(out->state, state_names[s->state]);
    out->alive = true;
    out->pid = getpid();
    out->jobs = s->jobs;
    out->total = (int64_t)s->queue.n;
    out->queued = s->queue.counts[ITEM_QUEUED];
    out->running = s->queue.counts[ITEM_RUNNING];
    out->done = s->queue.counts[ITEM_DONE];
    memcpy(out->results, s->queue.results, sizeof(out->results));
    out->why = s->why ? xstrdup(s->why) : NULL;
}

void supervisor_set_why(struct supervisor *s, const char *why)
{
    if (why == s->why || (why && s->why && strcmp(why, s->why) == 0))
        return;
    if (why)
        supervisor_log("%s", why);
    free(s->why);
    s->why = why ? xstrdup(why) : NULL;
    s->changed = true;
}

static void write_own_file(struct supervisor *s)
{
    struct batch_status status;
    struct error err = ERROR_INIT;
    supervisor_status(s, &status);
    if (batch_status_write(s->ws, s->batch.id, &status, &err) < 0)
        supervisor_log("%s", error_text(&err));
    s->written_at = clock_ms();
    error_release(&err);
    batch_status_release(&status);
}

static void tell_state(struct supervisor *s)
{
    struct batch_status status;
    supervisor_status(s, &status);
    json_t *event = json_object(), *counts = batch_status_to_json(&status);
    json_put_text(event, "event", "state");
    json_object_update(event, counts);
    control_broadcast(&s->control, event);
    json_decref(counts);
    json_decref(event);
    batch_status_release(&status);
    s->changed = false;
}

/* ---- state files ---- */

static bool save_now(struct supervisor *s, size_t n, const json_t *doc)
{
    struct error err = ERROR_INIT;
    bool saved = item_write(s->ws, s->batch.id, n, doc, &err) == 0;
    if (!saved)
        supervisor_set_why(s, error_text(&err));
    error_release(&err);
    return saved;
}

void supervisor_save(struct supervisor *s, size_t n, json_t *doc)
{
    struct unsaved **last = &s->unsaved;
    if (!s->unsaved && save_now(s, n, doc)) {
        json_decref(doc);
        return;
    }
    while (*last)
        last = &(*last)->next;
    *last = xcalloc(1, sizeof(**last));
    (*last)->n = n;
    (*last)->doc = doc;
}

static void save_again(struct supervisor *s)
{
    struct unsaved *u;
    while ((u = s->unsaved) && save_now(s, u->n, u->doc)) {
        s->unsaved = u->next;
        json_decref(u->doc);
        free(u);
    }
}

/* ---- the end ---- */

static void run_hook(struct supervisor *s)
{
    const char *command = config_text(&s->ws->config, "batch.on_end");
    const char *argv[] = { "/bin/sh", "-c", command, NULL };
    struct error err = ERROR_INIT;
    struct process_result res;
    struct strv env = STRV_INIT;
    if (!*command)
        return;
    strv_addf(&env, "BOTTEGA_BATCH=%s", s->batch.id);
    strv_addf(&env, "BOTTEGA_STATE=%s", state_names[s->state]);
    strv_addf(&env, "BOTTEGA_WORKSPACE=%s", s->ws->root);
    char *log = batch_path(s->ws, s->batch.id, "on_end.log");
    struct process_spec spec = {
        .argv = argv, .env = (const char *const *)env.v, .out_path = log, .append = true
    };
    if (process_run(&spec, &res, &err) < 0)
        supervisor_log("batch.on_end: %s", error_text(&err));
    else if (res.exit_code != 0)
        supervisor_log("batch.on_end ended with status %d; on_end.log says more", res.exit_code);
    free(log);
    strv_release(&env);
    error_release(&err);
}

static void end(struct supervisor *s)
{
    s->ending = true;
    if (s->state != SUP_CANCELLED)
        s->state = SUP_DONE;
    write_own_file(s);
    indexer_tell(s->indexer, NULL);
    tell_state(s);
    supervisor_log("%s: %lld of %zu done", state_names[s->state],
                   (long long)s->queue.counts[ITEM_DONE], s->queue.n);
    socket_remove(s->ws, s->batch.id);
    control_end(&s->control);
    uv_close((uv_handle_t *)&s->tick, NULL);
    for (size_t i = 0; i < ARRAY_LEN(s->signals); i++)
        uv_close((uv_handle_t *)&s->signals[i], NULL);
}

/* A worker that was asked to go and does not is killed; its item is resumable all the same. */
static void kill_overdue(struct supervisor *s)
{
    int64_t grace = config_int(&s->ws->config, "dispatch.grace"), now = clock_ms();
    for (size_t i = 0; i < s->pool.n; i++) {
        struct worker *w = s->pool.workers[i];
        if (w->stopping_at && now - w->stopping_at > grace)
            worker_kill(w);
    }
}

void supervisor_step(struct supervisor *s)
{
    bool cancelled = s->state == SUP_CANCELLED;
    if (s->ending)
        return;
    if (!cancelled && !(queue_all_done(&s->queue) && !s->unsaved)) {
        items_give_out(s);
        return;
    }
    for (size_t i = 0; i < s->pool.n; i++)
        if (!s->pool.workers[i]->stopping_at)
            worker_stop(s->pool.workers[i]);
    if (s->pool.n == 0)
        end(s);
}

void supervisor_changed(struct supervisor *s)
{
    supervisor_step(s);
    if (s->ending)
        return;
    write_own_file(s);
    tell_state(s);
}

void supervisor_cancel(struct supervisor *s, const char *why)
{
    if (s->state == SUP_CANCELLED || s->state == SUP_DONE)
        return;
    s->state = SUP_CANCELLED;
    supervisor_set_why(s, why);
}

static void on_tick(uv_timer_t *t)
{
    struct supervisor *s = t->data;
    bool due = clock_ms() - s->written_at > WRITE_EVERY_MS;
    save_again(s);
    kill_overdue(s);
    if (s->changed && due) {
        write_own_file(s);
        indexer_tell(s->indexer, NULL);
    }
    if (s->changed)
        tell_state(s);
    supervisor_step(s);
}

static void on_signal(uv_signal_t *sig, int signo)
{
    struct supervisor *s = sig->data;
    if (signo == SIGHUP)
        return; /* the terminal that started it may go */
    supervisor_cancel(s, "stopped by a signal");
    supervisor_changed(s);
}

/* ---- the beginning ---- */

/* The lock is free when the last supervisor and the last of its workers are gone; those that
 * lost their supervisor are just leaving. Returns 1 when another one is at work. */
static int take_lock(struct supervisor *s, struct error *err)
{
    char *path = batch_path(s->ws, s->batch.id, "lock");
    int rc = 0;
    s->lock_fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (s->lock_fd < 0)
        rc = error_errno(err, errno, "cannot open %s", path);
    for (int i = 0; rc == 0 && flock(s->lock_fd, LOCK_EX | LOCK_NB) < 0; i++) {
        if (batch_alive(s->ws, s->batch.id))
            rc = 1;
        else if (i == LOCK_TRIES)
            rc = error_set(err, E_FAIL,
                           "workers of an earlier supervisor of %s do not end "
                           "(fuser %s names them)",
                           s->batch.id, path);
        else
            usleep(LOCK_PAUSE_US);
    }
    free(path);
    return rc;
}

static void worker_argv_init(struct supervisor *s, const struct strv *overrides)
{
    strv_init(&s->worker_argv);
    strv_add_all(&s->worker_argv, "bottega", "-C", s->ws->root, NULL);
    for (size_t i = 0; overrides && i < overrides->n; i++)
        strv_add_all(&s->worker_argv, "-c", overrides->v[i], NULL);
    strv_add_all(&s->worker_argv, "worker", "--batch", s->batch.id, NULL);
}

static void init(struct supervisor *s, const struct workspace *ws)
{
    static const struct pool_ops ops = { items_on_event, items_on_exit };
    memset(s, 0, sizeof(*s));
    s->ws = ws;
    s->lock_fd = -1;
    guard_init(&s->guard);
    uv_loop_init(&s->loop);
    s->pool.loop = &s->loop;
    s->pool.argv = &s->worker_argv;
    s->pool.ops = &ops;
    s->pool.payload = s;
    s->control.on_command = supervisor_command;
    s->control.payload = s;
}

static void release(struct supervisor *s)
{
    while (s->unsaved) {
        struct unsaved *u = s->unsaved;
        s->unsaved = u->next;
        json_decref(u->doc);
        free(u);
    }
    pool_release(&s->pool);
    queue_release(&s->queue);
    guard_release(&s->guard);
    strv_release(&s->worker_argv);
    batch_release(&s->batch);
    free(s->why);
    uv_loop_close(&s->loop);
    if (s->lock_fd >= 0)
        close(s->lock_fd);
}

static void start_handles(struct supervisor *s)
{
    static const int signals[] = { SIGTERM, SIGINT, SIGHUP };
    uv_timer_init(&s->loop, &s->tick);
    s->tick.data = s;
    uv_timer_start(&s->tick, on_tick, TICK_MS, TICK_MS);
    for (size_t i = 0; i < ARRAY_LEN(signals); i++) {
        uv_signal_init(&s->loop, &s->signals[i]);
        s->signals[i].data = s;
        uv_signal_start(&s->signals[i], on_signal, signals[i]);
    }
}

static int prepare(struct supervisor *s, const char *id, const struct strv *overrides,
                   struct error *err)
{
    int rc = batch_open(s->ws, id, &s->batch, err);
    if (rc == 0)
        rc = take_lock(s, err);
    if (rc != 0)
        return rc;
    s->pool.lock_fd = s->lock_fd;
    s->jobs = s->batch.jobs;
    worker_argv_init(s, overrides);
    queue_init(&s->queue, s->batch.ids.n);
    rc = items_load(s, err);
    if (rc == 0)
        rc = control_listen(&s->control, &s->loop, s->ws, id, err);
    return rc;
}

static void say_ready(int fd, int rc, const struct error *err)
{
    char *word = str_format("%s\n", rc < 0 ? error_text(err) : "ready");
    if (fd >= 0) {
        if (write(fd, word, strlen(word)) < 0)
            supervisor_log("nobody waits any more");
        close(fd);
    }
    free(word);
}

int supervisor_main(const struct workspace *ws, const char *id, const struct strv *overrides,
                    int ready_fd, struct error *err)
{
    struct supervisor s;
    init(&s, ws);
    if (ready_fd >= 0)
        fcntl(ready_fd, F_SETFD, FD_CLOEXEC);
    signal(SIGPIPE, SIG_IGN);
    prctl(PR_SET_NAME, "bottega-super");
    orphans_adopt();
    int rc = prepare(&s, id, overrides, err);
    if (rc == 0 && stage_find(s.batch.stage) && stage_find(s.batch.stage)->ready)
        s.guard.engine_root = room_engine_root(ws);
    if (rc == 0) {
        s.indexer = indexer_new(ws, id, s.batch.run);
        start_handles(&s);
        supervisor_log("supervisor %d: %zu items, %lld done before, %lld jobs", (int)getpid(),
                       s.queue.n, (long long)s.queue.counts[ITEM_DONE], (long long)s.jobs);
        supervisor_changed(&s);
        indexer_tell(s.indexer, NULL);
    }
    say_ready(ready_fd, rc, err);
    if (rc == 0) {
        uv_run(&s.loop, UV_RUN_DEFAULT);
        indexer_end(s.indexer);
        run_hook(&s);
    }
    release(&s);
    return rc < 0 ? rc : 0;
}
