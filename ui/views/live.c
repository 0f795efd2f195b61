#include "ui/views/live.h"

#include "ui/app.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What the client calls back; it outlives `live` until the socket is closed. */
struct link {
    struct live *live; /* NULL: nobody listens any more */
};

/* ---- workers ---- */

static void worker_release(struct live_worker *w)
{
    free(w->name);
    free(w->instance_id);
    free(w->phase);
}

static struct live_worker *worker_named(struct live *l, const char *name)
{
    for (size_t i = 0; i < l->n_workers; i++)
        if (strcmp(l->workers[i].name, name) == 0)
            return &l->workers[i];
    l->workers = xrealloc(l->workers, (l->n_workers + 1) * sizeof(*l->workers));
    struct live_worker *w = &l->workers[l->n_workers++];
    *w = (struct live_worker){ .name = xstrdup(name),
                               .instance_id = xstrdup(""),
                               .phase = xstrdup("") };
    return w;
}

static void set_text(char **to, const char *text)
{
    char *copy = xstrdup(text);
    free(*to);
    *to = copy;
}

static void take_worker(struct live *l, const json_t *doc, const char *name)
{
    struct live_worker *w = worker_named(l, name);
    set_text(&w->instance_id, json_get_str(doc, "instance_id", ""));
    set_text(&w->phase, json_get_str(doc, "phase", ""));
    w->n = json_get_int(doc, "n", 0);
    w->round = json_get_int(doc, "round", 0);
    w->since = clock_ms() - (int64_t)(json_get_num(doc, "seconds", 0) * 1000);
}

static void take_workers(struct live *l, const json_t *list)
{
    for (size_t i = 0; i < l->n_workers; i++)
        worker_release(&l->workers[i]);
    l->n_workers = 0;
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *doc = json_array_get(list, i);
        take_worker(l, doc, json_get_str(doc, "worker", "?"));
    }
}

static void free_worker(struct live *l, const char *name)
{
    struct live_worker *w = worker_named(l, name);
    set_text(&w->instance_id, "");
    set_text(&w->phase, "");
    w->n = w->round = 0;
}

/* ---- what the supervisor says ---- */

static void take_counts(struct live *l, const json_t *doc)
{
    l->jobs = json_get_int(doc, "jobs", l->jobs);
    l->total = json_get_int(doc, "total", l->total);
    l->done = json_get_int(doc, "done", l->done);
    l->running = json_get_int(doc, "running", l->running);
    l->queued = json_get_int(doc, "queued", l->queued);
    snprintf(l->state, sizeof(l->state), "%s", json_get_str(doc, "state", l->state));
    str_set(&l->why, json_get_str(doc, "why", ""));
    for (int r = 0; r < RESULTS; r++)
        if (r != RESULT_DONE)
            l->results[r] = json_get_int(doc, result_name(r), l->results[r]);
}

static void on_event(void *payload, const json_t *doc)
{
    struct live *l = ((struct link *)payload)->live;
    const char *event = json_get_str(doc, "event", ""), *reply = json_get_str(doc, "reply", "");
    if (!l)
        return;
    if (*reply && !json_get_bool(doc, "ok", true))
        app_complain(l->app, "%s: %s", l->batch, json_get_str(doc, "error", "refused"));
    if (strcmp(reply, "watch") == 0) {
        take_counts(l, doc);
        take_workers(l, json_object_get(doc, "workers"));
    } else if (strcmp(event, "state") == 0) {
        take_counts(l, doc);
    } else if (strcmp(event, "phase") == 0) {
        take_worker(l, doc, json_get_str(doc, "worker", "?"));
    } else if (strcmp(event, "done") == 0) {
        const char *worker = json_get_str(doc, "worker", "");
        if (*worker)
            free_worker(l, worker);
    }
    l->changed(l->payload);
}

static void on_close(void *payload, const struct error *err UNUSED)
{
    struct link *link = payload;
    struct live *l = link->live;
    free(link);
    if (!l)
        return;
    l->client = NULL;
    l->link = NULL;
    take_workers(l, NULL);
    snprintf(l->state, sizeof(l->state), "done");
    l->changed(l->payload);
}

struct live *live_new(struct app *a, const char *batch, loop_fn changed, void *payload)
{
    struct link *link = xcalloc(1, sizeof(*link));
    struct client_spec spec = { on_event, on_close, link };
    struct client *client;
    if (client_open(&a->loop.uv, a->ws, batch, &spec, &client, NULL) < 0) {
        free(link);
        return NULL;
    }
    struct live *l = xcalloc(1, sizeof(*l));
    link->live = l;
    l->link = link;
    l->app = a;
    l->client = client;
    l->batch = xstrdup(batch);
    l->changed = changed;
    l->payload = payload;
    str_init(&l->why);
    client_command(client, "watch", -1);
    return l;
}

void live_order(struct live *l, const char *word, int64_t n)
{
    if (l->client)
        client_command(l->client, word, n);
}

void live_free(struct live *l)
{
    if (!l)
        return;
    if (l->client) {
        l->link->live = NULL;
        client_close(l->client);
    }
    take_workers(l, NULL);
    free(l->workers);
    free(l->batch);
    str_release(&l->why);
    free(l);
}
