#include "formats/search.h"

#include <fts.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <uv.h>

enum { MOST_THREADS = 16 };

struct searching {
    const struct search_spec *spec;
    const struct cancel *stop;
    search_fn fn;
    void *payload;
    struct search_count *count;
    struct strv files, *skipped;
    uv_mutex_t lock; /* all below, and `fn` */
    size_t next;
    int over; /* what ended it */
};

/* ---- which files ---- */

static int by_name(const FTSENT **a, const FTSENT **b)
{
    return strcmp((*a)->fts_name, (*b)->fts_name);
}

static int list_files(struct searching *g, const struct strv *paths, struct error *err)
{
    for (size_t i = 0; i < paths->n; i++)
        if (!path_exists(paths->v[i]))
            return error_set(err, E_NOTFOUND, "%s is not there", paths->v[i]);
    FTS *walk = fts_open(paths->v, FTS_PHYSICAL | FTS_COMFOLLOW | FTS_NOCHDIR, by_name);
    if (!walk)
        return error_set(err, E_IO, "the folders cannot be walked");
    for (FTSENT *e; (e = fts_read(walk)) && !cancel_raised(g->stop);) {
        if (e->fts_info == FTS_D && e->fts_level > 0 && *e->fts_name == '.')
            fts_set(walk, e, FTS_SKIP);
        else if (e->fts_info == FTS_F && (e->fts_level == 0 || *e->fts_name != '.'))
            strv_add(&g->files, e->fts_path);
        else if (e->fts_info == FTS_DNR)
            strv_addf(g->skipped, "%s: %s", e->fts_path, strerror(e->fts_errno));
    }
    fts_close(walk);
    return 0;
}

/* ---- one thread ---- */

struct worker {
    struct searching *g;
    struct searcher *s;
};

static int tell(void *payload, const struct search_hit *hit)
{
    struct searching *g = payload;
    uv_mutex_lock(&g->lock);
    g->count->hits++;
    if (!g->over)
        g->over = g->fn(g->payload, hit);
    int over = g->over;
    uv_mutex_unlock(&g->lock);
    return over;
}

static int look(void *payload, const struct document *doc, struct error *err)
{
    struct worker *w = payload;
    return search_document(w->s, doc, tell, w->g, err);
}

static const char *next_file(struct searching *g)
{
    uv_mutex_lock(&g->lock);
    bool more = g->next < g->files.n && !g->over && !cancel_raised(g->stop);
    const char *path = more ? g->files.v[g->next++] : NULL;
    uv_mutex_unlock(&g->lock);
    return path;
}

static void search_file(struct worker *w, const char *path)
{
    struct error err = ERROR_INIT;
    int64_t size = file_size(path);
    int rc = source_each(path, w->g->stop, look, w, &err);
    uv_mutex_lock(&w->g->lock);
    w->g->count->files++;
    w->g->count->bytes += size > 0 ? size : 0;
    if (rc < 0 && rc != E_CANCELLED && !w->g->over)
        strv_addf(w->g->skipped, "%s: %s", path, error_text(&err));
    uv_mutex_unlock(&w->g->lock);
    error_release(&err);
}

static void work(void *payload)
{
    struct worker *w = payload;
    for (const char *path; (path = next_file(w->g));)
        search_file(w, path);
}

/* ---- all of them ---- */

static int run(struct searching *g, struct error *err)
{
    uv_thread_t threads[MOST_THREADS];
    struct worker workers[MOST_THREADS];
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    size_t want = cores < 1 ? 1 : cores > MOST_THREADS ? MOST_THREADS : (size_t)cores, n = 0;
    bool started[MOST_THREADS] = { false };
    int rc = 0;
    want = want < g->files.n ? want : g->files.n ? g->files.n : 1;
    for (; n < want && rc == 0; n++) {
        workers[n] = (struct worker){ .g = g };
        rc = searcher_new(g->spec, &workers[n].s, err);
    }
    /* The first works on this thread. */
    for (size_t i = 1; rc == 0 && i < n; i++)
        started[i] = uv_thread_create(&threads[i], work, &workers[i]) == 0;
    if (rc == 0)
        work(&workers[0]);
    for (size_t i = 0; i < n; i++) {
        if (started[i])
            uv_thread_join(&threads[i]);
        searcher_free(workers[i].s);
    }
    return rc;
}

int search_files(const struct search_spec *spec, const struct strv *paths,
                 const struct cancel *stop, search_fn fn, void *payload, struct search_count *count,
                 struct strv *skipped, struct error *err)
{
    struct searching g = { .spec = spec,
                           .stop = stop,
                           .fn = fn,
                           .payload = payload,
                           .count = count,
                           .files = STRV_INIT,
                           .skipped = skipped };
    memset(count, 0, sizeof(*count));
    uv_mutex_init(&g.lock);
    int rc = list_files(&g, paths, err);
    if (rc == 0)
        rc = run(&g, err);
    if (rc == 0 && cancel_raised(stop))
        rc = error_set(err, E_CANCELLED, "cancelled");
    else if (rc == 0 && g.over < 0)
        rc = g.over;
    uv_mutex_destroy(&g.lock);
    strv_release(&g.files);
    return rc;
}
