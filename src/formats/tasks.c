#include "formats/formats.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct tasks_import {
    const struct workspace *ws;
    struct map known; /* instance_id -> uint64_t * hash of the row */
};

/* Equal rows have equal text once their keys are sorted. */
static uint64_t row_hash(const json_t *row)
{
    char *text = json_dumps(row, JSON_COMPACT | JSON_SORT_KEYS);
    uint64_t h = 1469598103934665603u;
    for (const char *p = text ? text : ""; *p; p++)
        h = (h ^ (unsigned char)*p) * 1099511628211u;
    free(text);
    return h;
}

static void remember(struct tasks_import *t, const json_t *row)
{
    uint64_t *h = xmalloc(sizeof(*h));
    *h = row_hash(row);
    map_put(&t->known, json_get_str(row, "instance_id", ""), h);
}

static int remember_row(void *payload, json_t *row, struct error *err UNUSED)
{
    remember(payload, row);
    return 0;
}

int tasks_import_new(const struct workspace *ws, struct tasks_import **out, struct error *err)
{
    struct tasks_import *t = xcalloc(1, sizeof(*t));
    t->ws = ws;
    map_init(&t->known, free);
    int rc = tasks_each(ws, remember_row, t, err);
    if (rc < 0) {
        tasks_import_free(t);
        t = NULL;
    }
    *out = t;
    return rc;
}

void tasks_import_free(struct tasks_import *t)
{
    if (t)
        map_release(&t->known);
    free(t);
}

/* One file on its way in. */
struct intake {
    struct tasks_import *t;
    const char *name; /* as people know it */
    FILE *out;
    import_skip_fn on_skip;
    void *payload;
    struct import_count *count;
};

static void skip_row(struct intake *in, size_t place, const char *why)
{
    char *sentence = str_format("%s:%zu: %s", in->name, place, why);
    in->count->skipped++;
    in->on_skip(in->payload, sentence);
    free(sentence);
}

/* True when the row is new; else it is counted or skipped. */
static bool is_new(struct intake *in, size_t place, const struct instance *row)
{
    const uint64_t *h = map_get(&in->t->known, row->instance_id);
    if (!h)
        return true;
    if (*h == row_hash(row->row)) {
        in->count->already++;
        return false;
    }
    struct str why = STR_INIT;
    str_addf(&why, "%s is there already with other content", row->instance_id);
    skip_row(in, place, why.s);
    str_release(&why);
    return false;
}

static int take_row(struct intake *in, size_t place, json_t *doc, struct error *err)
{
    struct instance row;
    struct error why = ERROR_INIT;
    int rc = 0;
    if (instance_from_row(&row, doc, &why) < 0) {
        skip_row(in, place, error_text(&why));
        error_release(&why);
        instance_release(&row);
        return 0;
    }
    if (is_new(in, place, &row)) {
        char *line = json_line_new(doc);
        if (fprintf(in->out, "%s\n", line) < 0)
            rc = error_errno(err, errno, "cannot write the task file");
        free(line);
        remember(in->t, doc);
        in->count->imported++;
    }
    instance_release(&row);
    return rc;
}

static int take_line(void *payload, size_t line, int64_t offset UNUSED, json_t *doc,
                     const struct error *err)
{
    struct intake *in = payload;
    if (!doc) {
        skip_row(in, line, error_text(err));
        return 0;
    }
    return take_row(in, line, doc, NULL);
}

static int take_document(struct intake *in, const char *path, struct error *err)
{
    json_t *doc = NULL, *row;
    size_t i;
    int rc = json_read_file(path, &doc, err);
    if (rc == 0 && json_is_object(doc))
        rc = take_row(in, 1, doc, err);
    json_array_foreach(doc, i, row)
    {
        if (rc == 0)
            rc = take_row(in, i + 1, row, err);
    }
    json_decref(doc);
    return rc;
}

/* An array, or one object spread over lines, is read whole; all else is JSON lines. */
static bool is_one_document(const char *path)
{
    char head[4096];
    FILE *f = fopen(path, "re");
    size_t n = f ? fread(head, 1, sizeof(head) - 1, f) : 0;
    if (f)
        fclose(f);
    head[n] = '\0';
    const char *p = n >= 3 && memcmp(head, "\xef\xbb\xbf", 3) == 0 ? head + 3 : head;
    p += strspn(p, " \t\r\n");
    return *p == '[' || (*p == '{' && p[1 + strspn(p + 1, " \t\r")] == '\n');
}

