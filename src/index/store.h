/* store.h: what the files of index/ share: the handle and its statements. Private to index/.
 *
 * Values are bound by a format of one letter each: s text (NULL is ''), i int64_t, f double.
 */
#ifndef BOTTEGA_INDEX_STORE_H
#define BOTTEGA_INDEX_STORE_H

#include "index/index.h"

#include <sqlite3.h>

/* Row ids, one bit each. */
struct id_set {
    uint64_t *v;
    size_t bits; /* a multiple of 64 */
};

enum { SETS_KEPT = 8 };

struct kept_set {
    char *key; /* the word's SQL and values */
    struct id_set set;
    uint64_t used; /* when, in turns */
};

struct index {
    sqlite3 *db;
    const struct workspace *ws;
    char *path;
    struct map statements; /* SQL -> sqlite3_stmt *, kept while the handle is open */
    int depth;             /* of store_begin */
    struct kept_set sets[SETS_KEPT];
    uint64_t sets_used;
    int64_t sets_version;   /* of the index that the sets are true for */
    struct id_set gathered; /* by the statement that runs */
    const struct id_set *pick_from;
    struct id_vec *picked;
    size_t pick_limit; /* 0: none */
};

/* A query, word by word. */
struct query_bind {
    char *text; /* NULL: the number */
    double x;
};
struct query_word {
    struct str sql; /* over the tables of list_from */
    struct query_bind *binds;
    size_t n_binds;
    bool negated;  /* "not" stands outside `sql` */
    bool is_match; /* of the table `words`; the only value is the phrase */
};
struct query {
    enum list_kind kind;
    struct query_word *words;
    size_t n_words;
    struct strv keys; /* named by its words */
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
/* Only reads follow: all of them see one state of the file, and no lock is taken. */
WARN_UNUSED int store_begin_read(struct index *idx, struct error *err);
WARN_UNUSED int store_end(struct index *idx, int rc, struct error *err);

/* While set, statements look at `stop` every 20 µs or so; NULL: no more. */
void store_watch(struct index *idx, const struct cancel *stop);

/* Appends the SQL of `q`: " AND (…)" for each word. */
void query_add_where(const struct query *q, struct str *sql);
/* Binds its values from parameter *at on and moves it. */
void query_bind(const struct query *q, sqlite3_stmt *st, int *at);
void query_bind_word(const struct query_word *w, sqlite3_stmt *st, int *at);

/* Append the condition of one value to a word. False: the text is no such value. */
WARN_UNUSED bool condition_add_number(struct query_word *w, enum key_type type, const char *column,
                                      const char *text);
void condition_add_text(struct query_word *w, const char *column, const char *text, bool quoted);
void condition_add_free(struct query_word *w, enum list_kind kind, const char *text, bool quoted);

/* A value as the range that it stands for: a date is a span, everything else a point (*after
 * equals *first); an age is the moment so long ago. */
WARN_UNUSED bool value_range(enum key_type type, const char *text, double *first, double *after);
/* "a time span (60, 90s, 2m, 1h)", for errors. */
const char *value_words(enum key_type type);

/* Before the first statement, and after the last. They define for SQL: gather(id), an aggregate
 * that adds to `gathered`, and pick(id), that appends to `picked` what is in `pick_from`
 * (NULL: everything) and is true once it holds `pick_limit` of them. Both spare a return to the
 * caller for each row. */
void sets_init(struct index *idx);
void sets_release(struct index *idx);
/* The latest rows that `q` selects; unless `exact` there may be ids of older runs among them.
 * Inside a transaction. `out` starts empty. */
WARN_UNUSED int sets_of_query(struct index *idx, const struct query *q, bool exact,
                              struct id_set *out, struct error *err);
void id_vec_add(struct id_vec *ids, uint32_t id);
void id_set_release(struct id_set *s);
int64_t id_set_count(const struct id_set *s);
static inline bool id_set_has(const struct id_set *s, uint32_t id)
{
    return id < s->bits && (s->v[id / 64] >> (id % 64) & 1);
}

/* "FROM …" of the kind. */
const char *list_from(enum list_kind kind);
/* Appends "FROM … WHERE …" of the kind and the query. */
void list_add_from(const struct list_spec *spec, struct str *sql);
/* A statement with the values of the query bound; *at is the parameter after them. */
WARN_UNUSED int list_query(struct index *idx, const struct list_spec *spec, const char *sql,
                           int *at, sqlite3_stmt **st, struct error *err);
/* A row of key, key2, n, seconds, last. */
void group_vec_add(struct group_vec *g, sqlite3_stmt *st, bool two);
/* Whether sets can answer the query: latest rows, and something to narrow them. */
bool list_has_sets(const struct list_spec *spec);

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
    int64_t inode;       /* not kept: tells a file from the one that it replaced */
};
struct stamp stamp_now(const struct index *idx, const char *path);
/* One number for a file that is only ever replaced, right even within one tick of the clock;
 * 0 when it does not exist. */
int64_t stamp_mark(struct stamp s);
WARN_UNUSED int stamp_get(struct index *idx, const char *path, struct stamp *out,
                          struct error *err);
WARN_UNUSED int stamp_put(struct index *idx, const char *path, struct stamp s, struct error *err);

/* Who watches a rebuild. */
struct catchup_watch {
    index_progress_fn progress; /* may be NULL */
    void *payload;
    const struct cancel *stop;
};
/* index_catch_up inside the caller's transaction. */
WARN_UNUSED int catchup_whole(struct index *idx, const struct catchup_watch *watch,
                              struct error *err);

/* Adds the task of a row, or keeps the one whose place (file, offset) comes first. A length of
 * -1: from the instance.json of a run, for want of a task file. *instance is 0 when the row
 * names no task. `at->repo` is not looked at. */
WARN_UNUSED int task_add(struct index *idx, const json_t *row, const struct task_place *at,
                         int64_t *instance, struct error *err);
/* The row for an instance without a run. */
WARN_UNUSED int environment_add_new(struct index *idx, int64_t instance, struct error *err);
/* Repeats the task's title and date in its environments. */
WARN_UNUSED int environment_refresh(struct index *idx, int64_t instance, struct error *err);

#endif
