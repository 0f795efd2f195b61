#include "formats/private.h"

#include <stdlib.h>
#include <string.h>

int task_files_each(const struct workspace *ws, task_file_fn fn, void *payload, struct error *err)
{
    struct strv names = STRV_INIT;
    char *dir = workspace_path(ws, "tasks");
    int rc = dir_list(dir, &names, err);
    for (size_t i = 0; rc == 0 && i < names.n; i++) {
        char *path = str_format("%s/%s", dir, names.v[i]);
        if (str_ends(path, ".jsonl"))
            rc = fn(payload, path, err);
        free(path);
    }
    strv_release(&names);
    free(dir);
    return rc;
}

int task_row_parse(const char *path, const struct row_text *row, json_t **out, struct error *err)
{
    int rc = json_parse(row->s, row->n, out, err);
    if (rc < 0)
        error_prefix(err, "tasks/%s:%zu", path_base(path), row->line);
    return rc;
}

struct each {
    task_row_fn fn;
    void *payload;
    const char *path;
};

static int each_row(void *payload, const struct row_text *row, struct error *err)
{
    struct each *e = payload;
    json_t *doc = NULL;
    int rc = task_row_parse(e->path, row, &doc, err);
    if (rc == 0)
        rc = e->fn(e->payload, doc, err);
    json_decref(doc);
    return rc;
}

static int each_file(void *payload, const char *path, struct error *err)
{
    struct each *e = payload;
    e->path = path;
    return rows_each(path, NULL, each_row, e, err);
}

int tasks_each(const struct workspace *ws, task_row_fn fn, void *payload, struct error *err)
{
    struct each e = { fn, payload, NULL };
    return task_files_each(ws, each_file, &e, err);
}

struct wanted {
    const char *id;
    size_t len;
    const char *path;
    json_t *row; /* the answer */
};

static int find_row(void *payload, const struct row_text *row, struct error *err)
{
    struct wanted *w = payload;
    const char *id;
    size_t len;
    json_t *doc = NULL;
    if (row_id(row->s, row->n, &id, &len) && (len != w->len || memcmp(id, w->id, len) != 0))
        return 0;
    int rc = task_row_parse(w->path, row, &doc, err);
    if (rc == 0 && strcmp(json_get_str(doc, "instance_id", ""), w->id) == 0)
        w->row = json_incref(doc);
    json_decref(doc);
    return w->row ? 1 : rc;
}

static int find_in_file(void *payload, const char *path, struct error *err)
{
    struct wanted *w = payload;
    w->path = path;
    return rows_each(path, NULL, find_row, w, err);
}

int tasks_find(const struct workspace *ws, const char *instance_id, struct instance *in,
               struct error *err)
{
    struct wanted w = { instance_id, strlen(instance_id), NULL, NULL };
    int rc = task_files_each(ws, find_in_file, &w, err);
    if (rc == 0)
        rc = error_set(err, E_NOTFOUND, "no imported task is called %s", instance_id);
    if (w.row)
        rc = instance_from_row(in, w.row, err);
    json_decref(w.row);
    return rc;
}
