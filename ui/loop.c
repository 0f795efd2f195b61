#include "ui/loop.h"

#include <stdlib.h>

void loop_init(struct loop *l)
{
    uv_loop_init(&l->uv);
    l->busy = 0;
    l->lanes = NULL;
}

static void close_rest(uv_handle_t *h, void *payload UNUSED)
{
    if (!uv_is_closing(h))
        uv_close(h, NULL);
}

void loop_release(struct loop *l)
{
    uv_walk(&l->uv, close_rest, NULL);
    uv_run(&l->uv, UV_RUN_DEFAULT);
    uv_loop_close(&l->uv);
}

void loop_begin(struct loop *l)
{
    l->busy++;
}

void loop_end(struct loop *l)
{
    l->busy--;
}

bool loop_idle(const struct loop *l)
{
    return l->busy == 0;
}

void loop_turn(struct loop *l, bool wait)
{
    uv_run(&l->uv, wait ? UV_RUN_ONCE : UV_RUN_NOWAIT);
}

/* ---- timers ---- */

struct timer {
    uv_timer_t uv;
    struct loop *loop;
    bool counted, armed;
    loop_fn fn;
    void *payload;
};

static void disarm(struct timer *t)
{
    if (t->armed)
        loop_end(t->loop);
    t->armed = false;
}

static void on_timer(uv_timer_t *uv)
{
    struct timer *t = uv->data;
    struct loop *l = t->loop;
    bool was_armed = t->armed;
    t->armed = false;
    t->fn(t->payload); /* may start or free it again */
    if (was_armed)
        loop_end(l);
}

struct timer *timer_new(struct loop *l, bool counted, loop_fn fn, void *payload)
{
    struct timer *t = xcalloc(1, sizeof(*t));
    uv_timer_init(&l->uv, &t->uv);
    t->uv.data = t;
    t->loop = l;
    t->counted = counted;
    t->fn = fn;
    t->payload = payload;
    return t;
}

void timer_start(struct timer *t, int64_t ms)
{
    if (t->counted && !t->armed) {
        t->armed = true;
        loop_begin(t->loop);
    }
    uv_timer_start(&t->uv, on_timer, (uint64_t)ms, 0);
}

void timer_repeat(struct timer *t, int64_t ms)
{
    uv_timer_start(&t->uv, on_timer, (uint64_t)ms, (uint64_t)ms);
}

void timer_stop(struct timer *t)
{
    uv_timer_stop(&t->uv);
    disarm(t);
}

static void free_data(uv_handle_t *h)
{
    free(h->data);
}

void timer_free(struct timer *t)
{
    if (!t)
        return;
    timer_stop(t);
    uv_close((uv_handle_t *)&t->uv, free_data);
}

/* ---- watches ---- */

struct watch {
    uv_fs_event_t uv;
    watch_fn fn;
    void *payload;
};

static void on_watch(uv_fs_event_t *uv, const char *name, int events UNUSED, int status)
{
    struct watch *w = uv->data;
    if (status == 0)
        w->fn(w->payload, name ? name : "");
}

struct watch *watch_new(struct loop *l, const char *path, watch_fn fn, void *payload)
{
    struct watch *w = xcalloc(1, sizeof(*w));
    uv_fs_event_init(&l->uv, &w->uv);
    w->uv.data = w;
    w->fn = fn;
    w->payload = payload;
    if (uv_fs_event_start(&w->uv, on_watch, path, 0) == 0)
        return w;
    uv_close((uv_handle_t *)&w->uv, free_data);
    return NULL;
}

void watch_free(struct watch *w)
{
    if (w)
        uv_close((uv_handle_t *)&w->uv, free_data);
}
