#include "index/store.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Applied in order; user_version counts how many an index has had. */
static const char *const migrations[] = { "schema/001-index.sql",      "schema/002-failures.sql",
                                          "schema/003-unverified.sql", "schema/004-signatures.sql",
                                          "schema/005-reviews.sql",    "schema/006-sorts.sql",
                                          "schema/007-signals.sql",    "schema/008-attempts.sql",
                                          "schema/009-rules.sql",      "schema/010-steps.sql" };

enum { LOCK_WAIT_MS = 5000, READER_WAIT_MS = 500 }; /* a reader is kept out by no usual writer */

static const struct {
    int code, class;
    const char *text;
} sqlite_errors[] = {
    { SQLITE_BUSY, E_IO, "another process holds it locked; try again" },
    { SQLITE_LOCKED, E_IO, "another process holds it locked; try again" },
    { SQLITE_INTERRUPT, E_CANCELLED, "cancelled" },
    { SQLITE_FULL, E_DISK, "no space left" },
    { SQLITE_READONLY, E_IO, "it cannot be written" },
    { SQLITE_IOERR, E_IO, "its disk is full or fails" },
    { SQLITE_CANTOPEN, E_IO,
      "it cannot be made or opened there; -c index.path=FILE puts it elsewhere" },
    { SQLITE_CORRUPT, E_MISSING, "it is damaged; `bottega reindex` makes it again" },
    { SQLITE_NOTADB, E_MISSING, "it is damaged; `bottega reindex` makes it again" },
};

int store_error(struct index *idx, struct error *err, const char *what)
{
    int code = sqlite3_errcode(idx->db);
    for (size_t i = 0; i < ARRAY_LEN(sqlite_errors); i++)
        if (sqlite_errors[i].code == code)
            return error_set(err, sqlite_errors[i].class, "index %s: %s", idx->path,
                             sqlite_errors[i].text);
    return error_set(err, E_FAIL, "index %s: %s (%s)", idx->path, sqlite3_errmsg(idx->db), what);
}

static void bind_values(sqlite3_stmt *st, const char *fmt, va_list ap)
{
    for (int i = 1; *fmt; fmt++, i++) {
        const char *s;
        switch (*fmt) {
        case 's':
            s = va_arg(ap, const char *);
            sqlite3_bind_text(st, i, s ? s : "", -1, SQLITE_TRANSIENT);
            break;
        case 'i':
            sqlite3_bind_int64(st, i, va_arg(ap, int64_t));
            break;
        default:
            sqlite3_bind_double(st, i, va_arg(ap, double));
        }
    }
}

static int prepare(struct index *idx, const char *sql, sqlite3_stmt **out, struct error *err)
{
    *out = map_get(&idx->statements, sql);
    if (*out) {
        sqlite3_reset(*out);
        return 0;
    }
    if (sqlite3_prepare_v3(idx->db, sql, -1, SQLITE_PREPARE_PERSISTENT, out, NULL) != SQLITE_OK)
        return store_error(idx, err, sql);
    map_put(&idx->statements, sql, *out);
    return 0;
}

static int query_va(struct index *idx, sqlite3_stmt **out, struct error *err, const char *sql,
                    const char *fmt, va_list ap)
{
    int rc = prepare(idx, sql, out, err);
    if (rc == 0)
        bind_values(*out, fmt, ap);
    return rc;
}

int store_query(struct index *idx, sqlite3_stmt **out, struct error *err, const char *sql,
                const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    int rc = query_va(idx, out, err, sql, fmt, ap);
    va_end(ap);
    return rc;
}

int store_step(struct index *idx, sqlite3_stmt *st, struct error *err)
{
    int code = sqlite3_step(st);
    if (code == SQLITE_ROW)
        return 1;
    int rc = code == SQLITE_DONE ? 0 : store_error(idx, err, sqlite3_sql(st));
    sqlite3_reset(st);
    return rc;
}

int store_run(struct index *idx, struct error *err, const char *sql, const char *fmt, ...)
{
    sqlite3_stmt *st;
    va_list ap;
    va_start(ap, fmt);
    int rc = query_va(idx, &st, err, sql, fmt, ap);
    va_end(ap);
    if (rc == 0)
        while ((rc = store_step(idx, st, err)) > 0)
            ;
    return rc;
}

