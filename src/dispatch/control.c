#include "dispatch/control.h"

#include "dispatch/socket.h"

#include <stdlib.h>
#include <unistd.h>

enum { BACKLOG = 64, MOST_QUEUED = 8 << 20, FLUSH_MS = 2000 };

struct control_client {
    struct control *control;
    struct control_client *next;
    uv_pipe_t pipe;
    uv_timer_t limit; /* for the last bytes */
    uv_shutdown_t shutdown;
    struct lines lines;
    bool watching;
    int open_handles;
    char buffer[4096];
};

static void on_closed(uv_handle_t *h)
{
    struct control_client *c = h->data;
    if (--c->open_handles)
        return;
    lines_release(&c->lines);
    free(c);
}

static void drop(struct control_client *c)
{
    for (struct control_client **p = &c->control->clients; *p; p = &(*p)->next) {
        if (*p == c) {
            *p = c->next;
            break;
        }
    }
    if (!uv_is_closing((uv_handle_t *)&c->pipe)) {
        uv_close((uv_handle_t *)&c->pipe, on_closed);
        uv_close((uv_handle_t *)&c->limit, on_closed);
    }
}

static void on_alloc(uv_handle_t *h, size_t hint UNUSED, uv_buf_t *buf)
{
    struct control_client *c = h->data;
    *buf = uv_buf_init(c->buffer, sizeof(c->buffer));
}

static void on_line(void *payload, const json_t *doc)
{
    struct control_client *c = payload;
    if (!uv_is_closing((uv_handle_t *)&c->pipe))
        c->control->on_command(c->control->payload, c, doc);
}

static void on_read(uv_stream_t *s, ssize_t n, const uv_buf_t *buf)
{
    struct control_client *c = s->data;
    if (n < 0 || (n > 0 && !lines_feed(&c->lines, buf->base, (size_t)n, on_line, c)))
        drop(c);
}

static void on_connection(uv_stream_t *server, int status)
{
    struct control *control = server->data;
    if (status < 0)
        return;
    struct control_client *c = xcalloc(1, sizeof(*c));
    c->control = control;
    lines_init(&c->lines);
    uv_pipe_init(control->loop, &c->pipe, 0);
    uv_timer_init(control->loop, &c->limit);
    c->pipe.data = c->limit.data = c->shutdown.data = c;
    c->open_handles = 2;
    c->next = control->clients;
    control->clients = c;
    if (uv_accept(server, (uv_stream_t *)&c->pipe) < 0)
        drop(c);
    else
        uv_read_start((uv_stream_t *)&c->pipe, on_alloc, on_read);
}

int control_listen(struct control *c, uv_loop_t *loop, const struct workspace *ws,
                   const char *batch, struct error *err)
{
    c->loop = loop;
    int fd = socket_listen(ws, batch, err);
    if (fd < 0)
        return fd;
    uv_pipe_init(loop, &c->server, 0);
    c->server.data = c;
    c->listening = true;
    int rc = uv_pipe_open(&c->server, fd);
    if (rc == 0)
        rc = uv_listen((uv_stream_t *)&c->server, BACKLOG, on_connection);
    return rc < 0 ? error_set(err, E_IO, "cannot listen on the control socket: %s", uv_strerror(rc))
                  : 0;
}

void control_reply(struct control_client *c, const json_t *doc)
{
    line_send((uv_stream_t *)&c->pipe, doc);
}

void control_watch(struct control_client *c)
{
    c->watching = true;
}

void control_broadcast(struct control *c, const json_t *doc)
{
    char *line = NULL;
    for (struct control_client *next, *p = c->clients; p; p = next) {
        next = p->next;
        if (!p->watching)
            continue;
        if (!line)
            line = json_line_new(doc);
        if (uv_stream_get_write_queue_size((uv_stream_t *)&p->pipe) > MOST_QUEUED)
            drop(p);
        else
            line_send_text((uv_stream_t *)&p->pipe, line);
    }
    free(line);
}

static void on_shutdown(uv_shutdown_t *s, int status UNUSED)
{
    struct control_client *c = s->data;
    drop(c);
}

static void on_limit(uv_timer_t *t)
{
    drop(t->data);
}

void control_end(struct control *c)
{
    if (!c->listening)
        return;
    c->listening = false;
    uv_close((uv_handle_t *)&c->server, NULL);
    for (struct control_client *next, *p = c->clients; p; p = next) {
        next = p->next;
        uv_timer_start(&p->limit, on_limit, FLUSH_MS, 0);
        if (uv_shutdown(&p->shutdown, (uv_stream_t *)&p->pipe, on_shutdown) < 0)
            drop(p);
    }
}
