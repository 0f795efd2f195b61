#include "dispatch/socket.h"

#include "dispatch/files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static const char name[] = "control.sock";

/* Fills `addr`; returns the folder's descriptor, to be closed after use, or -1. */
static int address(const struct workspace *ws, const char *batch, struct sockaddr_un *addr)
{
    char *path = batch_path(ws, batch, name);
    int dir = -1;
    memset(addr, 0, sizeof(*addr));
    addr->sun_family = AF_UNIX;
    if (strlen(path) < sizeof(addr->sun_path)) {
        strcpy(addr->sun_path, path);
    } else {
        path[strlen(path) - strlen(name) - 1] = '\0';
        dir = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
        snprintf(addr->sun_path, sizeof(addr->sun_path), "/proc/self/fd/%d/%s", dir, name);
    }
    free(path);
    return dir;
}

int socket_connect(const struct workspace *ws, const char *batch, struct error *err)
{
    struct sockaddr_un addr;
    int dir = address(ws, batch, &addr);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd >= 0 && connect(fd, (struct sockaddr *)&addr, sizeof(addr)) < 0) {
        int why = errno;
        close(fd);
        fd = why == ECONNREFUSED || why == ENOENT
                 ? error_set(err, E_NOTFOUND, "no supervisor of %s runs", batch)
                 : error_errno(err, why, "cannot reach the supervisor of %s", batch);
    } else if (fd < 0) {
        fd = error_errno(err, errno, "cannot make a socket");
    }
    if (dir >= 0)
        close(dir);
    return fd;
}

int socket_listen(const struct workspace *ws, const char *batch, struct error *err)
{
    struct sockaddr_un addr;
    int dir = address(ws, batch, &addr);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    unlink(addr.sun_path);
    mode_t old = umask(0177);
    if (fd < 0 || bind(fd, (struct sockaddr *)&addr, sizeof(addr)) < 0) {
        int rc = error_errno(err, errno, "cannot make the socket batches/%s/%s", batch, name);
        if (fd >= 0)
            close(fd);
        fd = rc;
    }
    umask(old);
    if (dir >= 0)
        close(dir);
    return fd;
}

void socket_remove(const struct workspace *ws, const char *batch)
{
    char *path = batch_path(ws, batch, name);
    unlink(path);
    free(path);
}