int store_int(struct index *idx, int64_t fallback, int64_t *out, struct error *err, const char *sql,
              const char *fmt, ...)
{
    sqlite3_stmt *st;
    va_list ap;
    *out = fallback;
    va_start(ap, fmt);
    int rc = query_va(idx, &st, err, sql, fmt, ap);
    va_end(ap);
    if (rc == 0)
        rc = store_step(idx, st, err);
    if (rc > 0) {
        *out = sqlite3_column_int64(st, 0);
        sqlite3_reset(st);
    }
    return rc < 0 ? rc : 0;
}

const char *store_text(sqlite3_stmt *st, int column)
{
    const char *s = (const char *)sqlite3_column_text(st, column);
    return s ? s : "";
}

static int begin(struct index *idx, const char *sql, struct error *err)
{
    int rc = idx->depth ? 0 : store_run(idx, err, sql, "");
    if (rc == 0)
        idx->depth++;
    return rc;
}

int store_begin(struct index *idx, struct error *err)
{
    return begin(idx, "BEGIN IMMEDIATE", err);
}

int store_begin_read(struct index *idx, struct error *err)
{
    return begin(idx, "BEGIN", err);
}

int store_end(struct index *idx, int rc, struct error *err)
{
    if (--idx->depth)
        return rc;
    if (rc >= 0) {
        int ended = store_run(idx, err, "COMMIT", "");
        if (ended == 0)
            return rc;
        rc = ended;
    }
    /* Some errors have rolled back by themselves. */
    if (!sqlite3_get_autocommit(idx->db))
        sqlite3_exec(idx->db, "ROLLBACK", NULL, NULL, NULL);
    return rc;
}

static int look_at_stop(void *payload)
{
    return cancel_raised(payload);
}

void store_watch(struct index *idx, const struct cancel *stop)
{
    sqlite3_progress_handler(idx->db, 1000, stop ? look_at_stop : NULL, (void *)stop);
}

static int apply(struct index *idx, size_t n, struct error *err)
{
    struct str path = STR_INIT, sql = STR_INIT;
    int rc = data_path(migrations[n], &path, err);
    if (rc == 0)
        rc = file_read(path.s, &sql, err);
    if (rc == 0) {
        str_addf(&sql, "PRAGMA user_version = %zu;", n + 1);
        if (sqlite3_exec(idx->db, sql.s, NULL, NULL, NULL) != SQLITE_OK)
            rc = store_error(idx, err, path.s);
    }
    str_release(&path);
    str_release(&sql);
    return rc;
}

static int check_version(struct index *idx, int64_t *version, struct error *err)
{
    int rc = store_int(idx, 0, version, err, "PRAGMA user_version", "");
    if (rc == 0 && *version > (int64_t)ARRAY_LEN(migrations))
        rc = error_set(err, E_NEWER,
                       "index %s has version %lld, made by a newer bottega; use that one, or "
                       "remove the file and run `bottega reindex`",
                       idx->path, (long long)*version);
    return rc;
}

int store_migrate(struct index *idx, struct error *err)
{
    int64_t version;
    int rc = store_begin(idx, err);
    if (rc < 0)
        return rc;
    rc = check_version(idx, &version, err);
    for (size_t n = (size_t)version; rc == 0 && n < ARRAY_LEN(migrations); n++)
        rc = apply(idx, n, err);
    return store_end(idx, rc, err);
}

/* Asked before the first statement, so that a reader never waits for a writer. */
static int set_up(struct index *idx, enum index_mode mode, struct error *err)
{
    static const char pragmas[] = "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;";
    int64_t version;
    sqlite3_busy_timeout(idx->db, mode == INDEX_WRITE ? LOCK_WAIT_MS : READER_WAIT_MS);
    int rc = check_version(idx, &version, err);
    if (rc < 0)
        return rc;
    if (mode == INDEX_WRITE) {
        if (sqlite3_exec(idx->db, pragmas, NULL, NULL, NULL) != SQLITE_OK)
            return store_error(idx, err, "journal_mode");
        return version < (int64_t)ARRAY_LEN(migrations) ? store_migrate(idx, err) : 0;
    }
    /* The system keeps the pages; a second copy of many saves little and is held by each reader. */
    if (sqlite3_exec(idx->db, "PRAGMA cache_size = -512", NULL, NULL, NULL) != SQLITE_OK)
        return store_error(idx, err, "cache_size");
    if (version < (int64_t)ARRAY_LEN(migrations))
        return error_set(err, E_MISSING, "index %s is empty or old; run `bottega reindex`",
                         idx->path);
    return 0;
}

