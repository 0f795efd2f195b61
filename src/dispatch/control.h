/* control.h: the supervisor's side of the control socket: many clients, some watching. */
#ifndef BOTTEGA_DISPATCH_CONTROL_H
#define BOTTEGA_DISPATCH_CONTROL_H

#include "dispatch/line.h"
#include "config/config.h"

struct control_client;

/* A command came; answer with control_reply. */
typedef void (*control_fn)(void *payload, struct control_client *c, const json_t *doc);

struct control {
    uv_loop_t *loop;
    uv_pipe_t server;
    bool listening;
    control_fn on_command;
    void *payload;
    struct control_client *clients;
};

WARN_UNUSED int control_listen(struct control *c, uv_loop_t *loop, const struct workspace *ws,
                               const char *batch, struct error *err);
void control_reply(struct control_client *c, const json_t *doc);
void control_watch(struct control_client *c); /* events reach it from now on */
/* To every watcher. One that lets 8 MiB pile up is hung up on; it may come back. */
void control_broadcast(struct control *c, const json_t *doc);
/* Stops listening and hangs up on everyone once what was sent has gone out. */
void control_end(struct control *c);

#endif
