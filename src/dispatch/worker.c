#include "dispatch/files.h"
#include "dispatch/orphan.h"
#include "dispatch/stage.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <unistd.h>

enum { LOCK_FD = 3 };

struct worker_state {
    const struct workspace *ws;
    struct batch batch;
    const struct stage *stage;
    const char *name;
    struct cancel *stop;
    struct stage_host host;
    int out;   /* the protocol; fd 1 goes where stderr goes */
    int words; /* stderr as it was between items */
    int64_t n; /* the item at hand; 0: none */
    int64_t try;
    const char *id; /* … and its instance */
};

/* ---- telling ---- */

static void tell(struct worker_state *w, json_t *doc)
{
    char *line = json_line_new(doc);
    size_t n = strlen(line), done = 0;
    line[n++] = '\n';
    while (done < n) {
        ssize_t k = write(w->out, line + done, n - done);
        if (k < 0 && errno != EINTR)
            break; /* nobody listens: stdin will say so */
        done += k > 0 ? (size_t)k : 0;
    }
    free(line);
    json_decref(doc);
}

static json_t *event_new(const struct worker_state *w, const char *word)
{
    json_t *doc = json_object();
    json_put_text(doc, "event", word);
    if (w->n) {
        json_put_int(doc, "n", w->n);
        json_put_text(doc, "instance_id", w->id);
    }
    json_put_text(doc, "worker", w->name);
    return doc;
}

static void put_now(json_t *doc)
{
    struct str now = STR_INIT;
    clock_format(clock_utc(), &now);
    json_put_text(doc, "t", now.s);
    str_release(&now);
}

static void on_phase(void *payload, int round, const char *phase)
{
    struct worker_state *w = payload;
    json_t *doc = event_new(w, "phase");
    json_put_int(doc, "try", w->try);
    json_put_int(doc, "round", round);
    json_put_text(doc, "phase", phase);
    put_now(doc);
    fprintf(stderr, "-- round %d, %s, %s\n", round, phase, json_get_str(doc, "t", ""));
    tell(w, doc);
}

/* ---- one item ---- */

/* From here to its end, what anyone says on stderr is said of this item. */
static char *open_log(struct worker_state *w)
{
    char *path = workspace_path(w->ws, "batches/%s/log/%lld.log", w->batch.id, (long long)w->n);
    int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    if (fd >= 0) {
        dup2(fd, STDERR_FILENO);
        close(fd);
    }
    return path;
}

static void close_log(struct worker_state *w, char *path)
{
    fflush(stderr);
    dup2(w->words, STDERR_FILENO);
    free(path);
}

/* Faults of the surroundings have names in the table of failure classes. */
static const char *class_of(int rc)
{
    switch (rc) {
    case E_ENGINE:
        return "engine";
    case E_DISK:
        return "disk";
    case E_NETWORK:
        return "fetch";
    default:
        return NULL;
    }
}

static void tell_end(struct worker_state *w, int rc, struct item_result *r, const struct error *err)
{
    if (rc == E_CANCELLED || (rc < 0 && cancel_raised(w->stop))) {
        tell(w, event_new(w, "stopped"));
        return;
    }
    if (rc < 0) {
        item_result_release(r);
        r->state = xstrdup("error");
        r->failure_class = class_of(rc) ? xstrdup(class_of(rc)) : NULL;
        r->reason = xstrdup(error_text(err));
    }
    json_t *doc = event_new(w, "done"), *result = item_result_to_json(r);
    json_object_update(doc, result);
    json_decref(result);
    fprintf(stderr, "-- %s%s%s\n", r->state, r->reason ? ": " : "", r->reason ? r->reason : "");
    tell(w, doc);
}

static bool belongs_to_worker(void *payload UNUSED, int pid UNUSED)
{
    return false;
}

static void run_item(struct worker_state *w, const json_t *cmd)
{
    struct item_result result = { 0 };
    struct error err = ERROR_INIT;
    w->n = json_get_int(cmd, "n", 0);
    w->id = json_get_str(cmd, "instance_id", "");
    w->try = json_get_int(cmd, "try", 1);
    char *log = open_log(w);
    struct stage_job job = { .ws = w->ws,
                             .batch = &w->batch,
                             .instance_id = w->id,
                             .try = w->try,
                             .log = log,
                             .host = &w->host,
                             .stop = w->stop,
                             .on_phase = on_phase,
                             .payload = w };
    int64_t begun = clock_ms();
    fprintf(stderr, "-- %s, try %lld, worker %s\n", w->id, (long long)w->try, w->name);
    int rc = w->stage->run(&job, &result, &err);
    if (result.seconds <= 0)
        result.seconds = (double)(clock_ms() - begun) / 1000;
    orphans_end(belongs_to_worker, NULL); /* an item leaves nothing running */
    tell_end(w, rc, &result, &err);
    close_log(w, log);
    w->n = 0;
    item_result_release(&result);
    error_release(&err);
}

