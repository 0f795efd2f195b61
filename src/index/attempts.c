#include "index/attempts.h"

#include "index/attempts_private.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- rows ---- */

static void bind_attempt_numbers(sqlite3_stmt *st, int64_t source, const struct attempt *a)
{
    const int64_t numbers[] = { source,          a->offset,       a->length,
                                a->inner_offset, a->inner_length, a->patch_offset,
                                a->patch_length, a->attempt,      (int64_t)a->steps.n,
                                a->turns,        a->edits,        a->errors,
                                a->files,        a->tokens_in,    a->tokens_out,
                                a->flags };
    for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
        sqlite3_bind_int64(st, (int)i + 1, numbers[i]);
    sqlite3_bind_double(st, 17, a->cost_usd);
}

static int put_steps(struct index *idx, int64_t id, const struct step_vec *steps, struct error *err)
{
    sqlite3_stmt *st;
    int rc = store_query(idx, &st, err, "INSERT INTO step_tables (attempt, steps) VALUES (?, ?)",
                         "i", id);
    if (rc < 0)
        return rc;
    sqlite3_bind_blob(st, 2, steps->n ? (const void *)steps->v : "",
                      (int)(steps->n * sizeof(struct step)), SQLITE_TRANSIENT);
    return store_step(idx, st, err);
}

int attempts_put(struct index *idx, int64_t source, const struct attempt *a, const char *member,
                 struct error *err)
{
    static const char sql[] =
        "INSERT INTO attempts (source, at, length, inner_at, inner_length, patch_at, patch_length, "
        "attempt, steps, turns, edits, errors, files, tokens_in, tokens_out, flags, cost_usd, "
        "instance_id, run, scaffold, model, format, exit_status, trajectory_id, member, "
        "own_outcome, outcome, outcome_source, rule_flags) VALUES (?, ?, ?, ?, ?, ?, "
        "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    const char *outcome = outcome_name(a->outcome);
    const char *const texts[] = {
        a->instance_id,  a->run,         a->scaffold,       a->model,
        a->format->name, a->exit_status, a->trajectory_id,  member ? member : "",
        outcome,         outcome,        a->outcome_source, a->rule_flags
    };
    sqlite3_stmt *st;
    int rc = store_query(idx, &st, err, sql, "");
    if (rc < 0)
        return rc;
    bind_attempt_numbers(st, source, a);
    for (size_t i = 0; i < ARRAY_LEN(texts); i++)
        sqlite3_bind_text(st, 18 + (int)i, texts[i], -1, SQLITE_TRANSIENT);
    rc = store_step(idx, st, err);
    return rc < 0 ? rc : put_steps(idx, sqlite3_last_insert_rowid(idx->db), &a->steps, err);
}

/* ---- one attempt back ---- */

static void read_numbers(sqlite3_stmt *st, struct attempt_row *r)
{
    int64_t *const to[] = { &r->attempt,      &r->offset,       &r->length,       &r->inner_offset,
                            &r->inner_length, &r->patch_offset, &r->patch_length, &r->turns,
                            &r->edits,        &r->errors,       &r->files,        &r->tokens_in,
                            &r->tokens_out };
    for (size_t i = 0; i < ARRAY_LEN(to); i++)
        *to[i] = sqlite3_column_int64(st, (int)i);
    r->cost_usd = sqlite3_column_double(st, (int)ARRAY_LEN(to));
}

static char **row_text_at(struct attempt_row *r, size_t i)
{
    char **const all[] = { &r->path,           &r->member,       &r->instance_id, &r->run,
                           &r->scaffold,       &r->model,        &r->exit_status, &r->outcome,
                           &r->outcome_source, &r->trajectory_id };
    return i < ARRAY_LEN(all) ? all[i] : NULL;
}

static void read_steps(sqlite3_stmt *st, int column, struct step_vec *out)
{
    const void *blob = sqlite3_column_blob(st, column);
    size_t bytes = (size_t)sqlite3_column_bytes(st, column);
    out->n = out->cap = bytes / sizeof(struct step);
    out->v = xmalloc(bytes + 1);
    if (bytes)
        memcpy(out->v, blob, out->n * sizeof(struct step));
}

