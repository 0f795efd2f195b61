#include "ui/lane.h"

#include <stdlib.h>

struct lane {
    struct lanes *all;
    uv_thread_t thread;
    bool started, ending;
    uv_mutex_t lock;
    uv_cond_t more;
    struct job *first, **last;
    struct job *running;
    struct index *idx; /* of the lane's thread */
};

struct lanes {
    struct loop *loop;
    const struct workspace *ws;
    struct lane lanes[LANES];
    uv_async_t finished;
    uv_mutex_t lock; /* of the two below */
    struct job *done_first, **done_last;
    bool ending;
};

int lane_index(struct lane *lane, struct index **out, struct error *err)
{
    int rc = lane->idx ? 0 : index_open(lane->all->ws, INDEX_READ, &lane->idx, err);
    *out = lane->idx;
    return rc;
}

/* ---- the lane's thread ---- */

static struct job *take(struct lane *lane)
{
    struct job *job = NULL;
    uv_mutex_lock(&lane->lock);
    lane->running = NULL;
    while (!lane->first && !lane->ending)
        uv_cond_wait(&lane->more, &lane->lock);
    if (lane->first) {
        job = lane->first;
        lane->first = job->next;
        if (!lane->first)
            lane->last = &lane->first;
        lane->running = job;
    }
    uv_mutex_unlock(&lane->lock);
    return job;
}

static void hand_back(struct lanes *all, struct job *job)
{
    job->next = NULL;
    uv_mutex_lock(&all->lock);
    *all->done_last = job;
    all->done_last = &job->next;
    uv_mutex_unlock(&all->lock);
    uv_async_send(&all->finished);
}

static void lane_main(void *payload)
{
    struct lane *lane = payload;
    struct job *job;
    while ((job = take(lane))) {
        if (cancel_raised(&job->stop))
            job->rc = error_set(&job->err, E_CANCELLED, "cancelled");
        else
            job->rc = job->work(job, lane, &job->err);
        hand_back(lane->all, job);
    }
    if (lane->idx)
        index_close(lane->idx);
}

/* ---- the loop's thread ---- */

static void finish(struct lanes *all, struct job *job)
{
    struct error err = job->err;
    job->done(job, job->rc, &err);
    error_release(&err);
    loop_end(all->loop);
}

static void on_finished(uv_async_t *uv)
{
    struct lanes *all = uv->data;
    uv_mutex_lock(&all->lock);
    struct job *job = all->done_first;
    all->done_first = NULL;
    all->done_last = &all->done_first;
    uv_mutex_unlock(&all->lock);
    while (job) {
        struct job *next = job->next;
        if (all->ending) /* who asked is gone */
            job->owner = NULL;
        finish(all, job);
        job = next;
    }
}

static void lane_init(struct lane *lane, struct lanes *all)
{
    lane->all = all;
    uv_mutex_init(&lane->lock);
    uv_cond_init(&lane->more);
    lane->last = &lane->first;
}

void lanes_init(struct loop *l, const struct workspace *ws)
{
    struct lanes *all = xcalloc(1, sizeof(*all));
    all->loop = l;
    all->ws = ws;
    all->done_last = &all->done_first;
    uv_mutex_init(&all->lock);
    uv_async_init(&l->uv, &all->finished, on_finished);
    all->finished.data = all;
    for (size_t i = 0; i < LANES; i++)
        lane_init(&all->lanes[i], all);
    l->lanes = all;
}

void lane_push(struct loop *l, enum lane_id id, struct job *job)
{
    struct lane *lane = &l->lanes->lanes[id];
    loop_begin(l);
    job->next = NULL;
    uv_mutex_lock(&lane->lock);
    *lane->last = job;
    lane->last = &job->next;
    uv_cond_signal(&lane->more);
    uv_mutex_unlock(&lane->lock);
    if (!lane->started)
        uv_thread_create(&lane->thread, lane_main, lane);
    lane->started = true;
}

void job_drop(struct job **job)
{
    if (!*job)
        return;
    (*job)->owner = NULL;
    cancel_raise(&(*job)->stop);
    *job = NULL;
}

static void lane_end(struct lane *lane)
{
    uv_mutex_lock(&lane->lock);
    lane->ending = true;
    for (struct job *job = lane->first; job; job = job->next)
        cancel_raise(&job->stop);
    if (lane->running)
        cancel_raise(&lane->running->stop);
    uv_cond_signal(&lane->more);
    uv_mutex_unlock(&lane->lock);
    if (lane->started)
        uv_thread_join(&lane->thread);
    uv_mutex_destroy(&lane->lock);
    uv_cond_destroy(&lane->more);
}

static void on_closed(uv_handle_t *h)
{
    free(h->data);
}

void lanes_release(struct loop *l)
{
    struct lanes *all = l->lanes;
    all->ending = true;
    for (size_t i = 0; i < LANES; i++)
        lane_end(&all->lanes[i]);
    on_finished(&all->finished);
    uv_mutex_destroy(&all->lock);
    l->lanes = NULL;
    uv_close((uv_handle_t *)&all->finished, on_closed);
}
