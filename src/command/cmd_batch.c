#include "command/attach.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] =
    "list | run | status | watch | pause | resume | cancel | jobs N | retry";

const struct arg_def batch_args[] = {
    { "command", 0, ARG_VALUE, "CMD", "run: the shell command; %{instance_id} is the instance" },
    { "ids", 0, ARG_VALUE, "FILE", "run: instances, one a line; - is stdin" },
    { "jobs", 'j', ARG_VALUE, "N", "run: workers at a time" },
    { "detach", 'd', ARG_FLAG, NULL, "run: do not watch; print the batch's id" },
    { NULL, 0, ARG_FLAG, NULL, NULL },
};

/* ---- asking ---- */

static int ask(struct invocation *inv, const char *id, const char *word, int64_t n, json_t **reply,
               struct error *err)
{
    json_t *command = json_object();
    json_put_text(command, "cmd", word);
    if (n >= 0)
        json_put_int(command, "n", n);
    *reply = NULL;
    int rc = client_ask(inv->workspace, id, command, reply, err);
    if (rc == 0 && !json_get_bool(*reply, "ok", false))
        rc = error_set(err, E_FAIL, "%s: %s", id, json_get_str(*reply, "error", "refused"));
    json_decref(command);
    return rc;
}

static int order(struct invocation *inv, const char *id, const char *word, struct error *err)
{
    json_t *reply;
    int rc = ask(inv, id, word, -1, &reply, err);
    json_decref(reply);
    return rc;
}

static void print_line(const json_t *doc)
{
    char *line = json_line_new(doc);
    printf("%s\n", line);
    free(line);
}

/* ---- list and status ---- */

static json_t *row_new(const struct batch *b, const struct batch_status *s)
{
    json_t *row = json_object(), *counts = batch_status_to_json(s);
    json_put_text(row, "id", b->id);
    json_put_text(row, "stage", b->stage);
    json_put_text(row, "run", b->run);
    json_put_text(row, "agent", b->agent);
    json_put_text(row, "created", b->created);
    json_object_update(row, counts);
    json_put_bool(row, "alive", s->alive);
    json_decref(counts);
    return row;
}

static int print_batch(struct invocation *inv, const char *id, struct error *err)
{
    struct batch b;
    struct batch_status s = { 0 };
    int rc = batch_open_head(inv->workspace, id, &b, err);
    if (rc == 0)
        rc = batch_status(inv->workspace, id, &s, err);
    if (rc == 0 && inv->json) {
        json_t *row = row_new(&b, &s);
        print_line(row);
        json_decref(row);
    } else if (rc == 0) {
        printf("%-16s %-12s %-12s %7lld of %-7lld %4lld error  %s\n", b.id, s.state, b.run,
               (long long)s.done, (long long)s.total, (long long)s.results[RESULT_ERROR],
               b.created);
    }
    batch_status_release(&s);
    batch_release(&b);
    return rc;
}

static int batch_cmd_list(struct invocation *inv, const char *id UNUSED, struct error *err)
{
    struct strv ids = STRV_INIT;
    int rc = batch_list(inv->workspace, &ids, err);
    for (size_t i = 0; rc == 0 && i < ids.n; i++)
        rc = print_batch(inv, ids.v[i], err);
    strv_release(&ids);
    return rc;
}

static void print_status(const char *id, const json_t *s)
{
    size_t i;
    json_t *w;
    printf("%s: %s, %lld of %lld done, %lld running, %lld queued, %lld jobs\n", id,
           json_get_str(s, "state", ""), (long long)json_get_int(s, "done", 0),
           (long long)json_get_int(s, "total", 0), (long long)json_get_int(s, "running", 0),
           (long long)json_get_int(s, "queued", 0), (long long)json_get_int(s, "jobs", 0));
    if (json_get_str(s, "why", NULL))
        printf("  %s\n", json_get_str(s, "why", ""));
    for (int r = 0; r < RESULTS; r++)
        if (json_get_int(s, result_name(r), 0) && r != RESULT_DONE)
            printf("  %-10s %lld\n", result_name(r), (long long)json_get_int(s, result_name(r), 0));
    json_array_foreach(json_object_get(s, "workers"), i, w)
    {
        printf("  %-4s pid %-8lld %s  %s\n", json_get_str(w, "worker", ""),
               (long long)json_get_int(w, "pid", 0), json_get_str(w, "instance_id", "idle"),
               json_get_str(w, "phase", ""));
    }
}

