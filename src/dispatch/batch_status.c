#include "dispatch/files.h"
#include "dispatch/socket.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const results[RESULTS] = { "accepted", "rejected", "failed", "error", "done" };

const char *result_name(int r)
{
    return results[r];
}

int result_by_name(const char *state)
{
    for (int i = 0; i < RESULTS; i++)
        if (strcmp(results[i], state) == 0)
            return i;
    return RESULT_DONE;
}

json_t *batch_status_to_json(const struct batch_status *s)
{
    json_t *doc = json_object();
    json_put_text(doc, "state", s->state);
    json_put_int(doc, "jobs", s->jobs);
    json_put_int(doc, "total", s->total);
    json_put_int(doc, "queued", s->queued);
    json_put_int(doc, "running", s->running);
    json_put_int(doc, "done", s->done);
    for (int i = 0; i < RESULTS; i++)
        if (i != RESULT_DONE)
            json_put_int(doc, results[i], s->results[i]);
    json_put_text(doc, "why", s->why);
    return doc;
}

int batch_status_write(const struct workspace *ws, const char *id, const struct batch_status *s,
                       struct error *err)
{
    char host[256] = "";
    gethostname(host, sizeof(host) - 1);
    char *path = batch_path(ws, id, "supervisor.json");
    json_t *doc = batch_status_to_json(s);
    json_put_int(doc, "format", 1);
    json_put_int(doc, "pid", s->pid);
    json_put_text(doc, "host", host);
    int rc = json_write_file(path, doc, err);
    json_decref(doc);
    free(path);
    return rc;
}

static void from_json(struct batch_status *s, const json_t *doc)
{
    const char *why = json_get_str(doc, "why", NULL);
    snprintf(s->state, sizeof(s->state), "%s", json_get_str(doc, "state", "interrupted"));
    s->pid = json_get_int(doc, "pid", 0);
    s->jobs = json_get_int(doc, "jobs", s->jobs);
    s->total = json_get_int(doc, "total", 0);
    s->queued = json_get_int(doc, "queued", 0);
    s->running = json_get_int(doc, "running", 0);
    s->done = json_get_int(doc, "done", 0);
    for (int i = 0; i < RESULTS; i++)
        s->results[i] = json_get_int(doc, results[i], 0);
    s->results[RESULT_DONE] = s->done;
    for (int i = 0; i < RESULT_DONE; i++)
        s->results[RESULT_DONE] -= s->results[i];
    s->why = why ? xstrdup(why) : NULL;
}

static int count_items(const struct workspace *ws, const struct batch *b, struct batch_status *s,
                       struct error *err)
{
    int rc = 0;
    s->total = (int64_t)b->ids.n;
    s->queued = s->running = s->done = 0;
    memset(s->results, 0, sizeof(s->results));
    for (size_t n = 1; rc == 0 && n <= b->ids.n; n++) {
        struct item i;
        rc = item_read(ws, b->id, n, &i, err);
        s->queued += i.state == ITEM_QUEUED;
        s->running += i.state == ITEM_RUNNING;
        s->done += i.state == ITEM_DONE;
        if (i.state == ITEM_DONE)
            s->results[result_by_name(i.result.state ? i.result.state : "error")]++;
        item_release(&i);
    }
    return rc;
}

static bool is_final(const char *state)
{
    return strcmp(state, "done") == 0 || strcmp(state, "superseded") == 0;
}

bool batch_alive(const struct workspace *ws, const char *id)
{
    int fd = socket_connect(ws, id, NULL);
    if (fd >= 0)
        close(fd);
    return fd >= 0;
}

static bool ended_well(const char *state)
{
    return is_final(state) || strcmp(state, "cancelled") == 0;
}

/* What supervisor.json says is true while its writer lives, and after it ended in good order;
 * else the items are counted. */
static int read_status(const struct workspace *ws, const char *id, bool recount,
                       struct batch_status *out, struct error *err)
{
    struct batch b;
    json_t *doc = NULL;
    memset(out, 0, sizeof(*out));
    int rc = batch_open_head(ws, id, &b, err);
    char *path = batch_path(ws, id, "supervisor.json");
    if (rc < 0)
        goto out;
    out->jobs = b.jobs;
    bool written = json_read_file(path, &doc, NULL) == 0;
    bool counted = json_object_get(doc, "total") != NULL;
    from_json(out, doc);
    out->alive = batch_alive(ws, id);
    if (!out->alive && !ended_well(out->state))
        strcpy(out->state, written ? "interrupted" : "new");
    if (recount || !counted || strcmp(out->state, "interrupted") == 0) {
        batch_release(&b);
        rc = batch_open(ws, id, &b, err);
        if (rc == 0)
            rc = count_items(ws, &b, out, err);
    }
out:
    json_decref(doc);
    free(path);
    batch_release(&b);
    return rc;
}

int batch_status(const struct workspace *ws, const char *id, struct batch_status *out,
                 struct error *err)
{
    return read_status(ws, id, false, out, err);
}

void batch_status_release(struct batch_status *s)
{
    free(s->why);
    s->why = NULL;
}

int batch_supersede(const struct workspace *ws, const char *id, const char *by, struct error *err)
{
    struct batch_status s;
    int rc = batch_status(ws, id, &s, err);
    if (rc == 0 && s.alive)
        rc = error_set(err, E_FAIL, "%s is still running (bottega batch cancel %s)", id, id);
    if (rc == 0) {
        free(s.why);
        s.why = str_format("its rest went into %s", by);
        s.pid = 0;
        strcpy(s.state, "superseded");
        rc = batch_status_write(ws, id, &s, err);
    }
    batch_status_release(&s);
    return rc;
}

int batch_retry(const struct workspace *ws, const char *id, int64_t *n, struct error *err)
{
    struct batch b;
    struct batch_status s = { 0 };
    *n = 0;
    int rc = batch_open(ws, id, &b, err);
    for (size_t k = 1; rc == 0 && k <= b.ids.n; k++) {
        struct item i, fresh = { 0 };
        rc = item_read(ws, id, k, &i, err);
        if (rc == 0 && i.state == ITEM_DONE && !item_finished(&i)) {
            json_t *doc = item_to_json(&fresh, k, b.ids.v[k - 1]);
            rc = item_write(ws, id, k, doc, err);
            json_decref(doc);
            ++*n;
        }
        item_release(&i);
    }
    if (rc == 0 && *n)
        rc = read_status(ws, id, true, &s, err);
    if (rc == 0 && *n) {
        strcpy(s.state, "cancelled"); /* not `done` any more: open, and nobody works on it */
        rc = batch_status_write(ws, id, &s, err);
    }
    batch_status_release(&s);
    batch_release(&b);
    return rc;
}
