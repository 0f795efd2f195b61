#include "index/store.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* After so many changes a catch-up lets other writers in. */
enum { CHANGES_PER_COMMIT = 500 };

struct catch
{
    struct index *idx;
    const struct cancel *stop;
    index_progress_fn progress; /* may be NULL */
    void *payload;
    struct error *err;
    struct strv dirty; /* runs that a changed batch worked on */
    int pending;       /* changes since the transaction began; 0: none is open */
    bool whole;        /* one transaction for everything */
    int64_t done;
};

/* Opens a transaction when the first change needs one. */
static int changing(struct catch *c)
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

static void tell(struct catch *c, const char *what)
{
    if (c->progress)
        c->progress(c->payload, what, c->done, 0);
}

/* Names in a folder of the workspace; none when it is missing. */
static void list_names(struct catch *c, const char *folder, struct strv *names)
{
    char *path = workspace_path(c->idx->ws, "%s", folder);
    if (path_is_dir(path) && dir_list(path, names, NULL) < 0)
        strv_clear(names);
    free(path);
}

static int changed(struct catch *c, const char *path, struct stamp *now, bool *is)
{
    struct stamp old;
    *now = stamp_now(c->idx, path);
    int rc = stamp_get(c->idx, path, &old, c->err);
    *is = now->mtime != old.mtime || now->size != old.size;
    return rc;
}

/* Stamped paths below `prefix` that are gone from the disk, to be looked at once more. */
static int list_gone(struct catch *c, const char *prefix, struct strv *out)
{
    sqlite3_stmt *st;
    int rc =
        store_query(c->idx, &st, c->err,
                    "SELECT path FROM stamps WHERE substr(path, 1, length(?1)) = ?1", "s", prefix);
    if (rc == 0) {
        while ((rc = store_step(c->idx, st, c->err)) > 0)
            if (!stamp_now(c->idx, store_text(st, 0)).mtime)
                strv_add(out, store_text(st, 0));
    }
    return rc;
}

/* ---- tasks ---- */

static int catch_tasks(struct catch *c)
{
    struct strv paths = STRV_INIT, names = STRV_INIT;
    list_names(c, "tasks", &names);
    for (size_t i = 0; i < names.n; i++)
        if (str_ends(names.v[i], ".jsonl"))
            strv_addf(&paths, "tasks/%s", names.v[i]);
    int rc = list_gone(c, "tasks/", &paths);
    for (size_t i = 0; rc == 0 && i < paths.n; i++) {
        struct stamp now;
        bool is;
        rc = changed(c, paths.v[i], &now, &is);
        if (rc < 0 || !is)
            continue;
        rc = changing(c);
        if (rc == 0)
            rc = index_ingest_tasks(c->idx, path_base(paths.v[i]), c->err);
        c->done++;
        tell(c, "task files");
    }
    strv_release(&paths);
    strv_release(&names);
    return rc;
}

/* ---- batches ---- */