static int batch_cmd_status(struct invocation *inv, const char *id, struct error *err)
{
    json_t *doc = NULL;
    struct batch_status s = { 0 };
    int rc = ask(inv, id, "status", -1, &doc, err);
    if (rc == E_NOTFOUND) {
        error_clear(err);
        rc = batch_status(inv->workspace, id, &s, err);
        doc = batch_status_to_json(&s);
        batch_status_release(&s);
        json_put_text(doc, "id", id);
    }
    if (doc)
        json_object_del(doc, "reply");
    if (doc)
        json_object_del(doc, "ok");
    if (rc == 0 && inv->json)
        print_line(doc);
    else if (rc == 0)
        print_status(id, doc);
    json_decref(doc);
    return rc;
}

/* ---- watching ---- */

struct watching {
    struct client *client;
    uv_signal_t signal;
};

static void on_watch_event(void *payload UNUSED, const json_t *doc)
{
    print_line(doc);
    fflush(stdout);
}

static void on_watch_close(void *payload, const struct error *err UNUSED)
{
    struct watching *w = payload;
    w->client = NULL;
    uv_close((uv_handle_t *)&w->signal, NULL);
}

static void on_watch_signal(uv_signal_t *s, int signo UNUSED)
{
    struct watching *w = s->data;
    if (w->client)
        client_close(w->client);
}

/* Every event as it comes, for scripts. */
static int watch_json(struct invocation *inv, const char *id, struct error *err)
{
    struct watching w = { 0 };
    struct client_spec spec = { on_watch_event, on_watch_close, &w };
    uv_loop_t loop;
    uv_loop_init(&loop);
    int rc = client_open(&loop, inv->workspace, id, &spec, &w.client, err);
    if (rc == 0) {
        uv_signal_init(&loop, &w.signal);
        w.signal.data = &w;
        uv_signal_start(&w.signal, on_watch_signal, 2);
        client_command(w.client, "watch", -1);
        uv_run(&loop, UV_RUN_DEFAULT);
    }
    uv_loop_close(&loop);
    return rc;
}

static int batch_cmd_watch(struct invocation *inv, const char *id, struct error *err)
{
    struct batch_status end;
    char *resume = str_format("bottega batch resume %s", id);
    struct attach_spec spec = { .batch = id, .resume = resume, .since = clock_utc() };
    int rc;
    if (inv->json) {
        rc = watch_json(inv, id, err);
    } else {
        rc = batch_attach(inv, &spec, &end, err);
        batch_status_release(&end);
        if (rc == 0)
            rc = summary_print(inv, id, err);
    }
    free(resume);
    return rc;
}

/* ---- orders ---- */

static int batch_cmd_pause(struct invocation *inv, const char *id, struct error *err)
{
    return order(inv, id, "pause", err);
}

static int batch_cmd_cancel(struct invocation *inv, const char *id, struct error *err)
{
    return order(inv, id, "cancel", err);
}

/* A living one goes on; one whose supervisor is gone gets a new one. */
static int batch_cmd_resume(struct invocation *inv, const char *id, struct error *err)
{
    if (batch_alive(inv->workspace, id))
        return order(inv, id, "resume", err);
    return batch_launch(inv->workspace, id, &inv->overrides, err);
}

static int batch_cmd_jobs(struct invocation *inv, const char *id, struct error *err)
{
    const struct strv *names = &inv->args->names;
    char *end;
    json_t *reply;
    long n = names->n > 1 ? strtol(names->v[1], &end, 10) : 0;
    if (n < 1 || *end)
        return error_set(err, E_USAGE, "batch jobs N [ID]: N is a number of at least 1");
    int rc = ask(inv, id, "jobs", n, &reply, err);
    json_decref(reply);
    return rc;
}