static char *task_file_new(const struct workspace *ws, const char *path)
{
    const char *base = path_base(path);
    const char *dot = strchr(base, '.');
    size_t n = dot && dot != base ? (size_t)(dot - base) : strlen(base);
    char *stem = xstrndup(base, n);
    char *file = workspace_path(ws, "tasks/%s.jsonl", stem);
    free(stem);
    return file;
}

/* Rows are collected beside the task file, so that a torn import leaves it as it was; the
 * old content goes first. */
static int open_beside(const char *file, const char *part, FILE **out, struct error *err)
{
    struct str old = STR_INIT;
    int rc = path_exists(file) ? file_read(file, &old, err) : 0;
    *out = rc == 0 ? fopen(part, "we") : NULL;
    if (rc == 0 && (!*out || fwrite(old.s, 1, old.len, *out) != old.len))
        rc = error_errno(err, errno, "cannot write %s", part);
    str_release(&old);
    return rc;
}

int tasks_import_file(struct tasks_import *t, const char *path, import_skip_fn on_skip,
                      void *payload, struct import_count *count, struct error *err)
{
    struct intake in = { t, path_base(path), NULL, on_skip, payload, count };
    char *file = task_file_new(t->ws, path);
    char *part = str_format("%s.part", file);
    int64_t before = count->imported;
    int rc = path_is_dir(path) ? error_set(err, E_USAGE, "%s is a folder, not a file of rows", path)
                               : open_beside(file, part, &in.out, err);
    if (rc == 0)
        rc = is_one_document(path) ? take_document(&in, path, err)
                                   : json_each_line(path, take_line, &in, err);
    if (in.out && (fflush(in.out) != 0 || fclose(in.out) != 0) && rc == 0)
        rc = error_errno(err, errno, "cannot write %s", part);
    if (rc == 0 && count->imported > before && rename(part, file) < 0)
        rc = error_errno(err, errno, "cannot rename %s", part);
    remove(part);
    free(part);
    free(file);
    return rc;
}

struct each {
    task_row_fn fn;
    void *payload;
    struct error *err;
    const char *name;
};

static int each_line(void *payload, size_t line, int64_t offset UNUSED, json_t *doc,
                     const struct error *why)
{
    struct each *e = payload;
    if (!doc)
        return error_set(e->err, E_PARSE, "tasks/%s:%zu: %s", e->name, line, error_text(why));
    int rc = e->fn(e->payload, doc, e->err);
    return rc > 0 ? E_CANCELLED : rc;
}

int tasks_each(const struct workspace *ws, task_row_fn fn, void *payload, struct error *err)
{
    struct strv names = STRV_INIT;
    char *dir = workspace_path(ws, "tasks");
    int rc = dir_list(dir, &names, err);
    for (size_t i = 0; rc == 0 && i < names.n; i++) {
        struct each e = { fn, payload, err, names.v[i] };
        char *path = str_format("%s/%s", dir, names.v[i]);
        if (str_ends(path, ".jsonl"))
            rc = json_each_line(path, each_line, &e, err);
        free(path);
    }
    strv_release(&names);
    free(dir);
    return rc;
}

/* Looking for one row: lines that do not hold the id are never parsed. */
static void find_in_file(const char *path, const char *id, json_t **out)
{
    FILE *f = fopen(path, "re");
    char *line = NULL;
    size_t cap = 0;
    ssize_t n;
    while (f && !*out && (n = getline(&line, &cap, f)) > 0) {
        json_t *doc = NULL;
        if (!memmem(line, (size_t)n, id, strlen(id)) || json_parse(line, (size_t)n, &doc, NULL) < 0)
            continue;
        if (strcmp(json_get_str(doc, "instance_id", ""), id) == 0)
            *out = json_incref(doc);
        json_decref(doc);
    }
    free(line);
    if (f)
        fclose(f);
}

int tasks_find(const struct workspace *ws, const char *instance_id, struct instance *in,
               struct error *err)
{
    struct strv names = STRV_INIT;
    char *dir = workspace_path(ws, "tasks");
    json_t *row = NULL;
    int rc = dir_list(dir, &names, err);
    for (size_t i = 0; rc == 0 && i < names.n && !row; i++) {
        char *path = str_format("%s/%s", dir, names.v[i]);
        if (str_ends(path, ".jsonl"))
            find_in_file(path, instance_id, &row);
        free(path);
    }
    if (rc == 0 && !row)
        rc = error_set(err, E_NOTFOUND, "no imported task is called %s", instance_id);
    if (row)
        rc = instance_from_row(in, row, err);
    json_decref(row);
    strv_release(&names);
    free(dir);
    return rc;
}