static int catch_batch(struct catch *c, const char *id)
{
    char *path = str_format("batches/%s", id), *states = str_format("batches/%s/state", id);
    struct stamp now = { 0, 0, 0 }, inner = { 0, 0, 0 };
    bool is = false, inner_is = false;
    sqlite3_stmt *st;
    int rc = changed(c, path, &now, &is);
    if (rc == 0)
        rc = changed(c, states, &inner, &inner_is);
    if (rc < 0 || !(is || inner_is))
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

static int catch_batches(struct catch *c)
{
    struct strv ids = STRV_INIT, gone = STRV_INIT;
    list_names(c, "batches", &ids);
    int rc = list_gone(c, "batches/", &gone);
    for (size_t i = 0; i < gone.n; i++)
        if (!str_ends(gone.v[i], "/state"))
            strv_add_once(&ids, path_base(gone.v[i]));
    for (size_t i = 0; rc == 0 && i < ids.n; i++)
        rc = catch_batch(c, ids.v[i]);
    strv_release(&ids);
    strv_release(&gone);
    return rc;
}

/* ---- runs ---- */

static int catch_env(struct catch *c, const char *run, const char *folder, const char *id)
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

/* Rows of a folder whose own folders are gone. */
static int add_known(struct catch *c, const char *run, const char *folder, struct strv *ids)
{
    sqlite3_stmt *st;
    int rc = store_query(c->idx, &st, c->err,
                         "SELECT instance_id FROM environments WHERE run = ? AND repository IN "
                         "(SELECT id FROM repositories WHERE replace(repo, '/', '__') = ?)",
                         "ss", run, folder);
    if (rc == 0) {
        while ((rc = store_step(c->idx, st, c->err)) > 0) {
            char *path =
                workspace_path(c->idx->ws, "runs/%s/%s/%s", run, folder, store_text(st, 0));
            if (!path_is_dir(path))
                strv_add(ids, store_text(st, 0));
            free(path);
        }
    }
    return rc;
}

static int catch_folder(struct catch *c, const char *run, const char *folder)
{
    struct strv ids = STRV_INIT;
    char *path = str_format("runs/%s/%s", run, folder);
    struct stamp now;
    bool is;
    int rc = changed(c, path, &now, &is);
    if (rc < 0 || !(is || strv_has(&c->dirty, run)))
        goto out;
    list_names(c, path, &ids);
    if (is)
        rc = add_known(c, run, folder, &ids);
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

static int catch_run(struct catch *c, const char *run)
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
static int catch_unended(struct catch *c)
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

static int catch_runs(struct catch *c)
{
    struct strv runs = STRV_INIT, gone = STRV_INIT;
    list_names(c, "runs", &runs);
    int rc = list_gone(c, "runs/", &gone);
    for (size_t i = 0; rc == 0 && i < runs.n; i++)
        if (path_is_safe(runs.v[i]))
            rc = catch_run(c, runs.v[i]);
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

static int catch_all(struct catch *c)
{
    int rc = catch_tasks(c);
    if (rc == 0)
        rc = catch_batches(c);
    if (rc == 0)
        rc = catch_runs(c);
    return rc;
}

int index_catch_up(struct index *idx, const struct cancel *stop, struct error *err)
{
    struct catch c = { .idx = idx, .stop = stop, .err = err, .dirty = STRV_INIT };
    int rc = catch_all(&c);
    if (c.pending) {
        /* What was read before a cancel or an error is true and stays. */
        int ended = store_end(idx, 0, rc < 0 ? NULL : err);
        rc = rc < 0 ? rc : ended;
    }
    strv_release(&c.dirty);
    return rc;
}

/* ---- reindex ---- */

static int drop_all(struct index *idx, struct error *err)
{
    struct strv names = STRV_INIT;
    sqlite3_stmt *st;
    int rc = store_query(idx, &st, err,
                         "SELECT name FROM sqlite_master WHERE type = 'table' "
                         "AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'words\\__%' ESCAPE '\\' "
                         "ORDER BY name = 'words' DESC, name = 'environments' DESC, "
                         "name = 'rounds' DESC, name = 'instances' DESC",
                         "");
    if (rc == 0)
        while ((rc = store_step(idx, st, err)) > 0)
            strv_add(&names, store_text(st, 0));
    store_forget_statements(idx);
    for (size_t i = 0; rc == 0 && i < names.n; i++) {
        char *sql = str_format("DROP TABLE \"%s\"", names.v[i]);
        if (sqlite3_exec(idx->db, sql, NULL, NULL, NULL) != SQLITE_OK)
            rc = store_error(idx, err, sql);
        free(sql);
    }
    strv_release(&names);
    return rc < 0 ? rc : store_run(idx, err, "PRAGMA user_version = 0", "");
}

static int refill(struct catch *c)
{
    int rc = store_begin(c->idx, c->err);
    if (rc < 0)
        return rc;
    rc = store_run(c->idx, c->err, "PRAGMA cache_size = -131072", ""); /* KiB */
    if (rc == 0)
        rc = drop_all(c->idx, c->err);
    if (rc == 0)
        rc = store_migrate(c->idx, c->err);
    if (rc == 0)
        rc = catch_all(c);
    return store_end(c->idx, rc, c->err);
}

static void remove_files(const char *path)
{
    static const char *const suffixes[] = { "", "-wal", "-shm" };
    for (size_t i = 0; i < ARRAY_LEN(suffixes); i++) {
        char *name = str_format("%s%s", path, suffixes[i]);
        unlink(name);
        free(name);
    }
}

/* A damaged file holds nothing that the workspace does not. */
static int open_or_replace(const struct workspace *ws, struct index **out, struct error *err)
{
    int rc = index_open(ws, INDEX_WRITE, out, err);
    if (rc != E_MISSING)
        return rc;
    char *path = index_path_new(ws);
    remove_files(path);
    free(path);
    error_clear(err);
    return index_open(ws, INDEX_WRITE, out, err);
}

int index_reindex(const struct workspace *ws, index_progress_fn progress, void *payload,
                  const struct cancel *stop, struct error *err)
{
    struct catch c = { .stop = stop,
                       .progress = progress,
                       .payload = payload,
                       .err = err,
                       .dirty = STRV_INIT,
                       .whole = true };
    int rc = open_or_replace(ws, &c.idx, err);
    if (rc < 0)
        return rc;
    rc = refill(&c);
    if (rc == E_MISSING) { /* damaged in a page that opening does not read */
        char *path = xstrdup(c.idx->path);
        index_close(c.idx);
        remove_files(path);
        free(path);
        rc = index_open(ws, INDEX_WRITE, &c.idx, err);
        if (rc == 0)
            rc = refill(&c);
    }
    if (rc == 0)
        sqlite3_wal_checkpoint_v2(c.idx->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    index_close(c.idx);
    strv_release(&c.dirty);
    return rc;
}
