#include "base/process.h"

#include "base/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { KILL_AFTER_MS = 2000, POLL_MS = 50, READ_SIZE = 65536 };

struct process {
    struct process_spec spec;
    struct process_result res;
    struct error err;
    int rc; /* first failure of ours; the child's status is no failure */
    int fd; /* of out_path, or -1 */
    int64_t started, kept, term_at;
    uv_process_t child;
    uv_pipe_t in, out, errp;
    uv_timer_t timer;
    uv_write_t write;
    struct str chunk;
    char buffer[READ_SIZE];
    int open_handles;
    bool exited;
    process_exit_fn on_exit;
    void *exit_payload;
};

static void finish_if_done(struct process *p)
{
    if (p->open_handles)
        return;
    if (p->fd >= 0)
        close(p->fd);
    p->res.ms = clock_ms() - p->started;
    if (p->rc == 0 && p->res.cancelled)
        p->rc = error_set(&p->err, E_CANCELLED, "%s: cancelled", p->spec.argv[0]);
    if (p->rc == 0 && p->res.timed_out)
        p->rc = error_set(&p->err, E_TIMEOUT, "%s: still running after %lld s", p->spec.argv[0],
                          (long long)(p->spec.limit_ms / 1000));
    p->on_exit(p->exit_payload, p->rc, &p->res, &p->err);
    str_release(&p->chunk);
    error_release(&p->err);
    free(p);
}

static void on_closed(uv_handle_t *h)
{
    struct process *p = h->data;
    p->open_handles--;
    finish_if_done(p);
}

static void close_handle(uv_handle_t *h)
{
    if (!uv_is_closing(h))
        uv_close(h, on_closed);
}

static void kill_group(struct process *p, int signo)
{
    if (!p->exited && p->child.pid > 0)
        kill(-p->child.pid, signo);
}

void process_stop(struct process *p)
{
    p->res.cancelled = true;
    if (!p->term_at) {
        p->term_at = clock_ms();
        kill_group(p, SIGTERM);
    }
}

/* Once the group leader is gone, a grandchild may still hold our pipes: give it the same
 * grace, then stop listening. */
static void on_tick(uv_timer_t *t)
{
    struct process *p = t->data;
    int64_t now = clock_ms();
    if (cancel_raised(p->spec.stop))
        process_stop(p);
    if (p->spec.limit_ms && now - p->started > p->spec.limit_ms && !p->term_at) {
        p->res.timed_out = true;
        p->term_at = now;
        kill_group(p, SIGTERM);
    }
    if (!p->term_at || now - p->term_at < KILL_AFTER_MS)
        return;
    kill_group(p, SIGKILL);
    if (p->exited) {
        close_handle((uv_handle_t *)&p->in);
        close_handle((uv_handle_t *)&p->out);
        close_handle((uv_handle_t *)&p->errp);
        close_handle((uv_handle_t *)&p->timer);
    }
}

static void on_child_exit(uv_process_t *child, int64_t status, int signo)
{
    struct process *p = child->data;
    p->exited = true;
    p->res.signal = signo;
    p->res.exit_code = signo ? -1 : (int)status;
    close_handle((uv_handle_t *)child);
    close_handle((uv_handle_t *)&p->in);
    if (uv_is_closing((uv_handle_t *)&p->out) && uv_is_closing((uv_handle_t *)&p->errp))
        close_handle((uv_handle_t *)&p->timer);
    else if (!p->term_at)
        p->term_at = clock_ms();
}

static void keep_bytes(struct process *p, const char *bytes, size_t n)
{
    if (p->fd < 0 || p->rc < 0)
        return;
    int64_t room = p->spec.max_bytes ? p->spec.max_bytes - p->kept : (int64_t)n;
    size_t take = room < (int64_t)n ? (size_t)room : n;
    p->res.dropped_bytes += (int64_t)(n - take);
    for (size_t done = 0; done < take;) {
        ssize_t k = write(p->fd, bytes + done, take - done);
        if (k < 0 && errno == EINTR)
            continue;
        if (k < 0) {
            p->rc = error_errno(&p->err, errno, "cannot write %s", p->spec.out_path);
            process_stop(p);
            return;
        }
        done += (size_t)k;
    }
    p->kept += (int64_t)take;
}

