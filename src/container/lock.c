#include "container/private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

enum { LOCK_POLL_US = 100000 };

static char *lock_path_new(const char *name)
{
    const char *dir = getenv("TMPDIR");
    return str_format("%s/bottega-%d-%s.lock", dir && *dir ? dir : "/tmp", (int)getuid(), name);
}

/* The lock ends with its holder, however that dies. */
int host_lock(const char *name, const struct cancel *stop, int *fd, struct error *err)
{
    char *path = lock_path_new(name);
    int rc = 0;
    *fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (*fd < 0)
        rc = error_errno(err, errno, "cannot lock %s", path);
    while (rc == 0 && flock(*fd, LOCK_EX | LOCK_NB) < 0) {
        if (errno != EWOULDBLOCK && errno != EINTR)
            rc = error_errno(err, errno, "cannot lock %s", path);
        else if (cancel_raised(stop))
            rc = error_set(err, E_CANCELLED, "cancelled while another process makes %s", name);
        else
            usleep(LOCK_POLL_US);
    }
    if (rc < 0)
        host_unlock(*fd);
    free(path);
    return rc;
}

void host_unlock(int fd)
{
    if (fd >= 0)
        close(fd);
}
