#include "index/attempts.h"
#include "index/store.h"

#include <stdlib.h>
#include <string.h>

/* After so many changes a catch-up lets other writers in. */
enum { CHANGES_PER_COMMIT = 500 };

struct catchup {
    struct index *idx;
    const struct cancel *stop;
    index_progress_fn progress; /* may be NULL */
    void *payload;
    struct error *err;
    struct map stamps; /* path -> struct seen *, as it was when this began */
    struct strv dirty; /* runs that a changed batch worked on */
    int pending;       /* changes since the transaction began; 0: none is open */
    bool whole;        /* one transaction for everything */
    int64_t done;
};

struct seen {
    struct stamp stamp;
    bool met; /* still on the disk */
};

static int load_stamps(struct catchup *c)
{
    sqlite3_stmt *st;
    int rc = store_query(c->idx, &st, c->err, "SELECT path, mtime, size FROM stamps", "");
    if (rc < 0)
        return rc;
    while ((rc = store_step(c->idx, st, c->err)) > 0) {
        struct seen *s = xcalloc(1, sizeof(*s));
        s->stamp.mtime = sqlite3_column_int64(st, 1);
        s->stamp.size = sqlite3_column_int64(st, 2);
        map_put(&c->stamps, store_text(st, 0), s);
    }
    return rc;
}

/* Opens a transaction when the first change needs one. */
static int changing(struct catchup *c)
{
    if (cancel_raised(c->stop))
        return error_set(c->err, E_CANCELLED, "cancelled");
    if (c->whole)
        return 0;
    if (c->pending == CHANGES_PER_COMMIT) {
        c->pending = 0;
        int rc = store_end(c->idx, 0, c->err);
        if (rc < 0)
            return rc;
    }
    int rc = c->pending ? 0 : store_begin(c->idx, c->err);
    if (rc == 0)
        c->pending++;
    return rc;
}

static void tell(struct catchup *c, const char *what)
{
    if (c->progress)
        c->progress(c->payload, what, c->done, 0);
}

/* Names in a folder of the workspace; none when it is missing. */
static void list_names(struct catchup *c, const char *folder, struct strv *names)
{
    char *path = workspace_path(c->idx->ws, "%s", folder);
    if (path_is_dir(path) && dir_list(path, names, NULL) < 0)
        strv_clear(names);
    free(path);
}

static bool changed(struct catchup *c, const char *path, struct stamp *now)
{
    struct seen *s = map_get(&c->stamps, path);
    *now = stamp_now(c->idx, path);
    if (s)
        s->met = true;
    return !s || now->mtime != s->stamp.mtime || now->size != s->stamp.size;
}

/* Paths below `prefix` that were there once and were not met on the disk. */
static void list_gone(struct catchup *c, const char *prefix, struct strv *out)
{
    for (struct map_entry *e = NULL; (e = map_next(&c->stamps, e));)
        if (str_starts(e->key, prefix) && !((struct seen *)e->value)->met)
            strv_add(out, e->key);
}

/* ---- tasks ---- */

static int catch_task_file(struct catchup *c, const char *name)
{
    int rc = changing(c);
    if (rc == 0)
        rc = index_ingest_tasks(c->idx, name, c->err);
    c->done++;
    tell(c, "task files");
    return rc;
}

static int catch_tasks(struct catchup *c)
{
    struct strv names = STRV_INIT, gone = STRV_INIT;
    struct stamp now;
    int rc = 0;
    list_names(c, "tasks", &names);
    for (size_t i = 0; rc == 0 && i < names.n; i++) {
        char *path = str_format("tasks/%s", names.v[i]);
        if (str_ends(path, ".jsonl") && changed(c, path, &now))
            rc = catch_task_file(c, names.v[i]);
        free(path);
    }
    list_gone(c, "tasks/", &gone);
    for (size_t i = 0; rc == 0 && i < gone.n; i++)
        rc = catch_task_file(c, path_base(gone.v[i]));
    strv_release(&names);
    strv_release(&gone);
    return rc;
}

/* ---- reviews ---- */

static int catch_curator(struct catchup *c, const char *path)
{
    struct stamp now;
    if (!str_ends(path, ".jsonl") || !changed(c, path, &now))
        return 0;
    const char *name = path_base(path);
    char *curator = xstrndup(name, strlen(name) - strlen(".jsonl"));
    int rc = changing(c);
    if (rc == 0)
        rc = index_ingest_reviews(c->idx, curator, c->err);
    if (rc == 0)
        rc = stamp_put(c->idx, path, now, c->err);
    free(curator);
    return rc;
}

