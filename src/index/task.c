#include "index/store.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TITLE_BYTES = 300 };

/* The first line of a statement that says something. */
static void add_title(struct str *out, const char *statement)
{
    statement += strspn(statement, " \t\r\n#");
    size_t n = strcspn(statement, "\r\n");
    if (n > TITLE_BYTES) {
        n = TITLE_BYTES;
        while (n && ((unsigned char)statement[n] & 0xc0) == 0x80)
            n--;
    }
    text_add_utf8(out, statement, n);
    str_rtrim(out);
}

static int upsert(struct index *idx, const json_t *row, const struct task_place *at, int64_t *id,
                  struct error *err)
{
    static const char sql[] =
        "INSERT INTO instances (instance_id, repo, created_at, pull_number, title, task_file, "
        "task_offset, task_length) VALUES (?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (instance_id) DO UPDATE SET repo = excluded.repo, "
        "created_at = excluded.created_at, pull_number = excluded.pull_number, "
        "title = excluded.title, task_file = excluded.task_file, "
        "task_offset = excluded.task_offset, task_length = excluded.task_length "
        "WHERE task_length < 0 OR (excluded.task_length >= 0 AND "
        "(excluded.task_file, excluded.task_offset) <= (task_file, task_offset)) RETURNING id";
    struct str title = STR_INIT;
    int64_t created = 0;
    if (!clock_parse(json_get_str(row, "created_at", ""), &created))
        created = 0;
    add_title(&title, json_get_str(row, "problem_statement", ""));
    int rc = store_int(idx, 0, id, err, sql, "ssiissii", json_get_str(row, "instance_id", ""),
                       json_get_str(row, "repo", ""), created, json_get_int(row, "pull_number", 0),
                       title.s, at->file, at->offset, at->length);
    str_release(&title);
    return rc;
}

/* Both become names of folders. */
static bool is_safe(const char *id, const char *repo)
{
    const char *slash = strchr(repo, '/');
    char *owner = xstrndup(repo, slash ? (size_t)(slash - repo) : 0);
    bool ok = path_is_safe(id) && slash && path_is_safe(owner) && path_is_safe(slash + 1);
    free(owner);
    return ok;
}

int task_add(struct index *idx, const json_t *row, const struct task_place *at, int64_t *instance,
             struct error *err)
{
    const char *id = json_get_str(row, "instance_id", ""), *repo = json_get_str(row, "repo", "");
    int64_t old = 0, now = 0;
    *instance = 0;
    if (!is_safe(id, repo))
        return 0;
    int rc =
        store_int(idx, 0, &old, err, "SELECT id FROM instances WHERE instance_id = ?", "s", id);
    if (rc == 0)
        rc =
            store_run(idx, err, "INSERT INTO repositories (repo) VALUES (?) ON CONFLICT DO NOTHING",
                      "s", repo);
    if (rc == 0)
        rc = upsert(idx, row, at, &now, err);
    *instance = now ? now : old;
    if (rc < 0 || !now)
        return rc;
    return old ? environment_refresh(idx, now, err) : environment_add_new(idx, now, err);
}

/* Rows that are not one JSON object, or name no instance, were told about by import; they make
 * no row here. */
static int add_line(struct index *idx, const char *line, size_t n, const char *file, int64_t offset,
                    struct error *err)
{
    struct task_place at = { .file = (char *)file, .offset = offset, .length = (int64_t)n };
    json_t *row = NULL;
    int64_t instance;
    if (json_parse(line, n, &row, NULL) < 0)
        return 0;
    int rc = task_add(idx, row, &at, &instance, err);
    json_decref(row);
    return rc;
}

static int read_rows(struct index *idx, const char *path, const char *file, int64_t offset,
                     struct error *err)
{
    FILE *f = fopen(path, "re");
    if (!f)
        return error_errno(err, errno, "cannot read %s", path);
    char *line = NULL;
    size_t cap = 0;
    ssize_t n;
    int rc = fseeko(f, offset, SEEK_SET) < 0 ? error_errno(err, errno, "cannot read %s", path) : 0;
    while (rc == 0 && (n = getline(&line, &cap, f)) > 0) {
        size_t bom = offset == 0 && n >= 3 && memcmp(line, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
        rc = add_line(idx, line + bom, (size_t)n - bom, file, offset + (int64_t)bom, err);
        offset += n;
    }
    if (rc == 0 && ferror(f))
        rc = error_errno(err, errno, "cannot read %s", path);
    free(line);
    fclose(f);
    return rc;
}

/* Instances that their file no longer holds stay only while a run has them. */
static int drop_unseen(struct index *idx, const char *file, struct error *err)
{
    static const char *const steps[] = {
        "DELETE FROM environments WHERE run_id = 0 AND instance IN "
        "(SELECT id FROM instances WHERE task_file = ? AND task_length < 0)",
        "DELETE FROM instances WHERE task_file = ? AND task_length < 0 "
        "AND id NOT IN (SELECT instance FROM environments)",
    };
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < ARRAY_LEN(steps); i++)
        rc = store_run(idx, err, steps[i], "s", file);
    return rc;
}

static int ingest(struct index *idx, const char *file, struct stamp now, struct stamp old,
                  struct error *err)
{
    char *path = workspace_path(idx->ws, "%s", file);
    bool grown = old.size && now.size > old.size;
    int rc = 0;
    if (!grown && old.mtime)
        rc = store_run(idx, err, "UPDATE instances SET task_length = -1 WHERE task_file = ?", "s",
                       file);
    if (rc == 0 && now.mtime)
        rc = read_rows(idx, path, file, grown ? old.size : 0, err);
    if (rc == 0 && !grown && old.mtime)
        rc = drop_unseen(idx, file, err);
    if (rc == 0)
        rc = stamp_put(idx, file, now, err);
    free(path);
    return rc;
}

int index_ingest_tasks(struct index *idx, const char *name, struct error *err)
{
    char *file = str_format("tasks/%s", name);
    struct stamp now = stamp_now(idx, file), old;
    int rc = stamp_get(idx, file, &old, err);
    if (rc == 0 && (now.mtime != old.mtime || now.size != old.size)) {
        rc = store_begin(idx, err);
        if (rc == 0)
            rc = store_end(idx, ingest(idx, file, now, old, err), err);
    }
    free(file);
    return rc;
}

void task_place_release(struct task_place *p)
{
    free(p->file);
    free(p->repo);
    memset(p, 0, sizeof(*p));
}

int index_find_task(struct index *idx, const char *instance_id, struct task_place *out,
                    struct error *err)
{
    sqlite3_stmt *st;
    memset(out, 0, sizeof(*out));
    int rc = store_query(idx, &st, err,
                         "SELECT task_file, repo, task_offset, max(task_length, 0) FROM instances "
                         "WHERE instance_id = ?",
                         "s", instance_id);
    if (rc == 0)
        rc = store_step(idx, st, err);
    if (rc == 0)
        return error_set(err, E_NOTFOUND, "no instance is called %s", instance_id);
    if (rc < 0)
        return rc;
    *out = (struct task_place){
        .file = xstrdup(store_text(st, 0)),
        .repo = xstrdup(store_text(st, 1)),
        .offset = sqlite3_column_int64(st, 2),
        .length = sqlite3_column_int64(st, 3),
    };
    sqlite3_reset(st);
    return 0;
}
