#include "dispatch/supervisor.h"

#include <string.h>

static json_t *reply_new(const char *word, bool ok)
{
    json_t *reply = json_object();
    json_put_text(reply, "reply", word);
    json_put_bool(reply, "ok", ok);
    return reply;
}

static json_t *refuse(const char *word, const char *why)
{
    json_t *reply = reply_new(word, false);
    json_put_text(reply, "error", why);
    return reply;
}

static json_t *worker_json(const struct supervisor *s, const struct worker *w)
{
    json_t *doc = json_object();
    json_put_text(doc, "worker", w->name);
    json_put_int(doc, "pid", w->pid);
    json_put_int(doc, "n", (int64_t)w->item);
    json_put_text(doc, "instance_id", w->item ? s->batch.ids.v[w->item - 1] : NULL);
    json_put_int(doc, "try", w->item ? s->queue.items[w->item].tries : 0);
    json_put_int(doc, "round", w->round);
    json_put_text(doc, "phase", w->phase);
    json_object_set_new(doc, "seconds",
                        json_real(w->item ? (double)(clock_ms() - w->since) / 1000 : 0));
    return doc;
}

static json_t *cmd_status(struct supervisor *s, struct control_client *c UNUSED,
                          const json_t *doc UNUSED)
{
    struct batch_status status;
    supervisor_status(s, &status);
    json_t *reply = reply_new("status", true), *counts = batch_status_to_json(&status);
    json_object_update(reply, counts);
    json_put_text(reply, "id", s->batch.id);
    json_put_int(reply, "pid", status.pid);
    json_t *workers = json_array();
    for (size_t i = 0; i < s->pool.n; i++)
        json_array_append_new(workers, worker_json(s, s->pool.workers[i]));
    json_object_set_new(reply, "workers", workers);
    json_decref(counts);
    batch_status_release(&status);
    return reply;
}

/* Who comes late sees at once how it stands and what each worker does. */
static json_t *cmd_watch(struct supervisor *s, struct control_client *c, const json_t *doc)
{
    json_t *reply = cmd_status(s, c, doc);
    json_put_text(reply, "reply", "watch");
    control_watch(c);
    return reply;
}

static json_t *cmd_pause(struct supervisor *s, struct control_client *c UNUSED,
                         const json_t *doc UNUSED)
{
    if (s->state == SUP_CANCELLED || s->state == SUP_DONE)
        return refuse("pause", "the batch is ending");
    s->state = SUP_PAUSED;
    return reply_new("pause", true);
}

static json_t *cmd_resume(struct supervisor *s, struct control_client *c UNUSED,
                          const json_t *doc UNUSED)
{
    if (s->state == SUP_CANCELLED || s->state == SUP_DONE)
        return refuse("resume", "the batch is ending");
    s->state = SUP_RUNNING;
    return reply_new("resume", true);
}

static json_t *cmd_cancel(struct supervisor *s, struct control_client *c UNUSED,
                          const json_t *doc UNUSED)
{
    supervisor_cancel(s, "cancelled");
    return reply_new("cancel", true);
}

static json_t *cmd_jobs(struct supervisor *s, struct control_client *c UNUSED, const json_t *doc)
{
    int64_t n = json_get_int(doc, "n", 0);
    if (n < 1 || n > 4096)
        return refuse("jobs", "jobs must be from 1 to 4096");
    s->jobs = n;
    return reply_new("jobs", true);
}

static void save_fresh(void *payload, size_t n)
{
    struct supervisor *s = payload;
    struct item i = { .state = ITEM_QUEUED };
    supervisor_save(s, n, item_to_json(&i, n, s->batch.ids.v[n - 1]));
}

static json_t *cmd_retry(struct supervisor *s, struct control_client *c UNUSED,
                         const json_t *doc UNUSED)
{
    json_t *reply = reply_new("retry", true);
    json_put_int(reply, "n",
                 (int64_t)queue_retry(&s->queue, RESULT_ERROR, clock_ms(), save_fresh, s));
    return reply;
}

/* One row per word of the control socket. */
static const struct command_row {
    const char *word;
    json_t *(*run)(struct supervisor *s, struct control_client *c, const json_t *doc);
} rows[] = {
    { "status", cmd_status }, { "watch", cmd_watch },   { "pause", cmd_pause },
    { "resume", cmd_resume }, { "cancel", cmd_cancel }, { "jobs", cmd_jobs },
    { "retry", cmd_retry },
};

void supervisor_command(void *payload, struct control_client *c, const json_t *doc)
{
    struct supervisor *s = payload;
    const char *word = doc ? json_get_str(doc, "cmd", "") : "";
    json_t *reply = NULL;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        if (strcmp(rows[i].word, word) == 0)
            reply = rows[i].run(s, c, doc);
    if (!reply)
        reply = refuse(word, "commands are status watch pause resume cancel jobs retry");
    control_reply(c, reply);
    json_decref(reply);
    if (strcmp(word, "status") != 0 && strcmp(word, "watch") != 0)
        supervisor_changed(s);
}
