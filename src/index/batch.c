#include "index/store.h"

#include <stdlib.h>
#include <string.h>

struct tally {
    int64_t queued, running, done, failed, total;
};

static json_t *read_or_null(const char *path)
{
    json_t *doc = NULL;
    return path_exists(path) && json_read_file(path, &doc, NULL) == 0 ? doc : NULL;
}

static void count_state(const json_t *doc, struct tally *t)
{
    const char *state = json_get_str(doc, "state", "queued");
    const char *ended = json_get_str(json_object_get(doc, "result"), "state", "");
    if (strcmp(state, "running") == 0)
        t->running++;
    else if (strcmp(state, "done") == 0)
        t->done++;
    if (strcmp(ended, "failed") == 0 || strcmp(ended, "error") == 0)
        t->failed++;
}

static void count_states(const char *dir, struct tally *t)
{
    struct strv names = STRV_INIT;
    char *folder = str_format("%s/state", dir);
    if (path_is_dir(folder) && dir_list(folder, &names, NULL) == 0) {
        for (size_t i = 0; i < names.n; i++) {
            char *path = str_format("%s/%s", folder, names.v[i]);
            json_t *doc = str_ends(path, ".json") ? read_or_null(path) : NULL;
            count_state(doc, t);
            json_decref(doc);
            free(path);
        }
    }
    t->queued = t->total - t->running - t->done;
    free(folder);
    strv_release(&names);
}

/* A supervisor keeps its counts: one read instead of one per item. */
static void take_counts(const json_t *sv, struct tally *t)
{
    t->queued = json_get_int(sv, "queued", 0);
    t->running = json_get_int(sv, "running", 0);
    t->done = json_get_int(sv, "done", 0);
    t->failed = json_get_int(sv, "failed", 0) + json_get_int(sv, "error", 0);
}

struct manifest {
    json_t *head;
    int64_t items;
};

static int on_line(void *payload, size_t line UNUSED, int64_t offset UNUSED, json_t *doc,
                   const struct error *err UNUSED)
{
    struct manifest *m = payload;
    if (!doc)
        return 0;
    if (json_object_get(doc, "n"))
        m->items++;
    else if (!m->head)
        m->head = json_incref(doc);
    if (!json_object_get(m->head, "total"))
        return 0;
    m->items = json_get_int(m->head, "total", 0);
    return E_CANCELLED; /* the first line knows how many follow */
}

static int add_row(struct index *idx, const char *id, const struct manifest *m, const char *state,
                   const struct tally *t, struct error *err)
{
    int64_t created = 0;
    if (!clock_parse(json_get_str(m->head, "created", ""), &created))
        created = json_get_int(m->head, "created", 0);
    return store_run(
        idx, err,
        "INSERT INTO batches (batch, stage, run, agent, state, jobs, total, queued, running, "
        "done, failed, created) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (batch) DO UPDATE SET stage = excluded.stage, run = excluded.run, "
        "agent = excluded.agent, state = excluded.state, jobs = excluded.jobs, "
        "total = excluded.total, queued = excluded.queued, running = excluded.running, "
        "done = excluded.done, failed = excluded.failed, created = excluded.created",
        "sssssiiiiiii", id, json_get_str(m->head, "stage", ""), json_get_str(m->head, "run", ""),
        json_get_str(m->head, "agent", ""), state, json_get_int(m->head, "jobs", 0), t->total,
        t->queued, t->running, t->done, t->failed, created);
}

static int ingest(struct index *idx, const char *id, const char *dir, struct error *err)
{
    struct manifest m = { NULL, 0 };
    char *manifest = str_format("%s/manifest.jsonl", dir);
    char *supervisor = str_format("%s/supervisor.json", dir);
    json_t *sv = read_or_null(supervisor);
    struct tally t = { 0 };
    int rc = json_each_line(manifest, on_line, &m, err);
    if (rc == 0 || rc == E_CANCELLED) {
        t.total = m.items;
        if (json_object_get(sv, "total"))
            take_counts(sv, &t);
        else
            count_states(dir, &t);
        rc = add_row(idx, id, &m, json_get_str(sv, "state", "queued"), &t, err);
    }
    json_decref(sv);
    json_decref(m.head);
    free(manifest);
    free(supervisor);
    return rc;
}

int index_ingest_batch(struct index *idx, const char *id, struct error *err)
{
    char *dir = workspace_path(idx->ws, "batches/%s", id);
    char *manifest = str_format("%s/manifest.jsonl", dir);
    int rc = store_begin(idx, err);
    if (rc == 0) {
        rc = path_exists(manifest)
                 ? ingest(idx, id, dir, err)
                 : store_run(idx, err, "DELETE FROM batches WHERE batch = ?", "s", id);
        rc = store_end(idx, rc, err);
    }
    free(manifest);
    free(dir);
    return rc;
}
