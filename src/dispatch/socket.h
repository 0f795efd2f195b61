/* socket.h: a batch's control socket by its path, however deep the workspace stands.
 * sun_path holds 108 bytes; a longer path goes through /proc/self/fd. */
#ifndef BOTTEGA_DISPATCH_SOCKET_H
#define BOTTEGA_DISPATCH_SOCKET_H

#include "config/config.h"

/* A connected socket, or E_NOTFOUND when nobody listens. */
int socket_connect(const struct workspace *ws, const char *batch, struct error *err);
/* A listening one, mode 0600; an older file of that name goes first. */
int socket_listen(const struct workspace *ws, const char *batch, struct error *err);
void socket_remove(const struct workspace *ws, const char *batch);

#endif
