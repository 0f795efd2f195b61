/* store.h: what the files of index/ share: the handle and its statements. Private to index/.
 *
 * Values are bound by a format of one letter each: s text (NULL is ''), i int64_t, f double.
 */
#ifndef BOTTEGA_INDEX_STORE_H
#define BOTTEGA_INDEX_STORE_H

#include "index/index.h"

#include <sqlite3.h>

struct index {
    sqlite3 *db;
    const struct workspace *ws;
    char *path;
    struct map statements; /* SQL -> sqlite3_stmt *, kept while the handle is open */
    int depth;             /* of index_begin */
};

/* The error of the last call on `idx`, as a class and a sentence with its mend. */
int store_error(struct index *idx, struct error *err, const char *what);

/* A statement ready to step, with `fmt` bound from parameter 1 on. Borrowed; it is reset when
 * the same SQL is asked for again, so it must not be used recursively. */
WARN_UNUSED int store_query(struct index *idx, sqlite3_stmt **out, struct error *err,
                            const char *sql, const char *fmt, ...);
/* One step: 1 with a row, 0 at the end (the statement is then reset), or negative. */
WARN_UNUSED int store_step(struct index *idx, sqlite3_stmt *st, struct error *err);
/* Runs to the end. */
WARN_UNUSED int store_run(struct index *idx, struct error *err, const char *sql, const char *fmt,
                          ...);
/* The first column of the first row; `fallback` when there is none. */
WARN_UNUSED int store_int(struct index *idx, int64_t fallback, int64_t *out, struct error *err,
                          const char *sql, const char *fmt, ...);
/* Text of a column, never NULL. */
const char *store_text(sqlite3_stmt *st, int column);

/* Transactions nest; only the outermost counts. store_end commits when rc is 0, else rolls
 * back, and returns rc or what the commit said. */
WARN_UNUSED int store_begin(struct index *idx, struct error *err);
WARN_UNUSED int store_end(struct index *idx, int rc, struct error *err);

/* While set, statements look at `stop` every 20 µs or so; NULL: no more. */
void store_watch(struct index *idx, const struct cancel *stop);

/* Appends the SQL of `q`: " AND (…)" for each word. */
void query_add_where(const struct query *q, struct str *sql);
/* Binds its values from parameter *at on and moves it. */
void query_bind(const struct query *q, sqlite3_stmt *st, int *at);

/* "FROM …" and the condition that every list of the kind has. */
const char *list_from(enum list_kind kind);

/* Where config says that the index is; free() it. */
char *index_path_new(const struct workspace *ws);
/* Brings the schema up to date. */
WARN_UNUSED int store_migrate(struct index *idx, struct error *err);
/* Forgets prepared statements, before the schema goes. */
void store_forget_statements(struct index *idx);

/* What was seen of a file or folder. A time so young that a later change might not show counts
 * as unseen, after git's racy index. `path` is relative to the workspace. */
struct stamp {
    int64_t mtime, size; /* nanoseconds, bytes; 0 when it does not exist */
};
struct stamp stamp_now(const struct index *idx, const char *path);
WARN_UNUSED int stamp_get(struct index *idx, const char *path, struct stamp *out,
                          struct error *err);
WARN_UNUSED int stamp_put(struct index *idx, const char *path, struct stamp s, struct error *err);

/* Adds the task of a row, or keeps the one whose place comes first. `length` -1:
 * from the instance.json of a run, for want of a task file. *instance is 0 when the row names
 * no task. */
WARN_UNUSED int task_add(struct index *idx, const json_t *row, const char *file, int64_t offset,
                         int64_t length, int64_t *instance, struct error *err);
/* The row for an instance without a run. */
WARN_UNUSED int environment_add_new(struct index *idx, int64_t instance, struct error *err);
/* Repeats the task's title and date in its environments. */
WARN_UNUSED int environment_refresh(struct index *idx, int64_t instance, struct error *err);

#endif