static int batch_cmd_retry(struct invocation *inv, const char *id, struct error *err)
{
    json_t *reply = NULL;
    int64_t n = 0;
    int rc = ask(inv, id, "retry", -1, &reply, err);
    if (rc == 0) {
        n = json_get_int(reply, "n", 0);
    } else if (rc == E_NOTFOUND) {
        error_clear(err);
        rc = batch_retry(inv->workspace, id, &n, err);
        if (rc == 0 && n)
            rc = batch_launch(inv->workspace, id, &inv->overrides, err);
    }
    if (rc == 0 && !inv->quiet)
        fprintf(stderr, "%s: %lld back in the queue\n", id, (long long)n);
    json_decref(reply);
    return rc;
}

/* ---- run ---- */

static int read_ids(const char *path, struct strv *ids, struct error *err)
{
    struct str text = STR_INIT;
    int rc = file_read(strcmp(path, "-") == 0 ? "/dev/stdin" : path, &text, err);
    if (rc == 0)
        strv_split(ids, text.s, "\r\n");
    str_release(&text);
    return rc;
}

static json_t *run_options(struct invocation *inv, const char *command)
{
    json_t *options = json_object();
    json_put_text(options, "command", command);
    if (inv->overrides.n)
        json_object_set_new(options, "config", json_from_strv(&inv->overrides));
    return options;
}

static int batch_cmd_run(struct invocation *inv, const char *id UNUSED, struct error *err)
{
    const char *command = args_text(inv->args, "command", NULL);
    const char *file = args_text(inv->args, "ids", NULL);
    struct strv ids = STRV_INIT;
    int64_t jobs = config_int(&inv->workspace->config, "dispatch.jobs");
    if (!command)
        return error_set(err, E_USAGE, "batch run: --command CMD is missing");
    int rc = args_int(inv->args, "jobs", 1, &jobs, err);
    for (size_t i = 1; i < inv->args->names.n; i++)
        strv_add(&ids, inv->args->names.v[i]);
    if (rc == 0 && file)
        rc = read_ids(file, &ids, err);
    if (rc == 0) {
        json_t *options = run_options(inv, command);
        struct batch_spec spec = { "command", "", "", jobs, &ids, options };
        rc = submit_and_watch(inv, &spec, "the same command", err);
        json_decref(options);
    }
    strv_release(&ids);
    return rc;
}

/* ---- the table ---- */

enum { ID_FIRST = 1, ID_SECOND = 2 };

static const struct sub {
    const char *word;
    size_t id_at; /* which name is the batch; 0: none */
    int (*run)(struct invocation *inv, const char *id, struct error *err);
} subs[] = {
    { "list", 0, batch_cmd_list },
    { "run", 0, batch_cmd_run },
    { "status", ID_FIRST, batch_cmd_status },
    { "watch", ID_FIRST, batch_cmd_watch },
    { "pause", ID_FIRST, batch_cmd_pause },
    { "resume", ID_FIRST, batch_cmd_resume },
    { "cancel", ID_FIRST, batch_cmd_cancel },
    { "jobs", ID_SECOND, batch_cmd_jobs },
    { "retry", ID_FIRST, batch_cmd_retry },
};

int cmd_batch(struct invocation *inv, struct error *err)
{
    const struct strv *names = &inv->args->names;
    const char *word = names->n ? names->v[0] : "list";
    for (size_t i = 0; i < ARRAY_LEN(subs); i++) {
        if (strcmp(subs[i].word, word) != 0)
            continue;
        struct str id = STR_INIT;
        const char *name = names->n > subs[i].id_at ? names->v[subs[i].id_at] : NULL;
        int rc = subs[i].id_at ? batch_resolve(inv->workspace, name, &id, err) : 0;
        if (rc == 0)
            rc = subs[i].run(inv, id.s, err);
        str_release(&id);
        return rc;
    }
    return error_set(err, E_USAGE, "batch %s: wanted %s", word, usage);
}
