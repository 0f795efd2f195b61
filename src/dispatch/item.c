#include "dispatch/files.h"

#include <stdlib.h>
#include <string.h>

static const char *const names[] = { "queued", "running", "done" };

static char *copy_new(const json_t *doc, const char *key)
{
    const char *s = json_get_str(doc, key, NULL);
    return s ? xstrdup(s) : NULL;
}

void item_result_from_json(struct item_result *r, const json_t *doc)
{
    r->state = copy_new(doc, "state");
    r->failure_class = copy_new(doc, "failure_class");
    r->reason = copy_new(doc, "reason");
    r->seconds = json_get_num(doc, "seconds", 0);
    r->round = json_get_int(doc, "round", 0);
    r->f2p = json_get_int(doc, "f2p", 0);
    r->p2p = json_get_int(doc, "p2p", 0);
}

json_t *item_result_to_json(const struct item_result *r)
{
    json_t *doc = json_object();
    json_put_text(doc, "state", r->state);
    json_put_text(doc, "failure_class", r->failure_class);
    json_put_text(doc, "reason", r->reason);
    json_object_set_new(doc, "seconds", json_real(r->seconds));
    json_put_int(doc, "round", r->round);
    json_put_int(doc, "f2p", r->f2p);
    json_put_int(doc, "p2p", r->p2p);
    return doc;
}

void item_result_release(struct item_result *r)
{
    free(r->state);
    free(r->failure_class);
    free(r->reason);
    memset(r, 0, sizeof(*r));
}

void item_release(struct item *i)
{
    free(i->worker);
    free(i->started);
    free(i->ended);
    item_result_release(&i->result);
    memset(i, 0, sizeof(*i));
}

json_t *item_to_json(const struct item *i, size_t n, const char *instance_id)
{
    json_t *doc = json_object();
    json_put_int(doc, "format", 1);
    json_put_int(doc, "n", (int64_t)n);
    json_put_text(doc, "instance_id", instance_id);
    json_put_text(doc, "state", names[i->state]);
    json_put_int(doc, "tries", i->tries);
    json_put_text(doc, "worker", i->worker);
    json_put_text(doc, "started", i->started);
    json_put_text(doc, "ended", i->ended);
    if (i->state == ITEM_DONE)
        json_object_set_new(doc, "result", item_result_to_json(&i->result));
    return doc;
}

static char *item_path(const struct workspace *ws, const char *batch, size_t n)
{
    return workspace_path(ws, "batches/%s/state/%zu.json", batch, n);
}

int item_write(const struct workspace *ws, const char *batch, size_t n, const json_t *doc,
               struct error *err)
{
    char *path = item_path(ws, batch, n);
    char *line = json_line_new(doc);
    struct str text = STR_INIT;
    str_addf(&text, "%s\n", line);
    int rc = file_write_unsynced(path, text.s, text.len, err);
    str_release(&text);
    free(line);
    free(path);
    return rc;
}

int item_read(const struct workspace *ws, const char *batch, size_t n, struct item *out,
              struct error *err)
{
    json_t *doc = NULL;
    int rc = 0;
    memset(out, 0, sizeof(*out));
    char *path = item_path(ws, batch, n);
    if (json_read_file(path, &doc, NULL) < 0)
        goto out;
    if (json_get_int(doc, "format", 0) > 1) {
        rc = error_set(err, E_NEWER, "%s: made by a newer bottega", path);
        goto out;
    }
    const char *state = json_get_str(doc, "state", "");
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (strcmp(names[i], state) == 0)
            out->state = (enum item_state)i;
    out->tries = (int)json_get_int(doc, "tries", 0);
    out->worker = copy_new(doc, "worker");
    out->started = copy_new(doc, "started");
    out->ended = copy_new(doc, "ended");
    item_result_from_json(&out->result, json_object_get(doc, "result"));
out:
    json_decref(doc);
    free(path);
    return rc;
}

bool item_finished(const struct item *i)
{
    return i->state == ITEM_DONE && i->result.state &&
           result_by_name(i->result.state) != RESULT_ERROR;
}
