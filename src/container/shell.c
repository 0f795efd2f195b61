#include "container/private.h"

#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* The engine's client has the terminal: Ctrl-C is the shell's. */
static int run_client(const struct strv *argv, const struct strv *env, struct error *err)
{
    struct strv all = STRV_INIT;
    struct sigaction ignore = { .sa_handler = SIG_IGN }, before;
    pid_t pid;
    int status = 0;
    for (char **e = environ; *e; e++)
        strv_add(&all, *e);
    strv_add_list(&all, env);
    int failed = posix_spawnp(&pid, argv->v[0], NULL, NULL, argv->v, all.v);
    strv_release(&all);
    if (failed)
        return error_set(err, E_MISSING, "%s: %s", argv->v[0], strerror(failed));
    sigaction(SIGINT, &ignore, &before);
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        continue;
    sigaction(SIGINT, &before, NULL);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int container_shell(const struct engine *e, const struct run_spec *spec, int *status,
                    struct error *err)
{
    struct strv argv = STRV_INIT, proxies = STRV_INIT;
    char *name = container_name_new();
    if (spec->network)
        site_proxies(&proxies);
    strv_add(&argv, e->command);
    run_argv(e, spec, name, &proxies, &argv);
    const char *const rm[] = { "rm", "--force", "--volumes", name, NULL };
    int rc = run_client(&argv, &e->env, err);
    (void)!engine_ask(e, rm, NULL, NULL);
    if (rc == 125) /* the engine's own status; its words stand on stderr */
        rc = error_set(err, E_ENGINE, "%s run did not start a container", path_base(e->command));
    *status = rc > 0 ? rc : 0;
    strv_release(&argv);
    strv_release(&proxies);
    free(name);
    return rc < 0 ? rc : 0;
}
