#include "dispatch/dispatch.h"
#include "dispatch/files.h"
#include "dispatch/stage.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* The number at the end of "synthesize-7"; 0 when it has none. */
static long number_of(const char *id)
{
    const char *dash = strrchr(id, '-');
    char *end;
    if (!dash || !isdigit((unsigned char)dash[1]))
        return 0;
    long n = strtol(dash + 1, &end, 10);
    return *end ? 0 : n;
}

static int by_number(const void *a, const void *b)
{
    const char *x = *(char *const *)a, *y = *(char *const *)b;
    long m = number_of(x), n = number_of(y);
    return m != n ? (m > n) - (m < n) : strcmp(x, y);
}

/* ---- making one ---- */

struct placed {
    const char *id;
    size_t repo_len; /* of the part before the pull request's number */
    size_t place;
};

static int by_repository(const void *a, const void *b)
{
    const struct placed *x = a, *y = b;
    size_t n = x->repo_len < y->repo_len ? x->repo_len : y->repo_len;
    int c = memcmp(x->id, y->id, n);
    if (c == 0)
        c = (x->repo_len > y->repo_len) - (x->repo_len < y->repo_len);
    return c ? c : (x->place > y->place) - (x->place < y->place);
}

/* One repository's items become neighbours in time: its mirror and its layers are warm. */
static struct placed *place_new(const struct strv *ids)
{
    struct placed *v = xcalloc(ids->n, sizeof(*v));
    for (size_t i = 0; i < ids->n; i++) {
        const char *dash = strrchr(ids->v[i], '-');
        v[i] = (struct placed){ ids->v[i], dash ? (size_t)(dash - ids->v[i]) : 0, i };
    }
    qsort(v, ids->n, sizeof(*v), by_repository);
    return v;
}

static int check_ids(const struct strv *ids, struct error *err)
{
    struct map seen;
    int rc = ids->n ? 0 : error_set(err, E_USAGE, "a batch needs at least one instance");
    map_init(&seen, NULL);
    for (size_t i = 0; rc == 0 && i < ids->n; i++) {
        if (!path_is_safe(ids->v[i]))
            rc = error_set(err, E_USAGE,
                           "%s cannot be an instance's id: it must be one name "
                           "of a file, at most 200 bytes",
                           ids->v[i]);
        else if (map_has(&seen, ids->v[i]))
            rc = error_set(err, E_USAGE, "%s is named twice", ids->v[i]);
        else
            map_put(&seen, ids->v[i], ids->v[i]);
    }
    map_release(&seen);
    return rc;
}

static void add_line(struct str *text, json_t *doc)
{
    char *line = json_line_new(doc);
    str_addf(text, "%s\n", line);
    free(line);
    json_decref(doc);
}

static json_t *head_json(const struct batch_spec *spec, const char *id)
{
    struct str now = STR_INIT;
    clock_format(clock_utc(), &now);
    json_t *head = json_object();
    json_put_int(head, "format", 1);
    json_put_text(head, "id", id);
    json_put_text(head, "stage", spec->stage);
    json_put_text(head, "run", spec->run);
    json_put_text(head, "agent", spec->agent);
    json_put_int(head, "jobs", spec->jobs);
    json_put_text(head, "created", now.s);
    json_put_int(head, "total", (int64_t)spec->ids->n);
    json_object_set_new(head, "options",
                        spec->options ? json_incref(spec->options) : json_object());
    str_release(&now);
    return head;
}

static int write_manifest(const struct workspace *ws, const struct batch_spec *spec, const char *id,
                          struct error *err)
{
    struct str text = STR_INIT;
    struct placed *items = place_new(spec->ids);
    add_line(&text, head_json(spec, id));
    for (size_t i = 0; i < spec->ids->n; i++) {
        json_t *row = json_object();
        json_put_int(row, "n", (int64_t)i + 1);
        json_put_text(row, "instance_id", items[i].id);
        add_line(&text, row);
    }
    char *path = batch_path(ws, id, "manifest.jsonl");
    int rc = file_write(path, text.s, text.len, err);
    free(path);
    free(items);
    str_release(&text);
    return rc;
}

