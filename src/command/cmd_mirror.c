#include "command/command.h"

#include "formats/formats.h"
#include "git/git.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct arg_def mirror_args[] = {
    { "jobs", 'j', ARG_VALUE, "N", "repositories brought at a time (4)" },
    { NULL, 0, ARG_FLAG, NULL, NULL },
};

/* A repository and the commits that the tasks want of it. */
struct wish {
    char *repo;
    struct strv commits;
};

static void wish_free(void *p)
{
    struct wish *w = p;
    free(w->repo);
    strv_release(&w->commits);
    free(w);
}

static struct wish *wish_of(struct map *wishes, const char *repo)
{
    struct wish *w = map_get(wishes, repo);
    if (w)
        return w;
    w = xcalloc(1, sizeof(*w));
    w->repo = xstrdup(repo);
    strv_init(&w->commits);
    map_put(wishes, repo, w);
    return w;
}

static int add_task(void *payload, json_t *row, struct error *err UNUSED)
{
    struct wish *w = wish_of(payload, json_get_str(row, "repo", ""));
    strv_add(&w->commits, json_get_str(row, "base_commit", ""));
    if (*json_get_str(row, "end_commit", ""))
        strv_add(&w->commits, json_get_str(row, "end_commit", ""));
    return 0;
}

static int read_wishes(const struct invocation *inv, struct map *wishes, struct error *err)
{
    const struct strv *names = &inv->args->names;
    if (!names->n)
        return tasks_each(inv->workspace, add_task, wishes, err);
    for (size_t i = 0; i < names->n; i++)
        wish_of(wishes, names->v[i]);
    return 0;
}

/* What the threads share; each takes the next repository under the lock. */
struct fleet {
    const struct invocation *inv;
    const struct map *wishes;
    pthread_mutex_t lock;
    struct map_entry *last;
    size_t begun, done, failed;
};

static const struct wish *take_next(struct fleet *f)
{
    const struct wish *w = NULL;
    pthread_mutex_lock(&f->lock);
    if (f->begun < f->wishes->live) {
        f->last = map_next(f->wishes, f->last);
        f->begun++;
        w = f->last->value;
    }
    pthread_mutex_unlock(&f->lock);
    return w;
}

static void print_row(const char *repo, int rc, size_t lacking, const struct error *err)
{
    json_t *row = json_object();
    json_put_text(row, "repo", repo);
    json_put_bool(row, "ok", rc == 0);
    json_put_int(row, "commits_lacking", (int64_t)lacking);
    json_put_text(row, "error", rc < 0 ? error_text(err) : NULL);
    char *line = json_line_new(row);
    puts(line);
    free(line);
    json_decref(row);
}

static void tell(struct fleet *f, const struct wish *w, int rc, size_t lacking,
                 const struct error *err)
{
    pthread_mutex_lock(&f->lock);
    f->done += rc == 0;
    f->failed += rc < 0 && rc != E_CANCELLED;
    if (rc < 0 && rc != E_CANCELLED) {
        struct str shown = STR_INIT;
        text_add_shown(&shown, error_text(err), strlen(error_text(err)));
        fprintf(stderr, "%s\n", shown.s);
        str_release(&shown);
    } else if (rc == 0 && !f->inv->quiet) {
        fprintf(stderr, "%zu/%zu %s\n", f->done + f->failed, f->wishes->live, w->repo);
    }
    if (f->inv->json && rc != E_CANCELLED)
        print_row(w->repo, rc, lacking, err);
    pthread_mutex_unlock(&f->lock);
}

/* One fetch brings most of what is lacking, so the rest is only looked at. */
static int bring_one(struct fleet *f, const struct wish *w, size_t *lacking, struct error *err)
{
    const struct workspace *ws = f->inv->workspace;
    int rc = mirror_ensure(ws, w->repo, NULL, f->inv->stop, err);
    int worst = rc;
    for (size_t i = 0; rc >= 0 && i < w->commits.n && !cancel_raised(f->inv->stop); i++) {
        int one = mirror_ensure(ws, w->repo, w->commits.v[i], f->inv->stop, err);
        if (one == 0)
            continue;
        worst = one;
        ++*lacking;
        if (one != E_NOTFOUND)
            break;
    }
    return worst;
}

static void *bring(void *payload)
{
    struct fleet *f = payload;
    const struct wish *w;
    while (!cancel_raised(f->inv->stop) && (w = take_next(f))) {
        struct error err = ERROR_INIT;
        size_t lacking = 0;
        int rc = bring_one(f, w, &lacking, &err);
        if (lacking > 1)
            error_prefix(&err, "%s: %zu of %zu commits are lacking, the last", w->repo, lacking,
                         w->commits.n);
        tell(f, w, rc, lacking, &err);
        error_release(&err);
    }
    return NULL;
}

static void run_fleet(struct fleet *f, size_t jobs)
{
    enum { MOST = 32 };
    pthread_t threads[MOST];
    size_t n = 0;
    while (n < jobs && n < MOST && pthread_create(&threads[n], NULL, bring, f) == 0)
        n++;
    if (!n)
        bring(f);
    while (n)
        pthread_join(threads[--n], NULL);
}

int cmd_mirror(struct invocation *inv, struct error *err)
{
    struct map wishes;
    struct fleet f = { inv, &wishes, PTHREAD_MUTEX_INITIALIZER, NULL, 0, 0, 0 };
    int64_t jobs = 4;
    map_init(&wishes, wish_free);
    int rc = args_int(inv->args, "jobs", 1, &jobs, err);
    if (rc == 0)
        rc = read_wishes(inv, &wishes, err);
    if (rc == 0)
        run_fleet(&f, (size_t)jobs);
    if (rc == 0 && cancel_raised(inv->stop))
        rc = error_set(err, E_CANCELLED, "stopped after %zu of %zu; the same command goes on",
                       f.done, wishes.live);
    map_release(&wishes);
    return rc < 0 ? rc : f.failed ? EXIT_SOME_FAILED : EXIT_ALL_WELL;
}