/* ---- listening ---- */

/* Stage code blocks the main thread; this one sees stdin end meanwhile. */
struct watcher {
    pthread_t thread;
    struct cancel *stop;
    int quit; /* an eventfd: time to go */
};

static void *watch_stdin(void *payload)
{
    struct watcher *w = payload;
    struct pollfd p[] = { { .fd = STDIN_FILENO, .events = POLLRDHUP },
                          { .fd = w->quit, .events = POLLIN } };
    while (poll(p, 2, -1) < 0 && errno == EINTR)
        ;
    if (!p[1].revents)
        cancel_raise(w->stop);
    return NULL;
}

static int watcher_start(struct watcher *w, struct cancel *stop, struct error *err)
{
    sigset_t all, old;
    w->stop = stop;
    w->quit = eventfd(0, EFD_CLOEXEC);
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &old); /* signals belong to the main thread */
    int rc = pthread_create(&w->thread, NULL, watch_stdin, w);
    pthread_sigmask(SIG_SETMASK, &old, NULL);
    return rc ? error_errno(err, rc, "cannot start a thread") : 0;
}

/* It must not outlive what it points to. */
static void watcher_end(struct watcher *w)
{
    eventfd_write(w->quit, 1);
    pthread_join(w->thread, NULL);
    close(w->quit);
}

/* Waits until stdin can be read; false when it is time to go. A signal between the look at
 * `stop` and the wait is not lost: it is let through only by ppoll. */
static bool wait_input(const struct cancel *stop)
{
    struct pollfd p = { .fd = STDIN_FILENO, .events = POLLIN };
    sigset_t block, old;
    int n = 0;
    sigemptyset(&block);
    sigaddset(&block, SIGTERM);
    sigaddset(&block, SIGINT);
    pthread_sigmask(SIG_BLOCK, &block, &old);
    if (!cancel_raised(stop))
        n = ppoll(&p, 1, NULL, &old);
    pthread_sigmask(SIG_SETMASK, &old, NULL);
    return n > 0 && !cancel_raised(stop);
}

static void listen_to_stdin(struct worker_state *w)
{
    struct str rest = STR_INIT;
    char buffer[4096], *nl;
    ssize_t n;
    while (wait_input(w->stop) && (n = read(STDIN_FILENO, buffer, sizeof(buffer))) > 0) {
        str_addn(&rest, buffer, (size_t)n);
        while (!cancel_raised(w->stop) && (nl = memchr(rest.s, '\n', rest.len))) {
            json_t *cmd = NULL;
            size_t len = (size_t)(nl - rest.s);
            if (json_parse(rest.s, len, &cmd, NULL) == 0 &&
                strcmp(json_get_str(cmd, "cmd", ""), "run") == 0)
                run_item(w, cmd);
            json_decref(cmd);
            memmove(rest.s, nl + 1, rest.len - len - 1);
            str_truncate(&rest, rest.len - len - 1);
        }
    }
    str_release(&rest);
}

/* ---- the process ---- */

static void take_streams(struct worker_state *w)
{
    w->out = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, LOCK_FD + 1);
    w->words = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, LOCK_FD + 1);
    dup2(STDERR_FILENO, STDOUT_FILENO); /* a library's printf must not break the protocol */
    fcntl(LOCK_FD, F_SETFD, FD_CLOEXEC);
    fcntl(STDIN_FILENO, F_SETFD, FD_CLOEXEC);
}

int worker_main(const struct workspace *ws, const char *id, const char *name, struct cancel *stop,
                struct error *err)
{
    struct worker_state w = { .ws = ws, .name = name, .stop = stop };
    struct watcher watcher;
    prctl(PR_SET_NAME, "bottega-worker");
    signal(SIGPIPE, SIG_IGN);
    take_streams(&w);
    orphans_adopt();
    int rc = batch_open_head(ws, id, &w.batch, err);
    if (rc == 0 && !(w.stage = stage_find(w.batch.stage)))
        rc = error_set(err, E_USAGE, "%s: this bottega has no stage %s", id, w.batch.stage);
    if (rc == 0)
        rc = watcher_start(&watcher, stop, err);
    if (rc == 0) {
        tell(&w, event_new(&w, "ready"));
        listen_to_stdin(&w);
        watcher_end(&watcher);
    }
    stage_host_release(&w.host);
    batch_release(&w.batch);
    return rc;
}