/* mkdir is what makes the number ours. */
static int claim_folder(const struct workspace *ws, const char *stage, struct str *id,
                        struct error *err)
{
    struct strv all = STRV_INIT;
    struct str name = STR_INIT;
    int rc = batch_list(ws, &all, err);
    long k = rc == 0 && all.n ? number_of(all.v[all.n - 1]) : 0;
    while (rc == 0) {
        str_setf(&name, "%s-%ld", stage, ++k);
        char *path = workspace_path(ws, "batches/%s", name.s);
        int failed = mkdir(path, 0777);
        if (failed && errno != EEXIST)
            rc = error_errno(err, errno, "cannot make the folder %s", path);
        free(path);
        if (!failed)
            break;
    }
    str_add(id, name.s);
    str_release(&name);
    strv_release(&all);
    return rc;
}

int batch_create(const struct workspace *ws, const struct batch_spec *spec, struct str *id,
                 struct error *err)
{
    static const char *const folders[] = { "state", "log" };
    if (!stage_find(spec->stage))
        return error_set(err, E_USAGE, "no stage is called %s", spec->stage);
    char *all = workspace_path(ws, "batches");
    int rc = check_ids(spec->ids, err);
    if (rc == 0)
        rc = dir_make(all, err);
    if (rc == 0)
        rc = claim_folder(ws, spec->stage, id, err);
    for (size_t i = 0; rc == 0 && i < ARRAY_LEN(folders); i++) {
        char *path = batch_path(ws, id->s, folders[i]);
        rc = dir_make(path, err);
        free(path);
    }
    if (rc == 0)
        rc = write_manifest(ws, spec, id->s, err);
    free(all);
    return rc;
}

/* ---- reading one ---- */

struct reading {
    struct batch *batch;
    struct error *err;
    bool head_only;
};

enum { STOP_READING = -1000 };

static int take_head(struct batch *b, const json_t *doc, struct error *err)
{
    if (json_get_int(doc, "format", 0) > 1)
        return error_set(err, E_NEWER, "made by a newer bottega (format %lld)",
                         (long long)json_get_int(doc, "format", 0));
    if (!json_get_str(doc, "stage", NULL))
        return error_set(err, E_PARSE, "line 1: no stage");
    b->stage = xstrdup(json_get_str(doc, "stage", ""));
    b->run = xstrdup(json_get_str(doc, "run", ""));
    b->agent = xstrdup(json_get_str(doc, "agent", ""));
    b->created = xstrdup(json_get_str(doc, "created", ""));
    b->jobs = json_get_int(doc, "jobs", 1);
    b->options = json_deep_copy(json_object_get(doc, "options"));
    if (!json_is_object(b->options)) {
        json_decref(b->options);
        b->options = json_object();
    }
    return 0;
}

static int take_line(void *payload, size_t line, int64_t offset UNUSED, json_t *doc,
                     const struct error *why)
{
    struct reading *r = payload;
    if (!doc)
        return error_set(r->err, E_PARSE, "line %zu: %s", line, error_text(why));
    if (!r->batch->stage) {
        int rc = take_head(r->batch, doc, r->err);
        return rc < 0 ? rc : r->head_only ? STOP_READING : 0;
    }
    const char *id = json_get_str(doc, "instance_id", NULL);
    if (!id || !path_is_safe(id) || json_get_int(doc, "n", 0) != (int64_t)r->batch->ids.n + 1)
        return error_set(r->err, E_PARSE, "line %zu: wanted item %zu with its instance_id", line,
                         r->batch->ids.n + 1);
    strv_add(&r->batch->ids, id);
    return 0;
}