char *index_path_new(const struct workspace *ws)
{
    const char *path = config_text(&ws->config, "index.path");
    return *path == '/' ? xstrdup(path) : workspace_path(ws, "%s", path);
}

static void free_statement(void *st)
{
    sqlite3_finalize(st);
}

void store_forget_statements(struct index *idx)
{
    map_release(&idx->statements);
    map_init(&idx->statements, free_statement);
}

static int open_at(struct index *idx, const char *name, int flags, enum index_mode mode,
                   struct error *err)
{
    sqlite3_close(idx->db);
    if (sqlite3_open_v2(name, &idx->db, flags | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
        return store_error(idx, err, "open");
    return set_up(idx, mode, err);
}

/* A file system that cannot be written, or is full, has no room for the lock file; nobody else
 * writes there either, so the file is read as it stands. */
static int open_unlocked(struct index *idx, struct error *err)
{
    struct str uri = STR_INIT;
    str_add(&uri, "file:");
    for (const char *p = idx->path; *p; p++) {
        if (strchr("?#%", *p))
            str_addf(&uri, "%%%02X", (unsigned char)*p);
        else
            str_addc(&uri, *p);
    }
    str_add(&uri, "?immutable=1");
    store_forget_statements(idx);
    int rc = open_at(idx, uri.s, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, INDEX_READ, err);
    str_release(&uri);
    return rc;
}

static int open_to_read(struct index *idx, struct error *err)
{
    if (!path_exists(idx->path))
        return error_set(err, E_MISSING, "there is no index %s yet; `bottega reindex` makes it",
                         idx->path);
    int rc = open_at(idx, idx->path, SQLITE_OPEN_READONLY, INDEX_READ, err);
    bool is_held = sqlite3_errcode(idx->db) == SQLITE_BUSY;
    return rc == E_IO && !is_held ? open_unlocked(idx, err) : rc;
}

int index_open(const struct workspace *ws, enum index_mode mode, struct index **out,
               struct error *err)
{
    struct index *idx = xcalloc(1, sizeof(*idx));
    idx->ws = ws;
    idx->path = index_path_new(ws);
    map_init(&idx->statements, free_statement);
    int rc = mode == INDEX_READ
                 ? open_to_read(idx, err)
                 : open_at(idx, idx->path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, mode, err);
    if (rc == 0)
        sets_init(idx);
    if (rc < 0) {
        index_close(idx);
        idx = NULL;
    }
    *out = idx;
    return rc;
}

int index_open_current(const struct workspace *ws, const struct cancel *stop, struct index **out,
                       struct error *err)
{
    int rc = index_open(ws, INDEX_WRITE, out, err);
    if (rc == E_IO && index_open(ws, INDEX_READ, out, NULL) == 0) {
        error_clear(err);
        return 0;
    }
    if (rc < 0)
        return rc;
    rc = index_catch_up(*out, stop, err);
    if (rc == E_IO || rc == E_DISK) {
        error_clear(err); /* a writer at work, or a full disk: the rows as they stand */
        rc = 0;
    }
    if (rc < 0) {
        index_close(*out);
        *out = NULL;
    }
    return rc;
}

void index_close(struct index *idx)
{
    if (!idx)
        return;
    map_release(&idx->statements);
    sets_release(idx);
    sqlite3_close(idx->db);
    free(idx->path);
    free(idx);
}

const struct workspace *index_workspace(const struct index *idx)
{
    return idx->ws;
}

int64_t index_version(struct index *idx)
{
    int64_t version;
    return store_int(idx, 0, &version, NULL, "PRAGMA data_version", "") < 0 ? 0 : version;
}
