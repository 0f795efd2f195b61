#include "dispatch/line.h"
#include "dispatch/socket.h"
#include "dispatch/dispatch.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct client {
    struct client_spec spec;
    uv_pipe_t pipe;
    struct lines lines;
    struct error err;
    char buffer[65536];
};

static void on_closed(uv_handle_t *h)
{
    struct client *c = h->data;
    c->spec.on_close(c->spec.payload, c->err.code ? &c->err : NULL);
    lines_release(&c->lines);
    error_release(&c->err);
    free(c);
}

void client_close(struct client *c)
{
    if (!uv_is_closing((uv_handle_t *)&c->pipe))
        uv_close((uv_handle_t *)&c->pipe, on_closed);
}

static void on_line(void *payload, const json_t *doc)
{
    struct client *c = payload;
    if (doc && !uv_is_closing((uv_handle_t *)&c->pipe))
        c->spec.on_event(c->spec.payload, doc);
}

static void on_alloc(uv_handle_t *h, size_t hint UNUSED, uv_buf_t *buf)
{
    struct client *c = h->data;
    *buf = uv_buf_init(c->buffer, sizeof(c->buffer));
}

static void on_read(uv_stream_t *s, ssize_t n, const uv_buf_t *buf)
{
    struct client *c = s->data;
    if (n > 0 && !lines_feed(&c->lines, buf->base, (size_t)n, on_line, c)) {
        error_set(&c->err, E_PARSE, "the supervisor sent a line without an end");
        client_close(c);
    }
    if (n < 0) {
        if (n != UV_EOF)
            error_set(&c->err, E_IO, "the supervisor hung up: %s", uv_strerror((int)n));
        client_close(c);
    }
}

int client_open(uv_loop_t *loop, const struct workspace *ws, const char *batch,
                const struct client_spec *spec, struct client **out, struct error *err)
{
    int fd = socket_connect(ws, batch, err);
    if (fd < 0)
        return fd;
    struct client *c = xcalloc(1, sizeof(*c));
    c->spec = *spec;
    lines_init(&c->lines);
    uv_pipe_init(loop, &c->pipe, 0);
    c->pipe.data = c;
    uv_pipe_open(&c->pipe, fd);
    uv_read_start((uv_stream_t *)&c->pipe, on_alloc, on_read);
    *out = c;
    return 0;
}

void client_send(struct client *c, const json_t *command)
{
    line_send((uv_stream_t *)&c->pipe, command);
}

void client_command(struct client *c, const char *word, int64_t n)
{
    json_t *doc = json_object();
    json_put_text(doc, "cmd", word);
    if (n >= 0)
        json_put_int(doc, "n", n);
    client_send(c, doc);
    json_decref(doc);
}

/* ---- one question ---- */

enum { ASK_LIMIT_MS = 10000 };

struct asking {
    struct client *client;
    uv_timer_t limit;
    json_t *reply;
    int rc;
    struct error *err;
};

static void on_reply(void *payload, const json_t *doc)
{
    struct asking *a = payload;
    if (a->reply || !json_object_get(doc, "reply"))
        return;
    a->reply = json_incref((json_t *)(uintptr_t)doc);
    client_close(a->client);
}

static void on_ask_close(void *payload, const struct error *err)
{
    struct asking *a = payload;
    if (!a->reply && a->rc == 0)
        a->rc = error_set(a->err, E_NOTFOUND, "the supervisor ended before it answered%s%s",
                          err ? ": " : "", err ? error_text(err) : "");
    uv_close((uv_handle_t *)&a->limit, NULL);
}

static void on_ask_limit(uv_timer_t *t)
{
    struct asking *a = t->data;
    a->rc = error_set(a->err, E_TIMEOUT, "the supervisor does not answer");
    client_close(a->client);
}

int client_ask(const struct workspace *ws, const char *batch, const json_t *command, json_t **reply,
               struct error *err)
{
    struct asking a = { .err = err };
    struct client_spec spec = { on_reply, on_ask_close, &a };
    uv_loop_t loop;
    uv_loop_init(&loop);
    a.rc = client_open(&loop, ws, batch, &spec, &a.client, err);
    if (a.rc == 0) {
        uv_timer_init(&loop, &a.limit);
        a.limit.data = &a;
        uv_timer_start(&a.limit, on_ask_limit, ASK_LIMIT_MS, 0);
        client_send(a.client, command);
        uv_run(&loop, UV_RUN_DEFAULT);
    }
    uv_loop_close(&loop);
    *reply = a.reply;
    return a.rc;
}