static int catch_reviews(struct catchup *c)
{
    struct strv names = STRV_INIT, gone = STRV_INIT;
    int rc = 0;
    list_names(c, "reviews", &names);
    for (size_t i = 0; rc == 0 && i < names.n; i++) {
        char *path = str_format("reviews/%s", names.v[i]);
        rc = catch_curator(c, path);
        free(path);
    }
    list_gone(c, "reviews/", &gone);
    for (size_t i = 0; rc == 0 && i < gone.n; i++)
        rc = catch_curator(c, gone.v[i]);
    strv_release(&names);
    strv_release(&gone);
    return rc;
}

/* ---- batches ---- */

static int catch_batch(struct catchup *c, const char *id)
{
    char *path = str_format("batches/%s", id), *states = str_format("batches/%s/state", id);
    struct stamp now, inner;
    sqlite3_stmt *st;
    int rc = 0;
    bool is = changed(c, path, &now);
    if (!changed(c, states, &inner) && !is)
        goto out;
    rc = changing(c);
    if (rc == 0)
        rc = index_ingest_batch(c->idx, id, c->err);
    if (rc == 0)
        rc = stamp_put(c->idx, path, now, c->err);
    if (rc == 0)
        rc = stamp_put(c->idx, states, inner, c->err);
    if (rc == 0)
        rc = store_query(c->idx, &st, c->err, "SELECT run FROM batches WHERE batch = ?", "s", id);
    if (rc == 0 && (rc = store_step(c->idx, st, c->err)) > 0) {
        strv_add_once(&c->dirty, store_text(st, 0));
        sqlite3_reset(st);
        rc = 0;
    }
out:
    free(path);
    free(states);
    return rc;
}

static int catch_batches(struct catchup *c)
{
    struct strv ids = STRV_INIT, gone = STRV_INIT;
    int rc = 0;
    list_names(c, "batches", &ids);
    for (size_t i = 0; rc == 0 && i < ids.n; i++)
        rc = catch_batch(c, ids.v[i]);
    list_gone(c, "batches/", &gone);
    for (size_t i = 0; rc == 0 && i < gone.n; i++)
        if (!str_ends(gone.v[i], "/state"))
            rc = catch_batch(c, path_base(gone.v[i]));
    strv_release(&ids);
    strv_release(&gone);
    return rc;
}

/* ---- runs ---- */

static int catch_env(struct catchup *c, const char *run, const char *folder, const char *id)
{
    char *path = str_format("runs/%s/%s/%s/status.json", run, folder, id);
    int64_t seen, now = stamp_mark(stamp_now(c->idx, path));
    int rc = store_int(c->idx, -1, &seen, c->err,
                       "SELECT stamp FROM environments WHERE run = ? AND instance_id = ?", "ss",
                       run, id);
    if (rc == 0 && (seen != now || now == 0))
        rc = changing(c);
    if (rc == 0 && (seen != now || now == 0)) {
        rc = index_ingest_env(c->idx, run, folder, id, c->err);
        c->done++;
        if (c->done % 64 == 0)
            tell(c, "environments");
    }
    free(path);
    return rc;
}

/* Rows of a repository in a run whose folders are gone. */
static int add_known(struct catchup *c, const char *run, const char *folder, const char *repo,
                     struct strv *ids)
{
    sqlite3_stmt *st;
    int rc = store_query(c->idx, &st, c->err,
                         "SELECT e.instance_id FROM repositories r CROSS JOIN environments e "
                         "ON e.repository = r.id WHERE r.repo = ? AND +e.run = ?",
                         "ss", repo, run);
    if (rc < 0)
        return rc;
    while ((rc = store_step(c->idx, st, c->err)) > 0) {
        const char *id = store_text(st, 0);
        char *path = workspace_path(c->idx->ws, "runs/%s/%s/%s", run, folder, id);
        if (!path_is_dir(path))
            strv_add(ids, id);
        free(path);
    }
    return rc;
}

/* "a__b__c" is the folder of a/b__c, or of a__b/c. */
static int add_gone(struct catchup *c, const char *run, const char *folder, struct strv *ids)
{
    int rc = 0;
    for (const char *p = folder; rc == 0 && (p = strstr(p, "__")); p++) {
        char *repo = str_format("%.*s/%s", (int)(p - folder), folder, p + 2);
        rc = add_known(c, run, folder, repo, ids);
        free(repo);
    }
    return rc;
}

