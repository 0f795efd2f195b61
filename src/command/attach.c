#include "command/attach.h"

#include "command/progress.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DRAW_MS = 200 };

struct attached {
    struct invocation *inv;
    const struct attach_spec *spec;
    struct progress progress;
    struct map seen; /* ids of items told as done */
    uv_loop_t loop;
    uv_timer_t timer;
    uv_signal_t signals[2];
    struct client *client; /* NULL once it is closed */
    bool cancelled;
};

static void on_event(void *payload, const json_t *doc)
{
    struct attached *a = payload;
    if (strcmp(json_get_str(doc, "event", ""), "done") == 0)
        map_put(&a->seen, json_get_str(doc, "instance_id", ""), a);
    progress_event(&a->progress, doc);
}

static void on_close(void *payload, const struct error *err UNUSED)
{
    struct attached *a = payload;
    a->client = NULL;
    uv_close((uv_handle_t *)&a->timer, NULL);
    for (size_t i = 0; i < ARRAY_LEN(a->signals); i++)
        uv_close((uv_handle_t *)&a->signals[i], NULL);
}

static void on_draw(uv_timer_t *t)
{
    struct attached *a = t->data;
    progress_draw(&a->progress);
}

/* The first one asks the batch to stop and waits for it; the next one leaves it alone. */
static void stop(struct attached *a)
{
    if (!a->client)
        return;
    if (a->cancelled || !a->spec->owns) {
        client_close(a->client);
    } else {
        client_command(a->client, "cancel", -1);
        if (a->progress.style == PROGRESS_LINES)
            fprintf(stderr, "stopping the workers; once more leaves them to it\n");
    }
    a->cancelled = true;
}

static void on_signal(uv_signal_t *sig, int signo UNUSED)
{
    stop(sig->data);
}

static void start_handles(struct attached *a)
{
    static const int signals[] = { SIGINT, SIGTERM };
    uv_timer_init(&a->loop, &a->timer);
    a->timer.data = a;
    uv_timer_start(&a->timer, on_draw, 0, DRAW_MS);
    for (size_t i = 0; i < ARRAY_LEN(signals); i++) {
        uv_signal_init(&a->loop, &a->signals[i]);
        a->signals[i].data = a;
        uv_signal_start(&a->signals[i], on_signal, signals[i]);
    }
}

/* Watches until the other side hangs up. E_NOTFOUND: nobody is there. */
static int watch_once(struct attached *a, struct error *err)
{
    struct client_spec spec = { on_event, on_close, a };
    int rc = client_open(&a->loop, a->inv->workspace, a->spec->batch, &spec, &a->client, err);
    if (rc < 0)
        return rc;
    start_handles(a);
    client_command(a->client, "watch", -1);
    if (a->spec->jobs > 0)
        client_command(a->client, "jobs", a->spec->jobs);
    if (cancel_raised(a->inv->stop)) /* Ctrl-C came before the loop listened to it */
        stop(a);
    uv_run(&a->loop, UV_RUN_DEFAULT);
    return 0;
}

/* What ended before we came to watch, or while a slow terminal had us hung up on. */
static int tell_missed(struct attached *a, struct error *err)
{
    struct batch b;
    struct workspace *ws = a->inv->workspace;
    int rc = batch_open(ws, a->spec->batch, &b, err);
    for (size_t n = 1; rc == 0 && n <= b.ids.n; n++) {
        struct item i;
        int64_t ended = 0;
        if (map_has(&a->seen, b.ids.v[n - 1]))
            continue;
        rc = item_read(ws, b.id, n, &i, err);
        if (i.state == ITEM_DONE && i.ended && clock_parse(i.ended, &ended) &&
            ended >= a->spec->since && i.result.state)
            progress_line(&a->progress, b.ids.v[n - 1], &i.result);
        item_release(&i);
    }
    batch_release(&b);
    return rc;
}

static int judge_end(struct attached *a, const struct batch_status *end, struct error *err)
{
    const struct attach_spec *s = a->spec;
    if (a->cancelled && !s->owns)
        return error_set(err, E_CANCELLED, "%s goes on without us", s->batch);
    if (a->cancelled || strcmp(end->state, "cancelled") == 0)
        return error_set(err, E_CANCELLED, "%s: %s with %lld of %lld done; go on with: %s",
                         s->batch,
                         end->alive ? "stopping"
                         : end->why ? end->why
                                    : "cancelled",
                         (long long)end->done, (long long)end->total, s->resume);
    if (strcmp(end->state, "done") != 0)
        return error_set(err, E_FAIL,
                         "%s: its supervisor died with %lld of %lld done; go on "
                         "with: %s",
                         s->batch, (long long)end->done, (long long)end->total, s->resume);
    return 0;
}

int batch_attach(struct invocation *inv, const struct attach_spec *spec, struct batch_status *end,
                 struct error *err)
{
    struct attached a = { .inv = inv, .spec = spec };
    progress_init(&a.progress, inv->quiet);
    map_init(&a.seen, NULL);
    uv_loop_init(&a.loop);
    memset(end, 0, sizeof(*end));
    int rc;
    do {
        rc = watch_once(&a, err);
    } while (rc == 0 && !a.cancelled && batch_alive(inv->workspace, spec->batch));
    if (rc == E_NOTFOUND)
        rc = 0; /* it has ended already */
    progress_draw(&a.progress);
    if (rc == 0 && a.progress.style == PROGRESS_LINES)
        rc = tell_missed(&a, err);
    if (rc == 0)
        rc = batch_status(inv->workspace, spec->batch, end, err);
    if (rc == 0)
        rc = judge_end(&a, end, err);
    uv_loop_close(&a.loop);
    map_release(&a.seen);
    progress_release(&a.progress);
    return rc;
}