static void on_alloc(uv_handle_t *h, size_t hint UNUSED, uv_buf_t *buf)
{
    struct process *p = h->data;
    *buf = uv_buf_init(p->buffer, sizeof(p->buffer));
}

static void on_read(uv_stream_t *s, ssize_t n, const uv_buf_t *buf)
{
    struct process *p = s->data;
    if (n > 0) {
        if (p->exited)
            p->term_at = clock_ms();
        keep_bytes(p, buf->base, (size_t)n);
        if (p->spec.on_data)
            p->spec.on_data(p->spec.payload, buf->base, (size_t)n, s == (uv_stream_t *)&p->errp);
        return;
    }
    if (n == 0)
        return;
    close_handle((uv_handle_t *)s);
    if (p->exited && uv_is_closing((uv_handle_t *)&p->out) &&
        uv_is_closing((uv_handle_t *)&p->errp))
        close_handle((uv_handle_t *)&p->timer);
}

static void feed_more(struct process *p);

static void on_written(uv_write_t *w, int status)
{
    struct process *p = w->data;
    if (status < 0)
        close_handle((uv_handle_t *)&p->in); /* it stopped reading: its status will tell */
    else
        feed_more(p);
}

static void feed_more(struct process *p)
{
    if (uv_is_closing((uv_handle_t *)&p->in))
        return;
    str_clear(&p->chunk);
    if (p->spec.feed) {
        int rc = p->spec.feed(p->spec.payload, &p->chunk, &p->err);
        if (rc < 0) {
            p->rc = rc;
            process_stop(p);
            return;
        }
    } else if (p->spec.input_len) {
        str_addn(&p->chunk, p->spec.input, p->spec.input_len);
        p->spec.input_len = 0;
    }
    if (!p->chunk.len) {
        close_handle((uv_handle_t *)&p->in);
        return;
    }
    uv_buf_t buf = uv_buf_init(p->chunk.s, (unsigned)p->chunk.len);
    p->write.data = p;
    if (uv_write(&p->write, (uv_stream_t *)&p->in, &buf, 1, on_written) < 0) {
        close_handle((uv_handle_t *)&p->in);
    }
}

static char **environment_new(const char *const *extra)
{
    extern char **environ;
    struct strv all = STRV_INIT;
    for (char **e = environ; *e; e++) {
        bool replaced = false;
        size_t name = strcspn(*e, "=") + 1;
        for (const char *const *x = extra; x && *x; x++)
            replaced = replaced || strncmp(*e, *x, name) == 0;
        if (!replaced)
            strv_add(&all, *e);
    }
    for (const char *const *x = extra; x && *x; x++)
        strv_add(&all, *x);
    return all.v;
}

static void environment_free(char **env)
{
    bool own = *env != NULL; /* an empty list is nobody's */
    for (char **e = env; *e; e++)
        free(*e);
    if (own)
        free(env);
}

static void pipes_init(uv_loop_t *loop, struct process *p)
{
    uv_pipe_t *pipes[] = { &p->in, &p->out, &p->errp };
    for (size_t i = 0; i < ARRAY_LEN(pipes); i++) {
        uv_pipe_init(loop, pipes[i], 0);
        pipes[i]->data = p;
    }
    uv_timer_init(loop, &p->timer);
    p->timer.data = p;
    p->child.data = p;
    p->open_handles = 4;
}

static int spawn_child(uv_loop_t *loop, struct process *p)
{
    uv_stdio_container_t stdio[3] = { 0 };
    uv_process_options_t o = { 0 };
    bool has_input = p->spec.feed || p->spec.input;
    stdio[0].flags = has_input ? UV_CREATE_PIPE | UV_READABLE_PIPE : UV_IGNORE;
    stdio[0].data.stream = (uv_stream_t *)&p->in;
    stdio[1].flags = stdio[2].flags = UV_CREATE_PIPE | UV_WRITABLE_PIPE;
    stdio[1].data.stream = (uv_stream_t *)&p->out;
    stdio[2].data.stream = (uv_stream_t *)&p->errp;
    char **env = environment_new(p->spec.env);
    o.file = p->spec.argv[0];
    o.args = (char **)(uintptr_t)p->spec.argv;
    o.env = env;
    o.cwd = p->spec.cwd;
    o.flags = UV_PROCESS_DETACHED; /* a group of its own, so that kill(-pid) reaches all of it */
    o.stdio = stdio;
    o.stdio_count = 3;
    o.exit_cb = on_child_exit;
    int rc = uv_spawn(loop, &p->child, &o);
    environment_free(env);
    return rc;
}