static int catch_folder(struct catchup *c, const char *run, const char *folder)
{
    struct strv ids = STRV_INIT;
    char *path = str_format("runs/%s/%s", run, folder);
    bool known = map_has(&c->stamps, path);
    struct stamp now;
    int rc = 0;
    bool is = changed(c, path, &now);
    if (!is && !strv_has(&c->dirty, run))
        goto out;
    list_names(c, path, &ids);
    if (is && known)
        rc = add_gone(c, run, folder, &ids);
    for (size_t i = 0; rc == 0 && i < ids.n; i++)
        if (path_is_safe(ids.v[i]))
            rc = catch_env(c, run, folder, ids.v[i]);
    if (rc == 0 && is)
        rc = changing(c);
    if (rc == 0 && is)
        rc = stamp_put(c->idx, path, now, c->err);
out:
    free(path);
    strv_release(&ids);
    return rc;
}

static int catch_run(struct catchup *c, const char *run)
{
    struct strv folders = STRV_INIT;
    char *path = str_format("runs/%s", run);
    int rc = 0;
    list_names(c, path, &folders);
    for (size_t i = 0; rc == 0 && i < folders.n; i++)
        if (path_is_safe(folders.v[i]))
            rc = catch_folder(c, run, folders.v[i]);
    free(path);
    strv_release(&folders);
    return rc;
}

/* Environments that had not ended when they were read last. */
static int catch_unended(struct catchup *c)
{
    struct strv runs = STRV_INIT, repos = STRV_INIT, ids = STRV_INIT;
    sqlite3_stmt *st;
    int rc = store_query(c->idx, &st, c->err,
                         "SELECT run, repo, instance_id FROM environments "
                         "WHERE ended = 0 AND run_id > 0",
                         "");
    if (rc == 0) {
        while ((rc = store_step(c->idx, st, c->err)) > 0) {
            strv_add(&runs, store_text(st, 0));
            strv_add(&repos, store_text(st, 1));
            strv_add(&ids, store_text(st, 2));
        }
    }
    for (size_t i = 0; rc == 0 && i < ids.n; i++) {
        char *folder = repo_folder_new(repos.v[i]);
        rc = catch_env(c, runs.v[i], folder, ids.v[i]);
        free(folder);
    }
    strv_release(&runs);
    strv_release(&repos);
    strv_release(&ids);
    return rc;
}

static int catch_runs(struct catchup *c)
{
    struct strv runs = STRV_INIT, gone = STRV_INIT;
    int rc = 0;
    list_names(c, "runs", &runs);
    for (size_t i = 0; rc == 0 && i < runs.n; i++)
        if (path_is_safe(runs.v[i]))
            rc = catch_run(c, runs.v[i]);
    list_gone(c, "runs/", &gone);
    for (size_t i = 0; rc == 0 && i < gone.n; i++) {
        const char *folder = path_base(gone.v[i]);
        char *run = xstrndup(gone.v[i] + 5, (size_t)(folder - gone.v[i]) - 6);
        rc = catch_folder(c, run, folder);
        free(run);
    }
    strv_release(&runs);
    strv_release(&gone);
    return rc < 0 ? rc : catch_unended(c);
}

static int catch_all(struct catchup *c)
{
    map_init(&c->stamps, free);
    strv_init(&c->dirty);
    int rc = load_stamps(c);
    if (rc == 0)
        rc = catch_tasks(c);
    if (rc == 0)
        rc = catch_reviews(c);
    if (rc == 0)
        rc = catch_batches(c);
    if (rc == 0)
        rc = catch_runs(c);
    if (rc == 0)
        rc = attempts_catch_up(c->idx, c->stop, c->whole, c->err);
    map_release(&c->stamps);
    strv_release(&c->dirty);
    return rc;
}

int index_catch_up(struct index *idx, const struct cancel *stop, struct error *err)
{
    struct catchup c = { .idx = idx, .stop = stop, .err = err };
    store_watch(idx, stop);
    int rc = catch_all(&c);
    store_watch(idx, NULL);
    if (c.pending) {
        /* What was read before a cancel or an error is true and stays, unless the cancel came in
         * the middle of a statement, which takes its transaction back. */
        int ended = store_end(idx, 0, rc < 0 ? NULL : err);
        rc = rc < 0 ? rc : ended;
    }
    return rc;
}

int catchup_whole(struct index *idx, const struct catchup_watch *watch, struct error *err)
{
    struct catchup c = { .idx = idx, .err = err, .whole = true };
    c.stop = watch->stop;
    c.progress = watch->progress;
    c.payload = watch->payload;
    return catch_all(&c);
}