static int read_manifest(const struct workspace *ws, const char *id, bool head_only,
                         struct batch *out, struct error *err)
{
    struct reading r = { out, err, head_only };
    memset(out, 0, sizeof(*out));
    strv_init(&out->ids);
    out->id = xstrdup(id);
    char *path = batch_path(ws, id, "manifest.jsonl");
    int rc = json_each_line(path, take_line, &r, err);
    if (rc == STOP_READING)
        rc = 0;
    else if (rc < 0 && !path_exists(path))
        rc = error_set(err, E_NOTFOUND, "no batch is called %s (bottega batch list)", id);
    else if (rc < 0)
        error_prefix(err, "%s", path);
    else if (!out->stage)
        rc = error_set(err, E_PARSE, "%s: empty", path);
    free(path);
    return rc;
}

int batch_open(const struct workspace *ws, const char *id, struct batch *out, struct error *err)
{
    return read_manifest(ws, id, false, out, err);
}

int batch_open_head(const struct workspace *ws, const char *id, struct batch *out,
                    struct error *err)
{
    return read_manifest(ws, id, true, out, err);
}

void batch_release(struct batch *b)
{
    free(b->id);
    free(b->stage);
    free(b->run);
    free(b->agent);
    free(b->created);
    json_decref(b->options);
    strv_release(&b->ids);
    memset(b, 0, sizeof(*b));
}

/* ---- finding one ---- */

char *batch_path(const struct workspace *ws, const char *id, const char *name)
{
    return workspace_path(ws, "batches/%s/%s", id, name);
}

int batch_list(const struct workspace *ws, struct strv *ids, struct error *err)
{
    struct strv names = STRV_INIT;
    char *dir = workspace_path(ws, "batches");
    int rc = path_is_dir(dir) ? dir_list(dir, &names, err) : 0;
    for (size_t i = 0; rc == 0 && i < names.n; i++) {
        char *path = batch_path(ws, names.v[i], "manifest.jsonl");
        if (path_exists(path)) /* without one, its maker died before it was a batch */
            strv_add(ids, names.v[i]);
        free(path);
    }
    if (rc == 0)
        qsort(ids->v, ids->n, sizeof(*ids->v), by_number);
    free(dir);
    strv_release(&names);
    return rc;
}

int batch_resolve(const struct workspace *ws, const char *name, struct str *id, struct error *err)
{
    struct strv all = STRV_INIT;
    const char *found = NULL;
    int rc = batch_list(ws, &all, err);
    for (size_t i = 0; i < all.n; i++) {
        const char *dash = strrchr(all.v[i], '-');
        if (!name || strcmp(all.v[i], name) == 0 || (dash && strcmp(dash + 1, name) == 0))
            found = all.v[i];
    }
    if (rc == 0 && found)
        str_add(id, found);
    else if (rc == 0)
        rc = error_set(err, E_NOTFOUND,
                       name ? "no batch is called %s (bottega batch list)"
                            : "there is no batch yet%s",
                       name ? name : "");
    strv_release(&all);
    return rc;
}

static bool is_open(const struct workspace *ws, const char *id, const char *stage, const char *run)
{
    struct batch b;
    json_t *doc = NULL;
    char *path = batch_path(ws, id, "supervisor.json");
    bool open = batch_open_head(ws, id, &b, NULL) == 0 && strcmp(b.stage, stage) == 0 &&
                strcmp(b.run, run) == 0;
    if (open && json_read_file(path, &doc, NULL) == 0) {
        const char *state = json_get_str(doc, "state", "");
        open = strcmp(state, "done") != 0 && strcmp(state, "superseded") != 0;
    }
    json_decref(doc);
    free(path);
    batch_release(&b);
    return open;
}

int batch_find_open(const struct workspace *ws, const char *stage, const char *run,
                    struct strv *ids, struct error *err)
{
    struct strv all = STRV_INIT;
    int rc = batch_list(ws, &all, err);
    for (size_t i = 0; rc == 0 && i < all.n; i++)
        if (is_open(ws, all.v[i], stage, run))
            strv_add(ids, all.v[i]);
    strv_release(&all);
    return rc;
}