static int open_output(struct process *p, struct error *err)
{
    p->fd = -1;
    if (!p->spec.out_path)
        return 0;
    int flags = O_WRONLY | O_CREAT | O_CLOEXEC | (p->spec.append ? O_APPEND : O_TRUNC);
    p->fd = open(p->spec.out_path, flags, 0666);
    return p->fd < 0 ? error_errno(err, errno, "cannot write %s", p->spec.out_path) : 0;
}

int process_start(uv_loop_t *loop, const struct process_spec *spec, process_exit_fn on_exit,
                  void *exit_payload, struct process **out, struct error *err)
{
    struct process *p = xcalloc(1, sizeof(*p));
    p->spec = *spec;
    p->on_exit = on_exit;
    p->exit_payload = exit_payload;
    str_init(&p->chunk);
    int rc = open_output(p, err);
    if (rc < 0) {
        free(p);
        return rc;
    }
    pipes_init(loop, p);
    p->started = clock_ms();
    rc = spawn_child(loop, p);
    if (rc < 0) {
        /* on_exit tells it, from the loop, like every other end */
        p->rc = error_set(&p->err, rc == UV_ENOENT ? E_MISSING : E_FAIL, "cannot run %s: %s",
                          spec->argv[0], uv_strerror(rc));
        close_handle((uv_handle_t *)&p->in);
        close_handle((uv_handle_t *)&p->out);
        close_handle((uv_handle_t *)&p->errp);
        close_handle((uv_handle_t *)&p->timer);
        if (p->child.type == UV_PROCESS) { /* the loop already knows the handle */
            p->open_handles++;
            close_handle((uv_handle_t *)&p->child);
        }
        *out = p;
        return 0;
    }
    p->open_handles++;
    uv_read_start((uv_stream_t *)&p->out, on_alloc, on_read);
    uv_read_start((uv_stream_t *)&p->errp, on_alloc, on_read);
    if (p->spec.stop || p->spec.limit_ms)
        uv_timer_start(&p->timer, on_tick, POLL_MS, POLL_MS);
    else
        uv_timer_start(&p->timer, on_tick, KILL_AFTER_MS, KILL_AFTER_MS);
    if (spec->feed || spec->input)
        feed_more(p);
    *out = p;
    return 0;
}

struct run_end {
    int rc;
    struct process_result *res;
    struct error *err;
};

static void on_run_end(void *payload, int rc, const struct process_result *res,
                       const struct error *err)
{
    struct run_end *end = payload;
    end->rc = rc;
    if (end->res)
        *end->res = *res;
    if (rc < 0)
        error_set(end->err, rc, "%s", error_text(err));
}

int process_run(const struct process_spec *spec, struct process_result *res, struct error *err)
{
    struct run_end end = { 0, res, err };
    struct process *p = NULL;
    uv_loop_t loop;
    if (res)
        memset(res, 0, sizeof(*res));
    uv_loop_init(&loop);
    signal(SIGPIPE, SIG_IGN); /* a child that stops reading must not end us */
    int rc = process_start(&loop, spec, on_run_end, &end, &p, err);
    if (rc == 0)
        uv_run(&loop, UV_RUN_DEFAULT);
    uv_loop_close(&loop);
    return rc < 0 ? rc : end.rc;
}

struct capture {
    struct str *out;
    struct str err;
};

static void on_capture(void *payload, const char *bytes, size_t n, bool is_err)
{
    struct capture *c = payload;
    str_addn(is_err ? &c->err : c->out, bytes, n);
}

int process_capture(const char *const *argv, struct str *out, struct error *err)
{
    struct capture c = { out, STR_INIT };
    struct process_result res;
    struct process_spec spec = { .argv = argv, .on_data = on_capture, .payload = &c };
    int rc = process_run(&spec, &res, err);
    if (rc == 0 && (res.exit_code != 0 || res.signal)) {
        str_rtrim(&c.err);
        const char *line = strrchr(c.err.s, '\n');
        rc = error_set(err, E_FAIL, "%s: %s", argv[0], line ? line + 1 : c.err.s);
    }
    str_release(&c.err);
    return rc;
}
