#include "command/command.h"

#include "formats/formats.h"
#include "git/git.h"

#include <pthread.h>
#include <stdio.h>

const struct arg_def mirror_args[] = {
    { "jobs", 'j', ARG_VALUE, "N", "repositories brought at a time (4)" },
    { NULL, 0, ARG_FLAG, NULL, NULL },
};

static int add_repo(void *payload, json_t *row, struct error *err UNUSED)
{
    strv_add_once(payload, json_get_str(row, "repo", ""));
    return 0;
}

/* What the threads share; each takes the next repository under the lock. */
struct fleet {
    const struct invocation *inv;
    const struct strv *repos;
    pthread_mutex_t lock;
    size_t next, done, failed;
};

static void tell(struct fleet *f, const char *repo, int rc, const struct error *err)
{
    pthread_mutex_lock(&f->lock);
    f->done++;
    if (rc < 0) {
        f->failed++;
        fprintf(stderr, "%s\n", error_text(err));
    } else if (!f->inv->quiet) {
        fprintf(stderr, "%zu/%zu %s\n", f->done, f->repos->n, repo);
    }
    pthread_mutex_unlock(&f->lock);
}

static const char *take_next(struct fleet *f)
{
    pthread_mutex_lock(&f->lock);
    const char *repo = f->next < f->repos->n ? f->repos->v[f->next++] : NULL;
    pthread_mutex_unlock(&f->lock);
    return repo;
}

static void *bring(void *payload)
{
    struct fleet *f = payload;
    const char *repo;
    while (!cancel_raised(f->inv->stop) && (repo = take_next(f))) {
        struct error err = ERROR_INIT;
        int rc = mirror_ensure(f->inv->workspace, repo, NULL, f->inv->stop, &err);
        tell(f, repo, rc, &err);
        error_release(&err);
    }
    return NULL;
}

int cmd_mirror(struct invocation *inv, struct error *err)
{
    enum { MOST = 32 };
    pthread_t threads[MOST];
    struct strv all = STRV_INIT;
    struct fleet f = { inv, &inv->args->names, PTHREAD_MUTEX_INITIALIZER, 0, 0, 0 };
    int64_t jobs = 4;
    int rc = args_int(inv->args, "jobs", 1, &jobs, err);
    if (rc == 0 && !f.repos->n) {
        rc = tasks_each(inv->workspace, add_repo, &all, err);
        f.repos = &all;
    }
    size_t n = rc < 0 ? 0 : (size_t)(jobs < MOST ? jobs : MOST);
    for (size_t i = 0; i < n; i++)
        pthread_create(&threads[i], NULL, bring, &f);
    for (size_t i = 0; i < n; i++)
        pthread_join(threads[i], NULL);
    if (rc == 0 && cancel_raised(inv->stop))
        rc = error_set(err, E_CANCELLED, "stopped after %zu of %zu; the same command goes on",
                       f.done, f.repos->n);
    strv_release(&all);
    return rc < 0 ? rc : f.failed ? EXIT_SOME_FAILED : EXIT_ALL_WELL;
}
