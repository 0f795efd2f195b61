#include "index/store.h"

#include <stdlib.h>
#include <unistd.h>

/* Indexes go one by one before their table: a drop cannot be stopped in its middle. */
static int drop_all(struct index *idx, const struct cancel *stop, struct error *err)
{
    struct strv names = STRV_INIT;
    sqlite3_stmt *st;
    int rc = store_query(idx, &st, err,
                         "SELECT type || ' \"' || name || '\"' FROM sqlite_master "
                         "WHERE type IN ('index', 'table') AND name NOT LIKE 'sqlite_%' "
                         "AND tbl_name NOT LIKE 'words\\__%' ESCAPE '\\' "
                         "ORDER BY type = 'index' DESC, name = 'words' DESC, "
                         "name = 'environments' DESC, name = 'rounds' DESC, "
                         "name = 'instances' DESC",
                         "");
    if (rc == 0)
        while ((rc = store_step(idx, st, err)) > 0)
            strv_add(&names, store_text(st, 0));
    store_forget_statements(idx);
    for (size_t i = 0; rc == 0 && i < names.n; i++) {
        char *sql = str_format("DROP %s", names.v[i]);
        if (cancel_raised(stop))
            rc = error_set(err, E_CANCELLED, "cancelled");
        else if (sqlite3_exec(idx->db, sql, NULL, NULL, NULL) != SQLITE_OK)
            rc = store_error(idx, err, sql);
        free(sql);
    }
    strv_release(&names);
    return rc < 0 ? rc : store_run(idx, err, "PRAGMA user_version = 0", "");
}

static int refill(struct index *idx, const struct catchup_watch *watch, struct error *err)
{
    static const char pragmas[] = "PRAGMA cache_size = -131072; PRAGMA temp_store = MEMORY;";
    if (sqlite3_exec(idx->db, pragmas, NULL, NULL, NULL) != SQLITE_OK)
        return store_error(idx, err, "cache_size");
    int rc = store_begin(idx, err);
    if (rc < 0)
        return rc;
    store_watch(idx, watch->stop);
    rc = drop_all(idx, watch->stop, err);
    if (rc == 0)
        rc = store_migrate(idx, err);
    if (rc == 0)
        rc = catchup_whole(idx, watch, err);
    store_watch(idx, NULL);
    return store_end(idx, rc, err);
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
static int replace(const struct workspace *ws, struct index **out, struct error *err)
{
    char *path = index_path_new(ws);
    remove_files(path);
    free(path);
    error_clear(err);
    return index_open(ws, INDEX_WRITE, out, err);
}

static int open_or_replace(const struct workspace *ws, struct index **out, struct error *err)
{
    int rc = index_open(ws, INDEX_WRITE, out, err);
    return rc == E_MISSING ? replace(ws, out, err) : rc;
}

int index_reindex(const struct workspace *ws, index_progress_fn progress, void *payload,
                  const struct cancel *stop, struct error *err)
{
    struct catchup_watch watch = { progress, payload, stop };
    struct index *idx;
    int rc = open_or_replace(ws, &idx, err);
    if (rc < 0)
        return rc;
    rc = refill(idx, &watch, err);
    if (rc == E_MISSING) { /* damaged in a page that opening does not read */
        index_close(idx);
        rc = replace(ws, &idx, err);
        if (rc == 0)
            rc = refill(idx, &watch, err);
    }
    if (rc == 0)
        sqlite3_wal_checkpoint_v2(idx->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    index_close(idx);
    return rc;
}
