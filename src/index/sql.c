#include "index/sql.h"

#include "index/store.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { VALUE_MOST = 16 << 20, STATEMENT_MOST = 64 << 10, COLUMNS_MOST = 200, DEPTH_MOST = 100 };

/* Lowered while it runs. */
static const struct {
    int limit, value;
} limits[] = {
    { SQLITE_LIMIT_LENGTH, VALUE_MOST },   { SQLITE_LIMIT_SQL_LENGTH, STATEMENT_MOST },
    { SQLITE_LIMIT_COLUMN, COLUMNS_MOST }, { SQLITE_LIMIT_EXPR_DEPTH, DEPTH_MOST },
    { SQLITE_LIMIT_ATTACHED, 0 },
};
enum { LIMITS = ARRAY_LEN(limits) };

/* Of functions those that reach outside, and our own, which only lists may call. */
static int authorize(void *payload UNUSED, int action, const char *a, const char *b,
                     const char *db UNUSED, const char *trigger UNUSED)
{
    static const char *const denied[] = { "load_extension", "readfile", "writefile", "edit",
                                          "fts3_tokenizer", "pick",     "gather" };
    switch (action) {
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_RECURSIVE:
        return SQLITE_OK;
    case SQLITE_PRAGMA: /* full-text search asks for it itself */
        return strcmp(a, "data_version") == 0 ? SQLITE_OK : SQLITE_DENY;
    case SQLITE_FUNCTION:
        for (size_t i = 0; i < ARRAY_LEN(denied); i++)
            if (strcmp(denied[i], b) == 0)
                return SQLITE_DENY;
        return SQLITE_OK;
    default:
        return SQLITE_DENY;
    }
}

static void fence(struct index *idx, int before[LIMITS])
{
    sqlite3_set_authorizer(idx->db, authorize, NULL);
    for (size_t i = 0; i < LIMITS; i++)
        before[i] = sqlite3_limit(idx->db, limits[i].limit, limits[i].value);
}

static void unfence(struct index *idx, const int before[LIMITS])
{
    sqlite3_set_authorizer(idx->db, NULL, NULL);
    for (size_t i = 0; i < LIMITS; i++)
        sqlite3_limit(idx->db, limits[i].limit, before[i]);
}

static int refuse(struct index *idx, struct error *err)
{
    int code = sqlite3_errcode(idx->db) & 0xff;
    if (code == SQLITE_AUTH)
        return error_set(err, E_USAGE, "sql: only a SELECT over the index is run");
    if (code == SQLITE_ERROR || code == SQLITE_TOOBIG)
        return error_set(err, E_USAGE, "sql: %s", sqlite3_errmsg(idx->db));
    return store_error(idx, err, "sql");
}

/* What may follow the statement. */
static bool is_end(const char *rest)
{
    while (isspace((unsigned char)*rest) || *rest == ';')
        rest++;
    return !*rest;
}

static int prepare(struct index *idx, const char *text, sqlite3_stmt **out, struct error *err)
{
    const char *rest = "";
    if (strlen(text) >= STATEMENT_MOST)
        return error_set(err, E_USAGE, "sql: the statement is too long");
    if (sqlite3_prepare_v3(idx->db, text, -1, 0, out, &rest) != SQLITE_OK)
        return refuse(idx, err);
    if (!*out)
        return error_set(err, E_USAGE,
                         "sql wants a SELECT: sql SELECT state, count(*) FROM "
                         "environments GROUP BY 1");
    if (!is_end(rest))
        return error_set(err, E_USAGE, "sql: one statement at a time; this follows: %.40s", rest);
    if (!sqlite3_stmt_readonly(*out) || !sqlite3_column_count(*out))
        return error_set(err, E_USAGE, "sql: only a SELECT over the index is run");
    if (sqlite3_bind_parameter_count(*out))
        return error_set(err, E_USAGE, "sql: ? and :name have no values here; write them out");
    return 0;
}

static void read_value(sqlite3_stmt *st, int column, struct sql_value *v)
{
    memset(v, 0, sizeof(*v));
    switch (sqlite3_column_type(st, column)) {
    case SQLITE_INTEGER:
        v->type = SQL_INT;
        v->n = sqlite3_column_int64(st, column);
        break;
    case SQLITE_FLOAT:
        v->type = SQL_REAL;
        v->x = sqlite3_column_double(st, column);
        break;
    case SQLITE_TEXT:
        v->type = SQL_TEXT;
        v->text = store_text(st, column);
        v->len = (size_t)sqlite3_column_bytes(st, column);
        break;
    case SQLITE_BLOB:
        v->type = SQL_BLOB;
        v->n = sqlite3_column_bytes(st, column);
        break;
    default:
        break;
    }
}

static int give(struct index *idx, sqlite3_stmt *st, sql_row_fn fn, void *payload,
                struct error *err)
{
    int n = sqlite3_column_count(st), code = SQLITE_DONE;
    const char **names = xcalloc((size_t)n, sizeof(*names));
    struct sql_value *values = xcalloc((size_t)n, sizeof(*values));
    for (int i = 0; i < n; i++)
        names[i] = sqlite3_column_name(st, i);
    int rc = fn(payload, names, NULL, (size_t)n);
    while (rc == 0 && (code = sqlite3_step(st)) == SQLITE_ROW) {
        for (int i = 0; i < n; i++)
            read_value(st, i, &values[i]);
        rc = fn(payload, names, values, (size_t)n);
    }
    if (rc == 0 && code != SQLITE_DONE)
        rc = refuse(idx, err);
    free(names);
    free(values);
    return rc;
}

int sql_each(struct index *idx, const char *text, const struct cancel *stop, sql_row_fn fn,
             void *payload, struct error *err)
{
    sqlite3_stmt *st = NULL;
    int before[LIMITS];
    int64_t none;
    /* Full-text search is set up by statements that the fence would not let through. */
    int rc = store_int(idx, 0, &none, err, "SELECT rowid FROM words LIMIT 0", "");
    if (rc < 0)
        return rc;
    fence(idx, before);
    store_watch(idx, stop);
    rc = prepare(idx, text, &st, err);
    if (rc == 0)
        rc = give(idx, st, fn, payload, err);
    sqlite3_finalize(st);
    store_watch(idx, NULL);
    unfence(idx, before);
    return rc;
}

void sql_value_add_text(struct str *out, const struct sql_value *v)
{
    switch (v->type) {
    case SQL_NULL:
        str_add(out, "–");
        break;
    case SQL_INT:
        str_addf(out, "%lld", (long long)v->n);
        break;
    case SQL_REAL:
        str_addf(out, "%.10g", v->x);
        break;
    case SQL_TEXT:
        text_add_shown(out, v->text, v->len);
        break;
    case SQL_BLOB:
        str_addf(out, "(%lld bytes)", (long long)v->n);
        break;
    }
}

json_t *sql_value_to_json(const struct sql_value *v)
{
    struct str clean = STR_INIT;
    json_t *doc;
    switch (v->type) {
    case SQL_INT:
        return json_integer(v->n);
    case SQL_REAL:
        doc = json_real(v->x);
        return doc ? doc : json_null(); /* infinity */
    case SQL_TEXT:
        text_add_utf8(&clean, v->text, v->len);
        doc = json_stringn(clean.s, clean.len);
        str_release(&clean);
        return doc;
    default:
        return json_null();
    }
}
