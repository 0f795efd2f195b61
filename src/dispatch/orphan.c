#include "dispatch/orphan.h"

#include "base/base.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

void orphans_adopt(void)
{
    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
}

static void end_one(int pid)
{
    if (getpgid(pid) == pid)
        kill(-pid, SIGKILL);
    kill(pid, SIGKILL);
    while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
        ;
}

size_t orphans_end(bool (*is_ours)(void *payload, int pid), void *payload)
{
    struct str text = STR_INIT;
    struct strv pids = STRV_INIT;
    size_t ended = 0;
    char *path = str_format("/proc/self/task/%d/children", (int)getpid());
    if (file_read(path, &text, NULL) == 0)
        strv_split(&pids, text.s, " \n");
    for (size_t i = 0; i < pids.n; i++) {
        int pid = atoi(pids.v[i]);
        if (pid <= 1 || is_ours(payload, pid))
            continue;
        end_one(pid);
        ended++;
    }
    free(path);
    strv_release(&pids);
    str_release(&text);
    return ended;
}
