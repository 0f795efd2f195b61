#include "dispatch/pool.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void pool_release(struct pool *p)
{
    free(p->workers);
    p->workers = NULL;
}

static void forget(struct worker *w)
{
    struct pool *p = w->pool;
    for (size_t i = 0; i < p->n; i++)
        if (p->workers[i] == w)
            p->workers[i] = p->workers[--p->n];
}

static void on_closed(uv_handle_t *h)
{
    struct worker *w = h->data;
    if (--w->open_handles)
        return;
    forget(w);
    if (w->pid)
        w->pool->ops->on_exit(w->pool->payload, w);
    lines_release(&w->lines);
    free(w->phase);
    free(w);
}

static void close_handle(uv_handle_t *h)
{
    if (!uv_is_closing(h))
        uv_close(h, on_closed);
}

static void on_worker_exit(uv_process_t *child, int64_t status, int signo)
{
    struct worker *w = child->data;
    w->status = (int)status;
    w->signal = signo;
    w->leaving = true;
    close_handle((uv_handle_t *)child);
    close_handle((uv_handle_t *)&w->in);
    /* `out` closes at its end, when all is read. Nobody else holds its other side: a worker
     * marks it close-on-exec. */
}

static void on_alloc(uv_handle_t *h, size_t hint UNUSED, uv_buf_t *buf)
{
    struct worker *w = h->data;
    *buf = uv_buf_init(w->buffer, sizeof(w->buffer));
}

static void on_line(void *payload, const json_t *doc)
{
    struct worker *w = payload;
    if (doc)
        w->pool->ops->on_event(w->pool->payload, w, doc);
}

static void on_read(uv_stream_t *s, ssize_t n, const uv_buf_t *buf)
{
    struct worker *w = s->data;
    if (n > 0 && !lines_feed(&w->lines, buf->base, (size_t)n, on_line, w)) {
        worker_kill(w);
        n = UV_EOF;
    }
    if (n < 0) {
        close_handle((uv_handle_t *)&w->out);
        worker_leave(w);
    }
}

static struct worker *worker_new(struct pool *p)
{
    struct worker *w = xcalloc(1, sizeof(*w));
    bool taken;
    w->pool = p;
    do { /* the lowest free number */
        taken = false;
        w->number++;
        for (size_t i = 0; i < p->n; i++)
            taken = taken || p->workers[i]->number == w->number;
    } while (taken);
    snprintf(w->name, sizeof(w->name), "w%d", w->number);
    lines_init(&w->lines);
    uv_pipe_init(p->loop, &w->in, 0);
    uv_pipe_init(p->loop, &w->out, 0);
    w->in.data = w->out.data = w->child.data = w;
    w->open_handles = 2;
    return w;
}

static int spawn(struct pool *p, struct worker *w)
{
    struct strv argv = STRV_INIT;
    uv_process_options_t o = { 0 };
    uv_stdio_container_t stdio[4] = {
        { .flags = UV_CREATE_PIPE | UV_READABLE_PIPE, .data.stream = (uv_stream_t *)&w->in },
        { .flags = UV_CREATE_PIPE | UV_WRITABLE_PIPE, .data.stream = (uv_stream_t *)&w->out },
        { .flags = UV_INHERIT_FD, .data.fd = 2 },
        { .flags = UV_INHERIT_FD, .data.fd = p->lock_fd },
    };
    strv_add_list(&argv, p->argv);
    strv_add_all(&argv, "--name", w->name, NULL);
    o.file = "/proc/self/exe";
    o.args = argv.v;
    o.stdio = stdio;
    o.stdio_count = 4;
    o.exit_cb = on_worker_exit;
    int rc = uv_spawn(p->loop, &w->child, &o);
    if (rc == 0 || w->child.type == UV_PROCESS) /* the loop knows the handle */
        w->open_handles++;
    strv_release(&argv);
    return rc;
}

int pool_spawn(struct pool *p, struct error *err)
{
    struct worker *w = worker_new(p);
    int rc = spawn(p, w);
    if (p->n == p->cap) {
        p->cap = p->cap ? 2 * p->cap : 8;
        p->workers = xrealloc(p->workers, p->cap * sizeof(struct worker *));
    }
    p->workers[p->n++] = w;
    if (rc < 0) {
        rc = error_set(err, E_FAIL, "cannot start a worker: %s", uv_strerror(rc));
        w->leaving = true;
        close_handle((uv_handle_t *)&w->in);
        close_handle((uv_handle_t *)&w->out);
        if (w->open_handles == 3)
            close_handle((uv_handle_t *)&w->child);
        return rc;
    }
    w->pid = w->child.pid;
    w->since = clock_ms();
    uv_read_start((uv_stream_t *)&w->out, on_alloc, on_read);
    return 0;
}

void worker_send(struct worker *w, const json_t *doc)
{
    line_send((uv_stream_t *)&w->in, doc);
}

void worker_leave(struct worker *w)
{
    w->leaving = true;
    if (!w->item)
        worker_stop(w);
}

void worker_stop(struct worker *w)
{
    w->leaving = true;
    if (!w->stopping_at)
        w->stopping_at = clock_ms();
    close_handle((uv_handle_t *)&w->in); /* its end is what a worker takes for "stop" */
}

void worker_kill(struct worker *w)
{
    if (!uv_is_closing((uv_handle_t *)&w->child))
        uv_process_kill(&w->child, SIGKILL);
}

struct worker *pool_idle(struct pool *p)
{
    struct worker *best = NULL;
    for (size_t i = 0; i < p->n; i++) {
        struct worker *w = p->workers[i];
        if (w->ready && !w->leaving && !w->item && (!best || w->number < best->number))
            best = w;
    }
    return best;
}

size_t pool_staying(const struct pool *p)
{
    size_t n = 0;
    for (size_t i = 0; i < p->n; i++)
        n += !p->workers[i]->leaving;
    return n;
}

bool pool_knows(const struct pool *p, int pid)
{
    for (size_t i = 0; i < p->n; i++)
        if (p->workers[i]->pid == pid)
            return true;
    return false;
}
