#include "dispatch/files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { READY_FD = 3 };

/* The batch's own config words come first, so that the caller's win. */
static int supervisor_argv(const struct workspace *ws, const char *id, const struct strv *overrides,
                           struct strv *argv, struct error *err)
{
    struct batch b;
    struct strv words = STRV_INIT;
    int rc = batch_open_head(ws, id, &b, err);
    if (rc == 0)
        json_get_strv(b.options, "config", &words);
    if (overrides)
        strv_add_list(&words, overrides);
    strv_add_all(argv, "bottega", "-C", ws->root, NULL);
    for (size_t i = 0; i < words.n; i++)
        strv_add_all(argv, "-c", words.v[i], NULL);
    strv_add_all(argv, "supervisor", id, "--ready-fd", "3", NULL);
    strv_release(&words);
    batch_release(&b);
    return rc;
}

/* Between fork and exec: only what may be called there when other threads exist. */
NORETURN static void become_supervisor(char **argv, const char *log, int ready)
{
    setsid();
    if (fork() != 0) /* the grandchild belongs to init and never gets a terminal */
        _exit(0);
    int null = open("/dev/null", O_RDONLY);
    int out = open(log, O_WRONLY | O_CREAT | O_APPEND, 0666);
    if (ready != READY_FD) {
        dup2(ready, READY_FD);
        close(ready);
    } else {
        fcntl(ready, F_SETFD, 0);
    }
    dup2(null, 0);
    dup2(out, 1);
    dup2(out, 2);
    close_range(READY_FD + 1, ~0U, 0); /* a caller's lock or pipe must not live on in us */
    execv("/proc/self/exe", argv);
    _exit(127);
}

/* Reads what the supervisor says before it closes its end. */
static int wait_ready(int fd, const char *id, const char *log, struct error *err)
{
    struct str word = STR_INIT;
    char buffer[512];
    ssize_t n;
    while ((n = read(fd, buffer, sizeof(buffer))) > 0 || (n < 0 && errno == EINTR))
        str_addn(&word, buffer, n > 0 ? (size_t)n : 0);
    str_rtrim(&word);
    int rc = 0;
    if (!word.len)
        rc = error_set(err, E_FAIL, "the supervisor of %s ended at once; see %s", id, log);
    else if (strcmp(word.s, "ready") != 0)
        rc = error_set(err, E_FAIL, "%s", word.s);
    str_release(&word);
    return rc;
}

int batch_launch(const struct workspace *ws, const char *id, const struct strv *overrides,
                 struct error *err)
{
    struct strv argv = STRV_INIT;
    int ends[2] = { -1, -1 };
    char *log = batch_path(ws, id, "supervisor.log");
    int rc = supervisor_argv(ws, id, overrides, &argv, err);
    if (rc < 0 || batch_alive(ws, id))
        goto out;
    if (pipe2(ends, O_CLOEXEC) < 0) {
        rc = error_errno(err, errno, "cannot start the supervisor of %s", id);
        goto out;
    }
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0)
        become_supervisor(argv.v, log, ends[1]);
    close(ends[1]);
    if (pid < 0)
        rc = error_errno(err, errno, "cannot start the supervisor of %s", id);
    else
        while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
            ;
    if (rc == 0)
        rc = wait_ready(ends[0], id, log, err);
    close(ends[0]);
out:
    free(log);
    strv_release(&argv);
    return rc;
}