int attempt_get(struct index *idx, uint32_t id, struct attempt_row *out, struct error *err)
{
    static const char sql[] =
        "SELECT a.attempt, a.at, a.length, a.inner_at, a.inner_length, a.patch_at, a.patch_length, "
        "a.turns, a.edits, a.errors, a.files, a.tokens_in, a.tokens_out, a.cost_usd, s.path, "
        "a.member, a.instance_id, a.run, a.scaffold, a.model, a.exit_status, a.outcome, "
        "a.outcome_source, a.trajectory_id, a.format, p.steps FROM attempts a JOIN sources s "
        "ON s.id = a.source JOIN step_tables p ON p.attempt = a.id WHERE a.id = ?";
    enum { FIRST_TEXT = 14 };
    sqlite3_stmt *st;
    memset(out, 0, sizeof(*out));
    int rc = store_query(idx, &st, err, sql, "i", (int64_t)id);
    if (rc == 0)
        rc = store_step(idx, st, err);
    if (rc <= 0)
        return rc < 0 ? rc : error_set(err, E_NOTFOUND, "there is no trajectory %u", id);
    out->id = id;
    read_numbers(st, out);
    size_t i = 0;
    for (; row_text_at(out, i); i++)
        *row_text_at(out, i) = xstrdup(store_text(st, FIRST_TEXT + (int)i));
    out->format = traj_format_by_name(store_text(st, FIRST_TEXT + (int)i));
    read_steps(st, FIRST_TEXT + (int)i + 1, &out->steps);
    sqlite3_reset(st);
    if (out->format)
        return 0;
    attempt_row_release(out);
    return error_set(err, E_NEWER, "trajectory %u is of a format that this bottega does not know",
                     id);
}

void attempt_row_release(struct attempt_row *r)
{
    for (size_t i = 0; row_text_at(r, i); i++)
        free(*row_text_at(r, i));
    free(r->steps.v);
    memset(r, 0, sizeof(*r));
}

int attempt_find(struct index *idx, const char *name, uint32_t **ids, size_t *n, struct error *err)
{
    const char *slash = strrchr(name, '/');
    char *run = slash ? xstrndup(name, (size_t)(slash - name)) : xstrdup("");
    const char *instance = slash ? slash + 1 : name;
    sqlite3_stmt *st;
    int rc =
        store_query(idx, &st, err,
                    "WITH numbered AS (SELECT id FROM attempts WHERE id = CAST(?1 AS INTEGER) AND "
                    "?1 NOT GLOB '*[^0-9]*' AND ?2 = '') SELECT id FROM attempts WHERE id IN "
                    "numbered OR (NOT EXISTS (SELECT 1 FROM numbered) AND instance_id = ?1 AND "
                    "(?2 = '' OR run = ?2)) ORDER BY run, attempt, id",
                    "ss", instance, run);
    if (rc == 0) {
        while ((rc = store_step(idx, st, err)) > 0) {
            *ids = xrealloc(*ids, (*n + 1) * sizeof(**ids));
            (*ids)[(*n)++] = (uint32_t)sqlite3_column_int64(st, 0);
        }
    }
    free(run);
    if (rc == 0 && !*n)
        rc = error_set(err, E_NOTFOUND, "no trajectory is called %s; `bottega list trajectories`",
                       name);
    return rc;
}

/* ---- its bytes ---- */

static int read_inner(const struct attempt_row *r, struct str *out, struct error *err)
{
    struct str raw = STR_INIT;
    int rc =
        source_read(r->path, r->member, r->offset + r->inner_offset, r->inner_length, &raw, err);
    if (rc == 0)
        json_span_text((struct json_span){ raw.s, raw.len }, out);
    str_release(&raw);
    return rc;
}

int attempt_text_read(const struct attempt_row *r, struct attempt_text *out, struct error *err)
{
    str_init(&out->bytes);
    return r->inner_length
               ? read_inner(r, &out->bytes, err)
               : source_read(r->path, r->member, r->offset, r->length, &out->bytes, err);
}

void attempt_text_release(struct attempt_text *t)
{
    str_release(&t->bytes);
}

int attempt_step_raw(const struct attempt_row *r, size_t step, struct str *out, struct error *err)
{
    if (step >= r->steps.n)
        return error_set(err, E_NOTFOUND, "it has %zu steps", r->steps.n);
    const struct step *s = &r->steps.v[step];
    if (!r->inner_length)
        return source_read(r->path, r->member, r->offset + s->offset, s->length, out, err);
    struct str text = STR_INIT;
    int rc = read_inner(r, &text, err);
    if (rc == 0 && (size_t)s->offset + s->length > text.len)
        rc = error_set(err, E_NOTFOUND, "%s has changed since it was imported", r->path);
    if (rc == 0)
        str_addn(out, text.s + s->offset, s->length);
    str_release(&text);
    return rc;
}

int attempt_patch(const struct attempt_row *r, struct str *out, struct error *err)
{
    struct str raw = STR_INIT;
    if (!r->patch_length)
        return 0;
    int rc =
        source_read(r->path, r->member, r->offset + r->patch_offset, r->patch_length, &raw, err);
    if (rc == 0)
        json_span_text((struct json_span){ raw.s, raw.len }, out);
    str_release(&raw);
    return rc;
}
